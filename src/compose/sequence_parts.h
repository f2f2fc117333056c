/* Pieces of a sequence drawing: headers of participants and ends of messages. */
#ifndef NC_COMPOSE_SEQUENCE_PARTS_H
#define NC_COMPOSE_SEQUENCE_PARTS_H

#include "compose/sequence_place.h"

/*
 * The symbol of a kind in `at`, with its label: boxes, cylinders and queues hold it, the others
 * stand above it. ground is the author's colour behind it, or nothing. False without memory.
 */
NC_MUST_USE bool nc_seq_draw_header(nc_scene *scene, const nc_seq_actor *actor,
                                    const nc_seq_header *header, nc_lay_rect at, uint32_t column,
                                    nc_rgba ground);

/* The address a whole header leads to, or empty: several stand in it one by one. */
nc_sv nc_seq_header_link(const nc_seq_header *header);

/*
 * The end of a message's line at x, y. direction is 1 when the line arrives from the left, -1 from
 * the right. Half heads lie above (TOP) or below (BOTTOM) the line as seen on the page.
 */
NC_MUST_USE bool nc_seq_draw_head(nc_scene *scene, nc_seq_head head, double x, double y,
                                  double direction, nc_paint paint);

/* How far before x the line itself ends, so that it does not show beyond its head. */
double nc_seq_head_inset(nc_seq_head head);

#endif
