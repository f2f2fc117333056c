/* One diagram's way through the library, with its messages told at their places in a host file. */
#ifndef NC_DRAWING_H
#define NC_DRAWING_H

#include "cli/inputs.h"

/* A context, or the end of the program: see str.h. */
nacre_context *nc_context_must(void);

/* --fonts WHICH: an option of every command that measures text. */
extern const char *const nc_font_words[];
nacre_fonts nc_font_choice(int word);
#define NC_FONTS_HELP                                                                              \
    "system: fonts of this machine show what the embedded ones\n"                                  \
    "lack, and the family that a document asks for (the\n"                                         \
    "default); embedded: none but the embedded ones"

/* The text of diagram index of an input. */
const char *nc_input_diagram(const nc_input *input, size_t index, size_t *len);

/* Adds all diagnostics of a diagram, at their places in the input. */
void nc_drawing_collect(nc_findings *findings, nc_input *input, size_t index,
                        const nacre_diagram *diagram);
/*
 * Tells the diagnostics of a diagram in the order of their places; not those of *told, to which the
 * others are added.
 */
void nc_drawing_report(nc_findings *told, nc_input *input, size_t index,
                       const nacre_diagram *diagram);

/* What a status of the library means for the program; what has no diagnostic becomes a failure. */
nc_exit nc_drawing_status(nc_findings *failures, const nc_input *input, nacre_status status);
/* The same, reported. */
nc_exit nc_drawing_exit(const nc_input *input, nacre_status status);

#endif
