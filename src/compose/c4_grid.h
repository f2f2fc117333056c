/* `layout: grid` of a C4 diagram: elements and boundaries in rows of the text's order. */
#ifndef NC_C4_GRID_H
#define NC_C4_GRID_H

#include "compose/graph.h"

/*
 * Mermaid's rows as rules of the layout: within each boundary first its elements, then the
 * boundaries in it, each from left to right in rows as long as UpdateLayoutConfig says (else the
 * configuration, else 4 and 2). A row of boundaries stands below all of the row before. Frames and
 * nodes of the graph are those of the model, in its order. False without memory.
 */
NC_MUST_USE bool nc_c4_grid_rules(nc_placed_graph *graph, const nc_c4 *c4);

#endif
