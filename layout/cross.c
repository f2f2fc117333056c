#include "layout/cross.h"

#include <string.h>

static bool index_segs(nc_neighbours *n, nc_layered *g)
{
    for (int side = 0; side < 2; side++) {
        uint32_t *first = n->first[side] = LAY_NEW(g->mem, uint32_t, (size_t)g->cell_len + 2);
        uint32_t *list = n->segs[side] = LAY_NEW(g->mem, uint32_t, g->seg_len);
        if (!first || !list)
            return false;
        for (uint32_t i = 0; i < g->seg_len; i++)
            first[(side ? g->segs[i].upper : g->segs[i].lower) + 2]++;
        for (uint32_t c = 0; c < g->cell_len; c++)
            first[c + 2] += first[c + 1];
        for (uint32_t i = 0; i < g->seg_len; i++)
            list[first[(side ? g->segs[i].upper : g->segs[i].lower) + 1]++] = i;
    }
    n->row_first = LAY_NEW(g->mem, uint32_t, (size_t)g->row_len + 2);
    n->row_segs = LAY_NEW(g->mem, uint32_t, g->seg_len);
    if (!n->row_first || !n->row_segs)
        return false;
    for (uint32_t i = 0; i < g->seg_len; i++)
        n->row_first[g->cells[g->segs[i].upper].row + 2]++;
    for (uint32_t r = 0; r < g->row_len; r++)
        n->row_first[r + 2] += n->row_first[r + 1];
    for (uint32_t i = 0; i < g->seg_len; i++)
        n->row_segs[n->row_first[g->cells[g->segs[i].upper].row + 1]++] = i;
    return true;
}

/* Sorts one cell's segments by the order of their fixed ports. Stable; they are few. */
static void sort_by_port(uint32_t *list, uint32_t len, const uint32_t *sub)
{
    for (uint32_t i = 1; i < len; i++) {
        uint32_t s = list[i], k = i;
        for (; k > 0 && sub[list[k - 1]] > sub[s]; k--)
            list[k] = list[k - 1];
        list[k] = s;
    }
}

static void index_ports(nc_neighbours *n, const nc_layered *g)
{
    bool ported = false;
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_link *l = &g->links[i];
        if (l->kind != NC_LINK_DOWN)
            continue;
        for (int low = 0; low < 2; low++) {
            const nc_end *e = &l->end[low ? 1 - l->upper : l->upper];
            if (e->at != NC_AT_VERTEX || !e->fixed)
                continue;
            n->sub[low][low ? l->seg + l->seg_len - 1 : l->seg] = (uint32_t)e->offset + 1;
            ported = true;
        }
    }
    for (uint32_t c = 0; ported && c < g->cell_len; c++) {
        for (int side = 0; side < 2; side++)
            sort_by_port(n->segs[side] + n->first[side][c],
                         n->first[side][c + 1] - n->first[side][c], n->sub[!side]);
    }
}

bool nc_neighbours_init(nc_neighbours *n, nc_layered *g)
{
    *n = (nc_neighbours){0};
    if (!index_segs(n, g))
        return false;
    uint32_t most = 0;
    for (uint32_t r = 0; r < g->row_len; r++) {
        uint32_t count = n->row_first[r + 1] - n->row_first[r];
        most = count > most ? count : most;
    }
    n->sub[0] = LAY_NEW(g->mem, uint32_t, g->seg_len);
    n->sub[1] = LAY_NEW(g->mem, uint32_t, g->seg_len);
    n->sum = LAY_NEW(g->mem, uint64_t, (size_t)most + 2);
    n->place = LAY_NEW(g->mem, uint32_t, g->seg_len);
    if (!n->sub[0] || !n->sub[1] || !n->sum || !n->place)
        return false;
    index_ports(n, g);
    return true;
}

/* Numbers the lower ends between two rows from left to right; ends at one free side share one. */
static uint32_t number_ends(const nc_neighbours *n, const nc_row *r)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < r->len; i++) {
        const uint32_t *list = n->segs[0] + n->first[0][r->cells[i]];
        uint32_t len = n->first[0][r->cells[i] + 1] - n->first[0][r->cells[i]];
        for (uint32_t k = 0; k < len; k++) {
            count += k && n->sub[1][list[k]] != n->sub[1][list[k - 1]];
            n->place[list[k]] = count;
        }
        count += len > 0;
    }
    return count;
}

static uint64_t tree_above(const uint64_t *sum, uint32_t at, uint64_t all)
{
    for (uint32_t i = at + 1; i > 0; i -= i & -i)
        all -= sum[i];
    return all;
}

/*
 * Segments by their upper ends, those of equal upper ends taken together: what lies in the tree
 * beyond a segment's lower end crosses it.
 */
static uint64_t count_below(const nc_neighbours *n, const nc_layered *g, uint32_t row, bool frames)
{
    const nc_row *r = &g->rows[row];
    if (n->row_first[row + 1] - n->row_first[row] < 2)
        return 0;
    uint32_t count = number_ends(n, &g->rows[row + 1]);
    uint64_t crossings = 0, all = 0;
    memset(n->sum, 0, sizeof *n->sum * ((size_t)count + 1));
    for (uint32_t c = 0; c < r->len; c++) {
        const uint32_t *list = n->segs[1] + n->first[1][r->cells[c]];
        uint32_t len = n->first[1][r->cells[c] + 1] - n->first[1][r->cells[c]];
        for (uint32_t i = 0; i < len;) {
            uint32_t end = i;
            for (; end < len && n->sub[0][list[end]] == n->sub[0][list[i]]; end++) {
                const nc_seg *s = &g->segs[list[end]];
                if (all && (frames || s->link != NONE))
                    crossings += s->weight * tree_above(n->sum, n->place[list[end]], all);
            }
            for (; i < end; i++) {
                const nc_seg *s = &g->segs[list[i]];
                if (!frames && s->link == NONE)
                    continue;
                all += s->weight;
                for (uint32_t k = n->place[list[i]] + 1; k <= count; k += k & -k)
                    n->sum[k] += s->weight;
            }
        }
    }
    return crossings;
}

uint64_t nc_count_all(const nc_neighbours *n, const nc_layered *g, bool frames)
{
    uint64_t sum = 0;
    for (uint32_t r = 0; r + 1 < g->row_len; r++)
        sum += count_below(n, g, r, frames);
    return sum;
}
