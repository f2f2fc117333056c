#include "nacre_dress.h"

#include "paint/css.h"
#include "theme/style.h"

#include <stdarg.h>
#include <stdio.h>

/* Troubles of the whole picture have no place in the text; others know theirs in its bytes. */
NC_PRINTF(4, 5)
static void tell(nc_diags *d, nc_rule rule, nc_span at, const char *fmt, ...)
{
    char message[256];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    const nc_offset_map *map = d->map;
    d->map = NULL;
    nc_diag_add(d, rule, at, "%s", message);
    d->map = map;
}

static void hint_name(nc_diags *d, nc_sv nearest)
{
    if (nearest.len)
        nc_diag_hint(d, "did you mean '%.*s'?", NC_SV_ARG(nearest));
}

/* The document's own layer, or all the others. */
static nc_config part_of(const nc_dress_wish *wish, bool own)
{
    nc_config part = *wish->config;
    if (own) {
        part.layers[0] = wish->own ? part.layers[part.len - 1] : NULL;
        part.len = wish->own ? 1 : 0;
    } else if (wish->own) {
        part.len--;
    }
    return part;
}

/* ---- the theme ------------------------------------------------------------------------------ */

static bool is_auto(nc_sv name)
{
    return nc_sv_eq(name, NC_SV("auto"));
}

/* Mermaid's name for no theme at all. */
static nc_sv without_alias(nc_sv name)
{
    return nc_sv_eq(name, NC_SV("null")) ? NC_SV("default") : name;
}

static bool is_theme(nc_sv name)
{
    nc_theme ignored;
    return is_auto(name) || nc_theme_make(&ignored, without_alias(name), NULL);
}

/* The strongest theme in a part of the configuration that there is; unknown ones are told. */
static nc_sv theme_in(const nc_config *part, bool own, nc_diags *d)
{
    const nc_value *v;
    for (uint32_t n = 0; (v = nc_config_candidate(part, "theme", n)); n++) {
        if (v->kind != NC_VALUE_STRING)
            continue;
        if (is_theme(v->text))
            return v->text;
        tell(d, NC_RULE_UNKNOWN_THEME, own ? v->at : (nc_span){0, 0}, "no theme is called '%.*s'",
             NC_SV_ARG(v->text));
        hint_name(d, nc_theme_nearest(v->text));
    }
    return (nc_sv){0};
}

/* The theme's name; *own when it is the document that names it. */
static nc_sv choose_name(const nc_dress_wish *wish, bool *own)
{
    const nc_sv wanted = nc_sv_cstr(wish->options->theme);
    const nc_config mine = part_of(wish, true);
    const nc_config others = part_of(wish, false);
    *own = false;
    if (wanted.len) {
        if (is_theme(wanted))
            return wanted;
        tell(wish->diags, NC_RULE_UNKNOWN_THEME, (nc_span){0, 0},
             "no theme is called '%.*s', drawing with 'nacre'", NC_SV_ARG(wanted));
        hint_name(wish->diags, nc_theme_nearest(wanted));
        return NC_SV("nacre");
    }
    nc_sv name = theme_in(&mine, true, wish->diags);
    *own = name.len > 0;
    if (name.len == 0)
        name = theme_in(&others, false, wish->diags);
    return name.len ? name : NC_SV("nacre");
}

static const nc_value *variables_of(const nc_value *layer)
{
    return nc_value_member(layer, NC_SV("themeVariables"));
}

/*
 * In nacre's themes, and in the one a document names, other colours follow from what is changed; in
 * another theme of Mermaid's the document's changes are laid over it, as Mermaid does.
 */
static void make_theme(nc_dress *out, const nc_dress_wish *wish, nc_sv name, bool own)
{
    const nc_value *maps[NC_CONFIG_LAYERS];
    nc_theme_change change = {.sources = maps};
    const bool follow = own || !wish->own || is_auto(name) || nc_sv_starts(name, NC_SV("nacre"));
    for (uint32_t i = 0; i < wish->config->len; i++)
        maps[i] = variables_of(wish->config->layers[i]);
    change.source_len = wish->config->len - (follow ? 0 : 1);
    if (!follow)
        change.overlay = maps[wish->config->len - 1];
    out->two_sided = is_auto(name);
    /* the name was found before */
    (void)!nc_theme_make(&out->light, is_auto(name) ? NC_SV("nacre") : without_alias(name),
                         &change);
    if (out->two_sided)
        (void)!nc_theme_make(&out->dark, NC_SV("nacre-dark"), &change);
}

/* Mermaid's C4 colours are settings of that diagram: `c4.person_bg_color`. */
static void take_c4(nc_theme *theme, const nc_config *config)
{
    static const struct {
        const char *fill, *line;
        nc_token fill_token, line_token, text_token;
    } rows[] = {
        {"person_bg_color", "person_border_color", NC_TOKEN_PERSON_FILL, NC_TOKEN_PERSON_LINE,
         NC_TOKEN_PERSON_TEXT},
        {"system_bg_color", "system_border_color", NC_TOKEN_SYSTEM_FILL, NC_TOKEN_SYSTEM_LINE,
         NC_TOKEN_SYSTEM_TEXT},
        {"container_bg_color", "container_border_color", NC_TOKEN_CONTAINER_FILL,
         NC_TOKEN_CONTAINER_LINE, NC_TOKEN_CONTAINER_TEXT},
        {"component_bg_color", "component_border_color", NC_TOKEN_COMPONENT_FILL,
         NC_TOKEN_COMPONENT_LINE, NC_TOKEN_COMPONENT_TEXT},
        {"external_system_bg_color", "external_system_border_color", NC_TOKEN_EXTERNAL_FILL,
         NC_TOKEN_EXTERNAL_LINE, NC_TOKEN_EXTERNAL_TEXT},
    };
    if (config->family != NC_FAMILY_C4)
        return;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_rgba color;
        if (nc_color_parse(&color, nc_config_text(config, rows[i].fill, (nc_sv){0}))) {
            theme->colors[rows[i].fill_token] = theme->colors[rows[i].line_token] = color;
            theme->colors[rows[i].text_token] = nc_color_readable(color);
        }
        if (nc_color_parse(&color, nc_config_text(config, rows[i].line, (nc_sv){0})))
            theme->colors[rows[i].line_token] = color;
    }
}

/* ---- look, ground, style sheets ------------------------------------------------------------- */

/* True for `neo`: the strongest look that there is. */
static bool is_neo(const nc_dress_wish *wish)
{
    static const nc_sv looks[] = {NC_SV_INIT("classic"), NC_SV_INIT("neo"),
                                  NC_SV_INIT("handDrawn")};
    const nc_config mine = part_of(wish, true);
    const nc_value *v;
    for (uint32_t n = 0; (v = nc_config_candidate(wish->config, "look", n)); n++) {
        /* candidates of the document come first, as often as it has any */
        const bool own = nc_config_candidate(&mine, "look", n) == v;
        const nc_span at = own ? v->at : (nc_span){0, 0};
        if (v->kind != NC_VALUE_STRING)
            continue;
        if (nc_sv_eq(v->text, looks[0]) || nc_sv_eq(v->text, looks[1]))
            return nc_sv_eq(v->text, looks[1]);
        if (nc_sv_eq(v->text, looks[2])) {
            tell(wish->diags, NC_RULE_LOOK, at, "'handDrawn' is drawn in the look 'classic'");
            return false;
        }
        tell(wish->diags, NC_RULE_LOOK, at, "no look is called '%.*s'", NC_SV_ARG(v->text));
        hint_name(wish->diags, nc_nearest(v->text, looks, NC_COUNT(looks)));
    }
    return false;
}

static void choose_ground(nc_dress *out, const nc_dress_wish *wish)
{
    const char *const wanted = wish->options->background;
    if (!wanted)
        return;
    out->has_background = nc_color_parse(&out->background, nc_sv_cstr(wanted));
    if (out->has_background)
        return;
    tell(wish->diags, NC_RULE_BAD_COLOR, (nc_span){0, 0},
         "'%s' is no colour, keeping the theme's ground", wanted);
    hint_name(wish->diags, nc_color_nearest(nc_sv_cstr(wanted)));
}

static void choose_sheets(nc_dress *out, const nc_dress_wish *wish)
{
    const nc_config mine = part_of(wish, true);
    const nc_value *sheet = nc_config_root(wish->config, "themeCSS");
    if (sheet && sheet->kind == NC_VALUE_STRING) {
        out->sheets[0] = sheet->text;
        if (mine.len && nc_value_member(mine.layers[0], NC_SV("themeCSS")) == sheet)
            out->sheets_at[0] = sheet->at;
    }
    out->sheets[1] = nc_sv_cstr(wish->options->css);
}

/* What the format, or a picture without styles, cannot hold is told and left out. */
static void heed_format(nc_dress *out, const nc_dress_wish *wish)
{
    const nacre_options *options = wish->options;
    const bool styled = options->format == NACRE_SVG && !options->csp;
    const char *const what = options->format == NACRE_SVG         ? "an SVG without styles"
                             : options->format == NACRE_SVG_PLAIN ? "a plain SVG"
                             : options->format == NACRE_PNG       ? "a PNG"
                                                                  : "a PDF";
    if (out->two_sided && !styled) {
        tell(wish->diags, NC_RULE_NOT_IN_FORMAT, (nc_span){0, 0},
             "%s cannot follow its reader's light or dark mode and is drawn with 'nacre'", what);
        out->two_sided = false;
    }
    if ((out->sheets[0].len || out->sheets[1].len) && !styled) {
        tell(wish->diags, NC_RULE_NOT_IN_FORMAT, (nc_span){0, 0}, "%s has no style sheet", what);
        out->sheets[0] = out->sheets[1] = (nc_sv){0};
    }
    if (options->embed_source && options->format == NACRE_PDF)
        tell(wish->diags, NC_RULE_NOT_IN_FORMAT, (nc_span){0, 0}, "%s does not carry its source",
             what);
}

void nc_dress_choose(nc_dress *out, const nc_dress_wish *wish)
{
    bool own;
    *out = (nc_dress){0};
    const nc_sv name = choose_name(wish, &own);
    make_theme(out, wish, name, own);
    take_c4(&out->light, wish->config);
    take_c4(&out->dark, wish->config);
    if (wish->own)
        nc_theme_check(variables_of(wish->config->layers[wish->config->len - 1]), wish->diags);
    out->neo = is_neo(wish);
    choose_ground(out, wish);
    choose_sheets(out, wish);
    heed_format(out, wish);
}

bool nc_dress_css(nc_sv *out, nc_arena *a, const nc_dress *dress, const char *id, nc_diags *d)
{
    nc_buf css;
    const nc_offset_map *map = d->map;
    bool ok = true;
    nc_buf_init(&css, &a->from, 0);
    d->map = NULL;
    for (size_t i = 0; ok && i < NC_COUNT(dress->sheets); i++)
        ok = nc_css_clean(&css, a, dress->sheets[i], nc_sv_cstr(id), dress->sheets_at[i], d);
    d->map = map;
    ok = ok && !css.failed && nc_arena_copy(out, a, nc_buf_sv(&css));
    nc_buf_release(&css);
    return ok;
}
