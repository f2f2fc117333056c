/* What texts and lines of a sequence diagram stand on, and the ink that is legible there. */
#include "compose/sequence_sketch.h"

#include <math.h>

/* Author's colours at least this opaque decide which ink is legible on them. */
enum { OPAQUE_ENOUGH = 128 };

/* Grounds inside grounds: deeper than this only the innermost are looked at. */
enum { GROUNDS = 8 };

/* Boxes under one line: only so many are looked at, from its left end. */
enum { PIECES = 64 };

static nc_paint tint_paint(const nc_seq_tint *tint, nc_paint otherwise)
{
    return tint->given ? (nc_paint){.color = tint->color} : otherwise;
}

nc_paint nc_seq_box_paint(const nc_seq_sketch *s, uint32_t box)
{
    return tint_paint(&s->placed->box_tints[box], NC_PAINT(BOX_FILL));
}

nc_paint nc_seq_ground_paint(const nc_seq_sketch *s, uint32_t event)
{
    return tint_paint(&s->placed->events[event].tint, NC_PAINT(RECT_FILL));
}

static bool box_holds(const nc_seq_sketch *s, uint32_t box, double x, double w)
{
    if (box == NC_NONE)
        return false;
    const nc_lay_rect *f = &s->placed->lay.boxes[box].frame;
    return x >= f->x && x + w <= f->x + f->w;
}

/* The first column at or right of x; their number when there is none. */
static uint32_t column_at(const nc_seq_sketch *s, double x)
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
static uint32_t box_around(const nc_seq_sketch *s, double x, double w)
{
    uint32_t k = column_at(s, x);
    if (k > 0 && box_holds(s, s->placed->boxes[k - 1], x, w))
        return s->placed->boxes[k - 1];
    if (k < s->placed->column_len && box_holds(s, s->placed->boxes[k], x, w))
        return s->placed->boxes[k];
    return NC_NONE;
}

/* x .. end cut at the frames of boxes: where the piece that begins at x ends. *box is its box. */
static double piece_end(const nc_seq_sketch *s, double x, double end, uint32_t *box)
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

static uint32_t first_ground(const nc_seq_sketch *s)
{
    return s->grounds.len > GROUNDS ? s->grounds.len - GROUNDS : 0;
}

nc_rgba nc_seq_author_ground(const nc_seq_sketch *s, uint32_t box)
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

nc_paint nc_seq_ink_for(nc_rgba ground, nc_paint usual)
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

nc_paint nc_seq_ink_on(const nc_seq_sketch *s, double x, double w, nc_paint usual, bool *plate)
{
    uint32_t box;
    double at = piece_end(s, x, x + w, &box);
    nc_paint ink = nc_seq_ink_for(nc_seq_author_ground(s, box), usual);
    *plate = false;
    for (uint32_t pieces = 1; at < x + w && pieces < PIECES; pieces++) {
        at = piece_end(s, at, x + w, &box);
        if (!same_paint(ink, nc_seq_ink_for(nc_seq_author_ground(s, box), usual))) {
            *plate = true;
            return usual;
        }
    }
    return ink;
}

bool nc_seq_middle_ink(const nc_seq_sketch *s, double x, double w, nc_paint *ink)
{
    static const nc_rgba grey = {0x76, 0x76, 0x76, 255}; /* 3:1 on both light and dark pages */
    uint32_t box;
    double at = x;
    for (uint32_t pieces = 0; at < x + w; pieces++) {
        if (pieces == PIECES)
            return false;
        at = piece_end(s, at, x + w, &box);
        nc_rgba ground = nc_seq_author_ground(s, box);
        ground.a = ground.a > 0 ? 255 : 0;
        if (ground.a > 0 && nc_color_contrast(grey, ground) < 3)
            return false;
    }
    *ink = (nc_paint){.color = grey};
    return true;
}

static bool covers(nc_paint paint)
{
    return paint.token != NC_TOKEN_NONE || paint.color.a == 255;
}

bool nc_seq_draw_layer(nc_seq_sketch *s, nc_lay_rect r, nc_paint paint, double radius)
{
    nc_shape shape = nc_seq_rect_shape(r, paint);
    shape.part = NC_PART_GROUND;
    shape.radius = radius;
    return nc_paint_is_none(paint) || nc_scene_shape(s->scene, &shape);
}

/* The page and the boxes under r. */
static bool draw_places(nc_seq_sketch *s, nc_lay_rect r)
{
    uint32_t box = box_around(s, r.x, r.w);
    if (box != NC_NONE && covers(nc_seq_box_paint(s, box)))
        return nc_seq_draw_layer(s, r, nc_seq_box_paint(s, box), 3);
    if (!nc_seq_draw_layer(s, r, NC_PAINT(GROUND), 3))
        return false;
    for (double x = r.x; x < r.x + r.w;) {
        double end = piece_end(s, x, r.x + r.w, &box);
        nc_lay_rect piece = {x, r.y, end - x, r.h};
        if (box != NC_NONE && !nc_seq_draw_layer(s, piece, nc_seq_box_paint(s, box), 0))
            return false;
        x = end;
    }
    return true;
}

bool nc_seq_draw_ground(nc_seq_sketch *s, nc_lay_rect r, bool plate)
{
    uint32_t from = first_ground(s);
    bool covered = false;
    if (plate)
        return nc_seq_draw_layer(s, r, NC_PAINT(GROUND), 3);
    for (uint32_t i = from; i < s->grounds.len; i++) {
        if (covers(nc_seq_ground_paint(s, s->grounds.ptr[i]))) {
            from = i;
            covered = true;
        }
    }
    if (!covered && !draw_places(s, r))
        return false;
    for (uint32_t i = from; i < s->grounds.len; i++)
        if (!nc_seq_draw_layer(s, r, nc_seq_ground_paint(s, s->grounds.ptr[i]), 3))
            return false;
    return true;
}

bool nc_seq_draw_text(nc_seq_sketch *s, const nc_text *text, nc_lay_rect at, nc_anchor anchor,
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

bool nc_seq_draw_text_on(nc_seq_sketch *s, const nc_text *text, const nc_lay_seq_place *p,
                         nc_anchor anchor, nc_paint usual, nc_part part)
{
    bool plate;
    if (!text || text->len == 0)
        return true;
    double air = (p->box.h - text->h) / 2;
    nc_lay_rect r = {p->box.x - 3, p->box.y + air, p->box.w + 6, text->h};
    nc_paint ink = nc_seq_ink_on(s, r.x, r.w, usual, &plate);
    if ((p->ground || plate) && !nc_seq_draw_ground(s, r, plate))
        return false;
    return nc_seq_draw_text(s, text, p->box, anchor, ink, part);
}
