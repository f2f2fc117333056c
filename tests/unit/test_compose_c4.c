/* From C4 text to scene: what Mermaid loses is drawn, and C4-PlantUML's words have their effect. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "compose/compose.h"
#include "parse/parse.h"

#include <stdio.h>

static int open_fonts(void **state)
{
    *state = nc_fonts_new(NULL);
    return *state ? 0 : -1;
}

static int drop_fonts(void **state)
{
    nc_fonts_drop(*state);
    return 0;
}

/* The scene of a text, as nc_scene_dump writes it. */
static void draw_text(nc_buf *out, nc_fonts *fonts, const char *text)
{
    nc_arena arena;
    nc_diags diags;
    nc_source source;
    nc_config config = {0};
    nc_c4 c4;
    nc_placed_graph *placed;
    nc_scene scene;
    nc_arena_init(&arena, NULL, 0);
    nc_diags_init(&diags, &arena);
    nc_buf_init(out, NULL, 0);
    assert_true(nc_source_read(&source, &arena, nc_sv_cstr(text), 16 << 20, &diags));
    config.family = source.family;
    diags.map = NULL;
    assert_true(nc_parse_c4(&c4, &arena, &source, &diags));
    if (diags.errors)
        fail_msg("%s\n%s", text, diags.list.ptr[0].message.ptr);
    nc_draw draw = {.arena = &arena,
                    .measure = nc_measure_new(&arena, fonts, &diags),
                    .diags = &diags,
                    .config = &config,
                    .title = source.title};
    nc_scene_init(&scene, &arena);
    assert_non_null(draw.measure);
    assert_true(nc_place_c4(&placed, &draw, &c4) && nc_draw_c4(&scene, &draw, &c4, placed));
    nc_scene_dump(out, &scene);
    nc_arena_release(&arena);
}

/* Rows of a text and what its scene holds, or with `!` does not. */
static void check_rows(nc_fonts *fonts, const char *const rows[][2], size_t len)
{
    for (size_t i = 0; i < len; i++) {
        nc_buf dump;
        const bool absent = rows[i][1][0] == '!';
        const char *part = rows[i][1] + absent;
        draw_text(&dump, fonts, rows[i][0]);
        if ((strstr(dump.ptr, part) == NULL) != absent)
            fail_msg("%s\n%s %s in\n%s", rows[i][0], absent ? "unwanted" : "wanted", part,
                     dump.ptr);
        nc_buf_release(&dump);
    }
}

#define HEAD "C4Context\n"
#define AB   HEAD "System(a, \"A\")\nSystem(b, \"B\")\n"

static void what_mermaid_loses_is_drawn(void **state)
{
    static const char *const rows[][2] = {
        /* accTitle is the accessible title, and no visible one */
        {HEAD "accTitle: Heard\nSystem(a, \"A\")", "title=\"Heard\""},
        {HEAD "accTitle: Heard\nSystem(a, \"A\")", "!.title"},
        {"---\ntitle: Front\n---\n" HEAD "System(a, \"A\")", "\"Front\""},
        /* a title stands at the drawing's left */
        {HEAD "title T\nSystem(a, \"A\")", "text .title x=16 y=16"},
        {HEAD "System(a, \"say #quot;hi#quot;\")", "\"say \\\"hi\\\"\""},
        {HEAD "Component(a, \"A\", \"Go\")", "fill=@component-text"},
        {AB "Rel(a, b, \"one\")\nRel(a, b, \"two\")", "\"one\""},
        {AB "Rel(a, b, \"one\")\nRel(a, b, \"two\")", "\"two\""},
        {AB "Rel(a, b, \"r\", \"T\", \"described\")", "\"described\""},
        {AB "Rel(a, b, \"r\", $link=\"https://e.example/r\")", "href=\"https://e.example/r\""},
        {HEAD "System(a, \"A\", $link=\"https://e.example/a\")", "href=\"https://e.example/a\""},
        /* a self relation is a line of its own */
        {HEAD "System(a, \"A\")\nRel(a, a, \"self\")", "edge id=\"L_a_a_0\""},
        /* the head has the line's colour */
        {AB "Rel(a, b, \"r\")\nUpdateRelStyle(a, b, $lineColor=\"#123456\")", "Z fill=#123456ff"},
        {AB "Rel(a, b, \"r\")\nUpdateRelStyle(a, b, $textColor=\"#654321\")",
         "fill=#654321ff | regular 12.5 \"r\""},
        /* a style may stand before what it styles, and may colour a boundary's text */
        {HEAD "UpdateElementStyle(a, $bgColor=\"#123456\")\nSystem(a, \"A\")", "fill=#123456ff"},
        {HEAD "Boundary(b, \"B\") {\nSystem(a, \"A\")\n}\n"
              "UpdateElementStyle(b, $fontColor=\"#123456\")",
         "fill=#123456ff | semibold 12.5 \"B\""},
        {"C4Dynamic\nSystem(a, \"A\")\nSystem(b, \"B\")\nRelIndex(7, a, b, \"r\")", "\"7: r\""},
    };
    check_rows(*state, rows, NC_COUNT(rows));
}

#define BOUNDARIES                                                                                 \
    "System_Boundary(s, \"S\") {\nSystem(a, \"A\")\n}\n"                                           \
    "Deployment_Node(n, \"N\", \"VM\") {\nSystem(b, \"B\")\n}\n"

static void styles_reach_their_kind(void **state)
{
    static const char *const rows[][2] = {
        {HEAD "UpdateElementStyle(\"system\", $techn=\"Go\")\nSystem(a, \"A\")",
         "\"[Software System: Go]\""},
        {HEAD "UpdateBoundaryStyle($fontColor=\"#010203\")\n" BOUNDARIES,
         "fill=#010203ff | semibold 12.5 \"S\""},
        {HEAD "UpdateBoundaryStyle($fontColor=\"#010203\")\n" BOUNDARIES,
         "!fill=#010203ff | semibold 12.5 \"N\""},
        {HEAD "UpdateSystemBoundaryStyle($fontColor=\"#010203\")\n" BOUNDARIES,
         "fill=#010203ff | semibold 12.5 \"S\""},
        {HEAD "UpdateContainerBoundaryStyle($fontColor=\"#010203\")\n" BOUNDARIES, "!#010203ff"},
        {HEAD "UpdateElementStyle(\"node\", $fontColor=\"#010203\")\n" BOUNDARIES,
         "fill=#010203ff | semibold 12.5 \"N\""},
        {HEAD "UpdateSystemBoundaryStyle($type=\"Realm\")\n" BOUNDARIES, "\"[Realm]\""},
        {HEAD "AddBoundaryTag(\"t\", $type=\"Zone\")\n"
              "Boundary(s, \"S\", $tags=\"t\") {\nSystem(a, \"A\")\n}",
         "\"[Zone]\""},
        {HEAD "AddRelTag(\"t\", $techn=\"AMQP\")\n"
              "System(a, \"A\")\nSystem(b, \"B\")\nRel(a, b, \"r\", $tags=\"t\")",
         "\"[AMQP]\""},
    };
    check_rows(*state, rows, NC_COUNT(rows));
}

static void properties_are_drawn(void **state)
{
    static const char *const rows[][2] = {
        {HEAD "AddProperty(\"OS\", \"Debian\")\n"
              "Deployment_Node(n, \"N\", \"VM\") {\nSystem(b, \"B\")\n}",
         "\"OS: Debian\""},
        {HEAD "SetPropertyHeader(\"Name\", \"Value\")\nAddProperty(\"OS\", \"Debian\")\n"
              "System(a, \"A\")",
         "semibold 11.5 \"Name: Value\""},
        /* a header stays for the tables behind */
        {HEAD "SetPropertyHeader(\"Name\", \"Value\")\nAddProperty(\"OS\", \"x\")\n"
              "System(a, \"A\")\nAddProperty(\"OS\", \"y\")\nSystem(b, \"B\")",
         "regular 11.5 \"OS: y\""},
        {HEAD "WithoutPropertyHeader()\nAddProperty(\"OS\", \"Debian\")\nSystem(a, \"A\")",
         "regular 11.5 \"OS: Debian\""},
    };
    check_rows(*state, rows, NC_COUNT(rows));
}

static void the_legend_says_what_is_special(void **state)
{
#define TAG "AddBoundaryTag(\"t\", $legendText=\"a zone\\nwith details\")\n"
#define IN  "Boundary(s, \"S\", $tags=\"t\") {\nSystem(a, \"A\")\n}\n"
    static const char *const rows[][2] = {
        {HEAD TAG IN "SHOW_LEGEND()", "\"a zone (with details)\""},
        {HEAD TAG IN "SHOW_LEGEND($details=None())", "\"a zone\""},
        {HEAD "UpdateElementStyle(\"system\", $legendText=\"our system\")\nSystem(a, \"A\")\n"
              "SHOW_LEGEND()",
         "\"our system\""},
        {HEAD "System(a, \"A\")\nUpdateElementStyle(a, $legendText=\"this one\")\nSHOW_LEGEND()",
         "\"this one\""},
        {HEAD "System(a, \"A\")\nSHOW_LEGEND()", "![Software System]"},
        {HEAD "System(a, \"A\")\nSHOW_LEGEND(false)", "\"[Software System]\""},
        /* the name of a floating legend is no unknown alias */
        {HEAD "System(a, \"A\")\nSHOW_FLOATING_LEGEND(key)\nLay_D(a, key)", "\"Legend\""},
    };
    check_rows(*state, rows, NC_COUNT(rows));
#undef TAG
#undef IN
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_mermaid_loses_is_drawn),
        cmocka_unit_test(styles_reach_their_kind),
        cmocka_unit_test(properties_are_drawn),
        cmocka_unit_test(the_legend_says_what_is_special),
    };
    return cmocka_run_group_tests(tests, open_fonts, drop_fonts);
}
