#include "base/map.h"

/* FNV-1a (Fowler, Noll, Vo). Lookups compare keys, so collisions cost time only. */
static uint32_t hash_of(nc_sv key)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < key.len; i++)
        h = (h ^ (unsigned char)key.ptr[i]) * 16777619u;
    return h;
}

static nc_map_slot *slot_of(const nc_map *m, nc_sv key, uint32_t hash)
{
    uint32_t mask = m->cap - 1;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        nc_map_slot *slot = &m->slots[i];
        if (!slot->taken || (slot->hash == hash && nc_sv_eq(slot->key, key)))
            return slot;
    }
}

uint32_t nc_map_lookup(const nc_map *m, nc_sv key)
{
    if (!m->cap)
        return NC_NONE;
    const nc_map_slot *slot = slot_of(m, key, hash_of(key));
    return slot->taken ? slot->value : NC_NONE;
}

static bool grow(nc_map *m, nc_arena *a)
{
    nc_map bigger = {.len = m->len, .cap = m->cap ? m->cap * 2 : 16};
    bigger.slots = NC_NEW(a, nc_map_slot, bigger.cap);
    if (!bigger.slots)
        return false;
    for (uint32_t i = 0; i < m->cap; i++)
        if (m->slots[i].taken)
            *slot_of(&bigger, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    nc_arena_drop(a, m->slots, m->cap * sizeof *m->slots);
    *m = bigger;
    return true;
}

bool nc_map_set(nc_map *m, nc_arena *a, nc_sv key, uint32_t value)
{
    if (m->len >= m->cap - m->cap / 4 && !grow(m, a))
        return false;
    uint32_t hash = hash_of(key);
    nc_map_slot *slot = slot_of(m, key, hash);
    if (!slot->taken)
        m->len++;
    *slot = (nc_map_slot){key, hash, value, true};
    return true;
}
