/* Macros and the two plain types that every file of nacre shares. */
#ifndef NC_BASE_H
#define NC_BASE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define NC_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define NC_MUST_USE          __attribute__((warn_unused_result))
#else
#define NC_PRINTF(fmt, args)
#define NC_MUST_USE
#endif

#define NC_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* "No index": for fields that name an entry of a table or nothing. */
#define NC_NONE UINT32_MAX

/* A borrowed piece of text: not NUL-terminated, bytes that are valid UTF-8 unless said otherwise. */
typedef struct nc_sv {
    const char *ptr;
    size_t len;
} nc_sv;

/* Bytes [start, end) of the text the parsers see; diagnostics map it back to the author's file. */
typedef struct nc_span {
    uint32_t start, end;
} nc_span;

#define NC_SV(literal) ((nc_sv){(literal), sizeof(literal) - 1})
/* The same for static tables, where a compound literal is no constant. */
#define NC_SV_INIT(literal)                                                                        \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static inline nc_sv nc_sv_from(const char *ptr, size_t len)
{
    return (nc_sv){ptr, len};
}

static inline nc_sv nc_sv_cstr(const char *cstr)
{
    return (nc_sv){cstr, cstr ? strlen(cstr) : 0};
}

static inline bool nc_sv_eq(nc_sv a, nc_sv b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool nc_sv_starts(nc_sv text, nc_sv prefix)
{
    return text.len >= prefix.len &&
           (prefix.len == 0 || memcmp(text.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool nc_sv_ends(nc_sv text, nc_sv suffix)
{
    return text.len >= suffix.len && (suffix.len == 0 || memcmp(text.ptr + text.len - suffix.len,
                                                                suffix.ptr, suffix.len) == 0);
}

/* text[from, to), both cut to its length. */
static inline nc_sv nc_sv_slice(nc_sv text, size_t from, size_t to)
{
    if (to > text.len)
        to = text.len;
    if (from > to)
        from = to;
    return (nc_sv){text.len ? text.ptr + from : text.ptr, to - from};
}

bool nc_sv_eq_nocase(nc_sv a, nc_sv b); /* ASCII letters only */
nc_sv nc_sv_trim(nc_sv text);           /* blanks, tabs, line ends at both ends */
/* Offset of the first `needle` at or after `from`, or SIZE_MAX. */
size_t nc_sv_find(nc_sv text, nc_sv needle, size_t from);
/* Bytewise order, shorter first on a tie: negative, 0, positive. */
int nc_sv_cmp(nc_sv a, nc_sv b);

static inline bool nc_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static inline bool nc_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool nc_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool nc_is_word(char c)
{
    return nc_is_alpha(c) || nc_is_digit(c) || c == '_';
}

#endif
