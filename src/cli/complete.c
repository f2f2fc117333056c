#include "cli/complete.h"

#include <nacre/nacre.h>
#include <stdio.h>
#include <string.h>

#include "cli/str.h"

void nc_complete_put(const char *word, const char *candidate, const char *meaning)
{
    if (strncmp(word, candidate, strlen(word)) != 0)
        return;
    fputs(candidate, stdout);
    if (meaning)
        putchar('\t');
    for (const char *p = meaning ? meaning : ""; *p; p++)
        putchar(*p == '\n' ? ' ' : *p);
    putchar('\n');
}

/* In place of what stands from `at` on in a word: behind "--theme=", or "svg,". */
static void put_behind(const char *word, size_t at, const char *candidate)
{
    if (strncmp(word + at, candidate, strlen(word + at)) == 0)
        printf("%.*s%s\n", (int)at, word, candidate);
}

/* The value of an option: what of `word` stands before `at` stays as it is. */
static void put_value(const nc_option *option, const char *word, size_t at)
{
    static const char *const colors[] = {"transparent", "white", "black", NULL};
    static const char *const formats[] = {"svg", "png", "pdf", "txt", "ascii", NULL};
    const char *const *words = option->words;

    if (strcmp(option->value, "THEME") == 0) {
        for (size_t i = 0; nacre_theme_name(i); i++)
            put_behind(word, at, nacre_theme_name(i));
        return;
    }
    if (strcmp(option->value, "COLOR") == 0)
        words = colors;
    if (strcmp(option->value, "FORMAT[,...]") == 0) {
        const char *const comma = strrchr(word + at, ',');
        at = comma ? (size_t)(comma + 1 - word) : at;
        words = formats;
    }
    for (; words && *words; words++)
        put_behind(word, at, *words);
    if (!words && strstr(option->value, "FILE"))
        puts(":files");
    else if (!words && strstr(option->value, "DIR"))
        puts(":folders");
}

/* The option of a finished word whose value is the next word; NULL when there is none. */
static const nc_option *wants_next(const nc_command *command, const char *word)
{
    if (word[0] != '-' || word[1] == '\0')
        return NULL;
    if (word[1] == '-') {
        const nc_option *const option = nc_option_named(command, word + 2, strlen(word + 2));
        return option && option->value ? option : NULL;
    }
    for (const char *p = word + 1; *p; p++) {
        const nc_option *const option = nc_option_lettered(command, *p);
        if (!option)
            return NULL;
        if (option->value)
            return p[1] ? NULL : option;
    }
    return NULL;
}

static void put_names(const nc_command *command, const char *word)
{
    for (size_t i = 0; i < command->option_len; i++) {
        const nc_option *const option = &command->options[i];
        nc_str name = {0};

        if (option->letter) {
            const char letter[] = {'-', option->letter, '\0'};
            nc_complete_put(word, letter, option->help);
        }
        nc_str_fmt(&name, "--%s", option->name);
        nc_complete_put(word, name.ptr, option->help);
        nc_str_release(&name);
    }
    nc_complete_put(word, "--help", "options and operands");
}

/* A word that is an option, or one with its value behind "=". */
static void put_option(const nc_command *command, const char *word)
{
    const char *const equals = strchr(word, '=');
    const nc_option *option;

    if (!equals || word[1] != '-') {
        put_names(command, word);
        return;
    }
    option = nc_option_named(command, word + 2, (size_t)(equals - word) - 2);
    if (option && option->value)
        put_value(option, word, (size_t)(equals + 1 - word));
}

void nc_complete_options(const nc_command *command, int argc, char **argv)
{
    const char *const word = argc > 0 ? argv[argc - 1] : "";
    const nc_option *waiting = NULL;
    bool only_operands = false;

    for (int i = 0; i + 1 < argc; i++) {
        if (waiting || only_operands)
            waiting = NULL;
        else if (strcmp(argv[i], "--") == 0)
            only_operands = true;
        else
            waiting = wants_next(command, argv[i]);
    }
    if (waiting)
        put_value(waiting, word, 0);
    else if (word[0] == '-' && !only_operands)
        put_option(command, word);
    else
        puts(":files");
}
