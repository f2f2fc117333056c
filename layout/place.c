/*
 * Give every cell, frame side and port its x.
 *
 * Input:   ordered rows, arms.      Output: x of cells, offsets of segments and arms, left and
 *          right of clusters and of the graph.
 * Method:  difference constraints keep neighbours of a row apart, cells inside their frames,
 *          others outside, ports on their side in order. Springs pull edges straight (long edges
 *          hardest), ports to the middle, titles to the left, frames together. All of it is one
 *          problem for nc_lp_solve; the mean of its extreme optima centres parents over children
 *          and keeps symmetric graphs symmetric. A port may slide along its side, so that an edge
 *          is straight wherever the two boxes overlap. Large graphs go through nc_spread.
 * Fails:   without memory.
 * Source:  Gansner et al. 1993 (x as network simplex); Rueegg, Schulze, Grevismuehl, von Hanxleden,
 *          "Using one-dimensional compaction for smaller graph drawings", 2016 (ports as variables).
 */
#include "layout/place.h"

#include "layout/around.h"
#include "layout/sort.h"

#include <string.h>

enum { MOST_LP_VARS = 6000 };
enum { PULL_NODES = 8, PULL_MIXED = 16, PULL_LONG = 64 };
enum { PULL_PORT = 1, PULL_ONLY = 3, PULL_TITLE = 1, PULL_FRAME = 4, PULL_WIDTH = 1, PULL_ARM = 4 };

static nc_len min_len(nc_len a, nc_len b)
{
    return a < b ? a : b;
}

static nc_len max_len(nc_len a, nc_len b)
{
    return a > b ? a : b;
}

typedef enum ground { BOX, LINE, LABEL, TITLE, FRAME } ground;

static const ground ground_of[] = {
    [NC_CELL_VERTEX] = BOX, [NC_CELL_BEND] = LINE, [NC_CELL_LABEL] = LABEL, [NC_CELL_TITLE] = TITLE,
    [NC_CELL_STOP] = LINE,  [NC_CELL_PORT] = LINE, [NC_CELL_LEFT] = FRAME,  [NC_CELL_RIGHT] = FRAME,
};

/* Between two things that stand beside each other, neither inside the other. */
static nc_len gap_beside(const nc_gaps *s, ground a, ground b)
{
    if (a > b) {
        ground swap = a;
        a = b;
        b = swap;
    }
    if (a == BOX)
        return b == LINE ? s->edge_node : b == LABEL ? max_len(s->label, s->edge_node) : s->node;
    if (a == LINE)
        return b == LINE    ? s->edge_edge
               : b == FRAME ? max_len(s->edge_edge, s->edge_node)
                            : s->label;
    return b == FRAME && a == FRAME ? s->node : s->label;
}

/* From a frame's side to what it holds. */
static nc_len gap_inside(const nc_layered *g, const nc_cluster *k, ground inner, bool left)
{
    bool lane = g->titles == NC_TITLE_LANE || g->titles == NC_TITLE_LANE_BACK;
    nc_len strip = left && lane ? k->strip : 0;
    if (inner == LINE)
        return strip + (k->pad < g->gap.edge_edge ? k->pad : g->gap.edge_edge);
    return strip + k->pad;
}

static nc_len gap_between(const nc_layered *g, uint32_t a, uint32_t b)
{
    const nc_cell *l = &g->cells[a], *r = &g->cells[b];
    if (l->kind == NC_CELL_LEFT)
        return r->kind == NC_CELL_RIGHT
                   ? 0
                   : gap_inside(g, &g->clusters[l->ref], ground_of[r->kind], true);
    if (r->kind == NC_CELL_RIGHT)
        return gap_inside(g, &g->clusters[r->ref], ground_of[l->kind], false);
    return gap_beside(&g->gap, ground_of[l->kind], ground_of[r->kind]);
}

static bool add_arc(nc_placing *p, uint32_t a, uint32_t b, nc_len len, int64_t weight)
{
    return LAY_PUSH(p->g->mem, p->lp.arcs, p->lp.arc_len, p->lp.arc_cap,
                    (nc_lp_arc){a, b, len, weight});
}

static bool number_vars(nc_placing *p)
{
    nc_layered *g = p->g;
    uint32_t next = NC_VAR_FIRST + 2 * g->cluster_len;
    p->var = LAY_NEW(g->mem, uint32_t, g->cell_len);
    if (!p->var)
        return false;
    for (uint32_t c = 0; c < g->cell_len; c++) {
        const nc_cell *cell = &g->cells[c];
        if (cell->kind == NC_CELL_LEFT || cell->kind == NC_CELL_RIGHT)
            p->var[c] = NC_VAR_FIRST + 2 * cell->ref + (cell->kind == NC_CELL_RIGHT);
        else
            p->var[c] = next++;
    }
    p->lp.var_len = next;
    return true;
}

/* Room on straight arms for a head and a piece of line. */
static nc_len arm_gap(const nc_layered *g, const nc_arm *a)
{
    const nc_link *l = &g->links[a->link];
    nc_len head = max_len(l->end[0].head, l->end[1].head);
    return head + g->gap.edge_node;
}

static bool add_separation(nc_placing *p)
{
    nc_layered *g = p->g;
    uint64_t arcs = (uint64_t)g->cell_len + g->row_len + g->cluster_len + g->arm_len + 1;
    if (!LAY_RESERVE(g->mem, p->lp.arcs, p->lp.arc_len, p->lp.arc_cap, arcs))
        return false;
    for (uint32_t r = 0; r < g->row_len; r++) {
        const nc_row *row = &g->rows[r];
        for (uint32_t i = 0; i < row->len; i++) {
            uint32_t b = row->cells[i];
            if (i == 0 && !add_arc(p, NC_VAR_LEFT, p->var[b], g->cells[b].left, 0))
                return false;
            if (i + 1 == row->len && !add_arc(p, p->var[b], NC_VAR_RIGHT, g->cells[b].right, 0))
                return false;
            if (i == 0)
                continue;
            uint32_t a = row->cells[i - 1];
            nc_len gap = g->cells[a].right + gap_between(g, a, b) + g->cells[b].left;
            if (!add_arc(p, p->var[a], p->var[b], gap, 0))
                return false;
        }
    }
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        const nc_cluster *k = &g->clusters[c];
        uint32_t left = NC_VAR_FIRST + 2 * c;
        if (!k->run && !add_arc(p, left, left + 1, max_len(k->min_w, 1), 0))
            return false;
        if (k->run && (!add_arc(p, NC_VAR_LEFT, left, 0, 0) || !add_arc(p, left, left + 1, 0, 0)))
            return false; /* not used, but bounded */
        if (k->run && !add_arc(p, left + 1, NC_VAR_RIGHT, 0, 0))
            return false;
    }
    for (uint32_t i = 0; i < g->arm_len; i++) {
        const nc_arm *a = &g->arms[i];
        uint32_t x = a->end[0].cell, y = a->end[1].cell;
        if (!a->straight || x == NONE || y == NONE)
            continue;
        if (g->cells[x].pos > g->cells[y].pos) {
            uint32_t swap = x;
            x = y;
            y = swap;
        }
        if (!add_arc(p, p->var[x], p->var[y], g->cells[x].right + arm_gap(g, a) + g->cells[y].left,
                     0))
            return false;
    }
    return add_arc(p, NC_VAR_LEFT, NC_VAR_RIGHT, 0, 0);
}

/* --- ports --- */

static bool port_less(const void *context, const void *left, const void *right)
{
    const nc_port *a = left;
    const nc_port *b = right;
    (void)context;
    if (a->cell != b->cell)
        return a->cell < b->cell;
    if (a->side != b->side)
        return a->side < b->side;
    return a->key != b->key ? a->key < b->key : a->link < b->link;
}

static bool sort_ports(nc_placing *p)
{
    nc_port *scratch = LAY_NEW(p->g->mem, nc_port, p->port_len);
    if (!scratch)
        return false;
    nc_lay_sort(p->ports, scratch, p->port_len, sizeof *scratch, port_less, NULL);
    return true;
}

/* Which end of link l is a vertex in this cell? */
static const nc_end *end_at(const nc_layered *g, const nc_link *l, uint32_t cell,
                            bool prefer_second)
{
    uint32_t v = g->cells[cell].ref;
    bool first = l->end[0].at == NC_AT_VERTEX && l->end[0].index == v;
    bool second = l->end[1].at == NC_AT_VERTEX && l->end[1].index == v;
    return &l->end[second && (prefer_second || !first)];
}

static void add_port(nc_placing *p, nc_port port, const nc_end *e)
{
    const nc_layered *g = p->g;
    port.var = NONE;
    if (e->fixed) {
        const nc_cell *c = &g->cells[port.cell];
        port.fixed = true;
        port.wish = e->offset - c->left;
        port.key = e->offset;
    }
    p->ports[p->port_len++] = port;
}

static void collect_ports(nc_placing *p)
{
    const nc_layered *g = p->g;
    const int64_t far = (int64_t)1 << 40;
    for (uint32_t i = 0; i < g->seg_len; i++) {
        const nc_seg *s = &g->segs[i];
        if (s->link == NONE)
            continue;
        const nc_link *l = &g->links[s->link];
        if (g->cells[s->upper].kind == NC_CELL_VERTEX)
            add_port(p,
                     (nc_port){.cell = s->upper,
                               .side = 1,
                               .link = s->link,
                               .seg = i,
                               .key = g->cells[s->lower].pos},
                     &l->end[l->upper]);
        if (g->cells[s->lower].kind == NC_CELL_VERTEX)
            add_port(p,
                     (nc_port){.cell = s->lower,
                               .side = 0,
                               .link = s->link,
                               .seg = i,
                               .key = g->cells[s->upper].pos},
                     &l->end[1 - l->upper]);
    }
    for (uint32_t i = 0; i < g->arm_len; i++) {
        const nc_arm *a = &g->arms[i];
        for (uint32_t e = 0; e < 2; e++) {
            uint32_t c = a->end[e].cell, o = a->end[1 - e].cell;
            if (a->end[e].at == NC_ARM_EDGE || g->cells[c].kind != NC_CELL_VERTEX)
                continue;
            int64_t edge = a->end[1 - e].right ? (int64_t)UINT32_MAX : -1;
            int64_t at = o != NONE ? (int64_t)g->cells[o].pos : edge;
            bool right = at > g->cells[c].pos;
            /* Nested bows: the nearest one takes the outermost port. */
            int64_t key = right ? 2 * far - at : -far - at;
            add_port(p,
                     (nc_port){.cell = c,
                               .side = a->end[e].at == NC_ARM_ABOVE,
                               .link = a->link,
                               .seg = NONE,
                               .arm = i,
                               .arm_end = e,
                               .key = key},
                     end_at(g, &g->links[a->link], c, e == 1));
        }
    }
}

/* Free ports on a side that has fixed ones: the middle of the widest room between those. */
static void fix_between(const nc_layered *g, nc_port *list, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++) {
        if (list[i].fixed)
            continue;
        const nc_cell *c = &g->cells[list[i].cell];
        nc_len best = -1, at = 0, from = -c->left;
        for (;;) {
            nc_len to = g->vertices[c->ref].w - c->left;
            bool last = true;
            for (uint32_t k = 0; k < len; k++) {
                if (list[k].fixed && list[k].wish > from && list[k].wish < to) {
                    to = list[k].wish;
                    last = false;
                }
            }
            if (to - from > best) {
                best = to - from;
                at = from + (to - from) / 2;
            }
            if (last)
                break;
            from = to;
        }
        list[i].fixed = true;
        list[i].wish = at;
    }
}

/* Where the ports of one side would like to be, and how close they may come. */
static nc_len wish_ports(const nc_layered *g, nc_port *list, uint32_t len, nc_len *lo, nc_len *hi)
{
    const nc_cell *c = &g->cells[list[0].cell];
    const nc_vertex *v = &g->vertices[c->ref];
    const nc_side_room *side = &v->room[list[0].side];
    *lo = side->lo;
    *hi = side->hi;
    nc_len steps = (nc_len)len - 1, need = steps * g->gap.port - (*hi - *lo);
    if (need > 0) { /* as much at either end, or what one end cannot give at the other */
        nc_len left = max_len(0, *lo - side->least), right = max_len(0, side->most - *hi);
        nc_len a = min_len(left, max_len(need / 2 + 1, need - right));
        *lo -= a;
        *hi += min_len(right, max_len(need / 2 + 1, need - a));
    }
    *lo -= c->left;
    *hi -= c->left;
    nc_len room = *hi - *lo;
    nc_len step = steps ? room / (steps + 1) : 0;
    if (step > 2 * g->gap.port)
        step = 2 * g->gap.port;
    if (steps && step < g->gap.port)
        step = room / steps < g->gap.port ? room / steps : g->gap.port;
    nc_len start = *lo + (room - step * steps) / 2;
    for (uint32_t i = 0; i < len; i++)
        list[i].wish = step || !steps ? start + step * (nc_len)i : *lo + room * (nc_len)i / steps;
    return step < g->gap.port ? step : g->gap.port;
}

static bool tie_ports(nc_placing *p, nc_port *list, uint32_t len)
{
    nc_layered *g = p->g;
    bool fixed = false;
    for (uint32_t i = 0; i < len; i++)
        fixed |= list[i].fixed;
    if (fixed) {
        fix_between(g, list, len);
        return true;
    }
    nc_len lo, hi, least = wish_ports(g, list, len, &lo, &hi);
    if (lo >= hi)
        return true;
    uint32_t cell = p->var[list[0].cell];
    for (uint32_t i = 0; i < len; i++) {
        list[i].lo = lo;
        list[i].hi = hi;
        list[i].least = least;
        uint32_t v = list[i].var = p->lp.var_len++;
        list[i].arc = p->lp.arc_len;
        if (i == 0 ? !add_arc(p, cell, v, lo, 0) : !add_arc(p, list[i - 1].var, v, least, 0))
            return false;
        if (!add_arc(p, cell, v, list[i].wish, len == 1 ? PULL_ONLY : PULL_PORT))
            return false;
    }
    return add_arc(p, list[len - 1].var, cell, -hi, 0);
}

static size_t count_ports(const nc_layered *g)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < g->seg_len; i++) {
        const nc_seg *s = &g->segs[i];
        sum += g->cells[s->upper].kind == NC_CELL_VERTEX;
        sum += g->cells[s->lower].kind == NC_CELL_VERTEX;
    }
    return sum;
}

uint32_t nc_side_end(const nc_placing *p, uint32_t i)
{
    uint32_t end = i + 1;
    while (end < p->port_len && p->ports[end].cell == p->ports[i].cell &&
           p->ports[end].side == p->ports[i].side)
        end++;
    return end;
}

static bool add_ports(nc_placing *p, bool free)
{
    nc_layered *g = p->g;
    p->ports = LAY_NEW(g->mem, nc_port, count_ports(g) + 2 * (size_t)g->arm_len);
    if (!p->ports)
        return false;
    collect_ports(p);
    if (!sort_ports(p))
        return false;
    for (uint32_t i = 0; i < p->port_len;) {
        uint32_t end = nc_side_end(p, i);
        nc_len lo, hi;
        if (free && !tie_ports(p, p->ports + i, end - i))
            return false;
        bool fixed = false;
        for (uint32_t k = i; k < end && !free; k++)
            fixed |= p->ports[k].fixed;
        if (fixed)
            fix_between(g, p->ports + i, end - i);
        else if (!free)
            wish_ports(g, p->ports + i, end - i, &lo, &hi);
        i = end;
    }
    return true;
}

/* --- springs --- */

/* How many edges share the side of a vertex that a link uses at its upper (lower) end. */
static uint32_t *count_ends(const nc_placing *p)
{
    const nc_layered *g = p->g;
    uint32_t *count = LAY_NEW(g->mem, uint32_t, 2 * (size_t)g->cell_len);
    for (uint32_t i = 0; count && i < p->port_len; i++)
        count[2 * p->ports[i].cell + p->ports[i].side]++;
    return count;
}

/*
 * The pull of each segment of a link. No two on one link are equal, so that where the line has to
 * step aside it does so once, at the busier end if it can: an optimum in between would bend it
 * twice at no gain.
 */
static void weigh_link(const nc_layered *g, const nc_link *l, const uint32_t *ends, int64_t *weight)
{
    uint32_t n = l->seg_len, upper = g->segs[l->seg].upper, lower = g->segs[l->seg + n - 1].lower;
    bool from_upper = ends[2 * upper + 1] >= ends[2 * lower];
    if (n == 1) {
        bool nodes =
            g->cells[upper].kind == NC_CELL_VERTEX && g->cells[lower].kind == NC_CELL_VERTEX;
        weight[l->seg] = (nodes ? PULL_NODES : PULL_MIXED) * (int64_t)l->weight;
        return;
    }
    for (uint32_t k = 0; k < n; k++) {
        uint32_t far = from_upper ? k : n - 1 - k;
        int64_t w = PULL_LONG + (far < PULL_LONG / 4 ? far : PULL_LONG / 4);
        if (k == 0 || k == n - 1)
            w = far == 0 ? PULL_MIXED : PULL_MIXED + PULL_MIXED / 4;
        weight[l->seg + k] = w * l->weight;
    }
}

static bool add_springs(nc_placing *p)
{
    nc_layered *g = p->g;
    uint32_t *end[2], *ends = count_ends(p);
    nc_len *offset[2];
    int64_t *weight = LAY_NEW(g->mem, int64_t, g->seg_len);
    p->spring = LAY_NEW(g->mem, uint32_t, g->seg_len);
    if (!ends || !weight || !p->spring)
        return false;
    for (int i = 0; i < 2; i++) {
        end[i] = LAY_NEW(g->mem, uint32_t, g->seg_len);
        offset[i] = LAY_NEW(g->mem, nc_len, g->seg_len);
        if (!end[i] || !offset[i])
            return false;
    }
    for (uint32_t i = 0; i < g->seg_len; i++) {
        end[0][i] = p->var[g->segs[i].upper];
        end[1][i] = p->var[g->segs[i].lower];
    }
    for (uint32_t i = 0; i < p->port_len; i++) {
        const nc_port *q = &p->ports[i];
        if (q->seg == NONE)
            continue;
        int low = q->side == 0;
        if (q->var != NONE)
            end[low][q->seg] = q->var;
        else
            offset[low][q->seg] = q->wish;
    }
    for (uint32_t i = 0; i < g->link_len; i++) {
        if (g->links[i].kind == NC_LINK_DOWN)
            weigh_link(g, &g->links[i], ends, weight);
    }
    for (uint32_t i = 0; i < g->seg_len; i++) {
        const nc_seg *s = &g->segs[i];
        p->spring[i] = s->link == NONE ? NONE : p->lp.arc_len;
        if (s->link == NONE)
            continue;
        if (!add_arc(p, end[0][i], end[1][i], offset[0][i] - offset[1][i], weight[i]))
            return false;
    }
    for (uint32_t i = 0; i < g->arm_len; i++) {
        const nc_arm *a = &g->arms[i];
        if (a->end[0].cell != NONE && a->end[1].cell != NONE &&
            !add_arc(p, p->var[a->end[0].cell], p->var[a->end[1].cell], 0, PULL_ARM))
            return false;
    }
    for (uint32_t c = 0; c < g->cell_len; c++) {
        const nc_cell *cell = &g->cells[c];
        uint32_t left = NC_VAR_FIRST + 2 * cell->ref;
        if (cell->kind == NC_CELL_TITLE &&
            !add_arc(p, left, p->var[c], g->clusters[cell->ref].pad, PULL_TITLE))
            return false;
    }
    return true;
}

static bool add_costs(nc_placing *p)
{
    nc_layered *g = p->g;
    p->lp.cost = LAY_NEW(g->mem, int64_t, p->lp.var_len);
    if (!p->lp.cost)
        return false;
    p->lp.cost[NC_VAR_LEFT] -= PULL_WIDTH;
    p->lp.cost[NC_VAR_RIGHT] += PULL_WIDTH;
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        p->lp.cost[NC_VAR_FIRST + 2 * c] -= PULL_FRAME;
        p->lp.cost[NC_VAR_FIRST + 2 * c + 1] += PULL_FRAME;
    }
    return true;
}

/* The least point of the rigid constraints, and ports where they would like to be. */
static bool first_point(nc_placing *p)
{
    nc_lp rigid = p->lp;
    bool feasible;
    rigid.arc_len = p->rigid;
    p->x = LAY_NEW(p->g->mem, int64_t, p->lp.var_len);
    if (!p->x || !nc_lp_least(p->g->mem, &rigid, p->x, &feasible))
        return false;
    for (uint32_t i = 0; i < p->port_len; i++) {
        if (p->ports[i].var != NONE)
            p->x[p->ports[i].var] = p->x[p->var[p->ports[i].cell]] + p->ports[i].wish;
    }
    return true;
}

static void write_slot(nc_layered *g, const nc_port *q)
{
    if (q->seg == NONE || q->var == NONE)
        return;
    g->segs[q->seg].slot[q->side == 0] = g->slot_len;
    g->slots[g->slot_len++] = (nc_slot){q->cell, q->seg, (uint8_t)q->side, q->lo, q->hi, q->least};
}

static void write_back(nc_placing *p)
{
    nc_layered *g = p->g;
    g->left = p->x[NC_VAR_LEFT];
    g->right = p->x[NC_VAR_RIGHT] + nc_lanes_width(g);
    for (uint32_t c = 0; c < g->cell_len; c++)
        g->cells[c].x = p->x[p->var[c]];
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        g->clusters[c].left = p->x[NC_VAR_FIRST + 2 * c];
        g->clusters[c].right = p->x[NC_VAR_FIRST + 2 * c + 1];
    }
    for (uint32_t i = 0; i < p->port_len; i++) {
        const nc_port *q = &p->ports[i];
        nc_len offset = q->var == NONE ? q->wish : p->x[q->var] - g->cells[q->cell].x;
        write_slot(g, q);
        if (q->seg != NONE)
            g->segs[q->seg].at[q->side == 0] = offset;
        else
            g->arms[q->arm].end[q->arm_end].offset = offset;
    }
}

static bool place(nc_placing *p)
{
    nc_layered *g = p->g;
    if (!number_vars(p) || !add_separation(p))
        return false;
    p->rigid = p->lp.arc_len;
    bool small = p->lp.var_len + 2 * g->link_len <= MOST_LP_VARS;
    if (!add_ports(p, small) || !first_point(p))
        return false;
    bool optimal = false;
    if (small) {
        p->lp.centre = true;
        p->lp.low = NC_VAR_LEFT;
        p->lp.high = NC_VAR_RIGHT;
        p->lp.budget = 3000000;
        if (!add_springs(p) || !add_costs(p) || !nc_lp_solve(g->mem, &p->lp, p->x, &optimal))
            return false;
        if (optimal && !nc_straighten(p))
            return false;
    }
    if (!optimal && !nc_spread(p))
        return false;
    write_back(p);
    return true;
}

bool nc_pass_place(nc_layered *g)
{
    nc_placing p = {.g = g};
    g->slots = LAY_NEW(g->mem, nc_slot, count_ports(g));
    if (!g->slots)
        return false;
    nc_lay_mark mark = nc_lay_mem_mark(g->mem);
    bool ok = place(&p);
    nc_lay_mem_rewind(g->mem, mark);
    return ok;
}
