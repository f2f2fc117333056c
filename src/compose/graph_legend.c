/*
 * The legend: rows of samples with their words under the drawing, wrapped at its width; or one under
 * another in a node, where the author has wishes about its place.
 */
#include "compose/graph_parts.h"

enum {
    SAMPLE_W = 22,
    SAMPLE_H = 14,
    WORDS_GAP = 7,
    KEY_GAP = 20,
    ROW_H = 24,
    LEGEND_GAP = 12,
    PAD = 12
};

static double key_width(const nc_graph_key *key)
{
    const double sample = key->sample == NC_GRAPH_SAMPLE_NONE ? 0 : SAMPLE_W + WORDS_GAP;
    return sample + nc_even(key->text->w);
}

bool nc_graph_float_legend(nc_placed_graph *graph, nc_sv id)
{
    nc_graph_node node = {.group = {.role = NC_ROLE_NODE,
                                    .id = id,
                                    .kind = NC_SV("legend"),
                                    .label = NC_SV("Legend")},
                          .figure = nc_figure_c4(NC_C4_FIGURE_BOX),
                          .look = {.line = NC_PAINT(BOUNDARY_LINE), .width = 1, .radius = 6},
                          .min_h = graph->legend.len * (double)ROW_H + PAD,
                          .parent = NC_NONE};
    for (uint32_t i = 0; i < graph->legend.len; i++)
        node.min_w = fmax(node.min_w, key_width(&graph->legend.ptr[i]) + 2 * PAD);
    graph->legend_node = graph->nodes.len;
    return NC_PUSH(graph->draw->arena, &graph->nodes, node);
}

static void place_in_node(nc_placed_graph *graph)
{
    const nc_lay_rect box = graph->nodes.ptr[graph->legend_node].box;
    for (uint32_t i = 0; i < graph->legend.len; i++) {
        nc_graph_key *key = &graph->legend.ptr[i];
        key->box = (nc_lay_rect){box.x + PAD, box.y + PAD / 2.0 + i * (double)ROW_H, key_width(key),
                                 ROW_H};
    }
}

void nc_graph_place_legend(nc_placed_graph *graph)
{
    if (graph->legend.len == 0)
        return;
    if (graph->legend_node != NC_NONE) {
        place_in_node(graph);
        return;
    }
    const double end = graph->w - MARGIN;
    double x = MARGIN;
    double y = graph->h - MARGIN + LEGEND_GAP;
    for (uint32_t i = 0; i < graph->legend.len; i++) {
        nc_graph_key *key = &graph->legend.ptr[i];
        const double w = key_width(key);
        if (x > MARGIN && x + w > end) {
            x = MARGIN;
            y += ROW_H;
        }
        key->box = (nc_lay_rect){x, y, w, ROW_H};
        graph->w = fmax(graph->w, x + w + MARGIN);
        x += w + KEY_GAP;
    }
    graph->h = y + ROW_H + MARGIN;
}

static bool draw_sample(nc_scene *scene, const nc_graph_key *key)
{
    const double y = key->box.y + ROW_H / 2;
    nc_shape shape = {.kind = NC_SHAPE_RECT,
                      .x = key->box.x,
                      .y = y - SAMPLE_H / 2,
                      .w = SAMPLE_W,
                      .h = SAMPLE_H,
                      .radius = 3,
                      .fill = key->look.fill,
                      .stroke = nc_look_stroke(&key->look)};
    if (key->sample == NC_GRAPH_SAMPLE_NONE)
        return true;
    if (key->sample == NC_GRAPH_SAMPLE_LINE) {
        shape.kind = NC_SHAPE_LINE;
        shape.y = y;
        shape.h = 0;
        shape.fill = NC_NO_PAINT;
    }
    return nc_scene_shape(scene, &shape);
}

bool nc_graph_draw_legend(nc_scene *scene, const nc_placed_graph *graph)
{
    const nc_group group = {.role = NC_ROLE_LEGEND, .label = NC_SV("Legend")};
    if (graph->legend.len == 0)
        return true;
    if (!nc_scene_open(scene, &group))
        return false;
    for (uint32_t i = 0; i < graph->legend.len; i++) {
        const nc_graph_key *key = &graph->legend.ptr[i];
        const double sample = key->sample == NC_GRAPH_SAMPLE_NONE ? 0 : SAMPLE_W + WORDS_GAP;
        const nc_text_item words = {.text = key->text,
                                    .x = key->box.x + sample,
                                    .y = key->box.y + (ROW_H - key->text->h) / 2,
                                    .anchor = NC_ANCHOR_START,
                                    .fill = NC_PAINT(INK)};
        if (!draw_sample(scene, key) || !nc_scene_text(scene, &words))
            return false;
    }
    return nc_scene_close(scene);
}
