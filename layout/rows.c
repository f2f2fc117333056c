/*
 * Turn ranks into rows and everything into cells.
 *
 * Input:   ranks, spans, back links.      Output: rows (cells in no order yet), cells, segments,
 *          arms, top and bottom rows of clusters, kinds of links, room for self loops.
 * Rows:    between two NODE rows come the lower frame lines of the clusters that end, a LABEL row
 *          if a label needs one, and the upper frame lines (with title strips) of those that begin:
 *          inner frames next to their contents, outer ones outside. A label of an edge that passes
 *          a NODE row on its way lies in that row and costs no row of its own.
 * Cells:   every row between the ends of an edge has a cell for it, in the innermost cluster of the
 *          upper end that spans the row above its last line, else of the lower end, else their
 *          common one. Each side of a frame is a chain of heavy cells, so that an edge passing
 *          through costs crossings.
 * Fails:   without memory.       Source: Sugiyama et al. 1981; Sander 1996; ours.
 */
#include "layout/around.h"
#include "layout/flats.h"
#include "layout/graph.h"
#include "layout/loops.h"

#include <string.h>

typedef struct builder {
    nc_layered *g;
    nc_row *base; /* rows without LABEL rows */
    uint32_t base_len;
    uint32_t *node_row; /* per rank, base index */
    uint32_t *neutral;  /* per gap above rank r (r = 0 .. rank_len): LABEL row goes after this */
    uint32_t *top, *bottom; /* per cluster, base index */
    bool *label_after;      /* per base row */
    uint32_t *slot;         /* per link: base row after which, or in which, its label lies */
    bool *in_node_row;      /* per link */
    uint32_t *row_of;       /* base index -> row index */
} builder;

typedef struct stop {
    uint32_t row;     /* base index, later row index */
    uint32_t cluster; /* innermost cluster around the way */
} stop;

/* Clusters by depth, the outermost first. */
static uint32_t *by_depth(nc_layered *g)
{
    uint32_t deepest = 0, n = g->cluster_len, at = 0;
    uint32_t *list = LAY_NEW(g->mem, uint32_t, n);
    for (uint32_t c = 0; c < n; c++)
        deepest = g->clusters[c].depth > deepest ? g->clusters[c].depth : deepest;
    uint32_t *first = LAY_NEW(g->mem, uint32_t, (size_t)deepest + 2);
    if (!list || !first)
        return NULL;
    for (uint32_t c = 0; c < n; c++)
        first[g->clusters[c].depth + 1]++;
    for (uint32_t d = 0; d <= deepest; d++)
        first[d + 1] += first[d];
    for (at = 0; at < n; at++)
        list[first[g->clusters[at].depth]++] = at;
    return list;
}

/* How many frames lie between a cluster's own frame line and its first (last) NODE row. */
static bool stack_frames(builder *b, uint32_t *tops, uint32_t *bottoms)
{
    nc_layered *g = b->g;
    uint32_t *list = by_depth(g);
    if (!list)
        return false;
    for (uint32_t i = g->cluster_len; i-- > 0;) {
        const nc_cluster *k = &g->clusters[list[i]];
        uint32_t c = list[i], p = k->parent;
        if (b->top[c] + 1 > tops[k->first_rank])
            tops[k->first_rank] = b->top[c] + 1;
        if (b->bottom[c] + 1 > bottoms[k->last_rank])
            bottoms[k->last_rank] = b->bottom[c] + 1;
        if (p == NONE)
            continue;
        if (g->clusters[p].first_rank == k->first_rank && b->top[p] < b->top[c] + 1)
            b->top[p] = b->top[c] + 1;
        if (g->clusters[p].last_rank == k->last_rank && b->bottom[p] < b->bottom[c] + 1)
            b->bottom[p] = b->bottom[c] + 1;
    }
    return true;
}

static void add_base(builder *b, nc_row_kind kind, uint32_t rank)
{
    b->base[b->base_len++] = (nc_row){.kind = kind, .rank = rank};
}

static bool base_rows(builder *b)
{
    nc_layered *g = b->g;
    uint32_t n = g->rank_len, sum = 2;
    uint32_t *tops = LAY_NEW(g->mem, uint32_t, n);
    uint32_t *bottoms = LAY_NEW(g->mem, uint32_t, n);
    b->node_row = LAY_NEW(g->mem, uint32_t, n);
    b->neutral = LAY_NEW(g->mem, uint32_t, n + 1);
    b->top = LAY_NEW(g->mem, uint32_t, g->cluster_len);
    b->bottom = LAY_NEW(g->mem, uint32_t, g->cluster_len);
    if (!tops || !bottoms || !b->node_row || !b->neutral || !b->top || !b->bottom ||
        !stack_frames(b, tops, bottoms))
        return false;
    for (uint32_t r = 0; r < n; r++)
        sum += 1 + tops[r] + bottoms[r];
    b->base = LAY_NEW(g->mem, nc_row, sum);
    b->label_after = LAY_NEW(g->mem, bool, sum);
    b->row_of = LAY_NEW(g->mem, uint32_t, sum);
    if (!b->base || !b->label_after || !b->row_of)
        return false;
    add_base(b, NC_ROW_PORT, 0);
    for (uint32_t r = 0; r < n; r++) {
        b->neutral[r] = b->base_len - 1;
        for (uint32_t i = 0; i < tops[r]; i++)
            add_base(b, NC_ROW_TOP, r);
        b->node_row[r] = b->base_len;
        add_base(b, NC_ROW_NODE, r);
        for (uint32_t i = 0; i < bottoms[r]; i++)
            add_base(b, NC_ROW_BOTTOM, r);
    }
    b->neutral[n] = b->base_len - 1;
    add_base(b, NC_ROW_PORT, n - 1);
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        const nc_cluster *k = &g->clusters[c];
        b->top[c] = b->node_row[k->first_rank] - 1 - b->top[c];
        b->bottom[c] = b->node_row[k->last_rank] + 1 + b->bottom[c];
    }
    return true;
}

static bool inside(const nc_layered *g, const nc_end *e, uint32_t cluster)
{
    uint32_t c = e->at == NC_AT_CLUSTER ? g->clusters[e->index].parent : nc_end_cluster(g, e);
    while (c != NONE && c != cluster)
        c = g->clusters[c].parent;
    return c != NONE;
}

static uint32_t first_rank(const nc_layered *g, const nc_end *e)
{
    return e->at == NC_AT_VERTEX ? g->vertices[e->index].rank : g->clusters[e->index].first_rank;
}

static uint32_t last_rank(const nc_layered *g, const nc_end *e)
{
    return e->at == NC_AT_VERTEX ? g->vertices[e->index].rank : g->clusters[e->index].last_rank;
}

/* Is one end the frame around the other? Sets which end is the frame. */
static bool is_inner(const nc_layered *g, const nc_link *l, uint8_t *frame)
{
    for (uint8_t i = 0; i < 2; i++) {
        if (l->end[i].at == NC_AT_CLUSTER && l->end[1 - i].at != NC_AT_PORT &&
            inside(g, &l->end[1 - i], l->end[i].index)) {
            *frame = i;
            return true;
        }
    }
    return false;
}

/* Kind of a link, and which of its ends is the upper one. */
static void classify(const nc_layered *g, nc_link *l)
{
    const nc_end *a = &l->end[0], *b = &l->end[1];
    uint8_t frame;
    if (l->hidden) {
        l->kind = NC_LINK_HIDDEN;
    } else if (a->at == b->at && a->index == b->index && a->at != NC_AT_PORT) {
        l->kind = a->at == NC_AT_VERTEX ? NC_LINK_LOOP : NC_LINK_RING;
    } else if (a->at == NC_AT_PORT || b->at == NC_AT_PORT) {
        uint8_t port = a->at == NC_AT_PORT ? 0 : 1;
        nc_side side = l->end[port].side;
        l->kind = side == NC_TOP || side == NC_BOTTOM ? NC_LINK_DOWN : NC_LINK_FLAT;
        l->upper = side == NC_TOP ? port : 1 - port;
    } else if (is_inner(g, l, &frame)) {
        l->kind = NC_LINK_DOWN;
        l->upper = frame == 0 ? 0 : frame == 1 ? 0 : 1;
    } else if (last_rank(g, a) < first_rank(g, b)) {
        l->kind = NC_LINK_DOWN;
        l->upper = 0;
    } else if (last_rank(g, b) < first_rank(g, a)) {
        l->kind = NC_LINK_DOWN;
        l->upper = 1;
    } else {
        l->kind = NC_LINK_FLAT;
    }
}

/* Where a DOWN link's end stands, in base rows. */
static stop stop_of(const builder *b, const nc_link *l, bool lower)
{
    const nc_layered *g = b->g;
    uint8_t which = lower ? 1 - l->upper : l->upper, frame;
    const nc_end *e = &l->end[which];
    if (e->at == NC_AT_PORT)
        return (stop){lower ? b->base_len - 1 : 0, NONE};
    if (e->at == NC_AT_VERTEX)
        return (stop){b->node_row[g->vertices[e->index].rank], g->vertices[e->index].cluster};
    if (is_inner(g, l, &frame) && frame == which)
        return (stop){lower ? b->bottom[e->index] : b->top[e->index], e->index};
    return (stop){lower ? b->top[e->index] : b->bottom[e->index], g->clusters[e->index].parent};
}

/* The rank gap that a base row below a NODE row, or a NODE row's own upper side, belongs to. */
static uint32_t gap_below(const builder *b, uint32_t row)
{
    const nc_row *r = &b->base[row];
    if (r->kind == NC_ROW_PORT)
        return row == 0 ? 0 : b->g->rank_len;
    return r->kind == NC_ROW_TOP ? r->rank : r->rank + 1;
}

static void pick_slot(builder *b, uint32_t i)
{
    nc_link *l = &b->g->links[i];
    uint32_t upper = stop_of(b, l, false).row, lower = stop_of(b, l, true).row;
    uint32_t first = gap_below(b, upper), last = first;
    for (uint32_t r = b->base[lower].rank; r > first && r > 0; r--) {
        if (b->neutral[r] < lower) {
            last = r;
            break;
        }
    }
    if (last > first) { /* it passes NODE rows: the middle one takes the label */
        uint32_t rank = (first + last) / 2;
        uint32_t row = b->node_row[rank];
        if (row > upper && row < lower) {
            b->slot[i] = row;
            b->in_node_row[i] = true;
            return;
        }
    }
    uint32_t slot = b->neutral[first];
    if (slot < upper)
        slot = upper;
    if (slot >= lower)
        slot = lower - 1;
    b->slot[i] = slot;
    b->label_after[slot] = true;
}

/* The label of a link that goes around lies where it sets out. */
static void pick_first_slot(builder *b, uint32_t i)
{
    uint32_t upper = stop_of(b, &b->g->links[i], false).row;
    uint32_t slot = b->neutral[gap_below(b, upper)];
    b->slot[i] = slot < upper ? upper : slot;
    b->label_after[b->slot[i]] = true;
}

static bool final_rows(builder *b)
{
    nc_layered *g = b->g;
    uint32_t labels = 0;
    for (uint32_t i = 0; i < b->base_len; i++)
        labels += b->label_after[i];
    g->rows = LAY_NEW(g->mem, nc_row, (size_t)b->base_len + labels);
    if (!g->rows)
        return false;
    g->row_len = 0;
    for (uint32_t i = 0; i < b->base_len; i++) {
        b->row_of[i] = g->row_len;
        g->rows[g->row_len++] = b->base[i];
        if (b->label_after[i])
            g->rows[g->row_len++] = (nc_row){.kind = NC_ROW_LABEL, .rank = b->base[i].rank};
    }
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        g->clusters[c].top_row = b->row_of[b->top[c]];
        g->clusters[c].bottom_row = b->row_of[b->bottom[c]];
    }
    return true;
}

static bool add_seg(nc_layered *g, uint32_t upper, uint32_t lower, uint32_t link, uint32_t weight)
{
    nc_seg s = {.upper = upper,
                .lower = lower,
                .link = link,
                .weight = weight,
                .slot = {NONE, NONE},
                .stretch = NONE};
    return LAY_PUSH(g->mem, g->segs, g->seg_len, g->seg_cap, s);
}

static bool spans(const nc_layered *g, uint32_t c, uint32_t row)
{
    return g->clusters[c].top_row <= row && row <= g->clusters[c].bottom_row;
}

/* The innermost cluster below `common` and around `c` that spans the row; else `common`. */
static uint32_t spanning(const nc_layered *g, uint32_t c, uint32_t common, uint32_t row)
{
    while (c != common && !spans(g, c, row))
        c = g->clusters[c].parent;
    return c;
}

/*
 * Which cluster holds an edge in a row. On the lower frame line of the upper end's cluster the edge
 * has left already, by the side, if the lower end's cluster is there to take it: one step aside
 * instead of one on either side of the line.
 */
static uint32_t home(const nc_layered *g, uint32_t upper, uint32_t lower, uint32_t common,
                     uint32_t row)
{
    uint32_t u = spanning(g, upper, common, row), l = spanning(g, lower, common, row);
    bool leaves = u != common && row == g->clusters[u].bottom_row && l != common &&
                  row > g->clusters[l].top_row;
    return u == common || leaves ? l : u;
}

static bool end_cell(nc_layered *g, const nc_end *e, uint32_t row, uint32_t link, uint32_t *cell)
{
    if (e->at == NC_AT_VERTEX) {
        *cell = g->vertices[e->index].cell;
        return true;
    }
    bool port = e->at == NC_AT_PORT;
    nc_cell c = {.kind = port ? NC_CELL_PORT : NC_CELL_STOP,
                 .ref = link,
                 .cluster = port ? NONE : e->index,
                 .row = row};
    return nc_add_cell(g, c, cell);
}

/* From its upper end to its lower one; of a link that goes around, to its label. */
static bool add_chain(builder *b, uint32_t i)
{
    nc_layered *g = b->g;
    nc_link *l = &g->links[i];
    stop upper = stop_of(b, l, false), lower = stop_of(b, l, true);
    bool around = l->kind == NC_LINK_AROUND;
    uint32_t common = nc_common_cluster(g, upper.cluster, lower.cluster);
    uint32_t first = b->row_of[upper.row], last = b->row_of[lower.row], label_row = NONE;
    if (l->label_w || l->label_h)
        label_row = b->row_of[b->slot[i]] + (b->in_node_row[i] ? 0 : 1);
    if (around)
        last = label_row + 1;
    uint32_t from, to;
    if (!end_cell(g, &l->end[l->upper], first, i, &from))
        return false;
    l->seg = g->seg_len;
    for (uint32_t row = first + 1; row < last; row++) {
        uint32_t c = home(g, upper.cluster, lower.cluster, common, row);
        nc_cell cell = {.kind = NC_CELL_BEND, .ref = i, .cluster = c, .row = row};
        if (row == label_row) {
            cell = nc_label_cell(l, i, c, row);
            l->label_cell = g->cell_len;
        }
        if (!nc_add_cell(g, cell, &to) || !add_seg(g, from, to, i, l->weight))
            return false;
        from = to;
    }
    if (!around &&
        (!end_cell(g, &l->end[1 - l->upper], last, i, &to) || !add_seg(g, from, to, i, l->weight)))
        return false;
    l->seg_len = g->seg_len - l->seg;
    return true;
}

/* Room for all cells and segments but those of FLAT and AROUND links, which are few. */
static bool reserve_cells(builder *b)
{
    nc_layered *g = b->g;
    uint64_t cells = g->vertex_len, segs = 0;
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        uint64_t rows = g->clusters[c].bottom_row - g->clusters[c].top_row + 1;
        cells += 2 * rows + 1;
        segs += 2 * (rows - 1);
    }
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_link *l = &g->links[i];
        if (l->kind != NC_LINK_DOWN)
            continue;
        uint32_t rows = b->row_of[stop_of(b, l, true).row] - b->row_of[stop_of(b, l, false).row];
        segs += rows;
        cells += rows - 1;
        for (int e = 0; e < 2; e++)
            cells += l->end[e].at != NC_AT_VERTEX;
    }
    return LAY_RESERVE(g->mem, g->cells, g->cell_len, g->cell_cap, cells) &&
           LAY_RESERVE(g->mem, g->segs, g->seg_len, g->seg_cap, segs);
}

static bool add_vertex_cells(nc_layered *g)
{
    for (uint32_t v = 0; v < g->vertex_len; v++) {
        nc_vertex *n = &g->vertices[v];
        nc_cell cell = {.kind = NC_CELL_VERTEX,
                        .ref = v,
                        .cluster = n->cluster,
                        .left = n->w / 2,
                        .right = n->w - n->w / 2 + n->loop_w,
                        .h = n->h > n->loop_h ? n->h : n->loop_h};
        if (!nc_add_cell(g, cell, &n->cell))
            return false;
    }
    return true;
}

static bool add_frame_cells(nc_layered *g, uint32_t c)
{
    nc_cluster *k = &g->clusters[c];
    k->side = g->cell_len;
    uint32_t last[2] = {NONE, NONE}, cell;
    for (uint32_t row = k->top_row; row <= k->bottom_row; row++) {
        for (int side = 0; side < 2; side++) {
            nc_cell it = {.kind = side ? NC_CELL_RIGHT : NC_CELL_LEFT,
                          .ref = c,
                          .cluster = c,
                          .row = row,
                          .right = side ? k->ring_w : 0};
            if (!nc_add_cell(g, it, &cell))
                return false;
            if (last[side] != NONE && !add_seg(g, last[side], cell, NONE, NC_SIDE_WEIGHT))
                return false;
            last[side] = cell;
        }
    }
    bool top = g->titles == NC_TITLE_TOP;
    if (!k->strip || (!top && g->titles != NC_TITLE_BOTTOM))
        return true;
    nc_cell title = {.kind = NC_CELL_TITLE,
                     .ref = c,
                     .cluster = c,
                     .row = top ? k->top_row : k->bottom_row,
                     .right = k->title,
                     .h = k->strip};
    return nc_add_cell(g, title, &cell);
}

static bool fill_rows(nc_layered *g)
{
    for (uint32_t i = 0; i < g->cell_len; i++)
        g->rows[g->cells[i].row].len++;
    for (uint32_t r = 0; r < g->row_len; r++) {
        g->rows[r].cells = LAY_NEW(g->mem, uint32_t, g->rows[r].len);
        if (!g->rows[r].cells)
            return false;
        g->rows[r].len = 0;
    }
    for (uint32_t i = 0; i < g->cell_len; i++) {
        nc_row *row = &g->rows[g->cells[i].row];
        g->cells[i].pos = row->len;
        row->cells[row->len++] = i;
        if (g->cells[i].h > row->h)
            row->h = g->cells[i].h;
    }
    return true;
}

bool nc_pass_kinds(nc_layered *g)
{
    for (uint32_t i = 0; i < g->link_len; i++)
        classify(g, &g->links[i]);
    return nc_choose_around(g);
}

nc_side nc_side_at(const nc_link *l, int end)
{
    if (l->kind == NC_LINK_DOWN || l->kind == NC_LINK_AROUND)
        return end == l->upper ? NC_BOTTOM : NC_TOP;
    return l->end[0].at == NC_AT_PORT ? NC_TOP : NC_BOTTOM;
}

static bool build(builder *b)
{
    nc_layered *g = b->g;
    b->slot = LAY_NEW(g->mem, uint32_t, g->link_len);
    b->in_node_row = LAY_NEW(g->mem, bool, g->link_len);
    if (!b->slot || !b->in_node_row || !base_rows(b))
        return false;
    for (uint32_t i = 0; i < g->link_len; i++) {
        nc_link *l = &g->links[i];
        l->label_cell = NONE;
        if (l->kind == NC_LINK_DOWN && (l->label_w || l->label_h))
            pick_slot(b, i);
        if (l->kind == NC_LINK_AROUND && (l->label_w || l->label_h))
            pick_first_slot(b, i);
    }
    nc_fit_loops(g);
    if (!final_rows(b) || !reserve_cells(b) || !add_vertex_cells(g))
        return false;
    for (uint32_t v = 0; v < g->vertex_len; v++)
        g->cells[v].row = b->row_of[b->node_row[g->vertices[v].rank]];
    for (uint32_t c = 0, n = g->cluster_len; c < n; c++) {
        if (!add_frame_cells(g, c))
            return false;
    }
    for (uint32_t i = 0; i < g->link_len; i++) {
        const nc_link *l = &g->links[i];
        bool labelled = l->label_w || l->label_h;
        if ((l->kind == NC_LINK_DOWN || (l->kind == NC_LINK_AROUND && labelled)) &&
            !add_chain(b, i))
            return false;
    }
    return nc_add_flats(g) && fill_rows(g);
}

bool nc_pass_rows(nc_layered *g)
{
    builder b = {.g = g};
    return build(&b);
}
