/* Ordering state, shared by order.c (sweeps), arrange.c (rows as trees) and swap.c (improvement). */
#ifndef NC_LAYOUT_ORDER_H
#define NC_LAYOUT_ORDER_H

#include "layout/cross.h"

typedef struct nc_ordering {
    nc_layered *g;
    nc_neighbours near;
    double *value;                /* per cell: where it would like to stand, 0 .. 1 */
    double *sum;                  /* per cluster: of its cells in a row, then their mean */
    double *weight;               /* per cluster */
    uint32_t *leftmost;           /* per cluster: least pos in the row */
    double *total, *total_weight; /* per cluster: means over all rows, for the order of siblings */
    uint32_t *row_clusters_first, *row_clusters; /* per row: clusters in it, inner ones first */
    uint32_t *pairs_first, *pairs; /* per row: indices into g->before of what must stay in order */
    uint32_t *buffer, *buffer2;    /* scratch, as long as the longest row */
    uint32_t *siblings;            /* scratch, as long as the clusters */
    uint32_t *units, *starts;      /* scratch: the units of a cluster in a row */
    bool *placed;
    uint32_t *unit_index;
    bool *stale;                /* per row: look for swaps again */
    bool *allowed;              /* scratch of insert.c: slots of a row, */
    uint32_t *slot_of;          /* where each cell is among them, */
    uint64_t *table, table_cap; /* sums over a gap, */
    uint64_t *cost[2];
    uint32_t *path, *path_first, *slots, path_cap; /* and the way of an edge */
    bool thorough;                                 /* the graph is small enough for insert.c */
    uint64_t least;                                /* crossings that no order avoids */
    uint64_t work, budget;
} nc_ordering;

/* The unit of a cell below cluster `above`: a cell, or a cluster as g->cell_len + cluster. */
uint32_t nc_unit_below(const nc_layered *g, uint32_t cell, uint32_t above);

/* Sort a row by value[] as a tree: clusters stay together, siblings keep their order, wishes hold. */
void nc_arrange_row(nc_ordering *o, uint32_t row);
/* Decide the order of sibling clusters anew from total[]; false when nothing changed. */
bool nc_arrange_clusters(nc_ordering *o);

/* Put whole edges and single vertices where they cross least. True when something changed. */
LAY_MUST_USE bool nc_insert_start(nc_ordering *o);
bool nc_insert_all(nc_ordering *o);

/* Labels of FLAT links hang on no segments: put them between their ends. */
void nc_move_labels(nc_ordering *o);

/* Swap neighbours while that takes crossings away. True when something changed. */
bool nc_swap_rows(nc_ordering *o);

#endif
