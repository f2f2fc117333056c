#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "text/fonts.h"
#include "text/shape.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* One diagram's worth of measuring. */
typedef struct bench {
    nc_arena arena;
    nc_diags diags;
    nc_fonts *fonts;
    nc_measure *measure;
} bench;

static void bench_open(bench *b, bool system, const char *folder)
{
    *b = (bench){0};
    nc_arena_init(&b->arena, NULL, 0);
    nc_diags_init(&b->diags, &b->arena);
    b->fonts = nc_fonts_new(NULL);
    assert_non_null(b->fonts);
    nc_fonts_allow_system(b->fonts, system, folder);
    b->measure = nc_measure_new(&b->arena, b->fonts, &b->diags);
    assert_non_null(b->measure);
}

static void bench_close(bench *b)
{
    nc_fonts_drop(b->fonts);
    nc_arena_release(&b->arena);
}

/* A bench whose engine is open; the test is skipped where there are no fonts of the system. */
static void bench_system(bench *b)
{
    bench_open(b, true, MODULE_FOLDER);
    if (nc_fonts_engine(b->fonts))
        return;
    printf("skip: the system has no fonts: %.*s\n", (int)b->fonts->system.error.len,
           b->fonts->system.error.ptr ? b->fonts->system.error.ptr : "");
    bench_close(b);
    skip();
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

/* Whether fc-list knows an OpenType font with that character. */
static bool machine_has(uint32_t code)
{
    char command[128];
    char line[2];
    snprintf(command, sizeof command,
             "fc-list :charset=%x file 2>/dev/null | grep -E '[.](ttf|otf|ttc):'", (unsigned)code);
    FILE *pipe = popen(command, "r");
    if (!pipe)
        return false;
    bool has = fgets(line, sizeof line, pipe) != NULL;
    while (fgets(line, sizeof line, pipe))
        ;
    pclose(pipe);
    return has;
}

/* No font shows one of the characters; it fails when fontconfig knows fonts for all of them. */
static bool lacks(bench *b, const char *text)
{
    bool boxes = false;
    bool had = true;
    const nc_text *t = measure(b, text, NC_MARKUP_PLAIN, &plain);
    for (uint32_t i = 0; i < t->len; i++) {
        for (uint32_t k = 0; k < t->lines[i].len; k++) {
            const nc_glyph_run *run = &t->lines[i].runs[k];
            for (uint32_t g = 0; g < run->len; g++)
                boxes = boxes || run->glyphs[g] == 0;
        }
    }
    nc_sv all = nc_sv_cstr(text);
    for (size_t at = 0; boxes && at < all.len;) {
        uint32_t code = nc_utf8_next(all, &at);
        had = had && (nc_is_ignorable(code) || machine_has(code));
    }
    if (boxes && had)
        fail_msg("fonts of the system have all of '%s', and nacre shows boxes", text);
    return boxes;
}

static void assert_near(double a, double b, double most)
{
    if (!(fabs(a - b) <= most))
        fail_msg("%.9f is not %.9f", a, b);
}

/* ---- both roads ---- */

/* Texts that both roads can set, with no place to break that only one of them knows. */
static const char *const shared_texts[] = {
    "Hamburgefonstiv 0123456789",
    "0x85 3x4 A->B --> --flag -5 A-->B x--y fi ffl",
    "AVATAR To Ty Yo WAVE 11:59 \"quoted\" it's",
    "well-known words and a state-of-the-art thing",
    "one two three four five six seven eight nine ten eleven twelve",
    "<b>bold</b> and <i>italic</i> and <code>code --flag</code> mixed <b>a<i>b</i></b> here",
    "H<sub>2</sub>O and x<sup>2</sup> with <u>lines</u> and <s>more</s> of them",
    "\xc3\x9c"
    "ber Stra\xc3\x9f"
    "en caf\xc3\xa9 cafe\xcc\x81 na\xc3\xafve",
    "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82 \xd0\xbc\xd0\xb8\xd1\x80 "
    "\xce\x94\xcf\x8d\xce\xbf \xce\xb3\xce\xb5\xce\xb9\xce\xac",
    "com&shy;put&shy;ing de&shy;part&shy;ment",
    "a &le; b &rarr; c &euro; 12 &hellip; end",
    "Incomprehensibilities",
};

/* The same with such places: they are set in one line. */
static const char *const shared_lines[] = {
    "0x85 3x4 => fi ffl != (c) x^2 'a' [b]",
    "src/main.c https://example.org/a-b?c=d {x: [1, 2]} 50% -5",
};

static void assert_runs_alike(const nc_glyph_run *a, const nc_glyph_run *b)
{
    assert_null(b->font);
    assert_int_equal(a->face, b->face);
    assert_int_equal(a->len, b->len);
    assert_true(nc_sv_eq(a->text, b->text));
    assert_int_equal(a->decoration, b->decoration);
    assert_near(a->size, b->size, 0);
    assert_near(a->dy, b->dy, 0);
    assert_near(a->x, b->x, 0.01);
    assert_near(a->width, b->width, 0.01);
    for (uint32_t i = 0; i < a->len; i++) {
        assert_int_equal(a->glyphs[i], b->glyphs[i]);
        assert_near(a->xs[i], b->xs[i], 0.01);
    }
}

static void assert_texts_alike(const nc_text *a, const nc_text *b)
{
    if (a->len != b->len)
        fail_msg("%u lines are not %u: '%.*s'...", a->len, b->len,
                 (int)a->lines[0].runs[0].text.len, a->lines[0].runs[0].text.ptr);
    assert_near(a->w, b->w, 0.01);
    assert_near(a->h, b->h, 0.01);
    for (uint32_t i = 0; i < a->len; i++) {
        assert_int_equal(a->lines[i].len, b->lines[i].len);
        assert_near(a->lines[i].width, b->lines[i].width, 0.01);
        assert_near(a->lines[i].baseline, b->lines[i].baseline, 0.01);
        for (uint32_t k = 0; k < a->lines[i].len; k++)
            assert_runs_alike(&a->lines[i].runs[k], &b->lines[i].runs[k]);
    }
}

static void both_roads_agree(void **state)
{
    (void)state;
    static const double sizes[] = {6.5, 11.5, 12.5, 14, 18, 33.3};
    static const double widths[] = {0, 45, 80, 120, 200, 1000};
    bench road;
    bench other;
    bench_system(&other);
    bench_open(&road, false, NULL);
    other.fonts->system.always = true;
    for (size_t t = 0; t < NC_COUNT(shared_texts); t++) {
        for (size_t s = 0; s < NC_COUNT(sizes) * NC_COUNT(widths) * NC_FACE_COUNT * 2; s++) {
            const nc_text_style style = {
                .size = sizes[s % NC_COUNT(sizes)],
                .max_width = widths[s / NC_COUNT(sizes) % NC_COUNT(widths)],
                .face = (nc_face)(s / NC_COUNT(sizes) / NC_COUNT(widths) % NC_FACE_COUNT),
                .break_words = s >= NC_COUNT(sizes) * NC_COUNT(widths) * NC_FACE_COUNT,
            };
            assert_texts_alike(measure(&road, shared_texts[t], NC_MARKUP_HTML, &style),
                               measure(&other, shared_texts[t], NC_MARKUP_HTML, &style));
        }
    }
    for (size_t t = 0; t < NC_COUNT(shared_lines); t++)
        assert_texts_alike(measure(&road, shared_lines[t], NC_MARKUP_PLAIN, &plain),
                           measure(&other, shared_lines[t], NC_MARKUP_PLAIN, &plain));
    assert_int_equal(other.diags.list.len, 0);
    bench_close(&road);
    bench_close(&other);
}

static void one_glyph_a_character(void **state)
{
    (void)state;
    const char *text = "0x85 3x4 A->B --> =>";
    bench b;
    bench_system(&b);
    b.fonts->system.always = true;
    for (nc_face face = 0; face < NC_FACE_COUNT; face++) {
        const nc_text_style style = {.face = face, .size = 14};
        const nc_glyph_run *run = &measure(&b, text, NC_MARKUP_PLAIN, &style)->lines[0].runs[0];
        assert_int_equal(run->len, strlen(text));
        const nc_open_face *open = nc_fonts_open(b.fonts, face);
        for (uint32_t i = 0; i < run->len; i++) {
            hb_codepoint_t glyph = 0;
            assert_true(hb_font_get_nominal_glyph(open->font, (unsigned char)text[i], &glyph));
            assert_int_equal(run->glyphs[i], glyph);
        }
    }
    bench_close(&b);
}

/* ---- what only the second road can set ---- */

/* "日本語", "नमस्ते", "สวัสดีชาวโลก", "مرحبا", "שלום", and a face that smiles */
#define NIHONGO  "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"
#define NAMASTE  "\xe0\xa4\xa8\xe0\xa4\xae\xe0\xa4\xb8\xe0\xa5\x8d\xe0\xa4\xa4\xe0\xa5\x87"
#define SAWATDEE "\xe0\xb8\xaa\xe0\xb8\xa7\xe0\xb8\xb1\xe0\xb8\xaa\xe0\xb8\x94\xe0\xb8\xb5"
#define MARHABA  "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7"
#define SHALOM   "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"
#define SMILE    "\xf0\x9f\x98\x80"

static const char *const foreign_texts[] = {
    NIHONGO "\xe3\x81\xae test " NIHONGO,
    NAMASTE " 12 " NAMASTE,
    SAWATDEE SAWATDEE SAWATDEE,
    MARHABA " 123 (abc) " MARHABA "!",
    "say " SHALOM ", twice: " SHALOM " - ok",
    "x" SMILE SMILE " y",
    "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 "
    "1\xef\xb8\x8f\xe2\x83\xa3",
    "\xe2\x80\x8f" SHALOM "\xe2\x80\x8e abc \xe2\x81\xa7" MARHABA "\xe2\x81\xa9.",
};

/* Widths add up, runs follow each other, clusters point into their run. */
static void assert_sound(const nc_text *t)
{
    for (uint32_t i = 0; i < t->len; i++) {
        const nc_text_line *line = &t->lines[i];
        double x = 0;
        for (uint32_t k = 0; k < line->len; k++) {
            const nc_glyph_run *run = &line->runs[k];
            assert_near(run->x, x, 1e-6);
            assert_true(run->width >= 0 && isfinite(run->width));
            assert_true(nc_utf8_invalid(run->text) == SIZE_MAX);
            x += run->width;
            for (uint32_t g = 0; run->bytes && g < run->len; g++) {
                assert_true(run->bytes[g] <= run->text.len);
                if (g > 0)
                    assert_true(run->rtl ? run->bytes[g] <= run->bytes[g - 1]
                                         : run->bytes[g] >= run->bytes[g - 1]);
            }
        }
        assert_near(line->width, x, 1e-6);
        assert_true(line->width <= t->w + 1e-9);
    }
}

static void foreign_texts_are_sound(void **state)
{
    (void)state;
    static const double widths[] = {0, 20, 60, 100};
    bench b;
    bench_system(&b);
    for (size_t i = 0; i < NC_COUNT(foreign_texts); i++) {
        for (size_t w = 0; w < NC_COUNT(widths) * 2; w++) {
            const nc_text_style style = {.face = NC_FACE_SEMIBOLD,
                                         .size = 13,
                                         .max_width = widths[w % NC_COUNT(widths)],
                                         .break_words = w >= NC_COUNT(widths)};
            assert_sound(measure(&b, foreign_texts[i], NC_MARKUP_PLAIN, &style));
        }
    }
    bench_close(&b);
}

static void latin_pieces_keep_the_embedded_face(void **state)
{
    (void)state;
    bench b;
    bench_system(&b);
    if (lacks(&b, NIHONGO)) {
        printf("skip: no font has ideographs\n");
    } else {
        const nc_text *t = measure(&b, "Tea AV " NIHONGO, NC_MARKUP_PLAIN, &plain);
        const nc_text *latin = measure(&b, "Tea AV", NC_MARKUP_PLAIN, &plain);
        assert_int_equal(t->lines[0].len, 2);
        assert_null(t->lines[0].runs[0].font);
        assert_non_null(t->lines[0].runs[1].font);
        for (uint32_t i = 0; i < 6; i++) {
            assert_int_equal(t->lines[0].runs[0].glyphs[i], latin->lines[0].runs[0].glyphs[i]);
            assert_near(t->lines[0].runs[0].xs[i], latin->lines[0].runs[0].xs[i], 1e-9);
        }
        /* one warning, at the first label that needed it */
        assert_int_equal(b.diags.list.len, 1);
        assert_int_equal(b.diags.list.ptr[0].rule, NC_RULE_FALLBACK_FONT);
        /* a line may end between ideographs */
        const nc_text_style narrow = {.face = NC_FACE_REGULAR, .size = 14, .max_width = 30};
        assert_int_equal(measure(&b, NIHONGO, NC_MARKUP_PLAIN, &narrow)->len, 2);
    }
    bench_close(&b);
}

static void right_to_left_is_in_visual_order(void **state)
{
    (void)state;
    bench b;
    bench_system(&b);
    if (lacks(&b, SHALOM)) {
        printf("skip: no font has Hebrew\n");
    } else {
        /* an English line stays one, a Hebrew one begins at the right */
        const nc_text_line *line =
            &measure(&b, "go " SHALOM " 12", NC_MARKUP_PLAIN, &plain)->lines[0];
        assert_false(line->runs[0].rtl);
        assert_true(nc_sv_starts(line->runs[0].text, NC_SV("go")));
        line = &measure(&b, SHALOM " (go)", NC_MARKUP_PLAIN, &plain)->lines[0];
        const nc_glyph_run *last = &line->runs[line->len - 1];
        assert_true(last->rtl && last->font);
        assert_true(nc_sv_starts(last->text, NC_SV(SHALOM)));
        assert_int_equal(last->bytes[last->len - 1], 0);
        assert_true(last->bytes[0] >= 6);
    }
    bench_close(&b);
}

static void unknown_characters_are_boxes(void **state)
{
    (void)state;
    bench b;
    bench_system(&b);
    const nc_text *t = measure(&b, "a\xf4\x8f\xbf\xbd", NC_MARKUP_PLAIN, &plain); /* U+10FFFD */
    assert_int_equal(t->lines[0].runs[0].len, 2);
    assert_int_equal(t->lines[0].runs[0].glyphs[1], 0);
    assert_int_equal(b.diags.list.len, 1);
    assert_int_equal(b.diags.list.ptr[0].rule, NC_RULE_MISSING_GLYPHS);
    bench_close(&b);
}

static void without_the_module_there_are_boxes(void **state)
{
    (void)state;
    bench b;
    bench_open(&b, true, "/nonexistent");
    const nc_text *t = measure(&b, "a" NIHONGO, NC_MARKUP_PLAIN, &plain);
    assert_int_equal(t->lines[0].runs[0].len, 4);
    assert_int_equal(b.diags.list.len, 1);
    assert_int_equal(b.diags.list.ptr[0].rule, NC_RULE_MISSING_GLYPHS);
    assert_true(nc_sv_find(b.diags.list.ptr[0].hint, NC_SV("/nonexistent/libnacre-cairo.so"), 0) !=
                SIZE_MAX);
    bench_close(&b);
}

static void unknown_families_are_reported(void **state)
{
    (void)state;
    static const struct {
        const char *css;
        uint32_t warnings;
    } rows[] = {
        {"\"Nobody Has This\", sans-serif", 1},
        {"sans-serif", 0},
        {"Inter, Nobody Has This", 0},
        {"\"trebuchet ms\", verdana, arial, sans-serif;", 0},
        {"", 0},
        {", ,\"", 1},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        bench b;
        bench_system(&b);
        assert_true(nc_measure_family(b.measure, nc_sv_cstr(rows[i].css), (nc_span){1, 2}));
        const nc_text *t = measure(&b, "abc", NC_MARKUP_PLAIN, &plain);
        assert_null(t->lines[0].runs[0].font);
        assert_int_equal(b.diags.list.len, rows[i].warnings);
        bench_close(&b);
    }
}

/* ---- subsets ---- */

static double shaped_width(nc_sv file, const nc_glyph_run *run)
{
    hb_blob_t *blob =
        hb_blob_create(file.ptr, (unsigned)file.len, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, run->text.ptr, (int)run->text.len, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_shape(font, buffer, NULL, 0);
    unsigned len;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &len);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, NULL);
    assert_int_equal(len, run->len);
    double width = 0;
    for (unsigned i = 0; i < len; i++) {
        assert_true(infos[i].codepoint != 0);
        width += places[i].x_advance;
    }
    width *= run->size / hb_face_get_upem(face);
    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return width;
}

static void subsets_shape_alike(void **state)
{
    (void)state;
    bench b;
    bench_system(&b);
    for (size_t i = 0; i < NC_COUNT(foreign_texts); i++) {
        if (lacks(&b, foreign_texts[i])) {
            printf("skip: no font has all of '%s'\n", foreign_texts[i]);
            continue;
        }
        const nc_text *t = measure(&b, foreign_texts[i], NC_MARKUP_PLAIN, &plain);
        nc_font_use *use = nc_font_use_new(&b.arena, b.fonts);
        assert_true(nc_font_use_add(use, t));
        for (uint32_t k = 0; k < t->lines[0].len; k++) {
            const nc_glyph_run *run = &t->lines[0].runs[k];
            uint32_t index = 0;
            nc_sv file;
            nc_sv again;
            while (run->font && nc_font_use_fallback(use, index) != run->font)
                index++;
            if (!run->font)
                continue;
            assert_true(nc_fallback_subset(&file, b.fonts, use, index));
            assert_true(nc_fallback_subset(&again, b.fonts, use, index));
            assert_ptr_equal(file.ptr, again.ptr);
            assert_true(file.len > 0);
            assert_near(shaped_width(file, run), run->width, 0.01);
        }
    }
    bench_close(&b);
}

/* ---- rough treatment ---- */

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static void random_characters_are_sound(void **state)
{
    (void)state;
    static const uint32_t blocks[][2] = {
        {0x20, 0x7E},       {0x300, 0x36F},   {0x590, 0x6FF},   {0x900, 0xDFF},
        {0xE00, 0xEFF},     {0x1100, 0x11FF}, {0x2000, 0x206F}, {0x3000, 0x30FF},
        {0x4E00, 0x4FFF},   {0xAC00, 0xACFF}, {0xFE00, 0xFE0F}, {0x1F1E6, 0x1F1FF},
        {0x1F300, 0x1F6FF}, {0x202A, 0x202E}, {0x2066, 0x2069}, {0xE0020, 0xE007F},
    };
    bench b;
    bench_system(&b);
    uint64_t seed = 7;
    for (int round = 0; round < 300; round++) {
        char text[4 * 24 + 1];
        size_t len = 0;
        uint32_t block = next_random(&seed) % NC_COUNT(blocks);
        for (uint32_t i = 0, n = 1 + next_random(&seed) % 24; i < n; i++) {
            if (next_random(&seed) % 3 == 0)
                block = next_random(&seed) % NC_COUNT(blocks);
            uint32_t span = blocks[block][1] - blocks[block][0] + 1;
            len += nc_utf8_write(text + len, blocks[block][0] + next_random(&seed) % span);
        }
        text[len] = '\0';
        const nc_text_style style = {.face = (nc_face)(round % NC_FACE_COUNT),
                                     .size = 14,
                                     .max_width = round % 2 ? 50 : 0,
                                     .break_words = round % 4 == 1};
        assert_sound(measure(&b, text, round % 5 ? NC_MARKUP_PLAIN : NC_MARKUP_HTML, &style));
    }
    bench_close(&b);
}

enum { ROUNDS = 6, THREADS = 4 };

/* What one thread found; asserted by the main one, since cmocka jumps out of its own alone. */
typedef struct found {
    bool failed;
    double widths[NC_COUNT(foreign_texts)];
} found;

/* Widths of the foreign texts; false without memory. */
static bool measure_all(found *out, nc_fonts *fonts)
{
    nc_arena arena;
    nc_diags diags;
    nc_arena_init(&arena, NULL, 0);
    nc_diags_init(&diags, &arena);
    nc_measure *m = nc_measure_new(&arena, fonts, &diags);
    bool ok = m != NULL;
    for (size_t i = 0; ok && i < NC_COUNT(foreign_texts); i++) {
        const nc_label label = {nc_sv_cstr(foreign_texts[i]), NC_MARKUP_PLAIN, {3, 4}};
        const nc_text *text = NULL;
        ok = nc_text_measure(&text, m, &label, &plain);
        out->widths[i] = ok ? text->w : 0;
    }
    nc_arena_release(&arena);
    return ok;
}

/* With fonts of the thread's own. */
static void *measure_alone(void *payload)
{
    found *out = payload;
    for (int round = 0; round < ROUNDS && !out->failed; round++) {
        nc_fonts *fonts = nc_fonts_new(NULL);
        if (fonts)
            nc_fonts_allow_system(fonts, true, MODULE_FOLDER);
        out->failed = !fonts || !measure_all(out, fonts);
        nc_fonts_drop(fonts);
    }
    return NULL;
}

static void contexts_are_independent(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    found finds[THREADS] = {0};
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, measure_alone, &finds[i]), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < THREADS; i++) {
        assert_false(finds[i].failed);
        for (size_t k = 0; k < NC_COUNT(foreign_texts); k++) {
            assert_true(finds[i].widths[k] > 0);
            assert_near(finds[i].widths[k], finds[0].widths[k], 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_roads_agree),
        cmocka_unit_test(one_glyph_a_character),
        cmocka_unit_test(foreign_texts_are_sound),
        cmocka_unit_test(latin_pieces_keep_the_embedded_face),
        cmocka_unit_test(right_to_left_is_in_visual_order),
        cmocka_unit_test(unknown_characters_are_boxes),
        cmocka_unit_test(without_the_module_there_are_boxes),
        cmocka_unit_test(unknown_families_are_reported),
        cmocka_unit_test(subsets_shape_alike),
        cmocka_unit_test(random_characters_are_sound),
        cmocka_unit_test(contexts_are_independent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
