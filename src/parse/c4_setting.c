/* What a C4 text says of the whole picture: rows, legend, tables of properties, numbering. */
#include "parse/c4_parser.h"

void nc_c4_parse_layout_config(nc_c4_parser *p)
{
    static const nc_c4_field given[] = {NC_C4_F_SHAPES_IN_ROW, NC_C4_F_BOUNDARIES_IN_ROW};
    uint32_t *const places[] = {&p->out->shapes_in_row, &p->out->boundaries_in_row};
    for (size_t n = 0; n < NC_COUNT(given); n++) {
        const nc_c4_value *v = &p->values[given[n]];
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

bool nc_c4_parse_legend(nc_c4_parser *p)
{
    nc_c4_legend *l = &p->out->legend;
    const nc_c4_value *hide = &p->values[NC_C4_F_HIDE];
    l->shown = true;
    const nc_c4_value *alias = &p->values[NC_C4_F_ALIAS];
    l->alias = (nc_sv){0};
    if (alias->given && (!nc_source_undo(&l->alias, p->r.arena, alias->text) ||
                         !nc_map_set(&p->missed, p->r.arena, alias->text, 0)))
        return false; /* relations with it are no mistake; rules about it count */
    l->hide_stereotype = !hide->given || !nc_sv_eq(hide->text, NC_SV("false"));
    return nc_c4_text_of(p, &l->details, NC_C4_F_DETAILS);
}

bool nc_c4_parse_property(nc_c4_parser *p, bool header)
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
    p->has_properties |= !header;
    for (uint32_t n = 0; n < p->properties.columns; n++) {
        nc_sv cell = {0};
        if (n < COLUMNS && !nc_c4_text_of(p, &cell, (nc_c4_field)(NC_C4_F_COLUMN1 + n)))
            return false;
        if (!NC_PUSH(p->r.arena, &p->properties.cells, cell))
            return false;
    }
    return true;
}

void nc_c4_parse_count(nc_c4_parser *p, nc_c4_action action)
{
    double number;
    bool given = nc_c4_parse_int(&number, p->values[NC_C4_F_INDEX].text);
    if (action == NC_C4_DO_SET_INDEX && given)
        p->index = number;
    else if (action == NC_C4_DO_INCREMENT)
        p->index += given ? number : 1;
}
