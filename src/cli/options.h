/*
 * The command line, read by a table: one row an option, one struct a command that the values land
 * in. Understood: -o V, -oV, --out V, --out=V, flags in one word (-ab), -- before operands, and -
 * as an operand.
 */
#ifndef NC_OPTIONS_H
#define NC_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct nc_command nc_command;

/* Borrowed from argv. */
typedef struct nc_operands {
    const char **list;
    size_t len;
} nc_operands;

/* What an option takes, and the type of its field. */
typedef enum nc_takes {
    NC_TAKES_NOTHING, /* a flag: bool */
    NC_TAKES_TEXT,    /* const char * */
    NC_TAKES_WORD,    /* int, an index into words */
    NC_TAKES_NUMBER,  /* size_t, 1 or more */
    NC_TAKES_BYTES,   /* the same; K, M or G behind the digits multiply by 1024 */
    NC_TAKES_FACTOR,  /* double, from 0.01 to 100 */
    NC_TAKES_RATIO,   /* double, W:H or a number, from 0.01 to 100 */
    NC_TAKES_LIST,    /* nc_operands: every use adds a text; list is allocated, free it */
    NC_TAKES_REST     /* the same, with the words behind it up to the next option */
} nc_takes;

typedef struct nc_option {
    char letter;      /* 0: none */
    const char *name; /* without its dashes */
    nc_takes takes;
    const char *value;        /* what help calls the value; NULL: there is none */
    const char *const *words; /* the only values there are, NULL at the end; else NULL */
    const char *help;         /* lines broken where help shall break them */
    size_t offset;            /* of the field */
} nc_option;

typedef enum nc_parsed { NC_PARSED, NC_PARSED_HELP, NC_PARSED_BAD } nc_parsed;

/*
 * Fills *values, a struct of the command's own that holds the defaults already. With --help it
 * prints the help, for a shell what can be typed (complete.h); a mistake is reported.
 * operands->list is allocated: free it.
 */
nc_parsed nc_options_parse(const nc_command *command, int argc, char **argv, void *values,
                           nc_operands *operands);

/* The option of that name (len bytes, without dashes) or letter, or NULL. */
const nc_option *nc_option_named(const nc_command *command, const char *name, size_t len);
const nc_option *nc_option_lettered(const nc_command *command, char letter);

/* The word of list (NULL at the end) that a slip of the keyboard may have meant, or NULL. */
const char *nc_word_nearest(const char *word, const char *const *list);

#endif
