#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cairo/faces.h"
#include "text/text.h"

static void note_end(void *payload)
{
    *(bool *)payload = true;
}

static hb_blob_t *watched_blob(nc_sv bytes, bool *ended)
{
    *ended = false;
    return hb_blob_create(bytes.ptr, (unsigned)bytes.len, HB_MEMORY_MODE_READONLY, ended, note_end);
}

static void a_face_keeps_its_bytes(void **state)
{
    (void)state;
    bool ended;
    hb_blob_t *blob = watched_blob(nc_face_bytes(NC_FACE_REGULAR), &ended);
    cairo_font_face_t *face = nc_cairo_face_open(blob, 0, NULL, 0);
    assert_non_null(face);
    hb_blob_destroy(blob);
    assert_false(ended);
    cairo_font_face_destroy(face);
    cairo_debug_reset_static_data(); /* what is kept for the next one */
    assert_true(ended);
}

static void what_is_no_font_is_let_go(void **state)
{
    (void)state;
    bool ended;
    hb_blob_t *blob = watched_blob(NC_SV("no font"), &ended);
    assert_null(nc_cairo_face_open(blob, 0, NULL, 0));
    hb_blob_destroy(blob);
    assert_true(ended);
    assert_null(nc_cairo_face_new(NC_SV("no font either")));
    assert_null(nc_cairo_face_new((nc_sv){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_face_keeps_its_bytes),
        cmocka_unit_test(what_is_no_font_is_let_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
