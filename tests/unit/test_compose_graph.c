#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "compose/edges.h"
#include "compose/graph.h"
#include "compose/link.h"
#include "compose/shapes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Every figure there is, for tests over all of them. */
enum { FIGURES = NC_FLOW_SHAPE_COUNT + NC_C4_FIGURE_COUNT + 1 };

static const nc_figure *figure_at(uint32_t i)
{
    if (i < NC_FLOW_SHAPE_COUNT)
        return nc_figure_flow((nc_flow_shape)i);
    i -= NC_FLOW_SHAPE_COUNT;
    return i < NC_C4_FIGURE_COUNT ? nc_figure_c4((nc_c4_figure)i) : nc_figure_collapsed();
}

/* Labels as they come: a letter, a line, a long line, two lines, a tall narrow one. */
static const nc_want labels[] = {{9, 19, 0, 0, false},
                                 {82.4, 18.9, 0, 0, false},
                                 {198, 18.9, 0, 0, false},
                                 {120, 37.8, 0, 0, false},
                                 {40, 94.5, 0, 0, false}};

static const nc_look look = {.fill = {.token = NC_TOKEN_NODE_FILL},
                             .line = {.token = NC_TOKEN_NODE_LINE},
                             .width = 1.25,
                             .radius = -1};

static double side(nc_lay_point a, nc_lay_point b, double x, double y)
{
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

static double area(const nc_lay_point *p, uint32_t len)
{
    double sum = 0;
    for (uint32_t i = 0; i < len; i++)
        sum += p[i].x * p[(i + 1) % len].y - p[(i + 1) % len].x * p[i].y;
    return sum / 2;
}

static bool is_inside(const nc_lay_point *p, uint32_t len, double x, double y)
{
    int winding = 0;
    for (uint32_t i = 0; i < len; i++) {
        const nc_lay_point a = p[i];
        const nc_lay_point b = p[(i + 1) % len];
        if (a.y <= y && b.y > y && side(a, b, x, y) > 0)
            winding++;
        if (a.y > y && b.y <= y && side(a, b, x, y) < 0)
            winding--;
    }
    return winding != 0;
}

static bool holds_label(const nc_lay_point *p, uint32_t len, const nc_fit *fit)
{
    enum { STEPS = 16 };
    for (int i = 0; i <= STEPS; i++) {
        const double x = fit->label_x + fit->label_w * i / STEPS;
        const double y = fit->label_y + fit->label_h * i / STEPS;
        if (!is_inside(p, len, x, fit->label_y) ||
            !is_inside(p, len, x, fit->label_y + fit->label_h) ||
            !is_inside(p, len, fit->label_x, y) ||
            !is_inside(p, len, fit->label_x + fit->label_w, y))
            return false;
    }
    return true;
}

static void figures_hold_their_labels(void **state)
{
    (void)state;
    nc_arena arena;
    nc_arena_init(&arena, NULL, 0);
    for (uint32_t i = 0; i < FIGURES; i++) {
        const nc_figure *figure = figure_at(i);
        for (size_t k = 0; k < NC_COUNT(labels); k++) {
            nc_fit fit;
            const nc_lay_point *clip;
            uint32_t len;
            nc_figure_fit(&fit, figure, &labels[k]);
            assert_true(nc_figure_clip(&clip, &len, &arena, figure, fit.w, fit.h));
            if (fmod(fit.w, 2) != 0 || fmod(fit.h, 2) != 0)
                fail_msg("%s: %g x %g is no even box", nc_figure_name(figure), fit.w, fit.h);
            if (fit.label_x < 0 || fit.label_x + fit.label_w > fit.w || fit.label_y < 0 ||
                fit.label_y + fit.label_h > fit.h)
                fail_msg("%s: label %zu leaves the box", nc_figure_name(figure), k);
            if (len && area(clip, len) <= 0)
                fail_msg("%s: the outline does not run clockwise", nc_figure_name(figure));
            if (len && nc_figure_has_label(figure) && !holds_label(clip, len, &fit))
                fail_msg("%s: label %zu cuts the outline", nc_figure_name(figure), k);
        }
    }
    nc_arena_release(&arena);
}

static void outlines_fill_their_boxes(void **state)
{
    (void)state;
    nc_arena arena;
    nc_arena_init(&arena, NULL, 0);
    for (uint32_t i = 0; i < FIGURES; i++) {
        nc_fit fit;
        const nc_lay_point *clip;
        uint32_t len;
        nc_figure_fit(&fit, figure_at(i), &labels[1]);
        assert_true(nc_figure_clip(&clip, &len, &arena, figure_at(i), fit.w, fit.h));
        double low_x = fit.w, low_y = fit.h, high_x = 0, high_y = 0;
        for (uint32_t k = 0; k < len; k++) {
            low_x = fmin(low_x, clip[k].x);
            low_y = fmin(low_y, clip[k].y);
            high_x = fmax(high_x, clip[k].x);
            high_y = fmax(high_y, clip[k].y);
        }
        if (len && (fabs(low_x) > 0.01 || fabs(low_y) > 0.1 || fabs(high_x - fit.w) > 0.01 ||
                    fabs(high_y - fit.h) > 0.1))
            fail_msg("%s: outline %g,%g to %g,%g in a box of %g x %g", nc_figure_name(figure_at(i)),
                     low_x, low_y, high_x, high_y, fit.w, fit.h);
    }
    nc_arena_release(&arena);
}

static void figures_grow_with_their_labels(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < FIGURES; i++) {
        nc_fit last = {0};
        for (double size = 10; size <= 200; size += 10) {
            const nc_want want = {.label_w = size, .label_h = size / 2};
            nc_fit fit;
            nc_figure_fit(&fit, figure_at(i), &want);
            assert_true(fit.w >= last.w && fit.h >= last.h);
            last = fit;
        }
    }
}

static void figures_heed_a_least_size(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < FIGURES; i++) {
        const nc_want want = {
            .label_w = 20, .label_h = 19, .min_w = 300, .min_h = 200, .across = false};
        nc_fit fit;
        nc_figure_fit(&fit, figure_at(i), &want);
        if (nc_figure_grows(figure_at(i)))
            assert_true(fit.w == 300 && fit.h == 200);
        else
            assert_true(fit.w < 300 && fit.h < 200);
    }
}

/* The drawing of one figure as text. */
static char *dump_figure(nc_arena *arena, const nc_figure *figure, const nc_want *want)
{
    nc_scene scene;
    nc_buf out;
    nc_fit fit;
    nc_look own = look;
    nc_scene_init(&scene, arena);
    nc_buf_init(&out, NULL, 0);
    nc_figure_fit(&fit, figure, want);
    nc_figure_look(&own, figure);
    assert_true(nc_figure_draw(&scene, figure, (nc_lay_rect){0, 0, fit.w, fit.h}, &own));
    assert_true(scene.items.len > 0);
    nc_scene_dump(&out, &scene);
    assert_false(out.failed);
    nc_sv copy;
    assert_true(nc_arena_copy(&copy, arena, nc_buf_sv(&out)));
    nc_buf_release(&out);
    return (char *)(uintptr_t)copy.ptr;
}

static void shapes_are_distinct(void **state)
{
    (void)state;
    nc_arena arena;
    nc_arena_init(&arena, NULL, 0);
    const char *dumps[NC_FLOW_SHAPE_COUNT];
    for (uint32_t i = 0; i < NC_FLOW_SHAPE_COUNT; i++) {
        dumps[i] = dump_figure(&arena, nc_figure_flow((nc_flow_shape)i), &labels[1]);
        for (uint32_t k = 0; k < i; k++)
            if (strcmp(dumps[i], dumps[k]) == 0)
                fail_msg("%s and %s look the same",
                         nc_figure_name(nc_figure_flow((nc_flow_shape)i)),
                         nc_figure_name(nc_figure_flow((nc_flow_shape)k)));
    }
    nc_arena_release(&arena);
}

static void figures_are_named_after_their_shape(void **state)
{
    (void)state;
    static const char *const names[] = {
#define NC_FLOW_SHAPE(name, text) text,
#include "model/shapes.def"
#undef NC_FLOW_SHAPE
    };
    for (uint32_t i = 0; i < NC_FLOW_SHAPE_COUNT; i++)
        assert_string_equal(nc_figure_name(nc_figure_flow((nc_flow_shape)i)), names[i]);
}

/* The line ends under the head, the head at the route's end; a line without head reaches it. */
static void heads_touch_their_ends(void **state)
{
    (void)state;
    static const nc_lay_point route[] = {{10, 0}, {10, 50}, {80, 50}, {80, 100}};
    nc_arena arena;
    nc_arena_init(&arena, NULL, 0);
    for (int head = NC_HEAD_NONE; head < NC_HEAD_COUNT; head++) {
        nc_scene scene;
        nc_scene_init(&scene, &arena);
        const nc_wire wire = {.head = (nc_head)head,
                              .look = {.line = {.token = NC_TOKEN_EDGE}, .width = 1.4},
                              .curve = NC_LAY_CURVE_ROUNDED};
        assert_true(nc_wire_draw(&scene, &wire, route, NC_COUNT(route)));
        const nc_shape *line = &scene.items.ptr[0].as.shape;
        const nc_point end = line->path.points[line->path.point_len - 1];
        assert_int_equal(line->part, NC_PART_EDGE_PATH);
        assert_true(end.x == 80 && end.y <= 100 && end.y > 100 - 9);
        assert_int_equal(scene.items.len, head == NC_HEAD_NONE ? 1 : 2);
        if (head == NC_HEAD_NONE) {
            assert_true(end.y == 100);
            continue;
        }
        const nc_shape *mark = &scene.items.ptr[1].as.shape;
        double low = mark->kind == NC_SHAPE_ELLIPSE ? mark->y + mark->h : 0;
        for (uint32_t i = 0; i < mark->path.point_len; i++)
            low = fmax(low, mark->path.points[i].y);
        assert_int_equal(mark->part, NC_PART_EDGE_HEAD);
        assert_true(low <= 100.001 && low > 97);
    }
    nc_arena_release(&arena);
}

static void edges_get_ids_of_their_own(void **state)
{
    (void)state;
    nc_arena arena;
    nc_arena_init(&arena, NULL, 0);
    nc_draw draw = {.arena = &arena};
    nc_placed_graph *graph = nc_graph_new(&draw, NC_SV("flowchart"));
    nc_sv id;
    assert_non_null(graph);
    assert_true(nc_graph_keep_id(graph, NC_SV("L_A_B_2")));
    static const char *const wanted[] = {"L_A_B_0", "L_A_B_3", "L_A_B_4"};
    for (size_t i = 0; i < NC_COUNT(wanted); i++) {
        assert_true(nc_graph_edge_id(&id, graph, NC_SV("A"), NC_SV("B")));
        assert_string_equal(id.ptr, wanted[i]);
    }
    assert_true(nc_graph_edge_id(&id, graph, NC_SV("B"), NC_SV("A")));
    assert_string_equal(id.ptr, "L_B_A_0");
    nc_arena_release(&arena);
}

/* ---- whole diagrams ------------------------------------------------------------------------ */

/* What a composer needs, and one model of each family to fill. */
typedef struct bench {
    nc_arena arena;
    nc_diags diags;
    nc_config config;
    nc_fonts *fonts;
    nc_draw draw;
    nc_flowchart chart;
    nc_c4 c4;
    nc_scene scene;
} bench;

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    if (!b)
        return -1;
    nc_arena_init(&b->arena, NULL, 0);
    nc_diags_init(&b->diags, &b->arena);
    b->fonts = nc_fonts_new(NULL);
    b->draw = (nc_draw){.arena = &b->arena,
                        .measure = nc_measure_new(&b->arena, b->fonts, &b->diags),
                        .diags = &b->diags,
                        .config = &b->config};
    nc_scene_init(&b->scene, &b->arena);
    *state = b;
    return b->fonts && b->draw.measure ? 0 : -1;
}

static int tear_down(void **state)
{
    bench *b = *state;
    nc_fonts_drop(b->fonts);
    nc_arena_release(&b->arena);
    free(b);
    return 0;
}

static nc_label label_of(const char *text)
{
    return (nc_label){.text = nc_sv_cstr(text), .markup = NC_MARKUP_PLAIN};
}

static nc_flow_node *add_node(bench *b, const char *id, nc_flow_shape shape, uint32_t parent)
{
    const nc_flow_node node = {
        .id = nc_sv_cstr(id), .label = label_of(id), .shape = shape, .parent = parent};
    assert_true(NC_PUSH(&b->arena, &b->chart.nodes, node));
    return &b->chart.nodes.ptr[b->chart.nodes.len - 1];
}

static nc_flow_edge *add_edge(bench *b, uint32_t from, uint32_t to, const char *label)
{
    const nc_flow_edge edge = {.from = {false, from},
                               .to = {false, to},
                               .label = label_of(label),
                               .head = NC_FLOW_POINT,
                               .length = 1};
    assert_true(NC_PUSH(&b->arena, &b->chart.edges, edge));
    return &b->chart.edges.ptr[b->chart.edges.len - 1];
}

static nc_flow_subgraph *add_subgraph(bench *b, const char *id, uint32_t parent)
{
    const nc_flow_subgraph subgraph = {
        .id = nc_sv_cstr(id), .title = label_of(id), .parent = parent};
    assert_true(NC_PUSH(&b->arena, &b->chart.subgraphs, subgraph));
    return &b->chart.subgraphs.ptr[b->chart.subgraphs.len - 1];
}

static void draw_flowchart(bench *b)
{
    nc_placed_graph *placed = NULL;
    assert_true(nc_place_flowchart(&placed, &b->draw, &b->chart));
    assert_true(nc_draw_flowchart(&b->scene, &b->draw, &b->chart, placed));
    assert_int_equal(b->scene.depth, 0);
    assert_true(b->scene.w > 0 && b->scene.h > 0);
}

static void draw_c4(bench *b)
{
    nc_placed_graph *placed = NULL;
    assert_true(nc_place_c4(&placed, &b->draw, &b->c4));
    assert_true(nc_draw_c4(&b->scene, &b->draw, &b->c4, placed));
    assert_int_equal(b->scene.depth, 0);
}

/* The n-th group of a role, or NULL. */
static const nc_group *find_group(const bench *b, nc_role role, uint32_t n)
{
    for (uint32_t i = 0; i < b->scene.items.len; i++) {
        const nc_item *item = &b->scene.items.ptr[i];
        if (item->kind == NC_ITEM_OPEN && item->as.group.role == role && n-- == 0)
            return &item->as.group;
    }
    return NULL;
}

static const nc_group *group_at(const bench *b, nc_role role, uint32_t n)
{
    static const nc_group none; /* the compiler does not know that the assertion ends the test */
    const nc_group *group = find_group(b, role, n);
    assert_non_null(group);
    return group ? group : &none;
}

static uint32_t count_groups(const bench *b, nc_role role)
{
    uint32_t count = 0;
    while (find_group(b, role, count))
        count++;
    return count;
}

static void frames_come_first_and_labels_last(void **state)
{
    bench *b = *state;
    add_subgraph(b, "outer", NC_NONE);
    add_subgraph(b, "inner", 0);
    add_node(b, "a", NC_FLOW_SHAPE_RECT, 0);
    add_node(b, "b", NC_FLOW_SHAPE_DIAM, 1);
    add_node(b, "c", NC_FLOW_SHAPE_CYL, NC_NONE);
    add_edge(b, 0, 1, "yes");
    add_edge(b, 1, 2, "");
    draw_flowchart(b);
    static const nc_role order[] = {NC_ROLE_CLUSTER, NC_ROLE_EDGE, NC_ROLE_NODE,
                                    NC_ROLE_EDGE_LABEL};
    size_t stage = 0;
    for (uint32_t i = 0; i < b->scene.items.len; i++) {
        const nc_item *item = &b->scene.items.ptr[i];
        if (item->kind != NC_ITEM_OPEN || item->as.group.role == NC_ROLE_CLUSTER_TITLE)
            continue;
        while (stage < NC_COUNT(order) && order[stage] != item->as.group.role)
            stage++;
        assert_true(stage < NC_COUNT(order));
    }
    assert_int_equal(count_groups(b, NC_ROLE_CLUSTER), 2);
    assert_string_equal(group_at(b, NC_ROLE_CLUSTER, 1)->parent.ptr, "outer");
    assert_int_equal(count_groups(b, NC_ROLE_EDGE_LABEL), 1);
    assert_string_equal(group_at(b, NC_ROLE_EDGE, 0)->label.ptr, "a to b: yes");
    assert_true(b->scene.title.len > 0 && b->scene.descr.len > 0);
}

static void collapsed_subgraphs_are_one_node(void **state)
{
    bench *b = *state;
    add_subgraph(b, "box", NC_NONE)->collapsed = true;
    add_subgraph(b, "deep", 0);
    add_node(b, "in", NC_FLOW_SHAPE_RECT, 1);
    add_node(b, "also", NC_FLOW_SHAPE_RECT, 0);
    add_node(b, "out", NC_FLOW_SHAPE_RECT, NC_NONE);
    add_edge(b, 0, 1, "inside");
    add_edge(b, 1, 2, "leaving");
    add_edge(b, 2, 0, "");
    draw_flowchart(b);
    assert_int_equal(count_groups(b, NC_ROLE_CLUSTER), 0);
    assert_int_equal(count_groups(b, NC_ROLE_NODE), 2);
    assert_int_equal(count_groups(b, NC_ROLE_EDGE), 2);
    assert_string_equal(group_at(b, NC_ROLE_EDGE, 0)->from.ptr, "box");
    assert_string_equal(group_at(b, NC_ROLE_EDGE, 1)->to.ptr, "box");
}

static void unsafe_links_are_reported_and_left_out(void **state)
{
    bench *b = *state;
    add_node(b, "a", NC_FLOW_SHAPE_RECT, NC_NONE)->link.href = NC_SV("javascript:alert(1)");
    add_node(b, "b", NC_FLOW_SHAPE_RECT, NC_NONE)->link.href = NC_SV("https://example.org");
    draw_flowchart(b);
    assert_int_equal(group_at(b, NC_ROLE_NODE, 0)->href.len, 0);
    assert_string_equal(group_at(b, NC_ROLE_NODE, 1)->href.ptr, "https://example.org");
    assert_int_equal(b->diags.warnings, 1);
    assert_int_equal(b->diags.list.ptr[0].rule, NC_RULE_BAD_LINK);
}

static void add_element(bench *b, const char *id, nc_c4_type type)
{
    const nc_c4_element element = {.id = nc_sv_cstr(id),
                                   .type = type,
                                   .label = label_of(id),
                                   .technology = label_of("Go"),
                                   .description = label_of("Does this and that"),
                                   .parent = NC_NONE};
    assert_true(NC_PUSH(&b->arena, &b->c4.elements, element));
}

static nc_c4_relation *add_relation(bench *b, uint32_t from, uint32_t to, const char *label)
{
    const nc_c4_relation relation = {
        .from = {.index = from, .id = b->c4.elements.ptr[from].id},
        .to = {.index = to, .id = b->c4.elements.ptr[to].id},
        .label = label_of(label),
        .at = {10 * b->c4.relations.len, 10 * b->c4.relations.len + 5}};
    assert_true(NC_PUSH(&b->arena, &b->c4.relations, relation));
    return &b->c4.relations.ptr[b->c4.relations.len - 1];
}

static void relations_of_one_pair_are_all_drawn(void **state)
{
    bench *b = *state;
    add_element(b, "a", NC_C4_PERSON);
    add_element(b, "b", NC_C4_SYSTEM);
    add_relation(b, 0, 1, "asks");
    add_relation(b, 0, 1, "tells");
    add_relation(b, 1, 0, "answers")->kind = NC_C4_BIREL;
    draw_c4(b);
    assert_int_equal(count_groups(b, NC_ROLE_EDGE), 3);
    assert_int_equal(count_groups(b, NC_ROLE_EDGE_LABEL), 3);
    uint32_t heads = 0;
    for (uint32_t i = 0; i < b->scene.items.len; i++)
        heads += b->scene.items.ptr[i].kind == NC_ITEM_SHAPE &&
                 b->scene.items.ptr[i].as.shape.part == NC_PART_EDGE_HEAD;
    assert_int_equal(heads, 4);
}

static double middle_of(const bench *b, uint32_t node)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < b->scene.items.len; i++) {
        const nc_item *item = &b->scene.items.ptr[i];
        if (item->kind == NC_ITEM_OPEN && item->as.group.role == NC_ROLE_NODE && at++ == node)
            return b->scene.items.ptr[i + 1].as.shape.y + b->scene.items.ptr[i + 1].as.shape.h / 2;
    }
    return -1;
}

static void directions_are_obeyed_and_contradictions_named(void **state)
{
    bench *b = *state;
    add_element(b, "a", NC_C4_SYSTEM);
    add_element(b, "b", NC_C4_SYSTEM);
    add_relation(b, 0, 1, "up")->direction = NC_C4_UP;
    add_relation(b, 0, 1, "down")->direction = NC_C4_DOWN;
    draw_c4(b);
    assert_true(middle_of(b, 1) < middle_of(b, 0));
    assert_int_equal(b->diags.warnings, 1);
    const nc_diag *diag = &b->diags.list.ptr[0];
    assert_int_equal(diag->rule, NC_RULE_DROPPED_CONSTRAINT);
    assert_non_null(strstr(diag->message.ptr, "Rel_D(a, b)"));
    assert_non_null(strstr(diag->message.ptr, "Rel_U(a, b)"));
}

/* A worker's mail to a customer does not make the worker the beginning of the story. */
static void who_begins_stays_on_top(void **state)
{
    enum { CUSTOMER, SHOP, WORKER, MAIL };
    bench *b = *state;
    add_element(b, "customer", NC_C4_PERSON);
    add_element(b, "shop", NC_C4_SYSTEM);
    add_element(b, "worker", NC_C4_SYSTEM);
    add_element(b, "mail", NC_C4_SYSTEM);
    add_relation(b, CUSTOMER, SHOP, "orders");
    add_relation(b, WORKER, MAIL, "sends");
    add_relation(b, MAIL, CUSTOMER, "delivers");
    draw_c4(b);
    assert_true(middle_of(b, CUSTOMER) < middle_of(b, SHOP));
    assert_true(middle_of(b, CUSTOMER) < middle_of(b, MAIL));
}

static void who_only_gets_stays_below(void **state)
{
    bench *b = *state;
    add_element(b, "alarm", NC_C4_SYSTEM);
    add_element(b, "guard", NC_C4_PERSON);
    add_relation(b, 0, 1, "calls");
    draw_c4(b);
    assert_true(middle_of(b, 0) < middle_of(b, 1));
}

static void legends_list_what_is_used(void **state)
{
    bench *b = *state;
    b->c4.legend.shown = true;
    add_element(b, "a", NC_C4_PERSON);
    add_element(b, "b", NC_C4_SYSTEM);
    draw_c4(b);
    assert_int_equal(count_groups(b, NC_ROLE_LEGEND), 1);
}

static void only_harmless_links_pass(void **state)
{
    (void)state;
    static const char *const good[] = {"https://example.org/a?b#c",
                                       "HTTP://x",
                                       "mailto:a@b.c",
                                       "docs/a.md",
                                       "../a:b",
                                       "/a",
                                       "#part",
                                       "?q=a:b",
                                       ""};
    static const char *const bad[] = {"javascript:alert(1)", " JavaScript:x",  "data:text/html,x",
                                      "file:///etc/passwd",  "java\nscript:x", "vbscript:x",
                                      "jav\tascript:x",      "ftp://x"};
    for (size_t i = 0; i < NC_COUNT(good); i++)
        assert_true(nc_link_is_safe(nc_sv_cstr(good[i])));
    for (size_t i = 0; i < NC_COUNT(bad); i++)
        assert_false(nc_link_is_safe(nc_sv_cstr(bad[i])));
    assert_int_equal(nc_link_target(NC_SV("evil")).len, 0);
    assert_int_equal(nc_link_target(NC_SV("_blank")).len, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_hold_their_labels),
        cmocka_unit_test(outlines_fill_their_boxes),
        cmocka_unit_test(figures_grow_with_their_labels),
        cmocka_unit_test(figures_heed_a_least_size),
        cmocka_unit_test(shapes_are_distinct),
        cmocka_unit_test(figures_are_named_after_their_shape),
        cmocka_unit_test(heads_touch_their_ends),
        cmocka_unit_test(edges_get_ids_of_their_own),
        cmocka_unit_test_setup_teardown(frames_come_first_and_labels_last, set_up, tear_down),
        cmocka_unit_test_setup_teardown(collapsed_subgraphs_are_one_node, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unsafe_links_are_reported_and_left_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(relations_of_one_pair_are_all_drawn, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_begins_stays_on_top, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_only_gets_stays_below, set_up, tear_down),
        cmocka_unit_test_setup_teardown(directions_are_obeyed_and_contradictions_named, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(legends_list_what_is_used, set_up, tear_down),
        cmocka_unit_test(only_harmless_links_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
