/*
 * Is this a CSS colour? Mermaid asks the browser (CSS.supports) whether what stands before the title
 * of a `box` is one; this is the browser's answer: named colours, system colours, the keywords every
 * property takes, rgb(), rgba(), hsl(), hsla() in the old and the new syntax.
 *
 * Source: CSS Color Module Level 4, sections 5, 6 and 7; tried against Chromium.
 */
#ifndef NC_SEQUENCE_COLOR_H
#define NC_SEQUENCE_COLOR_H

#include "base/base.h"

bool nc_seq_is_color(nc_sv text);
/* Length of the `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa` that text starts with, 0 for none. */
size_t nc_seq_hex_color(nc_sv text);

#endif
