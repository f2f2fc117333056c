#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "theme/style.h"
#include "theme/variables.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

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
            fail_msg("%.*s: %s on %s is %.2f, below %.1f", NC_SV_ARG(theme->name),
                     nc_token_name(pairs[i].front), nc_token_name(pairs[i].ground), ratio, least);
    }
}

static void own_themes_can_be_read(void **state)
{
    (void)state;
    static const char *const own[] = {"nacre", "nacre-dark"};
    for (size_t i = 0; i < NC_COUNT(own); i++) {
        nc_theme theme;
        assert_true(nc_theme_make(&theme, nc_sv_cstr(own[i]), NULL));
        assert_contrast(&theme, texts, NC_COUNT(texts), 4.5);
        assert_contrast(&theme, lines, NC_COUNT(lines), 3);
    }
}

static void every_theme_colours_every_token(void **state)
{
    (void)state;
    size_t len = 0;
    for (; nc_theme_name(len).len; len++) {
        nc_theme theme;
        assert_true(nc_theme_make(&theme, nc_theme_name(len), NULL));
        assert_true(nc_sv_eq(theme.name, nc_theme_name(len)));
        for (nc_token token = NC_TOKEN_GROUND; token < NC_TOKEN_COUNT; token++) {
            if (theme.colors[token].a != 255)
                fail_msg("%.*s leaves %s without a colour", NC_SV_ARG(theme.name),
                         nc_token_name(token));
        }
        assert_int_equal(theme.dark, nc_color_is_dark(theme.colors[NC_TOKEN_GROUND]));
        assert_contrast(&theme, (const pair[]){PAIR(NODE_TEXT, NODE_FILL), PAIR(INK, GROUND)}, 2,
                        4.5);
    }
    assert_int_equal(len, 13);
    nc_theme none;
    assert_false(nc_theme_make(&none, NC_SV("Nacre"), NULL));
    assert_false(nc_theme_make(&none, NC_SV(""), NULL));
    assert_true(nc_sv_eq(nc_theme_nearest(NC_SV("Nacre")), NC_SV("nacre")));
    assert_true(nc_sv_eq(nc_theme_nearest(NC_SV("atuo")), NC_SV("auto")));
}

static nc_value *map_of(nc_arena *a, json_t *object)
{
    nc_value *map = NC_NEW(a, nc_value, 1);
    const char *key;
    json_t *value;
    map->kind = NC_VALUE_MAP;
    map->members = NC_NEW(a, nc_member, json_object_size(object) + 1);
    json_object_foreach(object, key, value)
    {
        nc_value *v = NC_NEW(a, nc_value, 1);
        v->kind = json_is_boolean(value) ? NC_VALUE_BOOL : NC_VALUE_STRING;
        v->boolean = json_is_true(value);
        v->text = nc_sv_cstr(json_string_value(value));
        map->members[map->len++] = (nc_member){.key = nc_sv_cstr(key), .value = v};
    }
    return map;
}

static const nc_theme_class *class_of(const char *name)
{
    size_t len;
    const nc_theme_class *classes = nc_theme_classes(&len);
    for (size_t i = 0; i < len; i++)
        if (nc_sv_eq(classes[i].name, nc_sv_cstr(name)))
            return &classes[i];
    return NULL;
}

/* A rounding apart. */
static bool is_near(nc_rgba a, nc_rgba b)
{
    return abs(a.r - b.r) <= 1 && abs(a.g - b.g) <= 1 && abs(a.b - b.b) <= 1 && a.a == b.a;
}

/* theme_variables.json is what Mermaid 12.3 itself computes, read off in a browser. */
static void themes_follow_mermaids_rules(void **state)
{
    (void)state;
    nc_arena a;
    json_t *rows = json_load_file(THEME_VARIABLES, 0, NULL);
    size_t i;
    json_t *row;
    nc_arena_init(&a, NULL, 0);
    assert_true(json_array_size(rows) > 100);
    json_array_foreach(rows, i, row)
    {
        const char *theme = json_string_value(json_object_get(row, "theme"));
        const nc_value *set = map_of(&a, json_object_get(row, "set"));
        const char *key;
        json_t *want;
        nc_variables v = {0};
        nc_variables_derive(&v, class_of(theme), &set, 1, NULL);
        json_object_foreach(json_object_get(row, "get"), key, want)
        {
            nc_rgba color = {0};
            const nc_variable variable = nc_variable_lookup(nc_sv_cstr(key));
            assert_true(nc_color_parse(&color, nc_sv_cstr(json_string_value(want))));
            assert_true(variable < NC_VAR_COUNT && v.set[variable]);
            const nc_rgba got = nc_mix_round(v.value[variable]);
            if (!is_near(got, color))
                fail_msg("row %zu, %s: %s is %s, not #%02x%02x%02x%02x", i + 1, theme, key,
                         json_string_value(want), got.r, got.g, got.b, got.a);
        }
    }
    json_decref(rows);
    nc_arena_release(&a);
}

static nc_theme changed(nc_arena *a, const char *theme, const char *set, bool follow)
{
    json_t *object = json_loads(set, 0, NULL);
    const nc_value *map = map_of(a, object);
    nc_theme out;
    const nc_theme_change change = {
        .sources = &map, .source_len = follow ? 1 : 0, .overlay = follow ? NULL : map};
    assert_true(nc_theme_make(&out, nc_sv_cstr(theme), &change));
    json_decref(object);
    return out;
}

static bool has(const nc_theme *theme, nc_token token, const char *color)
{
    nc_rgba want;
    return nc_color_parse(&want, nc_sv_cstr(color)) &&
           memcmp(&theme->colors[token], &want, sizeof want) == 0;
}

/* In nacre's own themes what is around a changed colour stays legible. */
static void own_themes_take_changes(void **state)
{
    (void)state;
    static const char *const colors[] = {"#000000", "#ffffff", "#ff8800", "#123456",
                                         "#ccffcc", "#808080", "#ffff00"};
    static const char *const own[] = {"nacre", "nacre-dark"};
    nc_arena a;
    nc_arena_init(&a, NULL, 0);
    for (size_t k = 0; k < NC_COUNT(own); k++)
        for (size_t i = 0; i < NC_COUNT(colors); i++) {
            char set[200];
            snprintf(set, sizeof set, "{\"primaryColor\":\"%s\",\"noteBkgColor\":\"%s\"}",
                     colors[i], colors[i]);
            nc_theme t = changed(&a, own[k], set, true);
            assert_true(has(&t, NC_TOKEN_NODE_FILL, colors[i]));
            assert_true(has(&t, NC_TOKEN_ACTOR_FILL, colors[i]));
            assert_true(has(&t, NC_TOKEN_NOTE_FILL, colors[i]));
            const pair around[] = {PAIR(NODE_TEXT, NODE_FILL), PAIR(ACTOR_TEXT, ACTOR_FILL),
                                   PAIR(NOTE_TEXT, NOTE_FILL)};
            assert_contrast(&t, around, NC_COUNT(around), 3.9);
            if (nc_color_contrast(t.colors[NC_TOKEN_NODE_FILL], t.colors[NC_TOKEN_GROUND]) < 3)
                assert_contrast(&t, (const pair[]){PAIR(NODE_LINE, GROUND)}, 1, 3);
            snprintf(set, sizeof set, "{\"background\":\"%s\"}", colors[i]);
            t = changed(&a, own[k], set, true);
            const pair page[] = {PAIR(INK, GROUND), PAIR(EDGE, GROUND),
                                 PAIR(LABEL_TEXT, LABEL_GROUND), PAIR(CLUSTER_TEXT, CLUSTER_FILL)};
            assert_contrast(&t, page, NC_COUNT(page), 3.9);
        }
    nc_theme t =
        changed(&a, "nacre", "{\"lineColor\":\"#ff0000\",\"nodeTextColor\":\"bad\"}", true);
    assert_true(has(&t, NC_TOKEN_EDGE, "#f00") && has(&t, NC_TOKEN_SIGNAL, "#f00"));
    assert_true(has(&t, NC_TOKEN_NODE_TEXT, "#1a2230"));
    t = changed(&a, "forest", "{\"mainBkg\":\"#ff0000\"}", false);
    assert_true(has(&t, NC_TOKEN_NODE_FILL, "#f00") && has(&t, NC_TOKEN_ACTOR_FILL, "#cde498"));
    t = changed(&a, "forest", "{\"mainBkg\":\"#ff0000\"}", true);
    assert_true(has(&t, NC_TOKEN_ACTOR_FILL, "#f00"));
    nc_arena_release(&a);
}

static void palettes_colour_like_things_in_turn(void **state)
{
    (void)state;
    nc_theme t;
    const nc_paint line = NC_PAINT(CLUSTER_LINE);
    const nc_paint fill = NC_PAINT(CLUSTER_FILL);
    assert_true(nc_theme_make(&t, NC_SV("redux-color"), NULL));
    assert_int_equal(nc_theme_color(&t, nc_paint_nth(line, 0)).r, 0xE8);
    assert_int_equal(nc_theme_color(&t, nc_paint_nth(line, 13)).r, 0x2D);
    assert_int_equal(nc_theme_color(&t, nc_paint_nth(fill, 2)).b, 0xED);
    assert_true(nc_theme_make(&t, NC_SV("redux-dark-color"), NULL));
    assert_int_equal(nc_theme_color(&t, nc_paint_nth(line, 12)).r, 0xE8);
    assert_int_equal(nc_theme_color(&t, nc_paint_nth(fill, 2)).b, 0x2E);
    assert_true(nc_theme_make(&t, NC_SV("nacre"), NULL));
    assert_int_equal(nc_theme_color(&t, nc_paint_nth(line, 0)).r, 0xC3);
}

static void variables_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *set;
        nc_rule rule;
        const char *hint;
    } rows[] = {
        {"{\"primaryColour\":\"#fff\"}", NC_RULE_THEME_VARIABLE, "did you mean 'primaryColor'?"},
        {"{\"quux\":\"#fff\"}", NC_RULE_THEME_VARIABLE, ""},
        {"{\"lineColor\":\"blakc\"}", NC_RULE_BAD_COLOR, "did you mean 'black'?"},
        {"{\"lineColor\":\"url(x)\"}", NC_RULE_BAD_COLOR, ""},
    };
    nc_arena a;
    nc_diags d;
    nc_arena_init(&a, NULL, 0);
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        json_t *object = json_loads(rows[i].set, 0, NULL);
        nc_diags_init(&d, &a);
        nc_theme_check(map_of(&a, object), &d);
        assert_int_equal(d.list.len, 1);
        assert_int_equal(d.list.ptr[0].rule, rows[i].rule);
        assert_true(nc_sv_eq(d.list.ptr[0].hint, nc_sv_cstr(rows[i].hint)));
        json_decref(object);
    }
    json_t *fine = json_loads("{\"darkMode\":true,\"fontSize\":\"14px\",\"cScale3\":\"#fff\","
                              "\"pie1\":\"red\",\"mainBkg\":\"hsl(1,2%,3%)\"}",
                              0, NULL);
    nc_diags_init(&d, &a);
    nc_theme_check(map_of(&a, fine), &d);
    nc_theme_check(NULL, &d);
    assert_int_equal(d.list.len, 0);
    json_decref(fine);
    nc_arena_release(&a);
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
        cmocka_unit_test(themes_follow_mermaids_rules),
        cmocka_unit_test(own_themes_take_changes),
        cmocka_unit_test(palettes_colour_like_things_in_turn),
        cmocka_unit_test(variables_are_checked),
        cmocka_unit_test(colours_are_read),
        cmocka_unit_test(no_colours_are_refused),
        cmocka_unit_test(contrast_is_wcags),
        cmocka_unit_test(styles_are_read),
        cmocka_unit_test(bad_styles_are_reported_and_change_nothing),
        cmocka_unit_test(text_reads_on_any_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
