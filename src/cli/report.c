#include "cli/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/visible.h"

/* People look at it, on a terminal that knows colours, and do not mind them (no-color.org). */
static bool has_color(void)
{
    const char *const refused = getenv("NO_COLOR");
    const char *const terminal = getenv("TERM");

    return !(refused && refused[0]) && terminal && terminal[0] && strcmp(terminal, "dumb") != 0 &&
           isatty(STDERR_FILENO);
}

/* In one write, so that messages of several processes do not mix within a line. */
static void emit(nc_str *message)
{
    fflush(stdout);
    fwrite(message->ptr, 1, message->len, stderr);
    nc_str_release(message);
}

static void put_args(nc_str *out, const char *fmt, va_list args)
{
    va_list again;
    char *text;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (len < 0)
        return;
    text = nc_alloc_must((size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, fmt, args);
    nc_visible_put(out, text, (size_t)len);
    free(text);
}

void nc_report_error(nc_code code, const char *path, const char *fmt, ...)
{
    nc_str out = {0};
    va_list args;

    nc_visible_puts(&out, path ? path : "nacre");
    nc_str_puts(&out, ": ");
    nc_severity_put(&out, NACRE_ERROR, nc_code_name(code), has_color());
    nc_str_puts(&out, ": ");
    va_start(args, fmt);
    put_args(&out, fmt, args);
    va_end(args);
    nc_str_char(&out, '\n');
    emit(&out);
}

void nc_report_hint(const char *fmt, ...)
{
    nc_str out = {0};
    va_list args;

    nc_str_puts(&out, "  hint: ");
    va_start(args, fmt);
    put_args(&out, fmt, args);
    va_end(args);
    nc_str_char(&out, '\n');
    emit(&out);
}

void nc_report_findings(const nc_findings *findings)
{
    for (size_t i = 0; i < findings->len; i++) {
        nc_str out = {0};

        nc_finding_put_text(&out, &findings->list[i], has_color());
        emit(&out);
    }
}

void nc_report_errors(const nc_findings *findings)
{
    for (size_t i = 0; i < findings->len; i++) {
        const nc_findings one = {.list = &findings->list[i], .len = 1};

        if (findings->list[i].severity == NACRE_ERROR)
            nc_report_findings(&one);
    }
}

void nc_report_done(const char *what, const char *path)
{
    nc_str line = {0};

    nc_str_fmt(&line, "%s ", what);
    nc_visible_puts(&line, path);
    nc_str_char(&line, '\n');
    emit(&line);
}

void nc_report_diagnostic(nc_host *host, const nacre_diagnostic *d, size_t start, size_t end)
{
    nc_findings one = {0};

    nc_findings_add(&one, host, d, start, end);
    nc_report_findings(&one);
    nc_findings_release(&one);
}
