#include "base/utf8.h"
#include "text/markup.h"

/* Names inline rather than pointed to: 2125 pointers would be relocated at every start. */
typedef struct entity {
    char name[32];
    uint32_t code, second;
} entity;

#define NC_ENTITY(name, code, second) {#name, code, second},
static const entity entities[] = {
#include "text/entities.def"
};
#undef NC_ENTITY

static int compare_name(nc_sv name, const char *row)
{
    return nc_sv_cmp(name, nc_sv_cstr(row));
}

static const entity *find_entity(nc_sv name)
{
    size_t low = 0;
    size_t high = NC_COUNT(entities);
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = compare_name(name, entities[mid].name);
        if (order == 0)
            return &entities[mid];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

static int digit_value(char c, bool hex)
{
    if (nc_is_digit(c))
        return c - '0';
    if (hex && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
        return (c | 0x20) - 'a' + 10;
    return -1;
}

/* `&#38;` or `&#x26;`; what names no character is U+FFFD, as in HTML. */
static size_t read_number(uint32_t codes[static 2], nc_sv text)
{
    size_t at = 2;
    bool hex = at < text.len && (text.ptr[at] == 'x' || text.ptr[at] == 'X');
    at += hex;
    size_t first = at;
    uint32_t code = 0;
    for (int value; at < text.len && (value = digit_value(text.ptr[at], hex)) >= 0; at++) {
        if (code <= 0x10FFFF)
            code = code * (hex ? 16 : 10) + (uint32_t)value;
    }
    if (at == first || at == text.len || text.ptr[at] != ';')
        return 0;
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = 0xFFFD;
    codes[0] = code;
    codes[1] = 0;
    return at + 1;
}

size_t nc_reference_read(uint32_t codes[static 2], nc_sv text)
{
    if (text.len < 3 || text.ptr[0] != '&')
        return 0;
    if (text.ptr[1] == '#')
        return read_number(codes, text);
    size_t end = 1;
    while (end < text.len && end <= sizeof entities[0].name &&
           (nc_is_alpha(text.ptr[end]) || nc_is_digit(text.ptr[end])))
        end++;
    if (end == text.len || text.ptr[end] != ';')
        return 0;
    const entity *found = find_entity(nc_sv_slice(text, 1, end));
    if (!found)
        return 0;
    codes[0] = found->code;
    codes[1] = found->second;
    return end + 1;
}
