/* Showing a file again whenever it changes, on the whole screen, until a key or a signal ends it. */
#ifndef NC_PREVIEW_WATCH_H
#define NC_PREVIEW_WATCH_H

#include "preview/show.h"

nc_exit nc_preview_watch(const nc_preview_options *options, const char *path, nc_show how);

#endif
