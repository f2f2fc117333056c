#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "paint/css.h"

#include <stdio.h>

/* The clean sheet; *told is how often something was left out. */
static void clean(nc_arena *a, nc_sv *out, uint32_t *told, nc_sv css)
{
    nc_buf buf;
    nc_diags d;
    nc_buf_init(&buf, NULL, 0);
    nc_diags_init(&d, a);
    assert_true(nc_css_clean(&buf, a, css, NC_SV("p"), (nc_span){0, 0}, &d));
    assert_true(nc_arena_copy(out, a, nc_buf_sv(&buf)));
    *told = d.list.len;
    for (uint32_t i = 0; i < d.list.len; i++)
        assert_int_equal(d.list.ptr[i].rule, NC_RULE_CSS);
    nc_buf_release(&buf);
}

static void sheets_are_scoped(void **state)
{
    (void)state;
    static const struct {
        const char *css, *want;
    } rows[] = {
        {".node rect { fill: red }", "#p .node rect{fill:red;}\n"},
        {"a,b>c{fill:red;stroke:blue}", "#p a,#p b&gt;c{fill:red;stroke:blue;}\n"},
        {"> g{fill:red}", "#p &gt; g{fill:red;}\n"},
        {":is(a,b) [x=\"],{\"]{fill:red}", "#p :is(a,b) [x=\"],{\"]{fill:red;}\n"},
        {"/* a{ */ text /* } */ { fill /**/ : /* ; */ #abc !important }",
         "#p text{fill:#abc !important;}\n"},
        {"@media (max-width:40em){text{fill:red}}",
         "@media (max-width:40em){\n#p text{fill:red;}\n}\n"},
        {"@keyframes spin{from{opacity:0}50%,to{opacity:1}} path{animation:spin 2s linear}",
         "@keyframes p-spin{\nfrom{opacity:0;}\n50%,to{opacity:1;}\n}\n#p path{animation:p-spin 2s "
         "linear;}\n"},
        {"path{animation:go 1s}@keyframes go{to{opacity:0}}",
         "#p path{animation:p-go 1s;}\n@keyframes p-go{\nto{opacity:0;}\n}\n"},
        {"path{--x:3px;stroke-width:calc(var(--x) * 2);filter:drop-shadow(0 1px 2px rgb(0 0 0 / "
         "50%))}",
         "#p path{--x:3px;stroke-width:calc(var(--x) * 2);filter:drop-shadow(0 1px 2px rgb(0 0 0 / "
         "50%));}\n"},
        {"path{fill:url(#grad);mask:url( '#m' )}", "#p path{fill:url(#grad);mask:url( '#m' );}\n"},
        {"text{font-family:\"Caf\xc3\xa9 ;}{\",serif}",
         "#p text{font-family:\"Caf\xc3\xa9 ;}{\",serif;}\n"},
        {"", ""},
        {"  /* nothing */ ", ""},
        {"text{}", "#p text{}\n"},
        {"text{fill:red", "#p text{fill:red;}\n"},
        {"@media print{text{fill:red", "@media print{\n#p text{fill:red;}\n}\n"},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_arena a;
        nc_sv out;
        uint32_t told;
        nc_arena_init(&a, NULL, 0);
        clean(&a, &out, &told, nc_sv_cstr(rows[i].css));
        if (!nc_sv_eq(out, nc_sv_cstr(rows[i].want)) || told)
            fail_msg("%s\nbecomes, with %u warnings,\n%.*s", rows[i].css, told, (int)out.len,
                     out.ptr);
        nc_arena_release(&a);
    }
}

/* Nothing of these may come through but what stands behind the bar. */
static void hostile_sheets_are_harmless(void **state)
{
    (void)state;
    static const struct {
        const char *css, *left;
    } rows[] = {
        {"@import url(http://x/y.css);", ""},
        {"@import 'x.css'; text{fill:red}", "#p text{fill:red;}\n"},
        {"@\\69mport url(x); text{fill:red}", "#p text{fill:red;}\n"},
        {"@IMPORT \"x\";", ""},
        {"@font-face{font-family:x;src:url(http://x/f)}text{fill:red}", "#p text{fill:red;}\n"},
        {"@namespace svg url(http://x);", ""},
        {"@charset \"utf-7\";", ""},
        {"text{fill:url(http://x/y)}", "#p text{}\n"},
        {"text{fill:URL(//x)}", "#p text{}\n"},
        {"text{fill:u\\72l(//x)}", "#p text{}\n"},
        {"text{fill:\\75 rl(//x)}", "#p text{}\n"},
        {"text{fill:url(/**/http://x)}", "#p text{}\n"},
        {"text{fill:url(#a) url(http://x)}", "#p text{}\n"},
        {"text{fill:url(#a\"http://x\")}", "#p text{}\n"},
        {"text{fill:url('#a' 'http://x')}", "#p text{}\n"},
        {"text{fill:url(#a/../x)}", "#p text{}\n"},
        {"text{fill:url(data:image/svg+xml,x)}", "#p text{}\n"},
        {"text{fill:url(javascript:alert(1))}", "#p text{}\n"},
        {"text{background:image-set(\"http://x\" 1x)}", "#p text{}\n"},
        {"text{background:-webkit-image-set(url(#a) 1x)}", "#p text{}\n"},
        {"text{cursor:src(\"http://x\")}", "#p text{}\n"},
        {"text{width:expression(alert(1))}", "#p text{}\n"},
        {"text{width:exp/**/ression(alert(1))}", "#p text{}\n"},
        {"text{filter:progid:DXImageTransform.Microsoft.x(src='y')}", "#p text{}\n"},
        {"text{behavior:url(#x)}", "#p text{}\n"},
        {"text{-moz-binding:url(#x)}", "#p text{}\n"},
        {"text{fill:red}</style><script>alert(1)</script>", "#p text{fill:red;}\n"},
        {"text{content:\"</style>\"}", "#p text{}\n"},
        {"text{content:\"]]>\"}", "#p text{content:\"]]&gt;\";}\n"},
        {"text{content:\"&lt;\"}", "#p text{}\n"},
        {"text<{fill:red}", ""},
        {"a\\{b{fill:red}", ""},
        {"~ p{fill:red}", ""},
        {"text, + p{fill:red}", ""},
        {"text,{fill:red}", ""},
        {",text{fill:red}", ""},
        {"{fill:red}", ""},
        {"}body{fill:red}", "#p body{fill:red;}\n"},
        {"a{b{fill:red}fill:blue}", "#p a{fill:blue;}\n"},
        {"a{fill:red;&:hover{fill:blue}}", "#p a{fill:red;}\n"},
        {"a{fill:rgb(1,2}b{fill:red}", "#p a{}\n#p b{fill:red;}\n"},
        {"a{fill:'x\n}b{fill:red}", "#p a{}\n#p b{fill:red;}\n"},
        {"a[x{fill:red}b{fill:red}", "#p b{fill:red;}\n"},
        {"a[x='\n']{fill:red}", ""},
        {"a{fill:red;@import 'x';stroke:red}", "#p a{fill:red;stroke:red;}\n"},
        {"@media (x){@import 'y';a{fill:red}}", "@media (x){\n#p a{fill:red;}\n}\n"},
        {"@media <x>{a{fill:red}}b{fill:red}", "#p b{fill:red;}\n"},
        {"@keyframes a{@media print{to{fill:red}}}", "@keyframes p-a{\n}\n"},
        {"@keyframes a{body{fill:red}}", "@keyframes p-a{\nbody{fill:red;}\n}\n"},
        {"@keyframes a{a:b{fill:red}to{fill:red}}", "@keyframes p-a{\nto{fill:red;}\n}\n"},
        {"@supports (x:y){a{fill:red}}", ""},
        {"<!-- text{fill:red} -->", ""},
        {"text{fill:red\x01}", "#p text{}\n"},
        {"text:", ""},
        {"text{fill}", "#p text{}\n"},
        {"text{:red}", "#p text{}\n"},
        {"text{fill:}", "#p text{}\n"},
        {"text{2x:red}", "#p text{}\n"},
        {"@media a{@media b{@media c{@media d{a{fill:red}}}}}",
         "@media a{\n@media b{\n@media c{\n}\n}\n}\n"},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_arena a;
        nc_sv out;
        uint32_t told;
        nc_arena_init(&a, NULL, 0);
        clean(&a, &out, &told, nc_sv_cstr(rows[i].css));
        if (!nc_sv_eq(out, nc_sv_cstr(rows[i].left)))
            fail_msg("%s\nbecomes\n%.*s", rows[i].css, (int)out.len, out.ptr);
        nc_arena_release(&a);
    }
}

/* Every pair and triple of what has a meaning in CSS: it ends, in balance, with nothing loose. */
static void any_sequence_of_marks_ends(void **state)
{
    (void)state;
    static const char *const marks[] = {
        "{",  "}",  "(", ")", "[", "]",        "\"",           "'",    ";",  ":", ",", "@", "/*",
        "*/", "\\", "<", ">", "a", "@media a", "@keyframes k", "url(", "\n", "#", "~"};
    enum { N = NC_COUNT(marks) };
    for (size_t i = 0; i < (size_t)N * N * N; i++) {
        char css[128];
        nc_arena a;
        nc_sv out;
        uint32_t told;
        nc_arena_init(&a, NULL, 0);
        snprintf(css, sizeof css, "a%s%s%sb{fill:red}c{fill:red}", marks[i / N / N],
                 marks[i / N % N], marks[i % N]);
        clean(&a, &out, &told, nc_sv_cstr(css));
        assert_int_equal(nc_sv_find(out, NC_SV("<"), 0), SIZE_MAX);
        assert_int_equal(nc_sv_find(out, NC_SV("\\"), 0), SIZE_MAX);
        assert_int_equal(nc_sv_find(out, NC_SV("@import"), 0), SIZE_MAX);
        int depth = 0;
        for (size_t k = 0; k < out.len; k++) {
            char c = out.ptr[k];
            if (c == '"' || c == '\'') {
                for (k++; k < out.len && out.ptr[k] != c; k++)
                    assert_true(out.ptr[k] != '\n');
                assert_true(k < out.len);
            }
            depth += (c == '{') - (c == '}');
            assert_true(depth >= 0);
        }
        assert_int_equal(depth, 0);
        nc_arena_release(&a);
    }
}

static void large_sheets_are_left_out(void **state)
{
    (void)state;
    static char css[NC_CSS_MAX + 2];
    nc_arena a;
    nc_sv out;
    uint32_t told;
    nc_arena_init(&a, NULL, 0);
    memset(css, '(', sizeof css - 1);
    clean(&a, &out, &told, nc_sv_cstr(css));
    assert_int_equal(out.len, 0);
    assert_int_equal(told, 1);
    clean(&a, &out, &told, nc_sv_from(css, NC_CSS_MAX)); /* and what is not ends soon */
    assert_int_equal(out.len, 0);
    nc_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_are_scoped),
        cmocka_unit_test(hostile_sheets_are_harmless),
        cmocka_unit_test(any_sequence_of_marks_ends),
        cmocka_unit_test(large_sheets_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
