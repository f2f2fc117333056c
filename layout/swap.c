/*
 * Swap neighbours of a row while that takes crossings away.
 *
 * A unit (cell, run, or a cluster against a cell) changes place with the next unit of the same
 * parent. Two clusters never change place here: their order holds for all rows.
 *
 * Source:  the transposition of Gansner et al. 1993 and the greedy switch of Eades and Kelly 1986,
 *          on units of a tree.
 */
#include "layout/order.h"

#include <string.h>

/* Crossings of the segments of a with those of b on one side, when a is left of b, and right. */
static void pair_cost(const nc_ordering *o, uint32_t a, uint32_t b, int side, int64_t *ab,
                      int64_t *ba)
{
    const nc_layered *g = o->g;
    const nc_neighbours *n = &o->near;
    for (uint32_t i = n->first[side][a]; i < n->first[side][a + 1]; i++) {
        const nc_seg *s = &g->segs[n->segs[side][i]];
        uint32_t x = side ? s->lower : s->upper;
        uint64_t px = (uint64_t)g->cells[x].pos << 32 | n->sub[side][n->segs[side][i]];
        for (uint32_t j = n->first[side][b]; j < n->first[side][b + 1]; j++) {
            const nc_seg *t = &g->segs[n->segs[side][j]];
            uint32_t y = side ? t->lower : t->upper;
            uint64_t py = (uint64_t)g->cells[y].pos << 32 | n->sub[side][n->segs[side][j]];
            int64_t w = (int64_t)s->weight * t->weight;
            if (px > py)
                *ab += w;
            else if (px < py)
                *ba += w;
        }
    }
}

static bool is_fixed(const nc_layered *g, uint32_t cell)
{
    nc_cell_kind k = g->cells[cell].kind;
    return k == NC_CELL_LEFT || k == NC_CELL_RIGHT || k == NC_CELL_TITLE;
}

static bool is_cluster(const nc_layered *g, uint32_t unit)
{
    return unit >= g->cell_len && !g->clusters[unit - g->cell_len].run;
}

/* Must some cell of [m, e) stay right of some cell of [s, m)? */
static bool kept_apart(const nc_ordering *o, uint32_t row, uint32_t s, uint32_t m, uint32_t e)
{
    const nc_layered *g = o->g;
    for (uint32_t i = o->pairs_first[row]; i < o->pairs_first[row + 1]; i++) {
        uint32_t a = g->cells[g->before[o->pairs[i]]].pos,
                 b = g->cells[g->before[o->pairs[i] + 1]].pos;
        if (s <= a && a < m && m <= b && b < e)
            return true;
    }
    return false;
}

typedef struct span {
    uint32_t unit, from, to;
} span;

/* The unit that starts at place p, and the one after it with the same parent; false: there is none. */
static bool next_pair(const nc_layered *g, const nc_row *r, uint32_t m, span *left, span *right)
{
    uint32_t a = r->cells[m - 1], b = r->cells[m];
    uint32_t above = nc_common_cluster(g, g->cells[a].cluster, g->cells[b].cluster);
    *left = (span){nc_unit_below(g, a, above), m - 1, m};
    *right = (span){nc_unit_below(g, b, above), m, m + 1};
    if (is_fixed(g, a) && left->unit == a)
        return false;
    if (is_fixed(g, b) && right->unit == b)
        return false;
    if (is_cluster(g, left->unit) && is_cluster(g, right->unit))
        return false;
    if (left->unit >= g->cell_len) {
        uint32_t c = left->unit - g->cell_len;
        while (left->from > 0 &&
               nc_common_cluster(g, g->cells[r->cells[left->from - 1]].cluster, c) == c)
            left->from--;
    }
    if (right->unit >= g->cell_len) {
        uint32_t c = right->unit - g->cell_len;
        while (right->to < r->len &&
               nc_common_cluster(g, g->cells[r->cells[right->to]].cluster, c) == c)
            right->to++;
    }
    return true;
}

static void exchange(nc_ordering *o, nc_row *r, const span *left, const span *right)
{
    uint32_t a = left->to - left->from, b = right->to - right->from;
    memcpy(o->buffer, r->cells + left->from, sizeof *r->cells * a);
    memmove(r->cells + left->from, r->cells + right->from, sizeof *r->cells * b);
    memcpy(r->cells + left->from + b, o->buffer, sizeof *r->cells * a);
    for (uint32_t i = left->from; i < right->to; i++)
        o->g->cells[r->cells[i]].pos = i;
}

static bool swap_row(nc_ordering *o, uint32_t row)
{
    nc_layered *g = o->g;
    nc_row *r = &g->rows[row];
    bool changed = false;
    for (uint32_t m = 1; m < r->len; m++) {
        span left, right;
        if (!next_pair(g, r, m, &left, &right))
            continue;
        int64_t ab = 0, ba = 0;
        for (uint32_t i = left.from; i < left.to; i++) {
            for (uint32_t j = right.from; j < right.to; j++) {
                for (int side = 0; side < 2; side++) {
                    const uint32_t *f = o->near.first[side];
                    uint32_t x = r->cells[i], y = r->cells[j];
                    o->work += (uint64_t)(f[x + 1] - f[x]) * (f[y + 1] - f[y]) + 1;
                    if (o->work < o->budget)
                        pair_cost(o, x, y, side, &ab, &ba);
                }
            }
        }
        if (o->work >= o->budget)
            return changed;
        if (ba < ab && !kept_apart(o, row, left.from, m, right.to)) {
            exchange(o, r, &left, &right);
            changed = true;
        }
    }
    return changed;
}

bool nc_swap_rows(nc_ordering *o)
{
    uint32_t rows = o->g->row_len;
    bool any = false, changed = true;
    memset(o->stale, true, rows);
    while (changed && o->work < o->budget) {
        changed = false;
        for (uint32_t row = 0; row < rows; row++) {
            if (!o->stale[row]) /* nothing around it has moved since it was last looked at */
                continue;
            o->stale[row] = false;
            if (!swap_row(o, row))
                continue;
            changed = o->stale[row] = true;
            if (row > 0)
                o->stale[row - 1] = true;
            if (row + 1 < rows)
                o->stale[row + 1] = true;
        }
        any |= changed;
    }
    return any;
}
