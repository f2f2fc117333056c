/*
 * Positions of columns from difference constraints.
 *
 * Input:   columns 0..len-1; base[k], the least distance of columns k and k + 1; needs between
 *          columns further apart.       Output: x[0..len-1], x[0] = 0, of least total width.
 * Among the solutions of least width it takes one whose distances are even: needs are spread over
 * their columns narrow ones first, each raising the smallest distances (as water fills); two
 * feasible solutions follow that wish, one clamped from the left and one from the right, and their
 * mean is feasible too, because the constraints are linear.
 * Memory:  only what the caller gives.      Fails: never.
 * Source:  longest paths in an acyclic constraint graph, as in VLSI compaction (Lengauer,
 *          "Combinatorial Algorithms for Integrated Circuit Layout", 1990, chapter 10).
 */
#ifndef NC_LAYOUT_SEQUENCE_SPREAD_H
#define NC_LAYOUT_SEQUENCE_SPREAD_H

#include "layout/sequence_work.h"

/* x[high] - x[low] >= need, high > low + 1. The next_* are lists kept by the solver. */
typedef struct nc_lay_seq_need {
    uint32_t low, high;
    double need;
    uint32_t next_low, next_high, next_span;
} nc_lay_seq_need;

typedef struct nc_lay_seq_spread {
    uint32_t len;
    double *x, *base; /* len each */
    nc_lay_seq_need *needs;
    uint32_t need_len;
    uint32_t *by_low, *by_high, *by_span; /* scratch, len each */
    double *wish, *early, *late, *sorted; /* scratch, len each */
} nc_lay_seq_spread;

void nc_lay_seq_solve(nc_lay_seq_spread *s);

#endif
