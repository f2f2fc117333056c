/* `{ }` of boundaries, and where a statement of C4 ends. */
#include "parse/c4_parser.h"

void nc_c4_mark_filled(nc_c4_parser *p)
{
    p->any = true;
    if (p->scopes.len)
        p->scopes.ptr[p->scopes.len - 1].filled = true;
}

bool nc_c4_open_scope(nc_c4_parser *p, uint32_t boundary, nc_span name, bool implied)
{
    nc_c4_scope s = {.boundary = boundary, .at = name, .implied = implied};
    if (p->scopes.len == p->source->limits.nesting)
        nc_diag_add(p->r.diags, NC_RULE_TOO_LARGE, name, "boundaries are nested deeper than %u",
                    p->source->limits.nesting);
    if (p->scopes.len >= p->source->limits.nesting)
        s.boundary = NC_NONE;
    s.inner = s.boundary != NC_NONE ? s.boundary : nc_c4_inner_boundary(p);
    return NC_PUSH(p->r.arena, &p->scopes, s);
}

/* Blanks at the start of the line of i. */
static size_t indent_of(const nc_c4_parser *p, size_t i)
{
    while (i > 0 && p->r.text.ptr[i - 1] != '\n')
        i--;
    return nc_c4_skip_blanks(p, i) - i;
}

/* The `{` behind a boundary's call: on its line or on a later one. */
bool nc_c4_open_body(nc_c4_parser *p, uint32_t boundary, nc_span name)
{
    size_t brace = nc_c4_skip_blanks(p, p->at);
    bool same_line = nc_c4_at(p, brace) == '{';
    if (!same_line)
        brace = nc_c4_skip_space(p, brace);
    if (nc_c4_at(p, brace) == '{') {
        p->at = brace + 1;
        size_t next = nc_c4_skip_blanks(p, p->at);
        if (same_line && next < p->r.text.len && nc_c4_at(p, next) != '\n' &&
            nc_c4_at(p, next) != '}') {
            nc_c4_error(&p->r, NC_RULE_SYNTAX, nc_c4_span(next, next + 1),
                        "nothing may follow '{' on its line");
            if (nc_c4_is_comment(p, next))
                p->at = nc_c4_line_end(p, next);
        }
        return nc_c4_open_scope(p, boundary, name, false);
    }
    nc_c4_error(&p->r, NC_RULE_SYNTAX, name, "'{' is missing after the boundary");
    nc_diag_hint(p->r.diags, "put '{' at the end of the line and '}' behind what lies inside");
    /* what is indented was meant to lie inside */
    bool indented = brace < p->r.text.len && indent_of(p, brace) > indent_of(p, name.start);
    return !indented || nc_c4_open_scope(p, boundary, name, true);
}

bool nc_c4_close_scope(nc_c4_parser *p)
{
    nc_span brace = nc_c4_span(p->at, p->at + 1);
    p->at++;
    if (!p->scopes.len) {
        nc_c4_error(&p->r, NC_RULE_UNEXPECTED_END, brace, "this '}' closes nothing");
        nc_c4_end_statement(p);
        return true;
    }
    const nc_c4_scope *s = &p->scopes.ptr[--p->scopes.len];
    if (!s->filled && s->boundary != NC_NONE) {
        nc_c4_error(&p->r, NC_RULE_C4_EMPTY_BOUNDARY, s->at, "the boundary holds nothing");
        nc_diag_hint(p->r.diags, "Mermaid wants at least one element, relation or boundary inside");
    }
    nc_c4_end_statement(p);
    return true;
}

bool nc_c4_open_brace(nc_c4_parser *p)
{
    nc_span brace = nc_c4_span(p->at, p->at + 1);
    p->at++;
    nc_c4_mark_filled(p);
    if (!p->unknown_before)
        nc_c4_error(&p->r, NC_RULE_SYNTAX, brace, "this '{' belongs to no boundary");
    return nc_c4_open_scope(p, NC_NONE, brace, false);
}

void nc_c4_blame_unclosed(nc_c4_parser *p, const nc_c4_scope *s)
{
    nc_c4_error(&p->r, NC_RULE_UNCLOSED, s->at, "the '{' of '%.*s' is never closed",
                NC_SV_ARG(nc_sv_slice(p->r.text, s->at.start, s->at.end)));
    nc_diag_hint(p->r.diags, "put '}' on a line behind what lies inside");
}

/* What stands behind a statement on its line. False when the line goes on with something else. */
void nc_c4_end_statement(nc_c4_parser *p)
{
    size_t i = nc_c4_skip_blanks(p, p->at);
    p->at = i;
    if (i >= p->r.text.len || nc_c4_at(p, i) == '\n' || nc_c4_at(p, i) == '}')
        return;
    if (nc_c4_is_comment(p, i)) {
        if (!p->r.accepted)
            nc_c4_slip(&p->r, nc_c4_span(i, i + 2), "a comment behind a statement",
                       "put it on a line of its own");
        p->at = nc_c4_line_end(p, i);
        return;
    }
    size_t end = nc_c4_line_end(p, i);
    if (nc_c4_at(p, i) == ';') {
        nc_c4_error(&p->r, NC_RULE_SYNTAX, nc_c4_span(i, i + 1), "a C4 statement ends without ';'");
        nc_diag_hint(p->r.diags, "take out the ';'");
        p->at = i + 1;
        return;
    }
    nc_c4_error(&p->r, NC_RULE_SYNTAX, nc_c4_span(i, end),
                "something follows the statement on its line");
    if (nc_c4_is_statement(p->r.text, i)) {
        nc_diag_hint(p->r.diags, "one statement a line");
        return;
    }
    if (nc_c4_at(p, i) == '{') {
        nc_diag_hint(p->r.diags, "only boundaries and nodes have a body");
        return;
    }
    p->at = end;
}
