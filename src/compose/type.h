/* Sizes, weights and families of type that the configuration gives to parts of a diagram. */
#ifndef NC_TYPE_H
#define NC_TYPE_H

#include "source/config.h"
#include "text/text.h"

/*
 * What the keys of that stem (`actor`: actorFontSize, actorFontWeight, actorFontFamily) make of a
 * style. Nothing given leaves it as it is; sizes are px, what is no sensible one counts as not given.
 * Of families only the kind counts: one that means fixed width is set in the embedded mono face.
 */
void nc_type_read(nc_text_style *style, const nc_config *config, const char *stem);

/* A style beside the one that `from` made of `usual`: larger or smaller in proportion, its weight. */
void nc_type_follow(nc_text_style *style, const nc_text_style *usual, const nc_text_style *from);

#endif
