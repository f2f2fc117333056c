/* The commands of the program: one row of main.c's table each, one file each. */
#ifndef NC_COMMAND_H
#define NC_COMMAND_H

#include "cli/options.h"

/* MANUAL: 0 done, 1 a diagram has errors, 2 usage or input and output. */
typedef enum nc_exit { NC_EXIT_DONE = 0, NC_EXIT_DIAGRAM = 1, NC_EXIT_USAGE = 2 } nc_exit;

/* The graver of two outcomes: a run that could not read its files says so before all else. */
static inline nc_exit nc_exit_worse(nc_exit a, nc_exit b)
{
    return a > b ? a : b;
}

struct nc_command {
    const char *name;
    const char *operands; /* as help writes them: "INPUT..." */
    const char *summary;  /* one line, for the list of commands */
    const char *details;  /* what help says below the options; ends with a line feed */
    const nc_option *options;
    size_t option_len;
    nc_exit (*run)(const nc_command *command, int argc, char **argv); /* argv[0]: the command */
};

extern const nc_command nc_render_command;
extern const nc_command nc_check_command;
extern const nc_command nc_extract_command;
extern const nc_command nc_dump_command;
extern const nc_command nc_mmdc_command;
/* programs of their own: helper.h */
extern const nc_command nc_preview_command;
extern const nc_command nc_serve_command;

#endif
