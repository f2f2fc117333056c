/*
 * Large and awkward graphs are laid out without deep recursion or pathological time. The test has a
 * time limit of its own (CMakeLists.txt); what it checks here is linear.
 */
#include "layout/layout.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct large {
    nc_lay_graph graph;
    nc_lay_node *nodes;
    nc_lay_group *groups;
    nc_lay_edge *edges;
} large;

static large make(uint32_t nodes, uint32_t groups, uint32_t edges)
{
    large l = {.nodes = calloc(nodes, sizeof(nc_lay_node)),
               .groups = calloc(groups + 1, sizeof(nc_lay_group)),
               .edges = calloc(edges + 1, sizeof(nc_lay_edge))};
    assert_non_null(l.nodes);
    assert_non_null(l.groups);
    assert_non_null(l.edges);
    for (uint32_t i = 0; i < nodes; i++)
        l.nodes[i] = (nc_lay_node){.w = 80 + i % 7 * 10, .h = 40, .group = NC_LAY_NONE};
    l.graph = (nc_lay_graph){.nodes = l.nodes,
                             .node_len = nodes,
                             .groups = l.groups,
                             .group_len = groups,
                             .edges = l.edges,
                             .spacing = {.node = 32,
                                         .rank = 44,
                                         .edge_edge = 12,
                                         .edge_node = 14,
                                         .label = 8,
                                         .port = 10,
                                         .port_corner = 6,
                                         .loop = 20,
                                         .component = 40,
                                         .margin = 16}};
    return l;
}

static void connect(large *l, uint32_t from, uint32_t to)
{
    l->edges[l->graph.edge_len++] =
        (nc_lay_edge){.from = {NC_LAY_END_NODE, from, 9}, .to = {NC_LAY_END_NODE, to, 9}};
}

static bool on_side(nc_lay_rect r, nc_lay_point p)
{
    bool level = (p.y == r.y || p.y == r.y + r.h) && p.x >= r.x && p.x <= r.x + r.w;
    bool upright = (p.x == r.x || p.x == r.x + r.w) && p.y >= r.y && p.y <= r.y + r.h;
    return level || upright;
}

static void run_and_free(large *l)
{
    nc_lay_result r;
    assert_int_equal(nc_lay_run(&r, &l->graph, NULL), NC_LAY_OK);
    for (uint32_t i = 0; i < l->graph.node_len; i++) {
        nc_lay_rect b = r.nodes[i];
        assert_true(b.x >= 16 && b.y >= 16 && b.x + b.w <= r.w - 16 && b.y + b.h <= r.h - 16);
    }
    for (uint32_t e = 0; e < l->graph.edge_len; e++) {
        const nc_lay_route *route = &r.routes[e];
        assert_true(route->len >= 2);
        assert_true(on_side(r.nodes[l->edges[e].from.index], route->points[0]));
        assert_true(on_side(r.nodes[l->edges[e].to.index], route->points[route->len - 1]));
        for (uint32_t k = 1; k < route->len; k++)
            assert_true(route->points[k].x == route->points[k - 1].x ||
                        route->points[k].y == route->points[k - 1].y);
    }
    nc_lay_release(&r);
    free(l->nodes);
    free(l->groups);
    free(l->edges);
}

static void test_chain(void **state)
{
    (void)state;
    large l = make(100000, 0, 100000);
    for (uint32_t i = 0; i + 1 < 100000; i++)
        connect(&l, i, i + 1);
    run_and_free(&l);
}

static void test_star(void **state)
{
    (void)state;
    large l = make(20001, 0, 20000);
    for (uint32_t i = 1; i <= 20000; i++)
        connect(&l, 0, i);
    run_and_free(&l);
}

static void test_complete(void **state)
{
    (void)state;
    large l = make(150, 0, 150 * 149 / 2);
    for (uint32_t i = 0; i < 150; i++) {
        for (uint32_t k = i + 1; k < 150; k++)
            connect(&l, i, k);
    }
    run_and_free(&l);
}

static void test_random(void **state)
{
    (void)state;
    uint64_t s = 88172645463325252u;
    large l = make(10000, 0, 15000);
    for (uint32_t i = 0; i < 15000; i++) {
        uint32_t end[2];
        for (int k = 0; k < 2; k++) {
            s ^= s << 13;
            s ^= s >> 7;
            s ^= s << 17;
            end[k] = (uint32_t)((s >> 33) % 10000);
        }
        if (end[0] != end[1])
            connect(&l, end[0], end[1]);
    }
    run_and_free(&l);
}

static uint32_t next_random(uint64_t *s, uint32_t below)
{
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return (uint32_t)((*s >> 33) % below);
}

/* Far more edges than nodes, some with labels: a cell in every row for each would be millions. */
static void test_dense(void **state)
{
    enum { NODES = 300, EDGES = 10000 };
    (void)state;
    uint64_t s = 88172645463325252u;
    large l = make(NODES, 0, EDGES);
    for (uint32_t i = 0; i < EDGES; i++) {
        uint32_t from = next_random(&s, NODES), to = next_random(&s, NODES);
        if (from == to)
            continue;
        connect(&l, from, to);
        if (i % 50 == 0) {
            l.edges[l.graph.edge_len - 1].label_w = 60;
            l.edges[l.graph.edge_len - 1].label_h = 20;
        }
    }
    run_and_free(&l);
}

/* Each group holds the next one and two nodes of its own, tied to those of the next. */
static void test_nested(void **state)
{
    enum { DEPTH = 200 };
    (void)state;
    large l = make(2 * DEPTH, DEPTH, 3 * DEPTH);
    for (uint32_t i = 0; i < DEPTH; i++) {
        l.groups[i] = (nc_lay_group){
            .parent = i ? i - 1 : NC_LAY_NONE, .title_w = 60, .title_h = 26, .pad = 16};
        l.nodes[2 * i].group = l.nodes[2 * i + 1].group = i;
        connect(&l, 2 * i, 2 * i + 1);
        if (i)
            connect(&l, 2 * i - 2, 2 * i + 1);
    }
    run_and_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chain),    cmocka_unit_test(test_star),
        cmocka_unit_test(test_complete), cmocka_unit_test(test_random),
        cmocka_unit_test(test_nested),   cmocka_unit_test(test_dense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
