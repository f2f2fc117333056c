/* The second road's reading of a paragraph: which font has what, and where lines may end. */
#ifndef NC_TEXT_FALLBACK_H
#define NC_TEXT_FALLBACK_H

#include "text/shape.h"

/* A character that a font of the system shows, because the embedded faces lack it. */
typedef struct nc_borrowed {
    uint32_t code; /* 0: any, the font was asked for */
    const nc_fallback_font *font;
} nc_borrowed;

typedef NC_VEC(nc_borrowed) nc_borrowed_vec;

/* What one diagram asks of the engine, and memory that is used again. */
typedef struct nc_fallback {
    const char *family;   /* as the engine found it; NULL: the embedded faces */
    const char *language; /* of ideographs; NULL: unknown */
    NC_VEC(nc_engine_span) spans;
    NC_VEC(nc_engine_char) chars; /* of each byte of the text */
    NC_VEC(nc_shape_item) items;
} nc_fallback;

/*
 * Fill p with the source; items and breaks are the engine's answers, which must be open. Appended:
 * to borrowed what fonts of the system show, to missing what no font has. False without memory.
 */
NC_MUST_USE bool nc_fallback_read(nc_fallback *f, nc_paragraph *p, nc_borrowed_vec *borrowed,
                                  nc_u32_vec *missing, nc_arena *a, nc_fonts *fonts,
                                  const nc_shape_source *source);

#endif
