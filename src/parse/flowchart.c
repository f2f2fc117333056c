/*
 * Flowcharts: the document around the statements, recovery, and the two readings.
 *
 * Mermaid loses parts of some texts that it accepts. The model is the author's reading; where
 * Mermaid's differs it is read as well and kept beside it, for `dump --mermaid` and to refuse what
 * Mermaid refuses.
 */
#include "parse/parse.h"

#include "parse/flowchart_parser.h"

/* ---- text ----------------------------------------------------------------------------------- */

/* The text that the grammar reads: white space between a `}` and the last line feed after it is
 * gone, as in Mermaid. Offsets lead back to the source's text, and to the author's bytes. */
typedef struct prepared {
    nc_sv text;
    NC_VEC(nc_offset_piece) to_source, to_origin;
    uint32_t breaks; /* of the source's own map, used so far */
} prepared;

/* The end of white space that goes away after the brace before `at`, or `at`. */
static uint32_t dropped_end(nc_sv text, uint32_t at)
{
    uint32_t end = at;
    uint32_t last = at; /* the last line feed */
    for (uint32_t n; (n = nc_flow_space_at(text, end)) > 0; end += n)
        if (text.ptr[end] == '\n')
            last = end;
    return last;
}

static bool note_piece(nc_arena *a, prepared *out, uint32_t text, uint32_t source_from,
                       uint32_t source_to, const nc_offset_map *map)
{
    nc_offset_piece piece = {text, source_from};
    if (!NC_PUSH(a, &out->to_source, piece))
        return false;
    piece.origin = nc_offset_origin(map, source_from);
    if (!NC_PUSH(a, &out->to_origin, piece))
        return false;
    for (; out->breaks < map->len && map->pieces[out->breaks].text < source_to; out->breaks++) {
        piece = map->pieces[out->breaks];
        if (piece.text <= source_from)
            continue;
        piece.text = text + (piece.text - source_from);
        if (!NC_PUSH(a, &out->to_origin, piece))
            return false;
    }
    return true;
}

static bool prepare(prepared *out, nc_arena *a, const nc_source *source)
{
    nc_sv text = source->text;
    char *copy = NULL;
    uint32_t len = 0;
    uint32_t kept = 0; /* start of the piece being copied */
    *out = (prepared){.text = text};
    for (uint32_t at = 0; at < text.len; at++) {
        if (text.ptr[at] != '}')
            continue;
        uint32_t end = dropped_end(text, at + 1);
        if (end == at + 1)
            continue;
        if (!copy && !(copy = nc_arena_alloc(a, text.len, 1, 1)))
            return false;
        memcpy(copy + len, text.ptr + kept, at + 1 - kept);
        if (!note_piece(a, out, len, kept, at + 1, &source->map))
            return false;
        len += at + 1 - kept;
        kept = end;
        at = end - 1;
    }
    if (!copy)
        return true;
    memcpy(copy + len, text.ptr + kept, text.len - kept);
    out->text = (nc_sv){copy, len + text.len - kept};
    return note_piece(a, out, len, kept, (uint32_t)text.len, &source->map);
}

/* ---- document ------------------------------------------------------------------------------- */

static bool read_header(nc_flow_parser *p)
{
    static const struct {
        char sign;
        nc_flow_dir dir;
    } signs[] = {{'<', NC_FLOW_RL}, {'>', NC_FLOW_LR}, {'^', NC_FLOW_BT}, {'v', NC_FLOW_TB}};
    static const struct {
        nc_sv word;
        nc_flow_dir dir;
    } words[] = {
        {NC_SV_INIT("BT"), NC_FLOW_BT},
        {NC_SV_INIT("LR"), NC_FLOW_LR},
        {NC_SV_INIT("RL"), NC_FLOW_RL},
        {NC_SV_INIT("BR"), NC_FLOW_BR},
    };
    while (nc_flow_at(p, NC_FT_SPACE) || nc_flow_at(p, NC_FT_NEWLINE))
        if (!nc_flow_advance(p))
            return false;
    if (!nc_flow_at(p, NC_FT_GRAPH))
        return nc_flow_fail(p, NC_EXPECT_HEADER);
    if (!nc_flow_advance(p))
        return false;
    if (nc_flow_at(p, NC_FT_NO_DIR))
        return nc_flow_advance(p);
    if (!nc_flow_at(p, NC_FT_DIR))
        return nc_flow_fail(p, NC_EXPECT_DIRECTION);
    nc_sv word = nc_flow_trim(nc_flow_token_text(p, p->token));
    for (size_t i = 0; i < NC_COUNT(signs); i++)
        if (word.ptr[0] == signs[i].sign)
            p->builder.chart->dir = signs[i].dir;
    for (size_t i = 0; i < NC_COUNT(words); i++)
        if (nc_sv_eq(word, words[i].word))
            p->builder.chart->dir = words[i].dir;
    if (!nc_flow_advance(p))
        return false;
    bool space = nc_flow_at(p, NC_FT_SPACE);
    while (nc_flow_at(p, NC_FT_SPACE))
        if (!nc_flow_advance(p))
            return false;
    if (!nc_flow_at(p, NC_FT_NEWLINE) && (space || !nc_flow_at(p, NC_FT_SEMI)))
        return nc_flow_fail(p, NC_EXPECT_HEADER_END);
    return nc_flow_advance(p);
}

static bool close_subgraph(nc_flow_parser *p)
{
    nc_span at = nc_flow_span(p->token);
    at.end = at.start + (uint32_t)NC_SV("end").len;
    if (nc_flow_is_end_misused(p))
        return nc_flow_fail(p, NC_EXPECT_STATEMENT);
    if (!nc_flow_advance(p))
        return false;
    if (p->too_deep > 0) {
        p->too_deep--;
        return true;
    }
    if (p->frames.len == 0) {
        nc_diag_add(p->diags, NC_RULE_UNEXPECTED_END, at, "'end' without a subgraph to close");
        nc_diag_hint(p->diags, "remove it, or write 'End' if it is the id of a node");
        return true;
    }
    p->frames.len--;
    const nc_flow_frame frame = p->frames.ptr[p->frames.len];
    uint32_t symbol;
    if (!nc_flow_close(&p->builder, &frame, &symbol))
        return nc_flow_no_memory(p);
    if (p->frames.len == 0)
        return true;
    return NC_PUSH(p->arena, &p->frames.ptr[p->frames.len - 1].members, symbol) ||
           nc_flow_no_memory(p);
}

static bool set_direction(nc_flow_parser *p)
{
    static const nc_flow_dir dirs[NC_FLOW_DIRECTIONS] = {NC_FLOW_TB, NC_FLOW_BT, NC_FLOW_RL,
                                                         NC_FLOW_LR, NC_FLOW_TB};
    if (p->frames.len > 0 && p->too_deep == 0) {
        p->frames.ptr[p->frames.len - 1].has_dir = true;
        p->frames.ptr[p->frames.len - 1].dir = dirs[p->token.direction];
    }
    return nc_flow_advance(p);
}

/*
 * What Mermaid takes for a member of the open subgraph because its grammar hands it on as one: a
 * semicolon that ends no statement, an accessible title.
 */
static bool list_false_member(nc_flow_parser *p, nc_sv text)
{
    uint32_t symbol;
    text = nc_flow_trim(text);
    if (p->frames.len == 0 || p->too_deep > 0 || text.len == 0)
        return true;
    p->builder.defects++;
    if (p->builder.author)
        return true;
    return (nc_flow_symbol_of(&p->builder, text, &symbol) &&
            NC_PUSH(p->arena, &p->frames.ptr[p->frames.len - 1].members, symbol)) ||
           nc_flow_no_memory(p);
}

static bool set_acc_title(nc_flow_parser *p)
{
    if (!nc_flow_advance(p))
        return false;
    nc_sv text = nc_flow_trim(nc_flow_token_text(p, p->token));
    if (!list_false_member(p, text))
        return false;
    if (!nc_source_decode(&p->builder.chart->acc_title, p->arena, text))
        return nc_flow_no_memory(p);
    return nc_flow_advance(p);
}

static void warn_open_descr(nc_flow_parser *p)
{
    nc_sv keyword = NC_SV("accDescr");
    uint32_t at = p->token.start;
    while (at > 0 && !nc_sv_starts(nc_flow_slice(p, at, (uint32_t)p->text.len), keyword))
        at--;
    nc_diag_add(p->diags, NC_RULE_OPEN_DESCR, (nc_span){at, at + (uint32_t)keyword.len},
                "'accDescr {' is never closed and swallows the rest of the diagram");
    nc_diag_hint(p->diags, "write '}' after the description");
}

/* A block's lines lose the blanks that they begin with. */
static bool set_acc_descr(nc_flow_parser *p)
{
    /* an empty one follows at the end of the text, which takes the place of the description */
    bool open = p->token.end == p->text.len && p->token.start < p->token.end;
    if (nc_flow_at(p, NC_FT_ACC_DESCR_BLOCK) && open)
        warn_open_descr(p);
    if (nc_flow_at(p, NC_FT_ACC_DESCR) && !nc_flow_advance(p))
        return false;
    nc_sv text = nc_flow_trim(nc_flow_token_text(p, p->token));
    if (!list_false_member(p, text))
        return false;
    p->pieces.len = 0;
    size_t from = 0;
    for (size_t at = nc_sv_find(text, NC_SV("\n"), 0); at != SIZE_MAX;
         at = nc_sv_find(text, NC_SV("\n"), from)) {
        if (!nc_flow_put_piece(p, nc_sv_slice(text, from, at + 1)))
            return false;
        from = at + 1;
        for (uint32_t n; (n = nc_flow_space_at(text, (uint32_t)from)) > 0;)
            from += n;
    }
    if (!nc_flow_put_piece(p, nc_sv_slice(text, from, text.len)) || !nc_flow_join_pieces(p, &text))
        return false;
    if (!nc_source_decode(&p->builder.chart->acc_descr, p->arena, text))
        return nc_flow_no_memory(p);
    return nc_flow_advance(p);
}

/* A line that is just `%%`: a comment to its author, a node to Mermaid. */
static bool is_bare_comment(const nc_flow_parser *p)
{
    nc_sv text = nc_flow_token_text(p, p->token);
    bool starts = p->token.start == 0 || p->last.kind == NC_FT_NEWLINE ||
                  p->text.ptr[p->token.start - 1] == '\n';
    return nc_flow_at(p, NC_FT_NAME) && starts && nc_sv_eq(text, NC_SV("%%")) &&
           p->text.ptr[p->token.end] == '\n';
}

static bool read_item(nc_flow_parser *p)
{
    switch (p->token.kind) {
    case NC_FT_NEWLINE:
    case NC_FT_SPACE:
    case NC_FT_EOF:
        return nc_flow_advance(p);
    case NC_FT_SEMI:
        return list_false_member(p, NC_SV(";")) && nc_flow_advance(p);
    case NC_FT_END_WORD:
        return close_subgraph(p);
    case NC_FT_DIRECTION:
        return set_direction(p);
    case NC_FT_ACC_TITLE:
        return set_acc_title(p);
    case NC_FT_ACC_DESCR:
    case NC_FT_ACC_DESCR_BLOCK:
        return set_acc_descr(p);
    default:
        break;
    }
    if (is_bare_comment(p)) {
        p->builder.defects++;
        if (p->builder.author)
            return nc_flow_advance(p);
    }
    return nc_flow_statement(p);
}

static void report_unclosed(nc_flow_parser *p)
{
    if (p->too_deep > 0)
        return; /* one complaint about the depth is enough */
    for (uint32_t i = 0; i < p->frames.len; i++) {
        nc_diag_add(p->diags, NC_RULE_UNCLOSED, p->frames.ptr[i].at, "this subgraph has no 'end'");
        nc_diag_hint(p->diags, "write 'end' on a line of its own after its last member");
    }
}

/* Goes on after a broken statement; false when it broke for want of memory. */
static bool recover(nc_flow_parser *p)
{
    if (p->no_memory)
        return false;
    p->open = p->arrow = (nc_flow_token){.kind = NC_FT_END};
    nc_flow_lexer_seek(&p->lexer, p->resume);
    return nc_flow_advance(p);
}

static bool read_document(nc_flow_parser *p)
{
    if (!nc_flow_advance(p))
        return false;
    if (!read_header(p) && !recover(p))
        return false;
    while (!nc_flow_at(p, NC_FT_END)) {
        p->first = p->token;
        p->statement = nc_flow_visible(p, p->token);
        if (!read_item(p) && !recover(p))
            return false;
    }
    report_unclosed(p);
    return nc_flow_finish(&p->builder) || nc_flow_no_memory(p);
}

/* ---- readings ------------------------------------------------------------------------------- */

static nc_span to_source(const nc_offset_map *map, nc_span at)
{
    return (nc_span){nc_offset_origin(map, at.start), nc_offset_origin(map, at.end)};
}

/* Places of the model are places of the source's text. */
static void map_places(nc_flowchart *chart, const nc_offset_map *map)
{
    for (uint32_t i = 0; i < chart->nodes.len; i++) {
        chart->nodes.ptr[i].at = to_source(map, chart->nodes.ptr[i].at);
        chart->nodes.ptr[i].label.at = to_source(map, chart->nodes.ptr[i].label.at);
        chart->nodes.ptr[i].styled_at = to_source(map, chart->nodes.ptr[i].styled_at);
        chart->nodes.ptr[i].link.at = to_source(map, chart->nodes.ptr[i].link.at);
    }
    for (uint32_t i = 0; i < chart->edges.len; i++) {
        chart->edges.ptr[i].at = to_source(map, chart->edges.ptr[i].at);
        chart->edges.ptr[i].label.at = to_source(map, chart->edges.ptr[i].label.at);
        chart->edges.ptr[i].styled_at = to_source(map, chart->edges.ptr[i].styled_at);
    }
    for (uint32_t i = 0; i < chart->subgraphs.len; i++) {
        chart->subgraphs.ptr[i].at = to_source(map, chart->subgraphs.ptr[i].at);
        chart->subgraphs.ptr[i].title.at = to_source(map, chart->subgraphs.ptr[i].title.at);
        chart->subgraphs.ptr[i].styled_at = to_source(map, chart->subgraphs.ptr[i].styled_at);
        chart->subgraphs.ptr[i].link.at = to_source(map, chart->subgraphs.ptr[i].link.at);
    }
    for (uint32_t i = 0; i < chart->classes.len; i++)
        chart->classes.ptr[i].at = to_source(map, chart->classes.ptr[i].at);
}

/* One reading of the text: its model, what it reported, and how it would differ. */
typedef struct reading {
    nc_flowchart *chart;
    nc_diags diags;
    bool differs;   /* the other reading may give something else */
    bool swallowed; /* because of a line with `direction TB` in it */
    uint32_t swallowed_at;
} reading;

static bool read_as(reading *r, nc_arena *a, const nc_source *source, const prepared *text,
                    bool author)
{
    const nc_value *inherit = nc_value_path(source->config, "flowchart.inheritDir");
    *r->chart = (nc_flowchart){.title = source->title};
    nc_flow_parser p = {
        .arena = a,
        .diags = &r->diags,
        .text = text->text,
        .builder = {.arena = a,
                    .diags = &r->diags,
                    .chart = r->chart,
                    .limits = source->limits,
                    .author = author,
                    .names_edges = nc_sv_find(text->text, NC_SV("L_"), 0) != SIZE_MAX,
                    .inherit_dir = inherit && inherit->kind == NC_VALUE_BOOL && inherit->boolean},
    };
    if (!nc_flow_lexer_init(&p.lexer, a, text->text))
        return false;
    p.lexer.author = author;
    bool ok = read_document(&p);
    nc_offset_map map = {text->to_source.ptr, text->to_source.len, 0};
    map_places(r->chart, &map);
    r->differs = p.lexer.swallowed || p.builder.defects > 0;
    r->swallowed = p.lexer.swallowed;
    r->swallowed_at = p.lexer.swallowed_at;
    return ok;
}

/* Takes over what a reading reported. */
static void take(nc_diags *to, const nc_diags *from)
{
    for (uint32_t i = 0; i < from->list.len; i++)
        if (to->list.len >= NC_DIAG_MAX || !NC_PUSH(to->arena, &to->list, from->list.ptr[i]))
            to->suppressed++;
    for (uint32_t i = 0; i < from->notes.len && to->notes.len < NC_DIAG_MAX; i++)
        if (!NC_PUSH(to->arena, &to->notes, from->notes.ptr[i]))
            to->suppressed++;
    to->errors += from->errors;
    to->warnings += from->warnings;
    to->suppressed += from->suppressed;
    to->draw_errors += from->draw_errors;
    to->last = NULL; /* hints are given already */
}

/* What Mermaid refuses is an error here too, said in terms of the text that is lost to it. */
static void report_refusal(reading *own, const reading *theirs)
{
    if (!own->swallowed) {
        take(&own->diags, &theirs->diags);
        return;
    }
    uint32_t end = own->swallowed_at + (uint32_t)NC_SV("direction").len;
    nc_diag_add(&own->diags, NC_RULE_LOST_LINE, (nc_span){own->swallowed_at, end},
                "'direction' and a direction in a line make all of it a direction statement");
    nc_diag_hint(&own->diags, "give the statement a line of its own; in a text, use other words");
}

bool nc_parse_flowchart(nc_flowchart *out, nc_arena *a, const nc_source *source, nc_diags *d)
{
    prepared text;
    if (!prepare(&text, a, source))
        return false;
    nc_offset_map map = {text.to_origin.ptr, text.to_origin.len, source->map.origin_len};
    reading own = {.chart = out};
    nc_diags_init(&own.diags, d->arena);
    own.diags.map = text.to_origin.len ? &map : d->map;
    if (!read_as(&own, a, source, &text, true))
        return false;
    if (!own.differs) {
        take(d, &own.diags);
        return true;
    }
    reading theirs = {.chart = NC_NEW(a, nc_flowchart, 1)};
    nc_diags_init(&theirs.diags, d->arena);
    theirs.diags.map = own.diags.map;
    if (!theirs.chart || !read_as(&theirs, a, source, &text, false))
        return false;
    bool only_theirs = own.diags.errors > 0 && theirs.diags.errors == 0;
    if (only_theirs)
        *out = *theirs.chart; /* only Mermaid can make sense of it */
    else if (own.diags.errors == 0 && theirs.diags.errors > 0)
        report_refusal(&own, &theirs);
    else
        out->mermaid = theirs.chart;
    take(d, only_theirs ? &theirs.diags : &own.diags);
    return true;
}
