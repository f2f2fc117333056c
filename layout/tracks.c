/*
 * Give the horizontal stretches of every channel their tracks, then everything its y.
 *
 * Input:   x of everything.      Output: stretches, y and height of rows, top and bottom of
 *          clusters and of the graph, places of titles in lanes.
 * Tracks:  for every two stretches of a channel we know how often they cross when one lies above
 *          the other, and whether two vertical pieces would lie on each other. The order is a
 *          topological one of those preferences, greedy where they circle; a circle of collisions
 *          is broken by splitting a stretch. Stretches share a track when they keep a clearance.
 * Heights: a channel is as high as its tracks, and at least as the spacing between its rows asks.
 * Fails:   without memory.
 * Source:  the dependency graph is that of Sander, "Layout of directed hypergraphs with orthogonal
 *          hyperedges", 2004, as in ELK's orthogonal router; feedback arcs after Eades, Lin, Smyth
 *          1993; splitting is ours.
 */
#include "layout/graph.h"

#include <string.h>

enum { ALL_PAIRS = 300, MOST_SPLITS = 200, COLLIDE = 1000000, NEAR = 2 };

typedef struct channel {
    nc_layered *g;
    uint32_t *list; /* stretches of this channel */
    uint32_t len, cap;
    nc_len *straight; /* x of lines that run straight through */
    uint32_t straight_len, straight_cap;
    int64_t *pull; /* pull[i * len + j] > 0: i wants to be above j */
    uint32_t *order;
    uint32_t tracks;
} channel;

static nc_len min_len(nc_len a, nc_len b)
{
    return a < b ? a : b;
}

static nc_len max_len(nc_len a, nc_len b)
{
    return a > b ? a : b;
}

static nc_len low_x(const nc_stretch *s)
{
    return min_len(s->x[0], s->x[1]);
}

static nc_len high_x(const nc_stretch *s)
{
    return max_len(s->x[0], s->x[1]);
}

static nc_len seg_x(const nc_layered *g, const nc_seg *s, int low)
{
    return g->cells[low ? s->lower : s->upper].x + s->at[low];
}

static nc_len arm_x(const nc_layered *g, const nc_arm *a, int e)
{
    const nc_arm_end *end = &a->end[e];
    if (end->cell == NONE)
        return end->right ? g->right : g->left;
    return g->cells[end->cell].x + end->offset;
}

static bool add_stretch(nc_layered *g, nc_stretch s, uint32_t *index)
{
    s.next = NONE;
    *index = g->stretch_len;
    return LAY_PUSH(g->mem, g->stretches, g->stretch_len, g->stretch_cap, s);
}

static bool collect(nc_layered *g)
{
    for (uint32_t i = 0; i < g->seg_len; i++) {
        nc_seg *s = &g->segs[i];
        nc_len a = seg_x(g, s, 0), b = seg_x(g, s, 1);
        if (s->link == NONE || a == b)
            continue;
        nc_stretch it = {.at = {NC_ARM_ABOVE, NC_ARM_BELOW},
                         .x = {a, b},
                         .link = s->link,
                         .seg = i,
                         .channel = g->cells[s->upper].row};
        if (!add_stretch(g, it, &s->stretch))
            return false;
    }
    for (uint32_t i = 0; i < g->arm_len; i++) {
        nc_arm *a = &g->arms[i];
        if (a->straight)
            continue;
        nc_stretch it = {.at = {a->end[0].at, a->end[1].at},
                         .x = {arm_x(g, a, 0), arm_x(g, a, 1)},
                         .link = a->link,
                         .seg = NONE,
                         .channel = a->channel};
        if (!add_stretch(g, it, &a->stretch))
            return false;
    }
    return true;
}

/* What it costs to have p above q: crossings, closeness, collisions of vertical pieces. */
static int64_t cost_above(const nc_stretch *p, const nc_stretch *q, nc_len clear)
{
    int64_t cost = 0;
    for (int e = 0; e < 2; e++) {
        if (q->at[e] == NC_ARM_ABOVE && q->x[e] > low_x(p) && q->x[e] < high_x(p))
            cost++;
        if (p->at[e] == NC_ARM_BELOW && p->x[e] > low_x(q) && p->x[e] < high_x(q))
            cost++;
        if (p->at[e] != NC_ARM_BELOW)
            continue;
        for (int f = 0; f < 2; f++) {
            if (q->at[f] != NC_ARM_ABOVE)
                continue;
            nc_len d = p->x[e] > q->x[f] ? p->x[e] - q->x[f] : q->x[f] - p->x[e];
            if (d == 0)
                cost += COLLIDE;
            else if (d < clear)
                cost += NEAR;
        }
    }
    return cost;
}

static bool overlaps(const nc_stretch *p, const nc_stretch *q, nc_len clear)
{
    return low_x(p) < high_x(q) + clear && low_x(q) < high_x(p) + clear;
}

/* An x for the middle piece of a split stretch: away from every other vertical of the channel. */
static nc_len free_x(const channel *ch, const nc_stretch *s)
{
    const nc_layered *g = ch->g;
    nc_len clear = g->gap.edge_edge, middle = (s->x[0] + s->x[1]) / 2, best = middle;
    for (nc_len need = clear; need > 0; need = need > 1 ? need / 2 : 0) {
        nc_len best_d = INT64_MAX;
        for (uint32_t i = 0; i <= ch->len * 4 + ch->straight_len * 2; i++) {
            nc_len x = middle;
            if (i && i <= ch->len * 4) {
                const nc_stretch *o = &g->stretches[ch->list[(i - 1) / 4]];
                x = o->x[(i - 1) % 2] + ((i - 1) % 4 < 2 ? need : -need);
            } else if (i) {
                uint32_t k = i - 1 - ch->len * 4;
                x = ch->straight[k / 2] + (k % 2 ? need : -need);
            }
            bool good = true;
            for (uint32_t k = 0; k < ch->len && good; k++) {
                const nc_stretch *o = &g->stretches[ch->list[k]];
                for (int e = 0; e < 2; e++)
                    good &= x - o->x[e] >= need || o->x[e] - x >= need;
            }
            for (uint32_t k = 0; k < ch->straight_len && good; k++)
                good = x - ch->straight[k] >= need || ch->straight[k] - x >= need;
            nc_len d = x > middle ? x - middle : middle - x;
            if (good && d < best_d) {
                best_d = d;
                best = x;
            }
        }
        if (best_d < INT64_MAX)
            return best;
    }
    return best;
}

static bool may_split(const nc_stretch *s)
{
    return s->at[0] != s->at[1] && s->at[0] != NC_ARM_EDGE && s->at[1] != NC_ARM_EDGE &&
           s->next == NONE;
}

/* *clash: a stretch that collides with another one both above and below it; NONE: there is none. */
static bool fill_pulls(channel *ch, uint32_t *clash)
{
    nc_layered *g = ch->g;
    uint32_t n = ch->len;
    ch->pull = LAY_NEW(g->mem, int64_t, (size_t)n * n);
    *clash = NONE;
    if (!ch->pull)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        const nc_stretch *p = &g->stretches[ch->list[i]];
        for (uint32_t j = i + 1; j < n; j++) {
            const nc_stretch *q = &g->stretches[ch->list[j]];
            if (!overlaps(p, q, g->gap.edge_edge))
                continue;
            int64_t above = cost_above(p, q, g->gap.edge_edge);
            int64_t below = cost_above(q, p, g->gap.edge_edge);
            if (p->next == ch->list[j] || q->next == ch->list[i]) { /* two halves: upper first */
                above = p->next == ch->list[j] ? 0 : COLLIDE;
                below = COLLIDE - above;
            }
            if (above >= COLLIDE && below >= COLLIDE && *clash == NONE &&
                (may_split(p) || may_split(q)))
                *clash = may_split(p) ? i : j;
            ch->pull[i * n + j] = below - above;
            ch->pull[j * n + i] = above - below;
        }
    }
    return true;
}

/* The next stretch from the top: nothing left may have to be above it; then the most wanted. */
static uint32_t pick(const channel *ch, const bool *done, bool *collides)
{
    uint32_t n = ch->len, best = NONE;
    int64_t best_in = 0, best_out = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (done[i])
            continue;
        int64_t in = 0, out = 0;
        for (uint32_t j = 0; j < n; j++) {
            if (done[j])
                continue;
            if (ch->pull[j * n + i] > 0)
                in += ch->pull[j * n + i];
            else
                out -= ch->pull[j * n + i];
        }
        bool better = best == NONE || (in == 0) > (best_in == 0);
        if (!better && (in == 0) == (best_in == 0))
            better = in == 0 ? out > best_out : in - out < best_in - best_out;
        if (better) {
            best = i;
            best_in = in;
            best_out = out;
        }
    }
    *collides = best_in >= COLLIDE;
    return best;
}

/* Where the port at one end of a segment may go, its neighbours standing still. */
static void slot_room(const nc_layered *g, uint32_t slot, nc_len *lo, nc_len *hi)
{
    const nc_slot *s = &g->slots[slot];
    *lo = s->lo;
    *hi = s->hi;
    for (int way = -1; way <= 1; way += 2) {
        if ((way < 0 && slot == 0) || (way > 0 && slot + 1 == g->slot_len))
            continue;
        const nc_slot *o = way < 0 ? s - 1 : s + 1;
        if (o->cell != s->cell || o->side != s->side)
            continue;
        nc_len at = g->segs[o->seg].at[o->side == 0];
        if (way < 0)
            *lo = max_len(*lo, at + s->least);
        else
            *hi = min_len(*hi, at - s->least);
    }
}

static bool is_clear(const channel *ch, uint32_t skip, int end, nc_len x)
{
    const nc_layered *g = ch->g;
    nc_len clear = g->gap.edge_edge;
    nc_arm_at at = g->stretches[ch->list[skip]].at[end];
    for (uint32_t k = 0; k < ch->len; k++) {
        const nc_stretch *o = &g->stretches[ch->list[k]];
        for (int e = 0; e < 2; e++) {
            if (k != skip && o->at[e] != at && x - o->x[e] < clear && o->x[e] - x < clear)
                return false;
        }
    }
    for (uint32_t k = 0; k < ch->straight_len; k++) {
        if (x - ch->straight[k] < clear && ch->straight[k] - x < clear)
            return false;
    }
    return true;
}

/* Move a port of list[i] along its side, so that the stretch no longer collides. */
static bool nudge(channel *ch, uint32_t i)
{
    nc_layered *g = ch->g;
    nc_stretch *s = &g->stretches[ch->list[i]];
    if (s->seg == NONE || s->next != NONE)
        return false;
    nc_seg *seg = &g->segs[s->seg];
    for (int e = 0; e < 2; e++) {
        nc_len lo, hi;
        if (seg->slot[e] == NONE)
            continue;
        slot_room(g, seg->slot[e], &lo, &hi);
        for (int way = -1; way <= 1; way += 2) {
            nc_len at = seg->at[e] + way * g->gap.edge_edge, x = s->x[e] + way * g->gap.edge_edge;
            if (at < lo || at > hi || x == s->x[1 - e] || !is_clear(ch, i, e, x))
                continue;
            seg->at[e] = at;
            s->x[e] = x;
            return true;
        }
    }
    return false;
}

/* Split list[i]: its upper half keeps the place, the lower half comes last. */
static bool split(channel *ch, uint32_t i)
{
    nc_layered *g = ch->g;
    nc_stretch *s = &g->stretches[ch->list[i]];
    nc_len x = free_x(ch, s);
    int low = s->at[0] == NC_ARM_BELOW ? 0 : 1;
    nc_stretch half = {.link = s->link, .seg = NONE, .channel = s->channel};
    half.at[0] = NC_ARM_ABOVE;
    half.x[0] = x;
    half.at[1] = NC_ARM_BELOW;
    half.x[1] = s->x[low];
    s->x[low] = x;
    uint32_t index;
    if (!add_stretch(g, half, &index))
        return false;
    g->stretches[ch->list[i]].next = index;
    return LAY_PUSH(g->mem, ch->list, ch->len, ch->cap, index);
}

static bool order_pairs(channel *ch)
{
    nc_layered *g = ch->g;
    bool again = true;
    uint32_t splits = 0;
    while (again) {
        again = false;
        uint32_t n = ch->len;
        bool *done = LAY_NEW(g->mem, bool, n);
        ch->order = LAY_NEW(g->mem, uint32_t, n);
        uint32_t clash;
        if (!done || !ch->order || !fill_pulls(ch, &clash))
            return false;
        if (clash != NONE && splits < MOST_SPLITS) {
            splits++;
            if (!nudge(ch, clash) && !split(ch, clash))
                return false;
            again = true;
            continue;
        }
        for (uint32_t k = 0; k < n; k++) {
            bool collides;
            uint32_t i = pick(ch, done, &collides);
            if (collides && may_split(&g->stretches[ch->list[i]]) && splits < MOST_SPLITS) {
                splits++;
                if (!nudge(ch, i) && !split(ch, i))
                    return false;
                again = true;
                break;
            }
            done[i] = true;
            ch->order[k] = ch->list[i];
        }
    }
    return true;
}

/* Large channels: those that go right from the right end on, those that go left from the left. */
static bool order_sorted(channel *ch)
{
    nc_layered *g = ch->g;
    uint32_t n = ch->len;
    uint32_t *list = LAY_NEW(g->mem, uint32_t, n), *spare = LAY_NEW(g->mem, uint32_t, n);
    if (!list || !spare)
        return false;
    memcpy(list, ch->list, sizeof *list * n);
    for (uint32_t width = 1; width < n; width *= 2) {
        for (uint32_t lo = 0; lo < n; lo += 2 * width) {
            uint32_t mid = lo + width < n ? lo + width : n, hi = mid + width < n ? mid + width : n;
            uint32_t a = lo, b = mid;
            for (uint32_t k = lo; k < hi; k++) {
                bool left = b >= hi;
                if (!left && a < mid) {
                    const nc_stretch *p = &g->stretches[list[a]], *q = &g->stretches[list[b]];
                    bool pr = p->x[1] > p->x[0], qr = q->x[1] > q->x[0];
                    left = pr != qr ? pr : pr ? p->x[0] >= q->x[0] : p->x[0] <= q->x[0];
                }
                spare[k] = left ? list[a++] : list[b++];
            }
        }
        memcpy(list, spare, sizeof *list * n);
    }
    ch->order = list;
    return true;
}

/* Tracks for the order: each as high as those before it that it would touch allow. A tree over the
 * sorted ends keeps the lowest track in use over each piece of the channel. */
typedef struct heights {
    nc_len *ends;
    uint32_t len, size;
    uint32_t *tag, *most;
} heights;

static uint32_t place_of(const heights *h, nc_len x)
{
    uint32_t lo = 0, hi = h->len;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (h->ends[mid] < x)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static uint32_t highest(const heights *h, uint32_t from, uint32_t to)
{
    uint32_t best = 0;
    for (uint32_t a = from + h->size, b = to + h->size + 1; a < b; a /= 2, b /= 2) {
        if (a & 1)
            best = h->most[a] > best ? h->most[a] : best, a++;
        if (b & 1)
            b--, best = h->most[b] > best ? h->most[b] : best;
    }
    uint32_t ends[2] = {from, to};
    for (int e = 0; e < 2; e++) {
        for (uint32_t a = (ends[e] + h->size) / 2; a; a /= 2)
            best = h->tag[a] > best ? h->tag[a] : best;
    }
    return best;
}

static void raise(heights *h, uint32_t from, uint32_t to, uint32_t value)
{
    for (uint32_t a = from + h->size, b = to + h->size + 1; a < b; a /= 2, b /= 2) {
        if (a & 1) {
            h->tag[a] = h->tag[a] > value ? h->tag[a] : value;
            h->most[a] = h->most[a] > value ? h->most[a] : value;
            a++;
        }
        if (b & 1) {
            b--;
            h->tag[b] = h->tag[b] > value ? h->tag[b] : value;
            h->most[b] = h->most[b] > value ? h->most[b] : value;
        }
    }
    uint32_t ends[2] = {from, to};
    for (int e = 0; e < 2; e++) {
        for (uint32_t a = (ends[e] + h->size) / 2; a; a /= 2)
            h->most[a] = h->most[a] > value ? h->most[a] : value;
    }
}

static void sort_ends(nc_len *list, uint32_t len, nc_len *spare)
{
    for (uint32_t width = 1; width < len; width *= 2) {
        for (uint32_t lo = 0; lo < len; lo += 2 * width) {
            uint32_t mid = lo + width < len ? lo + width : len;
            uint32_t hi = mid + width < len ? mid + width : len;
            uint32_t a = lo, b = mid;
            for (uint32_t k = lo; k < hi; k++)
                spare[k] = b >= hi || (a < mid && list[a] <= list[b]) ? list[a++] : list[b++];
        }
        memcpy(list, spare, sizeof *list * len);
    }
}

static bool give_tracks(channel *ch)
{
    nc_layered *g = ch->g;
    uint32_t n = ch->len;
    heights h = {.ends = LAY_NEW(g->mem, nc_len, 2 * (size_t)n), .size = 1};
    nc_len *spare = LAY_NEW(g->mem, nc_len, 2 * (size_t)n);
    if (!h.ends || !spare)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        h.ends[h.len++] = low_x(&g->stretches[ch->list[i]]) - g->gap.edge_edge + 1;
        h.ends[h.len++] = high_x(&g->stretches[ch->list[i]]);
    }
    sort_ends(h.ends, h.len, spare);
    while (h.size < h.len)
        h.size *= 2;
    h.tag = LAY_NEW(g->mem, uint32_t, 2 * (size_t)h.size);
    h.most = LAY_NEW(g->mem, uint32_t, 2 * (size_t)h.size);
    if (!h.tag || !h.most)
        return false;
    ch->tracks = 0;
    for (uint32_t k = 0; k < n; k++) {
        nc_stretch *s = &g->stretches[ch->order[k]];
        uint32_t from = place_of(&h, low_x(s) - g->gap.edge_edge + 1), to = place_of(&h, high_x(s));
        s->track = highest(&h, from, to);
        raise(&h, from, to, s->track + 1);
        if (s->track + 1 > ch->tracks)
            ch->tracks = s->track + 1;
    }
    return true;
}

/* --- heights --- */

static nc_len row_pad(const nc_layered *g, uint32_t row)
{
    nc_len pad = 0;
    for (uint32_t i = 0; i < g->rows[row].len; i++) {
        const nc_cell *c = &g->cells[g->rows[row].cells[i]];
        if (c->kind != NC_CELL_LEFT)
            continue;
        const nc_cluster *k = &g->clusters[c->ref];
        bool own = g->rows[row].kind == NC_ROW_TOP ? k->top_row == row : k->bottom_row == row;
        if (own && k->pad > pad)
            pad = k->pad;
    }
    return pad;
}

/* Least distance of a row and the next. */
static nc_len row_gap(const nc_layered *g, uint32_t row)
{
    nc_row_kind a = g->rows[row].kind, b = g->rows[row + 1].kind;
    nc_len half = (g->gap.rank + 1) / 2;
    if (a == NC_ROW_PORT || b == NC_ROW_PORT)
        return 0;
    if (a == NC_ROW_TOP)
        return row_pad(g, row);
    if (b == NC_ROW_BOTTOM)
        return row_pad(g, row + 1);
    if (a == NC_ROW_NODE && b == NC_ROW_NODE)
        return g->gap.rank;
    if (a == NC_ROW_NODE && b == NC_ROW_TOP)
        return max_len(half, g->gap.rank - row_pad(g, row + 1));
    if (a == NC_ROW_BOTTOM && b == NC_ROW_NODE)
        return max_len(half, g->gap.rank - row_pad(g, row));
    return half;
}

static nc_len head_at(const nc_layered *g, uint32_t cell, const nc_link *l, int end)
{
    nc_cell_kind k = g->cells[cell].kind;
    return k == NC_CELL_VERTEX || k == NC_CELL_STOP ? l->end[end].head : 0;
}

/* Longest heads that hang into a channel from its two rows. */
static void channel_heads(const nc_layered *g, nc_len (*heads)[2])
{
    for (uint32_t i = 0; i < g->seg_len; i++) {
        const nc_seg *s = &g->segs[i];
        if (s->link == NONE)
            continue;
        const nc_link *l = &g->links[s->link];
        nc_len *h = heads[g->cells[s->upper].row];
        h[0] = max_len(h[0], head_at(g, s->upper, l, l->upper));
        h[1] = max_len(h[1], head_at(g, s->lower, l, 1 - l->upper));
    }
    for (uint32_t i = 0; i < g->arm_len; i++) {
        const nc_arm *a = &g->arms[i];
        const nc_link *l = &g->links[a->link];
        for (int e = 0; e < 2; e++) {
            if (a->straight || a->end[e].at == NC_ARM_EDGE || a->end[e].cell == NONE)
                continue;
            int low = a->end[e].at == NC_ARM_BELOW;
            heads[a->channel][low] =
                max_len(heads[a->channel][low], head_at(g, a->end[e].cell, l, e));
        }
    }
}

static nc_len clearance(const nc_layered *g, uint32_t row, nc_len head)
{
    nc_len line = head ? head + (g->gap.edge_edge + 2) / 3 : 0;
    switch (g->rows[row].kind) {
    case NC_ROW_NODE:
        return max_len(line, g->gap.edge_node);
    case NC_ROW_LABEL:
    case NC_ROW_TOP:
    case NC_ROW_BOTTOM:
        return max_len(line, g->gap.edge_edge);
    case NC_ROW_PORT:
        return g->rows[row].len ? g->gap.edge_edge : 0;
    case NC_ROW_KINDS:
        break;
    }
    return 0;
}

/* Rows from the top down; a frame that must be higher pushes its last line down. */
static void place_rows(nc_layered *g, const uint32_t *tracks, nc_len (*heads)[2],
                       const uint32_t *ends_first, const uint32_t *ends)
{
    nc_len y = 0;
    for (uint32_t r = 0; r < g->row_len; r++) {
        nc_row *row = &g->rows[r];
        row->y = y;
        for (uint32_t i = ends_first[r]; i < ends_first[r + 1]; i++) {
            const nc_cluster *k = &g->clusters[ends[i]];
            row->y = max_len(row->y, g->rows[k->top_row].y + k->min_h - row->h);
        }
        y = row->y + row->h;
        if (r + 1 == g->row_len)
            break;
        nc_len above = clearance(g, r, heads[r][0]), below = clearance(g, r + 1, heads[r][1]);
        nc_len need = tracks[r] ? above + below + (nc_len)(tracks[r] - 1) * g->gap.edge_edge : 0;
        nc_len head = max_len(heads[r][0], heads[r][1]);
        nc_len least = max_len(row_gap(g, r), head ? head + (g->gap.edge_edge + 2) / 3 : 0);
        y += max_len(least, need);
    }
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        nc_cluster *k = &g->clusters[c];
        k->top = g->rows[k->top_row].y;
        k->bottom = g->rows[k->bottom_row].y + g->rows[k->bottom_row].h;
    }
    g->top = g->rows[0].y;
    g->bottom = g->rows[g->row_len - 1].y + g->rows[g->row_len - 1].h;
    for (uint32_t i = 0; i < g->stretch_len; i++) {
        nc_stretch *s = &g->stretches[i];
        uint32_t r = s->channel;
        nc_len from = g->rows[r].y + g->rows[r].h, to = g->rows[r + 1].y;
        nc_len above = clearance(g, r, heads[r][0]), below = clearance(g, r + 1, heads[r][1]);
        nc_len need = above + below + (nc_len)(tracks[r] - 1) * g->gap.edge_edge;
        s->y = from + above + (to - from - need) / 2 + (nc_len)s->track * g->gap.edge_edge;
    }
}

/* --- titles in lanes --- */

/* Where lines cross the lane [from, to) beside a side of a cluster, sorted. */
static bool side_crossings(const nc_layered *g, const nc_cluster *k, nc_len from, nc_len to,
                           nc_len **list, uint32_t *len)
{
    uint32_t cap = 0, count = 0;
    nc_len *y = NULL;
    for (uint32_t i = 0; i < g->stretch_len; i++) {
        const nc_stretch *s = &g->stretches[i];
        if (s->y > k->top && s->y < k->bottom && low_x(s) < to && high_x(s) > from &&
            !LAY_PUSH(g->mem, y, count, cap, s->y))
            return false;
    }
    for (uint32_t i = 0; i < g->arm_len; i++) {
        const nc_arm *a = &g->arms[i];
        nc_len p = arm_x(g, a, 0), q = arm_x(g, a, 1);
        const nc_link *l = &g->links[a->link];
        const nc_row *row = &g->rows[l->row];
        nc_len at = row->y + row->h / 2 + l->shift;
        if (a->straight && at > k->top && at < k->bottom && min_len(p, q) < to &&
            max_len(p, q) > from && !LAY_PUSH(g->mem, y, count, cap, at))
            return false;
    }
    nc_len *spare = LAY_NEW(g->mem, nc_len, count);
    if (!spare)
        return false;
    sort_ends(y, count, spare);
    *list = y;
    *len = count;
    return true;
}

/*
 * A place of a length along a side that no line crosses, the nearest one to `wish`. False when
 * there is none; *at is then behind the last line.
 */
static bool free_place(const nc_layered *g, const nc_len *y, uint32_t len, nc_len from, nc_len end,
                       nc_len length, nc_len wish, nc_len *at)
{
    nc_len clear = g->gap.label, best = INT64_MAX;
    for (uint32_t i = 0; i <= len; i++) {
        nc_len to = i < len ? min_len(y[i] - clear, end) : end;
        nc_len p = max_len(from, min_len(wish, to - length)), d = p > wish ? p - wish : wish - p;
        if (to - from >= length && d < best) {
            best = d;
            *at = p;
        }
        if (i < len)
            from = max_len(from, y[i] + clear);
    }
    if (best == INT64_MAX)
        *at = from;
    return best != INT64_MAX;
}

static bool place_lane_title(nc_layered *g, nc_cluster *k, bool *grown)
{
    nc_len *y, from = k->top + k->pad, to = k->bottom - k->pad;
    uint32_t len;
    if (!side_crossings(g, k, k->left, k->left + k->strip, &y, &len))
        return false;
    nc_len wish = g->titles == NC_TITLE_LANE_BACK ? to - k->title : from;
    if (!free_place(g, y, len, from, to, k->title, wish, &k->title_at)) {
        k->min_h = k->title_at + k->title + k->pad - k->top;
        *grown = true;
    }
    return true;
}

static bool place_rings(nc_layered *g, nc_cluster *k, bool *grown)
{
    nc_len *y, from = k->top + g->gap.corner, to = k->bottom - g->gap.corner, at;
    uint32_t len;
    if (!side_crossings(g, k, k->right, k->right + k->ring_w, &y, &len))
        return false;
    nc_len wish = k->top + (k->bottom - k->top - k->ring_h) / 2;
    if (!free_place(g, y, len, from, to, k->ring_h, wish, &at)) {
        k->min_h = at + k->ring_h + g->gap.corner - k->top;
        *grown = true;
    }
    k->ring_at = at + k->ring_h / 2;
    return true;
}

static bool place_titles(nc_layered *g, bool *grown)
{
    *grown = false;
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        nc_cluster *k = &g->clusters[c];
        bool lane = g->titles == NC_TITLE_LANE || g->titles == NC_TITLE_LANE_BACK;
        if (lane && !k->run && k->strip && !place_lane_title(g, k, grown))
            return false;
        if (k->rings && !place_rings(g, k, grown))
            return false;
    }
    for (uint32_t i = 0; i < g->cell_len; i++) {
        if (g->cells[i].kind == NC_CELL_TITLE)
            g->clusters[g->cells[i].ref].title_at = g->cells[i].x;
    }
    return true;
}

static bool index_ends(nc_layered *g, uint32_t **first, uint32_t **list)
{
    uint32_t *f = *first = LAY_NEW(g->mem, uint32_t, (size_t)g->row_len + 2);
    uint32_t *l = *list = LAY_NEW(g->mem, uint32_t, g->cluster_len);
    if (!f || !l)
        return false;
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        if (!g->clusters[c].run)
            f[g->clusters[c].bottom_row + 2]++;
    }
    for (uint32_t r = 0; r < g->row_len; r++)
        f[r + 2] += f[r + 1];
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        if (!g->clusters[c].run)
            l[f[g->clusters[c].bottom_row + 1]++] = c;
    }
    return true;
}

static bool fill_channel(channel *ch, const uint32_t *first, const uint32_t *list, uint32_t row)
{
    nc_layered *g = ch->g;
    for (uint32_t i = first[row]; i < first[row + 1]; i++) {
        const nc_seg *s = &g->segs[list[i]];
        if (s->link == NONE)
            continue;
        if (s->stretch != NONE && !LAY_PUSH(g->mem, ch->list, ch->len, ch->cap, s->stretch))
            return false;
        if (s->stretch == NONE &&
            !LAY_PUSH(g->mem, ch->straight, ch->straight_len, ch->straight_cap, seg_x(g, s, 0)))
            return false;
    }
    return true;
}

static bool track_channel(nc_layered *g, const uint32_t *first, const uint32_t *list,
                          const uint32_t *arm_first, const uint32_t *arm_list, uint32_t row,
                          uint32_t *tracks)
{
    channel ch = {.g = g};
    if (!fill_channel(&ch, first, list, row))
        return false;
    for (uint32_t i = arm_first[row]; i < arm_first[row + 1]; i++) {
        uint32_t s = g->arms[arm_list[i]].stretch;
        if (s != NONE && !LAY_PUSH(g->mem, ch.list, ch.len, ch.cap, s))
            return false;
    }
    if (ch.len == 0)
        return true;
    bool ok = ch.len <= ALL_PAIRS ? order_pairs(&ch) : order_sorted(&ch);
    if (!ok || !give_tracks(&ch))
        return false;
    *tracks = ch.tracks;
    return true;
}

static bool by_row(nc_layered *g, bool arms, uint32_t **first, uint32_t **list)
{
    uint32_t n = arms ? g->arm_len : g->seg_len;
    uint32_t *f = *first = LAY_NEW(g->mem, uint32_t, (size_t)g->row_len + 2);
    uint32_t *l = *list = LAY_NEW(g->mem, uint32_t, n);
    if (!f || !l)
        return false;
    for (uint32_t i = 0; i < n; i++)
        f[(arms ? g->arms[i].channel : g->cells[g->segs[i].upper].row) + 2]++;
    for (uint32_t r = 0; r < g->row_len; r++)
        f[r + 2] += f[r + 1];
    for (uint32_t i = 0; i < n; i++)
        l[f[(arms ? g->arms[i].channel : g->cells[g->segs[i].upper].row) + 1]++] = i;
    return true;
}

bool nc_pass_tracks(nc_layered *g)
{
    uint32_t *first, *list, *arm_first, *arm_list, *ends_first, *ends;
    uint32_t *tracks = LAY_NEW(g->mem, uint32_t, g->row_len);
    nc_len(*heads)[2] = nc_lay_take(g->mem, g->row_len, sizeof *heads);
    if (!tracks || !heads || !collect(g) || !by_row(g, false, &first, &list) ||
        !by_row(g, true, &arm_first, &arm_list) || !index_ends(g, &ends_first, &ends))
        return false;
    for (uint32_t r = 0; r < g->row_len; r++) {
        if (!track_channel(g, first, list, arm_first, arm_list, r, &tracks[r]))
            return false;
    }
    channel_heads(g, heads);
    bool grown = true;
    for (int round = 0; round < 8 && grown; round++) {
        place_rows(g, tracks, heads, ends_first, ends);
        if (!place_titles(g, &grown))
            return false;
    }
    return true;
}
