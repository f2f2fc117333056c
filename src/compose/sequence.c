/*
 * A placed sequence diagram is drawn. Painting order: grounds and boxes, lifelines and bars,
 * headers, then events in the order they happen, which is also the order of reading; the headers at
 * the bottom come last.
 */
#include "compose/sequence_parts.h"

#include <math.h>

enum { FOLD = 8 }; /* corner of a note */

/* Author's colours at least this opaque decide which ink is legible on them. */
enum { OPAQUE_ENOUGH = 128 };

/* Grounds inside grounds: deeper than this only the innermost are looked at. */
enum { GROUNDS = 8 };

/* Boxes under one line: only so many are looked at, from its left end. */
enum { PIECES = 64 };

typedef struct sketch {
    nc_scene *scene;
    nc_draw *draw;
    const nc_sequence *seq;
    const nc_placed_sequence *placed;
    nc_u32_vec grounds;      /* events of the rects that are open, outermost first */
    uint32_t *starts;        /* of each fragment: its event */
    uint32_t *first_section; /* of each fragment: the event of its first section, or NC_NONE */
    uint32_t *next_section;  /* of each event that is a section: the next one, or NC_NONE */
} sketch;

static const nc_lay_seq_place *place_of(const sketch *s, uint32_t event)
{
    return &s->placed->lay.places[s->placed->events[event].index];
}

static nc_sv actor_id(const sketch *s, uint32_t actor)
{
    return s->seq->actors.ptr[actor].id;
}

static bool actor_name(const sketch *s, nc_sv *out, uint32_t actor)
{
    return nc_text_plain(out, s->scene->arena, &s->seq->actors.ptr[actor].label);
}

static nc_shape rect_shape(nc_lay_rect r, nc_paint fill)
{
    return (nc_shape){.kind = NC_SHAPE_RECT, .x = r.x, .y = r.y, .w = r.w, .h = r.h, .fill = fill};
}

static nc_paint tint_paint(const nc_seq_tint *tint, nc_paint otherwise)
{
    return tint->given ? (nc_paint){.color = tint->color} : otherwise;
}

static nc_paint box_paint(const sketch *s, uint32_t box)
{
    return tint_paint(&s->placed->box_tints[box], NC_PAINT(BOX_FILL));
}

static nc_paint ground_paint(const sketch *s, uint32_t event)
{
    return tint_paint(&s->placed->events[event].tint, NC_PAINT(RECT_FILL));
}

static bool box_holds(const sketch *s, uint32_t box, double x, double w)
{
    if (box == NC_NONE)
        return false;
    const nc_lay_rect *f = &s->placed->lay.boxes[box].frame;
    return x >= f->x && x + w <= f->x + f->w;
}

/* The first column at or right of x; their number when there is none. */
static uint32_t column_at(const sketch *s, double x)
{
    uint32_t low = 0;
    uint32_t high = s->placed->column_len;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (s->placed->lay.columns[mid].x < x)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The box whose frame holds x .. x + w, or NC_NONE: it is that of a column beside x. */
static uint32_t box_around(const sketch *s, double x, double w)
{
    uint32_t k = column_at(s, x);
    if (k > 0 && box_holds(s, s->placed->boxes[k - 1], x, w))
        return s->placed->boxes[k - 1];
    if (k < s->placed->column_len && box_holds(s, s->placed->boxes[k], x, w))
        return s->placed->boxes[k];
    return NC_NONE;
}

/* x .. end cut at the frames of boxes: where the piece that begins at x ends. *box is its box. */
static double piece_end(const sketch *s, double x, double end, uint32_t *box)
{
    *box = box_around(s, x, 0.01); /* not the one that ends here */
    if (*box != NC_NONE) {
        const nc_lay_rect *f = &s->placed->lay.boxes[*box].frame;
        return fmin(end, f->x + f->w);
    }
    for (uint32_t k = column_at(s, x); k < s->placed->column_len; k++) {
        uint32_t next = s->placed->boxes[k];
        if (next != NC_NONE && s->placed->lay.boxes[next].frame.x > x)
            return fmin(end, s->placed->lay.boxes[next].frame.x);
        if (s->placed->lay.columns[k].x >= end)
            break;
    }
    return end;
}

static uint32_t first_ground(const sketch *s)
{
    return s->grounds.len > GROUNDS ? s->grounds.len - GROUNDS : 0;
}

/* The author's colour that something in this box stands on; a is 0 without one. */
static nc_rgba author_ground(const sketch *s, uint32_t box)
{
    nc_rgba ground = {0};
    if (box != NC_NONE && s->placed->box_tints[box].given)
        ground = s->placed->box_tints[box].color;
    for (uint32_t i = first_ground(s); i < s->grounds.len; i++) {
        const nc_seq_tint *tint = &s->placed->events[s->grounds.ptr[i]].tint;
        if (tint->given && tint->color.a < OPAQUE_ENOUGH)
            continue;
        ground = tint->given ? tint->color : (nc_rgba){0};
    }
    return ground.a < OPAQUE_ENOUGH ? (nc_rgba){0} : ground;
}

/* The usual ink, or one that is legible on an author's colour in every theme. */
static nc_paint ink_for(nc_rgba ground, nc_paint usual)
{
    static const nc_rgba dark = {0x1A, 0x22, 0x30, 255};
    static const nc_rgba light = {255, 255, 255, 255};
    if (ground.a == 0)
        return usual;
    ground.a = 255;
    bool on_dark = nc_color_contrast(light, ground) > nc_color_contrast(dark, ground);
    return (nc_paint){.color = on_dark ? light : dark};
}

static bool same_paint(nc_paint a, nc_paint b)
{
    return a.token == b.token && a.color.r == b.color.r && a.color.a == b.color.a;
}

/*
 * Ink for x .. x + w. Where that runs over grounds which need different inks, the usual one is
 * taken and *plate set: it needs a plate of the page's own colour.
 */
static nc_paint ink_on(const sketch *s, double x, double w, nc_paint usual, bool *plate)
{
    uint32_t box;
    double at = piece_end(s, x, x + w, &box);
    nc_paint ink = ink_for(author_ground(s, box), usual);
    *plate = false;
    for (uint32_t pieces = 1; at < x + w && pieces < PIECES; pieces++) {
        at = piece_end(s, at, x + w, &box);
        if (!same_paint(ink, ink_for(author_ground(s, box), usual))) {
            *plate = true;
            return usual;
        }
    }
    return ink;
}

static bool covers(nc_paint paint)
{
    return paint.token != NC_TOKEN_NONE || paint.color.a == 255;
}

/* One layer of a ground. */
static bool draw_layer(sketch *s, nc_lay_rect r, nc_paint paint, double radius)
{
    nc_shape shape = rect_shape(r, paint);
    shape.part = NC_PART_GROUND;
    shape.radius = radius;
    return nc_paint_is_none(paint) || nc_scene_shape(s->scene, &shape);
}

/* The page and the boxes under r. */
static bool draw_places(sketch *s, nc_lay_rect r)
{
    uint32_t box = box_around(s, r.x, r.w);
    if (box != NC_NONE && covers(box_paint(s, box)))
        return draw_layer(s, r, box_paint(s, box), 3);
    if (!draw_layer(s, r, NC_PAINT(LABEL_GROUND), 3))
        return false;
    for (double x = r.x; x < r.x + r.w;) {
        double end = piece_end(s, x, r.x + r.w, &box);
        nc_lay_rect piece = {x, r.y, end - x, r.h};
        if (box != NC_NONE && !draw_layer(s, piece, box_paint(s, box), 0))
            return false;
        x = end;
    }
    return true;
}

/* Paint over what runs behind a text, in the colours that it stands on. */
static bool draw_ground(sketch *s, nc_lay_rect r, bool plate)
{
    uint32_t from = first_ground(s);
    bool covered = false;
    if (plate)
        return draw_layer(s, r, NC_PAINT(LABEL_GROUND), 3);
    for (uint32_t i = from; i < s->grounds.len; i++) {
        if (covers(ground_paint(s, s->grounds.ptr[i]))) {
            from = i;
            covered = true;
        }
    }
    if (!covered && !draw_places(s, r))
        return false;
    for (uint32_t i = from; i < s->grounds.len; i++)
        if (!draw_layer(s, r, ground_paint(s, s->grounds.ptr[i]), 3))
            return false;
    return true;
}

static bool draw_text(sketch *s, const nc_text *text, nc_lay_rect at, nc_anchor anchor,
                      nc_paint fill, nc_part part)
{
    nc_text_item item = {
        .text = text, .part = part, .x = at.x, .y = at.y, .anchor = anchor, .fill = fill};
    if (!text)
        return true;
    if (anchor == NC_ANCHOR_MIDDLE)
        item.x = at.x + at.w / 2;
    else if (anchor == NC_ANCHOR_END)
        item.x = at.x + at.w;
    item.y = at.y + (at.h - text->h) / 2;
    return nc_scene_text(s->scene, &item);
}

/* A text among lifelines, on a ground of its own when its place says so. */
static bool draw_text_on(sketch *s, const nc_text *text, const nc_lay_seq_place *p,
                         nc_anchor anchor, nc_paint usual, nc_part part)
{
    bool plate;
    if (!text || text->len == 0)
        return true;
    double air = (p->box.h - text->h) / 2;
    nc_lay_rect r = {p->box.x - 3, p->box.y + air, p->box.w + 6, text->h};
    nc_paint ink = ink_on(s, r.x, r.w, usual, &plate);
    if ((p->ground || plate) && !draw_ground(s, r, plate))
        return false;
    return draw_text(s, text, p->box, anchor, ink, part);
}

static bool draw_boxes(sketch *s)
{
    for (uint32_t b = 0; b < s->seq->boxes.len; b++) {
        const nc_lay_seq_frame *frame = &s->placed->lay.boxes[b];
        nc_group group = {.role = NC_ROLE_BOX};
        if (frame->frame.w <= 0)
            continue;
        nc_shape shape = rect_shape(frame->frame, box_paint(s, b));
        shape.radius = 8;
        shape.stroke = (nc_stroke){.paint = NC_PAINT(BOX_LINE), .width = 1};
        nc_paint ink = ink_for(author_ground(s, b), NC_PAINT(CLUSTER_TEXT));
        if (!nc_text_plain(&group.label, s->scene->arena, &s->seq->boxes.ptr[b].label) ||
            !nc_scene_open(s->scene, &group) || !nc_scene_shape(s->scene, &shape) ||
            !draw_text(s, s->placed->box_titles[b], frame->title, NC_ANCHOR_MIDDLE, ink,
                       NC_PART_NONE) ||
            !nc_scene_close(s->scene))
            return false;
    }
    return true;
}

/* Grounds lie below everything that happens, those inside others later. */
static bool draw_rects(sketch *s)
{
    for (uint32_t f = 0; f < s->placed->lay.fragment_len; f++) {
        const nc_lay_seq_fragment *fragment = &s->placed->lay.fragments[f];
        uint32_t event = s->starts[f];
        const nc_group group = {.role = NC_ROLE_FRAGMENT, .kind = NC_SV("rect")};
        if (s->seq->events.ptr[event].fragment != NC_SEQ_RECT)
            continue;
        nc_shape shape = rect_shape(fragment->frame, ground_paint(s, event));
        shape.radius = 4;
        if (!nc_scene_open(s->scene, &group) || !nc_scene_shape(s->scene, &shape) ||
            !nc_scene_close(s->scene))
            return false;
    }
    return true;
}

static bool draw_lifeline(sketch *s, uint32_t column)
{
    const nc_lay_seq_column *c = &s->placed->lay.columns[column];
    nc_shape line = {.kind = NC_SHAPE_LINE,
                     .part = NC_PART_LIFELINE,
                     .id = actor_id(s, s->placed->actors[column]),
                     .x = c->x,
                     .y = c->top,
                     .h = c->bottom - c->top,
                     .stroke = {NC_PAINT(LIFELINE), 1, 4, 4, NC_CAP_BUTT}};
    return nc_scene_shape(s->scene, &line);
}

/* The cross of a destroyed lifeline stands over its bars. */
static bool draw_cross(sketch *s, uint32_t column)
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

static bool draw_lives(sketch *s)
{
    const nc_lay_seq_result *lay = &s->placed->lay;
    const nc_group layer = {.role = NC_ROLE_LAYER};
    if (!nc_scene_open(s->scene, &layer))
        return false;
    for (uint32_t i = 0; i < s->placed->column_len; i++)
        if (!draw_lifeline(s, i))
            return false;
    for (uint32_t i = 0; i < lay->bar_len; i++) {
        nc_shape shape = rect_shape(lay->bars[i].rect, NC_PAINT(ACTIVATION_FILL));
        shape.part = NC_PART_ACTIVATION;
        shape.radius = 2;
        shape.stroke = (nc_stroke){.paint = NC_PAINT(ACTIVATION_LINE), .width = 1};
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

/* Only the first header of a participant is named to screen readers: one voice each. */
static bool draw_header(sketch *s, uint32_t column, nc_lay_rect at, bool again)
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
    if (!again && !actor_name(s, &group.label, actor))
        return false;
    return nc_scene_open(s->scene, &group) && nc_seq_draw_header(s->scene, a, header, at) &&
           nc_scene_close(s->scene);
}

static bool draw_heads(sketch *s)
{
    for (uint32_t i = 0; i < s->placed->column_len; i++)
        if (!draw_header(s, i, s->placed->lay.columns[i].head, false))
            return false;
    return true;
}

/* Repeated headers and those at the bottom. */
static bool draw_repeats(sketch *s)
{
    const nc_lay_seq_result *lay = &s->placed->lay;
    for (uint32_t r = 0; r < lay->repeat_len; r++) {
        for (uint32_t i = 0; i < s->placed->column_len; i++) {
            nc_lay_rect at = lay->columns[i].head;
            at.y = lay->repeats[r] + lay->repeat_h - at.h;
            if (at.y < lay->columns[i].top || at.y + at.h > lay->columns[i].bottom)
                continue;
            /* Symbols are open: the lifeline must not run through them. */
            if (!draw_ground(s, at, false) || !draw_header(s, i, at, true))
                return false;
        }
    }
    for (uint32_t i = 0; i < s->placed->column_len; i++)
        if (lay->columns[i].foot.w > 0 && !draw_header(s, i, lay->columns[i].foot, true))
            return false;
    return true;
}

static nc_stroke line_stroke(const nc_seq_event *e, nc_paint paint)
{
    if (e->dotted)
        return (nc_stroke){paint, 1.4, 1.5, 4, NC_CAP_ROUND};
    return (nc_stroke){.paint = paint, .width = 1.4};
}

/* A loop to the right of the lifeline, its corners rounded unless they are asked to be square. */
static void trace_loop(nc_path_builder *b, const nc_lay_seq_place *p, double start, double end,
                       bool square)
{
    double r = square ? 0 : 6;
    nc_path_move(b, start, p->y1);
    nc_path_line(b, p->far - r, p->y1);
    if (!square)
        nc_path_quarter(b, p->far, p->y1 + r, true);
    nc_path_line(b, p->far, p->y2 - r);
    if (!square)
        nc_path_quarter(b, p->far - r, p->y2, false);
    nc_path_line(b, end, p->y2);
}

static bool draw_line(sketch *s, const nc_seq_event *e, const nc_lay_seq_place *p, nc_paint paint)
{
    bool loop = e->from == e->to;
    double out = loop || p->x1 < p->x2 ? 1 : -1; /* the line leaves to the right or left */
    double in = loop ? -1 : out;
    double start = p->x1 + out * nc_seq_head_inset(e->tail);
    double end = p->x2 - in * nc_seq_head_inset(e->head);
    nc_shape shape = {
        .kind = NC_SHAPE_PATH, .part = NC_PART_MESSAGE_LINE, .stroke = line_stroke(e, paint)};
    nc_path_builder b;
    nc_path_init(&b, s->scene->arena);
    if (loop) {
        trace_loop(&b, p, start, end, s->placed->right_angles);
    } else {
        nc_path_move(&b, start, p->y1);
        nc_path_line(&b, end, p->y2);
    }
    return nc_path_take(&shape.path, &b) && nc_scene_shape(s->scene, &shape) &&
           nc_seq_draw_head(s->scene, e->tail, p->x1, p->y1, -out, paint) &&
           nc_seq_draw_head(s->scene, e->head, p->x2, p->y2, in, paint);
}

/* The disc of a central connection: on the lifeline, or on the edge of its bar. */
static bool draw_disc(sketch *s, double x, double lifeline, double y, nc_paint paint)
{
    double cx = fabs(x - lifeline) <= 6 ? lifeline : x;
    nc_shape shape = {.kind = NC_SHAPE_ELLIPSE,
                      .x = cx - 5,
                      .y = y - 5,
                      .w = 10,
                      .h = 10,
                      .fill = NC_PAINT(LABEL_GROUND),
                      .stroke = {.paint = paint, .width = 1.4}};
    return nc_scene_shape(s->scene, &shape);
}

static bool draw_discs(sketch *s, const nc_seq_event *e, const nc_lay_seq_place *p, nc_paint paint)
{
    const nc_lay_seq_column *columns = s->placed->lay.columns;
    bool from = e->central == NC_SEQ_CENTRAL_FROM || e->central == NC_SEQ_CENTRAL_BOTH;
    bool to = e->central == NC_SEQ_CENTRAL_TO || e->central == NC_SEQ_CENTRAL_BOTH;
    double from_x = columns[s->placed->columns[e->from]].x;
    double to_x = columns[s->placed->columns[e->to]].x;
    return (!from || draw_disc(s, p->x1, from_x, p->y1, paint)) &&
           (!to || draw_disc(s, p->x2, to_x, p->y2, paint));
}

static bool draw_number(sketch *s, uint32_t event)
{
    const nc_lay_seq_place *p = place_of(s, event);
    const nc_text *number = s->placed->events[event].number;
    if (!number)
        return true;
    nc_shape shape = rect_shape(p->number, NC_PAINT(NUMBER_FILL));
    shape.radius = p->number.h / 2;
    return nc_scene_shape(s->scene, &shape) &&
           draw_text(s, number, p->number, NC_ANCHOR_MIDDLE, NC_PAINT(NUMBER_TEXT),
                     NC_PART_SEQUENCE_NUMBER);
}

/* "Web to API: GET /", what a screen reader says of a message. */
static bool message_label(sketch *s, nc_sv *out, const nc_seq_event *e)
{
    nc_sv from;
    nc_sv to;
    nc_sv text;
    if (!actor_name(s, &from, e->from) || !actor_name(s, &to, e->to) ||
        !nc_text_plain(&text, s->scene->arena, &e->text))
        return false;
    return nc_arena_printf(out, s->scene->arena, "%.*s to %.*s%s%.*s", (int)from.len, from.ptr,
                           (int)to.len, to.ptr, text.len ? ": " : "", (int)text.len,
                           text.len ? text.ptr : "");
}

/* Behind a line over grounds that need different inks. */
static bool draw_halo(sketch *s, const nc_lay_seq_place *p)
{
    double x = fmin(p->x1, p->x2);
    nc_lay_rect r = {x, p->y1 - 2.5, fabs(p->x2 - p->x1), 5};
    nc_lay_rect head = {fmin(p->x2, p->x2 + (p->x1 < p->x2 ? -12 : 0)), p->y1 - 6, 12, 12};
    return draw_layer(s, r, NC_PAINT(LABEL_GROUND), 2) &&
           draw_layer(s, head, NC_PAINT(LABEL_GROUND), 3);
}

static bool draw_message(sketch *s, uint32_t event)
{
    const nc_seq_event *e = &s->seq->events.ptr[event];
    const nc_lay_seq_place *p = place_of(s, event);
    const nc_text *text = s->placed->events[event].text;
    bool plate;
    bool loop = e->from == e->to;
    nc_paint signal =
        loop ? ink_on(s, p->x1, p->far - p->x1, NC_PAINT(SIGNAL), &plate)
             : ink_on(s, fmin(p->x1, p->x2), fabs(p->x2 - p->x1), NC_PAINT(SIGNAL), &plate);
    nc_group group = {
        .role = NC_ROLE_MESSAGE, .from = actor_id(s, e->from), .to = actor_id(s, e->to)};
    nc_anchor anchor = loop ? NC_ANCHOR_START : s->placed->message_align;
    if (!message_label(s, &group.label, e) || !nc_scene_open(s->scene, &group))
        return false;
    if (plate && !loop && !draw_halo(s, p))
        return false;
    return draw_line(s, e, p, signal) && draw_discs(s, e, p, signal) && draw_number(s, event) &&
           draw_text_on(s, text, p, anchor, NC_PAINT(SIGNAL_TEXT), NC_PART_MESSAGE_TEXT) &&
           nc_scene_close(s->scene);
}

/* A sheet with its upper right corner folded. */
static bool draw_sheet(sketch *s, nc_lay_rect r)
{
    double right = r.x + r.w;
    nc_shape shape = {.kind = NC_SHAPE_PATH,
                      .fill = NC_PAINT(NOTE_FILL),
                      .stroke = {.paint = NC_PAINT(NOTE_LINE), .width = 1}};
    nc_path_builder b;
    nc_path_init(&b, s->scene->arena);
    nc_path_move(&b, r.x, r.y);
    nc_path_line(&b, right - FOLD, r.y);
    nc_path_line(&b, right, r.y + FOLD);
    nc_path_line(&b, right, r.y + r.h);
    nc_path_line(&b, r.x, r.y + r.h);
    nc_path_close(&b);
    nc_path_move(&b, right - FOLD, r.y);
    nc_path_line(&b, right - FOLD, r.y + FOLD);
    nc_path_line(&b, right, r.y + FOLD);
    return nc_path_take(&shape.path, &b) && nc_scene_shape(s->scene, &shape);
}

static bool note_label(sketch *s, nc_sv *out, const nc_seq_event *e)
{
    static const char *const where[] = {"left of", "right of", "over"};
    nc_sv from;
    nc_sv to = {0};
    nc_sv text;
    if (!actor_name(s, &from, e->from) || !nc_text_plain(&text, s->scene->arena, &e->text) ||
        (e->to != e->from && !actor_name(s, &to, e->to)))
        return false;
    return nc_arena_printf(out, s->scene->arena, "Note %s %.*s%s%.*s: %.*s", where[e->placement],
                           (int)from.len, from.ptr, to.len ? " and " : "", (int)to.len,
                           to.len ? to.ptr : "", (int)text.len, text.len ? text.ptr : "");
}

static bool draw_note(sketch *s, uint32_t event)
{
    const nc_seq_event *e = &s->seq->events.ptr[event];
    nc_lay_rect at = place_of(s, event)->box;
    double pad = s->placed->note_pad;
    nc_lay_rect inner = {at.x + pad, at.y, at.w - 2 * pad, at.h};
    nc_group group = {.role = NC_ROLE_NOTE};
    return note_label(s, &group.label, e) && nc_scene_open(s->scene, &group) && draw_sheet(s, at) &&
           draw_text(s, s->placed->events[event].text, inner, s->placed->note_align,
                     NC_PAINT(NOTE_TEXT), NC_PART_NONE) &&
           nc_scene_close(s->scene);
}

static bool draw_label(sketch *s, uint32_t event)
{
    return draw_text_on(s, s->placed->events[event].text, place_of(s, event), NC_ANCHOR_START,
                        NC_PAINT(FRAGMENT_TEXT), NC_PART_NONE);
}

/* The tab in the frame's corner, one of its own corners cut. */
static bool draw_tab(sketch *s, const nc_text *word, nc_lay_rect r)
{
    const double cut = 6;
    double right = r.x + r.w;
    double bottom = r.y + r.h;
    nc_shape shape = {.kind = NC_SHAPE_PATH,
                      .fill = NC_PAINT(FRAGMENT_TAB),
                      .stroke = {.paint = NC_PAINT(FRAGMENT_LINE), .width = 1}};
    nc_path_builder b;
    nc_path_init(&b, s->scene->arena);
    nc_path_move(&b, r.x, r.y);
    nc_path_line(&b, right, r.y);
    nc_path_line(&b, right, bottom - cut);
    nc_path_line(&b, right - cut, bottom);
    nc_path_line(&b, r.x, bottom);
    nc_path_close(&b);
    r.w -= cut / 2;
    return nc_path_take(&shape.path, &b) && nc_scene_shape(s->scene, &shape) &&
           draw_text(s, word, r, NC_ANCHOR_MIDDLE, NC_PAINT(FRAGMENT_TEXT), NC_PART_NONE);
}

static bool draw_sections(sketch *s, uint32_t fragment)
{
    for (uint32_t i = s->first_section[fragment]; i != NC_NONE; i = s->next_section[i]) {
        const nc_lay_seq_place *p = place_of(s, i);
        nc_shape line = {.kind = NC_SHAPE_LINE,
                         .x = p->x1,
                         .y = p->y1,
                         .w = p->x2 - p->x1,
                         .stroke = {NC_PAINT(FRAGMENT_LINE), 1, 4, 3, NC_CAP_BUTT}};
        if (!nc_scene_shape(s->scene, &line) || !draw_label(s, i))
            return false;
    }
    return true;
}

static bool draw_fragment(sketch *s, uint32_t event)
{
    const nc_seq_event *e = &s->seq->events.ptr[event];
    const nc_seq_placed_event *placed = &s->placed->events[event];
    uint32_t index = place_of(s, event)->index;
    const nc_lay_seq_fragment *f = &s->placed->lay.fragments[index];
    nc_group group = {.role = NC_ROLE_FRAGMENT};
    nc_shape frame = rect_shape(f->frame, NC_NO_PAINT);
    nc_sv text;
    frame.stroke = (nc_stroke){.paint = NC_PAINT(FRAGMENT_LINE), .width = 1};
    if (!nc_text_plain(&text, s->scene->arena, &e->text))
        return false;
    group.kind = nc_seq_fragment_word(e->fragment);
    if (!nc_arena_printf(&group.label, s->scene->arena, "%.*s%s%.*s", (int)group.kind.len,
                         group.kind.ptr, text.len ? ": " : "", (int)text.len,
                         text.len ? text.ptr : ""))
        return false;
    return nc_scene_open(s->scene, &group) && nc_scene_shape(s->scene, &frame) &&
           draw_tab(s, placed->kind, f->tab) && draw_label(s, event) && draw_sections(s, index) &&
           nc_scene_close(s->scene);
}

/* One event of the model; grounds were drawn before everything. */
static bool draw_event(sketch *s, uint32_t event)
{
    const nc_seq_event *e = &s->seq->events.ptr[event];
    if (s->placed->events[event].index == NC_NONE)
        return true;
    switch (e->type) {
    case NC_SEQ_MESSAGE:
        return draw_message(s, event);
    case NC_SEQ_NOTE:
        return draw_note(s, event);
    case NC_SEQ_START:
        if (e->fragment == NC_SEQ_RECT)
            return NC_PUSH(s->scene->arena, &s->grounds, event);
        return draw_fragment(s, event);
    case NC_SEQ_END:
        if (s->seq->events.ptr[s->starts[place_of(s, event)->index]].fragment == NC_SEQ_RECT)
            s->grounds.len--;
        return true;
    case NC_SEQ_SECTION:
    case NC_SEQ_ACTIVATE:
    case NC_SEQ_DEACTIVATE:
    case NC_SEQ_AUTONUMBER:
    case NC_SEQ_CREATE:
    case NC_SEQ_DESTROY:
        break;
    }
    return true;
}

/* Starts and sections of each fragment, so that drawing one does not search for them. */
static bool list_fragments(sketch *s)
{
    uint32_t fragments = s->placed->lay.fragment_len;
    uint32_t events = s->seq->events.len;
    s->starts = NC_NEW(s->scene->arena, uint32_t, (size_t)fragments + 1);
    s->first_section = NC_NEW(s->scene->arena, uint32_t, (size_t)fragments + 1);
    s->next_section = NC_NEW(s->scene->arena, uint32_t, (size_t)events + 1);
    if (!s->starts || !s->first_section || !s->next_section)
        return false;
    for (uint32_t f = 0; f < fragments; f++)
        s->first_section[f] = NC_NONE;
    for (uint32_t i = events; i-- > 0;) {
        nc_seq_event_type type = s->seq->events.ptr[i].type;
        if (s->placed->events[i].index == NC_NONE)
            continue;
        uint32_t f = place_of(s, i)->index;
        if (type == NC_SEQ_START) {
            s->starts[f] = i;
        } else if (type == NC_SEQ_SECTION) {
            s->next_section[i] = s->first_section[f];
            s->first_section[f] = i;
        }
    }
    return true;
}

static nc_sv title_of(const sketch *s)
{
    return s->seq->title.len ? s->seq->title : s->draw->title;
}

/* "Ada, Bob and Cyd", at most a dozen names. */
static bool write_names(sketch *s, nc_buf *out)
{
    enum { NAMES = 12 };
    uint32_t len = s->placed->column_len;
    uint32_t shown = len > NAMES ? NAMES : len;
    for (uint32_t i = 0; i < shown; i++) {
        nc_sv name;
        if (!actor_name(s, &name, s->placed->actors[i]))
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
static bool describe(sketch *s)
{
    nc_buf out;
    uint32_t messages = 0;
    nc_label title = {.text = s->seq->acc_title.len ? s->seq->acc_title : title_of(s),
                      .markup = NC_MARKUP_PLAIN};
    if (!nc_text_plain(&s->scene->title, s->scene->arena, &title))
        return false;
    if (s->scene->title.len == 0)
        s->scene->title = NC_SV("Sequence diagram");
    s->scene->descr = s->seq->acc_descr;
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

static bool draw_title(sketch *s)
{
    return draw_text(s, s->placed->title, s->placed->lay.title, NC_ANCHOR_START, NC_PAINT(TITLE),
                     NC_PART_TITLE);
}

bool nc_draw_sequence(nc_scene *out, nc_draw *draw, const nc_sequence *seq,
                      const nc_placed_sequence *placed)
{
    sketch s = {.scene = out, .draw = draw, .seq = seq, .placed = placed};
    out->family = NC_SV("sequence");
    out->w = placed->lay.w;
    out->h = placed->lay.h;
    if (!describe(&s) || !list_fragments(&s) || !draw_title(&s) || !draw_boxes(&s) ||
        !draw_rects(&s) || !draw_lives(&s) || !draw_heads(&s))
        return false;
    for (uint32_t i = 0; i < seq->events.len; i++)
        if (!draw_event(&s, i))
            return false;
    return draw_repeats(&s);
}
