#include "parse/sequence_parser.h"

void nc_seq_advance(nc_seq_parser *p)
{
    p->before = p->token;
    if (p->token.kind == NC_SEQ_TOK_NEWLINE && p->token.at.end > p->token.at.start &&
        p->lexer.text.ptr[p->token.at.start] == ';')
        p->semicolon = p->token.at.end;
    p->token = nc_seq_lex(&p->lexer);
}

bool nc_seq_accept(nc_seq_parser *p, nc_seq_tok kind)
{
    if (p->token.kind != kind)
        return false;
    nc_seq_advance(p);
    return true;
}

bool nc_seq_at_actor(const nc_seq_parser *p)
{
    return p->token.kind == NC_SEQ_TOK_NAME || p->token.kind == NC_SEQ_TOK_LINK;
}

bool nc_seq_has_line_end(const nc_seq_parser *p, size_t from, size_t to)
{
    return from < to && memchr(p->lexer.text.ptr + from, '\n', to - from) != NULL;
}

nc_seq_trouble nc_seq_trouble_at(nc_seq_parser *p)
{
    bool after = p->semicolon > 0 && p->semicolon <= p->first.at.start &&
                 !nc_seq_has_line_end(p, p->semicolon, p->first.at.start);
    return (nc_seq_trouble){.cast = &p->cast,
                            .first = p->first,
                            .before = p->before,
                            .got = p->token,
                            .after_semicolon = after};
}

bool nc_seq_recover(nc_seq_parser *p)
{
    size_t from = p->first.at.start;
    size_t at = p->token.at.start;
    if (p->token.kind == NC_SEQ_TOK_EOF)
        return true;
    if (at == from || !nc_seq_has_line_end(p, p->before.at.end, at)) {
        const char *end = memchr(p->lexer.text.ptr + at, '\n', p->lexer.text.len - at);
        size_t stop = end ? (size_t)(end - p->lexer.text.ptr) : p->lexer.text.len;
        nc_sv left_out = nc_sv_slice(p->lexer.text, from, stop);
        bool counts = p->first.kind == NC_SEQ_TOK_NAME || p->first.kind == NC_SEQ_TOK_ACTIVATE ||
                      p->first.kind == NC_SEQ_TOK_INVALID;
        if (counts && (nc_sv_find(left_out, NC_SV("+"), 0) != SIZE_MAX ||
                       p->first.kind == NC_SEQ_TOK_ACTIVATE))
            p->cast.doubt = true;
        at = stop;
    }
    nc_seq_lexer_resume(&p->lexer, at);
    p->token = nc_seq_lex(&p->lexer);
    return true;
}

bool nc_seq_end_statement(nc_seq_parser *p)
{
    if (nc_seq_accept(p, NC_SEQ_TOK_NEWLINE))
        return true;
    nc_seq_trouble t = nc_seq_trouble_at(p);
    nc_seq_blame_rest(&t);
    return nc_seq_recover(p);
}

nc_seq_event nc_seq_new_event(const nc_seq_parser *p, nc_seq_event_type type)
{
    return (nc_seq_event){
        .type = type, .at = {p->first.at.start, p->before.at.end}, .from = NC_NONE, .to = NC_NONE};
}

bool nc_seq_add_event(nc_seq_parser *p, nc_seq_event event)
{
    if (p->out->events.len >= p->cast.source->limits.edges) {
        nc_diag_add(p->cast.diags, NC_RULE_TOO_LARGE, event.at,
                    "more than %u messages, notes and fragments: this is the limit",
                    p->cast.source->limits.edges);
        p->stop = true;
        return true;
    }
    return NC_PUSH(p->cast.arena, &p->out->events, event);
}

bool nc_seq_add_actor_event(nc_seq_parser *p, nc_seq_event_type type, uint32_t actor)
{
    nc_seq_event event = nc_seq_new_event(p, type);
    event.from = actor;
    return nc_seq_add_event(p, event);
}

bool nc_seq_set_text(nc_seq_parser *p, nc_seq_event *event, nc_seq_token text)
{
    nc_seq_warn_hash(&p->cast, text);
    event->whole = nc_seq_says_nowrap(text.text);
    return nc_seq_cast_text(&p->cast, &event->text, &event->wrap, text.text);
}
