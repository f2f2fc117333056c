/*
 * Places for graphs that are too large for the simplex.
 *
 * Rows are swept down and up; in each, the cells move as close as they can to the mean of their
 * neighbours in the row before (least squares with least distances, solved exactly by pooling
 * adjacent violators). Frames are ignored at first; then everything is pushed to the right as
 * far as the constraints ask, and to the left, and the mean of the two is taken: both meet all
 * constraints, so their mean does.
 *
 * Source:  isotonic regression (Ayer et al. 1955), as used for layers by Eiglsperger, Siebenhaller,
 *          Kaufmann, "An efficient implementation of Sugiyama's algorithm for layered graph
 *          drawing", 2005, in spirit; ours in the treatment of frames.
 */
#include "layout/place.h"

#include <math.h>

enum { SWEEPS = 12 };

typedef struct sweeper {
    nc_placing *p;
    double *x;            /* per cell */
    double *sum, *weight; /* per cell: wish */
    double *gap;          /* per place in a row: to its left neighbour */
    double *pool_sum, *pool_weight;
    uint32_t *pool_from;
} sweeper;

/* Move row r to its wishes. Places minus the sum of gaps before them must not fall. */
static void settle_row(sweeper *s, uint32_t r)
{
    const nc_layered *g = s->p->g;
    const nc_row *row = &g->rows[r];
    uint32_t pools = 0;
    double shift = 0;
    for (uint32_t i = 0; i < row->len; i++) {
        uint32_t c = row->cells[i];
        if (i)
            shift += s->gap[c];
        double weight = s->weight[c], sum;
        if (weight > 0) {
            sum = s->sum[c] - shift * weight;
        } else {
            weight = 0.01;
            sum = (s->x[c] - shift) * weight;
        }
        s->pool_from[pools] = i;
        s->pool_sum[pools] = sum;
        s->pool_weight[pools++] = weight;
        while (pools > 1 && s->pool_sum[pools - 2] / s->pool_weight[pools - 2] >
                                s->pool_sum[pools - 1] / s->pool_weight[pools - 1]) {
            pools--;
            s->pool_sum[pools - 1] += s->pool_sum[pools];
            s->pool_weight[pools - 1] += s->pool_weight[pools];
        }
    }
    shift = 0;
    for (uint32_t k = 0; k < pools; k++) {
        uint32_t end = k + 1 < pools ? s->pool_from[k + 1] : row->len;
        for (uint32_t i = s->pool_from[k]; i < end; i++) {
            uint32_t c = row->cells[i];
            if (i)
                shift += s->gap[c];
            s->x[c] = s->pool_sum[k] / s->pool_weight[k] + shift;
        }
    }
}

static bool start(sweeper *s)
{
    nc_layered *g = s->p->g;
    s->x = LAY_NEW(g->mem, double, g->cell_len);
    s->sum = LAY_NEW(g->mem, double, g->cell_len);
    s->weight = LAY_NEW(g->mem, double, g->cell_len);
    s->gap = LAY_NEW(g->mem, double, g->cell_len);
    uint32_t most = 1;
    for (uint32_t r = 0; r < g->row_len; r++)
        most = g->rows[r].len > most ? g->rows[r].len : most;
    s->pool_sum = LAY_NEW(g->mem, double, most);
    s->pool_weight = LAY_NEW(g->mem, double, most);
    s->pool_from = LAY_NEW(g->mem, uint32_t, most);
    if (!s->x || !s->sum || !s->weight || !s->gap || !s->pool_sum || !s->pool_weight ||
        !s->pool_from)
        return false;
    for (uint32_t c = 0; c < g->cell_len; c++)
        s->x[c] = (double)s->p->x[s->p->var[c]];
    /* The distances of neighbours are those of the rigid arcs, row by row in order. */
    uint32_t at = 0;
    for (uint32_t r = 0; r < g->row_len; r++) {
        const nc_row *row = &g->rows[r];
        for (uint32_t i = 0; i < row->len; i++) {
            at += i == 0;
            at += i + 1 == row->len;
            if (i)
                s->gap[row->cells[i]] = (double)s->p->lp.arcs[at++].len;
        }
    }
    return true;
}

static void wish_from(sweeper *s, uint32_t seg, bool down)
{
    const nc_layered *g = s->p->g;
    const nc_seg *e = &g->segs[seg];
    if (e->link == NONE)
        return;
    uint32_t to = down ? e->lower : e->upper, from = down ? e->upper : e->lower;
    double there = s->x[from] + (double)e->at[down ? 0 : 1] - (double)e->at[down ? 1 : 0];
    bool is_long = g->cells[to].kind != NC_CELL_VERTEX && g->cells[from].kind != NC_CELL_VERTEX;
    double w = is_long ? 8 : 1;
    s->sum[to] += w * there;
    s->weight[to] += w;
}

static bool sweep_all(sweeper *s)
{
    nc_layered *g = s->p->g;
    /* Segments by the row of their upper ends. */
    uint32_t *first = LAY_NEW(g->mem, uint32_t, (size_t)g->row_len + 2);
    uint32_t *list = LAY_NEW(g->mem, uint32_t, g->seg_len);
    if (!first || !list)
        return false;
    for (uint32_t i = 0; i < g->seg_len; i++)
        first[g->cells[g->segs[i].upper].row + 2]++;
    for (uint32_t r = 0; r < g->row_len; r++)
        first[r + 2] += first[r + 1];
    for (uint32_t i = 0; i < g->seg_len; i++)
        list[first[g->cells[g->segs[i].upper].row + 1]++] = i;
    for (int k = 0; k < SWEEPS; k++) {
        bool down = k % 2 == 0;
        for (uint32_t n = 0; n < g->row_len; n++) {
            uint32_t r = down ? n : g->row_len - 1 - n;
            for (uint32_t i = 0; i < g->rows[r].len; i++)
                s->sum[g->rows[r].cells[i]] = s->weight[g->rows[r].cells[i]] = 0;
            for (int both = 0; both < 2; both++) {
                /* The last sweeps look both ways. */
                bool from_above = both ? !down : down;
                if (both && k < SWEEPS - 4)
                    break;
                uint32_t channel = from_above ? r - 1 : r;
                if (channel >= g->row_len)
                    continue;
                for (uint32_t i = first[channel]; i < first[channel + 1]; i++)
                    wish_from(s, list[i], from_above);
            }
            settle_row(s, r);
        }
    }
    return true;
}

/* Meets every constraint, as near to the wishes as both directions let it. */
static bool legalise(sweeper *s)
{
    nc_placing *p = s->p;
    nc_layered *g = p->g;
    uint32_t n = p->lp.var_len;
    nc_lp rigid = p->lp, turned = p->lp;
    rigid.arc_len = turned.arc_len = p->rigid;
    int64_t *low = LAY_NEW(g->mem, int64_t, n), *high = LAY_NEW(g->mem, int64_t, n);
    turned.arcs = LAY_NEW(g->mem, nc_lp_arc, p->rigid);
    if (!low || !high || !turned.arcs)
        return false;
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (uint32_t c = 0; c < g->cell_len; c++) {
        int64_t x = (int64_t)floor(s->x[c]);
        least = x < least ? x : least;
        most = x > most ? x : most;
    }
    for (uint32_t v = 0; v < n; v++) {
        low[v] = least - 1000000;
        high[v] = -(most + 1000000);
    }
    for (uint32_t c = 0; c < g->cell_len; c++) {
        nc_cell_kind k = g->cells[c].kind;
        if (k == NC_CELL_LEFT || k == NC_CELL_RIGHT)
            continue;
        low[p->var[c]] = (int64_t)floor(s->x[c]);
        high[p->var[c]] = -(int64_t)floor(s->x[c]);
    }
    /* Frames have no wish of their own: they close around their cells. */
    for (uint32_t e = 0; e < p->rigid; e++) {
        const nc_lp_arc *a = &p->lp.arcs[e];
        turned.arcs[e] = (nc_lp_arc){a->to, a->from, a->len, 0};
    }
    for (uint32_t c = 0; c < g->cell_len; c++) {
        const nc_cell *cell = &g->cells[c];
        int64_t x = (int64_t)floor(s->x[c]);
        for (uint32_t k = cell->cluster; k != NONE; k = g->clusters[k].parent) {
            uint32_t left = NC_VAR_FIRST + 2 * k;
            bool side = cell->kind == NC_CELL_LEFT || cell->kind == NC_CELL_RIGHT;
            if (side || g->clusters[k].run)
                continue;
            if (low[left] == least - 1000000 || x - cell->left < low[left])
                low[left] = x - cell->left;
            if (high[left + 1] == -(most + 1000000) || -(x + cell->right) < high[left + 1])
                high[left + 1] = -(x + cell->right);
        }
    }
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        uint32_t left = NC_VAR_FIRST + 2 * c;
        high[left] = -low[left];
        low[left + 1] = -high[left + 1];
    }
    bool a, b;
    if (!nc_lp_least(g->mem, &rigid, low, &a) || !nc_lp_least(g->mem, &turned, high, &b))
        return false;
    for (uint32_t v = 0; v < n; v++) {
        int64_t sum = low[v] - high[v];
        p->x[v] = sum >= 0 ? sum / 2 : -((1 - sum) / 2);
    }
    /* The outer sides close around everything. */
    int64_t from = INT64_MAX, to = INT64_MIN;
    for (uint32_t e = 0; e < p->rigid; e++) {
        const nc_lp_arc *r = &p->lp.arcs[e];
        if (r->from == NC_VAR_LEFT && r->to >= NC_VAR_FIRST && p->x[r->to] - r->len < from)
            from = p->x[r->to] - r->len;
        if (r->to == NC_VAR_RIGHT && r->from >= NC_VAR_FIRST && p->x[r->from] + r->len > to)
            to = p->x[r->from] + r->len;
    }
    p->x[NC_VAR_LEFT] = from;
    p->x[NC_VAR_RIGHT] = to;
    return true;
}

bool nc_spread(nc_placing *p)
{
    sweeper s = {.p = p};
    for (uint32_t i = 0; i < p->port_len; i++) {
        const nc_port *q = &p->ports[i];
        if (q->seg != NONE)
            p->g->segs[q->seg].at[q->side == 0] = q->wish;
    }
    if (!start(&s) || !sweep_all(&s) || !legalise(&s))
        return false;
    for (uint32_t i = 0; i < p->port_len; i++) {
        if (p->ports[i].var != NONE)
            p->x[p->ports[i].var] = p->x[p->var[p->ports[i].cell]] + p->ports[i].wish;
    }
    return true;
}
