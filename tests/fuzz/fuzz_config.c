/* Any bytes as YAML and as JSON, and what comes of them as configuration. */
#include "fuzz.h"

#include "base/utf8.h"
#include "source/config.h"

typedef struct walk {
    const nc_value *value;
    uint32_t next; /* member to visit */
} walk;

enum { DEEPEST = 80 };

static bool is_within(nc_span at, size_t size)
{
    return at.start <= at.end && at.end <= size;
}

static void check_value(const nc_value *value, size_t size)
{
    FUZZ_REQUIRE(is_within(value->at, size));
    for (uint32_t i = 0; i < value->len; i++)
        FUZZ_REQUIRE(value->members[i].value && is_within(value->members[i].key_at, size));
    if (value->kind == NC_VALUE_STRING)
        FUZZ_REQUIRE(nc_utf8_invalid(value->text) == SIZE_MAX);
}

/* Depth and number of values are bounded, whatever aliases do. */
static void check_tree(const nc_value *root, size_t size)
{
    walk stack[DEEPEST] = {{root, 0}};
    size_t visited = 0;
    for (int depth = root ? 1 : 0; depth > 0;) {
        walk *top = &stack[depth - 1];
        if (top->next == 0) {
            check_value(top->value, size);
            visited++;
        }
        if (top->next == top->value->len) {
            depth--;
            continue;
        }
        FUZZ_REQUIRE(depth < DEEPEST);
        stack[depth++] = (walk){top->value->members[top->next++].value, 0};
    }
    FUZZ_REQUIRE(visited <= size + 10001);
}

static void check_config(nc_arena *a, const nc_value *weak, const nc_value *strong, size_t size)
{
    for (int untrusted = 0; untrusted < 2; untrusted++) {
        nc_diags diags;
        nc_config config = {.family = NC_FAMILY_SEQUENCE};
        nc_diags_init(&diags, a);
        FUZZ_REQUIRE(nc_config_add(&config, a, weak, false, &diags));
        FUZZ_REQUIRE(nc_config_add(&config, a, strong, untrusted, &diags));
        (void)nc_config_number(&config, "actorMargin", 50);
        (void)nc_config_bool(&config, "mirrorActors", true);
        (void)nc_config_root(&config, "themeVariables");
        (void)nc_config_candidate(&config, "theme", 1);
        fuzz_check_diags(&diags, size);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nc_sv text = {(const char *)data, size};
    nc_arena arena;
    nc_value_error error;
    const nc_value *yaml = NULL;
    const nc_value *json = NULL;
    /* the source stage has refused what is no UTF-8 before */
    if (size > FUZZ_MAX_BYTES || nc_utf8_invalid(text) != SIZE_MAX)
        return 0;
    nc_arena_init(&arena, NULL, FUZZ_BUDGET);
    if (!nc_yaml_read(&yaml, &arena, text, 0, &error))
        FUZZ_REQUIRE(error.message.len && is_within(error.at, size + 1));
    if (!nc_json_read(&json, &arena, text, 0, &error))
        FUZZ_REQUIRE(error.message.len && is_within(error.at, size + 1));
    check_tree(yaml, size);
    check_tree(json, size);
    check_config(&arena, json, yaml, size);
    FUZZ_REQUIRE(!nc_arena_failed(&arena));
    nc_arena_release(&arena);
    return 0;
}
