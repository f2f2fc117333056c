#include "cli/embed.h"

#include <stdbool.h>
#include <string.h>

static bool is_blank(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)line[i] > ' ')
            return false;
    }
    return true;
}

/* Lines with a line feed behind each, whatever they ended with; blank ones only when wanted. */
static void put_lines(nc_str *out, const char *text, size_t len, bool with_blank)
{
    while (len > 0) {
        size_t end = 0;
        size_t next;

        while (end < len && text[end] != '\n' && text[end] != '\r')
            end++;
        next = end + (end < len);
        next += end + 1 < len && text[end] == '\r' && text[end + 1] == '\n';
        if (with_blank || !is_blank(text, end)) {
            nc_str_put(out, text, end);
            nc_str_char(out, '\n');
        }
        text += next;
        len -= next;
    }
}

void nc_embed_svg(nc_str *out, const char *svg, size_t len)
{
    const char *at = svg;

    while ((at = memchr(at, '<', (size_t)(svg + len - at))) != NULL && strncmp(at, "<svg", 4) != 0)
        at++;
    nc_str_puts(out, "<div class=\"nacre-diagram\">\n");
    if (at)
        put_lines(out, at, (size_t)(svg + len - at), false);
    nc_str_puts(out, "</div>");
}

void nc_embed_source(nc_str *out, const nacre_document_block *block, const char *text, size_t len)
{
    size_t run = 0;

    while (run < block->opening_len && block->opening[run] == block->opening[0])
        run++;
    nc_str_puts(out, "\n\n<details class=\"nacre-source\">\n<summary>Source</summary>\n\n");
    nc_str_put(out, block->opening, block->opening_len);
    nc_str_char(out, '\n');
    put_lines(out, text, len, true);
    nc_str_put(out, block->opening, run);
    nc_str_puts(out, "\n\n</details>");
}
