/* Notes, menus, numbering, titles. */
#include "parse/sequence_parser.h"

static bool blame_note(nc_seq_parser *p)
{
    nc_seq_trouble t = nc_seq_trouble_at(p);
    nc_seq_blame_note(&t);
    size_t end = p->before.kind == NC_SEQ_TOK_TEXT
                     ? SIZE_MAX
                     : nc_seq_end_note(p->lexer.text, p->first.at.start);
    if (end == SIZE_MAX)
        return nc_seq_recover(p);
    nc_seq_lexer_resume(&p->lexer, end);
    p->token = nc_seq_lex(&p->lexer);
    return true;
}

bool nc_seq_parse_note(nc_seq_parser *p)
{
    nc_seq_event event = nc_seq_new_event(p, NC_SEQ_NOTE);
    nc_seq_advance(p);
    nc_seq_tok place = p->token.kind;
    event.placement = place == NC_SEQ_TOK_LEFT_OF    ? NC_SEQ_LEFT
                      : place == NC_SEQ_TOK_RIGHT_OF ? NC_SEQ_RIGHT
                                                     : NC_SEQ_OVER;
    if (place != NC_SEQ_TOK_LEFT_OF && place != NC_SEQ_TOK_RIGHT_OF && place != NC_SEQ_TOK_OVER)
        return blame_note(p);
    nc_seq_advance(p);
    nc_seq_token names[2] = {p->token, p->token};
    if (!nc_seq_at_actor(p))
        return blame_note(p);
    nc_seq_advance(p);
    if (place == NC_SEQ_TOK_OVER && nc_seq_accept(p, NC_SEQ_TOK_COMMA)) {
        names[1] = p->token;
        if (!nc_seq_at_actor(p))
            return blame_note(p);
        nc_seq_advance(p);
    }
    nc_seq_token text = p->token;
    if (!nc_seq_accept(p, NC_SEQ_TOK_TEXT))
        return blame_note(p);
    event.at.end = p->before.at.end;
    return nc_seq_cast_mention(&p->cast, &event.from, names[0]) &&
           nc_seq_cast_mention(&p->cast, &event.to, names[1]) && nc_seq_set_text(p, &event, text) &&
           nc_seq_add_event(p, event) && nc_seq_end_statement(p);
}

/* `links A: …`, `link A: …`, `properties A: …`; `details` reads a page that is not there. */
bool nc_seq_parse_menu(nc_seq_parser *p)
{
    nc_seq_tok keyword = p->token.kind;
    nc_seq_advance(p);
    nc_seq_token name = p->token;
    uint32_t index;
    if (!nc_seq_at_actor(p)) {
        nc_seq_trouble t = nc_seq_trouble_at(p);
        nc_seq_blame_rest(&t);
        return nc_seq_recover(p);
    }
    nc_seq_advance(p);
    nc_seq_token text = p->token;
    if (!nc_seq_accept(p, NC_SEQ_TOK_TEXT)) {
        nc_seq_trouble t = nc_seq_trouble_at(p);
        nc_seq_blame_text(&t);
        return nc_seq_recover(p);
    }
    if (!nc_seq_cast_mention(&p->cast, &index, name))
        return false;
    bool ok = keyword == NC_SEQ_TOK_LINKS        ? nc_seq_cast_links(&p->cast, index, text)
              : keyword == NC_SEQ_TOK_LINK       ? nc_seq_cast_link(&p->cast, index, text)
              : keyword == NC_SEQ_TOK_PROPERTIES ? nc_seq_cast_properties(&p->cast, index, text)
                                                 : true;
    return ok && nc_seq_end_statement(p);
}

static double number_of(nc_sv digits)
{
    double whole = 0;
    double scale = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] == '.') {
            scale = 1;
            continue;
        }
        whole = whole * 10 + (digits.ptr[i] - '0');
        scale *= 10;
    }
    return scale > 0 ? whole / scale : whole;
}

bool nc_seq_parse_autonumber(nc_seq_parser *p)
{
    nc_seq_event event = nc_seq_new_event(p, NC_SEQ_AUTONUMBER);
    nc_seq_advance(p);
    event.off = nc_seq_accept(p, NC_SEQ_TOK_OFF);
    if (!event.off && p->token.kind == NC_SEQ_TOK_NUMBER) {
        event.has_start = event.has_step = true;
        event.start = number_of(p->token.text);
        event.step = 1;
        nc_seq_advance(p);
        if (p->token.kind == NC_SEQ_TOK_NUMBER) {
            event.step = number_of(p->token.text);
            nc_seq_advance(p);
        }
    }
    event.at.end = p->before.at.end;
    if (p->token.kind != NC_SEQ_TOK_NEWLINE)
        return nc_seq_end_statement(p);
    return nc_seq_add_event(p, event) && nc_seq_end_statement(p);
}

bool nc_seq_parse_title(nc_seq_parser *p)
{
    nc_seq_token title = p->token;
    nc_seq_advance(p);
    nc_seq_warn_hash(&p->cast, title);
    return nc_seq_cast_decode(&p->cast, &p->out->title, nc_seq_trim(title.text)) &&
           nc_seq_end_statement(p);
}

/* `accTitle:` and `accDescr:`; the value always follows, and needs no line end of its own. */
bool nc_seq_parse_accessible(nc_seq_parser *p)
{
    bool is_title = p->token.kind == NC_SEQ_TOK_ACC_TITLE;
    nc_seq_advance(p);
    nc_seq_token value = p->token;
    nc_seq_advance(p);
    nc_sv *out = is_title ? &p->out->acc_title : &p->out->acc_descr;
    return nc_seq_cast_decode(&p->cast, out, nc_seq_trim(value.text));
}

bool nc_seq_parse_description(nc_seq_parser *p)
{
    nc_seq_token block = p->token;
    nc_seq_advance(p);
    if (block.at.end == p->lexer.text.len && p->token.kind != NC_SEQ_TOK_EOF) {
        nc_diag_add(p->cast.diags, NC_RULE_SEQ_OPEN_DESCR,
                    (nc_span){block.at.start, block.at.start + 8},
                    "'accDescr {' is never closed and swallows the rest of the diagram");
        nc_diag_hint(p->cast.diags, "write '}' after the description");
    }
    return nc_seq_cast_decode(&p->cast, &p->out->acc_descr, nc_seq_trim(block.text));
}
