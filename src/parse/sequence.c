/*
 * The grammar of sequence diagrams: statements, fragments, boxes.
 *
 * Tokens come one at a time from the lexer; open fragments stand on a list, so nothing recurses. A
 * statement that does not fit is reported and the rest of its line is left out.
 */
#include "parse/parse.h"
#include "parse/sequence_cast.h"
#include "parse/sequence_trouble.h"

enum { MAX_NESTING = 200, MAX_EVENTS = 200000 };

/* A fragment or box that waits for its `end`. */
typedef struct open_block {
    bool is_box;
    nc_seq_fragment fragment;
    nc_span at;
    nc_seq_tok stranger; /* of a box: the first statement that may not stand in it, or EOF */
    nc_span stranger_at;
} open_block;

typedef struct parser {
    nc_seq_cast cast;
    nc_sequence *out;
    nc_seq_lexer lexer;
    nc_seq_token token;  /* the next one */
    nc_seq_token before; /* the one taken last */
    nc_seq_token first;  /* of the statement */
    uint32_t semicolon;  /* the end of the `;` read last; 0: none yet */
    NC_VEC(open_block) open;
    uint32_t excess;   /* fragments above the nesting limit; left out */
    uint32_t forgiven; /* fragments closed for a section; as many `end` too many are no error */
    bool stop;         /* a limit was reached */
} parser;

/* Every rule returns false without memory only. */
typedef bool (*rule)(parser *p);

static void advance(parser *p)
{
    p->before = p->token;
    if (p->token.kind == NC_SEQ_TOK_NEWLINE && p->token.at.end > p->token.at.start &&
        p->lexer.text.ptr[p->token.at.start] == ';')
        p->semicolon = p->token.at.end;
    p->token = nc_seq_lex(&p->lexer);
}

static bool accept(parser *p, nc_seq_tok kind)
{
    if (p->token.kind != kind)
        return false;
    advance(p);
    return true;
}

/* -- recovery -- */

static bool has_line_end(const parser *p, size_t from, size_t to)
{
    return from < to && memchr(p->lexer.text.ptr + from, '\n', to - from) != NULL;
}

static nc_seq_trouble trouble(parser *p)
{
    bool after = p->semicolon > 0 && p->semicolon <= p->first.at.start &&
                 !has_line_end(p, p->semicolon, p->first.at.start);
    return (nc_seq_trouble){.cast = &p->cast,
                            .first = p->first,
                            .before = p->before,
                            .got = p->token,
                            .after_semicolon = after};
}

/*
 * Leaves the rest of a broken statement out: up to the line end, or nothing when the token that did
 * not fit already stands on a later line.
 */
static bool recover(parser *p)
{
    size_t from = p->first.at.start;
    size_t at = p->token.at.start;
    if (p->token.kind == NC_SEQ_TOK_EOF)
        return true;
    if (at == from || !has_line_end(p, p->before.at.end, at)) {
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

/* The statement is over: a line end or `;` must follow. */
static bool end_statement(parser *p)
{
    if (accept(p, NC_SEQ_TOK_NEWLINE))
        return true;
    nc_seq_trouble t = trouble(p);
    nc_seq_blame_rest(&t);
    return recover(p);
}

/* -- events -- */

static nc_seq_event new_event(const parser *p, nc_seq_event_type type)
{
    return (nc_seq_event){
        .type = type, .at = {p->first.at.start, p->before.at.end}, .from = NC_NONE, .to = NC_NONE};
}

static bool add_event(parser *p, nc_seq_event event)
{
    if (p->out->events.len >= MAX_EVENTS) {
        nc_diag_add(p->cast.diags, NC_RULE_TOO_LARGE, event.at,
                    "more than %d messages, notes and fragments: this is the limit", MAX_EVENTS);
        p->stop = true;
        return true;
    }
    return NC_PUSH(p->cast.arena, &p->out->events, event);
}

static bool add_actor_event(parser *p, nc_seq_event_type type, uint32_t actor)
{
    nc_seq_event event = new_event(p, type);
    event.from = actor;
    return add_event(p, event);
}

static bool set_text(parser *p, nc_seq_event *event, nc_seq_token text)
{
    nc_seq_warn_hash(&p->cast, text);
    return nc_seq_cast_text(&p->cast, &event->text, &event->wrap, text.text);
}

/* -- messages -- */

typedef struct message {
    nc_seq_token from, to, arrow, text;
    bool central_from, central_to;
    nc_seq_tok sign; /* PLUS, MINUS or neither */
} message;

static bool is_actor_token(const parser *p)
{
    return p->token.kind == NC_SEQ_TOK_NAME || p->token.kind == NC_SEQ_TOK_LINK;
}

static bool apply_message(parser *p, const message *m)
{
    nc_seq_event event = new_event(p, NC_SEQ_MESSAGE);
    if (!nc_seq_cast_mention(&p->cast, &event.from, m->from) ||
        !nc_seq_cast_mention(&p->cast, &event.to, m->to) || !set_text(p, &event, m->text))
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
    if (!add_event(p, event))
        return false;
    if (m->sign == NC_SEQ_TOK_PLUS) {
        nc_seq_cast_activate(&p->cast, event.to);
        return add_actor_event(p, NC_SEQ_ACTIVATE, event.to);
    }
    if (m->sign == NC_SEQ_TOK_MINUS) {
        nc_seq_cast_deactivate(&p->cast, event.from, m->from.at);
        return add_actor_event(p, NC_SEQ_DEACTIVATE, event.from);
    }
    return true;
}

/* A message whose colon is missing still activates and creates. */
static bool apply_without_text(parser *p, message *m)
{
    nc_seq_trouble t = trouble(p);
    nc_seq_blame_text(&t);
    size_t blank = nc_sv_find(m->to.text, NC_SV(" "), 0);
    nc_sv word = nc_sv_slice(m->to.text, 0, blank);
    if (nc_map_lookup(&p->cast.ids, m->to.text) == NC_NONE)
        m->to.text = word;
    m->text = (nc_seq_token){.at = {m->to.at.end, m->to.at.end},
                             .text = nc_sv_slice(m->to.text, m->to.text.len, m->to.text.len)};
    return apply_message(p, m) && recover(p);
}

static bool parse_message(parser *p)
{
    message m = {.from = p->token};
    advance(p);
    m.central_from = accept(p, NC_SEQ_TOK_CENTRAL);
    m.arrow = p->token;
    if (!accept(p, NC_SEQ_TOK_ARROW)) {
        nc_seq_trouble t = trouble(p);
        nc_seq_blame_statement(&t);
        return recover(p);
    }
    m.central_to = accept(p, NC_SEQ_TOK_CENTRAL);
    if (!m.central_from && !m.central_to &&
        (p->token.kind == NC_SEQ_TOK_PLUS || p->token.kind == NC_SEQ_TOK_MINUS)) {
        m.sign = p->token.kind;
        advance(p);
    }
    m.to = p->token;
    if (!is_actor_token(p)) {
        nc_seq_trouble t = trouble(p);
        nc_seq_blame_target(&t);
        p->cast.created = NC_NONE;
        p->cast.destroyed = NC_NONE;
        return recover(p);
    }
    advance(p);
    m.text = p->token;
    if (!accept(p, NC_SEQ_TOK_TEXT))
        return apply_without_text(p, &m);
    return apply_message(p, &m) && end_statement(p);
}

/* -- fragments and boxes -- */

static bool open_fragment(parser *p, nc_seq_fragment fragment, nc_seq_token keyword,
                          nc_seq_token rest)
{
    if (p->open.len >= MAX_NESTING) {
        if (p->excess++ == 0)
            nc_diag_add(p->cast.diags, NC_RULE_TOO_LARGE, keyword.at,
                        "fragments nested deeper than %d: this is the limit", MAX_NESTING);
        return true;
    }
    open_block block = {.fragment = fragment, .at = keyword.at};
    nc_seq_event event = new_event(p, NC_SEQ_START);
    event.fragment = fragment;
    event.at = (nc_span){keyword.at.start, rest.at.end};
    nc_sv behind;
    if (fragment == NC_SEQ_RECT)
        event.author_color = nc_seq_cast_hash_color(&p->cast, keyword, &behind);
    return set_text(p, &event, rest) && add_event(p, event) &&
           NC_PUSH(p->cast.arena, &p->open, block);
}

static const struct {
    nc_seq_tok keyword;
    nc_seq_fragment fragment;
} fragments[] = {
    {NC_SEQ_TOK_LOOP, NC_SEQ_LOOP},         {NC_SEQ_TOK_ALT, NC_SEQ_ALT},
    {NC_SEQ_TOK_OPT, NC_SEQ_OPT},           {NC_SEQ_TOK_PAR, NC_SEQ_PAR},
    {NC_SEQ_TOK_PAR_OVER, NC_SEQ_PAR_OVER}, {NC_SEQ_TOK_CRITICAL, NC_SEQ_CRITICAL},
    {NC_SEQ_TOK_BREAK, NC_SEQ_BREAK},       {NC_SEQ_TOK_RECT, NC_SEQ_RECT},
};

static const nc_sv fragment_names[NC_SEQ_FRAGMENT_COUNT] = {
    [NC_SEQ_LOOP] = NC_SV_INIT("loop"),         [NC_SEQ_ALT] = NC_SV_INIT("alt"),
    [NC_SEQ_OPT] = NC_SV_INIT("opt"),           [NC_SEQ_PAR] = NC_SV_INIT("par"),
    [NC_SEQ_PAR_OVER] = NC_SV_INIT("par_over"), [NC_SEQ_CRITICAL] = NC_SV_INIT("critical"),
    [NC_SEQ_BREAK] = NC_SV_INIT("break"),       [NC_SEQ_RECT] = NC_SV_INIT("rect"),
};

static nc_seq_fragment fragment_of(nc_seq_tok keyword)
{
    for (size_t i = 0; i < NC_COUNT(fragments); i++)
        if (fragments[i].keyword == keyword)
            return fragments[i].fragment;
    return NC_SEQ_FRAGMENT_COUNT;
}

static bool parse_fragment(parser *p)
{
    nc_seq_token keyword = p->token;
    advance(p);
    nc_seq_token rest = p->token;
    advance(p); /* the lexer always gives the rest of the line */
    return open_fragment(p, fragment_of(keyword.kind), keyword, rest);
}

static const char *block_name(const open_block *block)
{
    return block->is_box ? "box" : fragment_names[block->fragment].ptr;
}

static void blame_open_block(parser *p, const open_block *block)
{
    nc_diag_add(p->cast.diags, NC_RULE_UNCLOSED, block->at, "'%s' is never closed",
                block_name(block));
    nc_diag_hint(p->cast.diags, block->is_box ? "write 'end' after its participants"
                                              : "write 'end' after its last message");
}

static bool close_block(parser *p)
{
    open_block block = p->open.ptr[--p->open.len];
    if (block.is_box) {
        p->cast.box = NC_NONE;
        if (block.stranger != NC_SEQ_TOK_EOF) {
            nc_diag_add(p->cast.diags, NC_RULE_SEQ_IN_BOX, block.stranger_at,
                        "only participants may stand in a box");
            nc_diag_hint(p->cast.diags, "close the box with 'end' before this line");
        }
        return true;
    }
    nc_seq_event event = new_event(p, NC_SEQ_END);
    event.at = p->first.at;
    event.fragment = block.fragment;
    return add_event(p, event);
}

static bool parse_end(parser *p)
{
    nc_seq_token keyword = p->token;
    advance(p);
    if (p->excess > 0) {
        p->excess--;
        return true;
    }
    if (p->open.len > 0)
        return close_block(p);
    if (p->forgiven > 0) {
        p->forgiven--;
        return true;
    }
    nc_diag_add(p->cast.diags, NC_RULE_UNEXPECTED_END, keyword.at, "there is nothing to end here");
    bool name = p->token.kind != NC_SEQ_TOK_NEWLINE && p->token.kind != NC_SEQ_TOK_EOF &&
                !has_line_end(p, keyword.at.end, p->token.at.start);
    if (!name) {
        nc_diag_hint(p->cast.diags, "delete it, or open a fragment such as 'loop' before it");
        return true;
    }
    nc_diag_hint(p->cast.diags, "'end' cannot be or begin the name of a participant in a message: "
                                "write 'participant e as end' and use 'e'");
    return recover(p);
}

static const struct {
    nc_seq_tok keyword;
    const char *name;
    nc_seq_section section;
    nc_seq_fragment in[2];
} sections[] = {
    {NC_SEQ_TOK_ELSE, "else", NC_SEQ_ELSE, {NC_SEQ_ALT, NC_SEQ_ALT}},
    {NC_SEQ_TOK_AND, "and", NC_SEQ_AND, {NC_SEQ_PAR, NC_SEQ_PAR_OVER}},
    {NC_SEQ_TOK_OPTION, "option", NC_SEQ_OPTION, {NC_SEQ_CRITICAL, NC_SEQ_CRITICAL}},
};

static bool takes_section(const open_block *block, size_t row)
{
    return !block->is_box &&
           (block->fragment == sections[row].in[0] || block->fragment == sections[row].in[1]);
}

/*
 * A section whose fragment is not the innermost one: what lies between was not closed; without such
 * a fragment it is a stray.
 */
static bool find_section_home(parser *p, size_t row, nc_seq_token keyword)
{
    uint32_t home = p->open.len;
    while (home > 0 && !takes_section(&p->open.ptr[home - 1], row))
        home--;
    if (home == 0) {
        const char *owner = fragment_names[sections[row].in[0]].ptr;
        nc_diag_add(p->cast.diags, NC_RULE_SEQ_SECTION, keyword.at, "'%s' stands in no '%s'",
                    sections[row].name, owner);
        if (p->open.len > 0 && !p->open.ptr[p->open.len - 1].is_box)
            nc_diag_hint(p->cast.diags, "'%s' has no sections; '%s' has",
                         block_name(&p->open.ptr[p->open.len - 1]), owner);
        else
            nc_diag_hint(p->cast.diags, "open '%s' before it", owner);
        return false;
    }
    while (p->open.len > home) {
        blame_open_block(p, &p->open.ptr[p->open.len - 1]);
        p->open.ptr[p->open.len - 1].stranger = NC_SEQ_TOK_EOF;
        p->forgiven++;
        if (!close_block(p))
            return false;
    }
    return true;
}

static bool parse_section(parser *p)
{
    nc_seq_token keyword = p->token;
    size_t row = 0;
    while (sections[row].keyword != keyword.kind)
        row++;
    advance(p);
    nc_seq_token rest = p->token;
    advance(p);
    if (p->excess > 0 || !find_section_home(p, row, keyword))
        return !nc_arena_failed(p->cast.arena);
    nc_seq_event event = new_event(p, NC_SEQ_SECTION);
    event.section = sections[row].section;
    return set_text(p, &event, rest) && add_event(p, event);
}

static bool parse_box(parser *p)
{
    nc_seq_token keyword = p->token;
    advance(p);
    nc_seq_token rest = p->token;
    advance(p);
    if (p->open.len >= MAX_NESTING)
        return open_fragment(p, NC_SEQ_RECT, keyword, rest);
    open_block block = {.is_box = true, .at = keyword.at};
    nc_seq_warn_hash(&p->cast, rest);
    return nc_seq_cast_open_box(&p->cast, keyword, rest) && NC_PUSH(p->cast.arena, &p->open, block);
}

/* -- participants -- */

static bool blame_participant(parser *p)
{
    nc_seq_trouble t = trouble(p);
    nc_seq_blame_participant(&t);
    return recover(p);
}

/* `participant` or `actor` with all that may follow; *complete is false when it was broken. */
static bool read_declaration(parser *p, nc_seq_declaration *out, bool *complete)
{
    *complete = false;
    out->kind = p->token.kind == NC_SEQ_TOK_ACTOR ? NC_SEQ_ACTOR : NC_SEQ_PARTICIPANT;
    out->has_kind = true;
    advance(p);
    out->name = p->token;
    if (!is_actor_token(p))
        return blame_participant(p);
    advance(p);
    if (accept(p, NC_SEQ_TOK_DATA_OPEN)) {
        out->data = p->token;
        out->has_data = true;
        if (!accept(p, NC_SEQ_TOK_DATA) || !accept(p, NC_SEQ_TOK_DATA_CLOSE))
            return blame_participant(p);
    }
    if (accept(p, NC_SEQ_TOK_AS)) {
        out->rest = p->token;
        out->has_label = true;
        advance(p);
        nc_seq_warn_hash(&p->cast, out->rest);
    }
    if (p->token.kind != NC_SEQ_TOK_NEWLINE)
        return blame_participant(p);
    out->at = (nc_span){p->first.at.start, p->before.at.end};
    *complete = true;
    return true;
}

static bool parse_participant(parser *p)
{
    nc_seq_declaration declaration = {0};
    bool complete;
    uint32_t index;
    if (!read_declaration(p, &declaration, &complete))
        return false;
    if (!complete)
        return true;
    return nc_seq_cast_declare(&p->cast, &index, &declaration) && end_statement(p);
}

/* The name behind `destroy`, `activate`, `deactivate`. */
static bool read_name(parser *p, nc_seq_token *out, bool *complete)
{
    advance(p);
    *out = p->token;
    *complete = false;
    if (!is_actor_token(p))
        return blame_participant(p);
    advance(p);
    if (p->token.kind != NC_SEQ_TOK_NEWLINE)
        return blame_participant(p);
    *complete = true;
    return true;
}

static bool parse_destroy(parser *p)
{
    nc_seq_token name;
    bool complete;
    uint32_t index;
    if (!read_name(p, &name, &complete))
        return false;
    if (!complete)
        return true;
    return nc_seq_cast_destroy(&p->cast, &index, name) &&
           add_actor_event(p, NC_SEQ_DESTROY, index) && end_statement(p);
}

/* Mermaid lets `create destroy X` through: a creation. */
static bool parse_create(parser *p)
{
    nc_seq_declaration declaration = {0};
    bool complete;
    uint32_t index;
    advance(p);
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
           add_actor_event(p, NC_SEQ_CREATE, index) && end_statement(p);
}

static bool parse_activation(parser *p)
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
    return add_actor_event(p, on ? NC_SEQ_ACTIVATE : NC_SEQ_DEACTIVATE, index) && end_statement(p);
}

/* -- notes, links and the rest -- */

static bool blame_note(parser *p)
{
    nc_seq_trouble t = trouble(p);
    nc_seq_blame_note(&t);
    return recover(p);
}

static bool parse_note(parser *p)
{
    nc_seq_event event = new_event(p, NC_SEQ_NOTE);
    advance(p);
    nc_seq_tok place = p->token.kind;
    event.placement = place == NC_SEQ_TOK_LEFT_OF    ? NC_SEQ_LEFT
                      : place == NC_SEQ_TOK_RIGHT_OF ? NC_SEQ_RIGHT
                                                     : NC_SEQ_OVER;
    if (place != NC_SEQ_TOK_LEFT_OF && place != NC_SEQ_TOK_RIGHT_OF && place != NC_SEQ_TOK_OVER)
        return blame_note(p);
    advance(p);
    nc_seq_token names[2] = {p->token, p->token};
    if (!is_actor_token(p))
        return blame_note(p);
    advance(p);
    if (place == NC_SEQ_TOK_OVER && accept(p, NC_SEQ_TOK_COMMA)) {
        names[1] = p->token;
        if (!is_actor_token(p))
            return blame_note(p);
        advance(p);
    }
    nc_seq_token text = p->token;
    if (!accept(p, NC_SEQ_TOK_TEXT))
        return blame_note(p);
    event.at.end = p->before.at.end;
    return nc_seq_cast_mention(&p->cast, &event.from, names[0]) &&
           nc_seq_cast_mention(&p->cast, &event.to, names[1]) && set_text(p, &event, text) &&
           add_event(p, event) && end_statement(p);
}

/* `links A: …`, `link A: …`, `properties A: …`; `details` reads a page that is not there. */
static bool parse_menu(parser *p)
{
    nc_seq_tok keyword = p->token.kind;
    advance(p);
    nc_seq_token name = p->token;
    uint32_t index;
    if (!is_actor_token(p)) {
        nc_seq_trouble t = trouble(p);
        nc_seq_blame_rest(&t);
        return recover(p);
    }
    advance(p);
    nc_seq_token text = p->token;
    if (!accept(p, NC_SEQ_TOK_TEXT)) {
        nc_seq_trouble t = trouble(p);
        nc_seq_blame_text(&t);
        return recover(p);
    }
    if (!nc_seq_cast_mention(&p->cast, &index, name))
        return false;
    bool ok = keyword == NC_SEQ_TOK_LINKS        ? nc_seq_cast_links(&p->cast, index, text)
              : keyword == NC_SEQ_TOK_LINK       ? nc_seq_cast_link(&p->cast, index, text)
              : keyword == NC_SEQ_TOK_PROPERTIES ? nc_seq_cast_properties(&p->cast, index, text)
                                                 : true;
    return ok && end_statement(p);
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

static bool parse_autonumber(parser *p)
{
    nc_seq_event event = new_event(p, NC_SEQ_AUTONUMBER);
    advance(p);
    event.off = accept(p, NC_SEQ_TOK_OFF);
    if (!event.off && p->token.kind == NC_SEQ_TOK_NUMBER) {
        event.has_start = event.has_step = true;
        event.start = number_of(p->token.text);
        event.step = 1;
        advance(p);
        if (p->token.kind == NC_SEQ_TOK_NUMBER) {
            event.step = number_of(p->token.text);
            advance(p);
        }
    }
    event.at.end = p->before.at.end;
    if (p->token.kind != NC_SEQ_TOK_NEWLINE)
        return end_statement(p);
    return add_event(p, event) && end_statement(p);
}

static bool parse_title(parser *p)
{
    nc_seq_token title = p->token;
    advance(p);
    nc_seq_warn_hash(&p->cast, title);
    return nc_seq_cast_decode(&p->cast, &p->out->title, nc_seq_trim(title.text)) &&
           end_statement(p);
}

/* `accTitle:` and `accDescr:`; the value always follows, and needs no line end of its own. */
static bool parse_accessible(parser *p)
{
    bool is_title = p->token.kind == NC_SEQ_TOK_ACC_TITLE;
    advance(p);
    nc_seq_token value = p->token;
    advance(p);
    nc_sv *out = is_title ? &p->out->acc_title : &p->out->acc_descr;
    return nc_seq_cast_decode(&p->cast, out, nc_seq_trim(value.text));
}

static bool parse_description(parser *p)
{
    nc_seq_token block = p->token;
    advance(p);
    if (block.at.end == p->lexer.text.len && p->token.kind != NC_SEQ_TOK_EOF) {
        nc_diag_add(p->cast.diags, NC_RULE_SEQ_OPEN_DESCR,
                    (nc_span){block.at.start, block.at.start + 8},
                    "'accDescr {' is never closed and swallows the rest of the diagram");
        nc_diag_hint(p->cast.diags, "write '}' after the description");
    }
    return nc_seq_cast_decode(&p->cast, &p->out->acc_descr, nc_seq_trim(block.text));
}

static bool parse_newline(parser *p)
{
    advance(p);
    return true;
}

/* Characters that mean nothing: Mermaid passes over them. */
static bool parse_invalid(parser *p)
{
    nc_span at = p->token.at;
    while (p->token.kind == NC_SEQ_TOK_INVALID && p->token.at.start <= at.end) {
        at.end = p->token.at.end;
        advance(p);
    }
    nc_sv text = nc_sv_slice(p->lexer.text, at.start, at.end);
    bool comment = nc_sv_starts(text, NC_SV("//")) && p->token.kind != NC_SEQ_TOK_NEWLINE;
    if (comment && !has_line_end(p, at.end, p->token.at.start)) {
        nc_diag_add(p->cast.diags, NC_RULE_SYNTAX, at, "'//' starts no comment");
        nc_diag_hint(p->cast.diags, "comments start with '%%%%'");
        return recover(p);
    }
    nc_diag_add(p->cast.diags, NC_RULE_SEQ_IGNORED, at, "'%.*s' means nothing here and is ignored",
                NC_SV_ARG(text));
    return true;
}

/* What starts no statement. */
static bool parse_stray(parser *p)
{
    nc_seq_trouble t = trouble(p);
    nc_seq_blame_rest(&t);
    return recover(p);
}

/* A misspelt keyword that opens, parts or ends a fragment counts as what was meant. */
static bool parse_misspelt(parser *p, nc_seq_tok meant)
{
    nc_seq_token keyword = p->first;
    nc_seq_token nothing = {.at = {keyword.at.end, keyword.at.end},
                            .text = nc_sv_slice(keyword.text, keyword.text.len, 0)};
    if (meant == NC_SEQ_TOK_END && p->open.len > 0 && p->excess == 0)
        return close_block(p) && recover(p);
    nc_seq_fragment fragment = fragment_of(meant);
    if (fragment != NC_SEQ_FRAGMENT_COUNT)
        return open_fragment(p, fragment, keyword, nothing) && recover(p);
    return recover(p);
}

static bool parse_name(parser *p)
{
    nc_seq_lexer ahead = p->lexer;
    nc_seq_tok next = nc_seq_lex(&ahead).kind;
    if (next == NC_SEQ_TOK_ARROW || next == NC_SEQ_TOK_CENTRAL)
        return parse_message(p);
    advance(p);
    nc_seq_trouble t = trouble(p);
    return parse_misspelt(p, nc_seq_blame_statement(&t));
}

static const rule statements[NC_SEQ_TOK_COUNT] = {
    [NC_SEQ_TOK_BROKEN] = parse_stray,
    [NC_SEQ_TOK_BLANK] = parse_stray,
    [NC_SEQ_TOK_NEWLINE] = parse_newline,
    [NC_SEQ_TOK_INVALID] = parse_invalid,
    [NC_SEQ_TOK_HEADER] = parse_stray,
    [NC_SEQ_TOK_PARTICIPANT] = parse_participant,
    [NC_SEQ_TOK_ACTOR] = parse_participant,
    [NC_SEQ_TOK_CREATE] = parse_create,
    [NC_SEQ_TOK_DESTROY] = parse_destroy,
    [NC_SEQ_TOK_BOX] = parse_box,
    [NC_SEQ_TOK_LOOP] = parse_fragment,
    [NC_SEQ_TOK_ALT] = parse_fragment,
    [NC_SEQ_TOK_OPT] = parse_fragment,
    [NC_SEQ_TOK_PAR] = parse_fragment,
    [NC_SEQ_TOK_PAR_OVER] = parse_fragment,
    [NC_SEQ_TOK_CRITICAL] = parse_fragment,
    [NC_SEQ_TOK_BREAK] = parse_fragment,
    [NC_SEQ_TOK_RECT] = parse_fragment,
    [NC_SEQ_TOK_ELSE] = parse_section,
    [NC_SEQ_TOK_AND] = parse_section,
    [NC_SEQ_TOK_OPTION] = parse_section,
    [NC_SEQ_TOK_END] = parse_end,
    [NC_SEQ_TOK_NOTE] = parse_note,
    [NC_SEQ_TOK_LEFT_OF] = parse_stray,
    [NC_SEQ_TOK_RIGHT_OF] = parse_stray,
    [NC_SEQ_TOK_OVER] = parse_stray,
    [NC_SEQ_TOK_ACTIVATE] = parse_activation,
    [NC_SEQ_TOK_DEACTIVATE] = parse_activation,
    [NC_SEQ_TOK_AUTONUMBER] = parse_autonumber,
    [NC_SEQ_TOK_NUMBER] = parse_stray,
    [NC_SEQ_TOK_OFF] = parse_stray,
    [NC_SEQ_TOK_LINKS] = parse_menu,
    [NC_SEQ_TOK_LINK] = parse_menu,
    [NC_SEQ_TOK_PROPERTIES] = parse_menu,
    [NC_SEQ_TOK_DETAILS] = parse_menu,
    [NC_SEQ_TOK_TITLE] = parse_title,
    [NC_SEQ_TOK_ACC_TITLE] = parse_accessible,
    [NC_SEQ_TOK_ACC_TITLE_VALUE] = parse_stray,
    [NC_SEQ_TOK_ACC_DESCR] = parse_accessible,
    [NC_SEQ_TOK_ACC_DESCR_VALUE] = parse_stray,
    [NC_SEQ_TOK_ACC_DESCR_BLOCK] = parse_description,
    [NC_SEQ_TOK_NAME] = parse_name,
    [NC_SEQ_TOK_ARROW] = parse_stray,
    [NC_SEQ_TOK_CENTRAL] = parse_stray,
    [NC_SEQ_TOK_PLUS] = parse_stray,
    [NC_SEQ_TOK_MINUS] = parse_stray,
    [NC_SEQ_TOK_COMMA] = parse_stray,
    [NC_SEQ_TOK_TEXT] = parse_stray,
    [NC_SEQ_TOK_REST] = parse_stray,
    [NC_SEQ_TOK_AS] = parse_stray,
    [NC_SEQ_TOK_DATA_OPEN] = parse_stray,
    [NC_SEQ_TOK_DATA] = parse_stray,
    [NC_SEQ_TOK_DATA_CLOSE] = parse_stray,
};

/* In a box, remembers the first statement that is no participant line. */
static void watch_box(parser *p)
{
    if (p->open.len == 0 || !p->open.ptr[p->open.len - 1].is_box)
        return;
    open_block *box = &p->open.ptr[p->open.len - 1];
    nc_seq_tok kind = p->token.kind;
    bool allowed = kind == NC_SEQ_TOK_NEWLINE || kind == NC_SEQ_TOK_END ||
                   kind == NC_SEQ_TOK_PARTICIPANT || kind == NC_SEQ_TOK_ACTOR ||
                   kind == NC_SEQ_TOK_DESTROY;
    if (allowed || box->stranger != NC_SEQ_TOK_EOF)
        return;
    box->stranger = kind;
    box->stranger_at = p->token.at;
}

static bool parse_statements(parser *p)
{
    while (p->token.kind != NC_SEQ_TOK_EOF && !p->stop && !p->cast.full) {
        watch_box(p);
        p->first = p->token;
        uint32_t errors = p->cast.diags->errors;
        uint32_t depth = p->open.len;
        if (!statements[p->token.kind](p))
            return false;
        /* A broken statement was reported as such: its place in the box is no second error. */
        if (depth > 0 && p->open.len == depth && p->cast.diags->errors > errors &&
            p->open.ptr[depth - 1].stranger_at.start == p->first.at.start)
            p->open.ptr[depth - 1].stranger = NC_SEQ_TOK_EOF;
    }
    return true;
}

static bool parse_header(parser *p)
{
    while (p->token.kind == NC_SEQ_TOK_NEWLINE)
        advance(p);
    if (accept(p, NC_SEQ_TOK_HEADER))
        return true;
    nc_diag_add(p->cast.diags, NC_RULE_SYNTAX, p->token.at,
                "the text does not start with 'sequenceDiagram'");
    nc_diag_hint(p->cast.diags, "write 'sequenceDiagram' on a line of its own before it");
    p->stop = true;
    return true;
}

bool nc_parse_sequence(nc_sequence *out, nc_arena *a, const nc_source *source, nc_diags *d)
{
    parser p = {.out = out};
    *out = (nc_sequence){.title = source->title};
    nc_seq_cast_init(&p.cast, out, a, source, d);
    nc_seq_lexer_init(&p.lexer, source->text);
    p.token = nc_seq_lex(&p.lexer);
    if (!parse_header(&p) || !parse_statements(&p))
        return false;
    for (uint32_t i = 0; i < p.open.len && p.excess == 0 && !p.stop && !p.cast.full; i++)
        blame_open_block(&p, &p.open.ptr[i]);
    return nc_seq_cast_finish(&p.cast);
}
