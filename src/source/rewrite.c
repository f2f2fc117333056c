#include "source/rewrite.h"

void nc_rewrite_init(nc_rewrite *r, nc_arena *a, const nc_mapped *in)
{
    *r = (nc_rewrite){.arena = a, .in = in};
    /* most steps change little: one allocation for all of it */
    if (!NC_FIT(a, &r->bytes, (uint32_t)in->text.len + 16))
        r->failed = true;
}

static void append(nc_rewrite *r, const char *ptr, size_t len)
{
    if (r->failed || !len)
        return;
    if (len > UINT32_MAX / 4 || !NC_FIT(r->arena, &r->bytes, (uint32_t)len)) {
        r->failed = true;
        return;
    }
    memcpy(r->bytes.ptr + r->bytes.len, ptr, len);
    r->bytes.len += (uint32_t)len;
}

/* The bytes from here on stand at origin; nothing to do when the piece before says so already. */
static void add_piece(nc_rewrite *r, uint32_t origin)
{
    nc_offset_piece piece = {r->bytes.len, origin};
    if (r->pieces.len) {
        nc_offset_piece *last = &r->pieces.ptr[r->pieces.len - 1];
        if (last->text == piece.text) {
            *last = piece;
            return;
        }
        if (piece.text - last->text == piece.origin - last->origin)
            return;
    }
    if (!NC_PUSH(r->arena, &r->pieces, piece))
        r->failed = true;
}

void nc_rewrite_keep(nc_rewrite *r, size_t from, size_t to)
{
    const nc_offset_map *map = &r->in->map;
    if (from >= to)
        return;
    while (r->next + 1 < map->len && map->pieces[r->next + 1].text <= from)
        r->next++;
    while (from < to) {
        size_t end = r->next + 1 < map->len ? map->pieces[r->next + 1].text : SIZE_MAX;
        if (end > to)
            end = to;
        add_piece(r, nc_offset_origin(map, (uint32_t)from));
        append(r, r->in->text.ptr + from, end - from);
        from = end;
        if (from < to)
            r->next++;
    }
}

void nc_rewrite_put(nc_rewrite *r, nc_sv text, size_t at)
{
    if (!text.len)
        return;
    add_piece(r, nc_offset_origin(&r->in->map, (uint32_t)at));
    append(r, text.ptr, text.len);
}

bool nc_rewrite_end(nc_mapped *out, nc_rewrite *r)
{
    *out = (nc_mapped){0};
    if (r->failed)
        return false;
    out->text = (nc_sv){r->bytes.ptr, r->bytes.len};
    out->map = (nc_offset_map){r->pieces.ptr, r->pieces.len, r->in->map.origin_len};
    return true;
}
