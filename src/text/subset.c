#include "text/fonts.h"

#include <hb-subset.h>

/* A subset made before, found again by face and code points. */
struct nc_subset {
    nc_subset *next;
    nc_face face;
    uint32_t len;
    const uint32_t *codes;
    nc_sv bytes;
};

static const nc_subset *find_subset(const nc_fonts *fonts, nc_face face, const uint32_t *codes,
                                    uint32_t len)
{
    for (const nc_subset *s = fonts->subsets; s; s = s->next) {
        if (s->face == face && s->len == len && memcmp(s->codes, codes, len * sizeof *codes) == 0)
            return s;
    }
    return NULL;
}

static bool remember(nc_fonts *fonts, nc_face face, const uint32_t *codes, uint32_t len,
                     nc_sv bytes)
{
    nc_subset *s = NC_NEW(&fonts->arena, nc_subset, 1);
    uint32_t *own = NC_NEW(&fonts->arena, uint32_t, len);
    if (!s || !own)
        return false;
    memcpy(own, codes, len * sizeof *own);
    *s = (nc_subset){fonts->subsets, face, len, own, bytes};
    fonts->subsets = s;
    return true;
}

/* Browsers want a name table but read nothing in it that is not asked for. */
static const hb_ot_name_id_t kept_names[] = {1, 2};

static bool fill_input(hb_subset_input_t *input, const uint32_t *codes, uint32_t len)
{
    hb_set_t *wanted = hb_subset_input_unicode_set(input);
    for (uint32_t i = 0; i < len; i++)
        hb_set_add(wanted, codes[i]);
    hb_set_t *names = hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID);
    hb_set_clear(names);
    for (size_t i = 0; i < NC_COUNT(kept_names); i++)
        hb_set_add(names, kept_names[i]);
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_set_add(dropped, HB_TAG('G', 'S', 'U', 'B'));
    hb_set_add(dropped, HB_TAG('G', 'D', 'E', 'F'));
    hb_set_t *features = hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    hb_set_clear(features);
    hb_set_add(features, HB_TAG('k', 'e', 'r', 'n'));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
                                         HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    return hb_set_allocation_successful(wanted) && hb_set_allocation_successful(names) &&
           hb_set_allocation_successful(dropped) && hb_set_allocation_successful(features);
}

static bool cut(nc_sv *out, nc_arena *a, hb_face_t *face, const uint32_t *codes, uint32_t len)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return false;
    hb_face_t *small = fill_input(input, codes, len) ? hb_subset_or_fail(face, input) : NULL;
    hb_subset_input_destroy(input);
    if (!small)
        return false;
    hb_blob_t *blob = hb_face_reference_blob(small);
    unsigned int size = 0;
    const char *data = hb_blob_get_data(blob, &size);
    bool ok = size > 0 && nc_arena_copy(out, a, (nc_sv){data, size});
    hb_blob_destroy(blob);
    hb_face_destroy(small);
    return ok;
}

bool nc_font_subset(nc_sv *out, nc_fonts *fonts, nc_face face, const uint32_t *codes, uint32_t len)
{
    const nc_subset *known = find_subset(fonts, face, codes, len);
    if (known) {
        *out = known->bytes;
        return true;
    }
    const nc_open_face *open = nc_fonts_open(fonts, face);
    return open && cut(out, &fonts->arena, open->face, codes, len) &&
           remember(fonts, face, codes, len, *out);
}
