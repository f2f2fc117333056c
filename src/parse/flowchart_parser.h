/*
 * What the parts of the flowchart parser share: the token at hand, what is open, the builder.
 *
 * Every function that reads a part of a statement returns false when the statement is broken (it
 * has been reported then, once, and `resume` says where to go on) or memory is out (`no_memory`).
 */
#ifndef NC_FLOWCHART_PARSER_H
#define NC_FLOWCHART_PARSER_H

#include "parse/flowchart_builder.h"
#include "parse/flowchart_lexer.h"
#include "source/source.h"

/* What the grammar allows where a statement goes wrong. */
typedef enum nc_flow_expect {
    NC_EXPECT_HEADER,
    NC_EXPECT_DIRECTION, /* or a line end, after `graph` */
    NC_EXPECT_HEADER_END,
    NC_EXPECT_STATEMENT,
    NC_EXPECT_ID, /* a node, at the start of a statement or after an arrow or & */
    NC_EXPECT_CLASS_NAME,
    NC_EXPECT_TEXT,   /* inside a bracket or after a pipe */
    NC_EXPECT_CLOSER, /* the text has begun */
    NC_EXPECT_EDGE_TEXT,
    NC_EXPECT_ARROW_END,
    NC_EXPECT_ARROW,    /* after the id of an edge */
    NC_EXPECT_NODE_END, /* an arrow, &, or the end of the statement */
    NC_EXPECT_SPACE,
    NC_EXPECT_TITLE,
    NC_EXPECT_STATEMENT_END,
    NC_EXPECT_STYLES,
    NC_EXPECT_EDGE_INDEX,
    NC_EXPECT_CURVE,
    NC_EXPECT_CLICK,
    NC_EXPECT_STRING,
    NC_EXPECT_PROPERTY,
    NC_EXPECT_VALUE
} nc_flow_expect;

typedef NC_VEC(nc_flow_frame) nc_flow_frame_vec;

typedef struct nc_flow_parser {
    nc_arena *arena;
    nc_diags *diags;
    nc_sv text;
    nc_flow_lexer lexer;
    nc_flow_token token, last; /* at hand; before it */
    nc_flow_token open;        /* bracket whose text is being read; kind END when none */
    nc_flow_token arrow;       /* arrow that still lacks its target; kind END when none */
    nc_flow_token first;       /* of the statement */
    uint32_t statement;        /* where the statement begins, blanks skipped */
    uint32_t resume;           /* where to go on after a broken one */
    bool no_memory;
    nc_flow_builder builder;
    nc_sv_vec pieces;         /* of a text being put together */
    nc_flow_frame_vec frames; /* open subgraphs, outermost first */
    uint32_t too_deep;        /* opened beyond the limit */
} nc_flow_parser;

/* Reads the next token. */
NC_MUST_USE bool nc_flow_advance(nc_flow_parser *p);
static inline bool nc_flow_at(const nc_flow_parser *p, nc_flow_token_kind kind)
{
    return p->token.kind == kind;
}
static inline nc_sv nc_flow_slice(const nc_flow_parser *p, uint32_t start, uint32_t end)
{
    return nc_sv_slice(p->text, start, end);
}
static inline nc_sv nc_flow_token_text(const nc_flow_parser *p, nc_flow_token token)
{
    return nc_sv_slice(p->text, token.start, token.end);
}
static inline nc_span nc_flow_span(nc_flow_token token)
{
    return (nc_span){token.start, token.end};
}
/* Where the token's text begins, white space skipped. */
uint32_t nc_flow_visible(const nc_flow_parser *p, nc_flow_token token);
/* For memory: sets no_memory, returns false. */
bool nc_flow_no_memory(nc_flow_parser *p);

/* Pieces of one text, joined without a copy where they are neighbours in the source. */
NC_MUST_USE bool nc_flow_put_piece(nc_flow_parser *p, nc_sv piece);
NC_MUST_USE bool nc_flow_join_pieces(nc_flow_parser *p, nc_sv *out);

/* A text as it is written, not yet a label: what is wrong with it is told once it is closed. */
typedef struct nc_flow_raw_text {
    nc_sv text;
    nc_span at;
    bool markdown;
} nc_flow_raw_text;

typedef bool nc_flow_token_test(nc_flow_token_kind kind);

/* Whether a token may be part of an id, of a bare label; whether it ends a statement. */
nc_flow_token_test nc_flow_is_id_part, nc_flow_is_text, nc_flow_is_separator;
/* Tokens that pass the test, joined. Fails when there is none. */
NC_MUST_USE bool nc_flow_read_run(nc_flow_parser *p, nc_flow_token_test *is_part,
                                  nc_flow_expect expect, nc_sv *out, nc_span *at);
/* Bare words, a string or a markdown string; words may follow either, but no second string. */
NC_MUST_USE bool nc_flow_read_text(nc_flow_parser *p, nc_flow_token_test *is_bare,
                                   nc_flow_expect expect, nc_flow_raw_text *out);
NC_MUST_USE bool nc_flow_make_label(nc_flow_parser *p, const nc_flow_raw_text *raw, nc_label *out);
/* One of the two closing brackets; other is END when there is only one. */
NC_MUST_USE bool nc_flow_expect_closer(nc_flow_parser *p, nc_flow_token_kind close,
                                       nc_flow_token_kind other);
NC_MUST_USE bool nc_flow_expect_separator(nc_flow_parser *p, nc_flow_expect expect);
NC_MUST_USE bool nc_flow_expect_space(nc_flow_parser *p);
NC_MUST_USE bool nc_flow_skip_spaces(nc_flow_parser *p);

/*
 * Reports why the token at hand is wrong here, as helpfully as the text allows, and sets `resume`.
 * Always false.
 */
bool nc_flow_fail(nc_flow_parser *p, nc_flow_expect expect);

/* Reads the statement that begins with the token at hand, its separator included. */
NC_MUST_USE bool nc_flow_statement(nc_flow_parser *p);
/* `subgraph …` up to its separator. An open frame is pushed also when this fails. */
NC_MUST_USE bool nc_flow_open_subgraph(nc_flow_parser *p);
/* Nodes and arrows. */
NC_MUST_USE bool nc_flow_chain(nc_flow_parser *p);

/* `end` that is meant as a node: an arrow or a bracket follows on its line. */
bool nc_flow_is_end_misused(const nc_flow_parser *p);

/* `@{ … }` pieces into the builder, for a mention of symbol. The token at hand is the first. */
NC_MUST_USE bool nc_flow_read_data(nc_flow_parser *p, uint32_t symbol);

#endif
