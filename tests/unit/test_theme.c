#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "theme/style.h"

/* A text and what it stands on, or a line and what it must stand out from. */
typedef struct pair {
    nc_token front, ground;
} pair;

#define PAIR(front, ground)                                                                        \
    {                                                                                              \
        NC_TOKEN_##front, NC_TOKEN_##ground                                                        \
    }

static const pair texts[] = {
    PAIR(INK, GROUND),
    PAIR(MUTED, GROUND),
    PAIR(MUTED, CLUSTER_FILL),
    PAIR(MUTED, LABEL_GROUND),
    PAIR(TITLE, GROUND),
    PAIR(ACCENT, GROUND),
    PAIR(ACCENT, NODE_FILL),
    PAIR(NODE_TEXT, NODE_FILL),
    PAIR(CLUSTER_TEXT, CLUSTER_FILL),
    PAIR(CLUSTER_TEXT, CLUSTER_FILL_2),
    PAIR(CLUSTER_TEXT, CLUSTER_FILL_3),
    PAIR(CLUSTER_TEXT, CLUSTER_FILL_4),
    PAIR(CLUSTER_TEXT, BOX_FILL),
    PAIR(LABEL_TEXT, LABEL_GROUND),
    PAIR(LABEL_TEXT, CLUSTER_FILL),
    PAIR(LABEL_TEXT, CLUSTER_FILL_2),
    PAIR(LABEL_TEXT, CLUSTER_FILL_3),
    PAIR(LABEL_TEXT, CLUSTER_FILL_4),
    PAIR(ACTOR_TEXT, ACTOR_FILL),
    PAIR(SIGNAL_TEXT, GROUND),
    PAIR(SIGNAL_TEXT, RECT_FILL),
    PAIR(SIGNAL_TEXT, BOX_FILL),
    PAIR(NOTE_TEXT, NOTE_FILL),
    PAIR(FRAGMENT_TEXT, FRAGMENT_TAB),
    PAIR(FRAGMENT_TEXT, GROUND),
    PAIR(FRAGMENT_TEXT, RECT_FILL),
    PAIR(NUMBER_TEXT, NUMBER_FILL),
    PAIR(PERSON_TEXT, PERSON_FILL),
    PAIR(SYSTEM_TEXT, SYSTEM_FILL),
    PAIR(CONTAINER_TEXT, CONTAINER_FILL),
    PAIR(COMPONENT_TEXT, COMPONENT_FILL),
    PAIR(EXTERNAL_TEXT, EXTERNAL_FILL),
    PAIR(BOUNDARY_TEXT, GROUND),
};

static const pair lines[] = {
    PAIR(NODE_LINE, GROUND),       PAIR(NODE_LINE, NODE_FILL),
    PAIR(NODE_LINE, CLUSTER_FILL), PAIR(EDGE, GROUND),
    PAIR(EDGE, CLUSTER_FILL),      PAIR(EDGE, CLUSTER_FILL_2),
    PAIR(EDGE, CLUSTER_FILL_3),    PAIR(EDGE, CLUSTER_FILL_4),
    PAIR(ACTOR_LINE, GROUND),      PAIR(ACTOR_LINE, ACTOR_FILL),
    PAIR(LIFELINE, GROUND),        PAIR(SIGNAL, GROUND),
    PAIR(SIGNAL, RECT_FILL),       PAIR(FRAGMENT_LINE, GROUND),
    PAIR(ACTIVATION_LINE, GROUND), PAIR(ACTIVATION_LINE, ACTIVATION_FILL),
    PAIR(PERSON_LINE, GROUND),     PAIR(SYSTEM_LINE, GROUND),
    PAIR(CONTAINER_LINE, GROUND),  PAIR(COMPONENT_LINE, GROUND),
    PAIR(EXTERNAL_LINE, GROUND),   PAIR(BOUNDARY_LINE, GROUND),
};

static void assert_contrast(const nc_theme *theme, const pair *pairs, size_t len, double least)
{
    for (size_t i = 0; i < len; i++) {
        double ratio =
            nc_color_contrast(theme->colors[pairs[i].front], theme->colors[pairs[i].ground]);
        if (ratio < least)
            fail_msg("%s: %s on %s is %.2f, below %.1f", theme->name, nc_token_name(pairs[i].front),
                     nc_token_name(pairs[i].ground), ratio, least);
    }
}

static void own_themes_can_be_read(void **state)
{
    (void)state;
    static const char *const own[] = {"nacre", "nacre-dark"};
    for (size_t i = 0; i < NC_COUNT(own); i++) {
        const nc_theme *theme = nc_theme_lookup(nc_sv_cstr(own[i]));
        assert_non_null(theme);
        assert_contrast(theme, texts, NC_COUNT(texts), 4.5);
        assert_contrast(theme, lines, NC_COUNT(lines), 3);
    }
}

static void every_theme_colours_every_token(void **state)
{
    (void)state;
    size_t len;
    const nc_sv *names = nc_theme_names(&len);
    assert_int_equal(len, 13);
    for (size_t i = 0; i < len; i++) {
        const nc_theme *theme = nc_theme_lookup(names[i]);
        assert_non_null(theme);
        assert_true(nc_sv_eq(nc_sv_cstr(theme->name), names[i]));
        for (nc_token token = NC_TOKEN_GROUND; token < NC_TOKEN_COUNT; token++) {
            if (theme->colors[token].a == 0)
                fail_msg("%s leaves %s without a colour", theme->name, nc_token_name(token));
        }
        bool light =
            nc_color_contrast(theme->colors[NC_TOKEN_GROUND], (nc_rgba){0, 0, 0, 255}) > 10;
        assert_int_equal(theme->dark, !light);
        assert_contrast(theme, (const pair[]){PAIR(NODE_TEXT, NODE_FILL), PAIR(INK, GROUND)}, 2,
                        4.5);
    }
    assert_null(nc_theme_lookup(NC_SV("Nacre")));
    assert_null(nc_theme_lookup(NC_SV("")));
}

static void colours_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        nc_rgba color;
    } rows[] = {
        {"#f9f", {255, 153, 255, 255}},
        {"#F9F8", {255, 153, 255, 136}},
        {"#1a2b3c", {26, 43, 60, 255}},
        {"#1a2b3c80", {26, 43, 60, 128}},
        {" rgb(1, 2, 300) ", {1, 2, 255, 255}},
        {"rgb(10% 20% 100%)", {26, 51, 255, 255}},
        {"rgba(232,232,232,0.8)", {232, 232, 232, 204}},
        {"rgb(0 128 255 / 50%)", {0, 128, 255, 128}},
        {"RGBA( 1 , 2 , 3 , .5 )", {1, 2, 3, 128}},
        {"hsl(120, 100%, 25%)", {0, 128, 0, 255}},
        {"hsl(-90deg 50% 50% / 1)", {128, 64, 191, 255}},
        {"hsla(240, 100%, 50%, 0.5)", {0, 0, 255, 128}},
        {"RebeccaPurple", {102, 51, 153, 255}},
        {"aliceblue", {240, 248, 255, 255}},
        {"yellowgreen", {154, 205, 50, 255}},
        {"transparent", {0, 0, 0, 0}},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_rgba c;
        if (!nc_color_parse(&c, nc_sv_cstr(rows[i].text)))
            fail_msg("'%s' is not read", rows[i].text);
        if (memcmp(&c, &rows[i].color, sizeof c) != 0)
            fail_msg("'%s' is %u %u %u %u", rows[i].text, c.r, c.g, c.b, c.a);
    }
}

static void no_colours_are_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {"",
                                       "#",
                                       "#12",
                                       "#12345",
                                       "#ggg",
                                       "rgb(1,2)",
                                       "rgb(",
                                       "rgb(1,2,3",
                                       "rgb(1,2,3,4,5)",
                                       "rgb(a,b,c)",
                                       "bluee",
                                       "url(x)",
                                       "hsl(1)",
                                       "var(--x)",
                                       "rgb 1 2 3",
                                       "lightgoldenrodyellowish",
                                       "rgb(1,,2,3)",
                                       "1"};
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_rgba c;
        if (nc_color_parse(&c, nc_sv_cstr(rows[i])))
            fail_msg("'%s' is read as a colour", rows[i]);
    }
}

static void contrast_is_wcags(void **state)
{
    (void)state;
    const nc_rgba black = {0, 0, 0, 255};
    const nc_rgba white = {255, 255, 255, 255};
    const nc_rgba grey = {119, 119, 119, 255};
    assert_true(nc_color_contrast(black, white) > 20.999);
    assert_true(nc_color_contrast(white, white) < 1.001);
    double ratio = nc_color_contrast(white, grey);
    assert_true(ratio > 4.47 && ratio < 4.49);
}

static nc_style style_of(const char *declarations, nc_diags *d)
{
    nc_style style = {0};
    nc_sv rest = nc_sv_cstr(declarations);
    while (rest.len > 0) {
        size_t end = nc_sv_find(rest, NC_SV("|"), 0);
        nc_style_apply(&style, nc_sv_slice(rest, 0, end), (nc_span){1, 2}, d);
        rest = end == SIZE_MAX ? (nc_sv){0} : nc_sv_slice(rest, end + 1, rest.len);
    }
    return style;
}

static void styles_are_read(void **state)
{
    (void)state;
    nc_arena a;
    nc_arena_init(&a, NULL, 0);
    nc_diags d;
    nc_diags_init(&d, &a);
    nc_style s =
        style_of("fill:#f9f|stroke : #333 !important|stroke-width:4px|stroke-dasharray: 5 3|"
                 "color:white;|font-weight:bold|font-style:italic|opacity:50%|rx:8|"
                 "font-size:12pt|font-family:Courier New|text-decoration:underline|"
                 "fill-opacity:.5|text-align:left",
                 &d);
    assert_int_equal(d.list.len, 0);
    assert_int_equal(s.fill.r, 255);
    assert_int_equal(nc_style_fill(&s, NC_NO_PAINT).color.a, 128);
    assert_int_equal(nc_style_stroke(&s, NC_NO_PAINT).color.g, 0x33);
    assert_true(s.stroke_width == 4 && s.dash == 5 && s.gap == 3 && s.opacity == 0.5);
    assert_true(s.size == 16 && s.radius == 8 && s.bold && s.italic && s.monospace && s.underline);
    assert_int_equal(s.color.b, 255);
    assert_false(nc_style_has(&s, NC_STYLE_STROKE_OPACITY));

    s = style_of("fill:none|stroke-dasharray:0|stroke-dasharray:7|font-weight:600", &d);
    assert_true(nc_style_has(&s, NC_STYLE_FILL));
    assert_true(nc_paint_is_none(nc_style_fill(&s, NC_PAINT(NODE_FILL))));
    assert_true(s.dash == 7 && s.gap == 7 && s.bold);
    assert_int_equal(nc_style_stroke(&s, NC_PAINT(EDGE)).token, NC_TOKEN_EDGE);
    assert_int_equal(d.list.len, 0);
    nc_arena_release(&a);
}

static void bad_styles_are_reported_and_change_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        nc_rule rule;
        const char *hint;
    } rows[] = {
        {"fill:url(x)", NC_RULE_BAD_COLOR, ""},
        {"color:none", NC_RULE_BAD_COLOR, ""},
        {"fill", NC_RULE_BAD_STYLE, ""},
        {"stroke-witdh:2px", NC_RULE_BAD_STYLE, "did you mean 'stroke-width'?"},
        {"stroke-width:wide", NC_RULE_BAD_STYLE, ""},
        {"stroke-width:-1", NC_RULE_BAD_STYLE, ""},
        {"font-weight:heavy", NC_RULE_BAD_STYLE, ""},
        {"stroke-dasharray:a b", NC_RULE_BAD_STYLE, ""},
        {"font-size:0", NC_RULE_BAD_STYLE, ""},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_arena a;
        nc_arena_init(&a, NULL, 0);
        nc_diags d;
        nc_diags_init(&d, &a);
        nc_style s = style_of(rows[i].text, &d);
        assert_int_equal(s.given, 0);
        assert_int_equal(d.list.len, 1);
        assert_int_equal(d.list.ptr[0].rule, rows[i].rule);
        assert_true(nc_sv_eq(d.list.ptr[0].hint, nc_sv_cstr(rows[i].hint)));
        nc_arena_release(&a);
    }
}

static void text_reads_on_any_ground(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 4096; i++) {
        const nc_rgba ground = {(uint8_t)((i >> 8) * 17), (uint8_t)((i >> 4 & 15) * 17),
                                (uint8_t)((i & 15) * 17), 255};
        assert_true(nc_color_contrast(nc_color_readable(ground), ground) >= 3.9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_themes_can_be_read),
        cmocka_unit_test(every_theme_colours_every_token),
        cmocka_unit_test(colours_are_read),
        cmocka_unit_test(no_colours_are_refused),
        cmocka_unit_test(contrast_is_wcags),
        cmocka_unit_test(styles_are_read),
        cmocka_unit_test(bad_styles_are_reported_and_change_nothing),
        cmocka_unit_test(text_reads_on_any_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
