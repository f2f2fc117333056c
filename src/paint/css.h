/*
 * Style sheets from strangers: what a picture may carry of them, and only for the picture itself.
 *
 * Kept are style rules, @media and @keyframes. Selectors are scoped to the picture's id, names of
 * animations too. A value may call the functions of a list (colours, arithmetic, transforms) and
 * name nothing outside: url() takes a fragment only. A backslash could spell anything, so whatever
 * has one outside of a comment goes. What is left out is told at `at`.
 */
#ifndef NC_CSS_H
#define NC_CSS_H

#include "base/buf.h"
#include "base/diag.h"

enum { NC_CSS_MAX = 256 * 1024 };

/* Appends the clean sheet, one rule a line, ready to stand in XML. False without memory. */
NC_MUST_USE bool nc_css_clean(nc_buf *out, nc_arena *a, nc_sv css, nc_sv id, nc_span at,
                              nc_diags *d);

#endif
