/* The symbols that `properties A: {"icon": "@clock"}` put beside a participant. */
#ifndef NC_COMPOSE_SEQUENCE_ICON_H
#define NC_COMPOSE_SEQUENCE_ICON_H

#include "model/sequence.h"
#include "scene/scene.h"

typedef enum nc_seq_icon {
    NC_SEQ_NO_ICON,
    NC_SEQ_COMPUTER,
    NC_SEQ_STORE,
    NC_SEQ_CLOCK,
    NC_SEQ_ICON_COUNT
} nc_seq_icon;

enum { NC_SEQ_ICON = 14 }; /* px, width and height */

/* The icon among the participant's properties; one that there is not is reported. */
nc_seq_icon nc_seq_icon_of(const nc_seq_actor *actor, nc_diags *d);

/* What it shows, for who does not see it; empty for none. */
nc_sv nc_seq_icon_words(nc_seq_icon icon);

/* In lines, its top left corner at x, y; nothing for NC_SEQ_NO_ICON. */
NC_MUST_USE bool nc_seq_draw_icon(nc_scene *scene, nc_seq_icon icon, double x, double y,
                                  nc_paint ink);

#endif
