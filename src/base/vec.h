/*
 * Growing arrays in an arena: declare with NC_VEC(T), append with NC_PUSH, read v.ptr[i] below v.len.
 * A failed append leaves the array as it was; one that succeeds may move the items, and then
 * pointers to them are stale. An array of which another holds a copy must not grow.
 */
#ifndef NC_VEC_H
#define NC_VEC_H

#include "base/arena.h"

#define NC_VEC(T)                                                                                  \
    struct {                                                                                       \
        T *ptr;                                                                                    \
        uint32_t len, cap;                                                                         \
    }

typedef NC_VEC(uint32_t) nc_u32_vec;
typedef NC_VEC(nc_sv) nc_sv_vec;

/* Room for `more` further items of `size` bytes; for the macros, which know the type. */
NC_MUST_USE bool nc_vec_fit(nc_arena *a, void *vec, uint32_t more, size_t size);

#define NC_FIT(arena, vec, more) nc_vec_fit((arena), (vec), (more), sizeof *(vec)->ptr)
/* True when `item` was appended. */
#define NC_PUSH(arena, vec, item)                                                                  \
    (((vec)->len < (vec)->cap || NC_FIT((arena), (vec), 1)) &&                                     \
     ((vec)->ptr[(vec)->len++] = (item), true))

#endif
