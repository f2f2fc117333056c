/* Messages with their lines, numbers and texts; notes. */
#include "compose/sequence_sketch.h"

#include <math.h>

enum { FOLD = 8 }; /* corner of a note */

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

static bool draw_line(nc_seq_sketch *s, const nc_seq_event *e, const nc_lay_seq_place *p,
                      nc_paint paint)
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
static bool draw_disc(nc_seq_sketch *s, double x, double lifeline, double y, nc_paint paint)
{
    double cx = fabs(x - lifeline) <= 6 ? lifeline : x;
    nc_shape shape = {.kind = NC_SHAPE_ELLIPSE,
                      .x = cx - 5,
                      .y = y - 5,
                      .w = 10,
                      .h = 10,
                      .fill = NC_PAINT(GROUND),
                      .stroke = {.paint = paint, .width = 1.4}};
    return nc_scene_shape(s->scene, &shape);
}

static bool draw_discs(nc_seq_sketch *s, const nc_seq_event *e, const nc_lay_seq_place *p,
                       nc_paint paint)
{
    const nc_lay_seq_column *columns = s->placed->lay.columns;
    bool from = e->central == NC_SEQ_CENTRAL_FROM || e->central == NC_SEQ_CENTRAL_BOTH;
    bool to = e->central == NC_SEQ_CENTRAL_TO || e->central == NC_SEQ_CENTRAL_BOTH;
    double from_x = columns[s->placed->columns[e->from]].x;
    double to_x = columns[s->placed->columns[e->to]].x;
    return (!from || draw_disc(s, p->x1, from_x, p->y1, paint)) &&
           (!to || draw_disc(s, p->x2, to_x, p->y2, paint));
}

static bool draw_number(nc_seq_sketch *s, uint32_t event)
{
    const nc_lay_seq_place *p = nc_seq_place_of(s, event);
    const nc_text *number = s->placed->events[event].number;
    if (!number)
        return true;
    nc_shape shape = nc_seq_rect_shape(p->number, NC_PAINT(NUMBER_FILL));
    shape.radius = p->number.h / 2;
    return nc_scene_shape(s->scene, &shape) &&
           nc_seq_draw_text(s, number, p->number, NC_ANCHOR_MIDDLE, NC_PAINT(NUMBER_TEXT),
                            NC_PART_SEQUENCE_NUMBER);
}

/* "Web to API: GET /", what a screen reader says of a message. */
static bool message_label(nc_seq_sketch *s, nc_sv *out, const nc_seq_event *e)
{
    nc_sv from;
    nc_sv to;
    nc_sv text;
    if (!nc_seq_actor_name(s, &from, e->from) || !nc_seq_actor_name(s, &to, e->to) ||
        !nc_text_plain(&text, s->scene->arena, &e->text))
        return false;
    return nc_arena_printf(out, s->scene->arena, "%.*s to %.*s%s%.*s", (int)from.len, from.ptr,
                           (int)to.len, to.ptr, text.len ? ": " : "", (int)text.len,
                           text.len ? text.ptr : "");
}

/* Behind a line over grounds that need different inks. */
static bool draw_halo(nc_seq_sketch *s, const nc_lay_seq_place *p)
{
    double x = fmin(p->x1, p->x2);
    nc_lay_rect r = {x, p->y1 - 2.5, fabs(p->x2 - p->x1), 5};
    nc_lay_rect head = {fmin(p->x2, p->x2 + (p->x1 < p->x2 ? -12 : 0)), p->y1 - 6, 12, 12};
    return nc_seq_draw_layer(s, r, NC_PAINT(GROUND), 2) &&
           nc_seq_draw_layer(s, head, NC_PAINT(GROUND), 3);
}

bool nc_seq_draw_message(nc_seq_sketch *s, uint32_t event)
{
    const nc_seq_event *e = &s->seq->events.ptr[event];
    const nc_lay_seq_place *p = nc_seq_place_of(s, event);
    const nc_text *text = s->placed->events[event].text;
    bool plate;
    bool loop = e->from == e->to;
    nc_paint signal =
        loop ? nc_seq_ink_on(s, p->x1, p->far - p->x1, NC_PAINT(SIGNAL), &plate)
             : nc_seq_ink_on(s, fmin(p->x1, p->x2), fabs(p->x2 - p->x1), NC_PAINT(SIGNAL), &plate);
    nc_group group = {.role = NC_ROLE_MESSAGE,
                      .from = nc_seq_actor_id(s, e->from),
                      .to = nc_seq_actor_id(s, e->to)};
    nc_anchor anchor = loop ? NC_ANCHOR_START : s->placed->message_align;
    if (!message_label(s, &group.label, e) || !nc_scene_open(s->scene, &group))
        return false;
    plate =
        plate && !loop && !nc_seq_middle_ink(s, fmin(p->x1, p->x2), fabs(p->x2 - p->x1), &signal);
    if (plate && !draw_halo(s, p))
        return false;
    return draw_line(s, e, p, signal) && draw_discs(s, e, p, signal) && draw_number(s, event) &&
           nc_seq_draw_text_on(s, text, p, anchor, NC_PAINT(SIGNAL_TEXT), NC_PART_MESSAGE_TEXT) &&
           nc_scene_close(s->scene);
}

/* A sheet with its upper right corner folded. */
static bool draw_sheet(nc_seq_sketch *s, nc_lay_rect r)
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

static bool note_label(nc_seq_sketch *s, nc_sv *out, const nc_seq_event *e)
{
    static const char *const where[] = {"left of", "right of", "over"};
    nc_sv from;
    nc_sv to = {0};
    nc_sv text;
    if (!nc_seq_actor_name(s, &from, e->from) || !nc_text_plain(&text, s->scene->arena, &e->text) ||
        (e->to != e->from && !nc_seq_actor_name(s, &to, e->to)))
        return false;
    return nc_arena_printf(out, s->scene->arena, "Note %s %.*s%s%.*s: %.*s", where[e->placement],
                           (int)from.len, from.ptr, to.len ? " and " : "", (int)to.len,
                           to.len ? to.ptr : "", (int)text.len, text.len ? text.ptr : "");
}

bool nc_seq_draw_note(nc_seq_sketch *s, uint32_t event)
{
    const nc_seq_event *e = &s->seq->events.ptr[event];
    nc_lay_rect at = nc_seq_place_of(s, event)->box;
    double pad = s->placed->note_pad;
    nc_lay_rect inner = {at.x + pad, at.y, at.w - 2 * pad, at.h};
    nc_group group = {.role = NC_ROLE_NOTE};
    return note_label(s, &group.label, e) && nc_scene_open(s->scene, &group) && draw_sheet(s, at) &&
           nc_seq_draw_text(s, s->placed->events[event].text, inner, s->placed->note_align,
                            NC_PAINT(NOTE_TEXT), NC_PART_NONE) &&
           nc_scene_close(s->scene);
}
