/*
 * Straighten lines that step aside a little.
 *
 * Springs pay for the length of a step, not for its being one: of all places that are equally long
 * the solver takes any, and a line that has to step aside anyway may do so twice. So the problem is
 * solved again with weights taken from the places found: what is straight or nearly so is held
 * harder, what steps aside widely only pays for its length, and takes the small steps of its line.
 *
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
        bool wide = step_of(p, a) > g->gap.edge_edge;
        a->weight = wide ? PULL_LENGTH * (int64_t)g->segs[i].weight : HOLD * weight[i];
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
        if (!nc_lp_solve(g->mem, &p->lp, p->x, &optimal))
            return false;
    }
    return true;
}
