#include "paint/svg_text.h"

#include "base/utf8.h"
#include "paint/xml.h"

#include <math.h>

void nc_svg_family(nc_buf *out, const char *prefix, nc_face face)
{
    if (face == NC_FACE_MONO)
        nc_buf_fmt(out, " font-family=\"%s-mono,ui-monospace,'DejaVu Sans Mono',monospace\"",
                   prefix);
    else
        nc_buf_fmt(out, " font-family=\"%s,Inter,'Helvetica Neue',Arial,sans-serif\"", prefix);
}

static void put_face(nc_buf *out, nc_face face, const char *prefix)
{
    nc_font_info info = nc_face_info(face);
    if (face == NC_FACE_MONO)
        nc_svg_family(out, prefix, face);
    if (info.weight != 400)
        nc_buf_fmt(out, " font-weight=\"%d\"", info.weight);
    if (info.italic)
        NC_BUF_LIT(out, " font-style=\"italic\"");
}

static size_t count_chars(nc_sv text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return n;
}

static void put_run_attrs(nc_buf *out, const nc_glyph_run *run, const char *prefix)
{
    put_face(out, run->face, prefix);
    nc_xml_number(out, "font-size", run->size);
    if (run->decoration & NC_UNDERLINE)
        NC_BUF_LIT(out, " text-decoration=\"underline\"");
    else if (run->decoration & NC_STRIKE)
        NC_BUF_LIT(out, " text-decoration=\"line-through\"");
}

static void put_length(nc_buf *out, const nc_glyph_run *run)
{
    if (count_chars(run->text) > 1)
        nc_xml_number(out, "textLength", run->width);
}

static bool same_look(const nc_glyph_run *a, const nc_glyph_run *b)
{
    return a->face == b->face && a->decoration == b->decoration &&
           fabs(a->size - b->size) < 0.005 && fabs(a->dy - b->dy) < 0.005;
}

/* All runs alike and one a line: the look can stand on the <text> alone. */
static bool is_plain(const nc_text *text)
{
    const nc_glyph_run *first = NULL;
    for (uint32_t i = 0; i < text->len; i++) {
        const nc_text_line *line = &text->lines[i];
        if (line->len == 0)
            continue;
        if (line->len > 1 || fabs(line->runs[0].dy) > 0.005 ||
            (first && !same_look(first, &line->runs[0])))
            return false;
        first = &line->runs[0];
    }
    return first != NULL;
}

static const nc_glyph_run *first_run(const nc_text *text)
{
    for (uint32_t i = 0; i < text->len; i++)
        if (text->lines[i].len)
            return &text->lines[i].runs[0];
    return NULL;
}

static double line_left(const nc_text_item *item, const nc_text_line *line)
{
    switch (item->anchor) {
    case NC_ANCHOR_START:
        break;
    case NC_ANCHOR_MIDDLE:
        return item->x - line->width / 2;
    case NC_ANCHOR_END:
        return item->x - line->width;
    }
    return item->x;
}

/* Lines of one run each: anchored, so that a viewer's other font stays centred. */
static void put_plain(nc_buf *out, const nc_text_item *item)
{
    const nc_text *text = item->text;
    if (text->len == 1) {
        const nc_glyph_run *run = &text->lines[0].runs[0];
        nc_xml_number(out, "x", item->x);
        nc_xml_number(out, "y", item->y + text->lines[0].baseline);
        put_length(out, run);
        nc_buf_char(out, '>');
        nc_xml_text(out, run->text);
        return;
    }
    nc_buf_char(out, '>');
    for (uint32_t i = 0; i < text->len; i++) {
        const nc_text_line *line = &text->lines[i];
        if (line->len == 0)
            continue;
        NC_BUF_LIT(out, "<tspan");
        nc_xml_number(out, "x", item->x);
        nc_xml_number(out, "y", item->y + line->baseline);
        put_length(out, &line->runs[0]);
        nc_buf_char(out, '>');
        nc_xml_text(out, line->runs[0].text);
        NC_BUF_LIT(out, "</tspan>");
    }
}

/* Lines of several runs: each run at its own place, measured from the left. */
static void put_mixed(nc_buf *out, const nc_text_item *item, const char *prefix)
{
    NC_BUF_LIT(out, " xml:space=\"preserve\">");
    for (uint32_t i = 0; i < item->text->len; i++) {
        const nc_text_line *line = &item->text->lines[i];
        double left = line_left(item, line);
        for (uint32_t k = 0; k < line->len; k++) {
            const nc_glyph_run *run = &line->runs[k];
            NC_BUF_LIT(out, "<tspan");
            nc_xml_number(out, "x", left + run->x);
            nc_xml_number(out, "y", item->y + line->baseline + run->dy);
            put_run_attrs(out, run, prefix);
            put_length(out, run);
            nc_buf_char(out, '>');
            nc_xml_text(out, run->text);
            NC_BUF_LIT(out, "</tspan>");
        }
    }
}

void nc_svg_text(nc_buf *out, const nc_text_item *item, const nc_theme *theme, const char *prefix)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    const nc_glyph_run *first = first_run(item->text);
    if (!first)
        return;
    NC_BUF_LIT(out, "<text");
    if (item->part != NC_PART_NONE)
        nc_xml_attr(out, "class", nc_sv_cstr(nc_part_name(item->part)));
    nc_xml_color(out, "fill", nc_theme_color(theme, item->fill));
    if (is_plain(item->text)) {
        put_run_attrs(out, first, prefix);
        if (item->anchor != NC_ANCHOR_START)
            nc_xml_attr(out, "text-anchor", nc_sv_cstr(anchors[item->anchor]));
        put_plain(out, item);
    } else {
        put_mixed(out, item, prefix);
    }
    NC_BUF_LIT(out, "</text>");
}

/* A set of code points as bits, a page of 256 at a time: sorted and without repeats by itself. */
typedef struct char_set {
    uint32_t *pages[0x110000 / 256]; /* 8 words each */
    uint32_t len;
} char_set;

static bool add_char(char_set *set, nc_arena *a, uint32_t code)
{
    uint32_t **page = &set->pages[code / 256];
    if (!*page)
        *page = NC_NEW(a, uint32_t, 8);
    if (!*page)
        return false;
    uint32_t *word = &(*page)[code % 256 / 32];
    uint32_t bit = 1u << (code % 32);
    if (!(*word & bit))
        set->len++;
    *word |= bit;
    return true;
}

static bool add_run(char_set *set, nc_arena *a, nc_sv text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t code = nc_utf8_next(text, &i);
        if (code != NC_UTF8_BAD && !add_char(set, a, code))
            return false;
    }
    return true;
}

static bool collect(char_set *sets, nc_arena *a, const nc_scene *scene)
{
    for (uint32_t i = 0; i < scene->items.len; i++) {
        const nc_item *item = &scene->items.ptr[i];
        if (item->kind != NC_ITEM_TEXT)
            continue;
        const nc_text *text = item->as.text.text;
        for (uint32_t k = 0; k < text->len; k++)
            for (uint32_t r = 0; r < text->lines[k].len; r++) {
                const nc_glyph_run *run = &text->lines[k].runs[r];
                if (!add_run(&sets[run->face], a, run->text))
                    return false;
            }
    }
    return true;
}

static uint32_t *list_chars(const char_set *set, nc_arena *a)
{
    uint32_t *codes = NC_NEW(a, uint32_t, set->len);
    uint32_t n = 0;
    for (uint32_t page = 0; codes && page < NC_COUNT(set->pages); page++)
        for (uint32_t c = 0; set->pages[page] && c < 256; c++)
            if (set->pages[page][c / 32] >> (c % 32) & 1)
                codes[n++] = page * 256 + c;
    return codes;
}

static bool put_font(nc_buf *out, nc_fonts *fonts, nc_face face, const uint32_t *codes,
                     uint32_t len, const char *prefix)
{
    nc_sv bytes;
    if (!nc_font_subset(&bytes, fonts, face, codes, len))
        return false;
    nc_font_info info = nc_face_info(face);
    bool cff = nc_sv_starts(bytes, NC_SV("OTTO"));
    nc_buf_fmt(out,
               "@font-face{font-family:%s%s;font-weight:%d;font-style:%s;src:url(data:font/%s;"
               "base64,",
               prefix, face == NC_FACE_MONO ? "-mono" : "", info.weight,
               info.italic ? "italic" : "normal", cff ? "otf" : "ttf");
    nc_base64(out, bytes);
    nc_buf_fmt(out, ") format(\"%s\")}\n", cff ? "opentype" : "truetype");
    return true;
}

bool nc_svg_fonts(nc_buf *out, const nc_scene *scene, nc_fonts *fonts, const char *prefix)
{
    nc_arena *a = scene->arena;
    char_set *sets = NC_NEW(a, char_set, NC_FACE_COUNT);
    if (!sets || !collect(sets, a, scene))
        return false;
    bool any = false;
    for (nc_face face = 0; face < NC_FACE_COUNT; face++) {
        if (sets[face].len == 0)
            continue;
        uint32_t *codes = list_chars(&sets[face], a);
        if (!codes)
            return false;
        if (!any)
            NC_BUF_LIT(out, "<style>\n");
        any = true;
        if (!put_font(out, fonts, face, codes, sets[face].len, prefix))
            return false;
    }
    if (any)
        NC_BUF_LIT(out, "text{font-variant-ligatures:none}\n</style>\n");
    return true;
}
