/* What a picture wears: theme, look, ground and style sheets, as options and configuration want. */
#ifndef NC_NACRE_DRESS_H
#define NC_NACRE_DRESS_H

#include "nacre/nacre.h"
#include "paint/paint.h"
#include "source/config.h"

typedef struct nc_dress_wish {
    const nc_config *config;
    bool own; /* the strongest layer is the document's own, with places in its text */
    const nacre_options *options;
    nc_diags *diags; /* what cannot be had is told */
} nc_dress_wish;

typedef struct nc_dress {
    nc_theme light, dark; /* dark: of a two-sided picture */
    bool two_sided;
    bool neo;
    bool has_background;
    nc_rgba background;
    nc_sv sheets[2]; /* style sheets as their authors wrote them, weaker first */
    nc_span sheets_at[2];
} nc_dress;

void nc_dress_choose(nc_dress *out, const nc_dress_wish *wish);

/* The style sheets, cleaned and scoped to the picture with that id. False without memory. */
NC_MUST_USE bool nc_dress_css(nc_sv *out, nc_arena *a, const nc_dress *dress, const char *id,
                              nc_diags *d);

#endif
