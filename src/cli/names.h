/* What pictures of documents are called, apart from the document's own name in front. */
#ifndef NC_NAMES_H
#define NC_NAMES_H

#include "cli/inputs.h"

typedef enum nc_naming {
    NC_NAMES_INDEX, /* D-1: the number of the diagram */
    NC_NAMES_TITLE, /* D-how-orders-flow: its title; its number when it has none */
    NC_NAMES_HASH   /* D-1f3c09ab: of its text and of what it is drawn with */
} nc_naming;

/*
 * Fills input->names, one for each diagram of a document: a piece of a file name, or NULL where the
 * number is to stand. Equal titles get a number of their own; equal hashes are equal pictures.
 * options: what the diagrams are drawn with. Diagrams with errors have no name.
 */
void nc_names_choose(nc_input *input, nacre_context *context, nc_naming naming,
                     const nacre_options *options);

#endif
