/*
 * The state of the C4 grammar, shared by its statements. A macro's arguments are sorted into values
 * by field first; then the statement of its action runs. Open boundaries stand on a list, so
 * nothing recurses. Functions that return a bool return false without memory only, unless said
 * otherwise; mistakes of the text are reported.
 */
#ifndef NC_C4_PARSER_H
#define NC_C4_PARSER_H

#include "base/map.h"
#include "parse/c4_call.h"
#include "parse/c4_macros.h"
#include "parse/c4_mermaid.h"
#include "parse/parse.h"
#include "source/preprocess.h"

/* One `{ }`. */
typedef struct nc_c4_scope {
    uint32_t boundary; /* NC_NONE: of something unknown, or nested too deep */
    uint32_t inner;    /* this boundary, or the nearest one around */
    nc_span at;        /* the macro's name */
    bool implied;      /* its `{` is missing, which was reported */
    bool filled;
} nc_c4_scope;

typedef struct nc_c4_value {
    bool given;
    nc_sv text;
    nc_span at;
} nc_c4_value;

/* A style whose target is not known yet. */
typedef struct nc_c4_late_style {
    const nc_c4_macro *macro;
    nc_span at;
    const nc_c4_arg *args;
    uint32_t len;
} nc_c4_late_style;

/* Where the ends of a relation or rule are named, and the relation before it with the same ends. */
typedef struct nc_c4_ends {
    nc_span from, to;
    uint32_t same;
} nc_c4_ends;

typedef struct nc_c4_parser {
    nc_c4_reader r;
    const nc_source *source;
    nc_c4 *out;
    size_t at;
    nc_c4_call call;
    nc_c4_value values[NC_C4_F_COUNT];
    nc_map elements, boundaries, relations;
    nc_map missed; /* aliases of calls that could not be read: to name them is no further mistake */
    NC_VEC(nc_c4_scope) scopes;
    NC_VEC(nc_c4_late_style) late;
    NC_VEC(nc_c4_ends) relation_ends;
    NC_VEC(nc_c4_ends) rule_ends;
    nc_c4_properties properties; /* wait for the next element */
    bool has_properties;
    double index, last_index; /* of the next relation of a dynamic diagram, and of the last */
    bool unknown_before;      /* the statement before was unknown: a `{` may belong to it */
    bool any;
    bool no_brace;     /* no `}` comes any more */
    size_t refused_at; /* where Mermaid's parser stops */
} nc_c4_parser;

/* ---- the text ---- */

static inline char nc_c4_at(const nc_c4_parser *p, size_t i)
{
    return i < p->r.text.len ? p->r.text.ptr[i] : '\0';
}

static inline nc_span nc_c4_span(size_t start, size_t end)
{
    return (nc_span){(uint32_t)start, (uint32_t)end};
}

static inline size_t nc_c4_skip_blanks(const nc_c4_parser *p, size_t i)
{
    while (nc_c4_at(p, i) != '\n' && nc_blank_at(p->r.text, i))
        i += nc_blank_at(p->r.text, i);
    return i;
}

static inline size_t nc_c4_skip_space(const nc_c4_parser *p, size_t i)
{
    while (nc_blank_at(p->r.text, i))
        i += nc_blank_at(p->r.text, i);
    return i;
}

static inline size_t nc_c4_line_end(const nc_c4_parser *p, size_t i)
{
    size_t end = nc_sv_find(p->r.text, NC_SV("\n"), i);
    return end == SIZE_MAX ? p->r.text.len : end;
}

static inline bool nc_c4_is_comment(const nc_c4_parser *p, size_t i)
{
    return nc_c4_at(p, i) == '%' && nc_c4_at(p, i + 1) == '%';
}

/* The span of a piece of the text. */
static inline nc_span nc_c4_span_of(const nc_c4_parser *p, nc_sv piece)
{
    size_t start = (size_t)(piece.ptr - p->r.text.ptr);
    return nc_c4_span(start, start + piece.len);
}

static inline nc_sv nc_c4_decoded(nc_c4_parser *p, nc_sv text)
{
    nc_sv out;
    return nc_source_decode(&out, p->r.arena, text) ? out : (nc_sv){0};
}

/* The word to suggest; none when nobody would see it, since looking for it takes time. */
static inline nc_sv nc_c4_nearest(const nc_c4_parser *p, nc_sv word, const nc_sv *list, size_t len)
{
    return p->r.diags->last ? nc_nearest(word, list, len) : (nc_sv){0};
}

/* ---- arguments: c4_parser.c ---- */

/* Puts arguments into p->values by field. */
void nc_c4_sort_arguments(nc_c4_parser *p, const nc_c4_macro *macro, const nc_c4_arg *args,
                          uint32_t len);
/* Reports names that no argument has, and arguments too many, of the call at hand. */
void nc_c4_check_arguments(nc_c4_parser *p, const nc_c4_macro *macro);
/* Copies every given value that the target has a field for. */
NC_MUST_USE bool nc_c4_take_values(nc_c4_parser *p, void *target, nc_c4_target on,
                                   const nc_c4_value *values);
/* The text of a field with its entity codes decoded; *out is left alone when it is not given. */
NC_MUST_USE bool nc_c4_text_of(nc_c4_parser *p, nc_sv *out, nc_c4_field field);

/* ---- statements ---- */

/* c4_element.c */
uint32_t nc_c4_inner_boundary(const nc_c4_parser *p);
NC_MUST_USE bool nc_c4_parse_element(nc_c4_parser *p, const nc_c4_macro *macro);
NC_MUST_USE bool nc_c4_parse_boundary(nc_c4_parser *p, const nc_c4_macro *macro, uint32_t *index);
/* c4_relation.c */
NC_MUST_USE bool nc_c4_parse_relation(nc_c4_parser *p, const nc_c4_macro *macro, nc_span name);
NC_MUST_USE bool nc_c4_parse_lay(nc_c4_parser *p, const nc_c4_macro *macro, nc_span name);
/* The last relation with the ends in p->values, or NC_NONE; index, if any, becomes the last. */
NC_MUST_USE bool nc_c4_find_same(nc_c4_parser *p, uint32_t *same, uint32_t index);
void nc_c4_set_offsets(const nc_c4_parser *p, nc_c4_relation *relation);
/* c4_styling.c */
NC_MUST_USE bool nc_c4_parse_style(nc_c4_parser *p, const nc_c4_macro *macro, nc_span name);
NC_MUST_USE bool nc_c4_parse_kind_style(nc_c4_parser *p, nc_sv applies_to,
                                        const nc_c4_value *values);
NC_MUST_USE bool nc_c4_parse_tag(nc_c4_parser *p, const nc_c4_macro *macro);
/* A style that stood before what it styles, when all is known. */
NC_MUST_USE bool nc_c4_settle_style(nc_c4_parser *p, const nc_c4_late_style *late);
/* c4_setting.c */
void nc_c4_parse_layout_config(nc_c4_parser *p);
NC_MUST_USE bool nc_c4_parse_legend(nc_c4_parser *p);
NC_MUST_USE bool nc_c4_parse_property(nc_c4_parser *p, bool header);
void nc_c4_parse_count(nc_c4_parser *p, nc_c4_action action);
/* c4_scope.c */
void nc_c4_mark_filled(nc_c4_parser *p);
NC_MUST_USE bool nc_c4_open_scope(nc_c4_parser *p, uint32_t boundary, nc_span name, bool implied);
/* The `{` behind a boundary's call: on its line or on a later one. */
NC_MUST_USE bool nc_c4_open_body(nc_c4_parser *p, uint32_t boundary, nc_span name);
NC_MUST_USE bool nc_c4_open_brace(nc_c4_parser *p);
NC_MUST_USE bool nc_c4_close_scope(nc_c4_parser *p);
void nc_c4_blame_unclosed(nc_c4_parser *p, const nc_c4_scope *s);
/* Nothing but a comment or a `}` may stand behind a statement on its line. */
void nc_c4_end_statement(nc_c4_parser *p);
/* c4_title.c: true when there was a title or an accessible text */
bool nc_c4_parse_text(nc_c4_parser *p);
/* c4_stranger.c: what begins at p->at, a word up to end, is no statement */
NC_MUST_USE bool nc_c4_parse_stranger(nc_c4_parser *p, size_t end);

#endif
