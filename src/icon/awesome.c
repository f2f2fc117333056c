/* Font Awesome, as it was embedded when nacre was built. */
#include "fonts/icons.h"
#include "icon/parts.h"
#include "icon/path_data.h"

static const nc_sv prefixes[] = {NC_SV_INIT("fa"),  NC_SV_INIT("fas"), NC_SV_INIT("far"),
                                 NC_SV_INIT("fab"), NC_SV_INIT("fal"), NC_SV_INIT("fak")};

#define NC_RENAMED(new, old) {NC_SV_INIT(new), NC_SV_INIT(old)},
static const struct {
    nc_sv name, old;
} renamed[] = {
#include "icon/renamed.def"
};
#undef NC_RENAMED

bool nc_awesome_has_prefix(nc_sv prefix)
{
    for (size_t i = 0; i < NC_COUNT(prefixes); i++)
        if (nc_sv_eq(prefixes[i], prefix))
            return true;
    return false;
}

static const nc_awesome_glyph *find_glyph(nc_sv name)
{
    size_t low = 0;
    size_t high = nc_awesome_name_len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = nc_sv_cmp(name, nc_sv_cstr(nc_awesome_names[middle].name));
        if (order == 0)
            return &nc_awesome_glyphs[nc_awesome_names[middle].glyph];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static nc_sv old_name(nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(renamed); i++)
        if (nc_sv_eq(renamed[i].name, name))
            return renamed[i].old;
    return (nc_sv){0};
}

/* What the regular style calls `bell` is `bell-o` in 4.7: an outline. */
static const nc_awesome_glyph *find_outline(nc_sv name)
{
    char longer[64];
    if (name.len + 2 > sizeof longer)
        return NULL;
    memcpy(longer, name.ptr, name.len);
    memcpy(longer + name.len, "-o", 2);
    return find_glyph(nc_sv_from(longer, name.len + 2));
}

static const nc_awesome_glyph *find_any(nc_sv prefix, nc_sv name)
{
    const nc_sv old = old_name(name);
    const nc_awesome_glyph *glyph = NULL;
    if (nc_sv_eq(prefix, NC_SV("far"))) {
        glyph = find_outline(name);
        if (!glyph && old.len)
            glyph = find_outline(old);
    }
    if (!glyph)
        glyph = find_glyph(name);
    if (!glyph && old.len)
        glyph = find_glyph(old);
    return glyph;
}

bool nc_awesome_read(nc_icon *out, bool *found, nc_arena *a, nc_sv prefix, nc_sv name)
{
    const nc_awesome_glyph *const glyph = find_any(prefix, name);
    const double em = 16.0 / NC_AWESOME_EM; /* a box of 16 px, as other packs have */
    const nc_matrix m = {em, 0, 0, em, 0, 0};
    *found = glyph != NULL;
    if (!glyph)
        return true;
    nc_icon_shape *const shape = NC_NEW(a, nc_icon_shape, 1);
    nc_path_builder b;
    nc_path_init(&b, a);
    if (!shape)
        return false;
    (void)nc_path_data_read(&b, nc_sv_cstr(glyph->path), &m);
    shape->fill.ink = NC_ICON_CURRENT;
    *out = (nc_icon){glyph->width * em, 16, shape, 1};
    return nc_path_take(&shape->path, &b);
}

nc_sv nc_awesome_nearest(nc_sv name)
{
    enum { MOST = 2048 };
    nc_sv names[MOST];
    size_t len = 0;
    for (size_t i = 0; i < nc_awesome_name_len && len < MOST; i++)
        names[len++] = nc_sv_cstr(nc_awesome_names[i].name);
    for (size_t i = 0; i < NC_COUNT(renamed) && len < MOST; i++)
        names[len++] = renamed[i].name;
    return nc_nearest(name, names, len);
}
