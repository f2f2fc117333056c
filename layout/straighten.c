/*
 * Straighten lines that step aside a little.
 *
 * Springs pay for the length of a step, not for its being one: of all places that are equally long
 * the solver takes any, and a line that has to step aside anyway may do so twice. So the problem is
 * solved again with weights taken from the places found: what is straight or nearly so is held
 * harder, what steps aside widely only pays for its length, and takes the small steps of its line.
 * Ports make way for steps of a hair, and keep to the middle of a side where a step is wide.
 *
 * Fails:   without memory; when the budget is spent the places stay as they are.
 * Source:  reweighted l1 minimisation (Candes, Wakin, Boyd, "Enhancing sparsity by reweighted l1
 *          minimization", 2008), which looks for the fewest terms that are not zero.
 */
#include "layout/place.h"

enum { ROUNDS = 2, HOLD = 4, PULL_LENGTH = 8 };

static nc_len step_of(const nc_placing *p, const nc_lp_arc *a)
{
    nc_len d = p->x[a->to] - p->x[a->from] - a->len;
    return d < 0 ? -d : d;
}

static void weigh(nc_placing *p, const int64_t *weight)
{
    const nc_layered *g = p->g;
    for (uint32_t i = 0; i < g->seg_len; i++) {
        if (p->spring[i] == NONE)
            continue;
        nc_lp_arc *a = &p->lp.arcs[p->spring[i]];
        bool wide = step_of(p, a) > 2 * g->gap.edge_edge;
        a->weight = wide ? PULL_LENGTH * (int64_t)g->segs[i].weight : HOLD * weight[i];
    }
}

/* Ports of one side, list[0 .. len), may come closer to each other and to the corners by `give`. */
static void relax_side(nc_placing *p, nc_port *list, uint32_t len, nc_len give)
{
    const nc_layered *g = p->g;
    const nc_cell *c = &g->cells[list[0].cell];
    const nc_side_room *room = &g->vertices[c->ref].room[list[0].side];
    nc_len out = room->given ? 0 : give;
    nc_len lo = list[0].lo - out, hi = list[0].hi + out;
    if (lo < room->least - c->left)
        lo = room->least - c->left;
    if (hi > room->most - c->left)
        hi = room->most - c->left;
    for (uint32_t i = 0; i < len; i++) {
        list[i].lo = lo < list[i].lo ? lo : list[i].lo;
        list[i].hi = hi > list[i].hi ? hi : list[i].hi;
        if (list[i].least == g->gap.port)
            list[i].least -= give;
        p->lp.arcs[list[i].arc].len = i == 0 ? list[i].lo : list[i].least;
    }
    p->lp.arcs[list[len - 1].arc + 2].len = -list[0].hi;
}

/* How far the line of a port steps aside; 0: its place is given, or it has no line down. */
static nc_len step_at(const nc_placing *p, const nc_port *q)
{
    bool free = q->var != NONE && q->seg != NONE;
    return free ? step_of(p, &p->lp.arcs[p->spring[q->seg]]) : 0;
}

/* Where a line steps aside anyway, it meets the middle of a side that it has for itself. */
static void centre_lone_port(nc_placing *p, const nc_port *q)
{
    const nc_layered *g = p->g;
    if (step_at(p, q) > g->gap.edge_edge)
        p->lp.arcs[q->arc + 1].weight = PULL_LENGTH * (int64_t)g->segs[q->seg].weight + 1;
}

static void settle_sides(nc_placing *p)
{
    nc_len hair = p->g->gap.edge_edge / 3;
    for (uint32_t i = 0, end; i < p->port_len; i = end) {
        nc_len give =
            0; /* a step of a hair is worse than ports a little closer than they should be */
        end = nc_side_end(p, i);
        for (uint32_t k = i; k < end; k++) {
            nc_len step = step_at(p, &p->ports[k]);
            if (step > give && step <= hair)
                give = step;
        }
        if (give > 0)
            relax_side(p, p->ports + i, end - i, give);
        if (end - i == 1)
            centre_lone_port(p, &p->ports[i]);
    }
}

bool nc_straighten(nc_placing *p)
{
    const nc_layered *g = p->g;
    int64_t *weight = LAY_NEW(g->mem, int64_t, g->seg_len);
    bool optimal = true;
    if (!weight)
        return false;
    for (uint32_t i = 0; i < g->seg_len; i++)
        weight[i] = p->spring[i] == NONE ? 0 : p->lp.arcs[p->spring[i]].weight;
    for (int round = 0; round < ROUNDS && optimal; round++) {
        weigh(p, weight);
        settle_sides(p);
        if (!nc_lp_solve(g->mem, &p->lp, p->x, &optimal))
            return false;
    }
    return true;
}
