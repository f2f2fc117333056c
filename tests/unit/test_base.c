#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/utf8.h"

#include <stdlib.h>

static void numbers_are_short(void **state)
{
    static const struct {
        double v;
        const char *text;
    } rows[] = {{0, "0"},        {-0.0, "0"},   {1, "1"},     {-1.5, "-1.5"},   {0.25, "0.25"},
                {0.005, "0.01"}, {-0.001, "0"}, {100, "100"}, {12.304, "12.3"}, {1e300, "0"}};
    (void)state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        char text[NC_NUM_MAX];
        assert_int_equal(nc_fmt_num(text, rows[i].v), strlen(rows[i].text));
        assert_string_equal(text, rows[i].text);
    }
}

static void buffers_stop_at_their_ceiling(void **state)
{
    (void)state;
    nc_buf b;
    nc_buf_init(&b, NULL, 4);
    NC_BUF_LIT(&b, "abcd");
    assert_false(b.failed);
    nc_buf_char(&b, 'e');
    assert_true(b.failed);
    assert_int_equal(b.len, 4);
    nc_buf_release(&b);
}

static void buffers_format_as_printf_does(void **state)
{
    (void)state;
    nc_buf b;
    nc_buf_init(&b, NULL, 0);
    nc_buf_fmt(&b, " %s=\"%s", "id", "x");
    nc_buf_fmt(&b, "%s", "");
    nc_buf_fmt(&b, "%%%u%-3s|", 7u, "y");
    assert_string_equal(b.ptr, " id=\"x%7y  |");
    nc_buf_clear(&b);
    nc_buf_fmt(&b, "%5000d", 1); /* more than there is room for */
    assert_int_equal(b.len, 5000);
    assert_int_equal(b.ptr[4999], '1');
    nc_buf_release(&b);
}

static void json_strings_escape(void **state)
{
    (void)state;
    nc_buf b;
    nc_buf_init(&b, NULL, 0);
    nc_buf_json(&b, NC_SV("a\"\\\n\x01\xff\xc3\xa9"));
    assert_string_equal(b.ptr, "\"a\\\"\\\\\\n\\u0001\xef\xbf\xbd\xc3\xa9\"");
    nc_buf_release(&b);
}

static void utf8_refuses_what_is_none(void **state)
{
    (void)state;
    static const char *const bad[] = {"\x80",         "\xc0\xaf",         "\xe0\x80\x80",
                                      "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3"};
    for (size_t i = 0; i < NC_COUNT(bad); i++)
        assert_int_equal(nc_utf8_invalid(nc_sv_cstr(bad[i])), 0);
    assert_int_equal(nc_utf8_invalid(NC_SV("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80")), SIZE_MAX);
}

static void maps_find_what_was_set(void **state)
{
    (void)state;
    nc_arena a;
    nc_arena_init(&a, NULL, 0);
    nc_map m = {0};
    for (uint32_t i = 0; i < 1000; i++) {
        nc_sv key;
        assert_true(nc_arena_printf(&key, &a, "k%u", i));
        assert_true(nc_map_set(&m, &a, key, i));
    }
    assert_int_equal(nc_map_lookup(&m, NC_SV("k777")), 777);
    assert_int_equal(nc_map_lookup(&m, NC_SV("k1000")), NC_NONE);
    nc_arena_release(&a);
}

static void arenas_keep_to_their_budget(void **state)
{
    (void)state;
    nc_arena a;
    nc_arena_init(&a, NULL, 64 * 1024);
    assert_null(nc_arena_alloc(&a, SIZE_MAX, 8, 8));
    assert_true(nc_arena_failed(&a));
    nc_arena_release(&a);
    size_t pieces = 0;
    while (nc_arena_alloc(&a, 1024, 1, 1))
        pieces++;
    assert_true(pieces >= 16 && pieces <= 64);
    nc_arena_release(&a);
}

static void outgrown_memory_is_given_back(void **state)
{
    (void)state;
    nc_arena a;
    nc_arena_init(&a, NULL, 1024 * 1024);
    nc_u32_vec grows = {0};
    nc_u32_vec beside = {0};
    for (uint32_t i = 0; i < 100000; i++) { /* 512 KB at the end, 256 KB while it moves */
        assert_true(NC_PUSH(&a, &grows, i));
        if (i % 1000 == 0)
            assert_true(NC_PUSH(&a, &beside, i));
    }
    for (uint32_t i = 0; i < 100000; i++)
        assert_int_equal(grows.ptr[i], i);
    for (uint32_t i = 0; i < 100; i++)
        assert_int_equal(beside.ptr[i], 1000 * i);
    nc_arena_release(&a);
}

static void offsets_map_back(void **state)
{
    (void)state;
    static const nc_offset_piece pieces[] = {{0, 10}, {5, 30}, {9, 50}};
    const nc_offset_map map = {pieces, NC_COUNT(pieces), 60};
    assert_int_equal(nc_offset_origin(&map, 0), 10);
    assert_int_equal(nc_offset_origin(&map, 4), 14);
    assert_int_equal(nc_offset_origin(&map, 5), 30);
    assert_int_equal(nc_offset_origin(&map, 9), 50);
    assert_int_equal(nc_offset_origin(&map, 99), 60);
    assert_int_equal(nc_offset_origin(NULL, 7), 7);
}

static void diagnostics_are_printable_and_bounded(void **state)
{
    (void)state;
    nc_arena a;
    nc_arena_init(&a, NULL, 0);
    nc_diags d;
    nc_diags_init(&d, &a);
    nc_diag_add(&d, NC_RULE_SYNTAX, (nc_span){1, 2}, "bad '%s'", "\x1b[31m");
    assert_string_equal(d.list.ptr[0].message.ptr, "bad '\xef\xbf\xbd[31m'");
    for (int i = 0; i < 300; i++)
        nc_diag_add(&d, NC_RULE_CONFIG, (nc_span){0, 0}, "again");
    assert_int_equal(d.list.len, NC_DIAG_MAX);
    assert_int_equal(d.warnings, 300);
    assert_int_equal(d.errors, 1);
    nc_arena_release(&a);
}

static void the_nearest_word_is_found(void **state)
{
    (void)state;
    const nc_sv words[] = {NC_SV("flowchart"), NC_SV("sequenceDiagram"), NC_SV("graph")};
    assert_true(nc_sv_eq(nc_nearest(NC_SV("sequencediagramm"), words, 3), words[1]));
    assert_true(nc_sv_eq(nc_nearest(NC_SV("grpah"), words, 3), words[2]));
    assert_int_equal(nc_nearest(NC_SV("pie"), words, 3).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_short),
        cmocka_unit_test(buffers_stop_at_their_ceiling),
        cmocka_unit_test(buffers_format_as_printf_does),
        cmocka_unit_test(outgrown_memory_is_given_back),
        cmocka_unit_test(json_strings_escape),
        cmocka_unit_test(utf8_refuses_what_is_none),
        cmocka_unit_test(maps_find_what_was_set),
        cmocka_unit_test(arenas_keep_to_their_budget),
        cmocka_unit_test(offsets_map_back),
        cmocka_unit_test(diagnostics_are_printable_and_bounded),
        cmocka_unit_test(the_nearest_word_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
