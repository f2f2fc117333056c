/* Drawing a scene with cairo, whatever the surface. */
#ifndef NC_CAIRO_DRAW_H
#define NC_CAIRO_DRAW_H

#include "paint/cairo.h"

#include <cairo.h>

/* How texts reach the surface. */
typedef enum nc_cairo_text {
    NC_CAIRO_TEXT_PATHS,  /* filled outlines, at exact places: image surfaces round glyph origins */
    NC_CAIRO_TEXT_GLYPHS, /* glyphs without characters */
    NC_CAIRO_TEXT_FULL    /* glyphs with the characters they stand for, and links */
} nc_cairo_text;

/* The ground over the whole surface, a pixel that the scene covers in part included. */
void nc_cairo_ground(cairo_t *cr, const nc_cairo_job *job);

/* The scene in its own units at the current transformation. Errors of cairo stay in cr; false: a text
 * or a link is missing. */
NC_MUST_USE bool nc_cairo_draw(cairo_t *cr, const nc_cairo_job *job, nc_cairo_text text);

nc_cairo_status nc_cairo_png(nc_buf *out, nc_cairo_job *job);
nc_cairo_status nc_cairo_pdf(nc_buf *out, nc_cairo_job *job);
nc_cairo_status nc_cairo_svg(nc_buf *out, nc_cairo_job *job);

/* How drawing went. */
nc_cairo_status nc_cairo_result(nc_cairo_job *job, bool drawn, cairo_status_t status);

#endif
