/* The formats that pictures are written in. */
#ifndef NC_FORMAT_H
#define NC_FORMAT_H

#include <nacre/nacre.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct nc_format {
    const char *name;
    const char *suffix;
    nacre_format id;
    bool binary;
} nc_format;

enum { NC_FORMAT_COUNT = 5 };

/* Chosen formats in the order people asked for. */
typedef struct nc_formats {
    const nc_format *list[NC_FORMAT_COUNT];
    size_t len;
} nc_formats;

/* "svg,png"; what is wrong is reported. */
bool nc_formats_parse(nc_formats *out, const char *names);

/* The one that the suffix of a path names, or NULL. */
const nc_format *nc_format_of_path(const char *path);
/* "svg" */
const nc_format *nc_format_default(void);

#endif
