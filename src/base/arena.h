/*
 * One arena per diagram: allocate much, free once.
 *
 * A failed allocation is remembered (nc_arena_failed), so a stage may finish its statement and
 * report once. Pieces live until the arena is released; only what grows (vec, map) gives back the
 * memory that it has outgrown.
 */
#ifndef NC_ARENA_H
#define NC_ARENA_H

#include "base/base.h"

/* Where the memory comes from; NULL functions mean malloc and free. */
typedef struct nc_alloc {
    void *(*alloc)(void *payload, size_t size);
    void (*free)(void *payload, void *ptr);
    void *payload;
} nc_alloc;

typedef struct nc_arena_block nc_arena_block;

typedef struct nc_arena {
    nc_alloc from;
    nc_arena_block *blocks; /* newest first */
    nc_arena_block *large;  /* blocks of one large piece each */
    size_t used, total;     /* bytes handed out of the newest block; bytes held in all blocks */
    size_t budget;          /* most bytes to hold; 0: no ceiling */
    bool failed;
} nc_arena;

/* from is copied; NULL means malloc and free. */
void nc_arena_init(nc_arena *a, const nc_alloc *from, size_t budget);
/* Frees everything; the arena can be used again. */
void nc_arena_release(nc_arena *a);

/* Zeroed; NULL when count * size overflows, the budget is spent or memory is out. */
NC_MUST_USE void *nc_arena_alloc(nc_arena *a, size_t count, size_t size, size_t align);
#define NC_NEW(arena, T, n) ((T *)nc_arena_alloc((arena), (n), sizeof(T), _Alignof(T)))

/*
 * `ptr`, a piece of `old` bytes (NULL when old is 0), made `size` bytes long: where it lies if it is
 * the newest piece and has room behind it, else elsewhere, and what lay at ptr is gone. The new
 * bytes are not cleared. Aligned for every type. NULL as above, and then the piece is as it was.
 */
NC_MUST_USE void *nc_arena_extend(nc_arena *a, void *ptr, size_t old, size_t size);
/* The piece is not needed any more; the arena may use its memory again. */
void nc_arena_drop(nc_arena *a, void *ptr, size_t size);

static inline bool nc_arena_failed(const nc_arena *a)
{
    return a->failed;
}

/* A copy in the arena with a NUL after it (not counted). False, and *out empty, without memory. */
NC_MUST_USE bool nc_arena_copy(nc_sv *out, nc_arena *a, nc_sv text);
/* Formatted text in the arena, NUL after it. */
NC_MUST_USE bool nc_arena_printf(nc_sv *out, nc_arena *a, const char *fmt, ...) NC_PRINTF(3, 4);

#endif
