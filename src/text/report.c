#include "text/report.h"

#include "base/utf8.h"

/* Most characters and families that a warning names. */
enum { CODES_NAMED = 8, FAMILIES_NAMED = 4 };

void nc_text_report_init(nc_text_report *r, nc_arena *a, nc_diags *d)
{
    *r = (nc_text_report){
        .arena = a, .diags = d, .missing = {.at = NC_NONE}, .borrowed = {.at = NC_NONE}};
}

/* *news when the code was not among those that are named. */
static bool note_code(nc_growing *g, bool *news, nc_arena *a, uint32_t code)
{
    if (g->codes.len > CODES_NAMED)
        return true;
    for (uint32_t i = 0; i < g->codes.len; i++) {
        if (g->codes.ptr[i] == code)
            return true;
    }
    *news = true;
    return NC_PUSH(a, &g->codes, code);
}

static bool note_family(nc_text_report *r, bool *news, const char *family)
{
    if (r->families.len > FAMILIES_NAMED)
        return true;
    for (uint32_t i = 0; i < r->families.len; i++) {
        if (strcmp(r->families.ptr[i], family) == 0)
            return true;
    }
    *news = true;
    return NC_PUSH(r->arena, &r->families, family);
}

static bool name_codes(nc_sv *out, nc_text_report *r, const nc_growing *g)
{
    uint32_t named = g->codes.len < CODES_NAMED ? g->codes.len : CODES_NAMED;
    *out = NC_SV("");
    for (uint32_t i = 0; i < named; i++) {
        char bytes[4];
        size_t len = nc_utf8_write(bytes, g->codes.ptr[i]);
        if (!nc_arena_printf(out, r->arena, "%.*s%s'%.*s' (U+%04X)", (int)out->len, out->ptr,
                             i ? ", " : "", (int)len, bytes, (unsigned)g->codes.ptr[i]))
            return false;
    }
    return g->codes.len == named ||
           nc_arena_printf(out, r->arena, "%.*s and others", (int)out->len, out->ptr);
}

static bool name_families(nc_sv *out, nc_text_report *r)
{
    uint32_t named = r->families.len < FAMILIES_NAMED ? r->families.len : FAMILIES_NAMED;
    *out = NC_SV("");
    for (uint32_t i = 0; i < named; i++) {
        if (!nc_arena_printf(out, r->arena, "%.*s%s'%s'", (int)out->len, out->ptr, i ? ", " : "",
                             r->families.ptr[i]))
            return false;
    }
    return r->families.len == named ||
           nc_arena_printf(out, r->arena, "%.*s and others", (int)out->len, out->ptr);
}

/* The first label reports; later ones lengthen that message. True when it is a new one. */
static bool tell(nc_growing *g, nc_diags *d, nc_rule rule, nc_span at, nc_sv message)
{
    if (g->at != NC_NONE) {
        d->list.ptr[g->at].message = message;
        return false;
    }
    uint32_t before = d->list.len;
    nc_diag_add(d, rule, at, "%.*s", (int)message.len, message.ptr);
    if (d->list.len == before)
        return false;
    g->at = before;
    return true;
}

bool nc_report_missing(nc_text_report *r, const nc_fonts *fonts, const nc_u32_vec *missing,
                       nc_span at)
{
    bool news = false;
    nc_sv codes;
    nc_sv message;
    for (uint32_t i = 0; i < missing->len; i++) {
        if (!note_code(&r->missing, &news, r->arena, missing->ptr[i]))
            return false;
    }
    if (!news || !r->diags)
        return true;
    const nc_system_fonts *s = &fonts->system;
    const char *who = s->engine && s->allowed ? "neither the embedded nor the system's fonts have a"
                                              : "the embedded fonts have no";
    if (!name_codes(&codes, r, &r->missing) ||
        !nc_arena_printf(&message, r->arena, "%s glyph for %.*s", who, (int)codes.len, codes.ptr))
        return false;
    if (!tell(&r->missing, r->diags, NC_RULE_MISSING_GLYPHS, at, message))
        return true;
    if (!s->allowed)
        nc_diag_hint(r->diags, "fonts of the system may have them; they are not looked at");
    else if (!s->calls)
        nc_diag_hint(r->diags, "fonts of the system are reached through libnacre-cairo.so: %.*s",
                     (int)s->error.len, s->error.ptr ? s->error.ptr : "");
    else if (!s->engine)
        nc_diag_hint(r->diags, "this system has no fonts that could show them");
    else
        nc_diag_hint(r->diags, "install a font that has them, such as one of the Noto family");
    return true;
}

bool nc_report_borrowed(nc_text_report *r, const nc_borrowed_vec *borrowed, nc_span at)
{
    bool news = false;
    nc_sv codes;
    nc_sv families;
    nc_sv message;
    for (uint32_t i = 0; i < borrowed->len; i++) {
        const nc_borrowed *b = &borrowed->ptr[i];
        if ((b->code && !note_code(&r->borrowed, &news, r->arena, b->code)) ||
            !note_family(r, &news, b->font->family))
            return false;
    }
    if (!news || !r->diags)
        return true;
    if (!name_codes(&codes, r, &r->borrowed) || !name_families(&families, r))
        return false;
    const char *plural = r->families.len == 1 ? "a font" : "fonts";
    bool ok = codes.len ? nc_arena_printf(&message, r->arena, "%.*s set in %s of this system: %.*s",
                                          (int)codes.len, codes.ptr, plural, (int)families.len,
                                          families.ptr)
                        : nc_arena_printf(&message, r->arena, "text set in %s of this system: %.*s",
                                          plural, (int)families.len, families.ptr);
    if (!ok)
        return false;
    if (tell(&r->borrowed, r->diags, NC_RULE_FALLBACK_FONT, at, message))
        nc_diag_hint(r->diags, "another machine may have other fonts and draw another picture");
    return true;
}
