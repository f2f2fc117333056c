/*
 * The diagrams of a Markdown document as Mermaid CLI finds them, which is not as CommonMark does: a
 * script that relies on it gets the same number of pictures.
 */
#ifndef NC_MMDC_BLOCKS_H
#define NC_MMDC_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the document. */
typedef struct nc_mmdc_block {
    size_t start, end;           /* what the image takes the place of */
    size_t text_start, text_end; /* the diagram */
} nc_mmdc_block;

/*
 * The first block that begins at byte `from` or later; false when there is none. Time is linear in
 * what is passed over, and in the whole when there is none.
 *
 * A block begins at the start of a line, after blanks, with three of ` and : and "mermaid", and
 * nothing but blanks behind it; it ends at the next three of ` and : with nothing but blanks behind
 * them, wherever in a line they stand. Source: behaviour of Mermaid CLI 11.17 and 12.2.
 */
bool nc_mmdc_block_next(nc_mmdc_block *out, const char *text, size_t len, size_t from);

#endif
