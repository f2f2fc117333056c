#include "text/cells.h"

#include "base/utf8.h"

#include <glib.h>

/* What turns the reading order of a terminal's line or shows nothing at all has no place in it. */
static bool is_hidden(uint32_t code)
{
    return code == 0x61C || (code >= 0x200B && code <= 0x200F && code != 0x200D) ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069) ||
           code == 0xFEFF || code == 0xAD;
}

/* Escape sequences and the like are no text. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == NC_UTF8_BAD || code == 0x2028 ||
           code == 0x2029;
}

unsigned nc_cell_width(uint32_t code)
{
    if (code >= 0x20 && code < 0x7F)
        return 1;
    if (g_unichar_iszerowidth(code))
        return 0;
    return g_unichar_iswide(code) ? 2 : 1;
}

double nc_cells_width(nc_sv text)
{
    double width = 0;
    for (size_t at = 0; at < text.len;)
        width += nc_cell_width(nc_utf8_next(text, &at));
    return width;
}

/* The label's words: icons are pictures, their names do only where there is nothing else. */
static bool write_words(nc_buf *out, const nc_styled *styled)
{
    bool words = false;
    for (uint32_t i = 0; i < styled->len; i++) {
        const nc_styled_span *span = &styled->spans[i];
        const nc_sv text = nc_sv_slice(styled->text, span->start, span->end);
        words = words || (!(span->emphasis & NC_EMPH_ICON) && nc_sv_trim(text).len > 0);
    }
    for (uint32_t i = 0; i < styled->len; i++) {
        const nc_styled_span *span = &styled->spans[i];
        const nc_sv text = nc_sv_slice(styled->text, span->start, span->end);
        if (words && (span->emphasis & NC_EMPH_ICON))
            continue;
        for (size_t at = 0; at < text.len;) {
            char bytes[4];
            uint32_t code = nc_utf8_next(text, &at);
            if (code == '\n') {
                nc_buf_char(out, '\n');
                continue;
            }
            if (is_hidden(code))
                continue;
            if (code == 0xA0)
                code = ' ';
            nc_buf_put(out,
                       nc_sv_from(bytes, nc_utf8_write(bytes, is_control(code) ? 0xFFFD : code)));
        }
    }
    return !out->failed;
}

/* Lines of a paragraph being filled. */
typedef struct filler {
    nc_arena *arena;
    NC_VEC(nc_text_line) lines;
    double max; /* cells; 0: any */
    bool break_words;
} filler;

static bool add_line(filler *f, nc_sv text)
{
    nc_text_line line = {.baseline = f->lines.len};
    while (text.len && text.ptr[text.len - 1] == ' ')
        text.len--;
    while (text.len && text.ptr[0] == ' ')
        text = nc_sv_slice(text, 1, text.len);
    line.runs = NC_NEW(f->arena, nc_glyph_run, 1);
    if (!line.runs)
        return false;
    line.len = 1;
    line.width = nc_cells_width(text);
    line.runs[0] = (nc_glyph_run){.text = text, .size = 1, .width = line.width};
    return NC_PUSH(f->arena, &f->lines, line);
}

/* Whether a line may end between these two characters. */
static bool may_break(uint32_t before, uint32_t after)
{
    if (before == ' ' || after == ' ')
        return before == ' ' && after != ' ';
    if (before == '-')
        return after != '-' && after != '>';
    return nc_cell_width(before) == 2 || (nc_cell_width(after) == 2 && before >= 0x80);
}

/* Fills lines of at most `max` cells; returns how many there were, or adds them. */
static bool fill(filler *f, nc_sv text, double max, uint32_t *count)
{
    size_t start = 0;
    size_t fit = 0; /* a line may end here */
    double width = 0;
    uint32_t before = ' ';
    uint32_t lines = 0;
    for (size_t at = 0; at < text.len;) {
        const size_t here = at;
        const uint32_t code = nc_utf8_next(text, &at);
        const unsigned wide = nc_cell_width(code);
        if (here > start && wide > 0 && may_break(before, code))
            fit = here;
        const bool over = max > 0 && code != ' ' && width + wide > max && here > start;
        size_t cut = over && fit > start ? fit : 0;
        if (over && !cut && f->break_words && wide > 0)
            cut = here;
        if (cut) {
            if (!count && !add_line(f, nc_sv_slice(text, start, cut)))
                return false;
            lines++;
            start = fit = cut;
            width = nc_cells_width(nc_sv_slice(text, start, here));
        }
        width += wide;
        if (wide > 0)
            before = code;
    }
    if (count)
        *count = lines + 1;
    return count || add_line(f, nc_sv_slice(text, start, text.len));
}

/* The narrowest lines that are no more than those of the widest: even lines read better. */
static bool fill_evenly(filler *f, nc_sv text)
{
    uint32_t wanted;
    double width = f->max;
    if (!fill(f, text, width, &wanted))
        return false;
    for (uint32_t lines = wanted; wanted > 1 && width > 4; width--) {
        if (!fill(f, text, width - 1, &lines))
            return false;
        if (lines > wanted)
            break;
    }
    return fill(f, text, width, NULL);
}

static bool set_lines(nc_text *out, filler *f, nc_sv text)
{
    for (size_t start = 0; start <= text.len;) {
        size_t end = nc_sv_find(text, NC_SV("\n"), start);
        if (end == SIZE_MAX)
            end = text.len;
        if (!fill_evenly(f, nc_sv_slice(text, start, end)))
            return false;
        start = end + 1;
    }
    out->lines = f->lines.ptr;
    out->len = f->lines.len;
    out->h = out->len;
    for (uint32_t i = 0; i < out->len; i++)
        if (out->lines[i].width > out->w)
            out->w = out->lines[i].width;
    return true;
}

bool nc_cells_set(nc_text *out, nc_arena *a, const nc_styled *styled, const nc_text_style *style)
{
    filler f = {.arena = a, .max = style->max_width, .break_words = style->break_words};
    nc_buf words;
    nc_sv text = {0};
    nc_buf_init(&words, &a->from, 0);
    bool ok = write_words(&words, styled) && nc_arena_copy(&text, a, nc_buf_sv(&words));
    nc_buf_release(&words);
    if (!ok || nc_sv_trim(text).len == 0)
        return ok;
    return set_lines(out, &f, text);
}
