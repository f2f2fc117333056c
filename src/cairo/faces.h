/* Font files in memory as cairo font faces. */
#ifndef NC_CAIRO_FACES_H
#define NC_CAIRO_FACES_H

#include "base/base.h"

#include <cairo.h>

/* Borrows the bytes for good. NULL when they are no font or memory is out. */
cairo_font_face_t *nc_cairo_face_new(nc_sv bytes);

/* No hinting, no rounding: what was measured is what is drawn. The caller destroys it. */
cairo_font_options_t *nc_cairo_font_options(void);

#endif
