/*
 * A drawing as levels. A level is what one direction rules: the whole drawing, or the inside of a
 * group with a direction of its own (or of one that nothing ties to its surroundings). Seen from
 * the level around it such a group is one box. A level consists of components, each a layered
 * graph; an edge that crosses frames of levels is cut into one piece per level.
 *
 *     levels.c    cuts the caller's graph into levels, components and pieces
 *     nested.c    runs the passes: ranks from the outside in, everything else from the inside out
 *     assemble.c  puts the pieces together again
 */
#ifndef NC_LAYOUT_LEVELS_H
#define NC_LAYOUT_LEVELS_H

#include "layout/graph.h"

typedef enum nc_item_kind { NC_ITEM_NODE, NC_ITEM_BOX, NC_ITEM_EMPTY } nc_item_kind;

/* What a vertex of a layered graph is. */
typedef struct nc_item {
    nc_item_kind kind;
    uint32_t index; /* node or group */
    uint32_t key;   /* the author's order */
    uint32_t comp, vertex;
} nc_item;

typedef struct nc_comp {
    nc_layered graph;
    uint32_t *items;   /* per vertex: item of the level */
    uint32_t *groups;  /* per cluster: the caller's group */
    uint32_t *pieces;  /* per link */
    nc_len x, y, w, h; /* in its level, as drawn */
} nc_comp;

typedef struct nc_level {
    uint32_t group; /* NONE: the whole drawing */
    uint32_t parent;
    nc_lay_dir dir;
    nc_item *items;
    uint32_t item_len, item_cap;
    nc_comp *comps;
    uint32_t comp_len;
    bool crossed;                    /* edges leave it: its components stay one */
    nc_len w, h;                     /* its contents; then of the box around them: */
    nc_len box_w, box_h, in_x, in_y; /* and where the contents are in it */
    nc_len title_x;
    nc_len x, y; /* of the contents in the drawing */
} nc_level;

/* One level's part of an edge. Pieces of an edge follow each other from its start to its end. */
typedef struct nc_piece {
    uint32_t edge, level;
    nc_end
        end[2]; /* index: item of the level, or group; a port's index: the piece outside, or NONE */
    bool labelled;
    uint32_t comp, link;
    nc_side side[2]; /* of a port: as drawn, which side of the level's box */
    nc_len place[2]; /* of a port: where on that side, from the box's corner */
} nc_piece;

typedef struct nc_group_info {
    uint32_t depth;
    nc_lay_dir dir;
    bool filled;     /* has a node or a group in it */
    bool directs;    /* has a direction of its own, and edges that follow it */
    bool crossed;    /* some edge or wish ties something in it, or itself, to the outside */
    uint32_t level;  /* where it is an item or a cluster */
    uint32_t inside; /* the level of its contents, NONE when it is a cluster */
    uint32_t item;   /* in `level`; NONE when it is a cluster */
    uint32_t key;    /* least node in it */
    uint32_t comp, cluster;
} nc_group_info;

typedef struct nc_drawing {
    const nc_lay_graph *in;
    nc_lay_mem *mem;  /* of the run */
    nc_lay_mem *keep; /* of the result */
    double scale;     /* the run's units per unit of the caller */
    nc_gaps gap;
    nc_group_info *groups;
    uint32_t *node_item; /* per node: item of its level */
    uint32_t *node_level;
    nc_level *levels; /* outer ones first */
    uint32_t level_len;
    nc_piece *pieces;
    uint32_t piece_len, piece_cap;
    uint32_t *first_piece; /* per edge, one more at the end */
    nc_wish *wishes;       /* the caller's, with items and groups of wish_level */
    uint32_t *wish_level;
} nc_drawing;

static inline nc_len nc_to_len(const nc_drawing *d, double v)
{
    double s = v * d->scale;
    nc_len whole = (nc_len)s;
    return (double)whole < s ? whole + 1 : whole;
}

/* Turning: which drawn side is a side of a level's graph, and back. */
nc_side nc_drawn_side(nc_lay_dir dir, nc_side side);
nc_side nc_inner_side(nc_lay_dir dir, nc_side side);
static inline bool nc_is_sideways(nc_lay_dir dir)
{
    return dir == NC_LAY_LR || dir == NC_LAY_RL;
}

LAY_MUST_USE bool nc_cut_levels(nc_drawing *d);
LAY_MUST_USE bool nc_run_levels(nc_drawing *d);
LAY_MUST_USE bool nc_assemble(nc_drawing *d, nc_lay_result *out);

/* Pack boxes in order towards a wanted width / height; writes x and y, returns the size of all. */
LAY_MUST_USE bool nc_pack(nc_lay_mem *m, nc_comp *comps, uint32_t len, nc_len gap, double aspect,
                          nc_len *w, nc_len *h);

/* Narrow the room for ports on a drawn side of a node to where its outline is near the box. */
void nc_port_range(const nc_drawing *d, uint32_t node, nc_side side, nc_side_room *room);
/* Carry a route's end from the box on to the outline: `from` is the point before it. */
nc_lay_point nc_clip_end(const nc_lay_node *n, nc_lay_rect box, nc_lay_point from,
                         nc_lay_point end);

#endif
