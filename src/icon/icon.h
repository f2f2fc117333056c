/*
 * Icons: small drawings that have a name. Font Awesome's are built in (`fa:`, `fas:`, `far:`, `fab:`,
 * `fal:`, `fak:`); others come from packs that the user gives. Units: px of the icon's own box, y
 * down, origin at its top left corner.
 */
#ifndef NC_ICON_H
#define NC_ICON_H

#include "base/diag.h"
#include "scene/path.h"
#include "theme/theme.h"

typedef enum nc_icon_ink {
    NC_ICON_NO_INK,
    NC_ICON_CURRENT, /* the colour of what it stands in */
    NC_ICON_OWN
} nc_icon_ink;

typedef struct nc_icon_paint {
    nc_icon_ink ink;
    nc_rgba color; /* NC_ICON_OWN's */
} nc_icon_paint;

typedef struct nc_icon_shape {
    nc_path path;
    nc_icon_paint fill, stroke;
    double width;   /* of the stroke */
    double opacity; /* 0 means 1 */
    bool even_odd;
    nc_cap cap;
    nc_join join;
} nc_icon_shape;

typedef struct nc_icon {
    double w, h; /* above 0 */
    const nc_icon_shape *shapes;
    uint32_t len;
} nc_icon;

/*
 * Packs in the format of Iconify (JSON: prefix, icons with bodies of SVG, aliases), by the names that
 * the user gave them. A pack named as a built-in one stands before it.
 */
typedef struct nc_icon_packs nc_icon_packs;
nc_icon_packs *nc_icon_packs_new(const nc_alloc *from); /* NULL without memory */
void nc_icon_packs_drop(nc_icon_packs *packs);

typedef enum nc_pack_status { NC_PACK_OK, NC_PACK_NOMEM, NC_PACK_BAD } nc_pack_status;
enum { NC_PACK_ERROR_MAX = 200 };
/* Adds a copy, instead of an earlier one of that name; a bad one adds nothing, error says why. */
nc_pack_status nc_icon_packs_add(nc_icon_packs *packs, nc_sv name, nc_sv json,
                                 char error[static NC_PACK_ERROR_MAX]);
/* Of names and texts of all packs; 0 when there is none. */
uint64_t nc_icon_packs_hash(const nc_icon_packs *packs);

/* The icons of one diagram: each is read once, and reported once. */
typedef struct nc_icon_book nc_icon_book;
/* packs may be NULL and must outlive the book; NULL without memory. */
nc_icon_book *nc_icon_book_new(nc_arena *a, const nc_icon_packs *packs, nc_diags *d);
/*
 * The icon that a text calls `fa:car`, `fa:fa-car` or `pack:name`; a question mark, with a warning at
 * `at`, when there is none. False without memory.
 */
NC_MUST_USE bool nc_icon_find(const nc_icon **out, nc_icon_book *book, nc_sv name, nc_span at);
/* False for the question mark. */
bool nc_icon_is_known(const nc_icon_book *book, const nc_icon *icon);
/* What stands for a picture that cannot be shown. */
NC_MUST_USE bool nc_icon_no_image(const nc_icon **out, nc_icon_book *book);

#endif
