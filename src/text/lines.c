#include "text/lines.h"

/* Where the finished runs of a paragraph go. */
typedef struct setter {
    nc_line_setter *memory;
    nc_arena *arena;
    nc_fonts *fonts;
    const nc_paragraph *p;
    nc_sv text; /* the paragraph's, copied into the arena */
    uint32_t *glyphs;
    double *xs, *ys;
    uint32_t *bytes;
    uint32_t used; /* of each of them */
} setter;

static const nc_shape_item *item_at(const setter *s, uint32_t cell)
{
    return &s->p->items.ptr[s->p->cells.ptr[cell].item];
}

static void put_cell(nc_glyph_run *run, setter *s, uint32_t i, uint32_t start_byte, bool last)
{
    const nc_cell *cell = &s->p->cells.ptr[i];
    s->glyphs[s->used] = cell->glyph;
    s->xs[s->used] = run->width + cell->offset;
    s->ys[s->used] = -cell->raise;
    s->bytes[s->used] = cell->byte - start_byte;
    if (cell->raise < 0 || cell->raise > 0)
        run->ys = s->ys + (s->used - run->len);
    s->used++;
    run->len++;
    run->width += last ? cell->natural : cell->advance;
}

/* The cells of a piece from left to right; `last`: the line's text ends with it. */
static void put_cells(nc_glyph_run *run, setter *s, const nc_wrapped_line *piece, bool last)
{
    const nc_cell *cells = s->p->cells.ptr;
    uint32_t first = cells[piece->start].byte;
    if (!run->rtl) {
        for (uint32_t i = piece->start; i < piece->end; i++)
            put_cell(run, s, i, first, last && i + 1 == piece->end);
        return;
    }
    for (uint32_t end = piece->end; end > piece->start;) {
        uint32_t start = end - 1;
        while (start > piece->start && cells[start - 1].byte == cells[end - 1].byte)
            start--;
        for (uint32_t i = start; i < end; i++)
            put_cell(run, s, i, first, last && i + 1 == piece->end);
        end = start;
    }
}

static void set_run(nc_glyph_run *run, setter *s, const nc_wrapped_line *piece, bool last)
{
    const nc_paragraph *p = s->p;
    const nc_cell *cells = p->cells.ptr;
    const nc_shape_item *item = item_at(s, piece->start);
    uint32_t to = piece->end < p->cells.len && cells[piece->end].item == cells[piece->start].item
                      ? cells[piece->end].byte
                      : item->end;
    run->text = nc_sv_slice(s->text, cells[piece->start].byte, to);
    run->font = item->font;
    run->face = item->face;
    run->rtl = nc_is_rtl(item);
    run->size = item->size;
    run->dy = item->dy;
    run->decoration = item->decoration;
    run->glyphs = s->glyphs + s->used;
    run->xs = s->xs + s->used;
    if (run->font || run->rtl)
        run->bytes = s->bytes + s->used;
    put_cells(run, s, piece, last);
    run->icon = item->icon;
    if (run->icon)
        run->len = 0;
}

/* Adds the hyphen of a broken word to its run, which is the one written last. */
static bool add_hyphen(nc_glyph_run *run, setter *s, uint32_t last_cell)
{
    uint32_t glyph = 0;
    double width = nc_hyphen_width(s->fonts, item_at(s, last_cell), &glyph);
    if (glyph == 0)
        return true;
    s->glyphs[s->used] = glyph;
    s->ys[s->used] = 0;
    s->bytes[s->used] = (uint32_t)run->text.len;
    s->xs[s->used++] = run->width;
    run->width += width;
    run->len++;
    return nc_arena_printf(&run->text, s->arena, "%.*s-", (int)run->text.len, run->text.ptr);
}

/* Pieces of one item each, in the order of the text, with their order from left to right. */
static bool cut_line(setter *s, const nc_wrapped_line *line)
{
    nc_line_setter *m = s->memory;
    const nc_cell *cells = s->p->cells.ptr;
    m->pieces.len = m->levels.len = m->order.len = 0;
    for (uint32_t start = line->start; start < line->end;) {
        uint32_t end = start + 1;
        while (end < line->end && cells[end].item == cells[start].item)
            end++;
        const nc_wrapped_line piece = {start, end, end == line->end && line->hyphen};
        if (!NC_PUSH(s->arena, &m->order, m->pieces.len) ||
            !NC_PUSH(s->arena, &m->levels, item_at(s, start)->level) ||
            !NC_PUSH(s->arena, &m->pieces, piece))
            return false;
        start = end;
    }
    return !s->p->ordered ||
           s->fonts->system.calls->reorder(m->order.ptr, m->levels.ptr, m->order.len);
}

static bool set_line(nc_text_line *out, setter *s, const nc_wrapped_line *line)
{
    if (!cut_line(s, line))
        return false;
    const nc_line_setter *m = s->memory;
    *out = (nc_text_line){.len = m->pieces.len};
    if (out->len == 0)
        return true;
    out->runs = NC_NEW(s->arena, nc_glyph_run, out->len);
    if (!out->runs)
        return false;
    for (uint32_t i = 0; i < out->len; i++) {
        nc_glyph_run *run = &out->runs[i];
        const nc_wrapped_line *piece = &m->pieces.ptr[m->order.ptr[i]];
        run->x = out->width;
        set_run(run, s, piece, piece->end == line->end);
        if (piece->hyphen && !run->rtl && !add_hyphen(run, s, piece->end - 1))
            return false;
        out->width += run->width;
    }
    return true;
}

bool nc_lines_set(nc_text_lines *out, nc_line_setter *memory, nc_arena *a, nc_fonts *fonts,
                  const nc_paragraph *p, const nc_wrapped_lines *wrapped)
{
    setter s = {.memory = memory, .arena = a, .fonts = fonts, .p = p};
    if (!nc_arena_copy(&s.text, a, (nc_sv){p->text.ptr, p->text.len}))
        return false;
    size_t room = (size_t)p->cells.len + wrapped->len; /* a hyphen a line at most */
    s.glyphs = NC_NEW(a, uint32_t, room);
    s.xs = NC_NEW(a, double, room);
    s.ys = NC_NEW(a, double, room);
    s.bytes = NC_NEW(a, uint32_t, room);
    if (!s.glyphs || !s.xs || !s.ys || !s.bytes)
        return false;
    for (uint32_t i = 0; i < wrapped->len; i++) {
        nc_text_line line;
        if (!set_line(&line, &s, &wrapped->ptr[i]) || !NC_PUSH(a, out, line))
            return false;
    }
    return true;
}
