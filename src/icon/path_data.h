/* Path data of SVG (the attribute `d`) as a path: curves of every kind become cubic ones. */
#ifndef NC_ICON_PATH_DATA_H
#define NC_ICON_PATH_DATA_H

#include "icon/matrix.h"

/*
 * Append what d says, transformed. As SVG wants it, a fault ends the path and what is before it is
 * drawn. False for a fault; b->failed tells want of memory.
 */
bool nc_path_data_read(nc_path_builder *b, nc_sv d, const nc_matrix *m);

/* The same of an ellipse, as two arcs. */
void nc_path_add_ellipse(nc_path_builder *b, const nc_matrix *m, double cx, double cy, double rx,
                         double ry);

#endif
