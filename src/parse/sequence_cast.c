#include "parse/sequence_cast.h"

#include "parse/sequence_color.h"

#include <stdlib.h>

static const nc_sv kinds[NC_SEQ_KIND_COUNT] = {
    [NC_SEQ_PARTICIPANT] = NC_SV_INIT("participant"), [NC_SEQ_ACTOR] = NC_SV_INIT("actor"),
    [NC_SEQ_BOUNDARY] = NC_SV_INIT("boundary"),       [NC_SEQ_CONTROL] = NC_SV_INIT("control"),
    [NC_SEQ_ENTITY] = NC_SV_INIT("entity"),           [NC_SEQ_DATABASE] = NC_SV_INIT("database"),
    [NC_SEQ_COLLECTIONS] = NC_SV_INIT("collections"), [NC_SEQ_QUEUE] = NC_SV_INIT("queue"),
};

/* `sequence.wrap`, over which `wrap` at the root and `%%{wrap}%%` go. */
static bool configured_wrap(const nc_source *source)
{
    const nc_value *root = nc_value_member(source->config, NC_SV("wrap"));
    if (source->wrap)
        return true;
    if (root && root->kind == NC_VALUE_BOOL)
        return root->boolean;
    const nc_value *own = nc_value_path(source->config, "sequence.wrap");
    return own && own->kind == NC_VALUE_BOOL && own->boolean;
}

void nc_seq_cast_init(nc_seq_cast *cast, nc_sequence *out, nc_arena *a, const nc_source *source,
                      nc_diags *d)
{
    *cast = (nc_seq_cast){.arena = a,
                          .source = source,
                          .diags = d,
                          .out = out,
                          .box = NC_NONE,
                          .created = NC_NONE,
                          .destroyed = NC_NONE,
                          .wrap = configured_wrap(source)};
}

/* -- texts -- */

nc_span nc_seq_cast_span(const nc_seq_cast *cast, nc_sv piece)
{
    uint32_t start = piece.ptr ? (uint32_t)(piece.ptr - cast->source->text.ptr) : 0;
    return (nc_span){start, start + (uint32_t)piece.len};
}

bool nc_seq_cast_decode(nc_seq_cast *cast, nc_sv *out, nc_sv raw)
{
    *out = (nc_sv){0};
    if (raw.len > cast->source->limits.label) {
        nc_diag_add(cast->diags, NC_RULE_TOO_LARGE, nc_seq_cast_span(cast, raw),
                    "a text of more than %u bytes", cast->source->limits.label);
        return true;
    }
    return nc_source_decode(out, cast->arena, raw);
}

/* Takes `wrap:`, `:wrap:`, `nowrap:`, `:nowrap:` off a trimmed text. */
static nc_seq_wrap take_wrap(nc_sv *text)
{
    nc_sv rest = nc_sv_starts(*text, NC_SV(":")) ? nc_sv_slice(*text, 1, text->len) : *text;
    bool no = nc_sv_starts(rest, NC_SV("no"));
    rest = nc_sv_slice(rest, no ? 2 : 0, rest.len);
    if (!nc_sv_starts(rest, NC_SV("wrap:")))
        return NC_SEQ_WRAP_AUTO;
    *text = nc_seq_trim(nc_sv_slice(rest, 5, rest.len));
    return no ? NC_SEQ_WRAP_OFF : NC_SEQ_WRAP_ON;
}

bool nc_seq_says_nowrap(nc_sv raw)
{
    nc_sv text = nc_seq_trim(raw);
    return take_wrap(&text) == NC_SEQ_WRAP_OFF;
}

bool nc_seq_cast_text(nc_seq_cast *cast, nc_label *out, bool *wrap, nc_sv raw)
{
    nc_sv text = nc_seq_trim(raw);
    nc_seq_wrap asked = take_wrap(&text);
    *wrap = asked == NC_SEQ_WRAP_AUTO ? cast->wrap : asked == NC_SEQ_WRAP_ON;
    *out = (nc_label){.markup = NC_MARKUP_PLAIN, .at = nc_seq_cast_span(cast, text)};
    return nc_seq_cast_decode(cast, &out->text, text);
}

/* -- participants -- */

static bool add_actor(nc_seq_cast *cast, uint32_t *index, nc_seq_token name)
{
    *index = cast->out->actors.len;
    if (*index >= cast->source->limits.nodes) {
        if (!cast->full)
            nc_diag_add(cast->diags, NC_RULE_TOO_LARGE, name.at,
                        "more than %u participants: this is the limit", cast->source->limits.nodes);
        cast->full = true;
        *index = cast->source->limits.nodes - 1;
        return true;
    }
    nc_seq_actor actor = {.at = name.at, .box = NC_NONE, .wrap = cast->wrap, .unlisted = true};
    nc_seq_part part = {.order = NC_NONE, .name = name.text};
    if (name.text.len > cast->source->limits.label)
        nc_diag_add(cast->diags, NC_RULE_TOO_LARGE, name.at, "a name of more than %u bytes",
                    cast->source->limits.label);
    if (!nc_source_decode(&actor.id, cast->arena, name.text))
        return false;
    actor.label = (nc_label){.text = actor.id, .at = name.at};
    return NC_PUSH(cast->arena, &cast->out->actors, actor) &&
           NC_PUSH(cast->arena, &cast->parts, part) &&
           nc_map_set(&cast->ids, cast->arena, name.text, *index);
}

bool nc_seq_cast_refer(nc_seq_cast *cast, uint32_t *index, nc_seq_token name)
{
    *index = nc_map_lookup(&cast->ids, name.text);
    return *index != NC_NONE || add_actor(cast, index, name);
}

/* True when the actor was not listed before. */
static bool list_actor(nc_seq_cast *cast, uint32_t index, nc_span at)
{
    nc_seq_actor *actor = &cast->out->actors.ptr[index];
    if (!actor->unlisted)
        return false;
    actor->unlisted = false;
    actor->at = at;
    cast->parts.ptr[index].order = cast->listed++;
    return true;
}

bool nc_seq_cast_mention(nc_seq_cast *cast, uint32_t *index, nc_seq_token name)
{
    if (!nc_seq_cast_refer(cast, index, name))
        return false;
    list_actor(cast, *index, name.at);
    return true;
}

/* What `@{ }` says; fields stay empty where it says nothing. */
typedef struct actor_data {
    nc_sv type, alias;
    nc_span type_at;
} actor_data;

/* The text of a scalar member that JavaScript takes for true. */
static nc_sv data_text(const nc_value *data, nc_sv key, nc_span *at)
{
    const nc_value *value = nc_value_member(data, key);
    if (!value || value->kind == NC_VALUE_NULL || value->kind == NC_VALUE_LIST ||
        value->kind == NC_VALUE_MAP)
        return (nc_sv){0};
    *at = value->at;
    return value->text;
}

static bool read_data(nc_seq_cast *cast, actor_data *out, nc_seq_token token)
{
    /* Mermaid reads one line as the inside of a flow map, several as a block. */
    nc_sv inner = nc_seq_trim(token.text);
    bool one_line = nc_sv_find(inner, NC_SV("\n"), 0) == SIZE_MAX;
    uint32_t start = nc_seq_cast_span(cast, inner).start;
    nc_sv yaml;
    nc_buf buf;
    nc_buf_init(&buf, &cast->arena->from, 0);
    if (one_line)
        NC_BUF_LIT(&buf, "{\n");
    nc_buf_put(&buf, inner);
    NC_BUF_LIT(&buf, "\n");
    if (one_line)
        nc_buf_char(&buf, '}');
    bool copied = !buf.failed && nc_arena_copy(&yaml, cast->arena, nc_buf_sv(&buf));
    nc_buf_release(&buf);
    if (!copied)
        return false;

    const nc_value *data = NULL;
    nc_value_error error = {0};
    if (!nc_yaml_read(&data, cast->arena, yaml, one_line ? start - 2 : start, &error)) {
        if (nc_arena_failed(cast->arena))
            return false;
        nc_span at = error.at;
        if (at.start < token.at.start || at.start > token.at.end)
            at = (nc_span){start, start + (uint32_t)inner.len};
        if (at.end > token.at.end)
            at.end = token.at.end;
        nc_diag_add(cast->diags, NC_RULE_BAD_DATA, at, "this '@{ }' is no YAML: %.*s",
                    NC_SV_ARG(error.message));
        if (!one_line && nc_sv_find(inner, NC_SV(","), 0) != SIZE_MAX)
            nc_diag_hint(cast->diags, "over several lines, write one 'key: value' a line, without "
                                      "commas; or all of it on one line");
        return true;
    }
    nc_span ignored;
    out->type = data_text(data, NC_SV("type"), &out->type_at);
    out->alias = data_text(data, NC_SV("alias"), &ignored);
    return true;
}

nc_seq_kind nc_seq_kind_lookup(nc_sv name)
{
    nc_seq_kind kind = 0;
    while (kind < NC_SEQ_KIND_COUNT && !nc_sv_eq(kinds[kind], name))
        kind++;
    return kind;
}

/* The kind of a declaration: `type` beats the keyword. */
static nc_seq_kind declared_kind(nc_seq_cast *cast, const nc_seq_declaration *decl,
                                 const actor_data *data, nc_sv *unknown)
{
    nc_seq_kind by_keyword = decl->has_kind ? decl->kind : NC_SEQ_PARTICIPANT;
    if (data->type.len == 0)
        return by_keyword;
    nc_seq_kind kind = nc_seq_kind_lookup(data->type);
    if (kind != NC_SEQ_KIND_COUNT)
        return kind;
    *unknown = data->type;
    nc_diag_add(cast->diags, NC_RULE_SEQ_TYPE, data->type_at,
                "there is no participant type '%.*s': Mermaid draws nothing",
                NC_SV_ARG(data->type));
    nc_sv near = nc_nearest(data->type, kinds, NC_COUNT(kinds));
    if (near.len > 0)
        nc_diag_hint(cast->diags, "did you mean '%.*s'?", NC_SV_ARG(near));
    else
        nc_diag_hint(cast->diags, "the types are participant, actor, boundary, control, entity, "
                                  "database, collections, queue");
    return by_keyword;
}

/* Puts the actor into the open box, in the author's reading and in Mermaid's. */
static bool enter_box(nc_seq_cast *cast, uint32_t index, bool mermaid_too)
{
    nc_seq_actor *actor = &cast->out->actors.ptr[index];
    if (cast->box == NC_NONE)
        return true;
    nc_seq_box *box = &cast->out->boxes.ptr[cast->box];
    bool member = actor->box == cast->box;
    if (actor->box == NC_NONE)
        actor->box = cast->box;
    if (!member && actor->box == cast->box && !NC_PUSH(cast->arena, &box->members, index))
        return false;
    return !mermaid_too || NC_PUSH(cast->arena, &box->mermaid_members, index);
}

/* A second line for the same participant. */
static void warn_duplicate(nc_seq_cast *cast, uint32_t index, nc_span at, bool heard)
{
    nc_seq_part *part = &cast->parts.ptr[index];
    const nc_seq_actor *actor = &cast->out->actors.ptr[index];
    bool again = part->declared;
    part->declared = true;
    if (!again || (actor->box != NC_NONE && actor->box != cast->box && cast->box != NC_NONE))
        return;
    nc_diag_add(cast->diags, NC_RULE_SEQ_DUPLICATE, at, "'%.*s' is declared already",
                NC_SV_ARG(actor->id));
    if (cast->box != NC_NONE && actor->box == NC_NONE)
        nc_diag_hint(cast->diags, "declare it in its box only: Mermaid %s",
                     heard ? "keeps its first place" : "leaves it outside");
    else
        nc_diag_hint(cast->diags, heard ? "the later label counts" : "delete one of the two lines");
}

static void refuse_second_box(nc_seq_cast *cast, uint32_t index, nc_span at)
{
    const nc_seq_actor *actor = &cast->out->actors.ptr[index];
    if (cast->box == NC_NONE || actor->box == NC_NONE || actor->box == cast->box)
        return;
    nc_diag_add(cast->diags, NC_RULE_SEQ_TWO_BOXES, at, "'%.*s' already stands in another box",
                NC_SV_ARG(actor->id));
    nc_diag_hint(cast->diags, "declare a participant in one box only");
}

/*
 * `participant "Ann Lee" as A`, `participant A[Ann]`: other languages' ways to give a label. Mermaid
 * takes all of it for the id.
 */
static void warn_decorated(nc_seq_cast *cast, nc_seq_token name, nc_sv behind_as)
{
    nc_sv text = name.text;
    bool quoted = nc_sv_starts(text, NC_SV("\""));
    size_t open = quoted ? 0 : nc_sv_find(text, NC_SV("["), 0);
    size_t close =
        open == SIZE_MAX ? open : nc_sv_find(text, quoted ? NC_SV("\"") : NC_SV("]"), open + 1);
    if (close == SIZE_MAX || (!quoted && (open == 0 || close + 1 < text.len)))
        return;
    nc_sv label = nc_sv_slice(text, open + 1, close);
    nc_sv id = nc_seq_trim(nc_sv_slice(text, quoted ? close + 1 : 0, quoted ? text.len : open));
    if (quoted && nc_sv_starts(id, NC_SV("as ")))
        id = nc_seq_trim(nc_sv_slice(id, 3, id.len));
    else if (quoted && id.len == 0)
        id = nc_seq_trim(behind_as);
    nc_diag_add(cast->diags, NC_RULE_SEQ_ODD_NAME, name.at,
                "all of '%.*s' is the id of this participant", NC_SV_ARG(text));
    if (id.len == 0)
        nc_diag_hint(cast->diags, "names need no quotes: 'participant %.*s'", NC_SV_ARG(label));
    else
        nc_diag_hint(cast->diags, "the id comes first: 'participant %.*s as %.*s'", NC_SV_ARG(id),
                     NC_SV_ARG(label));
}

bool nc_seq_cast_declare(nc_seq_cast *cast, uint32_t *index, const nc_seq_declaration *decl)
{
    actor_data data = {0};
    nc_label label = {0};
    bool wrap = cast->wrap;
    nc_sv unknown = {0};
    if (decl->has_data && !read_data(cast, &data, decl->data))
        return false;
    if (decl->has_label && !nc_seq_cast_text(cast, &label, &wrap, decl->rest.text))
        return false;
    if (!nc_seq_cast_refer(cast, index, decl->name))
        return false;
    warn_decorated(cast, decl->name, decl->has_label ? decl->rest.text : (nc_sv){0});
    bool is_new = list_actor(cast, *index, decl->name.at);
    bool described = decl->has_label;
    nc_seq_actor *actor = &cast->out->actors.ptr[*index];
    if (data.alias.len > 0 && (!described || nc_sv_eq(label.text, actor->id))) {
        if (!nc_source_decode(&label.text, cast->arena, data.alias))
            return false;
        label.at = decl->data.at;
        described = true;
    }
    nc_seq_kind kind = declared_kind(cast, decl, &data, &unknown);
    refuse_second_box(cast, *index, decl->name.at);

    /* Mermaid takes a second declaration only when it gives a label. */
    bool heard = is_new || described;
    warn_duplicate(cast, *index, decl->name.at, heard);
    if (!enter_box(cast, *index, heard))
        return false;
    if (heard || actor->kind == NC_SEQ_PARTICIPANT)
        actor->kind = kind;
    if (!heard)
        return true;
    actor->mermaid_kind = kind;
    actor->unknown_kind = unknown;
    actor->wrap = wrap;
    actor->label = described ? label : (nc_label){.text = actor->id, .at = decl->name.at};
    cast->parts.ptr[*index].lost_links = actor->links.len;
    cast->parts.ptr[*index].lost_properties = actor->properties.len;
    return true;
}

bool nc_seq_cast_create(nc_seq_cast *cast, uint32_t *index, const nc_seq_declaration *decl)
{
    uint32_t old = nc_map_lookup(&cast->ids, decl->name.text);
    bool exists = old != NC_NONE && !cast->out->actors.ptr[old].unlisted;
    if (exists) {
        nc_diag_add(cast->diags, NC_RULE_SEQ_CREATED_TWICE, decl->name.at,
                    "'%.*s' exists already and cannot be created", NC_SV_ARG(decl->name.text));
        nc_diag_hint(cast->diags,
                     "give the new participant another id: 'create participant %.*s2 "
                     "as %.*s'",
                     NC_SV_ARG(decl->name.text), NC_SV_ARG(decl->name.text));
    }
    if (!nc_seq_cast_declare(cast, index, decl))
        return false;
    cast->created = exists ? NC_NONE : *index;
    return true;
}

bool nc_seq_cast_destroy(nc_seq_cast *cast, uint32_t *index, nc_seq_token name)
{
    if (!nc_seq_cast_refer(cast, index, name))
        return false;
    cast->destroyed = *index;
    return true;
}

void nc_seq_cast_check_message(nc_seq_cast *cast, nc_seq_token from, nc_seq_token to)
{
    if (cast->created != NC_NONE) {
        const nc_seq_part *part = &cast->parts.ptr[cast->created];
        cast->created = NC_NONE;
        if (nc_sv_eq(part->name, to.text))
            return;
        nc_diag_add(cast->diags, NC_RULE_SEQ_CREATE, to.at,
                    "the message after 'create' must go to the created '%.*s'",
                    NC_SV_ARG(part->name));
        nc_diag_hint(cast->diags,
                     "put the 'create' line right before the message that creates "
                     "'%.*s'",
                     NC_SV_ARG(part->name));
    } else if (cast->destroyed != NC_NONE) {
        const nc_seq_part *part = &cast->parts.ptr[cast->destroyed];
        cast->destroyed = NC_NONE;
        if (nc_sv_eq(part->name, to.text) || nc_sv_eq(part->name, from.text))
            return;
        nc_diag_add(cast->diags, NC_RULE_SEQ_DESTROY, (nc_span){from.at.start, to.at.end},
                    "the message after 'destroy' must come from or go to '%.*s'",
                    NC_SV_ARG(part->name));
        nc_diag_hint(cast->diags, "put the 'destroy' line right before the last message of '%.*s'",
                     NC_SV_ARG(part->name));
    }
}

void nc_seq_cast_activate(nc_seq_cast *cast, uint32_t index)
{
    cast->parts.ptr[index].active++;
    cast->parts.ptr[index].activated = true;
}

void nc_seq_cast_deactivate(nc_seq_cast *cast, uint32_t index, nc_span at)
{
    nc_seq_part *part = &cast->parts.ptr[index];
    if (part->active > 0) {
        part->active--;
        return;
    }
    if (cast->doubt)
        return;
    nc_diag_add(cast->diags, NC_RULE_SEQ_INACTIVE, at, "'%.*s' is not active here",
                NC_SV_ARG(part->name));
    nc_diag_hint(cast->diags,
                 "activate it first, with '+' before it in a message to it or with 'activate %.*s'",
                 NC_SV_ARG(part->name));
}

/* -- boxes -- */

/* The colour before a title: a colour function with all up to the last bracket, or one word. */
static nc_sv color_before(nc_sv text)
{
    static const nc_sv functions[] = {NC_SV_INIT("rgba"), NC_SV_INIT("rgb"), NC_SV_INIT("hsla"),
                                      NC_SV_INIT("hsl")};
    for (size_t i = 0; i < NC_COUNT(functions); i++) {
        if (!nc_sv_starts(text, functions[i]))
            continue;
        size_t open = functions[i].len;
        for (size_t n; (n = nc_seq_space(text, open)) > 0;)
            open += n;
        size_t close = text.len;
        while (close > open + 1 && text.ptr[close - 1] != ')')
            close--;
        if (open < text.len && text.ptr[open] == '(' && close > open + 1)
            return nc_sv_slice(text, 0, close);
    }
    size_t end = 0;
    while (end < text.len && nc_is_word(text.ptr[end]))
        end++;
    return nc_sv_slice(text, 0, end);
}

nc_sv nc_seq_cast_hash_color(const nc_seq_cast *cast, nc_seq_token keyword, nc_sv *behind)
{
    nc_sv text = cast->source->text;
    size_t at = keyword.at.end;
    for (size_t n; text.ptr[at] != '\n' && (n = nc_seq_space(text, at)) > 0;)
        at += n;
    size_t end = nc_sv_find(text, NC_SV("\n"), at);
    nc_sv line = nc_sv_slice(text, at, end);
    size_t len = nc_seq_hex_color(line);
    *behind = nc_sv_slice(line, len, line.len);
    nc_sv color = nc_sv_slice(line, 0, len);
    if (len > 0) {
        nc_diag_add(cast->diags, NC_RULE_SEQ_HASH_COLOR, nc_seq_cast_span(cast, color),
                    "Mermaid takes '%.*s' for a comment", NC_SV_ARG(color));
        nc_diag_hint(cast->diags, "write the colour as 'rgb(…)' or by name");
    }
    return color;
}

bool nc_seq_cast_open_box(nc_seq_cast *cast, nc_seq_token keyword, nc_seq_token rest)
{
    nc_seq_box box = {.at = keyword.at, .label.at = rest.at};
    nc_sv title;
    box.author_color = nc_seq_cast_hash_color(cast, keyword, &title);
    if (box.author_color.len == 0) {
        box.color = color_before(rest.text);
        title = nc_sv_slice(rest.text, box.color.len, rest.text.len);
        if (!nc_seq_is_color(box.color)) {
            box.color.len = 0;
            title = rest.text;
        } else if (nc_sv_eq(box.color, NC_SV("transparent"))) {
            box.color.len = 0;
        }
    }
    if (!nc_seq_cast_text(cast, &box.label, &box.wrap, title))
        return false;
    if (box.author_color.len > 0)
        box.wrap = cast->wrap; /* a prefix behind the colour is lost with it */
    cast->box = cast->out->boxes.len;
    return NC_PUSH(cast->arena, &cast->out->boxes, box);
}

/* -- the order of things -- */

/* Actors that were listed later than others were known get the place of their first mention. */
static bool order_actors(nc_seq_cast *cast)
{
    nc_sequence *out = cast->out;
    uint32_t len = out->actors.len;
    bool ordered = true;
    for (uint32_t i = 0; i < len && ordered; i++)
        ordered = cast->parts.ptr[i].order == i;
    if (ordered)
        return true;
    nc_seq_actor *actors = NC_NEW(cast->arena, nc_seq_actor, len);
    uint32_t *place = NC_NEW(cast->arena, uint32_t, len);
    if (!actors || !place)
        return false;
    uint32_t last = cast->listed;
    for (uint32_t i = 0; i < len; i++) {
        place[i] = cast->parts.ptr[i].order == NC_NONE ? last++ : cast->parts.ptr[i].order;
        actors[place[i]] = out->actors.ptr[i];
    }
    memcpy(out->actors.ptr, actors, len * sizeof *actors);
    for (uint32_t i = 0; i < out->boxes.len; i++) {
        nc_seq_box *box = &out->boxes.ptr[i];
        for (uint32_t m = 0; m < box->members.len; m++)
            box->members.ptr[m] = place[box->members.ptr[m]];
        for (uint32_t m = 0; m < box->mermaid_members.len; m++)
            box->mermaid_members.ptr[m] = place[box->mermaid_members.ptr[m]];
    }
    for (uint32_t i = 0; i < out->events.len; i++) {
        nc_seq_event *event = &out->events.ptr[i];
        if (event->from != NC_NONE)
            event->from = place[event->from];
        if (event->to != NC_NONE)
            event->to = place[event->to];
    }
    return true;
}

static int compare_lives(const void *a, const void *b)
{
    const nc_seq_event *x = a;
    const nc_seq_event *y = b;
    return x->to < y->to ? -1 : x->to > y->to;
}

/* Writes what waits behind events[*kept), in the order of the first `destroy` of each. */
static void flush_lives(nc_seq_event *events, uint32_t *kept, nc_seq_event *waiting, uint32_t *len)
{
    qsort(waiting, *len, sizeof *waiting, compare_lives);
    for (uint32_t i = 0; i < *len; i++) {
        waiting[i].to = NC_NONE;
        events[(*kept)++] = waiting[i];
    }
    *len = 0;
}

/*
 * Creations and destructions that wait for the same message: creations first. Who is destroyed
 * twice is destroyed the second time.
 */
static bool order_lives(nc_seq_cast *cast)
{
    nc_seq_event *events = cast->out->events.ptr;
    uint32_t len = cast->out->events.len;
    uint32_t destroyed = 0;
    for (uint32_t i = 0; i < len; i++)
        destroyed += events[i].type == NC_SEQ_DESTROY;
    if (destroyed == 0)
        return true;
    uint32_t *first = NC_NEW(cast->arena, uint32_t, cast->out->actors.len);
    uint32_t *last = NC_NEW(cast->arena, uint32_t, cast->out->actors.len);
    nc_seq_event *waiting = NC_NEW(cast->arena, nc_seq_event, destroyed);
    if (!first || !last || !waiting)
        return false;
    for (uint32_t i = len; i-- > 0;)
        if (events[i].type == NC_SEQ_DESTROY)
            first[events[i].from] = i;
    for (uint32_t i = 0; i < len; i++)
        if (events[i].type == NC_SEQ_DESTROY)
            last[events[i].from] = i;
    uint32_t kept = 0;
    uint32_t held = 0;
    for (uint32_t i = 0; i < len; i++) {
        nc_seq_event event = events[i];
        if (event.type != NC_SEQ_DESTROY) {
            if (event.type != NC_SEQ_CREATE)
                flush_lives(events, &kept, waiting, &held);
            events[kept++] = event;
        } else if (last[event.from] == i) {
            event.to = first[event.from];
            waiting[held++] = event;
        }
    }
    flush_lives(events, &kept, waiting, &held);
    cast->out->events.len = kept;
    return true;
}

/*
 * Mermaid lists whom it was told of by a participant line, a message or a note. It cannot draw the
 * activation of anybody else.
 */
static void warn_unlisted(nc_seq_cast *cast)
{
    for (uint32_t i = 0; i < cast->out->actors.len; i++) {
        const nc_seq_actor *actor = &cast->out->actors.ptr[i];
        if (!actor->unlisted)
            continue;
        bool activated = cast->parts.ptr[i].activated;
        nc_diag_add(cast->diags, activated ? NC_RULE_SEQ_UNKNOWN_ACTOR : NC_RULE_SEQ_UNKNOWN_END,
                    actor->at, "'%.*s' is %s but never declared and in no message",
                    NC_SV_ARG(actor->id), activated ? "activated" : "destroyed");
        if (activated)
            nc_diag_drawing(cast->diags);
        nc_diag_hint(cast->diags, "declare it: 'participant %.*s'", NC_SV_ARG(actor->id));
    }
}

bool nc_seq_cast_finish(nc_seq_cast *cast)
{
    if (cast->listed < cast->out->actors.len && cast->diags->errors == 0)
        warn_unlisted(cast);
    for (uint32_t i = 0; i < cast->out->actors.len; i++) {
        nc_seq_actor *actor = &cast->out->actors.ptr[i];
        const nc_seq_part *part = &cast->parts.ptr[i];
        if (!nc_seq_cast_settle_pairs(cast, &actor->links, part->lost_links) ||
            !nc_seq_cast_settle_pairs(cast, &actor->properties, part->lost_properties))
            return false;
    }
    return order_actors(cast) && order_lives(cast);
}
