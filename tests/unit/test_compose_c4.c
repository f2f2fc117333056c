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
    assert_true(nc_config_add(&config, &arena, source.config, true, &diags));
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
        /* a last argument without quotes ends at its bracket */
        {HEAD "Person(a, Customer)", "\"Customer\""},
        {HEAD "System(a, \"turn in direction LR\")", "\"turn in direction LR\""},
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

/* What one diagram says of itself is not said of the next. */
static void descriptions_do_not_leak(void **state)
{
    static const char *const rows[][2] = {
        {HEAD "accDescr: Only here\nSystem(a, \"A\")", "descr=\"Only here\""},
        {HEAD "System(a, \"A\")", "!Only here"},
    };
    check_rows(*state, rows, NC_COUNT(rows));
}

/* Mermaid moves a label by half of its own width to the right. */
static void labels_stand_on_their_lines(void **state)
{
    nc_buf dump;
    double line;
    double label;
    draw_text(&dump, *state, AB "Rel(a, b, \"a label of some width\")");
    const char *path = strstr(dump.ptr, "edge-path d=M");
    const char *text = strstr(dump.ptr, "edge-label");
    assert_true(path && text);
    assert_int_equal(sscanf(path, "edge-path d=M%lf", &line), 1);
    text = strstr(text, "text x=");
    assert_non_null(text);
    assert_int_equal(sscanf(text, "text x=%lf", &label), 1);
    assert_true(line - label < 0.5 && label - line < 0.5);
    assert_non_null(strstr(text, " middle "));
    nc_buf_release(&dump);
}

#define BOUNDARIES                                                                                 \
    "System_Boundary(s, \"S\") {\nSystem(a, \"A\")\n}\n"                                           \
    "Deployment_Node(n, \"N\", \"VM\") {\nSystem(b, \"B\")\n}\n"

static void styles_reach_their_kind(void **state)
{
    static const char *const rows[][2] = {
        /* a dark theme's ink would be lost on an author's light ground */
        {HEAD "Boundary(s, \"S\") {\nSystem(a, \"A\")\nSystem(b, \"B\")\nRel(a, b, \"r\")\n}\n"
              "UpdateElementStyle(s, $bgColor=\"#ffeeee\")",
         "!fill=@label-text | regular 12.5 \"r\""},
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
        /* columns, each with its own left side */
        {HEAD "AddProperty(\"OS\", \"Debian\")\n"
              "Deployment_Node(n, \"N\", \"VM\") {\nSystem(b, \"B\")\n}",
         "start fill=@boundary-text | regular 11.5 \"Debian\""},
        {HEAD "SetPropertyHeader(\"Name\", \"Value\")\nAddProperty(\"OS\", \"Debian\")\n"
              "System(a, \"A\")",
         "semibold 11.5 \"Value\""},
        {HEAD "SetPropertyHeader(\"Name\", \"Value\", \"Since\")\n"
              "AddProperty(\"OS\", \"Debian\", \"2019\")\nSystem(a, \"A\")",
         "regular 11.5 \"2019\""},
        {HEAD
         "AddProperty(\"OS\", \"a text that is far too long to stand on one line of a table\")\n"
         "System(a, \"A\")",
         "\"a text that is far too long to\" |"},
        /* who does not see the table hears it */
        {HEAD "AddProperty(\"OS\", \"Debian\")\nAddProperty(\"RAM\", \"8 GB\")\nSystem(a, \"A\")",
         "label=\"A, Software System. OS: Debian, RAM: 8 GB\""},
        /* a header stays for the tables behind */
        {HEAD "SetPropertyHeader(\"Name\", \"Value\")\nAddProperty(\"OS\", \"x\")\n"
              "System(a, \"A\")\nAddProperty(\"OS\", \"y\")\nSystem(b, \"B\")",
         "regular 11.5 \"y\""},
        {HEAD "WithoutPropertyHeader()\nAddProperty(\"OS\", \"Debian\")\nSystem(a, \"A\")",
         "regular 11.5 \"OS\""},
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
        /* and a wish about it is obeyed */
        {HEAD "System(a, \"A\")\nSHOW_FLOATING_LEGEND(key)\nLay_D(a, key)",
         "node id=\"key\" kind=\"legend\""},
        {HEAD "System(a, \"A\")\nSHOW_FLOATING_LEGEND()\nLay_R(a, LEGEND())", "kind=\"legend\""},
        {HEAD "System(a, \"A\")\nLay_R(a, LEGEND())\nSHOW_LEGEND()", "!kind=\"legend\""},
        {HEAD "System(a, \"A\")\nSHOW_FLOATING_LEGEND()", "!kind=\"legend\""},
        {HEAD "System_Ext(a, \"A\")\nSHOW_LEGEND()", "\"External Software System\""},
    };
    check_rows(*state, rows, NC_COUNT(rows));
#undef TAG
#undef IN
}

/* What lies outside is told by words and by its line, not by colour alone. */
static void externals_are_told_apart(void **state)
{
    static const char *const rows[][2] = {
        {HEAD "Person_Ext(a, \"A\")", "\"[External Person]\""},
        {HEAD "Container_Ext(a, \"A\", \"Go\")", "\"[External Container: Go]\""},
        {HEAD "Container(a, \"A\", \"Go\")", "\"[Container: Go]\""},
        {HEAD "System_Ext(a, \"A\")", "stroke=@external-line width=1.6 dash=5"},
        {HEAD "System(a, \"A\")", "!dash="},
        {HEAD "AddElementTag(\"t\", $borderStyle=SolidLine())\nSystem_Ext(a, \"A\", $tags=\"t\")",
         "!dash="},
        {HEAD "ContainerDb_Ext(a, \"A\", \"S3\", \"Keeps\")",
         "label=\"A, External Container: S3. Keeps\""},
    };
    check_rows(*state, rows, NC_COUNT(rows));
}

static void shapes_are_obeyed(void **state)
{
#define EIGHT "AddBoundaryTag(\"t\", $shape=EightSidedShape())\n"
    static const char *const rows[][2] = {
        {HEAD EIGHT "Boundary(s, \"S\", $tags=\"t\") {\nSystem(a, \"A\")\n}", "path "},
        {HEAD "Boundary(s, \"S\") {\nSystem(a, \"A\")\n}", "!path"},
        {HEAD "UpdateBoundaryStyle($shape=EightSidedShape())\n"
              "Boundary(s, \"S\") {\nSystem(a, \"A\")\n}",
         "path "},
        {HEAD "Person(a, \"A\")", "path "},
        {HEAD "HIDE_PERSON_SPRITE()\nPerson(a, \"A\")", "!path"},
        {HEAD "HIDE_PERSON_SPRITE()\nSHOW_PERSON_OUTLINE()\nPerson(a, \"A\")", "path "},
        /* corners are a matter of boxes: a database stays one */
        {HEAD "AddElementTag(\"t\", $shape=SharpCornerShape())\nSystemDb(a, \"A\", $tags=\"t\")",
         "path "},
    };
    check_rows(*state, rows, NC_COUNT(rows));
#undef EIGHT
}

static void configuration_is_honoured(void **state)
{
#define WITH(key, value) "---\nconfig:\n  c4:\n    " key ": " value "\n---\n" HEAD
#define LONG             "a description that goes on for more than any line of it could ever hold"
    static const char *const rows[][2] = {
        {WITH("personFontSize", "30") "Person(a, \"A\")", "semibold 30 \"A\""},
        {WITH("personFontSize", "30") "Person(a, \"A\")", "regular 23 \"[Person]\""},
        {WITH("personFontSize", "30") "System(a, \"A\")", "semibold 15 \"A\""},
        {WITH("external_systemFontSize", "30") "System_Ext(a, \"A\")", "semibold 30 \"A\""},
        {WITH("container_dbFontFamily", "Menlo") "ContainerDb(a, \"A\")", "mono 15 \"A\""},
        {WITH("messageFontSize",
              "25") "System(a, \"A\")\nSystem(b, \"B\")\nRel(a, b, \"r\", \"T\")",
         "regular 25 \"r\""},
        {WITH("boundaryFontSize", "25") BOUNDARIES, "semibold 25 \"S\""},
        {WITH("wrap", "false") "System(a, \"A\", \"" LONG "\")", "\"" LONG "\""},
        {HEAD "System(a, \"A\", \"" LONG "\")", "!| regular 12.5 \"" LONG "\""},
    };
    check_rows(*state, rows, NC_COUNT(rows));
#undef LONG
#undef WITH
}

/* Groups say all that their drawn texts say, for who hears them. */
static void labels_are_complete(void **state)
{
    static const char *const rows[][2] = {
        {AB "Rel(a, b, \"r\", \"HTTPS\", \"often\")", "label=\"A to B: r, HTTPS. often\""},
        {"C4Dynamic\nSystem(a, \"A\")\nSystem(b, \"B\")\nRel(a, b, \"r\")",
         "label=\"A to B: 1: r\""},
        {HEAD "System_Boundary(s, \"S\", $descr=\"all of it\") {\nSystem(a, \"A\")\n}",
         "label=\"S, Software System. all of it\""},
        {HEAD "Container(a, \"A\", \"Go\", \"serves\")", "label=\"A, Container: Go. serves\""},
    };
    check_rows(*state, rows, NC_COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_mermaid_loses_is_drawn),
        cmocka_unit_test(descriptions_do_not_leak),
        cmocka_unit_test(labels_stand_on_their_lines),
        cmocka_unit_test(styles_reach_their_kind),
        cmocka_unit_test(properties_are_drawn),
        cmocka_unit_test(the_legend_says_what_is_special),
        cmocka_unit_test(externals_are_told_apart),
        cmocka_unit_test(shapes_are_obeyed),
        cmocka_unit_test(configuration_is_honoured),
        cmocka_unit_test(labels_are_complete),
    };
    return cmocka_run_group_tests(tests, open_fonts, drop_fonts);
}
