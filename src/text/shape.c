#include "text/shape.h"

#include "base/utf8.h"

#include <hb.h>

/* Sizes and shifts of what is set smaller, in em of the text around it. */
static const double code_size = 12.5 / 14.0;
static const double script_size = 0.72;
static const double sub_shift = 0.16;
static const double sup_shift = -0.34;

/* There is no bold italic: bold carries more meaning and wins. */
static nc_face emphasized_face(nc_face base, unsigned emphasis)
{
    if (emphasis & NC_EMPH_CODE || base == NC_FACE_MONO)
        return NC_FACE_MONO;
    if (emphasis & NC_EMPH_BOLD || base == NC_FACE_SEMIBOLD)
        return NC_FACE_SEMIBOLD;
    return emphasis & NC_EMPH_ITALIC ? NC_FACE_ITALIC : base;
}

static nc_shape_item item_of(const nc_shape_style *style, unsigned emphasis)
{
    nc_shape_item item = {.face = emphasized_face(style->face, emphasis), .size = style->size};
    if (emphasis & NC_EMPH_CODE && style->face != NC_FACE_MONO)
        item.size *= code_size;
    if (emphasis & (NC_EMPH_SUB | NC_EMPH_SUP)) {
        item.dy = item.size * (emphasis & NC_EMPH_SUB ? sub_shift : sup_shift);
        item.size *= script_size;
    }
    item.decoration = (emphasis & NC_EMPH_UNDERLINE ? NC_UNDERLINE : 0u) |
                      (emphasis & NC_EMPH_STRIKE ? NC_STRIKE : 0u);
    return item;
}

static bool items_alike(const nc_shape_item *a, const nc_shape_item *b)
{
    return a->face == b->face && a->size == b->size && a->dy == b->dy &&
           a->decoration == b->decoration;
}

/* Characters without a glyph of their own that leave no trace in a line of simple text. */
static bool is_invisible(uint32_t code)
{
    return code == 0xAD || (code >= 0x200B && code <= 0x200D) || code == 0x2060 || code == 0xFEFF ||
           (code >= 0xFE00 && code <= 0xFE0F);
}

/* Marks and overrides of direction: only a bidirectional layout can honour them. */
static bool turns_direction(uint32_t code)
{
    return code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

static bool is_hyphen(uint32_t code)
{
    return code == '-' || code == 0x2010 || code == 0x2013 || code == 0x2014;
}

/* Letters and digits of any script, roughly: beside them a hyphen joins words. */
static bool joins_words(uint32_t code)
{
    if (code < 0x80)
        return nc_is_alpha((char)code) || nc_is_digit((char)code);
    return code >= 0xC0 && !(code >= 0x2000 && code <= 0x2BFF) && code != 0xD7 && code != 0xF7;
}

/* What breaking needs to know of the characters just read. */
typedef struct trail {
    uint32_t last, before_last;
    uint32_t last_at; /* its first byte */
    nc_break forced;  /* by an invisible character since the last visible one */
} trail;

static nc_break break_before(const trail *t, uint32_t code)
{
    if (t->last == 0)
        return NC_BREAK_NO;
    if (t->last == ' ')
        return NC_BREAK_HERE;
    if (t->forced != NC_BREAK_NO)
        return t->forced;
    if (is_hyphen(t->last) && joins_words(t->before_last) && joins_words(code))
        return NC_BREAK_HERE;
    return NC_BREAK_NO;
}

static bool put_char(nc_paragraph *p, nc_arena *a, uint32_t code, nc_break before)
{
    char bytes[4];
    size_t len = nc_utf8_write(bytes, code);
    for (size_t i = 0; i < len; i++) {
        if (!NC_PUSH(a, &p->text, bytes[i]) ||
            !NC_PUSH(a, &p->breaks, (uint8_t)(i == 0 ? before : NC_BREAK_NO)))
            return false;
    }
    return true;
}

/* The face that has the character: the wanted one, else the regular one, else none. */
static bool choose_face(nc_face *face, nc_fonts *fonts, uint32_t code)
{
    if (nc_fonts_has(fonts, *face, code))
        return true;
    if (*face == NC_FACE_REGULAR || !nc_fonts_has(fonts, NC_FACE_REGULAR, code))
        return false;
    *face = NC_FACE_REGULAR;
    return true;
}

static bool append_item(nc_paragraph *p, nc_arena *a, const nc_shape_item *item, uint32_t start)
{
    nc_shape_item *last = p->items.len ? &p->items.ptr[p->items.len - 1] : NULL;
    if (last && items_alike(last, item)) {
        last->end = p->text.len;
        return true;
    }
    nc_shape_item new = *item;
    new.start = start;
    new.end = p->text.len;
    return NC_PUSH(a, &p->items, new);
}

/*
 * A mark that follows its letter becomes one with it (e and an acute accent: é) where the face has
 * that character: browsers compose too, and the subset must carry what they will look for.
 */
static bool compose_with_last(nc_paragraph *p, nc_arena *a, nc_fonts *fonts, trail *t,
                              uint32_t mark, bool *composed)
{
    *composed = false;
    hb_codepoint_t one;
    if (mark < 0x300 || mark > 0x36F || t->last == 0 || p->items.len == 0 ||
        !hb_unicode_compose(hb_unicode_funcs_get_default(), t->last, mark, &one))
        return true;
    nc_shape_item *item = &p->items.ptr[p->items.len - 1];
    if (!nc_fonts_has(fonts, item->face, one))
        return true;
    nc_break before = (nc_break)p->breaks.ptr[t->last_at];
    p->text.len = p->breaks.len = t->last_at;
    if (!put_char(p, a, one, before))
        return false;
    item->end = p->text.len;
    t->last = one;
    *composed = true;
    return true;
}

bool nc_paragraph_read(nc_paragraph *p, nc_road *road, nc_u32_vec *missing, nc_arena *a,
                       nc_fonts *fonts, const nc_styled *styled, uint32_t start, uint32_t end,
                       const nc_shape_style *style)
{
    p->text.len = p->breaks.len = p->items.len = p->cells.len = 0;
    *road = NC_ROAD_EMBEDDED;
    trail t = {0};
    for (uint32_t i = 0; i < styled->len; i++) {
        const nc_styled_span *span = &styled->spans[i];
        uint32_t to = span->end < end ? span->end : end;
        const nc_shape_item base = item_of(style, span->emphasis);
        nc_sv text = nc_sv_slice(styled->text, 0, to);
        for (size_t at = span->start > start ? span->start : start; at < to;) {
            uint32_t code = nc_utf8_next(text, &at);
            if (turns_direction(code)) {
                *road = NC_ROAD_FALLBACK;
                continue;
            }
            if (is_invisible(code)) {
                if (code == 0xAD)
                    t.forced = NC_BREAK_HYPHEN;
                else if (code == 0x200B)
                    t.forced = NC_BREAK_HERE;
                continue;
            }
            bool composed;
            if (!compose_with_last(p, a, fonts, &t, code, &composed))
                return false;
            if (composed)
                continue;
            nc_shape_item item = base;
            if (!choose_face(&item.face, fonts, code)) {
                *road = NC_ROAD_FALLBACK;
                if (!NC_PUSH(a, missing, code))
                    return false;
            }
            uint32_t from = p->text.len;
            if (!put_char(p, a, code, break_before(&t, code)) || !append_item(p, a, &item, from))
                return false;
            t = (trail){code, t.last, from, NC_BREAK_NO};
        }
    }
    return true;
}

/*
 * The embedded files have no GSUB, so nothing can join or replace characters; the features are
 * named all the same, because a file given at build time might.
 */
static const hb_feature_t features[] = {
    {HB_TAG('k', 'e', 'r', 'n'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    {HB_TAG('c', 'a', 'l', 't'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    {HB_TAG('d', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
};

static bool shape_item(nc_paragraph *p, nc_arena *a, nc_fonts *fonts, uint32_t index)
{
    const nc_shape_item *item = &p->items.ptr[index];
    const nc_open_face *open = nc_fonts_open(fonts, item->face);
    hb_buffer_t *buffer = fonts->buffer;
    if (!open)
        return false;
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_LATIN); /* one for all: kerning knows no other */
    hb_buffer_set_language(buffer, HB_LANGUAGE_INVALID);
    hb_buffer_add_utf8(buffer, p->text.ptr, (int)p->text.len, item->start,
                       (int)(item->end - item->start));
    hb_shape(open->font, buffer, features, NC_COUNT(features));
    if (!hb_buffer_allocation_successful(buffer))
        return false;

    unsigned int len = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &len);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, NULL);
    if (!NC_FIT(a, &p->cells, len))
        return false;
    double px = open->em * item->size;
    for (unsigned int i = 0; i < len; i++) {
        bool is_mark = places[i].x_advance == 0;
        hb_position_t natural =
            is_mark ? 0 : hb_font_get_glyph_h_advance(open->font, infos[i].codepoint);
        p->cells.ptr[p->cells.len++] = (nc_cell){.glyph = infos[i].codepoint,
                                                 .byte = infos[i].cluster,
                                                 .item = index,
                                                 .offset = places[i].x_offset * px,
                                                 .advance = places[i].x_advance * px,
                                                 .natural = natural * px};
    }
    return true;
}

bool nc_paragraph_shape(nc_paragraph *p, nc_arena *a, nc_fonts *fonts)
{
    if (!fonts->buffer) {
        hb_buffer_t *buffer = hb_buffer_create();
        if (!hb_buffer_allocation_successful(buffer))
            return false;
        fonts->buffer = buffer;
    }
    for (uint32_t i = 0; i < p->items.len; i++) {
        if (!shape_item(p, a, fonts, i))
            return false;
    }
    return true;
}
