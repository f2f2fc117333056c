/*
 * A value read from YAML or JSON: configuration, front matter, `@{ }` data. Lives in an arena.
 * Scalars keep their spelling, so that `1.10` and `"1.10"` can still be told from a number's value.
 */
#ifndef NC_VALUE_H
#define NC_VALUE_H

#include "base/arena.h"
#include "base/diag.h"

typedef enum nc_value_kind {
    NC_VALUE_NULL,
    NC_VALUE_BOOL,
    NC_VALUE_NUMBER,
    NC_VALUE_STRING,
    NC_VALUE_LIST,
    NC_VALUE_MAP
} nc_value_kind;

typedef struct nc_value nc_value;

typedef struct nc_member {
    nc_sv key; /* empty in a list */
    nc_span key_at;
    nc_value *value;
} nc_member;

struct nc_value {
    nc_value_kind kind;
    nc_span at;
    bool boolean;
    double number;
    nc_sv text;         /* of a scalar: what stands there, unquoted */
    nc_member *members; /* of a map or list, in source order */
    uint32_t len;
};

/* The member of a map, or NULL (also when map is NULL or no map). */
const nc_value *nc_value_member(const nc_value *map, nc_sv key);
/* Descends by a dotted path: "flowchart.nodeSpacing". */
const nc_value *nc_value_path(const nc_value *map, const char *path);

/*
 * Deep merge, the stronger over the weaker: maps are merged member by member, everything else
 * replaces. Either may be NULL. Shares members with both. NULL with a->failed set without memory.
 */
const nc_value *nc_value_merge(nc_arena *a, const nc_value *weaker, const nc_value *stronger);

/*
 * Read one YAML document (JSON schema of types, libyaml) or one JSON document (jansson). Spans are
 * offsets into text plus base. Duplicate keys, unbounded aliases, depth above 64 are errors.
 * False when it is broken: *error says how and error_at where; nothing is reported elsewhere.
 * An empty document gives *out = NULL and true.
 */
typedef struct nc_value_error {
    nc_span at;
    nc_sv message;
} nc_value_error;
NC_MUST_USE bool nc_yaml_read(const nc_value **out, nc_arena *a, nc_sv text, uint32_t base,
                              nc_value_error *error);
NC_MUST_USE bool nc_json_read(const nc_value **out, nc_arena *a, nc_sv text, uint32_t base,
                              nc_value_error *error);

#endif
