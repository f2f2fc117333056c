/* Waiting for inputs to change (inotify), and knowing which of them did. */
#ifndef NC_WATCH_H
#define NC_WATCH_H

#include <stdbool.h>

#include "cli/options.h"
#include "cli/str.h"

typedef struct nc_watch nc_watch;

/* NULL when the system gives none: errno says why. */
nc_watch *nc_watch_new(void);
void nc_watch_drop(nc_watch *watch);

/*
 * Whether an input is not what it was when nc_watch_done was last called for it; config: the text
 * of the project's configuration for it, or NULL.
 */
bool nc_watch_has_changed(nc_watch *watch, const char *path, const char *config);
/* The input is dealt with as it is now. */
void nc_watch_done(nc_watch *watch, const char *path, const char *config);

/* A file or a folder with all below it: a change in there ends the waiting. */
void nc_watch_add(nc_watch *watch, const char *path);
/*
 * Returns when something changed and then nothing for a moment. False when it cannot go on: errno
 * says why.
 */
bool nc_watch_wait(nc_watch *watch);

#endif
