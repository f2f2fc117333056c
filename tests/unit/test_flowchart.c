#include "model/flowchart.h"
#include "parse/parse.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

typedef struct fixture {
    nc_arena arena;
    nc_diags diags;
    nc_source source;
    nc_flowchart chart;
} fixture;

static fixture *read_bytes(nc_sv bytes)
{
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nc_arena_init(&f->arena, NULL, 0);
    nc_diags_init(&f->diags, &f->arena);
    assert_true(nc_source_read(&f->source, &f->arena, bytes, (size_t)16 << 20, &f->diags));
    assert_true(nc_parse_flowchart(&f->chart, &f->arena, &f->source, &f->diags));
    return f;
}

static fixture *read_text(const char *text)
{
    return read_bytes(nc_sv_cstr(text));
}

static void drop(fixture *f)
{
    nc_arena_release(&f->arena);
    free(f);
}

static json_t *dump(const fixture *f, bool mermaid)
{
    nc_buf buf;
    nc_buf_init(&buf, NULL, 0);
    nc_flowchart_dump(&buf, &f->chart, mermaid);
    assert_false(buf.failed);
    json_error_t error;
    json_t *json = json_loadb(buf.ptr, buf.len, 0, &error);
    assert_non_null(json);
    nc_buf_release(&buf);
    return json;
}

/* Whether every member of want is in got, lists item by item. */
static bool holds(const json_t *got, const json_t *want)
{
    if (json_is_object(want)) {
        const char *key;
        json_t *value;
        json_object_foreach((json_t *)(uintptr_t)want, key, value)
        {
            if (!holds(json_object_get(got, key), value))
                return false;
        }
        return true;
    }
    if (!json_is_array(want))
        return json_equal((json_t *)(uintptr_t)got, (json_t *)(uintptr_t)want) == 1;
    if (json_array_size(got) != json_array_size(want))
        return false;
    for (size_t i = 0; i < json_array_size(want); i++)
        if (!holds(json_array_get(got, i), json_array_get(want, i)))
            return false;
    return true;
}

/* text is a flowchart whose dump holds want (JSON with ' for "). */
static void check_reading(const char *text, bool mermaid, const char *want)
{
    fixture *f = read_text(text);
    if (f->diags.errors > 0)
        print_message("%s\n%.*s\n", text, (int)f->diags.list.ptr[0].message.len,
                      f->diags.list.ptr[0].message.ptr);
    assert_int_equal(f->diags.errors, 0);
    char *quoted = strdup(want);
    assert_non_null(quoted);
    for (char *c = quoted; *c; c++)
        if (*c == '\'')
            *c = '"';
    json_error_t error;
    json_t *wanted = json_loads(quoted, 0, &error);
    if (!wanted)
        print_message("%s\n%s\n", want, error.text);
    assert_non_null(wanted);
    json_t *got = dump(f, mermaid);
    if (!holds(got, wanted)) {
        char *shown = json_dumps(got, JSON_COMPACT);
        print_message("%s\nhas not %s\nbut is %s\n", text, want, shown);
        free(shown);
        fail();
    }
    json_decref(got);
    json_decref(wanted);
    free(quoted);
    drop(f);
}

static void check(const char *text, const char *want)
{
    check_reading(text, true, want);
}

static void test_shapes(void **state)
{
    (void)state;
    check("graph LR\nA[a]\nB(b)\nC([c])\nD[[d]]\nE[(e)]\nF((f))\nG(((g)))\nH>h]\nI{i}\nJ{{j}}\n"
          "K[/k/]\nL[\\l\\]\nM[/m\\]\nN[\\n/]\nO[|a:b|o]\nP(-p-)\nQ\n",
          "{'direction':'LR','nodes':[{'id':'A','label':'a','shape':'rect'},{'shape':'rounded'},"
          "{'shape':'stadium'},{'shape':'fr-rect'},{'shape':'cyl'},{'shape':'circle'},"
          "{'shape':'dbl-circ'},{'shape':'odd'},{'shape':'diam'},{'shape':'hex'},"
          "{'shape':'lean-r'},{'shape':'lean-l'},{'shape':'trap-b'},{'shape':'trap-t'},"
          "{'label':'o','shape':'rect'},{'label':'p','shape':'ellipse'},"
          "{'id':'Q','label':'Q','shape':'rect'}]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
