#include "preview/terminal.h"

#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

const char *const nc_show_words[] = {"auto",    "kitty", "iterm", "sixel",
                                     "symbols", "txt",   "ascii", NULL};

void nc_terminal_look(nc_terminal *t, int fd)
{
    struct winsize size;

    *t = (nc_terminal){.is_terminal = isatty(fd) == 1, .columns = 80, .rows = 24};
    t->cell_w = 10;
    t->cell_h = 20;
    if (!t->is_terminal || ioctl(fd, TIOCGWINSZ, &size) != 0)
        return;
    if (size.ws_col)
        t->columns = size.ws_col;
    if (size.ws_row)
        t->rows = size.ws_row;
    if (size.ws_xpixel / t->columns > 2 && size.ws_ypixel / t->rows > 4) {
        t->cell_w = size.ws_xpixel / t->columns;
        t->cell_h = size.ws_ypixel / t->rows;
    }
}

/* The one terminal of the process: what a signal handler gives back. */
static struct termios before;
static volatile sig_atomic_t entered;
static volatile sig_atomic_t has_before;

static void say(const char *text)
{
    const ssize_t ignored = write(STDOUT_FILENO, text, strlen(text));
    (void)ignored;
}

void nc_terminal_enter(void)
{
    if (tcgetattr(STDIN_FILENO, &before) == 0) {
        struct termios now = before;
        now.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        now.c_cc[VMIN] = 0;
        now.c_cc[VTIME] = 0;
        has_before = tcsetattr(STDIN_FILENO, TCSANOW, &now) == 0;
    }
    say("\033[?1049h\033[?25l\033[?7l\033[2J\033[H");
    entered = 1;
}

void nc_terminal_leave(void)
{
    if (!entered)
        return;
    entered = 0;
    say("\033[?7h\033[?25h\033[?1049l");
    if (has_before)
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &before);
}
