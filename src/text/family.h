/* Families of fonts as CSS names them. */
#ifndef NC_TEXT_FAMILY_H
#define NC_TEXT_FAMILY_H

#include "base/vec.h"

/* Names behind these are not looked for: each costs a search of the machine's fonts. */
enum { NC_FAMILIES_MAX = 16 };

/*
 * The families of a CSS list (`"Fira Sans", Arial, sans-serif`) that stand before the first generic
 * name or the embedded family's own; none for the list that Mermaid has as its default. The names
 * are pieces of css. False without memory.
 */
NC_MUST_USE bool nc_family_names(nc_sv_vec *out, nc_arena *a, nc_sv css);

#endif
