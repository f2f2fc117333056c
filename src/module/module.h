/*
 * libnacre-cairo.so: everything that needs cairo, pango, fontconfig or libpng. It is opened on first
 * use, since loading those libraries costs more than drawing a picture without them, and it knows no
 * state of libnacre: what it needs comes with each call.
 */
#ifndef NC_MODULE_H
#define NC_MODULE_H

#include "base/buf.h"

struct nc_cairo_job;  /* paint/cairo.h */
struct nc_text_calls; /* text/engine.h */

typedef enum nc_cairo_status {
    NC_CAIRO_OK,
    NC_CAIRO_NOMEM,
    NC_CAIRO_TOO_LARGE, /* above what cairo or the limits take */
    NC_CAIRO_FAILED     /* job->error says why */
} nc_cairo_status;

typedef struct nc_module {
    uint32_t abi; /* NC_MODULE_ABI, which the build makes of the headers that both sides include */
    /* Appends the whole file to out. */
    nc_cairo_status (*paint)(nc_buf *out, struct nc_cairo_job *job);
    const struct nc_text_calls *text;
    /* True when libpng reads it to its end without an error. */
    bool (*png_is_sound)(nc_sv bytes);
} nc_module;

/* The one symbol that the module exports. */
#define NC_MODULE_SYMBOL "nacre_cairo_module"
typedef const nc_module *nc_module_fn(void);

/*
 * Where the module is looked for: `folder` when given (absolute, from the options), else the folder
 * of libnacre.so itself and the `nacre` folder beside it. Never the working directory, never the
 * loader's search path.
 *
 * The module, or NULL: *error (of `a`) then names what was tried and why. Opened once a process and
 * kept, since cairo and GLib do not survive being unloaded.
 */
const nc_module *nc_module_open(nc_sv *error, nc_arena *a, const char *folder);

#endif
