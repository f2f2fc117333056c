/* nacre-serve: the diagrams of a folder in the browser. `nacre serve` runs it. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/drawing.h"
#include "cli/output.h"
#include "cli/report.h"
#include "preview/changes.h"
#include "serve/server.h"

enum { DEFAULT_PORT = 7357, QUIET_MS = 60 };

typedef struct serve_options {
    size_t port; /* 0: not said */
    bool any_port;
    bool no_config;
    int fonts; /* index of nc_font_words */
    nc_limit_options limits;
} serve_options;

static const nc_option serve_table[] = {
    {'p', "port", NC_TAKES_NUMBER, "N", NULL, "where to listen, on 127.0.0.1 (7357)",
     offsetof(serve_options, port)},
    {0, "any-port", NC_TAKES_NOTHING, NULL, NULL, "listen on a port that is free",
     offsetof(serve_options, any_port)},
    {0, "no-config", NC_TAKES_NOTHING, NULL, NULL, "do not look for nacre.yaml",
     offsetof(serve_options, no_config)},
    {0, "fonts", NC_TAKES_WORD, "WHICH", nc_font_words, NC_FONTS_HELP,
     offsetof(serve_options, fonts)},
    NC_LIMIT_ROWS(serve_options),
};

/* What a signal handler writes to and the loop waits for. */
static int wake[2] = {-1, -1};

static void on_signal(int number)
{
    const char byte = (char)number;
    const int kept = errno;
    const ssize_t ignored = write(wake[1], &byte, 1);

    (void)ignored;
    errno = kept;
}

static bool listen_to_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal};
    struct sigaction deaf = {.sa_handler = SIG_IGN};

    if (pipe(wake) != 0)
        return false;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        (void)sigaction(numbers[i], &action, NULL);
    (void)sigaction(SIGPIPE, &deaf, NULL); /* a page that goes while it is written to */
    return true;
}

/* Until a signal: changes on the disk become news for the pages. */
static void wait_and_tell(nc_server *server, nc_changes *changes)
{
    struct pollfd fds[2] = {{.fd = wake[0], .events = POLLIN},
                            {.fd = changes->fd, .events = POLLIN}};

    for (;;) {
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            return;
        if (fds[0].revents)
            return;
        if (!(fds[1].revents & POLLIN) || !nc_changes_take(changes))
            continue;
        /* editors write a file in several steps, and branches are changed file by file */
        while (poll(&fds[1], 1, QUIET_MS) > 0)
            (void)nc_changes_take(changes);
        nc_server_change(server);
    }
}

static nc_exit serve_site(const nc_site *site, const serve_options *options)
{
    const size_t port = options->any_port ? 0 : options->port ? options->port : DEFAULT_PORT;
    nc_server *server;
    nc_changes changes;

    if (!nc_changes_open(&changes, site->path)) {
        nc_report_error(NC_CODE_READ, site->path, "cannot be watched: %s", strerror(errno));
        nc_changes_release(&changes);
        return NC_EXIT_USAGE;
    }
    server = nc_server_start(site, (uint16_t)port);
    if (!server) {
        nc_report_error(NC_CODE_USAGE, NULL, "cannot listen on port %zu: %s", port,
                        strerror(errno));
        nc_report_hint("--any-port takes one that is free");
        nc_changes_release(&changes);
        return NC_EXIT_USAGE;
    }
    printf("http://127.0.0.1:%u/\n", (unsigned)nc_server_port(server));
    (void)fflush(stdout);
    wait_and_tell(server, &changes);
    nc_server_stop(server);
    nc_changes_release(&changes);
    return NC_EXIT_DONE;
}

static nc_exit serve(const serve_options *options, const char *path)
{
    nc_site site = {.no_config = options->no_config,
                    .fonts = nc_font_choice(options->fonts),
                    .limits = options->limits};
    nc_exit outcome = NC_EXIT_USAGE;

    if (options->port > UINT16_MAX || (options->port && options->any_port)) {
        nc_report_error(NC_CODE_USAGE, NULL,
                        "'--port' takes a number up to 65535, or else '--any-port'");
        return NC_EXIT_USAGE;
    }
    if (!listen_to_signals())
        nc_report_error(NC_CODE_USAGE, NULL, "cannot listen to signals: %s", strerror(errno));
    else if (nc_site_open(&site, path))
        outcome = serve_site(&site, options);
    nc_site_release(&site);
    return outcome;
}

static nc_exit run(const nc_command *command, int argc, char **argv)
{
    serve_options options = {0};
    nc_operands operands;
    const nc_parsed parsed = nc_options_parse(command, argc, argv, &options, &operands);
    nc_exit outcome = parsed == NC_PARSED_HELP ? NC_EXIT_DONE : NC_EXIT_USAGE;

    if (parsed == NC_PARSED && operands.len > 1)
        nc_report_error(NC_CODE_USAGE, NULL, "'serve' takes one folder or file");
    else if (parsed == NC_PARSED)
        outcome = serve(&options, operands.len ? operands.list[0] : ".");
    free(operands.list);
    return outcome;
}

static const nc_command command = {
    .name = "serve",
    .operands = "[PATH]",
    .summary = "Show the diagrams of a folder in the browser, live.",
    .details =
        "PATH is a folder (the working one when nothing is said) or a file. The page's address is\n"
        "written to standard output; it is reached from this machine only. Ctrl-C ends it.\n"
        "Exit status: 0 done, 2 usage or input and output.\n",
    .options = serve_table,
    .option_len = sizeof(serve_table) / sizeof(serve_table[0]),
    .run = run,
};

int main(int argc, char **argv)
{
    return (int)command.run(&command, argc, argv);
}
