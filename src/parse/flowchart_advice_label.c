/* Labels that are not closed, not quoted, or closed too early. */
#include "parse/flowchart_advice.h"

/* The bracket or pipe that closes an open one, as it is written. */
static const char *closer_of(nc_flow_token_kind open)
{
    switch (open) {
    case NC_FT_ROUND_OPEN:
        return ")";
    case NC_FT_CURLY_OPEN:
    case NC_FT_DATA:
        return "}";
    case NC_FT_STADIUM_OPEN:
        return "])";
    case NC_FT_SUBROUTINE_OPEN:
        return "]]";
    case NC_FT_CYLINDER_OPEN:
        return ")]";
    case NC_FT_DOUBLE_OPEN:
        return ")))";
    case NC_FT_ELLIPSE_OPEN:
        return "-)";
    case NC_FT_SLASH_OPEN:
        return "/]";
    case NC_FT_BACKSLASH_OPEN:
        return "\\]";
    case NC_FT_PIPE:
        return "|";
    default:
        return "]";
    }
}

static bool is_smart_quote(const nc_flow_parser *p, uint32_t at)
{
    static const char *const quotes[] = {"\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e",
                                         "\xe2\x80\x9f", "\xc2\xab",     "\xc2\xbb"};
    nc_sv rest = nc_flow_slice(p, at, at + 3);
    for (size_t i = 0; i < NC_COUNT(quotes); i++)
        if (nc_sv_starts(rest, nc_sv_cstr(quotes[i])))
            return true;
    return false;
}

bool nc_explain_smart_quote(nc_flow_parser *p, const nc_trouble *t)
{
    uint32_t at = t->at;
    if (p->open.kind != NC_FT_END && !is_smart_quote(p, at)) {
        at = p->open.end;
        for (uint32_t n; (n = nc_flow_space_at(p->text, at)) > 0;)
            at += n;
    }
    if (!is_smart_quote(p, at))
        return false;
    nc_diag_add(p->diags, NC_RULE_SMART_QUOTE, nc_trouble_span(at, at + 3),
                "a typographic quote does not quote a label");
    nc_diag_hint(p->diags, "write the plain quote: \"");
    return true;
}

/* A direction statement that does not begin its line, or takes more than the author meant. */
bool nc_explain_lost_line(nc_flow_parser *p, const nc_trouble *t)
{
    if (p->token.kind != NC_FT_DIRECTION)
        return false;
    nc_diag_add(p->diags, NC_RULE_LOST_LINE, nc_trouble_token(p, t),
                "'direction %s' must stand on a line of its own",
                nc_flow_directions[p->token.direction]);
    nc_diag_hint(p->diags, "write it on the next line");
    return true;
}

static bool report_open_quote(nc_flow_parser *p, uint32_t at)
{
    nc_diag_add(p->diags, NC_RULE_UNCLOSED, nc_trouble_span(at, at + 1),
                "this quote is never closed");
    nc_diag_hint(p->diags, "write '\"' at the end of the text");
    p->resume = nc_trouble_label_end(p, at);
    return true;
}

/* The last quote of a line that has an odd number of them, or NC_NONE. */
static uint32_t odd_quote(const nc_flow_parser *p, uint32_t from, uint32_t to)
{
    uint32_t last = NC_NONE;
    bool odd = false;
    for (uint32_t at = from; at < to; at++) {
        if (p->text.ptr[at] != '"')
            continue;
        odd = !odd;
        last = at;
    }
    return odd ? last : NC_NONE;
}

/* A string that ran on to a quote of a later statement, or to the end. */
bool nc_explain_open_quote(nc_flow_parser *p, const nc_trouble *t)
{
    if (p->token.kind == NC_FT_END && nc_flow_lexer_in_quote(&p->lexer))
        return report_open_quote(p, p->lexer.quote_at);
    if (p->open.kind != NC_FT_END && p->open.kind != NC_FT_DATA) {
        uint32_t quote = odd_quote(p, p->open.end, t->open_end);
        if (quote != NC_NONE && t->at > t->open_end)
            return report_open_quote(p, quote);
    }
    bool string = p->last.kind == NC_FT_STRING || p->last.kind == NC_FT_MARKDOWN;
    if (!string || t->expect == NC_EXPECT_ARROW_END ||
        nc_trouble_line_end(p, p->last.start) >= p->last.end)
        return false;
    uint32_t at = p->last.start - 1;
    return report_open_quote(p, p->last.kind == NC_FT_MARKDOWN && at > 0 ? at - 1 : at);
}

static bool report_unclosed(nc_flow_parser *p)
{
    nc_sv open = nc_flow_trim(nc_flow_token_text(p, p->open));
    uint32_t from = nc_flow_visible(p, p->open);
    nc_diag_add(p->diags, NC_RULE_UNCLOSED, nc_trouble_span(from, from + (uint32_t)open.len),
                "'%.*s' is never closed", NC_SV_ARG(open));
    bool slash = p->open.kind == NC_FT_SLASH_OPEN || p->open.kind == NC_FT_BACKSLASH_OPEN;
    if (slash && nc_trouble_has(p, p->open.end, nc_trouble_line_end(p, from), "]"))
        nc_diag_hint(p->diags, "quote a text that begins with '%c': [\"%c…\"]", open.ptr[1],
                     open.ptr[1]);
    else
        nc_diag_hint(p->diags, "write '%s' at the end of the text", closer_of(p->open.kind));
    p->resume = nc_trouble_label_end(p, from);
    return true;
}

/* An arrow between the open bracket and here: the label was meant to end before it. */
static bool has_arrow(const nc_flow_parser *p, uint32_t from, uint32_t to)
{
    return nc_trouble_has(p, from, to, "--") || nc_trouble_has(p, from, to, "==>") ||
           nc_trouble_has(p, from, to, "-.-");
}

bool nc_explain_label(nc_flow_parser *p, const nc_trouble *t)
{
    if (p->open.kind == NC_FT_END ||
        (t->expect != NC_EXPECT_CLOSER && t->expect != NC_EXPECT_TEXT &&
         t->expect != NC_EXPECT_PROPERTY && t->expect != NC_EXPECT_VALUE))
        return false;
    const char *closer = closer_of(p->open.kind);
    bool closes = nc_sv_starts(nc_flow_slice(p, t->at, (uint32_t)p->text.len), nc_sv_cstr(closer));
    if (t->expect == NC_EXPECT_TEXT && closes) {
        nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_span(p->open.start, p->token.end),
                    "a label cannot be empty");
        nc_diag_hint(p->diags, "leave the brackets out, or write a blank between them");
        return true;
    }
    if (t->at >= t->open_end || p->token.kind == NC_FT_END || has_arrow(p, p->open.end, t->at) ||
        !nc_trouble_has(p, t->at, t->open_end, closer))
        return report_unclosed(p);
    if (p->last.kind == NC_FT_STRING || p->last.kind == NC_FT_MARKDOWN) {
        nc_diag_add(p->diags, NC_RULE_UNQUOTED_LABEL, nc_trouble_token(p, t),
                    "%.*s after the closing quote", NC_SV_ARG(nc_trouble_found(p)));
        nc_diag_hint(p->diags, "quote the whole label; a quote inside it is written #quot;");
        return true;
    }
    bool quote = p->token.kind == NC_FT_STRING || p->token.kind == NC_FT_MARKDOWN;
    nc_sv sign = nc_flow_slice(p, t->at, t->at + 1);
    nc_diag_add(p->diags, NC_RULE_UNQUOTED_LABEL,
                quote ? nc_trouble_span(t->at - 1, t->at) : nc_trouble_span(t->at, t->at + 1),
                "'%.*s' in a label that is not quoted", NC_SV_ARG(quote ? NC_SV("\"") : sign));
    if (quote)
        nc_diag_hint(p->diags, "quote the whole label; a quote inside it is written #quot;");
    else
        nc_diag_hint(p->diags, "quote the label: %.*s\"…\"%s",
                     NC_SV_ARG(nc_flow_trim(nc_flow_token_text(p, p->open))), closer);
    return true;
}

/* `D(a) b)`: the label has ended before its author thought. */
bool nc_explain_early_end(nc_flow_parser *p, const nc_trouble *t)
{
    static const nc_flow_token_kind closers[] = {NC_FT_SQUARE_CLOSE, NC_FT_ROUND_CLOSE,
                                                 NC_FT_CURLY_CLOSE};
    bool closed = false;
    for (size_t i = 0; i < NC_COUNT(closers); i++)
        closed = closed || p->last.kind == closers[i];
    if (p->last.kind == NC_FT_SPACE && p->last.start > 0)
        closed = strchr(")]}", nc_trouble_char(p, p->last.start - 1)) != NULL;
    if (t->expect != NC_EXPECT_NODE_END || !closed || t->next_line ||
        nc_trouble_is_end(p->token.kind))
        return false;
    uint32_t end = p->last.kind == NC_FT_SPACE ? p->last.start : p->last.end;
    char closer = nc_trouble_char(p, end - 1);
    for (uint32_t at = t->at; at < nc_trouble_line_end(p, t->at); at++) {
        char c = nc_trouble_char(p, at);
        if (c == '[' || c == '(' || c == '{' || c == '-' || c == '=' || c == ';')
            return false;
        if (c != closer)
            continue;
        nc_diag_add(p->diags, NC_RULE_UNQUOTED_LABEL, nc_trouble_span(end - 1, end),
                    "'%c' ends the label here", closer);
        nc_diag_hint(p->diags, "quote the label if the bracket belongs to it");
        return true;
    }
    return false;
}

/* `A [x]` */
bool nc_explain_blank_before_bracket(nc_flow_parser *p, const nc_trouble *t)
{
    if (t->expect != NC_EXPECT_NODE_END || !nc_trouble_is_opener(p->token.kind) ||
        p->last.kind != NC_FT_SPACE)
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_flow_span(p->last),
                "a blank between a node and its label");
    nc_diag_hint(p->diags, "write the bracket right after the id: A%.*s…",
                 NC_SV_ARG(nc_flow_token_text(p, p->token)));
    return true;
}
