/* The text half of nacre's SVG: lines as <text>, faces as embedded subsets. */
#ifndef NC_SVG_TEXT_H
#define NC_SVG_TEXT_H

#include "scene/scene.h"

/* ` font-family="…"`: the embedded family of that prefix, then what a viewer may have instead. */
void nc_svg_family(nc_buf *out, const char *prefix, nc_face face);

/*
 * One <text> a block, a <tspan> for each further line or run. Every run carries its width
 * (textLength), so that a viewer with another font still keeps to the space that was measured.
 */
void nc_svg_text(nc_buf *out, const nc_text_item *item, const nc_theme *theme, const char *prefix);

/*
 * The <style>: ligatures off, and with `fonts` the faces that the scene uses, as data URIs of
 * subsets. False without memory.
 */
NC_MUST_USE bool nc_svg_style(nc_buf *out, const nc_scene *scene, nc_fonts *fonts,
                              const char *prefix);

#endif
