/*
 * True outlines: where ports may lie behind the side of a box, and where an edge meets the shape.
 *
 * Source:  elementary; a ray against the pieces of a closed polygon.
 */
#include "layout/levels.h"

#include <math.h>

enum { SAMPLES = 48 };

/* Distance from the side of the box to the outline, at t along that side; negative: no outline. */
static double depth_at(const nc_lay_node *n, nc_side side, double t)
{
    bool upright = side == NC_TOP || side == NC_BOTTOM;
    double best = -1;
    for (uint32_t i = 0; i < n->outline_len; i++) {
        nc_lay_point a = n->outline[i], b = n->outline[i + 1 == n->outline_len ? 0 : i + 1];
        double a0 = upright ? a.x : a.y, b0 = upright ? b.x : b.y;
        double a1 = upright ? a.y : a.x, b1 = upright ? b.y : b.x;
        if ((a0 < t && b0 < t) || (a0 > t && b0 > t))
            continue;
        double lo = a1, hi = b1;
        if (a0 < b0 || b0 < a0)
            lo = hi = a1 + (b1 - a1) * (t - a0) / (b0 - a0);
        double near = side == NC_TOP || side == NC_LEFT ? fmin(lo, hi)
                                                        : (upright ? n->h : n->w) - fmax(lo, hi);
        if (best < 0 || near < best)
            best = fmax(near, 0);
    }
    return best;
}

void nc_port_range(const nc_drawing *d, uint32_t node, nc_side side, nc_len *lo, nc_len *hi)
{
    const nc_lay_node *n = &d->in->nodes[node];
    bool upright = side == NC_TOP || side == NC_BOTTOM;
    double length = upright ? n->w : n->h, across = upright ? n->h : n->w;
    if (n->outline_len < 3)
        return;
    double least = HUGE_VAL;
    for (int i = 0; i <= SAMPLES; i++) {
        double depth = depth_at(n, side, length * i / SAMPLES);
        if (depth >= 0 && depth < least)
            least = depth;
    }
    /* The longest stretch whose depth is not much more than the least one. */
    double most = least + across / 5;
    int best_from = SAMPLES / 2, best_to = SAMPLES / 2 - 1, from = 0;
    for (int i = 0; i <= SAMPLES + 1; i++) {
        double depth = i <= SAMPLES ? depth_at(n, side, length * i / SAMPLES) : -1;
        if (depth >= 0 && depth <= most)
            continue;
        if (i - 1 - from > best_to - best_from) {
            best_from = from;
            best_to = i - 1;
        }
        from = i + 1;
    }
    nc_len a = nc_to_len(d, length * best_from / SAMPLES);
    nc_len b = (nc_len)floor(length * best_to / SAMPLES * d->scale);
    if (best_from == 0)
        a = *lo;
    if (best_to == SAMPLES)
        b = *hi;
    if (a <= b) {
        *lo = a;
        *hi = b;
    }
}

nc_lay_point nc_clip_end(const nc_lay_node *n, nc_lay_rect box, nc_lay_point from, nc_lay_point end)
{
    if (n->outline_len < 3)
        return end;
    bool upright = end.x == from.x;
    double sign = upright ? (end.y > from.y ? 1 : -1) : (end.x > from.x ? 1 : -1);
    nc_side side = upright ? (sign > 0 ? NC_TOP : NC_BOTTOM) : (sign > 0 ? NC_LEFT : NC_RIGHT);
    double depth = depth_at(n, side, upright ? end.x - box.x : end.y - box.y);
    if (depth < 0)
        return end;
    if (upright)
        end.y = (sign > 0 ? box.y : box.y + n->h) + sign * depth;
    else
        end.x = (sign > 0 ? box.x : box.x + n->w) + sign * depth;
    return end;
}
