#include "text/fonts.h"

#include "fonts/faces.h"
#include "module/module.h"

#include <hb-ot.h>
#include <stdlib.h>

static_assert((int)NC_FACE_FILES == (int)NC_FACE_COUNT, "a face has no file");

nc_font_info nc_face_info(nc_face face)
{
    const nc_face_file *file = &nc_face_files[face];
    return (nc_font_info){file->family, file->version, file->hash, file->weight, file->italic};
}

nc_sv nc_face_bytes(nc_face face)
{
    const nc_face_file *file = &nc_face_files[face];
    return nc_sv_from(file->begin, (size_t)(file->end - file->begin));
}

nc_fonts *nc_fonts_new(const nc_alloc *from)
{
    nc_alloc use = from ? *from : (nc_alloc){0};
    nc_fonts *fonts = use.alloc ? use.alloc(use.payload, sizeof *fonts) : malloc(sizeof *fonts);
    if (!fonts)
        return NULL;
    *fonts = (nc_fonts){.from = use};
    nc_arena_init(&fonts->arena, from, 0);
    return fonts;
}

void nc_fonts_drop(nc_fonts *fonts)
{
    if (!fonts)
        return;
    if (fonts->system.engine)
        fonts->system.calls->drop(fonts->system.engine);
    for (int i = 0; i < NC_FACE_COUNT; i++) {
        hb_font_destroy(fonts->faces[i].font);
        hb_face_destroy(fonts->faces[i].face);
    }
    hb_buffer_destroy(fonts->buffer);
    nc_arena_release(&fonts->arena);
    nc_alloc from = fonts->from;
    if (from.free)
        from.free(from.payload, fonts);
    else
        free(fonts);
}

static bool open_face(nc_open_face *out, const nc_face_file *file)
{
    hb_blob_t *blob = hb_blob_create(file->begin, (unsigned int)(file->end - file->begin),
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    out->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    out->font = hb_font_create(out->face);
    /* Without memory HarfBuzz hands out its empty objects, which have no glyphs. */
    if (hb_face_get_glyph_count(out->face) == 0 || out->font == hb_font_get_empty()) {
        hb_font_destroy(out->font);
        hb_face_destroy(out->face);
        *out = (nc_open_face){0};
        return false;
    }
    hb_font_set_scale(out->font, NC_FONT_UNITS, NC_FONT_UNITS);
    hb_font_extents_t extents;
    hb_font_get_h_extents(out->font, &extents);
    out->em = 1.0 / NC_FONT_UNITS;
    out->ascent = extents.ascender * out->em;
    out->descent = -extents.descender * out->em;
    return true;
}

const nc_open_face *nc_fonts_open(nc_fonts *fonts, nc_face face)
{
    nc_open_face *open = &fonts->faces[face];
    if (!open->face && !open_face(open, &nc_face_files[face]))
        return NULL;
    return open;
}

bool nc_fonts_has(nc_fonts *fonts, nc_face face, uint32_t code)
{
    const nc_open_face *open = nc_fonts_open(fonts, face);
    hb_codepoint_t glyph;
    return open && hb_font_get_nominal_glyph(open->font, code, &glyph);
}

void nc_fonts_allow_system(nc_fonts *fonts, bool allowed, const char *module_folder)
{
    fonts->system.allowed = allowed;
    fonts->system.folder = module_folder;
    if (!fonts->system.engine)
        fonts->system.tried = false; /* another folder may hold the module */
}

nc_text_engine *nc_fonts_engine(nc_fonts *fonts)
{
    nc_system_fonts *s = &fonts->system;
    if (!s->allowed)
        return NULL;
    if (!s->tried) {
        s->tried = true;
        s->error = (nc_sv){0};
        const nc_module *module = nc_module_open(&s->error, &fonts->arena, s->folder);
        s->calls = module ? module->text : NULL;
        s->engine = s->calls ? s->calls->open() : NULL;
    }
    return s->engine;
}

bool nc_fonts_system_is_open(const nc_fonts *fonts)
{
    return fonts->system.engine != NULL;
}
