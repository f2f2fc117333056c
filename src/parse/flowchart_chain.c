/* Nodes and the edges between them: `A[label] & B -- text --> C`. */
#include "parse/flowchart_parser.h"

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
    nc_flow_raw_text raw;
    if (!nc_flow_read_text(p, nc_flow_is_text, NC_EXPECT_TEXT, &raw))
        return false;
    if (b->other_close != NC_FT_END && nc_flow_at(p, b->other_close))
        *shape = b->other_shape;
    if (!nc_flow_expect_closer(p, b->close, b->other_close) ||
        (doubled && !nc_flow_expect_closer(p, b->close, NC_FT_END)))
        return false;
    p->open = (nc_flow_token){.kind = NC_FT_END};
    return nc_flow_make_label(p, &raw, label);
}

/* id, bracket, class */
static bool read_node(nc_flow_parser *p, uint32_t *symbol)
{
    nc_sv id;
    nc_span at;
    if (!nc_flow_read_run(p, nc_flow_is_id_part, NC_EXPECT_ID, &id, &at))
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
           nc_flow_read_run(p, nc_flow_is_id_part, NC_EXPECT_CLASS_NAME, &name, &name_at) &&
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
        if (!nc_flow_skip_spaces(p))
            return false;
        if (!space || !nc_flow_at(p, NC_FT_AMP))
            return true;
        if (!nc_flow_advance(p) || !nc_flow_expect_space(p) || !nc_flow_skip_spaces(p))
            return false;
    }
}

static bool is_edge_text(nc_flow_token_kind kind)
{
    return kind == NC_FT_EDGE_TEXT || kind == NC_FT_LETTER;
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
    nc_flow_raw_text raw;
    p->arrow = p->token;
    if (!nc_flow_advance(p) || !nc_flow_read_text(p, is_edge_text, NC_EXPECT_EDGE_TEXT, &raw))
        return false;
    if (!nc_flow_at(p, NC_FT_LINK))
        return nc_flow_fail(p, NC_EXPECT_ARROW_END);
    if (!nc_flow_make_label(p, &raw, &out->label))
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
    nc_flow_raw_text raw;
    p->open = p->token;
    if (!nc_flow_advance(p) || !nc_flow_read_text(p, nc_flow_is_text, NC_EXPECT_TEXT, &raw))
        return false;
    if (!nc_flow_at(p, NC_FT_PIPE))
        return nc_flow_fail(p, NC_EXPECT_CLOSER);
    if (!nc_flow_make_label(p, &raw, &out->label))
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

bool nc_flow_chain(nc_flow_parser *p)
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
    return nc_flow_expect_separator(p, NC_EXPECT_NODE_END);
}
