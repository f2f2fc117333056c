/* What placing a sequence diagram carries from piece to piece. Only its own files include this. */
#ifndef NC_COMPOSE_SEQUENCE_PLACER_H
#define NC_COMPOSE_SEQUENCE_PLACER_H

#include "compose/sequence_place.h"

#include <math.h>

/* Sizes that are no distances of the engine, in px or in cells. */
typedef struct nc_seq_sizes {
    double label_wrap;   /* the labels of fragments always wrap; before their room is known here */
    double message_wrap; /* where long lines are broken that nobody asked to wrap */
    double note_wrap;
    double number_w, number_h, number_pad; /* a number's badge: least width; beside its digits */
    double head;                           /* room for an arrow head on a line */
    double central; /* from a lifeline to a line that begins or ends at a disc */
    double tab_pad, tab_h;
    double text_w; /* that a text takes beside its own: cells are counted from their left sides */
    double label_off; /* from a frame's line to the label below it */
    double note_w;    /* least width of a note */
    double note_fold; /* its folded corner takes a little of the right side */
    double note_pad_y;
} nc_seq_sizes;

typedef struct nc_seq_placer {
    nc_draw *draw;
    const nc_sequence *seq;
    nc_placed_sequence *placed;
    nc_lay_seq lay;
    nc_lay_seq_participant *participants;
    nc_lay_seq_box *boxes;
    nc_lay_seq_event *inputs;
    nc_seq_sizes sizes;
    nc_text_style actor, message, note, label; /* label: of fragments */
    double least_w, least_h;                   /* of headers */
    double wrap;     /* width of wrapped texts before the columns are known */
    bool keep_whole; /* `wrap: false`: no line is broken that has no `wrap` of its own */
} nc_seq_placer;

/* How a text is broken: at `width` (0: never); a soft break only where words fit. */
typedef struct nc_seq_breaking {
    double width;
    bool soft;
} nc_seq_breaking;

NC_MUST_USE bool nc_seq_measure(const nc_seq_placer *p, const nc_text **out, const nc_label *label,
                                nc_text_style style);
/* As it is when it has line breaks of its own or is narrow, else broken. */
NC_MUST_USE bool nc_seq_measure_broken(const nc_seq_placer *p, const nc_text **out,
                                       const nc_label *label, nc_text_style style,
                                       nc_seq_breaking how);

/* Whole distances from the configuration: what is no sensible length counts as not given. */
double nc_seq_distance(const nc_seq_placer *p, const char *key, double fallback);

/* Whole sizes of a text, 0 for NULL and for an empty one. */
static inline double nc_seq_text_w(const nc_text *text)
{
    return text && text->len ? ceil(text->w) : 0;
}

static inline double nc_seq_text_h(const nc_text *text)
{
    return text && text->len ? ceil(text->h) : 0;
}

static inline double nc_seq_even(double v)
{
    return 2 * ceil(v / 2);
}

/* Even px, odd cells: what stands over a lifeline has a middle. */
static inline double nc_seq_whole(const nc_seq_placer *p, double v)
{
    return p->draw->cells ? 2 * floor(v / 2) + 1 : nc_seq_even(v);
}

/* Distances and sizes in cells: sequence_cells.c. */
void nc_seq_set_cells(nc_seq_placer *p);
void nc_seq_header_cells(nc_lay_seq_participant *out, const nc_seq_placer *p, nc_seq_kind kind,
                         double label_w, double label_h);

/* Has this event an actor in `from`, and (*second) one in `to`? */
bool nc_seq_is_event_of(const nc_seq_event *e, bool *second);

/* The author's colour: the one Mermaid loses after `#`, else the one it reads. */
nc_seq_tint nc_seq_read_tint(nc_seq_placer *p, nc_sv color, nc_sv author, nc_span at);

/* Who takes part: sequence_cast.c. Columns first, then headers and boxes. */
NC_MUST_USE bool nc_seq_assign_columns(nc_seq_placer *p);
NC_MUST_USE bool nc_seq_measure_headers(nc_seq_placer *p);
NC_MUST_USE bool nc_seq_measure_boxes(nc_seq_placer *p);

/* What happens: sequence_event.c. */
NC_MUST_USE bool nc_seq_add_events(nc_seq_placer *p);
/* Texts that wrap are broken again at the room that the columns left for them. */
NC_MUST_USE bool nc_seq_use_room(nc_seq_placer *p);

#endif
