#include "scene/path.h"

/* Control points of a quarter circle lie this far along its radii: error below 0.03 %. */
static const double KAPPA = 0.5522847498;

void nc_path_init(nc_path_builder *b, nc_arena *arena)
{
    *b = (nc_path_builder){.arena = arena};
}

static void add(nc_path_builder *b, nc_verb verb, const nc_point *points, uint32_t len)
{
    if (b->failed)
        return;
    b->failed = !NC_PUSH(b->arena, &b->verbs, verb) || !NC_FIT(b->arena, &b->points, len);
    for (uint32_t i = 0; i < len && !b->failed; i++)
        b->points.ptr[b->points.len++] = points[i];
}

void nc_path_move(nc_path_builder *b, double x, double y)
{
    add(b, NC_MOVE, &(nc_point){x, y}, 1);
}

void nc_path_line(nc_path_builder *b, double x, double y)
{
    add(b, NC_LINE, &(nc_point){x, y}, 1);
}

void nc_path_cubic(nc_path_builder *b, double x1, double y1, double x2, double y2, double x,
                   double y)
{
    const nc_point points[] = {{x1, y1}, {x2, y2}, {x, y}};
    add(b, NC_CUBIC, points, 3);
}

void nc_path_close(nc_path_builder *b)
{
    add(b, NC_CLOSE, NULL, 0);
}

void nc_path_quarter(nc_path_builder *b, double x, double y, bool horizontal_first)
{
    if (b->failed || b->points.len == 0)
        return;
    nc_point from = b->points.ptr[b->points.len - 1];
    double dx = (x - from.x) * KAPPA;
    double dy = (y - from.y) * KAPPA;
    if (horizontal_first)
        nc_path_cubic(b, from.x + dx, from.y, x, y - dy, x, y);
    else
        nc_path_cubic(b, from.x, from.y + dy, x - dx, y, x, y);
}

bool nc_path_take(nc_path *out, nc_path_builder *b)
{
    if (b->failed) {
        *out = (nc_path){0};
        return false;
    }
    *out = (nc_path){b->verbs.ptr, b->points.ptr, b->verbs.len, b->points.len};
    return true;
}
