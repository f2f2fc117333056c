/* The Markdown that stands where a diagram stood. */
#ifndef NC_IMAGE_H
#define NC_IMAGE_H

#include "cli/str.h"

/* ![alt](file "title"), everything escaped; no title: left out. */
void nc_image_markdown(nc_str *out, const char *alt, const char *file, const char *title);

/* A path as a relative link: what a URL cannot hold is percent-encoded. */
void nc_url_put(nc_str *out, const char *path);

#endif
