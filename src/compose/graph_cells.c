/*
 * A graph in the cells of a terminal: the same engine with whole cells for distances, then boxes,
 * wires and texts of the cell scene.
 *
 * The layout's points are the middles of cells: a box of w cells is w - 1 wide there, from the
 * middle of its first border cell to that of its last, so that everything is symmetric and a
 * distance of 2 leaves one cell free.
 */
#include "compose/graph_parts.h"

enum {
    PORT = 2,
    CORNER = 1,
    PAD = 2,   /* of a node's label to its border, each side: one cell of air */
    FRAME = 2, /* from a frame to what it holds */
    ROUND = 3  /* least distance between ranks: a line's cell and its head's */
};

/* What a figure becomes. */
typedef struct figure_row {
    const char *name;
    nc_cell_border border;
    nc_cell_mark mark; /* in the middle of figures without labels */
} figure_row;

static const figure_row *row_of(const nc_figure *figure)
{
    static const figure_row plain = {"", NC_BORDER_SHARP, NC_MARK_COUNT};
    static const figure_row rows[] = {
        {"rounded", NC_BORDER_ROUND, NC_MARK_COUNT},
        {"state", NC_BORDER_ROUND, NC_MARK_COUNT},
        {"bpmn-activity", NC_BORDER_ROUND, NC_MARK_COUNT},
        {"person", NC_BORDER_ROUND, NC_MARK_COUNT},
        {"collapsed", NC_BORDER_DOUBLE, NC_MARK_COUNT},
        {"stadium", NC_BORDER_STADIUM, NC_MARK_COUNT},
        {"circle", NC_BORDER_STADIUM, NC_MARK_COUNT},
        {"ellipse", NC_BORDER_STADIUM, NC_MARK_COUNT},
        {"bang", NC_BORDER_STADIUM, NC_MARK_COUNT},
        {"cloud", NC_BORDER_STADIUM, NC_MARK_COUNT},
        {"delay", NC_BORDER_STADIUM, NC_MARK_COUNT},
        {"bpmn-start", NC_BORDER_STADIUM, NC_MARK_COUNT},
        {"bpmn-end", NC_BORDER_STADIUM, NC_MARK_COUNT},
        {"bpmn-intermediate", NC_BORDER_STADIUM, NC_MARK_COUNT},
        {"bpmn-boundary", NC_BORDER_STADIUM, NC_MARK_COUNT},
        {"dbl-circ", NC_BORDER_DOUBLE, NC_MARK_COUNT},
        {"composite", NC_BORDER_DOUBLE, NC_MARK_COUNT},
        {"fr-rect", NC_BORDER_FRAMED, NC_MARK_COUNT},
        {"framed", NC_BORDER_FRAMED, NC_MARK_COUNT},
        {"lin-rect", NC_BORDER_FRAMED, NC_MARK_COUNT},
        {"docs", NC_BORDER_WAVY, NC_MARK_COUNT},
        {"doc", NC_BORDER_WAVY, NC_MARK_COUNT},
        {"lin-doc", NC_BORDER_WAVY, NC_MARK_COUNT},
        {"tag-doc", NC_BORDER_WAVY, NC_MARK_COUNT},
        {"flag", NC_BORDER_WAVY, NC_MARK_COUNT},
        {"note", NC_BORDER_NOTE, NC_MARK_COUNT},
        {"bpmn-data", NC_BORDER_NOTE, NC_MARK_COUNT},
        {"notch-rect", NC_BORDER_NOTE, NC_MARK_COUNT},
        {"diam", NC_BORDER_DIAMOND, NC_MARK_COUNT},
        {"bpmn-gateway", NC_BORDER_DIAMOND, NC_MARK_COUNT},
        {"hex", NC_BORDER_HEX, NC_MARK_COUNT},
        {"eight-sided", NC_BORDER_HEX, NC_MARK_COUNT},
        {"lean-r", NC_BORDER_LEAN_R, NC_MARK_COUNT},
        {"lean-l", NC_BORDER_LEAN_L, NC_MARK_COUNT},
        {"trap-b", NC_BORDER_NARROW_TOP, NC_MARK_COUNT},
        {"tri", NC_BORDER_NARROW_TOP, NC_MARK_COUNT},
        {"notch-pent", NC_BORDER_NARROW_TOP, NC_MARK_COUNT},
        {"sl-rect", NC_BORDER_NARROW_TOP, NC_MARK_COUNT},
        {"trap-t", NC_BORDER_NARROW_BOTTOM, NC_MARK_COUNT},
        {"flip-tri", NC_BORDER_NARROW_BOTTOM, NC_MARK_COUNT},
        {"bucket", NC_BORDER_NARROW_BOTTOM, NC_MARK_COUNT},
        {"cyl", NC_BORDER_CYLINDER, NC_MARK_COUNT},
        {"lin-cyl", NC_BORDER_CYLINDER, NC_MARK_COUNT},
        {"db", NC_BORDER_CYLINDER, NC_MARK_COUNT},
        {"bpmn-data-store", NC_BORDER_CYLINDER, NC_MARK_COUNT},
        {"h-cyl", NC_BORDER_QUEUE, NC_MARK_COUNT},
        {"queue", NC_BORDER_QUEUE, NC_MARK_COUNT},
        {"bow-rect", NC_BORDER_QUEUE, NC_MARK_COUNT},
        {"odd", NC_BORDER_FLAG, NC_MARK_COUNT},
        {"curv-trap", NC_BORDER_DIAMOND, NC_MARK_COUNT},
        {"brace", NC_BORDER_BRACE_L, NC_MARK_COUNT},
        {"brace-r", NC_BORDER_BRACE_R, NC_MARK_COUNT},
        {"braces", NC_BORDER_BRACES, NC_MARK_COUNT},
        {"bpmn-annotation", NC_BORDER_BRACKET, NC_MARK_COUNT},
        {"text", NC_BORDER_NONE, NC_MARK_COUNT},
        {"icon", NC_BORDER_NONE, NC_MARK_COUNT},
        {"sm-circ", NC_BORDER_ROUND, NC_MARK_RING},
        {"fr-circ", NC_BORDER_ROUND, NC_MARK_RING_CORE},
        {"f-circ", NC_BORDER_ROUND, NC_MARK_DISC},
        {"anchor", NC_BORDER_ROUND, NC_MARK_DISC},
        {"cross-circ", NC_BORDER_ROUND, NC_MARK_CROSS_RING},
        {"choice", NC_BORDER_ROUND, NC_MARK_CHOICE},
        {"hourglass", NC_BORDER_ROUND, NC_MARK_HOURGLASS},
        {"bolt", NC_BORDER_ROUND, NC_MARK_BOLT},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++)
        if (strcmp(rows[i].name, nc_figure_name(figure)) == 0)
            return &rows[i];
    return &plain;
}

static bool is_bar(const nc_figure *figure)
{
    return strcmp(nc_figure_name(figure), "fork") == 0;
}

/* ---- placing ------------------------------------------------------------------------------- */

/* The next odd number of cells: such a box has a middle cell. */
static double odd(double v)
{
    return 2 * floor(v / 2) + 1;
}

/* Lines at the two sides of the flow, and the cells that loops need beside a node. */
typedef struct ports {
    uint32_t before, after;
    double loops;
    double w, h; /* least box, once a layout has shown that lines stood on corners */
} ports;

static ports *count_ports(const nc_placed_graph *graph)
{
    ports *all = NC_NEW(graph->draw->arena, ports, (size_t)graph->nodes.len + 1);
    for (uint32_t i = 0; all && i < graph->edges.len; i++) {
        const nc_graph_edge *e = &graph->edges.ptr[i];
        const nc_lay_end *first = e->flipped ? &e->to : &e->from;
        const nc_lay_end *second = e->flipped ? &e->from : &e->to;
        if (e->hidden)
            continue;
        if (first->kind == NC_LAY_END_NODE && second->kind == NC_LAY_END_NODE &&
            first->index == second->index) {
            all[first->index].loops += fmax(PORT, e->label.h + 1) + PORT;
            continue;
        }
        if (first->kind == NC_LAY_END_NODE)
            all[first->index].after++;
        if (second->kind == NC_LAY_END_NODE)
            all[second->index].before++;
    }
    return all;
}

static void size_node(const nc_placed_graph *graph, nc_graph_node *node, const ports *p)
{
    const bool across = nc_graph_runs_across(graph, node->parent);
    const nc_cell_border border = row_of(node->figure)->border;
    const uint32_t most = p->before > p->after ? p->before : p->after;
    const double along = most < 2 ? 3 : 2 * CORNER + (most - 1) * (double)PORT + 1;
    const double beside = p->loops > 0 ? p->loops + 2 * CORNER - 1 : 3;
    double w = 3;
    double h = 3;
    if (is_bar(node->figure)) {
        w = across ? 1 : 9;
        h = across ? 5 : 1;
    } else if (nc_figure_has_label(node->figure)) {
        w = fmax(node->label.w, 1) + 2 * PAD;
        h = fmax(node->label.h, 1) + 2;
        if (border == NC_BORDER_CYLINDER)
            h = odd(h + 1); /* lines from the side miss its rim */
    }
    if (!is_bar(node->figure) || !across)
        w = fmax(w, across ? beside : along);
    if (!is_bar(node->figure) || across)
        h = fmax(h, across ? along : beside);
    w = odd(fmax(w, p->w));
    h = fmax(h, p->h);
    node->fit = (nc_fit){.w = w, .h = h};
    node->box = (nc_lay_rect){0, 0, w, h};
}

static bool give_nodes(nc_lay_graph *lay, nc_placed_graph *graph, const ports *all)
{
    nc_lay_node *nodes = NC_NEW(graph->draw->arena, nc_lay_node, (size_t)graph->nodes.len + 1);
    if (!nodes)
        return false;
    for (uint32_t i = 0; i < graph->nodes.len; i++) {
        nc_graph_node *node = &graph->nodes.ptr[i];
        size_node(graph, node, &all[i]);
        nodes[i] = (nc_lay_node){.w = node->fit.w - 1, .h = node->fit.h - 1, .group = node->parent};
    }
    lay->nodes = nodes;
    lay->node_len = graph->nodes.len;
    return true;
}

static bool give_frames(nc_lay_graph *lay, const nc_placed_graph *graph)
{
    nc_lay_group *groups = NC_NEW(graph->draw->arena, nc_lay_group, (size_t)graph->frames.len + 1);
    if (!groups)
        return false;
    for (uint32_t i = 0; i < graph->frames.len; i++) {
        const nc_graph_frame *frame = &graph->frames.ptr[i];
        groups[i] = (nc_lay_group){
            .parent = frame->parent, .pad = FRAME, .has_dir = frame->has_dir, .dir = frame->dir};
        if (frame->title.rows.len) {
            groups[i].title_w = frame->title.w + 1;
            groups[i].title_h = frame->title.h;
        }
    }
    lay->groups = groups;
    lay->group_len = graph->frames.len;
    return true;
}

static nc_lay_end end_with_head(nc_lay_end end, nc_head head)
{
    end.head = head == NC_HEAD_NONE ? 0 : 2;
    return end;
}

/* A loop above or below its node: its label stands outside of its far line. */
static bool is_cross_loop(const nc_placed_graph *graph, const nc_graph_edge *e)
{
    return e->from.kind == NC_LAY_END_NODE && e->to.kind == NC_LAY_END_NODE &&
           e->from.index == e->to.index &&
           nc_graph_runs_across(graph, graph->nodes.ptr[e->from.index].parent);
}

static bool give_edges(nc_lay_graph *lay, const nc_placed_graph *graph)
{
    nc_lay_edge *edges = NC_NEW(graph->draw->arena, nc_lay_edge, (size_t)graph->edges.len + 1);
    if (!edges)
        return false;
    for (uint32_t i = 0; i < graph->edges.len; i++) {
        const nc_graph_edge *e = &graph->edges.ptr[i];
        const nc_lay_end from = end_with_head(e->from, e->wire.tail);
        const nc_lay_end to = end_with_head(e->to, e->wire.head);
        edges[i] = (nc_lay_edge){.from = e->flipped ? to : from,
                                 .to = e->flipped ? from : to,
                                 .min_len = e->min_len,
                                 .hidden = e->hidden};
        if (e->label.rows.len) {
            edges[i].label_w = odd(e->label.w + 1) - 1;
            edges[i].label_h = is_cross_loop(graph, e) ? 2 * e->label.h : e->label.h - 1;
        }
    }
    lay->edges = edges;
    lay->edge_len = graph->edges.len;
    return true;
}

static nc_lay_spacing spacing_of(const nc_placed_graph *graph)
{
    const bool across = graph->dir == NC_LAY_LR || graph->dir == NC_LAY_RL;
    const uint32_t tight = graph->draw->cells->tight;
    const double wide = tight > 1 ? 2 : tight ? 3 : 4;
    return (nc_lay_spacing){.node = across ? 2 : wide,
                            .rank = across ? wide + (tight ? 1 : 2) : ROUND,
                            .edge_edge = 2,
                            .edge_node = 2,
                            .label = 2,
                            .port = PORT,
                            .port_corner = CORNER,
                            .loop = 3,
                            .component = across ? 3 : wide,
                            .margin = 0};
}

static nc_lay_rect as_cells(nc_lay_rect box, double dy)
{
    return (nc_lay_rect){floor(box.x), floor(box.y) + dy, floor(box.w) + 1, floor(box.h) + 1};
}

static void place_legend(nc_placed_graph *graph)
{
    double x = 0;
    double y = graph->h + 1;
    for (uint32_t i = 0; i < graph->legend.len; i++) {
        nc_graph_key *key = &graph->legend.ptr[i];
        const double w = key->text->w;
        if (x > 0 && x + w > fmax(graph->w, 40)) {
            x = 0;
            y++;
        }
        key->box = (nc_lay_rect){x, y, w, 1};
        graph->w = fmax(graph->w, x + w);
        graph->h = y + 1;
        x += w + 2;
    }
}

static bool take_places(nc_placed_graph *graph, const nc_lay_result *result)
{
    enum { LEAST_TITLE = 30 };
    const double w = ceil(result->w) + 1;
    if (graph->title.w > fmax(w, LEAST_TITLE) &&
        !nc_graph_set_title(graph, fmax(w, LEAST_TITLE) * graph->draw->cells->px))
        return false;
    const double title = graph->title.rows.len ? graph->title.h + 1 : 0;
    for (uint32_t i = 0; i < graph->nodes.len; i++)
        graph->nodes.ptr[i].box = as_cells(result->nodes[i], title);
    for (uint32_t i = 0; i < graph->frames.len; i++) {
        nc_graph_frame *frame = &graph->frames.ptr[i];
        frame->box = as_cells(result->groups[i], title);
        frame->title_box = as_cells(result->titles[i], title);
    }
    for (uint32_t i = 0; i < graph->edges.len; i++) {
        nc_graph_edge *e = &graph->edges.ptr[i];
        if (!nc_graph_take_route(e, graph->draw->arena, &result->routes[i], title))
            return false;
        e->label_box.w += 1;
        e->label_box.h += 1;
    }
    graph->w = fmax(w, graph->title.w);
    graph->h = ceil(result->h) + 1 + title;
    graph->crossings = result->crossings;
    place_legend(graph);
    return true;
}

/* Lines on the four sides of a node, and whether one of them stands on a corner. */
typedef struct side_count {
    uint32_t left, right, top, bottom;
    bool corner;
} side_count;

/* What stands on a corner counts for both of its sides. */
static void count_end(side_count *counts, const nc_lay_result *result, nc_lay_end end,
                      nc_lay_point p)
{
    if (end.kind != NC_LAY_END_NODE)
        return;
    const nc_lay_rect box = result->nodes[end.index];
    side_count *c = &counts[end.index];
    const bool left = p.x <= box.x;
    const bool right = p.x >= box.x + box.w;
    const bool top = p.y <= box.y;
    const bool bottom = p.y >= box.y + box.h;
    c->left += left;
    c->right += right;
    c->top += top;
    c->bottom += bottom;
    c->corner = c->corner || ((left || right) && (top || bottom));
}

static double room_for(uint32_t a, uint32_t b)
{
    const uint32_t most = a > b ? a : b;
    return most < 2 ? 0 : 2 * CORNER + (most - 1) * (double)PORT + 1;
}

/* Whether a box must grow because its lines stood on corners; then *all says how much. */
static bool grow(ports *all, nc_placed_graph *graph, const nc_lay_graph *lay,
                 const nc_lay_result *result)
{
    side_count *counts = NC_NEW(graph->draw->arena, side_count, (size_t)graph->nodes.len + 1);
    bool more = false;
    for (uint32_t i = 0; counts && i < lay->edge_len; i++) {
        const nc_lay_route *route = &result->routes[i];
        if (route->len < 2)
            continue;
        count_end(counts, result, lay->edges[i].from, route->points[0]);
        count_end(counts, result, lay->edges[i].to, route->points[route->len - 1]);
    }
    for (uint32_t i = 0; counts && i < graph->nodes.len; i++) {
        const side_count *c = &counts[i];
        const nc_lay_rect box = graph->nodes.ptr[i].box;
        const double h = fmax(room_for(c->left, c->right), 3);
        const double w = fmax(room_for(c->top, c->bottom), 3);
        if (!c->corner || is_bar(graph->nodes.ptr[i].figure) || (h <= box.h && w <= box.w))
            continue;
        all[i].h = fmax(h, box.h);
        all[i].w = fmax(w, box.w);
        more = true;
    }
    return more;
}

static bool run_layout(nc_lay_result *result, nc_lay_graph *lay, nc_placed_graph *graph,
                       const ports *all)
{
    const nc_alloc *from = graph->draw->alloc;
    nc_lay_alloc alloc = {0};
    if (from)
        alloc = (nc_lay_alloc){from->alloc, from->free, from->payload};
    if (!give_nodes(lay, graph, all))
        return false;
    const nc_lay_status status = nc_lay_run(result, lay, from ? &alloc : NULL);
    assert(status != NC_LAY_INVALID);
    return status == NC_LAY_OK;
}

bool nc_graph_place_cells(nc_placed_graph *graph)
{
    enum { ROUNDS = 3 };
    nc_lay_graph lay = {.dir = graph->dir, .spacing = spacing_of(graph)};
    lay.aspect = 2 * nc_graph_aspect(graph->draw); /* cells are twice as high as wide */
    nc_lay_result result;
    ports *all = count_ports(graph);
    if (!all || !give_frames(&lay, graph) || !give_edges(&lay, graph) ||
        !nc_graph_give_rules(&lay, graph) || !run_layout(&result, &lay, graph, all))
        return false;
    for (int i = 0; i < ROUNDS && grow(all, graph, &lay, &result); i++) {
        nc_lay_release(&result);
        if (!run_layout(&result, &lay, graph, all))
            return false;
    }
    const bool ok = take_places(graph, &result);
    nc_graph_report_dropped(graph, &result);
    nc_lay_release(&result);
    return ok;
}

/* ---- drawing ------------------------------------------------------------------------------- */

static int32_t cells_of(double v)
{
    return (int32_t)floor(v);
}

static nc_cell_item box_item(nc_lay_rect box, nc_cell_border border)
{
    return (nc_cell_item){.kind = NC_CELL_BOX,
                          .x = cells_of(box.x),
                          .y = cells_of(box.y),
                          .w = cells_of(box.w),
                          .h = cells_of(box.h),
                          .border = border};
}

/* Rows one under another from y on. */
static bool draw_stack(nc_cells *cells, const nc_stack *stack, nc_lay_rect box, double y,
                       int anchor, bool opaque)
{
    for (uint32_t i = 0; i < stack->rows.len; i++) {
        const nc_text *text = stack->rows.ptr[i].text;
        if (!nc_cells_text(cells, text, cells_of(box.x), cells_of(y), cells_of(box.w), anchor,
                           opaque))
            return false;
        y += text->h;
    }
    return true;
}

static bool draw_frame(nc_cells *cells, const nc_graph_frame *frame)
{
    const nc_cell_item box =
        box_item(frame->box, frame->look.dash > 0 ? NC_BORDER_DASHED : NC_BORDER_SHARP);
    nc_lay_rect title = frame->title_box;
    title.w = frame->title.w;
    return nc_cells_add(cells, &box) &&
           draw_stack(cells, &frame->title, title, frame->box.y + 1, -1, false);
}

static bool draw_node(nc_cells *cells, const nc_graph_node *node)
{
    const figure_row *row = row_of(node->figure);
    nc_cell_item box = box_item(node->box, row->border);
    const double rim = row->border == NC_BORDER_CYLINDER ? 1 : 0;
    if (is_bar(node->figure)) {
        nc_cell_point a = {box.x, box.y};
        nc_cell_point b = {box.x + box.w - 1, box.y + box.h - 1};
        return nc_cells_line(cells, a, b, NC_CELL_HEAVY);
    }
    if (row->border == NC_BORDER_SHARP && node->look.dash > 0)
        box.border = NC_BORDER_DASHED;
    if (!nc_cells_add(cells, &box))
        return false;
    if (nc_figure_has_label(node->figure)) {
        const double y = node->box.y + rim + floor((node->box.h - rim - node->label.h) / 2);
        return draw_stack(cells, &node->label, node->box, y, 0, false);
    }
    const nc_cell_item sign = {.kind = NC_CELL_SIGN,
                               .x = box.x + (box.w - 1) / 2,
                               .y = box.y + (box.h - 1) / 2,
                               .mark = row->mark};
    return row->mark == NC_MARK_COUNT || nc_cells_add(cells, &sign);
}

static nc_cell_stroke stroke_of(const nc_look *look)
{
    return look->dash > 0 ? NC_CELL_DOTTED : look->width > 2 ? NC_CELL_HEAVY : NC_CELL_LIGHT;
}

static bool draw_edge(nc_cells *cells, const nc_graph_edge *edge)
{
    static const nc_cell_head heads[] = {[NC_HEAD_NONE] = NC_CELL_NO_HEAD,
                                         [NC_HEAD_POINT] = NC_CELL_POINT,
                                         [NC_HEAD_CIRCLE] = NC_CELL_DISC,
                                         [NC_HEAD_CROSS] = NC_CELL_CROSS,
                                         [NC_HEAD_OPEN] = NC_CELL_OPEN};
    static_assert(NC_COUNT(heads) == NC_HEAD_COUNT, "a head has no row");
    if (edge->hidden || edge->len < 2)
        return true;
    nc_cell_point *points = NC_NEW(cells->arena, nc_cell_point, edge->len);
    if (!points)
        return false;
    for (uint32_t i = 0; i < edge->len; i++)
        points[i] = (nc_cell_point){cells_of(edge->points[i].x), cells_of(edge->points[i].y)};
    const nc_cell_item wire = {.kind = NC_CELL_WIRE,
                               .stroke = stroke_of(&edge->wire.look),
                               .tail = heads[edge->wire.tail],
                               .head = heads[edge->wire.head],
                               .points = points,
                               .len = edge->len};
    return nc_cells_add(cells, &wire);
}

static bool draw_label(nc_cells *cells, const nc_placed_graph *placed, const nc_graph_edge *edge)
{
    const nc_lay_rect box = edge->label_box;
    const double outside = floor(box.h / 2) + 1;
    const double y = is_cross_loop(placed, edge) ? outside : floor((box.h - edge->label.h) / 2);
    return edge->label.rows.len == 0 || draw_stack(cells, &edge->label, box, box.y + y, 0, true);
}

static bool draw_graph(nc_cells *out, const nc_placed_graph *placed)
{
    const nc_lay_rect all = {0, 0, placed->w, placed->h};
    out->w = cells_of(placed->w);
    out->h = cells_of(placed->h);
    if (!draw_stack(out, &placed->title, all, 0, -1, false))
        return false;
    for (uint32_t i = 0; i < placed->frames.len; i++)
        if (!draw_frame(out, &placed->frames.ptr[i]))
            return false;
    for (uint32_t i = 0; i < placed->nodes.len; i++)
        if (!draw_node(out, &placed->nodes.ptr[i]))
            return false;
    for (uint32_t i = 0; i < placed->edges.len; i++)
        if (!draw_edge(out, &placed->edges.ptr[i]))
            return false;
    for (uint32_t i = 0; i < placed->edges.len; i++)
        if (!draw_label(out, placed, &placed->edges.ptr[i]))
            return false;
    for (uint32_t i = 0; i < placed->legend.len; i++) {
        const nc_graph_key *key = &placed->legend.ptr[i];
        if (!nc_cells_text(out, key->text, cells_of(key->box.x), cells_of(key->box.y),
                           cells_of(key->box.w), -1, false))
            return false;
    }
    return true;
}

bool nc_cells_flowchart(nc_cells *out, nc_draw *draw, const nc_flowchart *chart,
                        const nc_placed_graph *placed)
{
    (void)draw;
    (void)chart;
    return draw_graph(out, placed);
}

bool nc_cells_c4(nc_cells *out, nc_draw *draw, const nc_c4 *c4, const nc_placed_graph *placed)
{
    (void)draw;
    (void)c4;
    return draw_graph(out, placed);
}
