#include "paint/paint.h"

#include <stdio.h>

typedef struct hash {
    uint64_t value;
} hash;

static void mix(hash *h, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < len; i++)
        h->value = (h->value ^ p[i]) * 1099511628211u; /* FNV-1a */
}

static void mix_number(hash *h, double v)
{
    char text[NC_NUM_MAX];
    mix(h, text, nc_fmt_num(text, v) + 1);
}

static void mix_sv(hash *h, nc_sv text)
{
    if (text.len)
        mix(h, text.ptr, text.len);
    mix(h, "", 1);
}

static uint64_t hash_of(const nc_scene *scene, uint64_t seed)
{
    hash h = {14695981039346656037u};
    mix(&h, &seed, sizeof seed);
    mix_number(&h, scene->w);
    mix_number(&h, scene->h);
    for (uint32_t i = 0; i < scene->items.len; i++) {
        const nc_item *item = &scene->items.ptr[i];
        if (item->kind == NC_ITEM_OPEN) {
            mix_sv(&h, item->as.group.id);
            mix_sv(&h, item->as.group.label);
        } else if (item->kind == NC_ITEM_SHAPE) {
            const nc_shape *shape = &item->as.shape;
            mix_number(&h, shape->x);
            mix_number(&h, shape->y);
            mix_number(&h, shape->w);
            mix_number(&h, shape->h);
            for (uint32_t k = 0; k < shape->path.point_len; k++) {
                mix_number(&h, shape->path.points[k].x);
                mix_number(&h, shape->path.points[k].y);
            }
        } else if (item->kind == NC_ITEM_TEXT) {
            mix_number(&h, item->as.text.x);
            mix_number(&h, item->as.text.y);
        }
    }
    return h.value;
}

void nc_svg_prefix(char out[static NC_PREFIX_MAX], const nc_scene *scene,
                   const nc_paint_options *options)
{
    if (options->id_prefix.len)
        snprintf(out, NC_PREFIX_MAX, "%.*s", (int)options->id_prefix.len, options->id_prefix.ptr);
    else
        snprintf(out, NC_PREFIX_MAX, "nacre-%08x",
                 (unsigned)(hash_of(scene, options->source_hash) >> 32));
}

void nc_paint_mark(char out[static NC_MARK_MAX], const nc_paint_options *options)
{
    snprintf(out, NC_MARK_MAX, "%d:%016llx", NC_DRAWING_REVISION,
             (unsigned long long)options->source_hash);
}
