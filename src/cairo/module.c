#include "module/module.h"

#include "cairo/draw.h"
#include "cairo/engine.h"
#include "cairo/image.h"

static nc_cairo_status paint(nc_buf *out, nc_cairo_job *job)
{
    switch (job->format) {
    case NC_CAIRO_PNG:
        return nc_cairo_png(out, job);
    case NC_CAIRO_PDF:
        return nc_cairo_pdf(out, job);
    case NC_CAIRO_SVG:
        return nc_cairo_svg(out, job);
    }
    return NC_CAIRO_FAILED;
}

__attribute__((visibility("default"))) nc_module_fn nacre_cairo_module;

const nc_module *nacre_cairo_module(void)
{
    static const nc_module module = {.abi = NC_MODULE_ABI,
                                     .paint = paint,
                                     .text = &nc_engine_calls,
                                     .png_is_sound = nc_cairo_png_is_sound};
    return &module;
}
