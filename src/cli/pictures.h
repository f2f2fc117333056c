/*
 * Icons and images that diagrams may use: packs and folders that the user names, on the command line
 * or in a configuration file (paths below that file's own folder: it may come with a pull request).
 */
#ifndef NC_CLI_PICTURES_H
#define NC_CLI_PICTURES_H

#include "cli/options.h"
#include "cli/settings.h"

typedef struct nc_picture_options {
    nc_operands icons;  /* NAME=FILE.json each; the list is allocated */
    const char *images; /* a folder; NULL: none */
} nc_picture_options;

/* Rows for a command whose values have `nc_picture_options pictures`. */
#define NC_PICTURE_ROWS(values)                                                                    \
    {0,                                                                                            \
     "icons",                                                                                      \
     NC_TAKES_LIST,                                                                                \
     "NAME=FILE.json",                                                                             \
     NULL,                                                                                         \
     "icons of a local pack of Iconify, as NAME:icon; repeatable",                                 \
     offsetof(values, pictures.icons)},                                                            \
    {                                                                                              \
        0, "images", NC_TAKES_TEXT, "DIR", NULL, "images (PNG) below this folder may be shown",    \
            offsetof(values, pictures.images)                                                      \
    }

/* What one set of configuration files and the command line allow. */
typedef struct nc_allowed {
    const char *project; /* text of that nacre.yaml, borrowed; NULL: none */
    nacre_icons *icons;  /* NULL: there is no pack */
    int folder;          /* of images; below 0: none */
    bool ok;
} nc_allowed;

/* The first four are borrowed; zeroed else. */
typedef struct nc_pictures {
    const nc_picture_options *given;
    const nc_settings *settings;
    const char *config_file; /* text of -c; NULL: none */
    nc_findings *problems;   /* where they go; NULL: they are reported at once */
    nc_allowed **list;
    size_t len;
} nc_pictures;

/*
 * What is allowed with a project's configuration (NULL: none). False, reported once, when a file cannot
 * be used. *out lives until the release, and may be used by several threads at once.
 */
bool nc_pictures_find(nc_pictures *pictures, const nc_allowed **out, const char *project);
/* The same as options of the library; allowed NULL: nothing is. */
void nc_allowed_give(nacre_options *options, const nc_allowed *allowed);
void nc_pictures_release(nc_pictures *pictures);

#endif
