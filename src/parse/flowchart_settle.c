/* The last step of reading a flowchart: everything finds its place. */
#include "parse/flowchart_builder.h"

/* Classes and links that came before what they are for: the author's reading keeps them. */
static bool apply_late(nc_flow_builder *b, const nc_flow_late *late)
{
    const nc_flow_symbol *s = nc_flow_known(b, late->id);
    if (!s && late->id.len == 0) /* a comma too many */
        return true;
    if (!s) {
        nc_diag_add(b->diags, NC_RULE_UNKNOWN_NODE, late->at, "no node is called '%.*s'",
                    NC_SV_ARG(late->id));
        nc_diag_hint(b->diags, "the statement has no effect");
        return true;
    }
    b->defects++;
    if (!b->author)
        return true;
    if (late->link == NC_NONE)
        return nc_flow_give_class(b, s, late->class_name);
    if (s->subgraph != NC_NONE)
        nc_flow_merge_link(&b->chart->subgraphs.ptr[s->subgraph].link, &b->links.ptr[late->link]);
    else if (s->node != NC_NONE)
        nc_flow_merge_link(&b->chart->nodes.ptr[s->node].link, &b->links.ptr[late->link]);
    return true;
}

/* Data given before the edge or subgraph it is for. True when the node is none after all. */
static bool apply_early_data(nc_flow_builder *b, const nc_flow_node_note *note)
{
    const nc_flow_symbol *s = &b->symbols.ptr[note->symbol];
    if (!note->data)
        return false;
    if (s->subgraph != NC_NONE && nc_value_member(note->data, NC_SV("view"))) {
        b->defects++;
        if (b->author)
            nc_flow_set_subgraph_data(&b->chart->subgraphs.ptr[s->subgraph], note->data);
        return false;
    }
    if (s->edge == NC_NONE || !b->edges.ptr[s->edge].own_id || note->used ||
        note->mentions != note->edge_data)
        return false;
    b->defects++;
    if (b->author)
        nc_flow_set_edge_data(&b->chart->edges.ptr[s->edge], note->data);
    return b->author;
}

/* A subgraph takes what was said about the node of the same id. */
static bool give_to_subgraph(nc_flow_builder *b, const nc_flow_node *node, uint32_t index)
{
    nc_flow_subgraph *subgraph = &b->chart->subgraphs.ptr[index];
    for (uint32_t i = 0; i < node->classes.len; i++)
        if (!nc_flow_put_class(b, 's', index, &subgraph->classes, node->classes.ptr[i]))
            return false;
    for (uint32_t i = 0; i < node->styles.len; i++)
        if (!NC_PUSH(b->arena, &subgraph->styles, node->styles.ptr[i]))
            return false;
    if (node->styles.len)
        subgraph->styled_at = node->styled_at;
    nc_flow_merge_link(&subgraph->link, &node->link);
    return true;
}

/* Takes out the nodes that are subgraphs, and those that turned out to be edges. */
static bool settle_nodes(nc_flow_builder *b)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < b->nodes.len; i++) {
        const nc_flow_node_note note = b->nodes.ptr[i];
        nc_flow_node node = b->chart->nodes.ptr[i];
        nc_flow_symbol *s = &b->symbols.ptr[note.symbol];
        bool gone = apply_early_data(b, &note);
        s->node = NC_NONE;
        if (s->subgraph != NC_NONE) {
            if (!give_to_subgraph(b, &node, s->subgraph))
                return false;
            continue;
        }
        if (gone)
            continue;
        if (node.img.len)
            node.shape = NC_FLOW_SHAPE_IMAGE;
        else if (node.icon.len)
            node.shape = NC_FLOW_SHAPE_ICON;
        node.parent = s->owner;
        node.link.tooltip = s->tooltip;
        s->node = kept;
        b->chart->nodes.ptr[kept] = node;
        kept++;
    }
    b->chart->nodes.len = kept;
    return true;
}

static bool settle_end(nc_flow_builder *b, uint32_t symbol, nc_span at, nc_flow_end *out)
{
    nc_flow_symbol *s = &b->symbols.ptr[symbol];
    if (s->subgraph != NC_NONE) {
        *out = (nc_flow_end){true, s->subgraph};
        return true;
    }
    if (s->node == NC_NONE) { /* the id of an edge: something must stand at this end */
        nc_flow_node node = {.id = s->id,
                             .at = at,
                             .label = {s->id, NC_MARKUP_HTML, at},
                             .parent = s->owner,
                             .implied = true};
        s->node = b->chart->nodes.len;
        if (!NC_PUSH(b->arena, &b->chart->nodes, node))
            return false;
    }
    *out = (nc_flow_end){false, s->node};
    return true;
}

static bool settle_edges(nc_flow_builder *b)
{
    for (uint32_t i = 0; i < b->edges.len; i++) {
        nc_flow_edge *edge = &b->chart->edges.ptr[i];
        const nc_flow_edge_note *note = &b->edges.ptr[i];
        if (!settle_end(b, note->from, edge->at, &edge->from) ||
            !settle_end(b, note->to, edge->at, &edge->to))
            return false;
        if (edge->curve.len == 0)
            edge->curve = b->chart->link_default_curve;
    }
    return true;
}

/*
 * Members may name each other in a circle (`a` lists `b`, `b` lists `a`); a picture cannot show
 * that, so the link that closes a circle is left out. Also checks the depth that naming makes.
 */
static bool settle_parents(nc_flow_builder *b)
{
    uint32_t n = b->chart->subgraphs.len;
    uint32_t *depth = NC_NEW(b->arena, uint32_t, n + 1);
    uint32_t *path = NC_NEW(b->arena, uint32_t, n + 1);
    if (!depth || !path)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        const nc_flow_symbol *s = &b->symbols.ptr[b->subgraphs.ptr[i].symbol];
        b->chart->subgraphs.ptr[i].parent = s->owner;
        b->chart->subgraphs.ptr[i].link.tooltip = s->tooltip;
    }
    bool reported = false;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t len = 0;
        uint32_t at = i;
        while (at != NC_NONE && depth[at] == 0) {
            depth[at] = UINT32_MAX; /* on the path */
            path[len++] = at;
            nc_flow_subgraph *subgraph = &b->chart->subgraphs.ptr[at];
            if (subgraph->parent != NC_NONE && depth[subgraph->parent] == UINT32_MAX) {
                nc_diag_add(b->diags, NC_RULE_NESTED_IN_ITSELF, subgraph->at,
                            "subgraph '%.*s' would contain itself", NC_SV_ARG(subgraph->id));
                nc_diag_hint(b->diags, "name each group in one other group only");
                subgraph->parent = NC_NONE;
            }
            at = subgraph->parent;
        }
        for (uint32_t above = at == NC_NONE ? 0 : depth[at]; len > 0;)
            depth[path[--len]] = ++above;
        if (depth[i] > b->limits.nesting && !reported) {
            reported = true;
            nc_diag_add(b->diags, NC_RULE_TOO_LARGE, b->chart->subgraphs.ptr[i].at,
                        "subgraphs nested more than %u deep", b->limits.nesting);
        }
    }
    return true;
}

/* Children of each subgraph (index n: of the top) in the order in which they are opened. */
static bool list_children(nc_flow_builder *b, uint32_t *first, uint32_t *next)
{
    uint32_t n = b->chart->subgraphs.len;
    uint32_t *by_opening = NC_NEW(b->arena, uint32_t, b->opens + 1); /* 1 + subgraph, 0: none */
    if (!by_opening)
        return false;
    for (uint32_t i = 0; i <= n; i++)
        first[i] = NC_NONE;
    for (uint32_t i = 0; i < n; i++)
        by_opening[b->subgraphs.ptr[i].opened] = i + 1;
    for (uint32_t i = b->opens; i-- > 0;) {
        if (by_opening[i] == 0)
            continue;
        uint32_t at = by_opening[i] - 1;
        uint32_t parent = b->chart->subgraphs.ptr[at].parent;
        uint32_t slot = parent == NC_NONE ? n : parent;
        next[at] = first[slot];
        first[slot] = at;
    }
    return true;
}

static uint32_t moved_to(const uint32_t *moved, uint32_t index)
{
    return index == NC_NONE ? NC_NONE : moved[index];
}

/* Everything that names a subgraph by its index follows it to its new place. */
static void move_subgraphs(nc_flow_builder *b, const uint32_t *moved)
{
    nc_flowchart *chart = b->chart;
    for (uint32_t i = 0; i < chart->subgraphs.len; i++)
        chart->subgraphs.ptr[i].parent = moved_to(moved, chart->subgraphs.ptr[i].parent);
    for (uint32_t i = 0; i < chart->nodes.len; i++)
        chart->nodes.ptr[i].parent = moved_to(moved, chart->nodes.ptr[i].parent);
    for (uint32_t i = 0; i < b->symbols.len; i++) {
        nc_flow_symbol *s = &b->symbols.ptr[i];
        s->subgraph = moved_to(moved, s->subgraph);
        s->owner = moved_to(moved, s->owner);
    }
}

/* Outer before inner, neighbours in the order in which they are opened. */
static bool order_subgraphs(nc_flow_builder *b)
{
    uint32_t n = b->chart->subgraphs.len;
    nc_flow_subgraph *sorted = NC_NEW(b->arena, nc_flow_subgraph, n + 1);
    uint32_t *first = NC_NEW(b->arena, uint32_t, n + 1);
    uint32_t *next = NC_NEW(b->arena, uint32_t, n + 1);
    uint32_t *stack = NC_NEW(b->arena, uint32_t, n + 1);
    uint32_t *moved = NC_NEW(b->arena, uint32_t, n + 1);
    if (!sorted || !first || !next || !stack || !moved || !list_children(b, first, next))
        return false;
    uint32_t depth = 0;
    uint32_t placed = 0;
    uint32_t at = first[n];
    while (at != NC_NONE || depth > 0) {
        if (at == NC_NONE) {
            at = next[stack[--depth]];
            continue;
        }
        moved[at] = placed;
        sorted[placed++] = b->chart->subgraphs.ptr[at];
        stack[depth++] = at;
        at = first[at];
    }
    for (uint32_t i = 0; i < n; i++)
        b->chart->subgraphs.ptr[i] = sorted[i];
    move_subgraphs(b, moved);
    return true;
}

bool nc_flow_finish(nc_flow_builder *b)
{
    for (uint32_t i = 0; i < b->late.len; i++)
        if (!apply_late(b, &b->late.ptr[i]))
            return false;
    if (!settle_parents(b) || !settle_nodes(b) || !order_subgraphs(b))
        return false;
    return settle_edges(b);
}
