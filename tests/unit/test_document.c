#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document/document.h"
#include "document/links.h"

#include <stdlib.h>
#include <time.h>

typedef struct reading {
    nc_arena arena;
    nc_document document;
    nc_buf out;
} reading;

static void scan(reading *r, nc_sv text)
{
    nc_arena_init(&r->arena, NULL, 0);
    nc_buf_init(&r->out, NULL, 0);
    assert_true(nc_document_scan(&r->document, &r->arena, text));
}

static void forget(reading *r)
{
    nc_buf_release(&r->out);
    nc_arena_release(&r->arena);
}

/* Every diagram replaced by `image`; NULL keeps them. */
static void rewrite(reading *r, const char *image, const char *rebase)
{
    nc_sv *replacements = NC_NEW(&r->arena, nc_sv, r->document.blocks.len + 1);
    assert_non_null(replacements);
    for (uint32_t i = 0; image && i < r->document.blocks.len; i++)
        replacements[i] = nc_sv_cstr(image);
    nc_buf_clear(&r->out);
    nc_document_rewrite(&r->out, &r->document, replacements, nc_sv_cstr(rebase));
    assert_false(r->out.failed);
}

static void fences_are_found_and_replaced(void **state)
{
    /* document; text of its only diagram (NULL: none); the document with IMG in its place */
    static const struct {
        const char *document, *text, *image;
    } rows[] = {
        {"a\n\n```mermaid\nX\n```\nb\n", "X\n", "a\n\nIMG\nb\n"},
        {"```Mermaid title\nX\n```", "X\n", "IMG"},
        {"~~~~ mermaid\nX\n~~~\n~~~~~\n", "X\n~~~\n", "IMG\n"},
        {"```{mermaid}\nX\n```\n", "X\n", "IMG\n"},
        {"```{.mermaid #id width=3}\nX\n```\n", "X\n", "IMG\n"},
        {"```{.mermaidjs}\nX\n```\n", NULL, NULL},
        {"```{mermaid, echo=FALSE}\nX\n```\n", NULL, NULL},
        {"```mermaidx\nX\n```\n", NULL, NULL},
        {"```text mermaid\nX\n```\n", NULL, NULL},
        {"```mermaid\n```\n", NULL, NULL},
        {"```mermaid\n  \n%% nothing\n```\n", NULL, NULL},
        {"````md\n```mermaid\nX\n```\n````\n", NULL, NULL},
        {"    ```mermaid\n    X\n    ```\n", NULL, NULL},
        {"<!--\n```mermaid\nX\n```\n-->\n", NULL, NULL},
        {"<div>\n```mermaid\nX\n```\n</div>\n", NULL, NULL},
        {"   ```mermaid\n   X\n     Y\n  ```\n", "X\n  Y\n", "   IMG\n"},
        {"- a\n\n  ```mermaid\n  X\n  ```\n- b\n", "X\n", "- a\n\n  IMG\n- b\n"},
        {"- ```mermaid\n  X\n  ```\n", "X\n", "- IMG\n"},
        {"1. a\n   ```mermaid\n   X\n   ```\n2. b\n", "X\n", "1. a\n   IMG\n2. b\n"},
        {"> ```mermaid\n> X\n>\n> Y\n> ```\n> b\n", "X\n\nY\n", "> IMG\n> b\n"},
        {"> - > ```mermaid\n>   > X\n>   > ```\n", "X\n", "> - > IMG\n"},
        {"-\t```mermaid\n\tX\n\t```\n", "X\n", "-\tIMG\n"},
        /* libcmark takes one column of the split tab for the indentation of the fence */
        {"- a\n\n\t```mermaid\n\tX\n\t```\n", " X\n", "- a\n\n\tIMG\n"},
        {"- a\n\n  ```mermaid\n\tX\n  ```\n", "  X\n", "- a\n\n  IMG\n"},
        /* left open: the end of the container or of the document closes it */
        {"```mermaid\nX\nY\n", "X\nY\n", "IMG\n"},
        {"```mermaid\nX\n\n\n", "X\n\n\n", "IMG\n\n\n"},
        {"- ```mermaid\n  X\n\n- b\n", "X\n\n", "- IMG\n\n- b\n"},
        {"> ```mermaid\n> X\n\nb\n", "X\n", "> IMG\n\nb\n"},
        {"- ```mermaid\n  X\n```\nY\n```\n", "X\n", "- IMG\n```\nY\n```\n"},
        /* other line ends, a byte order mark */
        {"a\r\n\r\n```mermaid\r\nX\r\n```\r\nb\r\n", "X\r\n", "a\r\n\r\nIMG\r\nb\r\n"},
        {"```mermaid\rX\r```\rb", "X\r", "IMG\rb"},
        {"\xef\xbb\xbf```mermaid\nX\n```\n", "X\n", "\xef\xbb\xbfIMG\n"},
        /* colons */
        {":::mermaid\nX\n:::\n", "X\n", "IMG\n"},
        {"a\n::: Mermaid\nX\n:::\nb\n", "X\n", "a\nIMG\nb\n"},
        {"- a\n\n  :::mermaid\n  X\n  :::\n", "X\n", "- a\n\n  IMG\n"},
        {"> :::: mermaid\n> X\n> :::\n> ::::\n", "X\n:::\n", "> IMG\n"},
        {":::mermaid\nX\n", NULL, NULL},
        {":::mermaids\nX\n:::\n", NULL, NULL},
        {"```\n:::mermaid\nX\n:::\n```\n", NULL, NULL},
        {"    :::mermaid\n    X\n    :::\n", NULL, NULL},
        {"<div>\n:::mermaid\nX\n:::\n</div>\n", NULL, NULL},
        {"```\n```\n:::mermaid\nX\n:::\n", "X\n", "```\n```\nIMG\n"},
        /* what follows stays what it is */
        {"```mermaid\nX\n```\nT\n===\n", "X\n", "IMG\n\nT\n===\n"},
        {"```mermaid\nX\n```\n===\nb\n", "X\n", "IMG\n\n===\nb\n"},
        {"```mermaid\nX\n```\n---\n", "X\n", "IMG\n\n---\n"},
        {"```mermaid\nX\n```\n    code\n", "X\n", "IMG\n\n    code\n"},
        {"```mermaid\nX\n```\n[a]: b\n", "X\n", "IMG\n\n[a]: b\n"},
        {"```mermaid\nX\n```\n2. b\n", "X\n", "IMG\n\n2. b\n"},
        {"```mermaid\nX\n```\n# b\n", "X\n", "IMG\n# b\n"},
        {"```mermaid\nX\n```\n***\n", "X\n", "IMG\n***\n"},
        {"> ```mermaid\n> X\n> ```\nb\n", "X\n", "> IMG\n\nb\n"},
        {"> - ```mermaid\n>   X\n>   ```\n> b\n", "X\n", "> - IMG\n>\n> b\n"},
        {"- ```mermaid\n  X\n  ```\nb\n", "X\n", "- IMG\n\nb\n"},
    };
    (void)state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        reading r;
        scan(&r, nc_sv_cstr(rows[i].document));
        if (r.document.blocks.len != (rows[i].text ? 1 : 0))
            fail_msg("%s: %u diagrams", rows[i].document, r.document.blocks.len);
        if (rows[i].text && !nc_sv_eq(r.document.blocks.ptr[0].text, nc_sv_cstr(rows[i].text)))
            fail_msg("%s: %.*s", rows[i].document, NC_SV_ARG(r.document.blocks.ptr[0].text));
        if (rows[i].text) {
            rewrite(&r, "IMG", "");
            if (!nc_sv_eq(nc_buf_sv(&r.out), nc_sv_cstr(rows[i].image)))
                fail_msg("%s\nwant %s\ngot  %s", rows[i].document, rows[i].image, r.out.ptr);
        }
        rewrite(&r, NULL, "");
        assert_true(nc_sv_eq(nc_buf_sv(&r.out), r.document.bytes));
        forget(&r);
    }
}

static void places_lead_to_the_document(void **state)
{
    static const char text[] = "# a\n\n> - ```mermaid\n>   graph TD\n>     A --> B\n>   ```\n";
    (void)state;
    reading r;
    scan(&r, nc_sv_cstr(text));
    assert_int_equal(r.document.blocks.len, 1);
    const nc_document_block *block = &r.document.blocks.ptr[0];
    assert_int_equal(block->line, 3);
    assert_true(block->closed);
    const char *arrow = strstr(block->text.ptr, "-->");
    uint32_t origin = nc_offset_origin(&block->map, (uint32_t)(arrow - block->text.ptr));
    assert_ptr_equal(strstr(text, "-->"), text + origin);
    for (uint32_t i = 0; i < block->text.len; i++)
        assert_int_equal(block->text.ptr[i], text[nc_offset_origin(&block->map, i)]);
    forget(&r);
}

static void replacements_may_have_lines(void **state)
{
    (void)state;
    reading r;
    scan(&r, NC_SV("> - ```mermaid\r\n>   X\r\n>   ```\r\n"));
    rewrite(&r, "a\nb", "");
    assert_string_equal(r.out.ptr, "> - a\r\n>   b\r\n");
    forget(&r);
}

static void relative_links_are_rebased(void **state)
{
    static const struct {
        const char *document, *rebased;
    } rows[] = {
        {"[a](b.md)", "[a](../docs/b.md)"},
        {"[a](./b.md#c)", "[a](../docs/b.md#c)"},
        {"[a](../b.md)", "[a](../b.md)"},
        {"[a](../../b.md)", "[a](../../b.md)"},
        {"![a](b.png \"t\") and [c](d 't')", "![a](../docs/b.png \"t\") and [c](../docs/d 't')"},
        {"[![a](b.png)](c.md)", "[![a](../docs/b.png)](../docs/c.md)"},
        {"[a](<b c.md>)", "[a](<../docs/b c.md>)"},
        {"[a](b\\_c(d).md)", "[a](../docs/b\\_c(d).md)"},
        {"[a](b&amp;c)", "[a](../docs/b&amp;c)"},
        {"[a](http://x) [b](#c) [d](/e) [f](mailto:g) [h](//i) [j](?k) [l]()", NULL},
        {"<http://x> <a@b.c>", NULL},
        {"`[a](b)` ``[a](`b)``", NULL},
        {"```\n[a](b)\n```\n", NULL},
        {"    [a](b)\n", NULL},
        {"<a title=\"[a](b)\">", NULL},
        {"<div>\n[a](b)\n</div>\n", NULL},
        {"\\[a](b) a](b)", NULL},
        {"[a](b c)", NULL},
        {"` [a](b)", "` [a](../docs/b)"},
        {"# [a](b)\n\n> - [c](d)\n>   [e\n>   f](g)\n",
         "# [a](../docs/b)\n\n> - [c](../docs/d)\n>   [e\n>   f](../docs/g)\n"},
        {"[a]\n\n[a]: b.md \"t\"\n[c]: <d e>\n[f]:\n  g\n",
         "[a]\n\n[a]: ../docs/b.md \"t\"\n[c]: <../docs/d e>\n[f]:\n  ../docs/g\n"},
        {"> [a]: b\n\n- [c]: d\n", "> [a]: ../docs/b\n\n- [c]: ../docs/d\n"},
        {"[a]: b\ntext [c](d)\n", "[a]: ../docs/b\ntext [c](../docs/d)\n"},
        {"text\n[a]: b\n", NULL},
        {"[a]: b c d\n", NULL},
        {"[^1]: note\n", NULL},
        {"[a]: https://x\n[b]: #c\n", NULL},
        {"[a]({{ site.url }}/b) [a]({%link%})", NULL},
        {"---\nsee: \"[a](b)\"\n---\n[a](b)\n", "---\nsee: \"[a](b)\"\n---\n[a](../docs/b)\n"},
        {"| [a](b) | c |\n|---|---|\n| [d](e) | f |\n",
         "| [a](../docs/b) | c |\n|---|---|\n| [d](../docs/e) | f |\n"},
    };
    (void)state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        reading r;
        const char *want = rows[i].rebased ? rows[i].rebased : rows[i].document;
        scan(&r, nc_sv_cstr(rows[i].document));
        rewrite(&r, NULL, "../docs/");
        if (!nc_sv_eq(nc_buf_sv(&r.out), nc_sv_cstr(want)))
            fail_msg("want %s\ngot  %s", want, r.out.ptr);
        rewrite(&r, NULL, "../docs");
        assert_string_equal(r.out.ptr, want);
        rewrite(&r, NULL, "");
        assert_string_equal(r.out.ptr, rows[i].document);
        forget(&r);
    }
}

static void ways_are_shortened(void **state)
{
    static const struct {
        const char *destination, *way, *rebased;
    } rows[] = {
        {"a", "b/", "b/a"},
        {"../a", "b/", "a"},
        {"../../a", "b/c", "a"},
        {"../a", "../", "../../a"},
        {"../a", "../b/c/", "../b/a"},
        {"./../a", "b", "a"},
        {"a", "/srv/b", "/srv/b/a"},
        {"../", "b", "./"},
    };
    (void)state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_buf out;
        nc_buf_init(&out, NULL, 0);
        nc_link_put_rebased(&out, nc_sv_cstr(rows[i].destination), nc_sv_cstr(rows[i].way));
        assert_string_equal(out.ptr, rows[i].rebased);
        nc_buf_release(&out);
    }
}

/* -- properties of generated documents -- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static const char *const pieces[] = {
    "```mermaid\n",
    "```",
    "~~~",
    "```mermaid",
    "~~~ mermaid\n",
    "````",
    "{.mermaid}",
    "X --> Y\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "  ",
    "    ",
    "\t",
    "> ",
    ">",
    "- ",
    "1. ",
    "2) ",
    "* ",
    "text",
    "# h\n",
    "===\n",
    "---\n",
    "***\n",
    "[a](b)",
    "[a]: c\n",
    "![i](<d e> \"t\")",
    "`",
    "``",
    ":::mermaid\n",
    ":::\n",
    ":::",
    "<div>\n",
    "</div>\n",
    "<!--",
    "-->\n",
    "&amp;",
    "\\",
    "](",
    ")",
    "\xef\xbb\xbf",
    "\xff",
    "\xc3\xa9",
    "%% c\n",
    "| a |\n",
    "<b>",
    "<http://x>",
};

/* The kinds of block and the contents of code blocks, to compare documents by. */
static void put_outline(nc_buf *out, nc_sv text)
{
    cmark_node *root = cmark_parse_document(text.ptr, text.len, CMARK_OPT_DEFAULT);
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK)
            nc_buf_fmt(out, "code %s\n", cmark_node_get_literal(node));
        else if (type == CMARK_NODE_HEADING)
            NC_BUF_LIT(out, "heading\n");
        else if (type == CMARK_NODE_THEMATIC_BREAK)
            NC_BUF_LIT(out, "break\n");
    }
    nc_buf_char(out, '\0');
    cmark_iter_free(iter);
    cmark_node_free(root);
}

/* Each diagram leaves the outline, everything else stays. */
static bool takes_only_diagrams(const reading *r, nc_sv before, nc_sv after)
{
    nc_buf was;
    nc_buf is;
    nc_buf_init(&was, NULL, 0);
    nc_buf_init(&is, NULL, 0);
    put_outline(&was, before);
    put_outline(&is, after);
    size_t at = 0;
    size_t removed = 0;
    for (size_t from = 0; from < was.len;) {
        size_t end = nc_sv_find(nc_buf_sv(&was), NC_SV("\n"), from);
        end = end == SIZE_MAX ? was.len : end + 1;
        nc_sv line = nc_sv_slice(nc_buf_sv(&was), from, end);
        if (nc_sv_eq(nc_sv_slice(nc_buf_sv(&is), at, at + line.len), line))
            at += line.len;
        else
            removed += line.len;
        from = end;
    }
    size_t most = 0;
    for (uint32_t i = 0; i < r->document.blocks.len; i++)
        most += r->document.blocks.ptr[i].text.len + 16;
    bool ok = at == is.len && removed <= most + r->document.blocks.len;
    nc_buf_release(&was);
    nc_buf_release(&is);
    return ok;
}

static void generated_documents_keep_their_bytes(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 6000; round++) {
        char text[1024];
        size_t len = 0;
        uint32_t want = 1 + next_random(&seed) % 24;
        bool colons = false;
        for (uint32_t i = 0; i < want; i++) {
            const char *piece = pieces[next_random(&seed) % NC_COUNT(pieces)];
            colons = colons || strncmp(piece, ":::", 3) == 0;
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        text[len] = '\0';
        reading r;
        scan(&r, nc_sv_from(text, len));
        rewrite(&r, NULL, "");
        if (!nc_sv_eq(nc_buf_sv(&r.out), r.document.bytes))
            fail_msg("changed: %s", text);
        uint32_t end = 0;
        for (uint32_t i = 0; i < r.document.blocks.len; i++) {
            const nc_document_block *block = &r.document.blocks.ptr[i];
            assert_true(block->fence.start >= end && block->fence.end <= len);
            end = block->fence.end;
            for (uint32_t k = 0; k < block->text.len; k++) {
                uint32_t origin = nc_offset_origin(&block->map, k);
                assert_true(origin < len);
                if (text[origin] != block->text.ptr[k] && text[origin] != '\t')
                    fail_msg("lost place %u: %s", k, text);
            }
        }
        if (r.document.blocks.len > 0 && !colons) {
            rewrite(&r, "![a](b)", "");
            if (!takes_only_diagrams(&r, nc_sv_from(text, len), nc_buf_sv(&r.out)))
                fail_msg("broken: %s\n-- became --\n%s", text, r.out.ptr);
        }
        forget(&r);
    }
}

static void hostile_documents_are_endured(void **state)
{
    static const char *const hostile[] = {
        "```mermaid\nX\n",
        "```mermaid\nX\n```\n",
        "> ",
        "- ",
        ":::mermaid\n",
        ":::mermaid\n:::\n",
        "[a](b)",
        "](b)",
        "`",
        "``` ",
        "<",
        "[",
        "[a]: b\n",
        "\t",
        "*",
    };
    (void)state;
    for (size_t i = 0; i < NC_COUNT(hostile); i++) {
        enum { SIZE = 200000 };
        char *text = malloc(SIZE + 32);
        size_t len = 0;
        assert_non_null(text);
        while (len < SIZE) {
            memcpy(text + len, hostile[i], strlen(hostile[i]));
            len += strlen(hostile[i]);
        }
        reading r;
        clock_t start = clock();
        scan(&r, nc_sv_from(text, len));
        rewrite(&r, "IMG", "../x");
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 10)
            fail_msg("%s…: %.1f s", hostile[i], seconds);
        forget(&r);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fences_are_found_and_replaced),
        cmocka_unit_test(places_lead_to_the_document),
        cmocka_unit_test(replacements_may_have_lines),
        cmocka_unit_test(relative_links_are_rebased),
        cmocka_unit_test(ways_are_shortened),
        cmocka_unit_test(generated_documents_keep_their_bytes),
        cmocka_unit_test(hostile_documents_are_endured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
