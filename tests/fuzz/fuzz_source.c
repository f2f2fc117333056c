/* Any bytes through the first stage: fences, directives, comments, entity codes, detection. */
#include "fuzz.h"

#include "base/utf8.h"
#include "source/config.h"

static void check_codes(const nc_source *source, nc_arena *a)
{
    nc_sv decoded;
    nc_sv undone;
    FUZZ_REQUIRE(nc_source_decode(&decoded, a, source->text));
    FUZZ_REQUIRE(nc_source_undo(&undone, a, source->text));
    FUZZ_REQUIRE(nc_utf8_invalid(decoded) == SIZE_MAX);
    FUZZ_REQUIRE(nc_utf8_invalid(undone) == SIZE_MAX);
}

static void check_config(const nc_source *source, nc_arena *a, nc_diags *d)
{
    nc_config config = {.family = source->family};
    d->map = NULL; /* values of configuration know their own places */
    FUZZ_REQUIRE(nc_config_add(&config, a, source->config, true, d));
    (void)nc_config_number(&config, "nodeSpacing", 50);
    (void)nc_config_appearance(&config, "theme", (nc_sv){0});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nc_sv text = {(const char *)data, size};
    nc_arena arena;
    nc_diags diags;
    nc_source source;
    nc_arena_init(&arena, NULL, FUZZ_BUDGET);
    nc_diags_init(&diags, &arena);
    if (nc_source_read(&source, &arena, text, FUZZ_MAX_BYTES, &diags)) {
        FUZZ_REQUIRE(nc_utf8_invalid(source.text) == SIZE_MAX);
        FUZZ_REQUIRE(nc_sv_ends(source.text, NC_SV("\n")));
        fuzz_check_map(&source);
        check_codes(&source, &arena);
        check_config(&source, &arena, &diags);
    } else {
        FUZZ_REQUIRE(diags.errors > 0);
    }
    fuzz_check_diags(&diags, size);
    nc_arena_release(&arena);
    return 0;
}
