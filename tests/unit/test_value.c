#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "source/value.h"

#include <stdio.h>
#include <stdlib.h>

static int set_up(void **state)
{
    nc_arena *a = malloc(sizeof *a);
    nc_arena_init(a, NULL, 0);
    *state = a;
    return 0;
}

static int tear_down(void **state)
{
    nc_arena_release(*state);
    free(*state);
    return 0;
}

static const nc_value *yaml(nc_arena *a, const char *text)
{
    const nc_value *v;
    nc_value_error error;
    if (!nc_yaml_read(&v, a, nc_sv_cstr(text), 0, &error))
        fail_msg("%.*s", NC_SV_ARG(error.message));
    return v;
}

static const nc_value *json(nc_arena *a, const char *text)
{
    const nc_value *v;
    nc_value_error error;
    if (!nc_json_read(&v, a, nc_sv_cstr(text), 0, &error))
        fail_msg("%.*s", NC_SV_ARG(error.message));
    return v;
}

static void plain_scalars_have_json_types(void **state)
{
    static const struct {
        const char *text;
        nc_value_kind kind;
        double number;
    } rows[] = {{"yes", NC_VALUE_STRING, 0},        {"2024-01-01", NC_VALUE_STRING, 0},
                {"true", NC_VALUE_BOOL, 1},         {"FALSE", NC_VALUE_BOOL, 0},
                {"'true'", NC_VALUE_STRING, 0},     {"12", NC_VALUE_NUMBER, 12},
                {"-1_000", NC_VALUE_NUMBER, -1000}, {"0x1F", NC_VALUE_NUMBER, 31},
                {"0o17", NC_VALUE_NUMBER, 15},      {"-0b101", NC_VALUE_NUMBER, -5},
                {"1.10", NC_VALUE_NUMBER, 1.1},     {".5", NC_VALUE_NUMBER, 0.5},
                {"6e3", NC_VALUE_NUMBER, 6000},     {"25e-2", NC_VALUE_NUMBER, 0.25},
                {"1.2.3", NC_VALUE_STRING, 0},      {"1e", NC_VALUE_STRING, 0},
                {"_1", NC_VALUE_STRING, 0},         {"-", NC_VALUE_STRING, 0},
                {"!!str 12", NC_VALUE_STRING, 0},   {"~", NC_VALUE_NULL, 0}};
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "{k: %s}", rows[i].text);
        if (rows[i].text[0] == '-' && !rows[i].text[1])
            (void)snprintf(text, sizeof text, "k: \"-\"");
        const nc_value *v = nc_value_member(yaml(*state, text), NC_SV("k"));
        assert_non_null(v);
        assert_int_equal(v->kind, rows[i].kind);
        double want = rows[i].number;
        double got = v->kind == NC_VALUE_BOOL ? v->boolean : v->number;
        assert_true(got > want - 1e-9 && got < want + 1e-9);
    }
}

static void spelling_stays(void **state)
{
    const nc_value *v = yaml(*state, "a: 1.10\nb: \"1.10\"\n");
    assert_true(nc_sv_eq(nc_value_path(v, "a")->text, NC_SV("1.10")));
    assert_int_equal(nc_value_path(v, "b")->kind, NC_VALUE_STRING);
}

static void spans_are_bytes(void **state)
{
    const char *text = "titel: \"é→\"\nconfig:\n  théme: [dark, \"ü\"]\n";
    const nc_value *v = yaml(*state, text);
    const nc_value *list = nc_value_path(v, "config.théme");
    const nc_value *last = list->members[1].value;
    assert_memory_equal(text + last->at.start, "\"ü\"", last->at.end - last->at.start);
    nc_span key = nc_value_path(v, "config")->members[0].key_at;
    assert_memory_equal(text + key.start, "théme", key.end - key.start);
    assert_int_equal(text[list->at.start], '[');
    assert_int_equal(text[list->at.end - 1], ']');
}

static void json_has_spans_and_order(void **state)
{
    const char *text = "{\"b\": [1, {\"x\\\"y\": true}], \"a\" : \"\\u00e9\", \"n\":null}";
    const nc_value *v = json(*state, text);
    assert_int_equal(v->len, 3);
    assert_true(nc_sv_eq(v->members[0].key, NC_SV("b")));
    const nc_value *inner = v->members[0].value->members[1].value;
    assert_true(nc_sv_eq(inner->members[0].key, NC_SV("x\"y")));
    nc_span at = inner->members[0].value->at;
    assert_memory_equal(text + at.start, "true", 4);
    assert_int_equal(at.end - at.start, 4);
    assert_int_equal(text[inner->at.start], '{');
    assert_int_equal(text[inner->at.end - 1], '}');
    assert_true(nc_sv_eq(v->members[1].value->text, NC_SV("é")));
    at = v->members[1].value->at;
    assert_memory_equal(text + at.start, "\"\\u00e9\"", at.end - at.start);
    assert_int_equal(v->at.end, strlen(text));
}

static void broken_texts_say_where(void **state)
{
    static const struct {
        bool is_json;
        const char *text;
        uint32_t at;
        const char *message;
    } rows[] = {
        {false, "a: 1\nb: 2\na: 3\n", 10, "duplicate key 'a'"},
        {false, "a:\n\tb: 1\n", 3, "a tab cannot indent YAML, use blanks"},
        {false, "a: b: c\n", 4, "mapping values are not allowed in this context"},
        {false, "é: *x\n", 4, "the alias names no anchor"},
        {false, "a: &a [*a]\n", 7, "the alias contains itself"},
        {false, "a: 1\n---\nb: 2\n", 5, "more than one document"},
        {false, "a: !!int x\n", 3, "the value is not what its tag says"},
        {false, "{[1]: 2}\n", 1, "a key must be a plain text"},
        {true, "{\"a\": 1, \"a\": 2}", 11, "duplicate object key"},
        {true, "{\"a\": 1,}", 8, "string or '}' expected"},
        {true, "{a: 1}", 1, "string or '}' expected"},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        const nc_value *v;
        nc_value_error error;
        nc_sv text = nc_sv_cstr(rows[i].text);
        bool fine = rows[i].is_json ? nc_json_read(&v, *state, text, 100, &error)
                                    : nc_yaml_read(&v, *state, text, 100, &error);
        assert_false(fine);
        if (!nc_sv_eq(error.message, nc_sv_cstr(rows[i].message)) ||
            error.at.start != rows[i].at + 100)
            fail_msg("'%s': %u '%.*s'", rows[i].text, error.at.start, NC_SV_ARG(error.message));
    }
}

static nc_sv nested(nc_arena *a, char c, size_t depth)
{
    char *text = NC_NEW(a, char, depth);
    memset(text, c, depth);
    return (nc_sv){text, depth};
}

static void hostile_texts_are_refused(void **state)
{
    const nc_value *v;
    nc_value_error error;
    assert_false(nc_json_read(&v, *state, nested(*state, '[', 1000000), 0, &error));
    assert_int_equal(error.at.start, 64);
    assert_false(nc_yaml_read(&v, *state, nested(*state, '[', 100000), 0, &error));
    nc_sv bomb = NC_SV("a: &a [x,x,x,x,x,x,x,x,x,x]\n"
                       "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
                       "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                       "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n");
    assert_false(nc_yaml_read(&v, *state, bomb, 0, &error));
    assert_true(nc_sv_eq(error.message, NC_SV("the aliases multiply beyond 10000 values")));
}

static void merging_is_deep(void **state)
{
    nc_arena *a = *state;
    const nc_value *weak =
        yaml(a, "theme: dark\nflowchart: {curve: basis, nodeSpacing: 50}\nl: [1]");
    const nc_value *strong = yaml(a, "flowchart: {nodeSpacing: 9, x: {y: 1}}\nl: [2, 3]\nz: 1");
    const nc_value *v = nc_value_merge(a, weak, strong);
    assert_true(nc_sv_eq(nc_value_path(v, "theme")->text, NC_SV("dark")));
    assert_true(nc_sv_eq(nc_value_path(v, "flowchart.curve")->text, NC_SV("basis")));
    assert_int_equal((int)nc_value_path(v, "flowchart.nodeSpacing")->number, 9);
    assert_int_equal((int)nc_value_path(v, "flowchart.x.y")->number, 1);
    assert_int_equal(nc_value_path(v, "l")->len, 2);
    assert_null(nc_value_path(v, "flowchart.curve.deeper"));
    assert_int_equal((int)nc_value_path(weak, "flowchart.nodeSpacing")->number, 50);
    assert_ptr_equal(nc_value_merge(a, NULL, strong), strong);
    assert_ptr_equal(nc_value_merge(a, weak, NULL), weak);
}

static void nothing_is_null(void **state)
{
    assert_null(yaml(*state, ""));
    assert_null(yaml(*state, "# only a comment\n"));
    assert_null(json(*state, " \n"));
    assert_int_equal(json(*state, "-1.5e1")->kind, NC_VALUE_NUMBER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(plain_scalars_have_json_types, set_up, tear_down),
        cmocka_unit_test_setup_teardown(spelling_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(spans_are_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_has_spans_and_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken_texts_say_where, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hostile_texts_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(merging_is_deep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_null, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
