/*
 * Order the cells of every row so that few edges cross.
 *
 * Input:   rows, cells, segments.      Output: rows' cells from left to right, cells' pos,
 *          crossings.
 * Method:  several starts (depth first in the author's order; the author's order itself; the best
 *          one mirrored, then shaken); from each, sweeps down and up with weighted means of the
 *          neighbours, sorted as a tree of clusters; then neighbours are swapped, whole edges and
 *          single vertices put where they cross least. The best of all is kept; on a tie the
 *          earlier start, which is nearest to the text.
 * Fails:   without memory. Work is counted, so the result does not depend on the machine.
 * Source:  Sugiyama et al. 1981; Gansner et al. 1993; Sander 1996; Forster 2002.
 */
#include "layout/order.h"

#include <string.h>

typedef struct kept {
    uint32_t *cells; /* all rows, one after the other */
    uint32_t *orders;
    uint64_t crossings;
} kept;

/* Clusters sorted by depth, the innermost first, then by parent, so that siblings are together. */
static uint32_t *inner_first(nc_layered *g)
{
    uint32_t deepest = 0, n = g->cluster_len;
    for (uint32_t c = 0; c < n; c++)
        deepest = g->clusters[c].depth > deepest ? g->clusters[c].depth : deepest;
    uint32_t *first = LAY_NEW(g->mem, uint32_t, (size_t)deepest + n + 3);
    uint32_t *list = LAY_NEW(g->mem, uint32_t, n);
    uint32_t *sorted = LAY_NEW(g->mem, uint32_t, n);
    if (!first || !list || !sorted)
        return NULL;
    for (uint32_t c = 0; c < n; c++)
        first[g->clusters[c].parent + 2]++; /* NONE + 2 is 1 */
    for (uint32_t p = 0; p <= n; p++)
        first[p + 1] += first[p];
    for (uint32_t c = 0; c < n; c++)
        list[first[g->clusters[c].parent + 1]++] = c;
    memset(first, 0, sizeof *first * ((size_t)deepest + 2));
    for (uint32_t c = 0; c < n; c++)
        first[deepest - g->clusters[c].depth + 1]++;
    for (uint32_t d = 0; d <= deepest; d++)
        first[d + 1] += first[d];
    for (uint32_t i = 0; i < n; i++)
        sorted[first[deepest - g->clusters[list[i]].depth]++] = list[i];
    return sorted;
}

static bool index_clusters(nc_ordering *o)
{
    nc_layered *g = o->g;
    uint32_t n = g->cluster_len, m = g->row_len;
    o->row_clusters_first = LAY_NEW(g->mem, uint32_t, (size_t)m + 2);
    uint32_t *list = inner_first(g);
    if (!o->row_clusters_first || !list)
        return false;
    size_t sum = 0;
    for (uint32_t c = 0; c < n; c++) {
        for (uint32_t r = g->clusters[c].top_row; r <= g->clusters[c].bottom_row; r++, sum++)
            o->row_clusters_first[r + 2]++;
    }
    for (uint32_t r = 0; r < m; r++)
        o->row_clusters_first[r + 2] += o->row_clusters_first[r + 1];
    o->row_clusters = LAY_NEW(g->mem, uint32_t, sum);
    if (!o->row_clusters)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        const nc_cluster *k = &g->clusters[list[i]];
        for (uint32_t r = k->top_row; r <= k->bottom_row; r++)
            o->row_clusters[o->row_clusters_first[r + 1]++] = list[i];
    }
    return true;
}

static bool index_pairs(nc_ordering *o)
{
    nc_layered *g = o->g;
    uint32_t *first = o->pairs_first = LAY_NEW(g->mem, uint32_t, (size_t)g->row_len + 2);
    o->pairs = LAY_NEW(g->mem, uint32_t, g->before_len);
    if (!first || !o->pairs)
        return false;
    for (uint32_t i = 0; i < g->before_len; i += 2)
        first[g->cells[g->before[i]].row + 2]++;
    for (uint32_t r = 0; r < g->row_len; r++)
        first[r + 2] += first[r + 1];
    for (uint32_t i = 0; i < g->before_len; i += 2)
        o->pairs[first[g->cells[g->before[i]].row + 1]++] = i;
    return true;
}

/* Weight of the frame sides that edges cross however the rows are ordered: those they come in by. */
static uint64_t least_crossings(const nc_layered *g)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < g->seg_len; i++) {
        const nc_seg *s = &g->segs[i];
        uint32_t ends[2] = {g->cells[s->upper].cluster, g->cells[s->lower].cluster};
        if (s->link == NONE || ends[0] == ends[1])
            continue;
        uint32_t row = g->cells[s->upper].row, common = nc_common_cluster(g, ends[0], ends[1]);
        for (int e = 0; e < 2; e++) {
            for (uint32_t c = ends[e]; c != common; c = g->clusters[c].parent) {
                const nc_cluster *k = &g->clusters[c];
                if (!k->run && k->top_row <= row && k->bottom_row > row)
                    sum += (uint64_t)s->weight * NC_SIDE_WEIGHT;
            }
        }
    }
    return sum;
}

static bool start(nc_ordering *o, nc_layered *g)
{
    *o = (nc_ordering){.g = g};
    uint32_t most = g->cluster_len + g->before_len + 2;
    for (uint32_t r = 0; r < g->row_len; r++)
        most = g->rows[r].len > most ? g->rows[r].len : most;
    o->value = LAY_NEW(g->mem, double, g->cell_len);
    o->sum = LAY_NEW(g->mem, double, g->cluster_len);
    o->weight = LAY_NEW(g->mem, double, g->cluster_len);
    o->leftmost = LAY_NEW(g->mem, uint32_t, g->cluster_len);
    o->total = LAY_NEW(g->mem, double, g->cluster_len);
    o->total_weight = LAY_NEW(g->mem, double, g->cluster_len);
    o->buffer = LAY_NEW(g->mem, uint32_t, most);
    o->buffer2 = LAY_NEW(g->mem, uint32_t, most);
    o->siblings = LAY_NEW(g->mem, uint32_t, g->cluster_len);
    o->units = LAY_NEW(g->mem, uint32_t, most);
    o->starts = LAY_NEW(g->mem, uint32_t, (size_t)most + 1);
    o->placed = LAY_NEW(g->mem, bool, most);
    o->unit_index = LAY_NEW(g->mem, uint32_t, (size_t)g->cell_len + g->cluster_len);
    o->stale = LAY_NEW(g->mem, bool, g->row_len);
    return o->stale && o->value && o->sum && o->weight && o->leftmost && o->total &&
           o->total_weight && o->buffer && o->buffer2 && o->siblings && o->units && o->starts &&
           o->placed && o->unit_index && nc_neighbours_init(&o->near, g) && index_clusters(o) &&
           index_pairs(o) && nc_insert_start(o);
}

/* Numbers the cells depth first, downwards, from the first vertex on. */
static bool number_by_search(nc_ordering *o)
{
    nc_layered *g = o->g;
    uint32_t *path = LAY_NEW(g->mem, uint32_t, g->cell_len);
    uint32_t *at = LAY_NEW(g->mem, uint32_t, g->cell_len);
    bool *seen = LAY_NEW(g->mem, bool, g->cell_len);
    if (!path || !at || !seen)
        return false;
    double next = 0;
    for (uint32_t s = 0; s < g->cell_len; s++) {
        uint32_t top = 0;
        if (seen[s] || g->cells[s].kind == NC_CELL_LEFT || g->cells[s].kind == NC_CELL_RIGHT)
            continue;
        path[top++] = s;
        seen[s] = true;
        o->value[s] = next++;
        at[s] = o->near.first[1][s];
        while (top) {
            uint32_t u = path[top - 1];
            if (at[u] == o->near.first[1][u + 1]) {
                top--;
                continue;
            }
            uint32_t v = g->segs[o->near.segs[1][at[u]++]].lower;
            if (seen[v])
                continue;
            seen[v] = true;
            o->value[v] = next++;
            at[v] = o->near.first[1][v];
            path[top++] = v;
        }
    }
    return true;
}

/* Numbers the cells as the author did; what lies on an edge stands between its ends. */
static void number_by_text(nc_ordering *o)
{
    nc_layered *g = o->g;
    for (uint32_t c = 0; c < g->cell_len; c++)
        o->value[c] = g->cells[c].ref;
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_link *l = &g->links[i];
        if (l->kind != NC_LINK_DOWN)
            continue;
        double sum = 0, count = 0;
        for (int e = 0; e < 2; e++) {
            if (l->end[e].at == NC_AT_VERTEX) {
                sum += l->end[e].index;
                count += 1;
            }
        }
        for (uint32_t s = l->seg; s < l->seg + l->seg_len; s++) {
            for (int low = 0; low < 2; low++) {
                uint32_t c = low ? g->segs[s].lower : g->segs[s].upper;
                if (g->cells[c].kind != NC_CELL_VERTEX)
                    o->value[c] = count > 0 ? sum / count : 0;
            }
        }
    }
}

static void clear_totals(nc_ordering *o)
{
    for (uint32_t c = 0; c < o->g->cluster_len; c++)
        o->total[c] = o->total_weight[c] = 0;
}

static void mean_totals(nc_ordering *o)
{
    for (uint32_t c = 0; c < o->g->cluster_len; c++)
        o->total[c] = o->total_weight[c] > 0 ? o->total[c] / o->total_weight[c] : 0;
}

static void arrange_all(nc_ordering *o)
{
    clear_totals(o);
    for (uint32_t r = 0; r < o->g->row_len; r++)
        nc_arrange_row(o, r);
    mean_totals(o);
    if (!nc_arrange_clusters(o))
        return;
    for (uint32_t r = 0; r < o->g->row_len; r++)
        nc_arrange_row(o, r);
}

/* Values of a row's cells from their neighbours above (side 0) or below (side 1). */
static void wish_places(nc_ordering *o, uint32_t row, int side)
{
    nc_layered *g = o->g;
    const nc_row *r = &g->rows[row];
    const nc_neighbours *n = &o->near;
    for (uint32_t i = 0; i < r->len; i++) {
        uint32_t c = r->cells[i];
        double sum = 0, weight = 0;
        for (uint32_t k = n->first[side][c]; k < n->first[side][c + 1]; k++) {
            const nc_seg *s = &g->segs[n->segs[side][k]];
            uint32_t other = side ? s->lower : s->upper;
            const nc_row * or = &g->rows[g->cells[other].row];
            sum += s->weight * ((double)g->cells[other].pos + 0.5) / (double) or->len;
            weight += s->weight;
            o->work++;
        }
        o->value[c] = weight > 0 ? sum / weight : ((double)i + 0.5) / (double)r->len;
    }
}

static void sweep(nc_ordering *o, bool down)
{
    uint32_t rows = o->g->row_len;
    clear_totals(o);
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t row = down ? i : rows - 1 - i;
        wish_places(o, row, down ? 0 : 1);
        nc_arrange_row(o, row);
    }
    mean_totals(o);
}

static void keep(kept *k, const nc_ordering *o, uint64_t crossings)
{
    const nc_layered *g = o->g;
    uint32_t at = 0;
    k->crossings = crossings;
    for (uint32_t r = 0; r < g->row_len; r++) {
        memcpy(k->cells + at, g->rows[r].cells, sizeof *k->cells * g->rows[r].len);
        at += g->rows[r].len;
    }
    for (uint32_t c = 0; c < g->cluster_len; c++)
        k->orders[c] = g->clusters[c].order;
}

static void restore(const kept *k, nc_layered *g)
{
    uint32_t at = 0;
    for (uint32_t r = 0; r < g->row_len; r++) {
        nc_row *row = &g->rows[r];
        memcpy(row->cells, k->cells + at, sizeof *k->cells * row->len);
        at += row->len;
        for (uint32_t i = 0; i < row->len; i++)
            g->cells[row->cells[i]].pos = i;
    }
    for (uint32_t c = 0; c < g->cluster_len; c++)
        g->clusters[c].order = k->orders[c];
}

enum { PATIENCE = 4, MOST_SWEEPS = 24 };

static void improve(nc_ordering *o, kept *best)
{
    uint32_t idle = 0;
    uint64_t now = nc_count_all(&o->near, o->g, true);
    if (now < best->crossings)
        keep(best, o, now);
    for (uint32_t i = 0; i < MOST_SWEEPS && idle < PATIENCE && best->crossings > o->least; i++) {
        sweep(o, i % 2 == 0);
        if (i % 2 && nc_arrange_clusters(o)) {
            for (uint32_t r = 0; r < o->g->row_len; r++)
                nc_arrange_row(o, r);
        }
        if (o->work < o->budget) {
            nc_swap_rows(o);
            if (o->thorough && nc_insert_all(o))
                nc_swap_rows(o);
        }
        now = nc_count_all(&o->near, o->g, true);
        o->work += o->g->seg_len;
        idle++;
        if (now < best->crossings) {
            keep(best, o, now);
            idle = 0;
        }
        if (o->work >= o->budget && i >= 4)
            return;
    }
}

static void mirror(nc_ordering *o)
{
    nc_layered *g = o->g;
    for (uint32_t r = 0; r < g->row_len; r++) {
        const nc_row *row = &g->rows[r];
        for (uint32_t i = 0; i < row->len; i++)
            o->value[row->cells[i]] = -(double)i;
    }
    for (uint32_t c = 0; c < g->cluster_len; c++)
        g->clusters[c].order = g->cluster_len - g->clusters[c].order;
}

/* A start near the best order: every cell's place, shaken. Not random: the same on every run. */
static void shake(nc_ordering *o, uint64_t *state, double far)
{
    nc_layered *g = o->g;
    for (uint32_t r = 0; r < g->row_len; r++) {
        const nc_row *row = &g->rows[r];
        for (uint32_t i = 0; i < row->len; i++) {
            *state ^= *state << 13;
            *state ^= *state >> 7;
            *state ^= *state << 17;
            double t = (double)(*state >> 40) / (double)(1u << 24);
            o->value[row->cells[i]] = ((double)i + 0.5) / (double)row->len + (t - 0.5) * far;
        }
    }
}

enum { MOST_STARTS = 10 };
enum { LEAST_WORK = 200000, MOST_WORK = 1000000, LARGE = 100000 };

/*
 * Work units for a graph of that many cells and segments: linear, with a bonus that shrinks with the
 * cube of the size, since people look at small drawings closely and one step costs about its square.
 */
static uint64_t work_budget(uint64_t size)
{
    const double bonus_at_one = 1e14;
    double bonus = bonus_at_one / ((double)(size + 1) * (double)(size + 1) * (double)(size + 1));
    uint64_t more = bonus > MOST_WORK    ? MOST_WORK
                    : bonus < LEAST_WORK ? LEAST_WORK
                                         : (uint64_t)bonus;
    uint64_t large = size > LARGE ? size - LARGE : 0;
    return more + 24 * (size - large) + 6 * large;
}

static bool search(nc_ordering *o)
{
    nc_layered *g = o->g;
    kept best = {.cells = LAY_NEW(g->mem, uint32_t, g->cell_len),
                 .orders = LAY_NEW(g->mem, uint32_t, g->cluster_len),
                 .crossings = UINT64_MAX};
    if (!best.cells || !best.orders)
        return false;
    uint64_t size = (uint64_t)g->cell_len + g->seg_len, state = 0x9e3779b97f4a7c15u;
    o->budget = work_budget(size);
    o->least = least_crossings(g);
    o->thorough = size < 20000;
    int starts = size < 1500 ? MOST_STARTS : size < 4000 ? 3 : 1;
    if (g->trial && starts > 3)
        starts = 3;
    for (int s = 0; s < starts && best.crossings > o->least && o->work < o->budget; s++) {
        if (s == 0 && !number_by_search(o))
            return false;
        if (s == 1)
            number_by_text(o);
        if (s >= 2)
            restore(&best, g);
        if (s == 2)
            mirror(o);
        if (s > 2)
            shake(o, &state, s % 2 ? 1.0 : 0.4);
        arrange_all(o);
        improve(o, &best);
    }
    restore(&best, g);
    nc_move_labels(o);
    g->crossings = nc_count_all(&o->near, g, false);
    return true;
}

bool nc_pass_order(nc_layered *g)
{
    nc_ordering o;
    nc_lay_mark mark = nc_lay_mem_mark(g->mem);
    bool ok = start(&o, g) && search(&o);
    nc_lay_mem_rewind(g->mem, mark);
    return ok;
}
