/* Breaking a shaped paragraph into lines of similar length. */
#ifndef NC_WRAP_H
#define NC_WRAP_H

#include "text/shape.h"

/* Cells [start, end) of the paragraph; a blank at the end is left out. */
typedef struct nc_wrapped_line {
    uint32_t start, end;
    bool hyphen; /* a soft hyphen shows at its end */
} nc_wrapped_line;

typedef NC_VEC(nc_wrapped_line) nc_wrapped_lines;

/* Cells without a place to break between them. Lengths in px. */
typedef struct nc_wrap_piece {
    uint32_t start, end, visible_end; /* of cells; visible without the blank at the end */
    double advance;                   /* of all, when something follows in the line */
    double width;                     /* of the visible ones, at a line's end, with its hyphen */
    bool hyphen;
} nc_wrap_piece;

/* Kept between paragraphs so that memory is used again. */
typedef struct nc_wrapper {
    NC_VEC(nc_wrap_piece) pieces;
} nc_wrapper;

/*
 * Append the lines of p, at most max_width px wide unless a single word is wider (0: one line).
 * There are as few lines as greedy filling gives, and among such breakings the narrowest is taken,
 * so that lines come out alike. With break_words a word above max_width is cut between
 * characters. A paragraph without cells is one empty line. False without memory.
 */
NC_MUST_USE bool nc_wrap(nc_wrapped_lines *out, nc_wrapper *w, nc_arena *a, const nc_paragraph *p,
                         nc_fonts *fonts, double max_width, bool break_words);

/* The width of a hyphen set like that item, in px; 0 without memory. */
double nc_hyphen_width(nc_fonts *fonts, const nc_shape_item *item, uint32_t *glyph);

#endif
