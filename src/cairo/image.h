/* Images in PNG: decoding by libpng, drawing by cairo. */
#ifndef NC_CAIRO_IMAGE_H
#define NC_CAIRO_IMAGE_H

#include "scene/scene.h"

#include <cairo.h>

bool nc_cairo_png_is_sound(nc_sv bytes);

/* False when it cannot be decoded or memory is out. */
NC_MUST_USE bool nc_cairo_image(cairo_t *cr, const nc_image_item *item);

#endif
