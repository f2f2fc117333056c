/* Pictures in a terminal, through chafa where this build has it. */
#ifndef NC_PREVIEW_PICTURE_H
#define NC_PREVIEW_PICTURE_H

#include "cli/str.h"
#include "preview/terminal.h"

/* Whether this build can show pictures at all. */
bool nc_picture_is_there(void);

/*
 * What the terminal of this environment shows best: its graphics, else characters. Within screen
 * and tmux, which pass no graphics on, characters.
 */
nc_show nc_picture_detect(void);

/*
 * A PNG as what is sent to the terminal; `how` is one of kitty to symbols. It takes columns and
 * rows of cells at most. False, with *why set, when it cannot.
 */
bool nc_picture_show(nc_str *out, const char **why, const char *png, size_t len, nc_show how,
                     const nc_terminal *terminal);

#endif
