#include "compose/graph_parts.h"
#include "compose/ports.h"

#include <math.h>

/* ---- sizes --------------------------------------------------------------------------------- */

bool nc_graph_runs_across(const nc_placed_graph *graph, uint32_t frame)
{
    nc_lay_dir dir = graph->dir;
    while (frame != NC_NONE && !graph->frames.ptr[frame].has_dir)
        frame = graph->frames.ptr[frame].parent;
    if (frame != NC_NONE)
        dir = graph->frames.ptr[frame].dir;
    return dir == NC_LAY_LR || dir == NC_LAY_RL;
}

/*
 * How many lines leave and reach each node: a side must have room for that many ports. An edge runs
 * as the innermost frame around both its ends does, not as the frame of one of them.
 */
typedef struct degree {
    uint32_t before[2], after[2]; /* [1]: edges that run across */
    double loops;                 /* height of the loops beside it, one around the other */
} degree;

/* One more loop around those of a node; a label beside a node that is passed across is no higher. */
static void add_loop(degree *d, const nc_graph_edge *e, bool across)
{
    const double label =
        e->label.rows.len && !across ? nc_even(e->label.h + 2 * GROUND_Y) + PORT_GAP * 4.0 / 5 : 0;
    d->loops = fmax(fmax(d->loops ? d->loops + 2 * EDGE_GAP : 0, PORT_GAP), label);
}

static uint32_t frame_of(const nc_placed_graph *graph, const nc_lay_end *end)
{
    return end->kind == NC_LAY_END_NODE ? graph->nodes.ptr[end->index].parent
                                        : graph->frames.ptr[end->index].parent;
}

/* A parent stands before its children, so the later of two frames is never around the other. */
static uint32_t common_frame(const nc_placed_graph *graph, uint32_t a, uint32_t b)
{
    while (a != b && a != NC_NONE && b != NC_NONE) {
        uint32_t *inner = a > b ? &a : &b;
        *inner = graph->frames.ptr[*inner].parent;
    }
    return a == b ? a : NC_NONE;
}

static degree *count_degrees(const nc_placed_graph *graph)
{
    degree *degrees = NC_NEW(graph->draw->arena, degree, (size_t)graph->nodes.len + 1);
    for (uint32_t i = 0; degrees && i < graph->edges.len; i++) {
        const nc_graph_edge *e = &graph->edges.ptr[i];
        if (e->hidden)
            continue;
        const nc_lay_end *first = e->flipped ? &e->to : &e->from;
        const nc_lay_end *second = e->flipped ? &e->from : &e->to;
        if (first->kind == NC_LAY_END_NODE && second->kind == NC_LAY_END_NODE &&
            first->index == second->index) {
            const uint32_t parent = graph->nodes.ptr[first->index].parent;
            add_loop(&degrees[first->index], e, nc_graph_runs_across(graph, parent));
            continue;
        }
        const uint32_t around =
            common_frame(graph, frame_of(graph, first), frame_of(graph, second));
        const bool across = nc_graph_runs_across(graph, around);
        if (first->kind == NC_LAY_END_NODE)
            degrees[first->index].after[across]++;
        if (second->kind == NC_LAY_END_NODE)
            degrees[second->index].before[across]++;
    }
    return degrees;
}

/* Two ports always find room. */
static double ports_length(uint32_t before, uint32_t after)
{
    const uint32_t most = before > after ? before : after;
    return most < 3 ? 0 : 2 * PORTS_END + (most - 1) * (double)PORT_GAP;
}

static void size_node(nc_graph_node *node, const degree *d, bool across)
{
    if (node->emblem) {
        nc_emblem_fit(&node->fit, node->emblem, node->figure, node->label.w, node->label.h);
        node->box = (nc_lay_rect){0, 0, node->fit.w, node->fit.h};
        return;
    }
    const double high = ports_length(d->before[1], d->after[1]);
    const double wide = ports_length(d->before[0], d->after[0]);
    const double loops = d->loops > 0 ? d->loops + 2 * LOOP_CORNER : 0;
    nc_want want = {.label_w = node->label.w,
                    .label_h = node->label.h,
                    .min_w = node->min_w,
                    .min_h = node->min_h,
                    .across = across};
    nc_figure_fit(&node->fit, node->figure, &want);
    want.min_h = fmax(want.min_h, high);
    if (wide > 0)
        want.min_w = fmax(want.min_w, wide + 2 * nc_figure_corner(node->figure, node->fit.h));
    if (across)
        want.min_w = fmax(want.min_w, loops);
    else
        want.min_h = fmax(want.min_h, loops);
    nc_figure_fit(&node->fit, node->figure, &want);
    node->box = (nc_lay_rect){0, 0, node->fit.w, node->fit.h};
}

static bool size_nodes(nc_placed_graph *graph)
{
    const degree *degrees = count_degrees(graph);
    if (!degrees)
        return false;
    for (uint32_t i = 0; i < graph->nodes.len; i++) {
        nc_graph_node *node = &graph->nodes.ptr[i];
        size_node(node, &degrees[i], nc_graph_runs_across(graph, node->parent));
    }
    return true;
}

/* ---- the layout's view --------------------------------------------------------------------- */

static bool clip_node(nc_lay_node *out, nc_arena *arena, const nc_graph_node *node)
{
    if (node->emblem)
        return nc_emblem_clip(&out->outline, &out->outline_len, arena, node->emblem, node->figure,
                              &node->fit);
    return nc_figure_clip(&out->outline, &out->outline_len, arena, node->figure, node->fit.w,
                          node->fit.h);
}

static bool give_nodes(nc_lay_graph *lay, const nc_placed_graph *graph)
{
    nc_arena *const arena = graph->draw->arena;
    nc_lay_node *nodes = NC_NEW(arena, nc_lay_node, (size_t)graph->nodes.len + 1);
    if (!nodes)
        return false;
    for (uint32_t i = 0; i < graph->nodes.len; i++) {
        const nc_graph_node *node = &graph->nodes.ptr[i];
        nodes[i] = (nc_lay_node){.w = node->fit.w, .h = node->fit.h, .group = node->parent};
        if (node->emblem)
            nc_emblem_ports(nodes[i].ports, node->emblem);
        else
            nc_figure_ports(nodes[i].ports, node->figure, node->fit.w, node->fit.h);
        if (!clip_node(&nodes[i], arena, node))
            return false;
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
        groups[i] = (nc_lay_group){.parent = frame->parent,
                                   .pad = FRAME_PAD,
                                   .has_dir = frame->has_dir,
                                   .dir = frame->dir};
        if (frame->title.rows.len) {
            groups[i].title_w = nc_even(frame->title.w + 2);
            groups[i].title_h = nc_even(frame->title.h + STRIP_PAD);
        }
    }
    lay->groups = groups;
    lay->group_len = graph->frames.len;
    return true;
}

static nc_lay_end end_with_head(nc_lay_end end, nc_head head, const nc_wire *wire)
{
    end.head = ceil(nc_head_length(head, wire->look.width));
    return end;
}

static bool give_edges(nc_lay_graph *lay, const nc_placed_graph *graph)
{
    nc_lay_edge *edges = NC_NEW(graph->draw->arena, nc_lay_edge, (size_t)graph->edges.len + 1);
    if (!edges)
        return false;
    for (uint32_t i = 0; i < graph->edges.len; i++) {
        const nc_graph_edge *e = &graph->edges.ptr[i];
        const nc_lay_end from = end_with_head(e->from, e->wire.tail, &e->wire);
        const nc_lay_end to = end_with_head(e->to, e->wire.head, &e->wire);
        edges[i] = (nc_lay_edge){.from = e->flipped ? to : from,
                                 .to = e->flipped ? from : to,
                                 .min_len = e->min_len,
                                 .unranked = graph->rows,
                                 .hidden = e->hidden};
        if (e->label.rows.len) {
            edges[i].label_w = nc_even(e->label.w + 2 * GROUND_X);
            edges[i].label_h = nc_even(e->label.h + 2 * GROUND_Y);
        }
    }
    lay->edges = edges;
    lay->edge_len = graph->edges.len;
    return true;
}

bool nc_graph_give_rules(nc_lay_graph *lay, const nc_placed_graph *graph)
{
    nc_lay_constraint *rules =
        NC_NEW(graph->draw->arena, nc_lay_constraint, (size_t)graph->rules.len + 1);
    if (!rules)
        return false;
    for (uint32_t i = 0; i < graph->rules.len; i++)
        rules[i] = graph->rules.ptr[i].wish;
    lay->constraints = rules;
    lay->constraint_len = graph->rules.len;
    return true;
}

static nc_lay_spacing spacing_of(const nc_placed_graph *graph)
{
    return (nc_lay_spacing){.node = graph->node_gap,
                            .rank = graph->rank_gap,
                            .edge_edge = EDGE_GAP,
                            .edge_node = EDGE_NODE_GAP,
                            .label = LABEL_GAP,
                            .port = PORT_GAP,
                            .port_corner = PORT_CORNER,
                            .loop = LOOP_GAP,
                            .component = fmax(COMPONENT_GAP, graph->node_gap),
                            .margin = MARGIN};
}

/* ---- the layout's answer ------------------------------------------------------------------- */

static nc_lay_rect lowered(nc_lay_rect box, double dy)
{
    box.y += dy;
    return box;
}

static uint32_t depth_of(const nc_placed_graph *graph, uint32_t frame)
{
    uint32_t depth = 0;
    for (frame = graph->frames.ptr[frame].parent; frame != NC_NONE;
         frame = graph->frames.ptr[frame].parent)
        depth++;
    return depth;
}

/* Routes are kept from `from` to `to`, whichever way the layout saw them. */
bool nc_graph_take_route(nc_graph_edge *e, nc_arena *arena, const nc_lay_route *route, double dy)
{
    e->label_box = lowered(route->label, dy);
    e->len = route->len;
    e->points = NC_NEW(arena, nc_lay_point, (size_t)route->len + 1);
    if (!e->points)
        return false;
    for (uint32_t i = 0; i < route->len; i++) {
        const nc_lay_point p = route->points[e->flipped ? route->len - 1 - i : i];
        e->points[i] = (nc_lay_point){p.x, p.y + dy};
    }
    return true;
}

static bool take_places(nc_placed_graph *graph, const nc_lay_result *result)
{
    const double room = fmax(ceil(result->w) - 2 * MARGIN, TITLE_LEAST);
    if (graph->title.w > room && !nc_graph_set_title(graph, room))
        return false;
    const double title = graph->title.rows.len ? nc_even(graph->title.h) + TITLE_GAP : 0;
    for (uint32_t i = 0; i < graph->nodes.len; i++)
        graph->nodes.ptr[i].box = lowered(result->nodes[i], title);
    for (uint32_t i = 0; i < graph->frames.len; i++) {
        nc_graph_frame *frame = &graph->frames.ptr[i];
        frame->box = lowered(result->groups[i], title);
        frame->title_box = lowered(result->titles[i], title);
        frame->depth = depth_of(graph, i);
    }
    for (uint32_t i = 0; i < graph->edges.len; i++)
        if (!nc_graph_take_route(&graph->edges.ptr[i], graph->draw->arena, &result->routes[i],
                                 title))
            return false;
    graph->w = fmax(ceil(result->w), 2 * MARGIN + nc_even(graph->title.w));
    graph->h = ceil(result->h) + title;
    graph->crossings = result->crossings;
    return true;
}

static bool is_crossed(const nc_placed_graph *graph, nc_lay_rect box)
{
    for (uint32_t i = 0; i < graph->edges.len; i++)
        if (nc_graph_meets_route(box, &graph->edges.ptr[i]))
            return true;
    return false;
}

/*
 * A title in a frame hardly wider than itself looks better in the middle. The layout keeps lines
 * off its left end only, so it moves when no line runs there; in large drawings nobody looks.
 */
static void centre_titles(nc_placed_graph *graph)
{
    enum { MOST = 4000000 }; /* titles times lines to look at */
    if ((uint64_t)graph->frames.len * graph->edges.len > MOST)
        return;
    for (uint32_t i = 0; i < graph->frames.len; i++) {
        nc_graph_frame *frame = &graph->frames.ptr[i];
        nc_lay_rect box = frame->title_box;
        box.x = floor(frame->box.x + (frame->box.w - box.w) / 2);
        const nc_lay_rect around = {box.x - LABEL_GAP, box.y, box.w + 2 * LABEL_GAP, box.h};
        if (frame->title.rows.len == 0 || frame->box.w - frame->title.w > 4 * FRAME_PAD ||
            is_crossed(graph, around))
            continue;
        frame->title_box = box;
        frame->centred = true;
    }
}

/* Is one of the two a frame around the other? */
static bool is_around(const nc_placed_graph *graph, nc_lay_end outer, nc_lay_end inner)
{
    if (outer.kind != NC_LAY_END_GROUP)
        return false;
    uint32_t frame = inner.kind == NC_LAY_END_GROUP ? graph->frames.ptr[inner.index].parent
                                                    : graph->nodes.ptr[inner.index].parent;
    while (frame != NC_NONE && frame != outer.index)
        frame = graph->frames.ptr[frame].parent;
    return frame != NC_NONE;
}

/* Nothing stands beside what holds it: such wishes are told of and go before the layout sees them. */
static void drop_nested(nc_placed_graph *graph)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < graph->rules.len; i++) {
        const nc_graph_rule rule = graph->rules.ptr[i];
        if (!is_around(graph, rule.wish.a, rule.wish.b) &&
            !is_around(graph, rule.wish.b, rule.wish.a)) {
            graph->rules.ptr[kept++] = rule;
            continue;
        }
        nc_diag_add(
            graph->draw->diags, NC_RULE_DROPPED_CONSTRAINT, rule.at,
            "the direction of '%.*s' is between a boundary and what it holds, and is dropped",
            NC_SV_ARG(rule.name));
    }
    graph->rules.len = kept;
}

/* How many lines of the author's text the earlier of two statements stands above the later. */
static unsigned lines_between(const nc_draw *draw, nc_span earlier, nc_span later)
{
    const uint32_t from = nc_offset_origin(draw->diags->map, earlier.start);
    const uint32_t to = nc_offset_origin(draw->diags->map, later.start);
    unsigned lines = 0;
    for (uint32_t i = from; i < to && i < draw->text.len; i++) {
        const bool pair =
            draw->text.ptr[i] == '\r' && i + 1 < draw->text.len && draw->text.ptr[i + 1] == '\n';
        lines += (draw->text.ptr[i] == '\n' || draw->text.ptr[i] == '\r') && !pair;
    }
    return lines;
}

void nc_graph_report_dropped(const nc_placed_graph *graph, const nc_lay_result *result)
{
    for (uint32_t i = 0; i < result->dropped_len; i++) {
        const nc_lay_dropped *dropped = &result->dropped[i];
        const nc_graph_rule *rule = &graph->rules.ptr[dropped->constraint];
        assert(dropped->against != NC_LAY_NONE); /* drop_nested */
        const nc_graph_rule *earlier = &graph->rules.ptr[dropped->against];
        const unsigned lines = lines_between(graph->draw, earlier->at, rule->at);
        nc_diag_add(graph->draw->diags, NC_RULE_DROPPED_CONSTRAINT, rule->at,
                    "the direction of '%.*s' contradicts '%.*s', %u line%s above, and is dropped",
                    NC_SV_ARG(rule->name), NC_SV_ARG(earlier->name), lines, lines == 1 ? "" : "s");
    }
}

/* The number of digits, with a point among them, that a text goes on with at *at; 0: none. */
static double number_at(nc_sv text, size_t *at)
{
    double value = 0;
    double part = 0; /* what a digit counts behind the point; 0 before it */
    for (; *at < text.len && value < 1e6; ++*at) {
        const char c = text.ptr[*at];
        if (c == '.' && part <= 0) {
            part = 1;
        } else if (!nc_is_digit(c)) {
            break;
        } else if (part > 0) {
            part /= 10;
            value += part * (c - '0');
        } else {
            value = 10 * value + (c - '0');
        }
    }
    return value;
}

/* The wanted width / height: the caller's, else "aspect" of the configuration, "4:3" or a number. */
double nc_graph_aspect(const nc_draw *draw)
{
    enum { MOST = 100 };
    double aspect = draw->aspect;
    if (!(aspect > 0)) {
        const nc_sv text = nc_config_text(draw->config, "aspect", (nc_sv){0});
        size_t at = 0;
        aspect = number_at(text, &at);
        if (at < text.len && text.ptr[at++] == ':') {
            const double height = number_at(text, &at);
            aspect = height > 0 ? aspect / height : 0;
        }
        if (at < text.len || !(aspect > 0))
            return 0;
    }
    return fmin(fmax(aspect, 1.0 / MOST), MOST);
}

bool nc_graph_place(nc_placed_graph *graph)
{
    drop_nested(graph);
    if (graph->draw->cells)
        return nc_graph_place_cells(graph);
    /* the only warnings of a layout are about wishes that contradict each other */
    if (!graph->draw->measure && graph->rules.len < 2)
        return true;
    nc_lay_graph lay = {
        .dir = graph->dir, .spacing = spacing_of(graph), .aspect = nc_graph_aspect(graph->draw)};
    if (graph->title.rows.len)
        lay.min_w = 2 * MARGIN + fmin(nc_even(graph->title.w), TITLE_LEAST);
    if (!size_nodes(graph) || !give_nodes(&lay, graph) || !give_frames(&lay, graph) ||
        !give_edges(&lay, graph) || !nc_graph_give_rules(&lay, graph))
        return false;
    const nc_alloc *from = graph->draw->alloc;
    nc_lay_alloc alloc = {0};
    if (from)
        alloc = (nc_lay_alloc){from->alloc, from->free, from->payload};
    nc_lay_result result;
    const nc_lay_status status = nc_lay_run(&result, &lay, from ? &alloc : NULL);
    assert(status != NC_LAY_INVALID);
    if (status != NC_LAY_OK)
        return false;
    const bool ok = take_places(graph, &result);
    if (ok) {
        centre_titles(graph);
        nc_graph_shift_labels(graph);
        nc_graph_place_legend(graph);
    }
    nc_graph_report_dropped(graph, &result);
    nc_lay_release(&result);
    return ok;
}
