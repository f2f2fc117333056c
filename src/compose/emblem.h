/*
 * Emblems: nodes that are a picture with a caption. The picture, an icon or an image, stands in a
 * frame; the label stands under it or above it, outside the frame.
 */
#ifndef NC_EMBLEM_H
#define NC_EMBLEM_H

#include "compose/shapes.h"
#include "icon/image.h"

typedef struct nc_emblem {
    const struct nc_icon *icon; /* one of the two is NULL */
    const nc_image *image;
    double w, h; /* of the picture */
    bool above;  /* the label stands above the frame */
    bool framed; /* the figure is drawn around the picture */
    /* set by nc_emblem_fit, relative to the node's box */
    nc_lay_rect frame, picture;
    double label_w, label_h;
} nc_emblem;

/* The box of frame and label; fit's label is the caption's room. */
void nc_emblem_fit(nc_fit *fit, nc_emblem *emblem, const nc_figure *figure, double label_w,
                   double label_h);

/* Frame and caption as one polygon, as nc_figure_clip gives it. False without memory. */
NC_MUST_USE bool nc_emblem_clip(const nc_lay_point **out, uint32_t *len, nc_arena *arena,
                                const nc_emblem *emblem, const nc_figure *figure,
                                const nc_fit *fit);

/* Edges meet the middle of the frame's sides, not the caption: ranges as nc_figure_ports gives them. */
void nc_emblem_ports(nc_lay_range ports[NC_LAY_SIDES], const nc_emblem *emblem);

/* Frame and picture; the caption is the caller's. False without memory. */
NC_MUST_USE bool nc_emblem_draw(nc_scene *scene, const nc_emblem *emblem, const nc_figure *figure,
                                nc_lay_rect box, const nc_look *look);

#endif
