/* FLAT links and wishes within rows: part of the rows pass. */
#ifndef NC_LAYOUT_FLATS_H
#define NC_LAYOUT_FLATS_H

#include "layout/graph.h"

LAY_MUST_USE bool nc_add_cell(nc_layered *g, nc_cell cell, uint32_t *index);
nc_cell nc_label_cell(const nc_link *l, uint32_t link, uint32_t cluster, uint32_t row);

/* Runs, pairs of cells that stay in order, and label cells of FLAT links; rows are known by then. */
LAY_MUST_USE bool nc_add_flats(nc_layered *g);

#endif
