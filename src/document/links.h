/* The relative links of a document, which must be written anew when it moves to another folder. */
#ifndef NC_DOCUMENT_LINKS_H
#define NC_DOCUMENT_LINKS_H

#include "document/document.h"
#include "document/tree.h"

/*
 * Destinations of inline links, images and reference definitions that are relative: no scheme, no
 * leading `/`, `#` or `?`. Code, HTML, autolinks and front matter hold none.
 */
NC_MUST_USE bool nc_links_find(nc_document *out, nc_arena *a, const nc_tree *tree);
/* A destination seen from another folder, `way` leading from there to the old one. */
void nc_link_put_rebased(nc_buf *out, nc_sv destination, nc_sv way);

#endif
