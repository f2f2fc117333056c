#include "fonts/icons.h"

#define GLYPH(width, path) {width, path},
#define NAME(name, glyph)
#define VERSION(text)
const nc_awesome_glyph nc_awesome_glyphs[] = {
#include "icons.inc"
};
#undef GLYPH
#undef NAME

#define GLYPH(width, path)
#define NAME(name, glyph) {name, glyph},
const nc_awesome_name nc_awesome_names[] = {
#include "icons.inc"
};
#undef NAME
#undef VERSION

const size_t nc_awesome_name_len = sizeof nc_awesome_names / sizeof nc_awesome_names[0];

#define NAME(name, glyph)
#define VERSION(text) text
const char nc_awesome_version[] =
#include "icons.inc"
    ;
