#include "paint/svg_text.h"

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

static void put_weight(nc_buf *out, int weight, bool italic)
{
    if (weight != 400)
        nc_buf_fmt(out, " font-weight=\"%d\"", weight);
    if (italic)
        NC_BUF_LIT(out, " font-style=\"italic\"");
}

/*
 * The name of the picture's copy: by order of use, so that it is the same whatever was drawn before,
 * and a CSS identifier whatever the font is called.
 */
static void put_fallback_name(nc_buf *out, const nc_svg_faces *faces, uint32_t index)
{
    nc_buf_fmt(out, "%s-f%u", faces->prefix, index + 1);
}

/* A font of the system: the picture's copy, the viewer's own, whatever else the viewer has. */
static void put_fallback(nc_buf *out, const nc_fallback_font *font, const nc_svg_faces *faces)
{
    NC_BUF_LIT(out, " font-family=\"");
    put_fallback_name(out, faces, nc_font_use_index(faces->use, font));
    NC_BUF_LIT(out, ",'");
    for (const char *p = font->family; *p; p++) {
        bool control = (unsigned char)*p < ' ' || *p == 0x7F;
        if (*p != '\'' && *p != '\\' && !control) /* what ends or escapes in CSS */
            nc_xml_text(out, nc_sv_from(p, 1));
    }
    NC_BUF_LIT(out, "',sans-serif\"");
    put_weight(out, font->weight, font->italic);
}

static void put_face(nc_buf *out, nc_face face, const char *prefix)
{
    nc_font_info info = nc_face_info(face);
    if (face == NC_FACE_MONO)
        nc_svg_family(out, prefix, face);
    put_weight(out, info.weight, info.italic);
}

static void put_font(nc_buf *out, const nc_glyph_run *run, const nc_svg_faces *faces)
{
    if (run->font)
        put_fallback(out, run->font, faces);
    else
        put_face(out, run->face, faces->prefix);
}

static size_t count_chars(nc_sv text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return n;
}

static void put_run_attrs(nc_buf *out, const nc_glyph_run *run, const nc_svg_faces *faces)
{
    put_font(out, run, faces);
    nc_xml_number(out, "font-size", run->size);
    if (run->decoration & NC_UNDERLINE)
        NC_BUF_LIT(out, " text-decoration=\"underline\"");
    else if (run->decoration & NC_STRIKE)
        NC_BUF_LIT(out, " text-decoration=\"line-through\"");
}

/* Letters that join are not pulled apart: their outlines are stretched with the gaps. */
static void put_length(nc_buf *out, const nc_glyph_run *run)
{
    if (count_chars(run->text) <= 1)
        return;
    nc_xml_number(out, "textLength", run->width);
    if (run->font)
        NC_BUF_LIT(out, " lengthAdjust=\"spacingAndGlyphs\"");
}

/*
 * A run is of one direction, and viewers do not agree where text from right to left is anchored:
 * its middle is the same point to all of them.
 */
static void put_direction(nc_buf *out, const nc_glyph_run *run)
{
    if (run->rtl)
        NC_BUF_LIT(out, " direction=\"rtl\" unicode-bidi=\"bidi-override\"");
}

static bool same_look(const nc_glyph_run *a, const nc_glyph_run *b)
{
    return a->face == b->face && a->font == b->font && !a->rtl && !b->rtl &&
           a->decoration == b->decoration && fabs(a->size - b->size) < 0.005 &&
           fabs(a->dy - b->dy) < 0.005;
}

/* All runs alike and one a line: the look can stand on the <text> alone. */
static bool is_plain(const nc_text *text)
{
    const nc_glyph_run *first = NULL;
    for (uint32_t i = 0; i < text->len; i++) {
        const nc_text_line *line = &text->lines[i];
        if (line->len == 0)
            continue;
        if (line->len > 1 || line->runs[0].icon || fabs(line->runs[0].dy) > 0.005 ||
            line->runs[0].rtl || (first && !same_look(first, &line->runs[0])))
            return false;
        first = &line->runs[0];
    }
    return first != NULL;
}

static const nc_glyph_run *first_run(const nc_text *text)
{
    for (uint32_t i = 0; i < text->len; i++)
        for (uint32_t k = 0; k < text->lines[i].len; k++)
            if (!text->lines[i].runs[k].icon) /* a shape of its own */
                return &text->lines[i].runs[k];
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
static void put_mixed(nc_buf *out, const nc_text_item *item, const nc_svg_faces *faces)
{
    NC_BUF_LIT(out, " xml:space=\"preserve\">");
    for (uint32_t i = 0; i < item->text->len; i++) {
        const nc_text_line *line = &item->text->lines[i];
        double left = line_left(item, line);
        for (uint32_t k = 0; k < line->len; k++) {
            const nc_glyph_run *run = &line->runs[k];
            if (run->icon)
                continue;
            NC_BUF_LIT(out, "<tspan");
            nc_xml_number(out, "x", left + run->x + (run->rtl ? run->width / 2 : 0));
            nc_xml_number(out, "y", item->y + line->baseline + run->dy);
            if (run->rtl)
                NC_BUF_LIT(out, " text-anchor=\"middle\"");
            put_run_attrs(out, run, faces);
            put_direction(out, run);
            put_length(out, run);
            nc_buf_char(out, '>');
            nc_xml_text(out, run->text);
            NC_BUF_LIT(out, "</tspan>");
        }
    }
}

void nc_svg_text(nc_buf *out, const nc_text_item *item, const nc_svg_paints *paints,
                 const nc_svg_faces *faces)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    const nc_glyph_run *first = first_run(item->text);
    if (!first)
        return;
    NC_BUF_LIT(out, "<text");
    nc_svg_class(out, paints, nc_part_name(item->part), (nc_sv){0}, item->fill, NC_NO_PAINT);
    nc_xml_color(out, "fill", nc_theme_color(paints->theme, item->fill));
    if (is_plain(item->text)) {
        put_run_attrs(out, first, faces);
        if (item->anchor != NC_ANCHOR_START)
            nc_xml_attr(out, "text-anchor", nc_sv_cstr(anchors[item->anchor]));
        put_plain(out, item);
    } else {
        put_mixed(out, item, faces);
    }
    NC_BUF_LIT(out, "</text>");
}

bool nc_svg_faces_find(nc_svg_faces *out, const char *prefix, const nc_scene *scene,
                       nc_fonts *fonts)
{
    *out = (nc_svg_faces){prefix, nc_font_use_new(scene->arena, fonts)};
    if (!out->use)
        return false;
    for (uint32_t i = 0; i < scene->items.len; i++) {
        const nc_item *item = &scene->items.ptr[i];
        if (item->kind == NC_ITEM_TEXT && !nc_font_use_add(out->use, item->as.text.text))
            return false;
    }
    return true;
}

static bool put_face_file(nc_buf *out, nc_fonts *fonts, nc_face face, const nc_svg_faces *faces)
{
    nc_sv bytes;
    if (!nc_font_subset(&bytes, fonts, face, faces->use))
        return false;
    nc_font_info info = nc_face_info(face);
    nc_buf_fmt(out,
               "@font-face{font-family:%s%s;font-weight:%d;font-style:%s;src:url(data:font/otf;"
               "base64,",
               faces->prefix, face == NC_FACE_MONO ? "-mono" : "", info.weight,
               info.italic ? "italic" : "normal");
    nc_base64(out, bytes);
    NC_BUF_LIT(out, ") format(\"opentype\")}\n");
    return true;
}

static bool put_fallback_file(nc_buf *out, nc_fonts *fonts, const nc_fallback_font *font,
                              uint32_t index, const nc_svg_faces *faces)
{
    nc_sv bytes;
    if (!nc_fallback_subset(&bytes, fonts, faces->use, index))
        return false;
    if (bytes.len == 0)
        return true; /* the viewer's own has to do */
    bool cff = nc_sv_starts(bytes, NC_SV("OTTO"));
    NC_BUF_LIT(out, "@font-face{font-family:");
    put_fallback_name(out, faces, index);
    nc_buf_fmt(out, ";font-weight:%d;font-style:%s;src:url(data:font/%s;base64,", font->weight,
               font->italic ? "italic" : "normal", cff ? "otf" : "ttf");
    nc_base64(out, bytes);
    nc_buf_fmt(out, ") format(\"%s\")}\n", cff ? "opentype" : "truetype");
    return true;
}

bool nc_svg_faces_put(nc_buf *out, const nc_svg_faces *faces, nc_fonts *fonts)
{
    for (nc_face face = 0; face < NC_FACE_COUNT; face++)
        if (nc_font_use_has(faces->use, face) && !put_face_file(out, fonts, face, faces))
            return false;
    const nc_fallback_font *font;
    for (uint32_t i = 0; (font = nc_font_use_fallback(faces->use, i)); i++)
        if (!put_fallback_file(out, fonts, font, i, faces))
            return false;
    return true;
}
