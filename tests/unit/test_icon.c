#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fonts/icons.h"
#include "icon/image.h"
#include "icon/parts.h"
#include "icon/path_data.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct world {
    nc_arena arena;
    nc_diags diags;
} world;

static int set_up(void **state)
{
    world *w = calloc(1, sizeof *w);
    nc_arena_init(&w->arena, NULL, 0);
    nc_diags_init(&w->diags, &w->arena);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    world *w = *state;
    nc_arena_release(&w->arena);
    free(w);
    return 0;
}

/* A path as text, whole px. */
static void spell(char *out, size_t size, const nc_path *path)
{
    const nc_point *p = path->points;
    size_t len = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < path->verb_len; i++) {
        static const uint32_t counts[] = {1, 1, 3, 0};
        len += (size_t)snprintf(out + len, size - len, "%c", "MLCZ"[path->verbs[i]]);
        for (uint32_t k = 0; k < counts[path->verbs[i]]; k++, p++)
            len += (size_t)snprintf(out + len, size - len, "%s%.0f,%.0f", k ? " " : "", p->x + 0.0,
                                    p->y + 0.0);
    }
}

static void assert_path(world *w, const char *d, const char *want, bool sound)
{
    nc_path_builder b;
    nc_path path;
    char got[1024];
    const nc_matrix same = NC_MATRIX_IDENTITY;
    nc_path_init(&b, &w->arena);
    assert_int_equal(nc_path_data_read(&b, nc_sv_cstr(d), &same), sound);
    assert_true(nc_path_take(&path, &b));
    spell(got, sizeof got, &path);
    assert_string_equal(got, want);
}

static void path_data_of_every_command(void **state)
{
    assert_path(*state, "M1 2L3,4H5V6Z", "M1,2L3,4L5,4L5,6Z", true);
    assert_path(*state, "m1 2l3-4h5v6zm1 1 2 2", "M1,2L4,-2L9,-2L9,4ZM2,3L4,5", true);
    assert_path(*state, "M0 0C1 2 3 4 5 6S9 9 10 10", "M0,0C1,2 3,4 5,6C7,8 9,9 10,10", true);
    assert_path(*state, "M0 0Q3 3 6 0T12 0", "M0,0C2,2 4,2 6,0C8,-2 10,-2 12,0", true);
}

static void arcs_are_parts_of_their_ellipses(void **state)
{
    world *w = *state;
    assert_path(w, "M10 0A10 10 0 010 10", "M10,0C10,6 6,10 0,10", true);
    assert_path(w, "M10 0A10 10 0 00 0-10", "M10,0C10,-6 6,-10 0,-10", true);
    /* flags without a blank, a radius that is too short, one that is nothing */
    assert_path(w, "M0 0a1 1 0 0120 0", "M0,0C0,-6 4,-10 10,-10C16,-10 20,-6 20,0", true);
    assert_path(w, "M0 0A0 5 0 0 1 9 9", "M0,0L9,9", true);
}

static void a_fault_ends_a_path(void **state)
{
    assert_path(*state, "M1 1L2 2L3", "M1,1L2,2", false);
    assert_path(*state, "L2 2", "", false);
    assert_path(*state, "M1 1X2", "M1,1", false);
    assert_path(*state, "M1 1Z2 2", "M1,1Z", false);
    assert_path(*state, "M1 1L1e9 2", "M1,1", false);
    assert_path(*state, "", "", true);
}

static void transformations(void **state)
{
    static const struct {
        const char *text;
        double x, y; /* of 1, 0 */
        bool sound;
    } rows[] = {
        {"translate(2 3)", 3, 3, true},
        {"scale(2)", 2, 0, true},
        {"rotate(90)", 0, 1, true},
        {"rotate(180 1 1)", 1, 2, true},
        {"translate(1) scale(3, 2)", 4, 0, true},
        {"matrix(1 0 0 1 5 6)", 6, 6, true},
        {"skewY(45)", 1, 1, true},
        {"turn(3)", 1, 0, false},
        {"scale(2) rotate(", 2, 0, false},
    };
    (void)state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_matrix m = NC_MATRIX_IDENTITY;
        assert_int_equal(nc_matrix_read(&m, nc_sv_cstr(rows[i].text)), rows[i].sound);
        const nc_point p = nc_matrix_apply(&m, 1, 0);
        assert_float_equal(p.x, rows[i].x, 1e-9);
        assert_float_equal(p.y, rows[i].y, 1e-9);
    }
}

/* Every outline of the font is sound, inside its em and not empty; names are found by halving. */
static void font_awesome_is_whole(void **state)
{
    world *w = *state;
    assert_true(nc_awesome_name_len > 700);
    for (size_t i = 0; i < nc_awesome_name_len; i++) {
        nc_icon icon = {0};
        bool found;
        const nc_sv name = nc_sv_cstr(nc_awesome_names[i].name);
        assert_true(i == 0 || nc_sv_cmp(nc_sv_cstr(nc_awesome_names[i - 1].name), name) < 0);
        assert_true(nc_awesome_read(&icon, &found, &w->arena, NC_SV("fa"), name));
        assert_true(found);
        assert_true(icon.shapes[0].path.verb_len > 3);
        for (uint32_t k = 0; k < icon.shapes[0].path.point_len; k++) {
            const nc_point p = icon.shapes[0].path.points[k];
            assert_true(p.x > -4 && p.x < icon.w + 4 && p.y > -4 && p.y < icon.h + 4);
        }
    }
}

static void newer_names_lead_to_older_pictures(void **state)
{
#define NC_RENAMED(new, old) {new, old},
    static const char *const rows[][2] = {
#include "icon/renamed.def"
    };
#undef NC_RENAMED
    world *w = *state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_icon icon;
        bool found;
        assert_true(i == 0 || strcmp(rows[i - 1][0], rows[i][0]) < 0);
        assert_true(
            nc_awesome_read(&icon, &found, &w->arena, NC_SV("fas"), nc_sv_cstr(rows[i][0])));
        if (!found)
            fail_msg("%s has no picture", rows[i][0]);
    }
}

static const char *find(world *w, nc_icon_book *book, const char *name)
{
    const nc_icon *icon;
    w->diags.list.len = 0;
    assert_true(nc_icon_find(&icon, book, nc_sv_cstr(name), (nc_span){1, 2}));
    assert_true(icon->w > 0 && icon->h > 0 && icon->len > 0);
    return w->diags.list.len ? w->diags.list.ptr[0].hint.len ? w->diags.list.ptr[0].hint.ptr : "-"
                             : "";
}

static void names_are_found_or_reported_once(void **state)
{
    world *w = *state;
    nc_icon_book *book = nc_icon_book_new(&w->arena, NULL, &w->diags);
    assert_string_equal(find(w, book, "fa:car"), "");
    assert_string_equal(find(w, book, "fa:fa-car"), "");
    assert_string_equal(find(w, book, "far:bell"), "");
    assert_string_equal(find(w, book, "fas:magnifying-glass"), "");
    assert_string_equal(find(w, book, "fab:github"), "");
    assert_string_equal(find(w, book, "fa:fa-gihtub"), "did you mean 'fa:fa-github'?");
    assert_string_equal(find(w, book, "fa:fa-gihtub"), "");
    assert_non_null(strstr(find(w, book, "mdi:home"), "no pack 'mdi'"));
    assert_string_equal(find(w, book, "home"), "a pack stands in front: 'fa:home'");
}

static const char demo[] =
    "{\"prefix\":\"demo\",\"height\":24,\"width\":24,\"icons\":{"
    "\"line\":{\"body\":\"<g fill='none' stroke='currentColor' stroke-width='2'><path "
    "d='M1 1h4'/></g>\"},"
    "\"box\":{\"width\":40,\"body\":\"<rect x='4' width='8' height='6' fill='#f00'/>\"},"
    "\"defs\":{\"body\":\"<defs><path d='M0 0'/></defs><path fill='url(#a)' d='M1 1h4v4z'/>\"},"
    "\"nothing\":{\"body\":\"<script>alert(1)</script>\"},\"flat\":{\"body\":5}},"
    "\"aliases\":{\"turned\":{\"parent\":\"box\",\"rotate\":1},\"loop\":{\"parent\":\"loop\"}}}";

static const nc_icon *demo_icon(world *w, const char *name)
{
    char error[NC_PACK_ERROR_MAX];
    const nc_icon *icon;
    nc_icon_packs *packs = nc_icon_packs_new(NULL);
    assert_int_equal(nc_icon_packs_add(packs, NC_SV("demo"), nc_sv_cstr(demo), error), NC_PACK_OK);
    nc_icon_book *book = nc_icon_book_new(&w->arena, packs, &w->diags);
    w->diags.list.len = 0;
    assert_true(nc_icon_find(&icon, book, nc_sv_cstr(name), (nc_span){0, 1}));
    nc_icon_packs_drop(packs);
    return icon;
}

static void packs_of_iconify(void **state)
{
    world *w = *state;
    char path[256];
    const nc_icon *line = demo_icon(w, "demo:line");
    assert_int_equal(line->len, 1);
    assert_int_equal(line->shapes[0].fill.ink, NC_ICON_NO_INK);
    assert_int_equal(line->shapes[0].stroke.ink, NC_ICON_CURRENT);
    assert_float_equal(line->shapes[0].width, 2, 1e-9);
    const nc_icon *box = demo_icon(w, "demo:box");
    assert_float_equal(box->w, 40, 1e-9);
    assert_int_equal(box->shapes[0].fill.color.r, 255);
    const nc_icon *turned = demo_icon(w, "demo:turned");
    assert_float_equal(turned->w, 24, 1e-9);
    assert_float_equal(turned->h, 40, 1e-9);
    spell(path, sizeof path, &turned->shapes[0].path);
    assert_string_equal(path, "M24,4L24,12L18,12L18,4L24,4Z");
    assert_int_equal(w->diags.list.len, 0);
}

static void what_is_no_plain_drawing_is_reported(void **state)
{
    static const char *const names[] = {"demo:defs", "demo:nothing", "demo:flat", "demo:loop",
                                        "demo:lien"};
    world *w = *state;
    for (size_t i = 0; i < NC_COUNT(names); i++) {
        assert_true(demo_icon(w, names[i])->len > 0); /* a question mark at least */
        assert_int_equal(w->diags.list.len, 1);
    }
    assert_string_equal(w->diags.list.ptr[0].hint.ptr, "did you mean 'demo:line'?");
}

static void what_is_no_pack_is_refused(void **state)
{
    static const char *const texts[] = {"", "[]", "{\"icons\":[]}", "{\"icons\":{}", "nonsense"};
    char error[NC_PACK_ERROR_MAX];
    nc_icon_packs *packs = nc_icon_packs_new(NULL);
    (void)state;
    for (size_t i = 0; i < NC_COUNT(texts); i++) {
        error[0] = '\0';
        assert_int_equal(nc_icon_packs_add(packs, NC_SV("x"), nc_sv_cstr(texts[i]), error),
                         NC_PACK_BAD);
        assert_true(error[0] != '\0');
    }
    assert_int_equal(nc_icon_packs_add(packs, NC_SV("a:b"), NC_SV("{\"icons\":{}}"), error),
                     NC_PACK_BAD);
    assert_int_equal(nc_icon_packs_hash(packs), 0);
    nc_icon_packs_drop(packs);
}

static void headers_of_png(void **state)
{
    static const char whole[] =
        "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x02\0\0\0\x03\x08\0\0\0\0crc_"
        "\0\0\0\0IENDcrc_and more";
    const nc_sv bytes = {whole, sizeof whole - 1};
    uint32_t w;
    uint32_t h;
    size_t len;
    (void)state;
    assert_true(nc_png_head(&w, &h, &len, bytes));
    assert_int_equal(w, 2);
    assert_int_equal(h, 3);
    assert_int_equal(len, bytes.len - strlen("and more")); /* what is behind the end is cut off */
    for (size_t cut = 0; cut < len; cut++)
        assert_false(nc_png_head(&w, &h, &len, nc_sv_slice(bytes, 0, cut)));
}

static void images_that_are_refused(void **state)
{
    static const char *const rows[][2] = {
        {"data:image/svg+xml;base64,AAAA", "only"}, {"data:image/png;base64,A!", "base64"},
        {"data:image/png;base64,AAAA", "no PNG"},   {"https://example.org/x.png", "network"},
        {"file:///etc/passwd", "network"},          {"logo.png", "no folder"},
    };
    world *w = *state;
    nc_images images = {.arena = &w->arena, .diags = &w->diags, .check_only = true};
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        const nc_image *image;
        w->diags.list.len = 0;
        assert_true(nc_image_find(&image, &images, nc_sv_cstr(rows[i][0]), (nc_span){0, 1}));
        assert_null(image);
        assert_int_equal(w->diags.list.len, 1);
        assert_non_null(strstr(w->diags.list.ptr[0].message.ptr, rows[i][1]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(path_data_of_every_command, set_up, tear_down),
        cmocka_unit_test_setup_teardown(arcs_are_parts_of_their_ellipses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_fault_ends_a_path, set_up, tear_down),
        cmocka_unit_test(transformations),
        cmocka_unit_test_setup_teardown(font_awesome_is_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(newer_names_lead_to_older_pictures, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_are_found_or_reported_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(packs_of_iconify, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_plain_drawing_is_reported, set_up, tear_down),
        cmocka_unit_test(what_is_no_pack_is_refused),
        cmocka_unit_test(headers_of_png),
        cmocka_unit_test_setup_teardown(images_that_are_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
