/* What the two halves of the library's door share. */
#ifndef NC_NACRE_INTERNAL_H
#define NC_NACRE_INTERNAL_H

#include "base/buf.h"
#include "base/diag.h"
#include "nacre/nacre.h"

struct nacre_icons {
    nc_alloc alloc;
    struct nc_icon_packs *packs;
    char error[200]; /* of the call before */
};

/* The context's memory functions; never NULL. */
/* What the caller gave, or malloc and free. */
nc_alloc nc_alloc_given(const nacre_allocator *allocator);
nc_alloc nc_context_alloc(const nacre_context *context);

/* Where an offset is for people, from 1; columns count characters. */
typedef struct nc_text_place {
    size_t line, column;
} nc_text_place;

/*
 * Goes on from one offset of a text to a later one, so that many places cost one way through it. A
 * lone CR ends a line; a byte order mark takes no column. Zero-initialised it stands at the start.
 */
typedef struct nc_text_walk {
    size_t offset, line_breaks, columns; /* columns: characters before offset on its line */
} nc_text_walk;
nc_text_place nc_text_walk_to(nc_text_walk *walk, nc_sv text, size_t offset);

/* A diagnostic as people are told of it. */
nacre_diagnostic nc_told(const nc_diag *diag, nc_text_place at);

/* Hands buf to the sink unless status or buf says failure, releases it, returns how that went. */
nacre_status nc_give(nc_buf *buf, nacre_status status, nacre_sink sink, void *payload);

#endif
