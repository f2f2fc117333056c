/*
 * Order the stretches of a channel from the top down.
 *
 * Pairs:   for every two stretches that share some x we know how often they cross when one lies
 *          above the other, and whether two vertical pieces would lie on each other. The order is
 *          a topological one of those preferences, greedy where they circle; a circle of
 *          collisions is untangled. This is done while such pairs are few.
 * Sorted:  else stretches that go right are taken from the right end on, those that go left from
 *          the left, which is as good for crossings; only verticals that come close are looked at,
 *          and each stretch comes after those that these ask for.
 * Fails:   without memory.
 * Source:  the dependency graph is that of Sander, "Layout of directed hypergraphs with orthogonal
 *          hyperedges", 2004, as in ELK's orthogonal router; feedback arcs after Eades, Lin, Smyth
 *          1993; the constraints of verticals alone are those of channel routing (Hashimoto and
 *          Stevens 1971).
 */
#include "layout/channel.h"
#include "layout/sort.h"

#include <string.h>

enum { MOST_SPLITS = 200, COLLIDE = 1000000, NEAR = 2 };
enum { PAIRS_EACH = 12, PAIRS_FREE = 10000 }; /* how many pairs are few */
enum { MOST_PAIR_WORK = 200000 };             /* looked at again after untangling */

/* What it costs to have p above q: crossings, closeness, collisions of vertical pieces. At two
 * thirds of the distance they ought to keep they are taken for one line. */
static int64_t cost_above(const nc_stretch *p, const nc_stretch *q, nc_len clear)
{
    int64_t cost = 0;
    for (int e = 0; e < 2; e++) {
        if (q->at[e] == NC_ARM_ABOVE && q->x[e] > nc_low_x(p) && q->x[e] < nc_high_x(p))
            cost++;
        if (p->at[e] == NC_ARM_BELOW && p->x[e] > nc_low_x(q) && p->x[e] < nc_high_x(q))
            cost++;
        if (p->at[e] != NC_ARM_BELOW)
            continue;
        for (int f = 0; f < 2; f++) {
            if (q->at[f] != NC_ARM_ABOVE)
                continue;
            nc_len d = p->x[e] > q->x[f] ? p->x[e] - q->x[f] : q->x[f] - p->x[e];
            if (3 * d < 2 * clear)
                cost += COLLIDE;
            else if (d < clear)
                cost += NEAR;
        }
    }
    return cost;
}

/* --- pairs --- */

typedef struct pairing {
    nc_channel *ch;
    uint32_t *by_x;  /* places in ch->list, by their left end */
    uint32_t *first; /* per place: its pairs, as other place and pull */
    uint32_t *other;
    int64_t *pull;     /* > 0: wants to be above the other */
    int64_t *in, *out; /* per place: pulls of those that are left */
    uint32_t *heap, heap_len;
    int64_t *key; /* of the heap's items: out when they were put in */
    bool *done;
    uint64_t pairs;
} pairing;

static bool x_less(const void *channel, const void *a, const void *b)
{
    const nc_channel *ch = channel;
    uint32_t i = *(const uint32_t *)a;
    uint32_t k = *(const uint32_t *)b;
    nc_len x = nc_low_x(&ch->g->stretches[ch->list[i]]);
    nc_len y = nc_low_x(&ch->g->stretches[ch->list[k]]);
    return x != y ? x < y : i < k;
}

static bool sort_by_x(pairing *p)
{
    uint32_t n = p->ch->len;
    p->by_x = LAY_NEW(p->ch->mem, uint32_t, n);
    uint32_t *scratch = LAY_NEW(p->ch->mem, uint32_t, n);
    if (!p->by_x || !scratch)
        return false;
    for (uint32_t i = 0; i < n; i++)
        p->by_x[i] = i;
    nc_lay_sort(p->by_x, scratch, n, sizeof *p->by_x, x_less, p->ch);
    return true;
}

/* Those after place k of by_x that begin before it ends share some x with it: the first that does
 * not. */
static uint32_t reach_of(const pairing *p, uint32_t k)
{
    const nc_layered *g = p->ch->g;
    nc_len end = nc_high_x(&g->stretches[p->ch->list[p->by_x[k]]]) + g->gap.edge_edge;
    uint32_t lo = k + 1, hi = p->ch->len;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (nc_low_x(&g->stretches[p->ch->list[p->by_x[mid]]]) < end)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Pulls of all pairs. *clash: a place that collides both above and below another; NONE: none. */
static bool pull_pairs(pairing *p, uint32_t *clash)
{
    nc_channel *ch = p->ch;
    const nc_layered *g = ch->g;
    uint32_t n = ch->len;
    uint32_t *at = p->first = LAY_NEW(ch->mem, uint32_t, (size_t)n + 2);
    p->other = LAY_NEW(ch->mem, uint32_t, 2 * p->pairs);
    p->pull = LAY_NEW(ch->mem, int64_t, 2 * p->pairs);
    *clash = NONE;
    if (!at || !p->other || !p->pull)
        return false;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t end = reach_of(p, k);
        at[p->by_x[k] + 2] += end - k - 1;
        for (uint32_t m = k + 1; m < end; m++)
            at[p->by_x[m] + 2]++;
    }
    for (uint32_t i = 0; i < n; i++)
        at[i + 2] += at[i + 1];
    for (uint32_t k = 0; k < n; k++) {
        uint32_t end = reach_of(p, k);
        for (uint32_t m = k + 1; m < end; m++) {
            uint32_t i = p->by_x[k] < p->by_x[m] ? p->by_x[k] : p->by_x[m];
            uint32_t j = p->by_x[k] < p->by_x[m] ? p->by_x[m] : p->by_x[k];
            const nc_stretch *s = &g->stretches[ch->list[i]], *t = &g->stretches[ch->list[j]];
            int64_t above = cost_above(s, t, g->gap.edge_edge);
            int64_t below = cost_above(t, s, g->gap.edge_edge);
            if (s->next == ch->list[j] || t->next == ch->list[i]) { /* two halves: upper first */
                above = s->next == ch->list[j] ? 0 : COLLIDE;
                below = COLLIDE - above;
            }
            uint32_t loser = nc_may_split(s) ? i : nc_may_split(t) ? j : NONE;
            if (above >= COLLIDE && below >= COLLIDE && loser < *clash)
                *clash = loser;
            p->other[at[i + 1]] = j;
            p->pull[at[i + 1]++] = below - above;
            p->other[at[j + 1]] = i;
            p->pull[at[j + 1]++] = above - below;
        }
    }
    return true;
}

/* More wanted first; then in the order of the list. */
static bool heap_less(const pairing *p, uint32_t a, uint32_t b)
{
    return p->key[a] != p->key[b] ? p->key[a] > p->key[b] : a < b;
}

static void push_free(pairing *p, uint32_t i)
{
    uint32_t at = p->heap_len++;
    p->key[i] = p->out[i];
    for (; at && heap_less(p, i, p->heap[(at - 1) / 2]); at = (at - 1) / 2)
        p->heap[at] = p->heap[(at - 1) / 2];
    p->heap[at] = i;
}

static uint32_t pop_free(pairing *p)
{
    uint32_t top = p->heap[0], last = p->heap[--p->heap_len], at = 0;
    for (;;) {
        uint32_t c = 2 * at + 1;
        if (c >= p->heap_len)
            break;
        if (c + 1 < p->heap_len && heap_less(p, p->heap[c + 1], p->heap[c]))
            c++;
        if (!heap_less(p, p->heap[c], last))
            break;
        p->heap[at] = p->heap[c];
        at = c;
    }
    p->heap[at] = last;
    return top;
}

/* The next stretch from the top: nothing left may have to be above it; then the most wanted. */
static uint32_t pick(pairing *p)
{
    while (p->heap_len) {
        uint32_t i = pop_free(p);
        if (p->key[i] == p->out[i])
            return i;
        push_free(p, i); /* less wanted since */
    }
    uint32_t best = NONE;
    for (uint32_t i = 0; i < p->ch->len; i++) {
        if (!p->done[i] && (best == NONE || p->in[i] - p->out[i] < p->in[best] - p->out[best]))
            best = i;
    }
    return best;
}

static void take(pairing *p, uint32_t i)
{
    p->done[i] = true;
    for (uint32_t k = p->first[i]; k < p->first[i + 1]; k++) {
        uint32_t j = p->other[k];
        if (p->done[j] || p->pull[k] == 0)
            continue;
        if (p->pull[k] < 0) {
            p->out[j] += p->pull[k];
            continue;
        }
        p->in[j] -= p->pull[k];
        if (p->in[j] == 0)
            push_free(p, j);
    }
}

static bool start_picks(pairing *p)
{
    uint32_t n = p->ch->len;
    nc_lay_mem *m = p->ch->mem;
    p->in = LAY_NEW(m, int64_t, n);
    p->out = LAY_NEW(m, int64_t, n);
    p->key = LAY_NEW(m, int64_t, n);
    p->heap = LAY_NEW(m, uint32_t, n);
    p->done = LAY_NEW(m, bool, n);
    p->ch->order = LAY_NEW(m, uint32_t, n);
    p->heap_len = 0;
    if (!p->in || !p->out || !p->key || !p->heap || !p->done || !p->ch->order)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = p->first[i]; k < p->first[i + 1]; k++)
            *(p->pull[k] < 0 ? &p->in[i] : &p->out[i]) += p->pull[k] < 0 ? -p->pull[k] : p->pull[k];
    }
    for (uint32_t i = 0; i < n; i++) {
        if (p->in[i] == 0)
            push_free(p, i);
    }
    return true;
}

/* Fills the order; *tangled: a stretch that would collide and may be split, NONE: none. */
static bool pick_all(pairing *p, bool may_untangle, uint32_t *tangled)
{
    nc_channel *ch = p->ch;
    *tangled = NONE;
    if (!start_picks(p))
        return false;
    for (uint32_t k = 0; k < ch->len; k++) {
        uint32_t i = pick(p);
        if (may_untangle && p->in[i] >= COLLIDE && nc_may_split(&ch->g->stretches[ch->list[i]])) {
            *tangled = i;
            return true;
        }
        ch->order[k] = ch->list[i];
        take(p, i);
    }
    return true;
}

/* How many pairs share some x. */
static bool count_pairs(pairing *p)
{
    p->pairs = 0;
    if (!sort_by_x(p))
        return false;
    for (uint32_t k = 0; k < p->ch->len; k++)
        p->pairs += reach_of(p, k) - k - 1;
    return true;
}

static bool order_pairs(nc_channel *ch, pairing *p)
{
    uint64_t work = 0;
    for (uint32_t rounds = 0;; rounds++) {
        uint32_t tangled;
        bool may = rounds < MOST_SPLITS && work < MOST_PAIR_WORK;
        if (rounds && !count_pairs(p))
            return false;
        work += p->pairs;
        if (!pull_pairs(p, &tangled) || (!(may && tangled != NONE) && !pick_all(p, may, &tangled)))
            return false;
        if (!may || tangled == NONE)
            return true;
        if (!nc_untangle(ch, tangled))
            return false;
    }
}

/* --- sorted --- */

/* Hanging bows at the top, the narrow ones first; then right-going from the right end on, left-going
 * from the left, and standing bows, the wide ones first. */
static uint32_t class_of(const nc_stretch *s, nc_len *key)
{
    nc_len low = nc_low_x(s), high = nc_high_x(s);
    if (s->at[0] == s->at[1]) {
        bool standing = s->at[0] == NC_ARM_BELOW;
        *key = standing ? low - high : high - low;
        return standing ? 3 : 0;
    }
    bool down = s->at[0] == NC_ARM_ABOVE || s->at[1] == NC_ARM_BELOW;
    bool right = (s->x[1] > s->x[0]) == down;
    *key = right ? -low : high;
    return right ? 1 : 2;
}

static bool sorted_less(const void *channel, const void *left, const void *right)
{
    const nc_channel *ch = channel;
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    nc_len x, y;
    uint32_t p = class_of(&ch->g->stretches[ch->list[a]], &x);
    uint32_t q = class_of(&ch->g->stretches[ch->list[b]], &y);
    if (p != q)
        return p < q;
    return x != y ? x < y : a < b;
}

typedef struct vertical {
    nc_len x;
    uint32_t place;
    bool below; /* comes from the row below */
} vertical;

typedef struct sorting {
    nc_channel *ch;
    uint32_t *base; /* places in the order that crosses least */
    vertical *ends;
    uint32_t end_len;
    uint32_t *first, *before; /* per place: those that have to be above it, the closest first */
    uint32_t *path, *at;
    uint8_t *state;
    bool *hard; /* per arc: the two verticals have one x */
} sorting;

static bool vertical_less(const void *context, const void *left, const void *right)
{
    const vertical *a = left;
    const vertical *b = right;
    (void)context;
    if (a->x != b->x)
        return a->x < b->x;
    return a->place != b->place ? a->place < b->place : a->below < b->below;
}

static bool list_verticals(sorting *s)
{
    const nc_channel *ch = s->ch;
    vertical *ends = LAY_NEW(ch->mem, vertical, 2 * (size_t)ch->len);
    vertical *scratch = LAY_NEW(ch->mem, vertical, 2 * (size_t)ch->len);
    uint32_t n = 0;
    if (!ends || !scratch)
        return false;
    for (uint32_t i = 0; i < ch->len; i++) {
        const nc_stretch *t = &ch->g->stretches[ch->list[i]];
        for (int e = 0; e < 2; e++) {
            if (t->at[e] != NC_ARM_EDGE)
                ends[n++] = (vertical){t->x[e], i, t->at[e] == NC_ARM_BELOW};
        }
    }
    nc_lay_sort(ends, scratch, n, sizeof *ends, vertical_less, NULL);
    s->ends = ends;
    s->end_len = n;
    return true;
}

enum { MOST_NEAR = 8 }; /* verticals looked at to each side of one */

/* Calls up arcs: a vertical from below ends under those from above that it comes close to. */
static uint32_t near_verticals(const sorting *s, uint32_t k, uint32_t *out, bool *hard)
{
    const vertical *v = &s->ends[k];
    nc_len clear = s->ch->g->gap.edge_edge;
    uint32_t n = 0;
    for (int way = -1; way <= 1; way += 2) {
        uint32_t seen = 0;
        for (uint32_t m = k + (uint32_t)way; m < s->end_len && seen < MOST_NEAR;
             m += (uint32_t)way, seen++) {
            nc_len d = s->ends[m].x - v->x;
            if (d >= clear || d <= -clear)
                break;
            if (s->ends[m].below || s->ends[m].place == v->place)
                continue;
            hard[n] = d == 0;
            out[n++] = s->ends[m].place;
        }
    }
    return n;
}

static bool link_verticals(sorting *s)
{
    uint32_t n = s->ch->len, found[2 * MOST_NEAR];
    bool hard[2 * MOST_NEAR];
    uint32_t *at = s->first = LAY_NEW(s->ch->mem, uint32_t, (size_t)n + 2);
    if (!at)
        return false;
    for (int fill = 0; fill < 2; fill++) {
        for (uint32_t k = 0; k < s->end_len; k++) {
            const vertical *v = &s->ends[k];
            uint32_t count = v->below ? near_verticals(s, k, found, hard) : 0;
            for (uint32_t i = 0; i < count && fill; i++) {
                s->hard[at[v->place + 1]] = hard[i];
                s->before[at[v->place + 1]++] = found[i];
            }
            if (!fill)
                at[v->place + 2] += count;
        }
        if (fill)
            break;
        for (uint32_t i = 0; i < n; i++)
            at[i + 2] += at[i + 1];
        s->before = LAY_NEW(s->ch->mem, uint32_t, at[n + 1]);
        s->hard = LAY_NEW(s->ch->mem, bool, at[n + 1]);
        if (!s->before || !s->hard)
            return false;
    }
    return true;
}

static bool start_sorting(sorting *s, nc_channel *ch)
{
    uint32_t n = ch->len;
    *s = (sorting){.ch = ch};
    s->base = LAY_NEW(ch->mem, uint32_t, n);
    uint32_t *scratch = LAY_NEW(ch->mem, uint32_t, n);
    s->path = LAY_NEW(ch->mem, uint32_t, n);
    s->at = LAY_NEW(ch->mem, uint32_t, n);
    s->state = LAY_NEW(ch->mem, uint8_t, n);
    ch->order = LAY_NEW(ch->mem, uint32_t, n);
    if (!s->base || !scratch || !s->path || !s->at || !s->state || !ch->order ||
        !list_verticals(s) || !link_verticals(s))
        return false;
    for (uint32_t i = 0; i < n; i++)
        s->base[i] = i;
    nc_lay_sort(s->base, scratch, n, sizeof *s->base, sorted_less, ch);
    return true;
}

/* Depth first: whatever has to be above a stretch goes before it. Collects those on hard circles. */
static uint32_t emit_all(sorting *s, uint32_t *tangled)
{
    nc_channel *ch = s->ch;
    uint32_t n = 0, found = 0;
    for (uint32_t k = 0; k < ch->len; k++) {
        uint32_t top = 0;
        if (s->state[s->base[k]])
            continue;
        s->path[top++] = s->base[k];
        s->state[s->base[k]] = 1;
        s->at[s->base[k]] = s->first[s->base[k]];
        while (top) {
            uint32_t u = s->path[top - 1];
            if (s->at[u] == s->first[u + 1]) {
                s->state[u] = 2;
                ch->order[n++] = ch->list[u];
                top--;
                continue;
            }
            uint32_t arc = s->at[u]++, v = s->before[arc];
            if (s->state[v] == 1 && s->hard[arc] && nc_may_split(&ch->g->stretches[ch->list[u]]))
                tangled[found++] = u;
            if (s->state[v])
                continue;
            s->state[v] = 1;
            s->at[v] = s->first[v];
            s->path[top++] = v;
        }
    }
    return found;
}

enum { ROUNDS = 6, UNTANGLE_WORK = 1000000 };

static bool order_sorted(nc_channel *ch)
{
    uint32_t most = UNTANGLE_WORK / ch->len;
    for (uint32_t round = 0;; round++) {
        sorting s;
        if (!start_sorting(&s, ch))
            return false;
        uint32_t *tangled = LAY_NEW(ch->mem, uint32_t, s.first[ch->len]);
        if (!tangled)
            return false;
        uint32_t found = emit_all(&s, tangled);
        if (!found || round == ROUNDS || !most)
            return true;
        for (uint32_t i = 0; i < found && most; i++, most--) {
            if (nc_may_split(&ch->g->stretches[ch->list[tangled[i]]]) &&
                !nc_untangle(ch, tangled[i]))
                return false;
        }
    }
}

bool nc_order_channel(nc_channel *ch)
{
    pairing p = {.ch = ch};
    if (!count_pairs(&p))
        return false;
    if (p.pairs <= (uint64_t)ch->len * PAIRS_EACH + PAIRS_FREE)
        return order_pairs(ch, &p);
    return order_sorted(ch);
}
