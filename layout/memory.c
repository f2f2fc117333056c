#include "layout/memory.h"

#include <stdlib.h>
#include <string.h>

struct nc_lay_block {
    nc_lay_block *below;
    size_t size, used; /* of data, in bytes */
    max_align_t data[];
};

enum { FIRST_BLOCK = 32 * 1024, LAST_BLOCK = 4 * 1024 * 1024 };

#if defined(__SANITIZE_ADDRESS__)
#define ONE_BLOCK_EACH 1 /* every piece its own block, so that the sanitizer sees overruns */
#else
#define ONE_BLOCK_EACH 0
#endif

static void *from_malloc(void *payload, size_t size)
{
    (void)payload;
    return malloc(size);
}

static void to_free(void *payload, void *ptr)
{
    (void)payload;
    free(ptr);
}

void nc_lay_mem_init(nc_lay_mem *m, const nc_lay_alloc *from)
{
    *m = (nc_lay_mem){.from = {from_malloc, to_free, NULL}};
    if (from && from->alloc)
        m->from = *from;
}

/* What is given back is kept for the next pass: fresh pages cost more than most passes. */
static void pop(nc_lay_mem *m)
{
    nc_lay_block *block = m->top;
    m->top = block->below;
    if (ONE_BLOCK_EACH) {
        m->from.free(m->from.payload, block);
        return;
    }
    block->below = m->spare;
    m->spare = block;
}

void nc_lay_mem_release(nc_lay_mem *m)
{
    while (m->top)
        pop(m);
    while (m->spare) {
        nc_lay_block *block = m->spare;
        m->spare = block->below;
        m->from.free(m->from.payload, block);
    }
}

static nc_lay_block *take_spare(nc_lay_mem *m, size_t need)
{
    for (nc_lay_block **b = &m->spare; *b; b = &(*b)->below) {
        nc_lay_block *block = *b;
        if (block->size < need)
            continue;
        *b = block->below;
        return block;
    }
    return NULL;
}

static bool grow_pile(nc_lay_mem *m, size_t need)
{
    nc_lay_block *spare = take_spare(m, need);
    if (spare) {
        spare->below = m->top;
        spare->used = 0;
        m->top = spare;
        return true;
    }
    size_t size = m->top ? m->top->size * 2 : (size_t)FIRST_BLOCK;
    if (size > LAST_BLOCK)
        size = LAST_BLOCK;
    if (size < need || ONE_BLOCK_EACH)
        size = need;
    nc_lay_block *block = m->from.alloc(m->from.payload, sizeof *block + size);
    if (!block)
        return false;
    *block = (nc_lay_block){.below = m->top, .size = size};
    m->top = block;
    return true;
}

void *nc_lay_take(nc_lay_mem *m, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 4 / size)
        return NULL;
    size_t align = _Alignof(max_align_t);
    size_t bytes = (count * size + align - 1) / align * align;
    if (bytes == 0)
        bytes = align;
    if (!m->top || ONE_BLOCK_EACH || bytes > m->top->size - m->top->used) {
        if (!grow_pile(m, bytes))
            return NULL;
    }
    char *piece = (char *)m->top->data + m->top->used;
    m->top->used += bytes;
    return memset(piece, 0, bytes);
}

nc_lay_mark nc_lay_mem_mark(const nc_lay_mem *m)
{
    return (nc_lay_mark){m->top, m->top ? m->top->used : 0};
}

void nc_lay_mem_rewind(nc_lay_mem *m, nc_lay_mark mark)
{
    while (m->top != mark.block)
        pop(m);
    if (m->top)
        m->top->used = mark.used;
}

bool nc_lay_reserve(nc_lay_mem *m, void **array, uint32_t len, uint32_t *cap, uint64_t more,
                    size_t size)
{
    if (more <= *cap - len)
        return true;
    if (more > UINT32_MAX / 2 - len)
        return false;
    char *copy = nc_lay_take(m, len + more, size);
    if (!copy)
        return false;
    if (len)
        memcpy(copy, *array, (size_t)len * size);
    *array = copy;
    *cap = len + (uint32_t)more;
    return true;
}

bool nc_lay_grow(nc_lay_mem *m, void **array, uint32_t len, uint32_t *cap, size_t size)
{
    if (len < *cap)
        return true;
    return nc_lay_reserve(m, array, len, cap, len < 4 ? 8 - len : len, size);
}
