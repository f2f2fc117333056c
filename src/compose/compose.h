/*
 * Compose: a model is measured, laid out and drawn as a scene. Two steps, so that each can be
 * looked at: nc_place_* measures and lays out, nc_draw_* draws what was placed.
 */
#ifndef NC_COMPOSE_H
#define NC_COMPOSE_H

#include "model/c4.h"
#include "model/flowchart.h"
#include "model/sequence.h"
#include "scene/cells.h"
#include "scene/scene.h"
#include "source/config.h"

/* Drawing in the cells of a terminal: sizes and places are whole cells, texts measured in them. */
typedef struct nc_cell_style {
    double px;      /* of a picture's layout that one cell stands for, where texts are wrapped */
    uint32_t tight; /* from 0: how much is taken off the usual distances across */
    double columns; /* that the drawing should fit into; 0: any */
} nc_cell_style;

/* What every composer is given. Everything lives at least as long as the scene. */
typedef struct nc_draw {
    nc_arena *arena;
    nc_measure *measure; /* NULL: nothing is measured or laid out, only warned of */
    nc_diags *diags;
    const nc_config *config;
    struct nc_icon_book *icons; /* icon/icon.h: of labels and nodes */
    struct nc_images *images;   /* icon/image.h */
    const nc_alloc *alloc;      /* for layout results; NULL: malloc */
    nc_sv title;                /* front matter's; the model's own title wins */
    double aspect;              /* wanted width / height; 0: the configuration's */
    uint32_t repeat;            /* rows between headers of a sequence; 0: the configuration's */
    nc_sv text; /* the author's, where the diagnostics' map leads; for counting lines */
    const nc_cell_style *cells; /* NULL: px; else measure has no fonts */
} nc_draw;

typedef struct nc_placed_graph nc_placed_graph;       /* flowchart and C4: the layered engine */
typedef struct nc_placed_sequence nc_placed_sequence; /* the sequence engine */

/* False without memory. *out lives in the arena. */
NC_MUST_USE bool nc_place_flowchart(nc_placed_graph **out, nc_draw *draw,
                                    const nc_flowchart *chart);
NC_MUST_USE bool nc_place_c4(nc_placed_graph **out, nc_draw *draw, const nc_c4 *c4);
NC_MUST_USE bool nc_place_sequence(nc_placed_sequence **out, nc_draw *draw, const nc_sequence *seq);

NC_MUST_USE bool nc_draw_flowchart(nc_scene *out, nc_draw *draw, const nc_flowchart *chart,
                                   const nc_placed_graph *placed);
NC_MUST_USE bool nc_draw_c4(nc_scene *out, nc_draw *draw, const nc_c4 *c4,
                            const nc_placed_graph *placed);
NC_MUST_USE bool nc_draw_sequence(nc_scene *out, nc_draw *draw, const nc_sequence *seq,
                                  const nc_placed_sequence *placed);

/* The same in cells, of what was placed in cells. */
NC_MUST_USE bool nc_cells_flowchart(nc_cells *out, nc_draw *draw, const nc_flowchart *chart,
                                    const nc_placed_graph *placed);
NC_MUST_USE bool nc_cells_c4(nc_cells *out, nc_draw *draw, const nc_c4 *c4,
                             const nc_placed_graph *placed);
NC_MUST_USE bool nc_cells_sequence(nc_cells *out, nc_draw *draw, const nc_sequence *seq,
                                   const nc_placed_sequence *placed);

/* Positions and routes as stable text: `dump --stage layout`. */
void nc_placed_graph_dump(nc_buf *out, const nc_placed_graph *placed);
void nc_placed_sequence_dump(nc_buf *out, const nc_placed_sequence *placed);

#endif
