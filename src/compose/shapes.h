/*
 * Shapes: the figures that nodes are drawn as, one table row each. A figure is sized from its
 * label, gives the layout the polygon that edges end on, and draws itself into a scene.
 *
 * Units: px at scale 1. Boxes have even sizes, so that their middles are whole numbers.
 */
#ifndef NC_SHAPES_H
#define NC_SHAPES_H

#include "compose/look.h"
#include "layout/layout.h"
#include "model/flowchart.h"
#include "scene/scene.h"

/* What is asked of a figure. */
typedef struct nc_want {
    double label_w, label_h; /* room the label needs; rounded up to even numbers */
    double min_w, min_h;     /* least box; only figures that grow heed it */
    bool across;             /* the flow runs left or right: bars stand upright */
} nc_want;

/* The box, and the label's room in it (relative to the box). */
typedef struct nc_fit {
    double w, h;
    double label_x, label_y, label_w, label_h;
} nc_fit;

typedef struct nc_figure nc_figure;

/* What C4 draws beyond the flowchart's shapes. */
typedef enum nc_c4_figure {
    NC_C4_FIGURE_BOX,
    NC_C4_FIGURE_PERSON,
    NC_C4_FIGURE_DB,
    NC_C4_FIGURE_QUEUE,
    NC_C4_FIGURE_FRAMED,
    NC_C4_FIGURE_SHARP,
    NC_C4_FIGURE_ROUNDED,
    NC_C4_FIGURE_EIGHT_SIDED,
    NC_C4_FIGURE_COUNT
} nc_c4_figure;

const nc_figure *nc_figure_flow(nc_flow_shape shape);
const nc_figure *nc_figure_c4(nc_c4_figure figure);
/* A collapsed subgraph: its title over a dashed line and three dots. */
const nc_figure *nc_figure_collapsed(void);
/* An icon or image node in its frame: "circle", "square", "rounded", else no frame. */
const nc_figure *nc_figure_frame(nc_sv form);

const char *nc_figure_name(const nc_figure *figure);
/* False for points and bars, which show no text. */
bool nc_figure_has_label(const nc_figure *figure);
/* False when a larger box would spoil the figure: circles, diamonds, symbols of fixed size. */
bool nc_figure_grows(const nc_figure *figure);
/* True when the outline is the ellipse in its box. */
bool nc_figure_is_round(const nc_figure *figure);
/* How much of each end of its top and bottom is slanted or round in a box of that height. */
double nc_figure_corner(const nc_figure *figure, double h);
/* Wrap width for the figure's label: slanted and round figures want narrower, taller text. */
double nc_figure_wrap(const nc_figure *figure, double width);

/* The look a figure has of itself: notes are note-coloured, text has no box. */
void nc_figure_look(nc_look *look, const nc_figure *figure);

void nc_figure_fit(nc_fit *fit, const nc_figure *figure, const nc_want *want);

/*
 * The outline as a clockwise polygon relative to the box, in the arena; *len is 0 when it is the
 * box itself. False without memory.
 */
NC_MUST_USE bool nc_figure_clip(const nc_lay_point **out, uint32_t *len, nc_arena *arena,
                                const nc_figure *figure, double w, double h);

/* Appends the figure's shapes, outline first. False without memory. */
NC_MUST_USE bool nc_figure_draw(nc_scene *scene, const nc_figure *figure, nc_lay_rect box,
                                const nc_look *look);

#endif
