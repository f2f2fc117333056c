/* How large diagrams may be (MANUAL, Limits): the options that every reading command has. */
#ifndef NC_CLI_LIMITS_H
#define NC_CLI_LIMITS_H

#include <nacre/nacre.h>

#include "cli/options.h"

/* Zero means the default. */
typedef struct nc_limit_options {
    size_t input, nodes, edges, nesting, label;
} nc_limit_options;

/* Rows for a command whose values have `nc_limit_options limits`. */
#define NC_LIMIT_ROW(values, takes, name, unit, help)                                              \
    {                                                                                              \
        0, "max-" #name, takes, unit, NULL, help, offsetof(values, limits.name)                    \
    }
#define NC_LIMIT_ROWS(values)                                                                      \
    NC_LIMIT_ROW(values, NC_TAKES_BYTES, input, "SIZE", "largest input (16M)"),                    \
        NC_LIMIT_ROW(values, NC_TAKES_NUMBER, nodes, "N", "most nodes, participants (100000)"),    \
        NC_LIMIT_ROW(values, NC_TAKES_NUMBER, edges, "N", "most edges, messages (200000)"),        \
        NC_LIMIT_ROW(values, NC_TAKES_NUMBER, nesting, "N", "most groups in each other (200)"),    \
        NC_LIMIT_ROW(values, NC_TAKES_BYTES, label, "SIZE", "longest text of a label (64K)")

/* The limits as options of the library. */
void nc_limits_give(nacre_options *options, const nc_limit_options *limits);
/* Most bytes of an input. */
size_t nc_limits_input(const nc_limit_options *limits);

#endif
