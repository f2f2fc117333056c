/* The rules of the themes. Only variables.c and variables_rules.c include this. */
#ifndef NC_VARIABLES_RULES_H
#define NC_VARIABLES_RULES_H

#include "theme/variables.h"

typedef enum nc_op {
    NC_OP_CONSTANT,
    NC_OP_COPY,
    NC_OP_BORDER, /* of lower saturation, darker or in dark mode lighter */
    NC_OP_INVERT,
    NC_OP_ADJUST, /* h, l */
    NC_OP_BY_MODE,
    NC_OP_DARKEN_IN_DARK, /* l */
    NC_OP_AWAY,
    NC_OP_READABLE, /* text on the source */
    NC_OP_OUTLINE,  /* around the source, at 3:1 from the page */
} nc_op;

struct nc_derive {
    nc_variable target;
    nc_op op;
    nc_variable source;
    int16_t h, l;
    uint32_t rgba, rgba_light; /* of constants; BY_MODE: in dark mode and outside of it */
    bool first;                /* a constant that stands before what the author gives */
};

#endif
