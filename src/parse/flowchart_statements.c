/* The statements of a flowchart, each read as Mermaid's grammar has it. */
#include "parse/flowchart_parser.h"

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

/* ---- styles and classes --------------------------------------------------------------------- */

static bool read_styles(nc_flow_parser *p, nc_sv_vec *out)
{
    for (;;) {
        nc_sv style;
        nc_span at;
        if (!nc_flow_read_run(p, is_style_part, NC_EXPECT_STYLES, &style, &at))
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
    return nc_flow_advance(p) && nc_flow_expect_space(p) &&
           nc_flow_read_run(p, nc_flow_is_id_part, NC_EXPECT_ID, id, at) && nc_flow_expect_space(p);
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
    if (!nc_flow_expect_separator(p, NC_EXPECT_STYLES))
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
    if (!nc_flow_expect_separator(p, NC_EXPECT_STYLES))
        return false;
    return nc_flow_define_class(&p->builder, names, at, &styles) || nc_flow_no_memory(p);
}

static bool class_statement(nc_flow_parser *p)
{
    nc_sv ids;
    nc_sv name;
    nc_span at;
    nc_span name_at;
    if (!read_subject(p, &ids, &at) ||
        !nc_flow_read_run(p, nc_flow_is_id_part, NC_EXPECT_CLASS_NAME, &name, &name_at))
        return false;
    if (!nc_flow_expect_separator(p, NC_EXPECT_STATEMENT_END))
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
    if (!nc_flow_advance(p) || !nc_flow_expect_space(p) || !read_indices(p, &indices, &places) ||
        !nc_flow_expect_space(p))
        return false;
    bool styled = !nc_flow_at(p, NC_FT_INTERPOLATE);
    if (!styled) {
        if (!nc_flow_advance(p) || !nc_flow_expect_space(p) ||
            !nc_flow_read_run(p, is_word_part, NC_EXPECT_CURVE, &curve, &at))
            return false;
        styled = nc_flow_at(p, NC_FT_SPACE);
        if (styled && !nc_flow_advance(p))
            return false;
    }
    if (styled && !read_styles(p, &styles))
        return false;
    if (!nc_flow_expect_separator(p, styled ? NC_EXPECT_STYLES : NC_EXPECT_STATEMENT_END))
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
        link->at = nc_flow_span(p->token);
        if (!read_string(p, &link->href))
            return false;
        link->href = nc_flow_trim(link->href);
        return read_click_tail(p, link, true);
    }
    link->callback = true;
    return nc_flow_read_run(p, is_word_part, NC_EXPECT_CLICK, &name, &at) &&
           read_click_tail(p, link, false);
}

static bool click_statement(nc_flow_parser *p)
{
    nc_sv ids = nc_flow_token_text(p, p->token);
    nc_span at = nc_flow_span(p->token);
    nc_flow_link link = {0};
    if (!nc_flow_advance(p) || !read_click(p, &link))
        return false;
    if (!nc_flow_expect_separator(p, NC_EXPECT_CLICK))
        return false;
    return nc_flow_add_link(&p->builder, ids, &link, at) || nc_flow_no_memory(p);
}

/* ---- subgraphs ------------------------------------------------------------------------------ */

static bool is_title_part(nc_flow_token_kind kind)
{
    return kind == NC_FT_NAME || kind == NC_FT_NUMBER || kind == NC_FT_LETTER || kind == NC_FT_V ||
           kind == NC_FT_MINUS || kind == NC_FT_COLON || kind == NC_FT_AMP || kind == NC_FT_HASH ||
           kind == NC_FT_STAR || kind == NC_FT_SPACE || kind == NC_FT_LINK_START ||
           kind == NC_FT_STYLE || kind == NC_FT_LINK_STYLE || kind == NC_FT_CLASS_DEF ||
           kind == NC_FT_CLASS || kind == NC_FT_CLICK || kind == NC_FT_GRAPH || kind == NC_FT_DIR ||
           kind == NC_FT_SUBGRAPH || kind == NC_FT_END_WORD || kind == NC_FT_CARET;
}

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
    nc_flow_raw_text words;
    if (!nc_flow_read_text(p, is_title_part, NC_EXPECT_TITLE, &words))
        return false;
    frame->id = nc_flow_trim(words.text);
    if (!nc_flow_at(p, NC_FT_SQUARE_OPEN)) {
        frame->auto_id = has_space(words.text);
        return nc_flow_make_label(p, &words, &frame->title);
    }
    nc_flow_raw_text title;
    p->open = p->token;
    if (!nc_flow_advance(p) || !nc_flow_read_text(p, nc_flow_is_text, NC_EXPECT_TEXT, &title) ||
        !nc_flow_expect_closer(p, NC_FT_SQUARE_CLOSE, NC_FT_END))
        return false;
    p->open = (nc_flow_token){.kind = NC_FT_END};
    return nc_flow_make_label(p, &title, &frame->title);
}

bool nc_flow_open_subgraph(nc_flow_parser *p)
{
    nc_flow_frame frame = {.at = nc_flow_span(p->token), .opened = p->builder.opens};
    p->builder.opens++;
    bool ok = nc_flow_advance(p);
    if (ok)
        ok = nc_flow_is_separator(p->token.kind) ? nc_flow_fail(p, NC_EXPECT_TITLE)
                                                 : nc_flow_expect_space(p) && read_title(p, &frame);
    frame.at.end = p->last.end > frame.at.end ? p->last.end : frame.at.end;
    if (p->no_memory)
        return false;
    if (p->frames.len >= p->builder.limits.nesting) {
        if (p->too_deep == 0)
            nc_diag_add(p->diags, NC_RULE_TOO_LARGE, frame.at, "subgraphs nested more than %u deep",
                        p->builder.limits.nesting);
        p->too_deep++;
    } else if (!NC_PUSH(p->arena, &p->frames, frame)) {
        return nc_flow_no_memory(p);
    }
    return ok && nc_flow_expect_separator(p, NC_EXPECT_TITLE);
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
    return nc_flow_is_id_part(p->token.kind) ? nc_flow_chain(p)
                                             : nc_flow_fail(p, NC_EXPECT_STATEMENT);
}
