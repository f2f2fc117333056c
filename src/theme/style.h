/* What an author's style declarations ask for: `style A fill:#f9f,stroke-width:4px`, classDef. */
#ifndef NC_STYLE_H
#define NC_STYLE_H

#include "base/diag.h"
#include "theme/theme.h"

/* Which fields of a style are given. */
typedef enum nc_style_field {
    NC_STYLE_FILL = 1u << 0,
    NC_STYLE_FILL_OPACITY = 1u << 1,
    NC_STYLE_STROKE = 1u << 2,
    NC_STYLE_STROKE_OPACITY = 1u << 3,
    NC_STYLE_STROKE_WIDTH = 1u << 4,
    NC_STYLE_DASH = 1u << 5,
    NC_STYLE_COLOR = 1u << 6, /* of the text */
    NC_STYLE_WEIGHT = 1u << 7,
    NC_STYLE_SLANT = 1u << 8,
    NC_STYLE_FAMILY = 1u << 9,
    NC_STYLE_SIZE = 1u << 10,
    NC_STYLE_DECORATION = 1u << 11,
    NC_STYLE_OPACITY = 1u << 12,
    NC_STYLE_RADIUS = 1u << 13
} nc_style_field;

/* Starts zeroed; a field that is not given holds nothing. Lengths in px. */
typedef struct nc_style {
    unsigned given;                      /* of nc_style_field */
    nc_rgba fill, stroke, color;         /* alpha 0: none */
    double fill_opacity, stroke_opacity; /* 0 to 1 */
    double stroke_width;
    double dash, gap; /* 0, 0: solid */
    bool bold, italic, monospace, underline, strike;
    double size;    /* of the text */
    double opacity; /* of all, 0 to 1; 0 is a thing that is not seen */
    double radius;  /* of corners */
} nc_style;

static inline bool nc_style_has(const nc_style *style, nc_style_field field)
{
    return (style->given & (unsigned)field) != 0;
}

/*
 * Apply one declaration, `property: value`, over what is there already. What cannot be read or is
 * no property that pictures have is reported at `at` and changes nothing.
 */
void nc_style_apply(nc_style *style, nc_sv declaration, nc_span at, nc_diags *d);

/* The paints with their opacities, or `otherwise` when none is given. */
nc_paint nc_style_fill(const nc_style *style, nc_paint otherwise);
nc_paint nc_style_stroke(const nc_style *style, nc_paint otherwise);

/* Near-black or white, whichever reads better on that ground (transparent: on white). */
nc_rgba nc_color_readable(nc_rgba ground);

#endif
