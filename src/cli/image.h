/* The Markdown that stands where a diagram stood. */
#ifndef NC_IMAGE_H
#define NC_IMAGE_H

#include "cli/str.h"

typedef struct nc_image {
    const char *file;
    const char *alt;
    const char *title;    /* "": none */
    double width, height; /* px */
} nc_image;

/* ![alt](file "title"), everything escaped; no title: left out. */
void nc_image_markdown(nc_str *out, const nc_image *image);
/* An <img> element with its size, for pictures that have more pixels than px. */
void nc_image_html(nc_str *out, const nc_image *image);

/* A path as a relative link: what a URL cannot hold is percent-encoded. */
void nc_url_put(nc_str *out, const char *path);

#endif
