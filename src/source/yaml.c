/* YAML by libyaml's events; the types are those of YAML's JSON schema, as Mermaid reads them. */
#include "source/read.h"

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <stdlib.h>
#include <yaml.h>

/*
 * Turns libyaml's marks into offsets. Its index counts characters, so line and column it is; marks
 * come in rising order, which makes one walk over the text do for all of them.
 */
typedef struct marker {
    nc_sv text;       /* what libyaml reads: with the indent taken off */
    size_t indent;    /* bytes taken off each line that had it */
    nc_sv origin;     /* the text before that */
    size_t at;        /* of text: where `line` and `column` are */
    size_t origin_at; /* of origin: the same place */
    size_t line, column;
} marker;

typedef struct anchor {
    nc_value *value; /* NULL while its node is open */
    uint32_t count, height;
} anchor;

typedef struct frame {
    nc_value *value;
    NC_VEC(nc_member) members;
    nc_member pending; /* a map's key that waits for its value */
    bool has_key;
    uint32_t anchor; /* index or NC_NONE */
    uint32_t count;  /* values in here, itself included */
    uint32_t height;
    size_t start;
} frame;

typedef struct reader {
    nc_arena *arena;
    const nc_place *place;
    nc_value_error *error;
    marker marks;
    frame frames[NC_VALUE_DEPTH_MAX];
    uint32_t depth;
    nc_value *root;
    NC_VEC(anchor) anchors;
    nc_map anchor_names;
    uint32_t aliased;
    bool failed, done;
} reader;

static bool fail(reader *r, size_t start, size_t end, const char *message)
{
    if (!r->failed) {
        r->error->at = nc_place_span(r->place, start, end);
        r->error->message = nc_sv_cstr(message);
    }
    r->failed = true;
    return false;
}

static bool fail_memory(reader *r)
{
    r->arena->failed = true;
    return fail(r, 0, 0, "out of memory");
}

/* Bytes of the line break at text[at]: those of YAML 1.1, which are what libyaml counts as lines. */
static size_t break_at(nc_sv text, size_t at)
{
    static const nc_sv breaks[] = {NC_SV_INIT("\r\n"),         NC_SV_INIT("\n"),
                                   NC_SV_INIT("\r"),           NC_SV_INIT("\xc2\x85"),
                                   NC_SV_INIT("\xe2\x80\xa8"), NC_SV_INIT("\xe2\x80\xa9")};
    nc_sv rest = nc_sv_slice(text, at, text.len);
    for (size_t i = 0; i < NC_COUNT(breaks); i++)
        if (nc_sv_starts(rest, breaks[i]))
            return breaks[i].len;
    return 0;
}

/* Called at the start of a line of both texts. */
static void skip_indent(marker *m, nc_sv indent)
{
    if (indent.len && nc_sv_starts(nc_sv_slice(m->origin, m->origin_at, m->origin.len), indent))
        m->origin_at += indent.len;
}

static size_t offset_of(reader *r, const yaml_mark_t *mark)
{
    marker *m = &r->marks;
    while (m->at < m->text.len &&
           (m->line < mark->line || (m->line == mark->line && m->column < mark->column))) {
        size_t size = break_at(m->text, m->at);
        bool newline = size != 0;
        if (!newline) {
            size_t next = m->at;
            (void)nc_utf8_next(m->text, &next);
            size = next - m->at;
        }
        m->at += size;
        m->origin_at += size;
        m->column++;
        if (!newline)
            continue;
        m->line++;
        m->column = 0;
        /* only a line feed begins a line that the indent was taken off */
        if (m->text.ptr[m->at - 1] == '\n')
            skip_indent(m, r->place->indent);
    }
    return m->origin_at;
}

static bool is_any(nc_sv text, const char *const *words, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (nc_sv_eq(text, nc_sv_cstr(words[i])))
            return true;
    return false;
}

static int digit_of(char c)
{
    if (nc_is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 99;
}

/* 0x, 0o and 0b numbers, as the JSON schema of YAML 1.2 libraries in use reads them. */
static bool read_radix(nc_sv text, double *out)
{
    bool minus = text.len && text.ptr[0] == '-';
    size_t at = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+') ? 1 : 0;
    if (text.len < at + 3 || text.ptr[at] != '0')
        return false;
    char kind = text.ptr[at + 1];
    int radix = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 0;
    double value = 0;
    bool any = false;
    for (at += 2; at < text.len; at++) {
        if (text.ptr[at] == '_')
            continue;
        int digit = digit_of(text.ptr[at]);
        if (digit >= radix)
            return false;
        value = value * radix + digit;
        any = true;
    }
    *out = minus ? -value : value;
    return any && text.ptr[text.len - 1] != '_';
}

static size_t skip_digits(nc_sv text, size_t at)
{
    while (at < text.len && (nc_is_digit(text.ptr[at]) || text.ptr[at] == '_'))
        at++;
    return at;
}

/* [-+]? digits [. digits]? exponent? | . digits exponent?; `_` may stand between digits. */
static bool is_decimal(nc_sv text)
{
    size_t at = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+') ? 1 : 0;
    size_t whole = skip_digits(text, at);
    bool has_digit = whole > at && nc_is_digit(text.ptr[at]);
    if (whole > at && !has_digit)
        return false;
    at = whole;
    if (at < text.len && text.ptr[at] == '.') {
        size_t fraction = skip_digits(text, at + 1);
        has_digit = has_digit || fraction > at + 1;
        at = fraction;
    }
    if (!has_digit)
        return false;
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        at++;
        if (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+'))
            at++;
        size_t digits = at;
        while (at < text.len && nc_is_digit(text.ptr[at]))
            at++;
        if (at == digits)
            return false;
    }
    return at == text.len && text.ptr[text.len - 1] != '_';
}

/*
 * The value of decimal digits without asking the locale. Exact for what configuration holds
 * (up to 15 digits and small exponents), close for the rest.
 */
static double decimal_value(nc_sv text)
{
    double mantissa = 0;
    int scale = 0;
    int exponent = 0;
    bool fraction = false;
    bool minus = text.ptr[0] == '-';
    size_t at = minus || text.ptr[0] == '+' ? 1 : 0;
    for (; at < text.len && text.ptr[at] != 'e' && text.ptr[at] != 'E'; at++) {
        if (text.ptr[at] == '.')
            fraction = true;
        if (!nc_is_digit(text.ptr[at]))
            continue;
        mantissa = mantissa * 10 + (text.ptr[at] - '0');
        scale += fraction ? 1 : 0;
    }
    if (at < text.len) {
        bool down = text.ptr[at + 1] == '-';
        for (at++; at < text.len; at++)
            if (nc_is_digit(text.ptr[at]) && exponent < 10000)
                exponent = exponent * 10 + (text.ptr[at] - '0');
        exponent = down ? -exponent : exponent;
    }
    double power = 1;
    int shift = exponent - scale;
    for (int i = shift < 0 ? -shift : shift; i > 0 && power < 1e300; i--)
        power *= 10;
    double value = shift < 0 ? mantissa / power : mantissa * power;
    return minus ? -value : value;
}

static void resolve_plain(nc_value *v)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    static const char *const trues[] = {"true", "True", "TRUE"};
    static const char *const falses[] = {"false", "False", "FALSE"};
    v->kind = NC_VALUE_STRING;
    if (is_any(v->text, nulls, NC_COUNT(nulls))) {
        v->kind = NC_VALUE_NULL;
    } else if (is_any(v->text, trues, NC_COUNT(trues))) {
        v->kind = NC_VALUE_BOOL;
        v->boolean = true;
    } else if (is_any(v->text, falses, NC_COUNT(falses))) {
        v->kind = NC_VALUE_BOOL;
    } else if (read_radix(v->text, &v->number)) {
        v->kind = NC_VALUE_NUMBER;
    } else if (is_decimal(v->text)) {
        v->kind = NC_VALUE_NUMBER;
        v->number = decimal_value(v->text);
    }
}

/* False, reported, for a tag that the schema does not have or that the text contradicts. */
static bool resolve(reader *r, nc_value *v, const yaml_event_t *e, size_t start, size_t end)
{
    static const struct {
        const char *tag;
        nc_value_kind kind;
    } tags[] = {{YAML_STR_TAG, NC_VALUE_STRING},
                {YAML_INT_TAG, NC_VALUE_NUMBER},
                {YAML_FLOAT_TAG, NC_VALUE_NUMBER},
                {YAML_BOOL_TAG, NC_VALUE_BOOL},
                {YAML_NULL_TAG, NC_VALUE_NULL}};
    const char *tag = (const char *)e->data.scalar.tag;
    v->kind = NC_VALUE_STRING;
    if (!tag) {
        if (e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
            resolve_plain(v);
        return true;
    }
    if (strcmp(tag, "!") == 0 || strcmp(tag, YAML_STR_TAG) == 0)
        return true;
    for (size_t i = 0; i < NC_COUNT(tags); i++) {
        if (strcmp(tag, tags[i].tag) != 0)
            continue;
        resolve_plain(v);
        return v->kind == tags[i].kind || fail(r, start, end, "the value is not what its tag says");
    }
    return fail(r, start, end, "unknown tag");
}

/* value is complete: it goes into the innermost open map or list, or is the document. */
static bool place_value(reader *r, nc_value *value, uint32_t count, uint32_t height, size_t start,
                        size_t end)
{
    if (r->depth == 0) {
        r->root = value;
        return true;
    }
    frame *f = &r->frames[r->depth - 1];
    f->count += count;
    if (f->height < height + 1)
        f->height = height + 1;
    if (f->value->kind == NC_VALUE_LIST) {
        nc_member item = {.value = value};
        return NC_PUSH(r->arena, &f->members, item) || fail_memory(r);
    }
    if (f->has_key) {
        f->pending.value = value;
        f->has_key = false;
        return NC_PUSH(r->arena, &f->members, f->pending) || fail_memory(r);
    }
    if (value->kind == NC_VALUE_MAP || value->kind == NC_VALUE_LIST)
        return fail(r, start, end, "a key must be a plain text");
    f->pending = (nc_member){.key = value->text, .key_at = value->at};
    f->has_key = true;
    return true;
}

static bool name_anchor(reader *r, const yaml_char_t *name, nc_value *value, uint32_t *index)
{
    anchor fresh = {.value = value, .count = 1, .height = 0};
    nc_sv key;
    *index = NC_NONE;
    if (!name)
        return true;
    *index = r->anchors.len;
    return (nc_arena_copy(&key, r->arena, nc_sv_cstr((const char *)name)) &&
            NC_PUSH(r->arena, &r->anchors, fresh) &&
            nc_map_set(&r->anchor_names, r->arena, key, *index)) ||
           fail_memory(r);
}

static bool on_scalar(reader *r, const yaml_event_t *e, size_t start, size_t end)
{
    nc_value *v = NC_NEW(r->arena, nc_value, 1);
    nc_sv text = {(const char *)e->data.scalar.value, e->data.scalar.length};
    uint32_t index;
    if (!v || !nc_arena_copy(&v->text, r->arena, text))
        return fail_memory(r);
    v->at = nc_place_span(r->place, start, end);
    return resolve(r, v, e, start, end) && name_anchor(r, e->data.scalar.anchor, v, &index) &&
           place_value(r, v, 1, 0, start, end);
}

/* Aliases share the value; what they would come to when written out is bounded. */
static bool on_alias(reader *r, const yaml_event_t *e, size_t start, size_t end)
{
    uint32_t index =
        nc_map_lookup(&r->anchor_names, nc_sv_cstr((const char *)e->data.alias.anchor));
    if (index == NC_NONE)
        return fail(r, start, end, "the alias names no anchor");
    const anchor *target = &r->anchors.ptr[index];
    if (!target->value)
        return fail(r, start, end, "the alias contains itself");
    if (target->count > NC_VALUE_ALIASED_MAX - r->aliased)
        return fail(r, start, end, "the aliases multiply beyond 10000 values");
    if (r->depth + target->height >= NC_VALUE_DEPTH_MAX)
        return fail(r, start, end, "nested deeper than 64");
    r->aliased += target->count;
    return place_value(r, target->value, target->count, target->height, start, end);
}

static bool on_open(reader *r, nc_value_kind kind, const yaml_char_t *name, size_t start)
{
    if (r->depth == NC_VALUE_DEPTH_MAX)
        return fail(r, start, start + 1, "nested deeper than 64");
    frame f = {.value = NC_NEW(r->arena, nc_value, 1), .count = 1, .start = start};
    if (!f.value)
        return fail_memory(r);
    f.value->kind = kind;
    if (!name_anchor(r, name, NULL, &f.anchor))
        return false;
    r->frames[r->depth++] = f;
    return true;
}

static bool keys_differ(reader *r, const nc_value *map)
{
    nc_map seen = {0};
    for (uint32_t i = 0; i < map->len; i++) {
        nc_sv key = map->members[i].key;
        if (nc_map_lookup(&seen, key) != NC_NONE) {
            nc_sv message;
            r->error->at = map->members[i].key_at;
            r->failed = true;
            r->error->message = NC_SV("duplicate key");
            if (nc_arena_printf(&message, r->arena, "duplicate key '%.*s'", NC_SV_ARG(key)))
                r->error->message = message;
            return false;
        }
        if (!nc_map_set(&seen, r->arena, key, i))
            return fail_memory(r);
    }
    return true;
}

static bool on_close(reader *r, size_t end)
{
    frame *f = &r->frames[--r->depth];
    nc_value *v = f->value;
    v->at = nc_place_span(r->place, f->start, end);
    v->members = f->members.ptr;
    v->len = f->members.len;
    if (f->anchor != NC_NONE)
        r->anchors.ptr[f->anchor] = (anchor){v, f->count, f->height};
    if (v->kind == NC_VALUE_MAP && v->len > 1 && !keys_differ(r, v))
        return false;
    return place_value(r, v, f->count, f->height, f->start, end);
}

static bool on_event(reader *r, const yaml_event_t *e)
{
    size_t start = offset_of(r, &e->start_mark);
    size_t end = offset_of(r, &e->end_mark);
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        return on_scalar(r, e, start, end);
    case YAML_ALIAS_EVENT:
        return on_alias(r, e, start, end);
    case YAML_MAPPING_START_EVENT:
        return on_open(r, NC_VALUE_MAP, e->data.mapping_start.anchor, start);
    case YAML_SEQUENCE_START_EVENT:
        return on_open(r, NC_VALUE_LIST, e->data.sequence_start.anchor, start);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        return on_close(r, end);
    case YAML_DOCUMENT_START_EVENT:
        return !r->root || fail(r, start, end, "more than one document");
    case YAML_STREAM_END_EVENT:
        r->done = true;
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return true;
    }
    return true;
}

static bool on_syntax_error(reader *r, const yaml_parser_t *parser)
{
    if (parser->error == YAML_MEMORY_ERROR)
        return fail_memory(r);
    if (parser->error == YAML_READER_ERROR) {
        size_t at = parser->problem_offset < r->marks.origin.len ? parser->problem_offset : 0;
        return fail(r, at, at + 1, "a control character");
    }
    size_t at = offset_of(r, &parser->problem_mark);
    nc_sv origin = r->marks.origin;
    if (at < origin.len && origin.ptr[at] == '\t')
        return fail(r, at, at + 1, "a tab cannot indent YAML, use blanks");
    nc_sv message = {0};
    (void)fail(r, at, at + 1, "not YAML");
    if (parser->problem && nc_arena_printf(&message, r->arena, "%s", parser->problem))
        r->error->message = message;
    return false;
}

/* Tabs on a line of nothing else are no indent, whatever libyaml says. */
static void blank_tabs(char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!nc_is_space(line[i]))
            return;
    for (size_t i = 0; i < len; i++)
        if (line[i] == '\t')
            line[i] = ' ';
}

/* The text without the indent that its fence had. */
static bool dedent(nc_sv *out, nc_arena *a, nc_sv text, nc_sv indent)
{
    *out = text;
    if (!indent.len && nc_sv_find(text, NC_SV("\t"), 0) == SIZE_MAX)
        return true;
    char *bytes = NC_NEW(a, char, text.len + 1);
    size_t len = 0;
    if (!bytes)
        return false;
    for (size_t at = 0; at < text.len;) {
        size_t end = nc_sv_find(text, NC_SV("\n"), at);
        end = end == SIZE_MAX ? text.len : end + 1;
        nc_sv line = nc_sv_slice(text, at, end);
        if (nc_sv_starts(line, indent))
            line = nc_sv_slice(line, indent.len, line.len);
        if (line.len)
            memcpy(bytes + len, line.ptr, line.len);
        blank_tabs(bytes + len, line.len);
        len += line.len;
        at = end;
    }
    *out = (nc_sv){bytes, len};
    return true;
}

static void read_events(reader *r)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        (void)fail_memory(r);
        return;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    nc_sv text = r->marks.text;
    yaml_parser_set_input_string(&parser, (const unsigned char *)(text.len ? text.ptr : ""),
                                 text.len);
    while (!r->failed && !r->done) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            (void)on_syntax_error(r, &parser);
            break;
        }
        (void)on_event(r, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

bool nc_yaml_read_at(const nc_value **out, nc_arena *a, nc_sv text, const nc_place *place,
                     nc_value_error *error)
{
    *out = NULL;
    *error = (nc_value_error){0};
    reader r = {.arena = a, .place = place, .error = error, .marks.origin = text};
    if (!dedent(&r.marks.text, a, text, place->indent))
        return fail_memory(&r);
    skip_indent(&r.marks, place->indent);
    read_events(&r);
    if (r.failed)
        return false;
    /* an empty document is a null that stands nowhere */
    if (r.root && (r.root->kind != NC_VALUE_NULL || r.root->text.len))
        *out = r.root;
    return true;
}

bool nc_yaml_read(const nc_value **out, nc_arena *a, nc_sv text, uint32_t base,
                  nc_value_error *error)
{
    nc_place place = {.base = base};
    return nc_yaml_read_at(out, a, text, &place, error);
}
