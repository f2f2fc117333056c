/*
 * Where everything goes, decided and checked before anything is written (MANUAL, Names of outputs).
 */
#ifndef NC_PLAN_H
#define NC_PLAN_H

#include "cli/format.h"
#include "cli/inputs.h"

typedef struct nc_plan_options {
    const char *output;          /* -o; NULL: none */
    const char *formats;         /* -f; NULL: by suffix */
    const char *artifacts;       /* --artifacts; NULL: pictures lie beside their documents */
    const nc_operands *operands; /* what people named: a folder among them is kept as a whole */
    bool in_place;
    bool embed; /* documents have no pictures beside them */
    bool force;
} nc_plan_options;

/* The folder of outputs that is nacre's own to keep: --artifacts, else -o DIR; NULL: there is none. */
const char *nc_plan_folder(const nc_plan_options *options);

/*
 * Sets *formats, and target and pictures of every input. False when the command line contradicts itself, two
 * things would go to one place, or a file would be lost: all of it is reported.
 */
bool nc_plan_make(nc_formats *formats, nc_inputs *inputs, const nc_plan_options *options);

#endif
