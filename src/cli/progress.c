#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    QUIET_MS = 700, /* a run that is over by then needs no line */
    STEP_MS = 100
};

static long ms_between(const struct timespec *from, const struct timespec *to)
{
    return (long)(to->tv_sec - from->tv_sec) * 1000 + (to->tv_nsec - from->tv_nsec) / 1000000;
}

static bool is_set(const char *name)
{
    const char *const value = getenv(name);
    return value && value[0];
}

void nc_progress_begin(nc_progress *progress, size_t total, bool quiet)
{
    const char *const terminal = getenv("TERM");

    *progress = (nc_progress){.total = total};
    progress->wanted = !quiet && total > 1 && isatty(STDERR_FILENO) && !is_set("CI") && terminal &&
                       terminal[0] && strcmp(terminal, "dumb") != 0;
    clock_gettime(CLOCK_MONOTONIC, &progress->begun);
    progress->told = progress->begun;
}

void nc_progress_tell(nc_progress *progress, size_t done)
{
    struct timespec now;

    if (!progress->wanted)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (ms_between(&progress->begun, &now) < QUIET_MS ||
        (progress->shown && ms_between(&progress->told, &now) < STEP_MS))
        return;
    progress->told = now;
    progress->shown = true;
    fprintf(stderr, "\rnacre: %zu of %zu", done, progress->total);
    fflush(stderr);
}

void nc_progress_clear(nc_progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
