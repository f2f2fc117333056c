/* Glyph outlines as Type 2 charstrings, and the CFF table that holds them. */
#ifndef NC_OUTLINE_H
#define NC_OUTLINE_H

#include "text/fonts.h"

/* Charstrings one behind the other; the CFF glyph i ends at ends.ptr[i]. Errors stick. */
typedef struct nc_outlines {
    nc_arena *arena; /* scratch */
    nc_buf code;
    nc_u32_vec ends;
    int left, bottom, right, top; /* of all points, in units of NC_FONT_UNITS */
    bool failed;
} nc_outlines;

void nc_outlines_init(nc_outlines *o, nc_arena *scratch, const nc_alloc *from);
void nc_outlines_release(nc_outlines *o);
void nc_outlines_blank(nc_outlines *o);
/* A glyph of the face, rounded to whole units, without hints and subroutines. */
void nc_outlines_glyph(nc_outlines *o, const nc_open_face *face, uint32_t glyph);

/*
 * Append a CFF table: no glyph names, widths left to hmtx.
 * Source: Adobe Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings).
 */
void nc_cff_write(nc_buf *out, const nc_outlines *o);

#endif
