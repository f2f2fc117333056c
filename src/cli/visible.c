#include "cli/visible.h"

#include <string.h>

nc_character nc_character_at(const char *text, size_t len)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *const s = (const unsigned char *)text;
    const size_t need = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    uint32_t code;

    if (need == 1)
        return (nc_character){1, s[0]};
    if (need == 0 || need > len || s[0] > 0xf4)
        return (nc_character){1, UINT32_MAX};
    code = s[0] & (0x7fu >> need);
    for (size_t i = 1; i < need; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return (nc_character){1, UINT32_MAX};
        code = code << 6 | (s[i] & 0x3f);
    }
    if (code < least[need] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return (nc_character){1, UINT32_MAX};
    return (nc_character){need, code};
}

/* C0, DEL, C1, and marks of direction and of lines. */
bool nc_character_is_strange(nc_character c)
{
    const uint32_t code = c.code;

    return code == UINT32_MAX || code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x061c ||
           (code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

int nc_character_columns(nc_character c)
{
    static const struct {
        uint32_t first, last;
        int columns;
    } ranges[] = {
        {0x0300, 0x036f, 0},   {0x1100, 0x115f, 2},   {0x200b, 0x200d, 0},   {0x20d0, 0x20ff, 0},
        {0x2e80, 0x303e, 2},   {0x3041, 0xa4cf, 2},   {0xac00, 0xd7a3, 2},   {0xf900, 0xfaff, 2},
        {0xfe00, 0xfe0f, 0},   {0xfe30, 0xfe6f, 2},   {0xff00, 0xff60, 2},   {0xffe0, 0xffe6, 2},
        {0x1f300, 0x1f64f, 2}, {0x1f680, 0x1f6ff, 2}, {0x1f900, 0x1f9ff, 2}, {0x20000, 0x3fffd, 2}};

    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (c.code >= ranges[i].first && c.code <= ranges[i].last)
            return ranges[i].columns;
    }
    return 1;
}

void nc_visible_put(nc_str *out, const char *text, size_t len)
{
    while (len > 0) {
        const nc_character c = nc_character_at(text, len);

        if (nc_character_is_strange(c)) {
            for (size_t i = 0; i < c.len; i++)
                nc_str_fmt(out, "\\x%02x", (unsigned)(unsigned char)text[i]);
        } else {
            nc_str_put(out, text, c.len);
        }
        text += c.len;
        len -= c.len;
    }
}

void nc_visible_puts(nc_str *out, const char *text)
{
    nc_visible_put(out, text, strlen(text));
}
