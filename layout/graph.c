#include "layout/graph.h"

#include "layout/sort.h"

#include <string.h>

uint32_t nc_common_cluster(const nc_layered *g, uint32_t a, uint32_t b)
{
    while (a != b) {
        uint32_t da = a == NONE ? 0 : g->clusters[a].depth + 1;
        uint32_t db = b == NONE ? 0 : g->clusters[b].depth + 1;
        if (da >= db)
            a = g->clusters[a].parent;
        if (db >= da)
            b = g->clusters[b].parent;
    }
    return a;
}

uint32_t nc_child_towards(const nc_layered *g, uint32_t a, uint32_t above)
{
    uint32_t child = NONE;
    while (a != above) {
        child = a;
        a = g->clusters[a].parent;
    }
    return child;
}

uint32_t nc_end_cluster(const nc_layered *g, const nc_end *e)
{
    if (e->at == NC_AT_VERTEX)
        return g->vertices[e->index].cluster;
    return e->at == NC_AT_CLUSTER ? g->clusters[e->index].parent : NONE;
}

static bool len_less(const void *context, const void *a, const void *b)
{
    (void)context;
    return *(const nc_len *)a < *(const nc_len *)b;
}

void nc_sort_lens(nc_len *list, uint32_t len, nc_len *spare)
{
    nc_lay_sort(list, spare, len, sizeof *list, len_less, NULL);
}
