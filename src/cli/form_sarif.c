/*
 * SARIF 2.1.0: Static Analysis Results Interchange Format, OASIS Standard, 27 March 2020. One run;
 * every rule is described once and results refer to it by index. What keeps nacre from checking is
 * no result but a notification of the invocation.
 */
#include <string.h>

#include "cli/form.h"
#include "cli/image.h"
#include "cli/json.h"

#define SCHEMA                                                                                     \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

static const char *level_of(nacre_severity severity)
{
    return severity == NACRE_ERROR ? "error" : "warning";
}

static void put_text(nc_str *out, const char *name, const char *text)
{
    nc_json_put(out, name);
    nc_str_puts(out, ": {");
    nc_json_member(out, "text", text);
    nc_str_char(out, '}');
}

/* What `render --check` finds besides: results too, but of no diagram. */
static const nc_code artifact_codes[] = {NC_CODE_STALE, NC_CODE_MISSING, NC_CODE_ORPHANED};
enum { ARTIFACT_CODES = sizeof(artifact_codes) / sizeof(artifact_codes[0]) };

static size_t rule_count(void)
{
    return nacre_rule_count() + ARTIFACT_CODES;
}

static nacre_rule rule_at(size_t index)
{
    nacre_rule rule = {.severity = NACRE_ERROR};
    const size_t of_diagrams = nacre_rule_count();

    if (index < of_diagrams) {
        nacre_rule_at(&rule, index);
    } else {
        rule.code = nc_code_name(artifact_codes[index - of_diagrams]);
        rule.summary = nc_code_summary(artifact_codes[index - of_diagrams]);
    }
    return rule;
}

static void put_rule(nc_str *out, size_t index)
{
    const nacre_rule rule = rule_at(index);
    nc_str help = {0};

    nc_str_fmt(&help, "docs/diagnostics.md explains '%s', with an example and its remedy.",
               rule.code);
    nc_str_puts(out, "            {");
    nc_json_member(out, "id", rule.code);
    nc_str_puts(out, ", ");
    put_text(out, "shortDescription", rule.summary);
    nc_str_puts(out, ", ");
    put_text(out, "help", help.ptr);
    nc_str_fmt(out, ", \"defaultConfiguration\": {\"level\": \"%s\"}}", level_of(rule.severity));
    nc_str_release(&help);
}

static void put_driver(nc_str *out)
{
    const size_t len = rule_count();

    nc_str_puts(out, "      \"tool\": {\n        \"driver\": {\n          ");
    nc_json_member(out, "name", "nacre");
    nc_str_puts(out, ",\n          ");
    nc_json_member(out, "version", nacre_version());
    nc_str_puts(out, ",\n          \"rules\": [\n");
    for (size_t i = 0; i < len; i++) {
        put_rule(out, i);
        nc_str_puts(out, i + 1 < len ? ",\n" : "\n");
    }
    nc_str_puts(out, "          ]\n        }\n      },\n");
}

static void put_artifact(nc_str *out, const char *path)
{
    nc_str uri = {0};

    if (path[0] == '/')
        nc_str_puts(&uri, "file://");
    nc_url_put(&uri, path);
    nc_str_puts(out, "\"artifactLocation\": {");
    nc_json_member(out, "uri", uri.ptr ? uri.ptr : "");
    nc_str_char(out, '}');
    nc_str_release(&uri);
}

static void put_region(nc_str *out, const char *name, const nc_finding *f)
{
    nc_json_put(out, name);
    nc_str_fmt(out,
               ": {\"startLine\": %zu, \"startColumn\": %zu, \"endLine\": %zu, \"endColumn\": %zu",
               f->from.line, f->from.column, f->to.line, f->to.column);
    nc_str_fmt(out, ", \"byteOffset\": %zu, \"byteLength\": %zu}", f->start, f->end - f->start);
}

static void put_locations(nc_str *out, const nc_finding *f)
{
    nc_str_puts(out, "\"locations\": [{\"physicalLocation\": {");
    put_artifact(out, f->path);
    if (f->excerpt) {
        nc_str_puts(out, ", ");
        put_region(out, "region", f);
    }
    nc_str_puts(out, "}}]");
}

static void put_fix(nc_str *out, const nc_finding *f)
{
    nc_str_puts(out, ", \"fixes\": [{");
    put_text(out, "description", f->hint);
    nc_str_puts(out, ", \"artifactChanges\": [{");
    put_artifact(out, f->path);
    nc_str_puts(out, ", \"replacements\": [{");
    put_region(out, "deletedRegion", f);
    nc_str_puts(out, ", ");
    put_text(out, "insertedContent", f->replacement);
    nc_str_puts(out, "}]}]}]");
}

/* The message, and what to do about it as a second sentence. */
static void put_message(nc_str *out, const nc_finding *f)
{
    nc_str text = {0};

    nc_str_puts(&text, f->message);
    if (f->hint)
        nc_str_fmt(&text, "; %s", f->hint);
    put_text(out, "message", text.ptr);
    nc_str_release(&text);
}

static size_t rule_index(const char *code)
{
    const size_t len = rule_count();
    size_t i = 0;

    while (i < len && strcmp(rule_at(i).code, code) != 0)
        i++;
    return i;
}

static void put_result(nc_str *out, const nc_finding *f)
{
    nc_str_puts(out, "        {");
    nc_json_member(out, "ruleId", f->code);
    nc_str_fmt(out, ", \"ruleIndex\": %zu, ", rule_index(f->code));
    nc_json_member(out, "level", level_of(f->severity));
    nc_str_puts(out, ", ");
    put_message(out, f);
    nc_str_puts(out, ", ");
    put_locations(out, f);
    if (f->replacement)
        put_fix(out, f);
    if (f->hint) {
        nc_str_puts(out, ", \"properties\": {");
        nc_json_member(out, "hint", f->hint);
        nc_str_char(out, '}');
    }
    nc_str_char(out, '}');
}

static void put_notification(nc_str *out, const nc_finding *f)
{
    nc_str_puts(out, "            {\"descriptor\": {");
    nc_json_member(out, "id", f->code);
    nc_str_puts(out, "}, \"level\": \"error\", ");
    put_message(out, f);
    nc_str_puts(out, ", ");
    put_locations(out, f);
    nc_str_char(out, '}');
}

/* Failures, or all else, with commas between; true when there was one. */
static bool put_findings(nc_str *out, const nc_report *report, bool failures)
{
    bool any = false;

    for (size_t i = 0; i < report->findings.len; i++) {
        const nc_finding *const f = &report->findings.list[i];

        if (f->failure != failures)
            continue;
        nc_str_puts(out, any ? ",\n" : "\n");
        any = true;
        if (failures)
            put_notification(out, f);
        else
            put_result(out, f);
    }
    return any;
}

void nc_form_sarif(nc_str *out, const nc_report *report)
{
    nc_str notes = {0};
    const bool failed = put_findings(&notes, report, true);

    nc_str_puts(out, "{\n  \"$schema\": \"" SCHEMA
                     "\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {\n");
    put_driver(out);
    nc_str_fmt(out, "      \"invocations\": [\n        {\n          \"executionSuccessful\": %s",
               failed ? "false" : "true");
    if (failed)
        nc_str_fmt(out, ",\n          \"toolExecutionNotifications\": [%s\n          ]", notes.ptr);
    nc_str_puts(out, "\n        }\n      ],\n      \"columnKind\": \"unicodeCodePoints\",\n      "
                     "\"results\": [");
    nc_str_puts(out, put_findings(out, report, false) ? "\n      ]" : "]");
    nc_str_puts(out, "\n    }\n  ]\n}\n");
    nc_str_release(&notes);
}
