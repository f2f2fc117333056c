#include "scene/cells.h"

bool nc_cells_add(nc_cells *cells, const nc_cell_item *item)
{
    return NC_PUSH(cells->arena, &cells->items, *item);
}

bool nc_cells_line(nc_cells *cells, nc_cell_point a, nc_cell_point b, nc_cell_stroke stroke)
{
    nc_cell_point *points = NC_NEW(cells->arena, nc_cell_point, 2);
    if (!points)
        return false;
    points[0] = a;
    points[1] = b;
    const nc_cell_item item = {.kind = NC_CELL_WIRE, .stroke = stroke, .points = points, .len = 2};
    return nc_cells_add(cells, &item);
}

bool nc_cells_text(nc_cells *cells, const nc_text *text, int32_t x, int32_t y, int32_t w,
                   int anchor, bool opaque)
{
    if (!text || text->len == 0)
        return true;
    const nc_cell_item item = {.kind = NC_CELL_TEXT,
                               .x = x,
                               .y = y,
                               .w = w,
                               .h = (int32_t)text->len,
                               .text = text,
                               .anchor = anchor,
                               .opaque = opaque};
    return nc_cells_add(cells, &item);
}
