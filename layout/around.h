/*
 * Links that go around. A cell in every row between its ends is what a link costs; where all links
 * together would cost more than a multiple of the graph's own size, the longest ones leave the rows
 * at once, go down in a lane at the right of everything, and come back at their other end. So the
 * work and the memory of a layout grow with the graph, not with its square.
 */
#ifndef NC_LAYOUT_AROUND_H
#define NC_LAYOUT_AROUND_H

#include "layout/graph.h"

/* How many rows all DOWN links of a graph of that size may pass: linear in it. */
uint64_t nc_most_passed(uint64_t vertices, uint64_t links);

/* Makes DOWN links AROUND ones where there are too many long ones. False without memory. */
LAY_MUST_USE bool nc_choose_around(nc_layered *g);
/* Two arms each, and a lane, once it is known who stands where. False without memory. */
LAY_MUST_USE bool nc_add_around(nc_layered *g);
/* What the lanes add to the width of the graph. */
nc_len nc_lanes_width(const nc_layered *g);

#endif
