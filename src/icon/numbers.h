/* Lists of numbers as SVG writes them: blanks and single commas between. */
#ifndef NC_ICON_NUMBERS_H
#define NC_ICON_NUMBERS_H

#include "theme/number.h"

#include <math.h>

static inline void nc_skip_blanks(nc_sv text, size_t *at)
{
    while (*at < text.len && nc_is_space(text.ptr[*at]))
        ++*at;
}

static inline void nc_skip_commas(nc_sv text, size_t *at)
{
    while (*at < text.len && (nc_is_space(text.ptr[*at]) || text.ptr[*at] == ','))
        ++*at;
}

/* What is not finite, or beyond a million, is no number of a drawing. */
static inline bool nc_next_number(double *out, nc_sv text, size_t *at)
{
    static const double most = 1e6;
    nc_skip_commas(text, at);
    return nc_number_read(out, text, at) && fabs(*out) <= most;
}

#endif
