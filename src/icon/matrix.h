/* Transformations of the plane: x' = a x + c y + e, y' = b x + d y + f. */
#ifndef NC_ICON_MATRIX_H
#define NC_ICON_MATRIX_H

#include "base/base.h"
#include "scene/path.h"

typedef struct nc_matrix {
    double a, b, c, d, e, f;
} nc_matrix;

#define NC_MATRIX_IDENTITY ((nc_matrix){1, 0, 0, 1, 0, 0})

/* First `inner`, then `outer`. */
nc_matrix nc_matrix_mul(const nc_matrix *outer, const nc_matrix *inner);
nc_point nc_matrix_apply(const nc_matrix *m, double x, double y);
/* What it makes of the width of a line: the root of what it makes of areas. */
double nc_matrix_scale(const nc_matrix *m);

/*
 * Put a list of SVG's transformations (`translate(1 2) rotate(45)`) behind *m. False when the text is
 * none; *m then holds those before the fault.
 */
bool nc_matrix_read(nc_matrix *m, nc_sv text);

#endif
