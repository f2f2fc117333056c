#include "base/buf.h"

#include "base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

void nc_buf_init(nc_buf *b, const nc_alloc *from, size_t ceiling)
{
    nc_arena defaults;
    nc_arena_init(&defaults, from, 0);
    *b = (nc_buf){.from = defaults.from, .ceiling = ceiling};
}

void nc_buf_release(nc_buf *b)
{
    if (b->ptr)
        b->from.free(b->from.payload, b->ptr);
    b->ptr = NULL;
    b->len = b->cap = 0;
    b->failed = false;
}

void nc_buf_clear(nc_buf *b)
{
    b->len = 0;
    b->failed = false;
}

static bool fit(nc_buf *b, size_t more)
{
    if (b->failed)
        return false;
    size_t need = b->len + more + 1;
    if (need < more || (b->ceiling && need - 1 > b->ceiling)) {
        b->failed = true;
        return false;
    }
    if (need <= b->cap)
        return true;
    size_t cap = b->cap ? b->cap : 1024;
    while (cap < need)
        cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    char *ptr = b->from.alloc(b->from.payload, cap);
    if (!ptr) {
        b->failed = true;
        return false;
    }
    if (b->ptr) {
        memcpy(ptr, b->ptr, b->len);
        b->from.free(b->from.payload, b->ptr);
    }
    b->ptr = ptr;
    b->cap = cap;
    return true;
}

void nc_buf_put(nc_buf *b, nc_sv text)
{
    if (!fit(b, text.len))
        return;
    if (text.len)
        memcpy(b->ptr + b->len, text.ptr, text.len);
    b->len += text.len;
    b->ptr[b->len] = '\0';
}

void nc_buf_char(nc_buf *b, char c)
{
    nc_buf_put(b, (nc_sv){&c, 1});
}

void nc_buf_fmt(nc_buf *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0) {
        b->failed = true;
        return;
    }
    if (!fit(b, (size_t)len))
        return;
    va_start(args, fmt);
    vsnprintf(b->ptr + b->len, (size_t)len + 1, fmt, args);
    va_end(args);
    b->len += (size_t)len;
}

size_t nc_fmt_num(char out[static NC_NUM_MAX], double v)
{
    if (!isfinite(v) || fabs(v) > 1e15)
        v = 0;
    int64_t hundredths = (int64_t)llround(v * 100);
    uint64_t rest = (uint64_t)(hundredths < 0 ? -hundredths : hundredths);
    char digits[NC_NUM_MAX];
    size_t n = 0;
    unsigned cents = (unsigned)(rest % 100);
    rest /= 100;
    do {
        digits[n++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    size_t len = 0;
    if (hundredths < 0)
        out[len++] = '-';
    while (n)
        out[len++] = digits[--n];
    if (cents) {
        out[len++] = '.';
        out[len++] = (char)('0' + cents / 10);
        if (cents % 10)
            out[len++] = (char)('0' + cents % 10);
    }
    out[len] = '\0';
    return len;
}

void nc_buf_num(nc_buf *b, double v)
{
    char text[NC_NUM_MAX];
    size_t len = nc_fmt_num(text, v);
    nc_buf_put(b, (nc_sv){text, len});
}

void nc_buf_json(nc_buf *b, nc_sv text)
{
    nc_buf_char(b, '"');
    for (size_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0x80) {
            size_t from = i;
            if (nc_utf8_next(text, &i) == NC_UTF8_BAD)
                NC_BUF_LIT(b, "\xef\xbf\xbd");
            else
                nc_buf_put(b, nc_sv_slice(text, from, i));
            continue;
        }
        i++;
        if (c == '"' || c == '\\')
            nc_buf_char(b, '\\');
        if (c == '\n')
            NC_BUF_LIT(b, "\\n");
        else if (c < 0x20 || c == 0x7f)
            nc_buf_fmt(b, "\\u%04x", c);
        else
            nc_buf_char(b, (char)c);
    }
    nc_buf_char(b, '"');
}
