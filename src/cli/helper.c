#include "cli/helper.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/path.h"
#include "cli/report.h"
#include "cli/str.h"

/* Beside the program (a build), and where an installation puts them; nowhere else. */
static const char *const places[] = {"", NACRE_HELPERS_FROM_BIN "/"};

/* The folder of this very program; NULL when the system does not say. */
static char *own_folder(void)
{
    char path[PATH_MAX];
    const ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

    if (len <= 0)
        return NULL;
    path[len] = '\0';
    return nc_path_folder(path);
}

nc_exit nc_helper_run(const nc_command *command, int argc, char **argv)
{
    char *const folder = own_folder();
    int why = ENOENT;

    (void)argc;
    for (size_t i = 0; folder && i < sizeof(places) / sizeof(places[0]); i++) {
        nc_str program = {0};
        nc_str_fmt(&program, "%s%snacre-%s", folder, places[i], command->name);
        execv(program.ptr, argv);
        why = errno == ENOENT ? why : errno;
        nc_str_release(&program);
    }
    nc_report_error(NC_CODE_USAGE, NULL, "'%s' needs the program nacre-%s: %s", command->name,
                    command->name, strerror(why));
    if (why == ENOENT)
        nc_report_hint("this build of nacre has none");
    free(folder);
    return NC_EXIT_USAGE;
}

const nc_command nc_preview_command = {
    .name = "preview",
    .operands = "INPUT",
    .summary = "Show diagrams in the terminal.",
    .run = nc_helper_run,
};

const nc_command nc_serve_command = {
    .name = "serve",
    .operands = "[PATH]",
    .summary = "Show the diagrams of a folder in the browser, live.",
    .run = nc_helper_run,
};
