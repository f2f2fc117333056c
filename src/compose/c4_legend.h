/* The legend of a C4 diagram: which kinds and tags it uses, and how each is drawn. */
#ifndef NC_C4_LEGEND_H
#define NC_C4_LEGEND_H

#include "compose/graph.h"

/* Adds the rows of the legend when the author asks for one. False without memory. */
NC_MUST_USE bool nc_c4_legend_add(nc_placed_graph *graph, const nc_c4 *c4);

#endif
