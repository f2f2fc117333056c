/* What a C4 diagram says. The model of the parity schema, plus what Mermaid loses or never had. */
#ifndef NC_MODEL_C4_H
#define NC_MODEL_C4_H

#include "base/buf.h"
#include "base/vec.h"
#include "model/label.h"

typedef enum nc_c4_variant {
    NC_C4_CONTEXT,
    NC_C4_CONTAINER,
    NC_C4_COMPONENT,
    NC_C4_DYNAMIC,
    NC_C4_DEPLOYMENT,
    NC_C4_VARIANT_COUNT
} nc_c4_variant;

typedef enum nc_c4_type {
    NC_C4_PERSON,
    NC_C4_SYSTEM,
    NC_C4_CONTAINER_TYPE,
    NC_C4_COMPONENT_TYPE
} nc_c4_type;
typedef enum nc_c4_form { NC_C4_BOX, NC_C4_DB, NC_C4_QUEUE } nc_c4_form;

/* What UpdateElementStyle or a tag set; empty fields are unset. Colours as written. */
typedef struct nc_c4_style {
    nc_sv bg_color, font_color, border_color, shadowing, shape, legend_text, legend_sprite;
    nc_sv border_style, border_thickness; /* tags of C4-PlantUML */
} nc_c4_style;

typedef struct nc_c4_properties {
    nc_sv_vec cells; /* row after row */
    uint32_t columns;
    bool header;
} nc_c4_properties;

typedef struct nc_c4_element {
    nc_sv id;
    nc_span at;
    nc_c4_type type;
    nc_c4_form form;
    bool external;
    nc_label label, technology, description;
    nc_sv tags, sprite, link;
    uint32_t parent; /* boundary or NC_NONE */
    nc_c4_style style;
    nc_c4_properties properties;
    uint32_t order; /* place of first mention among elements and boundaries together */
} nc_c4_element;

typedef enum nc_c4_boundary_kind {
    NC_C4_BOUNDARY,
    NC_C4_NODE,
    NC_C4_NODE_L,
    NC_C4_NODE_R
} nc_c4_boundary_kind;

typedef struct nc_c4_boundary {
    nc_sv id;
    nc_span at;
    nc_c4_boundary_kind kind;
    nc_label label, type, technology, description;
    nc_sv tags, sprite, link;
    uint32_t parent;
    nc_c4_style style;
    nc_c4_properties properties;
    uint32_t order;
} nc_c4_boundary;

typedef enum nc_c4_relation_kind {
    NC_C4_REL,
    NC_C4_BIREL,
    NC_C4_REL_BACK,
    NC_C4_RELATION_KIND_COUNT
} nc_c4_relation_kind;

/* Where the author wants the target: relative to the source. */
typedef enum nc_c4_direction {
    NC_C4_ANY,
    NC_C4_UP,
    NC_C4_DOWN,
    NC_C4_LEFT,
    NC_C4_RIGHT,
    NC_C4_NEIGHBOR
} nc_c4_direction;

typedef struct nc_c4_end {
    bool is_boundary;
    bool is_legend; /* of a rule: the floating legend; index is NC_NONE */
    uint32_t index; /* NC_NONE: no such element (an error was reported) */
    nc_sv id;
} nc_c4_end;

typedef struct nc_c4_relation {
    nc_c4_relation_kind kind;
    nc_c4_direction direction;
    nc_span at;
    nc_c4_end from, to;
    nc_label label, technology, description;
    nc_sv tags, sprite, link;
    nc_sv text_color, line_color, line_style, line_thickness;
    double offset_x, offset_y;
    bool has_offset_x, has_offset_y;
    nc_sv index;   /* number shown in a dynamic diagram: RelIndex's or the running one */
    bool replaced; /* Mermaid replaces it by a later one with the same ends; nacre draws both */
} nc_c4_relation;

/* Lay_U, Lay_D, Lay_L, Lay_R, Lay_Distance: a wish without a line. */
typedef struct nc_c4_layout_rule {
    nc_span at;
    nc_c4_direction direction;
    nc_c4_end from, to;
    uint32_t distance; /* further ranks, with NC_C4_DOWN */
} nc_c4_layout_rule;

typedef struct nc_c4_tag {
    nc_sv name;
    nc_sv
        applies_to; /* "element", "relation", "boundary", or a kind: "person", "external_system"… */
    nc_c4_style style;
    nc_sv text_color, line_color, line_style, line_thickness, technology, sprite, type;
} nc_c4_tag;

typedef enum nc_c4_flow { NC_C4_TOP_DOWN, NC_C4_LEFT_RIGHT, NC_C4_LANDSCAPE } nc_c4_flow;

typedef struct nc_c4_legend {
    bool shown, floating, hide_stereotype;
    nc_sv title, details;
    nc_sv alias; /* of a floating one; it is also called "LEGEND()" */
} nc_c4_legend;

typedef struct nc_c4 nc_c4;
struct nc_c4 {
    nc_c4_variant variant;
    nc_sv title, acc_title, acc_descr;
    NC_VEC(nc_c4_element) elements;
    NC_VEC(nc_c4_boundary) boundaries;
    NC_VEC(nc_c4_relation) relations; /* source order, replaced ones included */
    NC_VEC(nc_c4_layout_rule) rules;
    NC_VEC(nc_c4_tag) tags;        /* order of definition */
    NC_VEC(nc_c4_tag) kind_styles; /* UpdateElementStyle by kind, UpdateRelStyle for all */
    uint32_t shapes_in_row, boundaries_in_row;
    nc_c4_flow flow;
    bool plain_persons; /* HIDE_PERSON_SPRITE: boxes like all others */
    nc_c4_legend legend;
    const nc_c4
        *mermaid; /* Mermaid's own reading of the text, defects included; NULL: it refuses it */
};

/* The model as JSON by the parity schema. mermaid: Mermaid's own reading, of an accepted text. */
void nc_c4_dump(nc_buf *out, const nc_c4 *c4, bool mermaid);

#endif
