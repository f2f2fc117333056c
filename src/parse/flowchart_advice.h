/*
 * What the explanations of broken statements share. Each knows one mistake that people make; see
 * flowchart_advice.c for the order in which they are asked.
 */
#ifndef NC_FLOWCHART_ADVICE_H
#define NC_FLOWCHART_ADVICE_H

#include "parse/flowchart_parser.h"

typedef struct nc_trouble {
    nc_flow_expect expect;
    uint32_t at;       /* first visible character of the token at hand */
    bool next_line;    /* it stands on a later line than the token before it */
    uint32_t open_end; /* end of the line on which the open bracket stands */
} nc_trouble;

/* True when it knew the mistake and has reported it. */
typedef bool nc_explanation(nc_flow_parser *p, const nc_trouble *t);

nc_explanation nc_explain_arrow_as_flag, nc_explain_double_head, nc_explain_odd_arrow,
    nc_explain_dangling_arrow, nc_explain_open_arrow, nc_explain_smart_quote, nc_explain_lost_line,
    nc_explain_open_quote, nc_explain_label, nc_explain_early_end, nc_explain_blank_before_bracket;

/* Reports an arrow that begins a statement. */
bool nc_trouble_no_source(nc_flow_parser *p, uint32_t at);

/* NUL behind the end. */
char nc_trouble_char(const nc_flow_parser *p, uint32_t at);
uint32_t nc_trouble_line_end(const nc_flow_parser *p, uint32_t at);
/* Whether text[from, to) holds what. */
bool nc_trouble_has(const nc_flow_parser *p, uint32_t from, uint32_t to, const char *what);
bool nc_trouble_is_end(nc_flow_token_kind kind);
bool nc_trouble_is_opener(nc_flow_token_kind kind);
bool nc_trouble_is_ahead(const nc_flow_parser *p);
/* What the token at hand is called in a message, and its place, on one line. */
nc_sv nc_trouble_found(const nc_flow_parser *p);
nc_span nc_trouble_token(const nc_flow_parser *p, const nc_trouble *t);
nc_span nc_trouble_span(uint32_t from, uint32_t to);
/* Where to go on after a statement, after a label that is never closed. */
uint32_t nc_trouble_statement_end(const nc_flow_parser *p, uint32_t from, uint32_t at);
uint32_t nc_trouble_label_end(const nc_flow_parser *p, uint32_t at);

#endif
