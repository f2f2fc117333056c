/*
 * Font files for pictures. HarfBuzz's own subsetter would do it too, but keeps glyph names, the
 * source's 2816 units an em and whole kerning classes: files twice as large, made in four times
 * the time. What a browser needs of a font with a few dozen plain glyphs is ten small tables.
 *
 * Source: OpenType 1.9, chapters of the tables named below.
 */
#include "text/outline.h"
#include "text/use.h"

#include <hb-ot.h>

/* A subset made before, found again by what it was asked for. */
struct nc_subset {
    nc_subset *next;
    nc_face face;
    uint32_t code_len, pair_len;
    const uint32_t *codes;
    const nc_kern_pair *pairs;
    nc_sv bytes;
};

static bool same(const void *a, const void *b, size_t size)
{
    return size == 0 || memcmp(a, b, size) == 0;
}

static const nc_subset *find_subset(const nc_fonts *fonts, nc_face face, const nc_face_use *use)
{
    for (const nc_subset *s = fonts->subsets; s; s = s->next) {
        if (s->face == face && s->code_len == use->codes.len && s->pair_len == use->pairs.len &&
            same(s->codes, use->codes.ptr, s->code_len * sizeof *s->codes) &&
            same(s->pairs, use->pairs.ptr, s->pair_len * sizeof *s->pairs))
            return s;
    }
    return NULL;
}

static bool remember(nc_fonts *fonts, nc_face face, const nc_face_use *use, nc_sv bytes)
{
    nc_arena *a = &fonts->arena;
    nc_subset *s = NC_NEW(a, nc_subset, 1);
    uint32_t *codes = NC_NEW(a, uint32_t, use->codes.len);
    nc_kern_pair *pairs = NC_NEW(a, nc_kern_pair, use->pairs.len);
    if (!s || !codes || !pairs)
        return false;
    if (use->codes.len)
        memcpy(codes, use->codes.ptr, use->codes.len * sizeof *codes);
    if (use->pairs.len)
        memcpy(pairs, use->pairs.ptr, use->pairs.len * sizeof *pairs);
    *s = (nc_subset){fonts->subsets, face, use->codes.len, use->pairs.len, codes, pairs, bytes};
    fonts->subsets = s;
    return true;
}

/* The file being made: glyph i is codes[i]; glyph 0 is the box of missing characters. */
typedef struct maker {
    const nc_open_face *face;
    nc_font_info info;
    const nc_face_use *use;
    uint32_t *codes;
    hb_position_t *advances;
    uint32_t len;        /* of glyphs */
    nc_kern_pair *pairs; /* of glyphs, not characters */
    uint32_t pair_len;
    nc_outlines outlines;
} maker;

static void put16(nc_buf *out, int32_t v)
{
    nc_buf_char(out, (char)((uint32_t)v >> 8 & 0xFF));
    nc_buf_char(out, (char)((uint32_t)v & 0xFF));
}

static void put32(nc_buf *out, uint32_t v)
{
    put16(out, (int32_t)(v >> 16));
    put16(out, (int32_t)(v & 0xFFFF));
}

/* The three numbers that binary searches of OpenType want: of n items of `size` bytes. */
static void put_search(nc_buf *out, uint32_t n, uint32_t size)
{
    uint32_t log = 0;
    while (2u << log <= n)
        log++;
    put16(out, (int32_t)(size << log));
    put16(out, (int32_t)log);
    put16(out, (int32_t)(size * n - (size << log)));
}

static int32_t metric(const maker *m, hb_ot_metrics_tag_t tag)
{
    hb_position_t value = 0;
    hb_ot_metrics_get_position_with_fallback(m->face->font, tag, &value);
    return value;
}

static int32_t ascender(const maker *m)
{
    return (int32_t)(m->face->ascent * NC_FONT_UNITS + 0.5);
}

static int32_t descender(const maker *m)
{
    return -(int32_t)(m->face->descent * NC_FONT_UNITS + 0.5);
}

static void write_cff(nc_buf *out, const maker *m)
{
    nc_cff_write(out, &m->outlines);
}

static void write_os2(nc_buf *out, const maker *m)
{
    enum { ITALIC = 1u << 0, REGULAR = 1u << 6, USE_TYPO_METRICS = 1u << 7 };
    uint32_t last = m->len > 1 ? m->codes[m->len - 1] : 0;
    put16(out, 4); /* version */
    put16(out, NC_FONT_UNITS / 2);
    put16(out, m->info.weight);
    put16(out, 5); /* width: normal */
    put16(out, 0); /* may be embedded */
    for (int i = 0; i < 8; i++)
        put16(out, 0); /* sub- and superscripts */
    put16(out, metric(m, HB_OT_METRICS_TAG_STRIKEOUT_SIZE));
    put16(out, metric(m, HB_OT_METRICS_TAG_STRIKEOUT_OFFSET));
    put16(out, 0); /* family class */
    for (int i = 0; i < 10 + 16; i++)
        nc_buf_char(out, 0); /* PANOSE, Unicode ranges: unknown */
    NC_BUF_LIT(out, "NCRE");
    put16(out, USE_TYPO_METRICS | (m->info.italic ? ITALIC : REGULAR));
    put16(out, m->len > 1 ? (int32_t)(m->codes[1] < 0xFFFF ? m->codes[1] : 0xFFFF) : 0);
    put16(out, (int32_t)(last < 0xFFFF ? last : 0xFFFF));
    put16(out, ascender(m));
    put16(out, descender(m));
    put16(out, 0); /* line gap */
    put16(out, ascender(m));
    put16(out, -descender(m));
    put32(out, 1); /* code page: Latin 1 */
    put32(out, 0);
    put16(out, metric(m, HB_OT_METRICS_TAG_X_HEIGHT));
    put16(out, metric(m, HB_OT_METRICS_TAG_CAP_HEIGHT));
    put16(out, 0);   /* default character */
    put16(out, ' '); /* breaking character */
    put16(out, 2);   /* longest context: a kerning pair */
}

/* The end of the row of consecutive codes that starts with glyph `start`, at most `limit`. */
static uint32_t row_end(const maker *m, uint32_t start, uint32_t limit)
{
    uint32_t end = start + 1;
    while (end < limit && m->codes[end] == m->codes[end - 1] + 1)
        end++;
    return end;
}

static uint32_t count_rows(const maker *m, uint32_t limit)
{
    uint32_t rows = 0;
    for (uint32_t i = 1; i < limit; i = row_end(m, i, limit))
        rows++;
    return rows;
}

/* Format 4: what is in the Basic Multilingual Plane. */
static void write_cmap4(nc_buf *out, const maker *m, uint32_t limit)
{
    uint32_t rows = count_rows(m, limit) + 1; /* the last one is always U+FFFF */
    put16(out, 4);
    put16(out, (int32_t)(16 + 8 * rows));
    put16(out, 0);
    put16(out, (int32_t)(2 * rows));
    put_search(out, rows, 2);
    for (uint32_t i = 1; i < limit; i = row_end(m, i, limit))
        put16(out, (int32_t)m->codes[row_end(m, i, limit) - 1]);
    put16(out, 0xFFFF);
    put16(out, 0);
    for (uint32_t i = 1; i < limit; i = row_end(m, i, limit))
        put16(out, (int32_t)m->codes[i]);
    put16(out, 0xFFFF);
    for (uint32_t i = 1; i < limit; i = row_end(m, i, limit))
        put16(out, (int32_t)(i - m->codes[i]));
    put16(out, 1);
    for (uint32_t i = 0; i < rows; i++)
        put16(out, 0);
}

/* Format 12: all of Unicode. */
static void write_cmap12(nc_buf *out, const maker *m)
{
    uint32_t rows = count_rows(m, m->len);
    put16(out, 12);
    put16(out, 0);
    put32(out, 16 + 12 * rows);
    put32(out, 0);
    put32(out, rows);
    for (uint32_t i = 1; i < m->len; i = row_end(m, i, m->len)) {
        put32(out, m->codes[i]);
        put32(out, m->codes[row_end(m, i, m->len) - 1]);
        put32(out, i);
    }
}

static void write_cmap(nc_buf *out, const maker *m)
{
    uint32_t limit = m->len;
    while (limit > 1 && m->codes[limit - 1] >= 0xFFFF)
        limit--;
    bool beyond = limit < m->len;
    uint32_t first_at = beyond ? 20 : 12;
    put16(out, 0);
    put16(out, beyond ? 2 : 1);
    put16(out, 3); /* Windows, BMP */
    put16(out, 1);
    put32(out, first_at);
    if (beyond) {
        put16(out, 3); /* Windows, all */
        put16(out, 10);
        put32(out, first_at + 16 + 8 * (count_rows(m, limit) + 1));
    }
    write_cmap4(out, m, limit);
    if (beyond)
        write_cmap12(out, m);
}

static void write_head(nc_buf *out, const maker *m)
{
    put32(out, 0x00010000);
    put32(out, 0x00010000); /* revision */
    put32(out, 0);          /* checksum adjustment: set when all is written */
    put32(out, 0x5F0F3CF5);
    put16(out, 3); /* baseline at 0, left bearing at 0 */
    put16(out, NC_FONT_UNITS);
    for (int i = 0; i < 4; i++)
        put32(out, 0); /* created, modified: same input, same bytes */
    put16(out, m->outlines.left);
    put16(out, m->outlines.bottom);
    put16(out, m->outlines.right);
    put16(out, m->outlines.top);
    put16(out, m->info.italic ? 2 : 0);
    put16(out, 6); /* smallest readable size */
    put16(out, 2);
    put16(out, 0);
    put16(out, 0);
}

static void write_hhea(nc_buf *out, const maker *m)
{
    int32_t widest = 0;
    for (uint32_t i = 0; i < m->len; i++)
        widest = m->advances[i] > widest ? m->advances[i] : widest;
    put32(out, 0x00010000);
    put16(out, ascender(m));
    put16(out, descender(m));
    put16(out, 0);
    put16(out, widest);
    put16(out, m->outlines.left);
    put16(out, 0);
    put16(out, m->outlines.right);
    put16(out, 1); /* caret: upright */
    for (int i = 0; i < 7; i++)
        put16(out, 0);
    put16(out, (int32_t)m->len);
}

static void write_hmtx(nc_buf *out, const maker *m)
{
    for (uint32_t i = 0; i < m->len; i++) {
        put16(out, m->advances[i]);
        put16(out, 0); /* bearings are in the outlines */
    }
}

/* How many pairs from i on have the same left glyph. */
static uint32_t same_left(const maker *m, uint32_t i)
{
    uint32_t end = i + 1;
    while (end < m->pair_len && m->pairs[end].left == m->pairs[i].left)
        end++;
    return end - i;
}

/* One script, one feature, one lookup: pairs by glyphs. Chromium drops a kern table beside CFF. */
static void write_gpos(nc_buf *out, const maker *m)
{
    static const char head[] = "\0\1\0\0"        /* version 1.0 */
                               "\0\12\0\36\0\54" /* scripts at 10, features at 30, lookups at 44 */
                               "\0\1DFLT\0\10"   /* one script */
                               "\0\4\0\0"        /* its default language */
                               "\0\0\377\377\0\1\0\0" /* one feature */
                               "\0\1kern\0\10"
                               "\0\0\0\1\0\0" /* one lookup */
                               "\0\1\0\4"
                               "\0\2\0\0\0\1\0\10"; /* pair adjustment, one subtable */
    uint32_t lefts = 0;
    for (uint32_t i = 0; i < m->pair_len; i += same_left(m, i))
        lefts++;
    nc_buf_put(out, (nc_sv){head, sizeof head - 1});
    put16(out, 1); /* format */
    uint32_t coverage_at = 10 + 2 * lefts;
    put16(out, (int32_t)coverage_at);
    put16(out, 4); /* of the left glyph: its advance */
    put16(out, 0); /* of the right one: nothing */
    put16(out, (int32_t)lefts);
    uint32_t set_at = coverage_at + 4 + 2 * lefts;
    for (uint32_t i = 0; i < m->pair_len; i += same_left(m, i)) {
        put16(out, (int32_t)set_at);
        set_at += 2 + 4 * same_left(m, i);
    }
    put16(out, 1);
    put16(out, (int32_t)lefts);
    for (uint32_t i = 0; i < m->pair_len; i += same_left(m, i))
        put16(out, (int32_t)m->pairs[i].left);
    for (uint32_t i = 0; i < m->pair_len; i++) {
        if (i == 0 || m->pairs[i].left != m->pairs[i - 1].left)
            put16(out, (int32_t)same_left(m, i));
        put16(out, (int32_t)m->pairs[i].right);
        put16(out, m->pairs[i].kern);
    }
}

static void write_maxp(nc_buf *out, const maker *m)
{
    put32(out, 0x00005000);
    put16(out, (int32_t)m->len);
}

/* Family, style, full and PostScript name share one word: pages know the font by their own name. */
static void write_name(nc_buf *out, const maker *m)
{
    static const char ids[] = {1, 2, 4, 6};
    static const char word[] = "nacre";
    (void)m;
    put16(out, 0);
    put16(out, NC_COUNT(ids));
    put16(out, 6 + 12 * NC_COUNT(ids));
    for (size_t i = 0; i < NC_COUNT(ids); i++) {
        put16(out, 3); /* Windows, BMP, American English */
        put16(out, 1);
        put16(out, 0x409);
        put16(out, ids[i]);
        put16(out, 2 * (sizeof word - 1));
        put16(out, 0);
    }
    for (size_t i = 0; word[i]; i++)
        put16(out, word[i]);
}

static void write_post(nc_buf *out, const maker *m)
{
    put32(out, 0x00030000); /* no glyph names */
    put32(out, 0);          /* italic angle */
    put16(out, metric(m, HB_OT_METRICS_TAG_UNDERLINE_OFFSET));
    put16(out, metric(m, HB_OT_METRICS_TAG_UNDERLINE_SIZE));
    for (int i = 0; i < 5; i++)
        put32(out, 0); /* proportional; memory unknown */
}

typedef struct table_row {
    char tag[5];
    void (*write)(nc_buf *out, const maker *m);
} table_row;

/* In the order of their tags, as the directory wants them. */
static const table_row tables[] = {
    {"CFF ", write_cff},  {"GPOS", write_gpos}, {"OS/2", write_os2},  {"cmap", write_cmap},
    {"head", write_head}, {"hhea", write_hhea}, {"hmtx", write_hmtx}, {"maxp", write_maxp},
    {"name", write_name}, {"post", write_post},
};

static uint32_t checksum(const nc_buf *out, size_t from)
{
    uint32_t sum = 0;
    for (size_t i = from; i + 3 < out->len; i += 4) {
        const unsigned char *p = (const unsigned char *)out->ptr + i;
        sum += (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    return sum;
}

static void patch32(nc_buf *out, size_t at, uint32_t v)
{
    for (size_t i = 0; i < 4; i++)
        out->ptr[at + i] = (char)(v >> (24 - 8 * i) & 0xFF);
}

static void write_file(nc_buf *out, const maker *m)
{
    enum { HEAD = 12, ENTRY = 16, ADJUSTMENT = 8 };
    bool skipped = m->pair_len == 0;
    uint32_t count = NC_COUNT(tables) - skipped;
    size_t head_at = 0;
    NC_BUF_LIT(out, "OTTO");
    put16(out, (int32_t)count);
    put_search(out, count, 16);
    for (uint32_t i = 0; i < count * ENTRY; i++)
        nc_buf_char(out, 0);

    size_t entry = HEAD;
    for (size_t i = 0; i < NC_COUNT(tables); i++) {
        if (skipped && tables[i].write == write_gpos)
            continue;
        size_t start = out->len;
        tables[i].write(out, m);
        size_t len = out->len - start;
        while (out->len % 4 && !out->failed)
            nc_buf_char(out, 0);
        if (out->failed)
            return;
        if (tables[i].write == write_head)
            head_at = start;
        memcpy(out->ptr + entry, tables[i].tag, 4);
        patch32(out, entry + 4, checksum(out, start));
        patch32(out, entry + 8, (uint32_t)start);
        patch32(out, entry + 12, (uint32_t)len);
        entry += ENTRY;
    }
    patch32(out, head_at + ADJUSTMENT, 0xB1B0AFBA - checksum(out, 0));
}

/* Takes the glyphs that the face has; false without memory. */
static bool draw_glyphs(maker *m, nc_arena *scratch)
{
    enum { GLYPHS_MAX = 0xFFFF };
    hb_font_t *font = m->face->font;
    m->codes = NC_NEW(scratch, uint32_t, (size_t)m->use->codes.len + 1);
    m->advances = NC_NEW(scratch, hb_position_t, (size_t)m->use->codes.len + 1);
    if (!m->codes || !m->advances)
        return false;
    m->len = 1;
    m->advances[0] = hb_font_get_glyph_h_advance(font, 0);
    nc_outlines_blank(&m->outlines); /* viewers have other fonts for what is missing */
    for (uint32_t i = 0; i < m->use->codes.len && m->len < GLYPHS_MAX; i++) {
        hb_codepoint_t glyph;
        if (!hb_font_get_nominal_glyph(font, m->use->codes.ptr[i], &glyph))
            continue;
        m->codes[m->len] = m->use->codes.ptr[i];
        m->advances[m->len++] = hb_font_get_glyph_h_advance(font, glyph);
        nc_outlines_glyph(&m->outlines, m->face, glyph);
    }
    return !m->outlines.failed;
}

static uint32_t glyph_of(const maker *m, uint32_t code)
{
    uint32_t low = 1;
    uint32_t high = m->len;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (m->codes[mid] == code)
            return mid;
        if (m->codes[mid] < code)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

/* What 16-bit offsets leave room for; a picture with more neighbours loses some kerning. */
enum { PAIRS_MAX = 6000 };

static bool take_pairs(maker *m, nc_arena *scratch)
{
    m->pairs = NC_NEW(scratch, nc_kern_pair, m->use->pairs.len);
    if (!m->pairs)
        return false;
    for (uint32_t i = 0; i < m->use->pairs.len && m->pair_len < PAIRS_MAX; i++) {
        const nc_kern_pair *pair = &m->use->pairs.ptr[i];
        uint32_t left = glyph_of(m, pair->left);
        uint32_t right = glyph_of(m, pair->right);
        if (left && right)
            m->pairs[m->pair_len++] = (nc_kern_pair){left, right, pair->kern};
    }
    return true;
}

static bool make_file(nc_sv *out, nc_fonts *fonts, nc_face face, const nc_face_use *use)
{
    nc_arena scratch;
    nc_arena_init(&scratch, &fonts->from, 0);
    nc_buf file;
    nc_buf_init(&file, &fonts->from, 0);
    maker m = {.face = nc_fonts_open(fonts, face), .info = nc_face_info(face), .use = use};
    nc_outlines_init(&m.outlines, &scratch, &fonts->from);

    bool ok = m.face && draw_glyphs(&m, &scratch) && take_pairs(&m, &scratch);
    if (ok)
        write_file(&file, &m);
    ok = ok && !file.failed && nc_arena_copy(out, &fonts->arena, nc_buf_sv(&file));

    nc_outlines_release(&m.outlines);
    nc_buf_release(&file);
    nc_arena_release(&scratch);
    return ok;
}

bool nc_font_subset(nc_sv *out, nc_fonts *fonts, nc_face face, nc_font_use *use)
{
    const nc_face_use *wanted = nc_font_use_face(use, face);
    const nc_subset *known = find_subset(fonts, face, wanted);
    if (known) {
        *out = known->bytes;
        return true;
    }
    return make_file(out, fonts, face, wanted) && remember(fonts, face, wanted, *out);
}
