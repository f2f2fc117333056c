/*
 * How much one diagram may hold. Texts come from strangers; what is above a limit is reported
 * (NC_RULE_TOO_LARGE) and left out.
 */
#ifndef NC_LIMITS_H
#define NC_LIMITS_H

#include <stdint.h>

typedef struct nc_limits {
    uint32_t nodes;   /* participants, elements with boundaries */
    uint32_t edges;   /* relations; events of a sequence */
    uint32_t nesting; /* subgraphs, fragments, boundaries in each other */
    uint32_t label;   /* bytes of one text */
} nc_limits;

static const nc_limits nc_limits_default = {100000, 200000, 200, 64 * 1024};

#endif
