/*
 * Commands that are programs of their own, since what they link takes longer to load than most
 * diagrams take to draw: `nacre NAME` becomes the program nacre-NAME.
 */
#ifndef NC_HELPER_H
#define NC_HELPER_H

#include "cli/command.h"

/* A command's run: returns only when there is no such program, which is reported. */
nc_exit nc_helper_run(const nc_command *command, int argc, char **argv);

#endif
