/*
 * Text in cells of a terminal: a wide character (East Asian width W and F, by GLib's tables) takes
 * two, a combining one none. Such texts have lines and sizes like all others, in cells, one run a
 * line and no glyphs.
 */
#ifndef NC_TEXT_CELLS_H
#define NC_TEXT_CELLS_H

#include "text/markup.h"
#include "text/text.h"

/* Cells of a character; 0 for marks that join what stands before them. */
unsigned nc_cell_width(uint32_t code);
/* Cells of a text without line ends. */
double nc_cells_width(nc_sv text);

/*
 * Fills *out from a label's plain words. Lines are broken at blanks, behind hyphens and between
 * ideographs; a longer word is kept, or broken when the style says so. False without memory.
 */
NC_MUST_USE bool nc_cells_set(nc_text *out, nc_arena *a, const nc_styled *styled,
                              const nc_text_style *style);

#endif
