#include "compose/graph_parts.h"
#include "compose/shape_parts.h"
#include "theme/style.h"

/* Rows one under another in a box; anchor says on which line of it they are aligned. */
static bool draw_stack(nc_scene *scene, const nc_stack *stack, double x, double y, nc_anchor anchor,
                       nc_part part)
{
    for (uint32_t i = 0; i < stack->rows.len; i++) {
        const nc_stack_row *row = &stack->rows.ptr[i];
        y += row->gap;
        if (row->table) {
            const double left = anchor == NC_ANCHOR_MIDDLE ? floor(x - row->table->w / 2) : x;
            if (!nc_table_draw(scene, row->table, left, y, row->fill))
                return false;
            y += row->table->h;
            continue;
        }
        const nc_text_item item = {
            .text = row->text, .part = part, .x = x, .y = y, .anchor = anchor, .fill = row->fill};
        if (!nc_scene_text(scene, &item))
            return false;
        y += row->text->h;
    }
    return true;
}

static bool draw_centred(nc_scene *scene, const nc_stack *stack, nc_lay_rect box)
{
    return draw_stack(scene, stack, box.x + box.w / 2, box.y + (box.h - stack->h) / 2,
                      NC_ANCHOR_MIDDLE, NC_PART_NONE);
}

static bool draw_frame_title(nc_scene *scene, const nc_graph_frame *frame)
{
    const nc_lay_rect box = frame->title_box;
    if (frame->centred)
        return draw_centred(scene, &frame->title, box);
    return draw_stack(scene, &frame->title, box.x, box.y + (box.h - frame->title.h) / 2,
                      NC_ANCHOR_START, NC_PART_NONE);
}

static bool trace_eight(nc_shape *shape, nc_arena *arena, nc_lay_rect box)
{
    nc_path_builder b;
    nc_path_init(&b, arena);
    nc_path_eight(&b, box);
    shape->kind = NC_SHAPE_PATH;
    return nc_path_take(&shape->path, &b);
}

static bool draw_frame(nc_scene *scene, const nc_graph_frame *frame)
{
    const nc_group title = {.role = NC_ROLE_CLUSTER_TITLE};
    nc_shape shape = {.kind = NC_SHAPE_RECT,
                      .x = frame->box.x,
                      .y = frame->box.y,
                      .w = frame->box.w,
                      .h = frame->box.h,
                      .radius = frame->look.radius,
                      .fill = frame->look.fill,
                      .opacity = frame->look.opacity,
                      .stroke = nc_look_stroke(&frame->look)};
    if (frame->eight_sided && !trace_eight(&shape, scene->arena, frame->box))
        return false;
    if (!nc_scene_open(scene, &frame->group) || !nc_scene_shape(scene, &shape))
        return false;
    if (frame->title.rows.len && (!nc_scene_open(scene, &title) ||
                                  !draw_frame_title(scene, frame) || !nc_scene_close(scene)))
        return false;
    return nc_scene_close(scene);
}

static bool draw_body(nc_scene *scene, const nc_graph_node *node)
{
    return node->emblem ? nc_emblem_draw(scene, node->emblem, node->figure, node->box, &node->look)
                        : nc_figure_draw(scene, node->figure, node->box, &node->look);
}

static bool draw_node(nc_scene *scene, const nc_graph_node *node)
{
    const nc_fit *fit = &node->fit;
    const nc_lay_rect room = {node->box.x + fit->label_x, node->box.y + fit->label_y, fit->label_w,
                              fit->label_h};
    return nc_scene_open(scene, &node->group) && draw_body(scene, node) &&
           (!nc_figure_has_label(node->figure) || draw_centred(scene, &node->label, room)) &&
           nc_scene_close(scene);
}

static bool draw_edge(nc_scene *scene, const nc_graph_edge *edge)
{
    if (edge->hidden || edge->len < 2)
        return true;
    return nc_scene_open(scene, &edge->group) &&
           nc_wire_draw(scene, &edge->wire, edge->points, edge->len) && nc_scene_close(scene);
}

static bool holds(nc_lay_rect box, double x, double y)
{
    return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
}

static bool is_opaque(nc_paint paint)
{
    return paint.token != NC_TOKEN_NONE || paint.color.a == 255;
}

static uint32_t frame_of(const nc_placed_graph *graph, nc_lay_end end)
{
    return end.kind == NC_LAY_END_NODE ? graph->nodes.ptr[end.index].parent
                                       : graph->frames.ptr[end.index].parent;
}

/* The innermost frame around one end of the edge that holds the point too, or NC_NONE. */
static uint32_t frame_holding(const nc_placed_graph *graph, nc_lay_end end, double x, double y)
{
    uint32_t frame = frame_of(graph, end);
    while (frame != NC_NONE && !holds(graph->frames.ptr[frame].box, x, y))
        frame = graph->frames.ptr[frame].parent;
    return frame;
}

/* What lies under a label: the innermost opaque frame's fill, or the canvas. */
static nc_paint ground_under(const nc_placed_graph *graph, const nc_graph_edge *edge)
{
    const double x = edge->label_box.x + edge->label_box.w / 2;
    const double y = edge->label_box.y + edge->label_box.h / 2;
    const uint32_t a = frame_holding(graph, edge->from, x, y);
    const uint32_t b = frame_holding(graph, edge->to, x, y);
    uint32_t frame = a;
    if (a == NC_NONE || (b != NC_NONE && graph->frames.ptr[b].depth > graph->frames.ptr[a].depth))
        frame = b;
    while (frame != NC_NONE && !is_opaque(graph->frames.ptr[frame].look.fill))
        frame = graph->frames.ptr[frame].parent;
    return frame == NC_NONE ? NC_PAINT(LABEL_GROUND) : graph->frames.ptr[frame].look.fill;
}

/* The theme's ink is made for its own grounds: on an author's colour another one is legible. */
static bool ink_on(nc_stack *out, nc_arena *arena, const nc_stack *label, nc_paint ground)
{
    *out = *label;
    if (ground.token != NC_TOKEN_NONE)
        return true;
    const nc_paint readable = {.color = nc_color_readable(ground.color)};
    out->rows.ptr = NC_NEW(arena, nc_stack_row, label->rows.len);
    for (uint32_t i = 0; out->rows.ptr && i < label->rows.len; i++) {
        out->rows.ptr[i] = label->rows.ptr[i];
        if (label->rows.ptr[i].fill.token != NC_TOKEN_NONE)
            out->rows.ptr[i].fill = readable;
    }
    return out->rows.ptr != NULL;
}

static bool draw_edge_label(nc_scene *scene, const nc_placed_graph *graph,
                            const nc_graph_edge *edge)
{
    if (edge->label.rows.len == 0)
        return true;
    nc_group group = edge->group;
    group.role = NC_ROLE_EDGE_LABEL;
    if (!edge->hidden)
        group.label = (nc_sv){0}; /* the line's group says it */
    const nc_lay_rect box = edge->label_box;
    nc_stack label;
    if (!ink_on(&label, scene->arena, &edge->label, ground_under(graph, edge)))
        return false;
    const nc_shape ground = {.kind = NC_SHAPE_RECT,
                             .part = NC_PART_GROUND,
                             .x = box.x,
                             .y = box.y,
                             .w = box.w,
                             .h = box.h,
                             .radius = 3,
                             .fill = ground_under(graph, edge)};
    return nc_scene_open(scene, &group) && nc_scene_shape(scene, &ground) &&
           draw_centred(scene, &label, box) && nc_scene_close(scene);
}

static const char *plural(uint32_t n)
{
    return n == 1 ? "" : "s";
}

/* What a reader who does not see the picture is told first. */
static bool describe(nc_scene *scene, const nc_placed_graph *graph)
{
    static const char *const ways[] = {"top to bottom", "bottom to top", "left to right",
                                       "right to left"};
    static_assert(NC_COUNT(ways) == NC_LAY_DIR_COUNT, "a direction has no words");
    nc_arena *const arena = graph->draw->arena;
    if (!nc_text_clean(&scene->title, arena, graph->acc_title) ||
        !nc_text_clean(&scene->descr, arena, graph->acc_descr))
        return false;
    if (scene->title.len == 0 && !nc_text_plain(&scene->title, arena, &graph->title_label))
        return false;
    scene->generic_title = scene->title.len == 0;
    if (scene->generic_title)
        scene->title = graph->kind;
    if (scene->descr.len)
        return true;
    uint32_t drawn = 0;
    for (uint32_t i = 0; i < graph->edges.len; i++)
        drawn += !graph->edges.ptr[i].hidden;
    nc_sv groups = NC_SV(".");
    if (graph->frames.len &&
        !nc_arena_printf(&groups, arena, " in %u group%s.", (unsigned)graph->frames.len,
                         plural(graph->frames.len)))
        return false;
    return nc_arena_printf(
        &scene->descr, arena, "%.*s, read %s, with %u node%s and %u connection%s%.*s",
        (int)graph->kind.len, graph->kind.ptr, ways[graph->dir], (unsigned)graph->nodes.len,
        plural(graph->nodes.len), (unsigned)drawn, plural(drawn), (int)groups.len, groups.ptr);
}

/* Room for all items at once: growing step by step would copy and clear them again and again. */
static bool make_room(nc_scene *scene, const nc_placed_graph *graph)
{
    enum { OF_FRAME = 8, OF_NODE = 6, OF_EDGE = 10 }; /* groups, shapes and texts of one, usually */
    const uint64_t items = (uint64_t)graph->frames.len * OF_FRAME +
                           (uint64_t)graph->nodes.len * OF_NODE +
                           (uint64_t)graph->edges.len * OF_EDGE;
    return items <= UINT32_MAX / 2 && NC_FIT(scene->arena, &scene->items, (uint32_t)items);
}

bool nc_graph_draw(nc_scene *scene, const nc_placed_graph *graph)
{
    scene->w = graph->w;
    scene->h = graph->h;
    scene->family = graph->family;
    if (!make_room(scene, graph) || !describe(scene, graph) ||
        !draw_stack(scene, &graph->title, MARGIN, MARGIN, NC_ANCHOR_START, NC_PART_TITLE))
        return false;
    for (uint32_t i = 0; i < graph->frames.len; i++) /* parents stand before their children */
        if (!draw_frame(scene, &graph->frames.ptr[i]))
            return false;
    for (uint32_t i = 0; i < graph->edges.len; i++)
        if (!draw_edge(scene, &graph->edges.ptr[i]))
            return false;
    for (uint32_t i = 0; i < graph->nodes.len; i++)
        if (!draw_node(scene, &graph->nodes.ptr[i]))
            return false;
    for (uint32_t i = 0; i < graph->edges.len; i++)
        if (!draw_edge_label(scene, graph, &graph->edges.ptr[i]))
            return false;
    return nc_graph_draw_legend(scene, graph);
}
