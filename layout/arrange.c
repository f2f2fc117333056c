/*
 * A row is a tree of clusters; these functions sort it.
 *
 * The order of two sibling clusters is one decision for all rows (nc_cluster.order), so that frames
 * never cross. Where the cells of a row would have it otherwise, their clusters' values are pooled.
 *
 * Source:  Sander 1996 (sorting the tree of a level); Forster, "A fast and simple heuristic for
 *          constrained two-level crossing reduction", 2004 (wishes), with moves instead of merged
 *          nodes; the pooling is isotonic regression (Ayer et al. 1955).
 */
#include "layout/order.h"

#include "layout/sort.h"

#include <math.h>
#include <string.h>

uint32_t nc_unit_below(const nc_layered *g, uint32_t cell, uint32_t above)
{
    uint32_t child = nc_child_towards(g, g->cells[cell].cluster, above);
    return child == NONE ? cell : g->cell_len + child;
}

typedef struct standing {
    double value;
    uint32_t tie;
} standing;

static standing unit_standing(const nc_ordering *o, uint32_t unit)
{
    if (unit >= o->g->cell_len) {
        uint32_t c = unit - o->g->cell_len;
        return (standing){o->sum[c], o->leftmost[c]};
    }
    return (standing){o->value[unit], o->g->cells[unit].pos};
}

/* Does cell a come before cell b? Compared where their branches of the tree part. */
static bool comes_before(const void *ordering, const void *left, const void *right)
{
    const nc_ordering *o = ordering;
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    const nc_layered *g = o->g;
    uint32_t ca = g->cells[a].cluster, cb = g->cells[b].cluster;
    uint32_t ua = a, ub = b;
    while (ca != cb) { /* up to where they meet; the child on either way is the unit */
        uint32_t da = ca == NONE ? 0 : g->clusters[ca].depth + 1;
        uint32_t db = cb == NONE ? 0 : g->clusters[cb].depth + 1;
        if (da >= db) {
            ua = g->cell_len + ca;
            ca = g->clusters[ca].parent;
        }
        if (db >= da) {
            ub = g->cell_len + cb;
            cb = g->clusters[cb].parent;
        }
    }
    standing x = unit_standing(o, ua), y = unit_standing(o, ub);
    if (x.value < y.value || x.value > y.value)
        return x.value < y.value;
    if (x.tie != y.tie)
        return x.tie < y.tie;
    return ua < ub;
}

static void rank_clusters(nc_ordering *o, uint32_t row)
{
    nc_layered *g = o->g;
    const nc_row *r = &g->rows[row];
    uint32_t first = o->row_clusters_first[row], last = o->row_clusters_first[row + 1];
    for (uint32_t i = first; i < last; i++) {
        uint32_t c = o->row_clusters[i];
        o->sum[c] = o->weight[c] = 0;
        o->leftmost[c] = NONE;
    }
    for (uint32_t i = 0; i < r->len; i++) {
        const nc_cell *cell = &g->cells[r->cells[i]];
        uint32_t c = cell->cluster;
        if (c == NONE)
            continue;
        if (cell->pos < o->leftmost[c])
            o->leftmost[c] = cell->pos;
        if (cell->kind == NC_CELL_LEFT || cell->kind == NC_CELL_RIGHT ||
            cell->kind == NC_CELL_TITLE)
            continue;
        o->sum[c] += o->value[r->cells[i]];
        o->weight[c] += 1;
    }
    for (uint32_t i = first; i < last; i++) {
        uint32_t c = o->row_clusters[i], p = g->clusters[c].parent;
        if (p != NONE) {
            o->sum[p] += o->sum[c];
            o->weight[p] += o->weight[c];
            if (o->leftmost[c] < o->leftmost[p])
                o->leftmost[p] = o->leftmost[c];
        }
        if (o->weight[c] > 0) {
            o->sum[c] /= o->weight[c];
            o->total[c] += o->sum[c] * o->weight[c];
            o->total_weight[c] += o->weight[c];
        } else { /* nothing but its frame: it stays where it is */
            o->sum[c] = ((double)o->leftmost[c] + 0.5) / (double)r->len;
            o->weight[c] = 0.01;
        }
    }
}

/* Sibling clusters of the row in their order: values that fall are pooled. */
static void pool_siblings(nc_ordering *o, uint32_t *list, uint32_t len)
{
    nc_layered *g = o->g;
    for (uint32_t i = 1; i < len; i++) { /* by order: lists are short and nearly sorted */
        uint32_t c = list[i], k = i;
        for (; k > 0 && g->clusters[list[k - 1]].order > g->clusters[c].order; k--)
            list[k] = list[k - 1];
        list[k] = c;
    }
    for (uint32_t end = 1; end < len; end++) {
        uint32_t start = end;
        double sum = o->sum[list[end]] * o->weight[list[end]], weight = o->weight[list[end]];
        while (start > 0 && o->sum[list[start - 1]] > sum / weight) {
            start--;
            sum += o->sum[list[start]] * o->weight[list[start]];
            weight += o->weight[list[start]];
        }
        for (uint32_t k = start; start < end && k <= end; k++)
            o->sum[list[k]] = sum / weight;
    }
    for (uint32_t i = 1; i < len; i++) {
        if (o->leftmost[list[i]] <= o->leftmost[list[i - 1]])
            o->leftmost[list[i]] = o->leftmost[list[i - 1]] + 1;
    }
}

static void pool_clusters(nc_ordering *o, uint32_t row)
{
    nc_layered *g = o->g;
    uint32_t first = o->row_clusters_first[row], last = o->row_clusters_first[row + 1];
    uint32_t *list = o->siblings, len = 0;
    uint32_t parent = NONE;
    for (uint32_t i = first; i < last; i++) {
        uint32_t c = o->row_clusters[i];
        if (g->clusters[c].run)
            continue;
        if (len && g->clusters[c].parent != parent) {
            pool_siblings(o, list, len);
            len = 0;
        }
        parent = g->clusters[c].parent;
        list[len++] = c;
    }
    pool_siblings(o, list, len);
}

static void renumber(nc_layered *g, const nc_row *r)
{
    for (uint32_t i = 0; i < r->len; i++)
        g->cells[r->cells[i]].pos = i;
}

static bool is_within(const nc_layered *g, uint32_t cell, uint32_t cluster)
{
    return cluster == NONE || nc_common_cluster(g, g->cells[cell].cluster, cluster) == cluster;
}

/* The interval that a cluster (NONE: the graph) has in a row, given one of its cells. */
static void cluster_span(const nc_layered *g, const nc_row *r, uint32_t cell, uint32_t cluster,
                         uint32_t *from, uint32_t *to)
{
    *from = g->cells[cell].pos;
    *to = *from + 1;
    while (*from > 0 && is_within(g, r->cells[*from - 1], cluster))
        --*from;
    while (*to < r->len && is_within(g, r->cells[*to], cluster))
        ++*to;
}

/* The units of a cluster in a row, from left to right: o->units, and where each begins. */
static uint32_t list_units(nc_ordering *o, const nc_row *r, uint32_t cluster, uint32_t from,
                           uint32_t to)
{
    uint32_t n = 0;
    for (uint32_t i = from; i < to; i++) {
        uint32_t u = nc_unit_below(o->g, r->cells[i], cluster);
        if (n && o->units[n - 1] == u)
            continue;
        o->units[n] = u;
        o->starts[n] = i;
        o->unit_index[u] = n;
        o->placed[n++] = false;
    }
    o->starts[n] = to;
    return n;
}

/* Is some unit that must come before unit i not placed yet? */
static bool is_blocked(const nc_ordering *o, uint32_t row, uint32_t cluster, uint32_t n, uint32_t i)
{
    const nc_layered *g = o->g;
    for (uint32_t k = o->pairs_first[row]; k < o->pairs_first[row + 1]; k++) {
        uint32_t a = g->before[o->pairs[k]], b = g->before[o->pairs[k] + 1];
        if (nc_common_cluster(g, g->cells[a].cluster, g->cells[b].cluster) != cluster ||
            nc_unit_below(g, b, cluster) != o->units[i])
            continue;
        if (!o->placed[o->unit_index[nc_unit_below(g, a, cluster)]])
            return true;
    }
    if (o->units[i] < g->cell_len || g->clusters[o->units[i] - g->cell_len].run)
        return false;
    uint32_t order = g->clusters[o->units[i] - g->cell_len].order;
    for (uint32_t k = 0; k < n; k++) {
        bool cluster_unit =
            o->units[k] >= g->cell_len && !g->clusters[o->units[k] - g->cell_len].run;
        if (cluster_unit && !o->placed[k] && g->clusters[o->units[k] - g->cell_len].order < order)
            return true;
    }
    return false;
}

/* Rebuild one cluster's interval: always the first unit that nothing left has to precede. */
static void order_units(nc_ordering *o, uint32_t row, uint32_t cluster, uint32_t cell)
{
    nc_row *r = &o->g->rows[row];
    uint32_t from, to;
    cluster_span(o->g, r, cell, cluster, &from, &to);
    if (cluster != NONE && !o->g->clusters[cluster].run) {
        from++; /* its own sides stay */
        to--;
    }
    uint32_t n = list_units(o, r, cluster, from, to), len = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t pick = NONE, first = NONE;
        for (uint32_t i = 0; i < n && pick == NONE; i++) {
            if (o->placed[i])
                continue;
            first = first == NONE ? i : first;
            if (!is_blocked(o, row, cluster, n, i))
                pick = i;
        }
        pick = pick == NONE ? first : pick;
        o->placed[pick] = true;
        memcpy(o->buffer + len, r->cells + o->starts[pick],
               sizeof *r->cells * (o->starts[pick + 1] - o->starts[pick]));
        len += o->starts[pick + 1] - o->starts[pick];
    }
    memcpy(r->cells + from, o->buffer, sizeof *r->cells * len);
    renumber(o->g, r);
}

static void keep_wishes(nc_ordering *o, uint32_t row)
{
    nc_layered *g = o->g;
    for (uint32_t k = o->pairs_first[row]; k < o->pairs_first[row + 1]; k++) {
        uint32_t a = g->before[o->pairs[k]], b = g->before[o->pairs[k] + 1];
        if (g->cells[a].pos < g->cells[b].pos)
            continue;
        order_units(o, row, nc_common_cluster(g, g->cells[a].cluster, g->cells[b].cluster), a);
    }
}

/* The label of a FLAT link that is in no run goes right after the end that stands left. */
static void move_label(nc_ordering *o, const nc_link *l)
{
    nc_layered *g = o->g;
    nc_row *r = &g->rows[l->row];
    const nc_cell *label = &g->cells[l->label_cell];
    if (label->cluster != NONE && g->clusters[label->cluster].run)
        return;
    uint32_t left = NONE;
    for (int e = 0; e < 2; e++) {
        const nc_end *end = &l->end[e];
        uint32_t c = end->at == NC_AT_VERTEX ? g->vertices[end->index].cell
                                             : nc_side_cell(g, end->index, l->row, false);
        if (left == NONE || g->cells[c].pos < g->cells[left].pos)
            left = c;
    }
    uint32_t unit = nc_unit_below(g, left, label->cluster), from, to = g->cells[left].pos + 1,
             at = label->pos;
    if (unit >= g->cell_len)
        cluster_span(g, r, left, unit - g->cell_len, &from, &to);
    uint32_t cell = l->label_cell;
    if (at < to) {
        memmove(r->cells + at, r->cells + at + 1, sizeof *r->cells * (to - at - 1));
        r->cells[to - 1] = cell;
    } else {
        memmove(r->cells + to + 1, r->cells + to, sizeof *r->cells * (at - to));
        r->cells[to] = cell;
    }
    renumber(g, r);
}

void nc_move_labels(nc_ordering *o)
{
    const nc_layered *g = o->g;
    for (uint32_t i = 0; i < g->link_len; i++) {
        if (g->links[i].kind == NC_LINK_FLAT && g->links[i].label_cell != NONE)
            move_label(o, &g->links[i]);
    }
}

void nc_arrange_row(nc_ordering *o, uint32_t row)
{
    nc_layered *g = o->g;
    nc_row *r = &g->rows[row];
    for (uint32_t i = 0; i < r->len; i++) {
        nc_cell_kind kind = g->cells[r->cells[i]].kind;
        if (kind == NC_CELL_LEFT)
            o->value[r->cells[i]] = -HUGE_VAL;
        else if (kind == NC_CELL_TITLE)
            o->value[r->cells[i]] = -1e300;
        else if (kind == NC_CELL_RIGHT)
            o->value[r->cells[i]] = HUGE_VAL;
    }
    rank_clusters(o, row);
    pool_clusters(o, row);
    nc_lay_sort(r->cells, o->buffer, r->len, sizeof(uint32_t), comes_before, o);
    renumber(g, r);
    keep_wishes(o, row);
    o->work += r->len;
}

/* May cluster a be told to stand left of sibling b? Searches the wishes for a way from b to a. */
static bool must_precede(const nc_ordering *o, uint32_t a, uint32_t b)
{
    const nc_layered *g = o->g;
    uint32_t parent = g->clusters[a].parent, head = 0, tail = 0;
    uint32_t *queue = o->buffer;
    uint32_t goal = g->cell_len + b;
    queue[tail++] = g->cell_len + a;
    while (head < tail) {
        uint32_t u = queue[head++];
        for (uint32_t i = 0; i < g->before_len; i += 2) {
            uint32_t x = g->before[i], y = g->before[i + 1];
            if (nc_common_cluster(g, g->cells[x].cluster, g->cells[y].cluster) != parent ||
                nc_unit_below(g, x, parent) != u)
                continue;
            uint32_t v = nc_unit_below(g, y, parent);
            bool known = false;
            for (uint32_t k = 0; k < tail; k++)
                known |= queue[k] == v;
            if (v == goal)
                return true;
            if (!known)
                queue[tail++] = v;
        }
    }
    return false;
}

static bool cluster_before(const void *ordering, const void *a, const void *b)
{
    const nc_ordering *o = ordering;
    uint32_t i = *(const uint32_t *)a;
    uint32_t k = *(const uint32_t *)b;
    const nc_cluster *x = &o->g->clusters[i];
    const nc_cluster *y = &o->g->clusters[k];
    if (x->parent != y->parent)
        return x->parent < y->parent;
    if (o->total[i] < o->total[k] || o->total[k] < o->total[i])
        return o->total[i] < o->total[k];
    return x->order < y->order;
}

bool nc_arrange_clusters(nc_ordering *o)
{
    nc_layered *g = o->g;
    bool changed = false;
    uint32_t len = 0;
    uint32_t *list = o->siblings;
    for (uint32_t c = 0; c < g->cluster_len; c++) {
        if (!g->clusters[c].run)
            list[len++] = c;
    }
    /* All siblings in one list, sorted by (parent, mean): order numbers need only differ. */
    nc_lay_sort(list, o->buffer2, len, sizeof *list, cluster_before, o);
    for (uint32_t i = 1; g->before_len && i < len; i++) { /* wishes between clusters come first */
        uint32_t c = list[i], at = i;
        for (uint32_t k = i; k-- > 0 && g->clusters[list[k]].parent == g->clusters[c].parent;) {
            if (must_precede(o, c, list[k]))
                at = k;
        }
        memmove(list + at + 1, list + at, sizeof *list * (i - at));
        list[at] = c;
    }
    for (uint32_t i = 0; i < len; i++) {
        changed |= g->clusters[list[i]].order != i;
        g->clusters[list[i]].order = i;
    }
    return changed;
}
