/* What the terminal is and can do, and its modes while something is watched. */
#ifndef NC_TERMINAL_H
#define NC_TERMINAL_H

#include <stdbool.h>

/* How a diagram is shown. */
typedef enum nc_show {
    NC_SHOW_AUTO,
    NC_SHOW_KITTY,
    NC_SHOW_ITERM,
    NC_SHOW_SIXEL,
    NC_SHOW_SYMBOLS, /* mosaics of characters */
    NC_SHOW_TXT,
    NC_SHOW_ASCII,
    NC_SHOW_COUNT
} nc_show;

/* The words of --as, in that order; NULL at the end. */
extern const char *const nc_show_words[];

typedef struct nc_terminal {
    bool is_terminal;
    int columns, rows;  /* 80 by 24 when nobody knows */
    int cell_w, cell_h; /* pixels */
} nc_terminal;

void nc_terminal_look(nc_terminal *terminal, int fd);

/*
 * The whole screen for a while: the other screen, no cursor, lines that are cut instead of folded,
 * keys one by one. Given back by nc_terminal_leave, which may be called from a signal handler.
 */
void nc_terminal_enter(void);
void nc_terminal_leave(void);

#endif
