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

static bool make_node(nc_flow_builder *b, uint32_t symbol, nc_span at)
{
    if (b->nodes.len >= NC_FLOW_NODES_MAX) {
        if (!b->nodes_full)
            nc_diag_add(b->diags, NC_RULE_TOO_LARGE, at, "more than %d nodes", NC_FLOW_NODES_MAX);
        b->nodes_full = true;
        return true;
    }
    nc_flow_symbol *s = &b->symbols.ptr[symbol];
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
    if (s->node == NC_NONE && !make_node(b, symbol, at))
        return false;
    if (b->symbols.ptr[symbol].node == NC_NONE)
        return true;
    nc_flow_node *node = &b->chart->nodes.ptr[b->symbols.ptr[symbol].node];
    nc_flow_node_note *note = &b->nodes.ptr[b->symbols.ptr[symbol].node];
    note->mentions++;
    if (label) {
        node->label = *label;
        note->used = true;
    }
    if (shape != NC_FLOW_SHAPE_COUNT)
        node->shape = shape;
    return true;
}

/* What ECMAScript takes for true. */
static bool is_truthy(const nc_value *v)
{
    if (!v || v->kind == NC_VALUE_NULL)
        return false;
    if (v->kind == NC_VALUE_BOOL)
        return v->boolean;
    if (v->kind == NC_VALUE_NUMBER)
        return v->number < 0 || v->number > 0;
    return v->kind != NC_VALUE_STRING || v->text.len > 0;
}

static nc_sv text_of(const nc_value *v)
{
    return v && v->kind != NC_VALUE_NULL ? v->text : (nc_sv){0};
}

/* A number's text as Mermaid shows it: `1.10` is 1.1. The author's reading keeps what is written. */
static nc_sv label_text(nc_flow_builder *b, const nc_value *v)
{
    nc_sv text = text_of(v);
    if (v->kind != NC_VALUE_NUMBER || nc_sv_find(text, NC_SV("."), 0) == SIZE_MAX)
        return text;
    size_t len = text.len;
    while (len > 0 && text.ptr[len - 1] == '0')
        len--;
    if (len > 0 && text.ptr[len - 1] == '.')
        len--;
    if (len == text.len)
        return text;
    b->defects += b->author ? 1 : 0;
    return b->author ? text : nc_sv_slice(text, 0, len);
}

static double number_of(const nc_value *v)
{
    if (v->kind == NC_VALUE_NUMBER)
        return v->number;
    if (v->kind == NC_VALUE_BOOL)
        return v->boolean ? 1 : 0;
    double sum = 0; /* a quoted number: digits and a fraction */
    double unit = 0;
    nc_sv text = nc_sv_trim(v->text);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '.' && unit == 0)
            unit = 1;
        else if (!nc_is_digit(text.ptr[i]))
            return 0;
        else if (unit > 0)
            sum += (unit /= 10) * (text.ptr[i] - '0');
        else
            sum = sum * 10 + (text.ptr[i] - '0');
    }
    return sum;
}

static const nc_value *member(const nc_value *data, const char *key)
{
    return nc_value_member(data, nc_sv_cstr(key));
}

/* Keys that mean something only for an edge. */
static bool is_edge_data(const nc_value *data)
{
    static const char *const keys[] = {"animate", "animation", "curve", "step"};
    for (size_t i = 0; i < NC_COUNT(keys); i++)
        if (member(data, keys[i]))
            return true;
    return false;
}

static void set_edge_data(nc_flow_edge *edge, const nc_value *data)
{
    const nc_value *v = member(data, "animate");
    if (v)
        edge->animate = is_truthy(v);
    if ((v = member(data, "animation")) != NULL)
        edge->animation = text_of(v);
    if ((v = member(data, "curve")) != NULL)
        edge->curve = text_of(v);
    v = member(data, "step");
    if (v && v->kind == NC_VALUE_NUMBER && v->number >= 1 && v->number <= INT32_MAX &&
        (double)(uint32_t)v->number >= v->number)
        edge->step = (uint32_t)v->number;
}

static void set_shape(nc_flow_builder *b, nc_flow_node *node, const nc_value *v)
{
    nc_flow_shape shape =
        v->kind == NC_VALUE_STRING ? nc_flow_shape_lookup(v->text) : NC_FLOW_SHAPE_COUNT;
    if (shape != NC_FLOW_SHAPE_COUNT) {
        node->shape = shape;
        return;
    }
    nc_diag_add(b->diags, NC_RULE_UNKNOWN_SHAPE, v->at, "no shape is called '%.*s'",
                NC_SV_ARG(v->text));
    nc_sv near = nc_flow_shape_nearest(v->text);
    if (near.len)
        nc_diag_hint(b->diags, "did you mean '%.*s'?", NC_SV_ARG(near));
}

static bool set_label(nc_flow_builder *b, nc_flow_node *node, const nc_value *data)
{
    const nc_value *v = member(data, "label");
    if (!is_truthy(v))
        return true;
    const nc_value *type = member(data, "labelType");
    bool plain = type && type->kind == NC_VALUE_STRING &&
                 (nc_sv_eq(type->text, NC_SV("string")) || nc_sv_eq(type->text, NC_SV("text")));
    node->label = (nc_label){{0}, plain ? NC_MARKUP_HTML : NC_MARKUP_MARKDOWN, v->at};
    return nc_source_decode(&node->label.text, b->arena, label_text(b, v));
}

/* A node that is an icon or an image shows its id only when told to. */
static void clear_label(nc_flow_builder *b, nc_flow_node *node, const nc_value *data)
{
    const nc_value *label = member(data, "label");
    if (label && label->kind != NC_VALUE_NULL && label->kind != NC_VALUE_STRING) {
        nc_diag_add(b->diags, NC_RULE_BAD_DATA, label->at,
                    "the label beside an icon or image must be text");
        nc_diag_hint(b->diags, "put it into quotes: label: \"%.*s\"", NC_SV_ARG(label->text));
        return;
    }
    if (nc_sv_trim(text_of(label)).len == 0 && nc_sv_eq(node->label.text, node->id))
        node->label.text = (nc_sv){0};
}

static bool set_node_data(nc_flow_builder *b, nc_flow_node *node, const nc_value *data)
{
    const struct {
        const char *key;
        nc_sv *to;
        bool clears;
    } texts[] = {
        {"icon", &node->icon, true},
        {"form", &node->form, false},
        {"pos", &node->pos, false},
        {"img", &node->img, true},
        {"constraint", &node->constraint, false},
    };
    const nc_value *v = member(data, "shape");
    if (is_truthy(v))
        set_shape(b, node, v);
    if (!set_label(b, node, data))
        return false;
    for (size_t i = 0; i < NC_COUNT(texts); i++) {
        v = member(data, texts[i].key);
        if (!is_truthy(v))
            continue;
        if (!nc_source_decode(texts[i].to, b->arena, text_of(v)))
            return false;
        if (texts[i].clears)
            clear_label(b, node, data);
    }
    v = member(data, "w");
    if (is_truthy(v))
        node->w = number_of(v);
    v = member(data, "h");
    if (is_truthy(v))
        node->h = number_of(v);
    return true;
}

static void set_subgraph_data(nc_flow_subgraph *subgraph, const nc_value *data)
{
    const nc_value *view = member(data, "view");
    if (view)
        subgraph->collapsed = nc_sv_eq(text_of(view), NC_SV("collapsed"));
}

bool nc_flow_add_data(nc_flow_builder *b, uint32_t symbol, const nc_value *data, nc_span at)
{
    const nc_flow_symbol *s = &b->symbols.ptr[symbol];
    if (s->subgraph != NC_NONE && is_truthy(data)) {
        set_subgraph_data(&b->chart->subgraphs.ptr[s->subgraph], data);
        return true;
    }
    if (s->edge != NC_NONE) {
        set_edge_data(&b->chart->edges.ptr[s->edge], data);
        return true;
    }
    if (s->node == NC_NONE || !data)
        return true;
    if (data->kind == NC_VALUE_NULL) {
        nc_diag_add(b->diags, NC_RULE_BAD_DATA, at, "there is nothing in '@{ }'");
        nc_diag_hint(b->diags, "write for example @{ shape: cyl }");
        return true;
    }
    nc_flow_node_note *note = &b->nodes.ptr[s->node];
    note->data = data;
    note->data_at = at;
    note->edge_data += is_edge_data(data) ? 1 : 0;
    return set_node_data(b, &b->chart->nodes.ptr[s->node], data);
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
    if (!b->names_edges || f.len + t.len > NC_FLOW_LABEL_MAX)
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
    nc_flow_edge edge = {.id = own_id ? id : (nc_sv){0},
                         .at = arrow->at,
                         .label = arrow->label,
                         .stroke = arrow->stroke,
                         .tail = arrow->tail,
                         .head = arrow->head,
                         .author_tail = arrow->author_tail,
                         .length = arrow->length,
                         .curve = b->chart->link_default_curve};
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
    if ((uint64_t)from->len * to->len > NC_FLOW_EDGES_MAX - b->edges.len) {
        if (!b->edges_full)
            nc_diag_add(b->diags, NC_RULE_TOO_LARGE, arrow->at, "more than %d edges",
                        NC_FLOW_EDGES_MAX);
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

static const nc_flow_symbol *known(const nc_flow_builder *b, nc_sv id)
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
    if (nc_sv_find(ids, NC_SV(","), 0) == SIZE_MAX || known(b, ids))
        return false;
    nc_sv id;
    for (size_t at = 0; next_id(ids, &at, &id);)
        if (!known(b, id))
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
        return !b->author || put_styles(b, &b->chart->edges.ptr[s->edge].styles, styles);
    }
    if (s->node == NC_NONE) {
        if (s->subgraph == NC_NONE) {
            nc_diag_add(b->diags, NC_RULE_UNKNOWN_NODE, at, "no node is called '%.*s' so far",
                        NC_SV_ARG(id));
            nc_diag_hint(b->diags, "the statement makes one; name the node before it is styled");
        }
        if (!make_node(b, symbol, at))
            return false;
    }
    uint32_t node = b->symbols.ptr[symbol].node;
    return node == NC_NONE || put_styles(b, &b->chart->nodes.ptr[node].styles, styles);
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
static bool put_class(nc_flow_builder *b, char kind, uint32_t index, nc_sv_vec *to, nc_sv name)
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

static bool class_one(nc_flow_builder *b, const nc_flow_symbol *s, nc_sv name)
{
    if (s->node != NC_NONE &&
        !put_class(b, 'n', s->node, &b->chart->nodes.ptr[s->node].classes, name))
        return false;
    if (s->edge != NC_NONE &&
        !put_class(b, 'e', s->edge, &b->chart->edges.ptr[s->edge].classes, name))
        return false;
    return s->subgraph == NC_NONE ||
           put_class(b, 's', s->subgraph, &b->chart->subgraphs.ptr[s->subgraph].classes, name);
}

bool nc_flow_add_class(nc_flow_builder *b, nc_sv ids, nc_sv name, nc_span at)
{
    nc_sv id;
    for (size_t from = 0; next_id(ids, &from, &id);) {
        const nc_flow_symbol *s = known(b, id);
        nc_flow_late late = {.id = id, .class_name = name, .link = NC_NONE, .at = at};
        if (s ? !class_one(b, s, name) : !NC_PUSH(b->arena, &b->late, late))
            return false;
    }
    return true;
}

static void set_link(nc_flow_link *to, const nc_flow_link *link)
{
    if (link->callback)
        to->callback = true;
    if (link->href.len) {
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
            set_link(&b->chart->nodes.ptr[s->node].link, link);
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

bool nc_flow_define_class(nc_flow_builder *b, nc_sv names, const nc_sv_vec *styles)
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
            nc_flow_class made = {.name = name};
            index = b->chart->classes.len;
            if (!nc_map_set(&b->given, b->arena, key, index) ||
                !NC_PUSH(b->arena, &b->chart->classes, made))
                return false;
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
    return styles->len == 0 || replace_styles(b, &b->chart->edges.ptr[edge].styles, styles);
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

/* ---- finishing ------------------------------------------------------------------------------ */

/* Classes and links that came before what they are for: the author's reading keeps them. */
static bool apply_late(nc_flow_builder *b, const nc_flow_late *late)
{
    const nc_flow_symbol *s = known(b, late->id);
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
        return class_one(b, s, late->class_name);
    if (s->subgraph != NC_NONE)
        set_link(&b->chart->subgraphs.ptr[s->subgraph].link, &b->links.ptr[late->link]);
    else if (s->node != NC_NONE)
        set_link(&b->chart->nodes.ptr[s->node].link, &b->links.ptr[late->link]);
    return true;
}

/* Data given before the edge or subgraph it is for. True when the node is none after all. */
static bool apply_early_data(nc_flow_builder *b, const nc_flow_node_note *note)
{
    const nc_flow_symbol *s = &b->symbols.ptr[note->symbol];
    if (!note->data)
        return false;
    if (s->subgraph != NC_NONE && member(note->data, "view")) {
        b->defects++;
        if (b->author)
            set_subgraph_data(&b->chart->subgraphs.ptr[s->subgraph], note->data);
        return false;
    }
    if (s->edge == NC_NONE || !b->edges.ptr[s->edge].own_id || note->used ||
        note->mentions != note->edge_data)
        return false;
    b->defects++;
    if (b->author)
        set_edge_data(&b->chart->edges.ptr[s->edge], note->data);
    return b->author;
}

/* A subgraph takes what was said about the node of the same id. */
static bool give_to_subgraph(nc_flow_builder *b, const nc_flow_node *node, uint32_t index)
{
    nc_flow_subgraph *subgraph = &b->chart->subgraphs.ptr[index];
    for (uint32_t i = 0; i < node->classes.len; i++)
        if (!put_class(b, 's', index, &subgraph->classes, node->classes.ptr[i]))
            return false;
    for (uint32_t i = 0; i < node->styles.len; i++)
        if (!NC_PUSH(b->arena, &subgraph->styles, node->styles.ptr[i]))
            return false;
    set_link(&subgraph->link, &node->link);
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
                subgraph->parent = NC_NONE;
            }
            at = subgraph->parent;
        }
        for (uint32_t above = at == NC_NONE ? 0 : depth[at]; len > 0;)
            depth[path[--len]] = ++above;
        if (depth[i] > NC_FLOW_NESTING_MAX && !reported) {
            reported = true;
            nc_diag_add(b->diags, NC_RULE_TOO_LARGE, b->chart->subgraphs.ptr[i].at,
                        "subgraphs nested more than %d deep", NC_FLOW_NESTING_MAX);
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
