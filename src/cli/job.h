/* One input of `nacre render`, from its text to its files. Jobs share nothing that changes. */
#ifndef NC_JOB_H
#define NC_JOB_H

#include <stdint.h>

#include "cli/format.h"
#include "cli/inputs.h"
#include "cli/pictures.h"

typedef enum nc_errand {
    NC_ERRAND_WRITE,
    NC_ERRAND_COMPARE /* nothing is written: what is there is compared with what would be */
} nc_errand;

/* What a run does with each of its inputs. */
typedef struct nc_order {
    nc_errand errand;
    nc_formats formats;
    nacre_options drawing; /* but for config_project, which is the job's */
    bool plain;            /* --svg plain */
    bool in_place, keep_going, keep_source, embed, keep_links;
} nc_order;

typedef enum nc_state {
    NC_STATE_CURRENT,
    NC_STATE_STALE,
    NC_STATE_MISSING,
    NC_STATE_ERROR,   /* its diagram has errors, or it could not be written */
    NC_STATE_ORPHANED /* nothing makes it any more */
} nc_state;
enum { NC_STATE_COUNT = NC_STATE_ORPHANED + 1 };

/* "current" */
const char *nc_state_name(nc_state state);

/* A file that an input becomes. */
typedef struct nc_artifact {
    char *path;
    size_t diagram;    /* of a document, from 1; 0: the document itself, or the only one */
    size_t start, end; /* of the input: what the file is made of */
    size_t line;       /* of start, from 1 */
    nc_state state;    /* after writing: current, or error */
    uint64_t hash;     /* of the bytes written */
    size_t size;
} nc_artifact;

typedef struct nc_job {
    nc_input *input;            /* its text is let go when the job is done */
    const char *config_project; /* borrowed */
    const nc_allowed *allowed;  /* likewise: icons and images */
    nc_findings findings;
    nc_findings states; /* of a comparison: a finding for each file that is not current */
    nc_exit outcome;
    nc_artifact *list;
    size_t len, cap;
    bool skipped; /* what it makes is as it should be, which somebody else knows: nothing is done */
} nc_job;

/* Everything that goes wrong is in job->findings, in the order of the text. */
void nc_job_run(nc_job *job, const nc_order *order, nacre_context *context);
void nc_job_release(nc_job *job);

/* FNV-1a, 64 bits. */
uint64_t nc_bytes_hash(const char *bytes, size_t len);

#endif
