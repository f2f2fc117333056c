#include "compose/graph_parts.h"

#include <math.h>

nc_placed_graph *nc_graph_new(nc_draw *draw, nc_sv family)
{
    nc_placed_graph *graph = NC_NEW(draw->arena, nc_placed_graph, 1);
    if (!graph)
        return NULL;
    graph->draw = draw;
    graph->family = family;
    graph->node_gap = NODE_GAP;
    graph->rank_gap = RANK_GAP;
    graph->legend_node = NC_NONE;
    return graph;
}

bool nc_stack_add(nc_stack *stack, nc_draw *draw, const nc_label *label, const nc_text_style *style,
                  nc_paint fill, double gap)
{
    if (label->text.len == 0)
        return true;
    if (!draw->measure)
        return nc_text_check_icons(draw->icons, draw->arena, label);
    nc_stack_row row = {.fill = fill, .gap = stack->rows.len && !draw->cells ? gap : 0};
    nc_text_style own = *style;
    if (draw->cells)
        own.max_width = floor(own.max_width / draw->cells->px);
    if (!nc_text_measure(&row.text, draw->measure, label, &own))
        return false;
    if (row.text->len == 0)
        return true;
    stack->w = fmax(stack->w, row.text->w);
    stack->h += row.gap + row.text->h;
    return NC_PUSH(draw->arena, &stack->rows, row);
}

bool nc_stack_add_table(nc_stack *stack, nc_draw *draw, const nc_table *table, nc_paint fill,
                        double gap)
{
    const nc_stack_row row = {.table = table, .fill = fill, .gap = stack->rows.len ? gap : 0};
    stack->w = fmax(stack->w, table->w);
    stack->h += row.gap + table->h;
    return NC_PUSH(draw->arena, &stack->rows, row);
}

bool nc_graph_set_title(nc_placed_graph *graph, double width)
{
    const nc_text_style style = {
        .face = NC_FACE_SEMIBOLD, .size = 18, .line_height = 1.3, .max_width = width};
    graph->title = (nc_stack){0};
    return nc_stack_add(&graph->title, graph->draw, &graph->title_label, &style, NC_PAINT(TITLE),
                        0);
}

bool nc_graph_title(nc_placed_graph *graph, nc_sv title)
{
    graph->title_label = (nc_label){.text = title, .markup = NC_MARKUP_PLAIN};
    return nc_graph_set_title(graph, TITLE_WRAP);
}

bool nc_graph_keep_id(nc_placed_graph *graph, nc_sv id)
{
    return nc_map_set(&graph->edge_ids, graph->draw->arena, id, 0);
}

bool nc_graph_edge_id(nc_sv *out, nc_placed_graph *graph, nc_sv from, nc_sv to)
{
    nc_arena *const arena = graph->draw->arena;
    nc_buf name;
    nc_sv stem;
    nc_buf_init(&name, &arena->from, 0);
    NC_BUF_LIT(&name, "L_");
    nc_buf_put(&name, from);
    nc_buf_char(&name, '_');
    nc_buf_put(&name, to);
    nc_buf_char(&name, '_');
    const size_t stem_len = name.len;
    bool ok = !name.failed && nc_arena_copy(&stem, arena, nc_buf_sv(&name));
    if (ok) {
        uint32_t n = nc_map_lookup(&graph->edge_stems, stem);
        n = n == NC_NONE ? 0 : n;
        do {
            name.len = stem_len;
            nc_buf_fmt(&name, "%u", (unsigned)n);
            n += n ? 1 : 2; /* Mermaid's second one is 2 */
        } while (!name.failed && nc_map_lookup(&graph->edge_ids, nc_buf_sv(&name)) != NC_NONE);
        ok = !name.failed && nc_arena_copy(out, arena, nc_buf_sv(&name)) &&
             nc_map_set(&graph->edge_ids, arena, *out, 0) &&
             nc_map_set(&graph->edge_stems, arena, stem, n);
    }
    nc_buf_release(&name);
    return ok;
}

static void dump_rect(nc_buf *out, nc_lay_rect box)
{
    const double numbers[] = {box.x, box.y, box.w, box.h};
    for (size_t i = 0; i < NC_COUNT(numbers); i++) {
        nc_buf_char(out, ' ');
        nc_buf_num(out, numbers[i]);
    }
}

static void dump_edge(nc_buf *out, const nc_graph_edge *edge)
{
    NC_BUF_LIT(out, "edge ");
    nc_buf_json(out, edge->group.id);
    for (uint32_t i = 0; i < edge->len; i++) {
        nc_buf_char(out, ' ');
        nc_buf_num(out, edge->points[i].x);
        nc_buf_char(out, ',');
        nc_buf_num(out, edge->points[i].y);
    }
    if (edge->label.rows.len) {
        NC_BUF_LIT(out, " label");
        dump_rect(out, edge->label_box);
    }
    nc_buf_char(out, '\n');
}

void nc_placed_graph_dump(nc_buf *out, const nc_placed_graph *placed)
{
    static const char *const dirs[] = {"TB", "BT", "LR", "RL"};
    nc_buf_put(out, placed->family);
    nc_buf_fmt(out, " %s ", dirs[placed->dir]);
    nc_buf_num(out, placed->w);
    nc_buf_char(out, ' ');
    nc_buf_num(out, placed->h);
    nc_buf_fmt(out, " crossings %u\n", (unsigned)placed->crossings);
    for (uint32_t i = 0; i < placed->frames.len; i++) {
        const nc_graph_frame *frame = &placed->frames.ptr[i];
        NC_BUF_LIT(out, "group ");
        nc_buf_json(out, frame->group.id);
        dump_rect(out, frame->box);
        if (frame->title.rows.len) {
            NC_BUF_LIT(out, " title");
            dump_rect(out, frame->title_box);
        }
        nc_buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < placed->nodes.len; i++) {
        const nc_graph_node *node = &placed->nodes.ptr[i];
        NC_BUF_LIT(out, "node ");
        nc_buf_json(out, node->group.id);
        nc_buf_fmt(out, " %s", nc_figure_name(node->figure));
        dump_rect(out, node->box);
        nc_buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < placed->edges.len; i++)
        dump_edge(out, &placed->edges.ptr[i]);
}
