/*
 * What the program says on stderr: one message a call, in the form
 *
 *     path:line:col: error[CODE]: message        of a diagram
 *     path: error[CODE]: message                 of a file
 *     nacre: error[CODE]: message                of the call itself
 *
 * Control characters and bytes that are no UTF-8 are shown as \xNN wherever they come from.
 */
#ifndef NC_REPORT_H
#define NC_REPORT_H

#include <nacre/nacre.h>
#include <stddef.h>

typedef enum nc_code {
#define NC_CODE(name, code, summary) NC_CODE_##name,
#include "cli/codes.def"
#undef NC_CODE
    NC_CODE_COUNT
} nc_code;

#if defined(__GNUC__)
#define NC_REPORT_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define NC_REPORT_PRINTF(fmt, args)
#endif

/* path NULL: the call itself. */
void nc_report_error(nc_code code, const char *path, const char *fmt, ...) NC_REPORT_PRINTF(3, 4);
/* A remedy for what was reported last. */
void nc_report_hint(const char *fmt, ...) NC_REPORT_PRINTF(1, 2);

/* A text whose places people are told. Zero line_starts: found when the first place is asked for. */
typedef struct nc_host {
    const char *path;
    const char *text; /* borrowed */
    size_t len;
    size_t *line_starts;
    size_t line_len;
} nc_host;

void nc_host_release(nc_host *host);

/* start and end: the diagnostic's place in the host, which need not be the text it was found in. */
void nc_report_diagnostic(nc_host *host, const nacre_diagnostic *diagnostic, size_t start,
                          size_t end);

#endif
