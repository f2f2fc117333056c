/* The forms of a report: what `check --format` chooses from. One function writes all of it. */
#ifndef NC_FORM_H
#define NC_FORM_H

#include "cli/finding.h"

/* A file that a source becomes, and how it stands with it. */
typedef struct nc_form_row {
    const char *path;
    const char *source;   /* NULL: there is none any more */
    size_t diagram, line; /* of the source; diagram 0: none of a document's */
    const char *state;
} nc_form_row;

/* What a check has found, in the order of the inputs. */
typedef struct nc_report {
    nc_findings findings;
    size_t files, diagrams; /* that were read */
    nc_form_row *rows;      /* of `render --check`; NULL: files were not compared */
    size_t row_len;
    const char *const *states; /* the words there are, NULL at the end */
} nc_report;

size_t nc_report_count(const nc_report *report, nacre_severity severity);

/* For people: findings as they stand on stderr elsewhere, failures left out. */
void nc_form_text(nc_str *out, const nc_report *report);
/* nacre's own, described in docs/nacre.md. */
void nc_form_json(nc_str *out, const nc_report *report);
/* SARIF 2.1.0 (OASIS). */
void nc_form_sarif(nc_str *out, const nc_report *report);
/* Workflow commands of GitHub Actions, which become annotations. */
void nc_form_github(nc_str *out, const nc_report *report);

/* The list of rules. */
void nc_rules_text(nc_str *out);
void nc_rules_json(nc_str *out);

#endif
