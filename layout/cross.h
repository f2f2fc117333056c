/*
 * Counting crossings between neighbouring rows, and the neighbours that the ordering looks at.
 *
 * Source:  Barth, Juenger, Mutzel, "Simple and efficient bilayer cross counting", 2002: inversions
 *          of the lower ends with an accumulator tree, weighted, n log n. Ports count: ends at one
 *          cell cross by the order of their fixed ports and not at all where ports are free.
 */
#ifndef NC_LAYOUT_CROSS_H
#define NC_LAYOUT_CROSS_H

#include "layout/graph.h"

typedef struct nc_neighbours {
    uint32_t *first[2];             /* per cell: upwards, downwards */
    uint32_t *segs[2];              /* of one cell by their fixed ports */
    uint32_t *row_first, *row_segs; /* per row: segments that start there */
    uint32_t *sub[2]; /* per segment: order of its fixed port at upper, lower end; 0 */
    uint32_t *place;  /* scratch of the counter: per segment, the number of its lower end */
    uint64_t *sum;
} nc_neighbours;

LAY_MUST_USE bool nc_neighbours_init(nc_neighbours *n, nc_layered *g);

/* Weighted crossings of all segments; without frames, of edges with each other only. */
uint64_t nc_count_all(const nc_neighbours *n, const nc_layered *g, bool frames);

#endif
