#include "source/value.h"

#include "base/map.h"
#include "base/vec.h"

/* Below this many members a scan beats a table. */
enum { SCANNED = 16 };

const nc_value *nc_value_member(const nc_value *map, nc_sv key)
{
    if (!map || map->kind != NC_VALUE_MAP)
        return NULL;
    for (uint32_t i = 0; i < map->len; i++)
        if (nc_sv_eq(map->members[i].key, key))
            return map->members[i].value;
    return NULL;
}

const nc_value *nc_value_path(const nc_value *map, const char *path)
{
    while (map && *path) {
        size_t len = strcspn(path, ".");
        map = nc_value_member(map, nc_sv_from(path, len));
        path += len;
        if (*path == '.')
            path++;
    }
    return map;
}

/* One pair of maps to be merged into out; the work list replaces recursion. */
typedef struct merging {
    nc_value *out;
    const nc_value *weaker, *stronger;
} merging;
typedef NC_VEC(merging) merging_vec;

static uint32_t index_of(const nc_value *map, const nc_map *index, nc_sv key)
{
    if (index->len)
        return nc_map_lookup(index, key);
    for (uint32_t i = 0; i < map->len; i++)
        if (nc_sv_eq(map->members[i].key, key))
            return i;
    return NC_NONE;
}

static bool merge_members(nc_arena *a, const merging *job, merging_vec *jobs)
{
    const nc_value *weaker = job->weaker;
    nc_value *out = job->out;
    nc_map index = {0};
    *out = *job->stronger;
    out->members = NC_NEW(a, nc_member, (size_t)weaker->len + job->stronger->len);
    if (!out->members)
        return false;
    if (weaker->len)
        memcpy(out->members, weaker->members, weaker->len * sizeof *out->members);
    out->len = weaker->len;
    for (uint32_t i = 0; weaker->len > SCANNED && i < weaker->len; i++)
        if (!nc_map_set(&index, a, weaker->members[i].key, i))
            return false;
    for (uint32_t i = 0; i < job->stronger->len; i++) {
        const nc_member *member = &job->stronger->members[i];
        uint32_t at = index_of(weaker, &index, member->key);
        if (at == NC_NONE) {
            out->members[out->len++] = *member;
            continue;
        }
        const nc_value *below = weaker->members[at].value;
        out->members[at] = *member;
        if (below->kind != NC_VALUE_MAP || member->value->kind != NC_VALUE_MAP)
            continue;
        merging next = {NC_NEW(a, nc_value, 1), below, member->value};
        if (!next.out || !NC_PUSH(a, jobs, next))
            return false;
        out->members[at].value = next.out;
    }
    return true;
}

const nc_value *nc_value_merge(nc_arena *a, const nc_value *weaker, const nc_value *stronger)
{
    if (!weaker || !stronger)
        return stronger ? stronger : weaker;
    if (weaker->kind != NC_VALUE_MAP || stronger->kind != NC_VALUE_MAP)
        return stronger;
    merging_vec jobs = {0};
    merging first = {NC_NEW(a, nc_value, 1), weaker, stronger};
    if (!first.out || !NC_PUSH(a, &jobs, first))
        return NULL;
    while (jobs.len) {
        merging job = jobs.ptr[--jobs.len];
        if (!merge_members(a, &job, &jobs))
            return NULL;
    }
    return first.out;
}
