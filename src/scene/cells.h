/*
 * The cell scene: what a terminal shows of a diagram, as boxes, wires and texts on a grid of cells,
 * in painting order. It says what a line or an end is; the painter knows the characters.
 *
 * Units: cells, x to the right, y down, whole numbers. Boxes include their border: one of w x h
 * covers the cells x .. x + w - 1 and y .. y + h - 1.
 */
#ifndef NC_SCENE_CELLS_H
#define NC_SCENE_CELLS_H

#include "base/vec.h"
#include "text/text.h"

typedef enum nc_cell_border {
    NC_BORDER_SHARP,
    NC_BORDER_ROUND,
    NC_BORDER_DASHED,
    NC_BORDER_STADIUM, /* round ends: also circles and ellipses */
    NC_BORDER_DOUBLE,
    NC_BORDER_FRAMED, /* double sides */
    NC_BORDER_DIAMOND,
    NC_BORDER_HEX,
    NC_BORDER_LEAN_R,
    NC_BORDER_LEAN_L,
    NC_BORDER_NARROW_TOP, /* trapezoids and triangles */
    NC_BORDER_NARROW_BOTTOM,
    NC_BORDER_CYLINDER, /* a rim under its top */
    NC_BORDER_QUEUE,    /* a cylinder on its side */
    NC_BORDER_WAVY,     /* documents */
    NC_BORDER_NOTE,     /* a corner is folded */
    NC_BORDER_FLAG,     /* a notch at the left */
    NC_BORDER_BRACE_L,
    NC_BORDER_BRACE_R,
    NC_BORDER_BRACES,
    NC_BORDER_BRACKET,
    NC_BORDER_NONE,
    NC_BORDER_COUNT
} nc_cell_border;

typedef enum nc_cell_stroke {
    NC_CELL_LIGHT,
    NC_CELL_HEAVY,
    NC_CELL_DOTTED,
    NC_CELL_STROKE_COUNT
} nc_cell_stroke;

typedef enum nc_cell_head {
    NC_CELL_NO_HEAD,
    NC_CELL_POINT, /* filled */
    NC_CELL_OPEN,
    NC_CELL_DISC,
    NC_CELL_RING,
    NC_CELL_CROSS,
    NC_CELL_HALF_TOP, /* of a level line */
    NC_CELL_HALF_BOTTOM,
    NC_CELL_HEAD_COUNT
} nc_cell_head;

/* Single signs. */
typedef enum nc_cell_mark {
    NC_MARK_RING,
    NC_MARK_RING_CORE,
    NC_MARK_DISC,
    NC_MARK_CROSS,
    NC_MARK_CROSS_RING,
    NC_MARK_CHOICE,
    NC_MARK_HOURGLASS,
    NC_MARK_BOLT,
    NC_MARK_COUNT
} nc_cell_mark;

typedef enum nc_cell_kind { NC_CELL_BOX, NC_CELL_WIRE, NC_CELL_TEXT, NC_CELL_SIGN } nc_cell_kind;

typedef struct nc_cell_point {
    int32_t x, y;
} nc_cell_point;

typedef struct nc_cell_item {
    nc_cell_kind kind;
    int32_t x, y, w, h;      /* box; text: its block, of which lines are aligned by anchor */
    nc_cell_border border;   /* box */
    nc_cell_stroke stroke;   /* wire; of a box: light or heavy */
    bool opaque;             /* box: what lies under it is gone; text: its blanks are ground too */
    nc_cell_head tail, head; /* wire: in the cell before its first and last point */
    nc_cell_mark mark;       /* sign */
    const nc_cell_point *points; /* wire: along the axes */
    uint32_t len;
    const nc_text *text; /* measured in cells */
    int anchor;          /* of its lines: -1 left, 0 middle, 1 right */
} nc_cell_item;

typedef struct nc_cells {
    nc_arena *arena;
    NC_VEC(nc_cell_item) items;
    int32_t w, h;
} nc_cells;

NC_MUST_USE bool nc_cells_add(nc_cells *cells, const nc_cell_item *item);
/* A straight line without heads. */
NC_MUST_USE bool nc_cells_line(nc_cells *cells, nc_cell_point a, nc_cell_point b,
                               nc_cell_stroke stroke);
/* A text's block with its top left corner at x, y in a room of that width. */
NC_MUST_USE bool nc_cells_text(nc_cells *cells, const nc_text *text, int32_t x, int32_t y,
                               int32_t w, int anchor, bool opaque);

#endif
