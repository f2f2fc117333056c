#include "cli/finding.h"

#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "cli/visible.h"

static nc_finding *add(nc_findings *findings, nc_finding finding)
{
    if (findings->len == findings->cap) {
        findings->cap = findings->cap ? findings->cap * 2 : 8;
        findings->list = nc_realloc_must(findings->list, findings->cap * sizeof(*findings->list));
    }
    findings->list[findings->len] = finding;
    return &findings->list[findings->len++];
}

/*
 * The word of a hint that is nothing but "did you mean 'WORD'?", when what stands at the place is a
 * slip of that word: only then does the place cover what has to be replaced, and no more. Quotes
 * around it stay.
 */
static char *replacement_of(const char *hint, const char *at, size_t len)
{
    static const char before[] = "did you mean '";
    static const char behind[] = "'?";
    const size_t head = sizeof(before) - 1;
    const size_t tail = sizeof(behind) - 1;
    const size_t size = strlen(hint);
    const bool quoted = len > 1 && (at[0] == '"' || at[0] == '\'') && at[len - 1] == at[0];
    nc_str written = {0};
    nc_str meant = {0};
    nc_str out = {0};
    const char *list[] = {NULL, NULL};

    if (size <= head + tail || strncmp(hint, before, head) != 0 ||
        strcmp(hint + size - tail, behind) != 0 || len > size)
        return NULL;
    nc_str_clear(&written);
    nc_str_put(&written, at + quoted, len - 2 * (size_t)quoted);
    nc_str_put(&meant, hint + head, size - head - tail);
    list[0] = meant.ptr;
    if (written.len && strcmp(written.ptr, meant.ptr) != 0 && nc_word_nearest(written.ptr, list)) {
        nc_str_put(&out, at, quoted);
        nc_str_put(&out, meant.ptr, meant.len);
        nc_str_put(&out, at, quoted);
    }
    nc_str_release(&written);
    nc_str_release(&meant);
    return out.ptr;
}

nc_finding *nc_findings_add(nc_findings *findings, nc_host *host, const nacre_diagnostic *d,
                            size_t start, size_t end)
{
    nc_finding f = {.severity = d->severity, .path = nc_strdup_must(host->path), .code = d->code};
    nc_str excerpt = {0};

    if (start > host->len)
        start = host->len;
    if (end > host->len)
        end = host->len;
    while (end > start && (host->text[end - 1] == '\n' || host->text[end - 1] == '\r'))
        end--;
    if (end < start)
        end = start;
    f.message = nc_strdup_must(d->message);
    if (d->hint[0]) {
        f.hint = nc_strdup_must(d->hint);
        f.replacement = replacement_of(d->hint, host->text + start, end - start);
    }
    f.start = start;
    f.end = end;
    f.from = nc_host_find(host, start);
    f.to = nc_host_find(host, end);
    nc_host_excerpt(&excerpt, host, start, end);
    f.excerpt = nc_str_take(&excerpt);
    return add(findings, f);
}

void nc_findings_fail(nc_findings *findings, nc_code code, const char *path, const char *message,
                      const char *hint)
{
    add(findings, (nc_finding){.severity = NACRE_ERROR,
                               .failure = true,
                               .path = path ? nc_strdup_must(path) : NULL,
                               .code = nc_code_name(code),
                               .message = nc_strdup_must(message),
                               .hint = hint ? nc_strdup_must(hint) : NULL});
}

void nc_findings_note(nc_findings *findings, nc_code code, const char *path, const char *message)
{
    add(findings, (nc_finding){.severity = NACRE_ERROR,
                               .path = nc_strdup_must(path),
                               .code = nc_code_name(code),
                               .message = nc_strdup_must(message)});
}

void nc_findings_move(nc_findings *to, nc_findings *from)
{
    for (size_t i = 0; i < from->len; i++)
        add(to, from->list[i]);
    free(from->list);
    *from = (nc_findings){0};
}

/* There are at most a few hundred in a file, nearly sorted. */
void nc_findings_sort(nc_findings *findings)
{
    for (size_t i = 1; i < findings->len; i++) {
        const nc_finding moving = findings->list[i];
        size_t at = i;

        for (; at > 0 && findings->list[at - 1].start > moving.start; at--)
            findings->list[at] = findings->list[at - 1];
        findings->list[at] = moving;
    }
}

void nc_findings_release(nc_findings *findings)
{
    for (size_t i = 0; i < findings->len; i++) {
        free(findings->list[i].path);
        free(findings->list[i].message);
        free(findings->list[i].hint);
        free(findings->list[i].replacement);
        free(findings->list[i].excerpt);
    }
    free(findings->list);
    *findings = (nc_findings){0};
}

void nc_severity_put(nc_str *out, nacre_severity severity, const char *code, bool color)
{
    const bool error = severity == NACRE_ERROR;

    if (color)
        nc_str_puts(out, error ? "\033[1;31m" : "\033[1;33m");
    nc_str_fmt(out, "%s[%s]", error ? "error" : "warning", code);
    if (color)
        nc_str_puts(out, "\033[0m");
}

void nc_finding_put_text(nc_str *out, const nc_finding *f, bool color)
{
    nc_visible_puts(out, f->path ? f->path : "nacre");
    if (f->excerpt)
        nc_str_fmt(out, ":%zu:%zu", f->from.line, f->from.column);
    nc_str_puts(out, ": ");
    nc_severity_put(out, f->severity, f->code, color);
    nc_str_puts(out, ": ");
    nc_visible_puts(out, f->message);
    nc_str_char(out, '\n');
    if (f->excerpt)
        nc_str_puts(out, f->excerpt);
    if (f->hint) {
        nc_str_puts(out, "  hint: ");
        nc_visible_puts(out, f->hint);
        nc_str_char(out, '\n');
    }
}
