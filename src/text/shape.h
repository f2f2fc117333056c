/* Shaping: a paragraph of styled characters becomes a row of glyphs with advances. */
#ifndef NC_SHAPE_H
#define NC_SHAPE_H

#include "text/fonts.h"
#include "text/markup.h"

/* Characters that are set alike: bytes [start, end) of the paragraph's text. */
typedef struct nc_shape_item {
    uint32_t start, end;
    const nc_fallback_font *font; /* NULL: the face */
    const struct nc_icon *icon;   /* what the one character stands for; NULL: itself */
    uint32_t script;              /* of a fallback font's text: a HarfBuzz tag */
    uint8_t level;                /* of embedding: odd is right to left */
    nc_face face;
    double size;
    double dy;
    unsigned decoration;
} nc_shape_item;

/*
 * Lengths in px. Cells stand in the order of their text; those of one cluster from left to right.
 */
typedef struct nc_cell {
    uint32_t glyph;
    uint32_t byte; /* first byte of the characters it stands for; equal within a cluster */
    uint32_t item;
    double offset;  /* of the glyph from its place */
    double raise;   /* up from the baseline */
    double advance; /* with kerning */
    double natural; /* without: at a line's end */
} nc_cell;

typedef enum nc_break {
    NC_BREAK_NO,
    NC_BREAK_HERE,  /* before this byte: after a blank, a hyphen, a zero-width space */
    NC_BREAK_HYPHEN /* before this byte at a soft hyphen, which then shows */
} nc_break;

/*
 * One paragraph; its arrays are filled anew for each. `text` has no soft hyphens, zero-width
 * characters or variation selectors; breaks[i] belongs to byte i.
 */
typedef struct nc_paragraph {
    NC_VEC(char) text;
    NC_VEC(uint8_t) breaks; /* of nc_break */
    NC_VEC(nc_shape_item) items;
    NC_VEC(nc_cell) cells;
    NC_VEC(nc_cell) turned; /* scratch */
    bool ordered;           /* by levels: lines are put in order before they are set */
} nc_paragraph;

static inline bool nc_is_rtl(const nc_shape_item *item)
{
    return item->level & 1;
}

/* Set alike by the author's wish, whatever font it comes to. */
bool nc_items_alike(const nc_shape_item *a, const nc_shape_item *b);
/* A default-ignorable character of Unicode: it has no glyph, and may change those beside it. */
bool nc_is_ignorable(uint32_t code);
/* The face that has the character: the wanted one, else the regular one, else none. */
NC_MUST_USE bool nc_choose_face(nc_face *face, nc_fonts *fonts, uint32_t code);

/* Which road sets a paragraph. */
typedef enum nc_road {
    NC_ROAD_EMBEDDED, /* every character is in the embedded faces, all simple, left to right */
    NC_ROAD_FALLBACK  /* other fonts or the rules of Unicode are needed */
} nc_road;

typedef struct nc_shape_style {
    nc_face face;
    double size;
} nc_shape_style;

/* Bytes [start, end) of a styled text, which hold no '\n'. */
typedef struct nc_shape_source {
    const nc_styled *styled;
    uint32_t start, end;
    nc_shape_style style;
    const struct nc_icon *const *icons; /* of each span; NULL entries, or NULL: it is text */
    bool keep_ignorable; /* joiners, selectors and marks of direction stay in the text */
} nc_shape_source;

/*
 * Fill p with the source. *road says whether the embedded faces can set it; characters they lack
 * are appended to missing. False without memory.
 */
NC_MUST_USE bool nc_paragraph_read(nc_paragraph *p, nc_road *road, nc_u32_vec *missing, nc_arena *a,
                                   nc_fonts *fonts, const nc_shape_source *source);

/* Fill p->cells with the glyphs of the embedded faces. False without memory. */
NC_MUST_USE bool nc_paragraph_shape(nc_paragraph *p, nc_arena *a, nc_fonts *fonts);

#endif
