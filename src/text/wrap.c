#include "text/wrap.h"

#include <hb.h>

/* Sums of advances differ in their last bits with the order of adding; a line may not break on it. */
static const double slack = 1e-6;

double nc_hyphen_width(nc_fonts *fonts, const nc_shape_item *item, uint32_t *glyph)
{
    hb_codepoint_t id = 0;
    if (item->icon)
        return 0;
    if (item->font) {
        if (!hb_font_get_nominal_glyph(item->font->shape, '-', &id))
            return 0;
        *glyph = id;
        return hb_font_get_glyph_h_advance(item->font->shape, id) * item->font->em * item->size;
    }
    const nc_open_face *open = nc_fonts_open(fonts, item->face);
    if (!open || !hb_font_get_nominal_glyph(open->font, '-', &id))
        return 0;
    *glyph = id;
    return hb_font_get_glyph_h_advance(open->font, id) * open->em * item->size;
}

static bool is_blank(const nc_paragraph *p, uint32_t cell)
{
    const char *at = &p->text.ptr[p->cells.ptr[cell].byte];
    /* a blank, or the ideographic one: U+3000 */
    return *at == ' ' || (at[0] == '\xE3' && at[1] == '\x80' && at[2] == '\x80');
}

/* Cells [start, end) as a piece. */
static nc_wrap_piece make_piece(const nc_paragraph *p, nc_fonts *fonts, uint32_t start,
                                uint32_t end, bool hyphen)
{
    nc_wrap_piece piece = {
        .start = start, .end = end, .visible_end = end, .hyphen = hyphen && end > start};
    while (piece.visible_end > start && is_blank(p, piece.visible_end - 1))
        piece.visible_end--;
    for (uint32_t i = start; i < end; i++) {
        const nc_cell *cell = &p->cells.ptr[i];
        piece.advance += cell->advance;
        if (i + 1 < piece.visible_end)
            piece.width += cell->advance;
        else if (i < piece.visible_end)
            piece.width += cell->natural;
    }
    if (piece.hyphen) {
        uint32_t glyph = 0;
        const nc_cell *last = &p->cells.ptr[end - 1];
        piece.width += nc_hyphen_width(fonts, &p->items.ptr[last->item], &glyph);
    }
    return piece;
}

/* A word wider than the line, cut where a line is full; clusters stay whole. */
static bool push_cut(nc_wrapper *w, nc_arena *a, const nc_paragraph *p, nc_fonts *fonts,
                     const nc_wrap_piece *whole, double max_width)
{
    uint32_t start = whole->start;
    double width = 0;
    for (uint32_t i = whole->start; i < whole->visible_end; i++) {
        const nc_cell *cell = &p->cells.ptr[i];
        bool new_cluster = i > start && cell->byte != p->cells.ptr[i - 1].byte;
        if (new_cluster && width + cell->natural > max_width + slack) {
            if (!NC_PUSH(a, &w->pieces, make_piece(p, fonts, start, i, false)))
                return false;
            start = i;
            width = 0;
        }
        width += cell->advance;
    }
    return NC_PUSH(a, &w->pieces, make_piece(p, fonts, start, whole->end, whole->hyphen));
}

static bool find_pieces(nc_wrapper *w, nc_arena *a, const nc_paragraph *p, nc_fonts *fonts,
                        double max_width, bool break_words)
{
    w->pieces.len = 0;
    uint32_t start = 0;
    for (uint32_t i = 1; i <= p->cells.len; i++) {
        nc_break at = NC_BREAK_HERE;
        if (i < p->cells.len) {
            if (p->cells.ptr[i].byte == p->cells.ptr[i - 1].byte)
                continue;
            at = (nc_break)p->breaks.ptr[p->cells.ptr[i].byte];
            if (at == NC_BREAK_NO)
                continue;
        }
        nc_wrap_piece piece = make_piece(p, fonts, start, i, at == NC_BREAK_HYPHEN);
        bool cut = break_words && max_width > 0 && piece.width > max_width + slack;
        if (!(cut ? push_cut(w, a, p, fonts, &piece, max_width) : NC_PUSH(a, &w->pieces, piece)))
            return false;
        start = i;
    }
    return true;
}

/* Greedy filling: the piece behind the line that starts with `first`. */
static uint32_t fill_line(const nc_wrapper *w, uint32_t first, double max_width)
{
    double advance = w->pieces.ptr[first].advance;
    uint32_t next = first + 1;
    while (next < w->pieces.len && advance + w->pieces.ptr[next].width <= max_width + slack)
        advance += w->pieces.ptr[next++].advance;
    return next;
}

static uint32_t count_lines(const nc_wrapper *w, double max_width, uint32_t most)
{
    uint32_t lines = 0;
    for (uint32_t first = 0; first < w->pieces.len && lines <= most; lines++)
        first = fill_line(w, first, max_width);
    return lines;
}

/* The smallest width, to a sixteenth px, that needs no more lines than max_width does. */
static double balanced_width(const nc_wrapper *w, double max_width)
{
    uint32_t lines = count_lines(w, max_width, UINT32_MAX - 1);
    if (lines <= 1)
        return max_width;
    double low = 0;
    double high = max_width;
    for (uint32_t i = 0; i < w->pieces.len; i++) {
        if (w->pieces.ptr[i].width > low)
            low = w->pieces.ptr[i].width;
    }
    if (low >= high)
        return max_width;
    while (high - low > 1.0 / 16) {
        double mid = low + (high - low) / 2;
        if (count_lines(w, mid, lines) <= lines)
            high = mid;
        else
            low = mid;
    }
    return high;
}

bool nc_wrap(nc_wrapped_lines *out, nc_wrapper *w, nc_arena *a, const nc_paragraph *p,
             nc_fonts *fonts, double max_width, bool break_words)
{
    if (p->cells.len == 0)
        return NC_PUSH(a, out, ((nc_wrapped_line){0, 0, false}));
    if (!find_pieces(w, a, p, fonts, max_width, break_words))
        return false;
    double width = max_width > 0 ? balanced_width(w, max_width) : 0;
    for (uint32_t first = 0; first < w->pieces.len;) {
        uint32_t next = max_width > 0 ? fill_line(w, first, width) : w->pieces.len;
        const nc_wrap_piece *last = &w->pieces.ptr[next - 1];
        const nc_wrapped_line line = {w->pieces.ptr[first].start, last->visible_end,
                                      last->hyphen && next < w->pieces.len};
        if (!NC_PUSH(a, out, line))
            return false;
        first = next;
    }
    return true;
}
