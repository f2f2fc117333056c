#include "document/document.h"

#include "document/fences.h"
#include "document/links.h"

static nc_sv first_line_end(nc_sv bytes)
{
    size_t at = 0;
    nc_sv line = nc_line_take(bytes, &at);
    return at > line.len ? nc_sv_slice(bytes, line.len, at) : NC_SV("\n");
}

bool nc_document_scan(nc_document *out, nc_arena *a, nc_sv bytes)
{
    *out = (nc_document){.bytes = bytes, .line_end = first_line_end(bytes)};
    nc_tree tree;
    bool ok = nc_tree_read(&tree, a, bytes) && nc_fences_find(out, a, &tree) &&
              nc_links_find(out, a, &tree);
    nc_tree_release(&tree);
    return ok;
}
