/* The look of one thing: its paints, lines and type after themes, classes and styles. */
#ifndef NC_LOOK_H
#define NC_LOOK_H

#include "scene/scene.h"

typedef struct nc_look {
    nc_paint fill, line, text;
    double width;     /* of the line; 0: not drawn */
    double dash, gap; /* 0, 0: solid */
    nc_cap cap;
    double opacity; /* 0 means 1 */
    nc_face face;
    double size;   /* of the text, px */
    double radius; /* of corners; below 0: the figure's own */
} nc_look;

static inline nc_stroke nc_look_stroke(const nc_look *look)
{
    return (nc_stroke){look->line, look->width, look->dash, look->gap, look->cap};
}

#endif
