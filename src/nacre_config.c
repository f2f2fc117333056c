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
