/*
 * The engine's memory: one growing pile of blocks per run.
 *
 * Pieces are zeroed and are never freed singly; a mark gives back everything taken after it, which
 * is how a pass drops its scratch. Without memory LAY_NEW is NULL and the run ends as NC_LAY_NOMEM.
 */
#ifndef NC_LAYOUT_MEMORY_H
#define NC_LAYOUT_MEMORY_H

#include "layout/layout.h"

#if defined(__GNUC__)
#define LAY_MUST_USE __attribute__((warn_unused_result))
#else
#define LAY_MUST_USE
#endif

typedef struct nc_lay_block nc_lay_block;

typedef struct nc_lay_mem {
    nc_lay_alloc from;
    nc_lay_block *top;   /* newest block first */
    nc_lay_block *spare; /* blocks given back, for reuse */
} nc_lay_mem;

typedef struct nc_lay_mark {
    nc_lay_block *block;
    size_t used;
} nc_lay_mark;

/* from is copied; NULL, or one with NULL functions, means malloc and free. */
void nc_lay_mem_init(nc_lay_mem *m, const nc_lay_alloc *from);
void nc_lay_mem_release(nc_lay_mem *m);

/* Zeroed; NULL without memory or when count * size overflows. A count of 0 gives a valid pointer. */
LAY_MUST_USE void *nc_lay_take(nc_lay_mem *m, size_t count, size_t size);
#define LAY_NEW(mem, T, n) ((T *)nc_lay_take((mem), (n), sizeof(T)))

nc_lay_mark nc_lay_mem_mark(const nc_lay_mem *m);
void nc_lay_mem_rewind(nc_lay_mem *m, nc_lay_mark mark);

/*
 * Room for one more in an array that grows by doubling: LAY_PUSH(mem, array, len, cap, item) is
 * false without memory. The old copy stays in the pile until its mark is rewound, so reserve room
 * for what can be counted.
 */
#define LAY_RESERVE(mem, array, len, cap, more)                                                    \
    nc_lay_reserve((mem), (void **)&(array), (len), &(cap), (more), sizeof *(array))
LAY_MUST_USE bool nc_lay_reserve(nc_lay_mem *m, void **array, uint32_t len, uint32_t *cap,
                                 uint64_t more, size_t size);
LAY_MUST_USE bool nc_lay_grow(nc_lay_mem *m, void **array, uint32_t len, uint32_t *cap,
                              size_t size);
#define LAY_PUSH(mem, array, len, cap, ...)                                                        \
    (nc_lay_grow((mem), (void **)&(array), (len), &(cap), sizeof *(array)) &&                      \
     ((array)[(len)++] = (__VA_ARGS__), true))

#endif
