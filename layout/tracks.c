/*
 * Give the horizontal stretches of every channel their tracks, then everything its y.
 *
 * Input:   x of everything.      Output: stretches, y and height of rows, top and bottom of
 *          clusters and of the graph, places of titles in lanes.
 * Tracks:  channel by channel, see channel.h.
 * Heights: a channel is as high as its tracks, and at least as the spacing between its rows asks.
 * Fails:   without memory.
 */
#include "layout/channel.h"

static nc_len min_len(nc_len a, nc_len b)
{
    return a < b ? a : b;
}

static nc_len max_len(nc_len a, nc_len b)
{
    return a > b ? a : b;
}

static nc_len seg_x(const nc_layered *g, const nc_seg *s, int low)
{
    return g->cells[low ? s->lower : s->upper].x + s->at[low];
}

static nc_len arm_x(const nc_layered *g, const nc_arm *a, int e)
{
    const nc_arm_end *end = &a->end[e];
    if (end->cell == NONE)
        return (end->right ? g->right : g->left) + end->offset;
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
        if (s->y > k->top && s->y < k->bottom && nc_low_x(s) < to && nc_high_x(s) > from &&
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
    nc_sort_lens(y, count, spare);
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

static bool fill_channel(nc_channel *ch, const uint32_t *first, const uint32_t *list, uint32_t row)
{
    nc_layered *g = ch->g;
    for (uint32_t i = first[row]; i < first[row + 1]; i++) {
        const nc_seg *s = &g->segs[list[i]];
        if (s->link == NONE)
            continue;
        if (s->stretch != NONE && !LAY_PUSH(ch->mem, ch->list, ch->len, ch->cap, s->stretch))
            return false;
        if (s->stretch == NONE &&
            !LAY_PUSH(ch->mem, ch->straight, ch->straight_len, ch->straight_cap, seg_x(g, s, 0)))
            return false;
    }
    return true;
}

static bool track_channel(nc_channel *ch, const uint32_t *first, const uint32_t *list,
                          const uint32_t *arm_first, const uint32_t *arm_list, uint32_t row)
{
    const nc_layered *g = ch->g;
    if (!fill_channel(ch, first, list, row))
        return false;
    for (uint32_t i = arm_first[row]; i < arm_first[row + 1]; i++) {
        uint32_t s = g->arms[arm_list[i]].stretch;
        if (s != NONE && !LAY_PUSH(ch->mem, ch->list, ch->len, ch->cap, s))
            return false;
    }
    return ch->len == 0 || (nc_order_channel(ch) && nc_stack_channel(ch));
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
    nc_lay_mem scratch; /* of one channel at a time: stretches that are split grow the other */
    nc_lay_mem_init(&scratch, &g->mem->from);
    bool ok = true;
    for (uint32_t r = 0; ok && r < g->row_len; r++) {
        nc_lay_mark mark = nc_lay_mem_mark(&scratch);
        nc_channel ch = {.g = g, .mem = &scratch};
        ok = track_channel(&ch, first, list, arm_first, arm_list, r);
        tracks[r] = ch.tracks;
        nc_lay_mem_rewind(&scratch, mark);
    }
    nc_lay_mem_release(&scratch);
    if (!ok)
        return false;
    channel_heads(g, heads);
    bool grown = true;
    for (int round = 0; round < 8 && grown; round++) {
        place_rows(g, tracks, heads, ends_first, ends);
        if (!place_titles(g, &grown))
            return false;
    }
    return true;
}
