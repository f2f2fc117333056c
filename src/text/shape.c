#include "text/shape.h"

#include "base/utf8.h"

#include "icon/icon.h"

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

bool nc_items_alike(const nc_shape_item *a, const nc_shape_item *b)
{
    return !a->icon && !b->icon && a->face == b->face && a->size == b->size && a->dy == b->dy &&
           a->decoration == b->decoration;
}

/* Characters without a glyph of their own that leave no trace in a line of simple text. */
static bool is_invisible(uint32_t code)
{
    return code == 0xAD || (code >= 0x200B && code <= 0x200D) || code == 0x2060 || code == 0xFEFF ||
           (code >= 0xFE00 && code <= 0xFE0F);
}

/* Those of them that only tell where a line may end; the others belong to their neighbours. */
static bool is_break_mark(uint32_t code)
{
    return code == 0xAD || code == 0x200B || code == 0xFEFF;
}

/* Marks and overrides of direction: only a bidirectional layout can honour them. */
static bool turns_direction(uint32_t code)
{
    return code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

bool nc_is_ignorable(uint32_t code)
{
    return is_invisible(code) || turns_direction(code) || code == 0x34F || code == 0x61C ||
           (code >= 0x2060 && code <= 0x206F) || (code >= 0x180B && code <= 0x180F) ||
           (code >= 0xE0000 && code <= 0xE0FFF);
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

bool nc_choose_face(nc_face *face, nc_fonts *fonts, uint32_t code)
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
    if (last && nc_items_alike(last, item)) {
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

/* Where a paragraph is being read to. */
typedef struct reader {
    nc_paragraph *p;
    nc_arena *arena;
    nc_fonts *fonts;
    nc_u32_vec *missing;
    nc_road *road;
    bool keep_ignorable;
    trail trail;
} reader;

/* True when the character leaves no trace but in what follows. */
static bool pass_over(reader *r, uint32_t code)
{
    if (turns_direction(code))
        *r->road = NC_ROAD_FALLBACK;
    else if (!is_invisible(code))
        return false;
    if (code == 0xAD)
        r->trail.forced = NC_BREAK_HYPHEN;
    else if (code == 0x200B)
        r->trail.forced = NC_BREAK_HERE;
    return !r->keep_ignorable || is_break_mark(code);
}

static bool read_char(reader *r, const nc_shape_item *base, uint32_t code)
{
    bool composed;
    if (!compose_with_last(r->p, r->arena, r->fonts, &r->trail, code, &composed))
        return false;
    if (composed)
        return true;
    nc_shape_item item = *base;
    if (!nc_choose_face(&item.face, r->fonts, code)) {
        *r->road = NC_ROAD_FALLBACK;
        if (!r->keep_ignorable && !NC_PUSH(r->arena, r->missing, code))
            return false;
    }
    uint32_t from = r->p->text.len;
    nc_break before = r->keep_ignorable ? r->trail.forced : break_before(&r->trail, code);
    if (!put_char(r->p, r->arena, code, before) || !append_item(r->p, r->arena, &item, from))
        return false;
    r->trail = (trail){code, r->trail.last, from, NC_BREAK_NO};
    return true;
}

/* U+FFFC stands for it in the text. */
static bool read_icon(reader *r, const nc_shape_item *base, const nc_icon *icon)
{
    static const uint32_t OBJECT = 0xFFFC;
    const uint32_t from = r->p->text.len;
    const nc_break before = r->keep_ignorable ? r->trail.forced : break_before(&r->trail, OBJECT);
    nc_shape_item item = *base;
    item.icon = icon;
    if (!put_char(r->p, r->arena, OBJECT, before) || !append_item(r->p, r->arena, &item, from))
        return false;
    r->trail = (trail){OBJECT, r->trail.last, from, NC_BREAK_NO};
    return true;
}

bool nc_paragraph_read(nc_paragraph *p, nc_road *road, nc_u32_vec *missing, nc_arena *a,
                       nc_fonts *fonts, const nc_shape_source *source)
{
    p->text.len = p->breaks.len = p->items.len = p->cells.len = 0;
    p->ordered = false;
    *road = NC_ROAD_EMBEDDED;
    reader r = {.p = p,
                .arena = a,
                .fonts = fonts,
                .missing = missing,
                .road = road,
                .keep_ignorable = source->keep_ignorable};
    for (uint32_t i = 0; i < source->styled->len; i++) {
        const nc_styled_span *span = &source->styled->spans[i];
        uint32_t to = span->end < source->end ? span->end : source->end;
        const nc_shape_item base = item_of(&source->style, span->emphasis);
        nc_sv text = nc_sv_slice(source->styled->text, 0, to);
        if (source->icons && source->icons[i] && span->start >= source->start && span->start < to) {
            if (!read_icon(&r, &base, source->icons[i]))
                return false;
            continue;
        }
        for (size_t at = span->start > source->start ? span->start : source->start; at < to;) {
            uint32_t code = nc_utf8_next(text, &at);
            if (!pass_over(&r, code) && !read_char(&r, &base, code))
                return false;
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

/* What an item is shaped with. */
typedef struct shaper {
    hb_font_t *font;
    double px; /* of a font unit at the item's size */
    hb_script_t script;
    bool plain; /* an embedded face: one glyph a character */
} shaper;

static bool shaper_of(shaper *out, nc_fonts *fonts, const nc_shape_item *item)
{
    if (item->font) {
        *out = (shaper){item->font->shape, item->font->em * item->size,
                        hb_script_from_iso15924_tag(item->script), false};
        return true;
    }
    const nc_open_face *open = nc_fonts_open(fonts, item->face);
    if (!open)
        return false;
    /* one script for all: kerning knows no other */
    *out = (shaper){open->font, open->em * item->size, HB_SCRIPT_LATIN, true};
    return true;
}

/*
 * The whole text is handed over as context: letters join across the borders of items. Language is
 * none, as it is to a viewer that reads the text out of the picture.
 */
static bool shape_with(hb_buffer_t *buffer, const shaper *s, const nc_paragraph *p,
                       const nc_shape_item *item)
{
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_direction(buffer, nc_is_rtl(item) ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, s->script);
    hb_buffer_set_language(buffer, HB_LANGUAGE_INVALID);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_add_utf8(buffer, p->text.ptr, (int)p->text.len, item->start,
                       (int)(item->end - item->start));
    /* named, since HarfBuzz takes others' names from the environment (HB_SHAPER_LIST) */
    static const char *const shapers[] = {"ot", NULL};
    return hb_shape_full(s->font, buffer, features, NC_COUNT(features), shapers) &&
           hb_buffer_allocation_successful(buffer);
}

static nc_cell cell_of(const shaper *s, uint32_t item, const hb_glyph_info_t *info,
                       const hb_glyph_position_t *place)
{
    hb_position_t natural = place->x_advance;
    if (s->plain && natural != 0) /* a mark has no advance whatever its width */
        natural = hb_font_get_glyph_h_advance(s->font, info->codepoint);
    return (nc_cell){.glyph = info->codepoint,
                     .byte = info->cluster,
                     .item = item,
                     .offset = place->x_offset * s->px,
                     .raise = place->y_offset * s->px,
                     .advance = place->x_advance * s->px,
                     .natural = natural * s->px};
}

/* From left to right to the order of the text: clusters are turned, not the glyphs in them. */
static bool turn_cells(nc_paragraph *p, nc_arena *a, uint32_t from)
{
    uint32_t len = p->cells.len - from;
    p->turned.len = 0;
    if (!NC_FIT(a, &p->turned, len))
        return false;
    for (uint32_t end = p->cells.len; end > from;) {
        uint32_t start = end - 1;
        while (start > from && p->cells.ptr[start - 1].byte == p->cells.ptr[end - 1].byte)
            start--;
        for (uint32_t i = start; i < end; i++)
            p->turned.ptr[p->turned.len++] = p->cells.ptr[i];
        end = start;
    }
    if (len)
        memcpy(p->cells.ptr + from, p->turned.ptr, len * sizeof *p->turned.ptr);
    return true;
}

/* As wide as the icon is when it is one em high; a ribbon is no icon. */
static bool put_icon_cell(nc_paragraph *p, nc_arena *a, uint32_t index)
{
    static const double widest = 8;
    const nc_shape_item *item = &p->items.ptr[index];
    const double em = item->icon->w / item->icon->h;
    const double width = item->size * (em < widest ? em : widest);
    const nc_cell cell = {.byte = item->start, .item = index, .advance = width, .natural = width};
    return NC_PUSH(a, &p->cells, cell);
}

static bool shape_item(nc_paragraph *p, nc_arena *a, nc_fonts *fonts, uint32_t index)
{
    const nc_shape_item *item = &p->items.ptr[index];
    shaper s;
    if (item->icon)
        return put_icon_cell(p, a, index);
    if (!shaper_of(&s, fonts, item) || !shape_with(fonts->buffer, &s, p, item))
        return false;
    unsigned int len = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(fonts->buffer, &len);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(fonts->buffer, NULL);
    if (!NC_FIT(a, &p->cells, len))
        return false;
    uint32_t from = p->cells.len;
    for (unsigned int i = 0; i < len; i++)
        p->cells.ptr[p->cells.len++] = cell_of(&s, index, &infos[i], &places[i]);
    return !nc_is_rtl(item) || turn_cells(p, a, from);
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
