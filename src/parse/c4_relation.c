/* Relations of C4 with their numbers, and wishes about places (Lay_U, Lay_Distance…). */
#include "parse/c4_parser.h"

/* `Index()`, `LastIndex()` or `SetIndex(n)`, the calls that may stand for a number. */
static bool index_call(nc_c4_parser *p, nc_sv text, double *number)
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
static bool set_index(nc_c4_parser *p, nc_c4_relation *rel)
{
    double number;
    const nc_c4_value *given = &p->values[NC_C4_F_INDEX];
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
bool nc_c4_find_same(nc_c4_parser *p, uint32_t *same, uint32_t index)
{
    nc_sv key;
    const nc_c4_value *from = &p->values[NC_C4_F_FROM];
    const nc_c4_value *to = &p->values[NC_C4_F_TO];
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
static bool has_ends(nc_c4_parser *p, const nc_c4_macro *macro, nc_span name)
{
    if (p->values[NC_C4_F_FROM].given && p->values[NC_C4_F_TO].given)
        return true;
    nc_c4_error(&p->r, NC_RULE_C4_CALL, name, "'%.*s' needs the aliases of both ends",
                NC_SV_ARG(macro->name));
    nc_diag_hint(p->r.diags, "write %.*s(from, to, \"label\")", NC_SV_ARG(macro->name));
    return false;
}

static void set_offset(bool *has, double *out, const nc_c4_value *given)
{
    double number;
    if (!given->given)
        return;
    *has = nc_c4_parse_int(&number, given->text);
    *out = *has ? number : 0;
}

void nc_c4_set_offsets(const nc_c4_parser *p, nc_c4_relation *relation)
{
    set_offset(&relation->has_offset_x, &relation->offset_x, &p->values[NC_C4_F_OFFSET_X]);
    set_offset(&relation->has_offset_y, &relation->offset_y, &p->values[NC_C4_F_OFFSET_Y]);
}

bool nc_c4_parse_relation(nc_c4_parser *p, const nc_c4_macro *macro, nc_span name)
{
    uint32_t index = p->out->relations.len;
    nc_c4_relation rel = {
        .kind = macro->is.relation.kind, .direction = macro->is.relation.direction, .at = name};
    nc_c4_ends e = {p->values[NC_C4_F_FROM].at, p->values[NC_C4_F_TO].at, NC_NONE};
    if (!has_ends(p, macro, name))
        return true;
    if (!p->values[NC_C4_F_LABEL].given && macro->mermaid_slots)
        nc_c4_lost(&p->r, name, "without a label Mermaid leaves the relation out",
                   "give it one: Rel(from, to, \"label\")");
    if (!nc_c4_find_same(p, &e.same, index) ||
        !nc_source_undo(&rel.from.id, p->r.arena, p->values[NC_C4_F_FROM].text) ||
        !nc_source_undo(&rel.to.id, p->r.arena, p->values[NC_C4_F_TO].text) ||
        !nc_c4_take_values(p, &rel, NC_C4_ON_RELATION, p->values) || !set_index(p, &rel))
        return false;
    if (e.same != NC_NONE)
        p->out->relations.ptr[e.same].replaced = true;
    nc_c4_set_offsets(p, &rel);
    return NC_PUSH(p->r.arena, &p->out->relations, rel) &&
           NC_PUSH(p->r.arena, &p->relation_ends, e);
}

bool nc_c4_parse_lay(nc_c4_parser *p, const nc_c4_macro *macro, nc_span name)
{
    nc_c4_layout_rule rule = {.at = name, .direction = macro->is.relation.direction};
    nc_c4_ends e = {p->values[NC_C4_F_FROM].at, p->values[NC_C4_F_TO].at, NC_NONE};
    double distance;
    if (!has_ends(p, macro, name))
        return true;
    if (rule.direction == NC_C4_ANY) {
        rule.direction = NC_C4_DOWN;
        if (nc_c4_parse_int(&distance, p->values[NC_C4_F_DISTANCE].text) && distance > 0)
            rule.distance = distance < 100 ? (uint32_t)distance : 100;
    }
    return nc_source_undo(&rule.from.id, p->r.arena, p->values[NC_C4_F_FROM].text) &&
           nc_source_undo(&rule.to.id, p->r.arena, p->values[NC_C4_F_TO].text) &&
           NC_PUSH(p->r.arena, &p->out->rules, rule) && NC_PUSH(p->r.arena, &p->rule_ends, e);
}
