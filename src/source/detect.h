/* Which diagram a text is: Mermaid's own order of tests, anchored to the first word. */
#ifndef NC_DETECT_H
#define NC_DETECT_H

#include "source/rewrite.h"
#include "source/source.h"

/*
 * text has no front matter, directives or comments any more. False, with one error reported through
 * the text's own map, when it is no diagram that nacre draws.
 */
NC_MUST_USE bool nc_detect_family(nc_family_id *out, const nc_mapped *text, nc_diags *d);

#endif
