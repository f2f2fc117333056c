#include "cairo/image.h"

#include "icon/image.h"

#include <png.h>
#include <stdlib.h>

/* libpng's own way to read a whole picture; sizes were held to the limits before. */
static unsigned char *decode(uint32_t *w, uint32_t *h, nc_sv bytes)
{
    png_image png = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&png, bytes.ptr, bytes.len))
        return NULL;
    png.format = PNG_FORMAT_RGBA;
    unsigned char *pixels = malloc(PNG_IMAGE_SIZE(png));
    if (!pixels || !png_image_finish_read(&png, NULL, pixels, 0, NULL)) {
        png_image_free(&png);
        free(pixels);
        return NULL;
    }
    *w = png.width;
    *h = png.height;
    return pixels;
}

bool nc_cairo_png_is_sound(nc_sv bytes)
{
    uint32_t w;
    uint32_t h;
    unsigned char *pixels = decode(&w, &h, bytes);
    free(pixels);
    return pixels != NULL;
}

static uint32_t times(uint32_t c, uint32_t a)
{
    return (c * a + 127) / 255;
}

/* cairo's pixels: native words, colours times alpha. */
static void fill_surface(cairo_surface_t *surface, const unsigned char *rgba, uint32_t w,
                         uint32_t h)
{
    unsigned char *data = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    cairo_surface_flush(surface);
    for (uint32_t y = 0; y < h; y++) {
        for (uint32_t x = 0; x < w; x++, rgba += 4) {
            const uint32_t a = rgba[3];
            const uint32_t pixel =
                a << 24 | times(rgba[0], a) << 16 | times(rgba[1], a) << 8 | times(rgba[2], a);
            memcpy(data + (size_t)y * (size_t)stride + (size_t)x * 4, &pixel, sizeof pixel);
        }
    }
    cairo_surface_mark_dirty(surface);
}

/* SVG takes the file as it is. A copy, since surfaces may outlive the scene. */
static void attach_file(cairo_surface_t *surface, nc_sv bytes)
{
    unsigned char *copy = malloc(bytes.len);
    if (!copy)
        return; /* cairo writes a file of its own then */
    memcpy(copy, bytes.ptr, bytes.len);
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_PNG, copy, bytes.len, free, copy) !=
        CAIRO_STATUS_SUCCESS)
        free(copy);
}

bool nc_cairo_image(cairo_t *cr, const nc_image_item *item)
{
    uint32_t w;
    uint32_t h;
    unsigned char *pixels = decode(&w, &h, item->image->bytes);
    if (!pixels)
        return false;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)w, (int)h);
    const bool ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (ok) {
        fill_surface(surface, pixels, w, h);
        attach_file(surface, item->image->bytes);
        cairo_save(cr);
        cairo_translate(cr, item->x, item->y);
        cairo_scale(cr, item->w / w, item->h / h);
        cairo_set_source_surface(cr, surface, 0, 0);
        cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD); /* no soft rim */
        cairo_rectangle(cr, 0, 0, w, h);
        cairo_fill(cr);
        cairo_restore(cr);
    }
    cairo_surface_destroy(surface);
    free(pixels);
    return ok;
}
