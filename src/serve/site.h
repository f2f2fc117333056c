/*
 * The diagrams below a path, as the server hands them out. Every call reads the disk anew; nothing
 * outside of the path is opened, not through links either. Calls from several threads are fine.
 */
#ifndef NC_SERVE_SITE_H
#define NC_SERVE_SITE_H

#include <nacre/nacre.h>

#include "cli/limits.h"
#include "cli/str.h"

typedef struct nc_site {
    const char *path; /* as people named it */
    char *root;       /* absolute, links resolved: the folder */
    char *only;       /* the one file that is served; NULL: all below */
    bool no_config;
    nacre_fonts fonts;
    nc_limit_options limits;
} nc_site;

/* False when the path cannot be read, which is reported. Release it either way. */
bool nc_site_open(nc_site *site, const char *path);
void nc_site_release(nc_site *site);

/* {"root": …, "documents": [{"path": …, "document": true, "diagrams": [{…}]}]} */
void nc_site_list(nc_str *out, const nc_site *site);

typedef struct nc_site_wish {
    const char *path;  /* relative to the root, as the list has it */
    size_t diagram;    /* from 1 */
    const char *theme; /* NULL: the document's */
    nacre_format format;
} nc_site_wish;

typedef enum nc_site_answer { NC_SITE_OK, NC_SITE_NONE, NC_SITE_BAD } nc_site_answer;

/* Title, size, and what is wrong with a diagram, as JSON. */
nc_site_answer nc_site_describe(nc_str *out, const nc_site *site, const nc_site_wish *wish);
/* The picture; NC_SITE_BAD: the diagram has errors. */
nc_site_answer nc_site_draw(nc_str *out, const nc_site *site, const nc_site_wish *wish);

#endif
