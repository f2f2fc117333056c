#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "text/markup.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>

/* A styled text with its emphasis spelled out: `[b:bold]`, breaks as `|`. */
static void spell(char *out, size_t size, const nc_styled *styled)
{
    static const char letters[] = "bicSPusf"; /* S sub, P sup, f icon; in the order of the bits */
    size_t len = 0;
    for (uint32_t i = 0; i < styled->len; i++) {
        const nc_styled_span *span = &styled->spans[i];
        if (span->emphasis) {
            out[len++] = '[';
            for (unsigned bit = 0; bit < 8; bit++) {
                if (span->emphasis >> bit & 1)
                    out[len++] = letters[bit];
            }
            out[len++] = ':';
        }
        for (uint32_t k = span->start; k < span->end && len + 4 < size; k++)
            out[len++] = styled->text.ptr[k] == '\n' ? '|' : styled->text.ptr[k];
        if (span->emphasis)
            out[len++] = ']';
    }
    out[len] = '\0';
}

typedef struct row {
    const char *text, *want;
} row;

static void assert_rows(const row *rows, size_t len, nc_markup markup)
{
    for (size_t i = 0; i < len; i++) {
        nc_arena a;
        nc_arena_init(&a, NULL, 0);
        const nc_label label = {nc_sv_cstr(rows[i].text), markup, {0, 0}};
        nc_styled styled;
        char got[512];
        assert_true(nc_markup_read(&styled, &a, &label));
        spell(got, sizeof got, &styled);
        if (strcmp(got, rows[i].want) != 0)
            fail_msg("'%s' is read as '%s', not '%s'", rows[i].text, got, rows[i].want);
        nc_arena_release(&a);
    }
}

static void plain_text_knows_breaks_and_references(void **state)
{
    (void)state;
    static const row rows[] = {
        {"a<br>b<br/>c<BR />d</br>e", "a|b|c|d|e"},
        {"<b>x</b> *y* _z_", "<b>x</b> *y* _z_"},
        {"a &amp; b &lt;c&gt; &#38; &#x41;", "a & b <c> & A"},
        {"&unknown; &amp &#; &#x; &", "&unknown; &amp &#; &#x; &"},
        {"one\\ntwo", "one\\ntwo"},
        {"one\ntwo", "one|two"},
        {"  a \t b  ", "a b"},
        {"a <br> b", "a|b"},
        {"<br>a<br>", "a"},
        {"a<br><br>b", "a||b"},
        {"a&nbsp;b", "a\xc2\xa0"
                     "b"},
        {"a\x01\x7f"
         "b&#1;c",
         "abc"},
        {"fa:fa-car", "fa:fa-car"},
        {"<break>", "<break>"},
        {"<br", "<br"},
        {"&#0;&#xD800;&#1114112;&#99999999999;",
         "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"&CounterClockwiseContourIntegral;&NotEqualTilde;", "\xe2\x88\xb3\xe2\x89\x82\xcc\xb8"},
    };
    assert_rows(rows, NC_COUNT(rows), NC_MARKUP_PLAIN);
}

static void html_is_the_subset_people_use(void **state)
{
    (void)state;
    static const row rows[] = {
        {"<b>a</b><strong>b</strong> c", "[b:ab] c"},
        {"<i>a<b>b</b></i>c", "[i:a][bi:b]c"},
        {"<b><b>a</b>b</b>c", "[b:ab]c"},
        {"</b>a<b>b", "a[b:b]"},
        {"H<sub>2</sub>O x<sup>2</sup>", "H[S:2]O x[P:2]"},
        {"<code>x</code><u>y</u><s>z</s><del>w</del>", "[c:x][u:y][s:zw]"},
        {"<span style='color:red'>x</span>", "x"},
        {"<a href=\"http://x/?a>b\">x</a>", "x"},
        {"a < b and c > d", "a < b and c > d"},
        {"a<b", "a<b"},
        {"a <- b <-> c <= d", "a <- b <-> c <= d"},
        {"List<String> x", "List x"},
        {"<script>alert('x</b>')</script>a<style>p{}</STYLE>b", "ab"},
        {"a<script>b", "a"},
        {"a<!-- <b> -->b<!-- c", "ab<!-- c"},
        {"one\\ntwo", "one|two"},
        {"<p>a</p><p>b</p>", "a|b"},
        {"<div>a</div>", "a"},
        {"<ul><li>a</li><li>b</li></ul>c", "a|b|c"},
        {"*a* _b_ **c**", "*a* _b_ **c**"},
        {"fa:fa-car Car fab:fa-x-y", "[f:fa:fa-car] Car [f:fab:fa-x-y]"},
        {"fa:fa- fax:fa-x", "fa:fa- fax:fa-x"},
        {"a <b> b </b> c", "a [b:b ]c"},
        {"<img src='x'/>a<br><hr>b", "a|b"},
        {"<b", "<b"},
        {"<b title=\"x", "<b title=\"x"},
        {"&lt;b&gt;x&lt;/b&gt;", "<b>x</b>"},
    };
    assert_rows(rows, NC_COUNT(rows), NC_MARKUP_HTML);
}

static void markdown_is_emphasis_and_breaks(void **state)
{
    (void)state;
    static const row rows[] = {
        {"**bold** and *italic*", "[b:bold] and [i:italic]"},
        {"__bold__ and _italic_", "[b:bold] and [i:italic]"},
        {"***both***", "[bi:both]"},
        {"**a *b* c**", "[b:a ][bi:b][b: c]"},
        {"*a **b***", "[i:a ][bi:b]"},
        {"snake_case_name and 2*3*4", "snake_case_name and 2[i:3]4"},
        {"a * b * c", "a * b * c"},
        {"**not closed", "**not closed"},
        {"*a", "*a"},
        {"one\ntwo\\nthree", "one|two\\nthree"},
        {"\\*a\\*", "*a*"},
        {"# head\n- item\n1. x", "# head|- item|1. x"},
        {"<b>x</b> **y**<br>z", "[b:x] [b:y]|z"},
        {"<a href='_x_'>_y_</a>", "[i:y]"},
        {"**a**b**c**", "[b:a]b[b:c]"},
        {"*a _b* c_", "[i:a _b] c_"},
        {"****", "****"},
        {"**", "**"},
        {"fa:fa-my_icon_x", "[f:fa:fa-my_icon_x]"},
        {"**\xd0\x9f\xd1\x80**!", "[b:\xd0\x9f\xd1\x80]!"},
    };
    assert_rows(rows, NC_COUNT(rows), NC_MARKUP_MARKDOWN);
}

static void plain_words_are_one_line(void **state)
{
    (void)state;
    nc_arena a;
    nc_arena_init(&a, NULL, 0);
    const nc_label label = {
        NC_SV("<b>One</b><br>two &amp; fa:fa-car three"), NC_MARKUP_HTML, {0, 0}};
    nc_sv out;
    assert_true(nc_text_plain(&out, &a, &label));
    assert_string_equal(out.ptr, "One two & three");
    const nc_label icon = {NC_SV("fa:fa-car"), NC_MARKUP_HTML, {0, 0}};
    assert_true(nc_text_plain(&out, &a, &icon));
    assert_string_equal(out.ptr, "car");
    nc_arena_release(&a);
}

/* What every reading promises (markup.h). */
static void assert_well_formed(const nc_styled *s)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < s->len; i++) {
        assert_int_equal(s->spans[i].start, at);
        assert_true(s->spans[i].end > at);
        at = s->spans[i].end;
    }
    assert_int_equal(at, s->text.len);
    assert_int_equal(nc_utf8_invalid(s->text), SIZE_MAX);
    for (size_t i = 0; i < s->text.len; i++) {
        char c = s->text.ptr[i];
        assert_true((unsigned char)c >= ' ' || c == '\n');
        bool at_edge = i == 0 || i + 1 == s->text.len || s->text.ptr[i - 1] == '\n' ||
                       s->text.ptr[i + 1] == '\n';
        assert_false(c == ' ' && at_edge);
    }
}

/* Labels put together at random from what means something. */
static size_t random_label(char *out, size_t size, uint32_t *seed)
{
    static const char *const parts[] = {"<b>",
                                        "</b>",
                                        "<i>",
                                        "</i>",
                                        "<br>",
                                        "<sub>",
                                        "</sub>",
                                        "<code>",
                                        "</code>",
                                        "<p>",
                                        "<",
                                        ">",
                                        "&amp;",
                                        "&",
                                        "&#",
                                        ";",
                                        "*",
                                        "**",
                                        "_",
                                        "__",
                                        "***",
                                        "\\",
                                        "\\n",
                                        "\n",
                                        " ",
                                        "  ",
                                        "word",
                                        "a",
                                        "-",
                                        "\xc2\xad",
                                        "\xe2\x80\x8b",
                                        "\xcc\x81",
                                        "e\xcc\x81",
                                        "\xe6\xbc\xa2",
                                        "\xf0\x9f\x98\x80",
                                        "fa:fa-x",
                                        "fa",
                                        "<script>",
                                        "</script>",
                                        "<!--",
                                        "-->",
                                        "\"",
                                        "'",
                                        "<a x=\"",
                                        "\xff",
                                        "\x80",
                                        "\xc3",
                                        "\x01",
                                        "long-hyphenated-word",
                                        "Hamburgefonstiv",
                                        "\xe2\x80\xae",
                                        "\xd7\xa9",
                                        "&nbsp;",
                                        "&shy;"};
    size_t len = 0;
    uint32_t count = *seed % 40;
    for (uint32_t i = 0; i < count; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        const char *part = parts[(*seed >> 8) % NC_COUNT(parts)];
        size_t part_len = strlen(part);
        if (len + part_len < size) {
            memcpy(out + len, part, part_len);
            len += part_len;
        }
    }
    *seed = *seed * 1664525u + 1013904223u;
    return len;
}

static void random_labels_are_set(void **state)
{
    (void)state;
    uint32_t seed = 1;
    nc_fonts *fonts = nc_fonts_new(NULL);
    for (int round = 0; round < 3000; round++) {
        nc_arena a;
        nc_arena_init(&a, NULL, 0);
        nc_diags d;
        nc_diags_init(&d, &a);
        nc_measure *m = nc_measure_new(&a, fonts, &d);
        char text[512];
        size_t len = random_label(text, sizeof text, &seed);
        char *exact = malloc(len + 1); /* so that a byte read beyond it is seen */
        memcpy(exact, text, len);
        const nc_label label = {{exact, len}, (nc_markup)(round % 3), {0, 0}};
        nc_styled styled;
        nc_sv words;
        assert_true(nc_markup_read(&styled, &a, &label));
        assert_well_formed(&styled);
        assert_true(nc_text_plain(&words, &a, &label));
        const nc_text_style style = {.face = (nc_face)(round % NC_FACE_COUNT),
                                     .size = 10 + round % 7,
                                     .max_width = round % 5 * 40,
                                     .break_words = round % 2};
        const nc_text *set;
        assert_true(nc_text_measure(&set, m, &label, &style));
        for (uint32_t i = 0; i < set->len; i++) {
            assert_true(set->lines[i].width <= set->w);
            for (uint32_t k = 0; k < set->lines[i].len; k++) {
                const nc_glyph_run *run = &set->lines[i].runs[k];
                assert_true(run->len > 0 && run->text.len > 0 && run->width >= 0);
                assert_int_equal(nc_utf8_invalid(run->text), SIZE_MAX);
            }
        }
        nc_font_use *use = nc_font_use_new(&a, fonts);
        assert_true(nc_font_use_add(use, set));
        if (round % 100 == 0) {
            nc_sv file;
            assert_true(nc_font_subset(&file, fonts, style.face, use));
        }
        assert_true(d.list.len <= 1);
        free(exact);
        nc_arena_release(&a);
    }
    nc_fonts_drop(fonts);
}

/* Long rows of one thing must not take quadratic time or deep stacks. */
static void long_labels_are_quick(void **state)
{
    (void)state;
    static const char *const parts[] = {"*a ", "_a*b", "<b>", "<a \"", "<!--", "<script>", "&amp",
                                        "</",  "**a*", "-",   "a ",    "\\",   "<a '",     "[("};
    enum { TIMES = 20000 };
    for (size_t i = 0; i < NC_COUNT(parts) * 3; i++) {
        const char *part = parts[i / 3];
        nc_arena a;
        nc_arena_init(&a, NULL, 0);
        char *text = malloc(TIMES * 8);
        size_t len = 0;
        for (int k = 0; k < TIMES; k++) {
            memcpy(text + len, part, strlen(part));
            len += strlen(part);
        }
        const nc_label label = {{text, len}, (nc_markup)(i % 3), {0, 0}};
        nc_styled styled;
        assert_true(nc_markup_read(&styled, &a, &label));
        free(text);
        nc_arena_release(&a);
    }
}

/* Memory that ends after a number of pieces. */
typedef struct rationed {
    long left, live;
} rationed;

static void *rationed_alloc(void *payload, size_t size)
{
    rationed *r = payload;
    if (r->left-- <= 0)
        return NULL;
    r->live++;
    return malloc(size);
}

static void rationed_free(void *payload, void *ptr)
{
    rationed *r = payload;
    if (ptr)
        r->live--;
    free(ptr);
}

static bool set_a_picture(const nc_alloc *from)
{
    nc_arena a;
    nc_arena_init(&a, from, 0);
    nc_diags d;
    nc_diags_init(&d, &a);
    nc_fonts *fonts = nc_fonts_new(from);
    nc_measure *m = fonts ? nc_measure_new(&a, fonts, &d) : NULL;
    nc_font_use *use = m ? nc_font_use_new(&a, fonts) : NULL;
    bool ok = use != NULL;
    static const char *const texts[] = {"**one** two&shy;three AVAT", "\xe6\xbc\xa2", "x <b>y</b>"};
    const nc_text_style style = {.face = NC_FACE_REGULAR, .size = 14, .max_width = 60};
    for (size_t i = 0; ok && i < NC_COUNT(texts); i++) {
        const nc_label label = {nc_sv_cstr(texts[i]), NC_MARKUP_MARKDOWN, {0, 0}};
        const nc_text *set;
        nc_sv words;
        ok = nc_text_measure(&set, m, &label, &style) && nc_text_plain(&words, &a, &label) &&
             nc_font_use_add(use, set);
    }
    for (nc_face face = 0; ok && face < NC_FACE_ITALIC; face++) {
        nc_sv file;
        ok = nc_font_subset(&file, fonts, face, use);
    }
    nc_fonts_drop(fonts);
    nc_arena_release(&a);
    return ok;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    bool ok = false;
    long n = 0;
    for (; !ok && n < 10000; n++) {
        rationed r = {.left = n};
        const nc_alloc from = {rationed_alloc, rationed_free, &r};
        ok = set_a_picture(&from);
        assert_int_equal(r.live, 0);
    }
    assert_true(ok);
    assert_true(n > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_knows_breaks_and_references),
        cmocka_unit_test(html_is_the_subset_people_use),
        cmocka_unit_test(markdown_is_emphasis_and_breaks),
        cmocka_unit_test(plain_words_are_one_line),
        cmocka_unit_test(random_labels_are_set),
        cmocka_unit_test(long_labels_are_quick),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
