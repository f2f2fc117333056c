/* The look `neo`: heavier outlines, rounder corners and a shadow, over a scene as composed. */
#ifndef NC_DRESS_H
#define NC_DRESS_H

#include "scene/scene.h"

/*
 * A scene in the arena of the given one, with its things and in its order. Outlines of nodes and
 * participants take the theme's width and rectangles its corners; their shadows lie under all lines.
 * False without memory.
 */
NC_MUST_USE bool nc_scene_dress(nc_scene *out, const nc_scene *scene, const nc_theme *theme);

#endif
