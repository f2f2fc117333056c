/* The faces of one context, opened on first use: what measuring and subsetting share. */
#ifndef NC_TEXT_FONTS_H
#define NC_TEXT_FONTS_H

#include "text/engine.h"
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
typedef struct nc_fallback_file nc_fallback_file;

/* A subset made before of a font of the system. */
struct nc_fallback_file {
    nc_fallback_file *next;
    const nc_fallback_font *font;
    const uint32_t *codes; /* rising */
    uint32_t len;
    nc_sv bytes; /* empty: it cannot be cut */
};

/* The engine of the second road: opened by the first paragraph that needs it. */
typedef struct nc_system_fonts {
    bool allowed;
    bool always; /* for tests: every paragraph takes the second road */
    bool tried;
    const char *folder;         /* of the module */
    const nc_text_calls *calls; /* NULL: no module */
    nc_text_engine *engine;     /* NULL: no module, or no fonts */
    nc_sv error;                /* why there is no module, in the fonts' arena */
} nc_system_fonts;

struct nc_fonts {
    nc_alloc from;
    nc_arena arena; /* subsets and their keys */
    hb_buffer_t *buffer;
    nc_open_face faces[NC_FACE_COUNT];
    nc_subset *subsets; /* newest first */
    nc_system_fonts system;
    nc_fallback_file *files; /* subsets of fallback fonts, newest first */
};

/* NULL without memory; stays until the fonts are dropped. */
const nc_open_face *nc_fonts_open(nc_fonts *fonts, nc_face face);
/* The face's own file has a glyph for that character. */
bool nc_fonts_has(nc_fonts *fonts, nc_face face, uint32_t code);

/* The engine, opened if need be; NULL when it may not be used or there is none. */
nc_text_engine *nc_fonts_engine(nc_fonts *fonts);
/* Whether it was opened. */
bool nc_fonts_system_is_open(const nc_fonts *fonts);

#endif
