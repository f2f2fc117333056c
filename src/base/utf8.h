/* UTF-8: decoding, validity, writing. No locale, no tables. */
#ifndef NC_UTF8_H
#define NC_UTF8_H

#include "base/base.h"

#define NC_UTF8_BAD UINT32_MAX

/*
 * The code point at text[*at], *at moved behind it. NC_UTF8_BAD for a byte that starts none
 * (overlong forms, surrogates and values above U+10FFFF included); *at then moves by one byte.
 * text.len must be above *at.
 */
uint32_t nc_utf8_next(nc_sv text, size_t *at);

/* Code points that Unicode keeps free of characters for good (D14): no text may carry them. */
static inline bool nc_is_noncharacter(uint32_t code)
{
    return (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
}

/* Offset of the first byte that is not UTF-8, or SIZE_MAX. */
size_t nc_utf8_invalid(nc_sv text);

/* Writes 1 to 4 bytes, returns how many; what is no code point becomes U+FFFD. */
size_t nc_utf8_write(char out[static 4], uint32_t code);

#endif
