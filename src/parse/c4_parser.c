/* Arguments of the macro at hand: sorted into fields, checked, carried into the model. */
#include "parse/c4_parser.h"

static size_t slot_count(const nc_c4_macro *macro)
{
    size_t n = 0;
    while (macro->slots[n] != NC_C4_F_NONE)
        n++;
    return n;
}

static void unknown_argument(nc_c4_parser *p, const nc_c4_arg *arg)
{
    nc_sv names[NC_C4_F_COUNT];
    nc_diag_add(p->r.diags, NC_RULE_C4_ARGUMENT, arg->key_at, "no argument is called '$%.*s'",
                NC_SV_ARG(arg->key));
    nc_sv near = nc_c4_nearest(p, arg->key, names, nc_c4_field_names(names));
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
void nc_c4_sort_arguments(nc_c4_parser *p, const nc_c4_macro *macro, const nc_c4_arg *args,
                          uint32_t len)
{
    size_t slots = slot_count(macro);
    memset(p->values, 0, sizeof p->values);
    for (uint32_t n = 0; n < len; n++) {
        nc_c4_field field = field_of(macro, slots, &args[n], n);
        if (field != NC_C4_F_NONE)
            p->values[field] = (nc_c4_value){true, args[n].value, args[n].at};
    }
}

void nc_c4_check_arguments(nc_c4_parser *p, const nc_c4_macro *macro)
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
bool nc_c4_take_values(nc_c4_parser *p, void *target, nc_c4_target on, const nc_c4_value *values)
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

bool nc_c4_text_of(nc_c4_parser *p, nc_sv *out, nc_c4_field field)
{
    return !p->values[field].given || nc_source_decode(out, p->r.arena, p->values[field].text);
}
