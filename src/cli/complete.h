/*
 * What a shell can offer for a word that is being typed, read from the option tables: the completions
 * of all shells and --help know the same. Standard output gets a line for each candidate, with a tab
 * and what it means where there is more to say; ":files" and ":folders" stand for what shells find
 * better themselves.
 */
#ifndef NC_COMPLETE_H
#define NC_COMPLETE_H

#include "cli/command.h"

/* In place of the first argument it makes a command print candidates for the last of those behind. */
#define NC_COMPLETE_WORD "--complete-word"

/* A candidate, when it begins with `word`; meaning may be NULL, its line feeds become blanks. */
void nc_complete_put(const char *word, const char *candidate, const char *meaning);
/* Words of a command line of `command` without its name; the last one is being typed. */
void nc_complete_options(const nc_command *command, int argc, char **argv);

#endif
