#include "layout/around.h"

enum { PASSED_FREE = 100000, PASSED_EACH = 8 };

uint64_t nc_most_passed(uint64_t vertices, uint64_t links)
{
    return PASSED_FREE + PASSED_EACH * (vertices + links);
}

/* Ranks between the ends of a link that may go around; 0: it may not, or need not. */
static uint32_t passed(const nc_layered *g, const nc_link *l)
{
    const nc_end *upper = &l->end[l->upper];
    const nc_end *lower = &l->end[1 - l->upper];
    if (l->kind != NC_LINK_DOWN || upper->at != NC_AT_VERTEX || lower->at != NC_AT_VERTEX)
        return 0;
    return g->vertices[lower->index].rank - g->vertices[upper->index].rank - 1;
}

bool nc_choose_around(nc_layered *g)
{
    uint64_t most = nc_most_passed(g->vertex_len, g->link_len);
    uint64_t sum = 0;
    for (uint32_t i = 0; i < g->link_len; i++)
        sum += passed(g, &g->links[i]);
    if (sum <= most)
        return true;
    nc_lay_mark mark = nc_lay_mem_mark(g->mem);
    uint32_t *count = LAY_NEW(g->mem, uint32_t, (size_t)g->rank_len + 1);
    if (!count)
        return false;
    for (uint32_t i = 0; i < g->link_len; i++)
        count[passed(g, &g->links[i])]++;
    uint32_t longest = 1; /* the shorter ones all stay, and the first `left` of this length */
    for (; (uint64_t)count[longest] * longest <= most; longest++)
        most -= (uint64_t)count[longest] * longest;
    uint64_t left = most / longest;
    for (uint32_t i = 0; i < g->link_len; i++) {
        uint32_t length = passed(g, &g->links[i]);
        if (length < longest || (length == longest && left && left--))
            continue;
        g->links[i].kind = NC_LINK_AROUND;
    }
    nc_lay_mem_rewind(g->mem, mark);
    return true;
}

nc_len nc_lanes_width(const nc_layered *g)
{
    return g->lane_len ? g->gap.edge_node + (nc_len)(g->lane_len - 1) * g->gap.edge_edge : 0;
}

/* Where an AROUND link leaves for its lane: its label, else its upper vertex. */
static uint32_t cell_at(const nc_layered *g, const nc_link *l, bool lower)
{
    if (!lower && l->label_cell != NONE)
        return l->label_cell;
    return g->vertices[l->end[lower ? 1 - l->upper : l->upper].index].cell;
}

static uint32_t channel_at(const nc_layered *g, const nc_link *l, bool lower)
{
    return g->cells[cell_at(g, l, lower)].row - (lower ? 1 : 0);
}

/* Links in lists by the channel where they enter their lane, or leave it. */
typedef struct lists {
    uint32_t *first; /* per channel */
    uint32_t *next;  /* per link */
} lists;

static bool list_around(lists *out, const nc_layered *g, bool lower)
{
    out->first = LAY_NEW(g->mem, uint32_t, g->row_len);
    out->next = LAY_NEW(g->mem, uint32_t, g->link_len);
    if (!out->first || !out->next)
        return false;
    for (uint32_t r = 0; r < g->row_len; r++)
        out->first[r] = NONE;
    for (uint32_t i = g->link_len; i-- > 0;) {
        if (g->links[i].kind != NC_LINK_AROUND)
            continue;
        uint32_t channel = channel_at(g, &g->links[i], lower);
        out->next[i] = out->first[channel];
        out->first[channel] = i;
    }
    return true;
}

/* A lane is free again in the channel after the one where its link leaves it. */
static bool give_lanes(nc_layered *g)
{
    lists enter, leave;
    uint32_t *free = LAY_NEW(g->mem, uint32_t, g->link_len);
    uint32_t free_len = 0;
    if (!free || !list_around(&enter, g, false) || !list_around(&leave, g, true))
        return false;
    for (uint32_t r = 0; r < g->row_len; r++) {
        for (uint32_t i = enter.first[r]; i != NONE; i = enter.next[i])
            g->links[i].slot = free_len ? free[--free_len] : g->lane_len++;
        for (uint32_t i = leave.first[r]; i != NONE; i = leave.next[i])
            free[free_len++] = g->links[i].slot;
    }
    return true;
}

static bool add_arms(nc_layered *g, uint32_t link)
{
    nc_link *l = &g->links[link];
    nc_len beside = (nc_len)(g->lane_len - 1 - l->slot) * g->gap.edge_edge;
    l->arm = g->arm_len;
    l->row = g->cells[cell_at(g, l, false)].row;
    for (int lower = 0; lower < 2; lower++) {
        int end = lower ? 1 - l->upper : l->upper;
        nc_arm arm = {.link = link, .channel = channel_at(g, l, lower), .stretch = NONE};
        arm.end[end] =
            (nc_arm_end){.at = lower ? NC_ARM_BELOW : NC_ARM_ABOVE, .cell = cell_at(g, l, lower)};
        arm.end[1 - end] =
            (nc_arm_end){.at = NC_ARM_EDGE, .cell = NONE, .right = true, .offset = -beside};
        if (!LAY_PUSH(g->mem, g->arms, g->arm_len, g->arm_cap, arm))
            return false;
    }
    return true;
}

bool nc_add_around(nc_layered *g)
{
    bool any = false;
    for (uint32_t i = 0; i < g->link_len && !any; i++)
        any = g->links[i].kind == NC_LINK_AROUND;
    if (!any)
        return true;
    if (!give_lanes(g))
        return false;
    for (uint32_t i = 0; i < g->link_len; i++) {
        if (g->links[i].kind == NC_LINK_AROUND && !add_arms(g, i))
            return false;
    }
    return true;
}
