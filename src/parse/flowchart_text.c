/* Tokens into texts: what statements of every kind read. */
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
bool nc_flow_read_run(nc_flow_parser *p, bool (*is_part)(nc_flow_token_kind), nc_flow_expect expect,
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

bool nc_flow_is_text(nc_flow_token_kind kind)
{
    return kind == NC_FT_TEXT || kind == NC_FT_LESS || kind == NC_FT_GREATER ||
           kind == NC_FT_LETTER;
}

bool nc_flow_is_separator(nc_flow_token_kind kind)
{
    return kind == NC_FT_NEWLINE || kind == NC_FT_SEMI || kind == NC_FT_EOF;
}

bool nc_flow_expect_separator(nc_flow_parser *p, nc_flow_expect expect)
{
    return nc_flow_is_separator(p->token.kind) ? nc_flow_advance(p) : nc_flow_fail(p, expect);
}

bool nc_flow_expect_space(nc_flow_parser *p)
{
    return nc_flow_at(p, NC_FT_SPACE) ? nc_flow_advance(p) : nc_flow_fail(p, NC_EXPECT_SPACE);
}

bool nc_flow_skip_spaces(nc_flow_parser *p)
{
    while (nc_flow_at(p, NC_FT_SPACE))
        if (!nc_flow_advance(p))
            return false;
    return true;
}

bool nc_flow_make_label(nc_flow_parser *p, const nc_flow_raw_text *raw, nc_label *out)
{
    nc_sv text = nc_flow_trim(raw->text);
    if (text.len > 1 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"')
        text = nc_sv_slice(text, 1, text.len - 1);
    if (text.len > p->builder.limits.label) {
        nc_diag_add(p->diags, NC_RULE_TOO_LARGE, raw->at, "a label of more than %u bytes",
                    p->builder.limits.label);
        text = (nc_sv){0};
    }
    *out = (nc_label){{0}, raw->markdown ? NC_MARKUP_MARKDOWN : NC_MARKUP_HTML, raw->at};
    return nc_source_decode(&out->text, p->arena, text) || nc_flow_no_memory(p);
}

/* Bare words, a string or a markdown string; words may follow either, but no second string. */
bool nc_flow_read_text(nc_flow_parser *p, bool (*is_bare)(nc_flow_token_kind),
                       nc_flow_expect expect, nc_flow_raw_text *out)
{
    *out =
        (nc_flow_raw_text){.at = nc_flow_span(p->token), .markdown = nc_flow_at(p, NC_FT_MARKDOWN)};
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

bool nc_flow_expect_closer(nc_flow_parser *p, nc_flow_token_kind close, nc_flow_token_kind other)
{
    if (!nc_flow_at(p, close) && (other == NC_FT_END || !nc_flow_at(p, other)))
        return nc_flow_fail(p, NC_EXPECT_CLOSER);
    return nc_flow_advance(p);
}
