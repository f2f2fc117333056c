/* Packs of icons by themselves: nacre_icons. */
#include "icon/icon.h"
#include "nacre_internal.h"

nacre_icons *nacre_icons_new(const nacre_allocator *allocator)
{
    const nc_alloc from = nc_alloc_given(allocator);
    nacre_icons *icons = from.alloc(from.payload, sizeof *icons);
    if (!icons)
        return NULL;
    *icons = (nacre_icons){.alloc = from, .packs = nc_icon_packs_new(&from)};
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
