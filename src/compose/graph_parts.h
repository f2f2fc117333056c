/* Distances that collecting, placing and drawing a graph share. */
#ifndef NC_GRAPH_PARTS_H
#define NC_GRAPH_PARTS_H

#include "compose/graph.h"

#include <math.h>

/* px */
enum {
    NODE_GAP = 32,
    RANK_GAP = 44,
    EDGE_GAP = 12,
    EDGE_NODE_GAP = 14,
    LABEL_GAP = 6,
    PORT_GAP = 12,
    PORT_CORNER = 8,
    PORTS_END = 16,   /* what a side that is made for its ports has beyond the outer two, */
    LOOP_CORNER = 12, /* and one that is made for its loops: steps need some room to go */
    LOOP_GAP = 24,
    COMPONENT_GAP = 40,
    MARGIN = 16,
    FRAME_PAD = 16,
    STRIP_PAD = 9, /* a title strip is this much higher than its text: 26 for one line */
    GROUND_X = 5,  /* padding of a label's ground */
    GROUND_Y = 2,
    TITLE_GAP = 14, /* between the diagram's title and the drawing, beside the margin */
    TITLE_WRAP = 720,
    TITLE_LEAST = 320 /* a narrow drawing's title is wrapped no narrower */
};

/* The next even number: middles of such sizes are whole. */
static inline double nc_even(double v)
{
    return v > 0 ? 2 * ceil(v / 2 - 1e-9) : 0;
}

/* Sets the title in lines of at most that width. */
NC_MUST_USE bool nc_graph_set_title(nc_placed_graph *graph, double width);
/* Whether edges run from left to right, or back, in a frame; NC_NONE: in the graph itself. */
bool nc_graph_runs_across(const nc_placed_graph *graph, uint32_t frame);
/* Pieces of placing that px and cells share: the layout's view of wishes, and its answers. */
NC_MUST_USE bool nc_graph_give_rules(nc_lay_graph *lay, const nc_placed_graph *graph);
NC_MUST_USE bool nc_graph_take_route(nc_graph_edge *e, nc_arena *arena, const nc_lay_route *route,
                                     double dy);
double nc_graph_aspect(const nc_draw *draw);
void nc_graph_report_dropped(const nc_placed_graph *graph, const nc_lay_result *result);
/* nc_graph_place in cells: graph_cells.c. */
NC_MUST_USE bool nc_graph_place_cells(nc_placed_graph *graph);
/* Moves labels as their authors wish, as far as they stay clear of everything. */
void nc_graph_shift_labels(nc_placed_graph *graph);
/* True when the edge's line touches the box. */
bool nc_graph_meets_route(nc_lay_rect box, const nc_graph_edge *edge);
/* The legend's rows go under what is placed already; the picture grows by them. */
void nc_graph_place_legend(nc_placed_graph *graph);
NC_MUST_USE bool nc_graph_draw_legend(nc_scene *scene, const nc_placed_graph *graph);

#endif
