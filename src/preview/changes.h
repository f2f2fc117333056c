/*
 * Changes below a path, by inotify: a file (its folder is watched, since editors put new files in
 * the place of old ones), or a folder with everything below it but hidden ones and node_modules.
 */
#ifndef NC_CHANGES_H
#define NC_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct nc_changes {
    int fd;         /* to poll for reading; below 0: there is none */
    char **folders; /* by watch descriptor - 1; NULL: it is no more */
    size_t len;
    char *file; /* the one name that counts; NULL: all of them */
} nc_changes;

/* False when the system gives none: errno says why. Release it either way. */
bool nc_changes_open(nc_changes *changes, const char *path);
void nc_changes_release(nc_changes *changes);
/* Takes what is there to be read without waiting; whether any of it counts. New folders join in. */
bool nc_changes_take(nc_changes *changes);

#endif
