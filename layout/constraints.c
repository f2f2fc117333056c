/*
 * Merge the author's wishes in the order of the text.
 *
 * Input:   wishes, clusters.      Output: dropped and against of each wish.
 * Rules:   "same rank" joins rank variables (union-find), "below" adds an arc between them, "right
 *          of" adds an arc between the two units that stand beside each other below the deepest
 *          common cluster. A wish that would close a circle with those before it is dropped;
 *          against is the latest wish on that circle (NONE: the nesting itself forbids it).
 * Fails:   without memory.      Source: ours; union-find after Tarjan 1975.
 */
#include "layout/constraints.h"

#include <string.h>

typedef struct arc {
    uint32_t from, to, next, wish;
    bool strict;
} arc;

typedef struct merge {
    nc_layered *g;
    uint32_t *root, *ring, *joined; /* classes of rank variables: root, members, latest wish */
    uint32_t *out[2];               /* first arc: of a rank variable, of a unit */
    arc *arcs;
    uint32_t arc_len, arc_cap;
    uint32_t *queue, *from; /* search: states in order, the state before, */
    arc **via;              /* the arc taken */
    uint32_t *seen, stamp;
} merge;

static uint32_t find_root(uint32_t *root, uint32_t v)
{
    while (root[v] != v) {
        root[v] = root[root[v]];
        v = root[v];
    }
    return v;
}

void nc_rank_classes(const nc_layered *g, uint32_t *rep)
{
    uint32_t n = nc_rank_vars(g);
    for (uint32_t v = 0; v < n; v++)
        rep[v] = v;
    for (uint32_t i = 0; i < g->wish_len; i++) {
        const nc_wish *w = &g->wishes[i];
        if (w->dropped || w->rule == NC_LAY_RULE_BELOW)
            continue;
        uint32_t a = find_root(rep, nc_end_var(g, &w->a, false));
        uint32_t b = find_root(rep, nc_end_var(g, &w->b, false));
        rep[a > b ? a : b] = a < b ? a : b;
    }
    for (uint32_t v = 0; v < n; v++)
        rep[v] = find_root(rep, v);
}

static bool add_arc(merge *m, int graph, uint32_t a, uint32_t b, uint32_t wish, bool strict)
{
    arc it = {.from = a, .to = b, .next = m->out[graph][a], .wish = wish, .strict = strict};
    if (!LAY_PUSH(m->g->mem, m->arcs, m->arc_len, m->arc_cap, it))
        return false;
    m->out[graph][a] = m->arc_len - 1;
    return true;
}

static bool start(merge *m, nc_layered *g)
{
    uint32_t n = nc_rank_vars(g);
    *m = (merge){.g = g};
    m->root = LAY_NEW(g->mem, uint32_t, n);
    m->ring = LAY_NEW(g->mem, uint32_t, n);
    m->joined = LAY_NEW(g->mem, uint32_t, n);
    m->out[0] = LAY_NEW(g->mem, uint32_t, n);
    m->out[1] = LAY_NEW(g->mem, uint32_t, n);
    m->queue = LAY_NEW(g->mem, uint32_t, 2 * (size_t)n);
    m->from = LAY_NEW(g->mem, uint32_t, 2 * (size_t)n);
    m->via = LAY_NEW(g->mem, arc *, 2 * (size_t)n);
    m->seen = LAY_NEW(g->mem, uint32_t, 2 * (size_t)n);
    if (!m->root || !m->ring || !m->joined || !m->out[0] || !m->out[1] || !m->queue || !m->from ||
        !m->via || !m->seen)
        return false;
    for (uint32_t v = 0; v < n; v++) {
        m->root[v] = m->ring[v] = v;
        m->joined[v] = m->out[0][v] = m->out[1][v] = NONE;
    }
    for (uint32_t v = 0; v < g->vertex_len; v++) {
        uint32_t c = g->vertices[v].cluster;
        if (c != NONE && (!add_arc(m, 0, nc_top_var(g, c), v, NONE, false) ||
                          !add_arc(m, 0, v, nc_bottom_var(g, c), NONE, false)))
            return false;
    }
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        uint32_t p = g->clusters[c].parent;
        if (!add_arc(m, 0, nc_top_var(g, c), nc_bottom_var(g, c), NONE, false))
            return false;
        if (p != NONE && (!add_arc(m, 0, nc_top_var(g, p), nc_top_var(g, c), NONE, false) ||
                          !add_arc(m, 0, nc_bottom_var(g, c), nc_bottom_var(g, p), NONE, false)))
            return false;
    }
    return true;
}

static uint32_t later(uint32_t a, uint32_t b)
{
    if (a == NONE || b == NONE)
        return a == NONE ? b : a;
    return a > b ? a : b;
}

static void visit(merge *m, uint32_t state, uint32_t from, arc *via, uint32_t *tail)
{
    if (m->seen[state] == m->stamp)
        return;
    m->seen[state] = m->stamp;
    m->from[state] = from;
    m->via[state] = via;
    m->queue[(*tail)++] = state;
}

/*
 * Is there a path from variable a's class to b's among the ranks, with a strict arc on it if asked for?
 * *wish is then the latest wish on it. A state is 2 * class + (a strict arc was passed).
 */
static bool rank_path(merge *m, uint32_t a, uint32_t b, bool need_strict, uint32_t *wish)
{
    uint32_t head = 0, tail = 0, goal = NONE;
    uint32_t from = find_root(m->root, a), to = find_root(m->root, b);
    m->stamp++;
    visit(m, 2 * from, NONE, NULL, &tail);
    while (head < tail && goal == NONE) {
        uint32_t state = m->queue[head++], class = state / 2, v = class;
        if (class == to && (state % 2 || !need_strict)) {
            goal = state;
            break;
        }
        do {
            for (uint32_t e = m->out[0][v]; e != NONE; e = m->arcs[e].next) {
                uint32_t next = find_root(m->root, m->arcs[e].to);
                visit(m, 2 * next + (state % 2 || m->arcs[e].strict), state, &m->arcs[e], &tail);
            }
            v = m->ring[v];
        } while (v != class);
    }
    if (goal == NONE)
        return false;
    /* Back along the path: a class counts where the path comes in and leaves by different members. */
    uint32_t member = b;
    *wish = NONE;
    for (uint32_t s = goal; s != NONE; s = m->from[s]) {
        uint32_t entry = m->via[s] ? m->via[s]->to : a;
        if (entry != member)
            *wish = later(*wish, m->joined[s / 2]);
        if (m->via[s]) {
            *wish = later(*wish, m->via[s]->wish);
            member = m->via[s]->from;
        }
    }
    return true;
}

static bool unit_path(merge *m, uint32_t a, uint32_t b, uint32_t *wish)
{
    uint32_t head = 0, tail = 0;
    m->stamp++;
    visit(m, a, NONE, NULL, &tail);
    while (head < tail) {
        uint32_t u = m->queue[head++];
        if (u == b) {
            *wish = NONE;
            for (uint32_t s = u; s != NONE; s = m->from[s])
                *wish = m->via[s] ? later(*wish, m->via[s]->wish) : *wish;
            return true;
        }
        for (uint32_t e = m->out[1][u]; e != NONE; e = m->arcs[e].next)
            visit(m, m->arcs[e].to, u, &m->arcs[e], &tail);
    }
    return false;
}

static uint32_t unit_of(const nc_layered *g, const nc_end *e, uint32_t above)
{
    uint32_t inner = e->at == NC_AT_CLUSTER ? e->index : g->vertices[e->index].cluster;
    uint32_t child = nc_child_towards(g, inner, above);
    return child == NONE ? e->index : g->vertex_len + child;
}

/* Does one end hold the other? Then no rule between them can be met. */
static bool nested(const nc_layered *g, const nc_end *a, const nc_end *b)
{
    if (a->at == b->at && a->index == b->index)
        return true;
    const nc_end *pair[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        if (pair[i]->at != NC_AT_CLUSTER)
            continue;
        const nc_end *o = pair[1 - i];
        uint32_t c = o->at == NC_AT_CLUSTER ? o->index : g->vertices[o->index].cluster;
        for (; c != NONE; c = g->clusters[c].parent) {
            if (c == pair[i]->index)
                return true;
        }
    }
    return false;
}

/* A neighbour pair x, y would be torn apart, or has another neighbour already. */
static bool tears(merge *m, uint32_t upto, uint32_t ua, uint32_t ub, bool beside, uint32_t *wish)
{
    nc_layered *g = m->g;
    uint32_t dummy;
    for (uint32_t i = 0; i < upto; i++) {
        const nc_wish *w = &g->wishes[i];
        if (w->dropped || w->rule != NC_LAY_RULE_BESIDE)
            continue;
        uint32_t above = nc_common_cluster(g, nc_end_cluster(g, &w->a), nc_end_cluster(g, &w->b));
        uint32_t x = unit_of(g, &w->a, above), y = unit_of(g, &w->b, above);
        bool same = x == ua && y == ub;
        bool shares = beside && !same && (x == ua || y == ub);
        if (shares || (!same && unit_path(m, x, ua, &dummy) && unit_path(m, ub, y, &dummy))) {
            *wish = i;
            return true;
        }
    }
    return false;
}

static bool take_row_wish(merge *m, uint32_t i, bool *good, uint32_t *against)
{
    nc_layered *g = m->g;
    nc_wish *w = &g->wishes[i];
    uint32_t above = nc_common_cluster(g, nc_end_cluster(g, &w->a), nc_end_cluster(g, &w->b));
    uint32_t ua = unit_of(g, &w->a, above), ub = unit_of(g, &w->b, above);
    bool beside = w->rule == NC_LAY_RULE_BESIDE;
    uint32_t wish = NONE;
    if (ua == ub || unit_path(m, ub, ua, &wish) || tears(m, i, ua, ub, beside, &wish)) {
        *good = false;
        *against = wish;
        return true;
    }
    return add_arc(m, 1, ua, ub, i, true);
}

static bool take_wish(merge *m, uint32_t i)
{
    nc_layered *g = m->g;
    nc_wish *w = &g->wishes[i];
    uint32_t against = NONE;
    bool good = w->a.at != NC_AT_PORT && w->b.at != NC_AT_PORT && !nested(g, &w->a, &w->b);
    if (good && w->rule == NC_LAY_RULE_BELOW) {
        uint32_t a = nc_end_var(g, &w->a, true), b = nc_end_var(g, &w->b, false);
        good = !rank_path(m, b, a, false, &against);
        if (good && !add_arc(m, 0, a, b, i, true))
            return false;
    } else if (good) {
        uint32_t va = nc_end_var(g, &w->a, false), vb = nc_end_var(g, &w->b, false);
        uint32_t a = find_root(m->root, va), b = find_root(m->root, vb);
        good = !rank_path(m, va, vb, true, &against) && !rank_path(m, vb, va, true, &against);
        if (good && w->rule != NC_LAY_RULE_SAME && !take_row_wish(m, i, &good, &against))
            return false;
        if (good && a != b) {
            uint32_t swap = m->ring[a];
            m->ring[a] = m->ring[b];
            m->ring[b] = swap;
            m->root[b] = a;
            m->joined[a] = i;
        }
    }
    w->dropped = !good;
    w->against = against == NONE ? NONE : g->wishes[against].source;
    return true;
}

bool nc_pass_constrain(nc_layered *g)
{
    if (g->wish_len == 0)
        return true;
    merge m;
    nc_lay_mark mark = nc_lay_mem_mark(g->mem);
    bool ok = start(&m, g);
    for (uint32_t i = 0; ok && i < g->wish_len; i++)
        ok = take_wish(&m, i);
    nc_lay_mem_rewind(g->mem, mark);
    return ok;
}
