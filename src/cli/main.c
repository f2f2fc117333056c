/*
 * The program: finds the command in a table and runs it. It never calls setlocale: what nacre
 * writes is the same everywhere.
 */
#include <fcntl.h>
#include <nacre/nacre.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/complete.h"
#include "cli/output.h"
#include "cli/path.h"
#include "cli/report.h"
#include "cli/str.h"

static const nc_command *const commands[] = {
    &nc_render_command,  &nc_check_command, &nc_extract_command, &nc_dump_command,
    &nc_preview_command, &nc_serve_command, &nc_mmdc_command};
enum { COMMAND_COUNT = sizeof(commands) / sizeof(commands[0]) };

static void print_usage(FILE *to)
{
    fputs("usage: nacre COMMAND [OPTION]... [INPUT]...\n"
          "Mermaid diagrams become pictures.\n\ncommands:\n",
          to);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(to, "  %-10s%s\n", commands[i]->name, commands[i]->summary);
    fputs("\n'nacre COMMAND --help' says more. 'nacre --version' names this build and its fonts.\n",
          to);
}

static const nc_command *lookup(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

static nc_exit unknown(const char *name)
{
    const char *names[COMMAND_COUNT + 1] = {NULL};
    const char *near;

    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i]->name;
    near = nc_word_nearest(name, names);
    nc_report_error(NC_CODE_USAGE, NULL, "there is no %s '%s'",
                    name[0] == '-' && name[1] ? "option" : "command", name);
    if (near)
        nc_report_hint("did you mean '%s'?", near);
    else if (access(name, F_OK) == 0)
        nc_report_hint("to draw a file: 'nacre render %s'", name);
    else
        nc_report_hint("'nacre --help' lists the commands");
    return NC_EXIT_USAGE;
}

/*
 * nacre complete WORD...: what a shell may offer for the last of the words behind "nacre". It stands
 * in no list of commands: nobody types it.
 */
static nc_exit complete(int argc, char **argv)
{
    const char *const word = argc > 0 ? argv[argc - 1] : "";
    const bool names_command = argc > 1 && strcmp(argv[0], "help") != 0;
    const nc_command *const command = names_command ? lookup(argv[0]) : NULL;
    static char complete_word[] = NC_COMPLETE_WORD;

    if (command) {
        char **const words = nc_alloc_must(((size_t)argc + 2) * sizeof(*words));
        nc_exit outcome;

        words[0] = argv[0];
        words[1] = complete_word;
        memcpy(words + 2, argv + 1, ((size_t)argc - 1) * sizeof(*words));
        words[argc + 1] = NULL;
        outcome = command->run(command, argc + 1, words);
        free(words);
        return outcome;
    }
    if (argc > 2 || names_command)
        return NC_EXIT_DONE;
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        nc_complete_put(word, commands[i]->name, commands[i]->summary);
    if (argc < 2) {
        nc_complete_put(word, "help", "Say more of a command.");
        nc_complete_put(word, "--help", "The list of commands.");
        nc_complete_put(word, "--version", "This build and its fonts.");
    }
    return NC_EXIT_DONE;
}

/* A file opened later must not become what a closed standard stream was; using it is an error. */
static void keep_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            _exit(NC_EXIT_USAGE);
    }
}

static nc_exit run(int argc, char **argv)
{
    const char *const name = argc > 1 ? argv[1] : NULL;
    const nc_command *command;

    /* a link of that name stands in for Mermaid CLI */
    if (argc > 0 && strcmp(nc_path_name(argv[0]), nc_mmdc_command.name) == 0)
        return nc_mmdc_command.run(&nc_mmdc_command, argc, argv);
    if (!name) {
        print_usage(stderr);
        return NC_EXIT_USAGE;
    }
    if (strcmp(name, "--version") == 0) {
        printf("nacre %s\n", nacre_version());
        for (size_t i = 0; nacre_version_font(i); i++)
            printf("%s\n", nacre_version_font(i));
        return NC_EXIT_DONE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_usage(stdout);
        return NC_EXIT_DONE;
    }
    if (strcmp(name, "help") == 0) {
        static char help[] = "--help";
        char *words[] = {name == argv[1] ? argv[1] : NULL, help, NULL};

        if (argc < 3) {
            print_usage(stdout);
            return NC_EXIT_DONE;
        }
        command = lookup(argv[2]);
        return command ? command->run(command, 2, words) : unknown(argv[2]);
    }
    if (strcmp(name, "complete") == 0)
        return complete(argc - 2, argv + 2);
    command = lookup(name);
    return command ? command->run(command, argc - 1, argv + 1) : unknown(name);
}

int main(int argc, char **argv)
{
    nc_exit outcome;

    keep_standard_streams();
    nc_output_prepare();
    outcome = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        nc_report_error(NC_CODE_WRITE, "standard output", "cannot be written");
        outcome = NC_EXIT_USAGE;
    }
    return (int)outcome;
}
