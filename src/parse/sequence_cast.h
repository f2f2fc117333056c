/*
 * The cast of a sequence diagram while it is read: who takes part, in which box, who is active, who
 * was just created or destroyed. Applies Mermaid's rules of meaning and reports what they refuse.
 *
 * Where Mermaid loses something by a defect, the model keeps both readings (model/sequence.h).
 */
#ifndef NC_SEQUENCE_CAST_H
#define NC_SEQUENCE_CAST_H

#include "base/map.h"
#include "parse/sequence_token.h"
#include "source/source.h"

/* What a text asks about wrapping with its prefix `wrap:` or `nowrap:`. */
typedef enum nc_seq_wrap { NC_SEQ_WRAP_AUTO, NC_SEQ_WRAP_ON, NC_SEQ_WRAP_OFF } nc_seq_wrap;

typedef struct nc_seq_part {
    uint32_t active; /* activations that are open */
    uint32_t order;  /* place among the listed ones, or NC_NONE */
    bool declared;   /* by a participant line */
    bool activated;
    uint32_t lost_links, lost_properties; /* so many were given before its last declaration */
    nc_sv name;                           /* as written, entity codes still protected */
} nc_seq_part;

typedef struct nc_seq_cast {
    nc_arena *arena;
    const nc_source *source;
    nc_diags *diags;
    nc_sequence *out;
    nc_map ids;
    NC_VEC(nc_seq_part) parts; /* one for each actor */
    uint32_t listed;
    uint32_t box;                /* the open one, or NC_NONE */
    uint32_t created, destroyed; /* waiting for their message, or NC_NONE */
    bool wrap;                   /* the configured default */
    bool full;                   /* there are too many participants: reading may stop */
    bool doubt; /* a broken statement may have activated someone: no deactivation is wrong now */
} nc_seq_cast;

/* A participant line. */
typedef struct nc_seq_declaration {
    nc_seq_token name;
    nc_span at;        /* the statement */
    nc_seq_kind kind;  /* by keyword */
    bool has_kind;     /* false for a participant without any: `create destroy X` */
    bool has_label;    /* ` as Label` */
    nc_seq_token rest; /* the label */
    bool has_data;     /* `@{ }` */
    nc_seq_token data;
} nc_seq_declaration;

void nc_seq_cast_init(nc_seq_cast *cast, nc_sequence *out, nc_arena *a, const nc_source *source,
                      nc_diags *d);

/*
 * All of these return false without memory only. An index is set whenever they return true.
 */
/* A participant named by a message or note; listed if it was not. */
NC_MUST_USE bool nc_seq_cast_mention(nc_seq_cast *cast, uint32_t *index, nc_seq_token name);
/* One named by `activate`, `deactivate`, `destroy`: known, but not listed by that. */
NC_MUST_USE bool nc_seq_cast_refer(nc_seq_cast *cast, uint32_t *index, nc_seq_token name);
NC_MUST_USE bool nc_seq_cast_declare(nc_seq_cast *cast, uint32_t *index,
                                     const nc_seq_declaration *declaration);
/* `create` before a participant line. */
NC_MUST_USE bool nc_seq_cast_create(nc_seq_cast *cast, uint32_t *index,
                                    const nc_seq_declaration *declaration);
NC_MUST_USE bool nc_seq_cast_destroy(nc_seq_cast *cast, uint32_t *index, nc_seq_token name);
/* `box`; boxes do not nest. */
NC_MUST_USE bool nc_seq_cast_open_box(nc_seq_cast *cast, nc_seq_token keyword, nc_seq_token rest);
/*
 * `#f00 Title` behind `box` or `rect`, where Mermaid sees a comment: the colour, reported, and what
 * stands behind it. Empty when there is none.
 */
nc_sv nc_seq_cast_hash_color(const nc_seq_cast *cast, nc_seq_token keyword, nc_sv *behind);

/* Holds a message to what `create` and `destroy` asked for. */
void nc_seq_cast_check_message(nc_seq_cast *cast, nc_seq_token from, nc_seq_token to);
void nc_seq_cast_activate(nc_seq_cast *cast, uint32_t index);
void nc_seq_cast_deactivate(nc_seq_cast *cast, uint32_t index, nc_span at);

/* `links`, `link` and `properties`; text is what follows the colon. */
NC_MUST_USE bool nc_seq_cast_links(nc_seq_cast *cast, uint32_t index, nc_seq_token text);
NC_MUST_USE bool nc_seq_cast_link(nc_seq_cast *cast, uint32_t index, nc_seq_token text);
NC_MUST_USE bool nc_seq_cast_properties(nc_seq_cast *cast, uint32_t index, nc_seq_token text);
/* Of pairs with one name the last one stays; the first `lost` ones are marked. */
NC_MUST_USE bool nc_seq_cast_settle_pairs(nc_seq_cast *cast, nc_seq_pairs *pairs, uint32_t lost);

/* The participant type of this name; NC_SEQ_KIND_COUNT when there is none. */
nc_seq_kind nc_seq_kind_lookup(nc_sv name);
/* Settles the order of actors and of creations and destructions. */
NC_MUST_USE bool nc_seq_cast_finish(nc_seq_cast *cast);

/* True when a text begins with `nowrap:`. */
bool nc_seq_says_nowrap(nc_sv raw);
/* A text: trimmed, its wrap prefix taken off, entity codes decoded. */
NC_MUST_USE bool nc_seq_cast_text(nc_seq_cast *cast, nc_label *out, bool *wrap, nc_sv raw);
/* Entity codes decoded, nothing else. One above the limit is reported and becomes empty. */
NC_MUST_USE bool nc_seq_cast_decode(nc_seq_cast *cast, nc_sv *out, nc_sv raw);
nc_span nc_seq_cast_span(const nc_seq_cast *cast, nc_sv piece);

#endif
