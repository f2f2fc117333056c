/* What the operands name: diagrams and documents, read whole. */
#ifndef NC_INPUTS_H
#define NC_INPUTS_H

#include <nacre/nacre.h>

#include "cli/command.h"
#include "cli/report.h"
#include "cli/str.h"

typedef enum nc_input_kind { NC_INPUT_DIAGRAM, NC_INPUT_DOCUMENT } nc_input_kind;

typedef struct nc_input {
    const char *path; /* NULL: standard input */
    bool failed;      /* could not be read, which is reported: it only keeps its place */
    nc_input_kind kind;
    nc_str text;
    nc_host host;             /* of text: where people are told places */
    nacre_document *document; /* NULL for a diagram */
    size_t diagram_len;       /* 1 for a diagram */
    char **names;             /* of a document's pictures (names.h); NULL: numbers */

    nc_str unkept; /* of a document with kept sources: the text between those */

    /* What the plan adds (plan.h). */
    char *target;    /* of a document: where it goes */
    bool in_folder;  /* -o names a folder: what is missing of it is made */
    char **pictures; /* where each diagram goes in each format; NULL: standard output */
    size_t picture_len;
} nc_input;

typedef struct nc_inputs {
    nc_input *list;
    size_t len;
    nc_exit outcome; /* of reading */
} nc_inputs;

/*
 * One input, all of it; path NULL: standard input. A failure is added to failures. Release it either
 * way.
 */
bool nc_input_open(nc_input *input, nc_findings *failures, nacre_context *context, const char *path,
                   size_t max_bytes);
void nc_input_release(nc_input *input);
/*
 * Lets go of the document, whose text remains, and finds it again, on whatever thread: between the
 * two there may be ten thousand of them.
 */
void nc_input_close(nc_input *input);
bool nc_input_reopen(nc_input *input, nc_findings *failures, nacre_context *context);

/* A Markdown file, by its suffix, is read as a document, everything else as a diagram. */
void nc_inputs_read(nc_inputs *inputs, nacre_context *context, const nc_operands *operands,
                    size_t max_bytes);
void nc_inputs_release(nc_inputs *inputs);

/* The name people see: the path, or "<stdin>". */
const char *nc_input_name(const nc_input *input);

#endif
