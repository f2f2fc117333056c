/* One stable merge sort for all passes: iterative, no memory of its own. */
#ifndef NC_LAYOUT_SORT_H
#define NC_LAYOUT_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a stands before b. context is the caller's. */
typedef bool nc_lay_less(const void *context, const void *a, const void *b);

/*
 * Sorts len items of a size; scratch has room for as many and is overwritten. Items that do not
 * stand before each other keep their order. Runs that are in order already are copied whole.
 */
void nc_lay_sort(void *items, void *scratch, uint32_t len, size_t size, nc_lay_less *less,
                 const void *context);

#endif
