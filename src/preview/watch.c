#define _GNU_SOURCE /* ppoll */
#include "preview/watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/report.h"
#include "cli/str.h"
#include "preview/changes.h"

enum {
    QUIET_MS = 60, /* editors write a file in several steps */
    PIECE = 65536
};

/* What a showing said; an earlier picture stays while the text has errors. */
typedef struct screen {
    nc_str picture, messages;
    bool is_old; /* the picture is of an earlier text */
    size_t top;  /* first line of the text that is shown */
} screen;

static volatile sig_atomic_t ended;
static volatile sig_atomic_t resized;

static void on_signal(int number)
{
    if (number == SIGWINCH)
        resized = 1;
    else
        ended = number;
}

static const int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH};

static void listen_to_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof(watched) / sizeof(watched[0]); i++)
        (void)sigaction(watched[i], &action, NULL);
}

/* poll that no signal slips past: one that came since the caller looked ends it at once. */
static int wait_for(struct pollfd *fds, nfds_t len)
{
    sigset_t held;
    sigset_t usual;

    sigemptyset(&held);
    for (size_t i = 0; i < sizeof(watched) / sizeof(watched[0]); i++)
        (void)sigaddset(&held, watched[i]);
    (void)sigprocmask(SIG_BLOCK, &held, &usual);
    const int ready = ended || resized ? -1 : ppoll(fds, len, NULL, &usual);
    (void)sigprocmask(SIG_SETMASK, &usual, NULL);
    return ready;
}

/* Takes both streams of the child at once: neither may fill up while the other is read. */
static void collect(nc_str *out, int out_fd, nc_str *err, int err_fd)
{
    struct pollfd fds[2] = {{.fd = out_fd, .events = POLLIN}, {.fd = err_fd, .events = POLLIN}};
    nc_str *const texts[2] = {out, err};
    char *const piece = nc_alloc_must(PIECE);

    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            break;
        for (int i = 0; i < 2; i++) {
            if (fds[i].fd < 0 || !fds[i].revents)
                continue;
            const ssize_t len = read(fds[i].fd, piece, PIECE);
            if (len > 0)
                nc_str_put(texts[i], piece, (size_t)len);
            else if (len == 0 || errno != EINTR)
                fds[i].fd = -1;
        }
    }
    free(piece);
}

/*
 * The showing runs in a process of its own: whatever a text does to it, the watching goes on, and
 * its messages can be put where they stay in sight.
 */
static bool show_apart(nc_str *out, nc_str *err, const nc_preview_options *options,
                       const char *path, nc_show how, const nc_terminal *terminal)
{
    int outs[2];
    int errs[2];
    int status = 0;

    if (pipe(outs) != 0)
        return false;
    if (pipe(errs) != 0) {
        close(outs[0]);
        close(outs[1]);
        return false;
    }
    const pid_t child = fork();
    if (child == 0) {
        (void)signal(SIGINT, SIG_DFL);
        (void)signal(SIGTERM, SIG_DFL);
        (void)dup2(outs[1], STDOUT_FILENO);
        (void)dup2(errs[1], STDERR_FILENO);
        close(outs[0]);
        close(errs[0]);
        const nc_exit outcome = nc_preview_show(options, path, how, terminal, true);
        (void)fflush(NULL);
        _exit((int)outcome);
    }
    close(outs[1]);
    close(errs[1]);
    if (child > 0) {
        collect(out, outs[0], err, errs[0]);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            continue;
    }
    close(outs[0]);
    close(errs[0]);
    if (child > 0 && WIFSIGNALED(status))
        nc_str_fmt(err, "the drawing was ended by signal %d\n", WTERMSIG(status));
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == NC_EXIT_DONE;
}

static void renew(screen *s, const nc_preview_options *options, const char *path, nc_show how,
                  const nc_terminal *terminal)
{
    nc_str picture = {0};

    nc_str_clear(&s->messages);
    const bool ok = show_apart(&picture, &s->messages, options, path, how, terminal);
    s->is_old = !ok;
    if (ok || picture.len) {
        nc_str_release(&s->picture);
        s->picture = picture;
        s->is_old = false;
    } else {
        nc_str_release(&picture);
    }
}

static size_t count_lines(const nc_str *text)
{
    size_t lines = 0;

    for (size_t i = 0; i < text->len; i++)
        lines += text->ptr[i] == '\n';
    return lines;
}

/* Where line number `line` begins. */
static size_t line_start(const nc_str *text, size_t line)
{
    size_t at = 0;

    while (line > 0 && at < text->len)
        line -= text->ptr[at++] == '\n';
    return at;
}

static void write_all(const char *text, size_t len)
{
    while (len > 0) {
        const ssize_t done = write(STDOUT_FILENO, text, len);
        if (done < 0 && errno != EINTR)
            return;
        if (done > 0) {
            text += done;
            len -= (size_t)done;
        }
    }
}

/* Messages first, where nothing can push them off the screen; then as much picture as fits. */
static void paint(screen *s, const char *path, nc_show how, const nc_terminal *terminal)
{
    const bool is_text = how == NC_SHOW_TXT || how == NC_SHOW_ASCII;
    const size_t rows = terminal->rows > 3 ? (size_t)terminal->rows : 3;
    const size_t told = count_lines(&s->messages);
    const size_t room = rows - 1 > told + 1 ? rows - 1 - (told ? told + 1 : 0) : 1;
    const size_t lines = count_lines(&s->picture);
    nc_str out = {0};

    if (s->top + room > lines)
        s->top = lines > room ? lines - room : 0;
    if (how == NC_SHOW_KITTY)
        nc_str_puts(&out, "\033_Ga=d\033\\"); /* its pictures are not wiped with the text */
    nc_str_puts(&out, "\033[2J\033[H");
    const size_t end = line_start(&s->messages, rows - 2);
    nc_str_put(&out, s->messages.ptr ? s->messages.ptr : "", end);
    if (told)
        nc_str_char(&out, '\n');
    if (is_text) {
        const size_t from = line_start(&s->picture, s->top);
        const size_t to = line_start(&s->picture, s->top + room);
        nc_str_put(&out, s->picture.ptr ? s->picture.ptr + from : "", to - from);
    } else if (!told || !s->is_old) {
        nc_str_put(&out, s->picture.ptr ? s->picture.ptr : "", s->picture.len);
    }
    nc_str_fmt(&out, "\033[%zu;1H\033[7m %s%s \033[m", rows, path,
               s->is_old && s->picture.len && is_text ? ": errors; the picture is an older one"
               : s->is_old                            ? ": errors"
                                                      : "");
    if (is_text && lines > room)
        nc_str_fmt(&out, " %zu-%zu of %zu", s->top + 1, s->top + room, lines);
    nc_str_puts(&out, "  q ends");
    write_all(out.ptr, out.len);
    nc_str_release(&out);
}

/* Moves through the text; false: the person has seen enough. */
static bool take_keys(screen *s, const nc_terminal *terminal)
{
    char keys[64];
    const ssize_t len = read(STDIN_FILENO, keys, sizeof(keys));
    const size_t page = terminal->rows > 4 ? (size_t)terminal->rows - 3 : 1;

    for (ssize_t i = 0; i < len; i++) {
        char key = keys[i];
        if (key == '\033' && i + 2 < len && keys[i + 1] == '[') {
            const char arrow = keys[i + 2];
            key = arrow == 'A'   ? 'k'
                  : arrow == 'B' ? 'j'
                  : arrow == '5' ? 'b'
                  : arrow == '6' ? ' '
                                 : 0;
            i += arrow == '5' || arrow == '6' ? 3 : 2;
        }
        switch (key) {
        case 'q':
            return false;
        case 'j':
            s->top++;
            break;
        case 'k':
            s->top -= s->top > 0;
            break;
        case ' ':
            s->top += page;
            break;
        case 'b':
            s->top -= s->top > page ? page : s->top;
            break;
        case 'g':
            s->top = 0;
            break;
        case 'G':
            s->top = SIZE_MAX / 2;
            break;
        default:
            break;
        }
    }
    return true;
}

static void watch_screen(screen *s, nc_changes *changes, const nc_preview_options *options,
                         const char *path, nc_show how)
{
    struct pollfd fds[2] = {{.fd = changes->fd, .events = POLLIN},
                            {.fd = STDIN_FILENO, .events = POLLIN}};
    nc_terminal terminal;
    bool stale = true;

    while (!ended) {
        if (resized)
            stale = true;
        resized = 0;
        nc_terminal_look(&terminal, STDOUT_FILENO);
        if (stale)
            renew(s, options, path, how, &terminal);
        stale = false;
        paint(s, path, how, &terminal);
        if (wait_for(fds, 2) < 0)
            continue; /* a signal, which the loop looks at */
        if (fds[0].revents && nc_changes_take(changes)) {
            while (poll(fds, 1, QUIET_MS) > 0 && !ended)
                (void)nc_changes_take(changes);
            stale = true;
        }
        if (fds[1].revents & POLLIN && !take_keys(s, &terminal))
            break;
        if (fds[1].revents & (POLLHUP | POLLERR | POLLNVAL))
            fds[1].fd = -1;
    }
}

nc_exit nc_preview_watch(const nc_preview_options *options, const char *path, nc_show how)
{
    screen s = {0};
    nc_changes changes;

    if (!nc_changes_open(&changes, path)) {
        nc_report_error(NC_CODE_READ, path, "cannot be watched: %s", strerror(errno));
        nc_changes_release(&changes);
        return NC_EXIT_USAGE;
    }
    listen_to_signals();
    nc_terminal_enter();
    watch_screen(&s, &changes, options, path, how);
    nc_terminal_leave();
    nc_changes_release(&changes);
    nc_str_release(&s.picture);
    nc_str_release(&s.messages);
    return NC_EXIT_DONE;
}
