/*
 * Cut the caller's graph into levels, components and pieces (see levels.h).
 *
 * Input:   a valid graph.      Output: the drawing's levels with their layered graphs, sizes not
 *          yet turned.      Fails: without memory.
 */
#include "layout/levels.h"

#include "layout/sort.h"

#include <string.h>

nc_side nc_drawn_side(nc_lay_dir dir, nc_side side)
{
    static const nc_side drawn[NC_LAY_DIR_COUNT][4] = {
        [NC_LAY_TB] = {NC_TOP, NC_BOTTOM, NC_LEFT, NC_RIGHT},
        [NC_LAY_BT] = {NC_BOTTOM, NC_TOP, NC_LEFT, NC_RIGHT},
        [NC_LAY_LR] = {NC_LEFT, NC_RIGHT, NC_TOP, NC_BOTTOM},
        [NC_LAY_RL] = {NC_RIGHT, NC_LEFT, NC_TOP, NC_BOTTOM},
    };
    return drawn[dir][side];
}

nc_side nc_inner_side(nc_lay_dir dir, nc_side side)
{
    nc_side s = NC_TOP;
    while (nc_drawn_side(dir, s) != side)
        s++;
    return s;
}

static uint32_t group_of(const nc_drawing *d, const nc_lay_end *e)
{
    return e->kind == NC_LAY_END_NODE ? d->in->nodes[e->index].group : e->index;
}

static void measure_groups(nc_drawing *d)
{
    const nc_lay_graph *in = d->in;
    for (uint32_t g = 0; g < in->group_len; g++) {
        d->groups[g].key = NONE;
        d->groups[g].depth = NONE;
        if (in->groups[g].parent != NONE)
            d->groups[in->groups[g].parent].filled = true;
    }
    /* Depth and direction from the first ancestor that has them, then back down the path. */
    for (uint32_t g = 0; g < in->group_len; g++) {
        uint32_t up = g, steps = 0;
        while (up != NONE && d->groups[up].depth == NONE) {
            up = in->groups[up].parent;
            steps++;
        }
        uint32_t base = up == NONE ? 0 : d->groups[up].depth + 1;
        for (uint32_t c = g; steps > 0; c = in->groups[c].parent, steps--)
            d->groups[c].depth = base + steps - 1;
    }
    for (uint32_t n = 0; n < in->node_len; n++) {
        for (uint32_t g = in->nodes[n].group; g != NONE && d->groups[g].key == NONE;
             g = in->groups[g].parent)
            d->groups[g].key = n;
        if (in->nodes[n].group != NONE)
            d->groups[in->nodes[n].group].filled = true;
    }
}

static uint32_t common_group(const nc_drawing *d, uint32_t a, uint32_t b)
{
    while (a != b) {
        uint32_t da = a == NONE ? 0 : d->groups[a].depth + 1,
                 db = b == NONE ? 0 : d->groups[b].depth + 1;
        if (da >= db)
            a = d->in->groups[a].parent;
        if (db >= da)
            b = d->in->groups[b].parent;
    }
    return a;
}

/* An edge or wish: which groups does it leave, and whose direction does it follow? */
static void mark_groups(nc_drawing *d, const nc_lay_end *a, const nc_lay_end *b)
{
    uint32_t common = common_group(d, group_of(d, a), group_of(d, b)), owner = common;
    while (owner != NONE && !d->in->groups[owner].has_dir)
        owner = d->in->groups[owner].parent;
    if (owner != NONE)
        d->groups[owner].directs = true;
    const nc_lay_end *ends[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        for (uint32_t g = group_of(d, ends[i]); g != common; g = d->in->groups[g].parent)
            d->groups[g].crossed = true;
    }
}

/* Groups by depth, outer ones first; siblings in the author's order. */
static uint32_t *outer_first(nc_drawing *d)
{
    uint32_t n = d->in->group_len, deepest = 0;
    for (uint32_t g = 0; g < n; g++)
        deepest = d->groups[g].depth > deepest ? d->groups[g].depth : deepest;
    uint32_t *list = LAY_NEW(d->mem, uint32_t, n);
    uint32_t *first = LAY_NEW(d->mem, uint32_t, (size_t)deepest + 2);
    if (!list || !first)
        return NULL;
    for (uint32_t g = 0; g < n; g++)
        first[d->groups[g].depth + 1]++;
    for (uint32_t k = 0; k <= deepest; k++)
        first[k + 1] += first[k];
    for (uint32_t g = 0; g < n; g++)
        list[first[d->groups[g].depth]++] = g;
    return list;
}

static bool find_levels(nc_drawing *d)
{
    const nc_lay_graph *in = d->in;
    uint32_t *list = outer_first(d);
    d->levels = LAY_NEW(d->mem, nc_level, (size_t)in->group_len + 1);
    if (!list || !d->levels)
        return false;
    d->levels[0] = (nc_level){.group = NONE, .parent = NONE, .dir = in->dir};
    d->level_len = 1;
    for (uint32_t i = 0; i < in->group_len; i++) {
        uint32_t g = list[i], p = in->groups[g].parent;
        nc_group_info *info = &d->groups[g];
        nc_lay_dir around = p == NONE ? in->dir : d->groups[p].dir;
        uint32_t inside = p == NONE ? 0 : d->groups[p].inside;
        info->dir = info->directs ? in->groups[g].dir : around;
        info->level = inside != NONE ? inside : d->groups[p].level;
        info->inside = info->item = NONE;
        bool alone = !info->crossed && inside != NONE;
        if (!info->filled || (info->dir == around && !alone))
            continue;
        info->inside = d->level_len;
        d->levels[d->level_len++] = (nc_level){.group = g, .parent = info->level, .dir = info->dir};
    }
    return true;
}

static bool add_item(nc_drawing *d, uint32_t level, nc_item item)
{
    nc_level *l = &d->levels[level];
    return LAY_PUSH(d->mem, l->items, l->item_len, l->item_cap, item);
}

static bool item_less(const void *context, const void *a, const void *b)
{
    (void)context;
    return ((const nc_item *)a)->key < ((const nc_item *)b)->key;
}

static bool sort_items(nc_drawing *d, nc_level *l)
{
    nc_item *scratch = LAY_NEW(d->mem, nc_item, l->item_len);
    if (!scratch)
        return false;
    nc_lay_sort(l->items, scratch, l->item_len, sizeof *scratch, item_less, NULL);
    return true;
}

static bool find_items(nc_drawing *d)
{
    const nc_lay_graph *in = d->in;
    for (uint32_t n = 0; n < in->node_len; n++) {
        uint32_t g = in->nodes[n].group;
        uint32_t level = g == NONE                     ? 0
                         : d->groups[g].inside != NONE ? d->groups[g].inside
                                                       : d->groups[g].level;
        d->node_level[n] = level;
        if (!add_item(d, level, (nc_item){NC_ITEM_NODE, n, n, 0, 0}))
            return false;
    }
    for (uint32_t g = 0; g < in->group_len; g++) {
        const nc_group_info *info = &d->groups[g];
        nc_item_kind kind = info->filled ? NC_ITEM_BOX : NC_ITEM_EMPTY;
        if ((!info->filled || info->inside != NONE) &&
            !add_item(d, info->level, (nc_item){kind, g, info->key, 0, 0}))
            return false;
    }
    for (uint32_t l = 0; l < d->level_len; l++) {
        if (!sort_items(d, &d->levels[l]))
            return false;
        for (uint32_t i = 0; i < d->levels[l].item_len; i++) {
            const nc_item *it = &d->levels[l].items[i];
            *(it->kind == NC_ITEM_NODE ? &d->node_item[it->index] : &d->groups[it->index].item) = i;
        }
    }
    return true;
}

/* An end as its own level sees it. */
static nc_end own_end(const nc_drawing *d, const nc_lay_end *e, uint32_t *level)
{
    nc_end end = {.at = NC_AT_VERTEX, .head = nc_to_len(d, e->head)};
    if (e->kind == NC_LAY_END_NODE) {
        *level = d->node_level[e->index];
        end.index = d->node_item[e->index];
        return end;
    }
    *level = d->groups[e->index].level;
    end.index = d->groups[e->index].item;
    if (end.index == NONE) {
        end.at = NC_AT_CLUSTER;
        end.index = e->index;
    }
    return end;
}

/* Is `level` the inside of `outer`, or deeper in it? */
static bool level_within(const nc_drawing *d, uint32_t level, uint32_t outer)
{
    while (level > outer)
        level = d->levels[level].parent;
    return level == outer;
}

/* The level where the two ends meet, and each one's end there. Steps outward: the levels passed. */
static void meet(const nc_drawing *d, nc_end end[2], uint32_t level[2], uint32_t *meeting)
{
    uint32_t a = level[0], b = level[1];
    while (a != b) { /* outer levels have lower numbers */
        if (a > b)
            a = d->levels[a].parent;
        else
            b = d->levels[b].parent;
    }
    *meeting = a;
    for (int i = 0; i < 2; i++) {
        uint32_t l = level[i];
        if (l == a)
            continue;
        while (d->levels[l].parent != a)
            l = d->levels[l].parent;
        end[i] = (nc_end){.at = NC_AT_VERTEX, .index = d->groups[d->levels[l].group].item};
    }
}

static bool add_piece(nc_drawing *d, nc_piece p)
{
    return LAY_PUSH(d->mem, d->pieces, d->piece_len, d->piece_cap, p);
}

static nc_end port_end(uint32_t outer)
{
    return (nc_end){.at = NC_AT_PORT, .index = outer};
}

/* Pieces from the inside of end i out to (not including) level `stop`; nearest to the end first. */
static uint32_t count_steps(const nc_drawing *d, uint32_t level, uint32_t stop)
{
    uint32_t n = 0;
    for (; level != stop; level = d->levels[level].parent)
        n++;
    return n;
}

static bool cut_edge(nc_drawing *d, uint32_t e)
{
    const nc_lay_edge *in = &d->in->edges[e];
    const nc_lay_end *ends[2] = {&in->from, &in->to};
    nc_end own[2], met[2];
    uint32_t level[2], meeting;
    bool silent = in->hidden && !(in->label_w > 0 || in->label_h > 0);
    for (int i = 0; i < 2; i++)
        own[i] = own_end(d, ends[i], &level[i]);
    /* A group that is a level, and something inside it: they meet inside. */
    for (int i = 0; i < 2; i++) {
        uint32_t inside =
            ends[i]->kind == NC_LAY_END_GROUP ? d->groups[ends[i]->index].inside : NONE;
        if (inside != NONE && level_within(d, level[1 - i], inside)) {
            nc_len head = own[i].head;
            own[i] = port_end(NONE);
            own[i].side = i == 0 ? NC_TOP : NC_BOTTOM;
            own[i].head = head;
            level[i] = inside;
        }
    }
    met[0] = own[0];
    met[1] = own[1];
    meet(d, met, level, &meeting);
    uint32_t before = silent ? 0 : count_steps(d, level[0], meeting);
    uint32_t after = silent ? 0 : count_steps(d, level[1], meeting);
    uint32_t first = d->piece_len;
    uint32_t l = level[0];
    for (uint32_t k = 0; k < before; k++, l = d->levels[l].parent) {
        nc_end inner = k == 0 ? own[0] : (nc_end){.at = NC_AT_VERTEX, .index = 0};
        nc_piece p = {.edge = e, .level = l, .end = {inner, port_end(first + k + 1)}};
        if (k > 0)
            p.end[0].index = d->groups[d->levels[d->pieces[first + k - 1].level].group].item;
        d->levels[l].crossed = true;
        if (!add_piece(d, p))
            return false;
    }
    nc_piece middle = {.edge = e, .level = meeting, .end = {met[0], met[1]}, .labelled = true};
    if (!add_piece(d, middle))
        return false;
    for (uint32_t k = after; k-- > 0;) {
        l = level[1];
        uint32_t inner = NONE;
        for (uint32_t s = 0; s < k; s++) {
            inner = l;
            l = d->levels[l].parent;
        }
        nc_end to = k == 0 ? own[1] : (nc_end){.at = NC_AT_VERTEX, .index = 0};
        if (k > 0)
            to.index = d->groups[d->levels[inner].group].item;
        d->levels[l].crossed = true;
        if (!add_piece(d,
                       (nc_piece){.edge = e, .level = l, .end = {port_end(d->piece_len - 1), to}}))
            return false;
    }
    if (own[0].at == NC_AT_PORT || own[1].at == NC_AT_PORT)
        d->levels[meeting].crossed = true;
    return true;
}

static bool cut_edges(nc_drawing *d)
{
    d->first_piece = LAY_NEW(d->mem, uint32_t, (size_t)d->in->edge_len + 1);
    if (!d->first_piece)
        return false;
    for (uint32_t e = 0; e < d->in->edge_len; e++) {
        d->first_piece[e] = d->piece_len;
        if (!cut_edge(d, e))
            return false;
    }
    d->first_piece[d->in->edge_len] = d->piece_len;
    return true;
}

static bool map_wishes(nc_drawing *d)
{
    const nc_lay_graph *in = d->in;
    d->wishes = LAY_NEW(d->mem, nc_wish, in->constraint_len);
    d->wish_level = LAY_NEW(d->mem, uint32_t, in->constraint_len);
    if (!d->wishes || !d->wish_level)
        return false;
    for (uint32_t i = 0; i < in->constraint_len; i++) {
        const nc_lay_constraint *c = &in->constraints[i];
        uint32_t level[2];
        nc_end end[2] = {own_end(d, &c->a, &level[0]), own_end(d, &c->b, &level[1])};
        meet(d, end, level, &d->wish_level[i]);
        d->wishes[i] = (nc_wish){.rule = c->rule,
                                 .a = end[0],
                                 .b = end[1],
                                 .distance = c->distance,
                                 .source = i,
                                 .against = NONE};
    }
    return true;
}

/* --- components --- */

static uint32_t find_root(uint32_t *root, uint32_t v)
{
    while (root[v] != v) {
        root[v] = root[root[v]];
        v = root[v];
    }
    return v;
}

static void join(uint32_t *root, uint32_t a, uint32_t b)
{
    a = find_root(root, a);
    b = find_root(root, b);
    root[a > b ? a : b] = a < b ? a : b;
}

/* The outermost cluster of a level around an item, or NONE; items of one cluster stay together. */
static uint32_t top_cluster(const nc_drawing *d, uint32_t group, uint32_t level)
{
    uint32_t found = NONE;
    for (; group != NONE && group != d->levels[level].group; group = d->in->groups[group].parent)
        found = group;
    return found;
}

static uint32_t item_group(const nc_drawing *d, const nc_item *it)
{
    return it->kind == NC_ITEM_NODE ? d->in->nodes[it->index].group
                                    : d->in->groups[it->index].parent;
}

typedef struct splitter {
    uint32_t *root;       /* per item, all levels one after the other */
    uint32_t *base;       /* per level */
    uint32_t *of_cluster; /* per outermost cluster: an item in it */
} splitter;

static uint32_t end_node(const nc_drawing *d, const splitter *s, uint32_t level, const nc_end *e)
{
    if (e->at == NC_AT_VERTEX)
        return s->base[level] + e->index;
    return s->of_cluster[top_cluster(d, e->index, level)];
}

static void split_levels(nc_drawing *d, splitter *s)
{
    for (uint32_t l = 0; l < d->level_len; l++) {
        const nc_level *level = &d->levels[l];
        for (uint32_t i = 0; i < level->item_len; i++) {
            uint32_t node = s->base[l] + i;
            uint32_t top = top_cluster(d, item_group(d, &level->items[i]), l);
            s->root[node] = node;
            if (level->crossed)
                join(s->root, s->base[l], node);
            if (top == NONE)
                continue;
            if (s->of_cluster[top] == NONE)
                s->of_cluster[top] = node;
            join(s->root, s->of_cluster[top], node);
        }
    }
    for (uint32_t i = 0; i < d->piece_len; i++) {
        const nc_piece *p = &d->pieces[i];
        if (p->end[0].at != NC_AT_PORT && p->end[1].at != NC_AT_PORT)
            join(s->root, end_node(d, s, p->level, &p->end[0]),
                 end_node(d, s, p->level, &p->end[1]));
    }
    for (uint32_t i = 0; i < d->in->constraint_len; i++) {
        uint32_t l = d->wish_level[i];
        join(s->root, end_node(d, s, l, &d->wishes[i].a), end_node(d, s, l, &d->wishes[i].b));
    }
}

static void set_vertex(nc_drawing *d, nc_vertex *v, const nc_item *it, const nc_level *l)
{
    nc_len w = 0, h = 0;
    if (it->kind == NC_ITEM_NODE) {
        w = nc_to_len(d, d->in->nodes[it->index].w);
        h = nc_to_len(d, d->in->nodes[it->index].h);
    } else if (it->kind == NC_ITEM_EMPTY) {
        const nc_lay_group *g = &d->in->groups[it->index];
        w = nc_to_len(d, g->title_w) + 2 * nc_to_len(d, g->pad);
        w = w < nc_to_len(d, g->min_w) ? nc_to_len(d, g->min_w) : w;
        h = nc_to_len(d, g->title_h) + 2 * nc_to_len(d, g->pad);
    }
    bool side = nc_is_sideways(l->dir);
    v->w = side ? h : w;
    v->h = side ? w : h;
    for (int i = 0; i < 2; i++) {
        nc_len length = v->w, corner = d->gap.corner;
        if (2 * corner > length)
            corner = length / 2;
        v->room[i] =
            (nc_side_room){corner, length - corner, corner / 2, length - corner / 2, false};
        if (it->kind == NC_ITEM_NODE)
            nc_port_range(d, it->index, nc_drawn_side(l->dir, i ? NC_BOTTOM : NC_TOP), &v->room[i]);
    }
}

static void set_cluster(const nc_drawing *d, nc_cluster *k, uint32_t group, const nc_level *l)
{
    const nc_lay_group *g = &d->in->groups[group];
    nc_len title = nc_to_len(d, g->title_w), width;
    k->pad = nc_to_len(d, g->pad);
    k->strip = nc_to_len(d, g->title_h);
    k->title = title;
    if (title == 0 || k->strip == 0)
        k->title = k->strip = 0;
    width = k->title ? k->title + 2 * k->pad : 0;
    if (width < nc_to_len(d, g->min_w))
        width = nc_to_len(d, g->min_w);
    *(nc_is_sideways(l->dir) ? &k->min_h : &k->min_w) = width;
}

static nc_title_side title_side(nc_lay_dir dir)
{
    static const nc_title_side sides[NC_LAY_DIR_COUNT] = {
        [NC_LAY_TB] = NC_TITLE_TOP,
        [NC_LAY_BT] = NC_TITLE_BOTTOM,
        [NC_LAY_LR] = NC_TITLE_LANE,
        [NC_LAY_RL] = NC_TITLE_LANE_BACK,
    };
    return sides[dir];
}

static bool start_comps(nc_drawing *d, uint32_t l, splitter *s, uint32_t *counts)
{
    nc_level *level = &d->levels[l];
    for (uint32_t i = 0; i < level->item_len; i++) {
        uint32_t root = find_root(s->root, s->base[l] + i) - s->base[l];
        if (root == i)
            level->items[i].comp = level->comp_len++;
        else
            level->items[i].comp = level->items[root].comp;
    }
    level->comps = LAY_NEW(d->mem, nc_comp, level->comp_len);
    if (!level->comps)
        return false;
    (void)counts;
    for (uint32_t i = 0; i < level->item_len; i++)
        level->items[i].vertex = level->comps[level->items[i].comp].graph.vertex_len++;
    for (uint32_t c = 0; c < level->comp_len; c++) {
        nc_comp *comp = &level->comps[c];
        comp->graph.mem = d->mem;
        comp->graph.gap = d->gap;
        comp->graph.titles = title_side(level->dir);
        comp->graph.vertices = LAY_NEW(d->mem, nc_vertex, comp->graph.vertex_len);
        comp->items = LAY_NEW(d->mem, uint32_t, comp->graph.vertex_len);
        if (!comp->graph.vertices || !comp->items)
            return false;
    }
    for (uint32_t i = 0; i < level->item_len; i++) {
        nc_comp *comp = &level->comps[level->items[i].comp];
        comp->items[level->items[i].vertex] = i;
        set_vertex(d, &comp->graph.vertices[level->items[i].vertex], &level->items[i], level);
    }
    return true;
}

static bool is_cluster(const nc_drawing *d, uint32_t g)
{
    return d->groups[g].filled && d->groups[g].inside == NONE;
}

/* Clusters in the caller's order, with parents and depth. */
static bool fill_clusters(nc_drawing *d, const splitter *s)
{
    const nc_lay_graph *in = d->in;
    for (int fill = 0; fill < 2; fill++) {
        for (uint32_t g = 0; g < in->group_len; g++) {
            nc_group_info *info = &d->groups[g];
            if (!is_cluster(d, g))
                continue;
            uint32_t top = top_cluster(d, g, info->level), l = info->level;
            info->comp = d->levels[l].items[s->of_cluster[top] - s->base[l]].comp;
            nc_comp *comp = &d->levels[l].comps[info->comp];
            if (!fill) {
                info->cluster = comp->graph.cluster_len++;
                continue;
            }
            nc_cluster *k = &comp->graph.clusters[info->cluster];
            uint32_t p = in->groups[g].parent;
            k->parent = p == NONE || p == d->levels[l].group ? NONE : d->groups[p].cluster;
            uint32_t base = d->levels[l].group;
            k->depth = info->depth - (base == NONE ? 0 : d->groups[base].depth + 1);
            comp->groups[info->cluster] = g;
            set_cluster(d, k, g, &d->levels[l]);
        }
        for (uint32_t l = 0; l < d->level_len && !fill; l++) {
            for (uint32_t c = 0; c < d->levels[l].comp_len; c++) {
                nc_comp *comp = &d->levels[l].comps[c];
                uint32_t n = comp->graph.cluster_cap = comp->graph.cluster_len;
                comp->graph.clusters = LAY_NEW(d->mem, nc_cluster, n);
                comp->groups = LAY_NEW(d->mem, uint32_t, n);
                if (!comp->graph.clusters || !comp->groups)
                    return false;
            }
        }
    }
    for (uint32_t l = 0; l < d->level_len; l++) {
        for (uint32_t i = 0; i < d->levels[l].item_len; i++) {
            const nc_item *it = &d->levels[l].items[i];
            uint32_t g = item_group(d, it);
            bool top = g == NONE || g == d->levels[l].group;
            d->levels[l].comps[it->comp].graph.vertices[it->vertex].cluster =
                top ? NONE : d->groups[g].cluster;
        }
    }
    return true;
}

/* An end of a level as an end of one of its components. */
static nc_end comp_end(const nc_drawing *d, uint32_t level, nc_end e, uint32_t *comp)
{
    if (e.at == NC_AT_VERTEX) {
        const nc_item *it = &d->levels[level].items[e.index];
        *comp = it->comp;
        e.index = it->vertex;
    } else if (e.at == NC_AT_CLUSTER) {
        *comp = d->groups[e.index].comp;
        e.index = d->groups[e.index].cluster;
    }
    return e;
}

static void set_link(const nc_drawing *d, const nc_piece *p, nc_link *l, const nc_end ends[2])
{
    const nc_lay_edge *e = &d->in->edges[p->edge];
    bool label = p->labelled && (e->label_w > 0 || e->label_h > 0);
    bool side = nc_is_sideways(d->levels[p->level].dir);
    nc_len w = label ? nc_to_len(d, e->label_w) : 0, h = label ? nc_to_len(d, e->label_h) : 0;
    *l = (nc_link){.end = {ends[0], ends[1]},
                   .label_w = side ? h : w,
                   .label_h = side ? w : h,
                   .min_len = p->labelled && e->min_len ? e->min_len : 1,
                   .weight = e->weight ? e->weight : 1,
                   .hidden = e->hidden && !(e->label_w > 0 || e->label_h > 0),
                   .unranked = e->unranked,
                   .label_cell = NONE};
}

static bool fill_links(nc_drawing *d)
{
    for (int fill = 0; fill < 2; fill++) {
        for (uint32_t i = 0; i < d->piece_len; i++) {
            nc_piece *p = &d->pieces[i];
            uint32_t comp = 0;
            nc_end ends[2] = {comp_end(d, p->level, p->end[0], &comp),
                              comp_end(d, p->level, p->end[1], &comp)};
            nc_comp *c = &d->levels[p->level].comps[comp];
            if (!fill) {
                p->comp = comp;
                p->link = c->graph.link_len++;
                continue;
            }
            set_link(d, p, &c->graph.links[p->link], ends);
            c->pieces[p->link] = i;
        }
        for (uint32_t i = 0; i < d->in->constraint_len; i++) {
            uint32_t comp = 0;
            nc_wish w = d->wishes[i];
            w.a = comp_end(d, d->wish_level[i], w.a, &comp);
            w.b = comp_end(d, d->wish_level[i], w.b, &comp);
            nc_layered *g = &d->levels[d->wish_level[i]].comps[comp].graph;
            if (fill)
                g->wishes[g->wish_len] = w;
            g->wish_len++;
        }
        for (uint32_t l = 0; l < d->level_len && !fill; l++) {
            for (uint32_t c = 0; c < d->levels[l].comp_len; c++) {
                nc_comp *comp = &d->levels[l].comps[c];
                comp->graph.links = LAY_NEW(d->mem, nc_link, comp->graph.link_len);
                comp->pieces = LAY_NEW(d->mem, uint32_t, comp->graph.link_len);
                comp->graph.wishes = LAY_NEW(d->mem, nc_wish, comp->graph.wish_len);
                comp->graph.wish_len = 0;
                if (!comp->graph.links || !comp->pieces || !comp->graph.wishes)
                    return false;
            }
        }
    }
    return true;
}

static bool cut_components(nc_drawing *d)
{
    uint32_t sum = 0;
    splitter s = {.base = LAY_NEW(d->mem, uint32_t, d->level_len),
                  .of_cluster = LAY_NEW(d->mem, uint32_t, d->in->group_len)};
    if (!s.base || !s.of_cluster)
        return false;
    memset(s.of_cluster, 0xff, sizeof *s.of_cluster * d->in->group_len);
    for (uint32_t l = 0; l < d->level_len; l++) {
        s.base[l] = sum;
        sum += d->levels[l].item_len;
    }
    s.root = LAY_NEW(d->mem, uint32_t, sum);
    if (!s.root)
        return false;
    split_levels(d, &s);
    for (uint32_t l = 0; l < d->level_len; l++) {
        if (!start_comps(d, l, &s, NULL))
            return false;
    }
    return fill_clusters(d, &s) && fill_links(d);
}

bool nc_cut_levels(nc_drawing *d)
{
    const nc_lay_graph *in = d->in;
    d->groups = LAY_NEW(d->mem, nc_group_info, in->group_len);
    d->node_item = LAY_NEW(d->mem, uint32_t, in->node_len);
    d->node_level = LAY_NEW(d->mem, uint32_t, in->node_len);
    if (!d->groups || !d->node_item || !d->node_level)
        return false;
    measure_groups(d);
    for (uint32_t e = 0; e < in->edge_len; e++)
        mark_groups(d, &in->edges[e].from, &in->edges[e].to);
    for (uint32_t i = 0; i < in->constraint_len; i++)
        mark_groups(d, &in->constraints[i].a, &in->constraints[i].b);
    return find_levels(d) && find_items(d) && cut_edges(d) && map_wishes(d) && cut_components(d);
}
