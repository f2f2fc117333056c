/* Files in, and what a path is to the file system. */
#ifndef NC_FILE_H
#define NC_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/finding.h"
#include "cli/str.h"

/* Most bytes of an input, unless --max-input says otherwise. */
#define NC_INPUT_MAX ((size_t)16 << 20)

/*
 * All of a file, or of stdin when path is NULL. What is wrong is added to failures. Stops above max
 * bytes.
 */
bool nc_file_load(nc_str *out, nc_findings *failures, const char *path, size_t max);
/* The same, reported. */
bool nc_file_read(nc_str *out, const char *path, size_t max);

bool nc_is_directory(const char *path);
/* Anything at all, also a link that leads nowhere. */
bool nc_is_there(const char *path);
/* A device that people look at; false for what cannot be opened. */
bool nc_is_terminal(const char *path);
/* A device or a pipe: something that is written through, whatever its name. */
bool nc_is_device(const char *path);
/* Makes a folder and those above it; what is wrong is added to failures. */
bool nc_directory_make(nc_findings *failures, const char *path);
/* Whether both paths exist and are one file. */
bool nc_is_same_file(const char *a, const char *b);
/*
 * The mark of a picture of nacre's own making ("12:0123456789abcdef", docs/svg.md), which says what
 * it was drawn from; false when the file is none. mark may be NULL.
 */
bool nc_file_mark(nc_str *mark, const char *path);

#endif
