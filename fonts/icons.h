/* Font Awesome's outlines: written when nacre is built (fonts/README.md). */
#ifndef NC_FONT_ICONS_H
#define NC_FONT_ICONS_H

#include <stddef.h>
#include <stdint.h>

enum { NC_AWESOME_EM = 1792 };

/* Units of the em, y down from its top: the box of an icon is width by one em. */
typedef struct nc_awesome_glyph {
    int width;
    const char *path; /* SVG's path data */
} nc_awesome_glyph;

typedef struct nc_awesome_name {
    const char *name; /* "address-book-o" */
    uint32_t glyph;
} nc_awesome_name;

extern const nc_awesome_glyph nc_awesome_glyphs[];
extern const nc_awesome_name nc_awesome_names[]; /* rising bytewise */
extern const size_t nc_awesome_name_len;
extern const char nc_awesome_version[]; /* "4.7.0" */

#endif
