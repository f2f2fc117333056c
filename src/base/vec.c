#include "base/vec.h"

/* Every NC_VEC has this layout but for the type pointed to; it is read and written bytewise. */
typedef NC_VEC(void) any_vec;

bool nc_vec_fit(nc_arena *a, void *vec, uint32_t more, size_t size)
{
    any_vec v;
    memcpy(&v, vec, sizeof v);
    if (more <= v.cap - v.len)
        return true;
    if (more > UINT32_MAX / 2 - v.len) {
        a->failed = true;
        return false;
    }
    uint32_t cap = v.cap < 4 ? 8 : v.cap * 2;
    if (cap < v.len + more)
        cap = v.len + more;
    if (cap > SIZE_MAX / 2 / size) {
        a->failed = true;
        return false;
    }
    void *ptr = nc_arena_extend(a, v.ptr, v.cap * size, cap * size);
    if (!ptr)
        return false;
    v.ptr = ptr;
    v.cap = cap;
    memcpy(vec, &v, sizeof v);
    return true;
}
