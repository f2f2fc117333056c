#include "cli/form.h"
#include "cli/visible.h"

/*
 * A value of a workflow command. Percent signs and line ends are escaped everywhere, colons and
 * commas in properties too (docs.github.com, "Workflow commands"; actions/toolkit, command.ts).
 */
static void put_escaped(nc_str *out, const char *text, bool property)
{
    nc_str visible = {0};

    nc_str_clear(&visible);
    nc_visible_puts(&visible, text);
    for (const char *p = visible.ptr; *p; p++) {
        if (*p == '%' || (property && (*p == ':' || *p == ',')))
            nc_str_fmt(out, "%%%02X", (unsigned)(unsigned char)*p);
        else
            nc_str_char(out, *p);
    }
    nc_str_release(&visible);
}

/* GitHub refuses columns when a place has several lines; its end column is the last one inside. */
static void put_place(nc_str *out, const nc_finding *f)
{
    nc_str_fmt(out, ",line=%zu,endLine=%zu", f->from.line, f->to.line);
    if (f->from.line == f->to.line)
        nc_str_fmt(out, ",col=%zu,endColumn=%zu", f->from.column,
                   f->to.column > f->from.column ? f->to.column - 1 : f->from.column);
}

void nc_form_github(nc_str *out, const nc_report *report)
{
    for (size_t i = 0; i < report->findings.len; i++) {
        const nc_finding *const f = &report->findings.list[i];

        nc_str_puts(out, f->severity == NACRE_ERROR ? "::error file=" : "::warning file=");
        put_escaped(out, f->path, true);
        if (f->excerpt)
            put_place(out, f);
        nc_str_puts(out, ",title=");
        put_escaped(out, f->code, true);
        nc_str_puts(out, "::");
        put_escaped(out, f->message, false);
        if (f->hint) {
            nc_str_puts(out, "%0Ahint: ");
            put_escaped(out, f->hint, false);
        }
        nc_str_char(out, '\n');
    }
}
