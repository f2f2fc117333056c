#include "cli/host.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cli/visible.h"

enum {
    EXCERPT_COLUMNS = 100, /* of a source line that are shown at most */
    EXCERPT_BEFORE = 60    /* characters shown in front of the place when the line is longer */
};

/* Whether a line ends with the byte at i. */
static bool ends_line(const nc_host *host, size_t i)
{
    const char c = host->text[i];

    return c == '\n' || (c == '\r' && (i + 1 == host->len || host->text[i + 1] != '\n'));
}

static void find_lines(nc_host *host)
{
    size_t len = 1;
    size_t at = 0;

    for (size_t i = 0; i < host->len; i++)
        len += ends_line(host, i);
    host->line_starts = nc_alloc_must(len * sizeof(*host->line_starts));
    host->line_len = len;
    host->line_starts[at++] = 0;
    for (size_t i = 0; i < host->len; i++) {
        if (ends_line(host, i))
            host->line_starts[at++] = i + 1;
    }
}

void nc_host_release(nc_host *host)
{
    free(host->line_starts);
    host->line_starts = NULL;
    host->line_len = 0;
}

/* Index of the line that the byte at offset stands in. */
static size_t line_of(nc_host *host, size_t offset)
{
    size_t low = 0;
    size_t high;

    if (!host->line_starts)
        find_lines(host);
    high = host->line_len;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (host->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Without what ends the line. */
static size_t line_end(const nc_host *host, size_t line)
{
    size_t end = line + 1 < host->line_len ? host->line_starts[line + 1] - 1 : host->len;

    if (end > host->line_starts[line] && end < host->len && host->text[end] == '\n' &&
        host->text[end - 1] == '\r')
        end--;
    return end;
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Where the file's characters begin: behind the byte order mark. */
static size_t mark_len(const nc_host *host)
{
    return host->len >= 3 && memcmp(host->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

nc_host_place nc_host_find(nc_host *host, size_t offset)
{
    const size_t line = line_of(host, offset);
    const size_t end = line_end(host, line);
    size_t column = 1;
    size_t i = host->line_starts[line];

    if (i < mark_len(host))
        i = mark_len(host);
    for (; i < offset && i < end; i++)
        column += !is_continuation(host->text[i]);
    return (nc_host_place){line + 1, column};
}

static void put_repeated(nc_str *out, char c, int times)
{
    for (int i = 0; i < times; i++)
        nc_str_char(out, c);
}

/* Where the excerpt of a line that begins at from begins. */
static size_t excerpt_start(const nc_host *host, size_t from, size_t start)
{
    size_t at = start;

    if (from < mark_len(host))
        from = mark_len(host);
    for (int back = 0; at > from && back < EXCERPT_BEFORE; back++) {
        do
            at--;
        while (at > from && is_continuation(host->text[at]));
    }
    return at > from ? at : from;
}

/* One character into the line, and what stands below it; returns its columns. */
static int put_cell(nc_str *out, nc_str *marks, const nc_host *host, size_t at, nc_character c,
                    size_t start, size_t end)
{
    const bool tab = c.code == '\t';
    const bool strange = !tab && nc_character_is_strange(c);
    const int width = tab ? 4 : strange ? 1 : nc_character_columns(c);

    if (tab)
        nc_str_puts(out, "    ");
    else if (strange)
        nc_str_puts(out, "\xef\xbf\xbd");
    else
        nc_str_put(out, host->text + at, c.len);
    if (at < start) {
        put_repeated(marks, ' ', width);
    } else if (at == start) {
        nc_str_char(marks, '^');
        put_repeated(marks, end > at + c.len ? '~' : ' ', width - 1);
    } else if (at < end) {
        put_repeated(marks, '~', width);
    }
    return width;
}

void nc_host_excerpt(nc_str *out, nc_host *host, size_t start, size_t end)
{
    const size_t line = line_of(host, start);
    const size_t from = host->line_starts[line];
    const size_t to = line_end(host, line);
    nc_str marks = {0};
    size_t at;
    int columns = 0;

    if (start > to)
        start = to;
    if (end > to)
        end = to;
    at = excerpt_start(host, from, start);
    nc_str_puts(out, "    ");
    nc_str_puts(&marks, "    ");
    if (at > from && at != mark_len(host)) {
        nc_str_puts(out, "...");
        nc_str_puts(&marks, "   ");
    }
    while (at < to && columns < EXCERPT_COLUMNS) {
        const nc_character c = nc_character_at(host->text + at, to - at);

        columns += put_cell(out, &marks, host, at, c, start, end);
        at += c.len;
    }
    if (at < to)
        nc_str_puts(out, "...");
    if (start >= to)
        nc_str_char(&marks, '^');
    while (marks.ptr[marks.len - 1] == ' ')
        marks.len--;
    nc_str_char(out, '\n');
    nc_str_put(out, marks.ptr, marks.len);
    nc_str_char(out, '\n');
    nc_str_release(&marks);
}
