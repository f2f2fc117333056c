#include "cli/json.h"

#include <string.h>

#include "cli/visible.h"

void nc_json_put(nc_str *out, const char *text)
{
    size_t len = strlen(text);

    nc_str_char(out, '"');
    while (len > 0) {
        const nc_character c = nc_character_at(text, len);

        if (c.code == UINT32_MAX)
            nc_str_puts(out, "\xef\xbf\xbd");
        else if (c.code == '"' || c.code == '\\')
            nc_str_fmt(out, "\\%c", (char)c.code);
        else if (c.code < 0x10000 && nc_character_is_strange(c))
            nc_str_fmt(out, "\\u%04x", (unsigned)c.code);
        else
            nc_str_put(out, text, c.len);
        text += c.len;
        len -= c.len;
    }
    nc_str_char(out, '"');
}

void nc_json_member(nc_str *out, const char *name, const char *text)
{
    nc_json_put(out, name);
    nc_str_puts(out, ": ");
    nc_json_put(out, text);
}
