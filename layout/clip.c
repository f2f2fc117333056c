/*
 * True outlines: where ports may lie behind the side of a box, and where an edge meets the shape.
 *
 * Source:  elementary; a ray against the pieces of a closed polygon.
 */
#include "layout/levels.h"

#include <math.h>

enum { SAMPLES = 48, MOSTLY = SAMPLES * 2 / 5, FLAT = 24 };

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

/* The longest run of samples whose depth is at most `most`; false: there is none. */
static bool longest_run(const double *depth, double most, int *from, int *to)
{
    int start = 0;
    *from = 0;
    *to = -1;
    for (int i = 0; i <= SAMPLES + 1; i++) {
        if (i <= SAMPLES && depth[i] >= 0 && depth[i] <= most)
            continue;
        if (i - 1 - start > *to - *from) {
            *from = start;
            *to = i - 1;
        }
        start = i + 1;
    }
    return *to >= *from;
}

/* From samples to lengths; a run that reaches the end of the side keeps what the box allows there. */
static void run_to_len(const nc_drawing *d, double length, int from, int to, nc_len *lo, nc_len *hi)
{
    nc_len a = nc_to_len(d, length * from / SAMPLES);
    nc_len b = (nc_len)floor(length * to / SAMPLES * d->scale);
    if (from == 0)
        a = *lo;
    if (to == SAMPLES)
        b = *hi;
    if (a <= b) {
        *lo = a;
        *hi = b;
    }
}

/* The caller's range; a range nearer to a corner than ports may ever be is none. */
static bool given_range(const nc_drawing *d, const nc_lay_node *n, nc_side side, nc_side_room *room)
{
    static const int sides[] = {[NC_TOP] = NC_LAY_TOP,
                                [NC_BOTTOM] = NC_LAY_BOTTOM,
                                [NC_LEFT] = NC_LAY_LEFT,
                                [NC_RIGHT] = NC_LAY_RIGHT};
    const nc_lay_range *range = &n->ports[sides[side]];
    nc_len from = nc_to_len(d, range->from), to = (nc_len)floor(range->to * d->scale);
    if (!(range->to > range->from) || from > to || from < room->least || to > room->most)
        return false;
    room->lo = from;
    room->hi = to;
    room->given = true;
    return true;
}

/*
 * A side that is straight for the most part (a cylinder on its side) takes ports there; else they
 * may lie a fifth of the node behind its box. Too many of them spread over a fifth, or over the
 * whole outline.
 */
void nc_port_range(const nc_drawing *d, uint32_t node, nc_side side, nc_side_room *room)
{
    const nc_lay_node *n = &d->in->nodes[node];
    bool upright = side == NC_TOP || side == NC_BOTTOM;
    double length = upright ? n->w : n->h, across = upright ? n->h : n->w, least = HUGE_VAL;
    double depth[SAMPLES + 1];
    int from, to, wide_from, wide_to;
    if (given_range(d, n, side, room) || n->outline_len < 3)
        return;
    for (int i = 0; i <= SAMPLES; i++) {
        depth[i] = depth_at(n, side, length * i / SAMPLES);
        if (depth[i] >= 0 && depth[i] < least)
            least = depth[i];
    }
    if (!longest_run(depth, least + across / 5, &wide_from, &wide_to))
        return;
    bool straight = longest_run(depth, least + across / FLAT, &from, &to) && to - from >= MOSTLY;
    nc_len corner = room->lo;
    if (straight) {
        run_to_len(d, length, from, to, &room->lo, &room->hi);
        run_to_len(d, length, wide_from, wide_to, &room->least, &room->most);
    } else {
        run_to_len(d, length, wide_from, wide_to, &room->lo, &room->hi);
        if (longest_run(depth, across, &from, &to))
            run_to_len(d, length, from, to, &room->least, &room->most);
        if (room->least < corner / 2)
            room->least = corner / 2;
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
