/* What the two halves of the library's door share. */
#ifndef NC_NACRE_INTERNAL_H
#define NC_NACRE_INTERNAL_H

#include "base/buf.h"
#include "nacre/nacre.h"

/* The context's memory functions; never NULL. */
nc_alloc nc_context_alloc(const nacre_context *context);

/* Hands buf to the sink unless status or buf says failure, releases it, returns how that went. */
nacre_status nc_give(nc_buf *buf, nacre_status status, nacre_sink sink, void *payload);

#endif
