/*
 * `@{ … }`: YAML, in flow style on one line, in block style over several. A line break inside a
 * quoted string is a line break of the label.
 */
#include "parse/flowchart_parser.h"

/* ---- what it means -------------------------------------------------------------------------- */

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
    double sum = 0; /* a quoted number: a sign, digits and a fraction */
    double unit = 0;
    nc_sv text = nc_sv_trim(v->text);
    bool minus = nc_sv_starts(text, NC_SV("-"));
    if (minus || nc_sv_starts(text, NC_SV("+")))
        text = nc_sv_slice(text, 1, text.len);
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
    return minus ? -sum : sum;
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

void nc_flow_set_edge_data(nc_flow_edge *edge, const nc_value *data)
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

void nc_flow_set_subgraph_data(nc_flow_subgraph *subgraph, const nc_value *data)
{
    const nc_value *view = member(data, "view");
    if (view)
        subgraph->collapsed = nc_sv_eq(text_of(view), NC_SV("collapsed"));
}

bool nc_flow_add_data(nc_flow_builder *b, uint32_t symbol, const nc_value *data, nc_span at)
{
    const nc_flow_symbol *s = &b->symbols.ptr[symbol];
    if (s->subgraph != NC_NONE && is_truthy(data)) {
        nc_flow_set_subgraph_data(&b->chart->subgraphs.ptr[s->subgraph], data);
        return true;
    }
    if (s->edge != NC_NONE) {
        nc_flow_set_edge_data(&b->chart->edges.ptr[s->edge], data);
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

/* ---- what is written ------------------------------------------------------------------------ */

/* A quoted string with every line end and the blanks after it as `<br/>`. */
static bool put_string(nc_flow_parser *p, nc_sv text)
{
    size_t from = 0;
    for (size_t at = nc_sv_find(text, NC_SV("\n"), 0); at != SIZE_MAX;
         at = nc_sv_find(text, NC_SV("\n"), from)) {
        if (!nc_flow_put_piece(p, nc_sv_slice(text, from, at)) ||
            !nc_flow_put_piece(p, NC_SV("<br/>")))
            return false;
        from = at;
        for (uint32_t n; (n = nc_flow_space_at(text, (uint32_t)from)) > 0;)
            from += n;
    }
    return nc_flow_put_piece(p, nc_sv_slice(text, from, text.len));
}

static bool put_pieces(nc_flow_parser *p)
{
    while (nc_flow_at(p, NC_FT_DATA) || nc_flow_at(p, NC_FT_DATA_STRING)) {
        nc_sv text = nc_flow_token_text(p, p->token);
        bool opener = nc_flow_at(p, NC_FT_DATA) && nc_sv_eq(text, NC_SV("@{"));
        if (opener)
            p->open = p->token;
        else if (nc_flow_at(p, NC_FT_DATA_STRING) ? !put_string(p, text)
                                                  : !nc_flow_put_piece(p, text))
            return false;
        if (!nc_flow_advance(p))
            return false;
    }
    return true;
}

/* The text that YAML reads, and what to add to its offsets to come back to ours. */
static bool wrap(nc_flow_parser *p, nc_sv body, nc_sv *out, uint32_t *base)
{
    bool flow = nc_sv_find(body, NC_SV("\n"), 0) == SIZE_MAX;
    *base = p->open.end - (flow ? 2 : 0); /* may wrap around: it is only ever added */
    const char *text = body.ptr ? body.ptr : "";
    if (flow)
        return nc_arena_printf(out, p->arena, "{\n%.*s\n}", (int)body.len, text);
    return nc_arena_printf(out, p->arena, "%.*s\n", (int)body.len, text);
}

/* A place that YAML names, kept inside the braces (`<br/>` shifts what follows it). */
static nc_span inside(nc_span at, nc_span data)
{
    uint32_t last = data.end > data.start ? data.end - 1 : data.start;
    uint32_t start = at.start < data.start ? data.start : at.start > last ? last : at.start;
    uint32_t end = at.end > data.end ? data.end : at.end;
    return (nc_span){start, end > start ? end : start + 1};
}

static void report(nc_flow_parser *p, nc_span at, nc_sv message, nc_sv body)
{
    nc_diag_add(p->diags, NC_RULE_BAD_DATA, at, "bad data in '@{ }': %.*s", NC_SV_ARG(message));
    bool colon = at.start < p->text.len && p->text.ptr[at.start] == ':';
    if (nc_sv_find(body, NC_SV("\n"), 0) != SIZE_MAX)
        nc_diag_hint(p->diags, "over several lines write one 'key: value' a line, no commas");
    else if (colon)
        nc_diag_hint(p->diags, "quote a text that holds ':', '{', '[' or ','");
    else
        nc_diag_hint(p->diags, "write @{ key: value, key: \"text\" }");
}

bool nc_flow_read_data(nc_flow_parser *p, uint32_t symbol)
{
    uint32_t start = p->token.start;
    nc_sv body;
    nc_sv yaml;
    uint32_t base;
    p->pieces.len = 0;
    if (!put_pieces(p))
        return false;
    if (nc_flow_at(p, NC_FT_END) || nc_flow_at(p, NC_FT_BAD))
        return nc_flow_fail(p, NC_EXPECT_CLOSER); /* never closed */
    if (!nc_flow_join_pieces(p, &body) || !wrap(p, body, &yaml, &base))
        return nc_flow_no_memory(p);
    p->open = (nc_flow_token){.kind = NC_FT_END};
    nc_span whole = {start, p->last.end + 1}; /* the closing brace is no token */
    const nc_value *data = NULL;
    nc_value_error error;
    if (!nc_yaml_read(&data, p->arena, yaml, base, &error)) {
        if (nc_arena_failed(p->arena))
            return nc_flow_no_memory(p);
        report(p, inside(error.at, whole), error.message, body);
        return true;
    }
    return nc_flow_add_data(&p->builder, symbol, data, whole) || nc_flow_no_memory(p);
}
