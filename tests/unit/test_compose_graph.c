#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "compose/link.h"
#include "compose/shapes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Every figure there is, for tests over all of them. */
enum { FIGURES = NC_FLOW_SHAPE_COUNT + NC_C4_FIGURE_COUNT + 1 };

static const nc_figure *figure_at(uint32_t i)
{
    if (i < NC_FLOW_SHAPE_COUNT)
        return nc_figure_flow((nc_flow_shape)i);
    i -= NC_FLOW_SHAPE_COUNT;
    return i < NC_C4_FIGURE_COUNT ? nc_figure_c4((nc_c4_figure)i) : nc_figure_collapsed();
}

/* Labels as they come: a letter, a line, a long line, two lines, a tall narrow one. */
static const nc_want labels[] = {{9, 19, 0, 0, false},
                                 {82.4, 18.9, 0, 0, false},
                                 {198, 18.9, 0, 0, false},
                                 {120, 37.8, 0, 0, false},
                                 {40, 94.5, 0, 0, false}};

static const nc_look look = {.fill = {.token = NC_TOKEN_NODE_FILL},
                             .line = {.token = NC_TOKEN_NODE_LINE},
                             .width = 1.25,
                             .radius = -1};

static double side(nc_lay_point a, nc_lay_point b, double x, double y)
{
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

static double area(const nc_lay_point *p, uint32_t len)
{
    double sum = 0;
    for (uint32_t i = 0; i < len; i++)
        sum += p[i].x * p[(i + 1) % len].y - p[(i + 1) % len].x * p[i].y;
    return sum / 2;
}

static bool is_inside(const nc_lay_point *p, uint32_t len, double x, double y)
{
    int winding = 0;
    for (uint32_t i = 0; i < len; i++) {
        const nc_lay_point a = p[i];
        const nc_lay_point b = p[(i + 1) % len];
        if (a.y <= y && b.y > y && side(a, b, x, y) > 0)
            winding++;
        if (a.y > y && b.y <= y && side(a, b, x, y) < 0)
            winding--;
    }
    return winding != 0;
}

static bool holds_label(const nc_lay_point *p, uint32_t len, const nc_fit *fit)
{
    enum { STEPS = 16 };
    for (int i = 0; i <= STEPS; i++) {
        const double x = fit->label_x + fit->label_w * i / STEPS;
        const double y = fit->label_y + fit->label_h * i / STEPS;
        if (!is_inside(p, len, x, fit->label_y) ||
            !is_inside(p, len, x, fit->label_y + fit->label_h) ||
            !is_inside(p, len, fit->label_x, y) ||
            !is_inside(p, len, fit->label_x + fit->label_w, y))
            return false;
    }
    return true;
}

static void figures_hold_their_labels(void **state)
{
    (void)state;
    nc_arena arena;
    nc_arena_init(&arena, NULL, 0);
    for (uint32_t i = 0; i < FIGURES; i++) {
        const nc_figure *figure = figure_at(i);
        for (size_t k = 0; k < NC_COUNT(labels); k++) {
            nc_fit fit;
            const nc_lay_point *clip;
            uint32_t len;
            nc_figure_fit(&fit, figure, &labels[k]);
            assert_true(nc_figure_clip(&clip, &len, &arena, figure, fit.w, fit.h));
            if (fmod(fit.w, 2) != 0 || fmod(fit.h, 2) != 0)
                fail_msg("%s: %g x %g is no even box", nc_figure_name(figure), fit.w, fit.h);
            if (fit.label_x < 0 || fit.label_x + fit.label_w > fit.w || fit.label_y < 0 ||
                fit.label_y + fit.label_h > fit.h)
                fail_msg("%s: label %zu leaves the box", nc_figure_name(figure), k);
            if (len && area(clip, len) <= 0)
                fail_msg("%s: the outline does not run clockwise", nc_figure_name(figure));
            if (len && nc_figure_has_label(figure) && !holds_label(clip, len, &fit))
                fail_msg("%s: label %zu cuts the outline", nc_figure_name(figure), k);
        }
    }
    nc_arena_release(&arena);
}

static void outlines_fill_their_boxes(void **state)
{
    (void)state;
    nc_arena arena;
    nc_arena_init(&arena, NULL, 0);
    for (uint32_t i = 0; i < FIGURES; i++) {
        nc_fit fit;
        const nc_lay_point *clip;
        uint32_t len;
        nc_figure_fit(&fit, figure_at(i), &labels[1]);
        assert_true(nc_figure_clip(&clip, &len, &arena, figure_at(i), fit.w, fit.h));
        double low_x = fit.w, low_y = fit.h, high_x = 0, high_y = 0;
        for (uint32_t k = 0; k < len; k++) {
            low_x = fmin(low_x, clip[k].x);
            low_y = fmin(low_y, clip[k].y);
            high_x = fmax(high_x, clip[k].x);
            high_y = fmax(high_y, clip[k].y);
        }
        if (len && (fabs(low_x) > 0.01 || fabs(low_y) > 0.1 || fabs(high_x - fit.w) > 0.01 ||
                    fabs(high_y - fit.h) > 0.1))
            fail_msg("%s: outline %g,%g to %g,%g in a box of %g x %g", nc_figure_name(figure_at(i)),
                     low_x, low_y, high_x, high_y, fit.w, fit.h);
    }
    nc_arena_release(&arena);
}

static void figures_grow_with_their_labels(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < FIGURES; i++) {
        nc_fit last = {0};
        for (double size = 10; size <= 200; size += 10) {
            const nc_want want = {.label_w = size, .label_h = size / 2};
            nc_fit fit;
            nc_figure_fit(&fit, figure_at(i), &want);
            assert_true(fit.w >= last.w && fit.h >= last.h);
            last = fit;
        }
    }
}

static void figures_heed_a_least_size(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < FIGURES; i++) {
        const nc_want want = {
            .label_w = 20, .label_h = 19, .min_w = 300, .min_h = 200, .across = false};
        nc_fit fit;
        nc_figure_fit(&fit, figure_at(i), &want);
        if (nc_figure_grows(figure_at(i)))
            assert_true(fit.w == 300 && fit.h == 200);
        else
            assert_true(fit.w < 300 && fit.h < 200);
    }
}

/* The drawing of one figure as text. */
static char *dump_figure(nc_arena *arena, const nc_figure *figure, const nc_want *want)
{
    nc_scene scene;
    nc_buf out;
    nc_fit fit;
    nc_look own = look;
    nc_scene_init(&scene, arena);
    nc_buf_init(&out, NULL, 0);
    nc_figure_fit(&fit, figure, want);
    nc_figure_look(&own, figure);
    assert_true(nc_figure_draw(&scene, figure, (nc_lay_rect){0, 0, fit.w, fit.h}, &own));
    assert_true(scene.items.len > 0);
    nc_scene_dump(&out, &scene);
    assert_false(out.failed);
    nc_sv copy;
    assert_true(nc_arena_copy(&copy, arena, nc_buf_sv(&out)));
    nc_buf_release(&out);
    return (char *)(uintptr_t)copy.ptr;
}

static void shapes_are_distinct(void **state)
{
    (void)state;
    nc_arena arena;
    nc_arena_init(&arena, NULL, 0);
    const char *dumps[NC_FLOW_SHAPE_COUNT];
    for (uint32_t i = 0; i < NC_FLOW_SHAPE_COUNT; i++) {
        dumps[i] = dump_figure(&arena, nc_figure_flow((nc_flow_shape)i), &labels[1]);
        for (uint32_t k = 0; k < i; k++)
            if (strcmp(dumps[i], dumps[k]) == 0)
                fail_msg("%s and %s look the same",
                         nc_figure_name(nc_figure_flow((nc_flow_shape)i)),
                         nc_figure_name(nc_figure_flow((nc_flow_shape)k)));
    }
    nc_arena_release(&arena);
}

static void figures_are_named_after_their_shape(void **state)
{
    (void)state;
    static const char *const names[] = {
#define NC_FLOW_SHAPE(name, text) text,
#include "model/shapes.def"
#undef NC_FLOW_SHAPE
    };
    for (uint32_t i = 0; i < NC_FLOW_SHAPE_COUNT; i++)
        assert_string_equal(nc_figure_name(nc_figure_flow((nc_flow_shape)i)), names[i]);
}

static void only_harmless_links_pass(void **state)
{
    (void)state;
    static const char *const good[] = {"https://example.org/a?b#c",
                                       "HTTP://x",
                                       "mailto:a@b.c",
                                       "docs/a.md",
                                       "../a:b",
                                       "/a",
                                       "#part",
                                       "?q=a:b",
                                       ""};
    static const char *const bad[] = {"javascript:alert(1)", " JavaScript:x",  "data:text/html,x",
                                      "file:///etc/passwd",  "java\nscript:x", "vbscript:x",
                                      "jav\tascript:x",      "ftp://x"};
    for (size_t i = 0; i < NC_COUNT(good); i++)
        assert_true(nc_link_is_safe(nc_sv_cstr(good[i])));
    for (size_t i = 0; i < NC_COUNT(bad); i++)
        assert_false(nc_link_is_safe(nc_sv_cstr(bad[i])));
    assert_int_equal(nc_link_target(NC_SV("evil")).len, 0);
    assert_int_equal(nc_link_target(NC_SV("_blank")).len, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_hold_their_labels),
        cmocka_unit_test(outlines_fill_their_boxes),
        cmocka_unit_test(figures_grow_with_their_labels),
        cmocka_unit_test(figures_heed_a_least_size),
        cmocka_unit_test(shapes_are_distinct),
        cmocka_unit_test(figures_are_named_after_their_shape),
        cmocka_unit_test(only_harmless_links_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
