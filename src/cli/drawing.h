/* One diagram's way through the library, with its messages told at their places in a host file. */
#ifndef NC_DRAWING_H
#define NC_DRAWING_H

#include "cli/inputs.h"

/* A context, or the end of the program: see str.h. */
nacre_context *nc_context_must(void);

/* The text of diagram index of an input. */
const char *nc_input_diagram(const nc_input *input, size_t index, size_t *len);

/* What was told of a diagram already. Zero-initialised is nothing. */
typedef struct nc_told {
    char **list;
    size_t len, cap;
} nc_told;

void nc_told_release(nc_told *told);

/* Tells the diagnostics of a diagram that were not told yet, at their places in the input. */
void nc_drawing_report(nc_told *told, nc_input *input, size_t index, const nacre_diagram *diagram);

/* What a status of the library means for the program; what has no diagnostic is reported. */
nc_exit nc_drawing_exit(const nc_input *input, nacre_status status);

#endif
