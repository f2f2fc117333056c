/* What callers wish of the engine: places that contradict each other, distances, a shape. */
#include "layout/layout.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { NODES = 9, GROUPS = 3, WISHES = 12, EDGES = 8 };

static const nc_lay_spacing spacing = {.node = 32,
                                       .rank = 44,
                                       .edge_edge = 12,
                                       .edge_node = 14,
                                       .label = 6,
                                       .port = 12,
                                       .port_corner = 12,
                                       .loop = 24,
                                       .component = 40,
                                       .margin = 16};

/* Nine boxes, of which each of three groups holds two; the third group lies in the second. */
typedef struct sketch {
    nc_lay_graph graph;
    nc_lay_node nodes[NODES];
    nc_lay_group groups[GROUPS];
    nc_lay_edge edges[EDGES];
    nc_lay_constraint wishes[WISHES];
} sketch;

static uint32_t roll(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

static void start_sketch(sketch *s)
{
    memset(s, 0, sizeof *s);
    for (uint32_t i = 0; i < NODES; i++)
        s->nodes[i] = (nc_lay_node){.w = 80, .h = 40, .group = i < 6 ? i / 2 : NC_LAY_NONE};
    for (uint32_t i = 0; i < GROUPS; i++)
        s->groups[i] = (nc_lay_group){.parent = i == 2 ? 1 : NC_LAY_NONE, .pad = 16};
    s->graph = (nc_lay_graph){.spacing = spacing,
                              .nodes = s->nodes,
                              .node_len = NODES,
                              .groups = s->groups,
                              .group_len = GROUPS,
                              .edges = s->edges,
                              .constraints = s->wishes};
}

static nc_lay_end roll_end(uint64_t *seed)
{
    const uint32_t i = roll(seed, NODES + GROUPS);
    return i < NODES ? (nc_lay_end){NC_LAY_END_NODE, i, 0}
                     : (nc_lay_end){NC_LAY_END_GROUP, i - NODES, 0};
}

static void roll_wishes(sketch *s, uint64_t seed)
{
    start_sketch(s);
    for (uint32_t i = 0; i < EDGES; i++) {
        s->edges[i].from = roll_end(&seed);
        s->edges[i].to = roll_end(&seed);
    }
    s->graph.edge_len = EDGES;
    for (uint32_t i = 0; i < WISHES; i++) {
        s->wishes[i].rule = (nc_lay_rule)roll(&seed, 4);
        s->wishes[i].a = roll_end(&seed);
        s->wishes[i].b = roll_end(&seed);
        s->wishes[i].distance = roll(&seed, 4);
    }
    s->graph.constraint_len = WISHES;
}

static nc_lay_rect box_of(const nc_lay_result *r, nc_lay_end e)
{
    return e.kind == NC_LAY_END_NODE ? r->nodes[e.index] : r->groups[e.index];
}

/* What was kept is true of the drawing. */
static void check_kept(const nc_lay_result *r, const nc_lay_constraint *wish)
{
    const nc_lay_rect a = box_of(r, wish->a), b = box_of(r, wish->b);
    if (wish->rule == NC_LAY_RULE_BELOW)
        assert_true(a.y + a.h <= b.y);
    else
        assert_true(a.y < b.y + b.h && b.y < a.y + a.h);
    if (wish->rule == NC_LAY_RULE_RIGHT_OF || wish->rule == NC_LAY_RULE_BESIDE)
        assert_true(a.x + a.w <= b.x);
}

/*
 * Whatever is wished: what is kept agrees with itself, each wish that is dropped cannot be added to
 * those kept before it, and the one it is said to contradict was kept and stands earlier.
 */
static void no_more_is_dropped_than_must_be(void **state)
{
    (void)state;
    uint32_t dropped = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        sketch s, less;
        nc_lay_result r, again;
        bool gone[WISHES] = {false};
        roll_wishes(&s, seed);
        assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
        dropped += r.dropped_len;
        for (uint32_t i = 0; i < r.dropped_len; i++)
            gone[r.dropped[i].constraint] = true;
        for (uint32_t i = 0; i < WISHES; i++) {
            if (!gone[i])
                check_kept(&r, &s.wishes[i]);
        }
        for (uint32_t i = 0; i < r.dropped_len; i++) {
            const nc_lay_dropped *d = &r.dropped[i];
            assert_true(d->against == NC_LAY_NONE ||
                        (d->against < d->constraint && !gone[d->against]));
            less = s;
            less.graph.nodes = less.nodes;
            less.graph.groups = less.groups;
            less.graph.edges = less.edges;
            less.graph.constraints = less.wishes;
            uint32_t len = 0;
            for (uint32_t k = 0; k <= d->constraint; k++) {
                if (!gone[k] || k == d->constraint)
                    less.wishes[len++] = s.wishes[k];
            }
            less.graph.constraint_len = len;
            assert_int_equal(nc_lay_run(&again, &less.graph, NULL), NC_LAY_OK);
            assert_int_equal(again.dropped_len, 1);
            assert_int_equal(again.dropped[0].constraint, len - 1);
            nc_lay_release(&again);
        }
        nc_lay_release(&r);
    }
    assert_true(dropped > 100);
}

/* Each agrees with each; only all of them together do not. */
static void a_circle_through_many_is_found(void **state)
{
    (void)state;
    sketch s;
    nc_lay_result r;
    start_sketch(&s);
    for (uint32_t i = 0; i < 6; i++)
        s.wishes[i] = (nc_lay_constraint){.rule = i % 2 ? NC_LAY_RULE_SAME : NC_LAY_RULE_BELOW,
                                          .a = {NC_LAY_END_NODE, i, 0},
                                          .b = {NC_LAY_END_NODE, i + 1, 0},
                                          .distance = 1 + i};
    s.wishes[6] = (nc_lay_constraint){
        .rule = NC_LAY_RULE_RIGHT_OF, .a = {NC_LAY_END_NODE, 6, 0}, .b = {NC_LAY_END_NODE, 0, 0}};
    s.wishes[7] = (nc_lay_constraint){
        .rule = NC_LAY_RULE_BELOW, .a = {NC_LAY_END_NODE, 0, 0}, .b = {NC_LAY_END_NODE, 6, 0}};
    s.graph.constraint_len = 8;
    assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
    assert_int_equal(r.dropped_len, 1);
    assert_int_equal(r.dropped[0].constraint, 6);
    assert_int_equal(r.dropped[0].against, 5);
    assert_true(r.nodes[5].y - r.nodes[0].y >= 9 * 44);
    nc_lay_release(&r);
}

/* No distance is too small or too large to be kept. */
static void distances_are_kept(void **state)
{
    (void)state;
    static const double gaps[] = {0, 1, 7, 32, 400, 1e6};
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
        sketch s;
        nc_lay_result r;
        start_sketch(&s);
        for (uint32_t i = 0; i < NODES; i++)
            s.nodes[i].group = NC_LAY_NONE;
        s.graph.group_len = 0;
        for (uint32_t i = 0; i < EDGES; i++)
            s.edges[i] =
                (nc_lay_edge){.from = {NC_LAY_END_NODE, 0, 0}, .to = {NC_LAY_END_NODE, i + 1, 9}};
        s.graph.edge_len = EDGES;
        s.graph.spacing.node = s.graph.spacing.rank = gaps[g];
        assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
        for (uint32_t i = 2; i < NODES; i++)
            assert_true(r.nodes[i].x - r.nodes[i - 1].x >= 80 + gaps[g]);
        assert_true(r.nodes[1].y - r.nodes[0].y >= 40 + gaps[g]);
        nc_lay_release(&r);
    }
}

/* Parts that nothing ties together are packed towards the wanted shape. */
static void a_shape_is_packed_towards(void **state)
{
    (void)state;
    static const double aspects[] = {0.25, 0.5, 1, 2, 4, 100};
    double last = 0;
    for (size_t i = 0; i < sizeof aspects / sizeof *aspects; i++) {
        sketch s;
        nc_lay_result r;
        start_sketch(&s);
        for (uint32_t k = 0; k < NODES; k++)
            s.nodes[k].group = NC_LAY_NONE;
        s.graph.group_len = 0;
        s.graph.aspect = aspects[i];
        assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
        assert_true(r.w / r.h >= last);
        last = r.w / r.h;
        nc_lay_release(&r);
        s.graph.aspect = NAN;
        assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_INVALID);
    }
    assert_true(last > 10);
}

/* Where on its side (of a box in that direction) a route ends: from the side's left or upper end. */
static double place_on_side(nc_lay_rect box, nc_lay_point end, bool across)
{
    return across ? end.y - box.y : end.x - box.x;
}

/* Edges meet a node within the ranges of its sides, in every direction, as long as they fit. */
static void ports_stay_in_their_range(void **state)
{
    (void)state;
    enum { HUB = 0, FIRST = 1, LAST = NODES - 1 };
    for (int dir = 0; dir < NC_LAY_DIR_COUNT; dir++) {
        for (uint32_t in = 1; in < NODES - 1; in++) {
            const bool across = dir == NC_LAY_LR || dir == NC_LAY_RL;
            sketch s;
            nc_lay_result r;
            start_sketch(&s);
            s.graph.dir = (nc_lay_dir)dir;
            s.graph.group_len = 0;
            for (uint32_t i = 0; i < NODES; i++)
                s.nodes[i].group = NC_LAY_NONE;
            s.nodes[HUB].w = across ? 60 : 180;
            s.nodes[HUB].h = across ? 180 : 60;
            for (int side = 0; side < NC_LAY_SIDES; side++)
                s.nodes[HUB].ports[side] = (nc_lay_range){70, 170};
            for (uint32_t i = FIRST; i <= LAST; i++) {
                const nc_lay_end hub = {NC_LAY_END_NODE, HUB, 9}, other = {NC_LAY_END_NODE, i, 0};
                s.edges[i - FIRST] = i <= in ? (nc_lay_edge){.from = other, .to = hub}
                                             : (nc_lay_edge){.from = hub, .to = other};
            }
            s.graph.edge_len = LAST;
            assert_int_equal(nc_lay_run(&r, &s.graph, NULL), NC_LAY_OK);
            for (uint32_t i = 0; i < s.graph.edge_len; i++) {
                const nc_lay_route *route = &r.routes[i];
                const nc_lay_point end = route->points[i < in ? route->len - 1 : 0];
                const double at = place_on_side(r.nodes[HUB], end, across);
                assert_true(at >= 70 && at <= 170);
            }
            nc_lay_release(&r);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_more_is_dropped_than_must_be),
        cmocka_unit_test(a_circle_through_many_is_found),
        cmocka_unit_test(distances_are_kept),
        cmocka_unit_test(a_shape_is_packed_towards),
        cmocka_unit_test(ports_stay_in_their_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
