#include "parse/sequence_token.h"

#include "base/utf8.h"

static const nc_seq_arrow arrows[] = {
#define ARROW(literal, is_dotted, tail_head, head_head)                                            \
    {                                                                                              \
        NC_SV_INIT(literal), is_dotted, NC_SEQ_HEAD_##tail_head, NC_SEQ_HEAD_##head_head           \
    }
    ARROW("->>", false, NONE, ARROW),       ARROW("<<->>", false, ARROW, ARROW),
    ARROW("-->>", true, NONE, ARROW),       ARROW("<<-->>", true, ARROW, ARROW),
    ARROW("->", false, NONE, NONE),         ARROW("-->", true, NONE, NONE),
    ARROW("-x", false, NONE, CROSS),        ARROW("--x", true, NONE, CROSS),
    ARROW("-)", false, NONE, OPEN),         ARROW("--)", true, NONE, OPEN),
    ARROW("--|\\", true, NONE, HALF_TOP),   ARROW("--|/", true, NONE, HALF_BOTTOM),
    ARROW("--\\\\", true, NONE, STICK_TOP), ARROW("--//", true, NONE, STICK_BOTTOM),
    ARROW("/|--", true, HALF_TOP, NONE),    ARROW("\\|--", true, HALF_BOTTOM, NONE),
    ARROW("//--", true, STICK_TOP, NONE),   ARROW("\\\\--", true, STICK_BOTTOM, NONE),
    ARROW("-|\\", false, NONE, HALF_TOP),   ARROW("-|/", false, NONE, HALF_BOTTOM),
    ARROW("-\\\\", false, NONE, STICK_TOP), ARROW("-//", false, NONE, STICK_BOTTOM),
    ARROW("/|-", false, HALF_TOP, NONE),    ARROW("\\|-", false, HALF_BOTTOM, NONE),
    ARROW("//-", false, STICK_TOP, NONE),   ARROW("\\\\-", false, STICK_BOTTOM, NONE),
#undef ARROW
};

/* Whole words that are tokens by themselves, with the state they leave behind. */
typedef struct word_row {
    nc_sv word;
    nc_seq_tok kind;
    nc_seq_state next;
    bool needs_name; /* counts only before blanks and a character that may start a name */
} word_row;

static const word_row words[] = {
    {NC_SV_INIT("participant"), NC_SEQ_TOK_PARTICIPANT, NC_SEQ_STATE_NAME, false},
    {NC_SV_INIT("actor"), NC_SEQ_TOK_ACTOR, NC_SEQ_STATE_NAME, false},
    {NC_SV_INIT("create"), NC_SEQ_TOK_CREATE, NC_SEQ_STATE_LINE_START, false},
    {NC_SV_INIT("destroy"), NC_SEQ_TOK_DESTROY, NC_SEQ_STATE_NAME, false},
    {NC_SV_INIT("box"), NC_SEQ_TOK_BOX, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("loop"), NC_SEQ_TOK_LOOP, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("alt"), NC_SEQ_TOK_ALT, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("opt"), NC_SEQ_TOK_OPT, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("par"), NC_SEQ_TOK_PAR, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("par_over"), NC_SEQ_TOK_PAR_OVER, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("critical"), NC_SEQ_TOK_CRITICAL, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("break"), NC_SEQ_TOK_BREAK, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("rect"), NC_SEQ_TOK_RECT, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("else"), NC_SEQ_TOK_ELSE, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("and"), NC_SEQ_TOK_AND, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("option"), NC_SEQ_TOK_OPTION, NC_SEQ_STATE_REST, false},
    {NC_SV_INIT("end"), NC_SEQ_TOK_END, NC_SEQ_STATE_LINE_START, false},
    {NC_SV_INIT("note"), NC_SEQ_TOK_NOTE, NC_SEQ_STATE_LINE_START, false},
    {NC_SV_INIT("over"), NC_SEQ_TOK_OVER, NC_SEQ_STATE_LINE_START, false},
    {NC_SV_INIT("activate"), NC_SEQ_TOK_ACTIVATE, NC_SEQ_STATE_NAME, false},
    {NC_SV_INIT("deactivate"), NC_SEQ_TOK_DEACTIVATE, NC_SEQ_STATE_NAME, false},
    {NC_SV_INIT("autonumber"), NC_SEQ_TOK_AUTONUMBER, NC_SEQ_STATE_LINE_START, false},
    {NC_SV_INIT("off"), NC_SEQ_TOK_OFF, NC_SEQ_STATE_LINE_START, false},
    {NC_SV_INIT("links"), NC_SEQ_TOK_LINKS, NC_SEQ_STATE_LINE_START, true},
    {NC_SV_INIT("link"), NC_SEQ_TOK_LINK, NC_SEQ_STATE_LINE_START, true},
    {NC_SV_INIT("properties"), NC_SEQ_TOK_PROPERTIES, NC_SEQ_STATE_LINE_START, true},
    {NC_SV_INIT("details"), NC_SEQ_TOK_DETAILS, NC_SEQ_STATE_LINE_START, true},
    {NC_SV_INIT("sequenceDiagram"), NC_SEQ_TOK_HEADER, NC_SEQ_STATE_LINE_START, false},
};

/* For "did you mean". */
static const nc_sv keywords[] = {
    NC_SV_INIT("participant"), NC_SV_INIT("actor"),      NC_SV_INIT("create"),
    NC_SV_INIT("destroy"),     NC_SV_INIT("box"),        NC_SV_INIT("loop"),
    NC_SV_INIT("alt"),         NC_SV_INIT("opt"),        NC_SV_INIT("par"),
    NC_SV_INIT("par_over"),    NC_SV_INIT("critical"),   NC_SV_INIT("break"),
    NC_SV_INIT("rect"),        NC_SV_INIT("else"),       NC_SV_INIT("and"),
    NC_SV_INIT("option"),      NC_SV_INIT("end"),        NC_SV_INIT("note"),
    NC_SV_INIT("activate"),    NC_SV_INIT("deactivate"), NC_SV_INIT("autonumber"),
    NC_SV_INIT("title"),       NC_SV_INIT("accTitle"),   NC_SV_INIT("accDescr"),
    NC_SV_INIT("links"),       NC_SV_INIT("link"),       NC_SV_INIT("properties"),
    NC_SV_INIT("details"),
};

const nc_seq_arrow *nc_seq_arrows(size_t *len)
{
    *len = NC_COUNT(arrows);
    return arrows;
}

const nc_sv *nc_seq_keywords(size_t *len)
{
    *len = NC_COUNT(keywords);
    return keywords;
}

size_t nc_seq_space(nc_sv text, size_t at)
{
    if (at >= text.len)
        return 0;
    unsigned char c = (unsigned char)text.ptr[at];
    if (c < 0x80)
        return nc_is_space((char)c) ? 1 : 0;
    size_t end = at;
    uint32_t code = nc_utf8_next(text, &end);
    bool space = code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
                 code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F ||
                 code == 0x3000 || code == 0xFEFF;
    return space ? end - at : 0;
}

/* The start of the character that ends at `end`. */
static size_t char_before(nc_sv text, size_t end)
{
    size_t at = end - 1;
    while (at > 0 && end - at < 4 && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
        at--;
    return at;
}

nc_sv nc_seq_trim(nc_sv text)
{
    size_t from = 0;
    for (size_t n; (n = nc_seq_space(text, from)) > 0;)
        from += n;
    size_t to = text.len;
    while (to > from) {
        size_t last = char_before(text, to);
        if (last + nc_seq_space(text, last) != to)
            break;
        to = last;
    }
    return nc_sv_slice(text, from, to);
}

void nc_seq_lexer_init(nc_seq_lexer *lexer, nc_sv text)
{
    *lexer = (nc_seq_lexer){.text = text, .no_brace_from = SIZE_MAX};
}

void nc_seq_lexer_resume(nc_seq_lexer *lexer, size_t at)
{
    lexer->at = at;
    lexer->state = NC_SEQ_STATE_LINE_START;
    lexer->done = false;
}

static bool starts_at(nc_sv text, size_t at, nc_sv what)
{
    return text.len - at >= what.len && memcmp(text.ptr + at, what.ptr, what.len) == 0;
}

static char char_at(nc_sv text, size_t at)
{
    return at < text.len ? text.ptr[at] : '\0';
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* Bytes that end a run of text, by kind of run. */
enum {
    ENDS_TEXT = 1u << 0,  /* of a message, title, label */
    ENDS_WORD = 1u << 1,  /* of a name in a message: its first run */
    ENDS_NAME = 1u << 2,  /* its further runs */
    ENDS_ID = 1u << 3,    /* of a name in a participant line */
    ENDS_BLOCK = 1u << 4, /* of what stands in braces */
};

static const uint8_t ends[256] = {
    ['\n'] = ENDS_TEXT | ENDS_WORD | ENDS_NAME | ENDS_ID,
    [';'] = ENDS_TEXT | ENDS_WORD | ENDS_NAME | ENDS_ID,
    ['#'] = ENDS_TEXT,
    [':'] = ENDS_WORD | ENDS_NAME | ENDS_ID,
    [','] = ENDS_WORD | ENDS_NAME | ENDS_ID,
    ['<'] = ENDS_WORD | ENDS_NAME | ENDS_ID,
    ['>'] = ENDS_WORD | ENDS_NAME | ENDS_ID,
    ['+'] = ENDS_WORD | ENDS_NAME,
    ['-'] = ENDS_WORD | ENDS_NAME,
    ['/'] = ENDS_WORD,
    ['\\'] = ENDS_WORD,
    ['('] = ENDS_WORD,
    [')'] = ENDS_WORD,
    ['@'] = ENDS_ID,
    ['}'] = ENDS_BLOCK,
};

static bool is_end(nc_sv text, size_t at, unsigned kind)
{
    return (ends[(unsigned char)text.ptr[at]] & kind) != 0;
}

/* Offset of the first byte at or behind `at` that ends a run of this kind, or the end. */
static size_t find_end(nc_sv text, size_t at, unsigned kind)
{
    while (at < text.len && !is_end(text, at, kind))
        at++;
    return at;
}

static size_t skip_spaces(nc_sv text, size_t at)
{
    for (size_t n; (n = nc_seq_space(text, at)) > 0;)
        at += n;
    return at;
}

static size_t skip_blanks(nc_sv text, size_t at)
{
    for (size_t n; char_at(text, at) != '\n' && (n = nc_seq_space(text, at)) > 0;)
        at += n;
    return at;
}

static size_t line_end(nc_sv text, size_t at)
{
    const char *found = at < text.len ? memchr(text.ptr + at, '\n', text.len - at) : NULL;
    return found ? (size_t)(found - text.ptr) : text.len;
}

/* Makes the token text[at, end) and moves behind it. */
static nc_seq_token take(nc_seq_lexer *lx, nc_seq_tok kind, size_t end, nc_seq_state next)
{
    nc_seq_token token = {.kind = kind,
                          .at = {(uint32_t)lx->at, (uint32_t)end},
                          .text = nc_sv_slice(lx->text, lx->at, end)};
    lx->at = end;
    lx->state = next;
    return token;
}

/* A name: the token's text and place are those of the trimmed word. */
static nc_seq_token take_name(nc_seq_lexer *lx, size_t end, nc_seq_state next)
{
    nc_seq_token token = take(lx, NC_SEQ_TOK_NAME, end, next);
    token.text = nc_seq_trim(token.text);
    if (token.text.len > 0) {
        token.at.start = (uint32_t)(token.text.ptr - lx->text.ptr);
        token.at.end = token.at.start + (uint32_t)token.text.len;
    }
    return token;
}

/* -- names in messages -- */

/* An arrow, or the start of one, that no name runs into. */
static bool blocks_name(nc_sv text, size_t at)
{
    static const nc_sv blocks[] = {
        NC_SV_INIT("--"),   NC_SV_INIT("-x"),   NC_SV_INIT("-X"),  NC_SV_INIT("-)"),
        NC_SV_INIT("-|\\"), NC_SV_INIT("-|/"),  NC_SV_INIT("-\\"), NC_SV_INIT("-/"),
        NC_SV_INIT("/|-"),  NC_SV_INIT("\\|-"), NC_SV_INIT("//-"), NC_SV_INIT("\\\\-"),
        NC_SV_INIT("()"),
    };
    if (!is_one_of(text.ptr[at], "-/\\("))
        return false;
    for (size_t i = 0; i < NC_COUNT(blocks); i++)
        if (starts_at(text, at, blocks[i]))
            return true;
    return false;
}

/* The end of the name at `at`, or `at` when none starts there. */
static size_t name_end(nc_sv text, size_t at)
{
    size_t end = find_end(text, at, ENDS_WORD);
    if (end == at)
        return at;
    while (end < text.len && !blocks_name(text, end)) {
        size_t dash = end;
        while (char_at(text, dash) == '-')
            dash++;
        size_t more = find_end(text, dash, ENDS_NAME);
        if (more == dash)
            break;
        end = more;
    }
    return end;
}

/* -- the common state -- */

/*
 * A number of `autonumber`: digits with up to two decimals, before a blank or line end. Anything
 * else with digits is a name.
 */
static size_t number_end(nc_sv text, size_t at)
{
    size_t end = at;
    while (nc_is_digit(char_at(text, end)))
        end++;
    if (char_at(text, end) == '.' && nc_is_digit(char_at(text, end + 1)))
        end += nc_is_digit(char_at(text, end + 2)) ? 3 : 2;
    bool stops = char_at(text, end) == ' ' || char_at(text, end) == '\n';
    return end > at && stops ? end : at;
}

/* `A%%…`: one character of the basic plane (not '}') before `%%` makes a comment of the line. */
static bool is_late_comment(nc_sv text, size_t at)
{
    if (text.ptr[at] == '}')
        return false;
    size_t end = at;
    uint32_t code = nc_utf8_next(text, &end);
    return code <= 0xFFFF && starts_at(text, end, NC_SV("%%"));
}

/* Skips blanks (with the line ends behind them) and comments; false at a token. */
static bool skip_nothing(nc_seq_lexer *lx)
{
    nc_sv text = lx->text;
    size_t space = skip_spaces(text, lx->at);
    char c = char_at(text, lx->at);
    if (space > lx->at)
        lx->at = space;
    else if (c == '#' || (c == '%' && char_at(text, lx->at + 1) != '{') ||
             is_late_comment(text, lx->at))
        lx->at = line_end(text, lx->at + 1);
    else
        return false;
    return true;
}

static size_t word_end(nc_sv text, size_t at)
{
    while (at < text.len && nc_is_word(text.ptr[at]))
        at++;
    return at;
}

/* Blanks and tabs, then a character that may start a name. */
static bool name_follows(nc_sv text, size_t at)
{
    size_t blank = at;
    while (char_at(text, blank) == ' ' || char_at(text, blank) == '\t')
        blank++;
    return blank > at && blank < text.len && nc_seq_space(text, blank) == 0 &&
           !is_end(text, blank, ENDS_WORD);
}

/* `title Text` and `title: Text`; the blank may be a line end, the text takes one byte at least. */
static bool lex_title(nc_seq_lexer *lx, size_t word, nc_seq_token *out)
{
    nc_sv text = lx->text;
    size_t colon = char_at(text, word) == ':' ? word + 1 : word;
    size_t space = nc_seq_space(text, colon);
    if (space == 0 || colon + space >= text.len || is_end(text, colon + space, ENDS_TEXT))
        return false;
    size_t end = find_end(text, colon + space, ENDS_TEXT);
    *out = take(lx, NC_SEQ_TOK_TITLE, end, NC_SEQ_STATE_LINE_START);
    out->text = nc_sv_slice(text, colon + space, end);
    return true;
}

static nc_seq_token lex_acc_block(nc_seq_lexer *lx);

/* `accTitle:` and, for descriptions, `accDescr:`; `accDescr {` is no token, its text is one. */
static bool lex_accessible(nc_seq_lexer *lx, size_t word, bool is_title, nc_seq_token *out)
{
    size_t start = lx->at;
    size_t mark = skip_spaces(lx->text, word);
    char c = char_at(lx->text, mark);
    if (c != ':' && (is_title || c != '{'))
        return false;
    nc_seq_tok kind = is_title ? NC_SEQ_TOK_ACC_TITLE : NC_SEQ_TOK_ACC_DESCR;
    *out = take(lx, kind, mark + 1, is_title ? NC_SEQ_STATE_ACC_TITLE : NC_SEQ_STATE_ACC_DESCR);
    lx->at = skip_spaces(lx->text, mark + 1);
    if (c == '{') {
        lx->state = NC_SEQ_STATE_ACC_DESCR_BLOCK;
        lx->block_at = start;
        *out = lex_acc_block(lx);
    }
    return true;
}

static bool lex_word(nc_seq_lexer *lx, nc_seq_token *out)
{
    nc_sv text = lx->text;
    size_t end = word_end(text, lx->at);
    nc_sv word = nc_sv_slice(text, lx->at, end);
    if (word.len < 2)
        return false;
    if (nc_sv_eq_nocase(word, NC_SV("title")))
        return lex_title(lx, end, out);
    if (nc_sv_eq_nocase(word, NC_SV("accTitle")))
        return lex_accessible(lx, end, true, out);
    if (nc_sv_eq_nocase(word, NC_SV("accDescr")))
        return lex_accessible(lx, end, false, out);
    bool left = nc_sv_eq_nocase(word, NC_SV("left"));
    if (left || nc_sv_eq_nocase(word, NC_SV("right"))) {
        if (!nc_sv_eq_nocase(nc_sv_slice(text, end, word_end(text, end + 1)), NC_SV(" of")))
            return false;
        *out = take(lx, left ? NC_SEQ_TOK_LEFT_OF : NC_SEQ_TOK_RIGHT_OF, end + 3,
                    NC_SEQ_STATE_LINE_START);
        return true;
    }
    for (size_t i = 0; i < NC_COUNT(words); i++) {
        const word_row *row = &words[i];
        if (row->word.len != word.len || !nc_sv_eq_nocase(word, row->word))
            continue;
        if (row->needs_name && !name_follows(text, end))
            return false;
        *out = take(lx, row->kind, end, row->next);
        return true;
    }
    return false;
}

static bool lex_arrow(nc_seq_lexer *lx, nc_seq_token *out)
{
    if (!is_one_of(lx->text.ptr[lx->at], "-</\\"))
        return false;
    for (size_t i = 0; i < NC_COUNT(arrows); i++) {
        if (arrows[i].text.ptr[0] != lx->text.ptr[lx->at])
            continue;
        nc_sv spelling = nc_sv_slice(lx->text, lx->at, lx->at + arrows[i].text.len);
        if (!nc_sv_eq_nocase(spelling, arrows[i].text))
            continue;
        *out = take(lx, NC_SEQ_TOK_ARROW, lx->at + spelling.len, NC_SEQ_STATE_LINE_START);
        out->arrow = &arrows[i];
        return true;
    }
    return false;
}

static nc_seq_token lex_mark(nc_seq_lexer *lx)
{
    const nc_seq_state next = NC_SEQ_STATE_LINE_START;
    char c = lx->text.ptr[lx->at];
    if (c == ':') {
        size_t from = lx->at + 1;
        size_t end = find_end(lx->text, from, ENDS_TEXT);
        nc_seq_token token = take(lx, NC_SEQ_TOK_TEXT, end, next);
        token.text = nc_sv_slice(lx->text, from, end);
        return token;
    }
    if (starts_at(lx->text, lx->at, NC_SV("()")))
        return take(lx, NC_SEQ_TOK_CENTRAL, lx->at + 2, next);
    nc_seq_tok kind = c == '+' ? NC_SEQ_TOK_PLUS : c == '-' ? NC_SEQ_TOK_MINUS : NC_SEQ_TOK_INVALID;
    return take(lx, kind, lx->at + 1, next);
}

/*
 * What stands between the braces. A block that is never closed is read twice: all of the text, then
 * nothing.
 */
static nc_seq_token lex_acc_block(nc_seq_lexer *lx)
{
    nc_sv text = lx->text;
    if (char_at(text, lx->at) == '}')
        return take(lx, NC_SEQ_TOK_BLANK, lx->at + 1, NC_SEQ_STATE_LINE_START);
    if (lx->at >= text.len)
        lx->done = true;
    nc_seq_token token =
        take(lx, NC_SEQ_TOK_ACC_DESCR_BLOCK, find_end(text, lx->at, ENDS_BLOCK), lx->state);
    token.at.start = (uint32_t)lx->block_at;
    return token;
}

static nc_seq_token lex_line_start(nc_seq_lexer *lx)
{
    const nc_seq_state stay = NC_SEQ_STATE_LINE_START;
    nc_sv text = lx->text;
    for (;;) {
        if (lx->at >= text.len) {
            lx->done = true;
            return take(lx, NC_SEQ_TOK_NEWLINE, lx->at, stay);
        }
        if (text.ptr[lx->at] == '\n') {
            size_t end = lx->at;
            while (char_at(text, end) == '\n')
                end++;
            return take(lx, NC_SEQ_TOK_NEWLINE, end, stay);
        }
        if (!skip_nothing(lx))
            break;
    }
    size_t end = number_end(text, lx->at);
    if (end > lx->at)
        return take(lx, NC_SEQ_TOK_NUMBER, end, stay);
    nc_seq_token token;
    if (lex_word(lx, &token))
        return token;
    char c = text.ptr[lx->at];
    if (c == ',' || c == ';')
        return take(lx, c == ',' ? NC_SEQ_TOK_COMMA : NC_SEQ_TOK_NEWLINE, lx->at + 1, stay);
    end = name_end(text, lx->at);
    if (end > lx->at)
        return take_name(lx, end, stay);
    if (lex_arrow(lx, &token))
        return token;
    return lex_mark(lx);
}

/* -- the other states -- */

/* Blanks and a comment before the token of a state that keeps line ends. */
static void skip_blanks_and_comment(nc_seq_lexer *lx)
{
    lx->at = skip_blanks(lx->text, lx->at);
    if (char_at(lx->text, lx->at) == '#')
        lx->at = line_end(lx->text, lx->at);
}

/* The word `as` between white space, as it stands at `at`. */
static bool alias_follows(nc_sv text, size_t at)
{
    size_t word = skip_spaces(text, at);
    return word > at && nc_sv_eq_nocase(nc_sv_slice(text, word, word + 2), NC_SV("as")) &&
           nc_seq_space(text, word + 2) > 0;
}

static nc_seq_token lex_name_state(nc_seq_lexer *lx)
{
    nc_sv text = lx->text;
    skip_blanks_and_comment(lx);
    if (lx->at >= text.len)
        return take(lx, NC_SEQ_TOK_EOF, lx->at, lx->state);
    if (starts_at(text, lx->at, NC_SV("@{")))
        return take(lx, NC_SEQ_TOK_DATA_OPEN, lx->at + 2, NC_SEQ_STATE_DATA);

    size_t word = lx->at;
    while (word < text.len && !is_end(text, word, ENDS_ID) && !nc_seq_space(text, word))
        word++;
    if (word > lx->at) {
        if (starts_at(text, skip_spaces(text, word), NC_SV("@{")))
            return take_name(lx, word, NC_SEQ_STATE_NAME);
        if (alias_follows(text, word))
            return take_name(lx, word, NC_SEQ_STATE_ALIAS);
    }
    /* The whole line, or what stands before the last `#` when the line goes on with what no name
     * may hold. */
    size_t run = find_end(text, word, ENDS_ID);
    if (run > lx->at && is_one_of(char_at(text, run), "<>:,@")) {
        size_t hash = run;
        while (hash > lx->at && text.ptr[hash] != '#')
            hash--;
        run = hash;
    }
    if (run > lx->at)
        return take_name(lx, run, NC_SEQ_STATE_LINE_START);
    if (text.ptr[lx->at] == '\n')
        return take(lx, NC_SEQ_TOK_BROKEN, lx->at, lx->state);
    return take(lx, NC_SEQ_TOK_INVALID, line_end(text, lx->at), NC_SEQ_STATE_LINE_START);
}

static nc_seq_token lex_alias_state(nc_seq_lexer *lx)
{
    skip_blanks_and_comment(lx);
    size_t end = word_end(lx->text, lx->at);
    if (nc_sv_eq_nocase(nc_sv_slice(lx->text, lx->at, end), NC_SV("as")))
        return take(lx, NC_SEQ_TOK_AS, end, NC_SEQ_STATE_REST);
    return take(lx, NC_SEQ_TOK_NEWLINE, lx->at, NC_SEQ_STATE_LINE_START);
}

static nc_seq_token lex_rest_state(nc_seq_lexer *lx)
{
    skip_blanks_and_comment(lx);
    if (lx->at >= lx->text.len)
        lx->done = true;
    return take(lx, NC_SEQ_TOK_REST, find_end(lx->text, lx->at, ENDS_TEXT),
                NC_SEQ_STATE_LINE_START);
}

static nc_seq_token lex_data_state(nc_seq_lexer *lx)
{
    nc_sv text = lx->text;
    if (lx->at >= text.len)
        return take(lx, NC_SEQ_TOK_EOF, lx->at, lx->state);
    if (text.ptr[lx->at] == '}')
        return take(lx, NC_SEQ_TOK_DATA_CLOSE, lx->at + 1,
                    alias_follows(text, lx->at + 1) ? NC_SEQ_STATE_ALIAS : NC_SEQ_STATE_LINE_START);
    const char *brace =
        lx->at < lx->no_brace_from ? memchr(text.ptr + lx->at, '}', text.len - lx->at) : NULL;
    if (!brace && lx->at < lx->no_brace_from)
        lx->no_brace_from = lx->at;
    return take(lx, NC_SEQ_TOK_DATA, brace ? (size_t)(brace - text.ptr) : text.len, lx->state);
}

static nc_seq_token lex_acc_value(nc_seq_lexer *lx)
{
    nc_seq_tok kind = lx->state == NC_SEQ_STATE_ACC_TITLE ? NC_SEQ_TOK_ACC_TITLE_VALUE
                                                          : NC_SEQ_TOK_ACC_DESCR_VALUE;
    if (lx->at >= lx->text.len)
        lx->done = true;
    return take(lx, kind, line_end(lx->text, lx->at), NC_SEQ_STATE_LINE_START);
}

nc_seq_token nc_seq_lex(nc_seq_lexer *lexer)
{
    static nc_seq_token (*const states[])(nc_seq_lexer *) = {
        [NC_SEQ_STATE_LINE_START] = lex_line_start, [NC_SEQ_STATE_NAME] = lex_name_state,
        [NC_SEQ_STATE_ALIAS] = lex_alias_state,     [NC_SEQ_STATE_REST] = lex_rest_state,
        [NC_SEQ_STATE_DATA] = lex_data_state,       [NC_SEQ_STATE_ACC_TITLE] = lex_acc_value,
        [NC_SEQ_STATE_ACC_DESCR] = lex_acc_value,   [NC_SEQ_STATE_ACC_DESCR_BLOCK] = lex_acc_block,
    };
    static_assert(NC_COUNT(states) == NC_SEQ_STATE_COUNT, "a state has no row");
    if (lexer->done)
        return (nc_seq_token){.kind = NC_SEQ_TOK_EOF,
                              .at = {(uint32_t)lexer->at, (uint32_t)lexer->at}};
    nc_seq_token token;
    do
        token = states[lexer->state](lexer);
    while (token.kind == NC_SEQ_TOK_BLANK);
    return token;
}
