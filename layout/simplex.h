/*
 * The one optimiser of the engine: difference constraints and springs.
 *
 *     least   sum cost[v] * x[v]  +  sum weight * |x[to] - x[from] - len|     (springs)
 *     with    x[to] - x[from] >= len                                        (constraints)
 *
 * Ranks are this problem with costs only, x coordinates are this problem with springs.
 *
 * Source:  the dual is a flow of least cost (Gansner, Koutsofios, North, Vo, "A technique for
 *          drawing directed graphs", 1993, solve the same problem by a simplex on the primal). We
 *          run the network simplex on the flow: springs are arcs with a capacity, so they need no
 *          helper nodes. Strongly feasible trees keep it from cycling (Cunningham 1976); arcs enter
 *          by block search. The first tree is made of constraints that are tight in the given x.
 *
 * The optimum is rarely one point. nc_lp_solve can therefore centre: it takes the leftmost and the
 * rightmost of all optima (two shortest-path runs over the slacks) and returns their mean, which
 * is optimal too, because the set is convex, and which is symmetric where the problem is.
 */
#ifndef NC_LAYOUT_SIMPLEX_H
#define NC_LAYOUT_SIMPLEX_H

#include "layout/memory.h"

typedef struct nc_lp_arc {
    uint32_t from, to;
    int64_t len;
    int64_t weight; /* of a spring; 0: a constraint */
} nc_lp_arc;

typedef struct nc_lp {
    nc_lp_arc *arcs;
    uint32_t arc_len, arc_cap;
    uint32_t var_len;
    int64_t *cost; /* per variable, summing to 0; NULL: none */
    bool centre;   /* see above: `low` and `high` are the anchors that stay where they are */
    uint32_t low, high;
    uint64_t budget; /* work units; when they are spent x stays as given */
} nc_lp;

/*
 * x: in, a point that meets the constraints; out, an optimum, or the same point when the budget was
 * spent (*optimal is false then). False without memory.
 */
LAY_MUST_USE bool nc_lp_solve(nc_lay_mem *m, const nc_lp *lp, int64_t *x, bool *optimal);

/*
 * x: out, the least point with every constraint met and x >= start. False in *feasible when
 * constraints run in a circle. False without memory.
 */
LAY_MUST_USE bool nc_lp_least(nc_lay_mem *m, const nc_lp *lp, int64_t *x, bool *feasible);

#endif
