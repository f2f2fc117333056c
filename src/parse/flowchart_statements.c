/* The statements of a flowchart, each read as Mermaid's grammar has it. */
#include "parse/flowchart_parser.h"

bool nc_flow_no_memory(nc_flow_parser *p)
{
    p->no_memory = true;
    return false;
}

bool nc_flow_advance(nc_flow_parser *p)
{
    p->last = p->token;
    return nc_flow_lexer_next(&p->lexer, &p->token) || nc_flow_no_memory(p);
}

bool nc_flow_put_piece(nc_flow_parser *p, nc_sv piece)
{
    nc_sv *last = p->pieces.len ? &p->pieces.ptr[p->pieces.len - 1] : NULL;
    if (piece.len == 0)
        return true;
    if (last && last->ptr + last->len == piece.ptr) {
        last->len += piece.len;
        return true;
    }
    return NC_PUSH(p->arena, &p->pieces, piece) || nc_flow_no_memory(p);
}

bool nc_flow_join_pieces(nc_flow_parser *p, nc_sv *out)
{
    size_t len = 0;
    *out = p->pieces.len ? p->pieces.ptr[0] : (nc_sv){0};
    if (p->pieces.len <= 1)
        return true;
    for (uint32_t i = 0; i < p->pieces.len; i++)
        len += p->pieces.ptr[i].len;
    char *joined = nc_arena_alloc(p->arena, len, 1, 1);
    if (!joined)
        return nc_flow_no_memory(p);
    *out = (nc_sv){joined, len};
    for (uint32_t i = 0; i < p->pieces.len; i++) {
        memcpy(joined, p->pieces.ptr[i].ptr, p->pieces.ptr[i].len);
        joined += p->pieces.ptr[i].len;
    }
    return true;
}

/* Tokens of one of several kinds, joined. Fails when there is none. */
static bool read_run(nc_flow_parser *p, bool (*is_part)(nc_flow_token_kind), nc_flow_expect expect,
                     nc_sv *out, nc_span *at)
{
    if (!is_part(p->token.kind))
        return nc_flow_fail(p, expect);
    p->pieces.len = 0;
    at->start = p->token.start;
    while (is_part(p->token.kind)) {
        at->end = p->token.end;
        if (!nc_flow_put_piece(p, nc_flow_token_text(p, p->token)) || !nc_flow_advance(p))
            return false;
    }
    return nc_flow_join_pieces(p, out);
}

bool nc_flow_is_id_part(nc_flow_token_kind kind)
{
    return kind == NC_FT_NAME || kind == NC_FT_NUMBER || kind == NC_FT_LETTER || kind == NC_FT_V ||
           kind == NC_FT_MINUS || kind == NC_FT_DEFAULT || kind == NC_FT_COMMA ||
           kind == NC_FT_COLON || kind == NC_FT_AMP || kind == NC_FT_HASH || kind == NC_FT_STAR;
}

/* Curves and callbacks: as ids, without `default`. */
static bool is_word_part(nc_flow_token_kind kind)
{
    return kind == NC_FT_DIR || (kind != NC_FT_DEFAULT && nc_flow_is_id_part(kind));
}

static bool is_style_part(nc_flow_token_kind kind)
{
    return kind == NC_FT_NAME || kind == NC_FT_NUMBER || kind == NC_FT_COLON ||
           kind == NC_FT_SPACE || kind == NC_FT_HASH || kind == NC_FT_STYLE;
}

static bool is_title_part(nc_flow_token_kind kind)
{
    return kind == NC_FT_NAME || kind == NC_FT_NUMBER || kind == NC_FT_LETTER || kind == NC_FT_V ||
           kind == NC_FT_MINUS || kind == NC_FT_COLON || kind == NC_FT_AMP || kind == NC_FT_HASH ||
           kind == NC_FT_STAR || kind == NC_FT_SPACE || kind == NC_FT_LINK_START ||
           kind == NC_FT_STYLE || kind == NC_FT_LINK_STYLE || kind == NC_FT_CLASS_DEF ||
           kind == NC_FT_CLASS || kind == NC_FT_CLICK || kind == NC_FT_GRAPH || kind == NC_FT_DIR ||
           kind == NC_FT_SUBGRAPH || kind == NC_FT_END_WORD || kind == NC_FT_CARET;
}

static bool is_text(nc_flow_token_kind kind)
{
    return kind == NC_FT_TEXT || kind == NC_FT_LESS || kind == NC_FT_GREATER ||
           kind == NC_FT_LETTER;
}

static bool is_edge_text(nc_flow_token_kind kind)
{
    return kind == NC_FT_EDGE_TEXT || kind == NC_FT_LETTER;
}

static bool is_separator(nc_flow_token_kind kind)
{
    return kind == NC_FT_NEWLINE || kind == NC_FT_SEMI || kind == NC_FT_EOF;
}

static bool expect_separator(nc_flow_parser *p, nc_flow_expect expect)
{
    return is_separator(p->token.kind) ? nc_flow_advance(p) : nc_flow_fail(p, expect);
}

static bool expect_space(nc_flow_parser *p)
{
    return nc_flow_at(p, NC_FT_SPACE) ? nc_flow_advance(p) : nc_flow_fail(p, NC_EXPECT_SPACE);
}

static bool skip_spaces(nc_flow_parser *p)
{
    while (nc_flow_at(p, NC_FT_SPACE))
        if (!nc_flow_advance(p))
            return false;
    return true;
}

/* ---- texts ---------------------------------------------------------------------------------- */

/* A text as it is written, not yet a label: what is wrong with it is told once it is closed. */
typedef struct raw_text {
    nc_sv text;
    nc_span at;
    bool markdown;
} raw_text;

static bool make_label(nc_flow_parser *p, const raw_text *raw, nc_label *out)
{
    nc_sv text = nc_flow_trim(raw->text);
    if (text.len > 1 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"')
        text = nc_sv_slice(text, 1, text.len - 1);
    if (text.len > NC_FLOW_LABEL_MAX) {
        nc_diag_add(p->diags, NC_RULE_TOO_LARGE, raw->at, "a label of more than %d bytes",
                    NC_FLOW_LABEL_MAX);
        text = (nc_sv){0};
    }
    *out = (nc_label){{0}, raw->markdown ? NC_MARKUP_MARKDOWN : NC_MARKUP_HTML, raw->at};
    return nc_source_decode(&out->text, p->arena, text) || nc_flow_no_memory(p);
}

/* Bare words, a string or a markdown string; words may follow either, but no second string. */
static bool read_text(nc_flow_parser *p, bool (*is_bare)(nc_flow_token_kind), nc_flow_expect expect,
                      raw_text *out)
{
    *out = (raw_text){.at = nc_flow_span(p->token), .markdown = nc_flow_at(p, NC_FT_MARKDOWN)};
    if (!is_bare(p->token.kind) && !nc_flow_at(p, NC_FT_STRING) && !out->markdown)
        return nc_flow_fail(p, expect);
    p->pieces.len = 0;
    do {
        out->at.end = p->token.end;
        if (!nc_flow_put_piece(p, nc_flow_token_text(p, p->token)) || !nc_flow_advance(p))
            return false;
    } while (is_bare(p->token.kind));
    return nc_flow_join_pieces(p, &out->text);
}

/* ---- nodes ---------------------------------------------------------------------------------- */

typedef struct bracket {
    nc_flow_token_kind open, close;
    nc_flow_shape shape;
    nc_flow_token_kind other_close; /* END: none */
    nc_flow_shape other_shape;
    nc_flow_shape doubled; /* COUNT: cannot be */
} bracket;

#define PLAIN(o, c, s)                                                                             \
    {                                                                                              \
        (o), (c), (s), NC_FT_END, NC_FLOW_SHAPE_COUNT, NC_FLOW_SHAPE_COUNT                         \
    }
#define TWICE(o, c, s, d)                                                                          \
    {                                                                                              \
        (o), (c), (s), NC_FT_END, NC_FLOW_SHAPE_COUNT, (d)                                         \
    }
#define EITHER(o, c, s, c2, s2)                                                                    \
    {                                                                                              \
        (o), (c), (s), (c2), (s2), NC_FLOW_SHAPE_COUNT                                             \
    }

static const bracket brackets[] = {
    PLAIN(NC_FT_SQUARE_OPEN, NC_FT_SQUARE_CLOSE, NC_FLOW_SHAPE_RECT),
    TWICE(NC_FT_ROUND_OPEN, NC_FT_ROUND_CLOSE, NC_FLOW_SHAPE_ROUNDED, NC_FLOW_SHAPE_CIRCLE),
    TWICE(NC_FT_CURLY_OPEN, NC_FT_CURLY_CLOSE, NC_FLOW_SHAPE_DIAM, NC_FLOW_SHAPE_HEX),
    PLAIN(NC_FT_STADIUM_OPEN, NC_FT_STADIUM_CLOSE, NC_FLOW_SHAPE_STADIUM),
    PLAIN(NC_FT_SUBROUTINE_OPEN, NC_FT_SUBROUTINE_CLOSE, NC_FLOW_SHAPE_FR_RECT),
    PLAIN(NC_FT_CYLINDER_OPEN, NC_FT_CYLINDER_CLOSE, NC_FLOW_SHAPE_CYL),
    PLAIN(NC_FT_DOUBLE_OPEN, NC_FT_DOUBLE_CLOSE, NC_FLOW_SHAPE_DBL_CIRC),
    PLAIN(NC_FT_ELLIPSE_OPEN, NC_FT_ELLIPSE_CLOSE, NC_FLOW_SHAPE_ELLIPSE),
    PLAIN(NC_FT_GREATER, NC_FT_SQUARE_CLOSE, NC_FLOW_SHAPE_ODD),
    PLAIN(NC_FT_PROPS_OPEN, NC_FT_SQUARE_CLOSE, NC_FLOW_SHAPE_RECT),
    EITHER(NC_FT_SLASH_OPEN, NC_FT_SLASH_CLOSE, NC_FLOW_SHAPE_LEAN_R, NC_FT_BACKSLASH_CLOSE,
           NC_FLOW_SHAPE_TRAP_B),
    EITHER(NC_FT_BACKSLASH_OPEN, NC_FT_BACKSLASH_CLOSE, NC_FLOW_SHAPE_LEAN_L, NC_FT_SLASH_CLOSE,
           NC_FLOW_SHAPE_TRAP_T),
};

static const bracket *bracket_of(nc_flow_token_kind open)
{
    for (size_t i = 0; i < NC_COUNT(brackets); i++)
        if (brackets[i].open == open)
            return &brackets[i];
    return NULL;
}

/* `field:value|` after `[|`; read and forgotten, as Mermaid does. */
static bool skip_property(nc_flow_parser *p)
{
    static const struct {
        nc_flow_token_kind kind;
        nc_flow_expect expect;
    } parts[] = {
        {NC_FT_NAME, NC_EXPECT_PROPERTY},
        {NC_FT_COLON, NC_EXPECT_PROPERTY},
        {NC_FT_NAME, NC_EXPECT_VALUE},
        {NC_FT_PIPE, NC_EXPECT_VALUE},
    };
    for (size_t i = 0; i < NC_COUNT(parts); i++) {
        if (!nc_flow_at(p, parts[i].kind))
            return nc_flow_fail(p, parts[i].expect);
        if (!nc_flow_advance(p))
            return false;
    }
    return true;
}

static bool expect_closer(nc_flow_parser *p, nc_flow_token_kind close, nc_flow_token_kind other)
{
    if (!nc_flow_at(p, close) && (other == NC_FT_END || !nc_flow_at(p, other)))
        return nc_flow_fail(p, NC_EXPECT_CLOSER);
    return nc_flow_advance(p);
}

static bool read_bracket(nc_flow_parser *p, const bracket *b, nc_label *label, nc_flow_shape *shape)
{
    p->open = p->token;
    *shape = b->shape;
    if (!nc_flow_advance(p))
        return false;
    bool doubled = b->doubled != NC_FLOW_SHAPE_COUNT && nc_flow_at(p, b->open);
    if (doubled) {
        *shape = b->doubled;
        if (!nc_flow_advance(p))
            return false;
    }
    if (b->open == NC_FT_PROPS_OPEN && !skip_property(p))
        return false;
    raw_text raw;
    if (!read_text(p, is_text, NC_EXPECT_TEXT, &raw))
        return false;
    if (b->other_close != NC_FT_END && nc_flow_at(p, b->other_close))
        *shape = b->other_shape;
    if (!expect_closer(p, b->close, b->other_close) ||
        (doubled && !expect_closer(p, b->close, NC_FT_END)))
        return false;
    p->open = (nc_flow_token){.kind = NC_FT_END};
    return make_label(p, &raw, label);
}

/* id, bracket, class */
static bool read_node(nc_flow_parser *p, uint32_t *symbol)
{
    nc_sv id;
    nc_span at;
    if (!read_run(p, nc_flow_is_id_part, NC_EXPECT_ID, &id, &at))
        return false;
    p->arrow = (nc_flow_token){.kind = NC_FT_END};
    if (!nc_flow_symbol_of(&p->builder, id, symbol))
        return nc_flow_no_memory(p);
    const bracket *b = bracket_of(p->token.kind);
    nc_label label;
    nc_flow_shape shape = NC_FLOW_SHAPE_COUNT;
    if (b && !read_bracket(p, b, &label, &shape))
        return false;
    if (b)
        at.end = p->last.end;
    if (!nc_flow_add_node(&p->builder, *symbol, at, b ? &label : NULL, shape))
        return nc_flow_no_memory(p);
    if (!nc_flow_at(p, NC_FT_STYLE_COLON))
        return true;
    nc_sv name;
    nc_span name_at;
    return nc_flow_advance(p) &&
           read_run(p, nc_flow_is_id_part, NC_EXPECT_CLASS_NAME, &name, &name_at) &&
           (nc_flow_add_class(&p->builder, id, name, name_at) || nc_flow_no_memory(p));
}

/* Nodes joined by ` & `, and the blanks behind them. */
static bool read_nodes(nc_flow_parser *p, nc_u32_vec *out)
{
    for (;;) {
        uint32_t symbol;
        if (!read_node(p, &symbol))
            return false;
        if (!NC_PUSH(p->arena, out, symbol))
            return nc_flow_no_memory(p);
        if (nc_flow_at(p, NC_FT_DATA) && !nc_flow_read_data(p, symbol))
            return false;
        bool space = nc_flow_at(p, NC_FT_SPACE);
        if (!skip_spaces(p))
            return false;
        if (!space || !nc_flow_at(p, NC_FT_AMP))
            return true;
        if (!nc_flow_advance(p) || !expect_space(p) || !skip_spaces(p))
            return false;
    }
}

/* ---- edges ---------------------------------------------------------------------------------- */

static nc_flow_head head_of(char mark)
{
    return mark == 'x'                  ? NC_FLOW_CROSS
           : mark == 'o'                ? NC_FLOW_CIRCLE
           : mark == '<' || mark == '>' ? NC_FLOW_POINT
                                        : NC_FLOW_NONE;
}

/* What an arrow's characters say: the complete one, or the half that ends it. */
typedef struct arrow_end {
    nc_flow_head tail, head, author_tail;
    nc_flow_stroke stroke, author_stroke;
    uint32_t length;
} arrow_end;

/*
 * Mermaid's arithmetic: the last character is the head; a first one that is the same mark is the
 * tail, any other first mark is dropped but counted in the length, and hides that a line is thick.
 */
static arrow_end read_arrow_end(nc_sv text)
{
    arrow_end a = {0};
    text = nc_flow_trim(text);
    nc_sv line = nc_sv_slice(text, 0, text.len - 1);
    char last = text.ptr[text.len - 1];
    nc_flow_head first =
        text.ptr[0] == '-' || text.ptr[0] == '=' ? NC_FLOW_NONE : head_of(text.ptr[0]);
    a.head = last == '-' || last == '=' || last == '~' ? NC_FLOW_NONE : head_of(last);
    a.author_tail = first;
    if (first != NC_FLOW_NONE && first == a.head) {
        a.tail = first;
        line = nc_sv_slice(line, 1, line.len);
    }
    uint32_t dots = 0;
    for (size_t i = 0; i < line.len; i++)
        dots += line.ptr[i] == '.' ? 1 : 0;
    nc_flow_stroke stroke = line.len && line.ptr[0] == '='   ? NC_FLOW_THICK
                            : line.len && line.ptr[0] == '~' ? NC_FLOW_INVISIBLE
                                                             : NC_FLOW_NORMAL;
    a.stroke = dots ? NC_FLOW_DOTTED : stroke;
    a.author_stroke = nc_sv_find(text, NC_SV("=="), 0) != SIZE_MAX ? NC_FLOW_THICK : a.stroke;
    a.length = dots ? dots : (uint32_t)line.len - 1;
    return a;
}

/* Both halves of an arrow with text between them. */
static void join_halves(nc_flow_parser *p, nc_sv start, arrow_end end, nc_flow_arrow *out)
{
    start = nc_flow_trim(start);
    nc_flow_head first =
        start.ptr[0] == '-' || start.ptr[0] == '=' ? NC_FLOW_NONE : head_of(start.ptr[0]);
    nc_flow_stroke stroke = nc_sv_find(start, NC_SV("="), 0) != SIZE_MAX   ? NC_FLOW_THICK
                            : nc_sv_find(start, NC_SV("."), 0) != SIZE_MAX ? NC_FLOW_DOTTED
                                                                           : NC_FLOW_NORMAL;
    bool differ = stroke != end.stroke ||
                  (first != NC_FLOW_NONE && (end.tail != NC_FLOW_NONE || first != end.head));
    out->stroke = stroke;
    out->head = end.head;
    out->tail = first != NC_FLOW_NONE ? first : end.tail;
    out->author_tail = first != NC_FLOW_NONE ? first : end.author_tail;
    out->length = end.length;
    if (!differ)
        return;
    /* Mermaid calls such an arrow invalid and draws a plain one */
    p->builder.defects++;
    out->tail = NC_FLOW_NONE;
    if (!p->builder.author) {
        out->head = NC_FLOW_POINT;
        out->stroke = NC_FLOW_NORMAL;
        out->length = 1;
    }
}

static void warn_of_mark(nc_flow_parser *p, nc_flow_token link)
{
    char mark = p->text.ptr[link.end - 1];
    char next = link.end < p->text.len ? p->text.ptr[link.end] : '\0';
    if ((mark != 'x' && mark != 'o') || !(nc_is_word(next) || (unsigned char)next >= 0x80))
        return;
    nc_span at = {link.end - 1, link.end};
    nc_diag_add(p->diags, NC_RULE_ARROW_MARK, at, "the '%c' after the arrow is read as its head",
                mark);
    nc_diag_hint(p->diags,
                 "write a blank before '%c%c' if it begins an id or a text, or one after "
                 "the '%c' if it is the head",
                 mark, next < 0x7f && next > 0x20 ? next : '.', mark);
}

/* An arrow whose halves stand around a text. */
static bool read_halves(nc_flow_parser *p, nc_flow_arrow *out)
{
    nc_sv start = nc_flow_token_text(p, p->token);
    raw_text raw;
    p->arrow = p->token;
    if (!nc_flow_advance(p) || !read_text(p, is_edge_text, NC_EXPECT_EDGE_TEXT, &raw))
        return false;
    if (!nc_flow_at(p, NC_FT_LINK))
        return nc_flow_fail(p, NC_EXPECT_ARROW_END);
    if (!make_label(p, &raw, &out->label))
        return false;
    join_halves(p, start, read_arrow_end(nc_flow_token_text(p, p->token)), out);
    out->at.end = p->token.end;
    p->arrow = p->token;
    warn_of_mark(p, p->token);
    return nc_flow_advance(p);
}

/* A complete arrow, with its text between pipes if there is one. */
static bool read_whole(nc_flow_parser *p, nc_flow_arrow *out)
{
    arrow_end end = read_arrow_end(nc_flow_token_text(p, p->token));
    p->arrow = p->token;
    out->at.end = p->token.end;
    out->tail = end.tail;
    out->head = end.head;
    out->author_tail = end.author_tail;
    out->length = end.length;
    out->stroke = p->builder.author ? end.author_stroke : end.stroke;
    p->builder.defects += end.author_stroke != end.stroke ? 1 : 0;
    warn_of_mark(p, p->token);
    if (!nc_flow_advance(p))
        return false;
    if (!nc_flow_at(p, NC_FT_PIPE))
        return true;
    raw_text raw;
    p->open = p->token;
    if (!nc_flow_advance(p) || !read_text(p, is_text, NC_EXPECT_TEXT, &raw))
        return false;
    if (!nc_flow_at(p, NC_FT_PIPE))
        return nc_flow_fail(p, NC_EXPECT_CLOSER);
    if (!make_label(p, &raw, &out->label))
        return false;
    p->open = (nc_flow_token){.kind = NC_FT_END};
    out->at.end = p->token.end;
    if (!nc_flow_advance(p))
        return false;
    return !nc_flow_at(p, NC_FT_SPACE) || nc_flow_advance(p);
}

/* `e1@`: the id without its first @. */
static bool read_edge_id(nc_flow_parser *p, nc_sv *out)
{
    nc_sv text = nc_flow_token_text(p, p->token);
    size_t at = nc_sv_find(text, NC_SV("@"), 0);
    p->pieces.len = 0;
    return nc_flow_put_piece(p, nc_sv_slice(text, 0, at)) &&
           nc_flow_put_piece(p, nc_sv_slice(text, at + 1, text.len)) &&
           nc_flow_join_pieces(p, out) && nc_flow_advance(p);
}

static bool read_arrow(nc_flow_parser *p, nc_flow_arrow *out)
{
    *out = (nc_flow_arrow){.at = nc_flow_span(p->token)};
    if (nc_flow_at(p, NC_FT_LINK_ID)) {
        if (!read_edge_id(p, &out->id))
            return false;
        if (!nc_flow_at(p, NC_FT_LINK) && !nc_flow_at(p, NC_FT_LINK_START))
            return nc_flow_fail(p, NC_EXPECT_ARROW);
    }
    bool ok = nc_flow_at(p, NC_FT_LINK_START) ? read_halves(p, out) : read_whole(p, out);
    if (out->length < 1)
        out->length = 1;
    if (out->length > 10)
        out->length = 10;
    if (out->stroke == NC_FLOW_INVISIBLE)
        out->head = out->tail = out->author_tail = NC_FLOW_NONE;
    return ok;
}

static bool add_members(nc_flow_parser *p, const nc_u32_vec *symbols)
{
    if (p->frames.len == 0)
        return true;
    nc_flow_frame *frame = &p->frames.ptr[p->frames.len - 1];
    for (uint32_t i = 0; i < symbols->len; i++)
        if (!NC_PUSH(p->arena, &frame->members, symbols->ptr[i]))
            return nc_flow_no_memory(p);
    return true;
}

static bool chain_statement(nc_flow_parser *p)
{
    nc_u32_vec groups[2] = {{0}, {0}};
    nc_u32_vec *from = &groups[0];
    nc_u32_vec *to = &groups[1];
    if (!read_nodes(p, from) || !add_members(p, from))
        return false;
    while (nc_flow_at(p, NC_FT_LINK) || nc_flow_at(p, NC_FT_LINK_START) ||
           nc_flow_at(p, NC_FT_LINK_ID)) {
        nc_flow_arrow arrow;
        to->len = 0;
        if (!read_arrow(p, &arrow) || !read_nodes(p, to) || !add_members(p, to))
            return false;
        if (!nc_flow_add_edges(&p->builder, from, to, &arrow))
            return nc_flow_no_memory(p);
        nc_u32_vec *last = from;
        from = to;
        to = last;
    }
    return expect_separator(p, NC_EXPECT_NODE_END);
}

/* ---- styles and classes --------------------------------------------------------------------- */

static bool read_styles(nc_flow_parser *p, nc_sv_vec *out)
{
    for (;;) {
        nc_sv style;
        nc_span at;
        if (!read_run(p, is_style_part, NC_EXPECT_STYLES, &style, &at))
            return false;
        if (!NC_PUSH(p->arena, out, style))
            return nc_flow_no_memory(p);
        if (!nc_flow_at(p, NC_FT_COMMA))
            return true;
        if (!nc_flow_advance(p))
            return false;
    }
}

/* keyword, blank, id, blank */
static bool read_subject(nc_flow_parser *p, nc_sv *id, nc_span *at)
{
    return nc_flow_advance(p) && expect_space(p) &&
           read_run(p, nc_flow_is_id_part, NC_EXPECT_ID, id, at) && expect_space(p);
}

/* `\,` in a style is a comma for the author; Mermaid knows that only in classDef. */
static void note_escapes(nc_flow_parser *p, const nc_sv_vec *styles)
{
    for (uint32_t i = 0; i + 1 < styles->len; i++)
        if (nc_sv_ends(styles->ptr[i], NC_SV("\\")))
            p->builder.defects++;
}

static bool style_statement(nc_flow_parser *p)
{
    nc_sv id;
    nc_span at;
    nc_sv_vec styles = {0};
    if (!read_subject(p, &id, &at) || !read_styles(p, &styles))
        return false;
    if (!expect_separator(p, NC_EXPECT_STYLES))
        return false;
    note_escapes(p, &styles);
    return nc_flow_add_styles(&p->builder, id, at, &styles) || nc_flow_no_memory(p);
}

static bool class_def_statement(nc_flow_parser *p)
{
    nc_sv names;
    nc_span at;
    nc_sv_vec styles = {0};
    if (!read_subject(p, &names, &at) || !read_styles(p, &styles))
        return false;
    if (!expect_separator(p, NC_EXPECT_STYLES))
        return false;
    return nc_flow_define_class(&p->builder, names, &styles) || nc_flow_no_memory(p);
}

static bool class_statement(nc_flow_parser *p)
{
    nc_sv ids;
    nc_sv name;
    nc_span at;
    nc_span name_at;
    if (!read_subject(p, &ids, &at) ||
        !read_run(p, nc_flow_is_id_part, NC_EXPECT_CLASS_NAME, &name, &name_at))
        return false;
    if (!expect_separator(p, NC_EXPECT_STATEMENT_END))
        return false;
    return nc_flow_add_class(&p->builder, ids, name, at) || nc_flow_no_memory(p);
}

/* `default`, or numbers with commas between them. */
static bool read_indices(nc_flow_parser *p, nc_sv_vec *out, nc_u32_vec *places)
{
    bool more = true;
    while (more) {
        bool all = out->len == 0 && nc_flow_at(p, NC_FT_DEFAULT);
        if (!all && !nc_flow_at(p, NC_FT_NUMBER))
            return nc_flow_fail(p, NC_EXPECT_EDGE_INDEX);
        if (!NC_PUSH(p->arena, out, nc_flow_token_text(p, p->token)) ||
            !NC_PUSH(p->arena, places, p->token.start))
            return nc_flow_no_memory(p);
        if (!nc_flow_advance(p))
            return false;
        more = !all && nc_flow_at(p, NC_FT_COMMA);
        if (more && !nc_flow_advance(p))
            return false;
    }
    return true;
}

static bool link_style_statement(nc_flow_parser *p)
{
    nc_sv_vec indices = {0};
    nc_u32_vec places = {0};
    nc_sv_vec styles = {0};
    nc_sv curve = {0};
    nc_span at;
    if (!nc_flow_advance(p) || !expect_space(p) || !read_indices(p, &indices, &places) ||
        !expect_space(p))
        return false;
    bool styled = !nc_flow_at(p, NC_FT_INTERPOLATE);
    if (!styled) {
        if (!nc_flow_advance(p) || !expect_space(p) ||
            !read_run(p, is_word_part, NC_EXPECT_CURVE, &curve, &at))
            return false;
        styled = nc_flow_at(p, NC_FT_SPACE);
        if (styled && !nc_flow_advance(p))
            return false;
    }
    if (styled && !read_styles(p, &styles))
        return false;
    if (!expect_separator(p, styled ? NC_EXPECT_STYLES : NC_EXPECT_STATEMENT_END))
        return false;
    note_escapes(p, &styles);
    for (uint32_t i = 0; i < indices.len; i++) {
        nc_span place = {places.ptr[i], places.ptr[i] + (uint32_t)indices.ptr[i].len};
        if (!nc_flow_style_edge(&p->builder, indices.ptr[i], place, curve, &styles))
            return nc_flow_no_memory(p);
    }
    return true;
}

/* ---- click ---------------------------------------------------------------------------------- */

static bool read_string(nc_flow_parser *p, nc_sv *out)
{
    if (!nc_flow_at(p, NC_FT_STRING))
        return nc_flow_fail(p, NC_EXPECT_STRING);
    nc_sv text = nc_flow_token_text(p, p->token);
    if (!nc_source_decode(out, p->arena, text))
        return nc_flow_no_memory(p);
    return nc_flow_advance(p);
}

/* A tooltip after what is clicked, and for addresses a target after either. */
static bool read_click_tail(nc_flow_parser *p, nc_flow_link *link, bool target)
{
    if (!nc_flow_at(p, NC_FT_SPACE))
        return true;
    if (!nc_flow_advance(p))
        return false;
    if (!target || !nc_flow_at(p, NC_FT_LINK_TARGET)) {
        if (!read_string(p, &link->tooltip))
            return false;
        if (!target || !nc_flow_at(p, NC_FT_SPACE))
            return true;
        if (!nc_flow_advance(p))
            return false;
    }
    if (!nc_flow_at(p, NC_FT_LINK_TARGET))
        return nc_flow_fail(p, NC_EXPECT_CLICK);
    link->target = nc_flow_token_text(p, p->token);
    return nc_flow_advance(p);
}

static bool read_click(nc_flow_parser *p, nc_flow_link *link)
{
    nc_sv name;
    nc_span at;
    if (nc_flow_at(p, NC_FT_CALL_NAME)) {
        link->callback = true;
        if (!nc_flow_advance(p) || (nc_flow_at(p, NC_FT_CALL_ARGS) && !nc_flow_advance(p)))
            return false;
        return read_click_tail(p, link, false);
    }
    if (nc_flow_at(p, NC_FT_HREF) || nc_flow_at(p, NC_FT_STRING)) {
        if (nc_flow_at(p, NC_FT_HREF) && !nc_flow_advance(p))
            return false;
        if (!read_string(p, &link->href))
            return false;
        link->href = nc_flow_trim(link->href);
        return read_click_tail(p, link, true);
    }
    link->callback = true;
    return read_run(p, is_word_part, NC_EXPECT_CLICK, &name, &at) &&
           read_click_tail(p, link, false);
}

static bool click_statement(nc_flow_parser *p)
{
    nc_sv ids = nc_flow_token_text(p, p->token);
    nc_span at = nc_flow_span(p->token);
    nc_flow_link link = {0};
    if (!nc_flow_advance(p) || !read_click(p, &link))
        return false;
    if (!expect_separator(p, NC_EXPECT_CLICK))
        return false;
    return nc_flow_add_link(&p->builder, ids, &link, at) || nc_flow_no_memory(p);
}

/* ---- subgraphs ------------------------------------------------------------------------------ */

static bool has_space(nc_sv text)
{
    for (uint32_t at = 0; at < text.len; at++)
        if (nc_flow_space_at(text, at) > 0)
            return true;
    return false;
}

/* The words after `subgraph`: a title, or an id and a title in brackets. */
static bool read_title(nc_flow_parser *p, nc_flow_frame *frame)
{
    raw_text words;
    if (!read_text(p, is_title_part, NC_EXPECT_TITLE, &words))
        return false;
    frame->id = nc_flow_trim(words.text);
    if (!nc_flow_at(p, NC_FT_SQUARE_OPEN)) {
        frame->auto_id = has_space(words.text);
        return make_label(p, &words, &frame->title);
    }
    raw_text title;
    p->open = p->token;
    if (!nc_flow_advance(p) || !read_text(p, is_text, NC_EXPECT_TEXT, &title) ||
        !expect_closer(p, NC_FT_SQUARE_CLOSE, NC_FT_END))
        return false;
    p->open = (nc_flow_token){.kind = NC_FT_END};
    return make_label(p, &title, &frame->title);
}

bool nc_flow_open_subgraph(nc_flow_parser *p)
{
    nc_flow_frame frame = {.at = nc_flow_span(p->token), .opened = p->builder.opens};
    p->builder.opens++;
    bool ok = nc_flow_advance(p);
    if (ok)
        ok = is_separator(p->token.kind) ? nc_flow_fail(p, NC_EXPECT_TITLE)
                                         : expect_space(p) && read_title(p, &frame);
    frame.at.end = p->last.end > frame.at.end ? p->last.end : frame.at.end;
    if (p->no_memory)
        return false;
    if (p->frames.len >= NC_FLOW_NESTING_MAX) {
        if (p->too_deep == 0)
            nc_diag_add(p->diags, NC_RULE_TOO_LARGE, frame.at, "subgraphs nested more than %d deep",
                        NC_FLOW_NESTING_MAX);
        p->too_deep++;
    } else if (!NC_PUSH(p->arena, &p->frames, frame)) {
        return nc_flow_no_memory(p);
    }
    return ok && expect_separator(p, NC_EXPECT_TITLE);
}

/* ---- all of them ---------------------------------------------------------------------------- */

bool nc_flow_statement(nc_flow_parser *p)
{
    static const struct {
        nc_flow_token_kind first;
        bool (*read)(nc_flow_parser *p);
    } statements[] = {
        {NC_FT_SUBGRAPH, nc_flow_open_subgraph},  {NC_FT_STYLE, style_statement},
        {NC_FT_LINK_STYLE, link_style_statement}, {NC_FT_CLASS_DEF, class_def_statement},
        {NC_FT_CLASS, class_statement},           {NC_FT_CLICK, click_statement},
    };
    for (size_t i = 0; i < NC_COUNT(statements); i++)
        if (nc_flow_at(p, statements[i].first))
            return statements[i].read(p);
    return nc_flow_is_id_part(p->token.kind) ? chain_statement(p)
                                             : nc_flow_fail(p, NC_EXPECT_STATEMENT);
}
