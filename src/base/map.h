/* A table from text to index, in an arena. Keys are borrowed; order of iteration is nobody's. */
#ifndef NC_MAP_H
#define NC_MAP_H

#include "base/arena.h"

typedef struct nc_map_slot {
    nc_sv key;
    uint32_t hash, value;
    bool taken;
} nc_map_slot;

typedef struct nc_map {
    nc_map_slot *slots;
    uint32_t len, cap; /* cap is 0 or a power of two */
} nc_map;

/* The value of key, or NC_NONE. */
uint32_t nc_map_lookup(const nc_map *m, nc_sv key);
/* Sets key to value (replacing what it had). The key's bytes must outlive the map. */
NC_MUST_USE bool nc_map_set(nc_map *m, nc_arena *a, nc_sv key, uint32_t value);

#endif
