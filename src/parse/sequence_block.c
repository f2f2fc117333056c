/* Fragments with their sections, boxes, and `end`, which closes both. */
#include "parse/sequence_parser.h"

bool nc_seq_open_fragment(nc_seq_parser *p, nc_seq_fragment fragment, nc_seq_token keyword,
                          nc_seq_token rest)
{
    if (p->open.len >= p->cast.source->limits.nesting) {
        if (p->excess++ == 0)
            nc_diag_add(p->cast.diags, NC_RULE_TOO_LARGE, keyword.at,
                        "fragments nested deeper than %u: this is the limit",
                        p->cast.source->limits.nesting);
        return true;
    }
    nc_seq_open_block block = {.fragment = fragment, .at = keyword.at};
    nc_seq_event event = nc_seq_new_event(p, NC_SEQ_START);
    event.fragment = fragment;
    event.at = (nc_span){keyword.at.start, rest.at.end};
    nc_sv behind;
    if (fragment == NC_SEQ_RECT)
        event.author_color = nc_seq_cast_hash_color(&p->cast, keyword, &behind);
    return nc_seq_set_text(p, &event, rest) && nc_seq_add_event(p, event) &&
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

nc_seq_fragment nc_seq_fragment_of(nc_seq_tok keyword)
{
    for (size_t i = 0; i < NC_COUNT(fragments); i++)
        if (fragments[i].keyword == keyword)
            return fragments[i].fragment;
    return NC_SEQ_FRAGMENT_COUNT;
}

bool nc_seq_parse_fragment(nc_seq_parser *p)
{
    nc_seq_token keyword = p->token;
    nc_seq_advance(p);
    nc_seq_token rest = p->token;
    nc_seq_advance(p); /* the lexer always gives the rest of the line */
    return nc_seq_open_fragment(p, nc_seq_fragment_of(keyword.kind), keyword, rest);
}

static const char *block_name(const nc_seq_open_block *block)
{
    return block->is_box ? "box" : fragment_names[block->fragment].ptr;
}

/* `end loop`: the second word opens a fragment. */
static bool is_behind_end(const nc_seq_parser *p, const nc_seq_open_block *block)
{
    nc_sv before = nc_sv_slice(p->lexer.text, 0, block->at.start);
    while (before.len > 0 &&
           (before.ptr[before.len - 1] == ' ' || before.ptr[before.len - 1] == '\t'))
        before.len--;
    return before.len < block->at.start && nc_sv_ends(before, NC_SV("end"));
}

void nc_seq_blame_open_block(nc_seq_parser *p, const nc_seq_open_block *block)
{
    if (is_behind_end(p, block)) {
        nc_diag_add(p->cast.diags, NC_RULE_UNCLOSED, block->at,
                    "'%s' behind 'end' opens another fragment, which is never closed",
                    block_name(block));
        nc_diag_hint(p->cast.diags, "write 'end' alone");
        return;
    }
    nc_diag_add(p->cast.diags, NC_RULE_UNCLOSED, block->at, "'%s' is never closed",
                block_name(block));
    nc_diag_hint(p->cast.diags, block->is_box ? "write 'end' after its participants"
                                              : "write 'end' after its last message");
}

bool nc_seq_close_block(nc_seq_parser *p)
{
    nc_seq_open_block block = p->open.ptr[--p->open.len];
    if (block.is_box) {
        p->cast.box = NC_NONE;
        if (block.stranger != NC_SEQ_TOK_EOF) {
            nc_diag_add(p->cast.diags, NC_RULE_SEQ_IN_BOX, block.stranger_at,
                        "only participants may stand in a box");
            nc_diag_hint(p->cast.diags, "close the box with 'end' before this line");
        }
        return true;
    }
    nc_seq_event event = nc_seq_new_event(p, NC_SEQ_END);
    event.at = p->first.at;
    event.fragment = block.fragment;
    return nc_seq_add_event(p, event);
}

bool nc_seq_parse_end(nc_seq_parser *p)
{
    nc_seq_token keyword = p->token;
    nc_seq_advance(p);
    if (p->excess > 0) {
        p->excess--;
        return true;
    }
    if (p->open.len > 0)
        return nc_seq_close_block(p);
    if (p->forgiven > 0) {
        p->forgiven--;
        return true;
    }
    nc_diag_add(p->cast.diags, NC_RULE_UNEXPECTED_END, keyword.at, "there is nothing to end here");
    bool name = p->token.kind != NC_SEQ_TOK_NEWLINE && p->token.kind != NC_SEQ_TOK_EOF &&
                !nc_seq_has_line_end(p, keyword.at.end, p->token.at.start);
    if (!name) {
        nc_diag_hint(p->cast.diags, "delete it, or open a fragment such as 'loop' before it");
        return true;
    }
    nc_diag_hint(p->cast.diags, "'end' cannot be or begin the name of a participant in a message: "
                                "write 'participant e as end' and use 'e'");
    return nc_seq_recover(p);
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

static bool takes_section(const nc_seq_open_block *block, size_t row)
{
    return !block->is_box &&
           (block->fragment == sections[row].in[0] || block->fragment == sections[row].in[1]);
}

/*
 * A section whose fragment is not the innermost one: what lies between was not closed; without such
 * a fragment it is a stray.
 */
static bool find_section_home(nc_seq_parser *p, size_t row, nc_seq_token keyword)
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
        nc_seq_blame_open_block(p, &p->open.ptr[p->open.len - 1]);
        p->open.ptr[p->open.len - 1].stranger = NC_SEQ_TOK_EOF;
        p->forgiven++;
        if (!nc_seq_close_block(p))
            return false;
    }
    return true;
}

bool nc_seq_parse_section(nc_seq_parser *p)
{
    nc_seq_token keyword = p->token;
    size_t row = 0;
    while (sections[row].keyword != keyword.kind)
        row++;
    nc_seq_advance(p);
    nc_seq_token rest = p->token;
    nc_seq_advance(p);
    if (p->excess > 0 || !find_section_home(p, row, keyword))
        return !nc_arena_failed(p->cast.arena);
    nc_seq_event event = nc_seq_new_event(p, NC_SEQ_SECTION);
    event.section = sections[row].section;
    return nc_seq_set_text(p, &event, rest) && nc_seq_add_event(p, event);
}

bool nc_seq_parse_box(nc_seq_parser *p)
{
    nc_seq_token keyword = p->token;
    nc_seq_advance(p);
    nc_seq_token rest = p->token;
    nc_seq_advance(p);
    if (p->open.len >= p->cast.source->limits.nesting)
        return nc_seq_open_fragment(p, NC_SEQ_RECT, keyword, rest);
    nc_seq_open_block block = {.is_box = true, .at = keyword.at};
    nc_seq_warn_hash(&p->cast, rest);
    return nc_seq_cast_open_box(&p->cast, keyword, rest) && NC_PUSH(p->cast.arena, &p->open, block);
}
