/*
 * JSON by jansson, which checks and decodes. It keeps no positions, so the text is walked a second
 * time in step with the result: the order of members is the order of the text.
 */
#include "source/read.h"

#include "base/vec.h"

#include <jansson.h>

typedef struct frame {
    nc_value *value;
    json_t *json;
    void *iter;   /* of an object: the next member */
    size_t index; /* of an array: the next item */
    uint32_t filled;
    size_t start;
} frame;

typedef struct reader {
    nc_arena *arena;
    const nc_place *place;
    nc_sv text;
    size_t at;
    frame frames[NC_VALUE_DEPTH_MAX];
    uint32_t depth;
} reader;

static size_t string_end(nc_sv text, size_t at)
{
    for (at++; at < text.len && text.ptr[at] != '"'; at++)
        if (text.ptr[at] == '\\')
            at++;
    return at < text.len ? at + 1 : text.len;
}

/* Offset of the bracket that nests too deep, or SIZE_MAX: jansson recurses, so this comes first. */
static size_t too_deep(nc_sv text)
{
    uint32_t depth = 0;
    for (size_t at = 0; at < text.len;) {
        char c = text.ptr[at];
        if (c == '"') {
            at = string_end(text, at);
            continue;
        }
        if ((c == '{' || c == '[') && ++depth > NC_VALUE_DEPTH_MAX)
            return at;
        if ((c == '}' || c == ']') && depth)
            depth--;
        at++;
    }
    return SIZE_MAX;
}

static bool is_between(char c)
{
    return nc_is_space(c) || c == ',' || c == ':';
}

static void skip_between(reader *r)
{
    while (r->at < r->text.len && is_between(r->text.ptr[r->at]))
        r->at++;
}

static void skip_token(reader *r)
{
    if (r->at < r->text.len && r->text.ptr[r->at] == '"') {
        r->at = string_end(r->text, r->at);
        return;
    }
    while (r->at < r->text.len && !is_between(r->text.ptr[r->at]) && r->text.ptr[r->at] != '}' &&
           r->text.ptr[r->at] != ']')
        r->at++;
}

static bool open_container(reader *r, nc_value *v, json_t *json, size_t start)
{
    bool is_map = json_is_object(json);
    size_t len = is_map ? json_object_size(json) : json_array_size(json);
    assert(r->depth < NC_VALUE_DEPTH_MAX);
    v->kind = is_map ? NC_VALUE_MAP : NC_VALUE_LIST;
    v->len = (uint32_t)len;
    if (len) {
        v->members = NC_NEW(r->arena, nc_member, len);
        if (!v->members)
            return false;
    }
    r->frames[r->depth++] = (frame){
        .value = v, .json = json, .iter = is_map ? json_object_iter(json) : NULL, .start = start};
    r->at++;
    return true;
}

static nc_value *add_value(reader *r, json_t *json)
{
    nc_value *v = NC_NEW(r->arena, nc_value, 1);
    if (!v)
        return NULL;
    skip_between(r);
    size_t start = r->at;
    if (json_is_object(json) || json_is_array(json))
        return open_container(r, v, json, start) ? v : NULL;
    skip_token(r);
    v->at = nc_place_span(r->place, start, r->at);
    nc_sv text = nc_sv_slice(r->text, start, r->at);
    if (json_is_string(json)) {
        v->kind = NC_VALUE_STRING;
        text = nc_sv_from(json_string_value(json), json_string_length(json));
    } else if (json_is_number(json)) {
        v->kind = NC_VALUE_NUMBER;
        v->number = json_number_value(json);
    } else if (json_is_boolean(json)) {
        v->kind = NC_VALUE_BOOL;
        v->boolean = json_is_true(json);
    }
    return nc_arena_copy(&v->text, r->arena, text) ? v : NULL;
}

/* Reads the next member of the innermost container, or closes it. False without memory. */
static bool step(reader *r)
{
    frame *f = &r->frames[r->depth - 1];
    bool is_map = f->value->kind == NC_VALUE_MAP;
    if (f->filled == f->value->len) {
        skip_between(r);
        r->at++;
        f->value->at = nc_place_span(r->place, f->start, r->at);
        r->depth--;
        return true;
    }
    nc_member *member = &f->value->members[f->filled++];
    json_t *json;
    if (is_map) {
        const char *key = json_object_iter_key(f->iter);
        json = json_object_iter_value(f->iter);
        f->iter = json_object_iter_next(f->json, f->iter);
        if (!nc_arena_copy(&member->key, r->arena, nc_sv_cstr(key)))
            return false;
        skip_between(r);
        size_t start = r->at;
        skip_token(r);
        member->key_at = nc_place_span(r->place, start, r->at);
    } else {
        json = json_array_get(f->json, f->index++);
    }
    member->value = add_value(r, json);
    return member->value != NULL;
}

static nc_value *convert(nc_arena *a, nc_sv text, const nc_place *place, json_t *json)
{
    reader r = {.arena = a, .place = place, .text = text};
    nc_value *root = add_value(&r, json);
    while (root && r.depth)
        if (!step(&r))
            return NULL;
    return root;
}

/* "unexpected token near 'x'" without the part that the place shows anyway. */
static bool set_error(nc_value_error *error, nc_arena *a, nc_sv text, const nc_place *place,
                      const json_error_t *from)
{
    size_t at = from->position > 0 ? (size_t)from->position : 0;
    if (at > text.len)
        at = text.len;
    nc_sv message = nc_sv_cstr(from->text);
    size_t near = nc_sv_find(message, NC_SV(" near "), 0);
    if (near != SIZE_MAX)
        message.len = near;
    error->at = nc_place_span(place, at ? at - 1 : 0, at ? at : 1);
    if (json_error_code(from) == json_error_out_of_memory)
        a->failed = true;
    if (!nc_arena_copy(&error->message, a, message))
        error->message = NC_SV("out of memory");
    return false;
}

bool nc_json_read_at(const nc_value **out, nc_arena *a, nc_sv text, const nc_place *place,
                     nc_value_error *error)
{
    *out = NULL;
    *error = (nc_value_error){0};
    if (nc_sv_trim(text).len == 0)
        return true;
    size_t deep = too_deep(text);
    if (deep != SIZE_MAX) {
        error->at = nc_place_span(place, deep, deep + 1);
        error->message = NC_SV("nested deeper than 64");
        return false;
    }
    json_error_t problem;
    json_t *json = json_loadb(text.ptr, text.len,
                              JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL |
                                  JSON_ALLOW_NUL,
                              &problem);
    if (!json)
        return set_error(error, a, text, place, &problem);
    *out = convert(a, text, place, json);
    json_decref(json);
    if (!*out)
        error->message = NC_SV("out of memory");
    return *out != NULL;
}

bool nc_json_read(const nc_value **out, nc_arena *a, nc_sv text, uint32_t base,
                  nc_value_error *error)
{
    nc_place place = {.base = base};
    return nc_json_read_at(out, a, text, &place, error);
}
