/* A placed sequence diagram, shared by its placing and its drawing. Lives in the diagram's arena. */
#ifndef NC_COMPOSE_SEQUENCE_PLACE_H
#define NC_COMPOSE_SEQUENCE_PLACE_H

#include "compose/compose.h"
#include "compose/sequence_icon.h"
#include "layout/sequence.h"

/* A colour the author wrote for a box or a ground; a stands for "none given" when it is 0. */
typedef struct nc_seq_tint {
    nc_rgba color;
    bool given;
} nc_seq_tint;

typedef struct nc_seq_link {
    nc_sv href;          /* checked; empty when it is not safe */
    const nc_text *name; /* when there are several, else NULL */
} nc_seq_link;

enum { NC_SEQ_LINK_H = 16 }; /* height of one of several links in a header */

/* The header of one participant: what stands in it, and how large it is. */
typedef struct nc_seq_header {
    const nc_text *label;
    nc_seq_link
        *links; /* one: the header is the link; several: each its own line below the label */
    uint32_t link_len;
    double links_h; /* at the header's bottom */
    nc_seq_icon icon;
} nc_seq_header;

/* One event of the model. */
typedef struct nc_seq_placed_event {
    uint32_t index;        /* of the engine's event, or NC_NONE */
    const nc_text *text;   /* or NULL */
    const nc_text *kind;   /* start: what the tab says, or NULL */
    const nc_text *number; /* message, or NULL */
    nc_seq_tint tint;      /* rect */
} nc_seq_placed_event;

struct nc_placed_sequence {
    nc_lay_seq_result lay;
    uint32_t *columns; /* of each actor, or NC_NONE when it is hidden */
    uint32_t *actors;  /* of each column */
    uint32_t *boxes;   /* of each column, or NC_NONE */
    uint32_t column_len;
    nc_seq_header *headers; /* of each actor */
    const nc_text **box_titles;
    nc_seq_tint *box_tints;
    nc_seq_placed_event *events;    /* parallel to the model's */
    const nc_lay_seq_event *inputs; /* the engine's events */
    uint32_t input_len;
    const nc_text *title;
    bool right_angles;
    double note_pad;
    nc_anchor note_align, message_align;
};

/*
 * Size and port of a header of this kind around a label of label_w x label_h; box is left alone.
 * Outlines that hold their label are at least least_w x least_h. has_icon: one of `properties`.
 */
void nc_seq_header_size(nc_lay_seq_participant *out, nc_seq_kind kind, double label_w,
                        double label_h, double least_w, double least_h, bool has_icon);

/* What the tab of a fragment says, and its data-kind; empty for a ground. */
nc_sv nc_seq_fragment_word(nc_seq_fragment kind);

#endif
