/*
 * The way in: checks the caller's graph, chooses the unit, runs the passes, hands the result over.
 *
 * The pass table is the engine on one screen. A pass reads what the ones before it wrote; what
 * holds after it is checked in debug builds (check.c), and each file names its source.
 */
#include "layout/levels.h"

#include <assert.h>
#include <math.h>

typedef struct pass {
    const char *name;
    bool (*run)(nc_layered *g);         /* false: no memory */
    bool (*holds)(const nc_layered *g); /* what is true afterwards */
} pass;

/* Without the sizes of vertices. */
static const pass early[] = {
    {"constrain", nc_pass_constrain, nc_wishes_agree},
    {"rank", nc_pass_rank, nc_ranks_hold},
    {"kinds", nc_pass_kinds, nc_kinds_hold},
};

static const pass late[] = {
    {"rows", nc_pass_rows, nc_rows_hold},       {"order", nc_pass_order, nc_order_holds},
    {"arms", nc_pass_arms, nc_arms_hold},       {"place", nc_pass_place, nc_places_hold},
    {"tracks", nc_pass_tracks, nc_tracks_hold}, {"route", nc_pass_route, nc_routes_hold},
};

static bool run_passes(nc_layered *g, const pass *list, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!list[i].run(g))
            return false;
        assert(list[i].holds(g));
    }
    return true;
}

bool nc_run_early(nc_layered *g)
{
    return run_passes(g, early, sizeof early / sizeof *early);
}

bool nc_run_late(nc_layered *g)
{
    return run_passes(g, late, sizeof late / sizeof *late);
}

/* --- the caller's graph --- */

#define MOST_SIZE 1e9 /* of one length, in the caller's units: sums stay exact */

static bool good_size(double v)
{
    return v >= 0 && v <= MOST_SIZE; /* also false for what is not a number */
}

static bool good_end(const nc_lay_graph *in, const nc_lay_end *e)
{
    uint32_t len = e->kind == NC_LAY_END_NODE ? in->node_len : in->group_len;
    return (e->kind == NC_LAY_END_NODE || e->kind == NC_LAY_END_GROUP) && e->index < len &&
           good_size(e->head);
}

static bool good_dir(nc_lay_dir dir)
{
    return (unsigned)dir < NC_LAY_DIR_COUNT;
}

static bool good_sizes(const nc_lay_graph *in)
{
    const nc_lay_spacing *s = &in->spacing;
    const double spaces[] = {s->node, s->rank,        s->edge_edge, s->edge_node, s->label,
                             s->port, s->port_corner, s->loop,      s->component, s->margin};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        if (!good_size(spaces[i]))
            return false;
    }
    for (uint32_t i = 0; i < in->node_len; i++) {
        const nc_lay_node *n = &in->nodes[i];
        if (!good_size(n->w) || !good_size(n->h) ||
            (n->group != NONE && n->group >= in->group_len) || (n->outline_len && !n->outline))
            return false;
        for (uint32_t k = 0; k < n->outline_len; k++) {
            if (!isfinite(n->outline[k].x) || !isfinite(n->outline[k].y))
                return false;
        }
        for (int side = 0; side < NC_LAY_SIDES; side++) {
            if (!good_size(n->ports[side].from) || !good_size(n->ports[side].to))
                return false;
        }
    }
    for (uint32_t i = 0; i < in->group_len; i++) {
        const nc_lay_group *g = &in->groups[i];
        if (!good_size(g->title_w) || !good_size(g->title_h) || !good_size(g->pad) ||
            !good_size(g->min_w) || (g->parent != NONE && g->parent >= in->group_len) ||
            (g->has_dir && !good_dir(g->dir)))
            return false;
    }
    return good_dir(in->dir) && good_size(in->min_w) && good_size(in->aspect);
}

static bool good_ends(const nc_lay_graph *in)
{
    for (uint32_t i = 0; i < in->edge_len; i++) {
        const nc_lay_edge *e = &in->edges[i];
        if (!good_end(in, &e->from) || !good_end(in, &e->to) || !good_size(e->label_w) ||
            !good_size(e->label_h))
            return false;
    }
    for (uint32_t i = 0; i < in->constraint_len; i++) {
        const nc_lay_constraint *c = &in->constraints[i];
        if (!good_end(in, &c->a) || !good_end(in, &c->b) || (unsigned)c->rule > NC_LAY_RULE_BESIDE)
            return false;
    }
    return true;
}

/* Groups must not contain each other: every way up ends. False in *ok if one does not. */
static bool check_nesting(const nc_lay_graph *in, nc_lay_mem *m, bool *ok)
{
    uint32_t *trip = LAY_NEW(m, uint32_t, in->group_len);
    if (!trip)
        return false;
    *ok = true;
    for (uint32_t g = 0; g < in->group_len; g++) {
        uint32_t up = g;
        while (up != NONE && !trip[up]) {
            trip[up] = g + 1;
            up = in->groups[up].parent;
        }
        if (up != NONE && trip[up] == g + 1)
            *ok = false;
    }
    return true;
}

static bool whole(double v)
{
    return v == floor(v);
}

/* Whole numbers are laid out as they are; anything else in sixteenths, so that sums stay exact. */
static double choose_scale(const nc_lay_graph *in)
{
    const nc_lay_spacing *s = &in->spacing;
    bool all = whole(s->node) && whole(s->rank) && whole(s->edge_edge) && whole(s->edge_node) &&
               whole(s->label) && whole(s->port) && whole(s->port_corner) && whole(s->loop) &&
               whole(s->component) && whole(s->margin) && whole(in->min_w);
    for (uint32_t i = 0; i < in->node_len && all; i++)
        all = whole(in->nodes[i].w) && whole(in->nodes[i].h);
    for (uint32_t i = 0; i < in->group_len && all; i++) {
        const nc_lay_group *g = &in->groups[i];
        all = whole(g->title_w) && whole(g->title_h) && whole(g->pad) && whole(g->min_w);
    }
    for (uint32_t i = 0; i < in->edge_len && all; i++) {
        const nc_lay_edge *e = &in->edges[i];
        all = whole(e->label_w) && whole(e->label_h) && whole(e->from.head) && whole(e->to.head);
    }
    return all ? 1 : 16;
}

static nc_gaps turn_gaps(const nc_drawing *d)
{
    const nc_lay_spacing *s = &d->in->spacing;
    return (nc_gaps){.node = nc_to_len(d, s->node),
                     .rank = nc_to_len(d, s->rank),
                     .edge_edge = nc_to_len(d, s->edge_edge),
                     .edge_node = nc_to_len(d, s->edge_node),
                     .label = nc_to_len(d, s->label),
                     .port = nc_to_len(d, s->port),
                     .corner = nc_to_len(d, s->port_corner),
                     .loop = nc_to_len(d, s->loop)};
}

static bool run(nc_drawing *d, nc_lay_result *out)
{
    d->scale = choose_scale(d->in);
    d->gap = turn_gaps(d);
    return nc_cut_levels(d) && nc_run_levels(d) && nc_assemble(d, out);
}

nc_lay_status nc_lay_run(nc_lay_result *out, const nc_lay_graph *graph, const nc_lay_alloc *alloc)
{
    *out = (nc_lay_result){0};
    if (!good_sizes(graph) || !good_ends(graph))
        return NC_LAY_INVALID;
    nc_lay_mem scratch, first;
    nc_lay_mem_init(&scratch, alloc);
    nc_lay_mem_init(&first, alloc);
    nc_lay_mem *keep =
        LAY_NEW(&first, nc_lay_mem, 1); /* the pile that holds the result, in itself */
    bool nested = false;
    nc_lay_status status = NC_LAY_NOMEM;
    if (keep && check_nesting(graph, &scratch, &nested)) {
        nc_drawing d = {.in = graph, .mem = &scratch, .keep = &first};
        status = !nested ? NC_LAY_INVALID : run(&d, out) ? NC_LAY_OK : NC_LAY_NOMEM;
    }
    nc_lay_mem_release(&scratch);
    if (status != NC_LAY_OK) {
        nc_lay_mem_release(&first);
        *out = (nc_lay_result){0};
        return status;
    }
    *keep = first;
    out->memory = keep;
    return NC_LAY_OK;
}

void nc_lay_release(nc_lay_result *result)
{
    if (result->memory) {
        nc_lay_mem memory = *(nc_lay_mem *)result->memory;
        nc_lay_mem_release(&memory);
    }
    *result = (nc_lay_result){0};
}
