/* What the painters of libnacre-cairo.so (PNG, PDF, plain SVG) are asked for. */
#ifndef NC_PAINT_CAIRO_H
#define NC_PAINT_CAIRO_H

#include "module/module.h"
#include "paint/paint.h"

#include <math.h>

/* Pixels of a side of an image surface. */
enum { NC_CAIRO_SIDE_MAX = 32767 };

typedef enum nc_cairo_format { NC_CAIRO_PNG, NC_CAIRO_PDF, NC_CAIRO_SVG } nc_cairo_format;

typedef struct nc_cairo_job {
    nc_cairo_format format;
    const nc_scene *scene;
    const nc_paint_options *options;
    double scale; /* PNG: pixels per px of the scene; above 0 */
    double max_pixels;
    const nc_sv *faces; /* font files by face; they stay for the whole process */
    uint32_t face_len;
    char error[160];
} nc_cairo_job;

/* Whole pixels of a side of the scene at a scale: at least one, what is covered in part included. */
static inline double nc_cairo_side(double length, double scale)
{
    return fmax(1, ceil(length * scale - 1e-6));
}

/* Whether a PNG of the job is within the limits at a scale. */
static inline bool nc_cairo_fits(const nc_cairo_job *job, double scale)
{
    double width = nc_cairo_side(job->scene->w, scale);
    double height = nc_cairo_side(job->scene->h, scale);
    return width <= NC_CAIRO_SIDE_MAX && height <= NC_CAIRO_SIDE_MAX &&
           width * height <= job->max_pixels;
}

#endif
