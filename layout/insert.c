/*
 * Take something out of the rows and put it back where it costs least.
 *
 * A whole edge: its cells in all rows between its ends are taken out and put back along the path
 * of fewest crossings, found by dynamic programming over the slots of each row (exact, everything
 * else standing still). This moves a long edge around whole columns of nodes, which swaps within
 * single rows cannot. A vertex: every slot of its row is tried.
 *
 * Clusters stay intervals: a slot counts only when its innermost cluster is the cell's own.
 *
 * Source:  edge insertion as in planarization (Gutwenger, Mutzel, Weiskircher 2005), here on fixed
 *          rows; sifting after Matuszewski, Schoenfeld, Molitor, "Using sifting for k-layer
 *          straightline crossing minimization", 1999.
 */
#include "layout/order.h"

#include <string.h>

#define FAR_AWAY (UINT64_MAX / 4)

/*
 * The slots of a row when cell `out` (NONE: none) is not in it: slot p lies before the p-th cell
 * that is left. o->slot_of says where each cell is then; o->allowed which slots lie directly in
 * `cluster`. Returns the number of cells left.
 */
static uint32_t list_slots(nc_ordering *o, uint32_t row, uint32_t out, uint32_t cluster)
{
    const nc_layered *g = o->g;
    const nc_row *r = &g->rows[row];
    uint32_t n = 0, inner = NONE;
    bool in_run = false;
    for (uint32_t i = 0; i <= r->len; i++) {
        uint32_t next = i < r->len ? r->cells[i] : NONE;
        if (next != NONE && next == out)
            continue;
        uint32_t after = next == NONE ? NONE : g->cells[next].cluster;
        bool title = next != NONE && g->cells[next].kind == NC_CELL_TITLE;
        bool inside_run = in_run && after == inner;
        uint32_t here = in_run && !inside_run ? g->clusters[inner].parent : inner;
        o->allowed[n] = here == cluster && !inside_run && !title;
        if (next == NONE)
            break;
        o->slot_of[next] = n++;
        inner = g->cells[next].kind == NC_CELL_RIGHT ? g->clusters[after].parent : after;
        in_run = inner != NONE && g->clusters[inner].run;
    }
    o->work += r->len;
    return n;
}

/* sum[p][q]: weight of the segments below a row (not of `link`) with a < p and b < q, by slots. */
static void sum_segments(nc_ordering *o, uint32_t row, uint32_t link, uint32_t n, uint32_t m)
{
    const nc_layered *g = o->g;
    uint32_t width = m + 1;
    uint64_t *sum = o->table;
    memset(sum, 0, sizeof *sum * ((size_t)n + 1) * width);
    for (uint32_t i = o->near.row_first[row]; i < o->near.row_first[row + 1]; i++) {
        const nc_seg *s = &g->segs[o->near.row_segs[i]];
        if (s->link != link)
            sum[(o->slot_of[s->upper] + 1) * width + o->slot_of[s->lower] + 1] += s->weight;
    }
    for (uint32_t p = 1; p <= n; p++) {
        for (uint32_t q = 1; q <= m; q++)
            sum[p * width + q] +=
                sum[(p - 1) * width + q] + sum[p * width + q - 1] - sum[(p - 1) * width + q - 1];
    }
    o->work += (uint64_t)n * m;
}

/* What a line from above slot p0 (right of all a < p0, left of all a >= p1) to slot q (q0, q1) crosses. */
static uint64_t line_cost(const nc_ordering *o, uint32_t n, uint32_t m, uint32_t p0, uint32_t p1,
                          uint32_t q0, uint32_t q1)
{
    const uint64_t *sum = o->table;
    uint32_t width = m + 1;
    uint64_t left_over = sum[p0 * width + m] - sum[p0 * width + q1];
    uint64_t right_over = sum[n * width + q0] - sum[p1 * width + q0];
    return left_over + right_over;
}

static uint32_t chain_cell(const nc_layered *g, const nc_link *l, uint32_t k)
{
    return g->segs[l->seg + k].lower;
}

/*
 * Best slots for the cells of a link, one per row; *gain: crossings (times the link's weight) that
 * they save. slots[k] and the tables in o are written. False: it does not fit the scratch.
 */
static bool best_path(nc_ordering *o, const nc_link *l, uint32_t link, uint32_t *slots,
                      uint64_t *gain)
{
    const nc_layered *g = o->g;
    uint32_t cells = l->seg_len - 1, used = 0;
    uint32_t upper = g->segs[l->seg].upper, lower = g->segs[l->seg + cells].lower;
    uint32_t n = list_slots(o, g->cells[upper].row, NONE, NONE);
    uint64_t now = 0;
    uint64_t *cost = o->cost[0], *next = o->cost[1];
    for (uint32_t k = 0; k < cells; k++) {
        uint32_t cell = chain_cell(g, l, k), row = g->cells[cell].row;
        uint32_t m = list_slots(o, row, cell, g->cells[cell].cluster), here = g->cells[cell].pos;
        if (used + m + 1 > o->path_cap || (uint64_t)(n + 1) * (m + 1) > o->table_cap)
            return false;
        sum_segments(o, row - 1, link, n, m);
        uint32_t before = k ? g->cells[chain_cell(g, l, k - 1)].pos : o->slot_of[upper];
        now += line_cost(o, n, m, before, k ? before : before + 1, here, here);
        for (uint32_t q = 0; q <= m; q++) {
            uint64_t best = FAR_AWAY;
            uint32_t from = 0;
            for (uint32_t p = 0; o->allowed[q] && p <= (k ? n : 0); p++) {
                uint32_t p0 = k ? p : o->slot_of[upper], p1 = k ? p : p0 + 1;
                uint64_t c = (k ? cost[p] : 0) + line_cost(o, n, m, p0, p1, q, q);
                bool stays = k && c == best && p == before;
                if (c < best || stays) {
                    best = c;
                    from = p;
                }
            }
            next[q] = best;
            o->path[used + q] = from;
        }
        o->work += (uint64_t)(n + 1) * (m + 1);
        o->path_first[k] = used;
        used += m + 1;
        n = m;
        uint64_t *swap = cost;
        cost = next;
        next = swap;
    }
    uint32_t m = list_slots(o, g->cells[lower].row, NONE, NONE), to = o->slot_of[lower];
    uint32_t last = g->cells[chain_cell(g, l, cells - 1)].pos, pick = last;
    if ((uint64_t)(n + 1) * (m + 1) > o->table_cap)
        return false;
    sum_segments(o, g->cells[lower].row - 1, link, n, m);
    now += line_cost(o, n, m, last, last, to, to + 1);
    uint64_t best = FAR_AWAY;
    for (uint32_t p = 0; p <= n; p++) {
        uint64_t c = cost[p] + line_cost(o, n, m, p, p, to, to + 1);
        if (c < best || (c == best && p == last)) {
            best = c;
            pick = p;
        }
    }
    for (uint32_t k = cells; k-- > 0;) {
        slots[k] = pick;
        pick = o->path[o->path_first[k] + pick];
    }
    *gain = best < now ? (now - best) * l->weight : 0;
    return true;
}

static void move_chain(nc_ordering *o, const nc_link *l, const uint32_t *slots)
{
    nc_layered *g = o->g;
    for (uint32_t k = 0; k + 1 < l->seg_len; k++) {
        uint32_t cell = chain_cell(g, l, k);
        nc_row *r = &g->rows[g->cells[cell].row];
        uint32_t at = g->cells[cell].pos, to = slots[k];
        if (to > at)
            memmove(r->cells + at, r->cells + at + 1, sizeof *r->cells * (to - at));
        else
            memmove(r->cells + to + 1, r->cells + to, sizeof *r->cells * (at - to));
        r->cells[to] = cell;
        for (uint32_t i = 0; i < r->len; i++)
            g->cells[r->cells[i]].pos = i;
    }
}

static uint64_t key_of(const nc_ordering *o, uint32_t seg, int side)
{
    const nc_seg *s = &o->g->segs[seg];
    return (uint64_t)o->g->cells[side ? s->lower : s->upper].pos << 32 | o->near.sub[side][seg];
}

static bool is_crossed(nc_ordering *o, uint32_t seg)
{
    uint32_t row = o->g->cells[o->g->segs[seg].upper].row;
    uint64_t a = key_of(o, seg, 0), b = key_of(o, seg, 1);
    for (uint32_t i = o->near.row_first[row]; i < o->near.row_first[row + 1]; i++) {
        uint64_t c = key_of(o, o->near.row_segs[i], 0), d = key_of(o, o->near.row_segs[i], 1);
        if ((c < a && d > b) || (c > a && d < b)) {
            o->work += i - o->near.row_first[row];
            return true;
        }
    }
    o->work += o->near.row_first[row + 1] - o->near.row_first[row];
    return false;
}

/* Nothing is to be won where nothing crosses. */
static bool chain_crosses(nc_ordering *o, const nc_link *l)
{
    for (uint32_t s = l->seg; s < l->seg + l->seg_len; s++) {
        if (is_crossed(o, s))
            return true;
    }
    return false;
}

static bool cell_crosses(nc_ordering *o, uint32_t cell)
{
    for (int side = 0; side < 2; side++) {
        for (uint32_t i = o->near.first[side][cell]; i < o->near.first[side][cell + 1]; i++) {
            if (is_crossed(o, o->near.segs[side][i]))
                return true;
        }
    }
    return false;
}

static bool insert_chains(nc_ordering *o)
{
    const nc_layered *g = o->g;
    bool changed = false;
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_link *l = &g->links[i];
        uint64_t gain = 0;
        if (l->kind != NC_LINK_DOWN || l->seg_len < 2 || l->seg_len - 1 > o->path_cap)
            continue;
        if (o->work >= o->budget)
            return changed;
        if (chain_crosses(o, l) && best_path(o, l, i, o->slots, &gain) && gain) {
            move_chain(o, l, o->slots);
            changed = true;
        }
    }
    return changed;
}

/* --- vertices --- */

/* Crossings between the segments of two cells of a row when x is left of y, minus when it is right. */
static int64_t left_minus_right(nc_ordering *o, uint32_t x, uint32_t y)
{
    const nc_neighbours *n = &o->near;
    int64_t sum = 0;
    for (int side = 0; side < 2; side++) {
        for (uint32_t i = n->first[side][x]; i < n->first[side][x + 1]; i++) {
            uint64_t a = key_of(o, n->segs[side][i], side);
            int64_t w = o->g->segs[n->segs[side][i]].weight;
            for (uint32_t j = n->first[side][y]; j < n->first[side][y + 1]; j++) {
                uint64_t b = key_of(o, n->segs[side][j], side);
                if (a != b)
                    sum += (a > b ? w : -w) * o->g->segs[n->segs[side][j]].weight;
                o->work++;
            }
        }
    }
    return sum;
}

/* Walks from the vertex to one side and remembers the slot with the least crossings. */
static void scan_side(nc_ordering *o, const nc_row *r, uint32_t x, bool right, int64_t *best,
                      uint32_t *slot)
{
    uint32_t at = o->g->cells[x].pos;
    int64_t sum = 0;
    for (uint32_t k = 1; right ? at + k < r->len : k <= at; k++) {
        uint32_t y = r->cells[right ? at + k : at - k];
        int64_t d = left_minus_right(o, x, y);
        sum += right ? -d : d;
        uint32_t to = right ? at + k : at - k;
        if (o->allowed[to] && sum < *best) {
            *best = sum;
            *slot = to;
        }
    }
}

static bool sift_vertices(nc_ordering *o)
{
    nc_layered *g = o->g;
    bool changed = false;
    for (uint32_t v = 0; v < g->vertex_len && o->work < o->budget; v++) {
        uint32_t cell = g->vertices[v].cell, row = g->cells[cell].row;
        uint32_t c = g->cells[cell].cluster;
        nc_row *r = &g->rows[row];
        if ((c != NONE && g->clusters[c].run) || o->pairs_first[row] != o->pairs_first[row + 1])
            continue;
        if (!cell_crosses(o, cell))
            continue;
        list_slots(o, row, cell, c);
        int64_t best = 0;
        uint32_t slot = g->cells[cell].pos;
        scan_side(o, r, cell, false, &best, &slot);
        scan_side(o, r, cell, true, &best, &slot);
        if (best >= 0)
            continue;
        uint32_t at = g->cells[cell].pos;
        if (slot > at)
            memmove(r->cells + at, r->cells + at + 1, sizeof *r->cells * (slot - at));
        else
            memmove(r->cells + slot + 1, r->cells + slot, sizeof *r->cells * (at - slot));
        r->cells[slot] = cell;
        for (uint32_t i = 0; i < r->len; i++)
            g->cells[r->cells[i]].pos = i;
        changed = true;
    }
    return changed;
}

bool nc_insert_start(nc_ordering *o)
{
    nc_layered *g = o->g;
    uint32_t most = 2;
    for (uint32_t r = 0; r < g->row_len; r++)
        most = g->rows[r].len + 2 > most ? g->rows[r].len + 2 : most;
    o->path_cap = g->cell_len + g->row_len + 2;
    o->table_cap = (uint64_t)most * most;
    if (o->table_cap > 1u << 22)
        o->table_cap = 1u << 22;
    o->allowed = LAY_NEW(g->mem, bool, most);
    o->slot_of = LAY_NEW(g->mem, uint32_t, g->cell_len);
    o->table = LAY_NEW(g->mem, uint64_t, o->table_cap);
    o->cost[0] = LAY_NEW(g->mem, uint64_t, most);
    o->cost[1] = LAY_NEW(g->mem, uint64_t, most);
    o->path = LAY_NEW(g->mem, uint32_t, o->path_cap);
    o->path_first = LAY_NEW(g->mem, uint32_t, o->path_cap);
    o->slots = LAY_NEW(g->mem, uint32_t, o->path_cap);
    return o->allowed && o->slot_of && o->table && o->cost[0] && o->cost[1] && o->path &&
           o->path_first && o->slots;
}

bool nc_insert_all(nc_ordering *o)
{
    bool any = false, changed = true;
    while (changed && o->work < o->budget) {
        changed = insert_chains(o);
        changed |= sift_vertices(o);
        any |= changed;
    }
    return any;
}
