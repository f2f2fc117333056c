/* From the cells of a wrapped paragraph to lines of glyph runs in visual order. */
#ifndef NC_TEXT_LINES_H
#define NC_TEXT_LINES_H

#include "text/wrap.h"

typedef NC_VEC(nc_text_line) nc_text_lines;

/* Kept between paragraphs so that memory is used again. */
typedef struct nc_line_setter {
    NC_VEC(nc_wrapped_line) pieces; /* of the line: cells of one item */
    NC_VEC(uint8_t) levels;
    nc_u32_vec order;
} nc_line_setter;

/* Append the lines of p to out; runs and glyphs are the arena's. False without memory. */
NC_MUST_USE bool nc_lines_set(nc_text_lines *out, nc_line_setter *s, nc_arena *a, nc_fonts *fonts,
                              const nc_paragraph *p, const nc_wrapped_lines *wrapped);

#endif
