#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct nc_arena_block {
    nc_arena_block *next;
    nc_arena_block *before; /* of a large piece's block */
    size_t size;            /* of data */
    max_align_t data[];
};

/* A piece of LARGE bytes has a block of its own, which leaves the rest of the newest one in use. */
enum { FIRST_BLOCK = 16 * 1024, LAST_BLOCK = 1024 * 1024, LARGE = 64 * 1024 };

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

static void release_list(nc_arena *a, nc_arena_block *block)
{
    while (block) {
        nc_arena_block *next = block->next;
        a->from.free(a->from.payload, block);
        block = next;
    }
}

void nc_arena_release(nc_arena *a)
{
    release_list(a, a->blocks);
    release_list(a, a->large);
    a->blocks = a->large = NULL;
    a->used = a->total = 0;
    a->failed = false;
}

static nc_arena_block *new_block(nc_arena *a, size_t size)
{
    if (size > SIZE_MAX - sizeof(nc_arena_block))
        return NULL;
    if (a->budget && (a->total > a->budget || size > a->budget - a->total))
        return NULL;
    nc_arena_block *block = a->from.alloc(a->from.payload, sizeof *block + size);
    if (!block)
        return NULL;
    block->before = NULL;
    block->size = size;
    a->total += size;
    return block;
}

static bool is_large(size_t bytes)
{
    return bytes >= LARGE || ONE_BLOCK_EACH;
}

static void *take_large(nc_arena *a, size_t bytes)
{
    nc_arena_block *block = new_block(a, bytes);
    if (!block)
        return NULL;
    block->next = a->large;
    if (block->next)
        block->next->before = block;
    a->large = block;
    return block->data;
}

static bool grow(nc_arena *a, size_t need)
{
    size_t size = a->blocks ? a->blocks->size * 2 : (size_t)FIRST_BLOCK;
    if (size > LAST_BLOCK)
        size = LAST_BLOCK;
    nc_arena_block *block = new_block(a, size < need ? need : size);
    if (!block)
        return false;
    block->next = a->blocks;
    a->blocks = block;
    a->used = 0;
    return true;
}

/* Not cleared. */
static void *take(nc_arena *a, size_t bytes, size_t align)
{
    if (is_large(bytes))
        return take_large(a, bytes);
    size_t at = (a->used + align - 1) & ~(align - 1);
    if (!a->blocks || at > a->blocks->size || bytes > a->blocks->size - at) {
        if (!grow(a, bytes))
            return NULL;
        at = 0;
    }
    a->used = at + bytes;
    return (char *)a->blocks->data + at;
}

void *nc_arena_alloc(nc_arena *a, size_t count, size_t size, size_t align)
{
    assert(align && align <= _Alignof(max_align_t) && (align & (align - 1)) == 0);
    void *piece = NULL;
    size_t bytes = count * size;
    if (bytes == 0)
        bytes = 1; /* a valid, distinct pointer */
    if (!size || count <= SIZE_MAX / 2 / size)
        piece = take(a, bytes, align);
    if (!piece) {
        a->failed = true;
        return NULL;
    }
    return memset(piece, 0, bytes);
}

/* Does the piece end where the newest block's free part begins? */
static bool is_newest(const nc_arena *a, const void *ptr, size_t size)
{
    return a->blocks && !is_large(size) && a->used >= size &&
           ptr == (const char *)a->blocks->data + (a->used - size);
}

void nc_arena_drop(nc_arena *a, void *ptr, size_t size)
{
    if (size == 0)
        return;
    if (is_newest(a, ptr, size)) {
        a->used -= size;
        return;
    }
    if (!is_large(size))
        return;
    nc_arena_block *block =
        (nc_arena_block *)(void *)((char *)ptr - offsetof(nc_arena_block, data));
    if (block->next)
        block->next->before = block->before;
    if (block->before)
        block->before->next = block->next;
    else
        a->large = block->next;
    a->total -= block->size;
    a->from.free(a->from.payload, block);
}

void *nc_arena_extend(nc_arena *a, void *ptr, size_t old, size_t size)
{
    assert(size >= old && size > 0);
    if (old && !is_large(size) && is_newest(a, ptr, old) &&
        size - old <= a->blocks->size - a->used) {
        a->used += size - old;
        return ptr;
    }
    void *piece = take(a, size, _Alignof(max_align_t));
    if (!piece) {
        a->failed = true;
        return NULL;
    }
    if (old)
        memcpy(piece, ptr, old);
    nc_arena_drop(a, ptr, old);
    return piece;
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
