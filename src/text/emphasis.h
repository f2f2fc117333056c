/* Where bold and italic begin and end in a Markdown string. */
#ifndef NC_EMPHASIS_H
#define NC_EMPHASIS_H

#include "base/vec.h"

/* Delimiters at text[at, at + len) that begin or end an emphasis. */
typedef struct nc_emph_mark {
    uint32_t at, len; /* len 1: italic, 2: bold */
    bool opens;
} nc_emph_mark;

typedef NC_VEC(nc_emph_mark) nc_emph_marks;

/*
 * The marks of text in rising order; every opening one has its closing one, properly nested.
 * skip[i] is set for bytes that are no delimiters whatever they look like (tags, escapes); its
 * length is the text's. False without memory.
 * Source: CommonMark 0.30, section 6.2 and its appendix on parsing nested emphasis.
 */
NC_MUST_USE bool nc_emphasis_find(nc_emph_marks *out, nc_arena *a, nc_sv text, const bool *skip);

#endif
