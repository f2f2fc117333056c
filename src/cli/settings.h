/* The configuration files under a document: a project's nacre.yaml and what -c names. */
#ifndef NC_SETTINGS_H
#define NC_SETTINGS_H

#include <stdbool.h>

/* One folder's nacre.yaml, kept because neighbours ask for it again. Zero-initialised is empty. */
typedef struct nc_settings {
    char *folder; /* absolute: where the search began; NULL: nothing searched yet */
    char *text;   /* NULL: there is none */
} nc_settings;

/*
 * The text of the nacre.yaml that is in force for an input (NULL: standard input), in *text; NULL
 * when there is none. Searched from the input's folder upwards to the first that is the top of a
 * repository or the home folder. False when it is there and cannot be read: reported.
 */
bool nc_settings_find(nc_settings *settings, const char **text, const char *input);
void nc_settings_release(nc_settings *settings);

/* The text of a configuration file; NULL when it cannot be read, which is reported. */
char *nc_settings_read(const char *path);

#endif
