#include "cli/options.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/complete.h"
#include "cli/report.h"
#include "cli/str.h"

enum {
    HELP_COLUMN = 28, /* where the explanations of help begin */
    WORD_MAX = 32     /* longer words are nobody's slip */
};

/* Optimal string alignment distance; SIZE_MAX for words that are too long to be compared. */
static size_t word_distance(const char *a, const char *b)
{
    const size_t n = strlen(a);
    const size_t m = strlen(b);
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0];
    size_t *last = rows[1];
    size_t *now = rows[2];

    if (n > WORD_MAX || m > WORD_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= m; j++)
        last[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *const spare = before;

        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
        before = last;
        last = now;
        now = spare;
    }
    return last[m];
}

const char *nc_word_nearest(const char *word, const char *const *list)
{
    const char *best = NULL;
    size_t best_distance = strlen(word) / 3 + 2;

    for (; *list; list++) {
        const size_t distance = word_distance(word, *list);
        if (distance < best_distance) {
            best_distance = distance;
            best = *list;
        }
    }
    return best;
}

static void print_option(const nc_option *option)
{
    nc_str left = {0};
    const char *line = option->help;

    nc_str_fmt(&left, option->letter ? "  -%c, " : "      ", option->letter);
    nc_str_fmt(&left, "--%s", option->name);
    if (option->value)
        nc_str_fmt(&left, " %s", option->value);
    if (left.len + 2 > HELP_COLUMN) {
        printf("%s\n", left.ptr);
        nc_str_clear(&left);
    }
    for (;;) {
        const char *const end = strchr(line, '\n');
        printf("%-*s%.*s\n", HELP_COLUMN, left.ptr, end ? (int)(end - line) : (int)strlen(line),
               line);
        if (!end)
            break;
        line = end + 1;
        nc_str_clear(&left);
    }
    nc_str_release(&left);
}

static void print_help(const nc_command *command)
{
    static const nc_option help = {0, "help", NC_TAKES_NOTHING, NULL, NULL, "this text", 0};

    printf("usage: nacre %s [OPTION]... %s\n%s\n\noptions:\n", command->name, command->operands,
           command->summary);
    for (size_t i = 0; i < command->option_len; i++)
        print_option(&command->options[i]);
    print_option(&help);
    printf("\n%s", command->details);
}

const nc_option *nc_option_named(const nc_command *command, const char *name, size_t len)
{
    for (size_t i = 0; i < command->option_len; i++) {
        const nc_option *const option = &command->options[i];
        if (strlen(option->name) == len && memcmp(option->name, name, len) == 0)
            return option;
    }
    return NULL;
}

const nc_option *nc_option_lettered(const nc_command *command, char letter)
{
    for (size_t i = 0; i < command->option_len; i++) {
        if (command->options[i].letter == letter)
            return &command->options[i];
    }
    return NULL;
}

static nc_parsed unknown_long(const nc_command *command, const char *name)
{
    const char **const names = nc_alloc_must((command->option_len + 2) * sizeof(*names));
    const char *near;

    for (size_t i = 0; i < command->option_len; i++)
        names[i] = command->options[i].name;
    names[command->option_len] = "help";
    names[command->option_len + 1] = NULL;
    near = nc_word_nearest(name, names);
    nc_report_error(NC_CODE_USAGE, NULL, "'%s' has no option '--%s'", command->name, name);
    if (near)
        nc_report_hint("did you mean '--%s'?", near);
    else
        nc_report_hint("'nacre %s --help' lists the options", command->name);
    free(names);
    return NC_PARSED_BAD;
}

static void complain_of_word(const nc_option *option, const char *value)
{
    nc_str list = {0};
    const char *const near = nc_word_nearest(value, option->words);

    for (int i = 0; option->words[i]; i++)
        nc_str_fmt(&list, i > 0 ? ", %s" : "%s", option->words[i]);
    nc_report_error(NC_CODE_USAGE, NULL, "'%s' is no value for '--%s'", value, option->name);
    if (near)
        nc_report_hint("did you mean '%s'? There are: %s", near, list.ptr);
    else
        nc_report_hint("there are: %s", list.ptr);
    nc_str_release(&list);
}

static bool set_word(const nc_option *option, const char *value, int *out)
{
    for (int i = 0; option->words[i]; i++) {
        if (strcmp(option->words[i], value) == 0) {
            *out = i;
            return true;
        }
    }
    complain_of_word(option, value);
    return false;
}

/* A whole number above 0; with units, K, M or G may stand behind it. */
static bool read_number(size_t *out, const char *text, bool units)
{
    static const char letters[] = "KMG";
    size_t value = 0;
    const char *p = text;

    for (; *p >= '0' && *p <= '9'; p++) {
        const size_t digit = (size_t)(*p - '0');
        if (value > (SIZE_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    if (units && p > text && *p) {
        const char *const letter = strchr(letters, *p++);
        const unsigned shift = letter ? 10 * (unsigned)(letter - letters + 1) : 0;
        if (!letter || value > SIZE_MAX >> shift)
            return false;
        value <<= shift;
    }
    *out = value;
    return value > 0 && *p == '\0';
}

static bool set_number(const nc_option *option, const char *value, bool units, size_t *out)
{
    if (read_number(out, value, units))
        return true;
    nc_report_error(NC_CODE_USAGE, NULL, "'%s' is no value for '--%s'", value, option->name);
    if (units)
        nc_report_hint("a whole number above 0; K, M or G behind it count in units of 1024");
    else
        nc_report_hint("a whole number above 0");
    return false;
}

static bool set_factor(const nc_option *option, const char *value, double *out)
{
    char *end;

    *out = strtod(value, &end);
    if (*value != '\0' && *end == '\0' && *out >= 0.01 && *out <= 100)
        return true;
    nc_report_error(NC_CODE_USAGE, NULL, "'%s' is no value for '--%s'", value, option->name);
    nc_report_hint("a number from 0.01 to 100");
    return false;
}

/* "4:3", or what it comes to. */
static bool set_ratio(const nc_option *option, const char *value, double *out)
{
    char *end;
    double height = 1;

    *out = strtod(value, &end);
    if (end > value && *end == ':') {
        const char *const second = end + 1;
        height = strtod(second, &end);
        end = end == second ? NULL : end;
    }
    *out /= height;
    if (*value != '\0' && end && *end == '\0' && *out >= 0.01 && *out <= 100)
        return true;
    nc_report_error(NC_CODE_USAGE, NULL, "'%s' is no value for '--%s'", value, option->name);
    nc_report_hint("two numbers with a colon between, as in 4:3");
    return false;
}

static void add_to_list(nc_operands *list, const char *value)
{
    list->list = nc_realloc_must(list->list, (list->len + 1) * sizeof(*list->list));
    list->list[list->len++] = value;
}

static bool set_value(const nc_option *option, const char *value, void *values)
{
    void *const field = (char *)values + option->offset;

    switch (option->takes) {
    case NC_TAKES_NOTHING:
        *(bool *)field = true;
        return true;
    case NC_TAKES_TEXT:
        *(const char **)field = value;
        return true;
    case NC_TAKES_WORD:
        return set_word(option, value, field);
    case NC_TAKES_NUMBER:
        return set_number(option, value, false, field);
    case NC_TAKES_BYTES:
        return set_number(option, value, true, field);
    case NC_TAKES_FACTOR:
        return set_factor(option, value, field);
    case NC_TAKES_RATIO:
        return set_ratio(option, value, field);
    case NC_TAKES_LIST:
    case NC_TAKES_REST:
        add_to_list(field, value);
        return true;
    }
    return false;
}

/* The value of an option, which stands at *at, and those behind it of one that takes several. */
static nc_parsed set_values(const nc_option *option, const char *value, int argc, char **argv,
                            int *at, void *values)
{
    if (!set_value(option, value, values))
        return NC_PARSED_BAD;
    while (option->takes == NC_TAKES_REST && *at + 1 < argc && argv[*at + 1][0] != '-')
        set_value(option, argv[++*at], values);
    return NC_PARSED;
}

/* One word that begins with "--": *at is its index and moves over a value in the next word. */
static nc_parsed parse_long(const nc_command *command, int argc, char **argv, int *at, void *values)
{
    const char *const name = argv[*at] + 2;
    const char *const equals = strchr(name, '=');
    const size_t len = equals ? (size_t)(equals - name) : strlen(name);
    const nc_option *const option = nc_option_named(command, name, len);
    const char *value = equals ? equals + 1 : NULL;

    if (!option && len == 4 && memcmp(name, "help", 4) == 0) {
        print_help(command);
        return NC_PARSED_HELP;
    }
    if (!option)
        return unknown_long(command, name);
    if (!option->value && value) {
        nc_report_error(NC_CODE_USAGE, NULL, "'--%s' takes no value", option->name);
        return NC_PARSED_BAD;
    }
    if (option->value && !value) {
        if (*at + 1 >= argc) {
            nc_report_error(NC_CODE_USAGE, NULL, "'--%s' needs a value: %s", option->name,
                            option->value);
            return NC_PARSED_BAD;
        }
        value = argv[++*at];
    }
    return set_values(option, value, argc, argv, at, values);
}

/* One word of letters: flags, the last of them may be an option whose value follows. */
static nc_parsed parse_letters(const nc_command *command, int argc, char **argv, int *at,
                               void *values)
{
    for (const char *p = argv[*at] + 1; *p; p++) {
        const nc_option *const option = nc_option_lettered(command, *p);
        const char *value = NULL;

        if (!option && *p == 'h') {
            print_help(command);
            return NC_PARSED_HELP;
        }
        if (!option) {
            nc_report_error(NC_CODE_USAGE, NULL, "'%s' has no option '-%c'", command->name, *p);
            nc_report_hint("'nacre %s --help' lists the options", command->name);
            return NC_PARSED_BAD;
        }
        if (option->value) {
            value = p[1] ? p + 1 : *at + 1 < argc ? argv[++*at] : NULL;
            if (!value) {
                nc_report_error(NC_CODE_USAGE, NULL, "'-%c' needs a value: %s", *p, option->value);
                return NC_PARSED_BAD;
            }
        }
        if (set_values(option, value, argc, argv, at, values) != NC_PARSED)
            return NC_PARSED_BAD;
        if (value)
            break;
    }
    return NC_PARSED;
}

nc_parsed nc_options_parse(const nc_command *command, int argc, char **argv, void *values,
                           nc_operands *operands)
{
    bool only_operands = false;

    operands->list = nc_alloc_must((size_t)argc * sizeof(*operands->list));
    operands->len = 0;
    if (argc > 1 && strcmp(argv[1], NC_COMPLETE_WORD) == 0) {
        nc_complete_options(command, argc - 2, argv + 2);
        return NC_PARSED_HELP;
    }
    for (int i = 1; i < argc; i++) {
        const char *const word = argv[i];
        nc_parsed parsed = NC_PARSED;

        if (only_operands || word[0] != '-' || word[1] == '\0')
            operands->list[operands->len++] = word;
        else if (strcmp(word, "--") == 0)
            only_operands = true;
        else if (word[1] == '-')
            parsed = parse_long(command, argc, argv, &i, values);
        else
            parsed = parse_letters(command, argc, argv, &i, values);
        if (parsed != NC_PARSED)
            return parsed;
    }
    return NC_PARSED;
}
