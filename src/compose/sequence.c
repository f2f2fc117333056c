/*
 * A placed sequence diagram is drawn. Painting order: grounds and boxes, lifelines and bars,
 * headers, then events in the order they happen, which is also the order of reading; the headers at
 * the bottom come last.
 */
#include "compose/sequence_sketch.h"

static bool draw_lifeline(nc_seq_sketch *s, uint32_t column)
{
    const nc_lay_seq_column *c = &s->placed->lay.columns[column];
    nc_shape line = {.kind = NC_SHAPE_LINE,
                     .part = NC_PART_LIFELINE,
                     .id = nc_seq_actor_id(s, s->placed->actors[column]),
                     .x = c->x,
                     .y = c->top,
                     .h = c->bottom - c->top,
                     .stroke = {NC_PAINT(LIFELINE), 1, 4, 4, NC_CAP_BUTT}};
    return nc_scene_shape(s->scene, &line);
}

/* The cross of a destroyed lifeline stands over its bars. */
static bool draw_cross(nc_seq_sketch *s, uint32_t column)
{
    const nc_lay_seq_column *c = &s->placed->lay.columns[column];
    nc_shape shape = {.kind = NC_SHAPE_PATH, .stroke = {NC_PAINT(SIGNAL), 2, 0, 0, NC_CAP_ROUND}};
    nc_path_builder b;
    if (!c->destroyed)
        return true;
    nc_path_init(&b, s->scene->arena);
    nc_path_move(&b, c->x - 6, c->bottom - 6);
    nc_path_line(&b, c->x + 6, c->bottom + 6);
    nc_path_move(&b, c->x - 6, c->bottom + 6);
    nc_path_line(&b, c->x + 6, c->bottom - 6);
    return nc_path_take(&shape.path, &b) && nc_scene_shape(s->scene, &shape);
}

static bool draw_lives(nc_seq_sketch *s)
{
    const nc_lay_seq_result *lay = &s->placed->lay;
    const nc_group layer = {.role = NC_ROLE_LAYER};
    if (!nc_scene_open(s->scene, &layer))
        return false;
    for (uint32_t i = 0; i < s->placed->column_len; i++)
        if (!draw_lifeline(s, i))
            return false;
    for (uint32_t i = 0; i < lay->bar_len; i++) {
        const uint32_t column = lay->bars[i].participant;
        nc_shape shape =
            nc_seq_rect_shape(lay->bars[i].rect, nc_paint_nth(NC_PAINT(ACTIVATION_FILL), column));
        shape.part = NC_PART_ACTIVATION;
        shape.radius = 2;
        shape.stroke =
            (nc_stroke){.paint = nc_paint_nth(NC_PAINT(ACTIVATION_LINE), column), .width = 1};
        if (!nc_scene_shape(s->scene, &shape))
            return false;
    }
    for (uint32_t i = 0; i < s->placed->column_len; i++)
        if (!draw_cross(s, i))
            return false;
    return nc_scene_close(s->scene);
}

/* The CSS class among `properties`; its value is JSON text. */
static nc_sv actor_class(const nc_seq_actor *actor)
{
    for (uint32_t i = 0; i < actor->properties.len; i++) {
        nc_sv value = actor->properties.ptr[i].value;
        if (!nc_sv_eq(actor->properties.ptr[i].key, NC_SV("class")))
            continue;
        if (value.len >= 2 && value.ptr[0] == '"')
            value = nc_sv_slice(value, 1, value.len - 1);
        for (size_t k = 0; k < value.len; k++)
            if (!nc_is_word(value.ptr[k]) && value.ptr[k] != '-' && value.ptr[k] != ' ')
                return (nc_sv){0};
        return value;
    }
    return (nc_sv){0};
}

/* "Alice, clock" */
static bool header_words(nc_seq_sketch *s, nc_sv *out, uint32_t actor, nc_seq_icon icon)
{
    const nc_sv words = nc_seq_icon_words(icon);
    nc_sv name;
    if (!nc_seq_actor_name(s, &name, actor))
        return false;
    *out = name;
    return words.len == 0 || nc_arena_printf(out, s->scene->arena, "%.*s, %.*s", (int)name.len,
                                             name.ptr, (int)words.len, words.ptr);
}

/* Only the first header of a participant is named to screen readers: one voice each. */
static bool draw_header(nc_seq_sketch *s, uint32_t column, nc_lay_rect at, bool again)
{
    uint32_t actor = s->placed->actors[column];
    const nc_seq_actor *a = &s->seq->actors.ptr[actor];
    const nc_seq_header *header = &s->placed->headers[actor];
    nc_group group = {.role = NC_ROLE_PARTICIPANT,
                      .id = a->id,
                      .classes = actor_class(a),
                      .href = nc_seq_header_link(header)};
    if (group.href.len)
        group.tooltip = a->links.ptr[0].key;
    if (!again && !header_words(s, &group.label, actor, header->icon))
        return false;
    return nc_scene_open(s->scene, &group) &&
           nc_seq_draw_header(s->scene, a, header, at, column,
                              nc_seq_author_ground(s, s->placed->boxes[column])) &&
           nc_scene_close(s->scene);
}

static bool draw_heads(nc_seq_sketch *s)
{
    for (uint32_t i = 0; i < s->placed->column_len; i++)
        if (!draw_header(s, i, s->placed->lay.columns[i].head, false))
            return false;
    return true;
}

/* Repeated headers and those at the bottom. */
static bool draw_repeats(nc_seq_sketch *s)
{
    const nc_lay_seq_result *lay = &s->placed->lay;
    for (uint32_t r = 0; r < lay->repeat_len; r++) {
        for (uint32_t i = 0; i < s->placed->column_len; i++) {
            nc_lay_rect at = lay->columns[i].head;
            at.y = lay->repeats[r] + lay->repeat_h - at.h;
            if (at.y < lay->columns[i].top || at.y + at.h > lay->columns[i].bottom)
                continue;
            /* Symbols are open: the lifeline must not run through them. */
            if (!nc_seq_draw_ground(s, at, false) || !draw_header(s, i, at, true))
                return false;
        }
    }
    for (uint32_t i = 0; i < s->placed->column_len; i++)
        if (lay->columns[i].foot.w > 0 && !draw_header(s, i, lay->columns[i].foot, true))
            return false;
    return true;
}

/* One event of the model; grounds were drawn before everything. */
static bool draw_event(nc_seq_sketch *s, uint32_t event)
{
    const nc_seq_event *e = &s->seq->events.ptr[event];
    if (s->placed->events[event].index == NC_NONE)
        return true;
    switch (e->type) {
    case NC_SEQ_MESSAGE:
        return nc_seq_draw_message(s, event);
    case NC_SEQ_NOTE:
        return nc_seq_draw_note(s, event);
    case NC_SEQ_START:
        if (e->fragment == NC_SEQ_RECT)
            return NC_PUSH(s->scene->arena, &s->grounds, event);
        return nc_seq_begin_fragment(s, event);
    case NC_SEQ_END:
        if (s->seq->events.ptr[s->starts[nc_seq_place_of(s, event)->index]].fragment != NC_SEQ_RECT)
            return nc_seq_end_fragment(s);
        s->grounds.len--;
        return true;
    case NC_SEQ_SECTION:
        return nc_seq_draw_section(s, event);
    case NC_SEQ_ACTIVATE:
    case NC_SEQ_DEACTIVATE:
    case NC_SEQ_AUTONUMBER:
    case NC_SEQ_CREATE:
    case NC_SEQ_DESTROY:
        break;
    }
    return true;
}

static nc_sv title_of(const nc_seq_sketch *s)
{
    return s->seq->title.len ? s->seq->title : s->draw->title;
}

/* "Ada, Bob and Cyd", at most a dozen names. */
static bool write_names(nc_seq_sketch *s, nc_buf *out)
{
    enum { NAMES = 12 };
    uint32_t len = s->placed->column_len;
    uint32_t shown = len > NAMES ? NAMES : len;
    for (uint32_t i = 0; i < shown; i++) {
        nc_sv name;
        if (!nc_seq_actor_name(s, &name, s->placed->actors[i]))
            return false;
        if (i > 0)
            nc_buf_put(out, i + 1 == len ? NC_SV(" and ") : NC_SV(", "));
        nc_buf_put(out, name);
    }
    if (len > shown)
        nc_buf_fmt(out, " and %u others", (unsigned)(len - shown));
    return true;
}

/* What there is to see, for who does not see it. */
static bool describe(nc_seq_sketch *s)
{
    nc_buf out;
    uint32_t messages = 0;
    nc_label title = {.text = s->seq->acc_title.len ? s->seq->acc_title : title_of(s),
                      .markup = NC_MARKUP_PLAIN};
    if (!nc_text_plain(&s->scene->title, s->scene->arena, &title) ||
        !nc_text_clean(&s->scene->descr, s->scene->arena, s->seq->acc_descr))
        return false;
    s->scene->generic_title = s->scene->title.len == 0;
    if (s->scene->generic_title)
        s->scene->title = NC_SV("Sequence diagram");
    if (s->scene->descr.len)
        return true;
    for (uint32_t i = 0; i < s->seq->events.len; i++)
        messages += s->seq->events.ptr[i].type == NC_SEQ_MESSAGE;
    nc_buf_init(&out, &s->scene->arena->from, 0);
    nc_buf_fmt(&out, "%u message%s", (unsigned)messages, messages == 1 ? "" : "s");
    if (s->placed->column_len)
        NC_BUF_LIT(&out, " between ");
    bool ok = write_names(s, &out);
    nc_buf_char(&out, '.');
    ok = ok && !out.failed && nc_arena_copy(&s->scene->descr, s->scene->arena, nc_buf_sv(&out));
    nc_buf_release(&out);
    return ok;
}

static bool draw_title(nc_seq_sketch *s)
{
    return nc_seq_draw_text(s, s->placed->title, s->placed->lay.title, NC_ANCHOR_START,
                            NC_PAINT(TITLE), NC_PART_TITLE);
}

bool nc_draw_sequence(nc_scene *out, nc_draw *draw, const nc_sequence *seq,
                      const nc_placed_sequence *placed)
{
    nc_seq_sketch s = {.scene = out, .draw = draw, .seq = seq, .placed = placed};
    out->family = NC_SV("sequence");
    out->w = placed->lay.w;
    out->h = placed->lay.h;
    if (!describe(&s) || !nc_seq_list_fragments(&s) || !draw_title(&s) || !nc_seq_draw_boxes(&s) ||
        !nc_seq_draw_rects(&s) || !draw_lives(&s) || !draw_heads(&s))
        return false;
    for (uint32_t i = 0; i < seq->events.len; i++)
        if (!draw_event(&s, i))
            return false;
    while (s.open_fragments > 0) /* left open by their author, which was reported */
        if (!nc_seq_end_fragment(&s))
            return false;
    return draw_repeats(&s);
}
