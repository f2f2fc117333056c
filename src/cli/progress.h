/*
 * The line on a terminal that says how far a long run is. There is none where standard error is no
 * terminal, in CI ($CI), on a terminal that cannot go back in a line ($TERM is dumb or unset), or in
 * a run that is over soon.
 */
#ifndef NC_PROGRESS_H
#define NC_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

typedef struct nc_progress {
    bool wanted;
    bool shown; /* there is a line that must go before anything else is said */
    size_t total;
    struct timespec begun, told;
} nc_progress;

/* quiet: the user wants none. */
void nc_progress_begin(nc_progress *progress, size_t total, bool quiet);
void nc_progress_tell(nc_progress *progress, size_t done);
/* Takes the line away. */
void nc_progress_clear(nc_progress *progress);

#endif
