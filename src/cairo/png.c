/*
 * PNG by libpng, tuned for drawings: few colours become a palette, no row filters (they cost more
 * time than they save bytes on flat areas), zlib level 2.
 */
#include "cairo/draw.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

enum {
    PALETTE_MAX = 256,
    SLOTS = 1024, /* of the palette's hash table: a power of two, four times the colours */
    ZLIB_LEVEL = 2,
};

/* cairo's pixels are premultiplied ARGB in a machine word. */
typedef struct palette {
    uint32_t colors[PALETTE_MAX];
    uint32_t len;
    uint32_t keys[SLOTS];
    int16_t index[SLOTS]; /* -1: free */
} palette;

typedef struct picture {
    const unsigned char *data;
    int width, height, stride;
} picture;

static int16_t *slot_of(palette *p, uint32_t color)
{
    uint32_t at = color * 2654435761u >> 22;
    while (p->index[at] >= 0 && p->keys[at] != color)
        at = (at + 1) & (SLOTS - 1);
    p->keys[at] = color;
    return &p->index[at];
}

static const uint32_t *row_of(const picture *pic, int y)
{
    return (const uint32_t *)(const void *)(pic->data + (size_t)y * (size_t)pic->stride);
}

/* False when there are more colours than a palette holds. */
static bool collect(palette *p, const picture *pic)
{
    p->len = 0;
    for (size_t i = 0; i < SLOTS; i++)
        p->index[i] = -1;
    for (int y = 0; y < pic->height; y++) {
        const uint32_t *row = row_of(pic, y);
        for (int x = 0; x < pic->width; x++) {
            if (x > 0 && row[x] == row[x - 1])
                continue;
            int16_t *slot = slot_of(p, row[x]);
            if (*slot >= 0)
                continue;
            if (p->len == PALETTE_MAX)
                return false;
            *slot = (int16_t)p->len;
            p->colors[p->len++] = row[x];
        }
    }
    return true;
}

static bool is_opaque(const picture *pic)
{
    for (int y = 0; y < pic->height; y++) {
        const uint32_t *row = row_of(pic, y);
        for (int x = 0; x < pic->width; x++)
            if (row[x] >> 24 != 255)
                return false;
    }
    return true;
}

/* Straight R, G, B, A of a premultiplied pixel. */
static void straight(png_byte out[static 4], uint32_t pixel)
{
    uint32_t a = pixel >> 24;
    for (int i = 0; i < 3; i++) {
        uint32_t c = pixel >> (16 - 8 * i) & 255;
        out[i] = (png_byte)(a ? (c * 255 + a / 2) / a : 0);
    }
    out[3] = (png_byte)a;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t len)
{
    nc_buf *out = png_get_io_ptr(png);
    nc_buf_put(out, nc_sv_from((const char *)bytes, len));
    if (out->failed)
        png_error(png, "no memory");
}

/* What is encoded, and how: decided before libpng, which jumps out of errors, is entered. */
typedef struct encoding {
    const picture *pic;
    palette *palette; /* NULL: more colours than one holds */
    int type;
    png_byte *line; /* scratch, 4 bytes a pixel */
    png_uint_32 per_meter;
    char *mark;
    char *source; /* NULL: none */
    size_t source_len;
} encoding;

static void write_palette(png_structp png, png_infop info, const palette *p)
{
    png_color colors[PALETTE_MAX] = {{0}};
    png_byte alpha[PALETTE_MAX] = {0};
    int transparent = 0; /* entries up to the last that is not opaque */
    for (uint32_t i = 0; i < p->len; i++) {
        png_byte rgba[4];
        straight(rgba, p->colors[i]);
        colors[i] = (png_color){rgba[0], rgba[1], rgba[2]};
        alpha[i] = rgba[3];
        if (rgba[3] != 255)
            transparent = (int)i + 1;
    }
    png_set_PLTE(png, info, colors, (int)p->len);
    if (transparent)
        png_set_tRNS(png, info, alpha, transparent, NULL);
}

/* Drawings are flat: most pixels are their left neighbour's. */
static void fill_indices(png_byte *to, const uint32_t *row, int width, palette *p)
{
    png_byte index = (png_byte)*slot_of(p, row[0]);
    for (int x = 0; x < width; x++) {
        if (x > 0 && row[x] != row[x - 1])
            index = (png_byte)*slot_of(p, row[x]);
        to[x] = index;
    }
}

static void fill_rgb(png_byte *to, const uint32_t *row, int width)
{
    for (int x = 0; x < width; x++, to += 3) {
        to[0] = (png_byte)(row[x] >> 16);
        to[1] = (png_byte)(row[x] >> 8);
        to[2] = (png_byte)row[x];
    }
}

static void fill_rgba(png_byte *to, const uint32_t *row, int width)
{
    for (int x = 0; x < width; x++)
        straight(to + (size_t)x * 4, row[x]);
}

static void fill_line(const encoding *e, const uint32_t *row)
{
    if (e->palette)
        fill_indices(e->line, row, e->pic->width, e->palette);
    else if (e->type == PNG_COLOR_TYPE_RGB)
        fill_rgb(e->line, row, e->pic->width);
    else
        fill_rgba(e->line, row, e->pic->width);
}

/* The mark, and the source when it is to be carried. */
static void write_texts(png_structp png, png_infop info, const encoding *e)
{
    static char mark_key[] = "nacre";
    static char source_key[] = "nacre-source";
    static char nothing[] = "";
    const png_text texts[] = {
        {.compression = PNG_TEXT_COMPRESSION_NONE, .key = mark_key, .text = e->mark},
        {.compression = PNG_ITXT_COMPRESSION_NONE,
         .key = source_key,
         .text = e->source,
         .itxt_length = e->source_len,
         .lang = nothing,
         .lang_key = nothing},
    };
    png_set_text(png, info, texts, e->source ? 2 : 1);
}

static void write_image(png_structp png, png_infop info, const encoding *e)
{
    png_set_IHDR(png, info, (png_uint_32)e->pic->width, (png_uint_32)e->pic->height, 8, e->type,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_compression_level(png, ZLIB_LEVEL);
    png_set_pHYs(png, info, e->per_meter, e->per_meter, PNG_RESOLUTION_METER);
    write_texts(png, info, e);
    if (e->palette)
        write_palette(png, info, e->palette);
    png_write_info(png, info);
    for (int y = 0; y < e->pic->height; y++) {
        fill_line(e, row_of(e->pic, y));
        png_write_row(png, e->line);
    }
    png_write_end(png, info);
}

static bool encode(nc_buf *out, const encoding *e)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    bool ok = info && !setjmp(png_jmpbuf(png));
    if (ok) {
        png_set_write_fn(png, out, write_bytes, NULL);
        write_image(png, info, e);
    }
    png_destroy_write_struct(&png, &info);
    return ok;
}

/* libpng wants a NUL behind it. */
static bool copy_source(encoding *e, nc_sv source)
{
    if (source.len == 0)
        return true;
    e->source = malloc(source.len + 1);
    if (!e->source)
        return false;
    memcpy(e->source, source.ptr, source.len);
    e->source[source.len] = '\0';
    e->source_len = source.len;
    return true;
}

static nc_cairo_status write_png(nc_buf *out, cairo_surface_t *surface, const nc_cairo_job *job)
{
    char mark[NC_MARK_MAX];
    nc_paint_mark(mark, job->options);
    cairo_surface_flush(surface);
    picture pic = {
        .data = cairo_image_surface_get_data(surface),
        .width = cairo_image_surface_get_width(surface),
        .height = cairo_image_surface_get_height(surface),
        .stride = cairo_image_surface_get_stride(surface),
    };
    palette *colors = malloc(sizeof *colors);
    encoding e = {
        .pic = &pic,
        .line = malloc((size_t)pic.width * 4),
        .per_meter = (png_uint_32)lround(96 * job->scale / 0.0254),
        .mark = mark,
    };
    bool ok = colors && e.line && copy_source(&e, job->options->source);
    if (ok) {
        e.palette = collect(colors, &pic) ? colors : NULL;
        e.type = e.palette         ? PNG_COLOR_TYPE_PALETTE
                 : is_opaque(&pic) ? PNG_COLOR_TYPE_RGB
                                   : PNG_COLOR_TYPE_RGBA;
        ok = encode(out, &e);
    }
    free(e.source);
    free(e.line);
    free(colors);
    return ok ? NC_CAIRO_OK : NC_CAIRO_NOMEM;
}

nc_cairo_status nc_cairo_png(nc_buf *out, nc_cairo_job *job)
{
    if (!nc_cairo_fits(job, job->scale))
        return NC_CAIRO_TOO_LARGE;
    double width = nc_cairo_side(job->scene->w, job->scale);
    double height = nc_cairo_side(job->scene->h, job->scale);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)width, (int)height);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, job->scale, job->scale);
    nc_cairo_ground(cr, job);
    bool drawn = nc_cairo_draw(cr, job, NC_CAIRO_TEXT_PATHS);
    nc_cairo_status result = nc_cairo_result(job, drawn, cairo_status(cr));
    cairo_destroy(cr);
    if (result == NC_CAIRO_OK)
        result = write_png(out, surface, job);
    cairo_surface_destroy(surface);
    return result;
}
