#include "source/source.h"

#include "base/utf8.h"
#include "base/vec.h"

enum { NAME_MAX = 14 };

typedef struct entity {
    char name[NAME_MAX + 1]; /* in place: a table of pointers would be relocated at every start */
    uint16_t code;
} entity;

#define NC_ENTITY(name, code) {name, code},
static const entity entities[] = {
#include "source/entities.def"
};
#undef NC_ENTITY

/* What stands for `#`, for `#` before digits, and for `;` (preprocess.c writes them). */
static const nc_sv open_mark = NC_SV_INIT("\xef\xac\x82\xc2\xb0");
static const nc_sv number_mark = NC_SV_INIT("\xc2\xb0");
static const nc_sv close_mark = NC_SV_INIT("\xc2\xb6\xc3\x9f");

static uint32_t named(nc_sv name)
{
    size_t low = 0;
    size_t high = NC_COUNT(entities);
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = nc_sv_cmp(nc_sv_cstr(entities[mid].name), name);
        if (order == 0)
            return entities[mid].code;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

/* A numeric reference as browsers read it: Windows-1252 for 128 to 159, U+FFFD for no character. */
static uint32_t numbered(nc_sv digits)
{
    static const uint16_t windows[32] = {
        0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};
    uint32_t code = 0;
    for (size_t i = 0; i < digits.len; i++)
        if (code <= 0x10ffff)
            code = code * 10 + (uint32_t)(digits.ptr[i] - '0');
    if (code >= 0x80 && code < 0xa0)
        return windows[code - 0x80];
    if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return 0xfffd;
    return code;
}

/* One protected code at text[at]: its length, name and whether it is a number. */
typedef struct code {
    size_t len; /* 0: there is none */
    nc_sv name;
    bool number;
} code;

static code code_at(nc_sv text, size_t at)
{
    code c = {0};
    nc_sv rest = nc_sv_slice(text, at, text.len);
    if (!nc_sv_starts(rest, open_mark))
        return c;
    rest = nc_sv_slice(rest, open_mark.len, rest.len);
    c.number = nc_sv_starts(rest, number_mark);
    if (c.number)
        rest = nc_sv_slice(rest, number_mark.len, rest.len);
    size_t n = 0;
    while (n < rest.len && (c.number ? nc_is_digit(rest.ptr[n]) : nc_is_word(rest.ptr[n])))
        n++;
    c.name = nc_sv_slice(rest, 0, n);
    if (n && nc_sv_starts(nc_sv_slice(rest, n, rest.len), close_mark))
        c.len = open_mark.len + (c.number ? number_mark.len : 0) + n + close_mark.len;
    return c;
}

typedef NC_VEC(char) bytes;

static bool put(bytes *b, nc_arena *a, nc_sv text)
{
    if (!text.len)
        return true;
    if (!NC_FIT(a, b, (uint32_t)text.len))
        return false;
    memcpy(b->ptr + b->len, text.ptr, text.len);
    b->len += (uint32_t)text.len;
    return true;
}

static bool put_decoded(bytes *b, nc_arena *a, const code *c)
{
    char utf8[4];
    uint32_t point = c->number ? numbered(c->name) : named(c->name);
    switch (point) {
    case 0:
        return put(b, a, NC_SV("&")) && put(b, a, c->name) && put(b, a, NC_SV(";"));
    case '<':
        return put(b, a, NC_SV("&lt;"));
    case '>':
        return put(b, a, NC_SV("&gt;"));
    case '&':
        return put(b, a, NC_SV("&amp;"));
    default:
        return put(b, a, nc_sv_from(utf8, nc_utf8_write(utf8, point)));
    }
}

static bool put_as_written(bytes *b, nc_arena *a, const code *c)
{
    return put(b, a, NC_SV("#")) && put(b, a, c->name) && put(b, a, NC_SV(";"));
}

static bool turn_back(nc_sv *out, nc_arena *a, nc_sv text,
                      bool (*write)(bytes *, nc_arena *, const code *))
{
    bytes b = {0};
    size_t kept = 0;
    *out = text;
    for (size_t at = nc_sv_find(text, open_mark, 0); at != SIZE_MAX;
         at = nc_sv_find(text, open_mark, at)) {
        code c = code_at(text, at);
        if (!c.len) {
            at += open_mark.len;
            continue;
        }
        if (!put(&b, a, nc_sv_slice(text, kept, at)) || !write(&b, a, &c))
            return false;
        at += c.len;
        kept = at;
    }
    if (!kept)
        return true;
    if (!put(&b, a, nc_sv_slice(text, kept, text.len)))
        return false;
    *out = (nc_sv){b.ptr, b.len};
    return true;
}

bool nc_source_decode(nc_sv *out, nc_arena *a, nc_sv text)
{
    return turn_back(out, a, text, put_decoded);
}

bool nc_source_undo(nc_sv *out, nc_arena *a, nc_sv text)
{
    return turn_back(out, a, text, put_as_written);
}
