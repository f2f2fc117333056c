/*
 * The readers of YAML and JSON with the place their text has in the author's file: front matter may
 * be indented as a whole, and its values must still know their bytes of the origin.
 */
#ifndef NC_READ_H
#define NC_READ_H

#include "source/value.h"

typedef struct nc_place {
    uint32_t base;            /* offset of the text in the text that map speaks of */
    const nc_offset_map *map; /* NULL: spans stay as they are */
    nc_sv indent;             /* taken off the lines that begin with it, before YAML is read */
} nc_place;

NC_MUST_USE bool nc_yaml_read_at(const nc_value **out, nc_arena *a, nc_sv text,
                                 const nc_place *place, nc_value_error *error);
NC_MUST_USE bool nc_json_read_at(const nc_value **out, nc_arena *a, nc_sv text,
                                 const nc_place *place, nc_value_error *error);

static inline nc_span nc_place_span(const nc_place *place, size_t start, size_t end)
{
    return nc_offset_span(place->map,
                          (nc_span){place->base + (uint32_t)start,
                                    place->base + (uint32_t)(end > start ? end : start)});
}

enum {
    NC_VALUE_DEPTH_MAX = 64,
    NC_VALUE_ALIASED_MAX = 10000 /* values that all aliases of a document may stand for together */
};

#endif
