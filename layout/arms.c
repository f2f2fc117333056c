/*
 * Cut FLAT links into arms, now that it is known who stands beside whom.
 *
 * Input:   ordered rows.      Output: arms, shift of parallel straight lines.
 * An arm between neighbours of a row is straight, at the row's height; nothing but sides of frames
 * lies between. Any other is a bow: one stretch in the channel below its row (above it where an
 * edge comes in from a side of the graph). A link with a label has two arms that meet in it.
 * Fails:   without memory.       Source: ours.
 */
#include "layout/around.h"
#include "layout/graph.h"

typedef struct spot {
    uint32_t cell;     /* NONE: a side of the graph */
    uint32_t from, to; /* places in the row that it takes */
    nc_at at;
    bool right; /* of the graph */
} spot;

static spot end_spot(const nc_layered *g, const nc_link *l, int e)
{
    const nc_end *end = &l->end[e];
    if (end->at == NC_AT_PORT) {
        bool right = end->side == NC_RIGHT;
        uint32_t at = right ? g->rows[l->row].len : 0;
        return (spot){NONE, at, at, NC_AT_PORT, right};
    }
    if (end->at == NC_AT_VERTEX) {
        uint32_t cell = g->vertices[end->index].cell, pos = g->cells[cell].pos;
        return (spot){cell, pos, pos + 1, NC_AT_VERTEX, false};
    }
    uint32_t left = nc_side_cell(g, end->index, l->row, false);
    uint32_t right = nc_side_cell(g, end->index, l->row, true);
    return (spot){left, g->cells[left].pos, g->cells[right].pos + 1, NC_AT_CLUSTER, false};
}

static spot label_spot(const nc_layered *g, const nc_link *l)
{
    uint32_t pos = g->cells[l->label_cell].pos;
    return (spot){l->label_cell, pos, pos + 1, NC_AT_VERTEX, false};
}

static bool only_sides(const nc_layered *g, uint32_t row, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        nc_cell_kind k = g->cells[g->rows[row].cells[i]].kind;
        if (k != NC_CELL_LEFT && k != NC_CELL_RIGHT)
            return false;
    }
    return true;
}

/* Nothing but sides of clusters around one of the two ends: a line may enter or leave those. */
static bool only_own_sides(const nc_layered *g, uint32_t row, const spot *left, const spot *right)
{
    if (!only_sides(g, row, left->to, right->from))
        return false;
    uint32_t a = left->cell == NONE ? NONE : g->cells[left->cell].cluster;
    uint32_t b = right->cell == NONE ? NONE : g->cells[right->cell].cluster;
    for (uint32_t i = left->to; i < right->from; i++) {
        uint32_t c = g->cells[g->rows[row].cells[i]].ref;
        if (nc_common_cluster(g, a, c) != c && nc_common_cluster(g, b, c) != c)
            return false;
    }
    return true;
}

static bool has_loops(const nc_layered *g, uint32_t cell)
{
    const nc_cell *c = &g->cells[cell];
    if (c->kind == NC_CELL_VERTEX)
        return g->vertices[c->ref].loops != 0;
    return c->kind == NC_CELL_LEFT && g->clusters[c->ref].rings != 0;
}

/* Lets a cluster's end of an arm lie on the side that looks at the other end. */
static nc_arm_end arm_end(const nc_layered *g, const spot *s, const spot *other, bool straight,
                          bool up)
{
    nc_arm_end e = {.cell = s->cell, .at = up ? NC_ARM_BELOW : NC_ARM_ABOVE, .right = s->right};
    if (s->at == NC_AT_PORT) {
        e.at = NC_ARM_EDGE;
    } else if (s->at == NC_AT_CLUSTER) {
        bool right = other->from >= s->to;
        e.at = NC_ARM_EDGE;
        if (right)
            e.cell = nc_side_cell(g, g->cells[s->cell].ref, g->cells[s->cell].row, true);
    } else if (straight) {
        e.at = NC_ARM_EDGE;
    }
    return e;
}

/* The first cell from a place on that is no side of a frame: straight arms that share it share the
 * space before it. */
static uint32_t region_of(const nc_layered *g, uint32_t row, uint32_t from)
{
    const nc_row *r = &g->rows[row];
    while (from < r->len && only_sides(g, row, from, from + 1))
        from++;
    return from;
}

static bool add_arm(nc_layered *g, uint32_t link, spot a, spot b, bool up)
{
    const nc_link *l = &g->links[link];
    bool a_left =
        a.from < b.from || (a.from == b.from && a.to < b.to) || (b.at == NC_AT_PORT && b.right);
    if (a.at == NC_AT_PORT)
        a_left = !a.right;
    const spot *left = a_left ? &a : &b, *right = a_left ? &b : &a;
    bool fixed = l->end[0].fixed || l->end[1].fixed; /* a place on a side that looks up or down */
    bool straight = !fixed && only_own_sides(g, l->row, left, right) &&
                    !(left->cell != NONE && has_loops(g, left->cell)) &&
                    !(left->cell == NONE && right->cell == NONE);
    nc_arm arm = {.link = link,
                  .straight = straight,
                  .region = region_of(g, l->row, left->to),
                  .channel = up ? l->row - 1 : l->row,
                  .end = {arm_end(g, &a, &b, straight, up), arm_end(g, &b, &a, straight, up)},
                  .stretch = NONE};
    return LAY_PUSH(g->mem, g->arms, g->arm_len, g->arm_cap, arm);
}

/* Where bows hang from one label cell they take places of their own. */
static void spread_on_label(nc_layered *g, const nc_link *l)
{
    nc_arm *first = &g->arms[l->arm], *second = first + 1;
    if (first->straight || second->straight)
        return;
    const nc_cell *label = &g->cells[l->label_cell];
    nc_len step = (label->left + label->right) / 4;
    uint32_t a = first->end[0].cell, b = second->end[1].cell;
    uint32_t pa = a == NONE ? 0 : g->cells[a].pos, pb = b == NONE ? 0 : g->cells[b].pos;
    first->end[1].offset = pa < pb ? -step : step;
    second->end[0].offset = pa < pb ? step : -step;
}

static bool same_region(const nc_layered *g, const nc_arm *a, const nc_arm *b)
{
    return a->straight && b->straight && a->region == b->region &&
           g->links[a->link].row == g->links[b->link].row;
}

static bool labelled(const nc_layered *g, const nc_arm *a)
{
    return g->links[a->link].label_cell != NONE;
}

/* The height that lines at an arm's ends may share. */
static nc_len arm_room(const nc_layered *g, const nc_arm *a)
{
    nc_len room = g->rows[g->links[a->link].row].h;
    for (int e = 0; e < 2; e++) {
        const nc_cell *c = a->end[e].cell == NONE ? NULL : &g->cells[a->end[e].cell];
        if (!c || c->kind != NC_CELL_VERTEX)
            continue;
        nc_len side = g->vertices[c->ref].h - 2 * g->gap.corner;
        if (side < room)
            room = side;
    }
    return room;
}

static void make_bow(const nc_layered *g, nc_arm *a)
{
    bool up = g->links[a->link].end[0].at == NC_AT_PORT;
    a->straight = false;
    for (int e = 0; e < 2; e++) {
        uint32_t c = a->end[e].cell;
        if (c != NONE && g->cells[c].kind != NC_CELL_LEFT && g->cells[c].kind != NC_CELL_RIGHT)
            a->end[e].at = up ? NC_ARM_BELOW : NC_ARM_ABOVE;
    }
}

/* Straight lines in one region of a row lie one under the other; beside a label's line they bow. */
static void spread_parallel(nc_layered *g, uint32_t i, bool *done)
{
    nc_arm *a = &g->arms[i];
    if (!a->straight || done[i] || labelled(g, a))
        return;
    nc_len count = 0, step = g->gap.edge_edge, room = arm_room(g, a);
    bool beside_label = false;
    for (uint32_t j = 0; j < g->arm_len; j++) {
        if (!same_region(g, a, &g->arms[j]))
            continue;
        beside_label |= labelled(g, &g->arms[j]);
        room = arm_room(g, &g->arms[j]) < room ? arm_room(g, &g->arms[j]) : room;
        count++;
    }
    if (beside_label) {
        make_bow(g, a);
        return;
    }
    if (count > 1 && step * (count - 1) > room)
        step = room / (count - 1);
    nc_len k = 0;
    for (uint32_t j = i; j < g->arm_len; j++) {
        if (!same_region(g, a, &g->arms[j]))
            continue;
        g->links[g->arms[j].link].shift = (2 * k++ - count + 1) * step / 2;
        done[j] = true;
    }
}

bool nc_pass_arms(nc_layered *g)
{
    for (uint32_t i = 0; i < g->link_len; i++) {
        nc_link *l = &g->links[i];
        if (l->kind != NC_LINK_FLAT)
            continue;
        spot a = end_spot(g, l, 0), b = end_spot(g, l, 1);
        bool up = l->end[0].at == NC_AT_PORT;
        l->arm = g->arm_len;
        if (l->label_cell == NONE) {
            if (!add_arm(g, i, a, b, up))
                return false;
            continue;
        }
        spot m = label_spot(g, l);
        if (!add_arm(g, i, a, m, up) || !add_arm(g, i, m, b, up))
            return false;
        spread_on_label(g, l);
    }
    if (!nc_add_around(g))
        return false;
    bool *done = LAY_NEW(g->mem, bool, g->arm_len);
    if (!done)
        return false;
    for (uint32_t i = 0; i < g->arm_len; i++)
        spread_parallel(g, i, done);
    return true;
}
