/* What must be true of every drawing that the layout engine makes, whatever the graph. */
#ifndef NC_LAYOUT_CHECK_H
#define NC_LAYOUT_CHECK_H

#include "layout/layout.h"

/* A graph with its arrays, made from a seed: deterministic, whole numbers only. */
typedef struct random_graph {
    nc_lay_graph graph;
    nc_lay_node nodes[64];
    nc_lay_group groups[12];
    nc_lay_edge edges[96];
    nc_lay_constraint constraints[8];
} random_graph;

typedef struct random_shape {
    uint32_t nodes, edges, groups, constraints; /* the most of each */
    bool directions;                            /* groups may have their own */
} random_shape;

void make_random_graph(random_graph *out, uint64_t seed, const random_shape *shape);

/* The first thing that is wrong with a result, as text in a static buffer; NULL: nothing. */
const char *layout_defect(const nc_lay_graph *g, const nc_lay_result *r);

#endif
