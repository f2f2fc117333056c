/* Label markup: from what the author wrote to plain characters with styles. */
#ifndef NC_MARKUP_H
#define NC_MARKUP_H

#include "base/vec.h"
#include "model/label.h"

typedef enum nc_emphasis {
    NC_EMPH_BOLD = 1u << 0,
    NC_EMPH_ITALIC = 1u << 1,
    NC_EMPH_CODE = 1u << 2,
    NC_EMPH_SUB = 1u << 3,
    NC_EMPH_SUP = 1u << 4,
    NC_EMPH_UNDERLINE = 1u << 5,
    NC_EMPH_STRIKE = 1u << 6,
    NC_EMPH_ICON = 1u << 7 /* a Font Awesome code: `fa:fa-car` */
} nc_emphasis;

/* Bytes [start, end) of the text. */
typedef struct nc_styled_span {
    uint32_t start, end;
    unsigned emphasis; /* of nc_emphasis */
} nc_styled_span;

/*
 * Lines are parted by '\n'; blanks are single and never at the ends of a line; no other control
 * characters are left. The spans cover all of the text, in order.
 */
typedef struct nc_styled {
    nc_sv text;
    const nc_styled_span *spans;
    uint32_t len;
} nc_styled;

/* Everything in the arena. False without memory; every text is a valid one. */
NC_MUST_USE bool nc_markup_read(nc_styled *out, nc_arena *a, const nc_label *label);

/*
 * The character reference at the start of text (`&amp;`, `&#38;`, `&#x26;`): its length in bytes and
 * one or two code points (codes[1] may be 0). 0 when there is none.
 */
size_t nc_reference_read(uint32_t codes[static 2], nc_sv text);

#endif
