/*
 * What stands beside what: wishes within rows, and the labels of FLAT links.
 *
 * Input:   wishes, kinds of links, rows of cells.      Output: pairs of cells that stay in order
 *          (g->before), runs, label cells of FLAT links and their shifts.
 * Runs:    neighbours by wish and the two ends of a FLAT link become a run where the pairs allow it:
 *          cells of one row that stay side by side, so that the link is straight and its label lies
 *          between them. Whatever must stand between cells of a run joins it and ends that.
 * Fails:   without memory.      Source: ours.
 */
#include "layout/flats.h"

#include <string.h>

enum { MOST_PAIRS = 1000 }; /* beyond that only direct pairs count: searches are quadratic */

typedef struct flats {
    nc_layered *g;
    uint32_t *next, *prev;  /* per cell: its neighbour in a run */
    uint32_t *queue, *seen; /* search among the units of a cluster */
    uint32_t stamp;
} flats;

bool nc_add_cell(nc_layered *g, nc_cell cell, uint32_t *index)
{
    *index = g->cell_len;
    return LAY_PUSH(g->mem, g->cells, g->cell_len, g->cell_cap, cell);
}

nc_cell nc_label_cell(const nc_link *l, uint32_t link, uint32_t cluster, uint32_t row)
{
    return (nc_cell){.kind = NC_CELL_LABEL,
                     .ref = link,
                     .cluster = cluster,
                     .row = row,
                     .left = l->label_w / 2,
                     .right = l->label_w - l->label_w / 2,
                     .h = l->label_h};
}

static uint32_t first_row(const nc_layered *g, const nc_end *e)
{
    if (e->at == NC_AT_VERTEX)
        return g->cells[g->vertices[e->index].cell].row;
    const nc_cluster *k = &g->clusters[e->index];
    for (uint32_t r = k->top_row;; r++) {
        if (g->rows[r].kind == NC_ROW_NODE)
            return r;
    }
}

/* The row of a FLAT link: one that both ends have. */
static uint32_t flat_row(const nc_layered *g, const nc_link *l)
{
    uint32_t row = 0;
    for (int i = 0; i < 2; i++) {
        if (l->end[i].at == NC_AT_VERTEX)
            return first_row(g, &l->end[i]);
        if (l->end[i].at == NC_AT_CLUSTER && first_row(g, &l->end[i]) > row)
            row = first_row(g, &l->end[i]);
    }
    return row;
}

static uint32_t unit_cell(const nc_layered *g, const nc_end *e, uint32_t row)
{
    return e->at == NC_AT_VERTEX ? g->vertices[e->index].cell
                                 : nc_side_cell(g, e->index, row, false);
}

static bool add_pair(nc_layered *g, uint32_t a, uint32_t b)
{
    return LAY_PUSH(g->mem, g->before, g->before_len, g->before_cap, a) &&
           LAY_PUSH(g->mem, g->before, g->before_len, g->before_cap, b);
}

static uint32_t real_cluster(const nc_layered *g, uint32_t cell)
{
    uint32_t c = g->cells[cell].cluster;
    return c != NONE && g->clusters[c].run ? g->clusters[c].parent : c;
}

static bool same_run(const nc_layered *g, uint32_t a, uint32_t b)
{
    uint32_t c = g->cells[a].cluster;
    return c != NONE && g->clusters[c].run && g->cells[b].cluster == c;
}

/* The unit of a cell below `above`; a run's cells count singly. */
static uint32_t unit_at(const nc_layered *g, uint32_t cell, uint32_t above)
{
    uint32_t child = nc_child_towards(g, real_cluster(g, cell), above);
    return child == NONE ? cell : g->cell_len + child;
}

/* Does pair i lead on (back: from its right end to its left one) from unit u below `above`? */
static bool leads_on(const nc_layered *g, uint32_t i, bool back, uint32_t above, uint32_t u,
                     uint32_t *to)
{
    uint32_t x = g->before[i + back], y = g->before[i + !back];
    if (nc_common_cluster(g, real_cluster(g, x), real_cluster(g, y)) != above ||
        unit_at(g, x, above) != u)
        return false;
    *to = unit_at(g, y, above);
    return true;
}

/*
 * Is cell a known to stand left of cell b (both of one cluster)? *direct: by a pair of their own;
 * *via: with something in between.
 */
static void known_order(flats *f, uint32_t a, uint32_t b, bool *direct, bool *via)
{
    nc_layered *g = f->g;
    uint32_t above = real_cluster(g, a), head = 0, tail = 0, v;
    *direct = *via = false;
    f->stamp++;
    f->queue[tail++] = a;
    while (head < tail) {
        uint32_t u = f->queue[head++];
        for (uint32_t i = 0; i < g->before_len; i += 2) {
            if (!leads_on(g, i, false, above, u, &v))
                continue;
            if (v == b)
                *(u == a ? direct : via) = true;
            if (v == b || f->seen[v] == f->stamp)
                continue;
            f->seen[v] = f->stamp;
            f->queue[tail++] = v;
        }
    }
}

/* Put cells a and b (of one cluster) into one run; runs that meet become one. */
static bool join_run(nc_layered *g, uint32_t a, uint32_t b)
{
    nc_cell *ca = &g->cells[a], *cb = &g->cells[b];
    bool ra = ca->cluster != NONE && g->clusters[ca->cluster].run;
    bool rb = cb->cluster != NONE && g->clusters[cb->cluster].run;
    if (ra && rb) {
        uint32_t from = cb->cluster, to = ca->cluster;
        for (uint32_t i = 0; i < g->cell_len && from != to; i++) {
            if (g->cells[i].cluster == from)
                g->cells[i].cluster = to;
        }
        return true;
    }
    if (ra || rb) {
        *(ra ? &cb->cluster : &ca->cluster) = ra ? ca->cluster : cb->cluster;
        return true;
    }
    uint32_t parent = ca->cluster, row = ca->row;
    nc_cluster run = {.parent = parent,
                      .depth = parent == NONE ? 0 : g->clusters[parent].depth + 1,
                      .run = true,
                      .top_row = row,
                      .bottom_row = row};
    ca->cluster = cb->cluster = g->cluster_len;
    return LAY_PUSH(g->mem, g->clusters, g->cluster_len, g->cluster_cap, run);
}

static bool run_between(flats *f, uint32_t left, uint32_t right)
{
    f->next[left] = right;
    f->prev[right] = left;
    return join_run(f->g, left, right);
}

static bool add_wishes(nc_layered *g)
{
    for (uint32_t i = 0; i < g->wish_len; i++) {
        const nc_wish *w = &g->wishes[i];
        if (w->dropped || (w->rule != NC_LAY_RULE_RIGHT_OF && w->rule != NC_LAY_RULE_BESIDE))
            continue;
        uint32_t row = first_row(g, &w->a);
        if (!add_pair(g, unit_cell(g, &w->a, row), unit_cell(g, &w->b, row)))
            return false;
    }
    return true;
}

static bool between_vertices(const nc_end *a, const nc_end *b)
{
    return a->at == NC_AT_VERTEX && b->at == NC_AT_VERTEX;
}

/* Two vertices of one cluster that would like to be neighbours. */
static bool try_run(flats *f, uint32_t left, uint32_t right)
{
    nc_layered *g = f->g;
    bool direct, via, turned, turned_via;
    if (real_cluster(g, left) != real_cluster(g, right) || g->before_len > MOST_PAIRS)
        return true;
    known_order(f, right, left, &turned, &turned_via);
    if (turned || turned_via) {
        uint32_t swap = left;
        left = right;
        right = swap;
    }
    known_order(f, left, right, &direct, &via);
    if (via || f->next[left] != NONE || f->prev[right] != NONE)
        return true;
    if (!direct && !turned && !add_pair(g, left, right))
        return false;
    return run_between(f, left, right);
}

static bool add_runs(flats *f)
{
    nc_layered *g = f->g;
    for (uint32_t i = 0; i < g->wish_len; i++) {
        const nc_wish *w = &g->wishes[i];
        if (!w->dropped && w->rule == NC_LAY_RULE_BESIDE && between_vertices(&w->a, &w->b) &&
            !try_run(f, g->vertices[w->a.index].cell, g->vertices[w->b.index].cell))
            return false;
    }
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_link *l = &g->links[i];
        if (l->kind == NC_LINK_FLAT && between_vertices(&l->end[0], &l->end[1]) &&
            !try_run(f, g->vertices[l->end[0].index].cell, g->vertices[l->end[1].index].cell))
            return false;
    }
    return true;
}

/* --- runs that something must interrupt --- */

static uint32_t first_of_run(const nc_layered *g, uint32_t run)
{
    for (uint32_t i = 0; i < g->cell_len; i++) {
        if (g->cells[i].cluster == run)
            return i;
    }
    return NONE;
}

static void mark_unit(flats *f, uint32_t unit, uint32_t *mark, uint32_t *tail)
{
    if (f->seen[unit] == f->stamp)
        return;
    f->seen[unit] = mark[unit] = f->stamp;
    f->queue[(*tail)++] = unit;
}

/*
 * Marks (with the stamp) the units that pairs lead to from the cells of a run, or back from them.
 * Another run is met as a whole.
 */
static void mark_from_run(flats *f, uint32_t run, bool back, uint32_t *mark)
{
    const nc_layered *g = f->g;
    uint32_t above = g->clusters[run].parent, head = 0, tail = 0, v;
    f->stamp++;
    for (uint32_t i = 0; i < g->cell_len; i++) {
        if (g->cells[i].cluster == run)
            f->queue[tail++] = i;
    }
    while (head < tail) {
        uint32_t u = f->queue[head++];
        for (uint32_t i = 0; i < g->before_len; i += 2) {
            if (!leads_on(g, i, back, above, u, &v))
                continue;
            uint32_t c = v < g->cell_len ? g->cells[v].cluster : NONE;
            if (c == run)
                continue;
            mark_unit(f, v, mark, &tail);
            for (uint32_t k = 0; c != NONE && g->clusters[c].run && k < g->cell_len; k++) {
                if (g->cells[k].cluster == c)
                    mark_unit(f, k, mark, &tail);
            }
        }
    }
}

/* What must stand between cells of a run joins it; if that is a cluster the run is given up. */
static bool mend_run(flats *f, uint32_t run, uint32_t *after, uint32_t *before, bool *changed)
{
    nc_layered *g = f->g;
    *changed = false;
    mark_from_run(f, run, false, after);
    uint32_t stamp = f->stamp;
    mark_from_run(f, run, true, before);
    for (uint32_t u = 0; u < g->cell_len + g->cluster_len; u++) {
        if (after[u] != stamp || before[u] != f->stamp)
            continue;
        *changed = true;
        for (uint32_t i = 0; i < g->cell_len; i++) {
            if (g->cells[i].cluster != run)
                continue;
            f->next[i] = f->prev[i] = NONE;
            if (u >= g->cell_len)
                g->cells[i].cluster = g->clusters[run].parent;
        }
        return u >= g->cell_len || join_run(g, first_of_run(g, run), u);
    }
    return true;
}

static bool mend_runs(flats *f)
{
    nc_layered *g = f->g;
    size_t units = (size_t)g->cell_len + g->cluster_len;
    uint32_t *after = LAY_NEW(g->mem, uint32_t, units), *before = LAY_NEW(g->mem, uint32_t, units);
    if (!after || !before)
        return false;
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        bool changed = g->clusters[c].run;
        while (changed && first_of_run(g, c) != NONE) {
            if (!mend_run(f, c, after, before, &changed))
                return false;
        }
    }
    return true;
}

/* --- labels --- */

static bool may_share(const nc_layered *g, const nc_link *l, const nc_link *o)
{
    for (int e = 0; e < 2; e++) {
        const nc_vertex *v = &g->vertices[l->end[e].index];
        bool met = l->end[e].index == o->end[0].index || l->end[e].index == o->end[1].index;
        if (!met || v->loops || l->end[e].fixed || o->end[e].fixed)
            return false;
        if (v->h < g->cells[o->label_cell].h + g->gap.label + l->label_h)
            return false;
    }
    return true;
}

/* A label cell between the same neighbours that has room for one more, lines one under another. */
static bool share_label(nc_layered *g, uint32_t i)
{
    nc_link *l = &g->links[i];
    for (uint32_t j = i; j-- > 0 && i - j < 64;) {
        const nc_link *o = &g->links[j];
        if (o->kind != NC_LINK_FLAT || o->label_cell == NONE ||
            !between_vertices(&o->end[0], &o->end[1]) || !may_share(g, l, o))
            continue;
        nc_cell *c = &g->cells[o->label_cell];
        l->label_cell = o->label_cell;
        if (l->label_w / 2 > c->left) {
            c->left = l->label_w / 2;
            c->right = l->label_w - l->label_w / 2;
        }
        l->shift = (c->h + g->gap.label) / 2;
        for (uint32_t k = 0; k < i; k++) {
            if (g->links[k].kind == NC_LINK_FLAT && g->links[k].label_cell == l->label_cell)
                g->links[k].shift -= (l->label_h + g->gap.label) / 2;
        }
        c->h += g->gap.label + l->label_h;
        return true;
    }
    return false;
}

static bool add_label(flats *f, uint32_t i)
{
    nc_layered *g = f->g;
    nc_link *l = &g->links[i];
    uint32_t c = nc_common_cluster(g, nc_end_cluster(g, &l->end[0]), nc_end_cluster(g, &l->end[1]));
    uint32_t left = NONE, right = NONE;
    bool direct = false, via = false, turned = false, turned_via = false;
    if (between_vertices(&l->end[0], &l->end[1])) {
        left = g->vertices[l->end[0].index].cell;
        right = g->vertices[l->end[1].index].cell;
        if (f->next[left] != right && f->next[right] == left) {
            left = g->vertices[l->end[1].index].cell;
            right = g->vertices[l->end[0].index].cell;
        }
        if (f->next[left] == right && share_label(g, i))
            return true;
    }
    if (!nc_add_cell(g, nc_label_cell(l, i, c, l->row), &l->label_cell))
        return false;
    if (left == NONE || real_cluster(g, left) != real_cluster(g, right) ||
        g->before_len > MOST_PAIRS)
        return true;
    known_order(f, left, right, &direct, &via);
    known_order(f, right, left, &turned, &turned_via);
    if (turned || turned_via) {
        uint32_t swap = left;
        left = right;
        right = swap;
    }
    if (same_run(g, left, right) && f->next[left] != right)
        return true; /* it must not part neighbours: it goes beside the whole run */
    bool known = direct || via || turned || turned_via;
    if (known && (!add_pair(g, left, l->label_cell) || !add_pair(g, l->label_cell, right)))
        return false;
    return !same_run(g, left, right) || join_run(g, left, l->label_cell);
}

static bool start(flats *f, uint32_t labels)
{
    nc_layered *g = f->g;
    size_t cells = (size_t)g->cell_len + labels, units = cells + g->cluster_len + labels + 1;
    f->next = LAY_NEW(g->mem, uint32_t, cells);
    f->prev = LAY_NEW(g->mem, uint32_t, cells);
    f->queue = LAY_NEW(g->mem, uint32_t, units);
    f->seen = LAY_NEW(g->mem, uint32_t, units);
    if (!f->next || !f->prev || !f->queue || !f->seen)
        return false;
    memset(f->next, 0xff, sizeof *f->next * cells);
    memset(f->prev, 0xff, sizeof *f->prev * cells);
    return true;
}

bool nc_add_flats(nc_layered *g)
{
    flats f = {.g = g};
    uint32_t labels = 0, any = g->wish_len;
    for (uint32_t i = 0; i < g->link_len; i++) {
        nc_link *l = &g->links[i];
        if (l->kind != NC_LINK_FLAT)
            continue;
        l->row = flat_row(g, l);
        any++;
        labels += l->label_w || l->label_h;
    }
    if (!any)
        return true;
    if (!start(&f, labels) || !add_wishes(g) || !add_runs(&f) || !mend_runs(&f))
        return false;
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_link *l = &g->links[i];
        if (l->kind == NC_LINK_FLAT && (l->label_w || l->label_h) && !add_label(&f, i))
            return false;
    }
    return true;
}
