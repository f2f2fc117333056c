#include "fuzz.h"

#include "base/utf8.h"

#include <jansson.h>

static bool is_shown_plainly(nc_sv text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < 0x20 || text.ptr[i] == 0x7f)
            return false;
    return nc_utf8_invalid(text) == SIZE_MAX;
}

static void check_diag(const nc_diag *diag, size_t text_len)
{
    FUZZ_REQUIRE(diag->at.start <= diag->at.end);
    FUZZ_REQUIRE(diag->at.end <= text_len);
    FUZZ_REQUIRE(diag->message.len > 0);
    FUZZ_REQUIRE(is_shown_plainly(diag->message));
    FUZZ_REQUIRE(is_shown_plainly(diag->hint));
}

void fuzz_check_diags(const nc_diags *d, size_t text_len)
{
    uint32_t errors = 0;
    for (uint32_t i = 0; i < d->list.len; i++) {
        check_diag(&d->list.ptr[i], text_len);
        errors += d->list.ptr[i].severity == NC_ERROR;
    }
    for (uint32_t i = 0; i < d->notes.len; i++)
        check_diag(&d->notes.ptr[i], text_len);
    FUZZ_REQUIRE(d->draw_errors <= d->errors);
    FUZZ_REQUIRE(errors <= d->errors && d->errors <= errors + d->suppressed);
}

void fuzz_check_map(const nc_source *source)
{
    const nc_offset_map *map = &source->map;
    uint32_t before = 0;
    for (uint32_t i = 0; i < map->len; i++) {
        FUZZ_REQUIRE(map->pieces[i].text <= source->text.len);
        FUZZ_REQUIRE(i == 0 || map->pieces[i].text > map->pieces[i - 1].text);
    }
    for (uint32_t i = 0; i <= source->text.len; i++) {
        uint32_t at = nc_offset_origin(map, i);
        FUZZ_REQUIRE(at >= before && at <= source->origin.len);
        before = at;
    }
}

static void check_dump(const fuzz_family *family, const void *model, bool mermaid)
{
    nc_buf out;
    json_error_t error;
    nc_buf_init(&out, NULL, 0);
    family->dump(&out, model, mermaid);
    FUZZ_REQUIRE(!out.failed);
    json_t *json = json_loadb(out.ptr, out.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!json)
        fprintf(stderr, "%s\n%s\n", error.text, out.ptr);
    FUZZ_REQUIRE(json_is_object(json));
    json_decref(json);
    nc_buf_release(&out);
}

/* False when the text is of another family, or of none. */
static bool read_text(const fuzz_family *family, nc_sv text)
{
    nc_arena arena;
    nc_diags diags;
    nc_source source;
    nc_arena_init(&arena, NULL, FUZZ_BUDGET);
    nc_diags_init(&diags, &arena);
    bool ours = nc_source_read(&source, &arena, text, FUZZ_MAX_BYTES, &diags) &&
                source.family == family->id;
    if (ours) {
        void *model = nc_arena_alloc(&arena, 1, family->model_size, _Alignof(max_align_t));
        FUZZ_REQUIRE(model && family->parse(model, &arena, &source, &diags));
        if (diags.errors == diags.draw_errors) {
            check_dump(family, model, true);
            check_dump(family, model, false);
        }
    }
    fuzz_check_diags(&diags, text.len);
    nc_arena_release(&arena);
    return ours;
}

void fuzz_read(const fuzz_family *family, const uint8_t *data, size_t size)
{
    nc_sv text = {(const char *)data, size};
    if (size > FUZZ_MAX_BYTES / 2 || read_text(family, text))
        return;
    size_t header = strlen(family->header);
    char *copy = malloc(header + size + 1);
    FUZZ_REQUIRE(copy);
    memcpy(copy, family->header, header);
    if (size)
        memcpy(copy + header, data, size);
    (void)read_text(family, nc_sv_from(copy, header + size));
    free(copy);
}
