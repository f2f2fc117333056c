#include "theme/variables.h"

#include "theme/variables_rules.h"

#define NC_VARIABLE(name, spelling) NC_SV_INIT(spelling),
static const nc_sv names[] = {
#include "theme/variables.def"
};
#undef NC_VARIABLE
static_assert(NC_COUNT(names) == NC_VAR_COUNT, "a variable has no name");

nc_sv nc_variable_name(nc_variable variable)
{
    return names[variable];
}

nc_variable nc_variable_lookup(nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(names); i++)
        if (nc_sv_eq(name, names[i]))
            return (nc_variable)i;
    return NC_VAR_COUNT;
}

static nc_mix constant(uint32_t rgba)
{
    return nc_mix_from((nc_rgba){(uint8_t)(rgba >> 24), (uint8_t)(rgba >> 16), (uint8_t)(rgba >> 8),
                                 (uint8_t)rgba});
}

static nc_mix border_of(nc_mix m, bool dark_mode)
{
    return nc_mix_adjust(m, 0, -40, dark_mode ? 10 : -10);
}

static nc_mix readable_on(nc_mix ground)
{
    const nc_rgba dark = {0x1A, 0x22, 0x30, 255};
    const nc_rgba light = {255, 255, 255, 255};
    nc_rgba on = nc_mix_round(ground);
    on.a = 255;
    return nc_mix_from(nc_color_contrast(dark, on) >= nc_color_contrast(light, on) ? dark : light);
}

/* A border of that colour which stands out from the page and from what it surrounds: 3:1. */
static nc_mix outline_of(nc_mix m, nc_mix page)
{
    const nc_rgba ground = nc_mix_round(page);
    const nc_rgba inside = nc_mix_round(m);
    const bool lighter = nc_color_contrast(ground, (nc_rgba){0, 0, 0, 255}) < 5;
    nc_mix line = border_of(m, lighter);
    for (int i = 0; i < 10; i++) {
        const nc_rgba now = nc_mix_round(line);
        /* a fill that stands out itself needs no help */
        if (nc_color_contrast(now, ground) >= 3 &&
            (nc_color_contrast(now, inside) >= 3 || nc_color_contrast(inside, ground) >= 3))
            break;
        line = nc_mix_adjust(line, 0, 0, lighter ? 5 : -5);
    }
    return line;
}

static nc_mix evaluate(const nc_variables *v, const nc_derive *rule)
{
    const nc_mix source = v->value[rule->source];
    switch (rule->op) {
    case NC_OP_CONSTANT:
        return constant(rule->rgba);
    case NC_OP_COPY:
        return source;
    case NC_OP_BORDER:
        return border_of(source, v->dark_mode);
    case NC_OP_INVERT:
        return nc_mix_invert(source);
    case NC_OP_ADJUST:
        return nc_mix_adjust(source, rule->h, 0, rule->l);
    case NC_OP_BY_MODE:
        return constant(v->dark_mode ? rule->rgba : rule->rgba_light);
    case NC_OP_DARKEN_IN_DARK:
        return v->dark_mode ? nc_mix_adjust(source, 0, 0, rule->l) : source;
    case NC_OP_AWAY:
        /* from the middle: a light page's areas are darker than it, a dark page's lighter */
        return nc_mix_adjust(source, 0, 0, nc_color_is_dark(nc_mix_round(source)) ? 4 : -4);
    case NC_OP_READABLE:
        return readable_on(source);
    case NC_OP_OUTLINE:
        return outline_of(source, v->value[NC_VAR_BACKGROUND]);
    }
    return source;
}

static void apply(nc_variables *v, const nc_derive *rule)
{
    v->value[rule->target] = evaluate(v, rule);
    v->set[rule->target] = true;
    v->touched[rule->target] = v->touched[rule->source];
}

/* What a theme has before its author speaks. */
static void start(nc_variables *v, const nc_theme_class *theme)
{
    for (const nc_derive *rule = theme->rules; rule->target != NC_VAR_COUNT; rule++)
        if (rule->first)
            apply(v, rule);
}

static bool counts(const nc_variables *v, const nc_derive *rule, nc_deriving deriving)
{
    switch (deriving) {
    case NC_DERIVE_ALWAYS:
        return true;
    case NC_DERIVE_UNSET:
        return !v->set[rule->target];
    case NC_DERIVE_TOUCHED:
        return !v->given[rule->target] && v->touched[rule->source];
    }
    return false;
}

static void derive(nc_variables *v, const nc_theme_class *theme)
{
    for (const nc_derive *rule = theme->rules; rule->target != NC_VAR_COUNT; rule++)
        if (!rule->first && counts(v, rule, theme->deriving))
            apply(v, rule);
}

static void give(nc_variables *v, const nc_value *map)
{
    for (uint32_t i = 0; map && map->kind == NC_VALUE_MAP && i < map->len; i++) {
        const nc_member *m = &map->members[i];
        const nc_variable variable = nc_variable_lookup(m->key);
        nc_rgba color;
        if (variable == NC_VAR_COUNT || m->value->kind != NC_VALUE_STRING ||
            !nc_color_parse(&color, m->value->text))
            continue;
        v->value[variable] = nc_mix_from(color);
        v->set[variable] = v->given[variable] = v->touched[variable] = true;
    }
}

static void give_all(nc_variables *v, const nc_value *const *sources, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++) {
        const nc_value *mode = nc_value_member(sources[i], NC_SV("darkMode"));
        if (mode && mode->kind == NC_VALUE_BOOL)
            v->dark_mode = mode->boolean;
        give(v, sources[i]);
    }
}

void nc_variables_derive(nc_variables *out, const nc_theme_class *theme,
                         const nc_value *const *sources, uint32_t source_len,
                         const nc_value *overlay)
{
    start(out, theme);
    give_all(out, sources, source_len);
    derive(out, theme);
    give_all(out, sources, source_len);
    give(out, overlay);
}
