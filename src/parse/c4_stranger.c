/* Lines that are no statement of C4: what they were meant to be. */
#include "parse/c4_parser.h"

/* The first word behind an unreadable call's name was meant to be an alias. */
static bool miss_alias(nc_c4_parser *p, size_t from)
{
    size_t end = nc_c4_line_end(p, from);
    while (from < end &&
           (nc_is_space(nc_c4_at(p, from)) || nc_c4_at(p, from) == '(' || nc_c4_at(p, from) == '"'))
        from++;
    size_t i = from;
    while (i < end && nc_c4_at(p, i) != ',' && nc_c4_at(p, i) != ')' && nc_c4_at(p, i) != '"' &&
           nc_c4_at(p, i) != '\n')
        i++;
    nc_sv alias = nc_c4_trim(nc_sv_slice(p->r.text, from, i));
    return alias.len == 0 || nc_map_set(&p->missed, p->r.arena, alias, 0);
}

/* The rest of the line is lost; a `{` at its end still opens something. */
static bool skip_unknown(nc_c4_parser *p, nc_span name)
{
    size_t end = nc_c4_line_end(p, p->at);
    size_t last = end;
    while (last > p->at && nc_is_space(p->r.text.ptr[last - 1]))
        last--;
    bool opens = last > p->at && p->r.text.ptr[last - 1] == '{';
    p->at = end;
    p->unknown_before = !opens;
    nc_c4_mark_filled(p);
    return !opens || nc_c4_open_scope(p, NC_NONE, name, false);
}

/* What people carry over from other languages. */
static bool explain_stranger(nc_c4_parser *p, nc_sv line, nc_span name)
{
    static const struct {
        nc_sv start;
        const char *what, *remedy;
    } strangers[] = {
        {NC_SV_INIT("//"), "starts no comment", "comments start with '%%' on a line of their own"},
        {NC_SV_INIT("#"), "starts no comment", "comments start with '%%' on a line of their own"},
        {NC_SV_INIT("'"), "starts no comment", "comments start with '%%' on a line of their own"},
        {NC_SV_INIT("/*"), "starts no comment", "comments start with '%%' on a line of their own"},
        {NC_SV_INIT("!include"), "includes nothing", "delete the line: the macros are known"},
        {NC_SV_INIT("!define"), "defines nothing", "delete the line"},
        {NC_SV_INIT("@enduml"), "is PlantUML's", "delete the line"},
        {NC_SV_INIT("@startuml"), "is PlantUML's", "delete the line"},
    };
    for (size_t i = 0; i < NC_COUNT(strangers); i++) {
        nc_sv start = strangers[i].start;
        if (!nc_sv_starts(line, start))
            continue;
        nc_c4_error(&p->r, NC_RULE_UNKNOWN_STATEMENT,
                    nc_c4_span(name.start, name.start + start.len), "'%.*s' %s", NC_SV_ARG(start),
                    strangers[i].what);
        nc_diag_hint(p->r.diags, "%s", strangers[i].remedy);
        return true;
    }
    return false;
}

bool nc_c4_parse_stranger(nc_c4_parser *p, size_t end)
{
    nc_span name = nc_c4_span(p->at, end > p->at ? end : p->at + 1);
    nc_sv word = nc_sv_slice(p->r.text, p->at, name.end);
    size_t len;
    const nc_sv *names = nc_c4_macro_names(&len);
    nc_sv line = nc_sv_slice(p->r.text, p->at, nc_c4_line_end(p, p->at));
    if (nc_c4_at(p, nc_c4_skip_blanks(p, end)) == '(') {
        nc_c4_error(&p->r, NC_RULE_C4_MACRO, name, "no macro is called '%.*s'", NC_SV_ARG(word));
        nc_sv near = nc_c4_nearest(p, word, names, len);
        if (near.len)
            nc_diag_hint(p->r.diags, "did you mean '%.*s'?", NC_SV_ARG(near));
        return miss_alias(p, end) && skip_unknown(p, name);
    }
    if (explain_stranger(p, line, name))
        return skip_unknown(p, name);
    nc_c4_error(&p->r, NC_RULE_UNKNOWN_STATEMENT, name, "'%.*s' begins no statement of C4",
                NC_SV_ARG(word));
    nc_sv near = nc_c4_nearest(p, word, names, len);
    if (nc_sv_eq(word, NC_SV("direction")))
        nc_diag_hint(p->r.diags,
                     "C4 has no direction; LAYOUT_LEFT_RIGHT() makes nacre draw sideways");
    else if (nc_sv_find(line, NC_SV("->"), 0) != SIZE_MAX)
        nc_diag_hint(p->r.diags, "write Rel(from, to, \"label\")");
    else if (near.len)
        nc_diag_hint(p->r.diags, "did you mean '%.*s'?", NC_SV_ARG(near));
    return skip_unknown(p, name);
}
