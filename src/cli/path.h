/* Paths as texts: nothing here asks the file system, except for the working directory. */
#ifndef NC_PATH_H
#define NC_PATH_H

#include <stdbool.h>
#include <stddef.h>

/* All results are allocated: the caller frees. A folder ends in '/' or is "" (the working one). */
char *nc_path_folder(const char *path);
/* Absolute, without ".", "..", and doubled slashes; links are not followed. Never ends in '/',
 * except "/" itself. */
char *nc_path_absolute(const char *path);
/* From one absolute folder to another: "../docs/", "" when they are the same. */
char *nc_path_relative(const char *from, const char *to);
char *nc_path_join(const char *folder, const char *name);

/* The last component; points into path. */
const char *nc_path_name(const char *path);
/* Whether the path ends in suffix (".md"), in capitals or not, with something before it. */
bool nc_path_has_suffix(const char *path, const char *suffix);

/* Bytes that a and b, both absolute, have in common as whole components: the folder above both. */
size_t nc_path_common(const char *a, const char *b);

#endif
