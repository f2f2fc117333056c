#include "parse/c4_mermaid.h"

#include "base/map.h"
#include "parse/c4_call.h"
#include "parse/c4_macros.h"
#include "source/preprocess.h"
#include "source/source.h"

/* The tokens between calls. */
typedef enum token_kind {
    TOKEN_NONE, /* nothing that the grammar sees: go on */
    TOKEN_REFUSED,
    TOKEN_END,
    TOKEN_NEWLINE,
    TOKEN_OTHER, /* title, accTitle, accDescr, accDescription */
    TOKEN_MACRO,
    TOKEN_OPEN,
    TOKEN_CLOSE
} token_kind;

typedef struct token {
    token_kind kind;
    const nc_c4_macro *macro;
} token;

/* Where the grammar stands. */
typedef enum place {
    AFTER_HEADER,  /* a line end must come */
    AT_START,      /* behind that: a statement must come */
    AT_STATEMENT,  /* behind a line end: anything may come */
    AFTER_OTHER,   /* behind a title: a line end, a diagram statement or an end */
    AFTER_DIAGRAM, /* behind a diagram statement: a line end or an end */
    AFTER_CALL,    /* behind a boundary's call: `{` or a line end */
    BEFORE_OPEN,   /* behind that line end */
    AFTER_OPEN,    /* behind a `{` of the call's own line: a line end */
    IN_OPEN,       /* behind a `{` of a line of its own: a line end or a diagram statement */
    IN_BODY        /* inside: a diagram statement must come */
} place;

typedef struct parser {
    nc_arena *arena;
    nc_sv text;
    size_t at;
    size_t direction; /* the next `direction XX` at or behind at, or SIZE_MAX */
    nc_c4 *out;
    nc_c4_call call;
    nc_map elements, boundaries, relations;
    nc_u32_vec open; /* boundaries around at; NC_NONE for one called `global` */
    nc_c4_boundary global;
} parser;

static bool starts(const parser *p, nc_sv word)
{
    return nc_sv_starts(nc_sv_slice(p->text, p->at, p->text.len), word);
}

static size_t line_end(nc_sv text, size_t i)
{
    size_t end = nc_sv_find(text, NC_SV("\n"), i);
    return end == SIZE_MAX ? text.len : end;
}

size_t nc_c4_find_direction(nc_sv text, size_t from)
{
    static const nc_sv words[] = {NC_SV_INIT("TB"), NC_SV_INIT("BT"), NC_SV_INIT("RL"),
                                  NC_SV_INIT("LR")};
    for (size_t i = nc_sv_find(text, NC_SV("direction"), from); i != SIZE_MAX;
         i = nc_sv_find(text, NC_SV("direction"), i + 1)) {
        size_t word = i + strlen("direction");
        size_t blank = word;
        while (nc_blank_at(text, word))
            word += nc_blank_at(text, word);
        for (size_t n = 0; word > blank && n < NC_COUNT(words); n++)
            if (nc_sv_starts(nc_sv_slice(text, word, text.len), words[n]))
                return i;
    }
    return SIZE_MAX;
}

static bool is_direction(parser *p)
{
    if (p->direction != SIZE_MAX && p->direction < p->at)
        p->direction = nc_c4_find_direction(p->text, p->at);
    return p->direction != SIZE_MAX && p->direction <= line_end(p->text, p->at);
}

static nc_sv decoded(parser *p, nc_sv text)
{
    nc_sv out;
    return nc_source_decode(&out, p->arena, text) ? out : (nc_sv){0};
}

/* `keyword` and one white space, then text up to #, ; or the line's end, at least one character. */
static bool plain_statement(parser *p, nc_sv keyword, nc_sv *value)
{
    size_t start = p->at + keyword.len;
    if (!starts(p, keyword) || start >= p->text.len)
        return false;
    size_t blank = p->text.ptr[start] == '\n' ? 1 : nc_blank_at(p->text, start);
    size_t end = start + blank;
    while (end < p->text.len && !memchr("#\n;", p->text.ptr[end], 3))
        end++;
    if (!blank || end == start + blank)
        return false;
    *value = nc_sv_slice(p->text, start, end);
    p->at = end;
    return true;
}

static size_t skip_space(nc_sv text, size_t i)
{
    while (nc_blank_at(text, i))
        i += nc_blank_at(text, i);
    return i;
}

/* `keyword : text to the end of the line`; white space, line ends included, around the colon. */
static bool colon_statement(parser *p, nc_sv keyword, nc_sv *value)
{
    if (!starts(p, keyword))
        return false;
    size_t colon = skip_space(p->text, p->at + keyword.len);
    if (colon >= p->text.len || p->text.ptr[colon] != ':')
        return false;
    size_t start = skip_space(p->text, colon + 1);
    size_t end = line_end(p->text, start);
    *value = nc_sv_slice(p->text, start, end);
    p->at = end;
    return true;
}

/* `accDescr { text }`. An empty one is no token at all. */
static bool block_statement(parser *p, token_kind *kind)
{
    if (!starts(p, NC_SV("accDescr")))
        return false;
    size_t open = skip_space(p->text, p->at + strlen("accDescr"));
    if (open >= p->text.len || p->text.ptr[open] != '{')
        return false;
    size_t start = skip_space(p->text, open + 1);
    size_t close = nc_sv_find(p->text, NC_SV("}"), start);
    *kind = close == SIZE_MAX ? TOKEN_REFUSED : close == start ? TOKEN_NONE : TOKEN_OTHER;
    if (*kind == TOKEN_OTHER)
        p->out->acc_descr = decoded(p, nc_c4_trim(nc_sv_slice(p->text, start, close)));
    p->at = close == SIZE_MAX ? p->text.len : close + 1;
    return true;
}

static token other_or_refused(parser *p)
{
    token t = {TOKEN_OTHER, NULL};
    nc_sv value;
    if (plain_statement(p, NC_SV("title"), &value)) {
        p->out->title = decoded(p, nc_c4_trim(value));
    } else if (plain_statement(p, NC_SV("accDescription"), &value)) {
        p->out->acc_descr = decoded(p, nc_c4_trim(value));
    } else if (colon_statement(p, NC_SV("accTitle"), &value)) {
        p->out->title = decoded(p, nc_c4_trim(value)); /* sic */
    } else if (colon_statement(p, NC_SV("accDescr"), &value)) {
        p->out->acc_descr = decoded(p, nc_c4_trim(value));
    } else if (!block_statement(p, &t.kind)) {
        t.kind = TOKEN_REFUSED;
    }
    return t;
}

/* White space with a line end in it is a token up to the last line end; other white space is none. */
static token blank_token(parser *p)
{
    size_t end = skip_space(p->text, p->at);
    nc_sv blank = nc_sv_slice(p->text, p->at, end);
    size_t last = blank.len;
    while (last && blank.ptr[last - 1] != '\n')
        last--;
    p->at = last ? p->at + last : end;
    return (token){last ? TOKEN_NEWLINE : TOKEN_NONE, NULL};
}

/* A comment takes the line ends behind it along. */
static token comment_token(parser *p)
{
    p->at = line_end(p->text, p->at);
    while (p->at < p->text.len && p->text.ptr[p->at] == '\n')
        p->at++;
    return (token){TOKEN_NONE, NULL};
}

static token word_token(parser *p)
{
    size_t end = p->at;
    while (end < p->text.len && nc_is_word(p->text.ptr[end]))
        end++;
    const nc_c4_macro *macro = nc_c4_macro_lookup(nc_sv_slice(p->text, p->at, end));
    if (!macro || !macro->mermaid_slots)
        return other_or_refused(p);
    bool read = nc_c4_call_mermaid(&p->call, p->arena, p->text, end);
    p->at = read ? p->call.end : end;
    return (token){read ? TOKEN_MACRO : TOKEN_REFUSED, macro};
}

static token next_token(parser *p)
{
    if (is_direction(p))
        return (token){TOKEN_REFUSED, NULL};
    if (p->at >= p->text.len)
        return (token){TOKEN_END, NULL};
    if (nc_blank_at(p->text, p->at))
        return blank_token(p);
    if (starts(p, NC_SV("%%")))
        return comment_token(p);
    char c = p->text.ptr[p->at];
    if (c == '{' || c == '}') {
        p->at++;
        return (token){c == '{' ? TOKEN_OPEN : TOKEN_CLOSE, NULL};
    }
    return word_token(p);
}

bool nc_c4_parse_int(double *out, nc_sv text)
{
    text = nc_c4_trim(text);
    bool minus = text.len && text.ptr[0] == '-';
    size_t i = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+') ? 1 : 0;
    double radix = 10;
    double value = 0;
    bool any = false;
    if (i + 1 < text.len && text.ptr[i] == '0' &&
        (text.ptr[i + 1] == 'x' || text.ptr[i + 1] == 'X')) {
        radix = 16;
        i += 2;
    }
    for (; i < text.len; i++) {
        char c = text.ptr[i];
        char letter = (char)(c | 0x20);
        int digit = nc_is_digit(c)                   ? c - '0'
                    : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10
                                                     : 99;
        if (digit >= radix)
            break;
        value = value * radix + digit;
        any = true;
    }
    *out = minus && value > 0 ? -value : value;
    return any;
}

bool nc_c4_assign(void *target, nc_sv text, nc_span at, uint16_t offset, int holds, nc_arena *a)
{
    char *field = (char *)target + offset;
    nc_sv value;
    bool done = holds == NC_C4_HOLDS_PLAIN ? nc_source_undo(&value, a, text)
                                           : nc_source_decode(&value, a, text);
    if (!done)
        return false;
    if (holds == NC_C4_HOLDS_LABEL) {
        nc_label label = {.text = value, .markup = NC_MARKUP_PLAIN, .at = at};
        memcpy(field, &label, sizeof label);
    } else {
        memcpy(field, &value, sizeof value);
    }
    return true;
}

/* Sets a field; one that the target does not have is kept by Mermaid where nobody looks. */
static bool set(parser *p, void *target, nc_c4_target on, nc_c4_field field, nc_sv text, nc_span at)
{
    const nc_c4_field_info *info = nc_c4_field_lookup(field);
    if (field == NC_C4_F_NONE || !info->offset[on])
        return true;
    return nc_c4_assign(target, text, at, info->offset[on], (int)info->holds, p->arena);
}

/* A positional argument goes into its own field, a named one into the field of its name. */
static bool set_argument(parser *p, void *target, nc_c4_target on, nc_c4_field slot,
                         const nc_c4_arg *arg)
{
    return set(p, target, on, arg->named ? nc_c4_field_named(arg->key) : slot, arg->value, arg->at);
}

/* Where a named argument must not stand, JavaScript shows this. */
static nc_sv shown(const nc_c4_arg *arg)
{
    return arg->named ? NC_SV("[object Object]") : arg->value;
}

static bool set_label(parser *p, void *target, nc_c4_target on, const nc_c4_arg *arg)
{
    return set(p, target, on, NC_C4_F_LABEL, arg ? shown(arg) : (nc_sv){0},
               arg ? arg->at : (nc_span){0, 0});
}

static const nc_c4_arg *argument(const parser *p, size_t n)
{
    return n < p->call.args.len ? &p->call.args.ptr[n] : NULL;
}

/* The rest of the arguments, by place; what stands in the place of a node's sprite is dropped. */
static bool set_rest(parser *p, void *target, nc_c4_target on, const nc_c4_macro *macro,
                     size_t from)
{
    bool node = macro->action == NC_C4_DO_BOUNDARY;
    for (size_t n = from; n < macro->mermaid_slots && n < p->call.args.len; n++) {
        nc_c4_field slot = (nc_c4_field)macro->slots[n];
        if (!(node && slot == NC_C4_F_SPRITE) &&
            !set_argument(p, target, on, slot, &p->call.args.ptr[n]))
            return false;
    }
    return true;
}

static uint32_t parent(const parser *p)
{
    return p->open.len ? p->open.ptr[p->open.len - 1] : NC_NONE;
}

/* The entry called by the argument; a fresh one when there is none, or when its name is named. */
static uint32_t lookup(const nc_map *map, const nc_c4_arg *alias)
{
    return alias->named ? NC_NONE : nc_map_lookup(map, alias->value);
}

static bool add_element(parser *p, const nc_c4_macro *macro)
{
    const nc_c4_arg *alias = p->call.args.ptr; /* a call that is read has one */
    uint32_t index = lookup(&p->elements, alias);
    if (index == NC_NONE) {
        nc_c4_element fresh = {.at = alias->at};
        index = p->out->elements.len;
        if (!nc_source_undo(&fresh.id, p->arena, shown(alias)) ||
            !NC_PUSH(p->arena, &p->out->elements, fresh) ||
            (!alias->named && !nc_map_set(&p->elements, p->arena, alias->value, index)))
            return false;
    }
    nc_c4_element *e = &p->out->elements.ptr[index];
    e->type = macro->is.element.type;
    e->form = macro->is.element.form;
    e->external = macro->is.element.external;
    e->parent = parent(p);
    return set_label(p, e, NC_C4_ON_ELEMENT, argument(p, 1)) &&
           set_rest(p, e, NC_C4_ON_ELEMENT, macro, 2);
}

/* The type that a boundary's macro puts in as the third argument, or as the last of fewer. */
static bool insert_type(parser *p, const char *type)
{
    nc_c4_arg fixed = {.value = nc_sv_cstr(type)};
    size_t where = p->call.args.len < 2 ? p->call.args.len : 2;
    if (!NC_PUSH(p->arena, &p->call.args, fixed))
        return false;
    for (size_t n = p->call.args.len - 1; n > where; n--) {
        nc_c4_arg swapped = p->call.args.ptr[n];
        p->call.args.ptr[n] = p->call.args.ptr[n - 1];
        p->call.args.ptr[n - 1] = swapped;
    }
    return true;
}

static bool boundary_of(parser *p, nc_c4_boundary **out, uint32_t *index)
{
    const nc_c4_arg *alias = p->call.args.ptr; /* a call that is read has one */
    *index = lookup(&p->boundaries, alias);
    *out = &p->global;
    if (!alias->named && nc_sv_eq(alias->value, NC_SV("global"))) {
        *index = NC_NONE; /* Mermaid's own outermost boundary has this name */
        return true;
    }
    if (*index == NC_NONE) {
        nc_c4_boundary fresh = {.at = alias->at, .kind = NC_C4_BOUNDARY};
        *index = p->out->boundaries.len;
        if (!nc_source_undo(&fresh.id, p->arena, shown(alias)) ||
            !NC_PUSH(p->arena, &p->out->boundaries, fresh) ||
            (!alias->named && !nc_map_set(&p->boundaries, p->arena, alias->value, *index)))
            return false;
    }
    *out = &p->out->boundaries.ptr[*index];
    return true;
}

static bool open_boundary(parser *p, const nc_c4_macro *macro)
{
    static const uint8_t slots[] = {NC_C4_F_ALIAS, NC_C4_F_LABEL, NC_C4_F_TYPE, NC_C4_F_TAGS,
                                    NC_C4_F_LINK};
    nc_c4_boundary *b;
    uint32_t index;
    bool node = macro->is.boundary.kind != NC_C4_BOUNDARY;
    if (macro->is.boundary.type && !insert_type(p, macro->is.boundary.type))
        return false;
    if (!boundary_of(p, &b, &index) || !set_label(p, b, NC_C4_ON_BOUNDARY, argument(p, 1)))
        return false;
    bool container = macro->is.boundary.type && strcmp(macro->is.boundary.type, "CONTAINER") == 0;
    nc_sv type = node ? NC_SV("node") : container ? NC_SV("container") : NC_SV("system");
    if (!argument(p, 2) && !set(p, b, NC_C4_ON_BOUNDARY, NC_C4_F_TYPE, type, (nc_span){0, 0}))
        return false;
    nc_c4_macro read = *macro;
    if (!node) {
        read.slots = slots;
        read.mermaid_slots = NC_COUNT(slots);
    } else {
        b->kind = macro->is.boundary.kind;
    }
    b->parent = parent(p);
    return set_rest(p, b, NC_C4_ON_BOUNDARY, &read, 2) && NC_PUSH(p->arena, &p->open, index);
}

/* One key for both ends: a length, a blank, the first, the second. */
static bool relation_key(nc_sv *out, nc_arena *a, const nc_c4_arg *from, const nc_c4_arg *to)
{
    char head[24];
    size_t at = 0;
    size_t n = from->value.len;
    do {
        head[at++] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    head[at++] = ' ';
    char *key = NC_NEW(a, char, at + from->value.len + to->value.len);
    if (!key)
        return false;
    memcpy(key, head, at);
    if (from->value.len)
        memcpy(key + at, from->value.ptr, from->value.len);
    if (to->value.len)
        memcpy(key + at + from->value.len, to->value.ptr, to->value.len);
    *out = (nc_sv){key, at + from->value.len + to->value.len};
    return true;
}

static bool add_relation(parser *p, const nc_c4_macro *macro)
{
    size_t first = macro->is.relation.indexed ? 1 : 0;
    const nc_c4_arg *from = argument(p, first);
    const nc_c4_arg *to = argument(p, first + 1);
    const nc_c4_arg *label = argument(p, first + 2);
    nc_sv key;
    if (!from || !to || !label)
        return true; /* silently none */
    bool named = from->named || to->named;
    if (!relation_key(&key, p->arena, from, to))
        return false;
    uint32_t index = named ? NC_NONE : nc_map_lookup(&p->relations, key);
    if (index == NC_NONE) {
        nc_c4_relation fresh = {.at = from->at};
        index = p->out->relations.len;
        if (!nc_source_undo(&fresh.from.id, p->arena, shown(from)) ||
            !nc_source_undo(&fresh.to.id, p->arena, shown(to)) ||
            !NC_PUSH(p->arena, &p->out->relations, fresh) ||
            (!named && !nc_map_set(&p->relations, p->arena, key, index)))
            return false;
    }
    nc_c4_relation *rel = &p->out->relations.ptr[index];
    rel->kind = macro->is.relation.kind;
    rel->direction = macro->is.relation.direction;
    return set_label(p, rel, NC_C4_ON_RELATION, label) &&
           set_rest(p, rel, NC_C4_ON_RELATION, macro, first + 3);
}

static bool style_element(parser *p, const nc_c4_macro *macro)
{
    uint32_t element = lookup(&p->elements, p->call.args.ptr);
    uint32_t boundary = lookup(&p->boundaries, p->call.args.ptr);
    if (element != NC_NONE)
        return set_rest(p, &p->out->elements.ptr[element], NC_C4_ON_ELEMENT, macro, 1);
    if (boundary != NC_NONE)
        return set_rest(p, &p->out->boundaries.ptr[boundary], NC_C4_ON_BOUNDARY, macro, 1);
    return true;
}

/* An offset is a number only in the place of one; elsewhere, and for other names there, it is lost. */
static bool set_offset(parser *p, nc_c4_relation *rel, const nc_c4_arg *arg, nc_c4_field slot)
{
    nc_c4_field field = arg->named ? nc_c4_field_named(arg->key) : slot;
    bool number_place = slot == NC_C4_F_OFFSET_X || slot == NC_C4_F_OFFSET_Y;
    double number;
    bool is_number = number_place && nc_c4_parse_int(&number, arg->value);
    if (field == NC_C4_F_OFFSET_X) {
        rel->has_offset_x = is_number;
        rel->offset_x = is_number ? number : 0;
    } else if (field == NC_C4_F_OFFSET_Y) {
        rel->has_offset_y = is_number;
        rel->offset_y = is_number ? number : 0;
    } else {
        return set(p, rel, NC_C4_ON_RELATION, field, number_place ? (nc_sv){0} : arg->value,
                   arg->at);
    }
    return true;
}

static bool style_relation(parser *p, const nc_c4_macro *macro)
{
    const nc_c4_arg *from = argument(p, 0);
    const nc_c4_arg *to = argument(p, 1);
    nc_sv key;
    if (!to || from->named || to->named)
        return true;
    if (!relation_key(&key, p->arena, from, to))
        return false;
    uint32_t index = nc_map_lookup(&p->relations, key);
    for (size_t n = 2; index != NC_NONE && n < macro->mermaid_slots && n < p->call.args.len; n++)
        if (!set_offset(p, &p->out->relations.ptr[index], &p->call.args.ptr[n],
                        (nc_c4_field)macro->slots[n]))
            return false;
    return true;
}

/* By place alone: the first argument is the shapes', whatever it is called. */
static void layout_config(parser *p)
{
    uint32_t *const places[] = {&p->out->shapes_in_row, &p->out->boundaries_in_row};
    for (size_t n = 0; n < NC_COUNT(places) && n < p->call.args.len; n++) {
        double number;
        if (nc_c4_parse_int(&number, p->call.args.ptr[n].value) && number >= 1)
            *places[n] = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX - 1;
    }
}

static bool run(parser *p, const nc_c4_macro *macro)
{
    switch (macro->action) {
    case NC_C4_DO_ELEMENT:
        return add_element(p, macro);
    case NC_C4_DO_BOUNDARY:
        return open_boundary(p, macro);
    case NC_C4_DO_RELATION:
        return add_relation(p, macro);
    case NC_C4_DO_STYLE_ELEMENT:
        return style_element(p, macro);
    case NC_C4_DO_STYLE_RELATION:
        return style_relation(p, macro);
    case NC_C4_DO_LAYOUT_CONFIG:
        layout_config(p);
        return true;
    case NC_C4_DO_LAY:
    case NC_C4_DO_STYLE_KIND:
    case NC_C4_DO_TAG:
    case NC_C4_DO_FLOW:
    case NC_C4_DO_LEGEND:
    case NC_C4_DO_HIDE_STEREOTYPE:
    case NC_C4_DO_PLAIN_PERSONS:
    case NC_C4_DO_DRAWN_PERSONS:
    case NC_C4_DO_LEGEND_TITLE:
    case NC_C4_DO_PROPERTY_HEADER:
    case NC_C4_DO_NO_PROPERTY_HEADER:
    case NC_C4_DO_PROPERTY:
    case NC_C4_DO_SET_INDEX:
    case NC_C4_DO_INCREMENT:
    case NC_C4_DO_NOTHING:
        break;
    }
    return true;
}

static bool may_begin(place at)
{
    return at == AT_START || at == AT_STATEMENT || at == AFTER_OTHER || at == IN_OPEN ||
           at == IN_BODY;
}

/* Moves the place over a line end; false where none may stand. */
static bool on_newline(place *at)
{
    switch (*at) {
    case AFTER_HEADER:
        *at = AT_START;
        return true;
    case AFTER_OTHER:
    case AFTER_DIAGRAM:
        *at = AT_STATEMENT;
        return true;
    case AFTER_CALL:
        *at = BEFORE_OPEN;
        return true;
    case AFTER_OPEN:
    case IN_OPEN:
        *at = IN_BODY;
        return true;
    case AT_START:
    case AT_STATEMENT:
    case BEFORE_OPEN:
    case IN_BODY:
        break;
    }
    return false;
}

/* One token; false when the grammar does not allow it (or memory is out: the arena knows). */
static bool step(parser *p, place *at, const token *t)
{
    bool ended = *at == AT_STATEMENT || *at == AFTER_OTHER || *at == AFTER_DIAGRAM;
    switch (t->kind) {
    case TOKEN_NONE:
        return true;
    case TOKEN_REFUSED:
        return false;
    case TOKEN_END:
        return ended && p->open.len == 0;
    case TOKEN_NEWLINE:
        return on_newline(at);
    case TOKEN_OTHER: {
        bool allowed = *at == AT_START || *at == AT_STATEMENT;
        *at = AFTER_OTHER;
        return allowed;
    }
    case TOKEN_MACRO: {
        bool allowed = may_begin(*at);
        *at = t->macro->action == NC_C4_DO_BOUNDARY ? AFTER_CALL : AFTER_DIAGRAM;
        return allowed && run(p, t->macro);
    }
    case TOKEN_OPEN: {
        bool allowed = *at == AFTER_CALL || *at == BEFORE_OPEN;
        *at = *at == AFTER_CALL ? AFTER_OPEN : IN_OPEN;
        return allowed;
    }
    case TOKEN_CLOSE:
        if (!ended || p->open.len == 0)
            return false;
        p->open.len--;
        *at = AFTER_DIAGRAM;
        return true;
    }
    return false;
}

static bool read_header(parser *p)
{
    static const nc_sv headers[] = {NC_SV_INIT("C4Context"), NC_SV_INIT("C4Container"),
                                    NC_SV_INIT("C4Component"), NC_SV_INIT("C4Dynamic"),
                                    NC_SV_INIT("C4Deployment")};
    static_assert(NC_COUNT(headers) == NC_C4_VARIANT_COUNT, "a variant has no header");
    while (starts(p, NC_SV("%%"))) {
        p->at = line_end(p->text, p->at);
        p->at = skip_space(p->text, p->at);
    }
    for (size_t i = 0; i < NC_COUNT(headers); i++) {
        size_t end = p->at + headers[i].len;
        if (!starts(p, headers[i]) || (end < p->text.len && nc_is_word(p->text.ptr[end])))
            continue;
        if (is_direction(p))
            return false;
        p->out->variant = (nc_c4_variant)i;
        p->at = end;
        return true;
    }
    return false;
}

bool nc_c4_read_mermaid(nc_c4 *out, size_t *refused_at, nc_arena *a, nc_sv text)
{
    parser p = {.arena = a, .text = text, .out = out};
    *out = (nc_c4){.shapes_in_row = 4, .boundaries_in_row = 2};
    *refused_at = 0;
    p.direction = nc_c4_find_direction(text, 0);
    if (!read_header(&p))
        return !nc_arena_failed(a);
    place at = AFTER_HEADER;
    for (;;) {
        *refused_at = p.at;
        token t = next_token(&p);
        if (!step(&p, &at, &t))
            return !nc_arena_failed(a);
        if (t.kind == TOKEN_END)
            break;
    }
    *refused_at = SIZE_MAX;
    return !nc_arena_failed(a);
}
