/*
 * nacre layout: the layered engine's one header. It knows geometry only: no text, no colour,
 * no Mermaid, nothing from src/.
 *
 * Coordinates: doubles, y down, boxes x, y, w, h. Integers in give integers out (halves are
 * floored), except where a route is clipped at a slanted or round outline. The same graph gives
 * the same bits, always: no clock, no hash order, no pointer order.
 */
#ifndef NC_LAYOUT_H
#define NC_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NC_LAY_NONE UINT32_MAX

typedef struct nc_lay_point {
    double x, y;
} nc_lay_point;

typedef struct nc_lay_rect {
    double x, y, w, h;
} nc_lay_rect;

typedef enum nc_lay_dir { NC_LAY_TB, NC_LAY_BT, NC_LAY_LR, NC_LAY_RL, NC_LAY_DIR_COUNT } nc_lay_dir;

/* Every distance of a drawing; the engine has none of its own. Units are the caller's. */
typedef struct nc_lay_spacing {
    double node;        /* between neighbouring boxes of a rank */
    double rank;        /* between ranks, before channels add what they need */
    double edge_edge;   /* between two parallel stretches of different edges */
    double edge_node;   /* between an edge and a box that is not its end */
    double label;       /* between an edge label and anything beside it */
    double port;        /* least distance of two ports on one side */
    double port_corner; /* least distance of a port from the corner of its side */
    double loop;        /* how far a self loop stands off its node */
    double component;   /* between components that are not connected */
    double margin;      /* around the whole drawing */
} nc_lay_spacing;

/* The sides of a box as drawn. */
enum { NC_LAY_TOP, NC_LAY_BOTTOM, NC_LAY_LEFT, NC_LAY_RIGHT, NC_LAY_SIDES };

/* A part of a side, from its left or upper end. */
typedef struct nc_lay_range {
    double from, to;
} nc_lay_range;

/*
 * A box. `outline` (borrowed; relative to the box's top left corner, closed, clockwise) is the true
 * shape, used to clip the ends of edges; NULL means the box itself.
 * `ports` says for each side where edges may meet it; 0, 0: wherever the outline is near the box. Only
 * when there are more of them than the range has room for do they leave it.
 */
typedef struct nc_lay_node {
    double w, h;
    uint32_t group; /* index of the innermost group that holds it, or NC_LAY_NONE */
    const nc_lay_point *outline;
    uint32_t outline_len;
    nc_lay_range ports[NC_LAY_SIDES];
} nc_lay_node;

/* A frame around its members. An empty group is laid out as a box of its title. */
typedef struct nc_lay_group {
    uint32_t parent;         /* a group or NC_LAY_NONE; any order, no cycles */
    double title_w, title_h; /* title strip at the top of the frame, in every direction; 0: none */
    double pad;   /* from the frame to its contents, on each side; the strip comes on top */
    double min_w; /* least width of the frame; 0: none */
    bool has_dir; /* its own direction, else its parent's */
    nc_lay_dir dir;
} nc_lay_group;

typedef enum nc_lay_end_kind { NC_LAY_END_NODE, NC_LAY_END_GROUP } nc_lay_end_kind;

typedef struct nc_lay_end {
    nc_lay_end_kind kind;
    uint32_t index;
    double head; /* length of the arrow head drawn at this end: room for a last straight piece */
} nc_lay_end;

typedef struct nc_lay_edge {
    nc_lay_end from, to;     /* flow follows from -> to */
    double label_w, label_h; /* 0 x 0: no label */
    uint32_t min_len;        /* least distance in ranks; 0 is read as 1 */
    uint32_t weight;         /* wish for shortness and straightness; 0 is read as 1 */
    bool unranked;           /* has no say in the ranks: constraints alone decide about its ends */
    bool hidden;             /* takes part in ranking and ordering, gets no route (`~~~`) */
} nc_lay_edge;

typedef enum nc_lay_rule {
    NC_LAY_RULE_BELOW,    /* b in a rank after a's, at least `distance` (0 is 1) ranks on */
    NC_LAY_RULE_SAME,     /* a and b in one rank */
    NC_LAY_RULE_RIGHT_OF, /* one rank, b after a */
    NC_LAY_RULE_BESIDE    /* one rank, b the next after a */
} nc_lay_rule;

/*
 * A wish of the author about two ends, in terms of the drawing's main direction (turned with it).
 * Taken in order; one that contradicts those before it is dropped and reported.
 */
typedef struct nc_lay_constraint {
    nc_lay_rule rule;
    nc_lay_end a, b;
    uint32_t distance;
} nc_lay_constraint;

typedef struct nc_lay_graph {
    nc_lay_dir dir;
    nc_lay_spacing spacing;
    double aspect; /* wanted width / height when components are packed; 0 means 1.6 */
    const nc_lay_node *nodes;
    uint32_t node_len;
    const nc_lay_group *groups;
    uint32_t group_len;
    const nc_lay_edge *edges;
    uint32_t edge_len;
    const nc_lay_constraint *constraints;
    uint32_t constraint_len;
    /* Obstacles the caller will draw first, such as the diagram's title: the least width of all. */
    double min_w;
} nc_lay_graph;

/* One edge as drawn: an orthogonal polyline from outline to outline, at least two points. */
typedef struct nc_lay_route {
    nc_lay_point *points;
    uint32_t len;      /* 0 for a hidden edge without a label */
    nc_lay_rect label; /* w = h = 0 when there is none */
} nc_lay_route;

typedef struct nc_lay_dropped {
    uint32_t constraint; /* index of the one that was dropped */
    uint32_t against;    /* index of the latest one before it that it contradicts */
} nc_lay_dropped;

/* Arrays run parallel to the graph's. All memory belongs to the result. */
typedef struct nc_lay_result {
    nc_lay_rect *nodes;
    nc_lay_rect *groups;
    nc_lay_rect *titles; /* title box of each group, inside its strip; left end of the strip */
    nc_lay_route *routes;
    nc_lay_dropped *dropped;
    uint32_t dropped_len;
    double w, h;        /* extent of everything, margin included; the origin is 0, 0 */
    uint32_t crossings; /* of routes, as the engine counts them */
    void *memory;
} nc_lay_result;

typedef enum nc_lay_status { NC_LAY_OK, NC_LAY_NOMEM, NC_LAY_INVALID } nc_lay_status;

/* Memory from the caller; both NULL mean malloc and free. alloc returns NULL when there is none. */
typedef struct nc_lay_alloc {
    void *(*alloc)(void *payload, size_t size);
    void (*free)(void *payload, void *ptr);
    void *payload;
} nc_lay_alloc;

/*
 * Lay the graph out. The graph is only read and may go afterwards. On NC_LAY_OK *out is filled and
 * must be released; otherwise it is zeroed. NC_LAY_INVALID: an index is out of range, a size is not
 * a finite number >= 0, or groups contain each other.
 */
nc_lay_status nc_lay_run(nc_lay_result *out, const nc_lay_graph *graph, const nc_lay_alloc *alloc);

/* Accepts a zeroed result. */
void nc_lay_release(nc_lay_result *result);

/* How a route is turned into a drawn line. */
typedef enum nc_lay_curve {
    NC_LAY_CURVE_STRAIGHT,
    NC_LAY_CURVE_ROUNDED,
    NC_LAY_CURVE_SPLINE
} nc_lay_curve;

typedef enum nc_lay_verb { NC_LAY_MOVE, NC_LAY_LINE, NC_LAY_CUBIC } nc_lay_verb;

/* For MOVE and LINE only p[0] is set; a CUBIC has its two control points before its end. */
typedef struct nc_lay_segment {
    nc_lay_verb verb;
    nc_lay_point p[3];
} nc_lay_segment;

/* The most segments that nc_lay_draw writes for a route of len points. */
size_t nc_lay_segment_max(uint32_t len);

/*
 * Draw a route as segments; corners are rounded by at most `radius`, shrunk where they would not
 * fit. A spline departs from the route by at most that. Returns how many were written.
 */
size_t nc_lay_draw(nc_lay_segment *out, const nc_lay_point *points, uint32_t len,
                   nc_lay_curve curve, double radius);

#endif
