/* Colour arithmetic as themes derive one colour from another: channels are real numbers. */
#ifndef NC_MIX_H
#define NC_MIX_H

#include "theme/theme.h"

/* r, g, b from 0 to 255, a from 0 to 1. Not rounded: derivations go on from derivations. */
typedef struct nc_mix {
    double r, g, b, a;
} nc_mix;

nc_mix nc_mix_from(nc_rgba color);
nc_rgba nc_mix_round(nc_mix m);

/* Adds to hue (degrees), saturation and lightness (per cent, cut to 0..100). */
nc_mix nc_mix_adjust(nc_mix m, double hue, double saturation, double lightness);
/* Every channel but alpha to 255 less itself. */
nc_mix nc_mix_invert(nc_mix m);
/* What a colour that lets something through looks like on an opaque ground. */
nc_rgba nc_color_over(nc_rgba color, nc_rgba ground);

#endif
