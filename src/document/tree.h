/*
 * A document as libcmark reads it, with line numbers that can be trusted.
 *
 * libcmark 0.30 gives a wrong last line for fences that end with their list item or block quote. The
 * first line and the content of a code block are right, so its end is counted from those.
 */
#ifndef NC_DOCUMENT_TREE_H
#define NC_DOCUMENT_TREE_H

#include "document/lines.h"

#include <cmark.h>

typedef struct nc_tree {
    /* A copy of the document of the same length in which `:::mermaid` blocks are tilde fences and
     * NUL bytes are blanks: what libcmark reads. */
    nc_lines lines;
    cmark_node *root; /* of libcmark's memory */
} nc_tree;

/* False without memory. Release it in either case. */
NC_MUST_USE bool nc_tree_read(nc_tree *out, nc_arena *a, nc_sv bytes);
void nc_tree_release(nc_tree *tree);

typedef struct nc_code_block {
    bool fenced;
    uint32_t first, last;    /* lines, fences included */
    uint32_t content, count; /* first line of the content, how many it has */
    size_t fence;            /* offset of the opening fence in its line */
    bool closed;
} nc_code_block;

/* node is a code block. */
nc_code_block nc_tree_code_block(const nc_tree *tree, cmark_node *node);
/* First and last line of a block without blocks in it. */
void nc_tree_leaf_lines(const nc_tree *tree, cmark_node *node, uint32_t *first, uint32_t *last);

#endif
