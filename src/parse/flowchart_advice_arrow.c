/* Arrows that are misspelt, unfinished, or lead nowhere. */
#include "parse/flowchart_advice.h"

#include "base/utf8.h"

/* Length of a sign that looks like part of an arrow: ASCII, dashes of text, drawn arrows. */
static uint32_t arrow_sign(const nc_flow_parser *p, uint32_t at)
{
    static const uint32_t signs[] = {0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015,
                                     0x2192, 0x2190, 0x2194, 0x21d2, 0x27f6, 0x2212};
    char c = nc_trouble_char(p, at);
    if (c == '-' || c == '=' || c == '<' || c == '>' || c == '.' || c == '~')
        return 1;
    if ((unsigned char)c < 0x80)
        return 0;
    size_t next = at;
    uint32_t code = nc_utf8_next(p->text, &next);
    for (size_t i = 0; i < NC_COUNT(signs); i++)
        if (code == signs[i])
            return (uint32_t)next - at;
    return 0;
}

/* End of a run of such signs, blanks inside it (`- ->`) included. */
static uint32_t arrow_run(const nc_flow_parser *p, uint32_t at)
{
    uint32_t end = at;
    for (;;) {
        uint32_t n = arrow_sign(p, at);
        at += n;
        if (n > 0)
            end = at;
        else if (nc_trouble_char(p, at) == ' ' && end > 0 && arrow_sign(p, at + 1) > 0)
            at++;
        else
            return end;
    }
}

static const char *right_arrow(nc_sv run)
{
    bool left = nc_sv_find(run, NC_SV("<"), 0) != SIZE_MAX;
    bool right = nc_sv_find(run, NC_SV(">"), 0) != SIZE_MAX;
    bool drawn = nc_sv_find(run, NC_SV("\xe2"), 0) != SIZE_MAX;
    if (nc_sv_find(run, NC_SV("~"), 0) != SIZE_MAX)
        return "~~~";
    if (nc_sv_find(run, NC_SV("="), 0) != SIZE_MAX)
        return left && right ? "<==>" : right ? "==>" : "===";
    if (nc_sv_find(run, NC_SV("."), 0) != SIZE_MAX)
        return left && right ? "<-.->" : right ? "-.->" : "-.-";
    return left && right ? "<-->" : right || drawn ? "-->" : "---";
}

static bool report_arrow(nc_flow_parser *p, uint32_t from, uint32_t to)
{
    nc_sv run = nc_flow_slice(p, from, to);
    nc_diag_add(p->diags, NC_RULE_BAD_ARROW, nc_trouble_span(from, to), "'%.*s' is no arrow",
                NC_SV_ARG(run));
    if (nc_sv_find(run, NC_SV("<"), 0) != SIZE_MAX && nc_sv_find(run, NC_SV(">"), 0) == SIZE_MAX)
        nc_diag_hint(p->diags, "arrows point to the right: write 'B --> A', or '<-->' for both");
    else
        nc_diag_hint(p->diags, "write '%s'", right_arrow(run));
    p->resume = nc_trouble_statement_end(p, p->statement, to);
    return true;
}

bool nc_trouble_no_source(nc_flow_parser *p, uint32_t at)
{
    uint32_t end = arrow_run(p, at);
    end = end > at ? end : at + 1;
    nc_diag_add(p->diags, NC_RULE_BAD_ARROW, nc_trouble_span(at, end),
                "there is no node before this arrow");
    nc_diag_hint(p->diags, "write 'A %.*s B'", NC_SV_ARG(nc_flow_slice(p, at, end)));
    return true;
}

/* `A->B` and `A=>B`: to the grammar the `>` opens a label. */
bool nc_explain_arrow_as_flag(nc_flow_parser *p, const nc_trouble *t)
{
    (void)t;
    if (p->open.kind != NC_FT_GREATER || p->open.start == 0)
        return false;
    uint32_t from = p->open.start;
    while (from > p->statement &&
           (nc_trouble_char(p, from - 1) == '-' || nc_trouble_char(p, from - 1) == '.' ||
            nc_trouble_char(p, from - 1) == '<'))
        from--;
    return from < p->open.start && report_arrow(p, from, arrow_run(p, from));
}

/* `-->>`: the sequence diagram's arrow */
bool nc_explain_double_head(nc_flow_parser *p, const nc_trouble *t)
{
    if (t->expect != NC_EXPECT_ID || p->arrow.kind == NC_FT_END || p->token.kind != NC_FT_GREATER ||
        p->arrow.end != p->token.start)
        return false;
    return report_arrow(p, nc_flow_visible(p, p->arrow), arrow_run(p, p->token.start));
}

bool nc_explain_odd_arrow(nc_flow_parser *p, const nc_trouble *t)
{
    if (t->expect != NC_EXPECT_NODE_END && t->expect != NC_EXPECT_STATEMENT)
        return false;
    uint32_t end = arrow_run(p, t->at);
    nc_sv run = nc_flow_slice(p, t->at, end);
    bool line =
        nc_sv_find(run, NC_SV("-"), 0) != SIZE_MAX || nc_sv_find(run, NC_SV("="), 0) != SIZE_MAX ||
        nc_sv_find(run, NC_SV(">"), 0) != SIZE_MAX || nc_sv_find(run, NC_SV("\xe2"), 0) != SIZE_MAX;
    if (!line || (end - t->at == 1 && p->token.kind == NC_FT_NAME))
        return false;
    if (p->token.kind == NC_FT_LINK || p->token.kind == NC_FT_LINK_START)
        return nc_trouble_no_source(p, t->at);
    return report_arrow(p, t->at, end);
}

/* `click` and `call` are no tokens: they are taken before the one at hand, line end and all. */
bool nc_trouble_is_ahead(const nc_flow_parser *p)
{
    return p->token.kind == NC_FT_CLICK || p->token.kind == NC_FT_CALL_NAME;
}

/* `A -->` and then nothing that could be a node. */
bool nc_explain_dangling_arrow(nc_flow_parser *p, const nc_trouble *t)
{
    bool nothing = t->next_line || nc_trouble_is_end(p->token.kind);
    if (t->expect != NC_EXPECT_ID || p->arrow.kind == NC_FT_END || !nothing)
        return false;
    if (nc_trouble_is_ahead(p) &&
        !nc_trouble_has(p, nc_flow_visible(p, p->arrow), p->arrow.end, "\n"))
        return false; /* `A --> click`: the word has begun a statement of its own */
    uint32_t from = nc_flow_visible(p, p->arrow);
    nc_sv arrow = nc_flow_trim(nc_flow_token_text(p, p->arrow));
    nc_diag_add(p->diags, NC_RULE_BAD_ARROW, nc_trouble_span(from, from + (uint32_t)arrow.len),
                "the arrow leads to no node");
    nc_diag_hint(p->diags, "name the node that it points to");
    p->resume = p->token.kind == NC_FT_END ? (uint32_t)p->text.len : t->at;
    return true;
}

/* What an arrow with a text ends with, by the sign of its first half. */
static const char *second_half(char sign)
{
    return sign == '-' ? "-->" : sign == '=' ? "==>" : ".->";
}

/*
 * `A -- yes -> B`: the second half is there, and misspelt. Its place; NC_NONE when nothing on the
 * line looks like one.
 */
static uint32_t misspelt_half(const nc_flow_parser *p, uint32_t from, uint32_t *len)
{
    static const nc_sv halves[] = {NC_SV_INIT("->"), NC_SV_INIT("=>"), NC_SV_INIT("&gt;")};
    nc_sv line = nc_flow_slice(p, 0, nc_trouble_line_end(p, from));
    for (size_t i = 0; i < NC_COUNT(halves); i++) {
        size_t at = nc_sv_find(line, halves[i], from);
        if (at == SIZE_MAX)
            continue;
        *len = (uint32_t)halves[i].len;
        return (uint32_t)at;
    }
    return NC_NONE;
}

/* An arrow with text that has no second half. */
bool nc_explain_open_arrow(nc_flow_parser *p, const nc_trouble *t)
{
    if (t->expect != NC_EXPECT_ARROW_END && t->expect != NC_EXPECT_EDGE_TEXT)
        return false;
    uint32_t from = nc_flow_visible(p, p->arrow);
    nc_sv half = nc_flow_trim(nc_flow_token_text(p, p->arrow));
    nc_span at = nc_trouble_span(from, from + (uint32_t)half.len);
    char sign = half.ptr[half.len - 1];
    bool same_line = t->at < nc_trouble_line_end(p, from) && p->token.kind != NC_FT_END;
    uint32_t len;
    uint32_t other = same_line ? NC_NONE : misspelt_half(p, at.end, &len);
    if (other != NC_NONE) {
        nc_diag_add(p->diags, NC_RULE_BAD_ARROW, nc_trouble_span(other, other + len),
                    "'%.*s' does not finish the arrow that '%.*s' begins",
                    NC_SV_ARG(nc_flow_slice(p, other, other + len)), NC_SV_ARG(half));
        nc_diag_hint(p->diags, "write '%s'", second_half(sign));
    } else if (half.ptr[0] == '<' && !same_line) {
        nc_diag_add(p->diags, NC_RULE_BAD_ARROW, at, "'%.*s' is no arrow", NC_SV_ARG(half));
        nc_diag_hint(p->diags, "arrows point to the right: write 'B --> A', or '<-->' for both");
    } else if (same_line && p->token.kind == NC_FT_BAD && nc_trouble_char(p, t->at) == sign) {
        nc_diag_add(p->diags, NC_RULE_BAD_ARROW, nc_trouble_token(p, t),
                    "the text of this arrow cannot hold '%s' unless it is quoted",
                    sign == '-'   ? "--"
                    : sign == '=' ? "="
                                  : ".");
        nc_diag_hint(p->diags, "write %.*s \"text\" %s", NC_SV_ARG(half), second_half(sign));
    } else if (same_line && t->expect == NC_EXPECT_ARROW_END) {
        nc_diag_add(p->diags, NC_RULE_UNQUOTED_LABEL, nc_trouble_token(p, t),
                    "%.*s inside the text of an arrow", NC_SV_ARG(nc_trouble_found(p)));
        nc_diag_hint(p->diags, "put the whole text into quotes: %.*s \"text\" %s", NC_SV_ARG(half),
                     second_half(sign));
    } else {
        nc_diag_add(p->diags, NC_RULE_BAD_ARROW, at,
                    "'%.*s' begins an arrow with a text and is never finished", NC_SV_ARG(half));
        nc_diag_hint(p->diags, "write '%s' for a plain line, or '%.*s text %s'",
                     sign == '-'   ? "---"
                     : sign == '=' ? "==="
                                   : "-.-",
                     NC_SV_ARG(half), second_half(sign));
    }
    p->resume = nc_trouble_line_end(p, from);
    return true;
}
