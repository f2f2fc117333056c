/* A file whose places people are told: lines, columns, and the line itself with marks below. */
#ifndef NC_HOST_H
#define NC_HOST_H

#include "cli/str.h"

/* Lines end with LF, CR LF or CR. Zero line_starts: found when the first place is asked for. */
typedef struct nc_host {
    const char *path; /* as people name it */
    const char *text; /* borrowed */
    size_t len;
    size_t *line_starts;
    size_t line_len;
} nc_host;

void nc_host_release(nc_host *host);

/* From 1; columns count characters, the byte order mark of a file is none. */
typedef struct nc_host_place {
    size_t line, column;
} nc_host_place;

/* offset: at most host->len. */
nc_host_place nc_host_find(nc_host *host, size_t offset);

/* The line of start and marks under [start, end) of it, of a long line the part around them. */
void nc_host_excerpt(nc_str *out, nc_host *host, size_t start, size_t end);

#endif
