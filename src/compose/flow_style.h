/*
 * What classes and style statements of a flowchart come to. For nodes: the classes `default` and
 * `node`, the node's own classes in order, its `style` declarations. For edges: `linkStyle default`,
 * the edge's own, then its classes. Later declarations win.
 */
#ifndef NC_FLOW_STYLE_H
#define NC_FLOW_STYLE_H

#include "base/map.h"
#include "compose/look.h"
#include "model/flowchart.h"
#include "theme/style.h"

typedef struct nc_flow_styles {
    const nc_flowchart *chart;
    nc_map classes;
    bool *told;      /* of each class: what it cannot mean was reported at its first use */
    nc_diags *diags; /* where that goes */
    nc_diags quiet;  /* and where the same goes at later uses: nowhere */
} nc_flow_styles;

NC_MUST_USE bool nc_flow_styles_init(nc_flow_styles *out, const nc_flowchart *chart,
                                     nc_diags *diags, nc_arena *arena);

void nc_flow_node_style(nc_style *out, nc_flow_styles *styles, const nc_flow_node *node);
void nc_flow_subgraph_style(nc_style *out, nc_flow_styles *styles, const nc_flow_subgraph *s);
void nc_flow_edge_style(nc_style *out, nc_flow_styles *styles, const nc_flow_edge *edge);

/* Puts a style over a look. Text on a fill of the author's is made readable unless it has a colour. */
void nc_look_apply(nc_look *look, const nc_style *style);

#endif
