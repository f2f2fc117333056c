/*
 * `@{ … }`: YAML, in flow style on one line, in block style over several. A line break inside a
 * quoted string is a line break of the label.
 */
#include "parse/flowchart_parser.h"

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
    if (nc_sv_find(body, NC_SV("\n"), 0) != SIZE_MAX)
        nc_diag_hint(p->diags, "over several lines write one 'key: value' a line, no commas");
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
