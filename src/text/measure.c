#include "base/map.h"
#include "base/utf8.h"
#include "icon/icon.h"
#include "text/cells.h"
#include "text/family.h"
#include "text/lines.h"
#include "text/report.h"

static const double default_line_height = 1.35;

struct nc_measure {
    nc_arena *arena;
    nc_fonts *fonts;
    nc_diags *diags;
    nc_icon_book *book; /* NULL: icons are words */
    nc_map known;       /* request to index of texts */
    NC_VEC(const nc_text *) texts;
    /* scratch, used again for every label */
    NC_VEC(char) key;
    nc_paragraph paragraph;
    nc_wrapper wrapper;
    nc_wrapped_lines wrapped;
    nc_text_lines lines;
    nc_line_setter setter;
    nc_fallback fallback;
    NC_VEC(const nc_icon *) icons; /* of each span of the label */
    nc_u32_vec missing;            /* of this label */
    nc_borrowed_vec borrowed;
    nc_text_report report;
};

nc_measure *nc_measure_new(nc_arena *a, nc_fonts *fonts, nc_diags *d)
{
    nc_measure *m = NC_NEW(a, nc_measure, 1);
    if (!m)
        return NULL;
    *m = (nc_measure){.arena = a, .fonts = fonts, .diags = d};
    nc_text_report_init(&m->report, a, d);
    return m;
}

bool nc_measure_family(nc_measure *m, nc_sv css, nc_span at)
{
    nc_sv_vec names = {0};
    if (!nc_family_names(&names, m->arena, css))
        return false;
    if (names.len == 0 || !m->fonts->system.allowed)
        return true;
    nc_text_engine *engine = nc_fonts_engine(m->fonts);
    if (engine)
        m->fallback.family = m->fonts->system.calls->find_family(engine, names.ptr, names.len);
    if (m->fallback.family || !m->diags)
        return true;
    nc_diag_add(m->diags, NC_RULE_FONT_FAMILY, at,
                "there is no font of the family '%.*s', the embedded one is used",
                NC_SV_ARG(names.ptr[0]));
    if (!m->fonts->system.calls)
        nc_diag_hint(m->diags, "fonts of the system are reached through libnacre-cairo.so: %.*s",
                     (int)m->fonts->system.error.len,
                     m->fonts->system.error.ptr ? m->fonts->system.error.ptr : "");
    return true;
}

void nc_measure_icons(nc_measure *m, nc_icon_book *icons)
{
    m->book = icons;
}

/* The planes 2 and 3 are all theirs. */
static bool is_ideograph(uint32_t code)
{
    return (code >= 0x2E80 && code <= 0x2FDF) || (code >= 0x3400 && code <= 0x9FFF) ||
           (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x3FFFF);
}

void nc_measure_language(nc_measure *m, nc_sv text)
{
    bool ideographs = false;
    m->fallback.language = NULL;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = nc_utf8_next(text, &at);
        if (code >= 0x3041 && code <= 0x30FF) {
            m->fallback.language = "ja";
            return;
        }
        if (code >= 0xAC00 && code <= 0xD7A3)
            m->fallback.language = "ko";
        ideographs = ideographs || is_ideograph(code);
    }
    if (!m->fallback.language && ideographs)
        m->fallback.language = "zh-cn";
}

/* Sets a paragraph by what pango knows; the embedded faces stay first where no family is asked for. */
static bool read_fallback(nc_measure *m, const nc_shape_source *source)
{
    return nc_fallback_read(&m->fallback, &m->paragraph, &m->borrowed, &m->missing, m->arena,
                            m->fonts, source);
}

/* One line of the label's text: the seam between the roads. */
static bool measure_paragraph(nc_measure *m, const nc_styled *styled, uint32_t start, uint32_t end,
                              const nc_text_style *style)
{
    const nc_shape_source source = {.styled = styled,
                                    .start = start,
                                    .end = end,
                                    .style = {style->face, style->size},
                                    .icons = m->book ? m->icons.ptr : NULL};
    nc_road road;
    uint32_t missing = m->missing.len;
    m->wrapped.len = 0;
    if (!nc_paragraph_read(&m->paragraph, &road, &m->missing, m->arena, m->fonts, &source))
        return false;
    if (road == NC_ROAD_FALLBACK || m->fallback.family || m->fonts->system.always) {
        /* without the engine the embedded faces set it all, missing glyphs as their boxes */
        if (nc_fonts_engine(m->fonts)) {
            m->missing.len = missing;
            if (!read_fallback(m, &source))
                return false;
        }
    }
    return nc_paragraph_shape(&m->paragraph, m->arena, m->fonts) &&
           nc_wrap(&m->wrapped, &m->wrapper, m->arena, &m->paragraph, m->fonts, style->max_width,
                   style->break_words) &&
           nc_lines_set(&m->lines, &m->setter, m->arena, m->fonts, &m->paragraph, &m->wrapped);
}

/* How far the ink of a line's fallback fonts reaches above and below its baseline. */
static void reach_of(double *above, double *below, const nc_text_line *line)
{
    for (uint32_t i = 0; i < line->len; i++) {
        const nc_glyph_run *run = &line->runs[i];
        for (uint32_t k = 0; run->font && k < run->len; k++) {
            hb_glyph_extents_t ink;
            if (!hb_font_get_glyph_extents(run->font->shape, run->glyphs[k], &ink))
                continue;
            double px = run->font->em * run->size;
            double shift = run->dy + (run->ys ? run->ys[k] : 0);
            double top = ink.y_bearing * px - shift;
            double bottom = -(ink.y_bearing + ink.height) * px + shift;
            *above = top > *above ? top : *above;
            *below = bottom > *below ? bottom : *below;
        }
    }
}

/*
 * Baselines: ascent and descent of the label's own face, centred in each line. Where a fallback font
 * reaches out of that, all lines of the label are higher.
 */
static bool place_lines(nc_text *text, nc_measure *m, const nc_text_style *style)
{
    const nc_open_face *open = nc_fonts_open(m->fonts, style->face);
    text->lines = NC_NEW(m->arena, nc_text_line, m->lines.len);
    if (!open || !text->lines)
        return false;
    double em = style->line_height > 0 ? style->line_height : default_line_height;
    double height = em * style->size;
    double above = (height + (open->ascent - open->descent) * style->size) / 2;
    double below = height - above;
    for (uint32_t i = 0; i < m->lines.len; i++)
        reach_of(&above, &below, &m->lines.ptr[i]);
    bool reaches = above + below > height + 1e-6;
    if (reaches)
        height = above + below;
    text->len = m->lines.len;
    memcpy(text->lines, m->lines.ptr, m->lines.len * sizeof(nc_text_line));
    for (uint32_t i = 0; i < text->len; i++) {
        text->lines[i].baseline = above + i * height;
        if (text->lines[i].width > text->w)
            text->w = text->lines[i].width;
    }
    text->h = text->len * height;
    return true;
}

static bool is_icon(const nc_styled_span *span)
{
    return (span->emphasis & NC_EMPH_ICON) != 0;
}

static bool find_icons(nc_measure *m, const nc_styled *styled, nc_span at)
{
    m->icons.len = 0;
    for (uint32_t i = 0; m->book && i < styled->len; i++) {
        const nc_styled_span *span = &styled->spans[i];
        const nc_sv name = nc_sv_slice(styled->text, span->start, span->end);
        const nc_icon *icon = NULL;
        if ((is_icon(span) && !nc_icon_find(&icon, m->book, name, at)) ||
            !NC_PUSH(m->arena, &m->icons, icon))
            return false;
    }
    return true;
}

bool nc_text_check_icons(nc_icon_book *icons, nc_arena *a, const nc_label *label)
{
    nc_styled styled;
    const nc_icon *ignored;
    if (!icons || nc_sv_find(label->text, NC_SV(":fa-"), 0) == SIZE_MAX)
        return true;
    if (!nc_markup_read(&styled, a, label))
        return false;
    for (uint32_t i = 0; i < styled.len; i++) {
        const nc_styled_span *span = &styled.spans[i];
        const nc_sv name = nc_sv_slice(styled.text, span->start, span->end);
        if (is_icon(span) && !nc_icon_find(&ignored, icons, name, label->at))
            return false;
    }
    return true;
}

static bool measure_label(nc_text *text, nc_measure *m, const nc_label *label,
                          const nc_text_style *style)
{
    nc_styled styled;
    if (!nc_markup_read(&styled, m->arena, label))
        return false;
    if (styled.text.len == 0)
        return true;
    if (!m->fonts)
        return nc_cells_set(text, m->arena, &styled, style);
    if (!find_icons(m, &styled, label->at))
        return false;
    m->lines.len = 0;
    m->missing.len = m->borrowed.len = 0;
    for (size_t start = 0; start <= styled.text.len;) {
        size_t end = nc_sv_find(styled.text, NC_SV("\n"), start);
        if (end == SIZE_MAX)
            end = styled.text.len;
        if (!measure_paragraph(m, &styled, (uint32_t)start, (uint32_t)end, style))
            return false;
        start = end + 1;
    }
    return place_lines(text, m, style) &&
           nc_report_missing(&m->report, m->fonts, &m->missing, label->at) &&
           nc_report_borrowed(&m->report, &m->borrowed, label->at);
}

/* ---- one measurement a request ---- */

/* The request as bytes in m->key. */
static bool write_key(nc_measure *m, const nc_label *label, const nc_text_style *style)
{
    const double numbers[] = {style->size, style->line_height, style->max_width};
    const char small[] = {(char)style->face, (char)label->markup, (char)style->break_words};
    enum { HEAD = sizeof numbers + sizeof small };
    if (label->text.len > UINT32_MAX / 4)
        return false;
    m->key.len = 0;
    if (!NC_FIT(m->arena, &m->key, HEAD + (uint32_t)label->text.len))
        return false;
    memcpy(m->key.ptr, small, sizeof small);
    memcpy(m->key.ptr + sizeof small, numbers, sizeof numbers);
    if (label->text.len)
        memcpy(m->key.ptr + HEAD, label->text.ptr, label->text.len);
    m->key.len = HEAD + (uint32_t)label->text.len;
    return true;
}

bool nc_text_measure(const nc_text **out, nc_measure *m, const nc_label *label,
                     const nc_text_style *style)
{
    static const nc_text nothing = {0};
    if (!m) {
        *out = &nothing;
        return true;
    }
    if (!write_key(m, label, style))
        return false;
    nc_sv key = {m->key.ptr, m->key.len};
    uint32_t found = nc_map_lookup(&m->known, key);
    if (found != NC_NONE) {
        *out = m->texts.ptr[found];
        return true;
    }
    nc_text *text = NC_NEW(m->arena, nc_text, 1);
    if (!text || !measure_label(text, m, label, style) || !NC_PUSH(m->arena, &m->texts, text) ||
        !nc_arena_copy(&key, m->arena, key) ||
        !nc_map_set(&m->known, m->arena, key, m->texts.len - 1))
        return false;
    *out = text;
    return true;
}

/* Icons are pictures, not words; where there is nothing else, their names have to do. */
static nc_sv spoken(const nc_styled *styled, const nc_styled_span *span, bool only_icons)
{
    nc_sv text = nc_sv_slice(styled->text, span->start, span->end);
    if (!(span->emphasis & NC_EMPH_ICON))
        return text;
    size_t name = nc_sv_find(text, NC_SV("-"), 0);
    return only_icons ? nc_sv_slice(text, name + 1, text.len) : (nc_sv){0};
}

static bool has_words(const nc_styled *styled)
{
    for (uint32_t i = 0; i < styled->len; i++) {
        const nc_styled_span *span = &styled->spans[i];
        nc_sv text = nc_sv_slice(styled->text, span->start, span->end);
        if (!(span->emphasis & NC_EMPH_ICON) && nc_sv_trim(text).len > 0)
            return true;
    }
    return false;
}

bool nc_text_plain(nc_sv *out, nc_arena *a, const nc_label *label)
{
    nc_styled styled;
    if (!nc_markup_read(&styled, a, label))
        return false;
    char *text = NC_NEW(a, char, styled.text.len + 1);
    if (!text)
        return false;
    size_t len = 0;
    bool only_icons = !has_words(&styled);
    for (uint32_t i = 0; i < styled.len; i++) {
        nc_sv piece = spoken(&styled, &styled.spans[i], only_icons);
        for (size_t k = 0; k < piece.len; k++) {
            char c = piece.ptr[k] == '\n' ? ' ' : piece.ptr[k];
            if (c != ' ' || (len > 0 && text[len - 1] != ' '))
                text[len++] = c;
        }
    }
    while (len > 0 && text[len - 1] == ' ')
        len--;
    text[len] = '\0';
    *out = (nc_sv){text, len};
    return true;
}

bool nc_text_clean(nc_sv *out, nc_arena *a, nc_sv text)
{
    size_t at = 0;
    bool clean = true;
    *out = text;
    while (at < text.len && clean)
        clean = !nc_is_noncharacter(nc_utf8_next(text, &at));
    if (clean)
        return true;
    char *copy = NC_NEW(a, char, 3 * text.len + 1); /* a byte that is no UTF-8 becomes three */
    if (!copy)
        return false;
    size_t len = 0;
    for (at = 0; at < text.len;) {
        uint32_t code = nc_utf8_next(text, &at);
        len += nc_utf8_write(copy + len, nc_is_noncharacter(code) ? 0xFFFD : code);
    }
    *out = (nc_sv){copy, len};
    return true;
}
