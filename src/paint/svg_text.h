/* The text half of nacre's SVG: lines as <text>, faces as embedded subsets. */
#ifndef NC_SVG_TEXT_H
#define NC_SVG_TEXT_H

#include "paint/svg_style.h"

/* What the texts of one picture are set in, and how it names that. */
typedef struct nc_svg_faces {
    const char *prefix; /* borrowed: the embedded family; PREFIX-f1, PREFIX-f2... are the others */
    nc_font_use *use;
} nc_svg_faces;

/* In the scene's arena. False without memory. */
NC_MUST_USE bool nc_svg_faces_find(nc_svg_faces *out, const char *prefix, const nc_scene *scene,
                                   nc_fonts *fonts);

/* ` font-family="…"`: the embedded family of that prefix, then what a viewer may have instead. */
void nc_svg_family(nc_buf *out, const char *prefix, nc_face face);

/*
 * One <text> a block, a <tspan> for each further line or run. Every run carries its width
 * (textLength), so that a viewer with another font still keeps to the space that was measured.
 */
void nc_svg_text(nc_buf *out, const nc_text_item *item, const nc_svg_paints *paints,
                 const nc_svg_faces *faces);

/* The faces that the scene uses, as data URIs of subsets. False without memory. */
NC_MUST_USE bool nc_svg_faces_put(nc_buf *out, const nc_svg_faces *faces, nc_fonts *fonts);

#endif
