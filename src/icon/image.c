#include "icon/image.h"

#include "module/module.h"

#include <stdio.h>

/* ---- PNG ----------------------------------------------------------------------------------- */

static uint32_t big_endian(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

bool nc_png_head(uint32_t *w, uint32_t *h, size_t *len, nc_sv bytes)
{
    static const char signature[] = {'\x89', 'P', 'N', 'G', '\r', '\n', '\x1a', '\n'};
    enum { HEAD = sizeof signature, FRAME = 12, IHDR = 13 };
    if (bytes.len < HEAD + FRAME + IHDR || memcmp(bytes.ptr, signature, HEAD) != 0 ||
        big_endian(bytes.ptr + HEAD) != IHDR || memcmp(bytes.ptr + HEAD + 4, "IHDR", 4) != 0)
        return false;
    *w = big_endian(bytes.ptr + HEAD + 8);
    *h = big_endian(bytes.ptr + HEAD + 12);
    for (size_t at = HEAD; bytes.len - at >= FRAME;) {
        const uint32_t size = big_endian(bytes.ptr + at);
        const bool last = memcmp(bytes.ptr + at + 4, "IEND", 4) == 0;
        if (size > bytes.len - at - FRAME)
            return false;
        at += FRAME + size;
        if (last) {
            *len = at;
            return *w > 0 && *h > 0;
        }
    }
    return false;
}

/* ---- data URIs ----------------------------------------------------------------------------- */

static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (nc_is_digit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static bool put_base64(nc_buf *out, nc_sv text)
{
    uint32_t bits = 0;
    int held = 0;
    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        const int digit = digit_of(text.ptr[i]);
        if (nc_is_space(text.ptr[i]))
            continue;
        if (digit < 0)
            return false;
        bits = bits << 6 | (uint32_t)digit;
        held += 6;
        if (held >= 8) {
            held -= 8;
            nc_buf_char(out, (char)(bits >> held & 0xFF));
        }
    }
    return true;
}

static bool put_data(nc_buf *out, const char **reason, nc_sv uri)
{
    static const nc_sv head = NC_SV_INIT("data:image/png;base64,");
    if (!nc_sv_eq_nocase(nc_sv_slice(uri, 0, head.len), head))
        *reason = "of data URIs only 'data:image/png;base64,' is shown";
    else if (!put_base64(out, nc_sv_slice(uri, head.len, uri.len)))
        *reason = "its base64 has other characters";
    return !*reason;
}

/* ---- finding ------------------------------------------------------------------------------- */

static bool is_data(nc_sv source)
{
    return nc_sv_eq_nocase(nc_sv_slice(source, 0, 5), NC_SV("data:"));
}

/* `https://...`: a scheme of two letters or more. */
static bool is_address(nc_sv source)
{
    size_t i = 0;
    while (i < source.len && (nc_is_word(source.ptr[i]) || strchr("+-.", source.ptr[i])))
        i++;
    return i > 1 && i < source.len && source.ptr[i] == ':';
}

static bool put_bytes(nc_buf *out, const char **reason, const nc_images *images, nc_sv source)
{
    if (is_data(source))
        return put_data(out, reason, source);
    if (is_address(source))
        *reason = "nothing is loaded from the network";
    else if (!images->read)
        *reason = "no folder of images is allowed";
    return !*reason && images->read(out, reason, source, images->payload);
}

/* Sizes first: nothing is decoded that claims to be larger than the limits. */
static const char *refusal(nc_image *image, nc_images *images, nc_sv bytes, nc_arena *arena)
{
    size_t len;
    nc_sv error;
    if (!nc_png_head(&image->w, &image->h, &len, bytes))
        return "it is no PNG";
    const uint64_t pixels = (uint64_t)image->w * image->h;
    if (len > NC_IMAGE_BYTES_MAX || pixels > NC_IMAGE_PIXELS_MAX || image->w > NC_IMAGE_SIDE_MAX ||
        image->h > NC_IMAGE_SIDE_MAX)
        return "it is larger than 8 MiB or 16 million pixels";
    if (images->bytes + len > NC_IMAGES_BYTES_MAX || images->pixels + pixels > NC_IMAGES_PIXELS_MAX)
        return "the images of this diagram are larger than 32 MiB or 64 million pixels";
    image->bytes = nc_sv_slice(bytes, 0, len);
    if (images->check_only)
        return NULL;
    const nc_module *module = nc_module_open(&error, arena, images->module_folder);
    if (!module)
        return "libnacre-cairo.so, which checks it, cannot be opened";
    if (!module->png_is_sound(image->bytes))
        return "libpng cannot read it";
    images->bytes += len;
    images->pixels += (size_t)pixels;
    return NULL;
}

static void report(const nc_images *images, nc_sv source, const char *reason, nc_span at)
{
    const nc_sv shown = is_data(source) ? NC_SV("data:...") : source;
    if (!images->diags)
        return;
    nc_diag_add(images->diags, NC_RULE_IMAGE, at, "the image '%.*s' is not shown: %s",
                NC_SV_ARG(shown), reason);
    if (!images->read && !is_data(source) && !is_address(source))
        nc_diag_hint(images->diags, "'--images DIR' names the folder it lies in");
}

static void mix(nc_images *images, nc_sv bytes)
{
    uint64_t hash = images->hash ? images->hash : 14695981039346656037u;
    for (size_t i = 0; i < bytes.len; i++)
        hash = (hash ^ (unsigned char)bytes.ptr[i]) * 1099511628211u; /* FNV-1a */
    images->hash = hash;
}

/* *out stays NULL when the image is refused. */
static bool read_image(nc_image **out, nc_images *images, nc_sv source, nc_span at)
{
    const char *reason = NULL;
    nc_image *image = NC_NEW(images->arena, nc_image, 1);
    nc_buf bytes;
    if (!image)
        return false;
    nc_buf_init(&bytes, &images->arena->from, (size_t)NC_IMAGE_BYTES_MAX + 1);
    const bool found = put_bytes(&bytes, &reason, images, source);
    if (bytes.failed)
        reason = "it is larger than 8 MiB";
    else if (found)
        reason = refusal(image, images, nc_buf_sv(&bytes), images->arena);
    bool ok = true;
    if (reason)
        report(images, source, reason, at);
    else
        ok = nc_arena_copy(&image->bytes, images->arena, image->bytes);
    if (!reason && !is_data(source))
        mix(images, image->bytes);
    nc_buf_release(&bytes);
    *out = reason ? NULL : image;
    return ok;
}

bool nc_image_find(const nc_image **out, nc_images *images, nc_sv source, nc_span at)
{
    nc_image *image = NULL;
    source = nc_sv_trim(source);
    const uint32_t known = nc_map_lookup(&images->known, source);
    if (known != NC_NONE) {
        *out = images->list.ptr[known];
        return true;
    }
    if (!read_image(&image, images, source, at) ||
        !nc_map_set(&images->known, images->arena, source, images->list.len) ||
        !NC_PUSH(images->arena, &images->list, image))
        return false;
    *out = image;
    return true;
}
