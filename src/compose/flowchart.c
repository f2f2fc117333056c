/*
 * Flowcharts: nodes, subgraphs and edges become the graph that graph.h draws. Collapsed subgraphs
 * are one node; edges to what is inside end on it.
 */
#include "compose/flow_style.h"
#include "compose/graph.h"
#include "compose/link.h"
#include "icon/icon.h"

#include <math.h>

enum { NODE_WRAP = 200, EDGE_WRAP = 160, TITLE_WRAP = 280 };

/* What the work on one chart carries about. */
typedef struct flow {
    nc_draw *draw;
    const nc_flowchart *chart;
    nc_placed_graph *graph;
    uint32_t
        *hidden_in; /* of each subgraph: the outermost collapsed one at or above it, or NC_NONE */
    nc_lay_end *subgraph_ends; /* where edges to a subgraph end: its frame, or its collapsed node */
    nc_lay_end *node_ends;
    nc_flow_styles styles;
    double wrap;
} flow;

static nc_lay_dir lay_dir(nc_flow_dir dir)
{
    static const nc_lay_dir dirs[] = {
        [NC_FLOW_TB] = NC_LAY_TB, [NC_FLOW_BT] = NC_LAY_BT, [NC_FLOW_LR] = NC_LAY_LR,
        [NC_FLOW_RL] = NC_LAY_RL, [NC_FLOW_BR] = NC_LAY_TB,
    };
    static_assert(NC_COUNT(dirs) == NC_FLOW_DIR_COUNT, "a direction has no row");
    return dirs[dir];
}

/* The words with a blank between. */
static bool join(nc_sv *out, nc_arena *arena, const nc_sv_vec *words)
{
    *out = (nc_sv){0};
    for (uint32_t i = 0; i < words->len; i++) {
        const nc_sv word = words->ptr[i];
        if (out->len == 0)
            *out = word;
        else if (!nc_arena_printf(out, arena, "%.*s %.*s", (int)out->len, out->ptr, (int)word.len,
                                  word.ptr))
            return false;
    }
    return true;
}

static void add_link(nc_group *group, nc_diags *d, nc_span at, const nc_flow_link *link)
{
    group->href = nc_link_check(d, at, link->href);
    group->target = nc_link_target(link->target);
    if (link->tooltip.len)
        group->tooltip = link->tooltip;
}

static nc_look node_look(const nc_figure *figure)
{
    nc_look look = {.fill = NC_PAINT(NODE_FILL),
                    .line = NC_PAINT(NODE_LINE),
                    .text = NC_PAINT(NODE_TEXT),
                    .width = 1.25,
                    .face = NC_FACE_REGULAR,
                    .size = 14,
                    .radius = -1};
    nc_figure_look(&look, figure);
    return look;
}

/* ---- subgraphs ----------------------------------------------------------------------------- */

/* Subgraphs stand outer before inner, so one pass knows what lies in a collapsed one. */
static bool find_collapsed(flow *f)
{
    const uint32_t len = f->chart->subgraphs.len;
    f->hidden_in = NC_NEW(f->draw->arena, uint32_t, (size_t)len + 1);
    f->subgraph_ends = NC_NEW(f->draw->arena, nc_lay_end, (size_t)len + 1);
    if (!f->hidden_in || !f->subgraph_ends)
        return false;
    for (uint32_t i = 0; i < len; i++) {
        const nc_flow_subgraph *s = &f->chart->subgraphs.ptr[i];
        f->hidden_in[i] = s->parent == NC_NONE ? NC_NONE : f->hidden_in[s->parent];
        if (f->hidden_in[i] == NC_NONE && s->collapsed)
            f->hidden_in[i] = i;
    }
    return true;
}

static uint32_t frame_of(const flow *f, uint32_t subgraph)
{
    return subgraph == NC_NONE ? NC_NONE : f->subgraph_ends[subgraph].index;
}

static bool subgraph_group(nc_group *group, const flow *f, const nc_flow_subgraph *s)
{
    group->id = s->id;
    if (s->parent != NC_NONE)
        group->parent = f->chart->subgraphs.ptr[s->parent].id;
    add_link(group, f->draw->diags, s->link.at, &s->link);
    return join(&group->classes, f->draw->arena, &s->classes) &&
           nc_text_plain(&group->label, f->draw->arena, &s->title);
}

/* Tints: none like its parent's, and neighbours differ. */
static nc_paint tint(uint32_t index)
{
    static const nc_token tints[] = {NC_TOKEN_CLUSTER_FILL, NC_TOKEN_CLUSTER_FILL_2,
                                     NC_TOKEN_CLUSTER_FILL_3, NC_TOKEN_CLUSTER_FILL_4};
    return (nc_paint){.token = tints[index % NC_COUNT(tints)]};
}

static bool add_frame(flow *f, uint32_t index, nc_paint fill)
{
    const nc_flow_subgraph *s = &f->chart->subgraphs.ptr[index];
    nc_graph_frame frame = {.group = {.role = NC_ROLE_CLUSTER},
                            .look = {.fill = nc_paint_nth(fill, index),
                                     .line = nc_paint_nth(NC_PAINT(CLUSTER_LINE), index),
                                     .text = NC_PAINT(CLUSTER_TEXT),
                                     .width = 1,
                                     .face = NC_FACE_SEMIBOLD,
                                     .size = 12.5,
                                     .radius = 8},
                            .parent = frame_of(f, s->parent),
                            .has_dir = s->has_dir,
                            .dir = lay_dir(s->dir)};
    nc_style own;
    nc_flow_subgraph_style(&own, &f->styles, s);
    nc_look_apply(&frame.look, &own);
    const nc_text_style style = {
        .face = frame.look.face, .size = frame.look.size, .max_width = TITLE_WRAP};
    if (!subgraph_group(&frame.group, f, s) ||
        !nc_stack_add(&frame.title, f->draw, &s->title, &style, frame.look.text, 0))
        return false;
    f->subgraph_ends[index] = (nc_lay_end){.kind = NC_LAY_END_GROUP, .index = f->graph->frames.len};
    return NC_PUSH(f->draw->arena, &f->graph->frames, frame);
}

static bool add_frames(flow *f)
{
    const uint32_t len = f->chart->subgraphs.len;
    uint32_t *tints = NC_NEW(f->draw->arena, uint32_t, (size_t)len + 1);
    uint32_t *children = NC_NEW(f->draw->arena, uint32_t, (size_t)len + 1);
    uint32_t roots = 0;
    if (!tints || !children)
        return false;
    for (uint32_t i = 0; i < len; i++) {
        const uint32_t parent = f->chart->subgraphs.ptr[i].parent;
        if (f->hidden_in[i] != NC_NONE)
            continue;
        if (parent == NC_NONE)
            tints[i] = roots++ % 4;
        else
            tints[i] = (tints[parent] + 1 + children[parent]++ % 3) % 4;
        if (!add_frame(f, i, tint(tints[i])))
            return false;
    }
    return true;
}

/* ---- nodes --------------------------------------------------------------------------------- */

static const nc_figure *figure_of(const nc_flow_node *node)
{
    return node->shape == NC_FLOW_SHAPE_ICON ? nc_figure_frame(node->form)
                                             : nc_figure_flow(node->shape);
}

/* What a reader is told of the node: of icons and images without a label their name. */
static nc_label spoken_label(const nc_flow_node *node)
{
    nc_label label = node->label;
    if (label.text.len || (node->shape != NC_FLOW_SHAPE_ICON && node->shape != NC_FLOW_SHAPE_IMAGE))
        return label;
    label.text = node->icon.len ? node->icon : node->id;
    label.markup = NC_MARKUP_PLAIN;
    return label;
}

static bool is_size(double v)
{
    enum { MOST = 4096 };
    return v > 0 && v <= MOST;
}

/* The larger side of an icon is what the author gives, or 48. */
static void size_icon(nc_emblem *e, const nc_flow_node *n)
{
    const double given = fmax(is_size(n->w) ? n->w : 0, is_size(n->h) ? n->h : 0);
    const double side = given > 0 ? given : 48;
    const double scale = side / fmax(e->icon->w, e->icon->h);
    e->w = e->icon->w * scale;
    e->h = e->icon->h * scale;
}

/* One side given keeps the image's proportions, as `constraint: on` does with both. */
static void size_image(nc_emblem *e, const nc_flow_node *n)
{
    static const double natural_most = 400;
    const double ratio = e->image ? (double)e->image->w / e->image->h : 1;
    const bool keep = nc_sv_eq(n->constraint, NC_SV("on"));
    double w = is_size(n->w) ? n->w : 0;
    double h = is_size(n->h) ? n->h : 0;
    if (w <= 0 && h <= 0) {
        w = e->image ? e->image->w : 64;
        h = w / ratio;
        const double shrink = fmin(1, natural_most / fmax(w, h));
        w *= shrink;
        h *= shrink;
    } else if (h > 0 && (w <= 0 || keep)) {
        w = fmax(h * ratio, 1);
    } else if (h <= 0) {
        h = fmax(w / ratio, 1);
    }
    e->w = w;
    e->h = h;
}

/* An image that cannot be shown is an icon of one, in a dashed frame of its size. */
static bool stand_in(nc_emblem *e, nc_graph_node *node, flow *f)
{
    const double w = fmax(e->w, 24);
    const double h = fmax(e->h, 24);
    if (!nc_icon_no_image(&e->icon, f->draw->icons))
        return false;
    e->framed = true;
    e->w = fmin(w, h) * 0.5;
    e->h = e->w * e->icon->h / e->icon->w;
    node->look.dash = 4;
    node->look.gap = 3;
    return true;
}

static bool find_picture(nc_emblem *e, nc_graph_node *node, flow *f, const nc_flow_node *n,
                         nc_label *label)
{
    if (n->shape == NC_FLOW_SHAPE_IMAGE) {
        if (!nc_image_find(&e->image, f->draw->images, n->img, n->at))
            return false;
        size_image(e, n);
        return e->image || stand_in(e, node, f);
    }
    if (!nc_icon_find(&e->icon, f->draw->icons, n->icon, n->at))
        return false;
    size_icon(e, n);
    e->framed = node->figure != nc_figure_flow(NC_FLOW_SHAPE_ICON);
    if (label->text.len == 0 && !nc_icon_is_known(f->draw->icons, e->icon))
        *label = spoken_label(n); /* a question mark alone says nothing */
    return true;
}

/* The caption stands on the ground, whatever fills the frame. */
static bool add_emblem(nc_graph_node *node, flow *f, const nc_flow_node *n, nc_label *label,
                       const nc_style *own)
{
    if (n->shape != NC_FLOW_SHAPE_IMAGE && (n->shape != NC_FLOW_SHAPE_ICON || !n->icon.len))
        return true;
    if (f->draw->cells) { /* words instead of a picture */
        *label = spoken_label(n);
        return true;
    }
    node->emblem = NC_NEW(f->draw->arena, nc_emblem, 1);
    if (!node->emblem)
        return false;
    node->emblem->above = nc_sv_eq(n->pos, NC_SV("t"));
    if (!nc_style_has(own, NC_STYLE_COLOR))
        node->look.text = NC_PAINT(INK);
    return find_picture(node->emblem, node, f, n, label);
}

static bool add_label(flow *f, nc_graph_node *node, const nc_label *label)
{
    const nc_text_style style = {.face = node->look.face,
                                 .size = node->look.size,
                                 .max_width = nc_figure_wrap(node->figure, f->wrap)};
    return nc_stack_add(&node->label, f->draw, label, &style, node->look.text, 0);
}

static bool add_node(flow *f, uint32_t index)
{
    const nc_flow_node *n = &f->chart->nodes.ptr[index];
    const nc_label spoken = spoken_label(n);
    nc_label label = n->label;
    nc_graph_node node = {.group = {.role = NC_ROLE_NODE, .id = n->id},
                          .figure = figure_of(n),
                          .parent = frame_of(f, n->parent)};
    nc_style own;
    nc_flow_node_style(&own, &f->styles, n);
    node.look = node_look(node.figure);
    nc_look_apply(&node.look, &own);
    if (n->parent != NC_NONE)
        node.group.parent = f->chart->subgraphs.ptr[n->parent].id;
    if (!join(&node.group.classes, f->draw->arena, &n->classes) ||
        !nc_text_plain(&node.group.label, f->draw->arena, &spoken) ||
        !add_emblem(&node, f, n, &label, &own) || !add_label(f, &node, &label))
        return false;
    if (!nc_figure_has_label(node.figure) && !nc_sv_eq(node.group.label, n->id))
        node.group.tooltip = node.group.label;
    add_link(&node.group, f->draw->diags, n->link.at, &n->link);
    f->node_ends[index] = (nc_lay_end){.kind = NC_LAY_END_NODE, .index = f->graph->nodes.len};
    return NC_PUSH(f->draw->arena, &f->graph->nodes, node);
}

static bool add_collapsed(flow *f, uint32_t index)
{
    const nc_flow_subgraph *s = &f->chart->subgraphs.ptr[index];
    nc_graph_node node = {.group = {.role = NC_ROLE_NODE},
                          .figure = nc_figure_collapsed(),
                          .parent = frame_of(f, s->parent)};
    node.look = node_look(node.figure);
    node.look.fill = NC_PAINT(CLUSTER_FILL);
    nc_style own;
    nc_flow_subgraph_style(&own, &f->styles, s);
    nc_look_apply(&node.look, &own);
    if (!subgraph_group(&node.group, f, s) || !add_label(f, &node, &s->title))
        return false;
    f->subgraph_ends[index] = (nc_lay_end){.kind = NC_LAY_END_NODE, .index = f->graph->nodes.len};
    return NC_PUSH(f->draw->arena, &f->graph->nodes, node);
}

static bool add_nodes(flow *f)
{
    const nc_flowchart *chart = f->chart;
    f->node_ends = NC_NEW(f->draw->arena, nc_lay_end, (size_t)chart->nodes.len + 1);
    if (!f->node_ends ||
        !NC_FIT(f->draw->arena, &f->graph->nodes, chart->nodes.len + chart->subgraphs.len))
        return false;
    for (uint32_t i = 0; i < chart->subgraphs.len; i++)
        if (f->hidden_in[i] == i && !add_collapsed(f, i))
            return false;
    for (uint32_t i = 0; i < chart->nodes.len; i++) {
        const uint32_t parent = chart->nodes.ptr[i].parent;
        const uint32_t inside = parent == NC_NONE ? NC_NONE : f->hidden_in[parent];
        if (inside != NC_NONE)
            f->node_ends[i] = f->subgraph_ends[inside];
        else if (!add_node(f, i))
            return false;
    }
    return true;
}

/* ---- edges --------------------------------------------------------------------------------- */

static nc_lay_end end_of(const flow *f, nc_flow_end end)
{
    if (!end.is_subgraph)
        return f->node_ends[end.index];
    const uint32_t inside = f->hidden_in[end.index];
    return f->subgraph_ends[inside == NC_NONE ? end.index : inside];
}

/* True when the edge lies wholly inside a collapsed subgraph. */
static bool is_inside(const flow *f, const nc_flow_edge *e, nc_lay_end from, nc_lay_end to)
{
    const bool same = from.kind == to.kind && from.index == to.index;
    const bool own_loop = e->from.is_subgraph == e->to.is_subgraph && e->from.index == e->to.index;
    if (!same)
        return false;
    if (!own_loop)
        return true;
    const uint32_t parent =
        e->from.is_subgraph ? e->from.index : f->chart->nodes.ptr[e->from.index].parent;
    const uint32_t inside = parent == NC_NONE ? NC_NONE : f->hidden_in[parent];
    return inside != NC_NONE && !(e->from.is_subgraph && inside == e->from.index);
}

static const nc_group *group_of(const flow *f, nc_lay_end end)
{
    return end.kind == NC_LAY_END_NODE ? &f->graph->nodes.ptr[end.index].group
                                       : &f->graph->frames.ptr[end.index].group;
}

static nc_head head_of(nc_flow_head head)
{
    static const nc_head heads[] = {[NC_FLOW_NONE] = NC_HEAD_NONE,
                                    [NC_FLOW_POINT] = NC_HEAD_POINT,
                                    [NC_FLOW_CIRCLE] = NC_HEAD_CIRCLE,
                                    [NC_FLOW_CROSS] = NC_HEAD_CROSS};
    return heads[head];
}

static nc_look edge_look(nc_flow_stroke stroke)
{
    nc_look look = {.line = NC_PAINT(EDGE),
                    .text = NC_PAINT(LABEL_TEXT),
                    .width = 1.4,
                    .face = NC_FACE_REGULAR,
                    .size = 12.5};
    if (stroke == NC_FLOW_THICK)
        look.width = 2.6;
    if (stroke == NC_FLOW_DOTTED) {
        look.dash = 1.5;
        look.gap = 4;
        look.cap = NC_CAP_ROUND;
    }
    return look;
}

static nc_sv animation_class(const nc_flow_edge *e)
{
    if (nc_sv_eq(e->animation, NC_SV("slow")))
        return NC_SV("edge-animation-slow");
    if (e->animate || e->animation.len)
        return NC_SV("edge-animation-fast");
    return (nc_sv){0};
}

static nc_lay_curve curve_of(const flow *f, const nc_flow_edge *e)
{
    nc_sv name = e->curve.len ? e->curve : f->chart->link_default_curve;
    if (name.len == 0)
        name = nc_config_text(f->draw->config, "curve", (nc_sv){0});
    return nc_curve_lookup(name);
}

/* "Web to API: calls" */
static bool name_edge(nc_group *group, const flow *f, const nc_graph_edge *edge,
                      const nc_label *label)
{
    const nc_group *from = group_of(f, edge->from);
    const nc_group *to = group_of(f, edge->to);
    nc_sv text;
    group->from = from->id;
    group->to = to->id;
    return nc_text_plain(&text, f->draw->arena, label) &&
           nc_arena_printf(&group->label, f->draw->arena, "%.*s to %.*s%s%.*s",
                           (int)from->label.len, from->label.ptr, (int)to->label.len, to->label.ptr,
                           text.len ? ": " : "", (int)text.len, text.len ? text.ptr : "");
}

static bool name_id(nc_group *group, flow *f, const nc_flow_edge *e)
{
    group->id = e->id;
    return e->id.len || nc_graph_edge_id(&group->id, f->graph, group->from, group->to);
}

static bool add_edge(flow *f, const nc_flow_edge *e)
{
    nc_arena *const arena = f->draw->arena;
    nc_graph_edge edge = {.group = {.role = NC_ROLE_EDGE},
                          .from = end_of(f, e->from),
                          .to = end_of(f, e->to),
                          .min_len = e->length,
                          .hidden = e->stroke == NC_FLOW_INVISIBLE};
    if (is_inside(f, e, edge.from, edge.to))
        return true;
    edge.wire = (nc_wire){.tail = head_of(e->tail ? e->tail : e->author_tail),
                          .head = head_of(e->head),
                          .look = edge_look(e->stroke),
                          .curve = curve_of(f, e),
                          .css_class = animation_class(e)};
    nc_style own;
    nc_flow_edge_style(&own, &f->styles, e);
    own.given &= ~(unsigned)NC_STYLE_FILL; /* of the line: Mermaid adds `fill:none` itself */
    nc_look_apply(&edge.wire.look, &own);
    const nc_text_style style = {
        .face = edge.wire.look.face, .size = edge.wire.look.size, .max_width = EDGE_WRAP};
    return name_edge(&edge.group, f, &edge, &e->label) && name_id(&edge.group, f, e) &&
           join(&edge.group.classes, arena, &e->classes) &&
           nc_stack_add(&edge.label, f->draw, &e->label, &style, edge.wire.look.text, 0) &&
           NC_PUSH(arena, &f->graph->edges, edge);
}

static bool add_edges(flow *f)
{
    const nc_flowchart *chart = f->chart;
    if (!NC_FIT(f->draw->arena, &f->graph->edges, chart->edges.len))
        return false;
    for (uint32_t i = 0; i < chart->edges.len; i++)
        if (chart->edges.ptr[i].id.len && !nc_graph_keep_id(f->graph, chart->edges.ptr[i].id))
            return false;
    for (uint32_t i = 0; i < chart->edges.len; i++)
        if (!add_edge(f, &chart->edges.ptr[i]))
            return false;
    return true;
}

/* ---- the chart ----------------------------------------------------------------------------- */

/* A distance from the configuration: whole px, within reason. */
static double distance(const nc_draw *draw, const char *key, double usual)
{
    const double v = nc_config_number(draw->config, key, usual);
    return isfinite(v) ? fmin(fmax(floor(v), 8), 2000) : usual;
}

bool nc_place_flowchart(nc_placed_graph **out, nc_draw *draw, const nc_flowchart *chart)
{
    nc_placed_graph *graph = nc_graph_new(draw, NC_SV("flowchart"));
    if (!graph)
        return false;
    flow f = {.draw = draw,
              .chart = chart,
              .graph = graph,
              .wrap = distance(draw, "wrappingWidth", NODE_WRAP)};
    graph->kind = NC_SV("Flowchart");
    graph->dir = lay_dir(chart->dir);
    graph->node_gap = distance(draw, "nodeSpacing", graph->node_gap);
    graph->rank_gap = distance(draw, "rankSpacing", graph->rank_gap);
    graph->acc_title = chart->acc_title;
    graph->acc_descr = chart->acc_descr;
    if (!nc_graph_title(graph, chart->title.len ? chart->title : draw->title) ||
        !nc_flow_styles_init(&f.styles, chart, draw->diags, draw->arena) || !find_collapsed(&f) ||
        !add_frames(&f) || !add_nodes(&f))
        return false;
    *out = graph;
    return add_edges(&f) && nc_graph_place(graph);
}

bool nc_draw_flowchart(nc_scene *out, nc_draw *draw, const nc_flowchart *chart,
                       const nc_placed_graph *placed)
{
    (void)draw;
    (void)chart;
    return nc_graph_draw(out, placed);
}
