/*
 * One channel: the horizontal stretches between two neighbouring rows.
 *
 *     channel.c   which stretch lies above which
 *     untangle.c  moves or splits a stretch that would lie on another both ways
 *     stack.c     gives the ordered stretches their tracks
 */
#ifndef NC_LAYOUT_CHANNEL_H
#define NC_LAYOUT_CHANNEL_H

#include "layout/graph.h"

typedef struct nc_channel {
    nc_layered *g;
    nc_lay_mem *mem; /* of this channel alone; given back after it */
    uint32_t *list;  /* its stretches; a split adds to them */
    uint32_t len, cap;
    nc_len *straight; /* x of lines that run straight through */
    uint32_t straight_len, straight_cap;
    uint32_t *order; /* out: stretches from the top down */
    uint32_t tracks; /* out */
} nc_channel;

static inline nc_len nc_low_x(const nc_stretch *s)
{
    return s->x[0] < s->x[1] ? s->x[0] : s->x[1];
}

static inline nc_len nc_high_x(const nc_stretch *s)
{
    return s->x[0] > s->x[1] ? s->x[0] : s->x[1];
}

LAY_MUST_USE bool nc_order_channel(nc_channel *ch);
LAY_MUST_USE bool nc_stack_channel(nc_channel *ch);

/* May a stretch be split into an upper and a lower half? */
bool nc_may_split(const nc_stretch *s);
/* Free list[i] of collisions: its port is moved or it is split. False without memory. */
LAY_MUST_USE bool nc_untangle(nc_channel *ch, uint32_t i);

#endif
