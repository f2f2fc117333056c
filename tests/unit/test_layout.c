/* The layered engine: what one can say about single small drawings, and about hostile large ones. */
#include "layout/layout.h"
#include "layout/simplex.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const nc_lay_spacing spacing = {.node = 32,
                                       .rank = 44,
                                       .edge_edge = 12,
                                       .edge_node = 14,
                                       .label = 8,
                                       .port = 12,
                                       .port_corner = 8,
                                       .loop = 20,
                                       .component = 32,
                                       .margin = 16};

/* A graph of equal boxes; edges as pairs of node indices. */
typedef struct sketch {
    nc_lay_graph graph;
    nc_lay_node nodes[16];
    nc_lay_edge edges[32];
    nc_lay_group groups[8];
    nc_lay_constraint constraints[8];
} sketch;

static void draw_sketch(sketch *s, uint32_t nodes, const uint32_t (*pairs)[2], uint32_t len)
{
    memset(s, 0, sizeof *s);
    s->graph = (nc_lay_graph){.spacing = spacing,
                              .nodes = s->nodes,
                              .node_len = nodes,
                              .groups = s->groups,
                              .edges = s->edges,
                              .edge_len = len,
                              .constraints = s->constraints};
    for (uint32_t i = 0; i < nodes; i++)
        s->nodes[i] = (nc_lay_node){.w = 80, .h = 40, .group = NC_LAY_NONE};
    for (uint32_t i = 0; i < len; i++)
        s->edges[i] = (nc_lay_edge){.from = {NC_LAY_END_NODE, pairs[i][0], 0},
                                    .to = {NC_LAY_END_NODE, pairs[i][1], 9}};
}

static double middle(nc_lay_rect r)
{
    return r.x + r.w / 2;
}

static void test_nothing_and_one(void **state)
{
    (void)state;
    sketch s;
    nc_lay_result r;
    draw_sketch(&s, 0, NULL, 0);
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
    assert_true(r.w == 32 && r.h == 32);
    nc_lay_release(&r);
    draw_sketch(&s, 1, NULL, 0);
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
    assert_true(r.nodes[0].x == 16 && r.nodes[0].y == 16 && r.w == 112 && r.h == 72);
    nc_lay_release(&r);
    nc_lay_release(&r); /* a released result is a zeroed one */
}

static void test_invalid(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {{0, 1}};
    sketch s;
    nc_lay_result r;
    draw_sketch(&s, 2, pairs, 1);
    s.edges[0].to.index = 7;
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_INVALID);
    assert_null(r.memory);
    draw_sketch(&s, 2, pairs, 1);
    s.nodes[1].w = NAN;
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_INVALID);
    draw_sketch(&s, 2, pairs, 1);
    s.graph.group_len = 2; /* two groups inside each other */
    s.groups[0].parent = 1;
    s.groups[1].parent = 0;
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_INVALID);
}

/* A -> B, C -> D: a symmetric graph is drawn symmetrically, in every direction. */
static void test_diamond(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {{0, 1}, {0, 2}, {1, 3}, {2, 3}};
    for (int dir = 0; dir < NC_LAY_DIR_COUNT; dir++) {
        sketch s;
        nc_lay_result r;
        draw_sketch(&s, 4, pairs, 4);
        s.graph.dir = (nc_lay_dir)dir;
        assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
        bool upright = dir == NC_LAY_TB || dir == NC_LAY_BT;
        for (int i = 0; i < 4; i++) { /* compare as if it were TB */
            nc_lay_rect n = r.nodes[i];
            r.nodes[i] = upright ? n : (nc_lay_rect){n.y, n.x, n.h, n.w};
        }
        assert_true(middle(r.nodes[0]) == middle(r.nodes[3]));
        assert_true(fabs(middle(r.nodes[1]) + middle(r.nodes[2]) - 2 * middle(r.nodes[0])) <= 1);
        assert_true(r.nodes[1].y == r.nodes[2].y);
        bool flows = r.nodes[0].y < r.nodes[1].y && r.nodes[1].y < r.nodes[3].y;
        assert_true(flows == (dir == NC_LAY_TB || dir == NC_LAY_LR));
        assert_int_equal(r.crossings, 0);
        nc_lay_release(&r);
    }
}

static void test_fan_and_chain(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {{0, 1}, {0, 2}, {0, 3}, {2, 4}};
    sketch s;
    nc_lay_result r;
    draw_sketch(&s, 5, pairs, 4);
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
    assert_true(r.nodes[1].x < r.nodes[2].x &&
                r.nodes[2].x < r.nodes[3].x); /* the author's order */
    assert_true(middle(r.nodes[0]) == middle(r.nodes[2]) &&
                middle(r.nodes[4]) == middle(r.nodes[2]));
    assert_int_equal(r.routes[1].len, 2);
    assert_int_equal(r.routes[3].len, 2);
    nc_lay_release(&r);
}

/* A back edge runs upwards beside the others; a cycle of two is two parallel lines. */
static void test_cycle_of_two(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {{0, 1}, {1, 0}};
    sketch s;
    nc_lay_result r;
    draw_sketch(&s, 2, pairs, 2);
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
    assert_int_equal(r.routes[0].len, 2);
    assert_int_equal(r.routes[1].len, 2);
    assert_true(r.routes[0].points[0].y < r.routes[0].points[1].y);
    assert_true(r.routes[1].points[0].y > r.routes[1].points[1].y);
    assert_true(fabs(r.routes[0].points[0].x - r.routes[1].points[0].x) >= spacing.port);
    nc_lay_release(&r);
}

/* Turning one edge near the start would save length; the reader still starts at the first node. */
static void test_start_stays_on_top(void **state)
{
    (void)state;
    enum { USER, GATE, AUTH, ORDERS, CATALOG, PAY, STOCK, LEDGER, BUS, STORE, REPORT, COUNT };
    static const uint32_t pairs[][2] = {
        {USER, GATE},    {GATE, AUTH},  {GATE, ORDERS},  {GATE, CATALOG}, {ORDERS, PAY},
        {ORDERS, STOCK}, {PAY, LEDGER}, {STOCK, LEDGER}, {BUS, STORE},    {STORE, REPORT},
        {ORDERS, BUS},   {PAY, BUS},    {STOCK, BUS},    {REPORT, USER},  {PAY, GATE}};
    sketch s;
    nc_lay_result r;
    draw_sketch(&s, COUNT, pairs, sizeof pairs / sizeof *pairs);
    for (uint32_t i = 10; i < s.graph.edge_len; i++) {
        s.edges[i].label_w = 40;
        s.edges[i].label_h = 17;
    }
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
    for (uint32_t i = 1; i < COUNT; i++)
        assert_true(r.nodes[i].y > r.nodes[USER].y);
    assert_true(r.nodes[GATE].y < r.nodes[ORDERS].y);
    nc_lay_release(&r);
}

static void test_label_lies_on_its_edge(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {{0, 1}, {0, 1}};
    sketch s;
    nc_lay_result r;
    draw_sketch(&s, 2, pairs, 2);
    for (int i = 0; i < 2; i++) {
        s.edges[i].label_w = 60;
        s.edges[i].label_h = 20;
    }
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
    nc_lay_rect a = r.routes[0].label, b = r.routes[1].label;
    assert_true(a.x + a.w + spacing.label <= b.x || b.x + b.w + spacing.label <= a.x);
    assert_true(a.y >= r.nodes[0].y + r.nodes[0].h && a.y + a.h <= r.nodes[1].y);
    nc_lay_release(&r);
}

static void test_group_holds_its_members(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {{0, 1}, {1, 2}};
    for (int dir = 0; dir < NC_LAY_DIR_COUNT; dir++) {
        sketch s;
        nc_lay_result r;
        draw_sketch(&s, 3, pairs, 2);
        s.graph.dir = (nc_lay_dir)dir;
        s.graph.group_len = 1;
        s.groups[0] =
            (nc_lay_group){.parent = NC_LAY_NONE, .title_w = 90, .title_h = 26, .pad = 16};
        s.nodes[1].group = 0;
        assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
        nc_lay_rect g = r.groups[0], n = r.nodes[1], t = r.titles[0];
        assert_true(n.x >= g.x + 16 && n.x + n.w <= g.x + g.w - 16);
        assert_true(n.y >= g.y + 26 && n.y + n.h <= g.y + g.h - 16);
        assert_true(t.y == g.y && t.x >= g.x + 16 && t.x + t.w <= g.x + g.w - 16);
        nc_lay_release(&r);
    }
}

/* An edge to a group ends on its frame. */
static void test_edge_to_group(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {{0, 1}, {1, 2}};
    sketch s;
    nc_lay_result r;
    draw_sketch(&s, 3, pairs, 2);
    s.graph.group_len = 1;
    s.groups[0] = (nc_lay_group){.parent = NC_LAY_NONE, .title_w = 60, .title_h = 26, .pad = 16};
    s.nodes[1].group = s.nodes[2].group = 0;
    s.edges[0].to = (nc_lay_end){NC_LAY_END_GROUP, 0, 9};
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
    nc_lay_point end = r.routes[0].points[r.routes[0].len - 1];
    assert_true(end.y == r.groups[0].y && end.x > r.groups[0].x);
    nc_lay_release(&r);
}

/* Two groups side by side, two edges into the lower row of the other: each steps aside once. */
static void test_one_step_aside(void **state)
{
    (void)state;
    enum { API, WORKER, BLOBS, DATA, NODES };
    static const uint32_t pairs[][2] = {{API, WORKER}, {API, BLOBS}, {API, DATA}, {WORKER, DATA}};
    sketch s;
    nc_lay_result r;
    draw_sketch(&s, NODES, pairs, 4);
    s.graph.group_len = 2;
    for (int i = 0; i < 2; i++)
        s.groups[i] =
            (nc_lay_group){.parent = NC_LAY_NONE, .title_w = 60, .title_h = 26, .pad = 16};
    s.nodes[API].group = s.nodes[WORKER].group = 0;
    s.nodes[BLOBS].group = s.nodes[DATA].group = 1;
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
    assert_int_equal(r.crossings, 0);
    for (uint32_t i = 1; i < 4; i++)
        assert_in_range(r.routes[i].len, 2, 4);
    nc_lay_point end = r.routes[1].points[r.routes[1].len - 1];
    assert_int_equal(r.routes[1].len, 4); /* it has the side for itself: */
    assert_true(fabs(end.x - middle(r.nodes[BLOBS])) <= 1);
    nc_lay_release(&r);
}

static void test_constraints(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {{0, 1}, {0, 2}};
    sketch s;
    nc_lay_result r;
    draw_sketch(&s, 3, pairs, 2);
    const nc_lay_end a = {NC_LAY_END_NODE, 0, 0}, b = {NC_LAY_END_NODE, 1, 0},
                     c = {NC_LAY_END_NODE, 2, 0};
    s.constraints[0] = (nc_lay_constraint){NC_LAY_RULE_BELOW, b, a, 1}; /* stronger than 0 -> 1 */
    s.constraints[1] =
        (nc_lay_constraint){NC_LAY_RULE_RIGHT_OF, c, a, 0};             /* 2 beside 0, left of it */
    s.constraints[2] = (nc_lay_constraint){NC_LAY_RULE_BELOW, a, b, 1}; /* against the first */
    s.constraints[3] = (nc_lay_constraint){NC_LAY_RULE_RIGHT_OF, a, c, 0}; /* against the second */
    s.graph.constraint_len = 4;
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
    assert_true(r.nodes[1].y < r.nodes[0].y);
    assert_true(r.nodes[2].y == r.nodes[0].y && r.nodes[2].x < r.nodes[0].x);
    assert_int_equal(r.dropped_len, 2);
    assert_int_equal(r.dropped[0].constraint, 2);
    assert_int_equal(r.dropped[0].against, 0);
    assert_int_equal(r.dropped[1].constraint, 3);
    assert_int_equal(r.dropped[1].against, 1);
    assert_int_equal(r.routes[1].len, 2); /* neighbours: straight across */
    assert_true(r.routes[1].points[0].y == r.routes[1].points[1].y);
    nc_lay_release(&r);
}

/* A route is carried on from the box to a slanted outline. */
static void test_outline(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {{0, 1}, {0, 2}};
    static const nc_lay_point diamond[] = {{40, 0}, {80, 20}, {40, 40}, {0, 20}};
    sketch s;
    nc_lay_result r;
    draw_sketch(&s, 3, pairs, 2);
    s.nodes[0].outline = diamond;
    s.nodes[0].outline_len = 4;
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
    for (int i = 0; i < 2; i++) {
        nc_lay_point p = r.routes[i].points[0];
        double dx = fabs(p.x - middle(r.nodes[0])), dy = p.y - (r.nodes[0].y + 20);
        assert_true(fabs(dx / 40 + dy / 20 - 1) < 1e-9);
    }
    nc_lay_release(&r);
}

static void test_draw(void **state)
{
    (void)state;
    static const nc_lay_point route[] = {{0, 0}, {0, 50}, {30, 50}, {30, 54}};
    nc_lay_segment out[16];
    assert_true(nc_lay_segment_max(4) <= 16);
    size_t n = nc_lay_draw(out, route, 4, NC_LAY_CURVE_STRAIGHT, 6);
    assert_int_equal(n, 4);
    n = nc_lay_draw(out, route, 4, NC_LAY_CURVE_ROUNDED, 6);
    assert_int_equal(out[0].verb, NC_LAY_MOVE);
    assert_int_equal(out[1].verb, NC_LAY_LINE);
    assert_true(out[1].p[0].y == 44);
    assert_int_equal(out[2].verb, NC_LAY_CUBIC);
    assert_true(out[2].p[2].x == 6 && out[2].p[2].y == 50);
    assert_true(out[3].p[0].x == 26); /* the second corner has only 4 below it */
    nc_lay_segment last = out[n - 1];
    nc_lay_point end = last.p[last.verb == NC_LAY_CUBIC ? 2 : 0];
    assert_true(end.x == 30 && end.y == 54);
    n = nc_lay_draw(out, route, 4, NC_LAY_CURVE_SPLINE, 6);
    last = out[n - 1];
    assert_true(last.verb == NC_LAY_LINE && last.p[0].y == 54);
    assert_int_equal(nc_lay_draw(out, route, 0, NC_LAY_CURVE_ROUNDED, 6), 0);
}

static double from_piece(nc_lay_point p, nc_lay_point a, nc_lay_point b)
{
    double x = fmax(fmin(a.x, b.x), fmin(p.x, fmax(a.x, b.x)));
    double y = fmax(fmin(a.y, b.y), fmin(p.y, fmax(a.y, b.y)));
    return hypot(p.x - x, p.y - y);
}

/* However long the pieces, a spline keeps near its route: others are not far from that. */
static void test_spline_keeps_near(void **state)
{
    (void)state;
    enum { LEN = 6, NEAR = 6, STEPS = 64 };
    static const nc_lay_point route[LEN] = {{0, 0},     {0, 400},   {300, 400},
                                            {300, 412}, {900, 412}, {900, 600}};
    nc_lay_segment out[16];
    size_t n = nc_lay_draw(out, route, LEN, NC_LAY_CURVE_SPLINE, NEAR), arcs = 0;
    double farthest = 0;
    for (size_t i = 1; i < n; i++) {
        if (out[i].verb != NC_LAY_CUBIC)
            continue;
        nc_lay_point a = out[i - 1].p[out[i - 1].verb == NC_LAY_CUBIC ? 2 : 0];
        arcs++;
        for (int k = 0; k <= STEPS; k++) {
            double t = (double)k / STEPS, s = 1 - t, near = HUGE_VAL;
            nc_lay_point b = out[i].p[0], c = out[i].p[1], d = out[i].p[2];
            nc_lay_point p = {
                s * s * s * a.x + 3 * s * s * t * b.x + 3 * s * t * t * c.x + t * t * t * d.x,
                s * s * s * a.y + 3 * s * s * t * b.y + 3 * s * t * t * c.y + t * t * t * d.y};
            for (int m = 0; m + 1 < LEN; m++)
                near = fmin(near, from_piece(p, route[m], route[m + 1]));
            farthest = fmax(farthest, near);
        }
    }
    assert_int_equal(arcs, 4);
    assert_true(farthest <= NEAR + 0.01);
    assert_true(farthest > NEAR - 1); /* and is no polyline */
}

/* Least |x1 - x0 - 5| + 3 |x2 - x0 - 1| with x2 - x1 >= 2: the stronger spring rests. */
static void test_simplex(void **state)
{
    (void)state;
    nc_lay_mem m;
    nc_lay_mem_init(&m, NULL);
    nc_lp_arc arcs[] = {{0, 1, 5, 1}, {0, 2, 1, 3}, {1, 2, 2, 0}, {3, 0, 0, 0}, {3, 1, -100, 0}};
    nc_lp lp = {.arcs = arcs, .arc_len = 5, .var_len = 4, .budget = 10000};
    int64_t x[4] = {0, 0, 2, 0};
    bool optimal, feasible;
    assert_true(nc_lp_solve(&m, &lp, x, &optimal) && optimal);
    assert_int_equal(x[2] - x[0], 1);
    assert_int_equal(x[1] - x[0], -1);
    int64_t y[4] = {0, 0, 0, 7};
    assert_true(nc_lp_least(&m, &lp, y, &feasible) && feasible);
    assert_int_equal(y[0], 7);
    nc_lp_arc circle[] = {{0, 1, 1, 0}, {1, 0, 0, 0}};
    nc_lp bad = {.arcs = circle, .arc_len = 2, .var_len = 2};
    assert_true(nc_lp_least(&m, &bad, y, &feasible) && !feasible);
    nc_lay_mem_release(&m);
}

/* Shapes that overflow stacks or clocks elsewhere. */
static void test_large(void **state)
{
    (void)state;
    enum { MANY = 20000, LEAVES = 3000, DEEP = 60 };
    nc_lay_node *nodes = calloc(MANY, sizeof *nodes);
    nc_lay_edge *edges = calloc(MANY, sizeof *edges);
    nc_lay_group *groups = calloc(DEEP, sizeof *groups);
    assert_non_null(nodes);
    assert_non_null(edges);
    assert_non_null(groups);
    for (uint32_t i = 0; i < MANY; i++)
        nodes[i] = (nc_lay_node){.w = 80, .h = 40, .group = NC_LAY_NONE};
    nc_lay_graph g = {.spacing = spacing, .nodes = nodes, .groups = groups, .edges = edges};
    nc_lay_result r;
    for (uint32_t i = 0; i + 1 < MANY; i++) /* a chain */
        edges[i] =
            (nc_lay_edge){.from = {NC_LAY_END_NODE, i, 0}, .to = {NC_LAY_END_NODE, i + 1, 0}};
    g.node_len = MANY;
    g.edge_len = MANY - 1;
    assert_int_equal(nc_lay_run(&r, &g, NULL), NC_LAY_OK);
    assert_true(r.nodes[0].x == r.nodes[MANY - 1].x);
    nc_lay_release(&r);
    for (uint32_t i = 0; i + 1 < LEAVES; i++) /* a star */
        edges[i] =
            (nc_lay_edge){.from = {NC_LAY_END_NODE, 0, 0}, .to = {NC_LAY_END_NODE, i + 1, 0}};
    g.node_len = LEAVES;
    g.edge_len = LEAVES - 1;
    assert_int_equal(nc_lay_run(&r, &g, NULL), NC_LAY_OK);
    nc_lay_release(&r);
    for (uint32_t i = 0; i < DEEP; i++) /* nested groups, one edge through all frames */
        groups[i] = (nc_lay_group){
            .parent = i ? i - 1 : NC_LAY_NONE, .title_w = 40, .title_h = 20, .pad = 8};
    nodes[0].group = DEEP - 1;
    g.node_len = 2;
    g.edge_len = 1;
    g.group_len = DEEP;
    assert_int_equal(nc_lay_run(&r, &g, NULL), NC_LAY_OK);
    nc_lay_release(&r);
    free(nodes);
    free(edges);
    free(groups);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_and_one),
        cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_diamond),
        cmocka_unit_test(test_fan_and_chain),
        cmocka_unit_test(test_cycle_of_two),
        cmocka_unit_test(test_start_stays_on_top),
        cmocka_unit_test(test_label_lies_on_its_edge),
        cmocka_unit_test(test_group_holds_its_members),
        cmocka_unit_test(test_edge_to_group),
        cmocka_unit_test(test_one_step_aside),
        cmocka_unit_test(test_constraints),
        cmocka_unit_test(test_outline),
        cmocka_unit_test(test_draw),
        cmocka_unit_test(test_spline_keeps_near),
        cmocka_unit_test(test_simplex),
        cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
