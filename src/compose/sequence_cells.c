/*
 * A sequence diagram in the cells of a terminal: distances for the engine, and what it placed as
 * the cell scene. Texts, notes and headers take the cells x .. x + w - 1; lines, lifelines and
 * frames run through the middles of the cells that they name.
 */
#include "compose/sequence_placer.h"
#include "compose/sequence_sketch.h"

enum { FIGURE_H = 3 }; /* a stick figure's rows */

static double wrap_of(const nc_cell_style *cells, double px)
{
    return fmax(14, floor(px / cells->px));
}

void nc_seq_set_cells(nc_seq_placer *p)
{
    const nc_cell_style *cells = p->draw->cells;
    const double near = cells->tight > 1 ? 1 : 2;
    p->lay.spacing = (nc_lay_seq_spacing){
        .title = 1,
        .column = cells->tight > 2 ? 1
                  : cells->tight   ? 2
                                   : 4,
        .lane = near,
        .text = 1,
        .text_line = 0,
        .text_loop = 1,
        .row = 1,
        .step = 2,
        .ends = 0,
        .bar = 0,
        .bar_shift = 1,
        .bar_min = 1,
        .loop_w = 4,
        .loop_h = 1,
        .number = 1,
        .note = 2,
        .note_over = 2,
        .fragment = 2,
        .label = 1,
        .section = 0,
        .box_pad = 2,
        .box_gap = 2,
        .cross = 1,
    };
    p->sizes = (nc_seq_sizes){
        .label_wrap = wrap_of(cells, 200),
        .message_wrap = wrap_of(cells, 280),
        .note_wrap = wrap_of(cells, 240),
        .number_w = 1,
        .number_h = 1,
        .head = 2,
        .central = 1,
        .text_w = 1,
        .tab_pad = 2,
        .tab_h = 1,
        .note_w = 5,
        .note_pad_y = 1,
    };
    p->placed->note_pad = 2;
    p->wrap = wrap_of(cells, p->wrap);
}

/* Kinds without a figure of their own say what they are, as UML's stereotypes do. */
static const char *const stereotypes[] = {
    [NC_SEQ_BOUNDARY] = "boundary",       [NC_SEQ_CONTROL] = "control", [NC_SEQ_ENTITY] = "entity",
    [NC_SEQ_COLLECTIONS] = "collections", [NC_SEQ_QUEUE] = "queue",
};

static const char *stereotype_of(nc_seq_kind kind)
{
    return (size_t)kind < NC_COUNT(stereotypes) ? stereotypes[kind] : NULL;
}

void nc_seq_header_cells(nc_lay_seq_participant *out, const nc_seq_placer *p, nc_seq_kind kind,
                         double label_w, double label_h)
{
    const char *word = stereotype_of(kind);
    const double words = word ? (double)strlen(word) + 4 : 0;
    out->w = nc_seq_whole(p, fmax(fmax(label_w, words), 3) + (kind == NC_SEQ_ACTOR ? 0 : 4));
    out->h = fmax(label_h, 1) + (kind == NC_SEQ_ACTOR ? FIGURE_H : 2) + (word ? 1 : 0) +
             (kind == NC_SEQ_DATABASE ? 1 : 0);
    out->port_w = out->port_y = 0;
}

/* ---- drawing ------------------------------------------------------------------------------- */

typedef struct cell_sketch {
    nc_seq_sketch base; /* without a scene: what the drawing in px looks up */
    nc_cells *cells;
} cell_sketch;

static int32_t whole(double v)
{
    return (int32_t)floor(v);
}

static bool put_box(cell_sketch *s, nc_lay_rect r, nc_cell_border border, bool opaque)
{
    const nc_cell_item box = {.kind = NC_CELL_BOX,
                              .x = whole(r.x),
                              .y = whole(r.y),
                              .w = whole(r.w),
                              .h = whole(r.h),
                              .border = border,
                              .opaque = opaque};
    return nc_cells_add(s->cells, &box);
}

/* A frame's lines run through the cells at both of its ends. */
static bool put_frame(cell_sketch *s, nc_lay_rect r, nc_cell_border border)
{
    r.w += 1;
    r.h += 1;
    return put_box(s, r, border, false);
}

static bool put_text(cell_sketch *s, const nc_text *text, nc_lay_rect r, nc_anchor anchor)
{
    static const int anchors[] = {
        [NC_ANCHOR_START] = -1, [NC_ANCHOR_MIDDLE] = 0, [NC_ANCHOR_END] = 1};
    const double above = text ? floor((r.h - text->h) / 2) : 0;
    return nc_cells_text(s->cells, text, whole(r.x), whole(r.y + above), whole(r.w),
                         anchors[anchor], true);
}

static bool put_words(cell_sketch *s, nc_sv words, nc_lay_rect r)
{
    const nc_label label = {.text = words, .markup = NC_MARKUP_PLAIN};
    const nc_text_style style = {.face = NC_FACE_REGULAR};
    const nc_text *text;
    return nc_text_measure(&text, s->base.draw->measure, &label, &style) &&
           put_text(s, text, r, NC_ANCHOR_MIDDLE);
}

static bool put_sign(cell_sketch *s, double x, double y, nc_cell_mark mark)
{
    const nc_cell_item sign = {.kind = NC_CELL_SIGN, .x = whole(x), .y = whole(y), .mark = mark};
    return nc_cells_add(s->cells, &sign);
}

static bool put_upright(cell_sketch *s, double x, double top, double bottom, nc_cell_stroke stroke)
{
    const nc_cell_point a = {whole(x), whole(top)};
    const nc_cell_point b = {whole(x), whole(bottom)};
    return b.y <= a.y || nc_cells_line(s->cells, a, b, stroke);
}

static bool draw_lives(cell_sketch *s)
{
    const nc_lay_seq_result *lay = &s->base.placed->lay;
    for (uint32_t i = 0; i < s->base.placed->column_len; i++)
        if (!put_upright(s, lay->columns[i].x, lay->columns[i].top - 1, lay->columns[i].bottom,
                         NC_CELL_LIGHT))
            return false;
    for (uint32_t i = 0; i < lay->bar_len; i++) {
        const nc_lay_rect r = lay->bars[i].rect;
        if (!put_upright(s, r.x, r.y, r.y + r.h, NC_CELL_HEAVY))
            return false;
    }
    return true;
}

static bool draw_crosses(cell_sketch *s)
{
    const nc_lay_seq_result *lay = &s->base.placed->lay;
    for (uint32_t i = 0; i < s->base.placed->column_len; i++)
        if (lay->columns[i].destroyed &&
            !put_sign(s, lay->columns[i].x, lay->columns[i].bottom, NC_MARK_CROSS))
            return false;
    return true;
}

/* A head, arms and legs in three rows. */
static bool draw_figure(cell_sketch *s, nc_lay_rect at)
{
    static const char *const rows[FIGURE_H] = {"o", "/|\\", "/ \\"};
    for (uint32_t i = 0; i < FIGURE_H; i++) {
        const nc_lay_rect row = {at.x, at.y + i, at.w, 1};
        if (!put_words(s, nc_sv_cstr(rows[i]), row))
            return false;
    }
    return true;
}

static bool draw_header(cell_sketch *s, uint32_t column, nc_lay_rect at)
{
    const nc_lay_seq_column *c = &s->base.placed->lay.columns[column];
    const uint32_t actor = s->base.placed->actors[column];
    const nc_seq_kind kind = s->base.seq->actors.ptr[actor].kind;
    const nc_text *label = s->base.placed->headers[actor].label;
    const char *word = stereotype_of(kind);
    at.x = c->x - (at.w - 1) / 2;
    nc_lay_rect inner = {at.x, at.y + 1, at.w, at.h - 2};
    if (kind == NC_SEQ_ACTOR) {
        inner = (nc_lay_rect){at.x, at.y + FIGURE_H, at.w, at.h - FIGURE_H};
        if (!put_box(s, at, NC_BORDER_NONE, true) || !draw_figure(s, at))
            return false;
    } else if (!put_box(s, at, kind == NC_SEQ_DATABASE ? NC_BORDER_CYLINDER : NC_BORDER_SHARP,
                        true)) {
        return false;
    }
    if (kind == NC_SEQ_DATABASE || word) {
        const nc_lay_rect first = {inner.x, inner.y, inner.w, 1};
        nc_sv words;
        if (word && (!nc_arena_printf(&words, s->cells->arena, "<<%s>>", word) ||
                     !put_words(s, words, first)))
            return false;
        inner.y += 1;
        inner.h -= 1;
    }
    return put_text(s, label, inner, NC_ANCHOR_MIDDLE);
}

static bool draw_headers(cell_sketch *s)
{
    const nc_lay_seq_result *lay = &s->base.placed->lay;
    for (uint32_t i = 0; i < s->base.placed->column_len; i++) {
        const nc_lay_seq_column *c = &lay->columns[i];
        if (!draw_header(s, i, c->head) || (c->foot.w > 0 && !draw_header(s, i, c->foot)))
            return false;
        for (uint32_t r = 0; r < lay->repeat_len; r++) {
            nc_lay_rect at = c->head;
            at.y = lay->repeats[r] + lay->repeat_h - at.h;
            if (at.y >= c->top && at.y + at.h <= c->bottom && !draw_header(s, i, at))
                return false;
        }
    }
    return true;
}

static bool draw_boxes(cell_sketch *s)
{
    for (uint32_t b = 0; b < s->base.seq->boxes.len; b++) {
        const nc_lay_seq_frame *frame = &s->base.placed->lay.boxes[b];
        nc_lay_rect title = frame->title;
        title.y += 1; /* below the frame's line */
        title.h -= 1;
        if (frame->frame.w > 0 &&
            (!put_frame(s, frame->frame, NC_BORDER_DASHED) ||
             !put_text(s, s->base.placed->box_titles[b], title, NC_ANCHOR_MIDDLE)))
            return false;
    }
    return true;
}

static nc_cell_head head_of(nc_seq_head head)
{
    static const nc_cell_head heads[] = {
        [NC_SEQ_HEAD_NONE] = NC_CELL_NO_HEAD,
        [NC_SEQ_HEAD_ARROW] = NC_CELL_POINT,
        [NC_SEQ_HEAD_CROSS] = NC_CELL_CROSS,
        [NC_SEQ_HEAD_OPEN] = NC_CELL_OPEN,
        [NC_SEQ_HEAD_HALF_TOP] = NC_CELL_HALF_TOP,
        [NC_SEQ_HEAD_HALF_BOTTOM] = NC_CELL_HALF_BOTTOM,
        [NC_SEQ_HEAD_STICK_TOP] = NC_CELL_HALF_TOP,
        [NC_SEQ_HEAD_STICK_BOTTOM] = NC_CELL_HALF_BOTTOM,
    };
    static_assert(NC_COUNT(heads) == NC_SEQ_HEAD_COUNT, "a head has no row");
    return heads[head];
}

static bool draw_line(cell_sketch *s, const nc_seq_event *e, const nc_lay_seq_place *p)
{
    const bool loop = e->from == e->to;
    nc_cell_point *points = NC_NEW(s->cells->arena, nc_cell_point, 4);
    if (!points)
        return false;
    uint32_t len = 0;
    points[len++] = (nc_cell_point){whole(p->x1), whole(p->y1)};
    if (loop) {
        points[len++] = (nc_cell_point){whole(p->far), whole(p->y1)};
        points[len++] = (nc_cell_point){whole(p->far), whole(p->y2)};
    }
    points[len++] = (nc_cell_point){whole(p->x2), whole(p->y2)};
    const nc_cell_item wire = {.kind = NC_CELL_WIRE,
                               .stroke = e->dotted ? NC_CELL_DOTTED : NC_CELL_LIGHT,
                               .tail = head_of(e->tail),
                               .head = head_of(e->head),
                               .points = points,
                               .len = len};
    return nc_cells_add(s->cells, &wire);
}

/* The room of a text begins a cell after its box. */
static nc_lay_rect room_of(nc_lay_rect box)
{
    return (nc_lay_rect){box.x + 1, box.y, box.w - 1, box.h};
}

static bool draw_message(cell_sketch *s, uint32_t event)
{
    const nc_seq_event *e = &s->base.seq->events.ptr[event];
    const nc_seq_placed_event *placed = &s->base.placed->events[event];
    const nc_lay_seq_place *p = nc_seq_place_of(&s->base, event);
    const bool from = e->central == NC_SEQ_CENTRAL_FROM || e->central == NC_SEQ_CENTRAL_BOTH;
    const bool to = e->central == NC_SEQ_CENTRAL_TO || e->central == NC_SEQ_CENTRAL_BOTH;
    const nc_anchor anchor = e->from == e->to ? NC_ANCHOR_START : s->base.placed->message_align;
    const nc_lay_seq_column *columns = s->base.placed->lay.columns;
    return draw_line(s, e, p) &&
           (!from ||
            put_sign(s, columns[s->base.placed->columns[e->from]].x, p->y1, NC_MARK_RING)) &&
           (!to || put_sign(s, columns[s->base.placed->columns[e->to]].x, p->y2, NC_MARK_RING)) &&
           put_text(s, placed->number, p->number, NC_ANCHOR_MIDDLE) &&
           put_text(s, placed->text, room_of(p->box), anchor);
}

static bool draw_note(cell_sketch *s, uint32_t event)
{
    const nc_lay_rect at = nc_seq_place_of(&s->base, event)->box;
    const nc_lay_rect inner = {at.x + 2, at.y + 1, at.w - 4, at.h - 2};
    return put_box(s, at, NC_BORDER_NOTE, true) &&
           put_text(s, s->base.placed->events[event].text, inner, s->base.placed->note_align);
}

static bool draw_label(cell_sketch *s, uint32_t event)
{
    const nc_text *text = s->base.placed->events[event].text;
    nc_lay_rect at = room_of(nc_seq_place_of(&s->base, event)->box);
    if (!text || text->len == 0)
        return true;
    at.y += 1; /* below the line of the frame or section */
    at.h = text->h;
    return put_text(s, text, at, NC_ANCHOR_START);
}

static bool draw_section(cell_sketch *s, uint32_t event)
{
    const nc_lay_seq_place *p = nc_seq_place_of(&s->base, event);
    nc_cell_point *points = NC_NEW(s->cells->arena, nc_cell_point, 2);
    if (!points)
        return false;
    points[0] = (nc_cell_point){whole(p->x1), whole(p->y1)};
    points[1] = (nc_cell_point){whole(p->x2), whole(p->y1)};
    const nc_cell_item line = {
        .kind = NC_CELL_WIRE, .stroke = NC_CELL_DOTTED, .points = points, .len = 2};
    return nc_cells_add(s->cells, &line);
}

static bool draw_fragment(cell_sketch *s, uint32_t event)
{
    const uint32_t index = nc_seq_place_of(&s->base, event)->index;
    const nc_lay_seq_fragment *f = &s->base.placed->lay.fragments[index];
    const bool ground = s->base.seq->events.ptr[event].fragment == NC_SEQ_RECT;
    return put_frame(s, f->frame, ground ? NC_BORDER_DASHED : NC_BORDER_SHARP);
}

static bool draw_tab(cell_sketch *s, uint32_t event)
{
    const uint32_t index = nc_seq_place_of(&s->base, event)->index;
    const nc_lay_rect tab = s->base.placed->lay.fragments[index].tab;
    const nc_text *kind = s->base.placed->events[event].kind;
    const nc_lay_rect at = {tab.x + 2, tab.y + 1, kind ? kind->w : 0, 1};
    return put_text(s, kind, at, NC_ANCHOR_START);
}

/* Lines first, texts over them. */
static bool draw_event(cell_sketch *s, uint32_t event, bool lines)
{
    if (s->base.placed->events[event].index == NC_NONE)
        return true;
    switch (s->base.seq->events.ptr[event].type) {
    case NC_SEQ_START:
        return lines ? draw_fragment(s, event) : draw_tab(s, event) && draw_label(s, event);
    case NC_SEQ_SECTION:
        return lines ? draw_section(s, event) : draw_label(s, event);
    case NC_SEQ_MESSAGE:
        return lines || draw_message(s, event);
    case NC_SEQ_NOTE:
        return lines || draw_note(s, event);
    case NC_SEQ_END:
    case NC_SEQ_ACTIVATE:
    case NC_SEQ_DEACTIVATE:
    case NC_SEQ_AUTONUMBER:
    case NC_SEQ_CREATE:
    case NC_SEQ_DESTROY:
        break;
    }
    return true;
}

static bool draw_events(cell_sketch *s, bool lines)
{
    for (uint32_t i = 0; i < s->base.seq->events.len; i++)
        if (!draw_event(s, i, lines))
            return false;
    return true;
}

bool nc_cells_sequence(nc_cells *out, nc_draw *draw, const nc_sequence *seq,
                       const nc_placed_sequence *placed)
{
    cell_sketch s = {.base = {.draw = draw, .seq = seq, .placed = placed}, .cells = out};
    out->w = whole(placed->lay.w) + 1;
    out->h = whole(placed->lay.h) + 1;
    return put_text(&s, placed->title, placed->lay.title, NC_ANCHOR_START) && draw_boxes(&s) &&
           draw_lives(&s) && draw_events(&s, true) && draw_headers(&s) && draw_events(&s, false) &&
           draw_crosses(&s);
}
