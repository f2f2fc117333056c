/* Which addresses a picture may carry: diagrams come from people one does not know. */
#ifndef NC_LINK_H
#define NC_LINK_H

#include "base/diag.h"

/* http, https, mailto, relative addresses and fragments; nothing else, and no control characters. */
bool nc_link_is_safe(nc_sv href);

/*
 * href trimmed when it is safe; otherwise empty, with NC_RULE_BAD_LINK reported at `at`. An empty
 * one stays empty without a word.
 */
nc_sv nc_link_check(nc_diags *d, nc_span at, nc_sv href);

/* target when it is one of _self, _blank, _parent and _top, else empty. */
nc_sv nc_link_target(nc_sv target);

#endif
