#include "compose/type.h"

#include <stdio.h>

enum { LEAST_SIZE = 4, MOST_SIZE = 96, BOLD = 600, KEY_MAX = 64 };

static nc_sv text_of(const nc_config *config, const char *stem, const char *what)
{
    char key[KEY_MAX];
    (void)snprintf(key, sizeof key, "%s%s", stem, what);
    return nc_sv_trim(nc_config_text(config, key, (nc_sv){0}));
}

/* CSS: a number, or a word. */
static bool is_bold(nc_sv weight)
{
    unsigned value = 0;
    if (nc_sv_eq_nocase(weight, NC_SV("bold")) || nc_sv_eq_nocase(weight, NC_SV("bolder")))
        return true;
    for (size_t i = 0; i < weight.len && nc_is_digit(weight.ptr[i]) && value < BOLD; i++)
        value = value * 10 + (unsigned)(weight.ptr[i] - '0');
    return value >= BOLD;
}

/* The first name of the list says what kind of letters are wanted. */
static bool is_fixed_width(nc_sv families)
{
    static const nc_sv names[] = {NC_SV_INIT("mono"), NC_SV_INIT("courier"), NC_SV_INIT("consolas"),
                                  NC_SV_INIT("menlo"), NC_SV_INIT("monaco")};
    size_t end = 0;
    while (end < families.len && families.ptr[end] != ',')
        end++;
    const nc_sv first = nc_sv_slice(families, 0, end);
    for (size_t i = 0; i < NC_COUNT(names); i++)
        for (size_t at = 0; at + names[i].len <= first.len; at++)
            if (nc_sv_eq_nocase(nc_sv_slice(first, at, at + names[i].len), names[i]))
                return true;
    return false;
}

void nc_type_read(nc_text_style *style, const nc_config *config, const char *stem)
{
    char key[KEY_MAX];
    (void)snprintf(key, sizeof key, "%sFontSize", stem);
    const double size = nc_config_number(config, key, style->size);
    if (size >= LEAST_SIZE && size <= MOST_SIZE)
        style->size = size;
    const nc_sv weight = text_of(config, stem, "FontWeight");
    if (weight.len)
        style->face = is_bold(weight) ? NC_FACE_SEMIBOLD : NC_FACE_REGULAR;
    if (is_fixed_width(text_of(config, stem, "FontFamily")))
        style->face = NC_FACE_MONO;
}

void nc_type_follow(nc_text_style *style, const nc_text_style *usual, const nc_text_style *from)
{
    style->size *= from->size / usual->size;
    if (from->face != usual->face)
        style->face = from->face;
}
