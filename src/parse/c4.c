/*
 * The grammar of C4 as people mean it: Mermaid's macros and those of C4-PlantUML, one statement a
 * line. Mermaid's own reading (c4_mermaid.c) comes first and says whether its parser lets the text
 * through; that decides between an error of the text and one of the drawing. Here: statements are
 * told apart, and names settled at the end; the statements themselves stand in files of their own
 * (c4_parser.h).
 */
#include "parse/c4_parser.h"

enum { SUGGESTED_MAX = 2000 }; /* aliases among which a misspelt one is looked for */

static bool run(nc_c4_parser *p, const nc_c4_macro *macro, nc_span name)
{
    switch (macro->action) {
    case NC_C4_DO_ELEMENT:
        return nc_c4_parse_element(p, macro);
    case NC_C4_DO_RELATION:
        return nc_c4_parse_relation(p, macro, name);
    case NC_C4_DO_LAY:
        return nc_c4_parse_lay(p, macro, name);
    case NC_C4_DO_STYLE_ELEMENT:
    case NC_C4_DO_STYLE_RELATION:
        return nc_c4_parse_style(p, macro, name);
    case NC_C4_DO_STYLE_KIND:
        return nc_c4_parse_kind_style(p, nc_sv_cstr(macro->is.applies_to), p->values);
    case NC_C4_DO_LAYOUT_CONFIG:
        nc_c4_parse_layout_config(p);
        return true;
    case NC_C4_DO_TAG:
        return nc_c4_parse_tag(p, macro);
    case NC_C4_DO_FLOW:
        p->out->flow = macro->is.flow;
        return true;
    case NC_C4_DO_LEGEND:
        p->out->legend.floating = macro->is.floating;
        return nc_c4_parse_legend(p);
    case NC_C4_DO_HIDE_STEREOTYPE:
        p->out->legend.hide_stereotype = true;
        return true;
    case NC_C4_DO_PLAIN_PERSONS:
    case NC_C4_DO_DRAWN_PERSONS:
        p->out->plain_persons = macro->action == NC_C4_DO_PLAIN_PERSONS;
        return true;
    case NC_C4_DO_LEGEND_TITLE:
        return nc_c4_text_of(p, &p->out->legend.title, NC_C4_F_TITLE);
    case NC_C4_DO_PROPERTY_HEADER:
        return nc_c4_parse_property(p, true);
    case NC_C4_DO_NO_PROPERTY_HEADER:
        p->properties = (nc_c4_properties){0};
        return true;
    case NC_C4_DO_PROPERTY:
        return nc_c4_parse_property(p, false);
    case NC_C4_DO_SET_INDEX:
    case NC_C4_DO_INCREMENT:
        nc_c4_parse_count(p, macro->action);
        return true;
    case NC_C4_DO_BOUNDARY:
    case NC_C4_DO_NOTHING:
        break;
    }
    return true;
}

/* Texts above the limit are left out. */
static void limit_texts(nc_c4_parser *p)
{
    for (uint32_t i = 0; i < p->call.args.len; i++) {
        nc_c4_arg *arg = &p->call.args.ptr[i];
        if (arg->value.len <= p->source->limits.label)
            continue;
        nc_diag_add(p->r.diags, NC_RULE_TOO_LARGE, arg->at, "a text of more than %u bytes",
                    p->source->limits.label);
        arg->value = (nc_sv){0};
    }
}

/* True, and reported at the statement that began at from, when nothing more may come. */
static bool is_full(const nc_c4_parser *p, size_t from)
{
    const nc_limits *most = &p->source->limits;
    bool nodes = p->out->elements.len + p->out->boundaries.len > most->nodes;
    if (!nodes && p->out->relations.len <= most->edges)
        return false;
    nc_diag_add(p->r.diags, NC_RULE_TOO_LARGE, nc_c4_span(from, nc_c4_line_end(p, from)),
                "more than %u %s", nodes ? most->nodes : most->edges,
                nodes ? "elements and boundaries" : "relations");
    return true;
}

/* The arguments a macro cannot do without, as they are written. */
static const char *usage_of(const nc_c4_macro *macro)
{
    if (macro->action == NC_C4_DO_RELATION)
        return "from, to, \"label\"";
    return macro->action == NC_C4_DO_ELEMENT || macro->action == NC_C4_DO_BOUNDARY
               ? "alias, \"label\""
               : "…";
}

static bool macro_statement(nc_c4_parser *p, const nc_c4_macro *macro, size_t end)
{
    nc_span name = nc_c4_span(p->at, end);
    nc_c4_mark_filled(p);
    if (!macro->mermaid_slots) {
        nc_diag_add(p->r.diags, NC_RULE_NOT_PORTABLE, name, "Mermaid has no macro '%.*s'",
                    NC_SV_ARG(macro->name));
    }
    p->r.foreign = !macro->mermaid_slots;
    bool read = nc_c4_call_read(&p->call, &p->r, macro->name, end);
    p->r.foreign = false;
    if (!read)
        return false;
    limit_texts(p);
    p->at = p->call.end;
    nc_c4_check_arguments(p, macro);
    nc_c4_sort_arguments(p, macro, p->call.args.ptr, p->call.args.len);
    if (p->call.args.len == 0 && macro->least && p->call.closed) {
        nc_c4_error(&p->r, NC_RULE_C4_CALL, name, "'%.*s' needs arguments", NC_SV_ARG(macro->name));
        nc_diag_hint(p->r.diags, "write %.*s(%s)", NC_SV_ARG(macro->name), usage_of(macro));
    } else if (macro->action == NC_C4_DO_BOUNDARY) {
        uint32_t index;
        return nc_c4_parse_boundary(p, macro, &index) && nc_c4_open_body(p, index, name);
    } else if (p->call.args.len >= (macro->least ? 1 : 0) && !run(p, macro, name)) {
        return false;
    }
    nc_c4_end_statement(p);
    return true;
}

static bool statement(nc_c4_parser *p)
{
    bool unknown_before = p->unknown_before;
    char c = nc_c4_at(p, p->at);
    if (c == '}')
        return nc_c4_close_scope(p);
    if (c == '{')
        return nc_c4_open_brace(p);
    p->unknown_before = false;
    if (nc_c4_is_comment(p, p->at)) {
        p->at = nc_c4_line_end(p, p->at);
        p->unknown_before = unknown_before;
        return true;
    }
    if (nc_c4_parse_text(p))
        return true;
    size_t end = p->at;
    while (nc_is_word(nc_c4_at(p, end)))
        end++;
    const nc_c4_macro *macro = nc_c4_macro_lookup(nc_sv_slice(p->r.text, p->at, end));
    return macro ? macro_statement(p, macro, end) : nc_c4_parse_stranger(p, end);
}

static void read_header(nc_c4_parser *p)
{
    p->at = nc_c4_skip_space(p, 0);
    while (nc_c4_is_comment(p, p->at))
        p->at = nc_c4_skip_space(p, nc_c4_line_end(p, p->at));
    size_t start = p->at;
    while (nc_is_word(nc_c4_at(p, p->at)))
        p->at++;
    size_t rest = nc_c4_skip_blanks(p, p->at);
    size_t end = nc_c4_line_end(p, rest);
    if (rest < end && !(nc_c4_is_comment(p, rest) && p->r.accepted)) {
        nc_c4_error(&p->r, NC_RULE_SYNTAX, nc_c4_span(rest, end),
                    "nothing may follow '%.*s' on its line",
                    NC_SV_ARG(nc_sv_slice(p->r.text, start, p->at)));
        nc_diag_hint(p->r.diags, nc_c4_at(p, rest) == ';'
                                     ? "take out the ';'"
                                     : "write a title on a line of its own: title Text");
        p->any = true;
    }
    p->at = end;
}

static void unknown_alias(nc_c4_parser *p, nc_span where, nc_sv id)
{
    if (nc_map_lookup(&p->missed, id) != NC_NONE)
        return;
    nc_c4_error(&p->r, NC_RULE_C4_ALIAS, where, "no element or boundary is called '%.*s'",
                NC_SV_ARG(id));
    nc_diag_drawing(p->r.diags);
    const nc_c4 *c4 = p->out;
    size_t len = (size_t)c4->elements.len + c4->boundaries.len;
    if (p->r.diags->list.len >= NC_DIAG_MAX || len > SUGGESTED_MAX)
        return;
    nc_sv *names = NC_NEW(p->r.arena, nc_sv, len + 1);
    size_t n = 0;
    for (uint32_t i = 0; names && i < c4->elements.len; i++)
        names[n++] = c4->elements.ptr[i].id;
    for (uint32_t i = 0; names && i < c4->boundaries.len; i++)
        names[n++] = c4->boundaries.ptr[i].id;
    nc_sv near = nc_c4_nearest(p, id, names, n);
    if (near.len)
        nc_diag_hint(p->r.diags, "did you mean '%.*s'?", NC_SV_ARG(near));
}

static void find_end(nc_c4_parser *p, nc_c4_end *end, nc_span where)
{
    end->index = nc_map_lookup(&p->elements, end->id);
    if (end->index != NC_NONE)
        return;
    end->index = nc_map_lookup(&p->boundaries, end->id);
    end->is_boundary = end->index != NC_NONE;
    if (end->index == NC_NONE)
        unknown_alias(p, where, end->id);
}

/* The legend has a place of its own unless it floats. */
static void find_rule_end(nc_c4_parser *p, nc_c4_end *end, nc_span where)
{
    const nc_c4_legend *legend = &p->out->legend;
    const bool named = legend->alias.len && nc_sv_eq(end->id, legend->alias);
    if (!named && !nc_sv_eq(end->id, NC_SV("LEGEND()"))) {
        find_end(p, end, where);
        return;
    }
    end->index = NC_NONE;
    end->is_legend = legend->shown && legend->floating;
}

static bool finish(nc_c4_parser *p)
{
    for (uint32_t i = p->scopes.len; i-- > 0;)
        if (!p->scopes.ptr[i].implied)
            nc_c4_blame_unclosed(p, &p->scopes.ptr[i]);
    if (!p->any)
        nc_diag_add(p->r.diags, NC_RULE_EMPTY, nc_c4_span(0, 0), "the diagram has no statement");
    for (uint32_t i = 0; i < p->late.len; i++)
        if (!nc_c4_settle_style(p, &p->late.ptr[i]))
            return false;
    for (uint32_t i = 0; i < p->out->relations.len; i++) {
        find_end(p, &p->out->relations.ptr[i].from, p->relation_ends.ptr[i].from);
        find_end(p, &p->out->relations.ptr[i].to, p->relation_ends.ptr[i].to);
    }
    for (uint32_t i = 0; i < p->out->rules.len; i++) {
        find_rule_end(p, &p->out->rules.ptr[i].from, p->rule_ends.ptr[i].from);
        find_rule_end(p, &p->out->rules.ptr[i].to, p->rule_ends.ptr[i].to);
    }
    if (!p->out->title.len)
        p->out->title = p->source->title;
    return true;
}

/* Where Mermaid refuses and nothing above says why. */
static void note_refusal(nc_c4_parser *p)
{
    for (size_t i = nc_c4_find_direction(p->r.text, 0); i != SIZE_MAX;
         i = nc_c4_find_direction(p->r.text, i + 1))
        nc_c4_slip(&p->r, nc_c4_span(i, i + strlen("direction")),
                   "the word 'direction' before TB, BT, RL or LR", "use other words");
    bool explained = p->r.diags->errors > p->r.diags->draw_errors || p->r.diags->notes.len;
    if (!explained)
        nc_c4_slip(&p->r, nc_c4_span(p->refused_at, nc_c4_line_end(p, p->refused_at)),
                   "what stands here",
                   "see the C4 pages of Mermaid's documentation for how it is written");
}

bool nc_parse_c4(nc_c4 *out, nc_arena *a, const nc_source *source, nc_diags *d)
{
    nc_c4 *mermaid = NC_NEW(a, nc_c4, 1);
    nc_c4_parser *p = NC_NEW(a, nc_c4_parser, 1);
    *out = (nc_c4){0};
    if (!mermaid || !p)
        return false;
    *p = (nc_c4_parser){.r = {.arena = a, .text = source->text, .diags = d},
                        .source = source,
                        .out = out,
                        .index = 1};
    if (!nc_c4_read_mermaid(mermaid, &p->refused_at, a, source->text))
        return false;
    p->r.accepted = p->refused_at == SIZE_MAX;
    out->variant = mermaid->variant;
    out->shapes_in_row = 4;
    out->boundaries_in_row = 2;
    read_header(p);
    bool full = false;
    for (p->at = nc_c4_skip_space(p, p->at); !full && p->at < p->r.text.len;
         p->at = nc_c4_skip_space(p, p->at)) {
        const size_t from = p->at;
        if (!statement(p))
            return false;
        full = is_full(p, from);
    }
    if (full) /* what is not read is neither unclosed nor unknown */
        return !nc_arena_failed(a);
    if (!finish(p))
        return false;
    if (p->r.accepted)
        out->mermaid = mermaid;
    else
        note_refusal(p);
    return !nc_arena_failed(a);
}
