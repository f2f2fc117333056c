#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "text/fonts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* One diagram's worth of measuring. */
typedef struct bench {
    nc_arena arena;
    nc_diags diags;
    nc_fonts *fonts;
    nc_measure *measure;
} bench;

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    nc_arena_init(&b->arena, NULL, 0);
    nc_diags_init(&b->diags, &b->arena);
    b->fonts = nc_fonts_new(NULL);
    b->measure = nc_measure_new(&b->arena, b->fonts, &b->diags);
    *state = b;
    return b->fonts && b->measure ? 0 : -1;
}

static int tear_down(void **state)
{
    bench *b = *state;
    nc_fonts_drop(b->fonts);
    nc_arena_release(&b->arena);
    free(b);
    return 0;
}

static const nc_text_style plain = {.face = NC_FACE_REGULAR, .size = 14};

static const nc_text *measure(bench *b, const char *text, nc_markup markup,
                              const nc_text_style *style)
{
    const nc_label label = {nc_sv_cstr(text), markup, {3, 4}};
    const nc_text *out = NULL;
    assert_true(nc_text_measure(&out, b->measure, &label, style));
    return out;
}

static void assert_near(double a, double b)
{
    if (fabs(a - b) > 1e-6)
        fail_msg("%.9f is not %.9f", a, b);
}

static void one_glyph_a_character(void **state)
{
    bench *b = *state;
    const char *text = "0x85 3x4 A->B --> => fi ffl <- != 1/2 (c) x^2";
    for (nc_face face = 0; face < NC_FACE_COUNT; face++) {
        const nc_text_style style = {.face = face, .size = 14};
        const nc_text *t = measure(b, text, NC_MARKUP_PLAIN, &style);
        assert_int_equal(t->len, 1);
        assert_int_equal(t->lines[0].len, 1);
        const nc_glyph_run *run = &t->lines[0].runs[0];
        assert_int_equal(run->len, strlen(text));
        const nc_open_face *open = nc_fonts_open(b->fonts, face);
        for (uint32_t i = 0; i < run->len; i++) {
            hb_codepoint_t glyph = 0;
            assert_true(hb_font_get_nominal_glyph(open->font, (unsigned char)text[i], &glyph));
            assert_int_equal(run->glyphs[i], glyph);
        }
    }
}

static void widths_are_sums_of_advances(void **state)
{
    bench *b = *state;
    const nc_text *t = measure(b, "Hamburgefonstiv 0123", NC_MARKUP_PLAIN, &plain);
    const nc_glyph_run *run = &t->lines[0].runs[0];
    const nc_open_face *open = nc_fonts_open(b->fonts, NC_FACE_REGULAR);
    hb_font_t *font = open->font;
    double last = hb_font_get_glyph_h_advance(font, run->glyphs[run->len - 1]) * open->em * 14;
    assert_near(run->width, run->xs[run->len - 1] + last);
    assert_near(t->w, run->width);
    assert_near(t->h, 14 * 1.35);
    /* twice the size, twice the width */
    const nc_text_style twice = {.face = NC_FACE_REGULAR, .size = 28};
    assert_near(measure(b, "Hamburgefonstiv 0123", NC_MARKUP_PLAIN, &twice)->w, 2 * t->w);
}

static void kerning_is_on(void **state)
{
    bench *b = *state;
    double together = measure(b, "AVAT", NC_MARKUP_PLAIN, &plain)->w;
    double apart = 0;
    const char *const letters[] = {"A", "V", "A", "T"};
    for (size_t i = 0; i < NC_COUNT(letters); i++)
        apart += measure(b, letters[i], NC_MARKUP_PLAIN, &plain)->w;
    assert_true(together < apart - 1);
}

static void baselines_are_centred(void **state)
{
    bench *b = *state;
    const nc_text_style style = {.face = NC_FACE_REGULAR, .size = 10, .line_height = 2};
    const nc_text *t = measure(b, "a<br>b", NC_MARKUP_PLAIN, &style);
    const nc_open_face *open = nc_fonts_open(b->fonts, NC_FACE_REGULAR);
    assert_int_equal(t->len, 2);
    assert_near(t->h, 40);
    double above = t->lines[0].baseline - open->ascent * 10;
    double below = 20 - t->lines[0].baseline - open->descent * 10;
    assert_near(above, below);
    assert_near(t->lines[1].baseline, t->lines[0].baseline + 20);
}

static void join_line(char *out, const nc_text_line *line)
{
    *out = '\0';
    for (uint32_t i = 0; i < line->len; i++)
        strncat(out, line->runs[i].text.ptr, line->runs[i].text.len);
}

static void assert_lines(bench *b, const char *text, nc_markup markup, const nc_text_style *style,
                         const char *const *lines, uint32_t len)
{
    const nc_text *t = measure(b, text, markup, style);
    char line[1024];
    for (uint32_t i = 0; i < t->len && i < len; i++) {
        join_line(line, &t->lines[i]);
        assert_string_equal(line, lines[i]);
    }
    assert_int_equal(t->len, len);
}

#define ASSERT_LINES(b, text, markup, style, ...)                                                  \
    do {                                                                                           \
        const char *const want[] = {__VA_ARGS__};                                                  \
        assert_lines(b, text, markup, style, want, NC_COUNT(want));                                \
    } while (0)

static void lines_are_balanced(void **state)
{
    bench *b = *state;
    nc_text_style style = {.face = NC_FACE_REGULAR, .size = 14, .max_width = 200};
    ASSERT_LINES(b, "one two three four five six seven eight", NC_MARKUP_PLAIN, &style,
                 "one two three four", "five six seven eight");
    const nc_text *t =
        measure(b, "one two three four five six seven eight", NC_MARKUP_PLAIN, &style);
    assert_true(t->w <= 200 && t->lines[1].width > t->lines[0].width * 0.7);
    style.max_width = 0;
    assert_int_equal(
        measure(b, "one two three four five six seven eight", NC_MARKUP_PLAIN, &style)->len, 1);
}

static void words_break_where_they_may(void **state)
{
    bench *b = *state;
    nc_text_style style = {.face = NC_FACE_REGULAR, .size = 14, .max_width = 60};
    ASSERT_LINES(b, "Incomprehensibilities", NC_MARKUP_PLAIN, &style, "Incomprehensibilities");
    ASSERT_LINES(b, "well-known words", NC_MARKUP_PLAIN, &style, "well-", "known", "words");
    ASSERT_LINES(b, "com&shy;puting", NC_MARKUP_PLAIN, &style, "com-", "puting");
    ASSERT_LINES(b, "A->B and -5 x--y", NC_MARKUP_PLAIN, &style, "A->B", "and -5", "x--y");
    style.max_width = 400;
    ASSERT_LINES(b, "com&shy;puting", NC_MARKUP_PLAIN, &style, "computing");
    style.max_width = 60;
    style.break_words = true;
    const nc_text *t = measure(b, "Incomprehensibilities", NC_MARKUP_PLAIN, &style);
    assert_true(t->len == 3 && t->w <= 60);
}

static void styles_choose_faces(void **state)
{
    bench *b = *state;
    const nc_text *t =
        measure(b, "a<b>b</b><i>c</i><code>d</code><sup>e</sup><u>f</u>", NC_MARKUP_HTML, &plain);
    assert_int_equal(t->len, 1);
    const nc_text_line *line = &t->lines[0];
    assert_int_equal(line->len, 6);
    const nc_face faces[] = {NC_FACE_REGULAR, NC_FACE_SEMIBOLD, NC_FACE_ITALIC,
                             NC_FACE_MONO,    NC_FACE_REGULAR,  NC_FACE_REGULAR};
    double x = 0;
    for (uint32_t i = 0; i < line->len; i++) {
        assert_int_equal(line->runs[i].face, faces[i]);
        assert_near(line->runs[i].x, x);
        x += line->runs[i].width;
    }
    assert_near(t->w, x);
    assert_near(line->runs[3].size, 12.5);
    assert_true(line->runs[4].dy < 0 && line->runs[4].size < 14);
    assert_int_equal(line->runs[5].decoration, NC_UNDERLINE);
}

static void a_request_is_measured_once(void **state)
{
    bench *b = *state;
    const nc_text *first = measure(b, "same", NC_MARKUP_PLAIN, &plain);
    assert_ptr_equal(first, measure(b, "same", NC_MARKUP_PLAIN, &plain));
    assert_ptr_not_equal(first, measure(b, "same", NC_MARKUP_HTML, &plain));
    const nc_text_style other = {.face = NC_FACE_REGULAR, .size = 14, .max_width = 100};
    assert_ptr_not_equal(first, measure(b, "same", NC_MARKUP_PLAIN, &other));
}

static void nothing_is_nothing(void **state)
{
    bench *b = *state;
    const char *const rows[] = {"", "   ", "<br>", " <br/> <br> ", "\n\n"};
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        const nc_text *t = measure(b, rows[i], NC_MARKUP_PLAIN, &plain);
        assert_int_equal(t->len, 0);
        assert_near(t->w + t->h, 0);
    }
    ASSERT_LINES(b, "a<br><br>b<br>", NC_MARKUP_PLAIN, &plain, "a", "", "b");
}

static void missing_characters_are_named_once(void **state)
{
    bench *b = *state;
    measure(b, "plain", NC_MARKUP_PLAIN, &plain);
    assert_int_equal(b->diags.list.len, 0);
    const nc_text *t = measure(b, "a\xe6\xbc\xa2\xe5\xad\x97", NC_MARKUP_PLAIN, &plain);
    assert_int_equal(t->lines[0].runs[0].len, 3);
    assert_int_equal(t->lines[0].runs[0].glyphs[1], 0);
    measure(b, "\xf0\x9f\x98\x80", NC_MARKUP_PLAIN, &plain);
    assert_int_equal(b->diags.list.len, 1);
    const nc_diag *d = &b->diags.list.ptr[0];
    assert_int_equal(d->rule, NC_RULE_MISSING_GLYPHS);
    assert_int_equal(d->at.start, 3);
    assert_string_equal(d->message.ptr, "the embedded fonts have no glyph for "
                                        "'\xe6\xbc\xa2' (U+6F22), '\xe5\xad\x97' (U+5B57), "
                                        "'\xf0\x9f\x98\x80' (U+1F600)");
}

static void marks_join_their_letters(void **state)
{
    bench *b = *state;
    const nc_text *t = measure(b, "cafe\xcc\x81 x\xcc\xb8", NC_MARKUP_PLAIN, &plain);
    const nc_glyph_run *run = &t->lines[0].runs[0];
    assert_int_equal(run->len, 7); /* c a f é, a blank, x and its mark */
    char line[64];
    join_line(line, &t->lines[0]);
    assert_string_equal(line, "caf\xc3\xa9 x\xcc\xb8");
    assert_near(measure(b, "caf\xc3\xa9", NC_MARKUP_PLAIN, &plain)->w,
                measure(b, "cafe\xcc\x81", NC_MARKUP_PLAIN, &plain)->w);
}

static void monospace_borrows_from_regular(void **state)
{
    bench *b = *state;
    uint32_t code = 0x2190;
    while (!nc_fonts_has(b->fonts, NC_FACE_REGULAR, code) ||
           nc_fonts_has(b->fonts, NC_FACE_MONO, code))
        code++;
    char text[64];
    snprintf(text, sizeof text, "<code>a&#%u;z</code>", (unsigned)code);
    const nc_text *t = measure(b, text, NC_MARKUP_HTML, &plain);
    assert_int_equal(t->lines[0].len, 3);
    assert_int_equal(t->lines[0].runs[1].face, NC_FACE_REGULAR);
    assert_int_equal(b->diags.list.len, 0);
}

/* Shapes a run's text with a font file and holds it to the run's own places. */
static void assert_sets_alike(nc_sv file, const nc_glyph_run *run)
{
    hb_blob_t *blob =
        hb_blob_create(file.ptr, (unsigned)file.len, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    assert_int_equal(hb_face_get_upem(face), NC_FONT_UNITS);
    hb_font_t *font = hb_font_create(face);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, run->text.ptr, (int)run->text.len, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font, buffer, NULL, 0);
    unsigned len;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &len);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, NULL);
    assert_int_equal(len, run->len);
    double x = 0;
    for (unsigned i = 0; i < len; i++) {
        assert_true(infos[i].codepoint != 0);

        assert_near(x, run->xs[i] / run->size * NC_FONT_UNITS);
        x += places[i].x_advance;
    }
    assert_near(x, run->width / run->size * NC_FONT_UNITS);
    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
}

static const char *const subset_samples[] = {
    "AVATAR To Ty Yo 0x85 3x4 A->B --> =>",
    "Payments (REST/JSON), \"quoted\"",
    "\xc3\x9c"
    "ber Stra\xc3\x9f"
    "e \xe2\x82\xac 12",
    "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82 \xce\x94\xcf\x8d\xce\xbf",
    "\xe2\x86\x92 \xe2\x89\xa4 \xe2\x9c\x93 ...",
};

static void subsets_set_text_alike(void **state)
{
    bench *b = *state;
    for (nc_face face = 0; face < NC_FACE_COUNT; face++) {
        nc_font_use *use = nc_font_use_new(&b->arena, b->fonts);
        const nc_text_style style = {.face = face, .size = 16};
        const nc_text *texts[NC_COUNT(subset_samples)];
        for (size_t i = 0; i < NC_COUNT(subset_samples); i++) {
            texts[i] = measure(b, subset_samples[i], NC_MARKUP_PLAIN, &style);
            assert_true(nc_font_use_add(use, texts[i]));
        }
        nc_sv file;
        assert_true(nc_font_use_has(use, face));
        assert_true(nc_font_subset(&file, b->fonts, face, use));
        for (size_t i = 0; i < NC_COUNT(subset_samples); i++) {
            for (uint32_t k = 0; k < texts[i]->lines[0].len; k++) {
                if (texts[i]->lines[0].runs[k].face == face)
                    assert_sets_alike(file, &texts[i]->lines[0].runs[k]);
            }
        }
    }
}

static nc_sv subset_of(bench *b, const char *text)
{
    nc_font_use *use = nc_font_use_new(&b->arena, b->fonts);
    nc_sv file;
    assert_true(nc_font_use_add(use, measure(b, text, NC_MARKUP_PLAIN, &plain)));
    assert_true(nc_font_subset(&file, b->fonts, NC_FACE_REGULAR, use));
    return file;
}

static void subsets_are_made_once_and_alike(void **state)
{
    bench *b = *state;
    nc_sv file = subset_of(b, "one two AV");
    assert_ptr_equal(file.ptr, subset_of(b, "two one AV").ptr);
    assert_ptr_not_equal(file.ptr, subset_of(b, "two one V A").ptr);
    void *again = NULL;
    assert_int_equal(set_up(&again), 0);
    subset_of(again, "something else first");
    nc_sv other = subset_of(again, "one two AV");
    assert_true(nc_sv_eq(file, other));
    tear_down(&again);
}

/* Tables in order, inside the file, with right checksums. */
static void subsets_are_whole_files(void **state)
{
    bench *b = *state;
    nc_sv file = subset_of(b, "Hamburgefonstiv AVAT");
    const unsigned char *p = (const unsigned char *)file.ptr;
    assert_memory_equal(p, "OTTO", 4);
    uint32_t tables = (uint32_t)p[4] << 8 | p[5];
    assert_int_equal(tables, 10);
    uint32_t total = 0;
    assert_int_equal(file.len % 4, 0);
    for (size_t i = 0; i < file.len; i += 4)
        total +=
            (uint32_t)p[i] << 24 | (uint32_t)p[i + 1] << 16 | (uint32_t)p[i + 2] << 8 | p[i + 3];
    assert_int_equal(total, 0xB1B0AFBA);
    for (uint32_t i = 1; i < tables; i++)
        assert_true(memcmp(p + 12 + 16 * (i - 1), p + 12 + 16 * i, 4) < 0);
}

static void faces_are_described(void **state)
{
    (void)state;
    static const int weights[] = {400, 600, 400, 400};
    for (nc_face face = 0; face < NC_FACE_COUNT; face++) {
        nc_font_info info = nc_face_info(face);
        assert_true(*info.family && *info.version && info.hash);
        assert_int_equal(info.weight, weights[face]);
        assert_int_equal(info.italic, face == NC_FACE_ITALIC);
    }
    assert_string_equal(nc_face_info(NC_FACE_REGULAR).family, "Inter");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_glyph_a_character),
        TEST(widths_are_sums_of_advances),
        TEST(kerning_is_on),
        TEST(baselines_are_centred),
        TEST(lines_are_balanced),
        TEST(words_break_where_they_may),
        TEST(styles_choose_faces),
        TEST(a_request_is_measured_once),
        TEST(nothing_is_nothing),
        TEST(missing_characters_are_named_once),
        TEST(marks_join_their_letters),
        TEST(monospace_borrows_from_regular),
        TEST(subsets_set_text_alike),
        TEST(subsets_are_made_once_and_alike),
        TEST(subsets_are_whole_files),
        TEST(faces_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
