/*
 * Glyphs that have colours of their own (emoji), as images. cairo 1.16 draws such fonts in colour on
 * images only, and into files at the size of the text; one image at the font's own resolution looks
 * the same in every format, and a file holds it once.
 */
#ifndef NC_CAIRO_PICTURES_H
#define NC_CAIRO_PICTURES_H

#include "text/text.h"

#include <cairo.h>

/* The images of one drawing. Zero is an empty one. */
typedef struct nc_pictures {
    struct nc_picture *list;
    size_t len, cap;
} nc_pictures;

void nc_pictures_release(nc_pictures *p);

/* Paints the run with its origin at x, y. Nothing is drawn without memory. */
NC_MUST_USE bool nc_pictures_paint(nc_pictures *p, cairo_t *cr, const nc_glyph_run *run, double x,
                                   double y);

#endif
