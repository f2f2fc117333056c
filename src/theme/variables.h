/*
 * Theme variables: Mermaid's names for the colours of a theme, with the rules by which one follows
 * from another. Source of values and rules: the theming reference of Mermaid 12.3.
 */
#ifndef NC_VARIABLES_H
#define NC_VARIABLES_H

#include "source/value.h"
#include "theme/mix.h"

#define NC_VARIABLE(name, spelling) NC_VAR_##name,
typedef enum nc_variable {
#include "theme/variables.def"
    NC_VAR_COUNT
} nc_variable;
#undef NC_VARIABLE

typedef struct nc_variables {
    nc_mix value[NC_VAR_COUNT];
    bool set[NC_VAR_COUNT];     /* has a value */
    bool given[NC_VAR_COUNT];   /* by the author */
    bool touched[NC_VAR_COUNT]; /* given, or follows from what is */
    bool dark_mode;             /* borders become lighter than what they surround */
} nc_variables;

/* One rule or constant of a theme. */
typedef struct nc_derive nc_derive;

/* How the rules of a theme meet what an author gave. */
typedef enum nc_deriving {
    NC_DERIVE_ALWAYS,  /* a rule replaces what was given; what was given comes back at the end */
    NC_DERIVE_UNSET,   /* a rule fills what has no value yet */
    NC_DERIVE_TOUCHED, /* a rule counts only when its source was touched: all have values already */
} nc_deriving;

typedef struct nc_theme_class {
    nc_sv name;
    bool dark;
    nc_deriving deriving;
    const nc_derive *rules; /* constants and derivations, in order; ends with NC_VAR_COUNT */
    double line_width;      /* px, of outlines in the neo look */
    double radius;          /* px, of corners in the neo look */
    uint32_t shadow;        /* 0xRRGGBBAA, in the neo look */
    bool palette, palette_fills;
} nc_theme_class;

/* Every theme; of nacre's own the rules are given without values (theme.c has those). */
const nc_theme_class *nc_theme_classes(size_t *len);

/* NC_VAR_COUNT for a name that is no colour of nacre's. */
nc_variable nc_variable_lookup(nc_sv name);
nc_sv nc_variable_name(nc_variable variable);

/*
 * Maps of variables (later ones win; NULL is none): all in `sources` take part in the derivation,
 * `overlay` is laid over the result. What is no colour in them is passed over. *out holds the values
 * that a NC_DERIVE_TOUCHED theme starts from.
 */
void nc_variables_derive(nc_variables *out, const nc_theme_class *theme,
                         const nc_value *const *sources, uint32_t source_len,
                         const nc_value *overlay);

#endif
