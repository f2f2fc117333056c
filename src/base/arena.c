#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct nc_arena_block {
    nc_arena_block *next;
    size_t size; /* of data */
    max_align_t data[];
};

enum { FIRST_BLOCK = 16 * 1024, LAST_BLOCK = 1024 * 1024 };

/* Under the address sanitizer every piece is its own block, so that overruns are seen. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONE_BLOCK_EACH 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ONE_BLOCK_EACH 1
#endif
#ifndef ONE_BLOCK_EACH
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

void nc_arena_init(nc_arena *a, const nc_alloc *from, size_t budget)
{
    *a = (nc_arena){.budget = budget};
    if (from && from->alloc)
        a->from = *from;
    else
        a->from = (nc_alloc){from_malloc, to_free, NULL};
}

void nc_arena_release(nc_arena *a)
{
    while (a->blocks) {
        nc_arena_block *block = a->blocks;
        a->blocks = block->next;
        a->from.free(a->from.payload, block);
    }
    a->used = a->total = 0;
    a->failed = false;
}

static bool grow(nc_arena *a, size_t need)
{
    size_t size = a->blocks ? a->blocks->size * 2 : (size_t)FIRST_BLOCK;
    if (size > LAST_BLOCK)
        size = LAST_BLOCK;
    if (size < need || ONE_BLOCK_EACH)
        size = need;
    if (size > SIZE_MAX - sizeof(nc_arena_block))
        return false;
    if (a->budget && (a->total > a->budget || size > a->budget - a->total))
        return false;
    nc_arena_block *block = a->from.alloc(a->from.payload, sizeof *block + size);
    if (!block)
        return false;
    block->next = a->blocks;
    block->size = size;
    a->blocks = block;
    a->used = 0;
    a->total += size;
    return true;
}

void *nc_arena_alloc(nc_arena *a, size_t count, size_t size, size_t align)
{
    assert(align && align <= _Alignof(max_align_t) && (align & (align - 1)) == 0);
    if (size && count > SIZE_MAX / 2 / size)
        goto fail;
    size_t bytes = count * size;
    if (bytes == 0)
        bytes = 1; /* a valid, distinct pointer */
    size_t at = (a->used + align - 1) & ~(align - 1);
    if (!a->blocks || ONE_BLOCK_EACH || at > a->blocks->size || bytes > a->blocks->size - at) {
        if (!grow(a, bytes))
            goto fail;
        at = 0;
    }
    char *piece = (char *)a->blocks->data + at;
    a->used = at + bytes;
    memset(piece, 0, bytes);
    return piece;
fail:
    a->failed = true;
    return NULL;
}

bool nc_arena_copy(nc_sv *out, nc_arena *a, nc_sv text)
{
    char *copy = nc_arena_alloc(a, text.len + 1, 1, 1);
    *out = (nc_sv){copy, copy ? text.len : 0};
    if (!copy)
        return false;
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    return true;
}

bool nc_arena_printf(nc_sv *out, nc_arena *a, const char *fmt, ...)
{
    va_list args;
    *out = (nc_sv){0};
    va_start(args, fmt);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    char *text = len < 0 ? NULL : nc_arena_alloc(a, (size_t)len + 1, 1, 1);
    if (!text)
        return false;
    va_start(args, fmt);
    vsnprintf(text, (size_t)len + 1, fmt, args);
    va_end(args);
    *out = (nc_sv){text, (size_t)len};
    return true;
}
