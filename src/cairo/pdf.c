/* PDF: one page as large as the drawing, text that can be searched and copied, links that work. */
#include "cairo/draw.h"
#include "cairo/stream.h"

#include <cairo-pdf.h>
#include <stdio.h>

static const double PT_PER_PX = 0.75; /* 96 px and 72 pt are an inch */

static void set_text(cairo_surface_t *surface, cairo_pdf_metadata_t key, nc_sv text)
{
    nc_buf copy; /* for the NUL */
    nc_buf_init(&copy, NULL, 0);
    nc_buf_put(&copy, text);
    if (!copy.failed && copy.len)
        cairo_pdf_surface_set_metadata(surface, key, copy.ptr);
    nc_buf_release(&copy);
}

nc_cairo_status nc_cairo_pdf(nc_buf *out, nc_cairo_job *job)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        nc_cairo_write, out, job->scene->w * PT_PER_PX, job->scene->h * PT_PER_PX);
    set_text(surface, CAIRO_PDF_METADATA_TITLE, job->scene->title);
    set_text(surface, CAIRO_PDF_METADATA_SUBJECT, job->scene->descr);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "nacre");
    char mark[NC_MARK_MAX];
    char keywords[NC_MARK_MAX + 8];
    nc_paint_mark(mark, job->options);
    snprintf(keywords, sizeof keywords, "nacre:%s", mark);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, keywords);
    /* the same input gives the same bytes: the clock stays out */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, PT_PER_PX, PT_PER_PX);
    nc_cairo_ground(cr, job);
    bool drawn = nc_cairo_draw(cr, job, NC_CAIRO_TEXT_FULL);
    cairo_show_page(cr);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return nc_cairo_result(job, drawn, status);
}
