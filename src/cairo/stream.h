/* Bytes that cairo writes, appended to a buffer. */
#ifndef NC_CAIRO_STREAM_H
#define NC_CAIRO_STREAM_H

#include "base/buf.h"

#include <cairo.h>

/* A cairo_write_func_t whose closure is an nc_buf. */
static inline cairo_status_t nc_cairo_write(void *closure, const unsigned char *bytes, unsigned len)
{
    nc_buf *out = closure;
    nc_buf_put(out, nc_sv_from((const char *)bytes, len));
    return out->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

#endif
