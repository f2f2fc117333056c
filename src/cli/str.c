#include "cli/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void nc_out_of_memory(void)
{
    /* No memory: nothing that may allocate. Half-written files go with exit(). */
    fputs("nacre: error[out-of-memory]: out of memory\n", stderr);
    exit(2);
}

void *nc_alloc_must(size_t size)
{
    return nc_realloc_must(NULL, size);
}

void *nc_realloc_must(void *ptr, size_t size)
{
    void *const out = realloc(ptr, size > 0 ? size : 1);
    if (!out)
        nc_out_of_memory();
    return out;
}

char *nc_strdup_must(const char *text)
{
    const size_t size = strlen(text) + 1;
    return memcpy(nc_alloc_must(size), text, size);
}

static void reserve(nc_str *s, size_t more)
{
    size_t cap = s->cap > 0 ? s->cap : 64;

    if (more > SIZE_MAX / 4 || s->len > SIZE_MAX / 4)
        nc_out_of_memory();
    while (cap < s->len + more + 1)
        cap *= 2;
    if (cap != s->cap) {
        s->ptr = nc_realloc_must(s->ptr, cap);
        s->cap = cap;
    }
}

void nc_str_release(nc_str *s)
{
    free(s->ptr);
    *s = (nc_str){0};
}

void nc_str_clear(nc_str *s)
{
    reserve(s, 0);
    s->len = 0;
    s->ptr[0] = '\0';
}

void nc_str_put(nc_str *s, const char *text, size_t len)
{
    reserve(s, len);
    if (len > 0)
        memcpy(s->ptr + s->len, text, len);
    s->len += len;
    s->ptr[s->len] = '\0';
}

void nc_str_puts(nc_str *s, const char *text)
{
    nc_str_put(s, text, strlen(text));
}

void nc_str_char(nc_str *s, char c)
{
    nc_str_put(s, &c, 1);
}

void nc_str_fmt(nc_str *s, const char *fmt, ...)
{
    va_list args;
    int len;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len <= 0)
        return;
    reserve(s, (size_t)len);
    va_start(args, fmt);
    vsnprintf(s->ptr + s->len, (size_t)len + 1, fmt, args);
    va_end(args);
    s->len += (size_t)len;
}

char *nc_str_take(nc_str *s)
{
    char *out;

    reserve(s, 0);
    s->ptr[s->len] = '\0';
    out = s->ptr;
    *s = (nc_str){0};
    return out;
}

int nc_str_sink(const char *bytes, size_t len, void *payload)
{
    nc_str_put(payload, bytes, len);
    return 0;
}
