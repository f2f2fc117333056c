/*
 * What the program says on stderr: one message a call, in the form
 *
 *     path:line:col: error[CODE]: message        of a diagram
 *     path: error[CODE]: message                 of a file
 *     nacre: error[CODE]: message                of the call itself
 */
#ifndef NC_REPORT_H
#define NC_REPORT_H

#include "cli/finding.h"

#if defined(__GNUC__)
#define NC_REPORT_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define NC_REPORT_PRINTF(fmt, args)
#endif

/* path NULL: the call itself. */
void nc_report_error(nc_code code, const char *path, const char *fmt, ...) NC_REPORT_PRINTF(3, 4);
/* A remedy for what was reported last. */
void nc_report_hint(const char *fmt, ...) NC_REPORT_PRINTF(1, 2);

void nc_report_findings(const nc_findings *findings);
/* Its errors only. */
void nc_report_errors(const nc_findings *findings);
/* What was done with a file: "wrote", "removed". */
void nc_report_done(const char *what, const char *path);
/* start and end: the diagnostic's place in the host, which need not be the text it was found in. */
void nc_report_diagnostic(nc_host *host, const nacre_diagnostic *diagnostic, size_t start,
                          size_t end);

#endif
