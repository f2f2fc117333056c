/* What Mermaid itself refuses though its grammar allows it: its limits on size. */
#ifndef NC_PORTABLE_H
#define NC_PORTABLE_H

#include "model/flowchart.h"
#include "source/config.h"

/*
 * Notes a text of more than 50,000 characters and the edge beyond the 500th of a flowchart (chart
 * NULL: it is none), or what the site's configuration has in place of these numbers. False without
 * memory.
 */
NC_MUST_USE bool nc_portable_sizes(nc_diags *d, nc_arena *a, const nc_source *source,
                                   const nc_config *config, const nc_flowchart *chart);

#endif
