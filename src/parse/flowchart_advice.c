/*
 * Why a statement is wrong, in words that help its author, and where to go on.
 *
 * The grammar only knows that a token does not fit. Each explanation below knows one mistake that
 * people make; they are tried in order, the first that recognises its mistake reports it.
 */
#include "parse/flowchart_parser.h"

#include "base/utf8.h"

typedef struct trouble {
    nc_flow_expect expect;
    uint32_t at;       /* first visible character of the token at hand */
    bool next_line;    /* it stands on a later line than the token before it */
    uint32_t open_end; /* end of the line on which the open bracket stands */
} trouble;

typedef bool explanation(nc_flow_parser *p, const trouble *t);

uint32_t nc_flow_visible(const nc_flow_parser *p, nc_flow_token token)
{
    uint32_t at = token.start;
    for (uint32_t n; at < token.end && (n = nc_flow_space_at(p->text, at)) > 0;)
        at += n;
    return at < token.end ? at : token.start;
}

static char char_at(const nc_flow_parser *p, uint32_t at)
{
    return at < p->text.len ? p->text.ptr[at] : '\0';
}

static uint32_t line_end(const nc_flow_parser *p, uint32_t at)
{
    size_t end = nc_sv_find(p->text, NC_SV("\n"), at);
    return end == SIZE_MAX ? (uint32_t)p->text.len : (uint32_t)end;
}

static bool has(const nc_flow_parser *p, uint32_t from, uint32_t to, const char *what)
{
    return nc_sv_find(nc_flow_slice(p, 0, to), nc_sv_cstr(what), from) != SIZE_MAX;
}

static bool is_end(nc_flow_token_kind kind)
{
    return kind == NC_FT_NEWLINE || kind == NC_FT_SEMI || kind == NC_FT_EOF || kind == NC_FT_END;
}

static bool is_opener(nc_flow_token_kind kind)
{
    return kind == NC_FT_SQUARE_OPEN || kind == NC_FT_ROUND_OPEN || kind == NC_FT_CURLY_OPEN ||
           kind == NC_FT_STADIUM_OPEN || kind == NC_FT_SUBROUTINE_OPEN ||
           kind == NC_FT_CYLINDER_OPEN || kind == NC_FT_DOUBLE_OPEN || kind == NC_FT_ELLIPSE_OPEN ||
           kind == NC_FT_PROPS_OPEN || kind == NC_FT_SLASH_OPEN || kind == NC_FT_BACKSLASH_OPEN;
}

/* What the token at hand is called in a message. */
static nc_sv found(const nc_flow_parser *p)
{
    switch (p->token.kind) {
    case NC_FT_END:
    case NC_FT_EOF:
        return NC_SV("the end of the text");
    case NC_FT_NEWLINE:
        return NC_SV("the end of the line");
    case NC_FT_SPACE:
        return NC_SV("a blank");
    case NC_FT_STRING:
    case NC_FT_MARKDOWN:
        return NC_SV("a quoted text");
    default:
        break;
    }
    nc_sv text = nc_flow_trim(nc_flow_token_text(p, p->token));
    nc_sv shown;
    nc_sv line = nc_sv_slice(text, 0, nc_sv_find(text, NC_SV("\n"), 0));
    if (line.len > 24)
        line.len = 24;
    while (line.len > 0 && ((unsigned char)line.ptr[line.len - 1] & 0xc0) == 0x80)
        line.len--; /* not in the middle of a character */
    return nc_arena_printf(&shown, p->arena, "'%.*s'", (int)line.len, line.ptr) ? shown : line;
}

static nc_span from_to(uint32_t from, uint32_t to)
{
    return (nc_span){from, to};
}

static nc_span token_span(const nc_flow_parser *p, const trouble *t)
{
    nc_sv text = nc_flow_trim(nc_flow_token_text(p, p->token));
    size_t line = nc_sv_find(text, NC_SV("\n"), 0);
    size_t len = line < text.len ? line : text.len;
    return from_to(t->at, t->at + (uint32_t)(len ? len : 1));
}

/* ---- where to go on ------------------------------------------------------------------------- */

/*
 * The end of the statement that begins at `from` and is wrong at `at`: the next line end, or the
 * next semicolon that stands in no bracket and no quotes.
 */
static uint32_t statement_end(const nc_flow_parser *p, uint32_t from, uint32_t at)
{
    uint32_t depth = 0;
    bool quoted = false;
    for (uint32_t i = from; i < p->text.len; i++) {
        char c = p->text.ptr[i];
        if (c == '\n' && i >= at)
            return i;
        if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == '(' || c == '{'))
            depth++;
        else if (!quoted && (c == ']' || c == ')' || c == '}'))
            depth -= depth > 0 ? 1 : 0;
        else if (c == ';' && i >= at && i > from && !quoted && depth == 0)
            return i;
    }
    return (uint32_t)p->text.len;
}

/*
 * After a label that is never closed the next line is a new statement, unless it looks like the
 * rest of the label: its closing bracket comes before any other sign of a statement.
 */
static uint32_t label_end(const nc_flow_parser *p, uint32_t at)
{
    uint32_t end = line_end(p, at);
    uint32_t next = end;
    for (int lines = 0; lines < 4 && next < p->text.len; lines++) {
        uint32_t i = next + 1;
        next = line_end(p, i);
        if (nc_flow_trim(nc_flow_slice(p, i, next)).len == 0)
            break;
        for (; i < next; i++) {
            char c = p->text.ptr[i];
            if (c == ']' || c == ')' || c == '}' || c == '|')
                return next;
            if (c == '[' || c == '(' || c == '{' || c == '"' ||
                (c == '-' && char_at(p, i + 1) == '-'))
                return end;
        }
    }
    return end;
}

/* ---- arrows --------------------------------------------------------------------------------- */

/* Length of a sign that looks like part of an arrow: ASCII, dashes of text, drawn arrows. */
static uint32_t arrow_sign(const nc_flow_parser *p, uint32_t at)
{
    static const uint32_t signs[] = {0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015,
                                     0x2192, 0x2190, 0x2194, 0x21d2, 0x27f6, 0x2212};
    char c = char_at(p, at);
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
        else if (char_at(p, at) == ' ' && end > 0 && arrow_sign(p, at + 1) > 0)
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
    nc_diag_add(p->diags, NC_RULE_BAD_ARROW, from_to(from, to), "'%.*s' is no arrow",
                NC_SV_ARG(run));
    if (nc_sv_find(run, NC_SV("<"), 0) != SIZE_MAX && nc_sv_find(run, NC_SV(">"), 0) == SIZE_MAX)
        nc_diag_hint(p->diags, "arrows point to the right: write 'B --> A', or '<-->' for both");
    else
        nc_diag_hint(p->diags, "write '%s'", right_arrow(run));
    p->resume = statement_end(p, p->statement, to);
    return true;
}

static bool report_no_source(nc_flow_parser *p, uint32_t at)
{
    uint32_t end = arrow_run(p, at);
    end = end > at ? end : at + 1;
    nc_diag_add(p->diags, NC_RULE_BAD_ARROW, from_to(at, end),
                "there is no node before this arrow");
    nc_diag_hint(p->diags, "write 'A %.*s B'", NC_SV_ARG(nc_flow_slice(p, at, end)));
    return true;
}

/* `A->B` and `A=>B`: to the grammar the `>` opens a label. */
static bool explain_arrow_as_flag(nc_flow_parser *p, const trouble *t)
{
    (void)t;
    if (p->open.kind != NC_FT_GREATER || p->open.start == 0)
        return false;
    uint32_t from = p->open.start;
    while (from > p->statement && (char_at(p, from - 1) == '-' || char_at(p, from - 1) == '.' ||
                                   char_at(p, from - 1) == '<'))
        from--;
    return from < p->open.start && report_arrow(p, from, arrow_run(p, from));
}

/* `-->>`: the sequence diagram's arrow */
static bool explain_double_head(nc_flow_parser *p, const trouble *t)
{
    if (t->expect != NC_EXPECT_ID || p->arrow.kind == NC_FT_END || p->token.kind != NC_FT_GREATER ||
        p->arrow.end != p->token.start)
        return false;
    return report_arrow(p, nc_flow_visible(p, p->arrow), arrow_run(p, p->token.start));
}

static bool explain_odd_arrow(nc_flow_parser *p, const trouble *t)
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
        return report_no_source(p, t->at);
    return report_arrow(p, t->at, end);
}

/* `click` and `call` are no tokens: they are taken before the one at hand, line end and all. */
static bool is_ahead(const nc_flow_parser *p)
{
    return p->token.kind == NC_FT_CLICK || p->token.kind == NC_FT_CALL_NAME;
}

/* `A -->` and then nothing that could be a node. */
static bool explain_dangling_arrow(nc_flow_parser *p, const trouble *t)
{
    bool nothing = t->next_line || is_end(p->token.kind);
    if (t->expect != NC_EXPECT_ID || p->arrow.kind == NC_FT_END || !nothing)
        return false;
    if (is_ahead(p) && !has(p, nc_flow_visible(p, p->arrow), p->arrow.end, "\n"))
        return false; /* `A --> click`: the word has begun a statement of its own */
    uint32_t from = nc_flow_visible(p, p->arrow);
    nc_sv arrow = nc_flow_trim(nc_flow_token_text(p, p->arrow));
    nc_diag_add(p->diags, NC_RULE_BAD_ARROW, from_to(from, from + (uint32_t)arrow.len),
                "the arrow leads to no node");
    nc_diag_hint(p->diags, "name the node that it points to");
    p->resume = p->token.kind == NC_FT_END ? (uint32_t)p->text.len : t->at;
    return true;
}

/* An arrow with text that has no second half. */
static bool explain_open_arrow(nc_flow_parser *p, const trouble *t)
{
    if (t->expect != NC_EXPECT_ARROW_END && t->expect != NC_EXPECT_EDGE_TEXT)
        return false;
    uint32_t from = nc_flow_visible(p, p->arrow);
    nc_sv half = nc_flow_trim(nc_flow_token_text(p, p->arrow));
    nc_span at = from_to(from, from + (uint32_t)half.len);
    char sign = half.ptr[half.len - 1];
    bool same_line = t->at < line_end(p, from) && p->token.kind != NC_FT_END;
    if (half.ptr[0] == '<' && !same_line) {
        nc_diag_add(p->diags, NC_RULE_BAD_ARROW, at, "'%.*s' is no arrow", NC_SV_ARG(half));
        nc_diag_hint(p->diags, "arrows point to the right: write 'B --> A', or '<-->' for both");
    } else if (same_line && p->token.kind == NC_FT_BAD && char_at(p, t->at) == sign) {
        nc_diag_add(p->diags, NC_RULE_BAD_ARROW, token_span(p, t),
                    "the text of this arrow cannot hold '%s' unless it is quoted",
                    sign == '-'   ? "--"
                    : sign == '=' ? "="
                                  : ".");
        nc_diag_hint(p->diags, "write %.*s \"text\" %s", NC_SV_ARG(half),
                     sign == '-'   ? "-->"
                     : sign == '=' ? "==>"
                                   : ".->");
    } else if (same_line && t->expect == NC_EXPECT_ARROW_END) {
        nc_diag_add(p->diags, NC_RULE_UNQUOTED_LABEL, token_span(p, t),
                    "%.*s inside the text of an arrow", NC_SV_ARG(found(p)));
        nc_diag_hint(p->diags, "put the whole text into quotes: %.*s \"text\" %s", NC_SV_ARG(half),
                     sign == '-'   ? "-->"
                     : sign == '=' ? "==>"
                                   : ".->");
    } else {
        nc_diag_add(p->diags, NC_RULE_BAD_ARROW, at,
                    "'%.*s' begins an arrow with a text and is never finished", NC_SV_ARG(half));
        nc_diag_hint(p->diags, "write '%s' for a plain line, or '%.*s text %s'",
                     sign == '-'   ? "---"
                     : sign == '=' ? "==="
                                   : "-.-",
                     NC_SV_ARG(half),
                     sign == '-'   ? "-->"
                     : sign == '=' ? "==>"
                                   : ".->");
    }
    p->resume = line_end(p, from);
    return true;
}

/* ---- header --------------------------------------------------------------------------------- */

static bool explain_header(nc_flow_parser *p, const trouble *t)
{
    static const nc_sv words[] = {NC_SV_INIT("TB"), NC_SV_INIT("TD"), NC_SV_INIT("BT"),
                                  NC_SV_INIT("LR"), NC_SV_INIT("RL")};
    if (t->expect == NC_EXPECT_HEADER) {
        nc_diag_add(p->diags, NC_RULE_SYNTAX, token_span(p, t),
                    "a flowchart begins with 'flowchart' and its direction");
        nc_diag_hint(p->diags, "write 'flowchart TD' on the first line");
        return true;
    }
    if (t->expect == NC_EXPECT_HEADER_END && t->next_line) { /* an arrow took the line end */
        p->statement = t->at;
        return report_no_source(p, t->at);
    }
    if (t->expect == NC_EXPECT_HEADER_END) {
        nc_diag_add(p->diags, NC_RULE_SYNTAX, token_span(p, t),
                    "a line end or ';' must follow the direction, not %.*s", NC_SV_ARG(found(p)));
        p->resume = t->at;
        return true;
    }
    if (t->expect != NC_EXPECT_DIRECTION)
        return false;
    uint32_t at = t->at;
    for (uint32_t n; (n = nc_flow_space_at(p->text, at)) > 0;)
        at += n;
    uint32_t end = at;
    while (nc_is_word(char_at(p, end)))
        end++;
    nc_sv word = nc_flow_slice(p, at, end);
    for (size_t i = 0; i < NC_COUNT(words); i++) {
        if (!nc_sv_eq_nocase(word, words[i]))
            continue;
        nc_diag_add(p->diags, NC_RULE_SYNTAX, from_to(at, end),
                    "directions are written in capitals");
        nc_diag_hint(p->diags, "write '%.*s'", NC_SV_ARG(words[i]));
        p->resume = end;
        return true;
    }
    if (word.len == 0) {
        size_t next = at;
        (void)nc_utf8_next(p->text, &next);
        end = (uint32_t)next;
    }
    nc_diag_add(p->diags, NC_RULE_SYNTAX, from_to(at, end), "'%.*s' is no direction",
                NC_SV_ARG(nc_flow_slice(p, at, end)));
    nc_diag_hint(p->diags, "use TB, TD, BT, LR or RL, or end the line after the first word");
    p->resume = statement_end(p, at, at);
    return true;
}

/* ---- words ---------------------------------------------------------------------------------- */

/* The keyword that the token at hand stands for, empty when it is none. */
static nc_sv keyword_of(const nc_flow_parser *p)
{
    switch (p->token.kind) {
    case NC_FT_GRAPH:
    case NC_FT_SUBGRAPH:
    case NC_FT_STYLE:
    case NC_FT_LINK_STYLE:
    case NC_FT_CLASS_DEF:
    case NC_FT_CLASS:
    case NC_FT_LINK_TARGET:
    case NC_FT_INTERPOLATE:
    case NC_FT_END_WORD:
    case NC_FT_HREF:
        return nc_flow_trim(nc_flow_token_text(p, p->token));
    case NC_FT_CLICK:
        return NC_SV("click");
    case NC_FT_CALL_NAME:
        return NC_SV("call");
    default:
        return (nc_sv){0};
    }
}

static bool report_reserved(nc_flow_parser *p, nc_span at, nc_sv word)
{
    nc_diag_add(p->diags, NC_RULE_RESERVED_WORD, at, "'%.*s' is a keyword and no id",
                NC_SV_ARG(word));
    if (nc_sv_eq(word, NC_SV("end")))
        nc_diag_hint(p->diags, "write 'End', or keep the word in a label: stop[end]");
    else
        nc_diag_hint(p->diags, "use another id and keep the word in a label: n1[%.*s]",
                     NC_SV_ARG(word));
    return true;
}

/* What can only follow an id: an arrow, a bracket. */
static bool is_after_id(const nc_flow_parser *p, uint32_t at)
{
    char c = char_at(p, at);
    char next = char_at(p, at + 1);
    return (c == '-' && (next == '-' || next == '.' || next == '>')) || (c == '=' && next == '=') ||
           c == '[' || c == '(' || c == '{' || (c == '<' && next == '-') ||
           (c == '@' && next == '{');
}

bool nc_flow_is_end_misused(const nc_flow_parser *p)
{
    uint32_t at = p->token.start + (uint32_t)NC_SV("end").len;
    while (char_at(p, at) == ' ' || char_at(p, at) == '\t')
        at++;
    return is_after_id(p, at);
}

static bool explain_keyword(nc_flow_parser *p, const trouble *t)
{
    nc_sv word = keyword_of(p);
    bool as_id = t->expect == NC_EXPECT_ID || t->expect == NC_EXPECT_STATEMENT ||
                 t->expect == NC_EXPECT_CLASS_NAME;
    if (as_id && word.len) {
        uint32_t from = is_ahead(p) ? p->last.end : t->at;
        if (is_ahead(p))
            p->resume = line_end(p, from);
        return report_reserved(p, from_to(from, from + (uint32_t)word.len), word);
    }
    /* a statement's keyword that is used like an id: `style --> B` */
    nc_sv first = nc_flow_trim(nc_flow_token_text(p, p->first));
    bool alone = p->last.start == p->first.start ||
                 (p->last.kind == NC_FT_SPACE && p->last.start == p->first.end);
    if (!alone || (t->expect != NC_EXPECT_SPACE && t->expect != NC_EXPECT_ID &&
                   t->expect != NC_EXPECT_TITLE && t->expect != NC_EXPECT_EDGE_INDEX))
        return false;
    if (p->first.kind == NC_FT_NAME || !is_after_id(p, t->at))
        return false;
    return report_reserved(p, from_to(p->statement, p->statement + (uint32_t)first.len), first);
}

/* `sytle A fill:red`: a first word that is nearly a keyword, and more words after it. */
static bool explain_unknown_word(nc_flow_parser *p, const trouble *t)
{
    static const nc_sv keywords[] = {
        NC_SV_INIT("subgraph"),  NC_SV_INIT("style"),    NC_SV_INIT("linkStyle"),
        NC_SV_INIT("classDef"),  NC_SV_INIT("class"),    NC_SV_INIT("click"),
        NC_SV_INIT("direction"), NC_SV_INIT("accTitle"), NC_SV_INIT("accDescr"),
        NC_SV_INIT("end"),
    };
    if (t->expect != NC_EXPECT_NODE_END || p->first.kind != NC_FT_NAME ||
        p->last.kind != NC_FT_SPACE || p->last.start != p->first.end)
        return false;
    nc_sv word = nc_flow_token_text(p, p->first);
    nc_span at = nc_flow_span(p->first);
    if (nc_sv_eq(word, NC_SV("direction"))) {
        nc_diag_add(p->diags, NC_RULE_SYNTAX, token_span(p, t), "%.*s is no direction",
                    NC_SV_ARG(found(p)));
        nc_diag_hint(p->diags, "use TB, TD, BT, LR or RL");
        return true;
    }
    if (nc_sv_eq(word, NC_SV("title"))) {
        nc_diag_add(p->diags, NC_RULE_UNKNOWN_STATEMENT, at, "flowcharts have no title statement");
        nc_diag_hint(p->diags, "put 'title: …' between two lines '---' before the diagram");
        return true;
    }
    nc_sv near = nc_nearest(word, keywords, NC_COUNT(keywords));
    if (near.len == 0)
        return false;
    nc_diag_add(p->diags, NC_RULE_UNKNOWN_STATEMENT, at, "'%.*s' is no statement", NC_SV_ARG(word));
    nc_diag_hint(p->diags, "did you mean '%.*s'?", NC_SV_ARG(near));
    return true;
}

/* ---- labels --------------------------------------------------------------------------------- */

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

static bool explain_smart_quote(nc_flow_parser *p, const trouble *t)
{
    uint32_t at = t->at;
    if (p->open.kind != NC_FT_END && !is_smart_quote(p, at)) {
        at = p->open.end;
        for (uint32_t n; (n = nc_flow_space_at(p->text, at)) > 0;)
            at += n;
    }
    if (!is_smart_quote(p, at))
        return false;
    nc_diag_add(p->diags, NC_RULE_SMART_QUOTE, from_to(at, at + 3),
                "a typographic quote does not quote a label");
    nc_diag_hint(p->diags, "write the plain quote: \"");
    return true;
}

/* A direction statement that does not begin its line, or takes more than the author meant. */
static bool explain_lost_line(nc_flow_parser *p, const trouble *t)
{
    if (p->token.kind != NC_FT_DIRECTION)
        return false;
    nc_diag_add(p->diags, NC_RULE_LOST_LINE, token_span(p, t),
                "'direction %s' must stand on a line of its own",
                nc_flow_directions[p->token.direction]);
    return true;
}

static bool report_open_quote(nc_flow_parser *p, uint32_t at)
{
    nc_diag_add(p->diags, NC_RULE_UNCLOSED, from_to(at, at + 1), "this quote is never closed");
    nc_diag_hint(p->diags, "write '\"' at the end of the text");
    p->resume = label_end(p, at);
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
static bool explain_open_quote(nc_flow_parser *p, const trouble *t)
{
    if (p->token.kind == NC_FT_END && nc_flow_lexer_in_quote(&p->lexer))
        return report_open_quote(p, p->lexer.quote_at);
    if (p->open.kind != NC_FT_END && p->open.kind != NC_FT_DATA) {
        uint32_t quote = odd_quote(p, p->open.end, t->open_end);
        if (quote != NC_NONE && t->at > t->open_end)
            return report_open_quote(p, quote);
    }
    bool string = p->last.kind == NC_FT_STRING || p->last.kind == NC_FT_MARKDOWN;
    if (!string || t->expect == NC_EXPECT_ARROW_END || line_end(p, p->last.start) >= p->last.end)
        return false;
    uint32_t at = p->last.start - 1;
    return report_open_quote(p, p->last.kind == NC_FT_MARKDOWN && at > 0 ? at - 1 : at);
}

static bool report_unclosed(nc_flow_parser *p)
{
    nc_sv open = nc_flow_trim(nc_flow_token_text(p, p->open));
    uint32_t from = nc_flow_visible(p, p->open);
    nc_diag_add(p->diags, NC_RULE_UNCLOSED, from_to(from, from + (uint32_t)open.len),
                "'%.*s' is never closed", NC_SV_ARG(open));
    nc_diag_hint(p->diags, "write '%s' at the end of the text", closer_of(p->open.kind));
    p->resume = label_end(p, from);
    return true;
}

/* An arrow between the open bracket and here: the label was meant to end before it. */
static bool has_arrow(const nc_flow_parser *p, uint32_t from, uint32_t to)
{
    return has(p, from, to, "--") || has(p, from, to, "==>") || has(p, from, to, "-.-");
}

static bool explain_label(nc_flow_parser *p, const trouble *t)
{
    if (p->open.kind == NC_FT_END ||
        (t->expect != NC_EXPECT_CLOSER && t->expect != NC_EXPECT_TEXT &&
         t->expect != NC_EXPECT_PROPERTY && t->expect != NC_EXPECT_VALUE))
        return false;
    const char *closer = closer_of(p->open.kind);
    bool closes = nc_sv_starts(nc_flow_slice(p, t->at, (uint32_t)p->text.len), nc_sv_cstr(closer));
    if (t->expect == NC_EXPECT_TEXT && closes) {
        nc_diag_add(p->diags, NC_RULE_SYNTAX, from_to(p->open.start, p->token.end),
                    "a label cannot be empty");
        nc_diag_hint(p->diags, "leave the brackets out, or write a blank between them");
        return true;
    }
    if (t->at >= t->open_end || p->token.kind == NC_FT_END || has_arrow(p, p->open.end, t->at) ||
        !has(p, t->at, t->open_end, closer))
        return report_unclosed(p);
    if (p->last.kind == NC_FT_STRING || p->last.kind == NC_FT_MARKDOWN) {
        nc_diag_add(p->diags, NC_RULE_UNQUOTED_LABEL, token_span(p, t),
                    "%.*s after the closing quote", NC_SV_ARG(found(p)));
        nc_diag_hint(p->diags, "quote the whole label; a quote inside it is written #quot;");
        return true;
    }
    bool quote = p->token.kind == NC_FT_STRING || p->token.kind == NC_FT_MARKDOWN;
    nc_sv sign = nc_flow_slice(p, t->at, t->at + 1);
    nc_diag_add(p->diags, NC_RULE_UNQUOTED_LABEL,
                quote ? from_to(t->at - 1, t->at) : from_to(t->at, t->at + 1),
                "'%.*s' in a label that is not quoted", NC_SV_ARG(quote ? NC_SV("\"") : sign));
    if (quote)
        nc_diag_hint(p->diags, "quote the whole label; a quote inside it is written #quot;");
    else
        nc_diag_hint(p->diags, "quote the label: %.*s\"…\"%s",
                     NC_SV_ARG(nc_flow_trim(nc_flow_token_text(p, p->open))), closer);
    return true;
}

/* `D(a) b)`: the label has ended before its author thought. */
static bool explain_early_end(nc_flow_parser *p, const trouble *t)
{
    static const nc_flow_token_kind closers[] = {NC_FT_SQUARE_CLOSE, NC_FT_ROUND_CLOSE,
                                                 NC_FT_CURLY_CLOSE};
    bool closed = false;
    for (size_t i = 0; i < NC_COUNT(closers); i++)
        closed = closed || p->last.kind == closers[i];
    if (p->last.kind == NC_FT_SPACE && p->last.start > 0)
        closed = strchr(")]}", char_at(p, p->last.start - 1)) != NULL;
    if (t->expect != NC_EXPECT_NODE_END || !closed || t->next_line || is_end(p->token.kind))
        return false;
    uint32_t end = p->last.kind == NC_FT_SPACE ? p->last.start : p->last.end;
    char closer = char_at(p, end - 1);
    for (uint32_t at = t->at; at < line_end(p, t->at); at++) {
        char c = char_at(p, at);
        if (c == '[' || c == '(' || c == '{' || c == '-' || c == '=' || c == ';')
            return false;
        if (c != closer)
            continue;
        nc_diag_add(p->diags, NC_RULE_UNQUOTED_LABEL, from_to(end - 1, end),
                    "'%c' ends the label here", closer);
        nc_diag_hint(p->diags, "quote the label if the bracket belongs to it");
        return true;
    }
    return false;
}

/* `A [x]` */
static bool explain_blank_before_bracket(nc_flow_parser *p, const trouble *t)
{
    if (t->expect != NC_EXPECT_NODE_END || !is_opener(p->token.kind) || p->last.kind != NC_FT_SPACE)
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_flow_span(p->last),
                "a blank between a node and its label");
    nc_diag_hint(p->diags, "write the bracket right after the id: A%.*s…",
                 NC_SV_ARG(nc_flow_token_text(p, p->token)));
    return true;
}

/* ---- the rest of a node --------------------------------------------------------------------- */

static bool explain_class_mark(nc_flow_parser *p, const trouble *t)
{
    if (t->expect != NC_EXPECT_NODE_END || p->token.kind != NC_FT_STYLE_COLON)
        return false;
    bool data = p->last.kind == NC_FT_DATA || p->last.kind == NC_FT_DATA_STRING;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, token_span(p, t),
                data ? "':::' must stand before '@{'" : "only one ':::' for a node");
    if (!data)
        nc_diag_hint(p->diags, "add more classes with a statement: class ID name");
    return true;
}

static bool explain_after_class(nc_flow_parser *p, const trouble *t)
{
    if (t->expect != NC_EXPECT_NODE_END || !is_opener(p->token.kind))
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, token_span(p, t),
                "the label of a node must stand right after its id");
    nc_diag_hint(p->diags, "write A[label]:::class@{ shape: rect }");
    return true;
}

static bool explain_ampersand(nc_flow_parser *p, const trouble *t)
{
    bool after =
        p->last.kind == NC_FT_AMP && (t->expect == NC_EXPECT_SPACE || t->expect == NC_EXPECT_ID);
    bool before = t->expect == NC_EXPECT_NODE_END && p->token.kind == NC_FT_AMP;
    bool blank = p->last.kind == NC_FT_SPACE && t->expect == NC_EXPECT_ID && p->last.start > 0 &&
                 char_at(p, p->last.start - 1) == '&';
    if (!after && !before && !blank)
        return false;
    nc_span at = before ? token_span(p, t) : nc_flow_span(p->last);
    nc_diag_add(p->diags, NC_RULE_SYNTAX, at,
                "'&' needs a blank on both sides and a node after it on the same line");
    nc_diag_hint(p->diags, "write A & B");
    return true;
}

static bool explain_comment(nc_flow_parser *p, const trouble *t)
{
    nc_sv rest = nc_flow_slice(p, t->at, t->at + 2);
    bool percent = nc_sv_eq(rest, NC_SV("%%"));
    bool other = nc_sv_eq(rest, NC_SV("//")) || nc_sv_eq(rest, NC_SV("# "));
    if ((!percent && !other) || t->expect == NC_EXPECT_CLOSER || t->expect == NC_EXPECT_TEXT)
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, from_to(t->at, t->at + 2),
                "a comment cannot follow a statement");
    nc_diag_hint(p->diags, "comments begin with %%%% and stand on a line of their own");
    p->resume = line_end(p, t->at);
    return true;
}

static bool explain_edge_id(nc_flow_parser *p, const trouble *t)
{
    bool here = p->token.kind == NC_FT_LINK_ID;
    if (!here && t->expect != NC_EXPECT_ARROW)
        return false;
    nc_flow_token id = here ? p->token : p->last;
    uint32_t from = nc_flow_visible(p, id);
    nc_diag_add(p->diags, NC_RULE_SYNTAX, from_to(from, id.end),
                "'%.*s' begins the id of an edge and needs an arrow",
                NC_SV_ARG(nc_flow_slice(p, from, id.end)));
    nc_diag_hint(p->diags, "write 'A e1@--> B'; '@' cannot stand in the id of a node");
    return true;
}

/* A character that no id may hold. */
static bool explain_bad_character(nc_flow_parser *p, const trouble *t)
{
    if (p->token.kind != NC_FT_BAD ||
        (t->expect != NC_EXPECT_ID && t->expect != NC_EXPECT_NODE_END &&
         t->expect != NC_EXPECT_STATEMENT && t->expect != NC_EXPECT_TITLE))
        return false;
    nc_sv sign = nc_flow_token_text(p, p->token);
    bool closer = sign.len == 1 && strchr(")]}", sign.ptr[0]);
    nc_diag_add(p->diags, NC_RULE_SYNTAX, token_span(p, t),
                closer ? "'%.*s' closes nothing" : "'%.*s' cannot stand in an id", NC_SV_ARG(sign));
    if (!closer)
        nc_diag_hint(p->diags, "put it into a quoted label: n1[\"%.*s\"]", NC_SV_ARG(sign));
    return true;
}

static bool explain_two_nodes(nc_flow_parser *p, const trouble *t)
{
    if (t->expect != NC_EXPECT_NODE_END || !nc_flow_is_id_part(p->token.kind))
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, token_span(p, t),
                "an arrow or the end of the statement is missing before %.*s", NC_SV_ARG(found(p)));
    nc_diag_hint(p->diags, "join nodes with an arrow; separate statements with a line end or ';'");
    return true;
}

/* ---- other statements ----------------------------------------------------------------------- */

static bool explain_styles(nc_flow_parser *p, const trouble *t)
{
    if (t->expect != NC_EXPECT_STYLES || is_end(p->token.kind))
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, token_span(p, t), "%.*s in a style", NC_SV_ARG(found(p)));
    if (is_opener(p->token.kind) || p->token.kind == NC_FT_ROUND_OPEN)
        nc_diag_hint(p->diags, "style values hold no brackets: write a colour as #rrggbb");
    else
        nc_diag_hint(p->diags, "write property:value,property:value without quotes");
    return true;
}

/* A statement that is broken in a way of its own: show how it is written. */
static bool explain_usage(nc_flow_parser *p, const trouble *t)
{
    static const struct {
        nc_flow_token_kind first;
        const char *name, *usage;
    } usages[] = {
        {NC_FT_STYLE, "style", "style ID property:value,property:value"},
        {NC_FT_CLASS_DEF, "classDef", "classDef NAME property:value,property:value"},
        {NC_FT_CLASS, "class", "class ID,ID NAME (no blank in the list)"},
        {NC_FT_LINK_STYLE, "linkStyle",
         "linkStyle 0,1 property:value (edges are counted from 0, or 'default')"},
        {NC_FT_CLICK, "click", "click ID \"address\" \"tooltip\" _blank"},
        {NC_FT_SUBGRAPH, "subgraph", "subgraph ID [Title], or subgraph \"Title\""},
    };
    for (size_t i = 0; i < NC_COUNT(usages); i++) {
        if (p->first.kind != usages[i].first)
            continue;
        if (t->next_line || is_end(p->token.kind)) {
            uint32_t end =
                p->last.end < line_end(p, p->statement) ? p->last.end : line_end(p, p->statement);
            nc_diag_add(p->diags, NC_RULE_SYNTAX, from_to(p->statement, end),
                        "the %s statement is not complete", usages[i].name);
            p->resume = line_end(p, p->statement) < t->at ? line_end(p, p->statement) : t->at;
        } else {
            nc_diag_add(p->diags, NC_RULE_SYNTAX, token_span(p, t),
                        "the %s statement goes wrong at %.*s", usages[i].name, NC_SV_ARG(found(p)));
        }
        nc_diag_hint(p->diags, "write %s", usages[i].usage);
        return true;
    }
    return false;
}

static const char *const expectations[] = {
    [NC_EXPECT_HEADER] = "'flowchart'",
    [NC_EXPECT_DIRECTION] = "a direction",
    [NC_EXPECT_HEADER_END] = "a line end",
    [NC_EXPECT_STATEMENT] = "a statement",
    [NC_EXPECT_ID] = "a node",
    [NC_EXPECT_CLASS_NAME] = "the name of a class",
    [NC_EXPECT_TEXT] = "a label",
    [NC_EXPECT_CLOSER] = "the end of the label",
    [NC_EXPECT_EDGE_TEXT] = "the text of the arrow",
    [NC_EXPECT_ARROW_END] = "the end of the arrow",
    [NC_EXPECT_ARROW] = "an arrow",
    [NC_EXPECT_NODE_END] = "an arrow or the end of the statement",
    [NC_EXPECT_SPACE] = "a blank",
    [NC_EXPECT_TITLE] = "a title",
    [NC_EXPECT_STATEMENT_END] = "the end of the statement",
    [NC_EXPECT_STYLES] = "styles",
    [NC_EXPECT_EDGE_INDEX] = "the number of an edge",
    [NC_EXPECT_CURVE] = "a curve",
    [NC_EXPECT_CLICK] = "an address or the name of a function",
    [NC_EXPECT_STRING] = "a quoted text",
    [NC_EXPECT_PROPERTY] = "a property",
    [NC_EXPECT_VALUE] = "the value of a property",
};

static bool explain_plainly(nc_flow_parser *p, const trouble *t)
{
    nc_diag_add(p->diags, NC_RULE_SYNTAX, token_span(p, t), "expected %s, found %.*s",
                expectations[t->expect], NC_SV_ARG(found(p)));
    return true;
}

bool nc_flow_fail(nc_flow_parser *p, nc_flow_expect expect)
{
    static explanation *const explanations[] = {
        explain_header,         explain_lost_line,
        explain_smart_quote,    explain_arrow_as_flag,
        explain_double_head,    explain_open_quote,
        explain_label,          explain_open_arrow,
        explain_dangling_arrow, explain_keyword,
        explain_unknown_word,   explain_comment,
        explain_ampersand,      explain_odd_arrow,
        explain_early_end,      explain_blank_before_bracket,
        explain_class_mark,     explain_after_class,
        explain_edge_id,        explain_styles,
        explain_bad_character,  explain_two_nodes,
        explain_usage,          explain_plainly,
    };
    trouble t = {.expect = expect, .at = nc_flow_visible(p, p->token)};
    if (p->diags->list.len >= NC_DIAG_MAX) { /* nobody will read more */
        nc_diag_add(p->diags, NC_RULE_SYNTAX, (nc_span){t.at, t.at}, "too many errors");
        p->resume = statement_end(p, p->statement, t.at);
        return false;
    }
    uint32_t before = nc_flow_visible(p, p->last);
    t.next_line = line_end(p, before) < t.at;
    t.open_end = p->open.kind == NC_FT_END ? 0 : line_end(p, p->open.start);
    p->resume = 0;
    bool told = false;
    for (size_t i = 0; i < NC_COUNT(explanations) && !told; i++)
        told = explanations[i](p, &t);
    if (p->resume == 0)
        p->resume = statement_end(p, p->statement, t.at);
    return false;
}
