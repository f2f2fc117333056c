#include "compose/c4_legend.h"

#include "compose/c4_style.h"

static const nc_text_style entry_style = {.face = NC_FACE_REGULAR, .size = 11.5};
static const nc_text_style title_style = {.face = NC_FACE_SEMIBOLD, .size = 11.5};

static bool add(nc_placed_graph *graph, nc_sv words, const nc_text_style *style, nc_look look,
                nc_graph_sample sample)
{
    const nc_label label = {.text = words, .markup = NC_MARKUP_PLAIN};
    nc_graph_key key = {.look = look, .sample = sample};
    return nc_text_measure(&key.text, graph->draw->measure, &label, style) &&
           NC_PUSH(graph->draw->arena, &graph->legend, key);
}

/* Words of an author: details stand after a line break and are shown in brackets, if at all. */
static bool legend_words(nc_sv *out, nc_arena *arena, const nc_c4 *c4, nc_sv text)
{
    const size_t at = nc_sv_find(text, NC_SV("\\n"), 0);
    *out = text;
    if (at == SIZE_MAX)
        return true;
    const nc_sv label = nc_sv_trim(nc_sv_slice(text, 0, at));
    const nc_sv details = nc_sv_trim(nc_sv_slice(text, at + 2, text.len));
    *out = label;
    if (details.len == 0 || nc_sv_starts(c4->legend.details, NC_SV("None")))
        return true;
    return nc_arena_printf(out, arena, "%.*s (%.*s)", (int)label.len, label.ptr, (int)details.len,
                           details.ptr);
}

/* One entry for each kind of element that occurs, in the order of first mention. */
static bool add_kinds(nc_placed_graph *graph, const nc_c4 *c4)
{
    bool seen[4][2] = {{false}};
    for (uint32_t i = 0; i < c4->elements.len; i++) {
        nc_c4_element plain = {.type = c4->elements.ptr[i].type,
                               .external = c4->elements.ptr[i].external};
        nc_look look;
        nc_sv words = nc_c4_type_words(plain.type, plain.external);
        if (seen[plain.type][plain.external])
            continue;
        seen[plain.type][plain.external] = true;
        (void)nc_c4_element_look(&look, c4, &plain, graph->draw->diags);
        const nc_sv own = nc_c4_legend_text(c4, &plain);
        if (own.len && !legend_words(&words, graph->draw->arena, c4, own))
            return false;
        if (!add(graph, words, &entry_style, look, NC_GRAPH_SAMPLE_BOX))
            return false;
    }
    return true;
}

/* Elements that were given words of their own for the legend. */
static bool add_named(nc_placed_graph *graph, const nc_c4 *c4)
{
    nc_map seen = {0};
    for (uint32_t i = 0; i < c4->elements.len; i++) {
        const nc_c4_element *e = &c4->elements.ptr[i];
        nc_sv words;
        nc_look look;
        if (e->style.legend_text.len == 0 || nc_map_lookup(&seen, e->style.legend_text) != NC_NONE)
            continue;
        (void)nc_c4_element_look(&look, c4, e, graph->draw->diags);
        if (!nc_map_set(&seen, graph->draw->arena, e->style.legend_text, i) ||
            !legend_words(&words, graph->draw->arena, c4, e->style.legend_text) ||
            !add(graph, words, &entry_style, look, NC_GRAPH_SAMPLE_BOX))
            return false;
    }
    return true;
}

/* The first element, boundary or relation that carries the tag shows what it looks like. */
static bool add_tag(nc_placed_graph *graph, const nc_c4 *c4, const nc_c4_tag *tag)
{
    const nc_sv text = tag->style.legend_text.len ? tag->style.legend_text : tag->name;
    nc_sv words;
    if (!legend_words(&words, graph->draw->arena, c4, text))
        return false;
    for (uint32_t i = 0; i < c4->elements.len; i++) {
        const nc_c4_element *e = &c4->elements.ptr[i];
        if (!nc_c4_has_tag(e->tags, tag->name) || nc_sv_eq(tag->applies_to, NC_SV("relation")) ||
            nc_sv_eq(tag->applies_to, NC_SV("boundary")) ||
            nc_sv_eq(tag->applies_to, NC_SV("node")))
            continue;
        nc_c4_element plain = {.type = e->type, .external = e->external, .tags = tag->name};
        nc_look look;
        (void)nc_c4_element_look(&look, c4, &plain, graph->draw->diags);
        return add(graph, words, &entry_style, look, NC_GRAPH_SAMPLE_BOX);
    }
    for (uint32_t i = 0; i < c4->boundaries.len; i++) {
        const nc_c4_boundary *b = &c4->boundaries.ptr[i];
        if (!nc_c4_has_tag(b->tags, tag->name) || nc_sv_eq(tag->applies_to, NC_SV("relation")))
            continue;
        const nc_c4_boundary plain = {.kind = b->kind, .type = b->type, .tags = tag->name};
        nc_look look = {.line = NC_PAINT(BOUNDARY_LINE), .width = 1};
        if (b->kind == NC_C4_BOUNDARY)
            look.dash = look.gap = 3;
        nc_c4_boundary_look(&look, c4, &plain, graph->draw->diags);
        return add(graph, words, &entry_style, look, NC_GRAPH_SAMPLE_BOX);
    }
    for (uint32_t i = 0; i < c4->relations.len; i++) {
        if (!nc_c4_has_tag(c4->relations.ptr[i].tags, tag->name) ||
            !nc_sv_eq(tag->applies_to, NC_SV("relation")))
            continue;
        nc_c4_relation plain = {.tags = tag->name};
        nc_look look;
        nc_c4_relation_look(&look, c4, &plain, graph->draw->diags);
        return add(graph, words, &entry_style, look, NC_GRAPH_SAMPLE_LINE);
    }
    return true;
}

bool nc_c4_legend_add(nc_placed_graph *graph, const nc_c4 *c4)
{
    const nc_look none = {0};
    const nc_sv title = c4->legend.title.len ? c4->legend.title : NC_SV("Legend");
    if (!c4->legend.shown)
        return true;
    if (!add(graph, title, &title_style, none, NC_GRAPH_SAMPLE_NONE) || !add_kinds(graph, c4) ||
        !add_named(graph, c4))
        return false;
    for (uint32_t i = 0; i < c4->tags.len; i++)
        if (!add_tag(graph, c4, &c4->tags.ptr[i]))
            return false;
    return true;
}
