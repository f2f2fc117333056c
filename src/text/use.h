/* What pictures show of a face: the inside of nc_font_use, for the subset writer. */
#ifndef NC_FONT_USE_H
#define NC_FONT_USE_H

#include "base/vec.h"
#include "text/text.h"

/* Two characters that stand side by side closer or wider than their advances say. */
typedef struct nc_kern_pair {
    uint32_t left, right; /* code points */
    int32_t kern;         /* in NC_FONT_UNITS, never 0 */
} nc_kern_pair;

/* Sorted: codes rising, pairs by left, then right. */
typedef struct nc_face_use {
    NC_VEC(uint32_t) codes;
    NC_VEC(nc_kern_pair) pairs;
} nc_face_use;

const nc_face_use *nc_font_use_face(nc_font_use *use, nc_face face);

#endif
