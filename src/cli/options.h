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

typedef struct nc_option {
    char letter;              /* 0: none */
    const char *name;         /* without its dashes */
    const char *value;        /* what help calls the value; NULL: a flag */
    const char *const *words; /* the only values there are, NULL at the end; NULL: any text */
    const char *help;         /* lines broken where help shall break them */
    size_t offset; /* of the field: bool for a flag, int (index into words), const char * */
} nc_option;

/* Borrowed from argv. */
typedef struct nc_operands {
    const char **list;
    size_t len;
} nc_operands;

typedef enum nc_parsed { NC_PARSED, NC_PARSED_HELP, NC_PARSED_BAD } nc_parsed;

/*
 * Fills *values, a struct of the command's own that holds the defaults already. With --help it
 * prints the help; a mistake is reported. operands->list is allocated: free it.
 */
nc_parsed nc_options_parse(const nc_command *command, int argc, char **argv, void *values,
                           nc_operands *operands);

/* The word of list (NULL at the end) that a slip of the keyboard may have meant, or NULL. */
const char *nc_word_nearest(const char *word, const char *const *list);

#endif
