#include "compose/table.h"

#include <math.h>

enum { COLUMN_GAP = 12, ROW_GAP = 1, RULE_GAP = 3, LEAST_COLUMN = 40 };

static bool measure(nc_table *t, nc_draw *draw, const nc_sv *cells, uint32_t len,
                    const nc_text_style *style, double widest)
{
    for (uint32_t i = 0; i < t->rows * t->columns; i++) {
        const nc_label label = {.text = i < len ? cells[i] : (nc_sv){0}, .markup = NC_MARKUP_PLAIN};
        nc_text_style own = *style;
        own.max_width = widest;
        if (t->header && i < t->columns)
            own.face = NC_FACE_SEMIBOLD;
        if (!nc_text_measure(&t->cells[i], draw->measure, &label, &own))
            return false;
    }
    return true;
}

static double column_width(const nc_table *t, uint32_t column)
{
    double w = 0;
    for (uint32_t row = 0; row < t->rows; row++)
        w = fmax(w, ceil(t->cells[row * t->columns + column]->w));
    return w;
}

/* The width at which columns are cut so that all of them together take no more than `room`. */
static double share(const nc_table *t, double room)
{
    double cut = room;
    double left = room;
    uint32_t wide = t->columns;
    for (uint32_t pass = 0; pass < t->columns && wide > 0; pass++) {
        cut = fmax(left / wide, LEAST_COLUMN);
        left = room;
        wide = 0;
        for (uint32_t c = 0; c < t->columns; c++) {
            const double w = column_width(t, c);
            if (w <= cut)
                left -= w;
            else
                wide++;
        }
    }
    return cut;
}

static void place(nc_table *t)
{
    double at = 0;
    for (uint32_t c = 0; c < t->columns; c++) {
        t->xs[c] = at;
        at += column_width(t, c) + COLUMN_GAP;
    }
    t->w = at - COLUMN_GAP;
    at = 0;
    for (uint32_t row = 0; row < t->rows; row++) {
        double h = 0;
        for (uint32_t c = 0; c < t->columns; c++)
            h = fmax(h, t->cells[row * t->columns + c]->h);
        t->ys[row] = at;
        at += h + (row == 0 && t->header ? 2 * RULE_GAP : ROW_GAP);
    }
    t->ys[t->rows] = t->h = at - ROW_GAP;
}

bool nc_table_make(nc_table **out, nc_draw *draw, const nc_sv *cells, uint32_t len,
                   uint32_t columns, bool header, const nc_text_style *style)
{
    assert(len > 0 && columns > 0);
    nc_table *t = *out = NC_NEW(draw->arena, nc_table, 1);
    if (!t)
        return false;
    t->columns = columns;
    t->rows = (len + columns - 1) / columns;
    t->header = header && t->rows > 1;
    t->cells = NC_NEW(draw->arena, const nc_text *, (size_t)t->rows *columns);
    t->xs = NC_NEW(draw->arena, double, columns);
    t->ys = NC_NEW(draw->arena, double, (size_t)t->rows + 1);
    if (!t->cells || !t->xs || !t->ys || !measure(t, draw, cells, len, style, 0))
        return false;
    place(t);
    if (style->max_width > 0 && t->w > style->max_width) {
        const double room = style->max_width - (columns - 1.0) * COLUMN_GAP;
        if (!measure(t, draw, cells, len, style, share(t, room)))
            return false;
        place(t);
    }
    return true;
}

bool nc_table_draw(nc_scene *scene, const nc_table *table, double x, double y, nc_paint ink)
{
    for (uint32_t i = 0; i < table->rows * table->columns; i++) {
        const nc_text_item item = {.text = table->cells[i],
                                   .x = x + table->xs[i % table->columns],
                                   .y = y + table->ys[i / table->columns],
                                   .anchor = NC_ANCHOR_START,
                                   .fill = ink};
        if (!nc_scene_text(scene, &item))
            return false;
    }
    if (!table->header)
        return true;
    const nc_shape rule = {.kind = NC_SHAPE_LINE,
                           .x = x,
                           .y = y + table->ys[1] - RULE_GAP,
                           .w = table->w,
                           .opacity = 0.6,
                           .stroke = {.paint = ink, .width = 1}};
    return nc_scene_shape(scene, &rule);
}
