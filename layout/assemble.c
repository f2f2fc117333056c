/*
 * Put the pieces together: places of levels in the drawing, absolute boxes, whole routes.
 *
 * Input:   levels that are done.      Output: the caller's result, in memory of its own.
 * Fails:   without memory.
 */
#include "layout/levels.h"

#include <string.h>

typedef struct builder {
    nc_drawing *d;
    nc_lay_result *out;
    nc_lay_point *points; /* scratch for one route */
    uint32_t len, cap;
} builder;

/* A point of a component's graph, in the drawing, in run units. */
static nc_lay_point drawn_point(const nc_level *level, const nc_comp *comp, double x, double y)
{
    const nc_layered *g = &comp->graph;
    double left = x - (double)g->left, top = y - (double)g->top, up = (double)g->bottom - y;
    nc_lay_point p = {left, top};
    if (level->dir == NC_LAY_BT)
        p.y = up;
    if (nc_is_sideways(level->dir))
        p = (nc_lay_point){level->dir == NC_LAY_RL ? up : top, left};
    return (nc_lay_point){p.x + (double)(level->x + comp->x), p.y + (double)(level->y + comp->y)};
}

static nc_lay_rect drawn_rect(const nc_drawing *d, const nc_level *level, const nc_comp *comp,
                              nc_len x, nc_len y, nc_len right, nc_len bottom)
{
    nc_lay_point a = drawn_point(level, comp, (double)x, (double)y);
    nc_lay_point b = drawn_point(level, comp, (double)right, (double)bottom);
    double x0 = a.x < b.x ? a.x : b.x, y0 = a.y < b.y ? a.y : b.y;
    double x1 = a.x < b.x ? b.x : a.x, y1 = a.y < b.y ? b.y : a.y;
    return (nc_lay_rect){x0 / d->scale, y0 / d->scale, (x1 - x0) / d->scale, (y1 - y0) / d->scale};
}

static void place_levels(nc_drawing *d)
{
    nc_len margin = nc_to_len(d, d->in->spacing.margin);
    d->levels[0].x = d->levels[0].y = margin;
    for (uint32_t l = 1; l < d->level_len; l++) {
        nc_level *level = &d->levels[l];
        const nc_level *around = &d->levels[level->parent];
        const nc_item *it = &around->items[d->groups[level->group].item];
        const nc_comp *comp = &around->comps[it->comp];
        const nc_vertex *v = &comp->graph.vertices[it->vertex];
        nc_lay_point a = drawn_point(around, comp, (double)v->x, (double)v->y);
        nc_lay_point b = drawn_point(around, comp, (double)(v->x + v->w), (double)(v->y + v->h));
        level->x = (nc_len)(a.x < b.x ? a.x : b.x) + level->in_x;
        level->y = (nc_len)(a.y < b.y ? a.y : b.y) + level->in_y;
    }
}

/* A node keeps its exact size, in the middle of the whole-numbered box that was laid out for it. */
static nc_lay_rect exact(nc_lay_rect r, double w, double h)
{
    return (nc_lay_rect){r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w, h};
}

static void place_boxes(builder *b)
{
    const nc_drawing *d = b->d;
    const nc_lay_graph *in = d->in;
    for (uint32_t l = 0; l < d->level_len; l++) {
        const nc_level *level = &d->levels[l];
        for (uint32_t i = 0; i < level->item_len; i++) {
            const nc_item *it = &level->items[i];
            const nc_comp *comp = &level->comps[it->comp];
            const nc_vertex *v = &comp->graph.vertices[it->vertex];
            nc_lay_rect r = drawn_rect(d, level, comp, v->x, v->y, v->x + v->w, v->y + v->h);
            if (it->kind == NC_ITEM_NODE) {
                b->out->nodes[it->index] = exact(r, in->nodes[it->index].w, in->nodes[it->index].h);
                continue;
            }
            const nc_lay_group *g = &in->groups[it->index];
            b->out->groups[it->index] = r;
            double x = r.x + g->pad, y = r.y + (it->kind == NC_ITEM_EMPTY ? g->pad : 0);
            if (it->kind == NC_ITEM_BOX)
                x = r.x + (double)d->levels[d->groups[it->index].inside].title_x / d->scale;
            if (g->title_w > 0 && g->title_h > 0)
                b->out->titles[it->index] = (nc_lay_rect){x, y, g->title_w, g->title_h};
        }
        for (uint32_t c = 0; c < level->comp_len; c++) {
            const nc_comp *comp = &level->comps[c];
            for (uint32_t i = 0; i < comp->graph.cluster_len; i++) {
                const nc_cluster *k = &comp->graph.clusters[i];
                if (k->run)
                    continue;
                uint32_t g = comp->groups[i];
                b->out->groups[g] =
                    drawn_rect(d, level, comp, k->left, k->top, k->right, k->bottom);
                if (!k->title)
                    continue;
                bool side = nc_is_sideways(level->dir);
                nc_lay_rect t = side ? drawn_rect(d, level, comp, k->left, k->title_at, k->left,
                                                  k->title_at + k->title)
                                     : drawn_rect(d, level, comp, k->title_at, k->top,
                                                  k->title_at + k->title, k->top);
                b->out->titles[g] = (nc_lay_rect){t.x, b->out->groups[g].y, in->groups[g].title_w,
                                                  in->groups[g].title_h};
            }
        }
    }
}

static bool add_point(builder *b, nc_lay_point p)
{
    if (b->len && b->points[b->len - 1].x == p.x && b->points[b->len - 1].y == p.y)
        return true;
    if (b->len > 1) {
        nc_lay_point s = b->points[b->len - 2], t = b->points[b->len - 1];
        if ((s.x == t.x && t.x == p.x) || (s.y == t.y && t.y == p.y)) {
            b->points[b->len - 1] = p;
            return true;
        }
    }
    return LAY_PUSH(b->d->mem, b->points, b->len, b->cap, p);
}

/* The point on the frame around a level where a piece's port continues. */
static nc_lay_point frame_point(const nc_level *level, const nc_piece *p, int e)
{
    double x = (double)(level->x - level->in_x), y = (double)(level->y - level->in_y);
    switch (p->side[e]) {
    case NC_TOP:
        return (nc_lay_point){x + (double)p->place[e], y};
    case NC_BOTTOM:
        return (nc_lay_point){x + (double)p->place[e], y + (double)level->box_h};
    case NC_LEFT:
        return (nc_lay_point){x, y + (double)p->place[e]};
    case NC_RIGHT:
        break;
    }
    return (nc_lay_point){x + (double)level->box_w, y + (double)p->place[e]};
}

static bool add_piece(builder *b, const nc_piece *p, nc_lay_route *route)
{
    const nc_drawing *d = b->d;
    const nc_level *level = &d->levels[p->level];
    const nc_comp *comp = &level->comps[p->comp];
    const nc_link *l = &comp->graph.links[p->link];
    if (l->kind == NC_LINK_HIDDEN)
        return true;
    if (p->end[0].at == NC_AT_PORT && !add_point(b, frame_point(level, p, 0)))
        return false;
    for (uint32_t i = 0; i < l->len; i++) {
        if (!add_point(b, drawn_point(level, comp, l->points[i].x, l->points[i].y)))
            return false;
    }
    if (p->end[1].at == NC_AT_PORT && !add_point(b, frame_point(level, p, 1)))
        return false;
    const nc_lay_edge *e = &d->in->edges[p->edge];
    if (p->labelled && (e->label_w > 0 || e->label_h > 0)) {
        nc_len w2 = l->label_w / 2, h2 = l->label_h / 2;
        nc_lay_rect r = drawn_rect(d, level, comp, l->lx - w2, l->ly - h2, l->lx - w2 + l->label_w,
                                   l->ly - h2 + l->label_h);
        route->label = exact(r, e->label_w, e->label_h);
    }
    return true;
}

static void clip_route(builder *b, const nc_lay_edge *e)
{
    const nc_lay_graph *in = b->d->in;
    const nc_lay_end *ends[2] = {&e->from, &e->to};
    for (int i = 0; i < 2 && b->len > 1; i++) {
        if (ends[i]->kind != NC_LAY_END_NODE)
            continue;
        uint32_t n = ends[i]->index;
        nc_lay_point *end = &b->points[i ? b->len - 1 : 0], *from = i ? end - 1 : end + 1;
        *end = nc_clip_end(&in->nodes[n], b->out->nodes[n], *from, *end);
    }
}

/* Route e into scratch, in the caller's units. */
static bool join_route(builder *b, uint32_t e, nc_lay_route *route)
{
    const nc_drawing *d = b->d;
    b->len = 0;
    for (uint32_t i = d->first_piece[e]; i < d->first_piece[e + 1]; i++) {
        if (!add_piece(b, &d->pieces[i], route))
            return false;
    }
    for (uint32_t i = 0; i < b->len; i++)
        b->points[i] = (nc_lay_point){b->points[i].x / d->scale, b->points[i].y / d->scale};
    clip_route(b, &d->in->edges[e]);
    return true;
}

static bool copy_routes(builder *b)
{
    const nc_drawing *d = b->d;
    for (uint32_t e = 0; e < d->in->edge_len; e++) {
        nc_lay_route *r = &b->out->routes[e];
        if (!join_route(b, e, r))
            return false;
        r->points = LAY_NEW(d->keep, nc_lay_point, b->len);
        if (!r->points)
            return false;
        if (b->len)
            memcpy(r->points, b->points, sizeof *b->points * b->len);
        r->len = b->len;
    }
    return true;
}

static bool list_dropped(builder *b)
{
    const nc_drawing *d = b->d;
    uint32_t n = d->in->constraint_len;
    nc_lay_dropped *list = LAY_NEW(d->keep, nc_lay_dropped, n);
    uint32_t *against = LAY_NEW(d->mem, uint32_t, n);
    bool *gone = LAY_NEW(d->mem, bool, n);
    if (!list || !against || !gone)
        return false;
    for (uint32_t l = 0; l < d->level_len; l++) {
        for (uint32_t c = 0; c < d->levels[l].comp_len; c++) {
            const nc_layered *g = &d->levels[l].comps[c].graph;
            b->out->crossings += (uint32_t)g->crossings;
            for (uint32_t i = 0; i < g->wish_len; i++) {
                gone[g->wishes[i].source] = g->wishes[i].dropped;
                against[g->wishes[i].source] = g->wishes[i].against;
            }
        }
    }
    b->out->dropped = list;
    for (uint32_t i = 0; i < n; i++) {
        if (gone[i])
            list[b->out->dropped_len++] = (nc_lay_dropped){i, against[i]};
    }
    return true;
}

bool nc_assemble(nc_drawing *d, nc_lay_result *out)
{
    const nc_lay_graph *in = d->in;
    builder b = {.d = d, .out = out};
    out->nodes = LAY_NEW(d->keep, nc_lay_rect, in->node_len);
    out->groups = LAY_NEW(d->keep, nc_lay_rect, in->group_len);
    out->titles = LAY_NEW(d->keep, nc_lay_rect, in->group_len);
    out->routes = LAY_NEW(d->keep, nc_lay_route, in->edge_len);
    if (!out->nodes || !out->groups || !out->titles || !out->routes)
        return false;
    place_levels(d);
    place_boxes(&b);
    if (!copy_routes(&b) || !list_dropped(&b))
        return false;
    nc_len margin = nc_to_len(d, in->spacing.margin);
    out->w = (double)(d->levels[0].w + 2 * margin) / d->scale;
    out->h = (double)(d->levels[0].h + 2 * margin) / d->scale;
    if (out->w < in->min_w)
        out->w = in->min_w;
    return true;
}
