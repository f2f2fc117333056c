/*
 * Edges: the line along a route and the heads at its ends. Routes end exactly on the outlines of
 * what they join; the line is shortened under a head so that nothing shows beyond its tip.
 */
#ifndef NC_EDGES_H
#define NC_EDGES_H

#include "compose/look.h"
#include "layout/layout.h"

typedef enum nc_head {
    NC_HEAD_NONE,
    NC_HEAD_POINT,  /* filled triangle, its back slightly hollow */
    NC_HEAD_CIRCLE, /* filled disc */
    NC_HEAD_CROSS,
    NC_HEAD_OPEN, /* two strokes */
    NC_HEAD_COUNT
} nc_head;

typedef struct nc_wire {
    nc_head tail, head; /* at the route's first and last point */
    nc_look look;       /* fill is not read; heads take the line's paint */
    nc_lay_curve curve;
    nc_sv css_class; /* of the line: animation */
} nc_wire;

/* How long a head is along its line, for a line of that width: room the layout keeps. */
double nc_head_length(nc_head head, double width);

/* How a `curve` key is drawn: rounded corners for an unknown or empty one. */
nc_lay_curve nc_curve_lookup(nc_sv name);

/* Appends line and heads. A route without points adds nothing. False without memory. */
NC_MUST_USE bool nc_wire_draw(nc_scene *scene, const nc_wire *wire, const nc_lay_point *points,
                              uint32_t len);

#endif
