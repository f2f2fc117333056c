/*
 * Tracks for the stretches of a channel in their order: each as high as those before it that it
 * would touch allow.
 *
 * Fails:   without memory.       Source: the left-edge idea of Hashimoto and Stevens, 1971, for a
 *          given order; a tree over the sorted ends makes it n log n.
 */
#include "layout/channel.h"

/* A tree over the sorted ends keeps the lowest track in use over each piece of the channel. */
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

bool nc_stack_channel(nc_channel *ch)
{
    nc_layered *g = ch->g;
    uint32_t n = ch->len;
    heights h = {.ends = LAY_NEW(ch->mem, nc_len, 2 * (size_t)n), .size = 1};
    nc_len *spare = LAY_NEW(ch->mem, nc_len, 2 * (size_t)n);
    if (!h.ends || !spare)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        h.ends[h.len++] = nc_low_x(&g->stretches[ch->list[i]]) - g->gap.edge_edge + 1;
        h.ends[h.len++] = nc_high_x(&g->stretches[ch->list[i]]);
    }
    nc_sort_lens(h.ends, h.len, spare);
    while (h.size < h.len)
        h.size *= 2;
    h.tag = LAY_NEW(ch->mem, uint32_t, 2 * (size_t)h.size);
    h.most = LAY_NEW(ch->mem, uint32_t, 2 * (size_t)h.size);
    if (!h.tag || !h.most)
        return false;
    ch->tracks = 0;
    for (uint32_t k = 0; k < n; k++) {
        nc_stretch *s = &g->stretches[ch->order[k]];
        uint32_t from = place_of(&h, nc_low_x(s) - g->gap.edge_edge + 1),
                 to = place_of(&h, nc_high_x(s));
        s->track = highest(&h, from, to);
        raise(&h, from, to, s->track + 1);
        if (s->track + 1 > ch->tracks)
            ch->tracks = s->track + 1;
    }
    return true;
}
