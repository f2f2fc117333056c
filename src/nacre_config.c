/* Configuration files by themselves: nacre_config_check. */
#include "nacre_internal.h"
#include "source/config.h"
#include "theme/theme.h"

enum { CONFIG_BUDGET = 64 * 1024 * 1024 };

/* False without memory. */
static bool check(nc_diags *d, nc_arena *a, nc_sv text)
{
    const nc_value *layer = NULL;
    nc_value_error error = {0};
    nc_config config = {0};
    if (!nc_yaml_read(&layer, a, text, 0, &error)) {
        if (nc_arena_failed(a))
            return false;
        nc_diag_add(d, NC_RULE_CONFIG_FILE, error.at, "the configuration is no YAML: %.*s",
                    NC_SV_ARG(error.message));
        return true;
    }
    if (layer && layer->kind != NC_VALUE_MAP && layer->kind != NC_VALUE_NULL) {
        nc_diag_add(d, NC_RULE_CONFIG_FILE, layer->at, "the configuration is no map of keys");
        return true;
    }
    if (!nc_config_add(&config, a, layer, false, d))
        return false;
    nc_theme_check(nc_value_member(layer, NC_SV("themeVariables")), d);
    return true;
}

nacre_status nacre_config_check(nacre_context *context, const char *text, size_t len,
                                nacre_report report, void *payload)
{
    nc_arena arena;
    nc_diags diags;
    nc_sv copy;
    const nc_alloc alloc = nc_context_alloc(context);
    nc_arena_init(&arena, &alloc, CONFIG_BUDGET);
    nc_diags_init(&diags, &arena);
    bool complete =
        nc_arena_copy(&copy, &arena, nc_sv_from(text, len)) && check(&diags, &arena, copy);
    for (uint32_t i = 0; complete && i < diags.list.len; i++) {
        const nc_diag *diag = &diags.list.ptr[i];
        nc_text_walk walk = {0};
        const nacre_diagnostic told = nc_told(diag, nc_text_walk_to(&walk, copy, diag->at.start));
        report(&told, payload);
    }
    nacre_status status = !complete ? NACRE_ERR_NOMEM : diags.errors ? NACRE_ERR_USAGE : NACRE_OK;
    nc_arena_release(&arena);
    return status;
}

/* A text without NUL bytes, which no path has. */
static bool is_path(const nc_value *value)
{
    return value->kind == NC_VALUE_STRING && value->text.len &&
           !memchr(value->text.ptr, '\0', value->text.len);
}

/* False without memory. */
static bool give_path(nc_arena *a, const char *key, nc_sv name, const nc_value *value,
                      nacre_take_path take, void *payload)
{
    nc_sv path;
    nc_sv copy;
    if (!is_path(value))
        return true;
    if (!nc_arena_copy(&path, a, value->text) || !nc_arena_copy(&copy, a, name))
        return false;
    take(key, copy.ptr, path.ptr, payload);
    return true;
}

nacre_status nacre_config_paths(nacre_context *context, const char *text, size_t len,
                                nacre_take_path take, void *payload)
{
    nc_arena arena;
    nc_value_error error = {0};
    const nc_value *root = NULL;
    nc_sv copy;
    const nc_alloc alloc = nc_context_alloc(context);
    nc_arena_init(&arena, &alloc, CONFIG_BUDGET);
    bool ok = nc_arena_copy(&copy, &arena, nc_sv_from(text, len));
    const bool sound = ok && nc_yaml_read(&root, &arena, copy, 0, &error);
    const nc_value *icons = sound ? nc_value_member(root, NC_SV("icons")) : NULL;
    const nc_value *images = sound ? nc_value_member(root, NC_SV("images")) : NULL;
    for (uint32_t i = 0; ok && icons && icons->kind == NC_VALUE_MAP && i < icons->len; i++)
        ok = give_path(&arena, "icons", icons->members[i].key, icons->members[i].value, take,
                       payload);
    if (ok && images)
        ok = give_path(&arena, "images", NC_SV(""), images, take, payload);
    ok = ok && !nc_arena_failed(&arena);
    nc_arena_release(&arena);
    return !ok ? NACRE_ERR_NOMEM : sound ? NACRE_OK : NACRE_ERR_USAGE;
}
