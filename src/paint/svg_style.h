/*
 * How an SVG looks beyond its attributes: the classes of two-sided pictures (`auto`) and the one
 * <style> element.
 */
#ifndef NC_SVG_STYLE_H
#define NC_SVG_STYLE_H

#include "paint/paint.h"

/* Which colours of a theme a picture uses, as what. */
typedef struct nc_svg_paints {
    const nc_theme *theme;
    const nc_theme *dark; /* NULL: attributes say it all */
    bool fills[NC_TOKEN_COUNT], lines[NC_TOKEN_COUNT];
    bool animated; /* an edge is in motion */
} nc_svg_paints;

void nc_svg_paints_find(nc_svg_paints *out, const nc_scene *scene, const nc_paint_options *options);

/*
 * ` class="…"`: a part's or role's own name (or ""), more names of the author's, and in two-sided
 * pictures one for each paint, `f-TOKEN` and `s-TOKEN`. Nothing when there is none of them.
 */
void nc_svg_class(nc_buf *out, const nc_svg_paints *paints, const char *name, nc_sv more,
                  nc_paint fill, nc_paint line);

/* What stands in the <style> before and behind the faces. */
void nc_svg_style_begin(nc_buf *out);
void nc_svg_style_end(nc_buf *out, const nc_svg_paints *paints, const char *id, nc_sv css);

#endif
