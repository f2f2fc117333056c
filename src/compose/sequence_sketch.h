/* What drawing a sequence diagram carries from piece to piece. Only its own files include this. */
#ifndef NC_COMPOSE_SEQUENCE_SKETCH_H
#define NC_COMPOSE_SEQUENCE_SKETCH_H

#include "compose/sequence_parts.h"

typedef struct nc_seq_sketch {
    nc_scene *scene;
    nc_draw *draw;
    const nc_sequence *seq;
    const nc_placed_sequence *placed;
    nc_u32_vec grounds;      /* events of the rects that are open, outermost first */
    uint32_t *starts;        /* of each fragment: its event */
    uint32_t open_fragments; /* groups around what is being drawn; grounds have none */
} nc_seq_sketch;

static inline const nc_lay_seq_place *nc_seq_place_of(const nc_seq_sketch *s, uint32_t event)
{
    return &s->placed->lay.places[s->placed->events[event].index];
}

static inline nc_sv nc_seq_actor_id(const nc_seq_sketch *s, uint32_t actor)
{
    return s->seq->actors.ptr[actor].id;
}

NC_MUST_USE static inline bool nc_seq_actor_name(const nc_seq_sketch *s, nc_sv *out, uint32_t actor)
{
    return nc_text_plain(out, s->scene->arena, &s->seq->actors.ptr[actor].label);
}

static inline nc_shape nc_seq_rect_shape(nc_lay_rect r, nc_paint fill)
{
    return (nc_shape){.kind = NC_SHAPE_RECT, .x = r.x, .y = r.y, .w = r.w, .h = r.h, .fill = fill};
}

/* Grounds: sequence_ground.c. What a box and a rect are filled with. */
nc_paint nc_seq_box_paint(const nc_seq_sketch *s, uint32_t box);
nc_paint nc_seq_ground_paint(const nc_seq_sketch *s, uint32_t event);

/* The author's colour that something in this box (or NC_NONE) stands on; a is 0 without one. */
nc_rgba nc_seq_author_ground(const nc_seq_sketch *s, uint32_t box);

/* The usual ink, or one that is legible on an author's colour in every theme. */
nc_paint nc_seq_ink_for(nc_rgba ground, nc_paint usual);

/*
 * Ink for x .. x + w. Where that runs over grounds which need different inks, the usual one is
 * taken and *plate set: it needs a plate of the page's own colour.
 */
nc_paint nc_seq_ink_on(const nc_seq_sketch *s, double x, double w, nc_paint usual, bool *plate);

/*
 * Ink for a line over x .. x + w whose grounds need different inks: one that is seen on all of them,
 * 3:1. False when there is none; then the line needs a plate.
 */
bool nc_seq_middle_ink(const nc_seq_sketch *s, double x, double w, nc_paint *ink);

/* Paint over what runs behind r, in the colours that it stands on, or with a plate. */
NC_MUST_USE bool nc_seq_draw_ground(nc_seq_sketch *s, nc_lay_rect r, bool plate);
/* One layer of a ground; no paint, no layer. */
NC_MUST_USE bool nc_seq_draw_layer(nc_seq_sketch *s, nc_lay_rect r, nc_paint paint, double radius);

/* A text in the middle of `at`'s height; nothing for NULL. */
NC_MUST_USE bool nc_seq_draw_text(nc_seq_sketch *s, const nc_text *text, nc_lay_rect at,
                                  nc_anchor anchor, nc_paint fill, nc_part part);
/* A text among lifelines, on a ground of its own when its place says so. */
NC_MUST_USE bool nc_seq_draw_text_on(nc_seq_sketch *s, const nc_text *text,
                                     const nc_lay_seq_place *p, nc_anchor anchor, nc_paint usual,
                                     nc_part part);

/* Frames: sequence_frame.c. Boxes and rects lie below everything that happens. */
NC_MUST_USE bool nc_seq_list_fragments(nc_seq_sketch *s);
NC_MUST_USE bool nc_seq_draw_boxes(nc_seq_sketch *s);
NC_MUST_USE bool nc_seq_draw_rects(nc_seq_sketch *s);
/* The fragment that starts with this event: its group stays open for what happens in it. */
NC_MUST_USE bool nc_seq_begin_fragment(nc_seq_sketch *s, uint32_t event);
NC_MUST_USE bool nc_seq_draw_section(nc_seq_sketch *s, uint32_t event);
NC_MUST_USE bool nc_seq_end_fragment(nc_seq_sketch *s);

/* Messages and notes: sequence_message.c. */
NC_MUST_USE bool nc_seq_draw_message(nc_seq_sketch *s, uint32_t event);
NC_MUST_USE bool nc_seq_draw_note(nc_seq_sketch *s, uint32_t event);

#endif
