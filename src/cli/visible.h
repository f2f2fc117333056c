/*
 * Text of strangers made safe to show: control characters, marks that reorder or hide text on a
 * terminal, and bytes that are no UTF-8 become \xNN.
 */
#ifndef NC_VISIBLE_H
#define NC_VISIBLE_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/str.h"

/* A character of UTF-8, or a byte that starts none. */
typedef struct nc_character {
    size_t len;    /* in bytes */
    uint32_t code; /* UINT32_MAX: no UTF-8 */
} nc_character;

/* The one at text[0, len); len is above 0. */
nc_character nc_character_at(const char *text, size_t len);
/* Not to be shown as it is. */
bool nc_character_is_strange(nc_character c);
/* Columns on a terminal, near enough to put a caret under it. */
int nc_character_columns(nc_character c);

void nc_visible_put(nc_str *out, const char *text, size_t len);
void nc_visible_puts(nc_str *out, const char *text);

#endif
