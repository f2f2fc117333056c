/* Where edges may meet a figure: the parts of its sides that are neither round nor cut. */
#ifndef NC_PORTS_H
#define NC_PORTS_H

#include "compose/shapes.h"

/*
 * Writes the ranges of the four sides (as nc_lay_node.ports) of a figure in a box of that size. A
 * side without a range of its own, or too short for it, stays 0, 0: there the outline decides.
 */
void nc_figure_ports(nc_lay_range ports[NC_LAY_SIDES], const nc_figure *figure, double w, double h);

#endif
