#include "base/base.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool nc_sv_eq_nocase(nc_sv a, nc_sv b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

nc_sv nc_sv_trim(nc_sv text)
{
    while (text.len && nc_is_space(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len && nc_is_space(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

size_t nc_sv_find(nc_sv text, nc_sv needle, size_t from)
{
    if (needle.len == 0)
        return from <= text.len ? from : SIZE_MAX;
    while (from + needle.len <= text.len) {
        const char *hit = memchr(text.ptr + from, needle.ptr[0], text.len - from - needle.len + 1);
        if (!hit)
            return SIZE_MAX;
        from = (size_t)(hit - text.ptr);
        if (memcmp(hit, needle.ptr, needle.len) == 0)
            return from;
        from++;
    }
    return SIZE_MAX;
}

int nc_sv_cmp(nc_sv a, nc_sv b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
    if (c)
        return c;
    return a.len < b.len ? -1 : a.len > b.len;
}
