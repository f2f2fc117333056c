/* Packs of icons as Iconify writes them. */
#include "icon/parts.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct nc_icon_pack {
    nc_icon_pack *next;
    nc_sv name;
    json_t *root; /* an object with the object `icons` */
    uint64_t hash;
};

struct nc_icon_packs {
    nc_alloc from;
    nc_arena arena;
    nc_icon_pack *first; /* in the order they were given */
};

static const double SIZE_MOST = 8192; /* of an icon's box, px */

nc_icon_packs *nc_icon_packs_new(const nc_alloc *from)
{
    nc_arena defaults; /* knows malloc and free */
    nc_arena_init(&defaults, from, 0);
    nc_icon_packs *packs = defaults.from.alloc(defaults.from.payload, sizeof *packs);
    if (!packs)
        return NULL;
    *packs = (nc_icon_packs){.from = defaults.from};
    nc_arena_init(&packs->arena, &packs->from, 0);
    return packs;
}

void nc_icon_packs_drop(nc_icon_packs *packs)
{
    if (!packs)
        return;
    for (nc_icon_pack *p = packs->first; p; p = p->next)
        json_decref(p->root);
    nc_arena_release(&packs->arena);
    const nc_alloc from = packs->from;
    from.free(from.payload, packs);
}

static uint64_t hash_of(uint64_t hash, nc_sv text)
{
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 1099511628211u; /* FNV-1a */
    return (hash ^ 0xff) * 1099511628211u;
}

static nc_icon_pack *find_pack(const nc_icon_packs *packs, nc_sv name)
{
    nc_icon_pack *p = packs ? packs->first : NULL;
    while (p && !nc_sv_eq(p->name, name))
        p = p->next;
    return p;
}

static nc_icon_pack *new_pack(nc_icon_packs *packs, nc_sv name)
{
    nc_icon_pack **end = &packs->first;
    nc_icon_pack *pack = NC_NEW(&packs->arena, nc_icon_pack, 1);
    if (!pack || !nc_arena_copy(&pack->name, &packs->arena, name))
        return NULL;
    while (*end)
        end = &(*end)->next;
    *end = pack;
    return pack;
}

/* What an author writes in front of the colon. */
static bool is_pack_name(nc_sv name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!nc_is_word(name.ptr[i]) && name.ptr[i] != '-')
            return false;
    return name.len > 0 && name.len <= 64;
}

nc_pack_status nc_icon_packs_add(nc_icon_packs *packs, nc_sv name, nc_sv json,
                                 char error[static NC_PACK_ERROR_MAX])
{
    json_error_t trouble;
    if (!is_pack_name(name)) {
        snprintf(error, NC_PACK_ERROR_MAX,
                 "the name of a pack is made of letters, digits, '-' and '_'");
        return NC_PACK_BAD;
    }
    json_t *root = json_loadb(json.ptr ? json.ptr : "", json.len, 0, &trouble);
    if (!root && json_error_code(&trouble) == json_error_out_of_memory)
        return NC_PACK_NOMEM;
    if (!root) {
        snprintf(error, NC_PACK_ERROR_MAX, "line %d: %s", trouble.line, trouble.text);
        return NC_PACK_BAD;
    }
    if (!json_is_object(json_object_get(root, "icons"))) {
        snprintf(error, NC_PACK_ERROR_MAX,
                 "no pack of Iconify: it has no object 'icons' at its root");
        json_decref(root);
        return NC_PACK_BAD;
    }
    nc_icon_pack *pack = find_pack(packs, name);
    if (!pack)
        pack = new_pack(packs, name);
    if (!pack) {
        json_decref(root);
        return NC_PACK_NOMEM;
    }
    json_decref(pack->root);
    pack->root = root;
    pack->hash = hash_of(14695981039346656037u, json);
    return NC_PACK_OK;
}

uint64_t nc_icon_packs_hash(const nc_icon_packs *packs)
{
    uint64_t hash = 0;
    for (const nc_icon_pack *p = packs ? packs->first : NULL; p; p = p->next)
        hash = (hash_of(hash ^ 14695981039346656037u, p->name) ^ p->hash) * 1099511628211u;
    return hash;
}

const nc_icon_pack *nc_icon_packs_find(const nc_icon_packs *packs, nc_sv name)
{
    return find_pack(packs, name);
}

nc_sv nc_icon_packs_nearest(const nc_icon_packs *packs, nc_sv name)
{
    enum { MOST = 64 };
    nc_sv names[MOST];
    size_t len = 0;
    for (const nc_icon_pack *p = packs ? packs->first : NULL; p && len < MOST; p = p->next)
        names[len++] = p->name;
    return nc_nearest(name, names, len);
}

/* ---- one icon ------------------------------------------------------------------------------ */

static const json_t *member(const json_t *object, nc_sv key)
{
    char text[160];
    if (key.len >= sizeof text || memchr(key.ptr, '\0', key.len))
        return NULL;
    memcpy(text, key.ptr, key.len);
    text[key.len] = '\0';
    return json_object_get(object, text);
}

/* Aliases turn and flip what they stand for; theirs come after those of what they name. */
typedef struct turned {
    const json_t *icon;
    const json_t *box; /* the outermost that gives a size, of aliases */
    int turns;         /* quarters, clockwise */
    bool flip_x, flip_y;
} turned;

static void turn(turned *t, const json_t *by)
{
    /* what was flipped on the inside is turned the other way round from outside */
    t->turns += (int)(json_integer_value(json_object_get(by, "rotate")) % 4);
    t->flip_x ^= json_is_true(json_object_get(by, "hFlip"));
    t->flip_y ^= json_is_true(json_object_get(by, "vFlip"));
}

/* The icon behind a name and its aliases; icon is NULL when there is none. */
static void resolve(turned *out, const json_t *root, nc_sv name)
{
    enum { ALIASES_MOST = 8 };
    const json_t *const icons = json_object_get(root, "icons");
    const json_t *const aliases = json_object_get(root, "aliases");
    *out = (turned){0};
    for (int i = 0; i < ALIASES_MOST; i++) {
        const json_t *icon = member(icons, name);
        const json_t *alias = icon ? NULL : member(aliases, name);
        const json_t *parent = json_object_get(alias, "parent");
        if (icon) {
            out->icon = icon;
            turn(out, icon);
            return;
        }
        if (!json_is_string(parent))
            return;
        turn(out, alias);
        name = nc_sv_from(json_string_value(parent), json_string_length(parent));
    }
}

static double size_in(const turned *t, const json_t *root, const char *key, double usual)
{
    const json_t *v = json_object_get(t->icon, key);
    if (!json_is_number(v))
        v = json_object_get(root, key);
    return json_is_number(v) ? json_number_value(v) : usual;
}

/* The box's own coordinates, then flips about its middle, then quarter turns: Iconify's order. */
static nc_matrix place(nc_icon *out, const turned *t, double left, double top)
{
    const int turns = (t->turns % 4 + 4) % 4;
    nc_matrix m = {1, 0, 0, 1, -left, -top};
    const nc_matrix flip = {t->flip_x ? -1 : 1,    0, 0, t->flip_y ? -1 : 1, t->flip_x ? out->w : 0,
                            t->flip_y ? out->h : 0};
    m = nc_matrix_mul(&flip, &m);
    for (int i = 0; i < turns; i++) {
        const nc_matrix quarter = {0, 1, -1, 0, out->h, 0};
        const double w = out->w;
        m = nc_matrix_mul(&quarter, &m);
        out->w = out->h;
        out->h = w;
    }
    return m;
}

bool nc_icon_pack_read(nc_icon *out, bool *found, nc_sv *refused, nc_arena *a,
                       const nc_icon_pack *pack, nc_sv name)
{
    turned t;
    resolve(&t, pack->root, name);
    const json_t *const body = json_object_get(t.icon, "body");
    *refused = (nc_sv){0};
    *found = json_is_string(body);
    if (!*found)
        return true;
    out->w = size_in(&t, pack->root, "width", 16);
    out->h = size_in(&t, pack->root, "height", 16);
    const double left = size_in(&t, pack->root, "left", 0);
    const double top = size_in(&t, pack->root, "top", 0);
    *found = out->w > 0 && out->h > 0 && out->w <= SIZE_MOST && out->h <= SIZE_MOST &&
             fabs(left) <= SIZE_MOST && fabs(top) <= SIZE_MOST;
    if (!*found)
        return true;
    const nc_matrix m = place(out, &t, left, top);
    return nc_drawing_read(out, refused, a,
                           nc_sv_from(json_string_value(body), json_string_length(body)), &m);
}

static size_t put_keys(nc_sv *names, size_t len, json_t *object)
{
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at))
        names[len++] = nc_sv_cstr(json_object_iter_key(at));
    return len;
}

nc_sv nc_icon_pack_nearest(const nc_icon_pack *pack, nc_sv name)
{
    json_t *const icons = json_object_get(pack->root, "icons");
    json_t *const aliases = json_object_get(pack->root, "aliases");
    const size_t most = json_object_size(icons) + json_object_size(aliases);
    nc_sv *names = most ? malloc(most * sizeof *names) : NULL;
    if (!names)
        return (nc_sv){0}; /* no more than a hint */
    size_t len = put_keys(names, 0, icons);
    len = put_keys(names, len, aliases);
    const nc_sv nearest = nc_nearest(name, names, len);
    free(names);
    return nearest;
}
