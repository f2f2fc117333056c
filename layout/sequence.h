/*
 * nacre layout: the sequence engine. Participants stand in columns, what happens between them in
 * rows. Like layout.h it knows geometry only: texts come in as sizes, positions go out.
 *
 * Columns are a system of difference constraints x[j] - x[i] >= need, solved for the least width;
 * a need over several columns takes what the narrower ones inside it leave open. Rows go top to
 * bottom, each as high as its content. By construction no text lies on a lifeline, a bar or the
 * frame of a box unless its place says so (`ground`), and texts, notes and frames keep apart.
 *
 * Coordinates: y down, origin at the canvas' top left corner. Integers in give integers out (halves
 * are floored). The same input gives the same bits.
 */
#ifndef NC_LAYOUT_SEQUENCE_H
#define NC_LAYOUT_SEQUENCE_H

#include "layout/layout.h"

/* Every distance of a drawing; the engine has none of its own. */
typedef struct nc_lay_seq_spacing {
    double margin_x, margin_y; /* around the whole drawing */
    double title;              /* from the drawing's title to what follows */
    double column;             /* between the headers of neighbours */
    double lane;               /* between a lifeline or its bars and what is not its own */
    double text;               /* between a message's text and the ends of its line */
    double text_line;          /* between the bottom of a message's text and its line */
    double text_loop;          /* between a self message's loop and its text */
    double row;                /* between the bottom of a row and the next one's top */
    double step;               /* least distance from the row above to a message's line */
    double ends;               /* between the headers and the first and last row, on top of `row` */
    double bar, bar_shift;     /* activation bar: width, and how far a nested one is moved right */
    double bar_over;           /* how far a bar reaches beyond the lines that open and close it */
    double bar_min;            /* least height of a bar */
    double loop_w, loop_h;     /* of a self message */
    double number;             /* between a number's badge and what stands beside it */
    double note;               /* between a note and the lifeline or bar it stands beside */
    double note_over;          /* how far a note over two reaches beyond their lifelines */
    double fragment;           /* between a frame and what it holds, on each side */
    double label;              /* between tab, label and frame side of a fragment */
    double section;            /* between a section's line and its label */
    double box_pad;            /* between the frame of a box and its headers */
    double box_gap;            /* between the frame of a box and the next frame or header */
    double cross;              /* size of the cross that ends a destroyed lifeline */
} nc_lay_seq_spacing;

typedef struct nc_lay_seq_participant {
    double w, h; /* of its header */
    /* Where the message that creates it arrives: at the sides of a middle part of this width, that
     * far below the header's top. 0: at the header's own sides, in their middle. */
    double port_w, port_y;
    uint32_t box; /* or NC_LAY_NONE; the members of a box are neighbours */
} nc_lay_seq_participant;

/* A frame around neighbouring participants from top to bottom. One without members is not drawn. */
typedef struct nc_lay_seq_box {
    double title_w, title_h; /* 0: no title */
} nc_lay_seq_box;

typedef enum nc_lay_seq_type {
    NC_LAY_SEQ_MESSAGE, /* from == to: a self message */
    NC_LAY_SEQ_NOTE,
    NC_LAY_SEQ_ACTIVATE, /* right after a message: its line opens the bar */
    NC_LAY_SEQ_DEACTIVATE,
    NC_LAY_SEQ_START, /* of a fragment, or of a ground (tab_h is 0) */
    NC_LAY_SEQ_SECTION,
    NC_LAY_SEQ_END,
    NC_LAY_SEQ_CREATE, /* the header of `from` stands at the next message to it */
    NC_LAY_SEQ_DESTROY /* the lifeline of `from` ends at the next message from or to it */
} nc_lay_seq_type;

typedef enum nc_lay_seq_side { NC_LAY_SEQ_LEFT, NC_LAY_SEQ_RIGHT, NC_LAY_SEQ_OVER } nc_lay_seq_side;
typedef enum nc_lay_seq_align {
    NC_LAY_SEQ_CENTER,
    NC_LAY_SEQ_AT_LEFT,
    NC_LAY_SEQ_AT_RIGHT
} nc_lay_seq_align;

/* One thing that happens; `from` and `to` are columns and count where the type needs them. */
typedef struct nc_lay_seq_event {
    nc_lay_seq_type type;
    uint32_t from, to;         /* note: first and last participant, the same for one */
    double w, h;               /* note: all of it; else the text, 0 x 0: none */
    double tab_w, tab_h;       /* start: the tab in the frame's corner */
    double number_w, number_h; /* message: the badge at its beginning; 0 x 0: none */
    double
        number_off; /* message: how far it stands off the beginning, for a head there; 0: on it */
    double from_stop, to_stop; /* message: least distance of its ends from the lifelines */
    double line;               /* message: least length of its line */
    nc_lay_seq_side side;      /* note */
} nc_lay_seq_event;

typedef struct nc_lay_seq {
    nc_lay_seq_spacing spacing;
    nc_lay_seq_align align;  /* of message texts */
    double title_w, title_h; /* the drawing's title at the top left; 0: none */
    bool mirror;             /* headers at the bottom too */
    uint32_t repeat;         /* headers again after so many rows, outside fragments; 0: never */
    const nc_lay_seq_participant *participants;
    uint32_t participant_len;
    const nc_lay_seq_box *boxes;
    uint32_t box_len;
    const nc_lay_seq_event *events;
    uint32_t event_len;
} nc_lay_seq;

/* A participant's column. w = h = 0: there is no such header. */
typedef struct nc_lay_seq_column {
    double x, top, bottom;   /* of the lifeline */
    nc_lay_rect head, foot;  /* its header, where it begins and mirrored at the bottom */
    bool created, destroyed; /* destroyed: a cross centred at x, bottom */
} nc_lay_seq_column;

/* Where an event stands. Which fields count, its type says. */
typedef struct nc_lay_seq_place {
    nc_lay_rect box; /* message, start, section: its text; note: the note */
    bool ground;     /* the text lies over a lifeline, a bar or the frame of a box */
    double room;     /* most width the text may have (note: the note) */
    double x1, y1;   /* message: beginning of its line; section: left end of the line */
    double x2, y2;   /* end */
    double far;      /* self message: x of the loop's far side */
    nc_lay_rect number;
    uint32_t index; /* start, section, end: the fragment; activate: the bar */
} nc_lay_seq_place;

typedef struct nc_lay_seq_fragment {
    nc_lay_rect frame, tab;
    uint32_t start;       /* its event */
    uint32_t parent;      /* fragment or NC_LAY_NONE */
    uint32_t first, last; /* participants it spans; NC_LAY_NONE when there are none at all */
} nc_lay_seq_fragment;

typedef struct nc_lay_seq_bar {
    nc_lay_rect rect;
    uint32_t participant;
    uint32_t level; /* from 0 */
} nc_lay_seq_bar;

typedef struct nc_lay_seq_frame {
    nc_lay_rect frame, title; /* all 0 for a box without members */
} nc_lay_seq_frame;

/* All memory belongs to the result. */
typedef struct nc_lay_seq_result {
    nc_lay_seq_column *columns;     /* parallel to participants */
    nc_lay_seq_frame *boxes;        /* parallel to boxes */
    nc_lay_seq_place *places;       /* parallel to events */
    nc_lay_seq_fragment *fragments; /* in the order of their starts */
    uint32_t fragment_len;
    nc_lay_seq_bar *bars; /* in the order of their beginnings */
    uint32_t bar_len;
    /* Rows of repeated headers, of every lifeline that is there: tops; headers stand on the bottom. */
    double *repeats;
    uint32_t repeat_len;
    double repeat_h;
    nc_lay_rect title;
    double w, h;
    nc_lay_alloc from;
    void *memory;
} nc_lay_seq_result;

/*
 * Lay a sequence out. It is only read and may go afterwards. On NC_LAY_OK *out is filled and must
 * be released; otherwise it is zeroed. NC_LAY_INVALID: an index is out of range, a number is not
 * finite or negative, the members of a box are no neighbours, or starts and ends do not match. A
 * deactivation without an open bar does nothing; bars left open run to the end.
 *
 * Work is linear in events and participants, apart from spreading wide needs over columns, which
 * has a fixed budget; what is over it is still placed correctly, only less evenly.
 */
nc_lay_status nc_lay_seq_run(nc_lay_seq_result *out, const nc_lay_seq *seq,
                             const nc_lay_alloc *alloc);

/*
 * The same in two steps, for texts that wrap: columns first, which sets every place's `room`. Then
 * the caller may break its texts anew, none wider than its room, and give the same events with
 * those sizes to nc_lay_seq_rows. The result must be released either way when columns gave OK.
 */
nc_lay_status nc_lay_seq_columns(nc_lay_seq_result *out, const nc_lay_seq *seq,
                                 const nc_lay_alloc *alloc);
nc_lay_status nc_lay_seq_rows(nc_lay_seq_result *out, const nc_lay_seq *seq);

/* Accepts a zeroed result. */
void nc_lay_seq_release(nc_lay_seq_result *result);

#endif
