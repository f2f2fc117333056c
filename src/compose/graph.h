/*
 * The drawing that flowcharts and C4 share: nodes as figures, frames around groups, edges with
 * heads and labels, wishes about places. A family collects them (with texts measured and looks
 * resolved), nc_graph_place lays them out, nc_graph_draw turns the result into a scene.
 *
 * Everything lives in the diagram's arena. Functions that return bool fail without memory only.
 */
#ifndef NC_GRAPH_H
#define NC_GRAPH_H

#include "base/map.h"
#include "compose/compose.h"
#include "compose/edges.h"
#include "compose/emblem.h"
#include "compose/shapes.h"
#include "compose/table.h"

/* Measured texts one under another. */
typedef struct nc_stack_row {
    const nc_text *text; /* NULL: a table */
    const nc_table *table;
    nc_paint fill;
    double gap; /* above it; not read in the first row */
} nc_stack_row;

typedef struct nc_stack {
    NC_VEC(nc_stack_row) rows;
    double w, h;
} nc_stack;

/* Measures a label and puts it under what the stack holds; an empty label adds nothing. */
NC_MUST_USE bool nc_stack_add(nc_stack *stack, nc_draw *draw, const nc_label *label,
                              const nc_text_style *style, nc_paint fill, double gap);
/* Puts a table under what the stack holds. Not in cells. */
NC_MUST_USE bool nc_stack_add_table(nc_stack *stack, nc_draw *draw, const nc_table *table,
                                    nc_paint fill, double gap);

typedef struct nc_graph_node {
    nc_group group;
    const nc_figure *figure;
    nc_look look;
    nc_stack label;
    nc_emblem *emblem; /* NULL: the label stands in the figure */
    double min_w, min_h;
    uint32_t parent; /* frame or NC_NONE */
    /* set by placing */
    nc_fit fit;
    nc_lay_rect box;
} nc_graph_node;

typedef struct nc_graph_frame {
    nc_group group;
    nc_look look;
    nc_stack title;
    uint32_t parent; /* frame or NC_NONE; a parent stands before its children */
    bool has_dir;
    bool eight_sided; /* its corners are cut */
    nc_lay_dir dir;
    /* set by placing */
    uint32_t depth;
    nc_lay_rect box, title_box;
    bool centred; /* the title stands in the middle of its box, else at its left */
} nc_graph_frame;

typedef struct nc_graph_edge {
    nc_group group;
    nc_wire wire;
    nc_stack label;
    nc_lay_end from, to; /* their heads' lengths are set by placing */
    uint32_t min_len;
    double shift_x, shift_y; /* where the author wants the label, from where it would stand */
    bool hidden;             /* no line; its label is drawn all the same */
    bool flipped; /* ranked from `to` to `from`: the author wants the target before the source */
    /* set by placing */
    nc_lay_point *points; /* from `from` to `to` */
    uint32_t len;
    nc_lay_rect label_box; /* with its ground's padding */
} nc_graph_edge;

typedef struct nc_graph_rule {
    nc_lay_constraint wish;
    nc_span at;
    nc_sv name; /* as a person would write it: "Rel_U(a, b)" */
} nc_graph_rule;

typedef enum nc_graph_sample {
    NC_GRAPH_SAMPLE_NONE, /* words alone: the legend's title */
    NC_GRAPH_SAMPLE_BOX,
    NC_GRAPH_SAMPLE_LINE
} nc_graph_sample;

/* One entry of the legend. */
typedef struct nc_graph_key {
    nc_look look;
    nc_graph_sample sample;
    const nc_text *text;
    nc_lay_rect box; /* set by placing */
} nc_graph_key;

struct nc_placed_graph {
    nc_draw *draw;
    nc_sv family;               /* "flowchart", "c4" */
    nc_sv acc_title, acc_descr; /* the author's, may be empty */
    nc_sv kind;                 /* "Flowchart", "System context diagram": for sentences */
    nc_label title_label;
    nc_stack title;
    nc_lay_dir dir;
    bool rows;                 /* rules alone decide who stands in which rank */
    double node_gap, rank_gap; /* between nodes of a rank, and between ranks */
    NC_VEC(nc_graph_node) nodes;
    NC_VEC(nc_graph_frame) frames;
    NC_VEC(nc_graph_edge) edges;
    NC_VEC(nc_graph_rule) rules;
    NC_VEC(nc_graph_key) legend;
    uint32_t legend_node;        /* the node that holds it; NC_NONE: it stands under the drawing */
    nc_map edge_ids, edge_stems; /* ids taken; next number of each L_FROM_TO */
    /* set by placing */
    double w, h;
    uint32_t crossings;
};

/* An empty graph with LOOK's distances. NULL without memory. */
nc_placed_graph *nc_graph_new(nc_draw *draw, nc_sv family);

/* Sets the diagram's title and measures it; an empty one means none. */
NC_MUST_USE bool nc_graph_title(nc_placed_graph *graph, nc_sv title);

/* Keeps an id that the author gave, so that no automatic one is the same. */
NC_MUST_USE bool nc_graph_keep_id(nc_placed_graph *graph, nc_sv id);
/* The first free of L_FROM_TO_0, _2, _3…: Mermaid's own names, so that scripts find them. */
NC_MUST_USE bool nc_graph_edge_id(nc_sv *out, nc_placed_graph *graph, nc_sv from, nc_sv to);

/* Makes the legend, which is complete, a node of that name, for wishes about its place. */
NC_MUST_USE bool nc_graph_float_legend(nc_placed_graph *graph, nc_sv id);

/* Sizes, lays out, fills in every place. Wishes that contradict earlier ones are reported. */
NC_MUST_USE bool nc_graph_place(nc_placed_graph *graph);

/* Frames with titles (outer first), edges, nodes, edge labels. */
NC_MUST_USE bool nc_graph_draw(nc_scene *scene, const nc_placed_graph *graph);

#endif
