/*
 * The family table: what each kind of diagram brings. Adding one is a grammar, a model, a composer
 * (and a layout if it is no plain graph), and a row here.
 */
#ifndef NC_FAMILY_H
#define NC_FAMILY_H

#include "compose/compose.h"
#include "parse/parse.h"

typedef struct nc_family {
    const char *name; /* aria-roledescription, and the word in messages */
    size_t model_size;
    /* Models and placements are void here and typed again inside each family's functions. */
    bool (*parse)(void *model, nc_arena *a, const nc_source *source, nc_diags *d);
    void (*dump)(nc_buf *out, const void *model, bool mermaid);
    /* what the author wrote for readers who do not see the picture (accTitle, accDescr) */
    void (*told)(nc_sv *title, nc_sv *descr, const void *model);
    bool (*place)(void **placed, nc_draw *draw, const void *model);
    void (*dump_placed)(nc_buf *out, const void *placed);
    bool (*draw)(nc_scene *out, nc_draw *draw, const void *model, const void *placed);
    /* the same of what was placed in cells */
    bool (*cells)(nc_cells *out, nc_draw *draw, const void *model, const void *placed);
} nc_family;

const nc_family *nc_family_lookup(nc_family_id id);

#endif
