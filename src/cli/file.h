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
/* A device or a pipe: something that is written through, whatever its name. */
/* A device that people look at; false for what cannot be opened. */
bool nc_is_terminal(const char *path);
bool nc_is_device(const char *path);
/* Makes a folder and those above it; what is wrong is reported. */
bool nc_directory_make(const char *path);
/* Whether both paths exist and are one file. */
bool nc_is_same_file(const char *a, const char *b);
/* Whether the file begins like a picture of nacre's own making. */
bool nc_has_mark(const char *path);

#endif
