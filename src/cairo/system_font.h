/* A font of the system as both shapers, both painters and the SVG know it. */
#ifndef NC_SYSTEM_FONT_H
#define NC_SYSTEM_FONT_H

#include "text/text.h"

#include <cairo.h>

typedef struct _PangoFont PangoFont; /* pango/pango.h */

/* NULL when it is no font that can be shaped and drawn, or without memory. */
nc_fallback_font *nc_system_font_new(PangoFont *font);
void nc_system_font_drop(nc_fallback_font *font);

/* The same file, face and variation. */
bool nc_system_font_same(const nc_fallback_font *a, const nc_fallback_font *b);

/* For cairo; made once, kept with the font. NULL when FreeType cannot read it or without memory. */
cairo_font_face_t *nc_system_font_face(const nc_fallback_font *font);

/* See nc_text_calls.subset. */
bool nc_system_font_subset(nc_buf *out, const nc_fallback_font *font, const uint32_t *codes,
                           uint32_t len);

#endif
