/*
 * The configuration files under a document: a project's nacre.yaml and what -c names. Each is read
 * once; what is wrong with it is told once, and one that cannot be used fails every input it is for.
 */
#ifndef NC_SETTINGS_H
#define NC_SETTINGS_H

#include "cli/finding.h"

typedef struct nc_settings_file {
    char *path;
    char *text; /* NULL: it cannot be used */
} nc_settings_file;

/* Zero-initialised except for the first two, which are borrowed, it is empty. */
typedef struct nc_settings {
    nacre_context *context;
    nc_findings *problems; /* where they go; NULL: they are reported at once */
    nc_settings_file *list;
    size_t len;
    char *folder; /* absolute: where the last search began; NULL: nothing searched yet */
    size_t found; /* of that search: index + 1; 0: there is none */
} nc_settings;

/*
 * The text of the nacre.yaml that is in force for an input (NULL: standard input), in *text; NULL
 * when there is none. Searched from the input's folder upwards to the first that is the top of a
 * repository or the home folder. False when it is there and cannot be used. *text is borrowed until
 * the release.
 */
bool nc_settings_find(nc_settings *settings, const char **text, const char *input);
/* The text of a configuration file; false when it cannot be used. */
bool nc_settings_read(nc_settings *settings, const char **text, const char *path);
/* The path of the file whose text was given out; NULL when there is none. */
const char *nc_settings_path(const nc_settings *settings, const char *text);
void nc_settings_release(nc_settings *settings);

#endif
