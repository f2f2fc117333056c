/*
 * The layered graph: one connected piece of a drawing on its way through the passes.
 *
 * Words are for direction TB: flow runs down, rows are horizontal, channels lie between rows. The
 * other directions are turned into this one before (see nested.c) and back afterwards. Lengths are
 * whole numbers of the run's unit, so that every comparison is exact.
 *
 * Sources: Sugiyama, Tagawa, Toda, "Methods for visual understanding of hierarchical system
 *          structures", 1981 (the passes); Sander, "Layout of compound directed graphs", 1996, and
 *          Forster, "Applying crossing reduction strategies to layered compound graphs", 2002
 *          (clusters as spans of rows and intervals in them).
 */
#ifndef NC_LAYOUT_GRAPH_H
#define NC_LAYOUT_GRAPH_H

#include "layout/memory.h"

#define NONE NC_LAY_NONE

typedef int64_t nc_len;

typedef struct nc_gaps {
    nc_len node, rank, edge_edge, edge_node, label, port, corner, loop;
} nc_gaps;

typedef enum nc_side { NC_TOP, NC_BOTTOM, NC_LEFT, NC_RIGHT } nc_side;

/* Which side of a cluster holds its title: where the top of the drawing is in this graph's turn. */
typedef enum nc_title_side {
    NC_TITLE_TOP,
    NC_TITLE_BOTTOM,
    NC_TITLE_LANE,
    NC_TITLE_LANE_BACK
} nc_title_side;

typedef enum nc_at { NC_AT_VERTEX, NC_AT_CLUSTER, NC_AT_PORT } nc_at;

typedef struct nc_end {
    nc_at at;
    uint32_t index; /* vertex or cluster */
    nc_side side;   /* NC_AT_PORT: the side of the whole graph where the edge goes on */
    bool fixed;     /* the place on the vertex's side is given: */
    nc_len offset;  /* from the vertex's left edge */
    nc_len head;    /* length of the arrow head here */
    nc_len place;   /* out, NC_AT_PORT: where along that side */
} nc_end;

/* Where free ports may lie on a side, from its left end. */
typedef struct nc_side_room {
    nc_len lo, hi;
    nc_len least, most; /* and where they may when there are too many for that */
    bool given;         /* the caller says so: for nothing else do they leave it */
} nc_side_room;

typedef struct nc_vertex {
    nc_len w, h;
    uint32_t cluster;     /* innermost */
    nc_side_room room[2]; /* of the top and the bottom side */
    nc_len loop_w;        /* room for self loops at the right */
    nc_len loop_h;        /* least height of the cell because of them */
    uint32_t loops;       /* how many there are */
    uint32_t rank, cell;
    nc_len x, y; /* out: top left corner */
} nc_vertex;

typedef struct nc_cluster {
    uint32_t parent, depth;
    nc_len pad, strip; /* strip: thickness of the title strip, 0: no title */
    nc_len title;      /* length of the title text along the strip */
    nc_len min_w, min_h;
    bool run;       /* no cluster of the author's: cells that stay side by side in one row */
    uint32_t order; /* among its siblings, in every row: the one decision */
    uint32_t first_rank, last_rank;
    uint32_t top_row, bottom_row;
    nc_len ring_w, ring_h;           /* room for self loops at the right */
    uint32_t rings;                  /* how many there are */
    uint32_t side;                   /* its left side's cell in the top row; see nc_side_cell */
    nc_len left, right, top, bottom; /* out: the frame */
    nc_len title_at;                 /* out: where the title text starts along its strip */
    nc_len ring_at;                  /* out: the middle of its self loops */
} nc_cluster;

typedef enum nc_link_kind {
    NC_LINK_HIDDEN, /* ranked and ordered, not drawn */
    NC_LINK_DOWN,   /* from a row to one below, through a cell in each row between */
    NC_LINK_AROUND, /* likewise, but in a lane at the right of everything: two arms; see around.h */
    NC_LINK_FLAT,   /* within one row, or out at a side: one or two arms */
    NC_LINK_LOOP,   /* from a vertex to itself */
    NC_LINK_RING    /* from a cluster to itself */
} nc_link_kind;

typedef struct nc_link {
    nc_end end[2]; /* from, to */
    nc_len label_w, label_h;
    uint32_t min_len, weight;
    bool hidden;
    bool unranked; /* the caller's */
    bool back;     /* ranked against its direction */
    bool loose;    /* has no say in the ranks beyond a wish to be short */
    nc_link_kind kind;
    uint8_t upper;         /* DOWN, AROUND: which end is the upper one */
    uint32_t seg, seg_len; /* DOWN: its segments from top to bottom; AROUND: those to its label */
    uint32_t row;          /* FLAT: the row it lies in; AROUND: the one it leaves */
    uint32_t arm; /* FLAT: its first arm; with a label a second one follows. AROUND: the upper one,
                     then the lower one */
    uint32_t label_cell;  /* the cell of its label, or NONE; parallel FLAT links may share one */
    nc_len shift;         /* FLAT: its line's distance from the middle of the row */
    uint32_t slot;        /* LOOP, RING: which, from the inside; AROUND: its lane */
    nc_len reach;         /* LOOP, RING: distance of the outer line from the side */
    nc_len half;          /* LOOP, RING: half the height of the loop */
    nc_lay_point *points; /* out: from -> to */
    uint32_t len;
    nc_len lx, ly; /* out: centre of the label */
} nc_link;

typedef struct nc_wish {
    nc_lay_rule rule;
    nc_end a, b;
    uint32_t distance;
    uint32_t source; /* index of the caller's constraint */
    bool dropped;
    uint32_t against; /* a caller's constraint, or NONE */
} nc_wish;

typedef enum nc_cell_kind {
    NC_CELL_VERTEX,
    NC_CELL_BEND,  /* an edge passes */
    NC_CELL_LABEL, /* an edge passes through its label */
    NC_CELL_TITLE,
    NC_CELL_STOP, /* an edge ends on a frame */
    NC_CELL_PORT, /* an edge leaves the graph */
    NC_CELL_LEFT, /* the two sides of a frame */
    NC_CELL_RIGHT,
    NC_CELL_KINDS
} nc_cell_kind;

typedef struct nc_cell {
    nc_cell_kind kind;
    uint32_t ref;     /* vertex, link or cluster */
    uint32_t cluster; /* innermost cluster (or run) that holds it; a side belongs to its own */
    uint32_t row, pos;
    nc_len left, right; /* ground it owns to both sides of its anchor */
    nc_len h;
    nc_len x; /* of the anchor: the vertex's centre, the edge's line */
} nc_cell;

typedef enum nc_row_kind {
    NC_ROW_NODE,
    NC_ROW_LABEL,
    NC_ROW_TOP,    /* upper frame lines and title strips */
    NC_ROW_BOTTOM, /* lower frame lines */
    NC_ROW_PORT,
    NC_ROW_KINDS
} nc_row_kind;

typedef struct nc_row {
    nc_row_kind kind;
    uint32_t rank;   /* of a NODE row; else of the NODE row above (below for TOP) */
    uint32_t *cells; /* left to right */
    uint32_t len;
    nc_len y, h; /* out */
} nc_row;

enum { NC_SIDE_WEIGHT = 16 }; /* of the side of a frame, against 1 of an edge */

/* A piece of an edge between neighbouring rows. Offsets are from the cells' anchors. */
typedef struct nc_seg {
    uint32_t upper, lower; /* cells */
    uint32_t link;         /* NONE: the side of a frame */
    uint32_t weight;
    nc_len at[2];     /* offsets at the upper and lower end */
    uint32_t slot[2]; /* the free ports at its ends, or NONE */
    uint32_t stretch; /* set by the tracks: NONE when straight */
} nc_seg;

/*
 * A piece of a FLAT link: straight between neighbours of its row, else a bow, one stretch in the
 * channel above or below. It may end at the side of a frame or of the whole graph.
 */
typedef enum nc_arm_at {
    NC_ARM_ABOVE, /* leaves a cell of the row above its channel, from the bottom */
    NC_ARM_BELOW, /* leaves a cell of the row below its channel, from the top */
    NC_ARM_EDGE   /* ends at a side cell, or (cell NONE) at a side of the graph */
} nc_arm_at;

typedef struct nc_arm_end {
    nc_arm_at at;
    uint32_t cell;
    bool right;    /* EDGE of the whole graph: which one */
    nc_len offset; /* of a port, from the cell's anchor; of a lane, from the side of the graph */
} nc_arm_end;

typedef struct nc_arm {
    uint32_t link;
    bool straight;
    uint32_t region; /* place in the row of the first cell to the right of a straight arm's space */
    uint32_t channel; /* below this row */
    nc_arm_end end[2];
    uint32_t stretch;
} nc_arm;

/* A free port on the top or bottom side of a vertex; those of one side follow each other in order. */
typedef struct nc_slot {
    uint32_t cell, seg;
    uint8_t side;  /* 0: top, 1: bottom */
    nc_len lo, hi; /* offsets from the cell's anchor that its side allows */
    nc_len least;  /* distance to its neighbours */
} nc_slot;

/* A horizontal stretch of an edge in a channel. */
typedef struct nc_stretch {
    nc_arm_at at[2];
    nc_len x[2];
    uint32_t next;      /* the lower half of a split stretch, or NONE */
    uint32_t link, seg; /* seg NONE: an arm's, or the lower half of a split one */
    uint32_t channel, track;
    nc_len y; /* out */
} nc_stretch;

typedef struct nc_layered {
    nc_lay_mem *mem;
    nc_gaps gap;
    nc_title_side titles;
    nc_vertex *vertices;
    uint32_t vertex_len;
    nc_cluster *clusters;
    uint32_t cluster_len, cluster_cap;
    nc_link *links;
    uint32_t link_len;
    nc_wish *wishes;
    uint32_t wish_len;

    uint32_t rank_len;
    nc_row *rows;
    uint32_t row_len;
    nc_cell *cells;
    uint32_t cell_len, cell_cap;
    nc_seg *segs;
    uint32_t seg_len, seg_cap;
    nc_arm *arms;
    uint32_t arm_len, arm_cap;
    nc_slot *slots;
    uint32_t slot_len;
    uint32_t lane_len; /* of AROUND links, at the right */
    nc_stretch *stretches;
    uint32_t stretch_len, stretch_cap;
    uint32_t *before; /* pairs of cells a, b of one row: a stays left of b */
    uint32_t before_len, before_cap;
    uint64_t crossings;
    bool trial; /* only to compare: less effort */

    nc_len left, right; /* out: extent, sideways ports at its edges */
    nc_len top, bottom;
} nc_layered;

/* Deepest common cluster of two (NONE: the graph itself). */
uint32_t nc_common_cluster(const nc_layered *g, uint32_t a, uint32_t b);
/* The ancestor of a (or a itself) whose parent is `above`; NONE when a == above. */
uint32_t nc_child_towards(const nc_layered *g, uint32_t a, uint32_t above);
/* Innermost cluster around an end; of a cluster end, the cluster's parent. */
uint32_t nc_end_cluster(const nc_layered *g, const nc_end *e);

/* Ascending; spare is scratch of the same length. */
void nc_sort_lens(nc_len *list, uint32_t len, nc_len *spare);

/* A frame's side cells lie row by row, left and right in turn. */
static inline uint32_t nc_side_cell(const nc_layered *g, uint32_t cluster, uint32_t row, bool right)
{
    const nc_cluster *k = &g->clusters[cluster];
    return k->side + 2 * (row - k->top_row) + (right ? 1 : 0);
}

/* The passes, in order. Each returns false only without memory. */
LAY_MUST_USE bool nc_pass_constrain(nc_layered *g); /* constraints.c */
LAY_MUST_USE bool nc_pass_rank(nc_layered *g);      /* rank.c: also breaks cycles */
LAY_MUST_USE bool nc_pass_kinds(nc_layered *g);     /* rows.c: what each link is, given the ranks */
LAY_MUST_USE bool nc_pass_rows(nc_layered *g);      /* rows.c */
LAY_MUST_USE bool nc_pass_order(nc_layered *g);     /* order.c */
LAY_MUST_USE bool nc_pass_arms(nc_layered *g);      /* ports.c */
LAY_MUST_USE bool nc_pass_place(nc_layered *g);     /* place.c */
LAY_MUST_USE bool nc_pass_tracks(nc_layered *g);    /* tracks.c */
LAY_MUST_USE bool nc_pass_route(nc_layered *g);     /* route.c */

/* Which side of a vertex a link with a kind uses at one of its ends, if it has to be known early. */
nc_side nc_side_at(const nc_link *l, int end);

/* The two halves of the pass table (layout.c): up to what is known of a graph before the sizes of
 * its vertices are; then the rest. */
LAY_MUST_USE bool nc_run_early(nc_layered *g);
LAY_MUST_USE bool nc_run_late(nc_layered *g);

/* What holds after each: check.c. */
bool nc_wishes_agree(const nc_layered *g);
bool nc_ranks_hold(const nc_layered *g);
bool nc_kinds_hold(const nc_layered *g);
bool nc_rows_hold(const nc_layered *g);
bool nc_order_holds(const nc_layered *g);
bool nc_arms_hold(const nc_layered *g);
bool nc_places_hold(const nc_layered *g);
bool nc_tracks_hold(const nc_layered *g);
bool nc_routes_hold(const nc_layered *g);

#endif
