/*
 * The tokens of sequence text.
 *
 * Mermaid's lexer decides by itself what it expects next: after `participant` it reads a name, after
 * `loop` the rest of the line. The same states are kept here, since the language is what they let
 * through: a blank run swallows the line end behind it, `#` opens a comment wherever a token may
 * start, a name goes on through dashes that open no arrow. A token is a view of the text; nothing is
 * allocated.
 */
#ifndef NC_SEQUENCE_TOKEN_H
#define NC_SEQUENCE_TOKEN_H

#include "base/base.h"
#include "model/sequence.h"

typedef enum nc_seq_tok {
    NC_SEQ_TOK_EOF,
    NC_SEQ_TOK_BROKEN, /* no token can start here; the lexer stands still */
    NC_SEQ_TOK_BLANK,  /* nothing; never given out */
    NC_SEQ_TOK_NEWLINE,
    NC_SEQ_TOK_INVALID, /* a character that means nothing */
    NC_SEQ_TOK_HEADER,
    NC_SEQ_TOK_PARTICIPANT,
    NC_SEQ_TOK_ACTOR,
    NC_SEQ_TOK_CREATE,
    NC_SEQ_TOK_DESTROY,
    NC_SEQ_TOK_BOX,
    NC_SEQ_TOK_LOOP,
    NC_SEQ_TOK_ALT,
    NC_SEQ_TOK_OPT,
    NC_SEQ_TOK_PAR,
    NC_SEQ_TOK_PAR_OVER,
    NC_SEQ_TOK_CRITICAL,
    NC_SEQ_TOK_BREAK,
    NC_SEQ_TOK_RECT,
    NC_SEQ_TOK_ELSE,
    NC_SEQ_TOK_AND,
    NC_SEQ_TOK_OPTION,
    NC_SEQ_TOK_END,
    NC_SEQ_TOK_NOTE,
    NC_SEQ_TOK_LEFT_OF,
    NC_SEQ_TOK_RIGHT_OF,
    NC_SEQ_TOK_OVER,
    NC_SEQ_TOK_ACTIVATE,
    NC_SEQ_TOK_DEACTIVATE,
    NC_SEQ_TOK_AUTONUMBER,
    NC_SEQ_TOK_NUMBER,
    NC_SEQ_TOK_OFF,
    NC_SEQ_TOK_LINKS,
    NC_SEQ_TOK_LINK,
    NC_SEQ_TOK_PROPERTIES,
    NC_SEQ_TOK_DETAILS,
    NC_SEQ_TOK_TITLE,           /* text: what follows the keyword */
    NC_SEQ_TOK_ACC_TITLE,       /* the keyword; the value is the next token */
    NC_SEQ_TOK_ACC_TITLE_VALUE, /* up to the line end */
    NC_SEQ_TOK_ACC_DESCR,
    NC_SEQ_TOK_ACC_DESCR_VALUE,
    NC_SEQ_TOK_ACC_DESCR_BLOCK, /* text: what stands between the braces; at: from the keyword on */
    NC_SEQ_TOK_NAME,            /* a participant; trimmed */
    NC_SEQ_TOK_ARROW,
    NC_SEQ_TOK_CENTRAL, /* () */
    NC_SEQ_TOK_PLUS,
    NC_SEQ_TOK_MINUS,
    NC_SEQ_TOK_COMMA,
    NC_SEQ_TOK_TEXT, /* from a colon to the line end, `;` or `#`; text: without the colon */
    NC_SEQ_TOK_REST, /* the same behind a keyword */
    NC_SEQ_TOK_AS,
    NC_SEQ_TOK_DATA_OPEN, /* @{ */
    NC_SEQ_TOK_DATA,
    NC_SEQ_TOK_DATA_CLOSE,
    NC_SEQ_TOK_COUNT
} nc_seq_tok;

typedef struct nc_seq_arrow {
    nc_sv text;
    bool dotted;
    nc_seq_head tail, head;
} nc_seq_arrow;

typedef struct nc_seq_token {
    nc_seq_tok kind;
    nc_span at;
    nc_sv text;
    const nc_seq_arrow *arrow; /* of NC_SEQ_TOK_ARROW */
} nc_seq_token;

typedef enum nc_seq_state {
    NC_SEQ_STATE_LINE_START, /* and everywhere no other state is in force */
    NC_SEQ_STATE_NAME,
    NC_SEQ_STATE_ALIAS,
    NC_SEQ_STATE_REST,
    NC_SEQ_STATE_DATA,
    NC_SEQ_STATE_ACC_TITLE,
    NC_SEQ_STATE_ACC_DESCR,
    NC_SEQ_STATE_ACC_DESCR_BLOCK,
    NC_SEQ_STATE_COUNT
} nc_seq_state;

typedef struct nc_seq_lexer {
    nc_sv text;
    size_t at;
    nc_seq_state state;
    bool done;            /* the end was seen: the next token is EOF */
    size_t no_brace_from; /* no '}' stands at or after this offset: keeps many `@{` linear */
    size_t block_at;      /* where the `accDescr {` of the block state was opened */
} nc_seq_lexer;

void nc_seq_lexer_init(nc_seq_lexer *lexer, nc_sv text);
nc_seq_token nc_seq_lex(nc_seq_lexer *lexer);
/* Go on at an offset, at a place where a statement may start. */
void nc_seq_lexer_resume(nc_seq_lexer *lexer, size_t at);

/* The arrows, longest spelling first where one begins another. */
const nc_seq_arrow *nc_seq_arrows(size_t *len);
/* The words that start a statement or part of one, in lower case but for camel-cased ones. */
const nc_sv *nc_seq_keywords(size_t *len);

/* White space as JavaScript's \s has it: bytes of the one at text[at], 0 when there is none. */
size_t nc_seq_space(nc_sv text, size_t at);
nc_sv nc_seq_trim(nc_sv text);

#endif
