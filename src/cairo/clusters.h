/* Which glyphs stand for which characters, as cairo wants it told. */
#ifndef NC_CAIRO_CLUSTERS_H
#define NC_CAIRO_CLUSTERS_H

#include "text/text.h"

#include <cairo.h>

/* Shows the glyphs of a run with its text, so that a PDF can be searched. */
void nc_cairo_show_text(cairo_t *cr, const nc_glyph_run *run, const cairo_glyph_t *glyphs);

/* The same for a run that is drawn otherwise: one glyph without ink a cluster carries the text. */
void nc_cairo_show_unseen(cairo_t *cr, const nc_glyph_run *run, uint32_t blank, double x, double y);

#endif
