/*
 * Run the passes on the layered graphs of all levels.
 *
 * From the outside in: ranks, which tell each level on which side of its box every edge leaves.
 * From the inside out: everything else; a level that is done is a box of known size with fixed
 * ports in the level around it.
 *
 * Source:  the treatment of nested graphs as nodes with ports on their frames is that of Schulze,
 *          Spoenemann, von Hanxleden, "Drawing layered graphs with port constraints", 2014.
 */
#include "layout/levels.h"

/* The side on which a piece's port lies follows from the piece outside of it. */
static void set_port_sides(nc_drawing *d, const nc_level *level, nc_comp *comp)
{
    for (uint32_t i = 0; i < comp->graph.link_len; i++) {
        nc_link *l = &comp->graph.links[i];
        nc_piece *p = &d->pieces[comp->pieces[i]];
        for (int e = 0; e < 2; e++) {
            if (l->end[e].at != NC_AT_PORT)
                continue;
            if (p->end[e].index == NONE) { /* an edge between a frame and what it holds */
                p->side[e] = nc_drawn_side(level->dir, l->end[e].side);
                continue;
            }
            const nc_piece *o = &d->pieces[p->end[e].index];
            const nc_level *around = &d->levels[o->level];
            const nc_link *ol = &around->comps[o->comp].graph.links[o->link];
            p->side[e] = nc_drawn_side(around->dir, nc_side_at(ol, 1 - e));
            l->end[e].side = nc_inner_side(level->dir, p->side[e]);
        }
    }
}

/* Turn a place on the side of a component's graph into one on the drawn side of the component. */
static nc_len drawn_place(const nc_layered *g, nc_lay_dir dir, nc_side side, nc_len place)
{
    bool across = side == NC_TOP || side == NC_BOTTOM; /* along the rows */
    if (across)
        return place - g->left;
    return dir == NC_LAY_BT || dir == NC_LAY_RL ? g->bottom - place : place - g->top;
}

static void measure_ports(nc_drawing *d, nc_level *level)
{
    for (uint32_t c = 0; c < level->comp_len; c++) {
        nc_comp *comp = &level->comps[c];
        for (uint32_t i = 0; i < comp->graph.link_len; i++) {
            const nc_link *l = &comp->graph.links[i];
            nc_piece *p = &d->pieces[comp->pieces[i]];
            for (int e = 0; e < 2; e++) {
                if (l->end[e].at != NC_AT_PORT)
                    continue;
                bool flat = p->side[e] == NC_TOP || p->side[e] == NC_BOTTOM;
                p->place[e] =
                    drawn_place(&comp->graph, level->dir, l->end[e].side, l->end[e].place) +
                    (flat ? comp->x + level->in_x : comp->y + level->in_y);
            }
        }
    }
}

static nc_len min_len(nc_len a, nc_len b)
{
    return a < b ? a : b;
}

static nc_len max_len(nc_len a, nc_len b)
{
    return a > b ? a : b;
}

/* The leftmost place for the title where no edge crosses the strip; the box grows if there is none. */
static void place_title(nc_drawing *d, nc_level *level, nc_len title)
{
    const nc_lay_group *g = &d->in->groups[level->group];
    nc_len pad = nc_to_len(d, g->pad), from = pad;
    for (;;) { /* jump over the next crossing edge that is in the way, until none is */
        nc_len next = -1;
        for (uint32_t c = 0; c < level->comp_len; c++) {
            const nc_comp *comp = &level->comps[c];
            for (uint32_t i = 0; i < comp->graph.link_len; i++) {
                const nc_piece *p = &d->pieces[comp->pieces[i]];
                for (int e = 0; e < 2; e++) {
                    bool top = comp->graph.links[i].end[e].at == NC_AT_PORT && p->side[e] == NC_TOP;
                    nc_len x = p->place[e];
                    if (top && x > from - d->gap.label && x < from + title + d->gap.label &&
                        (next < 0 || x < next))
                        next = x;
                }
            }
        }
        if (next < 0)
            break;
        from = next + d->gap.label;
    }
    level->title_x = from;
    level->box_w = max_len(level->box_w, from + title + pad);
}

static void close_box(nc_drawing *d, nc_level *level)
{
    const nc_lay_group *g = &d->in->groups[level->group];
    nc_len pad = nc_to_len(d, g->pad), title = nc_to_len(d, g->title_w);
    nc_len strip = nc_to_len(d, g->title_h);
    if (title == 0 || strip == 0)
        title = strip = 0;
    nc_len least = max_len(nc_to_len(d, g->min_w), title ? title + 2 * pad : 0);
    level->box_w = max_len(level->w + 2 * pad, least);
    level->box_h = level->h + 2 * pad + strip;
    level->in_x = (level->box_w - level->w) / 2;
    level->in_y = pad + strip;
    measure_ports(d, level);
    if (title)
        place_title(d, level, title);
}

/* The finished level becomes a box, its ports fixed, in the level around it. */
static void hand_out(nc_drawing *d, uint32_t index)
{
    nc_level *level = &d->levels[index];
    nc_level *around = &d->levels[level->parent];
    const nc_item *it = &around->items[d->groups[level->group].item];
    nc_vertex *v = &around->comps[it->comp].graph.vertices[it->vertex];
    bool side = nc_is_sideways(around->dir);
    v->w = side ? level->box_h : level->box_w;
    v->h = side ? level->box_w : level->box_h;
    for (int i = 0; i < 2; i++) {
        nc_len corner = min_len(d->gap.corner, v->w / 2);
        v->room[i] = (nc_side_room){corner, v->w - corner, corner / 2, v->w - corner / 2, false};
    }
    for (uint32_t c = 0; c < level->comp_len; c++) {
        const nc_comp *comp = &level->comps[c];
        for (uint32_t i = 0; i < comp->graph.link_len; i++) {
            const nc_piece *p = &d->pieces[comp->pieces[i]];
            for (int e = 0; e < 2; e++) {
                if (p->end[e].at != NC_AT_PORT || p->end[e].index == NONE)
                    continue;
                const nc_piece *o = &d->pieces[p->end[e].index];
                nc_end *end = &around->comps[o->comp].graph.links[o->link].end[1 - e];
                end->fixed = true;
                end->offset = p->place[e];
            }
        }
    }
}

static bool finish_level(nc_drawing *d, uint32_t index)
{
    nc_level *level = &d->levels[index];
    for (uint32_t c = 0; c < level->comp_len; c++) {
        nc_comp *comp = &level->comps[c];
        if (!nc_run_late(&comp->graph))
            return false;
        nc_len w = comp->graph.right - comp->graph.left, h = comp->graph.bottom - comp->graph.top;
        bool side = nc_is_sideways(level->dir);
        comp->w = side ? h : w;
        comp->h = side ? w : h;
    }
    double aspect = d->in->aspect > 0 ? d->in->aspect : 1.6;
    if (!nc_pack(d->mem, level->comps, level->comp_len, nc_to_len(d, d->in->spacing.component),
                 aspect, &level->w, &level->h))
        return false;
    if (level->group != NONE) {
        close_box(d, level);
        hand_out(d, index);
    }
    return true;
}

bool nc_run_levels(nc_drawing *d)
{
    for (uint32_t i = 0; i < d->level_len; i++) {
        nc_level *level = &d->levels[i];
        for (uint32_t c = 0; c < level->comp_len; c++) {
            set_port_sides(d, level, &level->comps[c]);
            if (!nc_run_early(&level->comps[c].graph))
                return false;
        }
    }
    for (uint32_t i = d->level_len; i-- > 0;) {
        if (!finish_level(d, i))
            return false;
    }
    return true;
}
