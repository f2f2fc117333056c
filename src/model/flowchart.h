/* What a flowchart says. Field by field the model of the parity schema, plus spans. */
#ifndef NC_MODEL_FLOWCHART_H
#define NC_MODEL_FLOWCHART_H

#include "base/buf.h"
#include "base/vec.h"
#include "model/label.h"

typedef enum nc_flow_dir {
    NC_FLOW_TB,
    NC_FLOW_BT,
    NC_FLOW_LR,
    NC_FLOW_RL,
    NC_FLOW_BR, /* accepted by Mermaid, drawn as TB */
    NC_FLOW_DIR_COUNT
} nc_flow_dir;

#define NC_FLOW_SHAPE(name, text) NC_FLOW_SHAPE_##name,
typedef enum nc_flow_shape {
#include "model/shapes.def"
    NC_FLOW_SHAPE_COUNT
} nc_flow_shape;
#undef NC_FLOW_SHAPE

/* The canonical name. */
const char *nc_flow_shape_name(nc_flow_shape shape);
/* The shape of a `shape:` value, aliases included; NC_FLOW_SHAPE_COUNT when there is none. */
nc_flow_shape nc_flow_shape_lookup(nc_sv name);
/* The name or alias that is meant by a misspelt one; empty when none is near. */
nc_sv nc_flow_shape_nearest(nc_sv name);

/* click and href. */
typedef struct nc_flow_link {
    nc_sv href, target, tooltip;
    nc_span at; /* of href */
    bool callback;
} nc_flow_link;

typedef struct nc_flow_node {
    nc_sv id;
    nc_span at; /* first mention */
    nc_label label;
    nc_flow_shape shape;
    uint32_t parent; /* subgraph that draws it, or NC_NONE */
    nc_sv_vec classes, styles;
    nc_span styled_at; /* the last statement that styles it; empty when there is none */
    nc_flow_link link;
    nc_sv icon, form, pos, img, constraint;
    double w, h;  /* of icon and image; 0: not given */
    bool implied; /* an edge ends at the id of another edge: no node for Mermaid, not dumped */
} nc_flow_node;

typedef enum nc_flow_stroke {
    NC_FLOW_NORMAL,
    NC_FLOW_THICK,
    NC_FLOW_DOTTED,
    NC_FLOW_INVISIBLE
} nc_flow_stroke;

typedef enum nc_flow_head {
    NC_FLOW_NONE,
    NC_FLOW_POINT,
    NC_FLOW_CIRCLE,
    NC_FLOW_CROSS
} nc_flow_head;

/* One end of an edge: a node, or a subgraph whose id was used. */
typedef struct nc_flow_end {
    bool is_subgraph;
    uint32_t index;
} nc_flow_end;

typedef struct nc_flow_edge {
    nc_sv id; /* empty unless the author gave one */
    nc_span at;
    nc_flow_end from, to;
    nc_label label;
    nc_flow_stroke stroke;
    nc_flow_head tail, head;
    /* What Mermaid's arithmetic drops when the ends differ (`x-->`): drawn by nacre, not dumped for
     * --mermaid. */
    nc_flow_head author_tail;
    uint32_t length; /* 1 to 10, as Mermaid counts */
    nc_sv_vec classes, styles;
    nc_span styled_at; /* as of a node */
    nc_sv curve;
    bool animate;
    nc_sv animation;
    uint32_t step;
} nc_flow_edge;

typedef struct nc_flow_subgraph {
    nc_sv id;
    nc_span at;
    nc_label title;
    bool has_dir; /* own `direction` (or the diagram's, with inheritDir) */
    nc_flow_dir dir;
    uint32_t parent;   /* subgraph or NC_NONE */
    nc_sv_vec members; /* ids of nodes and directly nested subgraphs, as Mermaid lists them */
    nc_sv_vec classes, styles;
    nc_span styled_at; /* as of a node */
    bool collapsed;
    nc_flow_link link;
} nc_flow_subgraph;

typedef struct nc_flow_class {
    nc_sv name;
    nc_span at; /* of its name */
    nc_sv_vec styles;
} nc_flow_class;

typedef struct nc_flowchart nc_flowchart;
struct nc_flowchart {
    nc_sv title, acc_title, acc_descr;
    nc_flow_dir dir;
    NC_VEC(nc_flow_node) nodes;         /* order of first mention; none has a subgraph's id */
    NC_VEC(nc_flow_edge) edges;         /* source order */
    NC_VEC(nc_flow_subgraph) subgraphs; /* order of declaration, outer before inner */
    NC_VEC(nc_flow_class) classes;
    nc_sv_vec link_default_styles;
    nc_sv link_default_curve;
    /* Mermaid's own reading, where it loses something that this one keeps; else NULL. */
    const nc_flowchart *mermaid;
};

/* The model as JSON by the parity schema. mermaid: Mermaid's own reading, its defects included. */
void nc_flowchart_dump(nc_buf *out, const nc_flowchart *chart, bool mermaid);

#endif
