/* One diagram's way through the library, with its messages told at their places in a host file. */
#ifndef NC_DRAWING_H
#define NC_DRAWING_H

#include "cli/inputs.h"

/* A context, or the end of the program: see str.h. */
nacre_context *nc_context_must(void);

/* The text of diagram index of an input. */
const char *nc_input_diagram(const nc_input *input, size_t index, size_t *len);

/* Tells all diagnostics of a diagram, at their places in the input. */
void nc_drawing_report(nc_input *input, size_t index, const nacre_diagram *diagram);

/* What a status of the library means for the program; what has no diagnostic is reported. */
nc_exit nc_drawing_exit(const nc_input *input, nacre_status status);

#endif
