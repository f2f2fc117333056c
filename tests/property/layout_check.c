#include "layout_check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- graphs from a seed --- */

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)((*state >> 33) % below);
}

static nc_lay_end random_end(uint64_t *s, const nc_lay_graph *g)
{
    if (g->group_len && draw(s, 8) == 0)
        return (nc_lay_end){NC_LAY_END_GROUP, draw(s, g->group_len), draw(s, 3) ? 9 : 0};
    return (nc_lay_end){NC_LAY_END_NODE, draw(s, g->node_len), draw(s, 3) ? 9 : 0};
}

void make_random_graph(random_graph *out, uint64_t seed, const random_shape *shape)
{
    uint64_t s = seed * 0x9e3779b97f4a7c15u + 1;
    memset(out, 0, sizeof *out);
    nc_lay_graph *g = &out->graph;
    for (int i = 0; i < 8; i++)
        draw(&s, 2);
    g->dir = (nc_lay_dir)draw(&s, NC_LAY_DIR_COUNT);
    g->spacing = (nc_lay_spacing){.node = 32,
                                  .rank = 44,
                                  .edge_edge = 12,
                                  .edge_node = 14,
                                  .label = 8,
                                  .port = 10,
                                  .port_corner = 6,
                                  .loop = 20,
                                  .component = 40,
                                  .margin = 16};
    g->nodes = out->nodes;
    g->groups = out->groups;
    g->edges = out->edges;
    g->constraints = out->constraints;
    g->node_len = 1 + draw(&s, shape->nodes);
    g->group_len = shape->groups ? draw(&s, shape->groups + 1) : 0;
    g->edge_len = draw(&s, shape->edges + 1);
    g->constraint_len = shape->constraints ? draw(&s, shape->constraints + 1) : 0;
    for (uint32_t i = 0; i < g->node_len; i++)
        out->nodes[i] = (nc_lay_node){.w = 240 + draw(&s, 60),
                                      .h = 240 + draw(&s, 60),
                                      .group = g->group_len && draw(&s, 3) ? draw(&s, g->group_len)
                                                                           : NC_LAY_NONE};
    for (uint32_t i = 0; i < g->group_len; i++)
        out->groups[i] = (nc_lay_group){.parent = i && draw(&s, 2) ? draw(&s, i) : NC_LAY_NONE,
                                        .title_w = draw(&s, 4) ? 30 + draw(&s, 90) : 0,
                                        .title_h = 26,
                                        .pad = 16,
                                        .has_dir = shape->directions && draw(&s, 2),
                                        .dir = (nc_lay_dir)draw(&s, NC_LAY_DIR_COUNT)};
    for (uint32_t i = 0; i < g->edge_len; i++) {
        bool label = draw(&s, 3) == 0;
        out->edges[i] = (nc_lay_edge){.from = random_end(&s, g),
                                      .to = random_end(&s, g),
                                      .label_w = label ? 20 + draw(&s, 80) : 0,
                                      .label_h = label ? 18 + draw(&s, 20) : 0,
                                      .min_len = draw(&s, 6) ? 0 : draw(&s, 4),
                                      .hidden = draw(&s, 20) == 0};
    }
    for (uint32_t i = 0; i < g->constraint_len; i++)
        out->constraints[i] = (nc_lay_constraint){.rule = (nc_lay_rule)draw(&s, 4),
                                                  .a = random_end(&s, g),
                                                  .b = random_end(&s, g),
                                                  .distance = draw(&s, 3)};
}

/* --- what must hold --- */

static char text[256];

#define DEFECT(...) (snprintf(text, sizeof text, __VA_ARGS__), text)

static const double eps = 1e-6;

static bool overlap(nc_lay_rect a, nc_lay_rect b)
{
    return a.x + eps < b.x + b.w && b.x + eps < a.x + a.w && a.y + eps < b.y + b.h &&
           b.y + eps < a.y + a.h;
}

static bool inside(nc_lay_rect outer, nc_lay_rect inner, double pad)
{
    return inner.x >= outer.x + pad - eps && inner.y >= outer.y + pad - eps &&
           inner.x + inner.w <= outer.x + outer.w - pad + eps &&
           inner.y + inner.h <= outer.y + outer.h - pad + eps;
}

static bool within_group(const nc_lay_graph *g, uint32_t group, uint32_t outer)
{
    while (group != NC_LAY_NONE && group != outer)
        group = g->groups[group].parent;
    return group == outer && outer != NC_LAY_NONE;
}

static nc_lay_rect segment_box(nc_lay_point a, nc_lay_point b)
{
    return (nc_lay_rect){fmin(a.x, b.x), fmin(a.y, b.y), fabs(a.x - b.x), fabs(a.y - b.y)};
}

/* Does a piece of a route run through the inside of a box? */
static bool cuts(nc_lay_point a, nc_lay_point b, nc_lay_rect r)
{
    nc_lay_rect s = segment_box(a, b);
    return s.x < r.x + r.w - eps && r.x + eps < s.x + s.w + (s.w > 0 ? 0 : 2 * eps) &&
           s.y < r.y + r.h - eps && r.y + eps < s.y + s.h + (s.h > 0 ? 0 : 2 * eps) &&
           s.x + s.w > r.x + eps && s.y + s.h > r.y + eps;
}

static bool on_border(nc_lay_rect r, nc_lay_point p)
{
    bool x = p.x >= r.x - eps && p.x <= r.x + r.w + eps,
         y = p.y >= r.y - eps && p.y <= r.y + r.h + eps;
    bool edge = fabs(p.x - r.x) < eps || fabs(p.x - r.x - r.w) < eps || fabs(p.y - r.y) < eps ||
                fabs(p.y - r.y - r.h) < eps;
    return x && y && edge;
}

static const char *box_defect(const nc_lay_graph *g, const nc_lay_result *r)
{
    nc_lay_rect canvas = {0, 0, r->w, r->h};
    for (uint32_t i = 0; i < g->node_len; i++) {
        if (!inside(canvas, r->nodes[i], g->spacing.margin))
            return DEFECT("node %u outside the canvas", i);
        for (uint32_t j = 0; j < i; j++) {
            if (overlap(r->nodes[i], r->nodes[j]))
                return DEFECT("nodes %u and %u overlap", j, i);
        }
        for (uint32_t k = 0; k < g->group_len; k++) {
            bool member = within_group(g, g->nodes[i].group, k);
            if (member && !inside(r->groups[k], r->nodes[i], g->groups[k].pad))
                return DEFECT("node %u sticks out of its group %u", i, k);
            if (!member && overlap(r->groups[k], r->nodes[i]))
                return DEFECT("node %u lies in the foreign group %u", i, k);
            if (overlap(r->titles[k], r->nodes[i]))
                return DEFECT("node %u on the title of group %u", i, k);
        }
    }
    for (uint32_t i = 0; i < g->group_len; i++) {
        if (!inside(canvas, r->groups[i], g->spacing.margin))
            return DEFECT("group %u outside the canvas", i);
        if (!inside(r->groups[i], r->titles[i], 0) && g->groups[i].title_w > 0)
            return DEFECT("title %u outside its group", i);
        for (uint32_t j = 0; j < g->group_len; j++) {
            bool holds = within_group(g, i, j);
            if (i != j && holds && !inside(r->groups[j], r->groups[i], g->groups[j].pad))
                return DEFECT("group %u sticks out of group %u", i, j);
            if (i < j && !holds && !within_group(g, j, i) && overlap(r->groups[i], r->groups[j]))
                return DEFECT("groups %u and %u overlap", i, j);
        }
    }
    return NULL;
}

static nc_lay_rect end_box(const nc_lay_result *r, const nc_lay_end *e)
{
    return e->kind == NC_LAY_END_NODE ? r->nodes[e->index] : r->groups[e->index];
}

static double distance_to_piece(nc_lay_point p, nc_lay_point a, nc_lay_point b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    double t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
    t = fmin(fmax(t, 0), 1);
    return hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/* Does an edge meet its end where that is drawn? */
static bool on_end(const nc_lay_graph *g, const nc_lay_result *r, const nc_lay_end *e,
                   nc_lay_point p)
{
    const nc_lay_node *n = e->kind == NC_LAY_END_NODE ? &g->nodes[e->index] : NULL;
    if (!n || !n->outline_len)
        return on_border(end_box(r, e), p);
    nc_lay_point at = {p.x - r->nodes[e->index].x, p.y - r->nodes[e->index].y};
    for (uint32_t i = 0; i < n->outline_len; i++) {
        if (distance_to_piece(at, n->outline[i], n->outline[(i + 1) % n->outline_len]) < 0.01)
            return true;
    }
    return false;
}

/* The first and last piece of a route go on from the box to the outline of their own node. */
static bool may_enter(const nc_lay_graph *g, const nc_lay_edge *e, uint32_t piece, uint32_t pieces,
                      uint32_t node)
{
    const nc_lay_end *end = piece == 0 ? &e->from : &e->to;
    bool own = end->kind == NC_LAY_END_NODE && end->index == node;
    if (pieces == 1)
        own |= e->to.kind == NC_LAY_END_NODE && e->to.index == node;
    return own && (piece == 0 || piece + 1 == pieces) && g->nodes[node].outline_len;
}

/* Whole numbers in give whole numbers out, but where a route is clipped at an outline. */
static bool is_whole(const nc_lay_graph *g)
{
    for (uint32_t i = 0; i < g->node_len; i++) {
        const nc_lay_node *n = &g->nodes[i];
        if (n->outline_len || n->w != floor(n->w) || n->h != floor(n->h))
            return false;
    }
    for (uint32_t i = 0; i < g->group_len; i++) {
        if (g->groups[i].title_w != floor(g->groups[i].title_w))
            return false;
    }
    for (uint32_t i = 0; i < g->edge_len; i++) {
        const nc_lay_edge *e = &g->edges[i];
        if (e->label_w != floor(e->label_w) || e->label_h != floor(e->label_h) ||
            e->from.head != floor(e->from.head) || e->to.head != floor(e->to.head))
            return false;
    }
    return g->min_w == floor(g->min_w);
}

static const char *route_defect(const nc_lay_graph *g, const nc_lay_result *r, uint32_t e)
{
    const nc_lay_route *route = &r->routes[e];
    const nc_lay_edge *edge = &g->edges[e];
    nc_lay_rect canvas = {0, 0, r->w, r->h};
    bool silent = edge->hidden && !(edge->label_w > 0), whole = is_whole(g);
    if (silent != (route->len == 0) || (!silent && route->len < 2))
        return DEFECT("edge %u has %u points", e, route->len);
    if (silent)
        return NULL;
    if (!on_end(g, r, &edge->from, route->points[0]))
        return DEFECT("edge %u does not start on its end", e);
    if (!on_end(g, r, &edge->to, route->points[route->len - 1]))
        return DEFECT("edge %u does not end on its end", e);
    for (uint32_t k = 0; k + 1 < route->len; k++) {
        nc_lay_point a = route->points[k], b = route->points[k + 1];
        if ((a.x != b.x) == (a.y != b.y))
            return DEFECT("edge %u is not orthogonal at %u", e, k);
        if (whole &&
            (a.x != floor(a.x) || a.y != floor(a.y) || b.x != floor(b.x) || b.y != floor(b.y)))
            return DEFECT("edge %u has a fraction at %u", e, k);
        if (!inside(canvas, segment_box(a, b), 0))
            return DEFECT("edge %u leaves the canvas", e);
        for (uint32_t n = 0; n < g->node_len; n++) {
            if (cuts(a, b, r->nodes[n]) && !may_enter(g, edge, k, route->len - 1, n))
                return DEFECT("edge %u cuts node %u", e, n);
        }
        for (uint32_t k2 = 0; k2 < g->group_len; k2++) {
            if (cuts(a, b, r->titles[k2]))
                return DEFECT("edge %u cuts the title of group %u", e, k2);
        }
        for (uint32_t o = 0; o < g->edge_len; o++) {
            if (o != e && cuts(a, b, r->routes[o].label))
                return DEFECT("edge %u cuts the label of edge %u", e, o);
        }
    }
    return NULL;
}

static const char *label_defect(const nc_lay_graph *g, const nc_lay_result *r, uint32_t e)
{
    nc_lay_rect l = r->routes[e].label, canvas = {0, 0, r->w, r->h};
    bool met = false;
    if (!(l.w > 0) || !(l.h > 0))
        return g->edges[e].label_w > 0 ? DEFECT("label of edge %u is lost", e) : NULL;
    if (!inside(canvas, l, g->spacing.margin / 2))
        return DEFECT("label of edge %u outside the canvas", e);
    for (uint32_t k = 0; k + 1 < r->routes[e].len; k++)
        met |= cuts(r->routes[e].points[k], r->routes[e].points[k + 1], l);
    if (!met)
        return DEFECT("label of edge %u is not on its edge", e);
    for (uint32_t n = 0; n < g->node_len; n++) {
        if (overlap(l, r->nodes[n]))
            return DEFECT("label of edge %u on node %u", e, n);
    }
    for (uint32_t k = 0; k < g->group_len; k++) {
        if (overlap(l, r->titles[k]))
            return DEFECT("label of edge %u on the title of group %u", e, k);
    }
    for (uint32_t o = 0; o < e; o++) {
        if (overlap(l, r->routes[o].label))
            return DEFECT("labels of edges %u and %u overlap", o, e);
    }
    return NULL;
}

/* Two routes may cross; they may not run along each other. */
static const char *pair_defect(const nc_lay_result *r, uint32_t e, uint32_t o)
{
    const nc_lay_route *p = &r->routes[e], *q = &r->routes[o];
    for (uint32_t i = 0; i + 1 < p->len; i++) {
        nc_lay_rect a = segment_box(p->points[i], p->points[i + 1]);
        for (uint32_t j = 0; j + 1 < q->len; j++) {
            nc_lay_rect b = segment_box(q->points[j], q->points[j + 1]);
            double w = fmin(a.x + a.w, b.x + b.w) - fmax(a.x, b.x);
            double h = fmin(a.y + a.h, b.y + b.h) - fmax(a.y, b.y);
            if ((w > eps && h >= 0) || (h > eps && w >= 0))
                return DEFECT("edges %u and %u lie on each other", o, e);
        }
    }
    return NULL;
}

const char *layout_defect(const nc_lay_graph *g, const nc_lay_result *r)
{
    const char *bad = box_defect(g, r);
    for (uint32_t e = 0; e < g->edge_len && !bad; e++) {
        bad = route_defect(g, r, e);
        if (!bad)
            bad = label_defect(g, r, e);
        for (uint32_t o = 0; o < e && !bad; o++)
            bad = pair_defect(r, e, o);
    }
    return bad;
}
