/*
 * Two stretches whose vertical pieces would lie on each other whichever of them is above: a port
 * is moved along its side, or one stretch is split into two halves on tracks of their own, as a
 * dogleg.
 *
 * Fails:   without memory.
 * Source:  doglegs after Deutsch, "A dogleg channel router", 1976; moving ports is ours.
 */
#include "layout/channel.h"

bool nc_may_split(const nc_stretch *s)
{
    return s->at[0] != s->at[1] && s->at[0] != NC_ARM_EDGE && s->at[1] != NC_ARM_EDGE &&
           s->next == NONE;
}

/* All verticals of the channel, from left to right. */
static nc_len *sort_verticals(const nc_channel *ch, uint32_t *len)
{
    uint32_t n = 0, most = ch->len * 2 + ch->straight_len;
    nc_len *list = LAY_NEW(ch->mem, nc_len, most), *spare = LAY_NEW(ch->mem, nc_len, most);
    if (!list || !spare)
        return NULL;
    for (uint32_t k = 0; k < ch->len; k++) {
        const nc_stretch *s = &ch->g->stretches[ch->list[k]];
        list[n++] = s->x[0];
        list[n++] = s->x[1];
    }
    for (uint32_t k = 0; k < ch->straight_len; k++)
        list[n++] = ch->straight[k];
    nc_sort_lens(list, n, spare);
    *len = n;
    return list;
}

/* An x for the middle piece of a split stretch: away from every other vertical of the channel. */
static bool free_x(const nc_channel *ch, const nc_stretch *s, nc_len *x)
{
    uint32_t len;
    const nc_len *list = sort_verticals(ch, &len);
    nc_len middle = (s->x[0] + s->x[1]) / 2;
    *x = middle;
    if (!list)
        return false;
    for (nc_len need = ch->g->gap.edge_edge; need > 0; need /= 2) {
        nc_len best_d = INT64_MAX;
        for (uint32_t i = 0; i <= len; i++) {
            nc_len from = i ? list[i - 1] + need : INT64_MIN,
                   to = i < len ? list[i] - need : INT64_MAX;
            if (from > to)
                continue;
            nc_len at = middle < from ? from : middle > to ? to : middle;
            nc_len d = at > middle ? at - middle : middle - at;
            if (d < best_d) {
                best_d = d;
                *x = at;
            }
        }
        if (best_d < INT64_MAX)
            return true;
    }
    return true;
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
        if (way < 0 && at + s->least > *lo)
            *lo = at + s->least;
        if (way > 0 && at - s->least < *hi)
            *hi = at - s->least;
    }
}

static bool is_clear(const nc_channel *ch, uint32_t skip, int end, nc_len x)
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
static bool nudge(nc_channel *ch, uint32_t i)
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
static bool split(nc_channel *ch, uint32_t i)
{
    nc_layered *g = ch->g;
    nc_stretch *s = &g->stretches[ch->list[i]];
    nc_len x;
    if (!free_x(ch, s, &x))
        return false;
    int low = s->at[0] == NC_ARM_BELOW ? 0 : 1;
    nc_stretch half = {.link = s->link, .seg = NONE, .channel = s->channel, .next = NONE};
    half.at[0] = NC_ARM_ABOVE;
    half.x[0] = x;
    half.at[1] = NC_ARM_BELOW;
    half.x[1] = s->x[low];
    s->x[low] = x;
    if (!LAY_PUSH(g->mem, g->stretches, g->stretch_len, g->stretch_cap, half))
        return false;
    g->stretches[ch->list[i]].next = g->stretch_len - 1;
    return LAY_PUSH(ch->mem, ch->list, ch->len, ch->cap, g->stretch_len - 1);
}

bool nc_untangle(nc_channel *ch, uint32_t i)
{
    return nudge(ch, i) || split(ch, i);
}
