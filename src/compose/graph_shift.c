/*
 * Labels the author wants elsewhere (UpdateRelStyle's offsets). Such offsets were chosen for
 * another layout, so they are a wish: a label slides that way as far as its own line still runs
 * through its middle and the ground there is free. Sideways that is little, along the line much.
 */
#include "compose/graph_parts.h"

enum {
    STEPS = 8,       /* of the way, tried from the whole of it downwards */
    CLEARANCE = 4,   /* to anything that is not its own line */
    NODE_CLEAR = 14, /* to nodes: a head fits between */
    MOST = 2000      /* nodes and edges; in larger drawings nobody places labels by hand */
};

static nc_lay_rect grown(nc_lay_rect b, double by)
{
    return (nc_lay_rect){b.x - by, b.y - by, b.w + 2 * by, b.h + 2 * by};
}

static bool overlap(nc_lay_rect a, nc_lay_rect b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* Routes run along the axes but for their clipped ends, so a piece's box is the piece. */
bool nc_graph_meets_route(nc_lay_rect box, const nc_graph_edge *edge)
{
    for (uint32_t i = 0; i + 1 < edge->len; i++) {
        const nc_lay_point a = edge->points[i];
        const nc_lay_point b = edge->points[i + 1];
        const nc_lay_rect piece = {fmin(a.x, b.x) - 0.5, fmin(a.y, b.y) - 0.5, fabs(a.x - b.x) + 1,
                                   fabs(a.y - b.y) + 1};
        if (overlap(box, piece))
            return true;
    }
    return false;
}

/* The middle half of a box, each way. */
static nc_lay_rect core(nc_lay_rect b)
{
    return (nc_lay_rect){b.x + b.w / 4, b.y + b.h / 4, b.w / 2, b.h / 2};
}

static bool holds_all(nc_lay_rect outer, nc_lay_rect b)
{
    return b.x >= outer.x && b.y >= outer.y && b.x + b.w <= outer.x + outer.w &&
           b.y + b.h <= outer.y + outer.h;
}

static bool is_free(const nc_placed_graph *graph, const nc_graph_edge *own, nc_lay_rect box)
{
    const nc_lay_rect around = grown(box, CLEARANCE);
    if (box.x < MARGIN || box.y < MARGIN || box.x + box.w > graph->w - MARGIN ||
        box.y + box.h > graph->h - MARGIN || !nc_graph_meets_route(core(box), own))
        return false;
    for (uint32_t i = 0; i < graph->nodes.len; i++)
        if (overlap(grown(box, NODE_CLEAR), graph->nodes.ptr[i].box))
            return false;
    for (uint32_t i = 0; i < graph->frames.len; i++) {
        const nc_graph_frame *frame = &graph->frames.ptr[i];
        const bool across = overlap(around, frame->box) && !holds_all(frame->box, around);
        if (across || overlap(around, frame->title_box))
            return false;
    }
    for (uint32_t i = 0; i < graph->edges.len; i++) {
        const nc_graph_edge *other = &graph->edges.ptr[i];
        if (other == own || other->hidden)
            continue;
        if ((other->label.rows.len && overlap(around, other->label_box)) ||
            nc_graph_meets_route(around, other))
            return false;
    }
    return true;
}

/* Slides a label along (dx, dy) as far as it may; false when not at all. */
static bool slide(const nc_placed_graph *graph, nc_graph_edge *edge, double dx, double dy)
{
    for (int step = STEPS; step > 0 && (dx != 0 || dy != 0); step--) {
        nc_lay_rect box = edge->label_box;
        box.x += floor(dx * step / STEPS);
        box.y += floor(dy * step / STEPS);
        if (!is_free(graph, edge, box))
            continue;
        edge->label_box = box;
        return true;
    }
    return false;
}

void nc_graph_shift_labels(nc_placed_graph *graph)
{
    if (graph->nodes.len + graph->edges.len > MOST)
        return;
    for (uint32_t i = 0; i < graph->edges.len; i++) {
        nc_graph_edge *edge = &graph->edges.ptr[i];
        if (edge->label.rows.len && !slide(graph, edge, edge->shift_x, edge->shift_y) &&
            !slide(graph, edge, 0, edge->shift_y))
            (void)slide(graph, edge, edge->shift_x, 0);
    }
}
