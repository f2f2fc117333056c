/*
 * The grammar of C4 as people mean it: Mermaid's macros and those of C4-PlantUML, one statement a
 * line. Mermaid's own reading (c4_mermaid.c) comes first and says whether its parser lets the text
 * through; that decides between an error of the text and one of the drawing.
 */
#include "parse/parse.h"

#include "base/map.h"
#include "parse/c4_call.h"
#include "parse/c4_macros.h"
#include "parse/c4_mermaid.h"
#include "source/preprocess.h"

enum {
    SAME_MAX = 100,
    SUGGESTED_MAX = 2000 /* aliases among which a misspelt one is looked for */
};

/* One `{ }`. */
typedef struct scope {
    uint32_t boundary; /* NC_NONE: of something unknown, or nested too deep */
    uint32_t inner;    /* this boundary, or the nearest one around */
    nc_span at;        /* the macro's name */
    bool implied;      /* its `{` is missing, which was reported */
    bool filled;
} scope;

typedef struct value {
    bool given;
    nc_sv text;
    nc_span at;
} value;

/* A style whose target is not known yet. */
typedef struct late_style {
    const nc_c4_macro *macro;
    nc_span at;
    const nc_c4_arg *args;
    uint32_t len;
} late_style;

/* Where the ends of a relation or rule are named, and the relation before it with the same ends. */
typedef struct ends {
    nc_span from, to;
    uint32_t same;
} ends;

typedef struct parser {
    nc_c4_reader r;
    const nc_source *source;
    nc_c4 *out;
    size_t at;
    nc_c4_call call;
    value values[NC_C4_F_COUNT];
    nc_map elements, boundaries, relations;
    nc_map missed; /* aliases of calls that could not be read: to name them is no further mistake */
    NC_VEC(scope) scopes;
    NC_VEC(late_style) late;
    NC_VEC(ends) relation_ends;
    NC_VEC(ends) rule_ends;
    nc_c4_properties properties; /* wait for the next element */
    bool has_properties;
    double index, last_index; /* of the next relation of a dynamic diagram, and of the last */
    bool unknown_before;      /* the statement before was unknown: a `{` may belong to it */
    bool any;
    bool no_brace;     /* no `}` comes any more */
    size_t refused_at; /* where Mermaid's parser stops */
} parser;

static char at(const parser *p, size_t i)
{
    return i < p->r.text.len ? p->r.text.ptr[i] : '\0';
}

static nc_span span(size_t start, size_t end)
{
    return (nc_span){(uint32_t)start, (uint32_t)end};
}

static size_t skip_blanks(const parser *p, size_t i)
{
    while (at(p, i) != '\n' && nc_blank_at(p->r.text, i))
        i += nc_blank_at(p->r.text, i);
    return i;
}

static size_t skip_space(const parser *p, size_t i)
{
    while (nc_blank_at(p->r.text, i))
        i += nc_blank_at(p->r.text, i);
    return i;
}

static size_t line_end(const parser *p, size_t i)
{
    size_t end = nc_sv_find(p->r.text, NC_SV("\n"), i);
    return end == SIZE_MAX ? p->r.text.len : end;
}

static bool is_comment(const parser *p, size_t i)
{
    return at(p, i) == '%' && at(p, i + 1) == '%';
}

/* The span of a piece of the text. */
static nc_span span_of(const parser *p, nc_sv piece)
{
    size_t start = (size_t)(piece.ptr - p->r.text.ptr);
    return span(start, start + piece.len);
}

static nc_sv decoded(parser *p, nc_sv text)
{
    nc_sv out;
    return nc_source_decode(&out, p->r.arena, text) ? out : (nc_sv){0};
}

/* The word to suggest; none when nobody would see it, since looking for it takes time. */
static nc_sv nearest(const parser *p, nc_sv word, const nc_sv *list, size_t len)
{
    return p->r.diags->last ? nc_nearest(word, list, len) : (nc_sv){0};
}

/* --- arguments --------------------------------------------------------------------------------- */

static size_t slot_count(const nc_c4_macro *macro)
{
    size_t n = 0;
    while (macro->slots[n] != NC_C4_F_NONE)
        n++;
    return n;
}

static void unknown_argument(parser *p, const nc_c4_arg *arg)
{
    nc_sv names[NC_C4_F_COUNT];
    nc_diag_add(p->r.diags, NC_RULE_C4_ARGUMENT, arg->key_at, "no argument is called '$%.*s'",
                NC_SV_ARG(arg->key));
    nc_sv near = nearest(p, arg->key, names, nc_c4_field_names(names));
    if (near.len)
        nc_diag_hint(p->r.diags, "did you mean '$%.*s'?", NC_SV_ARG(near));
}

/* The field of the nth of a macro's arguments. */
static nc_c4_field field_of(const nc_c4_macro *macro, size_t slots, const nc_c4_arg *arg, size_t n)
{
    if (arg->named)
        return nc_c4_field_named(arg->key);
    return n < slots ? (nc_c4_field)macro->slots[n] : NC_C4_F_NONE;
}

/* Puts arguments into p->values by field. */
static void sort_arguments(parser *p, const nc_c4_macro *macro, const nc_c4_arg *args, uint32_t len)
{
    size_t slots = slot_count(macro);
    memset(p->values, 0, sizeof p->values);
    for (uint32_t n = 0; n < len; n++) {
        nc_c4_field field = field_of(macro, slots, &args[n], n);
        if (field != NC_C4_F_NONE)
            p->values[field] = (value){true, args[n].value, args[n].at};
    }
}

static void check_arguments(parser *p, const nc_c4_macro *macro)
{
    size_t slots = slot_count(macro);
    for (uint32_t n = 0; n < p->call.args.len; n++) {
        const nc_c4_arg *arg = &p->call.args.ptr[n];
        nc_c4_field field = field_of(macro, slots, arg, n);
        if (arg->named && field == NC_C4_F_NONE) {
            unknown_argument(p, arg);
        } else if (field == NC_C4_F_NONE && n == slots) {
            nc_diag_add(p->r.diags, NC_RULE_C4_ARGUMENT, arg->at, "'%.*s' takes %zu arguments",
                        NC_SV_ARG(macro->name), slots);
        }
        if (arg->named && n < macro->least && macro->mermaid_slots && macro->least > 1)
            nc_c4_lost(&p->r, arg->key_at,
                       "Mermaid reads alias and label by place and shows '[object Object]' here",
                       "give alias and label without names");
    }
}

/* Copies every given argument that the target has a field for. */
static bool assign(parser *p, void *target, nc_c4_target on, const value *values)
{
    for (size_t f = NC_C4_F_NONE + 1; f < NC_C4_F_COUNT; f++) {
        const nc_c4_field_info *info = nc_c4_field_lookup((nc_c4_field)f);
        if (values[f].given && info->offset[on] &&
            !nc_c4_assign(target, values[f].text, values[f].at, info->offset[on], (int)info->holds,
                          p->r.arena))
            return false;
    }
    return true;
}

static bool text_of(parser *p, nc_sv *out, nc_c4_field field)
{
    return !p->values[field].given || nc_source_decode(out, p->r.arena, p->values[field].text);
}

/* --- elements and boundaries ------------------------------------------------------------------- */

static uint32_t inner_boundary(const parser *p)
{
    return p->scopes.len ? p->scopes.ptr[p->scopes.len - 1].inner : NC_NONE;
}

static void duplicate(parser *p, const value *alias)
{
    nc_diag_add(p->r.diags, NC_RULE_C4_DUPLICATE, alias->at,
                "'%.*s' is declared twice; the later label and kind count", NC_SV_ARG(alias->text));
    nc_diag_hint(p->r.diags, "another element needs another alias");
}

static nc_c4_properties take_properties(parser *p)
{
    nc_c4_properties taken = p->properties;
    p->properties = (nc_c4_properties){.header = taken.header};
    p->has_properties = false;
    return taken;
}

static bool element(parser *p, const nc_c4_macro *macro)
{
    const value *alias = &p->values[NC_C4_F_ALIAS];
    uint32_t index = nc_map_lookup(&p->elements, alias->text);
    if (index == NC_NONE) {
        nc_c4_element fresh = {.at = alias->at};
        index = p->out->elements.len;
        fresh.order = index + p->out->boundaries.len;
        if (!nc_source_undo(&fresh.id, p->r.arena, alias->text) ||
            !NC_PUSH(p->r.arena, &p->out->elements, fresh) ||
            !nc_map_set(&p->elements, p->r.arena, alias->text, index))
            return false;
        if (nc_map_lookup(&p->boundaries, alias->text) != NC_NONE)
            duplicate(p, alias);
    } else {
        duplicate(p, alias);
    }
    nc_c4_element *e = &p->out->elements.ptr[index];
    e->type = macro->is.element.type;
    e->form = macro->is.element.form;
    e->external = macro->is.element.external;
    e->parent = inner_boundary(p);
    if (p->has_properties)
        e->properties = take_properties(p);
    e->label = (nc_label){0};
    if (p->values[NC_C4_F_TYPE].given && !p->values[NC_C4_F_TECHN].given)
        p->values[NC_C4_F_TECHN] = p->values[NC_C4_F_TYPE];
    if (p->values[NC_C4_F_BASE_SHAPE].given && !p->values[NC_C4_F_SHAPE].given)
        p->values[NC_C4_F_SHAPE] = p->values[NC_C4_F_BASE_SHAPE];
    return assign(p, e, NC_C4_ON_ELEMENT, p->values);
}

/* True when `inside` is `outer` or lies in it. */
static bool lies_in(const nc_c4 *c4, uint32_t inside, uint32_t outer)
{
    while (inside != NC_NONE && inside != outer)
        inside = c4->boundaries.ptr[inside].parent;
    return inside == outer;
}

static bool declare_boundary(parser *p, const nc_c4_macro *macro, uint32_t *index)
{
    const value *alias = &p->values[NC_C4_F_ALIAS];
    uint32_t parent = inner_boundary(p);
    *index = nc_map_lookup(&p->boundaries, alias->text);
    if (*index == NC_NONE) {
        nc_c4_boundary fresh = {.at = alias->at, .parent = parent};
        *index = p->out->boundaries.len;
        fresh.order = *index + p->out->elements.len;
        if (!nc_source_undo(&fresh.id, p->r.arena, alias->text) ||
            !NC_PUSH(p->r.arena, &p->out->boundaries, fresh) ||
            !nc_map_set(&p->boundaries, p->r.arena, alias->text, *index))
            return false;
        if (nc_map_lookup(&p->elements, alias->text) != NC_NONE)
            duplicate(p, alias);
    } else if (parent != NC_NONE && lies_in(p->out, parent, *index)) {
        nc_c4_error(&p->r, NC_RULE_SYNTAX, alias->at, "the boundary '%.*s' lies in itself",
                    NC_SV_ARG(alias->text));
    } else {
        duplicate(p, alias);
        p->out->boundaries.ptr[*index].parent = parent;
    }
    nc_c4_boundary *b = &p->out->boundaries.ptr[*index];
    b->kind = macro->is.boundary.kind;
    if (p->has_properties)
        b->properties = take_properties(p);
    nc_sv type = macro->is.boundary.type                     ? nc_sv_cstr(macro->is.boundary.type)
                 : macro->is.boundary.kind == NC_C4_BOUNDARY ? NC_SV("system")
                                                             : NC_SV("node");
    b->type = (nc_label){.text = type};
    b->label = (nc_label){0};
    return assign(p, b, NC_C4_ON_BOUNDARY, p->values);
}

/* --- relations --------------------------------------------------------------------------------- */

/* `Index()`, `LastIndex()` or `SetIndex(n)`, the calls that may stand for a number. */
static bool index_call(parser *p, nc_sv text, double *number)
{
    static const nc_sv names[] = {NC_SV_INIT("Index("), NC_SV_INIT("LastIndex("),
                                  NC_SV_INIT("SetIndex("), NC_SV_INIT("setIndex(")};
    size_t which = 0;
    while (which < NC_COUNT(names) && !nc_sv_starts(text, names[which]))
        which++;
    if (which == NC_COUNT(names) || !nc_sv_ends(text, NC_SV(")")))
        return false;
    double given;
    bool has = nc_c4_parse_int(&given, nc_sv_slice(text, names[which].len, text.len - 1));
    *number = which == 1 ? p->last_index : which == 0 || !has ? p->index : given;
    if (which == 0)
        p->index += has ? given : 1;
    else if (which >= 2)
        p->index = *number + 1;
    return true;
}

/* The number shown: the given one, or in a dynamic diagram the next. */
static bool set_index(parser *p, nc_c4_relation *rel)
{
    double number;
    const value *given = &p->values[NC_C4_F_INDEX];
    if (p->out->variant != NC_C4_DYNAMIC) {
        rel->index = (nc_sv){0};
        return true;
    }
    if (!given->given) {
        number = p->index;
        p->index += 1;
    } else if (!index_call(p, given->text, &number)) {
        if (nc_c4_parse_int(&number, given->text)) {
            p->last_index = number;
            p->index = number + 1;
        }
        return nc_source_decode(&rel->index, p->r.arena, given->text);
    }
    p->last_index = number;
    return nc_arena_printf(&rel->index, p->r.arena, "%.0f", number);
}

/* The relation before with these ends, which becomes `replaced`, is remembered in *same. */
static bool find_same(parser *p, uint32_t *same, uint32_t index)
{
    nc_sv key;
    const value *from = &p->values[NC_C4_F_FROM];
    const value *to = &p->values[NC_C4_F_TO];
    if (!nc_arena_printf(&key, p->r.arena, "%zu ", from->text.len))
        return false;
    char *bytes = NC_NEW(p->r.arena, char, key.len + from->text.len + to->text.len);
    if (!bytes)
        return false;
    memcpy(bytes, key.ptr, key.len);
    if (from->text.len)
        memcpy(bytes + key.len, from->text.ptr, from->text.len);
    if (to->text.len)
        memcpy(bytes + key.len + from->text.len, to->text.ptr, to->text.len);
    key = (nc_sv){bytes, key.len + from->text.len + to->text.len};
    *same = nc_map_lookup(&p->relations, key);
    return index == NC_NONE || nc_map_set(&p->relations, p->r.arena, key, index);
}

/* False, reported, when an end is not given. */
static bool has_ends(parser *p, const nc_c4_macro *macro, nc_span name)
{
    if (p->values[NC_C4_F_FROM].given && p->values[NC_C4_F_TO].given)
        return true;
    nc_c4_error(&p->r, NC_RULE_C4_CALL, name, "'%.*s' needs the aliases of both ends",
                NC_SV_ARG(macro->name));
    nc_diag_hint(p->r.diags, "write %.*s(from, to, \"label\")", NC_SV_ARG(macro->name));
    return false;
}

static void set_offset(bool *has, double *out, const value *given)
{
    double number;
    if (!given->given)
        return;
    *has = nc_c4_parse_int(&number, given->text);
    *out = *has ? number : 0;
}

static bool relation(parser *p, const nc_c4_macro *macro, nc_span name)
{
    uint32_t index = p->out->relations.len;
    nc_c4_relation rel = {
        .kind = macro->is.relation.kind, .direction = macro->is.relation.direction, .at = name};
    ends e = {p->values[NC_C4_F_FROM].at, p->values[NC_C4_F_TO].at, NC_NONE};
    if (!has_ends(p, macro, name))
        return true;
    if (!p->values[NC_C4_F_LABEL].given && macro->mermaid_slots)
        nc_c4_lost(&p->r, name, "without a label Mermaid leaves the relation out",
                   "give it one: Rel(from, to, \"label\")");
    if (!find_same(p, &e.same, index) ||
        !nc_source_undo(&rel.from.id, p->r.arena, p->values[NC_C4_F_FROM].text) ||
        !nc_source_undo(&rel.to.id, p->r.arena, p->values[NC_C4_F_TO].text) ||
        !assign(p, &rel, NC_C4_ON_RELATION, p->values) || !set_index(p, &rel))
        return false;
    if (e.same != NC_NONE)
        p->out->relations.ptr[e.same].replaced = true;
    set_offset(&rel.has_offset_x, &rel.offset_x, &p->values[NC_C4_F_OFFSET_X]);
    set_offset(&rel.has_offset_y, &rel.offset_y, &p->values[NC_C4_F_OFFSET_Y]);
    return NC_PUSH(p->r.arena, &p->out->relations, rel) &&
           NC_PUSH(p->r.arena, &p->relation_ends, e);
}

static bool lay(parser *p, const nc_c4_macro *macro, nc_span name)
{
    nc_c4_layout_rule rule = {.at = name, .direction = macro->is.relation.direction};
    ends e = {p->values[NC_C4_F_FROM].at, p->values[NC_C4_F_TO].at, NC_NONE};
    double distance;
    nc_sv legend = NC_SV("LEGEND()");
    if (!has_ends(p, macro, name))
        return true;
    if (nc_sv_eq(p->values[NC_C4_F_FROM].text, legend) ||
        nc_sv_eq(p->values[NC_C4_F_TO].text, legend))
        return true; /* the legend has its own place */
    if (rule.direction == NC_C4_ANY) {
        rule.direction = NC_C4_DOWN;
        if (nc_c4_parse_int(&distance, p->values[NC_C4_F_DISTANCE].text) && distance > 0)
            rule.distance = distance < 100 ? (uint32_t)distance : 100;
    }
    return nc_source_undo(&rule.from.id, p->r.arena, p->values[NC_C4_F_FROM].text) &&
           nc_source_undo(&rule.to.id, p->r.arena, p->values[NC_C4_F_TO].text) &&
           NC_PUSH(p->r.arena, &p->out->rules, rule) && NC_PUSH(p->r.arena, &p->rule_ends, e);
}

/* --- styles, tags, layout, legend -------------------------------------------------------------- */

static bool is_kind(nc_sv text)
{
    static const nc_sv kinds[] = {NC_SV_INIT("person"), NC_SV_INIT("system"),
                                  NC_SV_INIT("container"), NC_SV_INIT("component")};
    static const nc_sv forms[] = {NC_SV_INIT(""), NC_SV_INIT("_db"), NC_SV_INIT("_queue")};
    if (nc_sv_eq(text, NC_SV("node")) || nc_sv_ends(text, NC_SV("boundary")))
        return true;
    if (nc_sv_starts(text, NC_SV("external_")))
        text = nc_sv_slice(text, strlen("external_"), text.len);
    for (size_t k = 0; k < NC_COUNT(kinds); k++)
        for (size_t f = 0; f < NC_COUNT(forms) && nc_sv_starts(text, kinds[k]); f++)
            if (nc_sv_eq(nc_sv_slice(text, kinds[k].len, text.len), forms[f]))
                return true;
    return false;
}

static bool kind_style(parser *p, nc_sv applies_to, const value *values)
{
    nc_c4_tag tag = {.applies_to = applies_to};
    if (!assign(p, &tag, NC_C4_ON_TAG, values) ||
        !nc_source_decode(&tag.technology, p->r.arena, values[NC_C4_F_TECHN].text) ||
        !nc_source_decode(&tag.type, p->r.arena, values[NC_C4_F_TYPE].text))
        return false;
    return NC_PUSH(p->r.arena, &p->out->kind_styles, tag);
}

/* True in *found when the style had a target. */
static bool style_element(parser *p, bool *found)
{
    nc_sv alias = p->values[NC_C4_F_ALIAS].text;
    uint32_t e = nc_map_lookup(&p->elements, alias);
    uint32_t b = nc_map_lookup(&p->boundaries, alias);
    *found = true;
    if (e != NC_NONE)
        return assign(p, &p->out->elements.ptr[e], NC_C4_ON_ELEMENT, p->values);
    if (b != NC_NONE)
        return assign(p, &p->out->boundaries.ptr[b], NC_C4_ON_BOUNDARY, p->values);
    *found = false;
    return true;
}

/* The relations with these ends that stand before, the nearest hundred of them. */
static bool style_relations(parser *p, bool *found)
{
    uint32_t i;
    if (!find_same(p, &i, NC_NONE))
        return false;
    *found = i != NC_NONE;
    for (int n = 0; i != NC_NONE && n < SAME_MAX; i = p->relation_ends.ptr[i].same, n++) {
        nc_c4_relation *rel = &p->out->relations.ptr[i];
        if (!assign(p, rel, NC_C4_ON_RELATION, p->values))
            return false;
        set_offset(&rel->has_offset_x, &rel->offset_x, &p->values[NC_C4_F_OFFSET_X]);
        set_offset(&rel->has_offset_y, &rel->offset_y, &p->values[NC_C4_F_OFFSET_Y]);
    }
    return true;
}

static bool keep_for_later(parser *p, const nc_c4_macro *macro, nc_span name)
{
    uint32_t len = p->call.args.len;
    nc_c4_arg *args = NC_NEW(p->r.arena, nc_c4_arg, len);
    late_style late = {macro, name, args, len};
    if (!args)
        return false;
    memcpy(args, p->call.args.ptr, len * sizeof *args);
    return NC_PUSH(p->r.arena, &p->late, late);
}

static bool is_alias(const parser *p, nc_sv text)
{
    return nc_map_lookup(&p->elements, text) != NC_NONE ||
           nc_map_lookup(&p->boundaries, text) != NC_NONE;
}

/* C4-PlantUML's UpdateRelStyle has two colours where Mermaid's has the ends first. */
static bool is_global_style(const parser *p)
{
    const value *from = &p->values[NC_C4_F_FROM];
    const value *to = &p->values[NC_C4_F_TO];
    if (!from->given && !to->given)
        return true;
    return p->call.args.len <= 2 && !is_alias(p, from->text) && !is_alias(p, to->text);
}

static bool style(parser *p, const nc_c4_macro *macro, nc_span name)
{
    bool found = false;
    if (macro->action == NC_C4_DO_STYLE_ELEMENT) {
        if (!style_element(p, &found))
            return false;
        nc_sv kind = p->values[NC_C4_F_ALIAS].text;
        if (!found && is_kind(kind))
            return kind_style(p, kind, p->values);
    } else if (is_global_style(p)) {
        if (p->values[NC_C4_F_FROM].given)
            p->values[NC_C4_F_TEXT_COLOR] = p->values[NC_C4_F_FROM];
        if (p->values[NC_C4_F_TO].given)
            p->values[NC_C4_F_LINE_COLOR] = p->values[NC_C4_F_TO];
        return kind_style(p, NC_SV("relation"), p->values);
    } else if (!style_relations(p, &found)) {
        return false;
    }
    return found || keep_for_later(p, macro, name);
}

static bool add_tag(parser *p, const nc_c4_macro *macro)
{
    nc_c4_tag tag = {.applies_to = nc_sv_cstr(macro->is.applies_to)};
    return text_of(p, &tag.name, NC_C4_F_TAG) && text_of(p, &tag.technology, NC_C4_F_TECHN) &&
           text_of(p, &tag.type, NC_C4_F_TYPE) && assign(p, &tag, NC_C4_ON_TAG, p->values) &&
           NC_PUSH(p->r.arena, &p->out->tags, tag);
}

static void layout_config(parser *p)
{
    static const nc_c4_field given[] = {NC_C4_F_SHAPES_IN_ROW, NC_C4_F_BOUNDARIES_IN_ROW};
    uint32_t *const places[] = {&p->out->shapes_in_row, &p->out->boundaries_in_row};
    for (size_t n = 0; n < NC_COUNT(given); n++) {
        const value *v = &p->values[given[n]];
        double number;
        if (!v->given || !v->text.len)
            continue;
        if (nc_c4_parse_int(&number, v->text) && number >= 1)
            *places[n] = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX - 1;
        else
            nc_diag_add(p->r.diags, NC_RULE_C4_ARGUMENT, v->at, "'%.*s' is no number above 0",
                        NC_SV_ARG(v->text));
    }
}

static bool legend(parser *p)
{
    nc_c4_legend *l = &p->out->legend;
    const value *hide = &p->values[NC_C4_F_HIDE];
    l->shown = true;
    l->hide_stereotype = !hide->given || !nc_sv_eq(hide->text, NC_SV("false"));
    return text_of(p, &l->details, NC_C4_F_DETAILS);
}

static bool add_property(parser *p, bool header)
{
    enum { COLUMNS = NC_C4_F_COLUMN4 - NC_C4_F_COLUMN1 + 1 };
    uint32_t given = 0;
    for (uint32_t n = 0; n < COLUMNS; n++)
        if (p->values[NC_C4_F_COLUMN1 + n].given)
            given = n + 1;
    if (header) {
        p->properties = (nc_c4_properties){.header = true};
        p->properties.columns = given;
    } else if (!p->properties.columns) {
        p->properties.columns = given > 2 ? given : 2;
    }
    p->has_properties = true;
    for (uint32_t n = 0; n < p->properties.columns; n++) {
        nc_sv cell = {0};
        if (n < COLUMNS && !text_of(p, &cell, (nc_c4_field)(NC_C4_F_COLUMN1 + n)))
            return false;
        if (!NC_PUSH(p->r.arena, &p->properties.cells, cell))
            return false;
    }
    return true;
}

static void count_on(parser *p, nc_c4_action action)
{
    double number;
    bool given = nc_c4_parse_int(&number, p->values[NC_C4_F_INDEX].text);
    if (action == NC_C4_DO_SET_INDEX && given)
        p->index = number;
    else if (action == NC_C4_DO_INCREMENT)
        p->index += given ? number : 1;
}

/* --- statements -------------------------------------------------------------------------------- */

static bool run(parser *p, const nc_c4_macro *macro, nc_span name)
{
    switch (macro->action) {
    case NC_C4_DO_ELEMENT:
        return element(p, macro);
    case NC_C4_DO_RELATION:
        return relation(p, macro, name);
    case NC_C4_DO_LAY:
        return lay(p, macro, name);
    case NC_C4_DO_STYLE_ELEMENT:
    case NC_C4_DO_STYLE_RELATION:
        return style(p, macro, name);
    case NC_C4_DO_STYLE_KIND:
        return kind_style(p, nc_sv_cstr(macro->is.applies_to), p->values);
    case NC_C4_DO_LAYOUT_CONFIG:
        layout_config(p);
        return true;
    case NC_C4_DO_TAG:
        return add_tag(p, macro);
    case NC_C4_DO_FLOW:
        p->out->flow = macro->is.flow;
        return true;
    case NC_C4_DO_LEGEND:
        p->out->legend.floating = macro->is.floating;
        return legend(p);
    case NC_C4_DO_HIDE_STEREOTYPE:
        p->out->legend.hide_stereotype = true;
        return true;
    case NC_C4_DO_LEGEND_TITLE:
        return text_of(p, &p->out->legend.title, NC_C4_F_TITLE);
    case NC_C4_DO_PROPERTY_HEADER:
        return add_property(p, true);
    case NC_C4_DO_NO_PROPERTY_HEADER:
        p->properties = (nc_c4_properties){0};
        return true;
    case NC_C4_DO_PROPERTY:
        return add_property(p, false);
    case NC_C4_DO_SET_INDEX:
    case NC_C4_DO_INCREMENT:
        count_on(p, macro->action);
        return true;
    case NC_C4_DO_BOUNDARY:
    case NC_C4_DO_NOTHING:
        break;
    }
    return true;
}

static void mark_filled(parser *p)
{
    p->any = true;
    if (p->scopes.len)
        p->scopes.ptr[p->scopes.len - 1].filled = true;
}

static bool open_scope(parser *p, uint32_t boundary, nc_span name, bool implied)
{
    scope s = {.boundary = boundary, .at = name, .implied = implied};
    if (p->scopes.len == p->source->limits.nesting)
        nc_diag_add(p->r.diags, NC_RULE_TOO_LARGE, name, "boundaries are nested deeper than %u",
                    p->source->limits.nesting);
    if (p->scopes.len >= p->source->limits.nesting)
        s.boundary = NC_NONE;
    s.inner = s.boundary != NC_NONE ? s.boundary : inner_boundary(p);
    return NC_PUSH(p->r.arena, &p->scopes, s);
}

/* Blanks at the start of the line of i. */
static size_t indent_of(const parser *p, size_t i)
{
    while (i > 0 && p->r.text.ptr[i - 1] != '\n')
        i--;
    return skip_blanks(p, i) - i;
}

/* The `{` behind a boundary's call: on its line or on a later one. */
static bool open_body(parser *p, uint32_t boundary, nc_span name)
{
    size_t brace = skip_blanks(p, p->at);
    bool same_line = at(p, brace) == '{';
    if (!same_line)
        brace = skip_space(p, brace);
    if (at(p, brace) == '{') {
        p->at = brace + 1;
        size_t next = skip_blanks(p, p->at);
        if (same_line && next < p->r.text.len && at(p, next) != '\n' && at(p, next) != '}') {
            nc_c4_error(&p->r, NC_RULE_SYNTAX, span(next, next + 1),
                        "nothing may follow '{' on its line");
            if (is_comment(p, next))
                p->at = line_end(p, next);
        }
        return open_scope(p, boundary, name, false);
    }
    nc_c4_error(&p->r, NC_RULE_SYNTAX, name, "'{' is missing after the boundary");
    nc_diag_hint(p->r.diags, "put '{' at the end of the line and '}' behind what lies inside");
    /* what is indented was meant to lie inside */
    bool indented = brace < p->r.text.len && indent_of(p, brace) > indent_of(p, name.start);
    return !indented || open_scope(p, boundary, name, true);
}

/* What stands behind a statement on its line. False when the line goes on with something else. */
static void end_statement(parser *p)
{
    size_t i = skip_blanks(p, p->at);
    p->at = i;
    if (i >= p->r.text.len || at(p, i) == '\n' || at(p, i) == '}')
        return;
    if (is_comment(p, i)) {
        if (!p->r.accepted)
            nc_c4_slip(&p->r, span(i, i + 2), "a comment behind a statement",
                       "put it on a line of its own");
        p->at = line_end(p, i);
        return;
    }
    size_t end = line_end(p, i);
    if (at(p, i) == ';') {
        nc_c4_error(&p->r, NC_RULE_SYNTAX, span(i, i + 1), "a C4 statement ends without ';'");
        nc_diag_hint(p->r.diags, "take out the ';'");
        p->at = i + 1;
        return;
    }
    nc_c4_error(&p->r, NC_RULE_SYNTAX, span(i, end), "something follows the statement on its line");
    if (nc_c4_is_statement(p->r.text, i)) {
        nc_diag_hint(p->r.diags, "one statement a line");
        return;
    }
    if (at(p, i) == '{') {
        nc_diag_hint(p->r.diags, "only boundaries and nodes have a body");
        return;
    }
    p->at = end;
}

/* Texts above the limit are left out. */
static void limit_texts(parser *p)
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
static bool is_full(const parser *p, size_t from)
{
    const nc_limits *most = &p->source->limits;
    bool nodes = p->out->elements.len + p->out->boundaries.len > most->nodes;
    if (!nodes && p->out->relations.len <= most->edges)
        return false;
    nc_diag_add(p->r.diags, NC_RULE_TOO_LARGE, span(from, line_end(p, from)), "more than %u %s",
                nodes ? most->nodes : most->edges, nodes ? "elements and boundaries" : "relations");
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

static bool macro_statement(parser *p, const nc_c4_macro *macro, size_t end)
{
    nc_span name = span(p->at, end);
    mark_filled(p);
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
    check_arguments(p, macro);
    sort_arguments(p, macro, p->call.args.ptr, p->call.args.len);
    if (p->call.args.len == 0 && macro->least && p->call.closed) {
        nc_c4_error(&p->r, NC_RULE_C4_CALL, name, "'%.*s' needs arguments", NC_SV_ARG(macro->name));
        nc_diag_hint(p->r.diags, "write %.*s(%s)", NC_SV_ARG(macro->name), usage_of(macro));
    } else if (macro->action == NC_C4_DO_BOUNDARY) {
        uint32_t index;
        return declare_boundary(p, macro, &index) && open_body(p, index, name);
    } else if (p->call.args.len >= (macro->least ? 1 : 0) && !run(p, macro, name)) {
        return false;
    }
    end_statement(p);
    return true;
}

/* The first word behind an unreadable call's name was meant to be an alias. */
static bool miss_alias(parser *p, size_t from)
{
    size_t end = line_end(p, from);
    while (from < end && (nc_is_space(at(p, from)) || at(p, from) == '(' || at(p, from) == '"'))
        from++;
    size_t i = from;
    while (i < end && at(p, i) != ',' && at(p, i) != ')' && at(p, i) != '"' && at(p, i) != '\n')
        i++;
    nc_sv alias = nc_c4_trim(nc_sv_slice(p->r.text, from, i));
    return alias.len == 0 || nc_map_set(&p->missed, p->r.arena, alias, 0);
}

/* The rest of the line is lost; a `{` at its end still opens something. */
static bool skip_unknown(parser *p, nc_span name)
{
    size_t end = line_end(p, p->at);
    size_t last = end;
    while (last > p->at && nc_is_space(p->r.text.ptr[last - 1]))
        last--;
    bool opens = last > p->at && p->r.text.ptr[last - 1] == '{';
    p->at = end;
    p->unknown_before = !opens;
    mark_filled(p);
    return !opens || open_scope(p, NC_NONE, name, false);
}

/* What people carry over from other languages. */
static bool explain_stranger(parser *p, nc_sv line, nc_span name)
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
        nc_c4_error(&p->r, NC_RULE_UNKNOWN_STATEMENT, span(name.start, name.start + start.len),
                    "'%.*s' %s", NC_SV_ARG(start), strangers[i].what);
        nc_diag_hint(p->r.diags, "%s", strangers[i].remedy);
        return true;
    }
    return false;
}

static bool unknown_statement(parser *p, size_t end)
{
    nc_span name = span(p->at, end > p->at ? end : p->at + 1);
    nc_sv word = nc_sv_slice(p->r.text, p->at, name.end);
    size_t len;
    const nc_sv *names = nc_c4_macro_names(&len);
    nc_sv line = nc_sv_slice(p->r.text, p->at, line_end(p, p->at));
    if (at(p, skip_blanks(p, end)) == '(') {
        nc_c4_error(&p->r, NC_RULE_C4_MACRO, name, "no macro is called '%.*s'", NC_SV_ARG(word));
        nc_sv near = nearest(p, word, names, len);
        if (near.len)
            nc_diag_hint(p->r.diags, "did you mean '%.*s'?", NC_SV_ARG(near));
        return miss_alias(p, end) && skip_unknown(p, name);
    }
    if (explain_stranger(p, line, name))
        return skip_unknown(p, name);
    nc_c4_error(&p->r, NC_RULE_UNKNOWN_STATEMENT, name, "'%.*s' begins no statement of C4",
                NC_SV_ARG(word));
    nc_sv near = nearest(p, word, names, len);
    if (nc_sv_eq(word, NC_SV("direction")))
        nc_diag_hint(p->r.diags,
                     "C4 has no direction; LAYOUT_LEFT_RIGHT() makes nacre draw sideways");
    else if (nc_sv_find(line, NC_SV("->"), 0) != SIZE_MAX)
        nc_diag_hint(p->r.diags, "write Rel(from, to, \"label\")");
    else if (near.len)
        nc_diag_hint(p->r.diags, "did you mean '%.*s'?", NC_SV_ARG(near));
    return skip_unknown(p, name);
}

static bool close_scope(parser *p)
{
    nc_span brace = span(p->at, p->at + 1);
    p->at++;
    if (!p->scopes.len) {
        nc_c4_error(&p->r, NC_RULE_UNEXPECTED_END, brace, "this '}' closes nothing");
        end_statement(p);
        return true;
    }
    const scope *s = &p->scopes.ptr[--p->scopes.len];
    if (!s->filled && s->boundary != NC_NONE) {
        nc_c4_error(&p->r, NC_RULE_C4_EMPTY_BOUNDARY, s->at, "the boundary holds nothing");
        nc_diag_hint(p->r.diags, "Mermaid wants at least one element, relation or boundary inside");
    }
    end_statement(p);
    return true;
}

static bool open_brace(parser *p)
{
    nc_span brace = span(p->at, p->at + 1);
    p->at++;
    mark_filled(p);
    if (!p->unknown_before)
        nc_c4_error(&p->r, NC_RULE_SYNTAX, brace, "this '{' belongs to no boundary");
    return open_scope(p, NC_NONE, brace, false);
}

static bool is_word_at(const parser *p, nc_sv word)
{
    return nc_sv_starts(nc_sv_slice(p->r.text, p->at, p->r.text.len), word) &&
           !nc_is_word(at(p, p->at + word.len));
}

/* `title text` and `accDescription text`: up to the line's end, without # and ;. */
static void plain_text(parser *p, nc_sv keyword, nc_sv *out)
{
    nc_span word = span(p->at, p->at + keyword.len);
    size_t start = word.end;
    size_t end = line_end(p, start);
    nc_sv text = nc_c4_trim(nc_sv_slice(p->r.text, start, end));
    size_t stop = 0;
    p->at = end;
    if (text.len > p->source->limits.label) {
        nc_diag_add(p->r.diags, NC_RULE_TOO_LARGE, span(start, end), "a text of more than %u bytes",
                    p->source->limits.label);
        return;
    }
    while (stop < text.len && text.ptr[stop] != '#' && text.ptr[stop] != ';')
        stop++;
    if (at(p, start) == ':' || !text.len) {
        nc_c4_error(&p->r, NC_RULE_SYNTAX, word, "a text follows '%.*s' and a blank",
                    NC_SV_ARG(keyword));
        nc_diag_hint(p->r.diags, "write %.*s and the text, without ':'", NC_SV_ARG(keyword));
    } else if (stop < text.len) {
        size_t where = span_of(p, text).start + stop;
        nc_c4_error(&p->r, NC_RULE_SYNTAX, span(where, where + 1), "a %.*s ends at '%c'",
                    NC_SV_ARG(keyword), text.ptr[stop]);
        nc_diag_hint(p->r.diags, "write %s for '%c'", text.ptr[stop] == '#' ? "#35;" : "#59;",
                     text.ptr[stop]);
    }
    *out = decoded(p, text);
}

/* `accTitle: text` and `accDescr: text`; the text may stand on the next line. */
static void colon_text(parser *p, nc_sv keyword, nc_sv *out)
{
    size_t start = p->at + keyword.len;
    size_t colon = skip_space(p, start);
    if (at(p, colon) != ':') {
        nc_c4_error(&p->r, NC_RULE_SYNTAX, span(p->at, start), "':' is missing after '%.*s'",
                    NC_SV_ARG(keyword));
        nc_diag_hint(p->r.diags, "write %.*s: Text", NC_SV_ARG(keyword));
        p->at = line_end(p, start);
        return;
    }
    size_t text = skip_space(p, colon + 1);
    p->at = line_end(p, text);
    *out = decoded(p, nc_c4_trim(nc_sv_slice(p->r.text, text, p->at)));
}

static void block_text(parser *p, size_t brace)
{
    size_t close = p->no_brace ? SIZE_MAX : nc_sv_find(p->r.text, NC_SV("}"), brace);
    if (close == SIZE_MAX) {
        p->no_brace = true;
        nc_c4_error(&p->r, NC_RULE_UNCLOSED, span(brace, brace + 1), "this '{' is never closed");
        /* what was meant to lie inside is nobody's statement */
        for (p->at = line_end(p, brace); p->at < p->r.text.len; p->at = line_end(p, p->at + 1))
            if (nc_c4_is_statement(p->r.text, p->at + 1))
                return;
        return;
    }
    p->out->acc_descr = decoded(p, nc_c4_trim(nc_sv_slice(p->r.text, brace + 1, close)));
    p->at = close + 1;
}

/* Title and accessible texts; true when there was one. */
static bool other_statement(parser *p)
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
        size_t brace = skip_space(p, p->at + strlen("accDescr"));
        if (at(p, brace) == '{')
            block_text(p, brace);
        else
            colon_text(p, NC_SV("accDescr"), &out->acc_descr);
    } else {
        return false;
    }
    if (p->scopes.len && !p->scopes.ptr[p->scopes.len - 1].filled)
        nc_c4_slip(&p->r, span(start, start + 5), "a title as the first thing in a boundary",
                   "put it before the boundary");
    p->any = true;
    return true;
}

static bool statement(parser *p)
{
    bool unknown_before = p->unknown_before;
    char c = at(p, p->at);
    if (c == '}')
        return close_scope(p);
    if (c == '{')
        return open_brace(p);
    p->unknown_before = false;
    if (is_comment(p, p->at)) {
        p->at = line_end(p, p->at);
        p->unknown_before = unknown_before;
        return true;
    }
    if (other_statement(p))
        return true;
    size_t end = p->at;
    while (nc_is_word(at(p, end)))
        end++;
    const nc_c4_macro *macro = nc_c4_macro_lookup(nc_sv_slice(p->r.text, p->at, end));
    return macro ? macro_statement(p, macro, end) : unknown_statement(p, end);
}

static void read_header(parser *p)
{
    p->at = skip_space(p, 0);
    while (is_comment(p, p->at))
        p->at = skip_space(p, line_end(p, p->at));
    size_t start = p->at;
    while (nc_is_word(at(p, p->at)))
        p->at++;
    size_t rest = skip_blanks(p, p->at);
    size_t end = line_end(p, rest);
    if (rest < end && !(is_comment(p, rest) && p->r.accepted)) {
        nc_c4_error(&p->r, NC_RULE_SYNTAX, span(rest, end), "nothing may follow '%.*s' on its line",
                    NC_SV_ARG(nc_sv_slice(p->r.text, start, p->at)));
        nc_diag_hint(p->r.diags, at(p, rest) == ';'
                                     ? "take out the ';'"
                                     : "write a title on a line of its own: title Text");
        p->any = true;
    }
    p->at = end;
}

/* --- names ------------------------------------------------------------------------------------- */

static void unknown_alias(parser *p, nc_span where, nc_sv id)
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
    nc_sv near = nearest(p, id, names, n);
    if (near.len)
        nc_diag_hint(p->r.diags, "did you mean '%.*s'?", NC_SV_ARG(near));
}

static void find_end(parser *p, nc_c4_end *end, nc_span where)
{
    end->index = nc_map_lookup(&p->elements, end->id);
    if (end->index != NC_NONE)
        return;
    end->index = nc_map_lookup(&p->boundaries, end->id);
    end->is_boundary = end->index != NC_NONE;
    if (end->index == NC_NONE)
        unknown_alias(p, where, end->id);
}

static bool late_style_of(parser *p, const late_style *late)
{
    bool found;
    bool on_element = late->macro->action == NC_C4_DO_STYLE_ELEMENT;
    sort_arguments(p, late->macro, late->args, late->len);
    bool done = on_element ? style_element(p, &found) : style_relations(p, &found);
    if (!done)
        return false;
    if (found)
        nc_c4_lost(&p->r, late->at, "Mermaid ignores a style that stands before what it styles",
                   "put it behind what it styles");
    else
        nc_diag_add(p->r.diags, NC_RULE_C4_STYLE, late->at,
                    "the style names nothing that there is");
    if (!found)
        nc_diag_hint(p->r.diags, "its first arguments are the aliases of what it styles");
    return true;
}

static void unclosed_scope(parser *p, const scope *s)
{
    nc_c4_error(&p->r, NC_RULE_UNCLOSED, s->at, "the '{' of '%.*s' is never closed",
                NC_SV_ARG(nc_sv_slice(p->r.text, s->at.start, s->at.end)));
    nc_diag_hint(p->r.diags, "put '}' on a line behind what lies inside");
}

static bool finish(parser *p)
{
    for (uint32_t i = p->scopes.len; i-- > 0;)
        if (!p->scopes.ptr[i].implied)
            unclosed_scope(p, &p->scopes.ptr[i]);
    if (!p->any)
        nc_diag_add(p->r.diags, NC_RULE_EMPTY, span(0, 0), "the diagram has no statement");
    for (uint32_t i = 0; i < p->late.len; i++)
        if (!late_style_of(p, &p->late.ptr[i]))
            return false;
    for (uint32_t i = 0; i < p->out->relations.len; i++) {
        find_end(p, &p->out->relations.ptr[i].from, p->relation_ends.ptr[i].from);
        find_end(p, &p->out->relations.ptr[i].to, p->relation_ends.ptr[i].to);
    }
    for (uint32_t i = 0; i < p->out->rules.len; i++) {
        find_end(p, &p->out->rules.ptr[i].from, p->rule_ends.ptr[i].from);
        find_end(p, &p->out->rules.ptr[i].to, p->rule_ends.ptr[i].to);
    }
    if (!p->out->title.len)
        p->out->title = p->source->title;
    return true;
}

/* Where Mermaid refuses and nothing above says why. */
static void note_refusal(parser *p)
{
    for (size_t i = nc_c4_find_direction(p->r.text, 0); i != SIZE_MAX;
         i = nc_c4_find_direction(p->r.text, i + 1))
        nc_c4_slip(&p->r, span(i, i + strlen("direction")),
                   "the word 'direction' before TB, BT, RL or LR", "use other words");
    bool explained = p->r.diags->errors > p->r.diags->draw_errors || p->r.diags->notes.len;
    if (!explained)
        nc_c4_slip(&p->r, span(p->refused_at, line_end(p, p->refused_at)), "what stands here",
                   "see the C4 pages of Mermaid's documentation for how it is written");
}

bool nc_parse_c4(nc_c4 *out, nc_arena *a, const nc_source *source, nc_diags *d)
{
    nc_c4 *mermaid = NC_NEW(a, nc_c4, 1);
    parser *p = NC_NEW(a, parser, 1);
    *out = (nc_c4){0};
    if (!mermaid || !p)
        return false;
    *p = (parser){.r = {.arena = a, .text = source->text, .diags = d},
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
    for (p->at = skip_space(p, p->at); !full && p->at < p->r.text.len;
         p->at = skip_space(p, p->at)) {
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
