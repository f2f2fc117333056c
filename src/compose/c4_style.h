/*
 * What C4's styles come to: the theme's colours for each kind, under styles for kinds, under tags
 * (the first tag that sets a property wins), under what UpdateElementStyle and UpdateRelStyle set.
 * Colours that cannot be read are reported and have no effect.
 */
#ifndef NC_C4_STYLE_H
#define NC_C4_STYLE_H

#include "compose/look.h"
#include "compose/shapes.h"
#include "model/c4.h"

/* "external_container_db". False without memory. */
NC_MUST_USE bool nc_c4_kind(nc_sv *out, nc_arena *arena, const nc_c4_element *e);

/* "Software System", "External Software System" */
nc_sv nc_c4_type_words(nc_c4_type type, bool external);

/* True when `name` is one of the tags in a list as authors write it: `a+b`, `a, b`. */
bool nc_c4_has_tag(nc_sv tags, nc_sv name);

/* Fills *look; returns the figure that form, shape styles and keywords ask for. */
nc_c4_figure nc_c4_element_look(nc_look *look, const nc_c4 *c4, const nc_c4_element *e,
                                nc_diags *d);

/* Changes what *look has already. */
void nc_c4_boundary_look(nc_look *look, const nc_c4 *c4, const nc_c4_boundary *b, nc_diags *d);
/* Whether its corners are cut. */
bool nc_c4_boundary_is_eight_sided(const nc_c4 *c4, const nc_c4_boundary *b);

void nc_c4_relation_look(nc_look *look, const nc_c4 *c4, const nc_c4_relation *r, nc_diags *d);

/* The technology that one of the element's tags or its kind's style gives, or empty. */
nc_sv nc_c4_tag_technology(const nc_c4 *c4, const nc_c4_element *e);
/* The relation's own technology, else the one that a tag of it gives, or empty. */
nc_sv nc_c4_relation_technology(const nc_c4 *c4, const nc_c4_relation *r);
/* The type that one of the boundary's tags or its kind's style gives, else its own. */
nc_sv nc_c4_boundary_type(const nc_c4 *c4, const nc_c4_boundary *b);
/* What the legend says of such an element where the author gave words, or empty. */
nc_sv nc_c4_legend_text(const nc_c4 *c4, const nc_c4_element *e);

#endif
