#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parse/c4_macros.h"
#include "parse/parse.h"

#include <jansson.h>
#include <stdlib.h>

typedef struct fixture {
    nc_arena arena;
    nc_diags diags;
    nc_source source;
    nc_c4 c4;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    nc_arena_init(&f->arena, NULL, 0);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    nc_arena_release(&f->arena);
    free(f);
    return 0;
}

static void parse(fixture *f, const char *text)
{
    nc_diags_init(&f->diags, &f->arena);
    assert_true(nc_source_read(&f->source, &f->arena, nc_sv_cstr(text), 0, &f->diags));
    assert_true(nc_parse_c4(&f->c4, &f->arena, &f->source, &f->diags));
}

static json_t *dumped(const fixture *f, bool mermaid)
{
    nc_buf b;
    nc_buf_init(&b, NULL, 0);
    nc_c4_dump(&b, &f->c4, mermaid);
    json_t *json = json_loadb(b.ptr, b.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    nc_buf_release(&b);
    return json;
}

static const char *string_at(json_t *list, size_t i, const char *key)
{
    const char *s = json_string_value(json_object_get(json_array_get(list, i), key));
    return s ? s : "";
}

static void macros_are_sorted(void **state)
{
    size_t len;
    const nc_sv *names = nc_c4_macro_names(&len);
    (void)state;
    for (size_t i = 0; i < len; i++) {
        assert_non_null(nc_c4_macro_lookup(names[i]));
        assert_true(i == 0 || nc_sv_cmp(names[i - 1], names[i]) < 0);
    }
    for (size_t i = NC_C4_F_NONE + 1; i < NC_C4_F_COUNT; i++)
        assert_int_equal(nc_c4_field_named(nc_c4_field_lookup((nc_c4_field)i)->name), i);
}

static void arguments_find_their_fields(void **state)
{
    fixture *f = *state;
    parse(f, "C4Container\n"
             "Container(a, \"A\", $tags=\"t1\", \"says #quot;hi#quot;\")\n"
             "System_Boundary(b, \"B\") {\n"
             "  ContainerDb_Ext(c,\"C\",,\"stores\")\n"
             "}\n"
             "Rel_D(a, c, \"uses\", \"SQL\", $link=\"https://example.org/#x\")\n"
             "UpdateRelStyle(a, c, $offsetY=\"-40\")\n");
    assert_int_equal(f->diags.list.len, 0);
    assert_int_equal(f->diags.notes.len, 0);
    const nc_c4_element *a = &f->c4.elements.ptr[0];
    assert_true(nc_sv_eq(a->tags, NC_SV("t1")));
    assert_true(nc_sv_eq(a->description.text, NC_SV("says \"hi\"")));
    assert_int_equal(a->technology.text.len, 0);
    const nc_c4_element *c = &f->c4.elements.ptr[1];
    assert_int_equal(c->form, NC_C4_DB);
    assert_true(c->external);
    assert_int_equal(c->parent, 0);
    assert_true(nc_sv_eq(c->description.text, NC_SV("stores")));
    const nc_c4_relation *r = &f->c4.relations.ptr[0];
    assert_int_equal(r->direction, NC_C4_DOWN);
    assert_int_equal(r->to.index, 1);
    assert_true(nc_sv_eq(r->technology.text, NC_SV("SQL")));
    assert_true(nc_sv_eq(r->link, NC_SV("https://example.org/#x")));
    assert_true(r->has_offset_y && (int)r->offset_y == -40);
    /* Mermaid keeps a text there, because the argument stands in another one's place */
    assert_false(f->c4.mermaid->relations.ptr[0].has_offset_y);
}

static void both_relations_of_a_pair_are_kept(void **state)
{
    fixture *f = *state;
    parse(f, "C4Dynamic\nPerson(a, \"A\")\nPerson(b, \"B\")\n"
             "Rel(a, b, \"first\", \"x\")\nRel(b, a, \"back\")\nRel(a, b, \"second\")\n");
    json_t *ours = dumped(f, false);
    json_t *theirs = dumped(f, true);
    json_t *rels = json_object_get(ours, "relations");
    assert_int_equal(json_array_size(rels), 3);
    assert_string_equal(string_at(rels, 0, "label"), "first");
    assert_string_equal(string_at(rels, 2, "index"), "3");
    assert_true(f->c4.relations.ptr[0].replaced);
    rels = json_object_get(theirs, "relations");
    assert_int_equal(json_array_size(rels), 2);
    assert_string_equal(string_at(rels, 0, "label"), "second");
    assert_string_equal(string_at(rels, 0, "technology"), "x");
    json_decref(ours);
    json_decref(theirs);
}

static void plantuml_is_understood(void **state)
{
    fixture *f = *state;
    parse(f, "C4Context\n"
             "LAYOUT_LEFT_RIGHT()\n"
             "AddElementTag(\"old\", $bgColor=\"#eee\", $legendText=\"old\\nthings\")\n"
             "SetPropertyHeader(\"Name\", \"Value\")\n"
             "AddProperty(\"a\", \"1\")\n"
             "Person(p, Somebody)\n"
             "System(s, \"S\", $tags=\"old\")\n"
             "Rel_Neighbor(p, s, \"uses\")\n"
             "BiRel_U(p, s, \"again\")\n"
             "Lay_Distance(p, s, 2)\n"
             "UpdateElementStyle(external_system, $bgColor=\"red\")\n"
             "UpdateRelStyle(\"red\", \"blue\")\n"
             "SHOW_LEGEND(false)\n");
    assert_int_equal(f->diags.list.len, 0);
    assert_true(f->diags.notes.len >= 9);
    assert_null(f->c4.mermaid);
    assert_int_equal(f->c4.flow, NC_C4_LEFT_RIGHT);
    assert_true(nc_sv_eq(f->c4.tags.ptr[0].name, NC_SV("old")));
    assert_true(nc_sv_eq(f->c4.tags.ptr[0].style.bg_color, NC_SV("#eee")));
    assert_true(nc_sv_eq(f->c4.elements.ptr[0].label.text, NC_SV("Somebody")));
    assert_int_equal(f->c4.elements.ptr[0].properties.cells.len, 4);
    assert_int_equal(f->c4.relations.ptr[0].direction, NC_C4_NEIGHBOR);
    assert_int_equal(f->c4.relations.ptr[1].kind, NC_C4_BIREL);
    assert_int_equal(f->c4.rules.ptr[0].distance, 2);
    assert_int_equal(f->c4.kind_styles.len, 2);
    assert_true(nc_sv_eq(f->c4.kind_styles.ptr[1].line_color, NC_SV("blue")));
    assert_true(f->c4.legend.shown && !f->c4.legend.hide_stereotype);
}

/* Mermaid takes the first key for the shapes' whatever its name is. */
static void rows_have_names(void **state)
{
    fixture *f = *state;
    parse(f, "C4Context\nSystem(a, \"A\")\nUpdateLayoutConfig($c4BoundaryInRow=\"1\")");
    assert_int_equal(f->c4.shapes_in_row, 4);
    assert_int_equal(f->c4.boundaries_in_row, 1);
    parse(f, "C4Context\nSystem(a, \"A\")\nUpdateLayoutConfig(\"3\", \"5\")");
    assert_int_equal(f->c4.shapes_in_row, 3);
    assert_int_equal(f->c4.boundaries_in_row, 5);
}

/* Rules about a legend count when it floats, by its alias or as LEGEND(). */
static void legends_are_ends_of_rules(void **state)
{
    fixture *f = *state;
    parse(f, "C4Context\nSystem(a, \"A\")\nSHOW_FLOATING_LEGEND(key)\nLay_D(a, key)\n"
             "Lay_L(LEGEND(), a)");
    assert_int_equal(f->diags.errors, 0);
    assert_int_equal(f->c4.rules.len, 2);
    assert_true(f->c4.rules.ptr[0].to.is_legend && !f->c4.rules.ptr[0].from.is_legend);
    assert_true(f->c4.rules.ptr[1].from.is_legend);
    parse(f, "C4Context\nSystem(a, \"A\")\nSHOW_LEGEND()\nLay_D(a, LEGEND())");
    assert_int_equal(f->diags.errors, 0);
    assert_false(f->c4.rules.ptr[0].to.is_legend);
}

static void indices_are_counted(void **state)
{
    fixture *f = *state;
    parse(f, "C4Dynamic\nPerson(a, \"A\")\nRel(a, a, \"1\")\nRelIndex(5, a, a, \"5\")\n"
             "Rel(a, a, \"6\")\nRelIndex(LastIndex(), a, a, \"6\")\nsetIndex(9)\n"
             "RelIndex(Index(), a, a, \"9\")\nRel(a, a, \"10\")\n");
    for (uint32_t i = 0; i < f->c4.relations.len; i++)
        assert_true(nc_sv_eq(f->c4.relations.ptr[i].index, f->c4.relations.ptr[i].label.text));
}

static void slips_say_where(void **state)
{
    static const struct {
        const char *text; /* behind the header */
        const char *code;
        uint32_t line, column;
        const char *hint;
        bool drawing;
    } rows[] = {
        {"Persona(x, \"y\")", "c4-unknown-macro", 2, 1, "did you mean 'Person'?", false},
        {"Person(a, \"A\")\nperson(x, \"y\")", "c4-unknown-macro", 3, 1, "did you mean 'Person'?",
         false},
        {"Person (a, \"A\")", "c4-call", 2, 7, "write Person(", false},
        {"Person(a, \"A)\nPerson(b, \"B\")", "unclosed", 2, 11, "put '\"' behind the text", false},
        {"Person(a, \"A)\nPerson(b, \"B\", \"C\")", "unclosed", 2, 11, "put '\"' behind the text",
         true},
        {"Person(a, \"A\"\nPerson(b, \"B\")", "unclosed", 2, 7, "put ')' at the end of the line",
         true},
        {"Person(a, \"A\"", "unclosed", 2, 7, "put ')' at the end of the line", false},
        {"Person(a,\n  \"A\")\nPerson(b, \"B\")", "c4-call", 2, 10,
         "write all arguments on one line; '<br/>' breaks a label", true},
        {"Person(a, \xe2\x80\x9c"
         "A\xe2\x80\x9d)\nPerson(b, \"B\")",
         "c4-smart-quotes", 2, 11, "use the straight quote '\"'", true},
        {"Person(a, \"A\" \"d\")", "c4-argument", 2, 14, "write ',' between them", false},
        {"Person(a, \"A\", $descrr=\"d\")", "c4-argument", 2, 16, "did you mean '$descr'?", false},
        {"Person(user, \"A\")\nRel(user, usr, \"x\")", "c4-unknown-alias", 3, 11,
         "did you mean 'user'?", true},
        {"Person(a, \"A\")\nPerson(a, \"B\")", "c4-duplicate-alias", 3, 8,
         "another element needs another alias", false},
        {"System_Boundary(b, \"B\") {\nPerson(a, \"A\")", "unclosed", 2, 1,
         "put '}' on a line behind what lies inside", false},
        {"System_Boundary(b, \"B\") {\n}", "c4-empty-boundary", 2, 1,
         "Mermaid wants at least one element, relation or boundary inside", false},
        {"System_Boundary(b, \"B\")\n  Person(a, \"A\")\n}", "syntax", 2, 1,
         "put '{' at the end of the line and '}' behind what lies inside", false},
        {"Person(a, \"A\")\n}", "unexpected-end", 3, 1, "", false},
        {"Person(a, \"A\");", "syntax", 2, 15, "take out the ';'", false},
        {"Person(a, \"A\") Person(b, \"B\")", "syntax", 2, 16, "one statement a line", false},
        {"A --> B", "unknown-statement", 2, 1, "write Rel(from, to, \"label\")", false},
        {"title A; B", "syntax", 2, 8, "write #59; for ';'", false},
        {"title: A\nPerson(a, \"A\")", "syntax", 2, 1, "write title and the text, without ':'",
         false},
        {"UpdateElementStyle(zz, \"red\")", "c4-style-target", 2, 1,
         "its first arguments are the aliases of what it styles", false},
        {"X(b, \"B\") {\nPerson(a, \"A\")\n}", "c4-unknown-macro", 2, 1, "", false},
        {"accDescr {\nwords of\n a text\nPerson(a, \"A\")", "unclosed", 2, 10, "", false},
        {"Person(a, \"A\" , \"d\")", "c4-lost-text", 2, 14, "delete the blank", false},
        {"Person(a, \"A\"d, \"B\")", "c4-argument", 2, 14, "write ',' between them", false},
        {"", "empty-diagram", 1, 1, "", false},
    };
    fixture *f = *state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_sv text;
        assert_true(nc_arena_printf(&text, &f->arena, "C4Context\n%s\n", rows[i].text));
        parse(f, text.ptr);
        assert_int_equal(f->diags.list.len, 1);
        const nc_diag *got = &f->diags.list.ptr[0];
        uint32_t line = 1;
        uint32_t column = 1;
        for (uint32_t n = 0; n < got->at.start; n++) {
            column = text.ptr[n] == '\n' ? 1 : column + 1;
            line += text.ptr[n] == '\n';
        }
        if (strcmp(nc_rule_lookup(got->rule)->code, rows[i].code) != 0 || line != rows[i].line ||
            column != rows[i].column || !nc_sv_eq(got->hint, nc_sv_cstr(rows[i].hint)) ||
            got->drawing != rows[i].drawing)
            fail_msg("row %zu: %s %u:%u '%.*s' (%.*s)%s", i, nc_rule_lookup(got->rule)->code, line,
                     column, NC_SV_ARG(got->message), NC_SV_ARG(got->hint),
                     got->drawing ? " drawing" : "");
    }
}

/* Each understood here; Mermaid refuses, or reads something else. */
static void portability_is_noted(void **state)
{
    static const struct {
        const char *text;
        bool accepted;
    } rows[] = {
        {"Person(a, Label)", false},
        {"Person(a, Label)\nPerson(b, \"B\")", true},
        {"Person(a, \"A\" )", false},
        {"Person(a,\t\"A\")", false},
        {"Person(a, \"A\", $tags=\"\")", false},
        {"Person(a, \"A\", $tags=x)", false},
        {"Person(a, \"A\", \"wrong direction TB\")", false},
        {"Person(a, \"A\") %% why\nPerson(b, \"B\")", false},
        {"Person(a, $label=\"A\")", true},
        {"Container(a, \"A\",,,\"d\")", true},
        {"Person(a, \"A\" , \"d\")", true},
    };
    fixture *f = *state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_sv text;
        assert_true(nc_arena_printf(&text, &f->arena, "C4Context\n%s\n", rows[i].text));
        parse(f, text.ptr);
        if (f->diags.errors || f->diags.warnings != (rows[i].accepted ? 1 : 0) ||
            f->diags.notes.len != (rows[i].accepted ? 0 : 1) ||
            (f->c4.mermaid != NULL) != rows[i].accepted)
            fail_msg("row %zu: %u errors, %u warnings, %u notes", i, f->diags.errors,
                     f->diags.warnings, f->diags.notes.len);
    }
}

/* What Mermaid's lexer makes of texts that people write. */
static void mermaid_is_followed(void **state)
{
    static const struct {
        const char *text, *label, *description;
        size_t elements;
    } rows[] = {
        {"Person(a, Label)\nPerson(b, \"B\")", "Label)\nPerson(b", "B", 1},
        {"Person(a, \"A\" , \"d\")", "A", "", 1},
        {"Person(a,, \"d\")", "", "d", 1},
        {"Person(a, $label=\"A\", \"d\")", "[object Object]", "d", 1},
        {"Person(a,\n B, \"d\")", "B", "d", 1},
        {"Person(a, \"A\")\nPerson(a, \"B\")", "B", "", 1},
        {"Person(a, \"A\", \"d\")\nSystem(a, \"B\")", "B", "d", 1},
    };
    fixture *f = *state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_sv text;
        assert_true(nc_arena_printf(&text, &f->arena, "C4Context\n%s\n", rows[i].text));
        parse(f, text.ptr);
        assert_non_null(f->c4.mermaid);
        assert_int_equal(f->c4.mermaid->elements.len, rows[i].elements);
        const nc_c4_element *e = &f->c4.mermaid->elements.ptr[0];
        assert_true(nc_sv_eq(e->label.text, nc_sv_cstr(rows[i].label)));
        assert_true(nc_sv_eq(e->description.text, nc_sv_cstr(rows[i].description)));
    }
}

static void repeated(fixture *f, const char *piece, size_t bytes)
{
    size_t len = strlen(piece);
    size_t head = strlen("C4Context\n");
    char *text = NC_NEW(&f->arena, char, head + bytes + len + 1);
    memcpy(text, "C4Context\n", head);
    for (size_t at = head; at < head + bytes; at += len)
        memcpy(text + at, piece, len);
    parse(f, text);
}

static void hostile_texts_end(void **state)
{
    static const char *const pieces[] = {"(",
                                         "Person(",
                                         "Person(a\n",
                                         "Person(a, \"b\n",
                                         "}\n",
                                         "{",
                                         "%%{ x",
                                         "Node(a,\"b\"){\n",
                                         "accDescr { }\n",
                                         "direction TB ",
                                         "Rel(a,b,\"c\")\n",
                                         "$x=\n",
                                         "Person(a,$x\n",
                                         "Person(a, \xe2\x80\x9c\n",
                                         "title\n",
                                         "\"",
                                         "Person(a,,,\"b\")\n",
                                         "Foo(x) {\n"};
    fixture *f = *state;
    for (size_t i = 0; i < NC_COUNT(pieces); i++) {
        repeated(f, pieces[i], 200000);
        nc_arena_release(&f->arena);
    }
}

/* Budgets from nothing upwards: out of memory is an answer, at whatever place it comes. */
static void memory_may_end_anywhere(void **state)
{
    static const char text[] =
        "---\ntitle: x\nconfig: {theme: dark}\n---\n%%{init: {'c4': {'wrap': true}}}%%\nC4Dynamic\n"
        "title <b class=\"x\">#quot;</b>\nPersona(x)\nPerson(a, #quot;A, $tgs=\"b\", $tags=\"t\")\n"
        "System_Boundary(b, \"B\") {\nSystem(s, \"S\")\n}\nRel(a, s, \"uses\")\nRel(a, q, "
        "\"uses\")\n"
        "UpdateRelStyle(s, a, \"red\")\nAddElementTag(\"t\", $bgColor=\"#fff\")\nLay_U(a, s)\n";
    fixture *f = *state;
    bool done = false;
    for (size_t budget = 1; !done; budget += 512) {
        assert_true(budget < 1000000);
        nc_arena_release(&f->arena);
        nc_arena_init(&f->arena, NULL, budget);
        nc_diags_init(&f->diags, &f->arena);
        done = nc_source_read(&f->source, &f->arena, nc_sv_cstr(text), 0, &f->diags) &&
               nc_parse_c4(&f->c4, &f->arena, &f->source, &f->diags);
        assert_true(done || f->arena.failed);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(macros_are_sorted),
        TEST(arguments_find_their_fields),
        TEST(both_relations_of_a_pair_are_kept),
        TEST(plantuml_is_understood),
        TEST(rows_have_names),
        TEST(legends_are_ends_of_rules),
        TEST(indices_are_counted),
        TEST(slips_say_where),
        TEST(portability_is_noted),
        TEST(mermaid_is_followed),
        TEST(hostile_texts_end),
        TEST(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
