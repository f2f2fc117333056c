/* The page that the server hands out, embedded by the assembler. */
#ifndef NC_SERVE_ASSETS_H
#define NC_SERVE_ASSETS_H

#include <stddef.h>

typedef struct nc_asset {
    const char *path; /* "/" */
    const char *type;
    const char *start, *end;
} nc_asset;

/* NULL: there is no such one. */
const nc_asset *nc_asset_find(const char *path);

#endif
