#include "document/lines.h"

nc_sv nc_line_take(nc_sv text, size_t *at)
{
    size_t start = *at;
    size_t end = start;
    while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\r')
        end++;
    size_t next = end;
    if (next < text.len && text.ptr[next] == '\r')
        next++;
    if (next < text.len && text.ptr[next] == '\n')
        next++;
    *at = next;
    return nc_sv_slice(text, start, end);
}

bool nc_lines_split(nc_lines *out, nc_arena *a, nc_sv text)
{
    *out = (nc_lines){.text = text};
    for (size_t at = 0; at < text.len;) {
        nc_line line = {.start = (uint32_t)at};
        line.end = line.start + (uint32_t)nc_line_take(text, &at).len;
        line.next = (uint32_t)at;
        if (!NC_PUSH(a, &out->list, line))
            return false;
    }
    return true;
}

nc_sv nc_lines_at(const nc_lines *lines, uint32_t n)
{
    if (n == 0 || n > lines->list.len)
        return nc_sv_slice(lines->text, lines->text.len, lines->text.len);
    const nc_line *line = &lines->list.ptr[n - 1];
    return nc_sv_slice(lines->text, line->start, line->end);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool nc_line_is_blank(nc_sv line)
{
    size_t at = 0;
    while (at < line.len && is_blank(line.ptr[at]))
        at++;
    return at == line.len;
}

/* `-`, `12.` and their like before a blank. */
static size_t list_marker(nc_sv line, size_t at)
{
    size_t end = at;
    if (end < line.len && strchr("-+*", line.ptr[end]) != NULL && line.ptr[end] != '\0') {
        end++;
    } else {
        while (end < line.len && end - at < 9 && nc_is_digit(line.ptr[end]))
            end++;
        bool mark = end < line.len && (line.ptr[end] == '.' || line.ptr[end] == ')');
        if (end == at || !mark)
            return 0;
        end++;
    }
    return end < line.len && is_blank(line.ptr[end]) ? end - at : 0;
}

size_t nc_line_prefix(nc_sv line)
{
    size_t at = 0;
    if (nc_sv_starts(line, NC_SV("\xef\xbb\xbf")))
        at = 3;
    while (at < line.len) {
        size_t marker = list_marker(line, at);
        if (marker > 0)
            at += marker;
        else if (is_blank(line.ptr[at]) || line.ptr[at] == '>')
            at++;
        else
            break;
    }
    return at;
}
