/*
 * Self loops. They stand at the right side of their node or frame, one around the other, and take
 * their ground before anything is placed: node and loops are one wider cell.
 */
#ifndef NC_LAYOUT_LOOPS_H
#define NC_LAYOUT_LOOPS_H

#include "layout/graph.h"

/* Sets slot, reach and half of LOOP and RING links, and the room boxes need because of them. */
void nc_fit_loops(nc_layered *g);

/* What loops stand on: the right side of a node or frame; their count and their common height. */
typedef struct nc_loop_box {
    nc_len right, top, bottom, middle;
    nc_len room_h;
    uint32_t count;
} nc_loop_box;

LAY_MUST_USE bool nc_route_loop(nc_layered *g, nc_link *l, const nc_loop_box *box);

#endif
