#include "base/utf8.h"

uint32_t nc_utf8_next(nc_sv text, size_t *at)
{
    const unsigned char *p = (const unsigned char *)text.ptr + *at;
    size_t left = text.len - *at;
    unsigned char c = p[0];
    (*at)++;
    if (c < 0x80)
        return c;
    size_t more = c >= 0xf0 && c < 0xf5 ? 3 : c >= 0xe0 ? 2 : c >= 0xc2 ? 1 : 0;
    if (c >= 0xf5 || more == 0 || left <= more)
        return NC_UTF8_BAD;
    uint32_t code = c & (0x3fu >> more);
    for (size_t i = 1; i <= more; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return NC_UTF8_BAD;
        code = code << 6 | (p[i] & 0x3fu);
    }
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (code < least[more] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return NC_UTF8_BAD;
    *at += more;
    return code;
}

size_t nc_utf8_invalid(nc_sv text)
{
    for (size_t i = 0; i < text.len;) {
        size_t from = i;
        if ((unsigned char)text.ptr[i] < 0x80)
            i++;
        else if (nc_utf8_next(text, &i) == NC_UTF8_BAD)
            return from;
    }
    return SIZE_MAX;
}

size_t nc_utf8_write(char out[static 4], uint32_t code)
{
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        code = 0xfffd;
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
    for (size_t i = more; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3f));
        code >>= 6;
    }
    out[0] = (char)(lead[more] | code);
    return more + 1;
}
