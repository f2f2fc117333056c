/*
 * Diagnostics: what is wrong, where, and what to type instead.
 *
 * A stage reports in offsets of the text it reads; the offset map in force (nc_diags.map) carries
 * them back to the author's bytes at once, so a diagnostic always holds places of the input.
 */
#ifndef NC_DIAG_H
#define NC_DIAG_H

#include "base/arena.h"
#include "base/vec.h"

typedef enum nc_severity {
    NC_ERROR,
    NC_WARNING,
    NC_PORTABILITY /* fine here, but Mermaid itself would refuse it: kept apart, in nc_diags.notes */
} nc_severity;

/* Every rule once: name, the code people see, its severity, one line for --list-rules. */
#define NC_RULE_ENUM(name, code, severity, summary) NC_RULE_##name,
typedef enum nc_rule {
#include "base/rules.def"
    NC_RULE_COUNT
} nc_rule;
#undef NC_RULE_ENUM

typedef struct nc_rule_info {
    const char *code;
    nc_severity severity;
    const char *summary;
} nc_rule_info;

const nc_rule_info *nc_rule_lookup(nc_rule rule);

/*
 * From offsets of a derived text back to its origin: pieces in rising order; a piece maps its bytes
 * one to one and ends where the next begins. An empty map is the identity.
 */
typedef struct nc_offset_piece {
    uint32_t text, origin;
} nc_offset_piece;

typedef struct nc_offset_map {
    const nc_offset_piece *pieces;
    uint32_t len;
    uint32_t origin_len; /* results are cut to this; 0: unknown */
} nc_offset_map;

uint32_t nc_offset_origin(const nc_offset_map *map, uint32_t text_offset);
/* Never backwards; an empty span stays empty. */
nc_span nc_offset_span(const nc_offset_map *map, nc_span text_span);

typedef struct nc_diag {
    nc_rule rule;
    nc_severity severity;
    bool drawing;  /* an error of the drawing only: see nc_diag_drawing */
    nc_span at;    /* bytes of the origin */
    nc_sv message; /* lower case, no final stop, subject in single quotes */
    nc_sv hint;    /* what to type instead; may be empty */
} nc_diag;

typedef struct nc_diags {
    nc_arena *arena;
    const nc_offset_map *map; /* NULL: spans are origin offsets already */
    NC_VEC(nc_diag) list;
    NC_VEC(nc_diag) notes; /* of portability: `check --portable`, `dump --mermaid` */
    uint32_t errors, warnings, suppressed; /* at most NC_DIAG_MAX are kept; the rest is counted */
    uint32_t draw_errors;                  /* those among errors that leave the model sound */
    nc_diag *last;                         /* reported last; NULL when it was not kept */
    nc_severity last_severity;
} nc_diags;

enum { NC_DIAG_MAX = 200 };

/* Says behind the last one that no more are told, where that is so. False without memory. */
NC_MUST_USE bool nc_diag_close(nc_diags *d);

void nc_diags_init(nc_diags *d, nc_arena *arena);

/*
 * Report with the rule's own severity. Control characters of the arguments are shown as U+FFFD.
 * Without memory the counters still move.
 */
void nc_diag_add(nc_diags *d, nc_rule rule, nc_span at, const char *fmt, ...) NC_PRINTF(4, 5);
/* Adds a remedy to the diagnostic reported last. */
void nc_diag_hint(nc_diags *d, const char *fmt, ...) NC_PRINTF(2, 3);

/*
 * The error reported last stands in the way of a drawing but not of a dump: Mermaid's parser lets
 * the text through.
 */
void nc_diag_drawing(nc_diags *d);

/* For "%.*s" with a view: at most 80 bytes, cut at a character. */
#define NC_SV_ARG(sv) (int)nc_sv_shown(sv), (sv).ptr ? (sv).ptr : ""
size_t nc_sv_shown(nc_sv text);

/*
 * "Did you mean": the word of list nearest to word by edit distance (Damerau's, at most a third of
 * the length), ties to the first; empty when none is near.
 */
nc_sv nc_nearest(nc_sv word, const nc_sv *list, size_t len);

#endif
