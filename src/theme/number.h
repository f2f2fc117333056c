/* A number as CSS writes it, whatever the locale. */
#ifndef NC_NUMBER_H
#define NC_NUMBER_H

#include "base/base.h"

/* Reads `-1.5`, `.5`, `1e3` at text[*at] and moves *at behind it; false when none stands there. */
NC_MUST_USE bool nc_number_read(double *out, nc_sv text, size_t *at);

#endif
