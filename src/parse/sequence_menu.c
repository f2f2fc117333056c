/* The menus and properties of participants: `links`, `link`, `properties`. */
#include "parse/sequence_cast.h"

/*
 * Writes a value as JSON. The stack holds the containers around the current place; their depth is
 * bounded by the reader of the value.
 */
enum { MAX_DEPTH = 72 };

static void put_scalar(nc_buf *out, const nc_value *value)
{
    switch (value->kind) {
    case NC_VALUE_NULL:
        NC_BUF_LIT(out, "null");
        break;
    case NC_VALUE_BOOL:
        nc_buf_put(out, value->boolean ? NC_SV("true") : NC_SV("false"));
        break;
    case NC_VALUE_NUMBER:
        nc_buf_put(out, value->text);
        break;
    case NC_VALUE_STRING:
        nc_buf_json(out, value->text);
        break;
    case NC_VALUE_LIST:
        NC_BUF_LIT(out, "[");
        break;
    case NC_VALUE_MAP:
        NC_BUF_LIT(out, "{");
        break;
    }
}

static bool is_container(const nc_value *value)
{
    return value->kind == NC_VALUE_LIST || value->kind == NC_VALUE_MAP;
}

static void put_json(nc_buf *out, const nc_value *root)
{
    struct {
        const nc_value *value;
        uint32_t next;
    } stack[MAX_DEPTH];
    size_t depth = 0;
    put_scalar(out, root);
    if (is_container(root)) {
        stack[depth].value = root;
        stack[depth++].next = 0;
    }
    while (depth > 0) {
        const nc_value *value = stack[depth - 1].value;
        uint32_t i = stack[depth - 1].next++;
        if (i == value->len) {
            nc_buf_char(out, value->kind == NC_VALUE_MAP ? '}' : ']');
            depth--;
            continue;
        }
        if (i > 0)
            nc_buf_char(out, ',');
        if (value->kind == NC_VALUE_MAP) {
            nc_buf_json(out, value->members[i].key);
            nc_buf_char(out, ':');
        }
        const nc_value *member = value->members[i].value;
        put_scalar(out, member);
        if (is_container(member) && depth < MAX_DEPTH) {
            stack[depth].value = member;
            stack[depth++].next = 0;
        }
    }
}

static bool json_text(nc_seq_cast *cast, nc_sv *out, const nc_value *value)
{
    nc_buf buf;
    nc_buf_init(&buf, &cast->arena->from, 0);
    put_json(&buf, value);
    bool ok = !buf.failed && nc_arena_copy(out, cast->arena, nc_buf_sv(&buf));
    nc_buf_release(&buf);
    return ok;
}

bool nc_seq_cast_settle_pairs(nc_seq_cast *cast, nc_seq_pairs *pairs, uint32_t lost)
{
    if (pairs->len == 0)
        return true;
    nc_map place = {0};
    uint32_t kept = 0;
    for (uint32_t i = 0; i < pairs->len; i++) {
        nc_seq_pair pair = pairs->ptr[i];
        pair.lost = i < lost;
        uint32_t at = nc_map_lookup(&place, pair.key);
        if (at == NC_NONE) {
            at = kept++;
            if (!nc_map_set(&place, cast->arena, pair.key, at))
                return false;
        }
        pairs->ptr[at] = pair;
    }
    pairs->len = kept;
    return true;
}

/* The object behind the colon; NULL, with a warning, when it is none: Mermaid passes over it. */
static bool read_object(nc_seq_cast *cast, const nc_value **out, nc_seq_token token)
{
    nc_label label;
    bool wrap;
    *out = NULL;
    if (!nc_seq_cast_text(cast, &label, &wrap, token.text))
        return false;
    if (label.text.len == 0 && label.at.end > label.at.start)
        return true; /* above the limit */
    nc_sv json = nc_sv_slice(cast->source->text, label.at.start, label.at.end);
    nc_value_error error = {0};
    const nc_value *value = NULL;
    if (nc_json_read(&value, cast->arena, json, label.at.start, &error) && value &&
        value->kind == NC_VALUE_MAP) {
        *out = value;
        return true;
    }
    if (nc_arena_failed(cast->arena))
        return false;
    bool read = value != NULL;
    nc_diag_add(cast->diags, NC_RULE_SEQ_BAD_JSON, read ? label.at : error.at,
                "this is no JSON object and is ignored: %.*s",
                NC_SV_ARG(read ? NC_SV("braces are missing") : error.message));
    char stop = cast->source->text.ptr[token.at.end];
    if (stop == '#' || stop == ';')
        nc_diag_hint(cast->diags, "'%c' ends the text here: write '%s'", stop,
                     stop == '#' ? "%23" : "%3B");
    else
        nc_diag_hint(cast->diags, "write {\"name\": \"https://…\"} with double quotes");
    return true;
}

static bool add_members(nc_seq_cast *cast, nc_seq_pairs *pairs, nc_seq_token text, bool addresses)
{
    const nc_value *object = NULL;
    if (!read_object(cast, &object, text))
        return false;
    for (uint32_t i = 0; object && i < object->len; i++) {
        const nc_value *value = object->members[i].value;
        nc_seq_pair pair = {.json = addresses && value->kind != NC_VALUE_STRING};
        if (!nc_seq_cast_decode(cast, &pair.key, object->members[i].key))
            return false;
        pair.mermaid_key = pair.key;
        bool plain = addresses && !pair.json;
        if (!(plain ? nc_seq_cast_decode(cast, &pair.value, value->text)
                    : json_text(cast, &pair.value, value)) ||
            !NC_PUSH(cast->arena, pairs, pair))
            return false;
    }
    return true;
}

bool nc_seq_cast_links(nc_seq_cast *cast, uint32_t index, nc_seq_token text)
{
    return add_members(cast, &cast->out->actors.ptr[index].links, text, true);
}

bool nc_seq_cast_properties(nc_seq_cast *cast, uint32_t index, nc_seq_token text)
{
    return add_members(cast, &cast->out->actors.ptr[index].properties, text, false);
}

/* One character less, for text that is not empty. */
static size_t drop_last(nc_sv text, size_t end)
{
    do
        end--;
    while (end > 0 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80);
    return end;
}

/*
 * `Name @ address`. Mermaid takes the blank before the `@` for granted and cuts one character there;
 * without an `@` it takes all of the text for the address and drops two characters of the name.
 */
bool nc_seq_cast_link(nc_seq_cast *cast, uint32_t index, nc_seq_token token)
{
    nc_label label;
    bool wrap;
    if (!nc_seq_cast_text(cast, &label, &wrap, token.text))
        return false;
    nc_sv text = label.text;
    size_t at = nc_sv_find(text, NC_SV("@"), 0);
    bool found = at != SIZE_MAX;
    if (!found)
        nc_diag_add(cast->diags, NC_RULE_SEQ_BAD_JSON, label.at, "this link has no address");
    if (!found)
        nc_diag_hint(cast->diags, "write 'link A: Name @ https://…'");
    size_t cut = found ? at : text.len;
    if (cut > 0)
        cut = drop_last(text, cut);
    else
        cut = text.len > 0 ? drop_last(text, text.len) : 0;
    if (!found && cut > 0)
        cut = drop_last(text, cut);
    nc_seq_pair pair = {.value = nc_seq_trim(nc_sv_slice(text, found ? at + 1 : 0, text.len)),
                        .key = nc_seq_trim(nc_sv_slice(text, 0, found ? at : text.len)),
                        .mermaid_key = nc_seq_trim(nc_sv_slice(text, 0, cut))};
    return NC_PUSH(cast->arena, &cast->out->actors.ptr[index].links, pair);
}
