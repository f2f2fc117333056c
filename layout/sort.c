#include "layout/sort.h"

#include <string.h>

/* One pass's array and how it is compared. */
typedef struct sorter {
    const char *from;
    char *to;
    size_t size;
    nc_lay_less *less;
    const void *context;
} sorter;

static bool is_before(const sorter *s, uint32_t a, uint32_t b)
{
    return s->less(s->context, s->from + a * s->size, s->from + b * s->size);
}

/* [lo, mid) and [mid, hi) of from, each in order, become [lo, hi) of to. */
static void merge(const sorter *s, uint32_t lo, uint32_t mid, uint32_t hi)
{
    char *to = s->to + lo * s->size;
    uint32_t a = lo;
    uint32_t b = mid;
    bool in_order = mid == hi || !is_before(s, mid, mid - 1);
    while (!in_order && a < mid && b < hi) {
        uint32_t next = is_before(s, b, a) ? b++ : a++;
        memcpy(to, s->from + next * s->size, s->size);
        to += s->size;
    }
    memcpy(to, s->from + a * s->size, (mid - a) * s->size);
    memcpy(to + (mid - a) * s->size, s->from + b * s->size, (hi - b) * s->size);
}

void nc_lay_sort(void *items, void *scratch, uint32_t len, size_t size, nc_lay_less *less,
                 const void *context)
{
    sorter s = {.from = items, .to = scratch, .size = size, .less = less, .context = context};
    for (uint64_t width = 1; width < len; width *= 2) {
        for (uint64_t lo = 0; lo < len; lo += 2 * width) {
            uint64_t mid = lo + width < len ? lo + width : len;
            uint64_t hi = mid + width < len ? mid + width : len;
            merge(&s, (uint32_t)lo, (uint32_t)mid, (uint32_t)hi);
        }
        s.from = s.to;
        s.to = s.to == (char *)scratch ? items : scratch;
    }
    if (s.from != items)
        memcpy(items, s.from, len * size);
}
