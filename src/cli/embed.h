/* What stands in a document besides an image: the picture itself, and the source it was drawn from. */
#ifndef NC_EMBED_H
#define NC_EMBED_H

#include <nacre/nacre.h>

#include "cli/str.h"

/*
 * An SVG as one block of HTML. It holds no blank line, at which CommonMark would end the block
 * (section 4.6, kind 6), and no XML declaration.
 */
void nc_embed_svg(nc_str *out, const char *svg, size_t len);

/*
 * The source in a details block below its picture, in the fence it stood in: the form that
 * nacre_document_scan finds again.
 */
void nc_embed_source(nc_str *out, const nacre_document_block *block, const char *text, size_t len);

#endif
