#include "compose/c4_grid.h"

enum { SHAPES_IN_ROW = 4, BOUNDARIES_IN_ROW = 2 }; /* Mermaid's own */

/* Elements or boundaries by the boundary that holds them; the last place is the diagram's. */
typedef struct children {
    uint32_t *first; /* per boundary, one more for the diagram, one more at the end */
    uint32_t *list;
} children;

/* parents[i] is a boundary or NC_NONE; order is kept. */
static bool sort_children(children *out, nc_arena *arena, const uint32_t *parents, uint32_t len,
                          uint32_t boundaries)
{
    out->first = NC_NEW(arena, uint32_t, (size_t)boundaries + 3);
    out->list = NC_NEW(arena, uint32_t, (size_t)len + 1);
    if (!out->first || !out->list)
        return false;
    for (uint32_t i = 0; i < len; i++)
        out->first[(parents[i] == NC_NONE ? boundaries : parents[i]) + 2]++;
    for (uint32_t b = 2; b < boundaries + 3; b++)
        out->first[b] += out->first[b - 1];
    for (uint32_t i = 0; i < len; i++)
        out->list[out->first[(parents[i] == NC_NONE ? boundaries : parents[i]) + 1]++] = i;
    return true;
}

static uint32_t row_length(const nc_placed_graph *graph, const char *key, uint32_t own,
                           uint32_t usual)
{
    if (own != usual)
        return own ? own : usual;
    const double v = nc_config_number(graph->draw->config, key, usual);
    return v >= 1 && v < 1e6 ? (uint32_t)v : usual;
}

static bool add_rule(nc_placed_graph *graph, nc_lay_rule kind, nc_lay_end a, nc_lay_end b)
{
    const nc_graph_rule rule = {.wish = {.rule = kind, .a = a, .b = b}};
    return NC_PUSH(graph->draw->arena, &graph->rules, rule);
}

/* A row that stands above the one at hand, in the same boundary. */
typedef struct grid_row {
    nc_lay_end_kind kind;
    const uint32_t *list;
    uint32_t len;
} grid_row;

/* Puts children in rows below *over, which is their last row then. */
static bool add_rows(nc_placed_graph *graph, grid_row *over, nc_lay_end_kind kind,
                     const uint32_t *list, uint32_t len, uint32_t in_row)
{
    for (uint32_t i = 0; i < len; i++) {
        const nc_lay_end here = {.kind = kind, .index = list[i]};
        if (i % in_row) {
            const nc_lay_end left = {.kind = kind, .index = list[i - 1]};
            if (!add_rule(graph, NC_LAY_RULE_RIGHT_OF, left, here))
                return false;
            continue;
        }
        /* one element stands for its row; boundaries of a row end at different heights */
        const uint32_t count = over->kind == NC_LAY_END_NODE && over->len ? 1 : over->len;
        for (uint32_t k = 0; k < count; k++) {
            const nc_lay_end upper = {.kind = over->kind, .index = over->list[k]};
            if (!add_rule(graph, NC_LAY_RULE_BELOW, upper, here))
                return false;
        }
        *over = (grid_row){kind, list + i, len - i < in_row ? len - i : in_row};
    }
    return true;
}

bool nc_c4_grid_rules(nc_placed_graph *graph, const nc_c4 *c4)
{
    nc_arena *const arena = graph->draw->arena;
    const uint32_t boundaries = c4->boundaries.len;
    const uint32_t shapes = row_length(graph, "c4ShapeInRow", c4->shapes_in_row, SHAPES_IN_ROW);
    const uint32_t frames =
        row_length(graph, "c4BoundaryInRow", c4->boundaries_in_row, BOUNDARIES_IN_ROW);
    const uint32_t most = c4->elements.len > boundaries ? c4->elements.len : boundaries;
    if (!graph->draw->measure) /* these rules never contradict each other: nothing to warn of */
        return true;
    uint32_t *const parents = NC_NEW(arena, uint32_t, (size_t)most + 1);
    children elements;
    children inner;
    if (!parents)
        return false;
    for (uint32_t i = 0; i < c4->elements.len; i++)
        parents[i] = c4->elements.ptr[i].parent;
    if (!sort_children(&elements, arena, parents, c4->elements.len, boundaries))
        return false;
    for (uint32_t i = 0; i < boundaries; i++)
        parents[i] = c4->boundaries.ptr[i].parent;
    if (!sort_children(&inner, arena, parents, boundaries, boundaries))
        return false;
    for (uint32_t b = 0; b <= boundaries; b++) {
        grid_row over = {NC_LAY_END_NODE, NULL, 0};
        if (!add_rows(graph, &over, NC_LAY_END_NODE, elements.list + elements.first[b],
                      elements.first[b + 1] - elements.first[b], shapes) ||
            !add_rows(graph, &over, NC_LAY_END_GROUP, inner.list + inner.first[b],
                      inner.first[b + 1] - inner.first[b], frames))
            return false;
    }
    return true;
}
