/* Elements and boundaries of C4: declared, or declared again. */
#include "parse/c4_parser.h"

uint32_t nc_c4_inner_boundary(const nc_c4_parser *p)
{
    return p->scopes.len ? p->scopes.ptr[p->scopes.len - 1].inner : NC_NONE;
}

static void duplicate(nc_c4_parser *p, const nc_c4_value *alias)
{
    nc_diag_add(p->r.diags, NC_RULE_C4_DUPLICATE, alias->at,
                "'%.*s' is declared twice; the later label and kind count", NC_SV_ARG(alias->text));
    nc_diag_hint(p->r.diags, "another element needs another alias");
}

/* The rows that wait go to whom they were meant for; a header stays for the tables behind. */
static bool take_properties(nc_c4_parser *p, nc_c4_properties *out)
{
    if (!p->has_properties)
        return true;
    *out = p->properties;
    p->properties = (nc_c4_properties){0};
    p->has_properties = false;
    if (!out->header)
        return true;
    p->properties.header = true;
    p->properties.columns = out->columns;
    for (uint32_t i = 0; i < out->columns; i++)
        if (!NC_PUSH(p->r.arena, &p->properties.cells, out->cells.ptr[i]))
            return false;
    return true;
}

bool nc_c4_parse_element(nc_c4_parser *p, const nc_c4_macro *macro)
{
    const nc_c4_value *alias = &p->values[NC_C4_F_ALIAS];
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
    e->parent = nc_c4_inner_boundary(p);
    if (!take_properties(p, &e->properties))
        return false;
    e->label = (nc_label){0};
    if (p->values[NC_C4_F_TYPE].given && !p->values[NC_C4_F_TECHN].given)
        p->values[NC_C4_F_TECHN] = p->values[NC_C4_F_TYPE];
    if (p->values[NC_C4_F_BASE_SHAPE].given && !p->values[NC_C4_F_SHAPE].given)
        p->values[NC_C4_F_SHAPE] = p->values[NC_C4_F_BASE_SHAPE];
    return nc_c4_take_values(p, e, NC_C4_ON_ELEMENT, p->values);
}

/* True when `inside` is `outer` or lies in it. */
static bool lies_in(const nc_c4 *c4, uint32_t inside, uint32_t outer)
{
    while (inside != NC_NONE && inside != outer)
        inside = c4->boundaries.ptr[inside].parent;
    return inside == outer;
}

bool nc_c4_parse_boundary(nc_c4_parser *p, const nc_c4_macro *macro, uint32_t *index)
{
    const nc_c4_value *alias = &p->values[NC_C4_F_ALIAS];
    uint32_t parent = nc_c4_inner_boundary(p);
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
    if (!take_properties(p, &b->properties))
        return false;
    nc_sv type = macro->is.boundary.type                     ? nc_sv_cstr(macro->is.boundary.type)
                 : macro->is.boundary.kind == NC_C4_BOUNDARY ? NC_SV("system")
                                                             : NC_SV("node");
    b->type = (nc_label){.text = type};
    b->label = (nc_label){0};
    return nc_c4_take_values(p, b, NC_C4_ON_BOUNDARY, p->values);
}
