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

static void index_ports(nc_neighbours *n, const nc_layered *g)
{
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_link *l = &g->links[i];
        if (l->kind != NC_LINK_DOWN)
            continue;
        for (int low = 0; low < 2; low++) {
            const nc_end *e = &l->end[low ? 1 - l->upper : l->upper];
            if (e->at != NC_AT_VERTEX || !e->fixed)
                continue;
            n->sub[low][low ? l->seg + l->seg_len - 1 : l->seg] = (uint32_t)e->offset + 1;
            n->ported = true;
        }
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
        most = g->rows[r].len > most ? g->rows[r].len : most;
    }
    n->sub[0] = LAY_NEW(g->mem, uint32_t, g->seg_len);
    n->sub[1] = LAY_NEW(g->mem, uint32_t, g->seg_len);
    n->sum = LAY_NEW(g->mem, uint64_t, (size_t)most + 2);
    n->key = LAY_NEW(g->mem, uint64_t, most);
    n->key2 = LAY_NEW(g->mem, uint64_t, most);
    n->tree = LAY_NEW(g->mem, uint32_t, (size_t)most + 2);
    n->sorted = LAY_NEW(g->mem, uint32_t, most);
    n->spare = LAY_NEW(g->mem, uint32_t, most);
    if (!n->sub[0] || !n->sub[1] || !n->sum || !n->key || !n->key2 || !n->tree || !n->sorted ||
        !n->spare)
        return false;
    index_ports(n, g);
    return true;
}

static uint64_t end_key(const nc_neighbours *n, const nc_layered *g, uint32_t seg, int low)
{
    uint32_t cell = low ? g->segs[seg].lower : g->segs[seg].upper;
    return (uint64_t)g->cells[cell].pos << 32 | n->sub[low][seg];
}

/* Merge sort of list by key[] of the same places; stable. */
static void sort_by_key(uint32_t *list, uint64_t *key, uint32_t len, uint32_t *list2,
                        uint64_t *key2)
{
    for (uint32_t width = 1; width < len; width *= 2) {
        for (uint32_t lo = 0; lo < len; lo += 2 * width) {
            uint32_t mid = lo + width < len ? lo + width : len;
            uint32_t hi = mid + width < len ? mid + width : len;
            uint32_t a = lo, b = mid;
            for (uint32_t k = lo; k < hi; k++) {
                bool left = b >= hi || (a < mid && key[a] <= key[b]);
                key2[k] = left ? key[a] : key[b];
                list2[k] = left ? list[a++] : list[b++];
            }
        }
        memcpy(list, list2, sizeof *list * len);
        memcpy(key, key2, sizeof *key * len);
    }
}

static uint64_t tree_above(const uint64_t *sum, uint32_t len, uint32_t at, uint64_t all)
{
    (void)len;
    for (uint32_t i = at + 1; i > 0; i -= i & -i)
        all -= sum[i];
    return all;
}

/*
 * Segments sorted by their upper ends, groups of equal upper ends taken together: what lies in the
 * tree beyond a segment's lower end crosses it.
 */
static uint64_t count_below(const nc_neighbours *n, const nc_layered *g, uint32_t row, bool frames)
{
    uint32_t len = n->row_first[row + 1] - n->row_first[row];
    const uint32_t *segs = n->row_segs + n->row_first[row];
    if (len < 2)
        return 0;
    uint32_t *place = n->tree;
    uint32_t count = 0;
    if (n->ported) {
        for (uint32_t i = 0; i < len; i++) {
            n->sorted[i] = i;
            n->key[i] = end_key(n, g, segs[i], 1);
        }
        sort_by_key(n->sorted, n->key, len, n->spare, n->key2);
        for (uint32_t i = 0; i < len; i++) {
            if (i && n->key[i] != n->key[i - 1])
                count++;
            place[n->sorted[i]] = count;
        }
        count++;
    } else {
        for (uint32_t i = 0; i < len; i++)
            place[i] = g->cells[g->segs[segs[i]].lower].pos;
        count = g->rows[row + 1].len;
    }
    for (uint32_t i = 0; i < len; i++) {
        n->sorted[i] = i;
        n->key[i] = end_key(n, g, segs[i], 0);
    }
    sort_by_key(n->sorted, n->key, len, n->spare, n->key2);
    memset(n->sum, 0, sizeof *n->sum * ((size_t)count + 1));
    uint64_t crossings = 0, all = 0;
    for (uint32_t i = 0; i < len;) {
        uint32_t end = i;
        for (; end < len && n->key[end] == n->key[i]; end++) {
            uint32_t s = n->sorted[end];
            if (frames || g->segs[segs[s]].link != NONE)
                crossings += g->segs[segs[s]].weight * tree_above(n->sum, count, place[s], all);
        }
        for (; i < end; i++) {
            uint32_t s = n->sorted[i], w = g->segs[segs[s]].weight;
            if (!frames && g->segs[segs[s]].link == NONE)
                continue;
            all += w;
            for (uint32_t k = place[s] + 1; k <= count; k += k & -k)
                n->sum[k] += w;
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
