/* Packs of icons by themselves: nacre_icons. */
#include "icon/icon.h"
#include "nacre_internal.h"

nacre_icons *nacre_icons_new(const nacre_allocator *allocator)
{
    nc_arena defaults; /* knows malloc and free */
    nc_alloc from = {0};
    if (allocator)
        from = (nc_alloc){allocator->alloc, allocator->free, allocator->payload};
    nc_arena_init(&defaults, &from, 0);
    nacre_icons *icons = defaults.from.alloc(defaults.from.payload, sizeof *icons);
    if (!icons)
        return NULL;
    *icons = (nacre_icons){.alloc = defaults.from, .packs = nc_icon_packs_new(&defaults.from)};
    if (!icons->packs) {
        nacre_icons_drop(icons);
        return NULL;
    }
    return icons;
}

void nacre_icons_drop(nacre_icons *icons)
{
    if (!icons)
        return;
    const nc_alloc alloc = icons->alloc;
    nc_icon_packs_drop(icons->packs);
    alloc.free(alloc.payload, icons);
}

nacre_status nacre_icons_add(nacre_icons *icons, const char *name, const char *json, size_t len,
                             const char **error)
{
    *error = "";
    switch (
        nc_icon_packs_add(icons->packs, nc_sv_cstr(name), nc_sv_from(json, len), icons->error)) {
    case NC_PACK_OK:
        return NACRE_OK;
    case NC_PACK_NOMEM:
        break;
    case NC_PACK_BAD:
        *error = icons->error;
        return NACRE_ERR_USAGE;
    }
    return NACRE_ERR_NOMEM;
}
