#include "paint/svg_style.h"

#include "paint/xml.h"

static void use(bool used[NC_TOKEN_COUNT], nc_paint paint)
{
    used[paint.token] = true;
}

void nc_svg_paints_find(nc_svg_paints *out, const nc_scene *scene, const nc_paint_options *options)
{
    *out = (nc_svg_paints){.theme = options->theme, .dark = options->dark};
    for (uint32_t i = 0; i < scene->items.len; i++) {
        const nc_item *item = &scene->items.ptr[i];
        if (item->kind == NC_ITEM_TEXT)
            use(out->fills, item->as.text.fill);
        if (item->kind != NC_ITEM_SHAPE)
            continue;
        use(out->fills, item->as.shape.fill);
        use(out->lines, item->as.shape.stroke.paint);
        if (nc_sv_starts(item->as.shape.css_class, NC_SV("edge-animation")))
            out->animated = true;
    }
}

static void put_word(nc_buf *out, bool *first, const char *prefix, nc_sv word)
{
    if (word.len == 0)
        return;
    nc_buf_put(out, nc_sv_cstr(*first ? " class=\"" : " "));
    nc_buf_put(out, nc_sv_cstr(prefix));
    nc_xml_text(out, word);
    *first = false;
}

static nc_sv token_word(const nc_svg_paints *paints, nc_paint paint)
{
    if (!paints->dark || paint.token == NC_TOKEN_NONE)
        return (nc_sv){0};
    return nc_sv_cstr(nc_token_name(paint.token));
}

void nc_svg_class(nc_buf *out, const nc_svg_paints *paints, const char *name, nc_sv more,
                  nc_paint fill, nc_paint line)
{
    bool first = true;
    put_word(out, &first, "", nc_sv_cstr(name));
    put_word(out, &first, "", more);
    put_word(out, &first, "f-", token_word(paints, fill));
    put_word(out, &first, "s-", token_word(paints, line));
    if (!first)
        nc_buf_char(out, '"');
}

void nc_svg_style_begin(nc_buf *out)
{
    /* a viewer's own Inter would turn -> into an arrow */
    NC_BUF_LIT(out, "<style>\ntext{font-variant-ligatures:none}\n");
}

static void put_rule(nc_buf *out, const char *id, const char *prefix, const char *property,
                     nc_token token, nc_rgba c)
{
    /* `:where` weighs nothing: a page's rules win over these as they do over attributes */
    nc_buf_fmt(out, ":where(#%s) .%s-%s{%s:#%02x%02x%02x}\n", id, prefix, nc_token_name(token),
               property, c.r, c.g, c.b);
}

static void put_dark(nc_buf *out, const nc_svg_paints *paints, const char *id)
{
    NC_BUF_LIT(out, "@media (prefers-color-scheme:dark){\n");
    for (nc_token token = NC_TOKEN_GROUND; token < NC_TOKEN_COUNT; token++) {
        if (paints->fills[token])
            put_rule(out, id, "f", "fill", token, paints->dark->colors[token]);
        if (paints->lines[token])
            put_rule(out, id, "s", "stroke", token, paints->dark->colors[token]);
    }
    NC_BUF_LIT(out, "}\n");
}

/* Dashes that wander along their line, unless the reader wants things to stand still. */
static void put_motion(nc_buf *out, const char *id)
{
    nc_buf_fmt(out,
               "@media (prefers-reduced-motion:no-preference){\n"
               "#%s .edge-animation-slow{animation:%s-flow 50s linear infinite}\n"
               "#%s .edge-animation-fast{animation:%s-flow 20s linear infinite}\n"
               "}\n@keyframes %s-flow{from{stroke-dashoffset:980}to{stroke-dashoffset:0}}\n",
               id, id, id, id, id);
}

void nc_svg_style_end(nc_buf *out, const nc_svg_paints *paints, const char *id, nc_sv css)
{
    if (paints->animated)
        put_motion(out, id);
    if (paints->dark)
        put_dark(out, paints, id);
    nc_buf_put(out, css);
    NC_BUF_LIT(out, "</style>\n");
}
