/*
 * Mermaid's own reading of a C4 text, token by token and defect by defect (version 12.3): what
 * `dump --mermaid` prints, and whether Mermaid's parser lets the text through at all.
 */
#ifndef NC_C4_MERMAID_H
#define NC_C4_MERMAID_H

#include "model/c4.h"

/*
 * text as nc_source gives it. *refused_at is where Mermaid's parser stops, SIZE_MAX when it accepts
 * the text; out holds what was read. False only without memory.
 */
NC_MUST_USE bool nc_c4_read_mermaid(nc_c4 *out, size_t *refused_at, nc_arena *a, nc_sv text);

/*
 * The next `direction`, white space, and TB, BT, RL or LR: Mermaid finds it anywhere in a line, also
 * inside a text, and then refuses the diagram. SIZE_MAX when there is none.
 */
size_t nc_c4_find_direction(nc_sv text, size_t from);

/* What JavaScript's parseInt makes of a text; false for NaN. */
bool nc_c4_parse_int(double *out, nc_sv text);

/* Puts a text into its field of an element, boundary, relation or tag, entity codes turned back. */
NC_MUST_USE bool nc_c4_assign(void *target, nc_sv text, nc_span at, uint16_t offset, int holds,
                              nc_arena *a);

#endif
