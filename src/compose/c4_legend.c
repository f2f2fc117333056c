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

/* One entry for each kind of element that occurs, in the order of first mention. */
static bool add_kinds(nc_placed_graph *graph, const nc_c4 *c4)
{
    bool seen[4][2] = {{false}};
    for (uint32_t i = 0; i < c4->elements.len; i++) {
        nc_c4_element plain = {.type = c4->elements.ptr[i].type,
                               .external = c4->elements.ptr[i].external};
        nc_look look;
        nc_sv words = nc_c4_type_words(plain.type);
        if (seen[plain.type][plain.external])
            continue;
        seen[plain.type][plain.external] = true;
        (void)nc_c4_element_look(&look, c4, &plain, graph->draw->diags);
        if (plain.external && !nc_arena_printf(&words, graph->draw->arena, "External %.*s",
                                               (int)words.len, words.ptr))
            return false;
        if (!add(graph, words, &entry_style, look, NC_GRAPH_SAMPLE_BOX))
            return false;
    }
    return true;
}

/* The words of a tag: its legend text, details after a line break in brackets; else its name. */
static bool tag_words(nc_sv *out, nc_arena *arena, const nc_c4_tag *tag)
{
    const nc_sv text = tag->style.legend_text;
    const size_t at = nc_sv_find(text, NC_SV("\\n"), 0);
    *out = text.len ? text : tag->name;
    if (at == SIZE_MAX)
        return true;
    const nc_sv label = nc_sv_trim(nc_sv_slice(text, 0, at));
    const nc_sv details = nc_sv_trim(nc_sv_slice(text, at + 2, text.len));
    return nc_arena_printf(out, arena, "%.*s (%.*s)", (int)label.len, label.ptr, (int)details.len,
                           details.ptr);
}

/* The first element or relation that carries the tag shows what it looks like. */
static bool add_tag(nc_placed_graph *graph, const nc_c4 *c4, const nc_c4_tag *tag)
{
    nc_sv words;
    if (!tag_words(&words, graph->draw->arena, tag))
        return false;
    for (uint32_t i = 0; i < c4->elements.len; i++) {
        const nc_c4_element *e = &c4->elements.ptr[i];
        if (!nc_c4_has_tag(e->tags, tag->name) || nc_sv_eq(tag->applies_to, NC_SV("relation")))
            continue;
        nc_c4_element plain = {.type = e->type, .external = e->external, .tags = tag->name};
        nc_look look;
        (void)nc_c4_element_look(&look, c4, &plain, graph->draw->diags);
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
    if (!add(graph, title, &title_style, none, NC_GRAPH_SAMPLE_NONE) || !add_kinds(graph, c4))
        return false;
    for (uint32_t i = 0; i < c4->tags.len; i++)
        if (!add_tag(graph, c4, &c4->tags.ptr[i]))
            return false;
    return true;
}
