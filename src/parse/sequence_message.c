/* Messages. */
#include "parse/sequence_parser.h"

typedef struct message {
    nc_seq_token from, to, arrow, text;
    bool central_from, central_to;
    nc_seq_tok sign; /* PLUS, MINUS or neither */
} message;

static bool apply_message(nc_seq_parser *p, const message *m)
{
    nc_seq_event event = nc_seq_new_event(p, NC_SEQ_MESSAGE);
    if (!nc_seq_cast_mention(&p->cast, &event.from, m->from) ||
        !nc_seq_cast_mention(&p->cast, &event.to, m->to) || !nc_seq_set_text(p, &event, m->text))
        return false;
    nc_seq_warn_name(&p->cast, m->from, m->arrow);
    nc_seq_cast_check_message(&p->cast, m->from, m->to);
    event.dotted = m->arrow.arrow->dotted;
    event.tail = m->arrow.arrow->tail;
    event.head = m->arrow.arrow->head;
    event.activate = m->sign == NC_SEQ_TOK_PLUS;
    event.central = m->central_from && m->central_to ? NC_SEQ_CENTRAL_BOTH
                    : m->central_from                ? NC_SEQ_CENTRAL_FROM
                    : m->central_to                  ? NC_SEQ_CENTRAL_TO
                                                     : NC_SEQ_CENTRAL_NONE;
    if (!nc_seq_add_event(p, event))
        return false;
    if (m->sign == NC_SEQ_TOK_PLUS) {
        nc_seq_cast_activate(&p->cast, event.to);
        return nc_seq_add_actor_event(p, NC_SEQ_ACTIVATE, event.to);
    }
    if (m->sign == NC_SEQ_TOK_MINUS) {
        nc_seq_cast_deactivate(&p->cast, event.from, m->from.at);
        return nc_seq_add_actor_event(p, NC_SEQ_DEACTIVATE, event.from);
    }
    return true;
}

/* A message whose colon is missing still activates and creates. */
static bool apply_without_text(nc_seq_parser *p, message *m)
{
    nc_seq_trouble t = nc_seq_trouble_at(p);
    nc_seq_blame_text(&t);
    size_t blank = nc_sv_find(m->to.text, NC_SV(" "), 0);
    nc_sv word = nc_sv_slice(m->to.text, 0, blank);
    if (nc_map_lookup(&p->cast.ids, m->to.text) == NC_NONE)
        m->to.text = word;
    m->text = (nc_seq_token){.at = {m->to.at.end, m->to.at.end},
                             .text = nc_sv_slice(m->to.text, m->to.text.len, m->to.text.len)};
    return apply_message(p, m) && nc_seq_recover(p);
}

bool nc_seq_parse_message(nc_seq_parser *p)
{
    message m = {.from = p->before};
    m.central_from = nc_seq_accept(p, NC_SEQ_TOK_CENTRAL);
    m.arrow = p->token;
    if (!nc_seq_accept(p, NC_SEQ_TOK_ARROW)) {
        nc_seq_trouble t = nc_seq_trouble_at(p);
        nc_seq_blame_statement(&t);
        return nc_seq_recover(p);
    }
    m.central_to = nc_seq_accept(p, NC_SEQ_TOK_CENTRAL);
    if (!m.central_from && !m.central_to &&
        (p->token.kind == NC_SEQ_TOK_PLUS || p->token.kind == NC_SEQ_TOK_MINUS)) {
        m.sign = p->token.kind;
        nc_seq_advance(p);
    }
    m.to = p->token;
    if (!nc_seq_at_actor(p)) {
        nc_seq_trouble t = nc_seq_trouble_at(p);
        nc_seq_blame_target(&t);
        p->cast.created = NC_NONE;
        p->cast.destroyed = NC_NONE;
        return nc_seq_recover(p);
    }
    nc_seq_advance(p);
    m.text = p->token;
    if (!nc_seq_accept(p, NC_SEQ_TOK_TEXT))
        return apply_without_text(p, &m);
    return apply_message(p, &m) && nc_seq_end_statement(p);
}
