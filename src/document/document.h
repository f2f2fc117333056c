/*
 * Markdown documents: where their diagrams stand, and the same document with pictures in their place.
 *
 * Pure functions over bytes. libcmark says what is a fence and on which line (CommonMark 0.30);
 * every byte that is given back comes from the document itself, so what is not replaced stays as it
 * was, whatever its encoding and line ends.
 */
#ifndef NC_DOCUMENT_H
#define NC_DOCUMENT_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/vec.h"

/* A diagram: a fence whose info string says `mermaid`, or a block between `:::mermaid` and `:::`. */
typedef struct nc_document_block {
    /* What a replacement stands for: from the first fence character to the end of the last line of
     * the block, the line end left out. Container prefix and indentation are before it. Of a kept
     * source: from the picture in front of it to the end of the details. */
    nc_span fence;
    nc_sv opening; /* the first line of the fence itself, from its first character on */
    bool kept;     /* the fence is a kept source: see fences.h */
    uint32_t line; /* of the opening fence, from 1 */
    nc_sv prefix;  /* what further lines at this place start with: `> `, blanks of a list item */
    nc_sv text;    /* the diagram: prefixes gone, line ends as they stand */
    nc_offset_map map; /* from text to the document */
    bool closed;       /* it has a closing fence */
    /* The next line would become part of a paragraph that ends here: an empty line must part them,
     * which starts with guard_prefix. */
    bool needs_guard;
    bool needs_html_guard; /* the same of an HTML block, which only an empty line ends */
    nc_sv guard_prefix;
} nc_document_block;

typedef struct nc_document {
    nc_sv bytes;                      /* borrowed */
    nc_sv line_end;                   /* of the first line: what added lines end with */
    NC_VEC(nc_document_block) blocks; /* in order; empty and comment-only ones are left out */
    NC_VEC(nc_span) links; /* destinations of relative links, images and definitions, in order */
} nc_document;

/*
 * Finds diagrams and relative links. False without memory (libcmark's own memory apart: it gives up
 * the process, so the size of a document must be limited before).
 */
NC_MUST_USE bool nc_document_scan(nc_document *out, nc_arena *a, nc_sv bytes);

/*
 * The document with block i replaced by replacements[i], of which a NULL ptr keeps the block; line
 * feeds in a replacement become line ends of the document with the block's prefix behind them.
 * rebase is the way from the new folder to the old one ("../docs/"), put before relative links;
 * empty: links stay. out->failed tells of failure.
 */
void nc_document_rewrite(nc_buf *out, const nc_document *document, const nc_sv *replacements,
                         nc_sv rebase);

#endif
