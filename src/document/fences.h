/* The diagrams of a document. */
#ifndef NC_DOCUMENT_FENCES_H
#define NC_DOCUMENT_FENCES_H

#include "document/document.h"
#include "document/tree.h"

NC_MUST_USE bool nc_fences_find(nc_document *out, nc_arena *a, const nc_tree *tree);

#endif
