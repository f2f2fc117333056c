/* What holds after each pass. Only debug builds and tests run these; none changes anything. */
#include "layout/constraints.h"

static nc_len min_len(nc_len a, nc_len b)
{
    return a < b ? a : b;
}

static nc_len max_len(nc_len a, nc_len b)
{
    return a > b ? a : b;
}

bool nc_wishes_agree(const nc_layered *g)
{
    for (uint32_t i = 0; i < g->wish_len; i++) {
        const nc_wish *w = &g->wishes[i];
        if (w->against != NONE && (!w->dropped || w->against >= w->source))
            return false;
    }
    return true;
}

static uint32_t rank_at(const nc_layered *g, const nc_end *e, bool bottom)
{
    if (e->at == NC_AT_VERTEX)
        return g->vertices[e->index].rank;
    return bottom ? g->clusters[e->index].last_rank : g->clusters[e->index].first_rank;
}

/* Wishes are met; spans hold their members. */
bool nc_ranks_hold(const nc_layered *g)
{
    for (uint32_t i = 0; i < g->wish_len; i++) {
        const nc_wish *w = &g->wishes[i];
        if (w->dropped)
            continue;
        uint32_t a = rank_at(g, &w->a, w->rule == NC_LAY_RULE_BELOW), b = rank_at(g, &w->b, false);
        if (w->rule == NC_LAY_RULE_BELOW ? b < a + (w->distance ? w->distance : 1) : a != b)
            return false;
    }
    for (uint32_t v = 0; v < g->vertex_len; v++) {
        uint32_t rank = g->vertices[v].rank;
        if (rank >= g->rank_len)
            return false;
        for (uint32_t c = g->vertices[v].cluster; c != NONE; c = g->clusters[c].parent) {
            if (rank < g->clusters[c].first_rank || rank > g->clusters[c].last_rank)
                return false;
        }
    }
    return true;
}

/* A DOWN link between two ends apart runs from the higher to the lower one. */
bool nc_kinds_hold(const nc_layered *g)
{
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_link *l = &g->links[i];
        if (l->kind != NC_LINK_DOWN || l->end[0].at != NC_AT_VERTEX || l->end[1].at != NC_AT_VERTEX)
            continue;
        if (g->vertices[l->end[l->upper].index].rank >=
            g->vertices[l->end[1 - l->upper].index].rank)
            return false;
    }
    return true;
}

/* Segments join neighbouring rows; every cell is in a row; cells lie in clusters that span them. */
bool nc_rows_hold(const nc_layered *g)
{
    for (uint32_t i = 0; i < g->seg_len; i++) {
        if (g->cells[g->segs[i].upper].row + 1 != g->cells[g->segs[i].lower].row)
            return false;
    }
    for (uint32_t i = 0; i < g->cell_len; i++) {
        const nc_cell *c = &g->cells[i];
        if (c->row >= g->row_len || g->rows[c->row].cells[c->pos] != i)
            return false;
        for (uint32_t k = c->cluster; k != NONE; k = g->clusters[k].parent) {
            if (c->row < g->clusters[k].top_row || c->row > g->clusters[k].bottom_row)
                return false;
        }
    }
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        const nc_cluster *k = &g->clusters[c];
        if (k->run || k->parent == NONE)
            continue;
        const nc_cluster *p = &g->clusters[k->parent];
        if (k->top_row <= p->top_row || k->bottom_row >= p->bottom_row)
            return false;
    }
    return true;
}

static bool in_cluster(const nc_layered *g, uint32_t cell, uint32_t cluster)
{
    uint32_t c = g->cells[cell].cluster;
    while (c != NONE && c != cluster)
        c = g->clusters[c].parent;
    return c == cluster;
}

/* Rows are permutations; clusters are intervals between their sides, in one order everywhere. */
bool nc_order_holds(const nc_layered *g)
{
    for (uint32_t i = 0; i < g->cell_len; i++) {
        const nc_cell *c = &g->cells[i];
        if (c->pos >= g->rows[c->row].len || g->rows[c->row].cells[c->pos] != i)
            return false;
    }
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        const nc_cluster *k = &g->clusters[c];
        for (uint32_t r = k->top_row; !k->run && r <= k->bottom_row; r++) {
            uint32_t from = g->cells[nc_side_cell(g, c, r, false)].pos;
            uint32_t to = g->cells[nc_side_cell(g, c, r, true)].pos;
            for (uint32_t p = 0; p < g->rows[r].len; p++) {
                if (in_cluster(g, g->rows[r].cells[p], c) != (p >= from && p <= to))
                    return false;
            }
        }
    }
    for (uint32_t i = 0; i < g->before_len; i += 2) {
        if (g->cells[g->before[i]].pos >= g->cells[g->before[i + 1]].pos)
            return false;
    }
    return true;
}

bool nc_arms_hold(const nc_layered *g)
{
    for (uint32_t i = 0; i < g->arm_len; i++) {
        const nc_arm *a = &g->arms[i];
        if (a->channel + 1 >= g->row_len || (a->straight && a->end[0].at != NC_ARM_EDGE))
            return false;
    }
    return true;
}

/* Neighbours do not overlap; everything lies inside its frames and inside the graph. */
bool nc_places_hold(const nc_layered *g)
{
    for (uint32_t r = 0; r < g->row_len; r++) {
        const nc_row *row = &g->rows[r];
        for (uint32_t i = 0; i < row->len; i++) {
            const nc_cell *b = &g->cells[row->cells[i]];
            if (b->x - b->left < g->left || b->x + b->right > g->right)
                return false;
            if (i == 0)
                continue;
            const nc_cell *a = &g->cells[row->cells[i - 1]];
            if (a->x + a->right > b->x - b->left)
                return false;
        }
    }
    for (uint32_t i = 0; i < g->cell_len; i++) {
        const nc_cell *c = &g->cells[i];
        for (uint32_t k = c->cluster; k != NONE; k = g->clusters[k].parent) {
            bool own = c->kind == NC_CELL_LEFT || c->kind == NC_CELL_RIGHT;
            if (g->clusters[k].run || (own && c->ref == k))
                continue;
            if (c->x < g->clusters[k].left || c->x > g->clusters[k].right)
                return false;
        }
    }
    return true;
}

/* Stretches of one track are apart; rows do not overlap. */
bool nc_tracks_hold(const nc_layered *g)
{
    for (uint32_t r = 0; r + 1 < g->row_len; r++) {
        if (g->rows[r].y + g->rows[r].h > g->rows[r + 1].y)
            return false;
    }
    if (g->stretch_len > 2000)
        return true; /* quadratic */
    for (uint32_t i = 0; i < g->stretch_len; i++) {
        const nc_stretch *p = &g->stretches[i];
        if (p->y < g->rows[p->channel].y + g->rows[p->channel].h ||
            p->y > g->rows[p->channel + 1].y)
            return false;
        for (uint32_t j = 0; j < i; j++) {
            const nc_stretch *q = &g->stretches[j];
            if (p->channel != q->channel || p->track != q->track)
                continue;
            if (min_len(p->x[0], p->x[1]) < max_len(q->x[0], q->x[1]) &&
                min_len(q->x[0], q->x[1]) < max_len(p->x[0], p->x[1]))
                return false;
        }
    }
    return true;
}

/* Routes are orthogonal and, unless hidden, there. */
bool nc_routes_hold(const nc_layered *g)
{
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_link *l = &g->links[i];
        if ((l->kind == NC_LINK_HIDDEN) != (l->len == 0))
            return false;
        for (uint32_t k = 1; k < l->len; k++) {
            if (l->points[k].x != l->points[k - 1].x && l->points[k].y != l->points[k - 1].y)
                return false;
        }
    }
    return true;
}
