#include "cli/limits.h"

#include "cli/file.h"

void nc_limits_give(nacre_options *options, const nc_limit_options *limits)
{
    options->max_bytes = nc_limits_input(limits);
    options->max_nodes = limits->nodes;
    options->max_edges = limits->edges;
    options->max_nesting = limits->nesting;
    options->max_label = limits->label;
}

size_t nc_limits_input(const nc_limit_options *limits)
{
    return limits->input ? limits->input : NC_INPUT_MAX;
}
