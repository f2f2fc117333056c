#include "cli/image.h"

#include <stdbool.h>
#include <string.h>

/* Text within [] or "": what Markdown would read as something else is escaped; one line. */
static void put_escaped(nc_str *out, const char *text, const char *special)
{
    bool blank = false;

    for (; *text; text++) {
        if ((unsigned char)*text <= ' ') {
            blank = true;
            continue;
        }
        if (blank && out->len > 0)
            nc_str_char(out, ' ');
        blank = false;
        if (strchr(special, *text))
            nc_str_char(out, '\\');
        nc_str_char(out, *text);
    }
}

void nc_url_put(nc_str *out, const char *path)
{
    static const char safe[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    const char *const colon = strchr(path, ':');
    const char *const slash = strchr(path, '/');

    if (colon && (!slash || colon < slash)) /* "a:b" would be a scheme */
        nc_str_puts(out, "./");
    for (; *path; path++) {
        if (strchr(safe, *path))
            nc_str_char(out, *path);
        else
            nc_str_fmt(out, "%%%02X", (unsigned)(unsigned char)*path);
    }
}

void nc_image_markdown(nc_str *out, const char *alt, const char *file, const char *title)
{
    nc_str piece = {0};

    put_escaped(&piece, alt, "\\`*_[]<>&!$~");
    nc_str_puts(out, "![");
    nc_str_put(out, piece.ptr, piece.len);
    nc_str_puts(out, "](");
    nc_url_put(out, file);
    piece.len = 0;
    put_escaped(&piece, title, "\\\"&<");
    if (piece.len > 0) {
        nc_str_puts(out, " \"");
        nc_str_put(out, piece.ptr, piece.len);
        nc_str_char(out, '"');
    }
    nc_str_char(out, ')');
    nc_str_release(&piece);
}
