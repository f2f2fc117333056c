#include "parse/flowchart_lexer.h"

#include "base/utf8.h"

#define NO_MATCH UINT32_MAX

typedef enum state {
    INITIAL,
    DIR, /* after the header word */
    TEXT,
    TRAPEZOID_TEXT, /* in [/ /] and its kin */
    ELLIPSE_TEXT,
    EDGE_TEXT,
    THICK_TEXT,
    DOTTED_TEXT,
    STRING,
    MARKDOWN,
    DATA,
    DATA_STRING,
    CLICK,
    CALL_NAME,
    CALL_ARGS,
    ACC_TITLE,
    ACC_DESCR,
    ACC_BLOCK
} state;

#define IN(s) (1u << (s))
#define ALL   UINT32_MAX

/* What is known about text from a start on, whatever token asks: see nc_flow_scan. */
typedef enum scan_kind {
    SCAN_SPACE,
    SCAN_RUN,
    SCAN_QUOTE,
    SCAN_MARKDOWN,
    SCAN_DATA,
    SCAN_OPEN_ROUND,
    SCAN_CLOSE_ROUND,
    SCAN_CLOSE_CURLY,
    SCAN_TEXT,
    SCAN_TRAPEZOID,
    SCAN_COUNT
} scan_kind;
static_assert((int)SCAN_COUNT == (int)NC_FLOW_SCANS, "the lexer has room for every scan");

/* Where each scan stops; white space is told by nc_flow_space_at instead. */
static const char *const scan_stops[SCAN_COUNT] = {
    [SCAN_SPACE] = "",         [SCAN_RUN] = "\"[](){}|",
    [SCAN_QUOTE] = "\"",       [SCAN_MARKDOWN] = "`\"",
    [SCAN_DATA] = "}^\"",      [SCAN_OPEN_ROUND] = "(",
    [SCAN_CLOSE_ROUND] = ")",  [SCAN_CLOSE_CURLY] = "}",
    [SCAN_TEXT] = "[](){}|\"", [SCAN_TRAPEZOID] = "\\[](){}/",
};

static bool is_stop(const char *stops, char c)
{
    return c && strchr(stops, c);
}

uint32_t nc_flow_space_at(nc_sv text, uint32_t at)
{
    if (at >= text.len)
        return 0;
    unsigned char c = (unsigned char)text.ptr[at];
    if (c < 0x80)
        return nc_is_space((char)c) ? 1 : 0;
    size_t next = at;
    uint32_t code = nc_utf8_next(text, &next);
    bool space = code == 0xa0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200a) ||
                 code == 0x2028 || code == 0x2029 || code == 0x202f || code == 0x205f ||
                 code == 0x3000 || code == 0xfeff;
    return space ? (uint32_t)(next - at) : 0;
}

nc_sv nc_flow_trim(nc_sv text)
{
    uint32_t start = 0;
    for (uint32_t n; (n = nc_flow_space_at(text, start)) > 0;)
        start += n;
    size_t end = text.len;
    while (end > start) {
        size_t last = end - 1; /* first byte of the last character */
        while (last > start && ((unsigned char)text.ptr[last] & 0xc0) == 0x80)
            last--;
        if (nc_flow_space_at(text, (uint32_t)last) == 0)
            break;
        end = last;
    }
    return nc_sv_slice(text, start, end);
}

bool nc_flow_is_name(char c)
{
    return nc_is_word(c) || is_stop("!\"#$%&'*+.`?\\/", c);
}

static char peek(const nc_flow_lexer *lx, uint32_t at)
{
    return at < lx->text.len ? lx->text.ptr[at] : '\0';
}

static uint32_t scan_from(const nc_flow_lexer *lx, scan_kind kind, uint32_t at)
{
    const char *stops = scan_stops[kind];
    while (at < lx->text.len && !is_stop(stops, lx->text.ptr[at])) {
        uint32_t space =
            kind == SCAN_SPACE || kind == SCAN_RUN ? nc_flow_space_at(lx->text, at) : 0;
        if (kind == SCAN_SPACE ? space == 0 : space > 0)
            break;
        at += space ? space : 1;
    }
    return at;
}

/* The end of a scan, remembered: many tokens may ask about the same long stretch of text. */
static uint32_t scan(nc_flow_lexer *lx, scan_kind kind, uint32_t at)
{
    nc_flow_scan *known = &lx->scans[kind];
    if (!known->known || at < known->from || at > known->to)
        *known = (nc_flow_scan){.from = at, .to = scan_from(lx, kind, at), .known = true};
    return known->to;
}

static uint32_t skip_space(nc_flow_lexer *lx, uint32_t at)
{
    if ((unsigned char)peek(lx, at) > ' ' && (unsigned char)peek(lx, at) < 0x80)
        return at;
    return scan(lx, SCAN_SPACE, at);
}

static uint32_t line_end(const nc_flow_lexer *lx, uint32_t at)
{
    const char *found = memchr(lx->text.ptr + at, '\n', lx->text.len - at);
    return found ? (uint32_t)(found - lx->text.ptr) : (uint32_t)lx->text.len;
}

/* What must follow a literal, or may stand before it. */
typedef enum follows {
    TAIL_NONE,
    TAIL_WORD,        /* no word character follows */
    TAIL_WORD_SPACES, /* the same, and white space belongs to the token */
    TAIL_SPACE,       /* one white space character */
    TAIL_SPACES,      /* one or more */
    TAIL_COLON,       /* a colon, white space around it */
    TAIL_BRACE        /* an opening brace, white space around it */
} follows;

typedef enum action { STAY, PUSH, POP, SWAP, HEADER } action;

typedef struct rule rule;
struct rule {
    uint32_t states;
    const char *literal; /* when set, match is not called */
    follows tail;
    bool spaces_before;
    uint32_t (*match)(nc_flow_lexer *lx, const rule *r);
    char arg;                /* of match: the line's character, or an index */
    nc_flow_token_kind kind; /* NC_FT_COUNT: no token, only the action */
    action action;
    state target; /* of PUSH and SWAP */
};

static uint32_t match_tail(nc_flow_lexer *lx, follows tail, uint32_t at)
{
    uint32_t past = at;
    switch (tail) {
    case TAIL_NONE:
        return at;
    case TAIL_WORD:
        return nc_is_word(peek(lx, at)) ? NO_MATCH : at;
    case TAIL_WORD_SPACES:
        return nc_is_word(peek(lx, at)) ? NO_MATCH : skip_space(lx, at);
    case TAIL_SPACE:
        past = at + nc_flow_space_at(lx->text, at);
        return past > at ? past : NO_MATCH;
    case TAIL_SPACES:
        past = skip_space(lx, at);
        return past > at ? past : NO_MATCH;
    case TAIL_COLON:
    case TAIL_BRACE:
        past = skip_space(lx, at);
        return peek(lx, past) == (tail == TAIL_COLON ? ':' : '{') ? skip_space(lx, past + 1)
                                                                  : NO_MATCH;
    }
    return NO_MATCH;
}

static uint32_t match_literal(nc_flow_lexer *lx, const rule *r)
{
    uint32_t at = r->spaces_before ? skip_space(lx, lx->at) : lx->at;
    if (peek(lx, at) != r->literal[0])
        return NO_MATCH;
    nc_sv literal = nc_sv_cstr(r->literal);
    if (!nc_sv_starts(nc_sv_slice(lx->text, at, lx->text.len), literal))
        return NO_MATCH;
    return match_tail(lx, r->tail, at + (uint32_t)literal.len);
}

static uint32_t run_of(const nc_flow_lexer *lx, char c, uint32_t at)
{
    while (peek(lx, at) == c)
        at++;
    return at;
}

static bool is_mark(char c)
{
    return c == 'x' || c == 'o' || c == '>';
}

/* Past white space and the mark that an arrow may begin with. */
static uint32_t arrow_start(nc_flow_lexer *lx)
{
    uint32_t at = skip_space(lx, lx->at);
    char c = peek(lx, at);
    return c == 'x' || c == 'o' || c == '<' ? at + 1 : at;
}

/* A complete arrow of dashes or equals signs: `-->`, `x==x`, `----`. */
static uint32_t match_arrow(nc_flow_lexer *lx, const rule *r)
{
    uint32_t at = arrow_start(lx);
    uint32_t end = run_of(lx, r->arg, at);
    if (end - at < 2)
        return NO_MATCH;
    if (is_mark(peek(lx, end)))
        return skip_space(lx, end + 1);
    return end - at > 2 ? skip_space(lx, end) : NO_MATCH;
}

static uint32_t match_arrow_half(nc_flow_lexer *lx, const rule *r)
{
    uint32_t at = arrow_start(lx);
    return peek(lx, at) == r->arg && peek(lx, at + 1) == r->arg ? skip_space(lx, at + 2) : NO_MATCH;
}

/* `-.->`, `.-`, `x-..-x` */
static uint32_t match_dotted(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    uint32_t at = arrow_start(lx);
    at += peek(lx, at) == '-' ? 1 : 0;
    uint32_t end = run_of(lx, '.', at);
    if (end == at || peek(lx, end) != '-')
        return NO_MATCH;
    end++;
    return skip_space(lx, is_mark(peek(lx, end)) ? end + 1 : end);
}

static uint32_t match_dotted_half(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    uint32_t at = arrow_start(lx);
    return peek(lx, at) == '-' && peek(lx, at + 1) == '.' ? skip_space(lx, at + 2) : NO_MATCH;
}

static uint32_t match_invisible(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    uint32_t at = skip_space(lx, lx->at);
    uint32_t end = run_of(lx, '~', at);
    return end - at >= 3 ? skip_space(lx, end) : NO_MATCH;
}

/*
 * Text between the halves of an arrow, up to where the other half (arg is its character), white
 * space, a quote or a mark could begin. The character itself is text while it stands alone; a
 * thick or dotted arrow's text may not hold it at all.
 */
static uint32_t match_edge_text(nc_flow_lexer *lx, const rule *r)
{
    uint32_t at = lx->at;
    char c = peek(lx, at);
    if (at >= lx->text.len || (c == r->arg && (c != '-' || peek(lx, at + 1) == '-')))
        return NO_MATCH;
    uint32_t space = nc_flow_space_at(lx->text, at);
    at += space ? space : 1;
    while (at < lx->text.len && !is_stop("\"xo<-", lx->text.ptr[at]) &&
           lx->text.ptr[at] != r->arg && nc_flow_space_at(lx->text, at) == 0)
        at++;
    return at;
}

static uint32_t match_ellipse_text(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    uint32_t at = lx->at;
    if (at >= lx->text.len || is_stop("()[]{}", lx->text.ptr[at]))
        return NO_MATCH;
    uint32_t space = nc_flow_space_at(lx->text, at);
    at += space ? space : 1;
    while (at < lx->text.len && !is_stop("()[]{}\"~-/", lx->text.ptr[at]) &&
           nc_flow_space_at(lx->text, at) == 0)
        at++;
    return at;
}

static uint32_t match_ellipse_close(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    return is_stop("-/)", peek(lx, lx->at)) && peek(lx, lx->at + 1) == ')' ? lx->at + 2 : NO_MATCH;
}

/* `\]`, and by a slip that has become the language also `)]`, `?]`, `=]`, `(]` and `]]`. */
static uint32_t match_backslash_close(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    return is_stop("\\(?=])", peek(lx, lx->at)) && peek(lx, lx->at + 1) == ']' ? lx->at + 2
                                                                               : NO_MATCH;
}

/* One slash or backslash that closes nothing, or text without any. */
static uint32_t match_trapezoid_text(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    char c = peek(lx, lx->at);
    if (c == '/' || c == '\\')
        return peek(lx, lx->at + 1) == ']' ? NO_MATCH : lx->at + 1;
    uint32_t end = scan(lx, SCAN_TRAPEZOID, lx->at);
    return end > lx->at ? end : NO_MATCH;
}

/* One or more characters up to the stops of a scan. */
static uint32_t match_scan(nc_flow_lexer *lx, const rule *r)
{
    uint32_t end = scan(lx, (scan_kind)r->arg, lx->at);
    return end > lx->at ? end : NO_MATCH;
}

/* The same, but also nothing: a token at the end of the text. */
static uint32_t match_scan_empty(nc_flow_lexer *lx, const rule *r)
{
    return scan(lx, (scan_kind)r->arg, lx->at);
}

static uint32_t match_line(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    return line_end(lx, lx->at);
}

/* The ids of a click statement: up to white space. */
static uint32_t match_click(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    uint32_t at = lx->at;
    while (at < lx->text.len && nc_flow_space_at(lx->text, at) == 0)
        at++;
    return at;
}

static uint32_t match_space_char(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    uint32_t space = nc_flow_space_at(lx->text, lx->at);
    return space ? lx->at + space : NO_MATCH;
}

/* `()`, blanks between. */
static uint32_t match_no_args(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    if (peek(lx, lx->at) != '(')
        return NO_MATCH;
    uint32_t at = skip_space(lx, lx->at + 1);
    return peek(lx, at) == ')' ? at + 1 : NO_MATCH;
}

/* White space up to and with its last line feed: `graph` without a direction. */
static uint32_t match_no_dir(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    uint32_t end = skip_space(lx, lx->at);
    while (end > lx->at && lx->text.ptr[end - 1] != '\n')
        end--;
    return end > lx->at ? end : NO_MATCH;
}

/* `e1@`: the longest run that ends with an @ which opens neither data nor a string. */
static uint32_t match_link_id(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    const nc_flow_scan *known = &lx->scans[SCAN_RUN];
    bool fresh = !known->known || lx->at < known->from || lx->at > known->to;
    uint32_t end = scan(lx, SCAN_RUN, lx->at);
    if (fresh) {
        lx->run_at = NC_NONE;
        for (uint32_t at = end; at > lx->at && lx->run_at == NC_NONE; at--) {
            char next = peek(lx, at);
            if (lx->text.ptr[at - 1] == '@' && next && next != '{' && next != '"')
                lx->run_at = at - 1;
        }
    }
    return lx->run_at != NC_NONE && lx->run_at > lx->at ? lx->run_at + 1 : NO_MATCH;
}

const char *const nc_flow_directions[NC_FLOW_DIRECTIONS] = {"TB", "BT", "RL", "LR", "TD"};

/* The characters that `.` of the direction rules does not match, besides the line feed. */
static bool is_line_separator(nc_sv text, size_t at)
{
    return at + 2 < text.len && (unsigned char)text.ptr[at] == 0xe2 &&
           (unsigned char)text.ptr[at + 1] == 0x80 &&
           ((unsigned char)text.ptr[at + 2] == 0xa8 || (unsigned char)text.ptr[at + 2] == 0xa9);
}

static void note_direction(nc_flow_lexer *lx, uint32_t start)
{
    static const nc_sv word = NC_SV_INIT("direction");
    uint32_t blank = start + (uint32_t)word.len;
    uint32_t at = skip_space(lx, blank);
    if (at == blank)
        return;
    for (size_t i = 0; i < NC_FLOW_DIRECTIONS; i++) {
        if (peek(lx, at) != nc_flow_directions[i][0] ||
            peek(lx, at + 1) != nc_flow_directions[i][1])
            continue;
        lx->direction_at[i] = start;
        lx->direction_end[i] = at + 2;
    }
}

/* Finds, for each direction, the last place on this line that says it: one pass for all tokens. */
static void read_directions(nc_flow_lexer *lx)
{
    lx->line_start = lx->at;
    uint32_t end = line_end(lx, lx->at);
    for (uint32_t at = lx->at; at < end; at++) {
        if (is_line_separator(lx->text, at))
            end = at;
    }
    lx->line_end = end;
    for (size_t i = 0; i < NC_FLOW_DIRECTIONS; i++)
        lx->direction_at[i] = NC_NONE;
    nc_sv line = nc_sv_slice(lx->text, 0, end);
    size_t at = nc_sv_find(line, NC_SV("direction"), lx->at);
    while (at != SIZE_MAX) {
        note_direction(lx, (uint32_t)at);
        at = nc_sv_find(line, NC_SV("direction"), at + 1);
    }
}

static void note_swallowed(nc_flow_lexer *lx, uint32_t at)
{
    if (!lx->swallowed)
        lx->swallowed_at = at;
    lx->swallowed = true;
}

/*
 * A line that says `direction TB` (arg is the word's index) anywhere is a direction statement as a
 * whole. For the author's reading only one that begins with it, and up to a semicolon.
 */
static uint32_t match_direction(nc_flow_lexer *lx, const rule *r)
{
    size_t i = (size_t)r->arg;
    if (lx->at < lx->line_start || lx->at > lx->line_end || lx->line_end == 0)
        read_directions(lx);
    uint32_t start = lx->direction_at[i];
    if (start == NC_NONE || start < lx->at)
        return NO_MATCH;
    uint32_t end = line_end(lx, lx->direction_end[i]);
    if (!lx->author)
        return end;
    if (skip_space(lx, lx->at) != start) {
        note_swallowed(lx, start);
        return NO_MATCH;
    }
    for (uint32_t at = lx->direction_end[i]; at < end; at++) {
        if (lx->text.ptr[at] != ';')
            continue;
        if (nc_flow_trim(nc_sv_slice(lx->text, at + 1, end)).len > 0)
            note_swallowed(lx, start);
        return at;
    }
    return end;
}

static uint32_t match_number(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    uint32_t at = lx->at;
    while (nc_is_digit(peek(lx, at)))
        at++;
    return at > lx->at ? at : NO_MATCH;
}

static uint32_t match_name(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    uint32_t at = lx->at;
    for (;; at++) {
        char c = peek(lx, at);
        char next = peek(lx, at + 1);
        bool dash = c == '-' && next && !is_stop(">-.", next);
        if (!dash && !nc_flow_is_name(c))
            break;
    }
    return at > lx->at ? at : NO_MATCH;
}

static uint32_t match_letter(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    if ((unsigned char)peek(lx, lx->at) < 0x80)
        return NO_MATCH;
    size_t next = lx->at;
    uint32_t code = nc_utf8_next(lx->text, &next);
    return nc_flow_is_letter(code) ? (uint32_t)next : NO_MATCH;
}

static uint32_t match_newlines(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    uint32_t end = run_of(lx, '\n', lx->at);
    return end > lx->at ? end : NO_MATCH;
}

static uint32_t match_blanks(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    uint32_t at = lx->at;
    for (uint32_t n; peek(lx, at) != '\n' && (n = nc_flow_space_at(lx->text, at)) > 0;)
        at += n;
    return at > lx->at ? at : NO_MATCH;
}

static uint32_t match_end(nc_flow_lexer *lx, const rule *r)
{
    (void)r;
    return lx->at == lx->text.len ? lx->at : NO_MATCH;
}

#define WORD(in, text, token)                                                                      \
    {                                                                                              \
        .states = (in), .literal = (text), .tail = TAIL_WORD, .kind = (token)                      \
    }
#define SIGN(in, text, token)                                                                      \
    {                                                                                              \
        .states = (in), .literal = (text), .kind = (token)                                         \
    }
#define OPEN(in, text, token, to)                                                                  \
    {                                                                                              \
        .states = (in), .literal = (text), .kind = (token), .action = PUSH, .target = (to)         \
    }
#define CLOSE(in, text, token)                                                                     \
    {                                                                                              \
        .states = (in), .literal = (text), .kind = (token), .action = POP                          \
    }
#define DIR_WORD(text)                                                                             \
    {                                                                                              \
        .states = IN(DIR), .literal = (text), .tail = TAIL_WORD, .spaces_before = true,            \
        .kind = NC_FT_DIR, .action = POP                                                           \
    }
#define DIR_SIGN(text)                                                                             \
    {                                                                                              \
        .states = IN(DIR), .literal = (text), .spaces_before = true, .kind = NC_FT_DIR,            \
        .action = POP                                                                              \
    }
#define MATCH(in, function, with, token)                                                           \
    {                                                                                              \
        .states = (in), .match = (function), .arg = (with), .kind = (token)                        \
    }
#define MATCH_PUSH(in, function, with, token, to)                                                  \
    {                                                                                              \
        .states = (in), .match = (function), .arg = (with), .kind = (token), .action = PUSH,       \
        .target = (to)                                                                             \
    }
#define MATCH_POP(in, function, with, token)                                                       \
    {                                                                                              \
        .states = (in), .match = (function), .arg = (with), .kind = (token), .action = POP         \
    }
#define HEAD(text)                                                                                 \
    {                                                                                              \
        .states = IN(INITIAL), .literal = (text), .tail = TAIL_WORD, .kind = NC_FT_GRAPH,          \
        .action = HEADER, .target = DIR                                                            \
    }

#define NO_TOKEN NC_FT_COUNT

/* The order is the language: see the header. */
static const rule rules[] = {
    {.states = IN(INITIAL),
     .literal = "accTitle",
     .tail = TAIL_COLON,
     .kind = NC_FT_ACC_TITLE,
     .action = PUSH,
     .target = ACC_TITLE},
    MATCH_POP(IN(ACC_TITLE), match_line, 0, NC_FT_ACC_TITLE_VALUE),
    {.states = IN(INITIAL),
     .literal = "accDescr",
     .tail = TAIL_COLON,
     .kind = NC_FT_ACC_DESCR,
     .action = PUSH,
     .target = ACC_DESCR},
    MATCH_POP(IN(ACC_DESCR), match_line, 0, NC_FT_ACC_DESCR_VALUE),
    {.states = IN(INITIAL),
     .literal = "accDescr",
     .tail = TAIL_BRACE,
     .kind = NO_TOKEN,
     .action = PUSH,
     .target = ACC_BLOCK},
    CLOSE(IN(ACC_BLOCK), "}", NO_TOKEN),
    MATCH(IN(ACC_BLOCK), match_scan_empty, SCAN_CLOSE_CURLY, NC_FT_ACC_DESCR_BLOCK),
    OPEN(IN(INITIAL), "@{", NC_FT_DATA, DATA),
    OPEN(IN(DATA), "\"", NC_FT_DATA, DATA_STRING),
    CLOSE(IN(DATA_STRING), "\"", NC_FT_DATA),
    MATCH(IN(DATA_STRING), match_scan, SCAN_QUOTE, NC_FT_DATA_STRING),
    MATCH(IN(DATA), match_scan, SCAN_DATA, NC_FT_DATA),
    CLOSE(IN(DATA), "}", NO_TOKEN),
    {.states = IN(INITIAL),
     .literal = "call",
     .tail = TAIL_SPACES,
     .kind = NO_TOKEN,
     .action = PUSH,
     .target = CALL_NAME},
    MATCH_POP(IN(CALL_NAME), match_no_args, 0, NO_TOKEN),
    {.states = IN(CALL_NAME),
     .literal = "(",
     .kind = NO_TOKEN,
     .action = SWAP,
     .target = CALL_ARGS},
    MATCH(IN(CALL_NAME), match_scan_empty, SCAN_OPEN_ROUND, NC_FT_CALL_NAME),
    CLOSE(IN(CALL_ARGS), ")", NO_TOKEN),
    MATCH(IN(CALL_ARGS), match_scan_empty, SCAN_CLOSE_ROUND, NC_FT_CALL_ARGS),
    MATCH(IN(MARKDOWN), match_scan, SCAN_MARKDOWN, NC_FT_MARKDOWN),
    CLOSE(IN(MARKDOWN), "`\"", NO_TOKEN),
    OPEN(ALL, "\"`", NO_TOKEN, MARKDOWN),
    MATCH(IN(STRING), match_scan, SCAN_QUOTE, NC_FT_STRING),
    CLOSE(IN(STRING), "\"", NO_TOKEN),
    OPEN(ALL, "\"", NO_TOKEN, STRING),
    WORD(IN(INITIAL), "style", NC_FT_STYLE),
    WORD(IN(INITIAL), "default", NC_FT_DEFAULT),
    WORD(IN(INITIAL), "linkStyle", NC_FT_LINK_STYLE),
    WORD(IN(INITIAL), "interpolate", NC_FT_INTERPOLATE),
    WORD(IN(INITIAL), "classDef", NC_FT_CLASS_DEF),
    WORD(IN(INITIAL), "class", NC_FT_CLASS),
    {.states = IN(INITIAL), .literal = "href", .tail = TAIL_SPACE, .kind = NC_FT_HREF},
    {.states = IN(INITIAL),
     .literal = "click",
     .tail = TAIL_SPACES,
     .kind = NO_TOKEN,
     .action = PUSH,
     .target = CLICK},
    MATCH_POP(IN(CLICK), match_space_char, 0, NO_TOKEN),
    MATCH(IN(CLICK), match_click, 0, NC_FT_CLICK),
    HEAD("flowchart-elk"),
    HEAD("swimlane-beta"),
    HEAD("graph"),
    HEAD("flowchart"),
    WORD(IN(INITIAL), "subgraph", NC_FT_SUBGRAPH),
    {.states = IN(INITIAL), .literal = "end", .tail = TAIL_WORD_SPACES, .kind = NC_FT_END_WORD},
    WORD(IN(INITIAL), "_self", NC_FT_LINK_TARGET),
    WORD(IN(INITIAL), "_blank", NC_FT_LINK_TARGET),
    WORD(IN(INITIAL), "_parent", NC_FT_LINK_TARGET),
    WORD(IN(INITIAL), "_top", NC_FT_LINK_TARGET),
    MATCH_POP(IN(DIR), match_no_dir, 0, NC_FT_NO_DIR),
    DIR_WORD("LR"),
    DIR_WORD("RL"),
    DIR_WORD("TB"),
    DIR_WORD("BT"),
    DIR_WORD("TD"),
    DIR_WORD("BR"),
    DIR_SIGN("<"),
    DIR_SIGN(">"),
    DIR_SIGN("^"),
    DIR_WORD("v"),
    MATCH(IN(INITIAL), match_direction, 0, NC_FT_DIRECTION),
    MATCH(IN(INITIAL), match_direction, 1, NC_FT_DIRECTION),
    MATCH(IN(INITIAL), match_direction, 2, NC_FT_DIRECTION),
    MATCH(IN(INITIAL), match_direction, 3, NC_FT_DIRECTION),
    MATCH(IN(INITIAL), match_direction, 4, NC_FT_DIRECTION),
    MATCH(IN(INITIAL), match_link_id, 0, NC_FT_LINK_ID),
    MATCH(IN(INITIAL), match_number, 0, NC_FT_NUMBER),
    SIGN(IN(INITIAL), "#", NC_FT_HASH),
    SIGN(IN(INITIAL), ":::", NC_FT_STYLE_COLON),
    SIGN(IN(INITIAL), ":", NC_FT_COLON),
    SIGN(IN(INITIAL), "&", NC_FT_AMP),
    SIGN(IN(INITIAL), ";", NC_FT_SEMI),
    SIGN(IN(INITIAL), ",", NC_FT_COMMA),
    SIGN(IN(INITIAL), "*", NC_FT_STAR),
    MATCH_POP(IN(INITIAL) | IN(EDGE_TEXT), match_arrow, '-', NC_FT_LINK),
    MATCH_PUSH(IN(INITIAL), match_arrow_half, '-', NC_FT_LINK_START, EDGE_TEXT),
    MATCH(IN(EDGE_TEXT), match_edge_text, '-', NC_FT_EDGE_TEXT),
    MATCH_POP(IN(INITIAL) | IN(THICK_TEXT), match_arrow, '=', NC_FT_LINK),
    MATCH_PUSH(IN(INITIAL), match_arrow_half, '=', NC_FT_LINK_START, THICK_TEXT),
    MATCH(IN(THICK_TEXT), match_edge_text, '=', NC_FT_EDGE_TEXT),
    MATCH_POP(IN(INITIAL) | IN(DOTTED_TEXT), match_dotted, 0, NC_FT_LINK),
    MATCH_PUSH(IN(INITIAL), match_dotted_half, 0, NC_FT_LINK_START, DOTTED_TEXT),
    MATCH(IN(DOTTED_TEXT), match_edge_text, '.', NC_FT_EDGE_TEXT),
    MATCH(ALL, match_invisible, 0, NC_FT_LINK),
    MATCH_POP(IN(ELLIPSE_TEXT), match_ellipse_close, 0, NC_FT_ELLIPSE_CLOSE),
    MATCH(IN(ELLIPSE_TEXT), match_ellipse_text, 0, NC_FT_TEXT),
    OPEN(ALL, "(-", NC_FT_ELLIPSE_OPEN, ELLIPSE_TEXT),
    CLOSE(IN(TEXT), "])", NC_FT_STADIUM_CLOSE),
    OPEN(ALL, "([", NC_FT_STADIUM_OPEN, TEXT),
    CLOSE(IN(TEXT), "]]", NC_FT_SUBROUTINE_CLOSE),
    OPEN(ALL, "[[", NC_FT_SUBROUTINE_OPEN, TEXT),
    SIGN(IN(INITIAL), "[|", NC_FT_PROPS_OPEN),
    OPEN(IN(INITIAL), ">", NC_FT_GREATER, TEXT),
    CLOSE(IN(TEXT), ")]", NC_FT_CYLINDER_CLOSE),
    OPEN(ALL, "[(", NC_FT_CYLINDER_OPEN, TEXT),
    CLOSE(IN(TEXT), ")))", NC_FT_DOUBLE_CLOSE),
    OPEN(ALL, "(((", NC_FT_DOUBLE_OPEN, TEXT),
    MATCH_POP(IN(TRAPEZOID_TEXT), match_backslash_close, 0, NC_FT_BACKSLASH_CLOSE),
    CLOSE(IN(TRAPEZOID_TEXT), "/]", NC_FT_SLASH_CLOSE),
    MATCH(IN(TRAPEZOID_TEXT), match_trapezoid_text, 0, NC_FT_TEXT),
    OPEN(ALL, "[/", NC_FT_SLASH_OPEN, TRAPEZOID_TEXT),
    OPEN(ALL, "[\\", NC_FT_BACKSLASH_OPEN, TRAPEZOID_TEXT),
    SIGN(IN(INITIAL), "<", NC_FT_LESS),
    SIGN(IN(INITIAL), "^", NC_FT_CARET),
    SIGN(IN(INITIAL), "\\|", NC_FT_BAR_ESCAPE),
    WORD(IN(INITIAL), "v", NC_FT_V),
    MATCH(IN(INITIAL), match_name, 0, NC_FT_NAME),
    SIGN(IN(INITIAL), "-", NC_FT_MINUS),
    MATCH(IN(INITIAL), match_letter, 0, NC_FT_LETTER),
    CLOSE(IN(TEXT), "|", NC_FT_PIPE),
    OPEN(ALL, "|", NC_FT_PIPE, TEXT),
    CLOSE(IN(TEXT), ")", NC_FT_ROUND_CLOSE),
    OPEN(ALL, "(", NC_FT_ROUND_OPEN, TEXT),
    CLOSE(IN(TEXT), "]", NC_FT_SQUARE_CLOSE),
    OPEN(ALL, "[", NC_FT_SQUARE_OPEN, TEXT),
    CLOSE(IN(TEXT), "}", NC_FT_CURLY_CLOSE),
    OPEN(ALL, "{", NC_FT_CURLY_OPEN, TEXT),
    MATCH(IN(TEXT), match_scan, SCAN_TEXT, NC_FT_TEXT),
    MATCH(IN(INITIAL), match_newlines, 0, NC_FT_NEWLINE),
    MATCH(IN(INITIAL), match_blanks, 0, NC_FT_SPACE),
    MATCH(IN(INITIAL), match_end, 0, NC_FT_EOF),
};

bool nc_flow_lexer_init(nc_flow_lexer *lx, nc_arena *a, nc_sv text)
{
    *lx = (nc_flow_lexer){.arena = a, .text = text, .run_at = NC_NONE};
    return NC_PUSH(a, &lx->states, INITIAL);
}

void nc_flow_lexer_seek(nc_flow_lexer *lx, uint32_t at)
{
    lx->at = at;
    lx->done = false;
    lx->states.len = 1;
}

static bool is_quote(uint8_t in)
{
    return in == STRING || in == MARKDOWN || in == DATA_STRING;
}

bool nc_flow_lexer_in_quote(const nc_flow_lexer *lx)
{
    return is_quote(lx->states.ptr[lx->states.len - 1]);
}

static bool act(nc_flow_lexer *lx, const rule *r)
{
    bool header = r->action == HEADER && !lx->header_seen;
    if (r->action == HEADER)
        lx->header_seen = true;
    if ((r->action == POP || r->action == SWAP) && lx->states.len > 1)
        lx->states.len--;
    if (header || r->action == PUSH || r->action == SWAP)
        return NC_PUSH(lx->arena, &lx->states, (uint8_t)r->target);
    return true;
}

static const rule *first_match(nc_flow_lexer *lx, uint32_t *end)
{
    uint32_t in = IN(lx->states.ptr[lx->states.len - 1]);
    char c = peek(lx, lx->at);
    for (size_t i = 0; i < NC_COUNT(rules); i++) {
        const rule *r = &rules[i];
        if (!(r->states & in) || (r->literal && !r->spaces_before && r->literal[0] != c))
            continue;
        *end = r->literal ? match_literal(lx, r) : r->match(lx, r);
        if (*end != NO_MATCH)
            return r;
    }
    return NULL;
}

bool nc_flow_lexer_next(nc_flow_lexer *lx, nc_flow_token *out)
{
    for (;;) {
        *out = (nc_flow_token){.kind = NC_FT_END, .start = lx->at, .end = lx->at};
        if (lx->done)
            return true;
        lx->done = lx->at == lx->text.len;
        const rule *r = first_match(lx, &out->end);
        if (!r) {
            size_t next = lx->at;
            if (!lx->done)
                (void)nc_utf8_next(lx->text, &next);
            out->kind = lx->done ? NC_FT_END : NC_FT_BAD;
            out->end = (uint32_t)next;
            return true;
        }
        out->kind = r->kind;
        out->direction = r->kind == NC_FT_DIRECTION ? (uint32_t)r->arg : 0;
        lx->at = out->end;
        if (r->action == PUSH && is_quote((uint8_t)r->target))
            lx->quote_at = out->start;
        if (!act(lx, r))
            return false;
        if (out->kind != NO_TOKEN)
            return true;
    }
}
