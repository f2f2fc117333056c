/* What the accepted wishes mean for ranks: shared by constraints.c and rank.c. */
#ifndef NC_LAYOUT_CONSTRAINTS_H
#define NC_LAYOUT_CONSTRAINTS_H

#include "layout/graph.h"

/* Variables of the ranking: vertices, then the top and then the bottom rank of each cluster. */
static inline uint32_t nc_rank_vars(const nc_layered *g)
{
    return g->vertex_len + 2 * g->cluster_len;
}

static inline uint32_t nc_top_var(const nc_layered *g, uint32_t cluster)
{
    return g->vertex_len + cluster;
}

static inline uint32_t nc_bottom_var(const nc_layered *g, uint32_t cluster)
{
    return g->vertex_len + g->cluster_len + cluster;
}

/* The variable that stands for an end seen from above (its top rank) or from below. */
static inline uint32_t nc_end_var(const nc_layered *g, const nc_end *e, bool bottom)
{
    if (e->at == NC_AT_VERTEX)
        return e->index;
    return bottom ? nc_bottom_var(g, e->index) : nc_top_var(g, e->index);
}

/* rep[v]: the least variable that accepted wishes put in the rank of v. */
void nc_rank_classes(const nc_layered *g, uint32_t *rep);

#endif
