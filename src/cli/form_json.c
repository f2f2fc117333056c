#include <string.h>

#include "cli/form.h"
#include "cli/json.h"

static const char *severity_name(nacre_severity severity)
{
    return severity == NACRE_ERROR ? "error" : "warning";
}

static void put_place(nc_str *out, const nc_finding *f)
{
    if (f->diagram)
        nc_str_fmt(out, ", \"diagram\": %zu", f->diagram);
    nc_str_fmt(out, ", \"line\": %zu, \"column\": %zu, \"endLine\": %zu, \"endColumn\": %zu",
               f->from.line, f->from.column, f->to.line, f->to.column);
    nc_str_fmt(out, ", \"start\": %zu, \"end\": %zu", f->start, f->end);
}

static void put_finding(nc_str *out, const nc_finding *f)
{
    nc_str_puts(out, "    {");
    nc_json_member(out, "path", f->path);
    if (f->excerpt)
        put_place(out, f);
    nc_str_puts(out, ", ");
    nc_json_member(out, "severity", severity_name(f->severity));
    nc_str_puts(out, ", ");
    nc_json_member(out, "code", f->code);
    nc_str_puts(out, ", ");
    nc_json_member(out, "message", f->message);
    if (f->hint) {
        nc_str_puts(out, ", ");
        nc_json_member(out, "hint", f->hint);
    }
    if (f->replacement) {
        nc_str_puts(out, ", ");
        nc_json_member(out, "replacement", f->replacement);
    }
    nc_str_char(out, '}');
}

static void put_row(nc_str *out, const nc_form_row *row)
{
    nc_str_puts(out, "    {");
    nc_json_member(out, "path", row->path);
    nc_str_puts(out, ", ");
    nc_json_member(out, "state", row->state);
    if (row->source) {
        nc_str_puts(out, ", ");
        nc_json_member(out, "source", row->source);
        if (row->diagram)
            nc_str_fmt(out, ", \"diagram\": %zu", row->diagram);
        nc_str_fmt(out, ", \"line\": %zu", row->line);
    }
    nc_str_char(out, '}');
}

/* The files themselves, and how many there are of each state. */
static void put_rows(nc_str *out, const nc_report *report)
{
    nc_str_puts(out, "  \"artifacts\": [\n");
    for (size_t i = 0; i < report->row_len; i++) {
        put_row(out, &report->rows[i]);
        nc_str_puts(out, i + 1 < report->row_len ? ",\n" : "\n");
    }
    nc_str_puts(out, "  ],\n  \"states\": {");
    for (size_t k = 0; report->states[k]; k++) {
        size_t count = 0;

        for (size_t i = 0; i < report->row_len; i++)
            count += strcmp(report->rows[i].state, report->states[k]) == 0;
        nc_str_puts(out, k > 0 ? ", " : "");
        nc_json_put(out, report->states[k]);
        nc_str_fmt(out, ": %zu", count);
    }
    nc_str_puts(out, "},\n");
}

void nc_form_json(nc_str *out, const nc_report *report)
{
    const size_t len = report->findings.len;

    nc_str_puts(out, "{\n  \"version\": 1,\n");
    if (report->rows)
        put_rows(out, report);
    nc_str_puts(out, "  \"findings\": [\n");
    for (size_t i = 0; i < len; i++) {
        put_finding(out, &report->findings.list[i]);
        nc_str_puts(out, i + 1 < len ? ",\n" : "\n");
    }
    nc_str_fmt(out,
               "  ],\n  \"files\": %zu,\n  \"diagrams\": %zu,\n  \"errors\": %zu,\n"
               "  \"warnings\": %zu\n}\n",
               report->files, report->diagrams, nc_report_count(report, NACRE_ERROR),
               nc_report_count(report, NACRE_WARNING));
}

void nc_rules_json(nc_str *out)
{
    const size_t len = nacre_rule_count();

    nc_str_puts(out, "{\n  \"version\": 1,\n  \"rules\": [\n");
    for (size_t i = 0; i < len; i++) {
        nacre_rule rule;

        nacre_rule_at(&rule, i);
        nc_str_puts(out, "    {");
        nc_json_member(out, "code", rule.code);
        nc_str_puts(out, ", ");
        nc_json_member(out, "severity", severity_name(rule.severity));
        nc_str_fmt(out, ", \"portable\": %s, ", rule.portability ? "true" : "false");
        nc_json_member(out, "summary", rule.summary);
        nc_str_puts(out, i + 1 < len ? "},\n" : "}\n");
    }
    nc_str_puts(out, "  ]\n}\n");
}
