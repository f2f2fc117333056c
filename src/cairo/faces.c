#include "cairo/faces.h"

#include <cairo-ft.h>
#include FT_MODULE_H
#include FT_MULTIPLE_MASTERS_H
#include <stdlib.h>

/*
 * A face, its library and its bytes live and die together, since cairo's caches may outlive any of
 * ours.
 */
typedef struct owner {
    FT_Library library;
    FT_Face face;
    hb_blob_t *bytes; /* a reference */
    struct FT_MemoryRec_ memory;
} owner;

static void *ft_alloc(FT_Memory memory, long size)
{
    (void)memory;
    return malloc((size_t)size);
}

static void *ft_realloc(FT_Memory memory, long old_size, long new_size, void *block)
{
    (void)memory;
    (void)old_size;
    return realloc(block, (size_t)new_size);
}

static void ft_free(FT_Memory memory, void *block)
{
    (void)memory;
    free(block);
}

/* FT_Init_FreeType, but for the properties that it takes from the environment. */
static bool open_library(owner *o)
{
    o->memory = (struct FT_MemoryRec_){NULL, ft_alloc, ft_free, ft_realloc};
    if (FT_New_Library(&o->memory, &o->library) != 0)
        return false;
    FT_Add_Default_Modules(o->library);
    return true;
}

static void owner_drop(void *payload)
{
    owner *o = payload;
    if (o->face)
        FT_Done_Face(o->face);
    if (o->library)
        FT_Done_Library(o->library);
    hb_blob_destroy(o->bytes);
    free(o);
}

/* FreeType counts axis values in 16.16 fixed point. */
static bool set_variation(FT_Face face, const float *coords, unsigned len)
{
    FT_Fixed *fixed = calloc(len, sizeof *fixed);
    if (!fixed)
        return false;
    for (unsigned i = 0; i < len; i++)
        fixed[i] = (FT_Fixed)(coords[i] * 65536.0F);
    bool ok = FT_Set_Var_Design_Coordinates(face, len, fixed) == 0;
    free(fixed);
    return ok;
}

cairo_font_face_t *nc_cairo_face_new(nc_sv bytes)
{
    hb_blob_t *blob = bytes.len > INT32_MAX ? NULL
                                            : hb_blob_create(bytes.ptr, (unsigned)bytes.len,
                                                             HB_MEMORY_MODE_READONLY, NULL, NULL);
    cairo_font_face_t *face = nc_cairo_face_open(blob, 0, NULL, 0);
    hb_blob_destroy(blob);
    return face;
}

/* False when the bytes are no font or memory is out. */
static bool open_face(owner *o, unsigned index, const float *coords, unsigned coord_len)
{
    unsigned len = 0;
    const char *bytes = hb_blob_get_data(o->bytes, &len);
    return len <= INT32_MAX && open_library(o) &&
           FT_New_Memory_Face(o->library, (const FT_Byte *)bytes, (FT_Long)len, (FT_Long)index,
                              &o->face) == 0 &&
           (!coord_len || set_variation(o->face, coords, coord_len));
}

cairo_font_face_t *nc_cairo_face_open(hb_blob_t *bytes, unsigned index, const float *coords,
                                      unsigned coord_len)
{
    static const cairo_user_data_key_t key;
    owner *o = calloc(1, sizeof *o);
    if (!o)
        return NULL;
    o->bytes = hb_blob_reference(bytes);
    if (!open_face(o, index, coords, coord_len)) {
        owner_drop(o);
        return NULL;
    }
    cairo_font_face_t *face = cairo_ft_font_face_create_for_ft_face(o->face, FT_LOAD_NO_HINTING);
    if (cairo_font_face_set_user_data(face, &key, o, owner_drop) != CAIRO_STATUS_SUCCESS) {
        cairo_font_face_destroy(face);
        owner_drop(o);
        return NULL;
    }
    return face;
}

uint32_t nc_cairo_glyph_of(cairo_t *cr, uint32_t code)
{
    cairo_scaled_font_t *font = cairo_get_scaled_font(cr);
    FT_Face face = cairo_ft_scaled_font_lock_face(font);
    uint32_t glyph = face ? FT_Get_Char_Index(face, code) : 0;
    if (face)
        cairo_ft_scaled_font_unlock_face(font);
    return glyph;
}

cairo_font_options_t *nc_cairo_font_options(void)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    return options;
}
