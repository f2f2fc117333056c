/* Painters: a scene becomes bytes. Each knows one output and no family. */
#ifndef NC_PAINT_H
#define NC_PAINT_H

#include "scene/scene.h"

/* Raised whenever the same source is drawn otherwise than before: `render --check` compares it. */
enum { NC_DRAWING_REVISION = 9 };

typedef struct nc_paint_options {
    const nc_theme *theme;
    const nc_theme *dark; /* SVG: for readers who prefer dark; no ground then. NULL: one theme */
    bool has_background;  /* else the theme's ground */
    nc_rgba background;   /* alpha 0: transparent */
    bool embed_fonts;     /* a subset of each face used, as a data URI */
    nc_sv id_prefix;      /* empty: made from the picture's own hash */
    uint64_t source_hash; /* of source and effective options: written into the picture */
    nc_sv css;            /* SVG: clean already (paint/css.h) */
    nc_sv source;         /* to be carried inside the picture; empty: none */
    bool csp;             /* SVG: neither style elements nor style attributes */
} nc_paint_options;

/* The colour under everything; alpha 0: none. */
static inline nc_rgba nc_paint_ground(const nc_paint_options *options)
{
    if (options->has_background)
        return options->background;
    return options->dark ? (nc_rgba){0} : nc_theme_color(options->theme, NC_PAINT(GROUND));
}

/* The prefix of every id in an SVG of this scene: the one wished for, else made from its hash. */
enum { NC_PREFIX_MAX = 40 };
void nc_svg_prefix(char out[static NC_PREFIX_MAX], const nc_scene *scene,
                   const nc_paint_options *options);

/* "REVISION:HASH", which says what a picture was made from: every format carries it. */
enum { NC_MARK_MAX = 32 };
void nc_paint_mark(char out[static NC_MARK_MAX], const nc_paint_options *options);

/* nacre's own SVG: see docs/svg.md for the dialect. False without memory or above out's ceiling. */
NC_MUST_USE bool nc_paint_svg(nc_buf *out, const nc_scene *scene, nc_fonts *fonts,
                              const nc_paint_options *options);

#endif
