/*
 * The scene: a flat display list, in painting order, that says what each thing is. Painters read
 * it and know no family. Units: px at scale 1, y down, origin at the canvas' top left corner.
 */
#ifndef NC_SCENE_H
#define NC_SCENE_H

#include "base/vec.h"
#include "scene/path.h"
#include "text/text.h"
#include "theme/theme.h"

/* What a group is; painters give it its class name and its place in the accessibility tree. */
typedef enum nc_role {
    NC_ROLE_CLUSTER,
    NC_ROLE_CLUSTER_TITLE,
    NC_ROLE_NODE,
    NC_ROLE_EDGE,
    NC_ROLE_EDGE_LABEL,
    NC_ROLE_PARTICIPANT,
    NC_ROLE_MESSAGE,
    NC_ROLE_NOTE,
    NC_ROLE_FRAGMENT,    /* around everything that happens in it */
    NC_ROLE_SECTION,     /* its line and condition */
    NC_ROLE_FRAME_TITLE, /* of a fragment or box; the group around says the same */
    NC_ROLE_BOX,         /* of participants */
    NC_ROLE_LEGEND,
    NC_ROLE_LAYER, /* no meaning of its own */
    NC_ROLE_COUNT
} nc_role;

/* Class names of single shapes and texts: nc_part_name. */
typedef enum nc_part {
    NC_PART_NONE,
    NC_PART_GROUND, /* opaque ground under a label */
    NC_PART_EDGE_PATH,
    NC_PART_EDGE_HEAD,
    NC_PART_TITLE,
    NC_PART_LIFELINE,
    NC_PART_ACTIVATION,
    NC_PART_MESSAGE_LINE,
    NC_PART_MESSAGE_TEXT,
    NC_PART_SEQUENCE_NUMBER,
    NC_PART_SHADOW,
    NC_PART_ICON,
    NC_PART_COUNT
} nc_part;

/* Everything borrowed from the diagram's arena; empty fields are left out of the output. */
typedef struct nc_group {
    nc_role role;
    nc_sv id;       /* the author's: data-id */
    nc_sv parent;   /* data-parent */
    nc_sv from, to; /* data-from, data-to */
    nc_sv kind;     /* fragments and C4: data-kind */
    nc_sv classes;  /* the author's class names, blank between */
    nc_sv label;    /* what a screen reader says */
    nc_sv tooltip;
    nc_sv href, target; /* checked: safe schemes only */
} nc_group;

typedef enum nc_shape_kind {
    NC_SHAPE_RECT,
    NC_SHAPE_ELLIPSE,
    NC_SHAPE_LINE,
    NC_SHAPE_PATH
} nc_shape_kind;

typedef struct nc_stroke {
    nc_paint paint;
    double width;
    double dash, gap; /* 0, 0: solid */
    nc_cap cap;
} nc_stroke;

typedef struct nc_shape {
    nc_shape_kind kind;
    nc_part part;
    double x, y, w, h; /* rect, ellipse: its box; line: from x, y to x + w, y + h */
    double radius;     /* rect */
    nc_path path;
    bool even_odd; /* of a path: which of its parts are inside */
    nc_paint fill;
    double opacity; /* of all; 0 means 1 */
    nc_stroke stroke;
    nc_join join;
    nc_sv css_class; /* extra class of this shape: animation; empty for most */
    nc_sv id;        /* data-id of a shape that stands for something without a group: lifelines */
} nc_shape;

typedef enum nc_anchor { NC_ANCHOR_START, NC_ANCHOR_MIDDLE, NC_ANCHOR_END } nc_anchor;

typedef struct nc_text_item {
    const nc_text *text;
    nc_part part;
    double x, y; /* x of the anchor, y of the block's top */
    nc_anchor anchor;
    nc_paint fill;
} nc_text_item;

/* A picture, stretched to fill its box. */
typedef struct nc_image_item {
    const struct nc_image *image; /* icon/image.h */
    double x, y, w, h;
} nc_image_item;

typedef enum nc_item_kind {
    NC_ITEM_OPEN,
    NC_ITEM_CLOSE,
    NC_ITEM_SHAPE,
    NC_ITEM_TEXT,
    NC_ITEM_IMAGE
} nc_item_kind;

typedef struct nc_item {
    nc_item_kind kind;
    union {
        nc_group group;
        nc_shape shape;
        nc_text_item text;
        nc_image_item image;
    } as;
} nc_item;

typedef struct nc_scene {
    nc_arena *arena;
    NC_VEC(nc_item) items;
    double w, h;
    nc_sv family;       /* "flowchart", "sequence", "c4": aria-roledescription */
    nc_sv title, descr; /* accessible ones; never empty when composing is done */
    bool generic_title; /* the author gave none: title names the kind of diagram */
    uint32_t depth;     /* of open groups, while composing */
} nc_scene;

void nc_scene_init(nc_scene *scene, nc_arena *arena);
NC_MUST_USE bool nc_scene_open(nc_scene *scene, const nc_group *group);
NC_MUST_USE bool nc_scene_close(nc_scene *scene);
NC_MUST_USE bool nc_scene_shape(nc_scene *scene, const nc_shape *shape);
/* With the icons among its words; an empty text adds nothing. */
NC_MUST_USE bool nc_scene_text(nc_scene *scene, const nc_text_item *text);
/* An icon in a box, what has no colour of its own in `current`. */
NC_MUST_USE bool nc_scene_icon(nc_scene *scene, const struct nc_icon *icon, double x, double y,
                               double w, double h, nc_paint current);
NC_MUST_USE bool nc_scene_image(nc_scene *scene, const struct nc_image *image, double x, double y,
                                double w, double h);
NC_MUST_USE bool nc_scene_text_icons(nc_scene *scene, const nc_text_item *text);

const char *nc_role_name(nc_role role);
const char *nc_part_name(nc_part part); /* "" for NC_PART_NONE */

/* The scene as stable text, one item a line: the format of golden tests. */
void nc_scene_dump(nc_buf *out, const nc_scene *scene);

#endif
