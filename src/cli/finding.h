/*
 * What is wrong with the inputs, free of the texts it was found in: what every format of a report
 * is written from.
 */
#ifndef NC_FINDING_H
#define NC_FINDING_H

#include <nacre/nacre.h>
#include <stdbool.h>

#include "cli/code.h"
#include "cli/host.h"

typedef struct nc_finding {
    nacre_severity severity;
    bool failure;     /* of nacre's own errand, not of a diagram: exit status 2 */
    char *path;       /* as people name it; NULL: the call itself */
    const char *code; /* borrowed */
    char *message;
    char *hint;        /* NULL: none */
    char *replacement; /* what to write in place of the place; NULL: nobody knows */
    char *excerpt;     /* the line and its marks; NULL: no place, and nothing below counts */
    size_t start, end; /* bytes of the file, of one line or more */
    nc_host_place from, to;
    size_t diagram; /* of a document, from 1; 0: it is none */
} nc_finding;

/* Zero-initialised is empty. */
typedef struct nc_findings {
    nc_finding *list;
    size_t len, cap;
} nc_findings;

/* start and end: the diagnostic's place in the host, which need not be the text it was found in. */
nc_finding *nc_findings_add(nc_findings *findings, nc_host *host,
                            const nacre_diagnostic *diagnostic, size_t start, size_t end);
/* A failure without a place; texts are copied. hint NULL: none. */
void nc_findings_fail(nc_findings *findings, nc_code code, const char *path, const char *message,
                      const char *hint);
/* An error without a place that is no failure; texts are copied. */
void nc_findings_note(nc_findings *findings, nc_code code, const char *path, const char *message);
/* Moves all of from behind those of to; from is empty afterwards. */
void nc_findings_move(nc_findings *to, nc_findings *from);
/* By place, in the order in which they came where it is the same. */
void nc_findings_sort(nc_findings *findings);
void nc_findings_release(nc_findings *findings);

/* As people read it: see report.h. color: with escapes for a terminal. */
void nc_finding_put_text(nc_str *out, const nc_finding *finding, bool color);
/* `error[CODE]` */
void nc_severity_put(nc_str *out, nacre_severity severity, const char *code, bool color);

#endif
