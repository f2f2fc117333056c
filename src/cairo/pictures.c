#include "cairo/pictures.h"

#include "cairo/faces.h"
#include "cairo/system_font.h"

#include <math.h>
#include <stdlib.h>

/* px of an em: the one size that the bitmaps of Noto Color Emoji have. */
static const double resolution = 109;

typedef struct nc_picture {
    const nc_fallback_font *font;
    uint32_t glyph;
    cairo_surface_t *image; /* NULL: no ink */
    double left, top;       /* of the image, from the glyph's origin */
    bool failed;            /* its font cannot be opened, or memory is out */
} nc_picture;

void nc_pictures_release(nc_pictures *p)
{
    for (size_t i = 0; i < p->len; i++)
        cairo_surface_destroy(p->list[i].image);
    free(p->list);
    *p = (nc_pictures){0};
}

static void prepare(cairo_t *cr, cairo_font_face_t *face)
{
    cairo_font_options_t *options = nc_cairo_font_options();
    cairo_set_font_options(cr, options);
    cairo_font_options_destroy(options);
    cairo_set_font_face(cr, face);
    cairo_set_font_size(cr, resolution);
}

/* The ink of the glyph in whole px from its origin. */
static cairo_rectangle_int_t ink_of(cairo_font_face_t *face, cairo_glyph_t *glyph)
{
    cairo_surface_t *none = cairo_image_surface_create(CAIRO_FORMAT_A1, 1, 1);
    cairo_t *cr = cairo_create(none);
    cairo_text_extents_t ink = {0};
    prepare(cr, face);
    cairo_glyph_extents(cr, glyph, 1, &ink);
    cairo_rectangle_int_t box = {0, 0, 0, 0};
    double most = resolution * 16;
    if (cairo_status(cr) == CAIRO_STATUS_SUCCESS && ink.width > 0 && ink.height > 0 &&
        ink.width < most && ink.height < most && fabs(ink.x_bearing) < most &&
        fabs(ink.y_bearing) < most) {
        box.x = (int)floor(ink.x_bearing) - 1;
        box.y = (int)floor(ink.y_bearing) - 1;
        box.width = (int)ceil(ink.x_bearing + ink.width) + 1 - box.x;
        box.height = (int)ceil(ink.y_bearing + ink.height) + 1 - box.y;
    }
    cairo_destroy(cr);
    cairo_surface_destroy(none);
    return box;
}

static void make(nc_picture *picture, cairo_font_face_t *face)
{
    cairo_glyph_t glyph = {picture->glyph, 0, 0};
    cairo_rectangle_int_t box = ink_of(face, &glyph);
    if (box.width == 0)
        return;
    picture->image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, box.width, box.height);
    picture->left = box.x;
    picture->top = box.y;
    cairo_t *cr = cairo_create(picture->image);
    prepare(cr, face);
    glyph.x = -box.x;
    glyph.y = -box.y;
    cairo_show_glyphs(cr, &glyph, 1);
    picture->failed = cairo_status(cr) != CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
}

static const nc_picture *picture_of(nc_pictures *p, const nc_fallback_font *font, uint32_t glyph)
{
    for (size_t i = 0; i < p->len; i++) {
        if (p->list[i].glyph == glyph && p->list[i].font == font)
            return &p->list[i];
    }
    if (p->len == p->cap) {
        size_t cap = p->cap ? p->cap * 2 : 16;
        nc_picture *list = realloc(p->list, cap * sizeof *list);
        if (!list)
            return NULL;
        p->list = list;
        p->cap = cap;
    }
    nc_picture *new = &p->list[p->len++];
    *new = (nc_picture){.font = font, .glyph = glyph};
    cairo_font_face_t *face = nc_system_font_face(font);
    if (face)
        make(new, face);
    else
        new->failed = true;
    return new;
}

bool nc_pictures_paint(nc_pictures *p, cairo_t *cr, const nc_glyph_run *run, double x, double y)
{
    double scale = run->size / resolution;
    bool ok = true;
    for (uint32_t i = 0; i < run->len; i++) {
        const nc_picture *picture = picture_of(p, run->font, run->glyphs[i]);
        if (!picture || picture->failed)
            ok = false;
        if (!picture || !picture->image)
            continue;
        cairo_save(cr);
        cairo_translate(cr, x + run->xs[i], y + (run->ys ? run->ys[i] : 0));
        cairo_scale(cr, scale, scale);
        cairo_set_source_surface(cr, picture->image, picture->left, picture->top);
        cairo_paint(cr);
        cairo_restore(cr);
    }
    return ok;
}
