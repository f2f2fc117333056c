#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "source/config.h"

#include <stdlib.h>

typedef struct fixture {
    nc_arena arena;
    nc_diags diags;
    nc_config config;
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

static void layer(fixture *f, bool untrusted, const char *yaml)
{
    const nc_value *v;
    nc_value_error error;
    assert_true(nc_yaml_read(&v, &f->arena, nc_sv_cstr(yaml), 0, &error));
    assert_true(nc_config_add(&f->config, &f->arena, v, untrusted, &f->diags));
}

static void fresh(fixture *f, nc_family_id family)
{
    f->config = (nc_config){.family = family};
    nc_diags_init(&f->diags, &f->arena);
}

static void stronger_layers_win(void **state)
{
    fixture *f = *state;
    fresh(f, NC_FAMILY_FLOWCHART);
    layer(f, false,
          "{flowchart: {nodeSpacing: 10, rankSpacing: 20}, themeVariables: {a: x, b: y}}");
    layer(f, false, "flowchart: {nodeSpacing: 30}");
    assert_int_equal((int)nc_config_number(&f->config, "nodeSpacing", 50), 30);
    assert_int_equal((int)nc_config_number(&f->config, "rankSpacing", 50), 20);
    assert_int_equal((int)nc_config_number(&f->config, "padding", 15), 15);
    layer(f, true, "{flowchart: {nodeSpacing: '40px', htmlLabels: false}, themeVariables: {a: z}}");
    assert_int_equal((int)nc_config_number(&f->config, "nodeSpacing", 50), 40);
    assert_false(nc_config_bool(&f->config, "htmlLabels", true));
    assert_true(nc_sv_eq(nc_config_root(&f->config, "themeVariables.a")->text, NC_SV("z")));
    assert_int_equal(nc_config_root(&f->config, "themeVariables")->len, 2);
    assert_int_equal(f->diags.list.len, 0);
}

/* The rows of the reference's table (config, section 3) that concern one key. */
static void appearance_follows_mermaid(void **state)
{
    static const struct {
        const char *document, *site, *theme;
    } rows[] = {
        {"{}", "{}", "fallback"},
        {"theme: forest", "{}", "forest"},
        {"{theme: forest, flowchart: {theme: dark}}", "{}", "dark"},
        {"{}", "{theme: forest, flowchart: {theme: dark}}", "dark"},
        {"theme: neutral", "{theme: forest, flowchart: {theme: dark}}", "neutral"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        fresh(f, NC_FAMILY_FLOWCHART);
        layer(f, false, rows[i].site);
        layer(f, true, rows[i].document);
        nc_sv theme = nc_config_appearance(&f->config, "theme", NC_SV("fallback"));
        assert_true(nc_sv_eq(theme, nc_sv_cstr(rows[i].theme)));
    }
    fresh(f, NC_FAMILY_FLOWCHART);
    layer(f, false, "theme: dark");
    layer(f, true, "{theme: a, flowchart: {theme: b}}");
    static const char *const all[] = {"b", "a", "dark"};
    for (uint32_t n = 0; n < NC_COUNT(all); n++)
        assert_true(
            nc_sv_eq(nc_config_candidate(&f->config, "theme", n)->text, nc_sv_cstr(all[n])));
    assert_null(nc_config_candidate(&f->config, "theme", 3));
    f->config.family = NC_FAMILY_C4;
    assert_true(nc_sv_eq(nc_config_appearance(&f->config, "theme", NC_SV("")), NC_SV("a")));
}

static void what_must_not_count_is_named(void **state)
{
    static const struct {
        const char *yaml, *message, *hint;
    } rows[] = {
        {"flowchart: {nodeSpacing: wide}", "'nodeSpacing' takes a number", ""},
        {"flowchart: {nodeSpaceing: 5}", "unknown key 'nodeSpaceing'",
         "did you mean 'nodeSpacing'?"},
        {"flowchart: [1]", "'flowchart' takes a map", ""},
        {"securityLevel: loose", "'securityLevel' cannot be set from a diagram and is ignored", ""},
        {"sequence: {maxEdges: 5}", "'maxEdges' cannot be set from a diagram and is ignored", ""},
        {"themeCSS: '.a > .b {}'", "'themeCSS' holds what could be markup and is ignored", ""},
        {"themeCSS: '.a {'", "'themeCSS' has unbalanced braces and is ignored", ""},
        {"themeVariables: {primaryColor: 'a:b'}",
         "'primaryColor' has a character that no theme variable may have and is ignored", ""},
        {"gantt: {x: {y: 'url(data:x)'}}", "'y' holds what could be markup and is ignored", ""},
        {"constructor: 1", "'constructor' is no key of a configuration and is ignored", ""},
        {"wrap: yes", "'wrap' takes true or false", ""},
    };
    fixture *f = *state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        fresh(f, NC_FAMILY_FLOWCHART);
        layer(f, true, rows[i].yaml);
        assert_int_equal(f->diags.warnings, 1);
        const nc_diag *got = &f->diags.list.ptr[0];
        if (!nc_sv_eq(got->message, nc_sv_cstr(rows[i].message)) ||
            !nc_sv_eq(got->hint, nc_sv_cstr(rows[i].hint)))
            fail_msg("%.*s (%.*s)", NC_SV_ARG(got->message), NC_SV_ARG(got->hint));
    }
}

static void ordinary_keys_pass(void **state)
{
    fixture *f = *state;
    fresh(f, NC_FAMILY_FLOWCHART);
    layer(f, true,
          "{theme: base, look: neo, themeVariables: {primaryColor: '#ff0000', fontSize: 12px},\n"
          " flowchart: {subGraphTitleMargin: {top: 5}, curve: linear, htmlLabels: null},\n"
          " c4: {personFontSize: 12, external_person_bg_color: '#fff'}, gantt: {any: 1}}");
    assert_int_equal(f->diags.list.len, 0);
    assert_int_equal((int)nc_config_number(&f->config, "subGraphTitleMargin.top", 0), 5);
    assert_true(nc_config_bool(&f->config, "htmlLabels", true));
    assert_true(
        nc_sv_eq(nc_config_root(&f->config, "themeVariables.fontSize")->text, NC_SV("12px")));
}

static void a_site_may_set_more(void **state)
{
    fixture *f = *state;
    fresh(f, NC_FAMILY_FLOWCHART);
    layer(f, false, "{securityLevel: loose, maxEdges: 9, own: 1, themeCSS: 'a > b {}'}");
    assert_int_equal(f->diags.list.len, 0);
    assert_int_equal((int)nc_config_root(&f->config, "maxEdges")->number, 9);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(stronger_layers_win), TEST(appearance_follows_mermaid),
                                       TEST(what_must_not_count_is_named), TEST(ordinary_keys_pass),
                                       TEST(a_site_may_set_more)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
