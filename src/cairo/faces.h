/* Font files in memory as cairo font faces. */
#ifndef NC_CAIRO_FACES_H
#define NC_CAIRO_FACES_H

#include "base/base.h"

#include <cairo.h>
#include <hb.h>

/* Borrows the bytes for good. NULL when they are no font or memory is out. */
cairo_font_face_t *nc_cairo_face_new(nc_sv bytes);

/*
 * The same for a face of a collection, at those axis values of a variable font (copied). The face
 * keeps a reference to the bytes, since cairo keeps faces longer than those who made them.
 */
cairo_font_face_t *nc_cairo_face_open(hb_blob_t *bytes, unsigned index, const float *coords,
                                      unsigned coord_len);

/* The glyph of a character in the font that cr has selected; 0 when there is none. */
uint32_t nc_cairo_glyph_of(cairo_t *cr, uint32_t code);

/* No hinting, no rounding: what was measured is what is drawn. The caller destroys it. */
cairo_font_options_t *nc_cairo_font_options(void);

#endif
