/*
 * Break cycles, then give every vertex a rank: links point down, their total length is least.
 *
 * Input:   vertices, clusters, links, accepted wishes; sizes are not read.
 * Output:  rank of vertices (least is 0), rank span of clusters, back and loose of links.
 * Order:   a depth-first search in the author's order turns the links that point at a vertex on
 *          its path. What wishes and clusters still forbid is turned, or made loose, while the
 *          vertices are sorted topologically: a wish is stronger than a link.
 * Fails:   without memory. When the simplex spends its budget the ranks are valid but longer.
 * Source:  Gansner, Koutsofios, North, Vo, "A technique for drawing directed graphs", 1993, with
 *          cluster tops and bottoms as variables as in dot's and dagre's nesting graphs. Among all
 *          optima we take the one nearest to the top.
 */
#include "layout/constraints.h"
#include "layout/simplex.h"

#include <string.h>

typedef struct rank_arc {
    uint32_t from, to; /* classes */
    uint32_t len;
    uint32_t link; /* NONE: hard */
    uint32_t next_out, next_in;
    bool dead;
} rank_arc;

typedef struct ranker {
    nc_layered *g;
    uint32_t n;
    uint32_t *rep;
    rank_arc *arcs;
    uint32_t arc_len, arc_cap;
    uint32_t *out, *in; /* first arc per class */
} ranker;

static bool add_arc(ranker *r, uint32_t a, uint32_t b, uint32_t len, uint32_t link)
{
    a = r->rep[a];
    b = r->rep[b];
    if (a == b)
        return true;
    rank_arc it = {a, b, len, link, r->out[a], r->in[b], false};
    if (!LAY_PUSH(r->g->mem, r->arcs, r->arc_len, r->arc_cap, it))
        return false;
    r->out[a] = r->in[b] = r->arc_len - 1;
    return true;
}

static bool add_hard(ranker *r)
{
    nc_layered *g = r->g;
    for (uint32_t v = 0; v < g->vertex_len; v++) {
        uint32_t c = g->vertices[v].cluster;
        if (c != NONE && (!add_arc(r, nc_top_var(g, c), v, 0, NONE) ||
                          !add_arc(r, v, nc_bottom_var(g, c), 0, NONE)))
            return false;
    }
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        uint32_t p = g->clusters[c].parent;
        if (!add_arc(r, nc_top_var(g, c), nc_bottom_var(g, c), 0, NONE))
            return false;
        if (p != NONE && (!add_arc(r, nc_top_var(g, p), nc_top_var(g, c), 0, NONE) ||
                          !add_arc(r, nc_bottom_var(g, c), nc_bottom_var(g, p), 0, NONE)))
            return false;
    }
    for (uint32_t i = 0; i < g->wish_len; i++) {
        const nc_wish *w = &g->wishes[i];
        if (!w->dropped && w->rule == NC_LAY_RULE_BELOW &&
            !add_arc(r, nc_end_var(g, &w->a, true), nc_end_var(g, &w->b, false),
                     w->distance ? w->distance : 1, NONE))
            return false;
    }
    return true;
}

static bool holds_end(const nc_layered *g, const nc_end *outer, const nc_end *inner)
{
    if (outer->at != NC_AT_CLUSTER)
        return false;
    uint32_t c = inner->at == NC_AT_CLUSTER ? inner->index : g->vertices[inner->index].cluster;
    while (c != NONE && c != outer->index)
        c = g->clusters[c].parent;
    return c != NONE;
}

/* Links that say something about ranks: not loops, not ends inside one another, not to outside. */
static bool is_ranked(const nc_layered *g, const nc_link *l)
{
    const nc_end *a = &l->end[0], *b = &l->end[1];
    if (a->at == NC_AT_PORT || b->at == NC_AT_PORT || (a->at == b->at && a->index == b->index))
        return false;
    return !holds_end(g, a, b) && !holds_end(g, b, a);
}

static bool add_link(ranker *r, uint32_t i)
{
    const nc_link *l = &r->g->links[i];
    const nc_end *a = &l->end[l->back], *b = &l->end[!l->back];
    return add_arc(r, nc_end_var(r->g, a, true), nc_end_var(r->g, b, false), l->min_len, i);
}

static bool start(ranker *r, nc_layered *g)
{
    *r = (ranker){.g = g, .n = nc_rank_vars(g)};
    r->rep = LAY_NEW(g->mem, uint32_t, r->n);
    r->out = LAY_NEW(g->mem, uint32_t, r->n);
    r->in = LAY_NEW(g->mem, uint32_t, r->n);
    if (!r->rep || !r->out || !r->in)
        return false;
    nc_rank_classes(g, r->rep);
    memset(r->out, 0xff, sizeof *r->out * r->n);
    memset(r->in, 0xff, sizeof *r->in * r->n);
    return add_hard(r);
}

/* The author's order: an adjacency in the order of the links, searched from the first vertex on. */
static bool turn_back_links(ranker *r)
{
    nc_layered *g = r->g;
    uint32_t n = r->n, m = g->link_len;
    uint32_t *first = LAY_NEW(g->mem, uint32_t, n + 2);
    uint32_t *list = LAY_NEW(g->mem, uint32_t, m);
    uint32_t *path = LAY_NEW(g->mem, uint32_t, n);
    uint8_t *mark = LAY_NEW(g->mem, uint8_t, n);
    if (!first || !list || !path || !mark)
        return false;
    for (int fill = 0; fill < 2; fill++) {
        for (uint32_t i = 0; i < m; i++) {
            if (!is_ranked(g, &g->links[i]))
                continue;
            uint32_t a = r->rep[nc_end_var(g, &g->links[i].end[0], false)];
            if (fill)
                list[first[a + 1]++] = i;
            else
                first[a + 2]++;
        }
        for (uint32_t v = 0; v < n && !fill; v++)
            first[v + 2] += first[v + 1];
    }
    uint32_t *at = LAY_NEW(g->mem, uint32_t, n);
    if (!at)
        return false;
    for (uint32_t v = 0; v < n; v++)
        at[v] = first[v];
    for (uint32_t s = 0; s < n; s++) {
        uint32_t top = 0;
        if (mark[r->rep[s]])
            continue;
        path[top++] = r->rep[s];
        mark[r->rep[s]] = 1;
        while (top) {
            uint32_t u = path[top - 1];
            if (at[u] == first[u + 1]) {
                mark[u] = 2;
                top--;
                continue;
            }
            nc_link *l = &g->links[list[at[u]++]];
            uint32_t v = r->rep[nc_end_var(g, &l->end[1], false)];
            if (mark[v] == 1 && v != u) {
                l->back = true;
            } else if (!mark[v]) {
                mark[v] = 1;
                path[top++] = v;
            }
        }
    }
    return true;
}

typedef struct sorter {
    uint32_t *hard, *soft; /* arcs coming in from classes that are not placed yet */
    uint32_t *queue, head, tail;
    bool *placed;
} sorter;

static void place_class(ranker *r, sorter *s, uint32_t u)
{
    s->placed[u] = true;
    for (uint32_t e = r->out[u]; e != NONE; e = r->arcs[e].next_out) {
        const rank_arc *a = &r->arcs[e];
        if (a->dead || s->placed[a->to])
            continue;
        uint32_t *left = a->link == NONE ? s->hard : s->soft;
        left[a->to]--;
        if (s->hard[a->to] + s->soft[a->to] == 0)
            s->queue[s->tail++] = a->to;
    }
}

/* Nothing is free: let u go first, against the links that still point at it. */
static bool force(ranker *r, sorter *s, uint32_t u)
{
    nc_layered *g = r->g;
    s->hard[u] = s->soft[u] = 0;
    for (uint32_t e = r->in[u]; e != NONE; e = r->arcs[e].next_in) {
        rank_arc a = r->arcs[e];
        if (a.dead || s->placed[a.from])
            continue;
        r->arcs[e].dead = true;
        if (a.link == NONE)
            continue;
        nc_link *l = &g->links[a.link];
        if (l->end[0].at != NC_AT_VERTEX || l->end[1].at != NC_AT_VERTEX) {
            l->loose = true;
            continue;
        }
        l->back = !l->back;
        if (!add_link(r, a.link))
            return false;
        s->soft[a.from]++;
    }
    s->queue[s->tail++] = u;
    return true;
}

static bool sort_classes(ranker *r)
{
    nc_layered *g = r->g;
    uint32_t n = r->n, left = 0, least = 0;
    sorter s = {.hard = LAY_NEW(g->mem, uint32_t, n),
                .soft = LAY_NEW(g->mem, uint32_t, n),
                .queue = LAY_NEW(g->mem, uint32_t, n),
                .placed = LAY_NEW(g->mem, bool, n)};
    if (!s.hard || !s.soft || !s.queue || !s.placed)
        return false;
    for (uint32_t e = 0; e < r->arc_len; e++)
        (r->arcs[e].link == NONE ? s.hard : s.soft)[r->arcs[e].to]++;
    for (uint32_t v = 0; v < n; v++) {
        if (r->rep[v] != v)
            continue;
        left++;
        if (s.hard[v] + s.soft[v] == 0)
            s.queue[s.tail++] = v;
    }
    while (left) {
        if (s.head == s.tail) {
            while (r->rep[least] != least || s.placed[least])
                least++;
            uint32_t pick = NONE;
            for (uint32_t v = least; v < n && pick == NONE; v++) {
                if (r->rep[v] == v && !s.placed[v] && s.hard[v] == 0)
                    pick = v;
            }
            if (!force(r, &s, pick == NONE ? least : pick))
                return false;
        }
        place_class(r, &s, s.queue[s.head++]);
        left--;
    }
    return true;
}

enum { LINK_PULL = 4, CLUSTER_PULL = 2 };

static bool add_lp_arc(ranker *r, nc_lp *lp, uint32_t a, uint32_t b, int64_t len, int64_t weight)
{
    return LAY_PUSH(r->g->mem, lp->arcs, lp->arc_len, lp->arc_cap, (nc_lp_arc){a, b, len, weight});
}

static void pull(nc_lp *lp, uint32_t a, uint32_t b, int64_t weight)
{
    lp->cost[b] += weight;
    lp->cost[a] -= weight;
}

static bool build_lp(ranker *r, nc_lp *lp)
{
    nc_layered *g = r->g;
    uint32_t n = r->n, ground = n;
    int64_t scale = (int64_t)n + 1;
    *lp = (nc_lp){.var_len = n + 1, .budget = 4000000 + 400 * (uint64_t)n};
    lp->cost = LAY_NEW(g->mem, int64_t, n + 1);
    if (!lp->cost)
        return false;
    for (uint32_t e = 0; e < r->arc_len; e++) {
        const rank_arc *a = &r->arcs[e];
        if (a->dead)
            continue;
        if (!add_lp_arc(r, lp, a->from, a->to, a->len, 0))
            return false;
        if (a->link != NONE)
            pull(lp, a->from, a->to, scale * LINK_PULL * g->links[a->link].weight);
    }
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_link *l = &g->links[i];
        uint32_t a = l->loose ? r->rep[nc_end_var(g, &l->end[0], true)] : 0;
        uint32_t b = l->loose ? r->rep[nc_end_var(g, &l->end[1], false)] : 0;
        if (l->loose && a != b && !add_lp_arc(r, lp, a, b, 1, scale * LINK_PULL * l->weight))
            return false;
    }
    for (uint32_t c = 0; c < g->cluster_len; c++)
        pull(lp, r->rep[nc_top_var(g, c)], r->rep[nc_bottom_var(g, c)], scale * CLUSTER_PULL);
    for (uint32_t v = 0; v < n; v++) {
        if (r->rep[v] != v)
            continue;
        if (!add_lp_arc(r, lp, ground, v, 0, 0))
            return false;
        pull(lp, ground, v, 1); /* of all optima the one nearest to the top */
    }
    return true;
}

static void set_spans(nc_layered *g)
{
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        g->clusters[c].first_rank = NONE;
        g->clusters[c].last_rank = 0;
    }
    for (uint32_t v = 0; v < g->vertex_len; v++) {
        uint32_t rank = g->vertices[v].rank;
        for (uint32_t c = g->vertices[v].cluster; c != NONE; c = g->clusters[c].parent) {
            nc_cluster *k = &g->clusters[c];
            if (k->first_rank != NONE && k->first_rank <= rank && k->last_rank >= rank)
                break;
            if (k->first_rank == NONE || rank < k->first_rank)
                k->first_rank = rank;
            if (rank > k->last_rank)
                k->last_rank = rank;
        }
    }
}

/* A frame also spans the ranks that wishes gave it, though nothing of it may be there. */
static void widen_span(nc_layered *g, uint32_t c, int64_t first, int64_t last)
{
    for (; c != NONE; c = g->clusters[c].parent) {
        nc_cluster *k = &g->clusters[c];
        if (first >= 0 && first < (int64_t)k->first_rank)
            k->first_rank = (uint32_t)first;
        if (last < (int64_t)g->rank_len && last > (int64_t)k->last_rank)
            k->last_rank = (uint32_t)last;
    }
}

static bool solve(ranker *r)
{
    nc_layered *g = r->g;
    nc_lp lp;
    int64_t *x = LAY_NEW(g->mem, int64_t, r->n + 1);
    bool ok, optimal;
    if (!x || !build_lp(r, &lp) || !nc_lp_least(g->mem, &lp, x, &ok))
        return false;
    if (ok && !nc_lp_solve(g->mem, &lp, x, &optimal))
        return false;
    int64_t least = INT64_MAX;
    for (uint32_t v = 0; v < g->vertex_len; v++)
        least = x[r->rep[v]] < least ? x[r->rep[v]] : least;
    g->rank_len = 0;
    for (uint32_t v = 0; v < g->vertex_len; v++) {
        g->vertices[v].rank = (uint32_t)(x[r->rep[v]] - least);
        if (g->vertices[v].rank >= g->rank_len)
            g->rank_len = g->vertices[v].rank + 1;
    }
    set_spans(g);
    for (uint32_t i = 0; i < g->wish_len; i++) {
        const nc_end *ends[2] = {&g->wishes[i].a, &g->wishes[i].b};
        for (int e = 0; e < 2 && !g->wishes[i].dropped; e++) {
            uint32_t c = ends[e]->index;
            if (ends[e]->at == NC_AT_CLUSTER)
                widen_span(g, c, x[r->rep[nc_top_var(g, c)]] - least,
                           x[r->rep[nc_bottom_var(g, c)]] - least);
        }
    }
    return true;
}

bool nc_pass_rank(nc_layered *g)
{
    ranker r;
    nc_lay_mark mark = nc_lay_mem_mark(g->mem);
    bool ok = start(&r, g) && turn_back_links(&r);
    for (uint32_t i = 0; ok && i < g->link_len; i++) {
        if (is_ranked(g, &g->links[i]))
            ok = add_link(&r, i);
    }
    ok = ok && sort_classes(&r) && solve(&r);
    nc_lay_mem_rewind(g->mem, mark);
    return ok;
}
