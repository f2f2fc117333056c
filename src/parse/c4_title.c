/* Title and accessible texts of a C4 diagram. */
#include "parse/c4_parser.h"

static bool is_word_at(const nc_c4_parser *p, nc_sv word)
{
    return nc_sv_starts(nc_sv_slice(p->r.text, p->at, p->r.text.len), word) &&
           !nc_is_word(nc_c4_at(p, p->at + word.len));
}

/* `title text` and `accDescription text`: up to the line's end, without # and ;. */
static void plain_text(nc_c4_parser *p, nc_sv keyword, nc_sv *out)
{
    nc_span word = nc_c4_span(p->at, p->at + keyword.len);
    size_t start = word.end;
    size_t end = nc_c4_line_end(p, start);
    nc_sv text = nc_c4_trim(nc_sv_slice(p->r.text, start, end));
    size_t stop = 0;
    p->at = end;
    if (text.len > p->source->limits.label) {
        nc_diag_add(p->r.diags, NC_RULE_TOO_LARGE, nc_c4_span(start, end),
                    "a text of more than %u bytes", p->source->limits.label);
        return;
    }
    while (stop < text.len && text.ptr[stop] != '#' && text.ptr[stop] != ';')
        stop++;
    if (nc_c4_at(p, start) == ':' || !text.len) {
        nc_c4_error(&p->r, NC_RULE_SYNTAX, word, "a text follows '%.*s' and a blank",
                    NC_SV_ARG(keyword));
        nc_diag_hint(p->r.diags, "write %.*s and the text, without ':'", NC_SV_ARG(keyword));
    } else if (stop < text.len) {
        size_t where = nc_c4_span_of(p, text).start + stop;
        nc_c4_error(&p->r, NC_RULE_SYNTAX, nc_c4_span(where, where + 1), "a %.*s ends at '%c'",
                    NC_SV_ARG(keyword), text.ptr[stop]);
        nc_diag_hint(p->r.diags, "write %s for '%c'", text.ptr[stop] == '#' ? "#35;" : "#59;",
                     text.ptr[stop]);
    }
    *out = nc_c4_decoded(p, text);
}

/* `accTitle: text` and `accDescr: text`; the text may stand on the next line. */
static void colon_text(nc_c4_parser *p, nc_sv keyword, nc_sv *out)
{
    size_t start = p->at + keyword.len;
    size_t colon = nc_c4_skip_space(p, start);
    if (nc_c4_at(p, colon) != ':') {
        nc_c4_error(&p->r, NC_RULE_SYNTAX, nc_c4_span(p->at, start), "':' is missing after '%.*s'",
                    NC_SV_ARG(keyword));
        nc_diag_hint(p->r.diags, "write %.*s: Text", NC_SV_ARG(keyword));
        p->at = nc_c4_line_end(p, start);
        return;
    }
    size_t text = nc_c4_skip_space(p, colon + 1);
    p->at = nc_c4_line_end(p, text);
    *out = nc_c4_decoded(p, nc_c4_trim(nc_sv_slice(p->r.text, text, p->at)));
}

static void block_text(nc_c4_parser *p, size_t brace)
{
    size_t close = p->no_brace ? SIZE_MAX : nc_sv_find(p->r.text, NC_SV("}"), brace);
    if (close == SIZE_MAX) {
        p->no_brace = true;
        nc_c4_error(&p->r, NC_RULE_UNCLOSED, nc_c4_span(brace, brace + 1),
                    "this '{' is never closed");
        /* what was meant to lie inside is nobody's statement */
        for (p->at = nc_c4_line_end(p, brace); p->at < p->r.text.len;
             p->at = nc_c4_line_end(p, p->at + 1))
            if (nc_c4_is_statement(p->r.text, p->at + 1))
                return;
        return;
    }
    p->out->acc_descr = nc_c4_decoded(p, nc_c4_trim(nc_sv_slice(p->r.text, brace + 1, close)));
    p->at = close + 1;
}

/* Title and accessible texts; true when there was one. */
bool nc_c4_parse_text(nc_c4_parser *p)
{
    nc_c4 *out = p->out;
    size_t start = p->at;
    if (is_word_at(p, NC_SV("title"))) {
        plain_text(p, NC_SV("title"), &out->title);
    } else if (is_word_at(p, NC_SV("accDescription"))) {
        plain_text(p, NC_SV("accDescription"), &out->acc_descr);
    } else if (is_word_at(p, NC_SV("accTitle"))) {
        colon_text(p, NC_SV("accTitle"), &out->acc_title);
    } else if (is_word_at(p, NC_SV("accDescr"))) {
        size_t brace = nc_c4_skip_space(p, p->at + strlen("accDescr"));
        if (nc_c4_at(p, brace) == '{')
            block_text(p, brace);
        else
            colon_text(p, NC_SV("accDescr"), &out->acc_descr);
    } else {
        return false;
    }
    if (p->scopes.len && !p->scopes.ptr[p->scopes.len - 1].filled)
        nc_c4_slip(&p->r, nc_c4_span(start, start + 5), "a title as the first thing in a boundary",
                   "put it before the boundary");
    p->any = true;
    return true;
}
