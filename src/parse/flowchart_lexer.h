/*
 * Tokens of the flowchart grammar.
 *
 * The language is defined by an ordered list of rules for each state of the lexer: the first rule
 * that matches wins, not the longest. That order decides what many texts mean (`A--oB`, `a@b`,
 * `end-x`), so it is kept here as a table in the same order (reference: flowchart, section 2).
 */
#ifndef NC_FLOWCHART_LEXER_H
#define NC_FLOWCHART_LEXER_H

#include "base/vec.h"

typedef enum nc_flow_token_kind {
    NC_FT_END, /* nothing follows */
    NC_FT_EOF, /* the end as a separator: comes before NC_FT_END outside brackets and quotes */
    NC_FT_BAD, /* no rule matches the character here; the lexer stays where it is */
    NC_FT_NEWLINE,
    NC_FT_SPACE,
    NC_FT_SEMI,
    /* words */
    NC_FT_GRAPH,
    NC_FT_NO_DIR, /* the line end after `graph` */
    NC_FT_DIR,
    NC_FT_SUBGRAPH,
    NC_FT_END_WORD,
    NC_FT_STYLE,
    NC_FT_LINK_STYLE,
    NC_FT_CLASS_DEF,
    NC_FT_CLASS,
    NC_FT_CLICK, /* the ids after `click` */
    NC_FT_HREF,
    NC_FT_CALL_NAME,
    NC_FT_CALL_ARGS,
    NC_FT_LINK_TARGET,
    NC_FT_DEFAULT,
    NC_FT_INTERPOLATE,
    NC_FT_DIRECTION, /* the whole line; dir says which */
    NC_FT_ACC_TITLE,
    NC_FT_ACC_TITLE_VALUE,
    NC_FT_ACC_DESCR,
    NC_FT_ACC_DESCR_VALUE,
    NC_FT_ACC_DESCR_BLOCK,
    /* pieces of ids, style values, titles */
    NC_FT_NUMBER,
    NC_FT_NAME,
    NC_FT_LETTER, /* one letter outside ASCII */
    NC_FT_V,
    NC_FT_MINUS,
    NC_FT_COLON,
    NC_FT_COMMA,
    NC_FT_AMP,
    NC_FT_HASH,
    NC_FT_STAR,
    NC_FT_CARET,
    NC_FT_LESS,
    NC_FT_BAR_ESCAPE,  /* `\|` */
    NC_FT_STYLE_COLON, /* `:::` */
    /* edges */
    NC_FT_LINK,
    NC_FT_LINK_START, /* the half before a text */
    NC_FT_LINK_ID,
    NC_FT_EDGE_TEXT,
    /* texts */
    NC_FT_TEXT,
    NC_FT_STRING,
    NC_FT_MARKDOWN,
    NC_FT_DATA,        /* a piece of what stands in `@{ }` */
    NC_FT_DATA_STRING, /* the inside of a quoted string there */
    /* brackets, openers first; the order of pairs is that of the shapes table in statements */
    NC_FT_SQUARE_OPEN,
    NC_FT_SQUARE_CLOSE,
    NC_FT_ROUND_OPEN,
    NC_FT_ROUND_CLOSE,
    NC_FT_CURLY_OPEN,
    NC_FT_CURLY_CLOSE,
    NC_FT_STADIUM_OPEN,
    NC_FT_STADIUM_CLOSE,
    NC_FT_SUBROUTINE_OPEN,
    NC_FT_SUBROUTINE_CLOSE,
    NC_FT_CYLINDER_OPEN,
    NC_FT_CYLINDER_CLOSE,
    NC_FT_DOUBLE_OPEN,
    NC_FT_DOUBLE_CLOSE,
    NC_FT_ELLIPSE_OPEN,
    NC_FT_ELLIPSE_CLOSE,
    NC_FT_PROPS_OPEN,
    NC_FT_GREATER, /* `>`: opens a flag */
    NC_FT_SLASH_OPEN,
    NC_FT_SLASH_CLOSE,
    NC_FT_BACKSLASH_OPEN,
    NC_FT_BACKSLASH_CLOSE,
    NC_FT_PIPE,
    NC_FT_COUNT
} nc_flow_token_kind;

typedef struct nc_flow_token {
    nc_flow_token_kind kind;
    uint32_t start, end; /* in the lexer's text */
    uint32_t direction;  /* of DIRECTION: an index of nc_flow_directions */
} nc_flow_token;

/* A scan that many tokens repeat over the same text: every start in [from, to] ends at to. */
typedef struct nc_flow_scan {
    uint32_t from, to;
    bool known;
} nc_flow_scan;

enum { NC_FLOW_SCANS = 10, NC_FLOW_DIRECTIONS = 5 };

typedef struct nc_flow_lexer {
    nc_arena *arena;
    nc_sv text;
    uint32_t at;
    bool done;        /* the end was seen once */
    bool header_seen; /* the first `graph` is followed by a direction, later ones are not */
    bool author;      /* a `direction` inside a statement is text: what the author meant */
    bool swallowed;   /* with author: Mermaid would have read a line as a direction statement, */
    uint32_t swallowed_at;                     /* the first one at this place */
    uint32_t line_start, line_end;             /* of the line whose directions are known */
    uint32_t direction_at[NC_FLOW_DIRECTIONS]; /* last place on it, or NC_NONE */
    uint32_t direction_end[NC_FLOW_DIRECTIONS];
    uint32_t quote_at; /* where the last string was opened */
    uint32_t run_at;   /* last `@` of the run known to scans, or NC_NONE */
    nc_flow_scan scans[NC_FLOW_SCANS];
    NC_VEC(uint8_t) states;
} nc_flow_lexer;

/* text must end with a line feed. False without memory. */
NC_MUST_USE bool nc_flow_lexer_init(nc_flow_lexer *lx, nc_arena *a, nc_sv text);
/* Forgets open brackets and quotes and goes on at `at`. */
void nc_flow_lexer_seek(nc_flow_lexer *lx, uint32_t at);
/* False without memory. */
NC_MUST_USE bool nc_flow_lexer_next(nc_flow_lexer *lx, nc_flow_token *out);

/* Whether a string is open: it begins at lx->quote_at. */
bool nc_flow_lexer_in_quote(const nc_flow_lexer *lx);

/* Length of the white space character at text[at] (as ECMAScript has it), 0 when it is none. */
uint32_t nc_flow_space_at(nc_sv text, uint32_t at);
/* Without white space of that kind at both ends. */
nc_sv nc_flow_trim(nc_sv text);
/* Whether a code point may stand in an id (letters outside ASCII only). */
bool nc_flow_is_letter(uint32_t code);
/* Whether the byte may stand in a NAME token ('-' depends on what follows and is not counted). */
bool nc_flow_is_name(char c);

/* The words of direction statements, in the order in which they are looked for. */
extern const char *const nc_flow_directions[NC_FLOW_DIRECTIONS];

#endif
