/*
 * The state of the sequence grammar, shared by its statements.
 *
 * Tokens come one at a time from the lexer; open fragments stand on a list, so nothing recurses. A
 * statement that does not fit is reported and the rest of its line is left out. All functions that
 * return a bool return false without memory only, unless said otherwise.
 */
#ifndef NC_SEQUENCE_PARSER_H
#define NC_SEQUENCE_PARSER_H

#include "parse/sequence_cast.h"
#include "parse/sequence_trouble.h"

/* A fragment or box that waits for its `end`. */
typedef struct nc_seq_open_block {
    bool is_box;
    nc_seq_fragment fragment;
    nc_span at;
    nc_seq_tok stranger; /* of a box: the first statement that may not stand in it, or EOF */
    nc_span stranger_at;
} nc_seq_open_block;

typedef struct nc_seq_parser {
    nc_seq_cast cast;
    nc_sequence *out;
    nc_seq_lexer lexer;
    nc_seq_token token;  /* the next one */
    nc_seq_token before; /* the one taken last */
    nc_seq_token first;  /* of the statement */
    uint32_t semicolon;  /* the end of the `;` read last; 0: none yet */
    NC_VEC(nc_seq_open_block) open;
    uint32_t excess;   /* fragments above the nesting limit; left out */
    uint32_t forgiven; /* fragments closed for a section; as many `end` too many are no error */
    bool stop;         /* a limit was reached */
} nc_seq_parser;

void nc_seq_advance(nc_seq_parser *p);
/* Takes a token of this kind; false when the next one is of another. */
bool nc_seq_accept(nc_seq_parser *p, nc_seq_tok kind);
/* The next token can name a participant. */
bool nc_seq_at_actor(const nc_seq_parser *p);
bool nc_seq_has_line_end(const nc_seq_parser *p, size_t from, size_t to);

/* The place of the parser as the functions that blame want it. */
nc_seq_trouble nc_seq_trouble_at(nc_seq_parser *p);
/*
 * Leaves the rest of a broken statement out: up to the line end, or nothing when the token that did
 * not fit already stands on a later line. True always, as the value of a broken statement.
 */
bool nc_seq_recover(nc_seq_parser *p);
/* The statement is over: a line end or `;` must follow. */
NC_MUST_USE bool nc_seq_end_statement(nc_seq_parser *p);

/* An event from the statement's first token to the one taken last. */
nc_seq_event nc_seq_new_event(const nc_seq_parser *p, nc_seq_event_type type);
NC_MUST_USE bool nc_seq_add_event(nc_seq_parser *p, nc_seq_event event);
NC_MUST_USE bool nc_seq_add_actor_event(nc_seq_parser *p, nc_seq_event_type type, uint32_t actor);
NC_MUST_USE bool nc_seq_set_text(nc_seq_parser *p, nc_seq_event *event, nc_seq_token text);

/* Statements, each from its first token on. */
typedef bool (*nc_seq_rule)(nc_seq_parser *p);
/* sequence_message.c; the sender is taken already */
NC_MUST_USE bool nc_seq_parse_message(nc_seq_parser *p);
/* sequence_block.c */
NC_MUST_USE bool nc_seq_parse_fragment(nc_seq_parser *p);
NC_MUST_USE bool nc_seq_parse_section(nc_seq_parser *p);
NC_MUST_USE bool nc_seq_parse_box(nc_seq_parser *p);
NC_MUST_USE bool nc_seq_parse_end(nc_seq_parser *p);
/* sequence_participant.c */
NC_MUST_USE bool nc_seq_parse_participant(nc_seq_parser *p);
NC_MUST_USE bool nc_seq_parse_create(nc_seq_parser *p);
NC_MUST_USE bool nc_seq_parse_destroy(nc_seq_parser *p);
NC_MUST_USE bool nc_seq_parse_activation(nc_seq_parser *p);
/* sequence_note.c */
NC_MUST_USE bool nc_seq_parse_note(nc_seq_parser *p);
NC_MUST_USE bool nc_seq_parse_menu(nc_seq_parser *p);
NC_MUST_USE bool nc_seq_parse_autonumber(nc_seq_parser *p);
NC_MUST_USE bool nc_seq_parse_title(nc_seq_parser *p);
NC_MUST_USE bool nc_seq_parse_accessible(nc_seq_parser *p);
NC_MUST_USE bool nc_seq_parse_description(nc_seq_parser *p);

/* The fragment a keyword opens, or NC_SEQ_FRAGMENT_COUNT. */
nc_seq_fragment nc_seq_fragment_of(nc_seq_tok keyword);
NC_MUST_USE bool nc_seq_open_fragment(nc_seq_parser *p, nc_seq_fragment fragment,
                                      nc_seq_token keyword, nc_seq_token rest);
NC_MUST_USE bool nc_seq_close_block(nc_seq_parser *p);
void nc_seq_blame_open_block(nc_seq_parser *p, const nc_seq_open_block *block);

#endif
