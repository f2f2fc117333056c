#include "cairo/system_font.h"

#include "base/utf8.h"
#include "cairo/faces.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <pango/pangofc-font.h>
#include <stdio.h>
#include <stdlib.h>

enum { FAMILY_MAX_LEN = 128 };

/* Opened by the first drawing. */
typedef struct drawn {
    cairo_font_face_t *face;
    bool tried;
} drawn;

/* nc_fallback_font is the part that libnacre sees. */
typedef struct system_font {
    nc_fallback_font base; /* first */
    char family[FAMILY_MAX_LEN];
    char file[1024];
    hb_font_t *font;
    hb_blob_t *blob; /* the whole file */
    unsigned index;  /* of the face in it */
    float *coords;   /* of a variable font's axes, in their own units */
    unsigned coord_len;
    drawn *drawn;
} system_font;

static system_font *own(nc_fallback_font *font)
{
    return (system_font *)(void *)font;
}

static const system_font *own_const(const nc_fallback_font *font)
{
    return (const system_font *)(const void *)font;
}

/* What fits of a name, in whole characters; what is no UTF-8 ends it. */
static void copy_family(char out[static FAMILY_MAX_LEN], const char *name)
{
    nc_sv text = nc_sv_cstr(name);
    size_t len = 0;
    for (size_t at = 0; at < text.len && nc_utf8_next(text, &at) != NC_UTF8_BAD;) {
        if (at < FAMILY_MAX_LEN)
            len = at;
    }
    memcpy(out, name, len);
    out[len] = '\0';
}

/* Its name in English where it has several: the locale's comes first. */
static const char *family_of(const FcPattern *pattern)
{
    FcChar8 *text = NULL;
    FcChar8 *language = NULL;
    for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &text) == FcResultMatch; i++) {
        if (FcPatternGetString(pattern, FC_FAMILYLANG, i, &language) == FcResultMatch &&
            strcmp((const char *)language, "en") == 0)
            return (const char *)text;
    }
    return FcPatternGetString(pattern, FC_FAMILY, 0, &text) == FcResultMatch ? (const char *)text
                                                                             : "";
}

static void read_pattern(system_font *f, const FcPattern *pattern)
{
    FcChar8 *text = NULL;
    double weight = FC_WEIGHT_REGULAR;
    int slant = FC_SLANT_ROMAN;
    copy_family(f->family, family_of(pattern));
    if (FcPatternGetString(pattern, FC_FILE, 0, &text) == FcResultMatch)
        snprintf(f->file, sizeof f->file, "%s", (const char *)text);
    FcPatternGetDouble(pattern, FC_WEIGHT, 0, &weight);
    FcPatternGetInteger(pattern, FC_SLANT, 0, &slant);
    double css = FcWeightToOpenTypeDouble(weight);
    f->base.weight = css >= 1 && css <= 1000 ? (int)(css + 0.5) : 400;
    f->base.italic = slant != FC_SLANT_ROMAN;
}

static bool copy_variation(system_font *f, hb_font_t *from)
{
    unsigned len = 0;
    const float *coords = hb_font_get_var_coords_design(from, &len);
    if (len == 0)
        return true;
    f->coords = calloc(len, sizeof *f->coords);
    if (!f->coords)
        return false;
    memcpy(f->coords, coords, len * sizeof *coords);
    f->coord_len = len;
    hb_font_set_var_coords_design(f->font, f->coords, len);
    return true;
}

static bool open_shaper(system_font *f, PangoFont *font)
{
    hb_font_t *from = pango_font_get_hb_font(font);
    hb_face_t *face = from ? hb_font_get_face(from) : NULL;
    if (!face || hb_face_get_glyph_count(face) == 0)
        return false;
    unsigned units = hb_face_get_upem(face);
    f->index = hb_face_get_index(face) & 0xFFFF; /* above: a variable font's named instance */
    f->font = hb_font_create(face);
    hb_font_set_scale(f->font, (int)units, (int)units);
    f->blob = hb_blob_create_from_file_or_fail(f->file);
    f->base.em = 1.0 / units;
    f->base.color = hb_ot_color_has_png(face) || hb_ot_color_has_layers(face);
    return f->blob && copy_variation(f, from);
}

nc_fallback_font *nc_system_font_new(PangoFont *font)
{
    if (!PANGO_IS_FC_FONT(font))
        return NULL;
    system_font *f = calloc(1, sizeof *f);
    if (!f)
        return NULL;
    f->drawn = calloc(1, sizeof *f->drawn);
    read_pattern(f, pango_fc_font_get_pattern(PANGO_FC_FONT(font)));
    if (!f->drawn || !f->file[0] || !open_shaper(f, font)) {
        nc_system_font_drop(&f->base);
        return NULL;
    }
    f->base.family = f->family;
    f->base.shape = f->font;
    return &f->base;
}

void nc_system_font_drop(nc_fallback_font *font)
{
    if (!font)
        return;
    system_font *f = own(font);
    if (f->drawn && f->drawn->face)
        cairo_font_face_destroy(f->drawn->face);
    free(f->drawn);
    hb_font_destroy(f->font);
    hb_blob_destroy(f->blob);
    free(f->coords);
    free(f);
}

bool nc_system_font_same(const nc_fallback_font *a, const nc_fallback_font *b)
{
    const system_font *x = own_const(a);
    const system_font *y = own_const(b);
    return x->index == y->index && x->coord_len == y->coord_len && strcmp(x->file, y->file) == 0 &&
           (x->coord_len == 0 ||
            memcmp(x->coords, y->coords, x->coord_len * sizeof *x->coords) == 0);
}

cairo_font_face_t *nc_system_font_face(const nc_fallback_font *font)
{
    const system_font *f = own_const(font);
    if (!f->drawn->tried) {
        f->drawn->tried = true;
        f->drawn->face = nc_cairo_face_open(f->blob, f->index, f->coords, f->coord_len);
    }
    return f->drawn->face;
}

/* Licences whose terms forbid embedding say so in OS/2 (OpenType 1.9, fsType: bit 1). */
static bool may_embed(hb_face_t *face)
{
    enum { FS_TYPE = 8, RESTRICTED = 0x2 };
    unsigned len = 0;
    hb_blob_t *os2 = hb_face_reference_table(face, HB_TAG('O', 'S', '/', '2'));
    const char *bytes = hb_blob_get_data(os2, &len);
    bool restricted = len > FS_TYPE + 1 && (bytes[FS_TYPE + 1] & 0xF) == RESTRICTED;
    hb_blob_destroy(os2);
    return !restricted;
}

static hb_subset_input_t *new_input(const uint32_t *codes, uint32_t len)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_set_t *set = hb_subset_input_unicode_set(input);
    for (uint32_t i = 0; i < len; i++)
        hb_set_add(set, codes[i]);
    /* what no viewer of a picture reads */
    static const hb_tag_t dropped[] = {HB_TAG('D', 'S', 'I', 'G'), HB_TAG('B', 'A', 'S', 'E'),
                                       HB_TAG('M', 'A', 'T', 'H'), HB_TAG('V', 'O', 'R', 'G'),
                                       HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x')};
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < NC_COUNT(dropped); i++)
        hb_set_add(drop, dropped[i]);
    /* never applied to texts of ours: see shape.c */
    static const hb_tag_t unused[] = {HB_TAG('l', 'i', 'g', 'a'), HB_TAG('c', 'l', 'i', 'g'),
                                      HB_TAG('c', 'a', 'l', 't'), HB_TAG('d', 'l', 'i', 'g'),
                                      HB_TAG('h', 'l', 'i', 'g'), HB_TAG('v', 'e', 'r', 't'),
                                      HB_TAG('v', 'r', 't', '2'), HB_TAG('v', 'k', 'r', 'n')};
    hb_set_t *features = hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    for (size_t i = 0; i < NC_COUNT(unused); i++)
        hb_set_del(features, unused[i]);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    return input;
}

bool nc_system_font_subset(nc_buf *out, const nc_fallback_font *font, const uint32_t *codes,
                           uint32_t len)
{
    hb_face_t *face = hb_font_get_face(own_const(font)->font);
    if (!may_embed(face))
        return false;
    hb_subset_input_t *input = new_input(codes, len);
    hb_face_t *cut = input ? hb_subset_or_fail(face, input) : NULL;
    hb_subset_input_destroy(input);
    if (!cut)
        return false;
    hb_blob_t *blob = hb_face_reference_blob(cut);
    unsigned size = 0;
    const char *bytes = hb_blob_get_data(blob, &size);
    nc_buf_put(out, nc_sv_from(bytes, size));
    hb_blob_destroy(blob);
    hb_face_destroy(cut);
    return size > 0 && !out->failed;
}
