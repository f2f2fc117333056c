#include "parse/flowchart_builder.h"

#include "parse/flowchart_lexer.h"
#include "source/source.h"

bool nc_flow_symbol_of(nc_flow_builder *b, nc_sv id, uint32_t *out)
{
    *out = nc_map_lookup(&b->ids, id);
    if (*out != NC_NONE)
        return true;
    nc_flow_symbol symbol = {
        .id = id, .node = NC_NONE, .edge = NC_NONE, .subgraph = NC_NONE, .owner = NC_NONE};
    *out = b->symbols.len;
    return NC_PUSH(b->arena, &b->symbols, symbol) && nc_map_set(&b->ids, b->arena, id, *out);
}

bool nc_flow_make_node(nc_flow_builder *b, uint32_t symbol, nc_span at)
{
    if (b->nodes.len >= b->limits.nodes) {
        if (!b->nodes_full)
            nc_diag_add(b->diags, NC_RULE_TOO_LARGE, at, "more than %u nodes", b->limits.nodes);
        b->nodes_full = true;
        return true;
    }
    nc_flow_symbol *s = &b->symbols.ptr[symbol];
    if (s->id.len > b->limits.label)
        nc_diag_add(b->diags, NC_RULE_TOO_LARGE, at, "a name of more than %u bytes",
                    b->limits.label);
    nc_flow_node node = {.id = s->id,
                         .at = at,
                         .label = {s->id, NC_MARKUP_HTML, at},
                         .shape = NC_FLOW_SHAPE_RECT,
                         .parent = NC_NONE};
    nc_flow_node_note note = {.symbol = symbol};
    s->node = b->nodes.len;
    return NC_PUSH(b->arena, &b->chart->nodes, node) && NC_PUSH(b->arena, &b->nodes, note);
}

/*
 * An id that an edge has is no node for Mermaid. That also goes for the ids it makes up itself
 * (`L_A_B_0`), which no author can have meant.
 */
static bool is_edge(const nc_flow_builder *b, const nc_flow_symbol *s)
{
    return s->edge != NC_NONE && (b->edges.ptr[s->edge].own_id || !b->author);
}

bool nc_flow_add_node(nc_flow_builder *b, uint32_t symbol, nc_span at, const nc_label *label,
                      nc_flow_shape shape)
{
    const nc_flow_symbol *s = &b->symbols.ptr[symbol];
    if (is_edge(b, s))
        return true;
    if (s->edge != NC_NONE && s->node == NC_NONE)
        b->defects++;
    if (s->node == NC_NONE && !nc_flow_make_node(b, symbol, at))
        return false;
    if (b->symbols.ptr[symbol].node == NC_NONE)
        return true;
    nc_flow_node *node = &b->chart->nodes.ptr[b->symbols.ptr[symbol].node];
    nc_flow_node_note *note = &b->nodes.ptr[b->symbols.ptr[symbol].node];
    note->mentions++;
    if (label && note->labelled && !nc_sv_eq(label->text, node->label.text)) {
        nc_diag_add(b->diags, NC_RULE_DUPLICATE, label->at, "'%.*s' has another label already",
                    NC_SV_ARG(s->id));
        nc_diag_hint(b->diags, "the later one counts; another node needs another id");
    }
    if (label) {
        node->label = *label;
        note->used = true;
        note->labelled = true;
    }
    if (shape != NC_FLOW_SHAPE_COUNT)
        node->shape = shape;
    return true;
}
/* Sets *count to the number of edges between the two before this one. */
static bool count_pair(nc_flow_builder *b, uint32_t from, uint32_t to, uint32_t *count)
{
    const uint32_t ends[2] = {from, to};
    nc_sv key = {(const char *)ends, sizeof ends};
    uint32_t known = nc_map_lookup(&b->pairs, key);
    *count = known == NC_NONE ? 0 : known;
    if (known == NC_NONE && !nc_arena_copy(&key, b->arena, key))
        return false;
    return nc_map_set(&b->pairs, b->arena, key, *count + 1);
}

/* The symbol of the id that Mermaid gives an edge without one; data and classes may use it. */
static bool make_edge_id(nc_flow_builder *b, uint32_t from, uint32_t to, uint32_t count,
                         uint32_t *out)
{
    nc_sv f = b->symbols.ptr[from].id;
    nc_sv t = b->symbols.ptr[to].id;
    *out = NC_NONE;
    if (!b->names_edges || f.len + t.len > b->limits.label)
        return true;
    nc_sv id;
    return nc_arena_printf(&id, b->arena, "L_%.*s_%.*s_%u", (int)f.len, f.ptr, (int)t.len, t.ptr,
                           count ? count + 1 : 0) &&
           nc_flow_symbol_of(b, id, out);
}

static bool add_edge(nc_flow_builder *b, uint32_t from, uint32_t to, nc_sv id,
                     const nc_flow_arrow *arrow)
{
    uint32_t count;
    uint32_t symbol = NC_NONE;
    if (!count_pair(b, from, to, &count))
        return false;
    if (id.len && !nc_flow_symbol_of(b, id, &symbol))
        return false;
    bool own_id = symbol != NC_NONE && b->symbols.ptr[symbol].edge == NC_NONE;
    if (!own_id && !make_edge_id(b, from, to, count, &symbol))
        return false;
    nc_flow_edge edge = {.at = arrow->at,
                         .label = arrow->label,
                         .stroke = arrow->stroke,
                         .tail = arrow->tail,
                         .head = arrow->head,
                         .author_tail = arrow->author_tail,
                         .length = arrow->length,
                         .curve = b->chart->link_default_curve};
    if (own_id && !nc_source_undo(&edge.id, b->arena, id))
        return false;
    if (symbol != NC_NONE && b->symbols.ptr[symbol].edge == NC_NONE)
        b->symbols.ptr[symbol].edge = b->edges.len;
    nc_flow_edge_note note = {from, to, own_id};
    return NC_PUSH(b->arena, &b->chart->edges, edge) && NC_PUSH(b->arena, &b->edges, note);
}

static void mark_used(nc_flow_builder *b, const nc_u32_vec *symbols)
{
    for (uint32_t i = 0; i < symbols->len; i++) {
        uint32_t node = b->symbols.ptr[symbols->ptr[i]].node;
        if (node != NC_NONE)
            b->nodes.ptr[node].used = true;
    }
}

bool nc_flow_add_edges(nc_flow_builder *b, const nc_u32_vec *from, const nc_u32_vec *to,
                       const nc_flow_arrow *arrow)
{
    if ((uint64_t)from->len * to->len > b->limits.edges - b->edges.len) {
        if (!b->edges_full)
            nc_diag_add(b->diags, NC_RULE_TOO_LARGE, arrow->at, "more than %u edges",
                        b->limits.edges);
        b->edges_full = true;
        return true;
    }
    mark_used(b, from);
    mark_used(b, to);
    for (uint32_t i = 0; i < from->len; i++) {
        for (uint32_t k = 0; k < to->len; k++) {
            /* the id goes to the edge from the last source to the first target */
            bool named = from->ptr[i] == from->ptr[from->len - 1] && to->ptr[k] == to->ptr[0];
            if (!add_edge(b, from->ptr[i], to->ptr[k], named ? arrow->id : (nc_sv){0}, arrow))
                return false;
        }
    }
    return true;
}

static bool add_members(nc_flow_builder *b, const nc_flow_frame *frame, uint32_t subgraph,
                        uint32_t self)
{
    b->lists++;
    for (uint32_t i = 0; i < frame->members.len; i++) {
        uint32_t symbol = frame->members.ptr[i];
        nc_flow_symbol *s = &b->symbols.ptr[symbol];
        bool counted = s->mark == b->lists;
        s->mark = b->lists;
        if (counted || s->owner != NC_NONE || symbol == self)
            continue;
        s->owner = subgraph;
        if (!NC_PUSH(b->arena, &b->chart->subgraphs.ptr[subgraph].members, s->id))
            return false;
    }
    return true;
}

bool nc_flow_close(nc_flow_builder *b, const nc_flow_frame *frame, uint32_t *out)
{
    nc_sv id = frame->id;
    if (frame->auto_id && !nc_arena_printf(&id, b->arena, "subGraph%u", b->closed))
        return false;
    b->closed++;
    if (!nc_flow_symbol_of(b, id, out))
        return false;
    uint32_t index = b->symbols.ptr[*out].subgraph;
    if (index != NC_NONE) {
        nc_diag_add(b->diags, NC_RULE_DUPLICATE, frame->at,
                    "there is a subgraph '%.*s' already, and this one becomes a part of it",
                    NC_SV_ARG(id));
        nc_diag_hint(b->diags, "another subgraph needs another id: subgraph ID [Title]");
    }
    if (index == NC_NONE) { /* a repeated id adds its members to the first */
        nc_flow_subgraph subgraph = {.id = id,
                                     .at = frame->at,
                                     .title = frame->title,
                                     .has_dir = frame->has_dir,
                                     .dir = frame->dir,
                                     .parent = NC_NONE};
        if (!frame->has_dir && b->inherit_dir) {
            subgraph.has_dir = true;
            subgraph.dir = b->chart->dir;
        }
        nc_flow_subgraph_note note = {*out, frame->opened};
        index = b->chart->subgraphs.len;
        b->symbols.ptr[*out].subgraph = index;
        if (!NC_PUSH(b->arena, &b->chart->subgraphs, subgraph) ||
            !NC_PUSH(b->arena, &b->subgraphs, note))
            return false;
    }
    return add_members(b, frame, index, *out);
}
