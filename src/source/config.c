#include "source/config.h"

#include "base/vec.h"

/* What a known key takes. */
enum { TEXT = 1, NUMBER = 2, BOOL = 4, LIST = 8, MAP = 16 };

typedef enum scope { ROOT, FLOWCHART, SEQUENCE, C4, ELK, MARGIN, VARIABLES, FOREIGN } scope;

typedef struct known_key {
    scope scope;
    nc_sv name;
    unsigned takes;
    scope inside; /* of a map: what its members are */
} known_key;

#define KEY(scope, name, takes)    {scope, NC_SV_INIT(name), takes, FOREIGN},
#define SECTION(name, inside)      {ROOT, NC_SV_INIT(name), MAP, inside},
#define INNER(scope, name, inside) {scope, NC_SV_INIT(name), MAP, inside},
static const known_key keys[] = {
#include "source/config.def"
};
#undef KEY
#undef SECTION
#undef INNER

/* Only the site may set these; `secure` itself belongs to them. */
static const nc_sv secure[] = {NC_SV_INIT("secure"),
                               NC_SV_INIT("securityLevel"),
                               NC_SV_INIT("startOnLoad"),
                               NC_SV_INIT("maxTextSize"),
                               NC_SV_INIT("suppressErrorRendering"),
                               NC_SV_INIT("maxEdges"),
                               NC_SV_INIT("icons"),
                               NC_SV_INIT("images")};

/* The C4 section has a size, family and weight of font and two colours for each kind. */
static const struct {
    nc_sv ending;
    unsigned takes;
} c4_endings[] = {{NC_SV_INIT("FontSize"), TEXT | NUMBER},
                  {NC_SV_INIT("FontFamily"), TEXT},
                  {NC_SV_INIT("FontWeight"), TEXT | NUMBER},
                  {NC_SV_INIT("_bg_color"), TEXT},
                  {NC_SV_INIT("_border_color"), TEXT}};

static const known_key *lookup(scope in, nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(keys); i++)
        if (keys[i].scope == in && nc_sv_eq(keys[i].name, name))
            return &keys[i];
    return NULL;
}

static unsigned c4_takes(nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(c4_endings); i++)
        if (nc_sv_ends(name, c4_endings[i].ending))
            return c4_endings[i].takes;
    return 0;
}

/* The number at the start of a text with at most a unit behind it: "50", "14px". */
static bool number_of(double *out, nc_sv text)
{
    size_t at = text.len && text.ptr[0] == '-' ? 1 : 0;
    size_t digits = at;
    double value = 0;
    double place = 1;
    bool fraction = false;
    for (; at < text.len && (nc_is_digit(text.ptr[at]) || (text.ptr[at] == '.' && !fraction));
         at++) {
        if (text.ptr[at] == '.') {
            fraction = true;
            continue;
        }
        value = value * 10 + (text.ptr[at] - '0');
        place = fraction ? place * 10 : place;
    }
    nc_sv unit = nc_sv_slice(text, at, text.len);
    *out = (digits && value > 0 ? -value : value) / place;
    return at > digits && (unit.len == 0 || nc_sv_eq(unit, NC_SV("px")));
}

static unsigned type_of(const nc_value *v)
{
    static const unsigned types[] = {
        [NC_VALUE_NULL] = 0,      [NC_VALUE_BOOL] = BOOL, [NC_VALUE_NUMBER] = NUMBER,
        [NC_VALUE_STRING] = TEXT, [NC_VALUE_LIST] = LIST, [NC_VALUE_MAP] = MAP};
    return types[v->kind];
}

static bool fits(const nc_value *v, unsigned takes)
{
    double ignored;
    if (type_of(v) & takes)
        return true;
    return v->kind == NC_VALUE_STRING && (takes & NUMBER) && number_of(&ignored, v->text);
}

static const char *wanted(unsigned takes)
{
    if (takes == (TEXT | NUMBER))
        return "a text or a number";
    if (takes == (TEXT | BOOL))
        return "a text or true or false";
    return takes & BOOL     ? "true or false"
           : takes & NUMBER ? "a number"
           : takes & TEXT   ? "a text"
           : takes & LIST   ? "a list"
                            : "a map";
}

static bool braces_match(nc_sv css)
{
    size_t open = 0;
    for (size_t i = 0; i < css.len; i++) {
        if (css.ptr[i] == '}' && open-- == 0)
            return false;
        if (css.ptr[i] == '{')
            open++;
    }
    return open == 0;
}

static bool contains(nc_sv text, nc_sv piece)
{
    return nc_sv_find(text, piece, 0) != SIZE_MAX;
}

/* What Mermaid lets pass as the value of a theme variable. */
static bool is_plain_variable(nc_sv text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!nc_is_alpha(c) && !nc_is_digit(c) && !memchr(" \"#%(),.;", c, 9))
            return false;
    }
    return true;
}

/* Why a document's value must not count; NULL when it may. */
static const char *unsafe(scope in, const nc_member *m)
{
    nc_sv key = m->key;
    nc_sv text = m->value->text;
    if (nc_sv_starts(key, NC_SV("__")) || contains(key, NC_SV("proto")) ||
        contains(key, NC_SV("constr")))
        return "is no key of a configuration";
    for (size_t i = 0; i < NC_COUNT(secure); i++)
        if (nc_sv_eq(key, secure[i]))
            return "cannot be set from a diagram";
    if (m->value->kind != NC_VALUE_STRING)
        return NULL;
    if (contains(text, NC_SV("<")) || contains(text, NC_SV(">")) ||
        contains(text, NC_SV("url(data:")))
        return "holds what could be markup";
    if (in == VARIABLES && !is_plain_variable(text))
        return "has a character that no theme variable may have";
    bool css = contains(key, NC_SV("themeCSS")) || contains(key, NC_SV("ontFamily"));
    return css && !braces_match(text) ? "has unbalanced braces" : NULL;
}

typedef struct cleaning {
    const nc_value *in;
    nc_value *out;
    scope scope;
} cleaning;
typedef NC_VEC(cleaning) cleaning_vec;

typedef struct cleaner {
    nc_arena *arena;
    nc_diags *diags;
    bool untrusted;
    cleaning_vec jobs; /* maps to go through: the work list that replaces recursion */
} cleaner;

static void hint_nearest(nc_diags *d, scope in, nc_sv name)
{
    nc_sv names[NC_COUNT(keys)];
    size_t n = 0;
    for (size_t i = 0; i < NC_COUNT(keys); i++)
        if (keys[i].scope == in)
            names[n++] = keys[i].name;
    nc_sv near = nc_nearest(name, names, n);
    if (near.len)
        nc_diag_hint(d, "did you mean '%.*s'?", NC_SV_ARG(near));
}

/* True when the member counts; *inside is the scope of its own members. */
static bool accept(cleaner *c, scope in, const nc_member *m, scope *inside)
{
    nc_diags *d = c->diags;
    const char *reason = c->untrusted ? unsafe(in, m) : NULL;
    *inside = FOREIGN;
    if (reason) {
        nc_diag_add(d, NC_RULE_CONFIG, m->key_at, "'%.*s' %s and is ignored", NC_SV_ARG(m->key),
                    reason);
        return false;
    }
    if (m->value->kind == NC_VALUE_NULL)
        return false;
    if (in == FOREIGN || in == VARIABLES)
        return true;
    const known_key *known = lookup(in, m->key);
    unsigned takes = known ? known->takes : in == C4 ? c4_takes(m->key) : 0;
    if (!takes) {
        if (c->untrusted) {
            nc_diag_add(d, NC_RULE_CONFIG, m->key_at, "unknown key '%.*s'", NC_SV_ARG(m->key));
            hint_nearest(d, in, m->key);
        }
        return !c->untrusted;
    }
    *inside = known ? known->inside : FOREIGN;
    if (fits(m->value, takes))
        return true;
    nc_diag_add(d, NC_RULE_CONFIG, m->value->at, "'%.*s' takes %s", NC_SV_ARG(m->key),
                wanted(takes));
    return false;
}

static bool clean_map(cleaner *c, const cleaning *job)
{
    *job->out = *job->in;
    job->out->len = 0;
    if (!job->in->len)
        return true;
    job->out->members = NC_NEW(c->arena, nc_member, job->in->len);
    if (!job->out->members)
        return false;
    for (uint32_t i = 0; i < job->in->len; i++) {
        nc_member m = job->in->members[i];
        cleaning next = {.in = m.value};
        if (!accept(c, job->scope, &m, &next.scope))
            continue;
        if (m.value->kind == NC_VALUE_MAP) {
            next.out = m.value = NC_NEW(c->arena, nc_value, 1);
            if (!next.out || !NC_PUSH(c->arena, &c->jobs, next))
                return false;
        }
        job->out->members[job->out->len++] = m;
    }
    return true;
}

static bool clean(nc_value *out, cleaner *c, const nc_value *value)
{
    cleaning first = {value, out, ROOT};
    if (!NC_PUSH(c->arena, &c->jobs, first))
        return false;
    /* first in, first out: warnings in the order of the text, level by level */
    for (uint32_t i = 0; i < c->jobs.len; i++) {
        cleaning job = c->jobs.ptr[i];
        if (!clean_map(c, &job))
            return false;
    }
    return true;
}

bool nc_config_add(nc_config *c, nc_arena *a, const nc_value *layer, bool untrusted, nc_diags *d)
{
    if (!layer || layer->kind != NC_VALUE_MAP)
        return true;
    assert(c->len < NC_CONFIG_LAYERS);
    cleaner cl = {.arena = a, .diags = d, .untrusted = untrusted};
    nc_value *out = NC_NEW(a, nc_value, 1);
    const nc_offset_map *map = d->map;
    d->map = NULL;
    bool done = out && clean(out, &cl, layer);
    d->map = map;
    if (!done)
        return false;
    c->layers[c->len++] = out;
    c->merged = nc_value_merge(a, c->merged, out);
    return c->merged != NULL;
}

static nc_sv section_of(nc_family_id family)
{
    static const nc_sv sections[] = {[NC_FAMILY_FLOWCHART] = NC_SV_INIT("flowchart"),
                                     [NC_FAMILY_SEQUENCE] = NC_SV_INIT("sequence"),
                                     [NC_FAMILY_C4] = NC_SV_INIT("c4")};
    static_assert(NC_COUNT(sections) == NC_FAMILY_COUNT, "a family has no section");
    return sections[family];
}

/* The strongest value of the family's section whose type is among `takes`. */
static const nc_value *strongest(const nc_config *c, const char *key, unsigned takes)
{
    nc_sv section = section_of(c->family);
    for (uint32_t i = c->len; i-- > 0;) {
        const nc_value *v = nc_value_path(nc_value_member(c->layers[i], section), key);
        if (v && fits(v, takes))
            return v;
    }
    return NULL;
}

double nc_config_number(const nc_config *c, const char *key, double fallback)
{
    double number;
    const nc_value *v = strongest(c, key, NUMBER);
    if (v && v->kind == NC_VALUE_NUMBER)
        return v->number;
    return v && number_of(&number, v->text) ? number : fallback;
}

bool nc_config_bool(const nc_config *c, const char *key, bool fallback)
{
    const nc_value *v = strongest(c, key, BOOL);
    return v ? v->boolean : fallback;
}

nc_sv nc_config_text(const nc_config *c, const char *key, nc_sv fallback)
{
    const nc_value *v = strongest(c, key, TEXT | NUMBER);
    return v ? v->text : fallback;
}

const nc_value *nc_config_root(const nc_config *c, const char *key)
{
    return nc_value_path(c->merged, key);
}

const nc_value *nc_config_candidate(const nc_config *c, const char *key, uint32_t n)
{
    nc_sv section = section_of(c->family);
    for (uint32_t i = c->len; i-- > 0;) {
        const nc_value *own = nc_value_path(nc_value_member(c->layers[i], section), key);
        const nc_value *root = nc_value_path(c->layers[i], key);
        if (own && n-- == 0)
            return own;
        if (root && n-- == 0)
            return root;
    }
    return NULL;
}

nc_sv nc_config_appearance(const nc_config *c, const char *key, nc_sv fallback)
{
    const nc_value *v = nc_config_candidate(c, key, 0);
    return v && v->kind == NC_VALUE_STRING ? v->text : fallback;
}
