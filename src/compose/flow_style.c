#include "compose/flow_style.h"

bool nc_flow_styles_init(nc_flow_styles *out, const nc_flowchart *chart, nc_diags *diags,
                         nc_arena *arena)
{
    *out = (nc_flow_styles){.chart = chart, .diags = diags};
    nc_diags_init(&out->quiet, arena);
    out->told = NC_NEW(arena, bool, (size_t)chart->classes.len + 1);
    if (!out->told)
        return false;
    for (uint32_t i = 0; i < chart->classes.len; i++)
        if (!nc_map_set(&out->classes, arena, chart->classes.ptr[i].name, i))
            return false;
    return true;
}

static void apply_all(nc_style *out, const nc_sv_vec *declarations, nc_span at, nc_diags *d)
{
    for (uint32_t i = 0; i < declarations->len; i++)
        nc_style_apply(out, declarations->ptr[i], at, d);
}

static void apply_class(nc_style *out, nc_flow_styles *styles, nc_sv name)
{
    const uint32_t index = nc_map_lookup(&styles->classes, name);
    if (index == NC_NONE)
        return;
    apply_all(out, &styles->chart->classes.ptr[index].styles, styles->chart->classes.ptr[index].at,
              styles->told[index] ? &styles->quiet : styles->diags);
    styles->told[index] = true;
}

static void apply_classes(nc_style *out, nc_flow_styles *styles, const nc_sv_vec *names)
{
    for (uint32_t i = 0; i < names->len; i++)
        apply_class(out, styles, names->ptr[i]);
}

void nc_flow_node_style(nc_style *out, nc_flow_styles *styles, const nc_flow_node *node)
{
    *out = (nc_style){0};
    apply_class(out, styles, NC_SV("default"));
    apply_class(out, styles, NC_SV("node"));
    apply_classes(out, styles, &node->classes);
    apply_all(out, &node->styles, node->styled_at, styles->diags);
}

void nc_flow_subgraph_style(nc_style *out, nc_flow_styles *styles, const nc_flow_subgraph *s)
{
    *out = (nc_style){0};
    apply_classes(out, styles, &s->classes);
    apply_all(out, &s->styles, s->styled_at, styles->diags);
}

void nc_flow_edge_style(nc_style *out, nc_flow_styles *styles, const nc_flow_edge *edge)
{
    *out = (nc_style){0};
    apply_all(out, &styles->chart->link_default_styles, edge->at, &styles->quiet);
    apply_all(out, &edge->styles, edge->styled_at, styles->diags);
    apply_classes(out, styles, &edge->classes);
}

static void apply_type(nc_look *look, const nc_style *style)
{
    if (nc_style_has(style, NC_STYLE_WEIGHT))
        look->face = style->bold ? NC_FACE_SEMIBOLD : NC_FACE_REGULAR;
    if (nc_style_has(style, NC_STYLE_SLANT) && style->italic)
        look->face = NC_FACE_ITALIC;
    if (nc_style_has(style, NC_STYLE_FAMILY) && style->monospace)
        look->face = NC_FACE_MONO;
    if (nc_style_has(style, NC_STYLE_SIZE))
        look->size = style->size;
}

void nc_look_apply(nc_look *look, const nc_style *style)
{
    look->fill = nc_style_fill(style, look->fill);
    look->line = nc_style_stroke(style, look->line);
    if (nc_style_has(style, NC_STYLE_STROKE_WIDTH))
        look->width = style->stroke_width;
    if (nc_style_has(style, NC_STYLE_DASH)) {
        look->dash = style->dash;
        look->gap = style->gap;
        look->cap = NC_CAP_BUTT;
    }
    if (nc_style_has(style, NC_STYLE_COLOR))
        look->text = (nc_paint){.color = style->color};
    else if (nc_style_has(style, NC_STYLE_FILL) && look->fill.color.a >= 128)
        look->text = (nc_paint){.color = nc_color_readable(look->fill.color)};
    if (nc_style_has(style, NC_STYLE_OPACITY))
        look->opacity = style->opacity > 0.001 ? style->opacity : 0.001; /* 0 means 1 in a scene */
    if (nc_style_has(style, NC_STYLE_RADIUS))
        look->radius = style->radius;
    apply_type(look, style);
}
