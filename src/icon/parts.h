/* What the sources of icons share. */
#ifndef NC_ICON_PARTS_H
#define NC_ICON_PARTS_H

#include "icon/icon.h"
#include "icon/matrix.h"

/* ---- Font Awesome, built in ---- */

/* True for `fa`, `fas`, `far`, `fab`, `fal` and `fak`. */
bool nc_awesome_has_prefix(nc_sv prefix);
/*
 * The outline of a name without its `fa-`, names of Font Awesome 5 to 7 included; *found is false
 * when there is none. False without memory.
 */
NC_MUST_USE bool nc_awesome_read(nc_icon *out, bool *found, nc_arena *a, nc_sv prefix, nc_sv name);
/* The name that is meant by a misspelt one; empty when none is near. */
nc_sv nc_awesome_nearest(nc_sv name);

/* ---- packs ---- */

typedef struct nc_icon_pack nc_icon_pack;
const nc_icon_pack *nc_icon_packs_find(const nc_icon_packs *packs, nc_sv name);
/* The name of the pack that is meant by a misspelt one; empty when none is near. */
nc_sv nc_icon_packs_nearest(const nc_icon_packs *packs, nc_sv name);
/*
 * *found is false when the pack has no such icon. *refused: what of it is not drawn, empty when all
 * is. False without memory.
 */
NC_MUST_USE bool nc_icon_pack_read(nc_icon *out, bool *found, nc_sv *refused, nc_arena *a,
                                   const nc_icon_pack *pack, nc_sv name);
/* Borrowed from the pack; empty when none is near. */
nc_sv nc_icon_pack_nearest(const nc_icon_pack *pack, nc_sv name);

/* ---- drawings in SVG ---- */

/*
 * The shapes of a body of SVG: path, rect, circle, ellipse, line, polyline, polygon and g, with fills,
 * strokes and transformations; *refused names the first thing beyond that, which is left out.
 * Everything of the result is in the arena. False without memory.
 */
NC_MUST_USE bool nc_drawing_read(nc_icon *out, nc_sv *refused, nc_arena *a, nc_sv body,
                                 const nc_matrix *m);

#endif
