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

/* Room for `more` bytes and a NUL. */
static bool grow(nc_buf *b, size_t more)
{
    size_t need = b->len + more + 1;
    if (b->failed || need < more || (b->ceiling && need - 1 > b->ceiling)) {
        b->failed = true;
        return false;
    }
    if (need <= b->cap)
        return true;
    size_t cap = b->cap ? b->cap : 1024;
    while (cap < need)
        cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    if (b->ceiling && cap > b->ceiling)
        cap = b->ceiling + 1;
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

/* Nearly always there is room: cap stays below the ceiling. */
static inline bool fit(nc_buf *b, size_t more)
{
    return (!b->failed && more < b->cap - b->len) || grow(b, more);
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
    if (!fit(b, 1))
        return;
    b->ptr[b->len++] = c;
    b->ptr[b->len] = '\0';
}

/* Writes into the room there is, and once more if that was too little. */
static void put_formatted(nc_buf *b, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    size_t room = b->failed ? 0 : b->cap - b->len;
    int len = vsnprintf(room ? b->ptr + b->len : NULL, room, fmt, args);
    if (len < 0)
        b->failed = true;
    else if (fit(b, (size_t)len)) {
        if ((size_t)len >= room)
            vsnprintf(b->ptr + b->len, (size_t)len + 1, fmt, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

/* %s and nothing else is what a painter writes most: those need no printf. */
static bool is_plain(const char *fmt)
{
    for (; *fmt; fmt++) {
        if (*fmt == '%' && *++fmt != 's')
            return false;
    }
    return true;
}

static void put_plain(nc_buf *b, const char *fmt, va_list args)
{
    while (*fmt) {
        const char *directive = strchr(fmt, '%');
        if (!directive) {
            nc_buf_put(b, nc_sv_cstr(fmt));
            return;
        }
        nc_buf_put(b, nc_sv_from(fmt, (size_t)(directive - fmt)));
        nc_buf_put(b, nc_sv_cstr(va_arg(args, const char *)));
        fmt = directive + 2;
    }
}

void nc_buf_fmt(nc_buf *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    if (is_plain(fmt))
        put_plain(b, fmt, args);
    else
        put_formatted(b, fmt, args);
    va_end(args);
}

/* To the nearest whole number, halves away from 0, as llround does. */
static int64_t nearest(double v)
{
    int64_t whole = (int64_t)v;
    double rest = v - (double)whole;
    return whole + (rest >= 0.5) - (rest <= -0.5);
}

size_t nc_fmt_num(char out[static NC_NUM_MAX], double v)
{
    if (!isfinite(v) || fabs(v) > 1e15)
        v = 0;
    int64_t hundredths = nearest(v * 100);
    uint64_t size = (uint64_t)(hundredths < 0 ? -hundredths : hundredths);
    uint64_t whole = size / 100;
    unsigned cents = (unsigned)(size % 100);
    char digits[NC_NUM_MAX];
    size_t at = sizeof digits;
    for (; whole > UINT32_MAX; whole /= 10)
        digits[--at] = (char)('0' + whole % 10);
    uint32_t low = (uint32_t)whole; /* 32 bits divide faster */
    do {
        digits[--at] = (char)('0' + low % 10);
        low /= 10;
    } while (low);
    size_t len = 0;
    if (hundredths < 0)
        out[len++] = '-';
    while (at < sizeof digits)
        out[len++] = digits[at++];
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
    if (!b->failed && b->cap - b->len >= NC_NUM_MAX) {
        b->len += nc_fmt_num(b->ptr + b->len, v);
        return;
    }
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
