#include "layout/simplex.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define UNBOUNDED INT64_MAX

enum { AT_LOW = 1, IN_TREE = 0, AT_HIGH = -1 };

/* Variable n is the root of the tree; arcs m .. m + n - 1 tie a variable to it at a high price. */
typedef struct flow {
    uint32_t n, m;
    uint32_t *from, *to;
    int64_t *price, *cap, *amount;
    int8_t *state;
    int64_t *pi; /* potentials: x = -pi */
    uint32_t *parent, *pred, *child, *next, *prev, *depth;
    uint32_t *stack;
    uint32_t scan, block;
    uint64_t work, budget;
} flow;

static bool take_arrays(flow *f, nc_lay_mem *m, const nc_lp *lp)
{
    uint32_t n = lp->var_len, all = lp->arc_len + n;
    *f = (flow){.n = n, .m = lp->arc_len, .budget = lp->budget};
    f->from = LAY_NEW(m, uint32_t, all);
    f->to = LAY_NEW(m, uint32_t, all);
    f->price = LAY_NEW(m, int64_t, all);
    f->cap = LAY_NEW(m, int64_t, all);
    f->amount = LAY_NEW(m, int64_t, all);
    f->state = LAY_NEW(m, int8_t, all);
    f->pi = LAY_NEW(m, int64_t, n + 1);
    f->parent = LAY_NEW(m, uint32_t, n + 1);
    f->pred = LAY_NEW(m, uint32_t, n + 1);
    f->child = LAY_NEW(m, uint32_t, n + 1);
    f->next = LAY_NEW(m, uint32_t, n + 1);
    f->prev = LAY_NEW(m, uint32_t, n + 1);
    f->depth = LAY_NEW(m, uint32_t, n + 1);
    f->stack = LAY_NEW(m, uint32_t, n + 1);
    return f->from && f->to && f->price && f->cap && f->amount && f->state && f->pi && f->parent &&
           f->pred && f->child && f->next && f->prev && f->depth && f->stack;
}

static void attach(flow *f, uint32_t u, uint32_t p, uint32_t pred)
{
    f->parent[u] = p;
    f->pred[u] = pred;
    f->prev[u] = NC_LAY_NONE;
    f->next[u] = f->child[p];
    if (f->child[p] != NC_LAY_NONE)
        f->prev[f->child[p]] = u;
    f->child[p] = u;
}

static void detach(flow *f, uint32_t u)
{
    if (f->prev[u] != NC_LAY_NONE)
        f->next[f->prev[u]] = f->next[u];
    else
        f->child[f->parent[u]] = f->next[u];
    if (f->next[u] != NC_LAY_NONE)
        f->prev[f->next[u]] = f->prev[u];
}

/* Depth and potential of u and everything below it, from its parent's. */
static void settle(flow *f, uint32_t u)
{
    uint32_t top = 0;
    f->stack[top++] = u;
    while (top) {
        uint32_t v = f->stack[--top], p = f->parent[v], e = f->pred[v];
        f->depth[v] = f->depth[p] + 1;
        f->pi[v] = f->from[e] == v ? f->pi[p] - f->price[e] : f->pi[p] + f->price[e];
        f->work++;
        for (uint32_t c = f->child[v]; c != NC_LAY_NONE; c = f->next[c])
            f->stack[top++] = c;
    }
}

static bool start_flow(flow *f, nc_lay_mem *m, const nc_lp *lp, const int64_t *x, int64_t *excess)
{
    uint32_t n = f->n;
    for (uint32_t v = 0; v < n; v++)
        excess[v] = lp->cost ? -lp->cost[v] : 0;
    for (uint32_t e = 0; e < f->m; e++) {
        const nc_lp_arc *a = &lp->arcs[e];
        assert(a->from < n && a->to < n && a->from != a->to);
        f->from[e] = a->from;
        f->to[e] = a->to;
        f->price[e] = -a->len;
        f->cap[e] = a->weight ? 2 * a->weight : UNBOUNDED;
        f->state[e] = AT_LOW;
        if (a->weight) { /* flow -w..w is kept as 0..2w */
            excess[a->from] += a->weight;
            excess[a->to] -= a->weight;
            if (x[a->to] - x[a->from] < a->len)
                f->state[e] = AT_HIGH;
        } else {
            assert(x[a->to] - x[a->from] >= a->len);
        }
    }
    (void)m;
    return true;
}

/* A forest of tight constraints (and springs at rest), grown breadth first; order[] lists it. */
static bool grow_forest(flow *f, nc_lay_mem *m, const int64_t *x, uint32_t *order)
{
    uint32_t n = f->n;
    uint32_t *first = LAY_NEW(m, uint32_t, n + 1);
    uint32_t *list = LAY_NEW(m, uint32_t, 2 * (size_t)f->m);
    bool *seen = LAY_NEW(m, bool, n);
    if (!first || !list || !seen)
        return false;
    for (uint32_t e = 0; e < f->m; e++) {
        first[f->from[e]]++;
        first[f->to[e]]++;
    }
    uint32_t sum = 0;
    for (uint32_t v = 0; v <= n; v++) {
        uint32_t count = first[v];
        first[v] = sum;
        sum += count;
    }
    for (uint32_t e = 0; e < f->m; e++) {
        list[first[f->from[e]]++] = e;
        list[first[f->to[e]]++] = e;
    }
    for (uint32_t v = n; v > 0; v--)
        first[v] = first[v - 1];
    first[0] = 0;
    uint32_t head = 0, tail = 0;
    for (uint32_t r = 0; r < n; r++) {
        if (seen[r])
            continue;
        seen[r] = true;
        f->parent[r] = n;
        f->pred[r] = f->m + r;
        order[tail++] = r;
        while (head < tail) {
            uint32_t u = order[head++];
            for (uint32_t i = first[u]; i < first[u + 1]; i++) {
                uint32_t e = list[i];
                uint32_t v = f->from[e] == u ? f->to[e] : f->from[e];
                if (seen[v] || x[f->to[e]] - x[f->from[e]] != -f->price[e])
                    continue;
                seen[v] = true;
                f->parent[v] = u;
                f->pred[v] = e;
                order[tail++] = v;
            }
        }
    }
    return true;
}

/* The first feasible tree: forest edges whose flow would be wrong are cut and tied to the root. */
static bool start_tree(flow *f, nc_lay_mem *m, const nc_lp *lp, const int64_t *x)
{
    uint32_t n = f->n;
    int64_t *excess = LAY_NEW(m, int64_t, n + 1);
    uint32_t *order = LAY_NEW(m, uint32_t, n);
    if (!excess || !order || !start_flow(f, m, lp, x, excess) || !grow_forest(f, m, x, order))
        return false;
    int64_t most = 1;
    for (uint32_t e = 0; e < f->m; e++) {
        int64_t price = f->price[e] < 0 ? -f->price[e] : f->price[e];
        if (price > most)
            most = price;
    }
    int64_t ransom = (most + 1) * ((int64_t)n + 1);
    for (uint32_t v = 0; v < n; v++) {
        if (f->pred[v] < f->m)
            f->state[f->pred[v]] = IN_TREE;
    }
    for (uint32_t e = 0; e < f->m; e++) {
        if (f->state[e] == AT_HIGH) {
            f->amount[e] = f->cap[e];
            excess[f->from[e]] -= f->cap[e];
            excess[f->to[e]] += f->cap[e];
        }
    }
    for (uint32_t i = n; i-- > 0;) {
        uint32_t v = order[i], e = f->pred[v];
        if (e < f->m) {
            bool up = f->from[e] == v;
            int64_t amount = up ? excess[v] : -excess[v];
            if (up ? amount >= 0 && amount < f->cap[e] : amount > 0 && amount <= f->cap[e]) {
                f->amount[e] = amount;
                excess[f->parent[v]] += excess[v];
                continue;
            }
            f->state[e] = AT_LOW;
            f->parent[v] = n;
            e = f->pred[v] = f->m + v;
        }
        bool up = excess[v] >= 0;
        f->from[e] = up ? v : n;
        f->to[e] = up ? n : v;
        f->amount[e] = up ? excess[v] : -excess[v];
    }
    for (uint32_t v = 0; v < n; v++) {
        uint32_t e = f->m + v;
        f->price[e] = ransom;
        f->cap[e] = UNBOUNDED;
        f->state[e] = f->pred[v] == e ? IN_TREE : AT_LOW;
    }
    memset(f->child, 0xff, sizeof *f->child * ((size_t)n + 1));
    f->parent[n] = f->pred[n] = NC_LAY_NONE;
    for (uint32_t i = n; i-- > 0;)
        attach(f, order[i], f->parent[order[i]], f->pred[order[i]]);
    for (uint32_t v = f->child[n]; v != NC_LAY_NONE; v = f->next[v])
        settle(f, v);
    return true;
}

static int64_t reduced(const flow *f, uint32_t e)
{
    return f->price[e] + f->pi[f->from[e]] - f->pi[f->to[e]];
}

/* Block search: the worst arc of the first block that has a bad one. */
static uint32_t find_entering(flow *f)
{
    uint32_t best = NC_LAY_NONE, left = f->block;
    int64_t worst = 0;
    for (uint32_t k = 0; k < f->m; k++) {
        uint32_t e = f->scan;
        f->scan = e + 1 == f->m ? 0 : e + 1;
        int64_t c = (int64_t)f->state[e] * reduced(f, e);
        if (c < worst) {
            worst = c;
            best = e;
        }
        f->work++;
        if (--left == 0) {
            if (best != NC_LAY_NONE)
                return best;
            left = f->block;
        }
    }
    return best;
}

typedef struct pivot {
    uint32_t enter, first, second, join;
    uint32_t out; /* the tree arc above this node leaves; NONE: the entering arc only flips */
    bool out_on_first;
    int64_t delta;
} pivot;

/* How much flow arc pred[u] lets through when the cycle runs along (down) or against it. */
static int64_t room(const flow *f, uint32_t u, bool upwards)
{
    uint32_t e = f->pred[u];
    bool with = (f->from[e] == u) == upwards;
    if (!with)
        return f->amount[e];
    return f->cap[e] == UNBOUNDED ? UNBOUNDED : f->cap[e] - f->amount[e];
}

static void find_leaving(flow *f, pivot *p)
{
    uint32_t e = p->enter;
    bool low = f->state[e] == AT_LOW;
    p->first = low ? f->from[e] : f->to[e];
    p->second = low ? f->to[e] : f->from[e];
    uint32_t a = p->first, b = p->second;
    while (a != b) {
        f->work++;
        if (f->depth[a] >= f->depth[b])
            a = f->parent[a];
        else
            b = f->parent[b];
    }
    p->join = a;
    p->delta = f->cap[e];
    p->out = NC_LAY_NONE;
    p->out_on_first = false;
    for (uint32_t u = p->first; u != p->join; u = f->parent[u]) {
        int64_t d = room(f, u, false);
        if (d < p->delta) {
            p->delta = d;
            p->out = u;
            p->out_on_first = true;
        }
    }
    for (uint32_t u = p->second; u != p->join; u = f->parent[u]) {
        int64_t d = room(f, u, true);
        if (d <= p->delta) {
            p->delta = d;
            p->out = u;
            p->out_on_first = false;
        }
    }
}

static void push_flow(flow *f, const pivot *p)
{
    if (p->delta == 0)
        return;
    f->amount[p->enter] += f->state[p->enter] * p->delta;
    for (uint32_t u = p->first; u != p->join; u = f->parent[u])
        f->amount[f->pred[u]] += f->from[f->pred[u]] == u ? -p->delta : p->delta;
    for (uint32_t u = p->second; u != p->join; u = f->parent[u])
        f->amount[f->pred[u]] += f->from[f->pred[u]] == u ? p->delta : -p->delta;
}

/* The subtree below the leaving arc is turned over and hung on the entering arc. */
static void swap_tree(flow *f, const pivot *p)
{
    uint32_t leave = f->pred[p->out];
    f->state[leave] = f->amount[leave] == 0 ? AT_LOW : AT_HIGH;
    f->state[p->enter] = IN_TREE;
    uint32_t u = p->out_on_first ? p->first : p->second;
    uint32_t hang = p->out_on_first ? p->second : p->first;
    uint32_t top = u, pred = p->enter, stop = p->out;
    for (;;) {
        uint32_t up = f->parent[u], old = f->pred[u];
        detach(f, u);
        attach(f, u, hang, pred);
        f->work++;
        if (u == stop)
            break;
        hang = u;
        pred = old;
        u = up;
    }
    settle(f, top);
}

static bool run_simplex(flow *f)
{
    f->block = (uint32_t)sqrt((double)f->m);
    if (f->block < 12)
        f->block = 12;
    for (;;) {
        pivot p = {.enter = f->m ? find_entering(f) : NC_LAY_NONE};
        if (p.enter == NC_LAY_NONE)
            return true;
        if (f->work > f->budget)
            return false;
        find_leaving(f, &p);
        if (p.delta == UNBOUNDED)
            return false; /* constraints in a circle */
        push_flow(f, &p);
        if (p.out == NC_LAY_NONE)
            f->state[p.enter] = (int8_t)-f->state[p.enter];
        else
            swap_tree(f, &p);
    }
}

/* Slack graph for the two ends of the set of optima: arc u -> v lets v follow u by at most `gap`. */
typedef struct slack {
    uint32_t to;
    int64_t gap;
} slack;

typedef struct heap_item {
    int64_t key;
    uint32_t v;
} heap_item;

static bool before(heap_item a, heap_item b)
{
    return a.key != b.key ? a.key < b.key : a.v < b.v;
}

static void heap_push(heap_item *h, uint32_t *len, heap_item it)
{
    uint32_t i = (*len)++;
    while (i && before(it, h[(i - 1) / 2])) {
        h[i] = h[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    h[i] = it;
}

static heap_item heap_pop(heap_item *h, uint32_t *len)
{
    heap_item top = h[0], last = h[--(*len)];
    uint32_t i = 0;
    for (;;) {
        uint32_t c = 2 * i + 1;
        if (c >= *len)
            break;
        if (c + 1 < *len && before(h[c + 1], h[c]))
            c++;
        if (!before(h[c], last))
            break;
        h[i] = h[c];
        i = c;
    }
    h[i] = last;
    return top;
}

/* dist[v]: how far v may go when the anchor stays. */
static void shift_room(const uint32_t *first, const slack *list, uint32_t n, uint32_t anchor,
                       int64_t *dist, heap_item *heap)
{
    for (uint32_t v = 0; v < n; v++)
        dist[v] = UNBOUNDED;
    uint32_t len = 0;
    dist[anchor] = 0;
    heap_push(heap, &len, (heap_item){0, anchor});
    while (len) {
        heap_item it = heap_pop(heap, &len);
        if (it.key > dist[it.v])
            continue;
        for (uint32_t i = first[it.v]; i < first[it.v + 1]; i++) {
            int64_t d = it.key + list[i].gap;
            if (d < dist[list[i].to]) {
                dist[list[i].to] = d;
                heap_push(heap, &len, (heap_item){d, list[i].to});
            }
        }
    }
}

/* What arc e lets its ends do without loss: bit 0 `to` may move away (gap), bit 1 rigid. */
static void arc_slack(const flow *f, const int64_t *x, uint32_t e, bool *ge, bool *le, int64_t *gap)
{
    *gap = x[f->to[e]] - x[f->from[e]] + f->price[e];
    bool spring = f->cap[e] != UNBOUNDED;
    *ge = !spring || f->amount[e] < f->cap[e];
    *le = f->amount[e] > 0;
}

static bool centre(flow *f, nc_lay_mem *m, const nc_lp *lp, int64_t *x)
{
    uint32_t n = f->n;
    uint32_t *first[2] = {LAY_NEW(m, uint32_t, n + 2), LAY_NEW(m, uint32_t, n + 2)};
    slack *list[2] = {LAY_NEW(m, slack, 2 * (size_t)f->m + 1),
                      LAY_NEW(m, slack, 2 * (size_t)f->m + 1)};
    int64_t *dist[2] = {LAY_NEW(m, int64_t, n), LAY_NEW(m, int64_t, n)};
    heap_item *heap = LAY_NEW(m, heap_item, 2 * (size_t)f->m + 2);
    if (!first[0] || !first[1] || !list[0] || !list[1] || !dist[0] || !dist[1] || !heap)
        return false;
    /* list[0]: how far v can go left after u went left; list[1]: the same to the right. */
    for (int fill = 0; fill < 2; fill++) {
        for (uint32_t e = 0; e < f->m; e++) {
            bool ge, le;
            int64_t gap;
            arc_slack(f, x, e, &ge, &le, &gap);
            uint32_t a = f->from[e], b = f->to[e];
            if (ge && fill) {
                list[0][first[0][a + 1]++] = (slack){b, gap};
                list[1][first[1][b + 1]++] = (slack){a, gap};
            } else if (ge) {
                first[0][a + 2]++;
                first[1][b + 2]++;
            }
            if (le && fill) {
                list[0][first[0][b + 1]++] = (slack){a, -gap};
                list[1][first[1][a + 1]++] = (slack){b, -gap};
            } else if (le) {
                first[0][b + 2]++;
                first[1][a + 2]++;
            }
        }
        for (uint32_t v = 0; v < n && !fill; v++) {
            first[0][v + 2] += first[0][v + 1];
            first[1][v + 2] += first[1][v + 1];
        }
    }
    shift_room(first[0], list[0], n, lp->low, dist[0], heap);
    shift_room(first[1], list[1], n, lp->high, dist[1], heap);
    for (uint32_t v = 0; v < n; v++) {
        if (dist[0][v] == UNBOUNDED || dist[1][v] == UNBOUNDED)
            continue;
        int64_t d = dist[1][v] - dist[0][v];
        x[v] += d >= 0 ? d / 2 : -((1 - d) / 2);
    }
    return true;
}

bool nc_lp_solve(nc_lay_mem *m, const nc_lp *lp, int64_t *x, bool *optimal)
{
    nc_lay_mark mark = nc_lay_mem_mark(m);
    flow f;
    *optimal = false;
    bool ok = take_arrays(&f, m, lp) && start_tree(&f, m, lp, x);
    if (ok && run_simplex(&f)) {
        *optimal = true;
        for (uint32_t v = 0; v < f.n; v++) {
            if (f.amount[f.m + v] != 0)
                *optimal = false; /* no balance: the costs do not sum to 0 or constraints clash */
        }
        if (*optimal) {
            for (uint32_t v = 0; v < f.n; v++)
                x[v] = -f.pi[v];
            if (lp->centre)
                ok = centre(&f, m, lp, x);
        }
    }
    nc_lay_mem_rewind(m, mark);
    return ok;
}

bool nc_lp_least(nc_lay_mem *m, const nc_lp *lp, int64_t *x, bool *feasible)
{
    nc_lay_mark mark = nc_lay_mem_mark(m);
    uint32_t n = lp->var_len;
    uint32_t *first = LAY_NEW(m, uint32_t, n + 2);
    uint32_t *list = LAY_NEW(m, uint32_t, lp->arc_len);
    uint32_t *queue = LAY_NEW(m, uint32_t, n + 1);
    uint32_t *times = LAY_NEW(m, uint32_t, n);
    bool *queued = LAY_NEW(m, bool, n);
    if (!first || !list || !queue || !times || !queued)
        return false;
    *feasible = true;
    uint32_t *in = LAY_NEW(m, uint32_t, n);
    if (!in)
        return false;
    for (uint32_t e = 0; e < lp->arc_len; e++) {
        if (!lp->arcs[e].weight) {
            first[lp->arcs[e].from + 2]++;
            in[lp->arcs[e].to]++;
        }
    }
    for (uint32_t v = 0; v < n; v++)
        first[v + 2] += first[v + 1];
    for (uint32_t e = 0; e < lp->arc_len; e++) {
        if (!lp->arcs[e].weight)
            list[first[lp->arcs[e].from + 1]++] = e;
    }
    /* Longest paths in topological order as far as there is one; what is left over circles. */
    uint32_t head = 0, tail = 0;
    for (uint32_t v = 0; v < n; v++) {
        if (!in[v])
            queue[tail++] = v;
    }
    while (head < tail) {
        uint32_t u = queue[head++];
        for (uint32_t i = first[u]; i < first[u + 1]; i++) {
            const nc_lp_arc *a = &lp->arcs[list[i]];
            if (x[a->to] < x[u] + a->len)
                x[a->to] = x[u] + a->len;
            if (--in[a->to] == 0)
                queue[tail++] = a->to;
        }
    }
    if (tail < n) { /* circles of slack: relax them until they rest */
        uint32_t len = 0, at = 0;
        for (uint32_t v = 0; v < n; v++) {
            queue[len++] = v;
            queued[v] = true;
        }
        uint64_t steps = 0, most = 64 * ((uint64_t)n + lp->arc_len);
        while (len && *feasible) {
            uint32_t u = queue[at];
            at = at + 1 == n ? 0 : at + 1;
            len--;
            queued[u] = false;
            for (uint32_t i = first[u]; i < first[u + 1]; i++) {
                const nc_lp_arc *a = &lp->arcs[list[i]];
                if (x[a->to] >= x[u] + a->len)
                    continue;
                x[a->to] = x[u] + a->len;
                if (++times[a->to] > n)
                    *feasible = false;
                if (!queued[a->to]) {
                    queue[(at + len++) % n] = a->to;
                    queued[a->to] = true;
                }
            }
            if (++steps > most && n > 1000)
                *feasible = false;
        }
    }
    nc_lay_mem_rewind(m, mark);
    return true;
}
