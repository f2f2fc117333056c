/* The faces of one context, opened on first use: what measuring and subsetting share. */
#ifndef NC_TEXT_FONTS_H
#define NC_TEXT_FONTS_H

#include "text/text.h"

#include <hb.h>

/*
 * Units of an em in which everything is measured and drawn, whatever the source has: a whole number
 * of them is what a subset's tables hold, so what was measured is what a viewer sets. Fewer than
 * Inter's 2816 make charstrings a quarter shorter; a thousandth of an em cannot be seen.
 */
enum { NC_FONT_UNITS = 1000 };

/* An opened face. Lengths in em, positive: ascent up, descent down from the baseline. */
typedef struct nc_open_face {
    hb_face_t *face;
    hb_font_t *font; /* scaled to NC_FONT_UNITS */
    double em;       /* px of a font unit at size 1 */
    double ascent, descent;
} nc_open_face;

typedef struct nc_subset nc_subset;

struct nc_fonts {
    nc_alloc from;
    nc_arena arena; /* subsets and their keys */
    hb_buffer_t *buffer;
    nc_open_face faces[NC_FACE_COUNT];
    nc_subset *subsets; /* newest first */
};

/* NULL without memory; stays until the fonts are dropped. */
const nc_open_face *nc_fonts_open(nc_fonts *fonts, nc_face face);
/* The face's own file has a glyph for that character. */
bool nc_fonts_has(nc_fonts *fonts, nc_face face, uint32_t code);

#endif
