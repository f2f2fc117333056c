/*
 * Patterns of paths, as in .gitignore: `*` and `?` stand for characters other than `/`, `**` for any,
 * a leading or inner `** /` (without the blank) for any folders or none, `[a-z]` and `[!a-z]` for one
 * of a set; a backslash takes the next character as it is.
 */
#ifndef NC_GLOB_H
#define NC_GLOB_H

#include <stdbool.h>
#include <stddef.h>

typedef struct nc_glob nc_glob;

nc_glob *nc_glob_new(const char *pattern);
void nc_glob_drop(nc_glob *glob);

/* The pattern has no `/`, except at its end: it is meant for names, not for paths. */
bool nc_glob_is_name(const nc_glob *glob);
/* All of the text; time is at most its length times that of the pattern. */
bool nc_glob_matches(const nc_glob *glob, const char *text);

#endif
