/* From sequence text to scene: every feature is drawn, nothing lies outside, memory may fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "compose/compose.h"
#include "parse/parse.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct drawing {
    nc_arena arena;
    nc_diags diags;
    nc_source source;
    nc_config config;
    nc_sequence sequence;
    nc_placed_sequence *placed;
    nc_scene scene;
    nc_buf dump, layout;
    bool ok;
} drawing;

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

static void read_text(drawing *d, nc_sv text)
{
    *d = (drawing){0};
    nc_arena_init(&d->arena, NULL, 0);
    nc_diags_init(&d->diags, &d->arena);
    nc_buf_init(&d->dump, NULL, 0);
    nc_buf_init(&d->layout, NULL, 0);
    assert_true(nc_source_read(&d->source, &d->arena, text, 16 << 20, &d->diags));
    d->config.family = d->source.family;
    d->diags.map = NULL;
    assert_true(nc_config_add(&d->config, &d->arena, d->source.config, true, &d->diags));
    assert_true(nc_parse_sequence(&d->sequence, &d->arena, &d->source, &d->diags));
    if (d->diags.errors)
        fail_msg("%.*s\n%s", (int)text.len, text.ptr, d->diags.list.ptr[0].message.ptr);
}

/* Places and draws into `arena`, which may run out of memory. */
static bool compose(drawing *d, nc_fonts *fonts, nc_arena *arena)
{
    nc_draw draw = {.arena = arena,
                    .measure = nc_measure_new(arena, fonts, &d->diags),
                    .diags = &d->diags,
                    .config = &d->config,
                    .title = d->source.title};
    nc_scene_init(&d->scene, arena);
    return draw.measure && nc_place_sequence(&d->placed, &draw, &d->sequence) &&
           nc_draw_sequence(&d->scene, &draw, &d->sequence, d->placed);
}

static void draw_text(drawing *d, nc_fonts *fonts, const char *text)
{
    read_text(d, nc_sv_cstr(text));
    assert_true(compose(d, fonts, &d->arena));
    nc_scene_dump(&d->dump, &d->scene);
    nc_placed_sequence_dump(&d->layout, d->placed);
    assert_int_equal(d->scene.depth, 0);
}

static void forget(drawing *d)
{
    nc_buf_release(&d->dump);
    nc_buf_release(&d->layout);
    nc_arena_release(&d->arena);
}

#define HEAD "sequenceDiagram\n"

static void check_rows(nc_fonts *fonts, const char *const rows[][2], size_t len)
{
    for (size_t i = 0; i < len; i++) {
        drawing d;
        bool absent = rows[i][1][0] == '!';
        const char *part = rows[i][1] + absent;
        draw_text(&d, fonts, rows[i][0]);
        if ((strstr(d.dump.ptr, part) == NULL) != absent)
            fail_msg("%s\n%s %s in\n%s", rows[i][0], absent ? "unwanted" : "wanted", part,
                     d.dump.ptr);
        forget(&d);
    }
}

static void every_feature_is_drawn(void **state)
{
    static const char *const rows[][2] = {
        {HEAD "A->>B: hi", "lifeline id=\"A\""},
        {HEAD "A->>B: hi", "participant id=\"B\" label=\"B\""},
        {HEAD "A->>B: hi", "message from=\"A\" to=\"B\" label=\"A to B: hi\""},
        {HEAD "A->>B: hi", "descr=\"1 message between A and B.\""},
        {HEAD "A->>B: hi\nB->>C: x\nC->>A: y", "descr=\"3 messages between A, B and C.\""},
        {HEAD "accTitle: T\naccDescr: D\nA->>B: x", "title=\"T\" descr=\"D\""},
        {HEAD "title My title\nA->>B: x", "text .title x=16 y=16"},
        {"---\ntitle: Front\n---\n" HEAD "A->>B: x", "\"Front\""},
        {HEAD "autonumber\nA->>B: x", ".sequence-number"},
        {HEAD "A->>B: x", "!.sequence-number"},
        {HEAD "autonumber 1.5 0.25\nA->>B: x\nA->>B: y", "\"1.75\""},
        {HEAD "autonumber 10\nA->>B: x\nautonumber off\nA->>B: y\nautonumber\nA->>B: z", "\"12\""},
        {HEAD "A->>+B: x\nB-->>-A: y", "rect .activation"},
        {HEAD "activate A\nA->>B: never closed", "rect .activation"},
        {HEAD "Note over A,B: t", "note label=\"Note over A and B: t\""},
        {HEAD "Note left of A: t", "note label=\"Note left of A: t\""},
        {HEAD "loop every day\nA->>B: x\nend", "fragment kind=\"loop\" label=\"loop: every day\""},
        {HEAD "loop every day\nA->>B: x\nend", "\"[every day]\""},
        {HEAD "loop\nA->>B: x\nend", "![]"},
        {HEAD "alt [a]\nA->>B: x\nelse b\nA->>B: y\nend", "!\"[[a]]\""},
        {HEAD "alt a\nA->>B: x\nelse b\nA->>B: y\nend", "\"[b]\""},
        {HEAD "critical a\nA->>B: x\noption b\nA->>B: y\nend", "semibold 12 \"critical\""},
        {HEAD "par_over a\nA->>B: x\nend", "semibold 12 \"par\""},
        {HEAD "break a\nA->>B: x\nend", "kind=\"break\""},
        {HEAD "rect rgb(1,2,3)\nA->>B: x\nend", "fill=#010203ff"},
        {HEAD "rect #ff0000\nA->>B: x\nend", "fill=#ff0000ff"},
        {HEAD "rect\nA->>B: x\nend", "fill=@rect-fill"},
        {HEAD "rect rgb(10,10,40)\nA->>B: light ink\nend", "fill=#ffffffff | regular 14"},
        {HEAD "rect rgba(0,0,0,0.1)\nA->>B: usual ink\nend", "fill=@signal-text | regular 14"},
        {HEAD "box Aqua Team\nparticipant A\nend\nA->>B: x", "box label=\"Team\""},
        {HEAD "box Aqua Team\nparticipant A\nend\nA->>B: x", "fill=#00ffffff"},
        {HEAD "box #f00 T\nparticipant A\nend\nA->>B: x", "fill=#ff0000ff"},
        {HEAD "box transparent T\nparticipant A\nend\nA->>B: x", "fill=@box-fill"},
        {HEAD "A->>B: x\ncreate participant C\nA->>C: new", "participant id=\"C\""},
        {HEAD "A->>B: x\ndestroy B\nA-xB: bye", "stroke=@signal width=2"},
        {HEAD "A->>()B: x", "ellipse"},
        {HEAD "A()->>B: x", "ellipse"},
        {HEAD "A->>B: x", "!ellipse"},
        {HEAD "A-->>B: x", "dash=1.5 gap=4"},
        {HEAD "A->>A: self", "message from=\"A\" to=\"A\""},
        {HEAD "participant A\nlink A: Home @ https://example.org/\nA->>B: x",
         "href=\"https://example.org/\""},
        {HEAD "participant A\nlink A: Home @ javascript:x\nA->>B: x", "!href"},
        {HEAD "participant A\nlink A: One @ https://a.example\nlink A: Two @ /b\nA->>B: x",
         "layer href=\"/b\""},
        {HEAD "participant A\nproperties A: {\"class\": \"vip\"}\nA->>B: x", "classes=\"vip\""},
        {HEAD "participant A\nproperties A: {\"icon\": \"@clock\"}\nA->>B: x",
         "participant id=\"A\" label=\"A, clock\""},
        {HEAD "actor A\nproperties A: {\"icon\": \"@database\"}\nA->>B: x",
         "label=\"A, database\""},
        {HEAD "participant A\nproperties A: {\"icon\": \"@nothing\"}\nA->>B: x",
         "participant id=\"A\" label=\"A\""},
        /* Symbols on an author's ground are open: the theme's fill may be as dark as their ink. */
        {HEAD "box #fde8e8 T\nparticipant A@{type: control}\nend\nA->>B: x",
         "!fill=@actor-fill stroke=#"},
        /* A line over grounds of different inks takes one that is seen on both. */
        {HEAD "box #fde8e8 T\nparticipant A\nend\nA->>B: x", "stroke=#767676ff width=1.4"},
        {HEAD "participant A@{type: nothing}\nA->>B: x", "participant id=\"A\""},
        {HEAD "participant A as X<br/>Y\nA->>B: x", "label=\"X Y\""},
        /* Over a foreign lifeline a text has its own ground, next to none it has not. */
        {HEAD "participant A\nparticipant B\nparticipant C\nA->>C: over the middle",
         "rect .ground"},
        {HEAD "A->>B: x", "!rect .ground"},
    };
    check_rows(*state, rows, NC_COUNT(rows));
}

static void configuration_is_honoured(void **state)
{
#define WITH(key, value) "---\nconfig:\n  sequence:\n    " key ": " value "\n---\n" HEAD
    static const char *const rows[][2] = {
        {WITH("showSequenceNumbers", "true") "A->>B: x", ".sequence-number"},
        {WITH("hideUnusedParticipants", "true") "participant U\nA->>B: x", "!id=\"U\""},
        {WITH("hideUnusedParticipants", "false") "participant U\nA->>B: x", "id=\"U\""},
        {WITH("messageAlign", "left") "A->>B: x\nB->>A: longer one", "start fill=@signal-text"},
        {WITH("messageAlign", "right") "A->>B: x\nB->>A: longer one", "end fill=@signal-text"},
        {WITH("noteAlign", "left") "Note over A,B: t", "start fill=@note-text"},
        {WITH("width", "200") "A->>B: x", "w=200"},
        {WITH("height", "90") "A->>B: x", "h=90"},
        {WITH("activationWidth", "20") "A->>+B: x", "w=20"},
        {WITH("diagramMarginX", "44") "A->>B: x", "rect x=44"},
        {WITH("actorMargin", "-3") "A->>B: x", "participant id=\"A\""},
        {WITH("wrap", "true") "A->>B: a message that is long enough to be wrapped somewhere",
         "\"a message"},
    };
    check_rows(*state, rows, NC_COUNT(rows));
    /* Sizes of type count, which in Mermaid the root's own size hides. */
    static const char *const type[][2] = {
        {WITH("actorFontSize", "30") "A->>B: x", "regular 30 \"A\""},
        {WITH("actorFontSize", "30") "A->>B: x", "regular 14 \"x\""},
        {WITH("messageFontSize", "21px") "loop y\nA->>B: x\nend", "regular 21 \"x\""},
        {WITH("messageFontSize", "21px") "loop y\nA->>B: x\nend", "regular 18.75 \"[y]\""},
        {WITH("noteFontSize", "20") "Note over A: x", "regular 20 \"x\""},
        {WITH("noteFontSize", "2000") "Note over A: x", "regular 12.5 \"x\""},
        {WITH("actorFontWeight", "700") "A->>B: x", "semibold 14 \"A\""},
        {WITH("messageFontWeight", "bold") "A->>B: x", "semibold 14 \"x\""},
        {WITH("noteFontWeight", "normal") "Note over A: x", "regular 12.5 \"x\""},
        {WITH("messageFontFamily", "Courier New") "A->>B: x", "mono 14 \"x\""},
        {WITH("actorFontFamily", "ui-monospace") "A->>B: x", "mono 14 \"A\""},
    };
    check_rows(*state, type, NC_COUNT(type));
#define LONG    "one line that goes on and on until somebody breaks it in two"
#define ADDRESS "GET /v2/tenants/4711/reports/monthly?format=pdf&locale=none"
    static const char *const lines[][2] = {
        {HEAD "A->>B: " LONG, "!| regular 14 \"" LONG},
        {HEAD "A->>B: nowrap: " LONG, "| regular 14 \"" LONG},
        {HEAD "Note over A: nowrap: " LONG, "| regular 12.5 \"" LONG},
        {HEAD "A->>B: " ADDRESS, "| regular 14 \"" ADDRESS},
        {WITH("wrap", "false") "A->>B: " LONG, "| regular 14 \"" LONG},
        {HEAD "Note over A: " LONG, "!| regular 12.5 \"" LONG},
        /* Where there is room anyway, nothing is broken. */
        {HEAD "Note over A,B: " LONG "\nA->>B: " ADDRESS, "| regular 12.5 \"" LONG},
    };
    check_rows(*state, lines, NC_COUNT(lines));
#undef LONG
#undef ADDRESS
#undef WITH
}

static uint32_t count(const char *text, const char *part)
{
    uint32_t n = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        n++;
    return n;
}

static void mirrors_and_repeats(void **state)
{
    char text[2048] = "---\nconfig:\n  sequence:\n    repeatActors: 5\n---\n" HEAD;
    for (int i = 0; i < 20; i++)
        strcat(text, "A->>B: x\n");
    drawing d;
    draw_text(&d, *state, text);
    assert_int_equal(count(d.dump.ptr, "participant id=\"A\""), 5); /* top, three, bottom */
    assert_int_equal(count(d.dump.ptr, "participant id=\"A\" label="), 1);
    forget(&d);
    draw_text(&d, *state,
              "---\nconfig:\n  sequence:\n    mirrorActors: false\n---\n" HEAD "A->>B: x");
    assert_int_equal(count(d.dump.ptr, "participant id=\"A\""), 1);
    forget(&d);
}

/* Without mirrored headers Mermaid draws lifelines to y = 2000 and cuts them off. */
static void lifelines_end_with_the_last_event(void **state)
{
    drawing d;
    draw_text(&d, *state,
              "---\nconfig:\n  sequence:\n    mirrorActors: false\n---\n" HEAD "A->>B: x");
    for (uint32_t i = 0; i < d.scene.items.len; i++) {
        const nc_item *item = &d.scene.items.ptr[i];
        if (item->kind == NC_ITEM_SHAPE && item->as.shape.part == NC_PART_LIFELINE)
            assert_true(item->as.shape.y + item->as.shape.h < d.scene.h);
    }
    forget(&d);
}

/* Mermaid measures with another font than it draws with. */
static void columns_are_as_wide_as_what_is_drawn(void **state)
{
    drawing d;
    double x[2] = {0};
    uint32_t lines = 0;
    draw_text(&d, *state, HEAD "A->>B: nowrap: WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW");
    for (uint32_t i = 0; i < d.scene.items.len; i++) {
        const nc_item *item = &d.scene.items.ptr[i];
        if (item->kind == NC_ITEM_SHAPE && item->as.shape.part == NC_PART_LIFELINE && lines < 2)
            x[lines++] = item->as.shape.x;
        if (item->kind == NC_ITEM_TEXT && item->as.text.part == NC_PART_MESSAGE_TEXT)
            assert_true(item->as.text.text->w > 400 && item->as.text.text->w < x[1] - x[0]);
    }
    forget(&d);
}

/* What happens in a fragment is part of its group, in the order of the text. */
static void groups_follow_the_text(void **state)
{
    static const char *const order[] = {
        "fragment kind=\"alt\" label=\"alt: a\"",  "frame-title",         "label=\"A to B: x\"",
        "section kind=\"else\" label=\"else: b\"", "label=\"B to A: y\"", "label=\"A to B: z\""};
    drawing d;
    draw_text(&d, *state, HEAD "alt a\nA->>B: x\nelse b\nB->>A: y\nend\nA->>B: z");
    const char *at = d.dump.ptr;
    for (size_t i = 0; i < NC_COUNT(order); i++) {
        const char *found = strstr(at, order[i]);
        if (!found)
            fail_msg("%s in\n%s", order[i], at);
        at = found;
    }
    forget(&d);
}

/* The members of a box stand together even when one was named before. */
static void boxes_pull_their_members_together(void **state)
{
    drawing d;
    draw_text(&d, *state,
              HEAD "participant A\nparticipant B\nparticipant C\nbox T\nparticipant A\n"
                   "participant C\nend\nA->>B: x");
    const char *a = strstr(d.dump.ptr, "lifeline id=\"A\"");
    const char *b = strstr(d.dump.ptr, "lifeline id=\"B\"");
    const char *c = strstr(d.dump.ptr, "lifeline id=\"C\"");
    assert_true(a && b && c);
    assert_true(a < c && c < b);
    forget(&d);
}

/* Same scene, apart from `text`, for every arrow and kind: none is drawn like another. */
static void check_all_differ(nc_fonts *fonts, const char *const *texts, size_t len)
{
    char *dumps[64];
    assert_true(len <= NC_COUNT(dumps));
    for (size_t i = 0; i < len; i++) {
        drawing d;
        draw_text(&d, fonts, texts[i]);
        dumps[i] = strdup(d.dump.ptr);
        for (size_t k = 0; k < i; k++)
            if (strcmp(dumps[i], dumps[k]) == 0)
                fail_msg("drawn alike:\n%s\n%s", texts[i], texts[k]);
        forget(&d);
    }
    for (size_t i = 0; i < len; i++)
        free(dumps[i]);
}

static void no_two_arrows_look_alike(void **state)
{
    static const char *const arrows[] = {
        HEAD "A->B: x",     HEAD "A-->B: x",    HEAD "A->>B: x",   HEAD "A-->>B: x",
        HEAD "A-xB: x",     HEAD "A--xB: x",    HEAD "A-)B: x",    HEAD "A--)B: x",
        HEAD "A<<->>B: x",  HEAD "A<<-->>B: x", HEAD "A-|\\B: x",  HEAD "A--|\\B: x",
        HEAD "A-|/B: x",    HEAD "A--|/B: x",   HEAD "A-\\\\B: x", HEAD "A--\\\\B: x",
        HEAD "A-//B: x",    HEAD "A--//B: x",   HEAD "A/|-B: x",   HEAD "A/|--B: x",
        HEAD "A\\|-B: x",   HEAD "A\\|--B: x",  HEAD "A//-B: x",   HEAD "A//--B: x",
        HEAD "A\\\\-B: x",  HEAD "A\\\\--B: x", HEAD "A->>()B: x", HEAD "A()->>B: x",
        HEAD "A()->>()B: x"};
    check_all_differ(*state, arrows, NC_COUNT(arrows));
}

static void no_two_kinds_look_alike(void **state)
{
#define KIND(type) HEAD "participant A@{ \"type\": \"" type "\" }\nA->>A: x"
    static const char *const kinds[] = {KIND("participant"), KIND("actor"),  KIND("boundary"),
                                        KIND("control"),     KIND("entity"), KIND("database"),
                                        KIND("collections"), KIND("queue")};
#undef KIND
    check_all_differ(*state, kinds, NC_COUNT(kinds));
}

typedef struct extent {
    double x1, y1, x2, y2;
} extent;

static void widen(extent *e, double x, double y)
{
    e->x1 = fmin(e->x1, x);
    e->y1 = fmin(e->y1, y);
    e->x2 = fmax(e->x2, x);
    e->y2 = fmax(e->y2, y);
}

/* Everything painted lies on the canvas. */
static void check_canvas(const nc_scene *scene)
{
    extent e = {0};
    for (uint32_t i = 0; i < scene->items.len; i++) {
        const nc_item *item = &scene->items.ptr[i];
        if (item->kind == NC_ITEM_SHAPE) {
            const nc_shape *s = &item->as.shape;
            for (uint32_t k = 0; k < s->path.point_len; k++)
                widen(&e, s->path.points[k].x, s->path.points[k].y);
            widen(&e, s->x, s->y);
            widen(&e, s->x + s->w, s->y + s->h);
        } else if (item->kind == NC_ITEM_TEXT) {
            const nc_text_item *t = &item->as.text;
            double left = t->anchor == NC_ANCHOR_START    ? 0
                          : t->anchor == NC_ANCHOR_MIDDLE ? t->text->w / 2
                                                          : t->text->w;
            widen(&e, t->x - left, t->y);
            widen(&e, t->x - left + t->text->w, t->y + t->text->h);
        }
    }
    assert_true(e.x1 >= 0 && e.y1 >= 0 && e.x2 <= scene->w && e.y2 <= scene->h);
}

typedef struct dice {
    uint64_t state;
} dice;

static uint32_t roll(dice *d, uint32_t below)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((d->state >> 33) % below);
}

/* A random diagram over six participants, some in boxes. */
static void write_random(nc_buf *out, uint64_t seed)
{
    static const char *const arrows[] = {"->>", "-->>", "-x", "-)", "->", "<<->>", "-|\\", "//-"};
    static const char *const words[] = {
        "ok",    "a longer text of some words",       "two<br/>lines", "GET /", "",
        "x y z", "text that takes a lot of room here"};
    static const char *const opens[] = {"loop",  "opt", "alt",      "rect rgb(230,240,255)",
                                        "break", "par", "critical", "rect rgba(0,0,90,0.8)"};
    dice d = {seed * 31 + 7};
    uint32_t depth = 0;
    NC_BUF_LIT(out, HEAD);
    if (seed % 2)
        NC_BUF_LIT(out, "autonumber\n");
    if (seed % 3 == 0)
        NC_BUF_LIT(out, "box Aqua First team\nparticipant P1\nactor P2\nend\nbox A long title of a "
                        "box\nparticipant P3\nend\n");
    if (seed % 5 == 0)
        NC_BUF_LIT(out, "participant P0@{ \"type\": \"database\" }\nparticipant P4@{ \"type\": "
                        "\"control\" }\n");
    for (uint32_t i = 0; i < 12 + seed % 30; i++) {
        uint32_t a = roll(&d, 6);
        uint32_t b = roll(&d, 6);
        const char *word = words[roll(&d, NC_COUNT(words))];
        switch (roll(&d, 10)) {
        case 0:
            nc_buf_fmt(out, "Note over P%u,P%u: %s\n", (unsigned)a, (unsigned)b, word);
            break;
        case 1:
            nc_buf_fmt(out, "Note %s of P%u: %s\n", a % 2 ? "left" : "right", (unsigned)b, word);
            break;
        case 2:
            nc_buf_fmt(out, "%s\n", opens[roll(&d, NC_COUNT(opens))]);
            depth++;
            break;
        case 3:
            if (depth > 0) {
                NC_BUF_LIT(out, "end\n");
                depth--;
            }
            break;
        default:
            nc_buf_fmt(out, "P%u%s%sP%u: %s\n", (unsigned)a, arrows[roll(&d, NC_COUNT(arrows))],
                       roll(&d, 4) ? "" : "+", (unsigned)b, word);
        }
    }
    while (depth-- > 0)
        NC_BUF_LIT(out, "end\n");
}

static void random_diagrams_stay_on_the_canvas(void **state)
{
    for (uint64_t seed = 1; seed < 120; seed++) {
        nc_buf text;
        drawing first;
        drawing second;
        nc_buf_init(&text, NULL, 0);
        write_random(&text, seed);
        draw_text(&first, *state, text.ptr);
        check_canvas(&first.scene);
        draw_text(&second, *state, text.ptr);
        assert_string_equal(first.dump.ptr, second.dump.ptr);
        assert_string_equal(first.layout.ptr, second.layout.ptr);
        forget(&first);
        forget(&second);
        nc_buf_release(&text);
    }
}

typedef struct purse {
    uint32_t left;
} purse;

static void *purse_alloc(void *payload, size_t size)
{
    purse *p = payload;
    if (p->left == 0)
        return NULL;
    p->left--;
    return malloc(size);
}

static void purse_free(void *payload, void *ptr)
{
    (void)payload;
    free(ptr);
}

static void every_allocation_may_fail(void **state)
{
    nc_buf text;
    nc_buf_init(&text, NULL, 0);
    write_random(&text, 33);
    drawing d;
    read_text(&d, nc_buf_sv(&text));
    bool done = false;
    uint32_t n = 0;
    for (; !done; n++) {
        purse p = {n};
        nc_alloc from = {purse_alloc, purse_free, &p};
        nc_arena arena;
        nc_arena_init(&arena, &from, 0);
        done = compose(&d, *state, &arena);
        nc_arena_release(&arena);
    }
    assert_true(n > 2);
    forget(&d);
    nc_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_feature_is_drawn),
        cmocka_unit_test(configuration_is_honoured),
        cmocka_unit_test(mirrors_and_repeats),
        cmocka_unit_test(lifelines_end_with_the_last_event),
        cmocka_unit_test(columns_are_as_wide_as_what_is_drawn),
        cmocka_unit_test(groups_follow_the_text),
        cmocka_unit_test(boxes_pull_their_members_together),
        cmocka_unit_test(no_two_arrows_look_alike),
        cmocka_unit_test(no_two_kinds_look_alike),
        cmocka_unit_test(random_diagrams_stay_on_the_canvas),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, open_fonts, drop_fonts);
}
