/*
 * Break cycles, then give every vertex a rank: links point down, their total length is least.
 *
 * Input:   vertices, clusters, links, accepted wishes; sizes are not read.
 * Output:  rank of vertices (least is 0), rank span of clusters, back and loose of links.
 * Order:   several ways to break cycles are tried (see way); what wishes and clusters still forbid is turned, or made loose, while the
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
    bool cyclic;        /* some link has to be turned */
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
    if (l->unranked || a->at == NC_AT_PORT || b->at == NC_AT_PORT ||
        (a->at == b->at && a->index == b->index))
        return false;
    return !holds_end(g, a, b) && !holds_end(g, b, a);
}

static bool add_link(ranker *r, uint32_t i)
{
    const nc_link *l = &r->g->links[i];
    const nc_end *a = &l->end[l->back], *b = &l->end[!l->back];
    return add_arc(r, nc_end_var(r->g, a, true), nc_end_var(r->g, b, false), l->min_len, i);
}

/* Ranked links (or hard arcs) between nodes of some kind, and who leaves each node, in text order. */
typedef struct view {
    uint32_t n, len;
    uint32_t *tail, *head;          /* per arc; tail NONE: not in this view */
    uint32_t *out_first, *out_list; /* arcs that leave a node */
    uint32_t *path, *at;            /* scratch of searches */
    uint8_t *mark;
} view;

static uint32_t class_of(const ranker *r, const nc_end *e)
{
    return r->rep[nc_end_var(r->g, e, false)];
}

/* As their deepest common cluster sees them: a vertex's class, or a whole cluster. */
static uint32_t unit_of(const ranker *r, const nc_end *e, uint32_t above)
{
    uint32_t inner = e->at == NC_AT_CLUSTER ? e->index : r->g->vertices[e->index].cluster;
    uint32_t child = nc_child_towards(r->g, inner, above);
    return child == NONE ? class_of(r, e) : nc_top_var(r->g, child);
}

static bool take_view(const ranker *r, uint32_t m, view *v)
{
    const nc_layered *g = r->g;
    *v = (view){.n = r->n, .len = m};
    v->tail = LAY_NEW(g->mem, uint32_t, m);
    v->head = LAY_NEW(g->mem, uint32_t, m);
    v->out_first = LAY_NEW(g->mem, uint32_t, (size_t)v->n + 2);
    v->out_list = LAY_NEW(g->mem, uint32_t, m);
    v->path = LAY_NEW(g->mem, uint32_t, v->n);
    v->at = LAY_NEW(g->mem, uint32_t, v->n);
    v->mark = LAY_NEW(g->mem, uint8_t, v->n);
    return v->tail && v->head && v->out_first && v->out_list && v->path && v->at && v->mark;
}

static void index_view(view *v)
{
    memset(v->out_first, 0, sizeof *v->out_first * ((size_t)v->n + 2));
    for (uint32_t i = 0; i < v->len; i++) {
        if (v->tail[i] != NONE)
            v->out_first[v->tail[i] + 2]++;
    }
    for (uint32_t u = 0; u < v->n; u++)
        v->out_first[u + 2] += v->out_first[u + 1];
    for (uint32_t i = 0; i < v->len; i++) {
        if (v->tail[i] != NONE)
            v->out_list[v->out_first[v->tail[i] + 1]++] = i;
    }
}

static bool view_links(const ranker *r, bool units, view *v)
{
    const nc_layered *g = r->g;
    if (!take_view(r, g->link_len, v))
        return false;
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_end *a = &g->links[i].end[0], *b = &g->links[i].end[1];
        v->tail[i] = v->head[i] = NONE;
        if (!is_ranked(g, &g->links[i]))
            continue;
        uint32_t above =
            units ? nc_common_cluster(g, nc_end_cluster(g, a), nc_end_cluster(g, b)) : NONE;
        v->tail[i] = units ? unit_of(r, a, above) : class_of(r, a);
        v->head[i] = units ? unit_of(r, b, above) : class_of(r, b);
    }
    index_view(v);
    return true;
}

/* A search from the first node on, in text order: links that point at the path so far are turned. */
static uint32_t turn_back_links(ranker *r, view *v)
{
    nc_layered *g = r->g;
    uint32_t turned = 0;
    memset(v->mark, 0, v->n);
    memcpy(v->at, v->out_first, sizeof *v->at * v->n);
    for (uint32_t s = 0; s < v->n; s++) {
        uint32_t top = 0;
        if (v->mark[s])
            continue;
        v->path[top++] = s;
        v->mark[s] = 1;
        while (top) {
            uint32_t u = v->path[top - 1];
            if (v->at[u] == v->out_first[u + 1]) {
                v->mark[u] = 2;
                top--;
                continue;
            }
            uint32_t link = v->out_list[v->at[u]++], w = v->head[link];
            if (v->mark[w] == 1 && w != u) {
                g->links[link].back = true;
                turned++;
            } else if (!v->mark[w]) {
                v->mark[w] = 1;
                v->path[top++] = w;
            }
        }
    }
    return turned;
}

/* Strongly connected parts after Tarjan 1972, without recursion: part[u] numbers them. */
static bool find_parts(ranker *r, view *v, uint32_t *part)
{
    nc_lay_mem *m = r->g->mem;
    uint32_t *low = LAY_NEW(m, uint32_t, v->n), *num = LAY_NEW(m, uint32_t, v->n);
    uint32_t *open = LAY_NEW(m, uint32_t, v->n);
    uint32_t next = 1, parts = 0, open_len = 0;
    if (!low || !num || !open)
        return false;
    memset(v->mark, 0, v->n); /* 1: open */
    memcpy(v->at, v->out_first, sizeof *v->at * v->n);
    for (uint32_t s = 0; s < v->n; s++) {
        uint32_t top = 0;
        if (num[s])
            continue;
        v->path[top++] = s;
        while (top) {
            uint32_t u = v->path[top - 1];
            if (!num[u]) {
                num[u] = low[u] = next++;
                open[open_len++] = u;
                v->mark[u] = 1;
            }
            if (v->at[u] < v->out_first[u + 1]) {
                uint32_t w = v->head[v->out_list[v->at[u]++]];
                if (!num[w])
                    v->path[top++] = w;
                else if (v->mark[w] && num[w] < low[u])
                    low[u] = num[w];
                continue;
            }
            top--;
            if (top && low[u] < low[v->path[top - 1]])
                low[v->path[top - 1]] = low[u];
            while (low[u] == num[u] && open_len && v->mark[u]) {
                uint32_t w = open[--open_len];
                v->mark[w] = 0;
                part[w] = parts;
                if (w == u) {
                    parts++;
                    break;
                }
            }
        }
    }
    return true;
}

/* Hard arcs in a circle have no length: whatever is on it shares one rank, hence one class. */
static bool merge_circles(ranker *r)
{
    nc_lay_mem *m = r->g->mem;
    uint32_t *part = LAY_NEW(m, uint32_t, r->n), *least = LAY_NEW(m, uint32_t, r->n);
    view v;
    if (!part || !least || !take_view(r, r->arc_len, &v))
        return false;
    for (uint32_t e = 0; e < r->arc_len; e++) {
        v.tail[e] = r->arcs[e].from;
        v.head[e] = r->arcs[e].to;
    }
    index_view(&v);
    if (!find_parts(r, &v, part))
        return false;
    memset(least, 0xff, sizeof *least * r->n);
    for (uint32_t u = r->n; u-- > 0;) {
        if (r->rep[u] == u)
            least[part[u]] = u;
    }
    for (uint32_t u = 0; u < r->n; u++)
        r->rep[u] = least[part[r->rep[u]]];
    r->arc_len = 0;
    memset(r->out, 0xff, sizeof *r->out * r->n);
    memset(r->in, 0xff, sizeof *r->in * r->n);
    return add_hard(r);
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
    return add_hard(r) && (!g->wish_len || merge_circles(r));
}

/*
 * Within each part, distance from where the part is entered (its first node if from nowhere):
 * links that lead back towards the entry are turned.
 */
static bool turn_by_distance(ranker *r, view *v)
{
    nc_layered *g = r->g;
    uint32_t *part = LAY_NEW(g->mem, uint32_t, v->n), *dist = LAY_NEW(g->mem, uint32_t, v->n);
    bool *entered = LAY_NEW(g->mem, bool, v->n);
    if (!part || !dist || !entered || !find_parts(r, v, part))
        return false;
    uint32_t head = 0, tail = 0, first = 0;
    memset(dist, 0xff, sizeof *dist * v->n);
    for (uint32_t i = 0; i < g->link_len; i++) {
        uint32_t w = v->head[i];
        if (v->tail[i] == NONE || part[v->tail[i]] == part[w] || dist[w] != NONE)
            continue;
        dist[w] = 0;
        entered[part[w]] = true;
        v->path[tail++] = w;
    }
    for (;;) {
        while (head < tail) {
            uint32_t u = v->path[head++];
            for (uint32_t k = v->out_first[u]; k < v->out_first[u + 1]; k++) {
                uint32_t w = v->head[v->out_list[k]];
                if (part[w] != part[u] || dist[w] != NONE)
                    continue;
                dist[w] = dist[u] + 1;
                v->path[tail++] = w;
            }
        }
        while (first < v->n && (dist[first] != NONE || entered[part[first]]))
            first++;
        if (first == v->n)
            break;
        dist[first] = 0;
        entered[part[first]] = true;
        v->path[tail++] = first;
    }
    for (uint32_t i = 0; i < g->link_len; i++) {
        uint32_t a = v->tail[i], b = v->head[i];
        g->links[i].back = a != NONE && part[a] == part[b] && dist[b] < dist[a];
    }
    return true;
}

/* Links within a part that lead to an earlier node are turned: the order of first mention rules. */
static bool turn_by_text(ranker *r, view *v)
{
    nc_layered *g = r->g;
    uint32_t *part = LAY_NEW(g->mem, uint32_t, v->n);
    if (!part || !find_parts(r, v, part))
        return false;
    for (uint32_t i = 0; i < g->link_len; i++) {
        uint32_t a = v->tail[i], b = v->head[i];
        g->links[i].back = a != NONE && part[a] == part[b] && b < a;
    }
    return true;
}

/*
 * The greedy heuristic of Eades, Lin, Smyth 1993: sinks go last, sources first, else the node with
 * the most links out against in. Quadratic, for small graphs.
 */
static bool turn_greedily(ranker *r, view *v)
{
    nc_layered *g = r->g;
    int32_t *out = LAY_NEW(g->mem, int32_t, v->n), *in = LAY_NEW(g->mem, int32_t, v->n);
    uint32_t *place = LAY_NEW(g->mem, uint32_t, v->n);
    if (!out || !in || !place)
        return false;
    for (uint32_t i = 0; i < g->link_len; i++) {
        if (v->tail[i] != NONE && v->tail[i] != v->head[i]) {
            out[v->tail[i]]++;
            in[v->head[i]]++;
        }
    }
    uint32_t first = 1, last = v->n + 1;
    for (uint32_t left = v->n; left; left--) {
        uint32_t best = NONE;
        bool sink = false;
        for (uint32_t u = 0; u < v->n && !sink; u++) {
            if (place[u])
                continue;
            sink = out[u] == 0;
            if (sink || best == NONE || (in[u] == 0) > (in[best] == 0) ||
                ((in[u] == 0) == (in[best] == 0) && out[u] - in[u] > out[best] - in[best]))
                best = u;
        }
        place[best] = sink ? last-- : first++;
        for (uint32_t i = 0; i < g->link_len; i++) {
            if (v->tail[i] == best && v->head[i] != best)
                in[v->head[i]]--;
            if (v->head[i] == best && v->tail[i] != NONE && v->tail[i] != best)
                out[v->tail[i]]--;
        }
    }
    for (uint32_t i = 0; i < g->link_len; i++)
        g->links[i].back = v->tail[i] != NONE && place[v->head[i]] < place[v->tail[i]];
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
        if (a.link == NONE)
            continue; /* a circle of wishes and frames of no length: all of one rank */
        r->arcs[e].dead = true;
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

/* One way to turn links, and the ranks that follow from it. */
typedef struct attempt {
    int64_t *x;         /* per rank variable */
    bool *turned;       /* per link: against its direction before anything was forced, */
    bool *back, *loose; /* and after */
    bool buries;        /* where the reader starts is not on top */
    uint64_t crossings, cost;
} attempt;

static bool start_attempt(const ranker *r, attempt *a)
{
    a->x = LAY_NEW(r->g->mem, int64_t, r->n + 1);
    a->turned = LAY_NEW(r->g->mem, bool, r->g->link_len);
    a->back = LAY_NEW(r->g->mem, bool, r->g->link_len);
    a->loose = LAY_NEW(r->g->mem, bool, r->g->link_len);
    a->cost = UINT64_MAX;
    return a->x && a->turned && a->back && a->loose;
}

enum { COST_CROSSING = 6, COST_BACK = 9 }; /* in ranks of length */

/* Length of all links, and more for each that runs against the flow. */
static uint64_t cost_of(const ranker *r, const int64_t *x)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < r->g->link_len; i++) {
        const nc_link *l = &r->g->links[i];
        if (!is_ranked(r->g, l))
            continue;
        int64_t d = x[r->rep[nc_end_var(r->g, &l->end[!l->back], false)]] -
                    x[r->rep[nc_end_var(r->g, &l->end[l->back], true)]];
        sum += (uint64_t)(d < 0 ? -d : d) * l->weight + (l->back ? COST_BACK : 0);
    }
    return sum;
}

/* Ranks for the links as they are turned now. */
static bool find_ranks(ranker *r, uint32_t hard, attempt *a)
{
    nc_layered *g = r->g;
    nc_lp lp;
    bool ok, optimal;
    r->arc_len = hard;
    for (uint32_t u = 0; u < r->n; u++)
        r->out[u] = r->in[u] = NONE;
    for (uint32_t e = 0; e < hard; e++) {
        r->arcs[e].next_out = r->out[r->arcs[e].from];
        r->arcs[e].next_in = r->in[r->arcs[e].to];
        r->out[r->arcs[e].from] = r->in[r->arcs[e].to] = e;
        r->arcs[e].dead = false;
    }
    for (uint32_t i = 0; i < g->link_len; i++) {
        g->links[i].loose = false;
        if (is_ranked(g, &g->links[i]) && !add_link(r, i))
            return false;
    }
    int64_t *x = LAY_NEW(g->mem, int64_t, r->n + 1);
    if (!x || !sort_classes(r) || !build_lp(r, &lp) || !nc_lp_least(g->mem, &lp, x, &ok))
        return false;
    if (ok && !nc_lp_solve(g->mem, &lp, x, &optimal))
        return false;
    a->cost = cost_of(r, x);
    memcpy(a->x, x, sizeof *x * r->n);
    for (uint32_t k = 0; k < g->link_len; k++) {
        a->back[k] = g->links[k].back;
        a->loose[k] = g->links[k].loose;
    }
    return true;
}

static bool same_attempt(const ranker *r, const attempt *a, const attempt *b)
{
    size_t n = r->g->link_len;
    return memcmp(a->back, b->back, n) == 0 && memcmp(a->loose, b->loose, n) == 0;
}

static void adopt(const ranker *r, const attempt *best)
{
    nc_layered *g = r->g;
    const int64_t *x = best->x;
    int64_t least = INT64_MAX;
    for (uint32_t i = 0; i < g->link_len; i++) {
        g->links[i].back = best->back[i];
        g->links[i].loose = best->loose[i];
    }
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
}

/* What an attempt costs with its crossings: a copy of the graph is ordered with its ranks. */
static bool add_crossings(const ranker *r, attempt *a)
{
    nc_layered copy = *r->g;
    nc_lay_mark mark = nc_lay_mem_mark(copy.mem);
    ranker trial = *r;
    copy.vertices = LAY_NEW(copy.mem, nc_vertex, copy.vertex_len);
    copy.clusters = LAY_NEW(copy.mem, nc_cluster, copy.cluster_len);
    copy.links = LAY_NEW(copy.mem, nc_link, copy.link_len);
    if (!copy.vertices || !copy.clusters || !copy.links)
        return false;
    memcpy(copy.vertices, r->g->vertices, sizeof *copy.vertices * copy.vertex_len);
    memcpy(copy.links, r->g->links, sizeof *copy.links * copy.link_len);
    if (copy.cluster_len)
        memcpy(copy.clusters, r->g->clusters, sizeof *copy.clusters * copy.cluster_len);
    copy.cluster_cap = copy.cluster_len;
    copy.trial = true;
    trial.g = &copy;
    adopt(&trial, a);
    bool ok = nc_pass_kinds(&copy) && nc_pass_rows(&copy) && nc_pass_order(&copy);
    a->crossings = copy.crossings;
    a->cost += COST_CROSSING * copy.crossings;
    nc_lay_mem_rewind(copy.mem, mark);
    return ok;
}

enum { MOST_TRIAL_LINKS = 400, MOST_ATTEMPTS = 48 };
enum { MANY_TURNED = 50 }; /* one link in so many: the author's order is none */
enum { MOST_PROBE_LINKS = 120 };

/* Ways to break cycles, from the author's own order to the shortest list of turned links. */
typedef enum way {
    WAY_SEARCH,   /* depth first from the first node, as the text is read */
    WAY_UNITS,    /* the same between whole clusters, so that one follows the other */
    WAY_DISTANCE, /* from where a cycle is entered, which keeps its parts level */
    WAY_TEXT,     /* by the order of first mention */
    WAY_GREEDY
} way;

typedef struct attempts {
    attempt list[MOST_ATTEMPTS];
    uint32_t len;
    uint32_t plain; /* of these by the ways that keep to the author's order */
    uint32_t hard;  /* arcs that no way changes */
    uint32_t *part; /* strongly connected part of each class */
    bool *entry;    /* per class: where the search enters a part that is a cycle */
    view flat, units;
} attempts;

/* A link that closes a cycle where it was entered. */
static bool leads_home(const attempts *all, uint32_t i)
{
    uint32_t a = all->flat.tail[i], b = all->flat.head[i];
    return a != NONE && a != b && all->part[a] == all->part[b] && all->entry[b];
}

/*
 * The first attempt is a search in the author's order. It enters each cycle at one class, the one
 * with no link of its part left that leads down to it.
 */
static bool find_entries(ranker *r, attempts *all)
{
    view *v = &all->flat;
    all->part = LAY_NEW(r->g->mem, uint32_t, v->n);
    all->entry = LAY_NEW(r->g->mem, bool, v->n);
    if (!all->part || !all->entry || !find_parts(r, v, all->part))
        return false;
    for (uint32_t u = 0; u < v->n; u++)
        all->entry[u] = true;
    for (uint32_t i = 0; i < r->g->link_len; i++) {
        uint32_t a = v->tail[i], b = v->head[i];
        if (a != NONE && a != b && all->part[a] == all->part[b] && !all->list[0].back[i])
            all->entry[b] = false;
    }
    return true;
}

/* Ranks for the links as they are turned now, unless an earlier attempt turned them alike. */
static bool add_attempt(ranker *r, attempts *all)
{
    nc_layered *g = r->g;
    attempt *a = &all->list[all->len];
    for (uint32_t k = 0; k < all->len; k++) {
        bool same = true;
        for (uint32_t i = 0; i < g->link_len && same; i++)
            same = all->list[k].turned[i] == g->links[i].back;
        if (same)
            return true;
    }
    if (!start_attempt(r, a))
        return false;
    for (uint32_t i = 0; i < g->link_len; i++)
        a->turned[i] = g->links[i].back;
    if (!find_ranks(r, all->hard, a))
        return false;
    for (uint32_t k = 0; k < all->len; k++) {
        if (same_attempt(r, &all->list[k], a))
            return true;
    }
    bool small = g->link_len <= MOST_TRIAL_LINKS;
    if (small && !all->len && !find_entries(r, all))
        return false;
    for (uint32_t i = 0; i < g->link_len && small && all->len; i++)
        a->buries = a->buries || (!a->back[i] && leads_home(all, i));
    all->len++;
    if (all->len < 2 || !small)
        return true; /* nothing to compare, or too large */
    return (all->len > 2 || add_crossings(r, &all->list[0])) && add_crossings(r, a);
}

static bool turn_links(ranker *r, attempts *all, way w, uint32_t *turned)
{
    for (uint32_t i = 0; i < r->g->link_len; i++)
        r->g->links[i].back = false;
    switch (w) {
    case WAY_SEARCH:
        *turned = turn_back_links(r, &all->flat);
        return true;
    case WAY_UNITS:
        *turned += turn_back_links(r, &all->units);
        return true;
    case WAY_DISTANCE:
        return turn_by_distance(r, &all->flat);
    case WAY_TEXT:
        return turn_by_text(r, &all->flat);
    case WAY_GREEDY:
        return turn_greedily(r, &all->flat);
    }
    return true;
}

static bool try_ways(ranker *r, attempts *all)
{
    const nc_layered *g = r->g;
    bool small = g->link_len <= MOST_TRIAL_LINKS;
    uint32_t turned = 0;
    if (!view_links(r, false, &all->flat) ||
        (small && g->cluster_len && !view_links(r, true, &all->units)))
        return false;
    for (way w = WAY_SEARCH; w <= WAY_GREEDY; w++) {
        if (w == WAY_UNITS && (!small || !g->cluster_len))
            continue;
        if (w > WAY_UNITS && (!turned || (!small && turned < g->link_len / MANY_TURNED)))
            continue;
        if (w > WAY_DISTANCE && !small)
            break;
        if (!turn_links(r, all, w, &turned))
            return false;
        r->cyclic = turned > 0;
        if (!add_attempt(r, all))
            return false;
        if (w <= WAY_DISTANCE)
            all->plain = all->len;
    }
    return true;
}

/*
 * The cheapest of those that follow the author wins; the text's own order as long as no other is
 * clearly cheaper. The rest are taken only where they save crossings, too. None of a small graph may
 * begin anywhere but where the text begins: what is named first is where the reader looks for the
 * start.
 */
static uint32_t cheapest(const attempts *all)
{
    uint32_t best = 0;
    for (uint32_t k = 1; k < all->len; k++) {
        const attempt *a = &all->list[k], *b = &all->list[best];
        if (a->buries || (k >= all->plain && a->crossings >= b->crossings))
            continue;
        if (a->cost + (best ? 0 : a->cost / 10) < b->cost)
            best = k;
    }
    return best;
}

/*
 * Still crossings in a small graph with cycles: from the best attempt on, each link on a cycle is
 * turned over in turn, and whatever is better is where the next ones start from.
 */
static bool probe_links(ranker *r, attempts *all)
{
    nc_layered *g = r->g;
    const view *v = &all->flat;
    uint32_t *part = LAY_NEW(g->mem, uint32_t, r->n);
    if (!part || !find_parts(r, &all->flat, part))
        return false;
    for (uint32_t i = 0; i < g->link_len && all->len < MOST_ATTEMPTS; i++) {
        if (v->tail[i] == NONE || v->tail[i] == v->head[i] || part[v->tail[i]] != part[v->head[i]])
            continue;
        const attempt *best = &all->list[cheapest(all)];
        for (uint32_t k = 0; k < g->link_len; k++)
            g->links[k].back = best->turned[k];
        g->links[i].back = !g->links[i].back;
        if (!add_attempt(r, all))
            return false;
    }
    return true;
}

static bool rank_best(ranker *r)
{
    nc_layered *g = r->g;
    attempts *all = LAY_NEW(g->mem, attempts, 1);
    if (!all)
        return false;
    all->hard = r->arc_len;
    if (!try_ways(r, all))
        return false;
    bool probe = r->cyclic && all->list[cheapest(all)].crossings && !g->trial &&
                 g->link_len <= MOST_PROBE_LINKS;
    if (probe && !probe_links(r, all))
        return false;
    adopt(r, &all->list[cheapest(all)]);
    return true;
}

bool nc_pass_rank(nc_layered *g)
{
    ranker r;
    nc_lay_mark mark = nc_lay_mem_mark(g->mem);
    bool ok = start(&r, g) && rank_best(&r);
    nc_lay_mem_rewind(g->mem, mark);
    return ok;
}
