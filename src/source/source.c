#include "source/source.h"

#include "base/utf8.h"
#include "source/detect.h"
#include "source/preprocess.h"
#include "source/read.h"

/* Offsets are 32 bits wide, and protecting entity codes makes a text up to five times as long. */
enum { HARD_MAX = 1 << 28 };

enum { DIRECTIVES_MAX = 100 }; /* each is merged into those before it */

static bool no_memory(nc_diags *d)
{
    nc_diag_add(d, NC_RULE_NO_MEMORY, (nc_span){0, 0}, "out of memory");
    return false;
}

static bool check_bytes(nc_sv bytes, size_t max_bytes, nc_diags *d)
{
    size_t most = max_bytes && max_bytes < HARD_MAX ? max_bytes : HARD_MAX;
    if (bytes.len > most) {
        nc_diag_add(d, NC_RULE_TOO_LARGE, (nc_span){0, 0},
                    "the text has %zu bytes, the limit is %zu", bytes.len, most);
        return false;
    }
    size_t bad = nc_utf8_invalid(bytes);
    size_t nul = nc_sv_find(bytes, nc_sv_from("", 1), 0);
    bool wide = nc_sv_starts(bytes, NC_SV("\xff\xfe")) || nc_sv_starts(bytes, NC_SV("\xfe\xff"));
    if (bad == SIZE_MAX && nul == SIZE_MAX)
        return true;
    size_t at = bad < nul ? bad : nul;
    nc_span span = {(uint32_t)at, (uint32_t)at + 1};
    if (bad < nul)
        nc_diag_add(d, NC_RULE_BAD_UTF8, span, "the byte 0x%02X is not UTF-8",
                    (unsigned)(unsigned char)bytes.ptr[at]);
    else
        nc_diag_add(d, NC_RULE_BAD_UTF8, span, "a NUL byte is no text");
    nc_diag_hint(d, wide ? "the file is UTF-16; save it as UTF-8" : "save the file as UTF-8");
    return false;
}

/* The title as the author wrote it; what is no scalar is none. */
static nc_sv title_of(const nc_value *front, nc_diags *d)
{
    const nc_value *title = nc_value_member(front, NC_SV("title"));
    if (!title || title->kind == NC_VALUE_NULL)
        return (nc_sv){0};
    if (title->kind == NC_VALUE_LIST || title->kind == NC_VALUE_MAP) {
        nc_diag_add(d, NC_RULE_CONFIG, title->at, "the title is no text");
        return (nc_sv){0};
    }
    if (title->text.len > nc_limits_default.label) {
        nc_diag_add(d, NC_RULE_TOO_LARGE, title->at, "a title of more than %u bytes",
                    nc_limits_default.label);
        return (nc_sv){0};
    }
    bool nothing = (title->kind == NC_VALUE_BOOL && !title->boolean) ||
                   (title->kind == NC_VALUE_NUMBER && !(title->number < 0) && !(title->number > 0));
    return nothing ? (nc_sv){0} : title->text;
}

/* Reads what stands before the text; *from is where the text begins. */
static bool read_front_matter(nc_source *out, size_t *from, const nc_mapped *t, nc_arena *a,
                              nc_diags *d)
{
    nc_fence fence = nc_find_front_matter(t->text);
    *from = 0;
    if (!fence.opened)
        return true;
    if (!fence.closed) {
        uint32_t start = (uint32_t)fence.indent;
        nc_diag_add(d, NC_RULE_FRONT_MATTER, nc_offset_span(&t->map, (nc_span){start, start + 3}),
                    "the front matter is never closed");
        nc_diag_hint(d, "a line '---' with the same indent, and a line after it, closes it");
        return false;
    }
    const nc_value *front;
    nc_value_error error;
    nc_place place = {fence.body.start, &t->map, nc_sv_slice(t->text, 0, fence.indent)};
    *from = fence.end;
    if (!nc_yaml_read_at(&front, a, nc_sv_slice(t->text, fence.body.start, fence.body.end), &place,
                         &error)) {
        nc_diag_add(d, NC_RULE_FRONT_MATTER, error.at, "the front matter is no YAML: %.*s",
                    NC_SV_ARG(error.message));
        if (nc_sv_starts(error.message, NC_SV("mapping values")))
            nc_diag_hint(d, "quote a text that holds ': ', as in title: \"One: two\"");
        return false;
    }
    const nc_value *config = nc_value_member(front, NC_SV("config"));
    out->title = title_of(front, d);
    if (config && config->kind == NC_VALUE_MAP)
        out->config = config;
    else if (config && config->kind != NC_VALUE_NULL)
        nc_diag_add(d, NC_RULE_CONFIG, config->at, "'config' is no map and is ignored");
    return true;
}

/* The argument with double quotes for single ones: authors write JSON either way. */
static bool respell_quotes(nc_sv *out, nc_arena *a, nc_sv text)
{
    if (!nc_arena_copy(out, a, text))
        return false;
    char *bytes = NC_NEW(a, char, text.len + 1);
    if (!bytes)
        return false;
    for (size_t i = 0; i < text.len; i++)
        bytes[i] = text.ptr[i] == '\'' ? '"' : text.ptr[i];
    out->ptr = bytes;
    return true;
}

static bool read_init(const nc_value **config, const nc_mapped *t, const nc_directive *directive,
                      nc_arena *a, nc_diags *d)
{
    const nc_value *value;
    nc_value_error error;
    nc_sv json;
    nc_place place = {directive->argument.start, &t->map, {0}};
    if (!respell_quotes(&json, a,
                        nc_sv_slice(t->text, directive->argument.start, directive->argument.end)))
        return no_memory(d);
    if (!nc_json_read_at(&value, a, json, &place, &error)) {
        if (a->failed)
            return no_memory(d);
        nc_diag_add(d, NC_RULE_DIRECTIVE, error.at, "the directive is ignored, it is no JSON: %.*s",
                    NC_SV_ARG(error.message));
        nc_diag_hint(d, "names and texts need quotes, and no comma stands before a bracket");
        return true;
    }
    if (!value)
        return true;
    if (value->kind != NC_VALUE_MAP) {
        nc_diag_add(d, NC_RULE_DIRECTIVE, value->at, "the directive is ignored, it is no JSON map");
        return true;
    }
    *config = nc_value_merge(a, *config, value);
    return *config || no_memory(d);
}

static bool on_directive(nc_source *out, const nc_value **init, const nc_mapped *t,
                         const nc_directive *directive, nc_arena *a, nc_diags *d)
{
    nc_sv name = nc_sv_slice(t->text, directive->name.start, directive->name.end);
    if (nc_sv_eq(name, NC_SV("init")) || nc_sv_eq(name, NC_SV("initialize")))
        return read_init(init, t, directive, a, d);
    if (nc_sv_eq(name, NC_SV("wrap"))) {
        out->wrap = true;
        return true;
    }
    nc_diag_add(d, NC_RULE_DIRECTIVE, nc_offset_span(&t->map, directive->name),
                "the directive '%.*s' is ignored", NC_SV_ARG(name));
    nc_diag_hint(d, "Mermaid knows 'init' and 'wrap'");
    return true;
}

static bool read_directives(nc_source *out, const nc_value **init, nc_mapped *t, size_t *from,
                            nc_arena *a, nc_diags *d)
{
    nc_directive directive;
    uint32_t seen = 0;
    *init = NULL;
    if (!nc_next_directive(&directive, t->text, *from))
        return true;
    nc_rewrite r;
    nc_rewrite_init(&r, a, t);
    do {
        nc_rewrite_keep(&r, *from, directive.at.start);
        *from = directive.at.end;
        if (++seen > DIRECTIVES_MAX) {
            nc_diag_add(d, NC_RULE_TOO_LARGE, nc_offset_span(&t->map, directive.at),
                        "more than %d directives", DIRECTIVES_MAX);
            return false;
        }
        if (!directive.closed) {
            bool swallows = directive.at.end == t->text.len;
            nc_span open = {directive.at.start, directive.at.start + 3};
            nc_diag_add(d, NC_RULE_DIRECTIVE, nc_offset_span(&t->map, open), "%s",
                        swallows ? "the directive is never closed and swallows the rest of the text"
                                 : "the directive is not closed where it should be");
            nc_diag_hint(d, "close it with '}%%%%'");
        } else if (!on_directive(out, init, t, &directive, a, d)) {
            return false;
        }
    } while (nc_next_directive(&directive, t->text, *from));
    nc_rewrite_keep(&r, *from, t->text.len);
    *from = 0;
    nc_mapped stripped;
    if (!nc_rewrite_end(&stripped, &r))
        return no_memory(d);
    *t = stripped;
    return true;
}

/* `config` inside an init directive means the section of the diagram's own type. */
static bool rename_config(const nc_value **init, nc_family_id family, nc_arena *a)
{
    static const nc_sv sections[] = {[NC_FAMILY_FLOWCHART] = NC_SV_INIT("flowchart"),
                                     [NC_FAMILY_SEQUENCE] = NC_SV_INIT("sequence"),
                                     [NC_FAMILY_C4] = NC_SV_INIT("c4")};
    static_assert(NC_COUNT(sections) == NC_FAMILY_COUNT, "a family has no section");
    const nc_value *inner = nc_value_member(*init, NC_SV("config"));
    if (!inner)
        return true;
    nc_value *renamed = NC_NEW(a, nc_value, 1);
    nc_member *members = NC_NEW(a, nc_member, (*init)->len);
    if (!renamed || !members)
        return false;
    *renamed = **init;
    renamed->members = members;
    renamed->len = 0;
    for (uint32_t i = 0; i < (*init)->len; i++) {
        nc_member member = (*init)->members[i];
        if (nc_sv_eq(member.key, sections[family]))
            continue; /* the alias replaces it */
        if (nc_sv_eq(member.key, NC_SV("config")))
            member.key = sections[family];
        members[renamed->len++] = member;
    }
    *init = renamed;
    return true;
}

static bool is_empty(nc_sv text)
{
    size_t at = 0;
    for (size_t size = nc_blank_at(text, at); size; size = nc_blank_at(text, at))
        at += size;
    return at == text.len;
}

static bool read_source(nc_source *out, nc_arena *a, nc_diags *d)
{
    nc_mapped t = {.text = out->origin, .map.origin_len = (uint32_t)out->origin.len};
    const nc_value *init;
    size_t from;
    uint32_t before = d->list.len;
    if (!nc_normalize_lines(&t, a) || !nc_normalize_tags(&t, a))
        return no_memory(d);
    if (!read_front_matter(out, &from, &t, a, d) || !read_directives(out, &init, &t, &from, a, d))
        return false;
    nc_mapped stripped;
    if (!nc_strip_comments(&stripped, a, &t, from))
        return no_memory(d);
    if (is_empty(stripped.text)) {
        nc_span end = {(uint32_t)out->origin.len, (uint32_t)out->origin.len};
        bool explained =
            d->list.len > before && d->list.ptr[d->list.len - 1].rule == NC_RULE_DIRECTIVE;
        nc_diag_add(d, NC_RULE_EMPTY, end,
                    explained ? "nothing is left to draw" : "there is no diagram in the text");
        return false;
    }
    if (!nc_detect_family(&out->family, &stripped, d))
        return false;
    if (!rename_config(&init, out->family, a))
        return no_memory(d);
    out->config = nc_value_merge(a, out->config, init);
    if (a->failed || !nc_protect_entities(&stripped, a))
        return no_memory(d);
    out->text = stripped.text;
    out->map = stripped.map;
    return true;
}

bool nc_source_read(nc_source *out, nc_arena *a, nc_sv bytes, size_t max_bytes, nc_diags *d)
{
    *out = (nc_source){.origin = bytes, .limits = nc_limits_default};
    d->map = NULL; /* this stage reports in bytes of the origin */
    if (!check_bytes(bytes, max_bytes, d) || !read_source(out, a, d))
        return false;
    d->map = &out->map;
    return true;
}
