/*
 * Turn segments, arms and tracks into routes, and cells into boxes.
 *
 * Input:   x and y of everything.      Output: points and label centres of links, places of
 *          vertices, places of ports of the graph.
 * Routes run from the first end to the second, are orthogonal, and have no point that is not a
 * bend. They end on the box of a vertex, on a frame, or at the side of the graph.
 * Fails:   without memory.
 */
#include "layout/graph.h"
#include "layout/loops.h"

typedef struct path {
    nc_layered *g;
    nc_lay_point *points;
    uint32_t len, cap;
} path;

static bool to_point(path *p, nc_len x, nc_len y)
{
    nc_lay_point at = {(double)x, (double)y};
    if (p->len && p->points[p->len - 1].x == at.x && p->points[p->len - 1].y == at.y)
        return true;
    if (p->len > 1) { /* a point between two others of its line is none */
        nc_lay_point a = p->points[p->len - 2], b = p->points[p->len - 1];
        bool upright = a.x == b.x && b.x == at.x && (b.y - a.y) * (at.y - b.y) >= 0;
        bool level = a.y == b.y && b.y == at.y && (b.x - a.x) * (at.x - b.x) >= 0;
        if (upright || level) {
            p->points[p->len - 1] = at;
            return true;
        }
    }
    return LAY_PUSH(p->g->mem, p->points, p->len, p->cap, at);
}

static bool along_stretch(path *p, uint32_t stretch, nc_len from, nc_len to)
{
    const nc_stretch *s = &p->g->stretches[stretch];
    nc_len turn = s->next == NONE ? to : p->g->stretches[s->next].x[0];
    if (!to_point(p, from, s->y) || !to_point(p, turn, s->y))
        return false;
    if (s->next == NONE)
        return true;
    nc_len y = p->g->stretches[s->next].y;
    return to_point(p, turn, y) && to_point(p, to, y);
}

static nc_len middle_of(const nc_row *row)
{
    return row->y + row->h / 2;
}

static void place_vertices(nc_layered *g)
{
    for (uint32_t i = 0; i < g->vertex_len; i++) {
        nc_vertex *v = &g->vertices[i];
        const nc_cell *c = &g->cells[v->cell];
        v->x = c->x - c->left;
        v->y = middle_of(&g->rows[c->row]) - v->h / 2;
    }
}

/* The y where a DOWN link begins (low: ends). */
static nc_len end_y(const nc_layered *g, const nc_link *l, bool low)
{
    const nc_end *e = &l->end[low ? 1 - l->upper : l->upper];
    if (e->at == NC_AT_PORT)
        return low ? g->bottom : g->top;
    if (e->at == NC_AT_VERTEX)
        return g->vertices[e->index].y + (low ? 0 : g->vertices[e->index].h);
    const nc_cluster *k = &g->clusters[e->index];
    const nc_seg *s = &g->segs[low ? l->seg + l->seg_len - 1 : l->seg];
    return g->cells[low ? s->lower : s->upper].row == k->top_row ? k->top : k->bottom;
}

/* Along the segments of a link, from its upper end on. */
static bool route_segs(path *p, nc_link *l)
{
    const nc_layered *g = p->g;
    for (uint32_t i = l->seg; i < l->seg + l->seg_len; i++) {
        const nc_seg *s = &g->segs[i];
        nc_len from = g->cells[s->upper].x + s->at[0], to = g->cells[s->lower].x + s->at[1];
        if (i == l->seg) {
            if (!to_point(p, from, end_y(g, l, false)))
                return false;
            l->end[l->upper].place = from;
        }
        if (s->stretch != NONE && !along_stretch(p, s->stretch, from, to))
            return false;
    }
    return true;
}

/* Routes are found from the upper end down. */
static void put_in_order(path *p, const nc_link *l)
{
    for (uint32_t i = 0, n = p->len; l->upper == 1 && i < n / 2; i++) {
        nc_lay_point swap = p->points[i];
        p->points[i] = p->points[n - 1 - i];
        p->points[n - 1 - i] = swap;
    }
}

static bool route_down(path *p, nc_link *l)
{
    const nc_layered *g = p->g;
    const nc_seg *last = &g->segs[l->seg + l->seg_len - 1];
    nc_len to = g->cells[last->lower].x + last->at[1];
    if (!route_segs(p, l) || !to_point(p, to, end_y(g, l, true)))
        return false;
    l->end[1 - l->upper].place = to;
    put_in_order(p, l);
    return true;
}

/* Where a straight arm meets its end, seen from the other. */
static nc_len straight_x(const nc_layered *g, const nc_arm *a, int e)
{
    const nc_arm_end *end = &a->end[e], *other = &a->end[1 - e];
    if (end->cell == NONE)
        return end->right ? g->right : g->left;
    const nc_cell *c = &g->cells[end->cell];
    if (c->kind != NC_CELL_VERTEX)
        return c->x;
    bool right = other->cell == NONE ? other->right : g->cells[other->cell].pos > c->pos;
    return right ? c->x - c->left + g->vertices[c->ref].w : c->x - c->left;
}

static nc_len hang_y(const nc_layered *g, const nc_arm_end *end, nc_len line)
{
    const nc_cell *c = &g->cells[end->cell];
    if (c->kind != NC_CELL_VERTEX)
        return line;
    const nc_vertex *v = &g->vertices[c->ref];
    return end->at == NC_ARM_ABOVE ? v->y + v->h : v->y;
}

/* Where a bow meets its end. */
static nc_len bow_x(const nc_layered *g, const nc_arm_end *end)
{
    nc_len from = end->right ? g->right : g->left;
    return (end->cell == NONE ? from : g->cells[end->cell].x) + end->offset;
}

/* To its label, if it has one, out to its lane, down in it, and back in. */
static bool route_around(path *p, nc_link *l)
{
    const nc_layered *g = p->g;
    const nc_arm *out = &g->arms[l->arm], *back = out + 1;
    const nc_arm_end *upper = &out->end[l->upper], *lower = &back->end[1 - l->upper];
    nc_len lane = bow_x(g, &out->end[1 - l->upper]);
    nc_len from = bow_x(g, upper), to = bow_x(g, lower), line = middle_of(&g->rows[l->row]);
    if (!route_segs(p, l) || !to_point(p, from, hang_y(g, upper, line)) ||
        !along_stretch(p, out->stretch, from, lane) || !along_stretch(p, back->stretch, lane, to) ||
        !to_point(p, to, hang_y(g, lower, line)))
        return false;
    put_in_order(p, l);
    return true;
}

static bool route_arm(path *p, nc_link *l, const nc_arm *a)
{
    nc_layered *g = p->g;
    nc_len line = middle_of(&g->rows[l->row]) + l->shift;
    nc_len x[2], y = line;
    if (a->straight) {
        x[0] = straight_x(g, a, 0);
        x[1] = straight_x(g, a, 1);
        if (!to_point(p, x[0], line) || !to_point(p, x[1], line))
            return false;
    } else {
        for (int e = 0; e < 2; e++)
            x[e] = bow_x(g, &a->end[e]);
        y = g->stretches[a->stretch].y;
        if (a->end[0].at != NC_ARM_EDGE && !to_point(p, x[0], hang_y(g, &a->end[0], line)))
            return false;
        if (!along_stretch(p, a->stretch, x[0], x[1]))
            return false;
        if (a->end[1].at != NC_ARM_EDGE && !to_point(p, x[1], hang_y(g, &a->end[1], line)))
            return false;
    }
    for (int e = 0; e < 2; e++) {
        if (a->end[e].cell == NONE)
            l->end[e].place = y;
    }
    return true;
}

static bool route_link(nc_layered *g, nc_link *l)
{
    path p = {.g = g};
    if (l->kind == NC_LINK_LOOP) {
        const nc_vertex *v = &g->vertices[l->end[0].index];
        nc_loop_box box = {v->x + v->w, v->y, v->y + v->h, v->y + v->h / 2, v->loop_h, v->loops};
        return nc_route_loop(g, l, &box);
    }
    if (l->kind == NC_LINK_RING) {
        const nc_cluster *k = &g->clusters[l->end[0].index];
        nc_loop_box box = {k->right, k->top, k->bottom, k->ring_at, k->ring_h, k->rings};
        return nc_route_loop(g, l, &box);
    }
    if (l->kind == NC_LINK_DOWN && !route_down(&p, l))
        return false;
    if (l->kind == NC_LINK_AROUND && !route_around(&p, l))
        return false;
    if (l->kind == NC_LINK_FLAT) {
        uint32_t arms = l->label_cell == NONE ? 1 : 2;
        for (uint32_t i = 0; i < arms; i++) {
            if (!route_arm(&p, l, &g->arms[l->arm + i]))
                return false;
        }
    }
    l->points = p.points;
    l->len = p.len;
    if (l->label_cell != NONE) {
        const nc_cell *c = &g->cells[l->label_cell];
        l->lx = c->x;
        l->ly = middle_of(&g->rows[c->row]) + l->shift;
    }
    return true;
}

bool nc_pass_route(nc_layered *g)
{
    place_vertices(g);
    for (uint32_t i = 0; i < g->link_len; i++) {
        if (!route_link(g, &g->links[i]))
            return false;
    }
    return true;
}
