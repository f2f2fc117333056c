#include "layout/graph.h"

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

void nc_sort_lens(nc_len *list, uint32_t len, nc_len *spare)
{
    for (uint32_t width = 1; width < len; width *= 2) {
        for (uint32_t lo = 0; lo < len; lo += 2 * width) {
            uint32_t mid = lo + width < len ? lo + width : len;
            uint32_t hi = mid + width < len ? mid + width : len;
            uint32_t a = lo, b = mid;
            for (uint32_t k = lo; k < hi; k++)
                spare[k] = b >= hi || (a < mid && list[a] <= list[b]) ? list[a++] : list[b++];
        }
        memcpy(list, spare, sizeof *list * len);
    }
}
