#include "cli/report.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/str.h"

enum {
    EXCERPT_COLUMNS = 100, /* of a source line that are shown at most */
    EXCERPT_BEFORE = 60    /* characters shown in front of the place when the line is longer */
};

static const char *const codes[] = {
#define NC_CODE(name, code, summary) [NC_CODE_##name] = (code),
#include "cli/codes.def"
#undef NC_CODE
};
_Static_assert(sizeof(codes) / sizeof(codes[0]) == NC_CODE_COUNT, "a code has no name");

/* A character of UTF-8 at text[0, len), or its first byte when it is none. */
typedef struct character {
    size_t len;
    uint32_t code; /* UINT32_MAX: no UTF-8 */
} character;

static character character_at(const char *text, size_t len)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *const s = (const unsigned char *)text;
    const size_t need = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    uint32_t code;

    if (need == 1)
        return (character){1, s[0]};
    if (need == 0 || need > len || s[0] > 0xf4)
        return (character){1, UINT32_MAX};
    code = s[0] & (0x7fu >> need);
    for (size_t i = 1; i < need; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return (character){1, UINT32_MAX};
        code = code << 6 | (s[i] & 0x3f);
    }
    if (code < least[need] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return (character){1, UINT32_MAX};
    return (character){need, code};
}

/* C0, DEL, C1, and what reorders or hides text on a terminal: marks of direction. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x061c ||
           (code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

/* Columns of a character on a terminal, near enough to put a caret under it. */
static int columns_of(uint32_t code)
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
        if (code >= ranges[i].first && code <= ranges[i].last)
            return ranges[i].columns;
    }
    return 1;
}

static void put_visible(nc_str *out, const char *text, size_t len)
{
    while (len > 0) {
        const character c = character_at(text, len);

        if (c.code == UINT32_MAX || is_control(c.code)) {
            for (size_t i = 0; i < c.len; i++)
                nc_str_fmt(out, "\\x%02x", (unsigned)(unsigned char)text[i]);
        } else {
            nc_str_put(out, text, c.len);
        }
        text += c.len;
        len -= c.len;
    }
}

/* In one write, so that messages of several processes do not mix within a line. */
static void emit(nc_str *message)
{
    fflush(stdout);
    fwrite(message->ptr, 1, message->len, stderr);
    nc_str_release(message);
}

static void put_args(nc_str *out, const char *fmt, va_list args)
{
    va_list again;
    char *text;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (len < 0)
        return;
    text = nc_alloc_must((size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, fmt, args);
    put_visible(out, text, (size_t)len);
    free(text);
}

void nc_report_error(nc_code code, const char *path, const char *fmt, ...)
{
    nc_str out = {0};
    va_list args;

    put_visible(&out, path ? path : "nacre", path ? strlen(path) : 5);
    nc_str_fmt(&out, ": error[%s]: ", codes[code]);
    va_start(args, fmt);
    put_args(&out, fmt, args);
    va_end(args);
    nc_str_char(&out, '\n');
    emit(&out);
}

void nc_report_hint(const char *fmt, ...)
{
    nc_str out = {0};
    va_list args;

    nc_str_puts(&out, "  hint: ");
    va_start(args, fmt);
    put_args(&out, fmt, args);
    va_end(args);
    nc_str_char(&out, '\n');
    emit(&out);
}

static void find_lines(nc_host *host)
{
    size_t len = 1;
    size_t at = 0;

    for (size_t i = 0; i < host->len; i++)
        len += host->text[i] == '\n';
    host->line_starts = nc_alloc_must(len * sizeof(*host->line_starts));
    host->line_len = len;
    host->line_starts[at++] = 0;
    for (size_t i = 0; i < host->len; i++) {
        if (host->text[i] == '\n')
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

static size_t line_end(const nc_host *host, size_t line)
{
    size_t end = line + 1 < host->line_len ? host->line_starts[line + 1] - 1 : host->len;
    if (end > host->line_starts[line] && host->text[end - 1] == '\r')
        end--;
    return end;
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Characters, the byte order mark of a file not counted. */
static size_t column_of(const nc_host *host, size_t line_start, size_t offset)
{
    size_t column = 1;

    if (line_start == 0 && offset >= 3 && memcmp(host->text, "\xef\xbb\xbf", 3) == 0)
        line_start = 3;
    for (size_t i = line_start; i < offset; i++)
        column += !is_continuation(host->text[i]);
    return column;
}

static void put_repeated(nc_str *out, char c, int times)
{
    for (int i = 0; i < times; i++)
        nc_str_char(out, c);
}

/* The source line and the marks below it; of a long line the part around the place. */
static void put_excerpt(nc_str *out, const nc_host *host, size_t from, size_t to, size_t start,
                        size_t end)
{
    nc_str marks = {0};
    size_t at = start;
    int columns = 0;

    for (int back = 0; at > from && back < EXCERPT_BEFORE; back++) {
        do
            at--;
        while (at > from && is_continuation(host->text[at]));
    }
    if (at == 0 && host->len >= 3 && memcmp(host->text, "\xef\xbb\xbf", 3) == 0)
        at = 3;
    nc_str_puts(out, "    ");
    nc_str_puts(&marks, "    ");
    if (at > from && at != 3) {
        nc_str_puts(out, "...");
        nc_str_puts(&marks, "   ");
    }
    while (at < to && columns < EXCERPT_COLUMNS) {
        const character c = character_at(host->text + at, to - at);
        const bool strange = c.code == UINT32_MAX || is_control(c.code);
        const int width = c.code == '\t' ? 4 : strange ? 1 : columns_of(c.code);

        if (c.code == '\t')
            nc_str_puts(out, "    ");
        else if (strange)
            nc_str_puts(out, "\xef\xbf\xbd");
        else
            nc_str_put(out, host->text + at, c.len);
        if (at < start)
            put_repeated(&marks, ' ', width);
        else if (at == start) {
            nc_str_char(&marks, '^');
            put_repeated(&marks, end > at + c.len ? '~' : ' ', width - 1);
        } else if (at < end)
            put_repeated(&marks, '~', width);
        at += c.len;
        columns += width;
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

void nc_report_diagnostic(nc_host *host, const nacre_diagnostic *d, size_t start, size_t end)
{
    nc_str out = {0};
    size_t line;
    size_t from;
    size_t to;

    if (start > host->len)
        start = host->len;
    line = line_of(host, start);
    from = host->line_starts[line];
    to = line_end(host, line);
    if (start > to)
        start = to;
    if (end > to)
        end = to;
    put_visible(&out, host->path, strlen(host->path));
    nc_str_fmt(&out, ":%zu:%zu: %s[%s]: ", line + 1, column_of(host, from, start),
               d->severity == NACRE_ERROR ? "error" : "warning", d->code);
    put_visible(&out, d->message, strlen(d->message));
    nc_str_char(&out, '\n');
    put_excerpt(&out, host, from, to, start, end);
    if (d->hint[0]) {
        nc_str_puts(&out, "  hint: ");
        put_visible(&out, d->hint, strlen(d->hint));
        nc_str_char(&out, '\n');
    }
    emit(&out);
}
