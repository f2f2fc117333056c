/* The public header as a program sees it: memory, log, old options, threads. */
#include "nacre/nacre.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const texts[] = {
    "flowchart LR\n A[One] -->|yes| B{Two}\n subgraph S\n B --> C\n end\n",
    "sequenceDiagram\n Ann->>Bob: Hello\n Note over Ann,Bob: both\n",
    "C4Context\n Person(a, \"Ann\")\n System(s, \"Shop\")\n Rel(a, s, \"Uses\")\n",
};
enum { TEXT_COUNT = sizeof(texts) / sizeof(texts[0]) };

/* ---- memory ------------------------------------------------------------------------------------ */

typedef struct counted {
    size_t left; /* allocations that succeed */
    size_t live;
} counted;

static void *count_alloc(void *payload, size_t size)
{
    counted *c = payload;
    if (c->left == 0)
        return NULL;
    c->left--;
    c->live++;
    return malloc(size);
}

static void count_free(void *payload, void *ptr)
{
    counted *c = payload;
    assert_non_null(ptr);
    c->live--;
    free(ptr);
}

static int count_bytes(const char *bytes, size_t len, void *payload)
{
    (void)bytes;
    *(size_t *)payload += len;
    return 0;
}

static nacre_status draw(counted *c, const char *text, nacre_format format)
{
    const nacre_allocator allocator = {count_alloc, count_free, c};
    nacre_options options = NACRE_OPTIONS_INIT;
    nacre_context *context = nacre_context_new(&allocator);
    nacre_diagram *diagram = NULL;
    nacre_status status = NACRE_ERR_NOMEM;
    size_t len = 0;
    options.format = format;
    if (context)
        status = nacre_parse(&diagram, context, text, strlen(text), &options);
    if (status == NACRE_OK)
        status = nacre_render(diagram, &options, count_bytes, &len);
    assert_true(status != NACRE_OK || len > 100);
    nacre_diagram_drop(diagram);
    nacre_context_drop(context);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        nacre_status status = NACRE_ERR_NOMEM;
        for (size_t n = 0; status != NACRE_OK; n++) {
            counted c = {.left = n};
            status = draw(&c, texts[i], i % 2 ? NACRE_TXT : NACRE_SVG);
            assert_int_equal(c.live, 0);
            assert_true(status == NACRE_OK || status == NACRE_ERR_NOMEM);
        }
    }
}

/* ---- log --------------------------------------------------------------------------------------- */

typedef struct heard {
    char text[512];
    unsigned levels;
} heard;

static void listen(nacre_log_level level, const char *message, void *payload)
{
    heard *h = payload;
    h->levels |= 1u << level;
    strncat(h->text, message, sizeof h->text - strlen(h->text) - 2);
    strcat(h->text, "\n");
}

static void the_log_says_what_is_done(void **state)
{
    (void)state;
    heard h = {{0}, 0};
    size_t len = 0;
    nacre_diagram *diagram = NULL;
    nacre_context *context = nacre_context_new(NULL);
    nacre_context_log(context, listen, &h);
    assert_int_equal(nacre_parse(&diagram, context, texts[0], strlen(texts[0]), NULL), NACRE_OK);
    assert_int_equal(nacre_render(diagram, NULL, count_bytes, &len), NACRE_OK);
    assert_non_null(strstr(h.text, "flowchart, 0 errors, 0 warnings\n"));
    assert_non_null(strstr(h.text, "drew "));
    assert_int_equal(h.levels, 1u << NACRE_LOG_DEBUG);
    memset(&h, 0, sizeof h);
    nacre_context_log(context, NULL, NULL);
    assert_int_equal(nacre_render(diagram, NULL, count_bytes, &len), NACRE_OK);
    assert_string_equal(h.text, "");
    nacre_diagram_drop(diagram);
    nacre_context_drop(context);
}

static void the_log_says_what_is_missing(void **state)
{
    (void)state;
    heard h = {{0}, 0};
    size_t len = 0;
    nacre_diagram *diagram = NULL;
    nacre_options options = NACRE_OPTIONS_INIT;
    nacre_context *context = nacre_context_new(NULL);
    options.format = NACRE_PNG;
    options.module_folder = "/nowhere";
    nacre_context_log(context, listen, &h);
    assert_int_equal(nacre_parse(&diagram, context, texts[0], strlen(texts[0]), NULL), NACRE_OK);
    assert_int_equal(nacre_render(diagram, &options, count_bytes, &len), NACRE_ERR_MODULE);
    assert_true(h.levels & 1u << NACRE_LOG_WARNING);
    assert_non_null(strstr(h.text, "/nowhere"));
    nacre_diagram_drop(diagram);
    nacre_context_drop(context);
}

/* ---- options ----------------------------------------------------------------------------------- */

/* What an older header knew is read, and nothing behind it. */
static void short_options_are_read(void **state)
{
    (void)state;
    size_t len = 0;
    nacre_diagram *diagram = NULL;
    nacre_context *context = nacre_context_new(NULL);
    nacre_options options;
    memset(&options, 0xff, sizeof options);
    options.format = NACRE_TXT;
    options.struct_size = offsetof(nacre_options, theme);
    assert_int_equal(nacre_parse(&diagram, context, texts[0], strlen(texts[0]), &options),
                     NACRE_OK);
    assert_int_equal(nacre_render(diagram, &options, count_bytes, &len), NACRE_OK);
    assert_true(len > 0);
    nacre_diagram_drop(diagram);
    nacre_context_drop(context);
}

/* Every limit stops a text, with a diagnostic. */
static void limits_are_options(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        size_t offset;
    } limits[] = {
        {"input-too-large", offsetof(nacre_options, max_bytes)},
        {"input-too-large", offsetof(nacre_options, max_nodes)},
        {"input-too-large", offsetof(nacre_options, max_edges)},
        {"input-too-large", offsetof(nacre_options, max_label)},
    };
    static const char text[] = "flowchart LR\n Alpha --> Beta\n Beta --> Gamma\n";
    nacre_context *context = nacre_context_new(NULL);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        nacre_options options = NACRE_OPTIONS_INIT;
        nacre_diagnostic told;
        nacre_diagram *diagram = NULL;
        *(size_t *)(void *)((char *)&options + limits[i].offset) = 1;
        assert_int_equal(nacre_parse(&diagram, context, text, sizeof text - 1, &options),
                         NACRE_ERR_DIAGRAM);
        nacre_diagnostic_at(&told, diagram, 0);
        assert_string_equal(told.code, limits[i].code);
        nacre_diagram_drop(diagram);
    }
    nacre_context_drop(context);
}

static void themes_are_listed(void **state)
{
    (void)state;
    size_t len = 0;
    assert_string_equal(nacre_theme_name(0), "auto");
    while (nacre_theme_name(len))
        len++;
    assert_true(len > 3);
    assert_null(nacre_theme_name(len + 1));
}

/* ---- threads ----------------------------------------------------------------------------------- */

typedef struct drawing {
    char *bytes;
    size_t len;
} drawing;

static int keep(const char *bytes, size_t len, void *payload)
{
    drawing *d = payload;
    d->bytes = malloc(len);
    if (!d->bytes)
        return 1;
    memcpy(d->bytes, bytes, len);
    d->len = len;
    return 0;
}

enum { THREADS = 4, ROUNDS = 5 };

/* All texts several times over; the last pictures are left in a drawing for each text. */
static void *draw_all(void *payload)
{
    drawing *out = payload;
    nacre_context *context = nacre_context_new(NULL);
    for (size_t i = 0; context && i < (size_t)ROUNDS * TEXT_COUNT; i++) {
        drawing *d = &out[i % TEXT_COUNT];
        const char *text = texts[i % TEXT_COUNT];
        nacre_diagram *diagram = NULL;
        free(d->bytes);
        *d = (drawing){NULL, 0};
        if (nacre_parse(&diagram, context, text, strlen(text), NULL) == NACRE_OK)
            (void)nacre_render(diagram, NULL, keep, d);
        nacre_diagram_drop(diagram);
    }
    nacre_context_drop(context);
    return NULL;
}

static void threads_draw_the_same(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    drawing drawn[THREADS][TEXT_COUNT] = {{{NULL, 0}}};
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, draw_all, drawn[i]), 0);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (size_t i = 0; i < THREADS; i++) {
        for (size_t j = 0; j < TEXT_COUNT; j++) {
            assert_true(drawn[i][j].len > 0);
            assert_int_equal(drawn[i][j].len, drawn[0][j].len);
            assert_memory_equal(drawn[i][j].bytes, drawn[0][j].bytes, drawn[0][j].len);
        }
    }
    for (size_t i = 0; i < THREADS; i++)
        for (size_t j = 0; j < TEXT_COUNT; j++)
            free(drawn[i][j].bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),    cmocka_unit_test(the_log_says_what_is_done),
        cmocka_unit_test(the_log_says_what_is_missing), cmocka_unit_test(short_options_are_read),
        cmocka_unit_test(limits_are_options),           cmocka_unit_test(themes_are_listed),
        cmocka_unit_test(threads_draw_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
