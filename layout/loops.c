#include "layout/loops.h"

static nc_len max_len(nc_len a, nc_len b)
{
    return a > b ? a : b;
}

/* One loop more around those that end at `reach` and are 2 * `half` high. */
static void wrap(const nc_layered *g, nc_link *l, uint32_t *count, nc_len *reach, nc_len *half)
{
    bool label = l->label_w || l->label_h;
    nc_len clear = *count ? g->gap.edge_edge : g->gap.loop;
    if (label)
        clear = max_len(clear, l->label_w / 2 + g->gap.label);
    l->slot = (*count)++;
    l->reach = *reach + clear;
    l->half = max_len(*half, (g->gap.port + 1) / 2);
    if (label) /* a piece of its line shows on both sides of the label */
        l->half = max_len(l->half, l->label_h / 2 + g->gap.port * 2 / 5);
    *reach = l->reach + (label ? l->label_w - l->label_w / 2 : 0);
    *half = l->half + g->gap.edge_edge;
}

void nc_fit_loops(nc_layered *g)
{
    for (uint32_t i = 0; i < g->link_len; i++) {
        nc_link *l = &g->links[i];
        if (l->kind == NC_LINK_LOOP) {
            nc_vertex *v = &g->vertices[l->end[0].index];
            nc_len half = v->loop_h / 2;
            wrap(g, l, &v->loops, &v->loop_w, &half);
            v->loop_h = 2 * half;
        } else if (l->kind == NC_LINK_RING) {
            nc_cluster *k = &g->clusters[l->end[0].index];
            nc_len half = k->ring_h / 2;
            wrap(g, l, &k->rings, &k->ring_w, &half);
            k->ring_h = 2 * half;
            k->min_h = max_len(k->min_h, k->ring_h + 2 * g->gap.corner);
        }
    }
    /* Loops higher than their node's side start closer together and climb beside it: one lane each. */
    for (uint32_t i = 0; i < g->link_len; i++) {
        nc_link *l = &g->links[i];
        nc_vertex *v = l->kind == NC_LINK_LOOP ? &g->vertices[l->end[0].index] : NULL;
        if (!v || v->loop_h / 2 <= v->h / 2)
            continue;
        nc_len lanes = g->gap.edge_edge * v->loops;
        l->reach += lanes;
        if (l->slot + 1 == v->loops)
            v->loop_w += lanes;
    }
}

bool nc_route_loop(nc_layered *g, nc_link *l, const nc_loop_box *box)
{
    nc_len middle = box->middle, x = box->right + l->reach;
    nc_len high = middle - l->half, low = middle + l->half;
    nc_len room = max_len(0, (box->bottom - box->top) / 2 - g->gap.corner);
    l->points = LAY_NEW(g->mem, nc_lay_point, 8);
    if (!l->points)
        return false;
    nc_lay_point *p = l->points;
    if (box->room_h / 2 > (box->bottom - box->top) / 2) {
        /* The outer ones climb nearer to the box. */
        nc_len port = max_len(1, room * (l->slot + 1) / box->count);
        nc_len side = box->right + g->gap.edge_edge * (box->count - l->slot);
        *p++ = (nc_lay_point){(double)box->right, (double)(middle - port)};
        *p++ = (nc_lay_point){(double)side, (double)(middle - port)};
        *p++ = (nc_lay_point){(double)side, (double)high};
        *p++ = (nc_lay_point){(double)x, (double)high};
        *p++ = (nc_lay_point){(double)x, (double)low};
        *p++ = (nc_lay_point){(double)side, (double)low};
        *p++ = (nc_lay_point){(double)side, (double)(middle + port)};
        *p++ = (nc_lay_point){(double)box->right, (double)(middle + port)};
    } else {
        *p++ = (nc_lay_point){(double)box->right, (double)high};
        *p++ = (nc_lay_point){(double)x, (double)high};
        *p++ = (nc_lay_point){(double)x, (double)low};
        *p++ = (nc_lay_point){(double)box->right, (double)low};
    }
    l->len = (uint32_t)(p - l->points);
    l->lx = x;
    l->ly = middle;
    return true;
}
