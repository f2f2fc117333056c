/*
 * The files that operands stand for: themselves, and of folders every diagram (.mmd, .mermaid) and
 * document (.md, .markdown) below. Hidden folders and node_modules are left out, and symbolic links
 * inside folders are not followed: a repository of strangers may link to anything.
 */
#ifndef NC_WALK_H
#define NC_WALK_H

#include "cli/finding.h"
#include "cli/options.h"

typedef struct nc_paths {
    char **list;
    size_t len, cap;
} nc_paths;

/*
 * In the order of the operands, within a folder in that of the bytes of their names; each file once
 * even when two operands lead to it. "-" becomes "-". What cannot be read and what is empty is added
 * to failures. excludes: globs; without a `/` they are about names, else about paths as they are
 * shown or from the named folder on. A named folder itself is not excluded. outputs: a folder that is
 * left out when it lies in another, since what is in it was made from the rest; NULL: none.
 */
void nc_walk(nc_paths *out, nc_findings *failures, const nc_operands *operands,
             const nc_operands *excludes, const char *outputs);
void nc_paths_release(nc_paths *paths);

#endif
