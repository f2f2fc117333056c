/* Paths: outlines of lines and cubic curves, and how they are built. */
#ifndef NC_SCENE_PATH_H
#define NC_SCENE_PATH_H

#include "base/vec.h"

typedef enum nc_verb { NC_MOVE, NC_LINE, NC_CUBIC, NC_CLOSE } nc_verb;

typedef struct nc_point {
    double x, y;
} nc_point;

/* Verbs with their points: MOVE and LINE one, CUBIC three, CLOSE none. */
typedef struct nc_path {
    const nc_verb *verbs;
    const nc_point *points;
    uint32_t verb_len, point_len;
} nc_path;

/* How lines end and turn; the first of each is SVG's own. */
typedef enum nc_cap { NC_CAP_BUTT, NC_CAP_ROUND, NC_CAP_SQUARE } nc_cap;
typedef enum nc_join { NC_JOIN_MITER, NC_JOIN_ROUND, NC_JOIN_BEVEL } nc_join;

/* Builds a path piece by piece; take it when done. A failed append sticks and the path stays NULL. */
typedef struct nc_path_builder {
    nc_arena *arena;
    NC_VEC(nc_verb) verbs;
    NC_VEC(nc_point) points;
    bool failed;
} nc_path_builder;

void nc_path_init(nc_path_builder *b, nc_arena *arena);
void nc_path_move(nc_path_builder *b, double x, double y);
void nc_path_line(nc_path_builder *b, double x, double y);
void nc_path_cubic(nc_path_builder *b, double x1, double y1, double x2, double y2, double x,
                   double y);
void nc_path_close(nc_path_builder *b);
/* A quarter of an ellipse with radii rx, ry from the current point to x, y, leaving along x first
 * (horizontal) or y first. */
void nc_path_quarter(nc_path_builder *b, double x, double y, bool horizontal_first);
NC_MUST_USE bool nc_path_take(nc_path *out, nc_path_builder *b);

#endif
