/* Properties of the layout engine over graphs made from seeds; LAYOUT_SEEDS=N tries more of them. */
#include "layout_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t seeds(uint64_t usual)
{
    const char *more = getenv("LAYOUT_SEEDS");
    return more ? strtoull(more, NULL, 10) : usual;
}

static void check_shape(const random_shape *shape, uint64_t count)
{
    static random_graph g;
    for (uint64_t seed = 1; seed <= count; seed++) {
        nc_lay_result r;
        make_random_graph(&g, seed, shape);
        assert_int_equal(nc_lay_run(&r, &g.graph, NULL), NC_LAY_OK);
        const char *bad = layout_defect(&g.graph, &r);
        if (bad)
            print_error("seed %llu (up to %u nodes, %u edges, %u groups): %s\n",
                        (unsigned long long)seed, shape->nodes, shape->edges, shape->groups, bad);
        nc_lay_release(&r);
        assert_null(bad);
    }
}

static void test_flat(void **state)
{
    (void)state;
    check_shape(&(random_shape){.nodes = 8, .edges = 12}, seeds(200));
    check_shape(&(random_shape){.nodes = 30, .edges = 40}, seeds(60));
}

static void test_groups(void **state)
{
    (void)state;
    check_shape(&(random_shape){.nodes = 10, .edges = 12, .groups = 4}, seeds(200));
    check_shape(&(random_shape){.nodes = 30, .edges = 40, .groups = 10}, seeds(60));
}

static void test_directions(void **state)
{
    (void)state;
    check_shape(&(random_shape){.nodes = 10, .edges = 10, .groups = 4, .directions = true},
                seeds(200));
    check_shape(&(random_shape){.nodes = 24, .edges = 30, .groups = 8, .directions = true},
                seeds(60));
}

static void test_constraints(void **state)
{
    (void)state;
    check_shape(&(random_shape){.nodes = 10, .edges = 12, .constraints = 6}, seeds(200));
    check_shape(
        &(random_shape){
            .nodes = 16, .edges = 20, .groups = 5, .constraints = 6, .directions = true},
        seeds(100));
}

static bool same_result(const nc_lay_graph *g, const nc_lay_result *a, const nc_lay_result *b)
{
    if (memcmp(a->nodes, b->nodes, sizeof *a->nodes * g->node_len) != 0 ||
        memcmp(a->groups, b->groups, sizeof *a->groups * g->group_len) != 0 ||
        memcmp(a->titles, b->titles, sizeof *a->titles * g->group_len) != 0)
        return false;
    for (uint32_t e = 0; e < g->edge_len; e++) {
        const nc_lay_route *p = &a->routes[e], *q = &b->routes[e];
        if (p->len != q->len ||
            (p->len && memcmp(p->points, q->points, sizeof *p->points * p->len) != 0))
            return false;
    }
    return true;
}

static void test_same_twice(void **state)
{
    (void)state;
    static random_graph g;
    random_shape shape = {
        .nodes = 20, .edges = 30, .groups = 6, .constraints = 3, .directions = true};
    for (uint64_t seed = 1; seed <= 30; seed++) {
        nc_lay_result a, b;
        make_random_graph(&g, seed, &shape);
        assert_int_equal(nc_lay_run(&a, &g.graph, NULL), NC_LAY_OK);
        assert_int_equal(nc_lay_run(&b, &g.graph, NULL), NC_LAY_OK);
        assert_true(same_result(&g.graph, &a, &b));
        nc_lay_release(&a);
        nc_lay_release(&b);
    }
}

/* Memory that gives out after so many allocations. */
typedef struct meter {
    size_t left, live;
} meter;

static void *metered_alloc(void *payload, size_t size)
{
    meter *m = payload;
    if (m->left == 0)
        return NULL;
    m->left--;
    m->live++;
    return malloc(size);
}

static void metered_free(void *payload, void *ptr)
{
    meter *m = payload;
    m->live -= ptr != NULL;
    free(ptr);
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    static random_graph g;
    random_shape shape = {
        .nodes = 8, .edges = 8, .groups = 4, .constraints = 3, .directions = true};
    for (uint64_t seed = 1; seed <= 3; seed++) {
        nc_lay_status status = NC_LAY_NOMEM;
        make_random_graph(&g, seed, &shape);
        for (size_t n = 0; status != NC_LAY_OK; n++) {
            meter m = {.left = n};
            nc_lay_alloc alloc = {metered_alloc, metered_free, &m};
            nc_lay_result r;
            status = nc_lay_run(&r, &g.graph, &alloc);
            assert_true(status == NC_LAY_OK || status == NC_LAY_NOMEM);
            nc_lay_release(&r);
            assert_int_equal(m.live, 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flat),       cmocka_unit_test(test_groups),
        cmocka_unit_test(test_directions), cmocka_unit_test(test_constraints),
        cmocka_unit_test(test_same_twice), cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("layout properties", tests, NULL, NULL);
}
