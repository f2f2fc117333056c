/*
 * Images: pictures in PNG that a diagram shows, out of its own text (data URIs) or from where the
 * user allows (a reader given in the options). Nothing is shown that libpng, asked through
 * libnacre-cairo.so, cannot read.
 */
#ifndef NC_IMAGE_H
#define NC_IMAGE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"

typedef struct nc_image {
    nc_sv bytes;   /* the file up to its end chunk */
    uint32_t w, h; /* px, above 0 */
} nc_image;

/* Appends the bytes of a name as the author wrote it; false with a reason (static) when it may not. */
typedef bool nc_image_read_fn(nc_buf *out, const char **reason, nc_sv name, void *payload);

enum {
    NC_IMAGE_BYTES_MAX = 8 << 20,    /* of one file */
    NC_IMAGE_PIXELS_MAX = 16 << 20,  /* of one picture */
    NC_IMAGES_BYTES_MAX = 32 << 20,  /* of all of a diagram */
    NC_IMAGES_PIXELS_MAX = 64 << 20, /* likewise */
    NC_IMAGE_SIDE_MAX = 16384
};

/* The images of one diagram; each is read and reported once. Zeroed but for the first fields. */
typedef struct nc_images {
    nc_arena *arena;
    nc_diags *diags;
    nc_image_read_fn *read; /* NULL: only data URIs */
    void *payload;
    const char *module_folder; /* module/module.h */
    bool check_only;           /* what needs the module or a file is taken to be there */
    nc_map known;
    NC_VEC(const nc_image *) list;
    size_t bytes, pixels;
    uint64_t hash; /* of the files that were read; 0: none was */
} nc_images;

/* *out is NULL, and reported at `at`, when the image cannot be shown. False without memory. */
NC_MUST_USE bool nc_image_find(const nc_image **out, nc_images *images, nc_sv source, nc_span at);

/*
 * Width and height in the header of a PNG whose chunks are sound, and its length up to the end chunk:
 * what stands behind it is cut off. False when it is none.
 */
bool nc_png_head(uint32_t *w, uint32_t *h, size_t *len, nc_sv bytes);

#endif
