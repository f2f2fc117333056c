/* One run of `nacre render` over all that people named. */
#ifndef NC_SESSION_H
#define NC_SESSION_H

#include "cli/job.h"
#include "cli/names.h"
#include "cli/plan.h"
#include "cli/walk.h"
#include "cli/watch.h"

typedef enum nc_report_kind {
    NC_REPORT_TEXT,
    NC_REPORT_JSON,
    NC_REPORT_GITHUB,
    NC_REPORT_SARIF
} nc_report_kind;

typedef struct nc_session {
    nc_operands operands, excludes;
    nc_plan_options plan;
    nc_order order; /* errand: NC_ERRAND_COMPARE for check and dry_run */
    nc_naming naming;
    const char *config; /* -c; NULL: none */
    nc_picture_options pictures;
    bool no_config;
    size_t max_input, threads;
    bool check, dry_run; /* say what is not as it should be; say what would be written */
    nc_report_kind report;
    bool no_prune, quiet, verbose;
    const char *depfile; /* NULL: none */
    nc_watch *watch;     /* who knows which inputs have changed; NULL: all of them are done */
} nc_session;

/* A session may be run again: everything is looked at anew. */
nc_exit nc_session_run(const nc_session *session);

#endif
