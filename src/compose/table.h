/* A small table of texts: columns as wide as they need, a header in bold over a thin line. */
#ifndef NC_TABLE_H
#define NC_TABLE_H

#include "compose/compose.h"

typedef struct nc_table {
    const nc_text **cells; /* row after row; some may be empty */
    double *xs;            /* of each column's left side, from the table's */
    double *ys;            /* of each row's top; one more: the bottom */
    uint32_t columns, rows;
    bool header; /* the first row is one */
    double w, h;
} nc_table;

/*
 * Measures `cells` (row after row, the last one may be short) in `style`; max_width is the table's.
 * Columns that are wider than their share are broken. *out lives in the diagram's arena; false
 * without memory.
 */
NC_MUST_USE bool nc_table_make(nc_table **out, nc_draw *draw, const nc_sv *cells, uint32_t len,
                               uint32_t columns, bool header, const nc_text_style *style);

/* Its left top corner at x, y. */
NC_MUST_USE bool nc_table_draw(nc_scene *scene, const nc_table *table, double x, double y,
                               nc_paint ink);

#endif
