#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "source/source.h"

#include <stdlib.h>

typedef struct fixture {
    nc_arena arena;
    nc_diags diags;
    nc_source source;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    nc_arena_init(&f->arena, NULL, 0);
    nc_diags_init(&f->diags, &f->arena);
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

static bool reads(fixture *f, nc_sv text)
{
    nc_diags_init(&f->diags, &f->arena);
    return nc_source_read(&f->source, &f->arena, text, 0, &f->diags);
}

static void becomes(fixture *f, const char *text, const char *want)
{
    if (!reads(f, nc_sv_cstr(text)))
        fail_msg("'%s' is refused: %.*s", text, NC_SV_ARG(f->diags.list.ptr[0].message));
    if (!nc_sv_eq(f->source.text, nc_sv_cstr(want)))
        fail_msg("'%s' becomes '%.*s'", text, (int)f->source.text.len, f->source.text.ptr);
}

#define QUOT "\xef\xac\x82\xc2\xb0quot\xc2\xb6\xc3\x9f"
#define N35  "\xef\xac\x82\xc2\xb0\xc2\xb0"
#define END  "\xc2\xb6\xc3\x9f"

static void texts_are_prepared_as_mermaid_does(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"graph TD\r\nA\rB\n\r", "graph TD\nA\nB\n\n\n"},
        {"\xef\xbb\xbfgraph TD", "graph TD\n"},
        {"\n \t\n  graph TD\n", "graph TD\n\n"},
        {"%% first\n\n  %% second\ngraph TD\n\n %% third\nA %% stays\n%%\nB",
         "graph TD\nA %% stays\n%%\nB\n"},
        {"%%{wrap}%%\nsequenceDiagram", "sequenceDiagram\n"},
        {"graph TD %%{init: {'theme':\n'dark'}}%%\nA", "graph TD \nA\n"},
        {"%% c %%{init: {}}%% d\ngraph TD", "graph TD\n"},
        {"graph TD\nA[<a href=\"x\" id=\"y\">b</a>] --> B=\"c\"",
         "graph TD\nA[<a href='x' id='y'>b</a>] --> B=\"c\"\n"},
        {"graph TD\nA[#quot;] #35; #; #a b;", "graph TD\nA[" QUOT "] " N35 "35" END " #; #a b;\n"},
        {"graph TD\nstyle a fill:#fff,stroke:#333;\nB",
         "graph TD\nstyle a fill:#fff,stroke:#333\nB\n"},
        {"graph TD\nclassDef a fill:#fff;", "graph TD\nclassDef a fill:#fff\n"},
        {"graph TD\nstyle a fill: #fff;", "graph TD\nstyle a fill: \xef\xac\x82\xc2\xb0"
                                          "fff" END "\n"},
        {"---\ntitle: x\n---\ngraph TD", "graph TD\n"},
        {"---  \n\ntitle: x\n---\t\n\ngraph TD", "graph TD\n"},
        {"  ---\n  title: x\n  ---\n  graph TD", "graph TD\n"},
        {"---\n\n---\ngraph TD", "graph TD\n"},
        {"---\n- a\n---\ngraph TD", "graph TD\n"},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++)
        becomes(*state, rows[i].text, rows[i].want);
}

static void every_byte_maps_back(void **state)
{
    fixture *f = *state;
    const char *text = "\xef\xbb\xbf---\r\ntitle: x\r\n---\r\n%%{init: {}}%%\r\n%% c\r\n"
                       "graph TD\r\n  A[#quot;x] %%{wrap}%%--> B\r\n%% c\r\nC";
    assert_true(reads(f, nc_sv_cstr(text)));
    nc_sv got = f->source.text;
    static const char *const words[] = {"graph", "TD", "A[", "quot", "x]", "--> B", "C"};
    for (size_t i = 0; i < NC_COUNT(words); i++) {
        size_t at = nc_sv_find(got, nc_sv_cstr(words[i]), 0);
        assert_true(at != SIZE_MAX);
        uint32_t origin = nc_offset_origin(&f->source.map, (uint32_t)at);
        if (strncmp(text + origin, words[i], strlen(words[i])) != 0)
            fail_msg("'%s' maps to %u", words[i], origin);
    }
    size_t mark = nc_sv_find(got, NC_SV("\xef\xac\x82"), 0);
    nc_span whole = {(uint32_t)mark, (uint32_t)(mark + strlen(QUOT))};
    whole = nc_offset_span(&f->source.map, whole);
    assert_memory_equal(text + whole.start, "#quot;", 6);
    assert_int_equal(whole.end - whole.start, 6);
}

/* Found by fuzzing: what a code is written as is longer than the code. */
static void places_inside_a_code_stay_inside_it(void **state)
{
    fixture *f = *state;
    assert_true(reads(f, NC_SV("graph LR\na[\"#35;#quot;\"]\n")));
    uint32_t before = 0;
    for (uint32_t at = 0; at <= f->source.text.len; at++) {
        uint32_t origin = nc_offset_origin(&f->source.map, at);
        assert_true(origin >= before && origin <= f->source.origin.len);
        before = origin;
    }
}

static void configuration_is_merged(void **state)
{
    fixture *f = *state;
    assert_true(reads(f, NC_SV("  ---\n  title: 1.10\n  config:\n    theme: dark\n    look: neo\n"
                               "  ---\n%%{init: {'theme': 'forest'}}%%\n%%{wrap}%%\n"
                               "%%{init: {\"config\": {\"curve\": \"basis\"}}}%%\nflowchart TD")));
    assert_int_equal(f->diags.list.len, 0);
    assert_true(f->source.wrap);
    assert_true(nc_sv_eq(f->source.title, NC_SV("1.10")));
    const nc_value *c = f->source.config;
    assert_true(nc_sv_eq(nc_value_path(c, "theme")->text, NC_SV("forest")));
    assert_true(nc_sv_eq(nc_value_path(c, "look")->text, NC_SV("neo")));
    assert_true(nc_sv_eq(nc_value_path(c, "flowchart.curve")->text, NC_SV("basis")));
    nc_span look = nc_value_path(c, "look")->at;
    assert_memory_equal(f->source.origin.ptr + look.start, "neo", look.end - look.start);
    nc_span theme = nc_value_path(c, "theme")->at;
    assert_memory_equal(f->source.origin.ptr + theme.start, "'forest'", theme.end - theme.start);
}

static void types_are_found(void **state)
{
    static const struct {
        const char *text;
        nc_family_id family;
    } rows[] = {{"graph", NC_FAMILY_FLOWCHART},
                {"graph;A", NC_FAMILY_FLOWCHART},
                {"flowchart-elk TD", NC_FAMILY_FLOWCHART},
                {"%%\nflowchart TD\nA[C4Container]", NC_FAMILY_FLOWCHART},
                {"sequenceDiagram\nA->B: C4Dynamic", NC_FAMILY_SEQUENCE},
                {"C4Deployment\n", NC_FAMILY_C4}};
    fixture *f = *state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        assert_true(reads(f, nc_sv_cstr(rows[i].text)));
        assert_int_equal(f->source.family, rows[i].family);
    }
}

static void broken_texts_say_why(void **state)
{
    static const struct {
        nc_sv text;
        nc_rule rule;
        uint32_t start, end;
        const char *hint;
    } rows[] = {
        {NC_SV_INIT(""), NC_RULE_EMPTY, 0, 0, ""},
        {NC_SV_INIT(" \n%% only this\n"), NC_RULE_EMPTY, 15, 15, ""},
        {NC_SV_INIT("graph TD\n\x80"), NC_RULE_BAD_UTF8, 9, 10, "save the file as UTF-8"},
        {NC_SV_INIT("graph\0TD"), NC_RULE_BAD_UTF8, 5, 6, "save the file as UTF-8"},
        {NC_SV_INIT("\xff\xfeg\0"), NC_RULE_BAD_UTF8, 0, 1, "the file is UTF-16; save it as UTF-8"},
        {NC_SV_INIT("%% c\n sequencediagram\n"), NC_RULE_UNKNOWN_DIAGRAM, 6, 21,
         "did you mean 'sequenceDiagram'?"},
        {NC_SV_INIT("flowcharts TD"), NC_RULE_UNKNOWN_DIAGRAM, 0, 10, "did you mean 'flowchart'?"},
        {NC_SV_INIT("```mermaid\ngraph TD"), NC_RULE_UNKNOWN_DIAGRAM, 0, 10,
         "take out the line of the code fence"},
        {NC_SV_INIT("stateDiagram-v2\n"), NC_RULE_UNSUPPORTED_DIAGRAM, 0, 15, ""},
        {NC_SV_INIT("---\ntitle: x\ngraph TD"), NC_RULE_FRONT_MATTER, 0, 3,
         "a line '---' with the same indent, and a line after it, closes it"},
        {NC_SV_INIT("\n---\ntitle: x\n---\ngraph TD"), NC_RULE_FRONT_MATTER, 1, 4,
         "front matter must be the very first thing in the text"},
        {NC_SV_INIT("---\ntitle: a: b\n---\ngraph TD"), NC_RULE_FRONT_MATTER, 12, 13,
         "quote a text that holds ': ', as in title: \"One: two\""},
    };
    fixture *f = *state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        assert_false(reads(f, rows[i].text));
        assert_int_equal(f->diags.list.len, 1);
        const nc_diag *got = &f->diags.list.ptr[0];
        if (got->rule != rows[i].rule || got->at.start != rows[i].start ||
            got->at.end != rows[i].end || !nc_sv_eq(got->hint, nc_sv_cstr(rows[i].hint)))
            fail_msg("row %zu: %s %u-%u '%.*s' (%.*s)", i, nc_rule_lookup(got->rule)->code,
                     got->at.start, got->at.end, NC_SV_ARG(got->message), NC_SV_ARG(got->hint));
    }
}

static void broken_directives_are_warnings(void **state)
{
    static const char *const texts[] = {"%%{init: {theme: 'dark'}}%%\ngraph TD",
                                        "%%{int: {}}%%\ngraph TD", "%%{init: [1]}%%\ngraph TD",
                                        "graph TD\n%%{init: {'theme': 'dark'}}"};
    fixture *f = *state;
    for (size_t i = 0; i < NC_COUNT(texts); i++) {
        assert_true(reads(f, nc_sv_cstr(texts[i])));
        assert_int_equal(f->diags.warnings, 1);
        assert_int_equal(f->diags.list.ptr[0].rule, NC_RULE_DIRECTIVE);
        assert_null(f->source.config);
    }
}

static void the_size_has_a_limit(void **state)
{
    fixture *f = *state;
    assert_false(nc_source_read(&f->source, &f->arena, NC_SV("graph TD"), 7, &f->diags));
    assert_int_equal(f->diags.list.ptr[0].rule, NC_RULE_TOO_LARGE);
}

static void entity_codes_turn_back(void **state)
{
    static const struct {
        const char *text, *decoded, *written;
    } rows[] = {
        {"#quot;a#35;", "\"a#", "#quot;a#35;"},
        {"#lt;b#gt;#amp;#60;", "&lt;b&gt;&amp;&lt;", "#lt;b#gt;#amp;#60;"},
        {"#foo;#fff;", "&foo;&fff;", "#foo;#fff;"},
        {"#9829;#128;#0;#55296;#hearts;",
         "\xe2\x99\xa5\xe2\x82\xac\xef\xbf\xbd\xef\xbf\xbd\xe2\x99\xa5",
         "#9829;#128;#0;#55296;#hearts;"},
        {"#nbsp;#infin;#colon;", "\xc2\xa0\xe2\x88\x9e:", "#nbsp;#infin;#colon;"},
        {"plain", "plain", "plain"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_sv text;
        nc_sv got;
        assert_true(nc_arena_printf(&text, &f->arena, "graph\n%s", rows[i].text));
        assert_true(reads(f, text));
        nc_sv piece = nc_sv_slice(f->source.text, 6, f->source.text.len - 1);
        assert_true(nc_source_decode(&got, &f->arena, piece));
        assert_true(nc_sv_eq(got, nc_sv_cstr(rows[i].decoded)));
        assert_true(nc_source_undo(&got, &f->arena, piece));
        assert_true(nc_sv_eq(got, nc_sv_cstr(rows[i].written)));
    }
}

static void names_of_entities_are_sorted(void **state)
{
#define NC_ENTITY(name, code) name,
    static const char *const names[] = {
#include "source/entities.def"
    };
#undef NC_ENTITY
    (void)state;
    for (size_t i = 1; i < NC_COUNT(names); i++)
        assert_true(nc_sv_cmp(nc_sv_cstr(names[i - 1]), nc_sv_cstr(names[i])) < 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(texts_are_prepared_as_mermaid_does),
        TEST(every_byte_maps_back),
        TEST(places_inside_a_code_stay_inside_it),
        TEST(configuration_is_merged),
        TEST(types_are_found),
        TEST(broken_texts_say_why),
        TEST(broken_directives_are_warnings),
        TEST(the_size_has_a_limit),
        TEST(entity_codes_turn_back),
        TEST(names_of_entities_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
