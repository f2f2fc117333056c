/* One showing of the diagrams of a file: to standard output; messages to standard error. */
#ifndef NC_PREVIEW_SHOW_H
#define NC_PREVIEW_SHOW_H

#include "cli/command.h"
#include "cli/limits.h"
#include "preview/terminal.h"

typedef struct nc_preview_options {
    int as;         /* nc_show */
    size_t columns; /* 0: the terminal's; of a file or pipe: any */
    size_t diagram; /* of a document, from 1; 0: all */
    const char *theme;
    const char *config;
    bool no_config;
    bool watch;
    int fonts; /* index of nc_font_words */
    nc_limit_options limits;
} nc_preview_options;

/* `how` is decided: not NC_SHOW_AUTO. fit: a picture shall not be higher than the screen. */
nc_exit nc_preview_show(const nc_preview_options *options, const char *path, nc_show how,
                        const nc_terminal *terminal, bool fit);

#endif
