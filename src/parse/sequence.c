/* The grammar of sequence diagrams: its table of statements and the way through a text. */
#include "parse/parse.h"
#include "parse/sequence_parser.h"

static bool parse_newline(nc_seq_parser *p)
{
    nc_seq_advance(p);
    return true;
}

/* Characters that mean nothing: Mermaid passes over them. */
static bool parse_invalid(nc_seq_parser *p)
{
    nc_span at = p->token.at;
    while (p->token.kind == NC_SEQ_TOK_INVALID && p->token.at.start <= at.end) {
        at.end = p->token.at.end;
        nc_seq_advance(p);
    }
    nc_sv text = nc_sv_slice(p->lexer.text, at.start, at.end);
    bool comment = nc_sv_starts(text, NC_SV("//")) && p->token.kind != NC_SEQ_TOK_NEWLINE;
    if (comment && !nc_seq_has_line_end(p, at.end, p->token.at.start)) {
        nc_diag_add(p->cast.diags, NC_RULE_SYNTAX, at, "'//' starts no comment");
        nc_diag_hint(p->cast.diags, "comments start with '%%%%'");
        return nc_seq_recover(p);
    }
    nc_sv line = nc_sv_slice(p->lexer.text, at.start, p->lexer.text.len);
    if (nc_sv_starts(line, NC_SV("<!--"))) {
        nc_diag_add(p->cast.diags, NC_RULE_SYNTAX, (nc_span){at.start, at.start + 4},
                    "'<!--' starts no comment");
        nc_diag_hint(p->cast.diags, "comments start with '%%%%'");
        return nc_seq_recover(p);
    }
    nc_diag_add(p->cast.diags, NC_RULE_SEQ_IGNORED, at, "'%.*s' means nothing here and is ignored",
                NC_SV_ARG(text));
    return true;
}

/* What starts no statement. */
static bool parse_stray(nc_seq_parser *p)
{
    nc_seq_trouble t = nc_seq_trouble_at(p);
    nc_seq_blame_rest(&t);
    return nc_seq_recover(p);
}

/* A misspelt keyword that opens, parts or ends a fragment counts as what was meant. */
static bool parse_misspelt(nc_seq_parser *p, nc_seq_tok meant)
{
    nc_seq_token keyword = p->first;
    nc_seq_token nothing = {.at = {keyword.at.end, keyword.at.end},
                            .text = nc_sv_slice(keyword.text, keyword.text.len, 0)};
    bool closes = meant == NC_SEQ_TOK_END && p->open.len > 0 && p->excess == 0;
    if (closes && p->open.ptr[p->open.len - 1].stranger_at.start == keyword.at.start)
        p->open.ptr[p->open.len - 1].stranger = NC_SEQ_TOK_EOF;
    if (closes)
        return nc_seq_close_block(p) && nc_seq_recover(p);
    nc_seq_fragment fragment = nc_seq_fragment_of(meant);
    if (fragment != NC_SEQ_FRAGMENT_COUNT)
        return nc_seq_open_fragment(p, fragment, keyword, nothing) && nc_seq_recover(p);
    return nc_seq_recover(p);
}

static bool parse_name(nc_seq_parser *p)
{
    nc_seq_advance(p);
    if (p->token.kind == NC_SEQ_TOK_ARROW || p->token.kind == NC_SEQ_TOK_CENTRAL)
        return nc_seq_parse_message(p);
    nc_seq_trouble t = nc_seq_trouble_at(p);
    return parse_misspelt(p, nc_seq_blame_statement(&t));
}

/* What is not here starts no statement. */
static const nc_seq_rule statements[NC_SEQ_TOK_COUNT] = {
    [NC_SEQ_TOK_NEWLINE] = parse_newline,
    [NC_SEQ_TOK_INVALID] = parse_invalid,
    [NC_SEQ_TOK_PARTICIPANT] = nc_seq_parse_participant,
    [NC_SEQ_TOK_ACTOR] = nc_seq_parse_participant,
    [NC_SEQ_TOK_CREATE] = nc_seq_parse_create,
    [NC_SEQ_TOK_DESTROY] = nc_seq_parse_destroy,
    [NC_SEQ_TOK_BOX] = nc_seq_parse_box,
    [NC_SEQ_TOK_LOOP] = nc_seq_parse_fragment,
    [NC_SEQ_TOK_ALT] = nc_seq_parse_fragment,
    [NC_SEQ_TOK_OPT] = nc_seq_parse_fragment,
    [NC_SEQ_TOK_PAR] = nc_seq_parse_fragment,
    [NC_SEQ_TOK_PAR_OVER] = nc_seq_parse_fragment,
    [NC_SEQ_TOK_CRITICAL] = nc_seq_parse_fragment,
    [NC_SEQ_TOK_BREAK] = nc_seq_parse_fragment,
    [NC_SEQ_TOK_RECT] = nc_seq_parse_fragment,
    [NC_SEQ_TOK_ELSE] = nc_seq_parse_section,
    [NC_SEQ_TOK_AND] = nc_seq_parse_section,
    [NC_SEQ_TOK_OPTION] = nc_seq_parse_section,
    [NC_SEQ_TOK_END] = nc_seq_parse_end,
    [NC_SEQ_TOK_NOTE] = nc_seq_parse_note,
    [NC_SEQ_TOK_ACTIVATE] = nc_seq_parse_activation,
    [NC_SEQ_TOK_DEACTIVATE] = nc_seq_parse_activation,
    [NC_SEQ_TOK_AUTONUMBER] = nc_seq_parse_autonumber,
    [NC_SEQ_TOK_LINKS] = nc_seq_parse_menu,
    [NC_SEQ_TOK_LINK] = nc_seq_parse_menu,
    [NC_SEQ_TOK_PROPERTIES] = nc_seq_parse_menu,
    [NC_SEQ_TOK_DETAILS] = nc_seq_parse_menu,
    [NC_SEQ_TOK_TITLE] = nc_seq_parse_title,
    [NC_SEQ_TOK_ACC_TITLE] = nc_seq_parse_accessible,
    [NC_SEQ_TOK_ACC_DESCR] = nc_seq_parse_accessible,
    [NC_SEQ_TOK_ACC_DESCR_BLOCK] = nc_seq_parse_description,
    [NC_SEQ_TOK_NAME] = parse_name,
};

/* In a box, remembers the first statement that is no participant line. */
static void watch_box(nc_seq_parser *p)
{
    if (p->open.len == 0 || !p->open.ptr[p->open.len - 1].is_box)
        return;
    nc_seq_open_block *box = &p->open.ptr[p->open.len - 1];
    nc_seq_tok kind = p->token.kind;
    bool allowed = kind == NC_SEQ_TOK_NEWLINE || kind == NC_SEQ_TOK_END ||
                   kind == NC_SEQ_TOK_PARTICIPANT || kind == NC_SEQ_TOK_ACTOR ||
                   kind == NC_SEQ_TOK_DESTROY;
    if (allowed || box->stranger != NC_SEQ_TOK_EOF)
        return;
    box->stranger = kind;
    box->stranger_at = p->token.at;
}

static bool parse_statements(nc_seq_parser *p)
{
    while (p->token.kind != NC_SEQ_TOK_EOF && !p->stop && !p->cast.full) {
        watch_box(p);
        p->first = p->token;
        uint32_t errors = p->cast.diags->errors;
        uint32_t depth = p->open.len;
        nc_seq_rule rule = statements[p->token.kind];
        if (!(rule ? rule(p) : parse_stray(p)))
            return false;
        /* A broken statement was reported as such: its place in the box is no second error. */
        if (depth > 0 && p->open.len == depth && p->cast.diags->errors > errors &&
            p->open.ptr[depth - 1].stranger_at.start == p->first.at.start)
            p->open.ptr[depth - 1].stranger = NC_SEQ_TOK_EOF;
    }
    return true;
}

static bool parse_header(nc_seq_parser *p)
{
    while (p->token.kind == NC_SEQ_TOK_NEWLINE)
        nc_seq_advance(p);
    if (nc_seq_accept(p, NC_SEQ_TOK_HEADER))
        return true;
    nc_diag_add(p->cast.diags, NC_RULE_SYNTAX, p->token.at,
                "the text does not start with 'sequenceDiagram'");
    nc_diag_hint(p->cast.diags, "write 'sequenceDiagram' on a line of its own before it");
    p->stop = true;
    return true;
}

bool nc_parse_sequence(nc_sequence *out, nc_arena *a, const nc_source *source, nc_diags *d)
{
    nc_seq_parser p = {.out = out};
    *out = (nc_sequence){.title = source->title};
    nc_seq_cast_init(&p.cast, out, a, source, d);
    nc_seq_lexer_init(&p.lexer, source->text);
    p.token = nc_seq_lex(&p.lexer);
    if (!parse_header(&p) || !parse_statements(&p))
        return false;
    for (uint32_t i = 0; i < p.open.len && p.excess == 0 && !p.stop && !p.cast.full; i++)
        nc_seq_blame_open_block(&p, &p.open.ptr[i]);
    return nc_seq_cast_finish(&p.cast);
}
