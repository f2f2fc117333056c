/* Any bytes as a pack of icons, and as the body of one. */
#include "fuzz.h"

#include "icon/image.h"
#include "icon/parts.h"

#include <math.h>

static void check_icon(const nc_icon *icon)
{
    FUZZ_REQUIRE(icon->w > 0 && icon->h > 0);
    for (uint32_t i = 0; i < icon->len; i++) {
        const nc_path *path = &icon->shapes[i].path;
        uint32_t points = 0;
        for (uint32_t k = 0; k < path->verb_len; k++) {
            static const uint32_t counts[] = {1, 1, 3, 0};
            FUZZ_REQUIRE(k > 0 || path->verbs[k] == NC_MOVE);
            points += counts[path->verbs[k]];
        }
        FUZZ_REQUIRE(points == path->point_len);
        for (uint32_t k = 0; k < path->point_len; k++)
            FUZZ_REQUIRE(isfinite(path->points[k].x) && isfinite(path->points[k].y));
    }
}

static void read_body(nc_arena *a, nc_sv text)
{
    nc_icon icon = {.w = 16, .h = 16};
    nc_sv refused;
    const nc_matrix same = NC_MATRIX_IDENTITY;
    FUZZ_REQUIRE(nc_drawing_read(&icon, &refused, a, text, &same));
    check_icon(&icon);
}

static void read_pack(nc_arena *a, nc_sv text)
{
    static const char *const names[] = {"p:a", "p:b", "p:turned", "p:nothing", "fa:car"};
    char error[NC_PACK_ERROR_MAX];
    nc_diags diags;
    nc_icon_packs *packs = nc_icon_packs_new(NULL);
    nc_diags_init(&diags, a);
    if (nc_icon_packs_add(packs, NC_SV("p"), text, error) == NC_PACK_OK) {
        nc_icon_book *book = nc_icon_book_new(a, packs, &diags);
        for (size_t i = 0; i < NC_COUNT(names); i++) {
            const nc_icon *icon;
            FUZZ_REQUIRE(nc_icon_find(&icon, book, nc_sv_cstr(names[i]), (nc_span){0, 0}));
            check_icon(icon);
            FUZZ_REQUIRE(icon->len > 0);
        }
        fuzz_check_diags(&diags, text.len);
    }
    nc_icon_packs_drop(packs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const nc_sv text = {(const char *)data, size};
    nc_arena arena;
    uint32_t w;
    uint32_t h;
    size_t len;
    if (size > FUZZ_MAX_BYTES)
        return 0;
    nc_arena_init(&arena, NULL, FUZZ_BUDGET);
    if (size && *data == '{')
        read_pack(&arena, text);
    else
        read_body(&arena, text);
    if (nc_png_head(&w, &h, &len, text))
        FUZZ_REQUIRE(len <= size && w && h);
    nc_arena_release(&arena);
    return 0;
}
