/*
 * The vocabulary of C4: every macro with its arguments, every argument with its place in the model.
 * Adding a macro is adding a row.
 */
#ifndef NC_C4_MACROS_H
#define NC_C4_MACROS_H

#include "model/c4.h"

/* What an argument says; the names are those of `$name="value"`. */
typedef enum nc_c4_field {
    NC_C4_F_NONE, /* ends a list of arguments */
    NC_C4_F_ALIAS,
    NC_C4_F_FROM,
    NC_C4_F_TO,
    NC_C4_F_LABEL,
    NC_C4_F_TECHN,
    NC_C4_F_DESCR,
    NC_C4_F_TYPE,
    NC_C4_F_SPRITE,
    NC_C4_F_TAGS,
    NC_C4_F_LINK,
    NC_C4_F_BG_COLOR,
    NC_C4_F_FONT_COLOR,
    NC_C4_F_BORDER_COLOR,
    NC_C4_F_SHADOWING,
    NC_C4_F_SHAPE,
    NC_C4_F_LEGEND_TEXT,
    NC_C4_F_LEGEND_SPRITE,
    NC_C4_F_BORDER_STYLE,
    NC_C4_F_BORDER_THICKNESS,
    NC_C4_F_TEXT_COLOR,
    NC_C4_F_LINE_COLOR,
    NC_C4_F_LINE_STYLE,
    NC_C4_F_LINE_THICKNESS,
    NC_C4_F_OFFSET_X,
    NC_C4_F_OFFSET_Y,
    NC_C4_F_INDEX,
    NC_C4_F_BASE_SHAPE,
    NC_C4_F_TAG,
    NC_C4_F_DISTANCE,
    NC_C4_F_SHAPES_IN_ROW,
    NC_C4_F_BOUNDARIES_IN_ROW,
    NC_C4_F_HIDE,
    NC_C4_F_DETAILS,
    NC_C4_F_TITLE,
    NC_C4_F_COLUMN1,
    NC_C4_F_COLUMN2,
    NC_C4_F_COLUMN3,
    NC_C4_F_COLUMN4,
    NC_C4_F_COUNT
} nc_c4_field;

enum { NC_C4_SLOTS_MAX = 12 };

typedef enum nc_c4_target {
    NC_C4_ON_ELEMENT,
    NC_C4_ON_BOUNDARY,
    NC_C4_ON_RELATION,
    NC_C4_ON_TAG,
    NC_C4_TARGET_COUNT
} nc_c4_target;

/* What kind of bytes a field holds in the model. */
typedef enum nc_c4_holds {
    NC_C4_HOLDS_TEXT,  /* nc_sv: entity codes become characters */
    NC_C4_HOLDS_PLAIN, /* nc_sv: entity codes stay as written (links, colours) */
    NC_C4_HOLDS_LABEL  /* nc_label */
} nc_c4_holds;

typedef struct nc_c4_field_info {
    nc_sv name; /* after `$` */
    nc_c4_holds holds;
    uint16_t offset[NC_C4_TARGET_COUNT]; /* in the target's struct; 0: it has no such field */
} nc_c4_field_info;

const nc_c4_field_info *nc_c4_field_lookup(nc_c4_field field);
/* The field that `$name` means, or NC_C4_F_NONE. */
nc_c4_field nc_c4_field_named(nc_sv name);
/* Names of all fields, for "did you mean". */
size_t nc_c4_field_names(nc_sv out[static NC_C4_F_COUNT]);

typedef enum nc_c4_action {
    NC_C4_DO_ELEMENT,
    NC_C4_DO_BOUNDARY,
    NC_C4_DO_RELATION,
    NC_C4_DO_LAY,
    NC_C4_DO_STYLE_ELEMENT,
    NC_C4_DO_STYLE_RELATION,
    NC_C4_DO_STYLE_KIND, /* of the kind in `applies_to` */
    NC_C4_DO_LAYOUT_CONFIG,
    NC_C4_DO_TAG,
    NC_C4_DO_FLOW,
    NC_C4_DO_LEGEND,
    NC_C4_DO_HIDE_STEREOTYPE,
    NC_C4_DO_PLAIN_PERSONS,
    NC_C4_DO_DRAWN_PERSONS,
    NC_C4_DO_LEGEND_TITLE,
    NC_C4_DO_PROPERTY_HEADER,
    NC_C4_DO_NO_PROPERTY_HEADER,
    NC_C4_DO_PROPERTY,
    NC_C4_DO_SET_INDEX,
    NC_C4_DO_INCREMENT,
    NC_C4_DO_NOTHING /* understood, without effect on the picture */
} nc_c4_action;

typedef struct nc_c4_macro {
    nc_sv name;
    nc_c4_action action;
    const uint8_t *slots;  /* nc_c4_field by place, NC_C4_F_NONE at the end */
    uint8_t mermaid_slots; /* how many of them Mermaid reads; 0: it does not have the macro */
    uint8_t least;         /* arguments without which it says nothing */
    union {
        struct {
            nc_c4_type type;
            nc_c4_form form;
            bool external;
        } element;
        struct {
            nc_c4_boundary_kind kind;
            const char *type; /* fixed by the macro; NULL: an argument or the default */
        } boundary;
        struct {
            nc_c4_relation_kind kind;
            nc_c4_direction direction;
            bool indexed; /* RelIndex: a number comes first */
        } relation;
        const char *applies_to;
        nc_c4_flow flow;
        bool floating;
    } is;
} nc_c4_macro;

/* NULL when no macro has this name. */
const nc_c4_macro *nc_c4_macro_lookup(nc_sv name);
/* Names of all macros, for "did you mean"; Mermaid's own come first. */
const nc_sv *nc_c4_macro_names(size_t *len);

#endif
