#include "text/fallback.h"

#include "base/utf8.h"

/* What is being read, and what is told about it. */
typedef struct reader {
    nc_fallback *f;
    nc_paragraph *p;
    nc_borrowed_vec *borrowed;
    nc_u32_vec *missing;
    nc_arena *arena;
    nc_fonts *fonts;
    nc_sv text;
} reader;

static bool has_glyph(const nc_fallback_font *font, uint32_t code)
{
    hb_codepoint_t glyph;
    return font && hb_font_get_nominal_glyph(font->shape, code, &glyph);
}

/* The end of the cluster that begins at that byte. */
static uint32_t cluster_end(const reader *r, uint32_t start)
{
    size_t at = start;
    do
        nc_utf8_next(r->text, &at);
    while (at < r->text.len && !r->f->chars.ptr[at].starts);
    return (uint32_t)at;
}

/* ---- the font of a cluster: one for all its characters where there is such a font ---- */

static bool face_covers(const reader *r, nc_face face, uint32_t start, uint32_t end)
{
    for (size_t at = start; at < end;) {
        uint32_t code = nc_utf8_next(r->text, &at);
        if (!nc_is_ignorable(code) && !nc_fonts_has(r->fonts, face, code))
            return false;
    }
    return true;
}

static bool embedded_face(nc_face *face, const reader *r, uint32_t start, uint32_t end)
{
    if (face_covers(r, *face, start, end))
        return true;
    if (!face_covers(r, NC_FACE_REGULAR, start, end))
        return false;
    *face = NC_FACE_REGULAR;
    return true;
}

static bool font_covers(const reader *r, const nc_fallback_font *font, uint32_t start, uint32_t end)
{
    for (size_t at = start; at < end;) {
        uint32_t code = nc_utf8_next(r->text, &at);
        if (!nc_is_ignorable(code) && !has_glyph(font, code))
            return false;
    }
    return true;
}

/* A font of one of the characters that has them all, else the first one's. */
static const nc_fallback_font *system_font(const reader *r, uint32_t start, uint32_t end)
{
    for (size_t at = start; at < end;) {
        const nc_fallback_font *font = r->f->chars.ptr[at].font;
        if (font && font_covers(r, font, start, end))
            return font;
        nc_utf8_next(r->text, &at);
    }
    size_t at = start;
    uint32_t code = nc_utf8_next(r->text, &at);
    const nc_fallback_font *first = r->f->chars.ptr[start].font;
    return has_glyph(first, code) ? first : NULL;
}

/* Who shows what: for the report. font is NULL where nobody does. */
static bool note_cluster(reader *r, const nc_fallback_font *font, uint32_t start, uint32_t end)
{
    for (size_t at = start; at < end;) {
        uint32_t code = nc_utf8_next(r->text, &at);
        if (nc_is_ignorable(code))
            continue;
        bool ok = has_glyph(font, code)
                      ? NC_PUSH(r->arena, r->borrowed, ((nc_borrowed){code, font}))
                      : NC_PUSH(r->arena, r->missing, code);
        if (!ok)
            return false;
    }
    return true;
}

/* Settles chars[start].font: NULL for the embedded face. */
static bool choose_font(reader *r, nc_face face, uint32_t start, uint32_t end)
{
    nc_engine_char *c = &r->f->chars.ptr[start];
    if (c->wanted && font_covers(r, c->font, start, end))
        return NC_PUSH(r->arena, r->borrowed, ((nc_borrowed){0, c->font}));
    if (embedded_face(&face, r, start, end)) {
        c->font = NULL;
        return true;
    }
    c->font = system_font(r, start, end);
    return note_cluster(r, c->font, start, end);
}

static bool choose_fonts(reader *r)
{
    const nc_shape_item *style = r->p->items.ptr;
    for (uint32_t start = 0; start < r->text.len;) {
        uint32_t end = cluster_end(r, start);
        while (start >= style->end)
            style++;
        if (style->icon)
            r->f->chars.ptr[start].font = NULL;
        else if (!choose_font(r, style->face, start, end))
            return false;
        start = end;
    }
    return true;
}

/*
 * A blank between words of one fallback font is that font's: the words stay one run. Those of fonts
 * with colours are as wide as their pictures.
 */
static void join_blanks(reader *r)
{
    nc_engine_char *chars = r->f->chars.ptr;
    uint32_t before = 0;
    for (uint32_t at = 0; at + 1 < r->text.len;) {
        uint32_t end = cluster_end(r, at);
        if (at > 0 && r->text.ptr[at] == ' ' && end == at + 1 && end < r->text.len) {
            const nc_engine_char *left = &chars[before];
            const nc_engine_char *right = &chars[end];
            if (left->font && !left->font->color && left->font == right->font &&
                left->level == right->level && left->level == chars[at].level &&
                has_glyph(left->font, ' ')) {
                chars[at].font = left->font;
                chars[at].script = left->script;
            }
        }
        before = at;
        at = end;
    }
}

/* ---- items and breaks ---- */

/* Scripts that are written in one breath and shaped by one set of rules. */
static uint32_t fold_script(uint32_t script)
{
    if (script == HB_SCRIPT_HIRAGANA || script == HB_SCRIPT_KATAKANA ||
        script == HB_SCRIPT_BOPOMOFO)
        return HB_SCRIPT_HAN;
    return script;
}

static bool same_item(const nc_shape_item *a, const nc_shape_item *b)
{
    return nc_items_alike(a, b) && a->font == b->font && a->level == b->level &&
           (!a->font || a->script == b->script);
}

/* Nothing but characters without glyphs: they go with what stands before them. */
static bool is_traceless(const reader *r, uint32_t start, uint32_t end)
{
    for (size_t at = start; at < end;) {
        if (!nc_is_ignorable(nc_utf8_next(r->text, &at)))
            return false;
    }
    return true;
}

static bool append_cluster(reader *r, const nc_shape_item *style, uint32_t start, uint32_t end)
{
    const nc_engine_char *c = &r->f->chars.ptr[start];
    nc_shape_item *last = r->f->items.len ? &r->f->items.ptr[r->f->items.len - 1] : NULL;
    if (last && last->level == c->level && is_traceless(r, start, end)) {
        last->end = end;
        return true;
    }
    nc_shape_item item = *style;
    item.start = start;
    item.end = end;
    item.font = c->font;
    item.script = fold_script(c->script);
    item.level = c->level;
    if (!item.font)
        (void)embedded_face(&item.face, r, start, end); /* else its box of missing characters */
    if (last && same_item(last, &item)) {
        last->end = end;
        return true;
    }
    return NC_PUSH(r->arena, &r->f->items, item);
}

/* Unicode breaks behind any hyphen; an option's name or an arrow stays whole on both roads. */
static bool may_break(const reader *r, uint32_t at)
{
    const char *text = r->text.ptr;
    if (!r->f->chars.ptr[at].breaks || at < 2 || text[at - 1] != '-')
        return r->f->chars.ptr[at].breaks;
    bool joined = text[at - 2] != '-' && (nc_is_word(text[at - 2]) || (text[at - 2] & 0x80));
    return joined && (nc_is_word(text[at]) || (text[at] & 0x80));
}

static bool build_items(reader *r)
{
    const nc_shape_item *style = r->p->items.ptr;
    r->f->items.len = 0;
    for (uint32_t start = 0; start < r->text.len;) {
        uint32_t end = cluster_end(r, start);
        while (start >= style->end)
            style++;
        if (may_break(r, start) && r->p->breaks.ptr[start] == NC_BREAK_NO)
            r->p->breaks.ptr[start] = NC_BREAK_HERE;
        r->p->ordered = r->p->ordered || r->f->chars.ptr[start].level > 0;
        if (!append_cluster(r, style, start, end))
            return false;
        start = end;
    }
    r->p->items.len = 0;
    if (!NC_FIT(r->arena, &r->p->items, r->f->items.len))
        return false;
    memcpy(r->p->items.ptr, r->f->items.ptr, r->f->items.len * sizeof *r->f->items.ptr);
    r->p->items.len = r->f->items.len;
    return true;
}

static bool ask_engine(reader *r)
{
    nc_fallback *f = r->f;
    f->spans.len = 0;
    f->chars.len = 0;
    for (uint32_t i = 0; i < r->p->items.len; i++) {
        const nc_shape_item *item = &r->p->items.ptr[i];
        const nc_engine_span span = {item->start, item->end, item->face};
        if (!NC_PUSH(r->arena, &f->spans, span))
            return false;
    }
    if (!NC_FIT(r->arena, &f->chars, (uint32_t)r->text.len))
        return false;
    f->chars.len = (uint32_t)r->text.len;
    const nc_engine_paragraph asked = {r->text, f->spans.ptr, f->spans.len, f->family, f->language};
    return r->fonts->system.calls->analyse(f->chars.ptr, nc_fonts_engine(r->fonts), &asked);
}

bool nc_fallback_read(nc_fallback *f, nc_paragraph *p, nc_borrowed_vec *borrowed,
                      nc_u32_vec *missing, nc_arena *a, nc_fonts *fonts,
                      const nc_shape_source *source)
{
    nc_road road;
    nc_shape_source all = *source;
    all.keep_ignorable = true;
    if (!nc_paragraph_read(p, &road, missing, a, fonts, &all))
        return false;
    reader r = {f, p, borrowed, missing, a, fonts, {p->text.ptr, p->text.len}};
    if (r.text.len == 0)
        return true;
    if (!ask_engine(&r) || !choose_fonts(&r))
        return false;
    join_blanks(&r);
    return build_items(&r);
}
