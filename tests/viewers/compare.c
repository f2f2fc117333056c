/*
 * Whether a viewer shows a picture as nacre draws it.
 *
 *     compare OURS.png THEIRS.png < REGIONS
 *
 * REGIONS has a line for each piece of text: its box "x y width height" in pixels of OURS. Theirs is
 * stretched to the size of ours. Prints
 *
 *     outside F   pixels that differ where no text is, of all pixels there, in percent
 *     inside F    the same where text is
 *     lost N      pieces of text of whose ink less than a third is there
 *
 * A pixel differs when none of theirs within two pixels of its place is like it: viewers place edges
 * and glyphs at their own fractions. The room beside a text in which another font's glyphs may stand is
 * part of its region (see viewers.py).
 */
#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { REACH = 2, UNLIKE = 96, INK = 48 };

typedef struct image {
    cairo_surface_t *surface;
    const uint32_t *pixels;
    int width, height, stride;
} image;

typedef struct box {
    int left, top, right, bottom;
} box;

static bool load(image *out, const char *path, int width, int height)
{
    cairo_surface_t *file = cairo_image_surface_create_from_png(path);
    if (cairo_surface_status(file) != CAIRO_STATUS_SUCCESS)
        return false;
    double own_width = cairo_image_surface_get_width(file);
    double own_height = cairo_image_surface_get_height(file);
    out->width = width ? width : (int)own_width;
    out->height = height ? height : (int)own_height;
    out->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, out->width, out->height);
    cairo_t *cr = cairo_create(out->surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, out->width / own_width, out->height / own_height);
    cairo_set_source_surface(cr, file, 0, 0);
    cairo_paint(cr);
    cairo_destroy(cr);
    cairo_surface_destroy(file);
    cairo_surface_flush(out->surface);
    out->pixels = (const uint32_t *)(const void *)cairo_image_surface_get_data(out->surface);
    out->stride = cairo_image_surface_get_stride(out->surface) / 4;
    return true;
}

static uint32_t pixel(const image *i, int x, int y)
{
    return i->pixels[y * i->stride + x];
}

static int distance(uint32_t a, uint32_t b)
{
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int d = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        if (d > most)
            most = d;
    }
    return most;
}

static bool has_like(const image *other, uint32_t color, int x, int y)
{
    for (int dy = -REACH; dy <= REACH; dy++)
        for (int dx = -REACH; dx <= REACH; dx++) {
            int ox = x + dx;
            int oy = y + dy;
            if (ox >= 0 && oy >= 0 && ox < other->width && oy < other->height &&
                distance(color, pixel(other, ox, oy)) < UNLIKE)
                return true;
        }
    return false;
}

/* In both directions: something is missing, or something is there that should not be. */
static bool differs(const image *a, const image *b, int x, int y)
{
    return distance(pixel(a, x, y), pixel(b, x, y)) >= UNLIKE &&
           (!has_like(b, pixel(a, x, y), x, y) || !has_like(a, pixel(b, x, y), x, y));
}

static int ink(const image *i, box b)
{
    uint32_t ground = pixel(i, b.left, b.top);
    int n = 0;
    for (int y = b.top; y < b.bottom; y++)
        for (int x = b.left; x < b.right; x++)
            n += distance(ground, pixel(i, x, y)) > INK;
    return n;
}

static int clamp(double v, int most)
{
    return v < 0 ? 0 : v > most ? most : (int)v;
}

int main(int argc, char **argv)
{
    image ours;
    image theirs;
    if (argc != 3 || !load(&ours, argv[1], 0, 0) ||
        !load(&theirs, argv[2], ours.width, ours.height)) {
        fprintf(stderr, "cannot read the pictures\n");
        return 2;
    }
    bool *text = calloc((size_t)ours.width * (size_t)ours.height, sizeof *text);
    double x, y, w, h;
    int lost = 0;
    while (text && scanf("%lf %lf %lf %lf", &x, &y, &w, &h) == 4) {
        box b = {clamp(x, ours.width - 1), clamp(y, ours.height - 1), clamp(x + w, ours.width),
                 clamp(y + h, ours.height)};
        lost += 3 * ink(&theirs, b) < ink(&ours, b);
        for (int row = b.top; row < b.bottom; row++)
            for (int column = b.left; column < b.right; column++)
                text[row * ours.width + column] = true;
    }
    double bad[2] = {0, 0};
    double all[2] = {1, 1};
    for (int row = 0; text && row < ours.height; row++)
        for (int column = 0; column < ours.width; column++) {
            bool in = text[row * ours.width + column];
            all[in]++;
            bad[in] += differs(&ours, &theirs, column, row);
        }
    printf("outside %.3f\ninside %.3f\nlost %d\n", 100 * bad[0] / all[0], 100 * bad[1] / all[1],
           lost);
    free(text);
    cairo_surface_destroy(ours.surface);
    cairo_surface_destroy(theirs.surface);
    return 0;
}
