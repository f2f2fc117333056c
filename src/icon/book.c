#include "base/map.h"
#include "icon/parts.h"

struct nc_icon_book {
    nc_arena *arena;
    const nc_icon_packs *packs;
    nc_diags *diags;
    nc_map known; /* name to index of icons */
    NC_VEC(nc_icon *) icons;
    const nc_icon *no_icon, *no_image; /* read when they are needed */
};

nc_icon_book *nc_icon_book_new(nc_arena *a, const nc_icon_packs *packs, nc_diags *d)
{
    nc_icon_book *book = NC_NEW(a, nc_icon_book, 1);
    if (book)
        *book = (nc_icon_book){.arena = a, .packs = packs, .diags = d};
    return book;
}

/* `fa:fa-car` */
typedef struct full_name {
    nc_sv all, pack, name;
} full_name;

static full_name split(nc_sv all)
{
    full_name out = {.all = all, .name = all};
    const size_t colon = nc_sv_find(all, NC_SV(":"), 0);
    if (colon != SIZE_MAX) {
        out.pack = nc_sv_slice(all, 0, colon);
        out.name = nc_sv_slice(all, colon + 1, all.len);
    }
    if (nc_awesome_has_prefix(out.pack) && nc_sv_starts(out.name, NC_SV("fa-")))
        out.name = nc_sv_slice(out.name, 3, out.name.len);
    return out;
}

/* ---- reports ------------------------------------------------------------------------------- */

static void hint_name(nc_icon_book *book, const full_name *f, const nc_icon_pack *pack)
{
    const nc_sv near = pack ? nc_icon_pack_nearest(pack, f->name) : nc_awesome_nearest(f->name);
    if (near.len)
        nc_diag_hint(book->diags, "did you mean '%.*s:%s%.*s'?", NC_SV_ARG(f->pack),
                     nc_sv_find(f->all, NC_SV(":fa-"), 0) == f->pack.len ? "fa-" : "",
                     NC_SV_ARG(near));
    else if (!pack)
        nc_diag_hint(book->diags,
                     "Font Awesome 4.7 is built in, and the newer names of its icons; "
                     "'--icons %.*s=FILE.json' gives others",
                     NC_SV_ARG(f->pack));
}

static void report_unknown(nc_icon_book *book, const full_name *f, const nc_icon_pack *pack,
                           nc_span at)
{
    const bool known = pack || nc_awesome_has_prefix(f->pack);
    if (!book->diags)
        return;
    nc_diag_add(book->diags, NC_RULE_UNKNOWN_ICON, at, "there is no icon '%.*s'",
                NC_SV_ARG(f->all));
    if (known) {
        hint_name(book, f, pack);
        return;
    }
    const nc_sv near = nc_icon_packs_nearest(book->packs, f->pack);
    if (near.len)
        nc_diag_hint(book->diags, "did you mean '%.*s:%.*s'?", NC_SV_ARG(near), NC_SV_ARG(f->name));
    else if (f->pack.len)
        nc_diag_hint(book->diags,
                     "there is no pack '%.*s': '--icons %.*s=FILE.json' gives one of Iconify",
                     NC_SV_ARG(f->pack), NC_SV_ARG(f->pack));
    else
        nc_diag_hint(book->diags, "a pack stands in front: 'fa:%.*s'", NC_SV_ARG(f->name));
}

static void report_refused(nc_icon_book *book, const full_name *f, nc_sv refused, nc_span at)
{
    if (book->diags)
        nc_diag_add(book->diags, NC_RULE_ICON_PART, at, "of the icon '%.*s' this is left out: %.*s",
                    NC_SV_ARG(f->all), NC_SV_ARG(refused));
}

/* ---- finding ------------------------------------------------------------------------------- */

static bool builtin(const nc_icon **out, nc_icon_book *book, nc_sv name)
{
    nc_icon *icon = NC_NEW(book->arena, nc_icon, 1);
    bool found;
    if (!icon || !nc_awesome_read(icon, &found, book->arena, NC_SV("fa"), name))
        return false;
    if (!found) /* a font given at build time may lack it */
        *icon = (nc_icon){.w = 16, .h = 16};
    *out = icon;
    return true;
}

static bool placeholder(const nc_icon **out, nc_icon_book *book)
{
    if (!book->no_icon && !builtin(&book->no_icon, book, NC_SV("question-circle-o")))
        return false;
    *out = book->no_icon;
    return true;
}

bool nc_icon_is_known(const nc_icon_book *book, const nc_icon *icon)
{
    return icon != book->no_icon;
}

bool nc_icon_no_image(const nc_icon **out, nc_icon_book *book)
{
    if (!book->no_image && !builtin(&book->no_image, book, NC_SV("picture-o")))
        return false;
    *out = book->no_image;
    return true;
}

static bool read_icon(nc_icon *icon, bool *found, nc_icon_book *book, const full_name *f,
                      nc_span at)
{
    const nc_icon_pack *const pack = nc_icon_packs_find(book->packs, f->pack);
    nc_sv refused = {0};
    *found = false;
    if (pack && !nc_icon_pack_read(icon, found, &refused, book->arena, pack, f->name))
        return false;
    if (!*found && nc_awesome_has_prefix(f->pack) &&
        !nc_awesome_read(icon, found, book->arena, f->pack, f->name))
        return false;
    if (*found && icon->len == 0) /* nothing of it can be drawn */
        *found = false;
    if (refused.len)
        report_refused(book, f, refused, at);
    else if (!*found)
        report_unknown(book, f, pack, at);
    return true;
}

bool nc_icon_find(const nc_icon **out, nc_icon_book *book, nc_sv name, nc_span at)
{
    const uint32_t known = nc_map_lookup(&book->known, name);
    if (known != NC_NONE) {
        *out = book->icons.ptr[known];
        return *out || placeholder(out, book);
    }
    const full_name f = split(name);
    nc_icon *icon = NC_NEW(book->arena, nc_icon, 1);
    bool found;
    if (!icon || !read_icon(icon, &found, book, &f, at))
        return false;
    if (!found)
        icon = NULL;
    if (!nc_map_set(&book->known, book->arena, name, book->icons.len) ||
        !NC_PUSH(book->arena, &book->icons, icon))
        return false;
    *out = icon;
    return icon || placeholder(out, book);
}
