/* Styles, classes and links of a flowchart: who gets what, in either reading. */
#include "parse/flowchart_builder.h"
#include "parse/flowchart_lexer.h"
#include "source/source.h"

static bool is_property(nc_sv name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!nc_is_word(name.ptr[i]) && name.ptr[i] != '-')
            return false;
    return name.len > 0;
}

/* `prop:value` with the blanks around the first colon and at the ends removed. */
static bool put_style(nc_flow_builder *b, nc_sv_vec *to, nc_sv style)
{
    style = nc_flow_trim(style);
    while (style.len && style.ptr[style.len - 1] == ';')
        style = nc_flow_trim(nc_sv_slice(style, 0, style.len - 1));
    if (style.len == 0)
        return true;
    size_t colon = nc_sv_find(style, NC_SV(":"), 0);
    if (colon != SIZE_MAX) {
        nc_sv name = nc_flow_trim(nc_sv_slice(style, 0, colon));
        nc_sv value = nc_flow_trim(nc_sv_slice(style, colon + 1, style.len));
        if (name.len + 1 + value.len < style.len && is_property(name) &&
            !nc_arena_printf(&style, b->arena, "%.*s:%.*s", (int)name.len, name.ptr, (int)value.len,
                             value.ptr ? value.ptr : ""))
            return false;
    }
    return nc_source_decode(&style, b->arena, style) && NC_PUSH(b->arena, to, style);
}

static bool put_styles(nc_flow_builder *b, nc_sv_vec *to, const nc_sv_vec *styles)
{
    for (uint32_t i = 0; i < styles->len; i++)
        if (!put_style(b, to, styles->ptr[i]))
            return false;
    return true;
}

/* The next piece of a list with commas; false when there is none left. */
static bool next_id(nc_sv ids, size_t *at, nc_sv *out)
{
    if (*at > ids.len)
        return false;
    size_t comma = nc_sv_find(ids, NC_SV(","), *at);
    size_t end = comma == SIZE_MAX ? ids.len : comma;
    *out = nc_sv_slice(ids, *at, end);
    *at = end + 1;
    return true;
}

const nc_flow_symbol *nc_flow_known(const nc_flow_builder *b, nc_sv id)
{
    uint32_t symbol = nc_map_lookup(&b->ids, id);
    if (symbol == NC_NONE)
        return NULL;
    const nc_flow_symbol *s = &b->symbols.ptr[symbol];
    return s->node != NC_NONE || s->edge != NC_NONE || s->subgraph != NC_NONE ? s : NULL;
}

/* A list like `A,B` whose pieces all exist while `A,B` itself does not. */
static bool is_list(const nc_flow_builder *b, nc_sv ids)
{
    if (nc_sv_find(ids, NC_SV(","), 0) == SIZE_MAX || nc_flow_known(b, ids))
        return false;
    nc_sv id;
    for (size_t at = 0; next_id(ids, &at, &id);)
        if (!nc_flow_known(b, id))
            return false;
    return true;
}

static bool style_one(nc_flow_builder *b, nc_sv id, nc_span at, const nc_sv_vec *styles)
{
    uint32_t symbol;
    if (!nc_flow_symbol_of(b, id, &symbol))
        return false;
    const nc_flow_symbol *s = &b->symbols.ptr[symbol];
    if (s->edge != NC_NONE) { /* Mermaid forgets them */
        b->defects++;
        b->chart->edges.ptr[s->edge].styled_at = at;
        return !b->author || put_styles(b, &b->chart->edges.ptr[s->edge].styles, styles);
    }
    if (s->node == NC_NONE) {
        if (s->subgraph == NC_NONE) {
            nc_diag_add(b->diags, NC_RULE_UNKNOWN_NODE, at, "no node is called '%.*s' so far",
                        NC_SV_ARG(id));
            nc_diag_hint(b->diags, "the statement makes one; name the node before it is styled");
        }
        if (!nc_flow_make_node(b, symbol, at))
            return false;
    }
    uint32_t node = b->symbols.ptr[symbol].node;
    if (node == NC_NONE)
        return true;
    b->chart->nodes.ptr[node].styled_at = at;
    return put_styles(b, &b->chart->nodes.ptr[node].styles, styles);
}

bool nc_flow_add_styles(nc_flow_builder *b, nc_sv id, nc_span at, const nc_sv_vec *styles)
{
    if (!is_list(b, id))
        return style_one(b, id, at, styles);
    b->defects++;
    if (!b->author)
        return style_one(b, id, at, styles);
    nc_sv one;
    for (size_t from = 0; next_id(id, &from, &one);)
        if (!style_one(b, one, at, styles))
            return false;
    return true;
}

/* Once per bearer: kind tells nodes, edges and subgraphs apart. */
bool nc_flow_put_class(nc_flow_builder *b, char kind, uint32_t index, nc_sv_vec *to, nc_sv name)
{
    nc_sv key;
    if (nc_sv_eq(name, NC_SV("clickable"))) /* Mermaid's own mark */
        return true;
    if (!nc_arena_printf(&key, b->arena, "%c%u %.*s", kind, index, (int)name.len, name.ptr))
        return false;
    if (nc_map_lookup(&b->given, key) != NC_NONE)
        return true;
    return nc_map_set(&b->given, b->arena, key, 0) && NC_PUSH(b->arena, to, name);
}

bool nc_flow_give_class(nc_flow_builder *b, const nc_flow_symbol *s, nc_sv name)
{
    if (s->node != NC_NONE &&
        !nc_flow_put_class(b, 'n', s->node, &b->chart->nodes.ptr[s->node].classes, name))
        return false;
    if (s->edge != NC_NONE &&
        !nc_flow_put_class(b, 'e', s->edge, &b->chart->edges.ptr[s->edge].classes, name))
        return false;
    return s->subgraph == NC_NONE ||
           nc_flow_put_class(b, 's', s->subgraph, &b->chart->subgraphs.ptr[s->subgraph].classes,
                             name);
}

bool nc_flow_add_class(nc_flow_builder *b, nc_sv ids, nc_sv name, nc_span at)
{
    nc_sv id;
    for (size_t from = 0; next_id(ids, &from, &id);) {
        const nc_flow_symbol *s = nc_flow_known(b, id);
        nc_flow_late late = {.id = id, .class_name = name, .link = NC_NONE, .at = at};
        if (s ? !nc_flow_give_class(b, s, name) : !NC_PUSH(b->arena, &b->late, late))
            return false;
    }
    return true;
}

void nc_flow_merge_link(nc_flow_link *to, const nc_flow_link *link)
{
    if (link->callback)
        to->callback = true;
    if (link->href.len) {
        to->at = link->at;
        to->href = link->href;
        to->target = link->target;
    }
    if (link->tooltip.len)
        to->tooltip = link->tooltip;
}

bool nc_flow_add_link(nc_flow_builder *b, nc_sv ids, const nc_flow_link *link, nc_span at)
{
    nc_sv id;
    uint32_t kept = NC_NONE; /* the link among b->links */
    for (size_t from = 0; next_id(ids, &from, &id);) {
        uint32_t symbol;
        if (!nc_flow_symbol_of(b, id, &symbol))
            return false;
        nc_flow_symbol *s = &b->symbols.ptr[symbol];
        if (link->tooltip.len)
            s->tooltip = link->tooltip;
        if (s->node != NC_NONE) {
            nc_flow_merge_link(&b->chart->nodes.ptr[s->node].link, link);
            continue;
        }
        if (kept == NC_NONE) {
            kept = b->links.len;
            if (!NC_PUSH(b->arena, &b->links, *link))
                return false;
        }
        nc_flow_late late = {.id = id, .link = kept, .at = at};
        if (!NC_PUSH(b->arena, &b->late, late))
            return false;
    }
    return true;
}

/* styles[from, to) joined by commas, the backslash before each comma dropped. */
static bool join_pieces(nc_flow_builder *b, const nc_sv *styles, uint32_t count, nc_sv *out)
{
    size_t len = 0;
    for (uint32_t i = 0; i < count; i++)
        len += styles[i].len;
    char *joined = nc_arena_alloc(b->arena, len, 1, 1);
    if (!joined)
        return false;
    *out = (nc_sv){joined, len};
    for (uint32_t i = 0; i < count; i++) {
        memcpy(joined, styles[i].ptr, styles[i].len);
        joined += styles[i].len;
        if (i + 1 < count)
            joined[-1] = ',';
    }
    return true;
}

/* Declarations are separated by commas; `\,` is a comma inside a value. */
static bool join_commas(nc_flow_builder *b, nc_sv_vec *to, const nc_sv_vec *styles)
{
    uint32_t from = 0;
    for (uint32_t i = 0; i < styles->len; i++) {
        if (i + 1 < styles->len && nc_sv_ends(styles->ptr[i], NC_SV("\\")))
            continue;
        nc_sv whole = styles->ptr[i];
        if (i > from && !join_pieces(b, styles->ptr + from, i + 1 - from, &whole))
            return false;
        if (!put_style(b, to, whole))
            return false;
        from = i + 1;
    }
    return true;
}

bool nc_flow_define_class(nc_flow_builder *b, nc_sv names, nc_span at, const nc_sv_vec *styles)
{
    nc_sv_vec list = {0};
    if (!join_commas(b, &list, styles))
        return false;
    nc_sv name;
    for (size_t from = 0; next_id(names, &from, &name);) {
        nc_sv key;
        if (!nc_arena_printf(&key, b->arena, "d %.*s", (int)name.len, name.ptr))
            return false;
        uint32_t index = nc_map_lookup(&b->given, key);
        if (index == NC_NONE) {
            nc_flow_class made = {.name = name, .at = at};
            index = b->chart->classes.len;
            if (!nc_map_set(&b->given, b->arena, key, index) ||
                !NC_PUSH(b->arena, &b->chart->classes, made))
                return false;
        } else {
            nc_diag_add(b->diags, NC_RULE_DUPLICATE, at, "the class '%.*s' is defined already",
                        NC_SV_ARG(name));
            nc_diag_hint(b->diags, "its styles are added to the earlier ones");
        }
        for (uint32_t i = 0; i < list.len; i++)
            if (!NC_PUSH(b->arena, &b->chart->classes.ptr[index].styles, list.ptr[i]))
                return false;
    }
    return true;
}

/* An index into the edges so far as ECMAScript would find it: no leading zeros. */
static uint32_t edge_index(const nc_flow_builder *b, nc_sv text)
{
    uint32_t value = 0;
    if (text.len == 0 || text.len > 9 || (text.len > 1 && text.ptr[0] == '0'))
        return NC_NONE;
    for (size_t i = 0; i < text.len; i++)
        value = value * 10 + (uint32_t)(text.ptr[i] - '0');
    return value < b->edges.len ? value : NC_NONE;
}

static bool replace_styles(nc_flow_builder *b, nc_sv_vec *to, const nc_sv_vec *styles)
{
    to->len = 0;
    if (b->author)
        return join_commas(b, to, styles);
    return put_styles(b, to, styles);
}

bool nc_flow_style_edge(nc_flow_builder *b, nc_sv index, nc_span at, nc_sv curve,
                        const nc_sv_vec *styles)
{
    if (nc_sv_eq(index, NC_SV("default"))) {
        if (curve.len)
            b->chart->link_default_curve = curve;
        return styles->len == 0 || replace_styles(b, &b->chart->link_default_styles, styles);
    }
    uint32_t edge = edge_index(b, index);
    if (edge == NC_NONE) {
        if (b->edges_full)
            return true;
        nc_diag_add(b->diags, NC_RULE_LINK_INDEX, at, "there is no edge %.*s up to here",
                    NC_SV_ARG(index));
        if (b->edges.len)
            nc_diag_hint(b->diags, "edges are counted from 0 in the order of the text: 0 to %u",
                         b->edges.len - 1);
        else
            nc_diag_hint(b->diags, "linkStyle must come after the edges it styles");
        return true;
    }
    if (curve.len)
        b->chart->edges.ptr[edge].curve = curve;
    b->chart->edges.ptr[edge].styled_at = at;
    return styles->len == 0 || replace_styles(b, &b->chart->edges.ptr[edge].styles, styles);
}
