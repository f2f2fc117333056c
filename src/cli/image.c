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

void nc_image_markdown(nc_str *out, const nc_image *image)
{
    nc_str piece = {0};

    put_escaped(&piece, image->alt, "\\`*_[]<>&!$~");
    nc_str_puts(out, "![");
    nc_str_put(out, piece.ptr, piece.len);
    nc_str_puts(out, "](");
    nc_url_put(out, image->file);
    piece.len = 0;
    put_escaped(&piece, image->title, "\\\"&<");
    if (piece.len > 0) {
        nc_str_puts(out, " \"");
        nc_str_put(out, piece.ptr, piece.len);
        nc_str_char(out, '"');
    }
    nc_str_char(out, ')');
    nc_str_release(&piece);
}

/* Line ends would end the HTML block or, in a container, miss its prefix. */
static void put_attribute(nc_str *out, const char *name, const char *value)
{
    nc_str_fmt(out, " %s=\"", name);
    for (; *value; value++) {
        switch (*value) {
        case '&':
            nc_str_puts(out, "&amp;");
            break;
        case '<':
            nc_str_puts(out, "&lt;");
            break;
        case '"':
            nc_str_puts(out, "&quot;");
            break;
        default:
            nc_str_char(out, (unsigned char)*value < ' ' ? ' ' : *value);
        }
    }
    nc_str_char(out, '"');
}

void nc_image_html(nc_str *out, const nc_image *image)
{
    nc_str url = {0};

    nc_url_put(&url, image->file);
    nc_str_puts(out, "<img");
    put_attribute(out, "src", url.ptr);
    nc_str_fmt(out, " width=\"%.0f\" height=\"%.0f\"", image->width, image->height);
    put_attribute(out, "alt", image->alt);
    if (image->title[0])
        put_attribute(out, "title", image->title);
    nc_str_char(out, '>');
    nc_str_release(&url);
}
