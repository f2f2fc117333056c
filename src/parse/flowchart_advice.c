/* Why a statement is wrong, in words that help its author. */
#include "parse/flowchart_parser.h"

bool nc_flow_fail(nc_flow_parser *p, nc_flow_expect expect)
{
    (void)expect;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_flow_span(p->token), "unexpected '%.*s'",
                NC_SV_ARG(nc_flow_token_text(p, p->token)));
    uint32_t at = p->token.start > p->statement ? p->token.start : p->statement;
    size_t end = nc_sv_find(p->text, NC_SV("\n"), at);
    p->resume = end == SIZE_MAX ? (uint32_t)p->text.len : (uint32_t)end;
    return false;
}
