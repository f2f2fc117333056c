/* Participant lines and what happens to participants. */
#include "parse/sequence_parser.h"

static bool blame_participant(nc_seq_parser *p)
{
    nc_seq_trouble t = nc_seq_trouble_at(p);
    nc_seq_blame_participant(&t);
    return nc_seq_recover(p);
}

/* `participant` or `actor` with all that may follow; *complete is false when it was broken. */
static bool read_declaration(nc_seq_parser *p, nc_seq_declaration *out, bool *complete)
{
    *complete = false;
    out->kind = p->token.kind == NC_SEQ_TOK_ACTOR ? NC_SEQ_ACTOR : NC_SEQ_PARTICIPANT;
    out->has_kind = true;
    nc_seq_advance(p);
    out->name = p->token;
    if (!nc_seq_at_actor(p))
        return blame_participant(p);
    nc_seq_advance(p);
    if (nc_seq_accept(p, NC_SEQ_TOK_DATA_OPEN)) {
        out->data = p->token;
        out->has_data = true;
        if (!nc_seq_accept(p, NC_SEQ_TOK_DATA) || !nc_seq_accept(p, NC_SEQ_TOK_DATA_CLOSE))
            return blame_participant(p);
    }
    if (nc_seq_accept(p, NC_SEQ_TOK_AS)) {
        out->rest = p->token;
        out->has_label = true;
        nc_seq_advance(p);
        nc_seq_warn_hash(&p->cast, out->rest);
    }
    if (p->token.kind != NC_SEQ_TOK_NEWLINE)
        return blame_participant(p);
    out->at = (nc_span){p->first.at.start, p->before.at.end};
    *complete = true;
    return true;
}

bool nc_seq_parse_participant(nc_seq_parser *p)
{
    nc_seq_declaration declaration = {0};
    bool complete;
    uint32_t index;
    if (!read_declaration(p, &declaration, &complete))
        return false;
    if (!complete)
        return true;
    return nc_seq_cast_declare(&p->cast, &index, &declaration) && nc_seq_end_statement(p);
}

/* The name behind `destroy`, `activate`, `deactivate`. */
static bool read_name(nc_seq_parser *p, nc_seq_token *out, bool *complete)
{
    nc_seq_advance(p);
    *out = p->token;
    *complete = false;
    if (!nc_seq_at_actor(p))
        return blame_participant(p);
    nc_seq_advance(p);
    if (p->token.kind != NC_SEQ_TOK_NEWLINE)
        return blame_participant(p);
    *complete = true;
    return true;
}

bool nc_seq_parse_destroy(nc_seq_parser *p)
{
    nc_seq_token name;
    bool complete;
    uint32_t index;
    if (!read_name(p, &name, &complete))
        return false;
    if (!complete)
        return true;
    return nc_seq_cast_destroy(&p->cast, &index, name) &&
           nc_seq_add_actor_event(p, NC_SEQ_DESTROY, index) && nc_seq_end_statement(p);
}

/* Mermaid lets `create destroy X` through: a creation. */
bool nc_seq_parse_create(nc_seq_parser *p)
{
    nc_seq_declaration declaration = {0};
    bool complete;
    uint32_t index;
    nc_seq_advance(p);
    if (p->token.kind == NC_SEQ_TOK_DESTROY) {
        if (!read_name(p, &declaration.name, &complete))
            return false;
    } else if (p->token.kind == NC_SEQ_TOK_PARTICIPANT || p->token.kind == NC_SEQ_TOK_ACTOR) {
        if (!read_declaration(p, &declaration, &complete))
            return false;
    } else {
        return blame_participant(p);
    }
    if (!complete)
        return true;
    return nc_seq_cast_create(&p->cast, &index, &declaration) &&
           nc_seq_add_actor_event(p, NC_SEQ_CREATE, index) && nc_seq_end_statement(p);
}

bool nc_seq_parse_activation(nc_seq_parser *p)
{
    bool on = p->token.kind == NC_SEQ_TOK_ACTIVATE;
    nc_seq_token name;
    bool complete;
    uint32_t index;
    if (!read_name(p, &name, &complete))
        return false;
    if (!complete)
        return true;
    if (!nc_seq_cast_refer(&p->cast, &index, name))
        return false;
    if (on)
        nc_seq_cast_activate(&p->cast, index);
    else
        nc_seq_cast_deactivate(&p->cast, index, name.at);
    return nc_seq_add_actor_event(p, on ? NC_SEQ_ACTIVATE : NC_SEQ_DEACTIVATE, index) &&
           nc_seq_end_statement(p);
}
