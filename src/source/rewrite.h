/*
 * A text that is rewritten step by step while every byte keeps its way back to the author's file.
 *
 * A step reads `in` from front to back and says what it keeps and what it puts instead; the result
 * has a map of its own that already leads to the origin.
 */
#ifndef NC_REWRITE_H
#define NC_REWRITE_H

#include "base/diag.h"

typedef struct nc_mapped {
    nc_sv text;
    nc_offset_map map;
} nc_mapped;

typedef struct nc_rewrite {
    nc_arena *arena;
    const nc_mapped *in;
    NC_VEC(char) bytes;
    NC_VEC(nc_offset_piece) pieces;
    uint32_t next; /* piece of in that the last nc_rewrite_keep ended in */
    bool failed;
} nc_rewrite;

void nc_rewrite_init(nc_rewrite *r, nc_arena *a, const nc_mapped *in);
/* Bytes [from, to) of in, not before what was kept last. */
void nc_rewrite_keep(nc_rewrite *r, size_t from, size_t to);
/* Text that in does not have, standing for the byte of in at `at`. */
void nc_rewrite_put(nc_rewrite *r, nc_sv text, size_t at);
/* False without memory. */
NC_MUST_USE bool nc_rewrite_end(nc_mapped *out, nc_rewrite *r);

#endif
