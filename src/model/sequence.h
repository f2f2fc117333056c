/* What a sequence diagram says. Field by field the model of the parity schema, plus spans. */
#ifndef NC_MODEL_SEQUENCE_H
#define NC_MODEL_SEQUENCE_H

#include "base/buf.h"
#include "base/vec.h"
#include "model/label.h"

typedef enum nc_seq_kind {
    NC_SEQ_PARTICIPANT,
    NC_SEQ_ACTOR,
    NC_SEQ_BOUNDARY,
    NC_SEQ_CONTROL,
    NC_SEQ_ENTITY,
    NC_SEQ_DATABASE,
    NC_SEQ_COLLECTIONS,
    NC_SEQ_QUEUE,
    NC_SEQ_KIND_COUNT
} nc_seq_kind;

typedef struct nc_seq_pair {
    nc_sv key, value;  /* of `links`: name and address; of `properties`: value as JSON text */
    nc_sv mermaid_key; /* where Mermaid cuts the name of `link A: Name@address`; else as key */
    bool json;         /* a link's value is JSON text: no address */
    bool lost;         /* Mermaid forgets it when the participant is declared again */
} nc_seq_pair;
typedef NC_VEC(nc_seq_pair) nc_seq_pairs;

typedef struct nc_seq_actor {
    nc_sv id;
    nc_span at;
    nc_label label;
    nc_seq_kind kind;
    nc_seq_kind mermaid_kind; /* the first one: Mermaid does not hear a later `actor A` */
    nc_sv unknown_kind;       /* a `type` that there is not: Mermaid draws nothing, nacre kind */
    bool wrap;
    uint32_t box; /* or NC_NONE */
    nc_seq_pairs links, properties;
    /* Activated or destroyed but never declared nor in a message: Mermaid does not list it and fails
     * to draw the activation. Such actors come last. */
    bool unlisted;
} nc_seq_actor;

typedef struct nc_seq_box {
    nc_label label;
    nc_sv color;
    nc_sv author_color;         /* `box #f00 T`: Mermaid loses the colour and the label */
    nc_u32_vec members;         /* actors, in order */
    nc_u32_vec mermaid_members; /* without those declared before the box, or one twice */
    bool wrap;
    nc_span at;
} nc_seq_box;

typedef enum nc_seq_event_type {
    NC_SEQ_MESSAGE,
    NC_SEQ_NOTE,
    NC_SEQ_ACTIVATE,
    NC_SEQ_DEACTIVATE,
    NC_SEQ_START,
    NC_SEQ_SECTION,
    NC_SEQ_END,
    NC_SEQ_AUTONUMBER,
    NC_SEQ_CREATE,
    NC_SEQ_DESTROY
} nc_seq_event_type;

typedef enum nc_seq_head {
    NC_SEQ_HEAD_NONE,
    NC_SEQ_HEAD_ARROW,
    NC_SEQ_HEAD_CROSS,
    NC_SEQ_HEAD_OPEN,
    NC_SEQ_HEAD_HALF_TOP,
    NC_SEQ_HEAD_HALF_BOTTOM,
    NC_SEQ_HEAD_STICK_TOP,
    NC_SEQ_HEAD_STICK_BOTTOM,
    NC_SEQ_HEAD_COUNT
} nc_seq_head;

typedef enum nc_seq_central {
    NC_SEQ_CENTRAL_NONE,
    NC_SEQ_CENTRAL_TO,
    NC_SEQ_CENTRAL_FROM,
    NC_SEQ_CENTRAL_BOTH
} nc_seq_central;

typedef enum nc_seq_placement { NC_SEQ_LEFT, NC_SEQ_RIGHT, NC_SEQ_OVER } nc_seq_placement;

typedef enum nc_seq_fragment {
    NC_SEQ_LOOP,
    NC_SEQ_ALT,
    NC_SEQ_OPT,
    NC_SEQ_PAR,
    NC_SEQ_PAR_OVER,
    NC_SEQ_CRITICAL,
    NC_SEQ_BREAK,
    NC_SEQ_RECT,
    NC_SEQ_FRAGMENT_COUNT
} nc_seq_fragment;

typedef enum nc_seq_section { NC_SEQ_ELSE, NC_SEQ_AND, NC_SEQ_OPTION } nc_seq_section;

/* One statement that the drawing shows, in source order; which fields count, `type` says. */
typedef struct nc_seq_event {
    nc_seq_event_type type;
    nc_span at;
    uint32_t from, to; /* actors: message ends; note: first and last (same for one);
                          activate, deactivate, create, destroy: from */
    nc_label text;     /* message, note, fragment, section; for rect: the colour */
    bool wrap;
    bool whole;  /* `nowrap:`: no line is broken that the author did not break */
    bool dotted; /* message */
    nc_seq_head tail, head;
    bool activate; /* message with `+`; an ACTIVATE event follows it. `-` gives a DEACTIVATE one */
    nc_seq_central central;
    nc_seq_placement placement; /* note */
    nc_seq_fragment fragment;   /* start, end */
    nc_seq_section section;
    bool off; /* autonumber */
    bool has_start, has_step;
    double start, step;
    nc_sv author_color; /* rect: the colour Mermaid loses after `#` */
} nc_seq_event;

typedef struct nc_sequence {
    nc_sv title, acc_title, acc_descr;
    NC_VEC(nc_seq_actor) actors; /* order of first mention: left to right */
    NC_VEC(nc_seq_box) boxes;
    NC_VEC(nc_seq_event) events;
} nc_sequence;

/* The model as JSON by the parity schema. mermaid: Mermaid's own reading, its defects included. */
void nc_sequence_dump(nc_buf *out, const nc_sequence *sequence, bool mermaid);

#endif
