/*
 * The grammars. Each reads the text of a source and fills its model; errors go to d, every
 * statement's own, and parsing goes on with the next statement. False only without memory; whether
 * the text was valid is d->errors. Views of the model point into the source or the arena.
 */
#ifndef NC_PARSE_H
#define NC_PARSE_H

#include "model/c4.h"
#include "model/flowchart.h"
#include "model/sequence.h"
#include "source/source.h"

NC_MUST_USE bool nc_parse_flowchart(nc_flowchart *out, nc_arena *a, const nc_source *source,
                                    nc_diags *d);
NC_MUST_USE bool nc_parse_sequence(nc_sequence *out, nc_arena *a, const nc_source *source,
                                   nc_diags *d);
NC_MUST_USE bool nc_parse_c4(nc_c4 *out, nc_arena *a, const nc_source *source, nc_diags *d);

#endif
