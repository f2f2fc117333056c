#include "cairo/faces.h"

#include <cairo-ft.h>
#include <stdlib.h>

/* A face and its library live and die together, since cairo's caches may outlive any of ours. */
typedef struct owner {
    FT_Library library;
    FT_Face face;
} owner;

static void owner_drop(void *payload)
{
    owner *o = payload;
    if (o->face)
        FT_Done_Face(o->face);
    if (o->library)
        FT_Done_FreeType(o->library);
    free(o);
}

cairo_font_face_t *nc_cairo_face_new(nc_sv bytes)
{
    static const cairo_user_data_key_t key;
    owner *o = calloc(1, sizeof *o);
    if (!o)
        return NULL;
    if (bytes.len > INT32_MAX || FT_Init_FreeType(&o->library) != 0 ||
        FT_New_Memory_Face(o->library, (const FT_Byte *)bytes.ptr, (FT_Long)bytes.len, 0,
                           &o->face) != 0) {
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

cairo_font_options_t *nc_cairo_font_options(void)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    return options;
}
