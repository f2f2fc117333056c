/*
 * Routes as drawn lines.
 *
 * A rounded corner is a quarter circle, as a cubic with the usual factor 0.5523. A spline is a
 * chain of quadratic arcs, each at most from middle to middle of two pieces and as wide as its
 * distance from the route allows, hence inside the route's own free space; its first and last
 * halves stay straight, so that heads meet their outlines squarely.
 *
 * Source:  the end points and tangents of uniform quadratic B-splines (de Boor 1978), by
 *          elementary geometry.
 */
#include "layout/layout.h"

#include <math.h>

#define ARC 0.5522847498

size_t nc_lay_segment_max(uint32_t len)
{
    return (size_t)len * 2 + 1;
}

static nc_lay_point between(nc_lay_point a, nc_lay_point b, double t)
{
    return (nc_lay_point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

static double distance(nc_lay_point a, nc_lay_point b)
{
    return hypot(b.x - a.x, b.y - a.y);
}

static void line_to(nc_lay_segment *out, size_t *n, nc_lay_point p)
{
    const nc_lay_segment *last = &out[*n - 1];
    nc_lay_point at = last->p[last->verb == NC_LAY_CUBIC ? 2 : 0];
    if (at.x == p.x && at.y == p.y)
        return;
    out[(*n)++] = (nc_lay_segment){.verb = NC_LAY_LINE, .p = {p}};
}

static void round_corner(nc_lay_segment *out, size_t *n, const nc_lay_point *p, double radius,
                         bool first, bool last)
{
    /* A piece between two corners is shared by them; one at an end belongs to its only corner. */
    double a = distance(p[0], p[1]), b = distance(p[1], p[2]);
    double r = fmin(radius, fmin(first ? a : a / 2, last ? b : b / 2));
    if (!(r > 0)) {
        line_to(out, n, p[1]);
        return;
    }
    nc_lay_point start = between(p[1], p[0], r / a), end = between(p[1], p[2], r / b);
    line_to(out, n, start);
    out[(*n)++] = (nc_lay_segment){.verb = NC_LAY_CUBIC,
                                   .p = {between(start, p[1], ARC), between(end, p[1], ARC), end}};
}

/*
 * The arms of an arc that keeps within `most` of its route, at most a and b. An arc with arms a and b
 * departs from both by a b / (sqrt a + sqrt b)^2: with a short arm, the other may be long.
 */
static void fit_arms(double *a, double *b, double most)
{
    double *const small = *a < *b ? a : b, *const large = *a < *b ? b : a;
    *small = fmin(*small, 4 * most);
    const double left = 1 / sqrt(most) - 1 / sqrt(*small);
    if (left > 0)
        *large = fmin(*large, 1 / (left * left));
}

static void bend_corner(nc_lay_segment *out, size_t *n, const nc_lay_point *p, double most)
{
    const double before = distance(p[0], p[1]), after = distance(p[1], p[2]);
    double a = before / 2, b = after / 2;
    if (!(fmin(a, b) > 0 && most > 0)) {
        line_to(out, n, p[1]);
        return;
    }
    fit_arms(&a, &b, most);
    nc_lay_point start = between(p[1], p[0], a / before), end = between(p[1], p[2], b / after);
    line_to(out, n, start);
    out[(*n)++] =
        (nc_lay_segment){.verb = NC_LAY_CUBIC,
                         .p = {between(start, p[1], 2.0 / 3), between(end, p[1], 2.0 / 3), end}};
}

size_t nc_lay_draw(nc_lay_segment *out, const nc_lay_point *points, uint32_t len,
                   nc_lay_curve curve, double radius)
{
    size_t n = 0;
    if (len == 0)
        return 0;
    out[n++] = (nc_lay_segment){.verb = NC_LAY_MOVE, .p = {points[0]}};
    for (uint32_t i = 1; i + 1 < len; i++) {
        switch (curve) {
        case NC_LAY_CURVE_STRAIGHT:
            line_to(out, &n, points[i]);
            break;
        case NC_LAY_CURVE_ROUNDED:
            round_corner(out, &n, points + i - 1, radius, i == 1, i + 2 == len);
            break;
        case NC_LAY_CURVE_SPLINE:
            bend_corner(out, &n, points + i - 1, radius);
            break;
        }
    }
    if (len > 1)
        line_to(out, &n, points[len - 1]);
    return n;
}
