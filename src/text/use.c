#include "text/use.h"

#include "base/utf8.h"
#include "text/fonts.h"
#include "text/shape.h"

#include <math.h>
#include <stdlib.h>

/* A character (right is 0) or a pair seen before. */
typedef struct slot {
    uint32_t left, right;
    bool taken;
} slot;

typedef struct seen {
    slot *slots;
    uint32_t len, cap; /* cap is 0 or a power of two */
} seen;

/* The characters that one font of the system shows. */
typedef struct nc_fallback_use {
    const nc_fallback_font *font;
    nc_u32_vec codes;
    seen seen;
} nc_fallback_use;

struct nc_font_use {
    nc_arena *arena;
    nc_fonts *fonts;
    nc_face_use faces[NC_FACE_COUNT];
    seen seen[NC_FACE_COUNT];
    NC_VEC(nc_fallback_use *) fallback; /* by first use */
    bool sorted;
};

nc_font_use *nc_font_use_new(nc_arena *a, nc_fonts *fonts)
{
    nc_font_use *use = NC_NEW(a, nc_font_use, 1);
    if (use)
        *use = (nc_font_use){.arena = a, .fonts = fonts, .sorted = true};
    return use;
}

static slot *find_slot(const seen *s, uint32_t left, uint32_t right)
{
    uint32_t mask = s->cap - 1;
    uint32_t i = (left * 2654435761u ^ right * 2246822519u) >> 7;
    for (i &= mask; s->slots[i].taken; i = (i + 1) & mask) {
        if (s->slots[i].left == left && s->slots[i].right == right)
            break;
    }
    return &s->slots[i];
}

static bool grow(seen *s, nc_arena *a)
{
    seen bigger = {.len = s->len, .cap = s->cap ? s->cap * 2 : 512};
    bigger.slots = NC_NEW(a, slot, bigger.cap);
    if (!bigger.slots)
        return false;
    for (uint32_t i = 0; i < s->cap; i++) {
        if (s->slots[i].taken)
            *find_slot(&bigger, s->slots[i].left, s->slots[i].right) = s->slots[i];
    }
    *s = bigger;
    return true;
}

/* *is_new when it was not there yet. */
static bool see(seen *s, bool *is_new, nc_arena *a, uint32_t left, uint32_t right)
{
    if (s->len >= s->cap - s->cap / 4 && !grow(s, a))
        return false;
    slot *at = find_slot(s, left, right);
    *is_new = !at->taken;
    if (*is_new)
        s->len++;
    *at = (slot){left, right, true};
    return true;
}

static bool is_mark(uint32_t code)
{
    return (code >= 0x300 && code <= 0x36F) || (code >= 0x20D0 && code <= 0x20FF);
}

/* A new pair: its kerning is what the places of its glyphs say beyond the advance. */
static bool add_pair(nc_font_use *use, const nc_glyph_run *run, uint32_t i, uint32_t left,
                     uint32_t right)
{
    const nc_open_face *open = nc_fonts_open(use->fonts, run->face);
    if (!open)
        return false;
    double step = (run->xs[i + 1] - run->xs[i]) / (run->size * open->em);
    hb_position_t natural = hb_font_get_glyph_h_advance(open->font, run->glyphs[i]);
    int32_t kern = (int32_t)floor(step + 0.5) - natural;
    const nc_kern_pair pair = {left, right, kern};
    return kern == 0 || NC_PUSH(use->arena, &use->faces[run->face].pairs, pair);
}

/* ---- fonts of the system: characters only, since their subsets keep the font's own rules ---- */

static nc_fallback_use *fallback_use(nc_font_use *use, const nc_fallback_font *font)
{
    for (uint32_t i = 0; i < use->fallback.len; i++) {
        if (use->fallback.ptr[i]->font == font)
            return use->fallback.ptr[i];
    }
    nc_fallback_use *new = NC_NEW(use->arena, nc_fallback_use, 1);
    if (!new)
        return NULL;
    new->font = font;
    return NC_PUSH(use->arena, &use->fallback, new) ? new : NULL;
}

static bool add_fallback(nc_font_use *use, const nc_glyph_run *run)
{
    nc_fallback_use *f = fallback_use(use, run->font);
    if (!f)
        return false;
    for (size_t at = 0; at < run->text.len;) {
        bool is_new;
        uint32_t code = nc_utf8_next(run->text, &at);
        if (!see(&f->seen, &is_new, use->arena, code, 0) ||
            (is_new && !NC_PUSH(use->arena, &f->codes, code)))
            return false;
    }
    return true;
}

static bool add_code(nc_font_use *use, nc_face face, uint32_t code)
{
    bool is_new;
    return see(&use->seen[face], &is_new, use->arena, code, 0) &&
           (!is_new || NC_PUSH(use->arena, &use->faces[face].codes, code));
}

/* From right to left: brackets are shown by their mirror images; kerning is not worth a rule. */
static bool add_turned(nc_font_use *use, const nc_glyph_run *run)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (size_t at = 0; at < run->text.len;) {
        uint32_t code = nc_utf8_next(run->text, &at);
        if (!nc_is_ignorable(code) &&
            (!add_code(use, run->face, code) ||
             !add_code(use, run->face, hb_unicode_mirroring(unicode, code))))
            return false;
    }
    return true;
}

static bool add_run(nc_font_use *use, const nc_glyph_run *run)
{
    if (run->icon)
        return true;
    if (run->font)
        return add_fallback(use, run);
    if (run->rtl)
        return add_turned(use, run);
    seen *s = &use->seen[run->face];
    uint32_t last = 0;
    uint32_t i = 0;
    for (size_t at = 0; at < run->text.len; i++) {
        bool is_new;
        uint32_t code = nc_utf8_next(run->text, &at);
        if (nc_is_ignorable(code)) {
            i--; /* has no glyph */
            continue;
        }
        if (!add_code(use, run->face, code))
            return false;
        /* Where characters were joined into fewer glyphs, glyph i is not character i. */
        if (last && i < run->len && !is_mark(code) && !is_mark(last)) {
            if (!see(s, &is_new, use->arena, last, code) ||
                (is_new && !add_pair(use, run, i - 1, last, code)))
                return false;
        }
        last = code;
    }
    return true;
}

bool nc_font_use_add(nc_font_use *use, const nc_text *text)
{
    use->sorted = false;
    for (uint32_t i = 0; i < text->len; i++) {
        for (uint32_t k = 0; k < text->lines[i].len; k++) {
            if (!add_run(use, &text->lines[i].runs[k]))
                return false;
        }
    }
    return true;
}

bool nc_font_use_has(const nc_font_use *use, nc_face face)
{
    return use->faces[face].codes.len > 0;
}

static int by_code(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static int by_pair(const void *left, const void *right)
{
    const nc_kern_pair *a = left;
    const nc_kern_pair *b = right;
    int order = (a->left > b->left) - (a->left < b->left);
    return order ? order : (a->right > b->right) - (a->right < b->right);
}

const nc_fallback_font *nc_font_use_fallback(const nc_font_use *use, uint32_t index)
{
    return index < use->fallback.len ? use->fallback.ptr[index]->font : NULL;
}

uint32_t nc_font_use_index(const nc_font_use *use, const nc_fallback_font *font)
{
    uint32_t index = 0;
    while (use->fallback.ptr[index]->font != font)
        index++;
    return index;
}

static const nc_fallback_file *find_file(const nc_fonts *fonts, const nc_fallback_use *f)
{
    for (const nc_fallback_file *file = fonts->files; file; file = file->next) {
        if (file->font == f->font && file->len == f->codes.len &&
            memcmp(file->codes, f->codes.ptr, file->len * sizeof *file->codes) == 0)
            return file;
    }
    return NULL;
}

static bool make_file(nc_fallback_file *file, nc_fonts *fonts)
{
    nc_buf bytes;
    nc_buf_init(&bytes, &fonts->from, 0);
    bool made = fonts->system.calls->subset(&bytes, file->font, file->codes, file->len);
    bool ok = !bytes.failed;
    if (ok && made)
        ok = nc_arena_copy(&file->bytes, &fonts->arena, nc_buf_sv(&bytes));
    nc_buf_release(&bytes);
    return ok;
}

bool nc_fallback_subset(nc_sv *out, nc_fonts *fonts, nc_font_use *use, uint32_t index)
{
    nc_fallback_use *f = use->fallback.ptr[index];
    if (f->codes.len)
        qsort(f->codes.ptr, f->codes.len, sizeof *f->codes.ptr, by_code);
    const nc_fallback_file *known = find_file(fonts, f);
    if (!known) {
        nc_fallback_file *file = NC_NEW(&fonts->arena, nc_fallback_file, 1);
        uint32_t *codes = NC_NEW(&fonts->arena, uint32_t, f->codes.len);
        if (!file || !codes)
            return false;
        if (f->codes.len)
            memcpy(codes, f->codes.ptr, f->codes.len * sizeof *codes);
        *file = (nc_fallback_file){fonts->files, f->font, codes, f->codes.len, {0}};
        if (!make_file(file, fonts))
            return false;
        fonts->files = file;
        known = file;
    }
    *out = known->bytes;
    return true;
}

const nc_face_use *nc_font_use_face(nc_font_use *use, nc_face face)
{
    for (int i = 0; !use->sorted && i < NC_FACE_COUNT; i++) {
        nc_face_use *f = &use->faces[i];
        if (f->codes.len)
            qsort(f->codes.ptr, f->codes.len, sizeof *f->codes.ptr, by_code);
        if (f->pairs.len)
            qsort(f->pairs.ptr, f->pairs.len, sizeof *f->pairs.ptr, by_pair);
    }
    use->sorted = true;
    return &use->faces[face];
}
