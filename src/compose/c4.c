/*
 * C4: elements become figures with a stack of texts, boundaries frames, relations edges whose
 * label carries the technology. Directions (Rel_U, Lay_R…) become wishes of the layout, in the
 * order of the source.
 */
#include "compose/c4_grid.h"
#include "compose/c4_legend.h"
#include "compose/c4_style.h"
#include "compose/graph.h"
#include "compose/link.h"
#include "compose/type.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { ELEMENT_WRAP = 190, LABEL_WRAP = 160, TITLE_WRAP = 280, LEAST_W = 180, LEAST_H = 84 };

/* The type of one kind's texts. */
typedef struct c4_types {
    nc_text_style name, type, descr;
} c4_types;

static const c4_types usual_types = {
    .name = {.face = NC_FACE_SEMIBOLD, .size = 15, .line_height = 1.25, .max_width = ELEMENT_WRAP},
    .type = {.face = NC_FACE_REGULAR, .size = 11.5, .max_width = ELEMENT_WRAP},
    .descr = {.face = NC_FACE_REGULAR, .size = 12.5, .max_width = ELEMENT_WRAP}};
static const nc_text_style boundary_style = {
    .face = NC_FACE_SEMIBOLD, .size = 12.5, .max_width = TITLE_WRAP};
static const nc_text_style boundary_type_style = {
    .face = NC_FACE_REGULAR, .size = 11.5, .max_width = TITLE_WRAP};
static const nc_text_style label_style = {
    .face = NC_FACE_REGULAR, .size = 12.5, .max_width = LABEL_WRAP};
static const nc_text_style technology_style = {
    .face = NC_FACE_REGULAR, .size = 11.5, .max_width = LABEL_WRAP};

typedef struct c4_work {
    nc_draw *draw;
    const nc_c4 *c4;
    nc_placed_graph *graph;
    bool *starts;   /* per element */
    bool whole;     /* `wrap: false`: lines end where their author ends them */
    c4_types types; /* of the element that is being measured */
    nc_text_style boundary, boundary_type, label, technology;
} c4_work;

/* What the configuration makes of a kind's type: `container_dbFontSize`, then `containerFontSize`. */
static void read_kind_types(c4_work *w, const nc_c4_element *e, nc_sv kind)
{
    static const char *const types[] = {[NC_C4_PERSON] = "person",
                                        [NC_C4_SYSTEM] = "system",
                                        [NC_C4_CONTAINER_TYPE] = "container",
                                        [NC_C4_COMPONENT_TYPE] = "component"};
    char stem[32];
    nc_text_style base = usual_types.name;
    w->types = usual_types;
    base.face = NC_FACE_REGULAR; /* names stay bold */
    const nc_text_style plain = base;
    (void)snprintf(stem, sizeof stem, "%s%s", e->external ? "external_" : "", types[e->type]);
    nc_type_read(&base, w->draw->config, stem);
    (void)snprintf(stem, sizeof stem, "%.*s", (int)kind.len, kind.ptr);
    nc_type_read(&base, w->draw->config, stem);
    w->types.name.size = base.size;
    if (base.face == NC_FACE_MONO)
        w->types.name.face = base.face;
    nc_type_follow(&w->types.type, &plain, &base);
    nc_type_follow(&w->types.descr, &plain, &base);
    if (w->whole)
        w->types.name.max_width = w->types.type.max_width = w->types.descr.max_width = 0;
}

static void read_types(c4_work *w)
{
    const nc_config *config = w->draw->config;
    w->whole = !nc_config_bool(config, "wrap", true);
    w->types = usual_types;
    w->boundary = boundary_style;
    w->boundary_type = boundary_type_style;
    w->label = label_style;
    w->technology = technology_style;
    nc_type_read(&w->boundary, config, "boundary");
    if (w->boundary.face == NC_FACE_REGULAR) /* titles stay bold */
        w->boundary.face = NC_FACE_SEMIBOLD;
    nc_type_read(&w->label, config, "message");
    nc_type_follow(&w->boundary_type, &boundary_style, &w->boundary);
    nc_type_follow(&w->technology, &label_style, &w->label);
    if (w->whole)
        w->boundary.max_width = w->boundary_type.max_width = w->label.max_width =
            w->technology.max_width = 0;
}

/* "[Container: Go]" as a label; only the brackets' content differs. Empty when both are. */
static bool bracketed(nc_label *out, nc_arena *arena, nc_sv kind, nc_sv technology)
{
    *out = (nc_label){.markup = NC_MARKUP_PLAIN};
    if (kind.len == 0 && technology.len == 0)
        return true;
    return nc_arena_printf(&out->text, arena, "[%.*s%s%.*s]", (int)kind.len,
                           kind.len ? kind.ptr : "", kind.len && technology.len ? ": " : "",
                           (int)technology.len, technology.len ? technology.ptr : "");
}

/* ---- properties ---------------------------------------------------------------------------- */

enum { PROPERTIES_WRAP = 260 };

static bool has_properties(const nc_c4_properties *p)
{
    return p->columns > 0 && p->cells.len > (p->header ? p->columns : 0);
}

/* One line of properties: `name: value` for two columns, else cells with dots between. */
static bool property_line(nc_label *out, nc_arena *arena, const nc_c4_properties *p, uint32_t row)
{
    const char *between = p->columns == 2 ? ": " : " \xc2\xb7 ";
    *out = (nc_label){.markup = NC_MARKUP_PLAIN};
    for (uint32_t i = row * p->columns; i < (row + 1) * p->columns && i < p->cells.len; i++) {
        const nc_sv cell = p->cells.ptr[i];
        const bool first = i == row * p->columns;
        if (!first && cell.len == 0)
            continue;
        if (!nc_arena_printf(&out->text, arena, "%.*s%s%.*s", (int)out->text.len,
                             first ? "" : out->text.ptr, first ? "" : between, (int)cell.len,
                             cell.len ? cell.ptr : ""))
            return false;
    }
    return true;
}

/* In cells there is no room for columns. */
static bool add_property_lines(c4_work *w, nc_stack *stack, const nc_c4_properties *p,
                               nc_paint fill)
{
    for (uint32_t row = 0; row * p->columns < p->cells.len; row++) {
        nc_label line;
        nc_text_style style = w->types.type;
        if (row == 0 && p->header)
            style.face = NC_FACE_SEMIBOLD;
        if (!property_line(&line, w->draw->arena, p, row) ||
            !nc_stack_add(stack, w->draw, &line, &style, fill, row == 0 ? 8 : 1))
            return false;
    }
    return true;
}

/* A table, its header in bold if the author gave one. */
static bool add_properties(c4_work *w, nc_stack *stack, const nc_c4_properties *p, nc_paint fill)
{
    nc_table *table;
    if (!has_properties(p))
        return true;
    if (w->draw->cells || !w->draw->measure)
        return add_property_lines(w, stack, p, fill);
    nc_text_style style = w->types.type;
    style.max_width = PROPERTIES_WRAP;
    return nc_table_make(&table, w->draw, p->cells.ptr, p->cells.len, p->columns, p->header,
                         &style) &&
           nc_stack_add_table(stack, w->draw, table, fill, 8);
}

/* The same for who hears it: ". Region: eu, Size: 2" */
static bool property_words(nc_sv *out, c4_work *w, const nc_c4_properties *p)
{
    nc_arena *const arena = w->draw->arena;
    *out = (nc_sv){0};
    for (uint32_t row = p->header; has_properties(p) && row * p->columns < p->cells.len; row++) {
        nc_label line;
        nc_sv words;
        if (!property_line(&line, arena, p, row) || !nc_text_plain(&words, arena, &line) ||
            !nc_arena_printf(out, arena, "%.*s%s%.*s", (int)out->len, out->len ? out->ptr : "",
                             out->len ? ", " : ". ", (int)words.len, words.len ? words.ptr : ""))
            return false;
    }
    return true;
}

/* ---- boundaries ---------------------------------------------------------------------------- */

/* The names that macros give, as words; what an author wrote stays as it is. */
static nc_sv boundary_type(nc_sv type)
{
    static const struct {
        nc_sv name, words;
    } rows[] = {
        {NC_SV_INIT("ENTERPRISE"), NC_SV_INIT("Enterprise")},
        {NC_SV_INIT("SYSTEM"), NC_SV_INIT("Software System")},
        {NC_SV_INIT("CONTAINER"), NC_SV_INIT("Container")},
        {NC_SV_INIT("system"), NC_SV_INIT("System")},
        {NC_SV_INIT("node"), NC_SV_INIT("Node")},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++)
        if (nc_sv_eq(type, rows[i].name))
            return rows[i].words;
    return type;
}

static bool frame_title(c4_work *w, nc_graph_frame *frame, const nc_c4_boundary *b)
{
    nc_label type;
    return bracketed(&type, w->draw->arena, boundary_type(nc_c4_boundary_type(w->c4, b)),
                     b->technology.text) &&
           nc_stack_add(&frame->title, w->draw, &b->label, &w->boundary, frame->look.text, 0) &&
           nc_stack_add(&frame->title, w->draw, &type, &w->boundary_type, frame->look.text, 0) &&
           nc_stack_add(&frame->title, w->draw, &b->description, &w->boundary_type,
                        frame->look.text, 2) &&
           add_properties(w, &frame->title, &b->properties, frame->look.text);
}

/* "Shop, Software System. All that we own" */
static bool frame_words(nc_group *group, c4_work *w, const nc_c4_boundary *b)
{
    nc_arena *const arena = w->draw->arena;
    const nc_label type = {.text = boundary_type(nc_c4_boundary_type(w->c4, b)),
                           .markup = NC_MARKUP_PLAIN};
    nc_sv name;
    nc_sv words;
    nc_sv descr;
    nc_sv properties;
    return nc_text_plain(&name, arena, &b->label) && nc_text_plain(&words, arena, &type) &&
           nc_text_plain(&descr, arena, &b->description) &&
           property_words(&properties, w, &b->properties) &&
           nc_arena_printf(&group->label, arena, "%.*s%s%.*s%s%.*s%.*s", (int)name.len,
                           name.len ? name.ptr : "", name.len && words.len ? ", " : "",
                           (int)words.len, words.len ? words.ptr : "", descr.len ? ". " : "",
                           (int)descr.len, descr.len ? descr.ptr : "", (int)properties.len,
                           properties.len ? properties.ptr : "");
}

static uint32_t depth_of(const nc_c4 *c4, uint32_t boundary)
{
    uint32_t depth = 0;
    while ((boundary = c4->boundaries.ptr[boundary].parent) != NC_NONE)
        depth++;
    return depth;
}

/* Deployment nodes are solid and quietly tinted by depth; other boundaries dashed and clear. */
static nc_look frame_look(const nc_c4 *c4, uint32_t boundary)
{
    static const nc_token tints[] = {NC_TOKEN_CLUSTER_FILL, NC_TOKEN_CLUSTER_FILL_2,
                                     NC_TOKEN_CLUSTER_FILL_3, NC_TOKEN_CLUSTER_FILL_4};
    nc_look look = {.line = NC_PAINT(BOUNDARY_LINE),
                    .text = NC_PAINT(BOUNDARY_TEXT),
                    .width = 1,
                    .dash = 6,
                    .gap = 4,
                    .radius = 8};
    if (c4->boundaries.ptr[boundary].kind == NC_C4_BOUNDARY)
        return look;
    look.dash = look.gap = 0;
    look.fill.token = tints[depth_of(c4, boundary) % NC_COUNT(tints)];
    return look;
}

static bool add_boundary(c4_work *w, uint32_t index)
{
    const nc_c4_boundary *b = &w->c4->boundaries.ptr[index];
    nc_graph_frame frame = {.group = {.role = NC_ROLE_CLUSTER, .id = b->id},
                            .look = frame_look(w->c4, index),
                            .parent = b->parent};
    frame.group.kind = b->kind == NC_C4_BOUNDARY ? NC_SV("boundary") : NC_SV("node");
    if (b->parent != NC_NONE)
        frame.group.parent = w->c4->boundaries.ptr[b->parent].id;
    frame.group.href = nc_link_check(w->draw->diags, b->at, b->link);
    nc_c4_boundary_look(&frame.look, w->c4, b, w->draw->diags);
    frame.eight_sided = nc_c4_boundary_is_eight_sided(w->c4, b);
    return frame_words(&frame.group, w, b) && frame_title(w, &frame, b) &&
           NC_PUSH(w->draw->arena, &w->graph->frames, frame);
}

/* ---- elements ------------------------------------------------------------------------------ */

/* Name, type and technology, description, properties. */
static bool element_texts(c4_work *w, nc_stack *stack, const nc_c4_element *e, nc_paint fill)
{
    const nc_sv kind =
        w->c4->legend.hide_stereotype ? (nc_sv){0} : nc_c4_type_words(e->type, e->external);
    nc_sv technology = e->technology.text;
    if (technology.len == 0)
        technology = nc_c4_tag_technology(w->c4, e);
    nc_label type;
    return bracketed(&type, w->draw->arena, kind, technology) &&
           nc_stack_add(stack, w->draw, &e->label, &w->types.name, fill, 0) &&
           nc_stack_add(stack, w->draw, &type, &w->types.type, fill, 1) &&
           nc_stack_add(stack, w->draw, &e->description, &w->types.descr, fill, 8) &&
           add_properties(w, stack, &e->properties, fill);
}

/* "Web application, Container: Go. Serves the pages. Region: eu" */
static bool element_words(nc_group *group, c4_work *w, const nc_c4_element *e)
{
    nc_arena *const arena = w->draw->arena;
    nc_label technology = e->technology;
    nc_sv name;
    nc_sv descr;
    nc_sv techn;
    nc_sv properties;
    const nc_sv kind = nc_c4_type_words(e->type, e->external);
    if (technology.text.len == 0)
        technology.text = nc_c4_tag_technology(w->c4, e);
    return nc_text_plain(&name, arena, &e->label) &&
           nc_text_plain(&descr, arena, &e->description) &&
           nc_text_plain(&techn, arena, &technology) &&
           property_words(&properties, w, &e->properties) &&
           nc_arena_printf(&group->label, arena, "%.*s, %.*s%s%.*s%s%.*s%.*s", (int)name.len,
                           name.ptr, (int)kind.len, kind.ptr, techn.len ? ": " : "", (int)techn.len,
                           techn.len ? techn.ptr : "", descr.len ? ". " : "", (int)descr.len,
                           descr.len ? descr.ptr : "", (int)properties.len,
                           properties.len ? properties.ptr : "");
}

static bool add_element(c4_work *w, const nc_c4_element *e)
{
    nc_graph_node node = {.group = {.role = NC_ROLE_NODE, .id = e->id},
                          .parent = e->parent,
                          .min_w = LEAST_W,
                          .min_h = LEAST_H};
    node.figure = nc_figure_c4(nc_c4_element_look(&node.look, w->c4, e, w->draw->diags));
    node.group.href = nc_link_check(w->draw->diags, e->at, e->link);
    if (e->parent != NC_NONE)
        node.group.parent = w->c4->boundaries.ptr[e->parent].id;
    if (!nc_c4_kind(&node.group.kind, w->draw->arena, e))
        return false;
    read_kind_types(w, e, node.group.kind);
    return element_words(&node.group, w, e) && element_texts(w, &node.label, e, node.look.text) &&
           NC_PUSH(w->draw->arena, &w->graph->nodes, node);
}

/* ---- relations ----------------------------------------------------------------------------- */

static nc_lay_end lay_end(const c4_work *w, nc_c4_end end)
{
    if (end.is_legend)
        return (nc_lay_end){.kind = NC_LAY_END_NODE, .index = w->graph->legend_node};
    return (nc_lay_end){.kind = end.is_boundary ? NC_LAY_END_GROUP : NC_LAY_END_NODE,
                        .index = end.index};
}

static nc_sv end_name(const c4_work *w, nc_c4_end end)
{
    return end.is_boundary ? w->c4->boundaries.ptr[end.index].label.text
                           : w->c4->elements.ptr[end.index].label.text;
}

static bool is_same_end(nc_c4_end a, nc_c4_end b)
{
    return a.is_boundary == b.is_boundary && a.is_legend == b.is_legend && a.index == b.index;
}

/*
 * A direction as a wish of the layout. The layout's terms turn with the main flow, as C4-PlantUML's
 * macros do with LAYOUT_LEFT_RIGHT; with LAYOUT_LANDSCAPE they keep their literal meaning, so down
 * is beside the flow and right is along it.
 */
static nc_lay_constraint wish_of(const c4_work *w, nc_c4_direction direction, nc_c4_end from,
                                 nc_c4_end to)
{
    static const struct {
        nc_lay_rule turned, literal;
        bool swapped; /* the target comes first */
    } rows[] = {
        [NC_C4_ANY] = {NC_LAY_RULE_BELOW, NC_LAY_RULE_BELOW, false},
        [NC_C4_UP] = {NC_LAY_RULE_BELOW, NC_LAY_RULE_RIGHT_OF, true},
        [NC_C4_DOWN] = {NC_LAY_RULE_BELOW, NC_LAY_RULE_RIGHT_OF, false},
        [NC_C4_LEFT] = {NC_LAY_RULE_RIGHT_OF, NC_LAY_RULE_BELOW, true},
        [NC_C4_RIGHT] = {NC_LAY_RULE_RIGHT_OF, NC_LAY_RULE_BELOW, false},
        [NC_C4_NEIGHBOR] = {NC_LAY_RULE_BESIDE, NC_LAY_RULE_BELOW, false},
    };
    const bool literal = w->c4->flow == NC_C4_LANDSCAPE;
    return (nc_lay_constraint){.rule = literal ? rows[direction].literal : rows[direction].turned,
                               .a = lay_end(w, rows[direction].swapped ? to : from),
                               .b = lay_end(w, rows[direction].swapped ? from : to)};
}

static bool relation_texts(c4_work *w, nc_graph_edge *edge, const nc_c4_relation *r)
{
    nc_label label = r->label;
    nc_label technology;
    const nc_paint text = edge->wire.look.text;
    const bool own = text.token == NC_TOKEN_NONE; /* the author's colour is for all of it */
    const nc_paint muted = own ? text : NC_PAINT(MUTED);
    if (r->index.len &&
        !nc_arena_printf(&label.text, w->draw->arena, "%.*s%s%.*s", (int)r->index.len, r->index.ptr,
                         label.text.len ? ": " : "", (int)label.text.len,
                         label.text.len ? label.text.ptr : ""))
        return false;
    return bracketed(&technology, w->draw->arena, (nc_sv){0},
                     nc_c4_relation_technology(w->c4, r)) &&
           nc_stack_add(&edge->label, w->draw, &label, &w->label, text, 0) &&
           nc_stack_add(&edge->label, w->draw, &technology, &w->technology, muted, 0) &&
           nc_stack_add(&edge->label, w->draw, &r->description, &w->technology, muted, 0);
}

/* "Web to API. 3: Calls, HTTPS. Every minute", all that the drawn label says. */
static bool relation_words(nc_sv *out, c4_work *w, const nc_c4_relation *r)
{
    nc_arena *const arena = w->draw->arena;
    const nc_sv from = end_name(w, r->from);
    const nc_sv to = end_name(w, r->to);
    const nc_sv techn = nc_c4_relation_technology(w->c4, r);
    const nc_sv pieces[] = {r->index, r->label.text, techn, r->description.text};
    const char *const before[] = {": ", ": ", ", ", ". "};
    nc_label words = {.markup = NC_MARKUP_PLAIN};
    if (!nc_arena_printf(&words.text, arena, "%.*s to %.*s", (int)from.len, from.ptr, (int)to.len,
                         to.ptr))
        return false;
    for (size_t i = 0; i < NC_COUNT(pieces); i++)
        if (pieces[i].len &&
            !nc_arena_printf(&words.text, arena, "%.*s%s%.*s", (int)words.text.len, words.text.ptr,
                             before[i], (int)pieces[i].len, pieces[i].ptr))
            return false;
    return nc_text_plain(out, arena, &words);
}

static bool relation_group(c4_work *w, nc_group *group, const nc_c4_relation *r)
{
    group->from = r->from.id;
    group->to = r->to.id;
    group->href = nc_link_check(w->draw->diags, r->at, r->link);
    return relation_words(&group->label, w, r) &&
           nc_graph_edge_id(&group->id, w->graph, r->from.id, r->to.id);
}

/* An offset within reason: whole px. */
static double wish_px(double v)
{
    return isfinite(v) ? fmin(fmax(floor(v), -2000), 2000) : 0;
}

static bool is_person(const nc_c4 *c4, nc_c4_end end)
{
    return !end.is_boundary && end.index != NC_NONE &&
           c4->elements.ptr[end.index].type == NC_C4_PERSON;
}

/* Which elements are persons with whom something begins: they are where a reader starts. */
static bool find_starters(c4_work *w)
{
    const nc_c4 *c4 = w->c4;
    w->starts = NC_NEW(w->draw->arena, bool, (size_t)c4->elements.len + 1);
    if (!w->starts)
        return false;
    for (uint32_t i = 0; i < c4->relations.len; i++) {
        const nc_c4_relation *r = &c4->relations.ptr[i];
        if (r->kind != NC_C4_REL_BACK && is_person(c4, r->from))
            w->starts[r->from.index] = true;
        if (r->kind != NC_C4_REL && is_person(c4, r->to))
            w->starts[r->to.index] = true;
    }
    return true;
}

/*
 * Whether the target is wanted before the source. The author's word comes first; else what comes
 * back to a person with whom something begins (a mail, an answer) leaves that person on top.
 */
static bool is_flipped(const c4_work *w, const nc_c4_relation *r)
{
    if (r->direction == NC_C4_ANY)
        return is_person(w->c4, r->to) && w->starts[r->to.index] && !is_person(w->c4, r->from);
    const nc_lay_end to = lay_end(w, r->to);
    const nc_lay_constraint wish = wish_of(w, r->direction, r->from, r->to);
    return wish.a.kind == to.kind && wish.a.index == to.index;
}

static bool add_relation(c4_work *w, const nc_c4_relation *r)
{
    if (r->from.index == NC_NONE || r->to.index == NC_NONE)
        return true;
    nc_graph_edge edge = {.group = {.role = NC_ROLE_EDGE},
                          .from = lay_end(w, r->from),
                          .to = lay_end(w, r->to),
                          .flipped = !w->graph->rows && is_flipped(w, r),
                          .wire = {.curve = NC_LAY_CURVE_ROUNDED}};
    edge.wire.tail = r->kind == NC_C4_REL ? NC_HEAD_NONE : NC_HEAD_POINT;
    edge.wire.head = r->kind == NC_C4_REL_BACK ? NC_HEAD_NONE : NC_HEAD_POINT;
    edge.shift_x = wish_px(r->has_offset_x ? r->offset_x : 0);
    edge.shift_y = wish_px(r->has_offset_y ? r->offset_y : 0);
    nc_c4_relation_look(&edge.wire.look, w->c4, r, w->draw->diags);
    return relation_group(w, &edge.group, r) && relation_texts(w, &edge, r) &&
           NC_PUSH(w->draw->arena, &w->graph->edges, edge);
}

/* ---- wishes -------------------------------------------------------------------------------- */

static const char *direction_suffix(nc_c4_direction direction)
{
    static const char *const suffixes[] = {
        [NC_C4_ANY] = "",    [NC_C4_UP] = "_U",    [NC_C4_DOWN] = "_D",
        [NC_C4_LEFT] = "_L", [NC_C4_RIGHT] = "_R", [NC_C4_NEIGHBOR] = "_Neighbor",
    };
    return suffixes[direction];
}

static bool is_placed(const c4_work *w, nc_c4_end end)
{
    return end.is_legend ? w->graph->legend_node != NC_NONE : end.index != NC_NONE;
}

static bool add_wish(c4_work *w, const char *macro, nc_c4_direction direction, nc_span at,
                     nc_c4_end from, nc_c4_end to, uint32_t further)
{
    if (direction == NC_C4_ANY || !is_placed(w, from) || !is_placed(w, to) || is_same_end(from, to))
        return true;
    nc_graph_rule rule = {.wish = wish_of(w, direction, from, to), .at = at};
    if (rule.wish.rule == NC_LAY_RULE_BELOW)
        rule.wish.distance = 1 + further;
    return nc_arena_printf(&rule.name, w->draw->arena, "%s%s(%.*s, %.*s)", macro,
                           direction_suffix(direction), (int)from.id.len, from.id.ptr,
                           (int)to.id.len, to.id.ptr) &&
           NC_PUSH(w->draw->arena, &w->graph->rules, rule);
}

static int by_place(const void *a, const void *b)
{
    const nc_graph_rule *x = a;
    const nc_graph_rule *y = b;
    if (x->at.start != y->at.start)
        return x->at.start < y->at.start ? -1 : 1;
    return nc_sv_cmp(x->name, y->name);
}

static bool add_wishes(c4_work *w)
{
    static const char *const macros[] = {
        [NC_C4_REL] = "Rel", [NC_C4_BIREL] = "BiRel", [NC_C4_REL_BACK] = "Rel_Back"};
    static_assert(NC_COUNT(macros) == NC_C4_RELATION_KIND_COUNT, "a relation has no name");
    for (uint32_t i = 0; i < w->c4->relations.len; i++) {
        const nc_c4_relation *r = &w->c4->relations.ptr[i];
        if (!add_wish(w, macros[r->kind], r->direction, r->at, r->from, r->to, 0))
            return false;
    }
    for (uint32_t i = 0; i < w->c4->rules.len; i++) {
        const nc_c4_layout_rule *r = &w->c4->rules.ptr[i];
        if (!add_wish(w, "Lay", r->direction, r->at, r->from, r->to, r->distance))
            return false;
    }
    if (w->graph->rules.len)
        qsort(w->graph->rules.ptr, w->graph->rules.len, sizeof *w->graph->rules.ptr, by_place);
    return true;
}

/* ---- the diagram --------------------------------------------------------------------------- */

/* A legend that wishes name is one of the nodes; rows of Mermaid's and cells have no place for it. */
static bool float_legend(c4_work *w)
{
    const nc_c4_legend *legend = &w->c4->legend;
    bool named = false;
    for (uint32_t i = 0; i < w->c4->rules.len; i++)
        named = named || w->c4->rules.ptr[i].from.is_legend || w->c4->rules.ptr[i].to.is_legend;
    if (!named || w->graph->rows || w->draw->cells)
        return true;
    return nc_graph_float_legend(w->graph, legend->alias.len ? legend->alias : NC_SV("LEGEND()"));
}

static bool collect(c4_work *w)
{
    for (uint32_t i = 0; i < w->c4->boundaries.len; i++)
        if (!add_boundary(w, i))
            return false;
    for (uint32_t i = 0; i < w->c4->elements.len; i++)
        if (!add_element(w, &w->c4->elements.ptr[i]))
            return false;
    if (!find_starters(w))
        return false;
    for (uint32_t i = 0; i < w->c4->relations.len; i++)
        if (!add_relation(w, &w->c4->relations.ptr[i]))
            return false;
    if (!nc_c4_legend_add(w->graph, w->c4) || !float_legend(w))
        return false;
    return w->graph->rows ? nc_c4_grid_rules(w->graph, w->c4) : add_wishes(w);
}

bool nc_place_c4(nc_placed_graph **out, nc_draw *draw, const nc_c4 *c4)
{
    static const nc_sv kinds[] = {[NC_C4_CONTEXT] = NC_SV_INIT("System context diagram"),
                                  [NC_C4_CONTAINER] = NC_SV_INIT("Container diagram"),
                                  [NC_C4_COMPONENT] = NC_SV_INIT("Component diagram"),
                                  [NC_C4_DYNAMIC] = NC_SV_INIT("Dynamic diagram"),
                                  [NC_C4_DEPLOYMENT] = NC_SV_INIT("Deployment diagram")};
    static_assert(NC_COUNT(kinds) == NC_C4_VARIANT_COUNT, "a variant has no words");
    nc_placed_graph *graph = nc_graph_new(draw, NC_SV("c4"));
    if (!graph)
        return false;
    c4_work w = {.draw = draw, .c4 = c4, .graph = graph};
    read_types(&w);
    graph->kind = kinds[c4->variant];
    graph->rows = nc_sv_eq(nc_config_appearance(draw->config, "layout", (nc_sv){0}), NC_SV("grid"));
    graph->dir = c4->flow == NC_C4_TOP_DOWN || graph->rows ? NC_LAY_TB : NC_LAY_LR;
    graph->acc_title = c4->acc_title;
    graph->acc_descr = c4->acc_descr;
    *out = graph;
    return nc_graph_title(graph, c4->title.len ? c4->title : draw->title) && collect(&w) &&
           nc_graph_place(graph);
}

bool nc_draw_c4(nc_scene *out, nc_draw *draw, const nc_c4 *c4, const nc_placed_graph *placed)
{
    (void)draw;
    (void)c4;
    return nc_graph_draw(out, placed);
}
