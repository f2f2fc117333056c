/* The painter of terminal text: a cell scene becomes lines of characters. */
#ifndef NC_PAINT_TEXT_H
#define NC_PAINT_TEXT_H

#include "base/buf.h"
#include "scene/cells.h"

/* Whether the grid is small enough to be painted. */
bool nc_paint_text_fits(const nc_cells *cells);

/*
 * UTF-8, a line feed after each line, no blanks at their ends. ascii: lines, borders, heads and
 * signs in ASCII; labels stay as they are. Lines that cross or meet share a character; a text is
 * never overwritten. False without memory. The grid must fit.
 */
NC_MUST_USE bool nc_paint_text(nc_buf *out, const nc_cells *cells, bool ascii);

#endif
