/* The diagrams of many files, checked on as many threads as there are processors. */
#ifndef NC_CHECK_H
#define NC_CHECK_H

#include "cli/form.h"
#include "cli/walk.h"

/* One file: what it is checked with, and what came of it. */
typedef struct nc_check_job {
    const char *path;      /* NULL: standard input */
    nacre_options options; /* what it is checked with; texts are borrowed */
    nc_findings findings;
    size_t diagrams;
    bool was_read;
} nc_check_job;

/*
 * Every job by itself: the outcome does not depend on threads (0: the program chooses) or on their
 * order.
 */
void nc_check_run(nc_check_job *jobs, size_t len, size_t threads);

#endif
