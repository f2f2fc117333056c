/* Styles of elements, relations and kinds, and tags. A style may stand before what it styles. */
#include "parse/c4_parser.h"

enum { SAME_MAX = 100 };

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

bool nc_c4_parse_kind_style(nc_c4_parser *p, nc_sv applies_to, const nc_c4_value *values)
{
    nc_c4_tag tag = {.applies_to = applies_to};
    if (!nc_c4_take_values(p, &tag, NC_C4_ON_TAG, values) ||
        !nc_source_decode(&tag.technology, p->r.arena, values[NC_C4_F_TECHN].text) ||
        !nc_source_decode(&tag.type, p->r.arena, values[NC_C4_F_TYPE].text))
        return false;
    return NC_PUSH(p->r.arena, &p->out->kind_styles, tag);
}

/* True in *found when the style had a target. */
static bool style_element(nc_c4_parser *p, bool *found)
{
    nc_sv alias = p->values[NC_C4_F_ALIAS].text;
    uint32_t e = nc_map_lookup(&p->elements, alias);
    uint32_t b = nc_map_lookup(&p->boundaries, alias);
    *found = true;
    if (e != NC_NONE)
        return nc_c4_take_values(p, &p->out->elements.ptr[e], NC_C4_ON_ELEMENT, p->values);
    if (b != NC_NONE)
        return nc_c4_take_values(p, &p->out->boundaries.ptr[b], NC_C4_ON_BOUNDARY, p->values);
    *found = false;
    return true;
}

/* The relations with these ends that stand before, the nearest hundred of them. */
static bool style_relations(nc_c4_parser *p, bool *found)
{
    uint32_t i;
    if (!nc_c4_find_same(p, &i, NC_NONE))
        return false;
    *found = i != NC_NONE;
    for (int n = 0; i != NC_NONE && n < SAME_MAX; i = p->relation_ends.ptr[i].same, n++) {
        nc_c4_relation *rel = &p->out->relations.ptr[i];
        if (!nc_c4_take_values(p, rel, NC_C4_ON_RELATION, p->values))
            return false;
        nc_c4_set_offsets(p, rel);
    }
    return true;
}

static bool keep_for_later(nc_c4_parser *p, const nc_c4_macro *macro, nc_span name)
{
    uint32_t len = p->call.args.len;
    nc_c4_arg *args = NC_NEW(p->r.arena, nc_c4_arg, len);
    nc_c4_late_style late = {macro, name, args, len};
    if (!args)
        return false;
    memcpy(args, p->call.args.ptr, len * sizeof *args);
    return NC_PUSH(p->r.arena, &p->late, late);
}

static bool is_alias(const nc_c4_parser *p, nc_sv text)
{
    return nc_map_lookup(&p->elements, text) != NC_NONE ||
           nc_map_lookup(&p->boundaries, text) != NC_NONE;
}

/* C4-PlantUML's UpdateRelStyle has two colours where Mermaid's has the ends first. */
static bool is_global_style(const nc_c4_parser *p)
{
    const nc_c4_value *from = &p->values[NC_C4_F_FROM];
    const nc_c4_value *to = &p->values[NC_C4_F_TO];
    if (!from->given && !to->given)
        return true;
    return p->call.args.len <= 2 && !is_alias(p, from->text) && !is_alias(p, to->text);
}

bool nc_c4_parse_style(nc_c4_parser *p, const nc_c4_macro *macro, nc_span name)
{
    bool found = false;
    if (macro->action == NC_C4_DO_STYLE_ELEMENT) {
        if (!style_element(p, &found))
            return false;
        nc_sv kind = p->values[NC_C4_F_ALIAS].text;
        if (!found && is_kind(kind))
            return nc_c4_parse_kind_style(p, kind, p->values);
    } else if (is_global_style(p)) {
        if (p->values[NC_C4_F_FROM].given)
            p->values[NC_C4_F_TEXT_COLOR] = p->values[NC_C4_F_FROM];
        if (p->values[NC_C4_F_TO].given)
            p->values[NC_C4_F_LINE_COLOR] = p->values[NC_C4_F_TO];
        return nc_c4_parse_kind_style(p, NC_SV("relation"), p->values);
    } else if (!style_relations(p, &found)) {
        return false;
    }
    return found || keep_for_later(p, macro, name);
}

bool nc_c4_settle_style(nc_c4_parser *p, const nc_c4_late_style *late)
{
    bool found;
    bool on_element = late->macro->action == NC_C4_DO_STYLE_ELEMENT;
    nc_c4_sort_arguments(p, late->macro, late->args, late->len);
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

bool nc_c4_parse_tag(nc_c4_parser *p, const nc_c4_macro *macro)
{
    nc_c4_tag tag = {.applies_to = nc_sv_cstr(macro->is.applies_to)};
    return nc_c4_text_of(p, &tag.name, NC_C4_F_TAG) &&
           nc_c4_text_of(p, &tag.technology, NC_C4_F_TECHN) &&
           nc_c4_text_of(p, &tag.type, NC_C4_F_TYPE) &&
           nc_c4_take_values(p, &tag, NC_C4_ON_TAG, p->values) &&
           NC_PUSH(p->r.arena, &p->out->tags, tag);
}
