/*
 * Why a statement is wrong, in words that help its author, and where to go on.
 *
 * The grammar only knows that a token does not fit. Each explanation below knows one mistake that
 * people make; they are tried in order, the first that recognises its mistake reports it.
 */
#include "parse/flowchart_advice.h"

#include "base/utf8.h"

uint32_t nc_flow_visible(const nc_flow_parser *p, nc_flow_token token)
{
    uint32_t at = token.start;
    for (uint32_t n; at < token.end && (n = nc_flow_space_at(p->text, at)) > 0;)
        at += n;
    return at < token.end ? at : token.start;
}

char nc_trouble_char(const nc_flow_parser *p, uint32_t at)
{
    return at < p->text.len ? p->text.ptr[at] : '\0';
}

uint32_t nc_trouble_line_end(const nc_flow_parser *p, uint32_t at)
{
    size_t end = nc_sv_find(p->text, NC_SV("\n"), at);
    return end == SIZE_MAX ? (uint32_t)p->text.len : (uint32_t)end;
}

bool nc_trouble_has(const nc_flow_parser *p, uint32_t from, uint32_t to, const char *what)
{
    return nc_sv_find(nc_flow_slice(p, 0, to), nc_sv_cstr(what), from) != SIZE_MAX;
}

bool nc_trouble_is_end(nc_flow_token_kind kind)
{
    return kind == NC_FT_NEWLINE || kind == NC_FT_SEMI || kind == NC_FT_EOF || kind == NC_FT_END;
}

bool nc_trouble_is_opener(nc_flow_token_kind kind)
{
    return kind == NC_FT_SQUARE_OPEN || kind == NC_FT_ROUND_OPEN || kind == NC_FT_CURLY_OPEN ||
           kind == NC_FT_STADIUM_OPEN || kind == NC_FT_SUBROUTINE_OPEN ||
           kind == NC_FT_CYLINDER_OPEN || kind == NC_FT_DOUBLE_OPEN || kind == NC_FT_ELLIPSE_OPEN ||
           kind == NC_FT_PROPS_OPEN || kind == NC_FT_SLASH_OPEN || kind == NC_FT_BACKSLASH_OPEN;
}

/* What the token at hand is called in a message. */
nc_sv nc_trouble_found(const nc_flow_parser *p)
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

nc_span nc_trouble_span(uint32_t from, uint32_t to)
{
    return (nc_span){from, to};
}

nc_span nc_trouble_token(const nc_flow_parser *p, const nc_trouble *t)
{
    nc_sv text = nc_flow_trim(nc_flow_token_text(p, p->token));
    size_t line = nc_sv_find(text, NC_SV("\n"), 0);
    size_t len = line < text.len ? line : text.len;
    return nc_trouble_span(t->at, t->at + (uint32_t)(len ? len : 1));
}

/* ---- where to go on ------------------------------------------------------------------------- */

/*
 * The end of the statement that begins at `from` and is wrong at `at`: the next line end, or the
 * next semicolon that stands in no bracket and no quotes.
 */
uint32_t nc_trouble_statement_end(const nc_flow_parser *p, uint32_t from, uint32_t at)
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
uint32_t nc_trouble_label_end(const nc_flow_parser *p, uint32_t at)
{
    uint32_t end = nc_trouble_line_end(p, at);
    uint32_t next = end;
    for (int lines = 0; lines < 4 && next < p->text.len; lines++) {
        uint32_t i = next + 1;
        next = nc_trouble_line_end(p, i);
        if (nc_flow_trim(nc_flow_slice(p, i, next)).len == 0)
            break;
        for (; i < next; i++) {
            char c = p->text.ptr[i];
            if (c == ']' || c == ')' || c == '}' || c == '|')
                return next;
            if (c == '[' || c == '(' || c == '{' || c == '"' ||
                (c == '-' && nc_trouble_char(p, i + 1) == '-'))
                return end;
        }
    }
    return end;
}

/* ---- header --------------------------------------------------------------------------------- */

static bool explain_header(nc_flow_parser *p, const nc_trouble *t)
{
    static const nc_sv words[] = {NC_SV_INIT("TB"), NC_SV_INIT("TD"), NC_SV_INIT("BT"),
                                  NC_SV_INIT("LR"), NC_SV_INIT("RL")};
    if (t->expect == NC_EXPECT_HEADER) {
        nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t),
                    "a flowchart begins with 'flowchart' and its direction");
        nc_diag_hint(p->diags, "write 'flowchart TD' on the first line");
        return true;
    }
    if (t->expect == NC_EXPECT_HEADER_END && t->next_line) { /* an arrow took the line end */
        p->statement = t->at;
        return nc_trouble_no_source(p, t->at);
    }
    if (t->expect == NC_EXPECT_HEADER_END) {
        nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t),
                    "a line end or ';' must follow the direction, not %.*s",
                    NC_SV_ARG(nc_trouble_found(p)));
        p->resume = t->at;
        return true;
    }
    if (t->expect != NC_EXPECT_DIRECTION)
        return false;
    uint32_t at = t->at;
    for (uint32_t n; (n = nc_flow_space_at(p->text, at)) > 0;)
        at += n;
    uint32_t end = at;
    while (nc_is_word(nc_trouble_char(p, end)))
        end++;
    nc_sv word = nc_flow_slice(p, at, end);
    for (size_t i = 0; i < NC_COUNT(words); i++) {
        if (!nc_sv_eq_nocase(word, words[i]))
            continue;
        nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_span(at, end),
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
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_span(at, end), "'%.*s' is no direction",
                NC_SV_ARG(nc_flow_slice(p, at, end)));
    nc_diag_hint(p->diags, "use TB, TD, BT, LR or RL, or end the line after the first word");
    p->resume = nc_trouble_statement_end(p, at, at);
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
    char c = nc_trouble_char(p, at);
    char next = nc_trouble_char(p, at + 1);
    return (c == '-' && (next == '-' || next == '.' || next == '>')) || (c == '=' && next == '=') ||
           c == '[' || c == '(' || c == '{' || (c == '<' && next == '-') ||
           (c == '@' && next == '{');
}

bool nc_flow_is_end_misused(const nc_flow_parser *p)
{
    uint32_t at = p->token.start + (uint32_t)NC_SV("end").len;
    while (nc_trouble_char(p, at) == ' ' || nc_trouble_char(p, at) == '\t')
        at++;
    return is_after_id(p, at);
}

static bool explain_keyword(nc_flow_parser *p, const nc_trouble *t)
{
    nc_sv word = keyword_of(p);
    bool as_id = t->expect == NC_EXPECT_ID || t->expect == NC_EXPECT_STATEMENT ||
                 t->expect == NC_EXPECT_CLASS_NAME;
    if (as_id && word.len) {
        uint32_t from = nc_trouble_is_ahead(p) ? p->last.end : t->at;
        if (nc_trouble_is_ahead(p))
            p->resume = nc_trouble_line_end(p, from);
        return report_reserved(p, nc_trouble_span(from, from + (uint32_t)word.len), word);
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
    return report_reserved(p, nc_trouble_span(p->statement, p->statement + (uint32_t)first.len),
                           first);
}

/* A first word that belongs to another kind of diagram, with words after it. */
static bool explain_foreign_word(nc_flow_parser *p, const nc_trouble *t)
{
    static const struct {
        nc_sv word;
        const char *what, *remedy;
    } foreign[] = {
        {NC_SV_INIT("participant"), "belongs to sequence diagrams", "write a node: id[Name]"},
        {NC_SV_INIT("actor"), "belongs to sequence diagrams", "write a node: id[Name]"},
        {NC_SV_INIT("activate"), "belongs to sequence diagrams", "delete the line"},
        {NC_SV_INIT("deactivate"), "belongs to sequence diagrams", "delete the line"},
        {NC_SV_INIT("loop"), "belongs to sequence diagrams", "group nodes with 'subgraph'"},
        {NC_SV_INIT("alt"), "belongs to sequence diagrams", "write a decision: id{Question}"},
        {NC_SV_INIT("note"), "is no statement of flowcharts",
         "write a node and a dotted line to it: n1@{ shape: comment, label: \"…\" }"},
        {NC_SV_INIT("state"), "belongs to state diagrams", "write a node: id[Name]"},
        {NC_SV_INIT("node"), "is no statement of flowcharts", "write the node alone: id[Name]"},
        {NC_SV_INIT("//"), "begins no comment", "comments begin with '%%'"},
        {NC_SV_INIT("#"), "begins no comment", "comments begin with '%%'"},
    };
    if (t->expect != NC_EXPECT_NODE_END || p->last.kind != NC_FT_SPACE ||
        p->first.kind == NC_FT_LINK)
        return false;
    nc_sv first = nc_flow_slice(p, p->statement, p->last.start);
    for (size_t i = 0; i < NC_COUNT(foreign); i++) {
        if (!nc_sv_eq_nocase(first, foreign[i].word))
            continue;
        nc_diag_add(p->diags, NC_RULE_UNKNOWN_STATEMENT,
                    nc_trouble_span(p->statement, p->last.start), "'%.*s' %s", NC_SV_ARG(first),
                    foreign[i].what);
        nc_diag_hint(p->diags, "%s", foreign[i].remedy);
        p->resume = nc_trouble_line_end(p, t->at);
        return true;
    }
    return false;
}

/* `sytle A fill:red`: a first word that is nearly a keyword, and more words after it. */
static bool explain_unknown_word(nc_flow_parser *p, const nc_trouble *t)
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
        nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t), "%.*s is no direction",
                    NC_SV_ARG(nc_trouble_found(p)));
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
/* ---- the rest of a node --------------------------------------------------------------------- */

static bool explain_class_mark(nc_flow_parser *p, const nc_trouble *t)
{
    if (t->expect != NC_EXPECT_NODE_END || p->token.kind != NC_FT_STYLE_COLON)
        return false;
    bool data = p->last.kind == NC_FT_DATA || p->last.kind == NC_FT_DATA_STRING;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t),
                data ? "':::' must stand before '@{'" : "only one ':::' for a node");
    if (!data)
        nc_diag_hint(p->diags, "add more classes with a statement: class ID name");
    return true;
}

static bool explain_after_class(nc_flow_parser *p, const nc_trouble *t)
{
    if (t->expect != NC_EXPECT_NODE_END || !nc_trouble_is_opener(p->token.kind))
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t),
                "the label of a node must stand right after its id");
    nc_diag_hint(p->diags, "write A[label]:::class@{ shape: rect }");
    return true;
}

static bool explain_ampersand(nc_flow_parser *p, const nc_trouble *t)
{
    bool after =
        p->last.kind == NC_FT_AMP && (t->expect == NC_EXPECT_SPACE || t->expect == NC_EXPECT_ID);
    bool before = t->expect == NC_EXPECT_NODE_END && p->token.kind == NC_FT_AMP;
    bool blank = p->last.kind == NC_FT_SPACE && t->expect == NC_EXPECT_ID && p->last.start > 0 &&
                 nc_trouble_char(p, p->last.start - 1) == '&';
    if (!after && !before && !blank)
        return false;
    nc_span at = before ? nc_trouble_token(p, t) : nc_flow_span(p->last);
    nc_diag_add(p->diags, NC_RULE_SYNTAX, at,
                "'&' needs a blank on both sides and a node after it on the same line");
    nc_diag_hint(p->diags, "write A & B");
    return true;
}

static bool explain_comment(nc_flow_parser *p, const nc_trouble *t)
{
    nc_sv rest = nc_flow_slice(p, t->at, t->at + 2);
    bool percent = nc_sv_eq(rest, NC_SV("%%"));
    bool other = nc_sv_eq(rest, NC_SV("//")) || nc_sv_eq(rest, NC_SV("# "));
    if ((!percent && !other) || t->expect == NC_EXPECT_CLOSER || t->expect == NC_EXPECT_TEXT)
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_span(t->at, t->at + 2),
                "a comment cannot follow a statement");
    nc_diag_hint(p->diags, "comments begin with %%%% and stand on a line of their own");
    p->resume = nc_trouble_line_end(p, t->at);
    return true;
}

static bool explain_edge_id(nc_flow_parser *p, const nc_trouble *t)
{
    bool here = p->token.kind == NC_FT_LINK_ID;
    if (!here && t->expect != NC_EXPECT_ARROW)
        return false;
    nc_flow_token id = here ? p->token : p->last;
    uint32_t from = nc_flow_visible(p, id);
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_span(from, id.end),
                "'%.*s' begins the id of an edge and needs an arrow",
                NC_SV_ARG(nc_flow_slice(p, from, id.end)));
    nc_diag_hint(p->diags, "write 'A e1@--> B'; '@' cannot stand in the id of a node");
    return true;
}

/* A character that no id may hold. */
static bool explain_bad_character(nc_flow_parser *p, const nc_trouble *t)
{
    if (p->token.kind != NC_FT_BAD ||
        (t->expect != NC_EXPECT_ID && t->expect != NC_EXPECT_NODE_END &&
         t->expect != NC_EXPECT_STATEMENT && t->expect != NC_EXPECT_TITLE))
        return false;
    nc_sv sign = nc_flow_token_text(p, p->token);
    bool closer = sign.len == 1 && strchr(")]}", sign.ptr[0]);
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t),
                closer ? "'%.*s' closes nothing" : "'%.*s' cannot stand in an id", NC_SV_ARG(sign));
    if (!closer)
        nc_diag_hint(p->diags, "put it into a quoted label: n1[\"%.*s\"]", NC_SV_ARG(sign));
    return true;
}

static bool explain_two_nodes(nc_flow_parser *p, const nc_trouble *t)
{
    if (t->expect != NC_EXPECT_NODE_END || !nc_flow_is_id_part(p->token.kind))
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t),
                "an arrow or the end of the statement is missing before %.*s",
                NC_SV_ARG(nc_trouble_found(p)));
    if (nc_trouble_char(p, t->at) == ':')
        nc_diag_hint(p->diags, "the text of an arrow stands in it: A -->|text| B");
    else
        nc_diag_hint(p->diags,
                     "join nodes with an arrow; separate statements with a line end or ';'");
    return true;
}

/* `A --> B end` */
static bool explain_end_behind(nc_flow_parser *p, const nc_trouble *t)
{
    if (t->expect != NC_EXPECT_NODE_END || p->token.kind != NC_FT_END_WORD || p->frames.len == 0)
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t),
                "'end' must begin a statement of its own");
    nc_diag_hint(p->diags, "write it on the next line");
    p->frames.len--; /* it closes what it was meant to close */
    p->resume = p->token.end;
    return true;
}

/* `"Load file" --> B` */
static bool explain_quoted_id(nc_flow_parser *p, const nc_trouble *t)
{
    bool quoted = p->token.kind == NC_FT_STRING || p->token.kind == NC_FT_MARKDOWN;
    if ((t->expect != NC_EXPECT_ID && t->expect != NC_EXPECT_STATEMENT) || !quoted)
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_span(t->at - 1, t->at),
                "a text in quotes is no id");
    nc_diag_hint(p->diags, "write n1[\"%.*s\"]", NC_SV_ARG(nc_flow_token_text(p, p->token)));
    return true;
}

/* `[*] --> A` */
static bool explain_bracket_alone(nc_flow_parser *p, const nc_trouble *t)
{
    if ((t->expect != NC_EXPECT_ID && t->expect != NC_EXPECT_STATEMENT) ||
        !nc_trouble_is_opener(p->token.kind))
        return false;
    nc_sv bracket = nc_flow_trim(nc_flow_token_text(p, p->token));
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t), "there is no id before '%.*s'",
                NC_SV_ARG(bracket));
    nc_diag_hint(p->diags, "write one: n1%.*s…", NC_SV_ARG(bracket));
    return true;
}

/* ---- other statements ----------------------------------------------------------------------- */

static bool explain_styles(nc_flow_parser *p, const nc_trouble *t)
{
    if (t->expect != NC_EXPECT_STYLES || nc_trouble_is_end(p->token.kind))
        return false;
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t), "%.*s in a style",
                NC_SV_ARG(nc_trouble_found(p)));
    if (nc_trouble_is_opener(p->token.kind) || p->token.kind == NC_FT_ROUND_OPEN)
        nc_diag_hint(p->diags, "style values hold no brackets: write a colour as #rrggbb");
    else
        nc_diag_hint(p->diags, "write property:value,property:value without quotes");
    return true;
}

/* A statement that is broken in a way of its own: show how it is written. */
static bool explain_usage(nc_flow_parser *p, const nc_trouble *t)
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
        if (t->next_line || nc_trouble_is_end(p->token.kind)) {
            uint32_t end = p->last.end < nc_trouble_line_end(p, p->statement)
                               ? p->last.end
                               : nc_trouble_line_end(p, p->statement);
            nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_span(p->statement, end),
                        "the %s statement is not complete", usages[i].name);
            p->resume = nc_trouble_line_end(p, p->statement) < t->at
                            ? nc_trouble_line_end(p, p->statement)
                            : t->at;
        } else {
            nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t),
                        "the %s statement goes wrong at %.*s", usages[i].name,
                        NC_SV_ARG(nc_trouble_found(p)));
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

static bool explain_plainly(nc_flow_parser *p, const nc_trouble *t)
{
    nc_diag_add(p->diags, NC_RULE_SYNTAX, nc_trouble_token(p, t), "expected %s, found %.*s",
                expectations[t->expect], NC_SV_ARG(nc_trouble_found(p)));
    return true;
}

bool nc_flow_fail(nc_flow_parser *p, nc_flow_expect expect)
{
    static nc_explanation *const explanations[] = {
        explain_header,           nc_explain_lost_line,   nc_explain_smart_quote,
        nc_explain_arrow_as_flag, nc_explain_double_head, nc_explain_open_quote,
        nc_explain_label,         nc_explain_open_arrow,  nc_explain_dangling_arrow,
        explain_end_behind,       explain_keyword,        explain_foreign_word,
        explain_unknown_word,     explain_comment,        explain_ampersand,
        nc_explain_odd_arrow,     nc_explain_early_end,   nc_explain_blank_before_bracket,
        explain_class_mark,       explain_after_class,    explain_edge_id,
        explain_styles,           explain_bad_character,  explain_two_nodes,
        explain_bracket_alone,    explain_quoted_id,      explain_usage,
        explain_plainly,
    };
    nc_trouble t = {.expect = expect, .at = nc_flow_visible(p, p->token)};
    if (p->diags->list.len >= NC_DIAG_MAX) { /* nobody will read more */
        nc_diag_add(p->diags, NC_RULE_SYNTAX, (nc_span){t.at, t.at}, "too many errors");
        p->resume = nc_trouble_statement_end(p, p->statement, t.at);
        return false;
    }
    uint32_t before = nc_flow_visible(p, p->last);
    t.next_line = nc_trouble_line_end(p, before) < t.at;
    t.open_end = p->open.kind == NC_FT_END ? 0 : nc_trouble_line_end(p, p->open.start);
    p->resume = 0;
    bool told = false;
    for (size_t i = 0; i < NC_COUNT(explanations) && !told; i++)
        told = explanations[i](p, &t);
    if (p->resume == 0)
        p->resume = nc_trouble_statement_end(p, p->statement, t.at);
    return false;
}
