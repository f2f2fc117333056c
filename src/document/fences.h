/* The diagrams of a document. */
#ifndef NC_DOCUMENT_FENCES_H
#define NC_DOCUMENT_FENCES_H

#include "document/document.h"
#include "document/tree.h"

/*
 * A fence in a `<details class="nacre-source">` of its own, with the picture that was drawn from it
 * in front, was written by an earlier run that kept the source (MANUAL, --keep-source):
 *
 *     ![what it shows](D-1.svg)          or <img …>, or <div class="nacre-diagram"> … </div>
 *
 *     <details class="nacre-source">
 *     <summary>…</summary>
 *
 *     ```mermaid
 *     …
 *     ```
 *
 *     </details>
 *
 * All of it is one block, so that it can be written anew. What deviates from this form is a fence
 * like any other.
 */
NC_MUST_USE bool nc_fences_find(nc_document *out, nc_arena *a, const nc_tree *tree);

#endif
