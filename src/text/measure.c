#include "base/map.h"
#include "base/utf8.h"
#include "text/wrap.h"

static const double default_line_height = 1.35;

/* Most characters that the warning about missing glyphs names. */
enum { MISSING_NAMED = 8 };

struct nc_measure {
    nc_arena *arena;
    nc_fonts *fonts;
    nc_diags *diags;
    nc_map known; /* request to index of texts */
    NC_VEC(const nc_text *) texts;
    /* scratch, used again for every label */
    NC_VEC(char) key;
    nc_paragraph paragraph;
    nc_wrapper wrapper;
    nc_wrapped_lines wrapped;
    NC_VEC(nc_text_line) lines;
    nc_u32_vec missing; /* of this label */
    /* characters reported as missing so far, and where that report is */
    nc_u32_vec reported;
    uint32_t report;
};

nc_measure *nc_measure_new(nc_arena *a, nc_fonts *fonts, nc_diags *d)
{
    nc_measure *m = NC_NEW(a, nc_measure, 1);
    if (!m)
        return NULL;
    *m = (nc_measure){.arena = a, .fonts = fonts, .diags = d, .report = NC_NONE};
    return m;
}

/* ---- missing characters: one warning a diagram ---- */

static bool is_reported(const nc_measure *m, uint32_t code)
{
    for (uint32_t i = 0; i < m->reported.len; i++) {
        if (m->reported.ptr[i] == code)
            return true;
    }
    return false;
}

static bool write_missing(nc_sv *out, nc_measure *m)
{
    nc_sv text = NC_SV("");
    uint32_t named = m->reported.len < MISSING_NAMED ? m->reported.len : MISSING_NAMED;
    for (uint32_t i = 0; i < named; i++) {
        char bytes[4];
        size_t len = nc_utf8_write(bytes, m->reported.ptr[i]);
        if (!nc_arena_printf(&text, m->arena, "%.*s%s'%.*s' (U+%04X)", (int)text.len, text.ptr,
                             i ? ", " : "", (int)len, bytes, (unsigned)m->reported.ptr[i]))
            return false;
    }
    bool more = m->reported.len > named;
    return nc_arena_printf(out, m->arena, "the embedded fonts have no glyph for %.*s%s",
                           (int)text.len, text.ptr, more ? " and others" : "");
}

/* The first label reports; later ones lengthen that message, so that there is one a diagram. */
static bool report_missing(nc_measure *m, nc_span at)
{
    bool news = false;
    for (uint32_t i = 0; i < m->missing.len && m->reported.len <= MISSING_NAMED; i++) {
        if (is_reported(m, m->missing.ptr[i]))
            continue;
        if (!NC_PUSH(m->arena, &m->reported, m->missing.ptr[i]))
            return false;
        news = true;
    }
    nc_sv message;
    if (!news || !m->diags)
        return true;
    if (!write_missing(&message, m))
        return false;
    if (m->report != NC_NONE) {
        m->diags->list.ptr[m->report].message = message;
        return true;
    }
    uint32_t before = m->diags->list.len;
    nc_diag_add(m->diags, NC_RULE_MISSING_GLYPHS, at, "%.*s", (int)message.len, message.ptr);
    if (m->diags->list.len > before)
        m->report = before;
    return true;
}

/* ---- from wrapped cells to lines of runs ---- */

/* Where the finished runs of a paragraph go. */
typedef struct setter {
    nc_measure *m;
    nc_sv text; /* the paragraph's, copied into the arena */
    uint32_t *glyphs;
    double *xs;
    uint32_t used; /* of both */
} setter;

static uint32_t count_runs(const nc_paragraph *p, const nc_wrapped_line *line)
{
    uint32_t runs = 0;
    for (uint32_t i = line->start; i < line->end; i++) {
        if (i == line->start || p->cells.ptr[i].item != p->cells.ptr[i - 1].item)
            runs++;
    }
    return runs;
}

/* Cells [start, end) of one item as a run; `last` when the line ends with it. */
static void set_run(nc_glyph_run *run, setter *s, uint32_t start, uint32_t end, bool last)
{
    const nc_paragraph *p = &s->m->paragraph;
    const nc_cell *cells = p->cells.ptr;
    const nc_shape_item *item = &p->items.ptr[cells[start].item];
    uint32_t to =
        end < p->cells.len && cells[end].item == cells[start].item ? cells[end].byte : item->end;
    run->text = nc_sv_slice(s->text, cells[start].byte, to);
    run->face = item->face;
    run->size = item->size;
    run->dy = item->dy;
    run->decoration = item->decoration;
    run->glyphs = s->glyphs + s->used;
    run->xs = s->xs + s->used;
    run->len = end - start;
    for (uint32_t i = start; i < end; i++) {
        s->glyphs[s->used] = cells[i].glyph;
        s->xs[s->used++] = run->width + cells[i].offset;
        run->width += last && i + 1 == end ? cells[i].natural : cells[i].advance;
    }
}

/* Adds the hyphen of a broken word to the line's last run, which is the one written last. */
static bool add_hyphen(nc_glyph_run *run, setter *s)
{
    const nc_shape_item item = {.face = run->face, .size = run->size};
    uint32_t glyph = 0;
    double width = nc_hyphen_width(s->m->fonts, &item, &glyph);
    s->glyphs[s->used] = glyph;
    s->xs[s->used++] = run->width;
    run->width += width;
    run->len++;
    return nc_arena_printf(&run->text, s->m->arena, "%.*s-", (int)run->text.len, run->text.ptr);
}

static bool set_line(nc_text_line *out, setter *s, const nc_wrapped_line *line)
{
    const nc_cell *cells = s->m->paragraph.cells.ptr;
    *out = (nc_text_line){.len = count_runs(&s->m->paragraph, line)};
    if (out->len == 0)
        return true;
    out->runs = NC_NEW(s->m->arena, nc_glyph_run, out->len);
    if (!out->runs)
        return false;
    nc_glyph_run *run = out->runs;
    for (uint32_t start = line->start; start < line->end; run++) {
        uint32_t end = start + 1;
        while (end < line->end && cells[end].item == cells[start].item)
            end++;
        run->x = out->width;
        set_run(run, s, start, end, end == line->end);
        if (end == line->end && line->hyphen && !add_hyphen(run, s))
            return false;
        out->width += run->width;
        start = end;
    }
    return true;
}

static bool set_paragraph(nc_measure *m, const nc_text_style *style)
{
    const nc_paragraph *p = &m->paragraph;
    m->wrapped.len = 0;
    setter s = {.m = m};
    if (!nc_wrap(&m->wrapped, &m->wrapper, m->arena, p, m->fonts, style->max_width,
                 style->break_words) ||
        !nc_arena_copy(&s.text, m->arena, (nc_sv){p->text.ptr, p->text.len}))
        return false;
    size_t room = (size_t)p->cells.len + m->wrapped.len; /* a hyphen a line at most */
    s.glyphs = NC_NEW(m->arena, uint32_t, room);
    s.xs = NC_NEW(m->arena, double, room);
    if (!s.glyphs || !s.xs)
        return false;
    for (uint32_t i = 0; i < m->wrapped.len; i++) {
        nc_text_line line;
        if (!set_line(&line, &s, &m->wrapped.ptr[i]) || !NC_PUSH(m->arena, &m->lines, line))
            return false;
    }
    return true;
}

/* One line of the label's text: the seam between the roads. */
static bool measure_paragraph(nc_measure *m, const nc_styled *styled, uint32_t start, uint32_t end,
                              const nc_text_style *style)
{
    const nc_shape_style shape = {style->face, style->size};
    nc_road road;
    if (!nc_paragraph_read(&m->paragraph, &road, &m->missing, m->arena, m->fonts, styled, start,
                           end, &shape))
        return false;
    /* NC_ROAD_FALLBACK is set with the embedded faces too, missing glyphs as their boxes. */
    return nc_paragraph_shape(&m->paragraph, m->arena, m->fonts) && set_paragraph(m, style);
}

/* Baselines: ascent and descent of the label's own face, centred in each line. */
static bool place_lines(nc_text *text, nc_measure *m, const nc_text_style *style)
{
    const nc_open_face *open = nc_fonts_open(m->fonts, style->face);
    text->lines = NC_NEW(m->arena, nc_text_line, m->lines.len);
    if (!open || !text->lines)
        return false;
    double em = style->line_height > 0 ? style->line_height : default_line_height;
    double height = em * style->size;
    double first = (height + (open->ascent - open->descent) * style->size) / 2;
    text->len = m->lines.len;
    memcpy(text->lines, m->lines.ptr, m->lines.len * sizeof(nc_text_line));
    for (uint32_t i = 0; i < text->len; i++) {
        text->lines[i].baseline = first + i * height;
        if (text->lines[i].width > text->w)
            text->w = text->lines[i].width;
    }
    text->h = text->len * height;
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
    m->lines.len = 0;
    m->missing.len = 0;
    for (size_t start = 0; start <= styled.text.len;) {
        size_t end = nc_sv_find(styled.text, NC_SV("\n"), start);
        if (end == SIZE_MAX)
            end = styled.text.len;
        if (!measure_paragraph(m, &styled, (uint32_t)start, (uint32_t)end, style))
            return false;
        start = end + 1;
    }
    return place_lines(text, m, style) && (m->missing.len == 0 || report_missing(m, label->at));
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
