/* The lines of a text as CommonMark counts them: ended by LF, CR LF or CR. */
#ifndef NC_DOCUMENT_LINES_H
#define NC_DOCUMENT_LINES_H

#include "base/vec.h"

typedef struct nc_line {
    uint32_t start, end, next; /* end: without the line end; next: behind it */
} nc_line;

typedef struct nc_lines {
    nc_sv text;
    NC_VEC(nc_line) list; /* line n is list.ptr[n - 1] */
} nc_lines;

NC_MUST_USE bool nc_lines_split(nc_lines *out, nc_arena *a, nc_sv text);
/* Line n, from 1, without its end; empty when there is none. */
nc_sv nc_lines_at(const nc_lines *lines, uint32_t n);
/* text[*at, line end), *at moved to the next line. */
nc_sv nc_line_take(nc_sv text, size_t *at);

bool nc_line_is_blank(nc_sv line);
/* Bytes of block quote marks, list markers and blanks at the start of a line. */
size_t nc_line_prefix(nc_sv line);

#endif
