#include "parse/c4_macros.h"

#define E(member) (uint16_t) offsetof(nc_c4_element, member)
#define B(member) (uint16_t) offsetof(nc_c4_boundary, member)
#define R(member) (uint16_t) offsetof(nc_c4_relation, member)
#define T(member) (uint16_t) offsetof(nc_c4_tag, member)

#define FIELD(field, name, holds, ...)                                                             \
    [NC_C4_F_##field] = {NC_SV_INIT(name), NC_C4_HOLDS_##holds, {__VA_ARGS__}}

static const nc_c4_field_info fields[NC_C4_F_COUNT] = {
    FIELD(ALIAS, "alias", PLAIN, 0),
    FIELD(FROM, "from", PLAIN, 0),
    FIELD(TO, "to", PLAIN, 0),
    FIELD(LABEL, "label", LABEL, E(label), B(label), R(label)),
    FIELD(TECHN, "techn", LABEL, E(technology), B(technology), R(technology)),
    FIELD(DESCR, "descr", LABEL, E(description), B(description), R(description)),
    FIELD(TYPE, "type", LABEL, 0, B(type)),
    FIELD(SPRITE, "sprite", TEXT, E(sprite), B(sprite), R(sprite), T(sprite)),
    FIELD(TAGS, "tags", TEXT, E(tags), B(tags), R(tags)),
    FIELD(LINK, "link", PLAIN, E(link), B(link), R(link)),
    FIELD(BG_COLOR, "bgColor", PLAIN, E(style.bg_color), B(style.bg_color), 0, T(style.bg_color)),
    FIELD(FONT_COLOR, "fontColor", PLAIN, E(style.font_color), B(style.font_color), 0,
          T(style.font_color)),
    FIELD(BORDER_COLOR, "borderColor", PLAIN, E(style.border_color), B(style.border_color), 0,
          T(style.border_color)),
    FIELD(SHADOWING, "shadowing", TEXT, E(style.shadowing), B(style.shadowing), 0,
          T(style.shadowing)),
    FIELD(SHAPE, "shape", TEXT, E(style.shape), B(style.shape), 0, T(style.shape)),
    FIELD(LEGEND_TEXT, "legendText", TEXT, E(style.legend_text), B(style.legend_text), 0,
          T(style.legend_text)),
    FIELD(LEGEND_SPRITE, "legendSprite", TEXT, E(style.legend_sprite), B(style.legend_sprite), 0,
          T(style.legend_sprite)),
    FIELD(BORDER_STYLE, "borderStyle", TEXT, E(style.border_style), B(style.border_style), 0,
          T(style.border_style)),
    FIELD(BORDER_THICKNESS, "borderThickness", TEXT, E(style.border_thickness),
          B(style.border_thickness), 0, T(style.border_thickness)),
    FIELD(TEXT_COLOR, "textColor", PLAIN, 0, 0, R(text_color), T(text_color)),
    FIELD(LINE_COLOR, "lineColor", PLAIN, 0, 0, R(line_color), T(line_color)),
    FIELD(LINE_STYLE, "lineStyle", TEXT, 0, 0, R(line_style), T(line_style)),
    FIELD(LINE_THICKNESS, "lineThickness", TEXT, 0, 0, R(line_thickness), T(line_thickness)),
    FIELD(OFFSET_X, "offsetX", PLAIN, 0),
    FIELD(OFFSET_Y, "offsetY", PLAIN, 0),
    FIELD(INDEX, "index", TEXT, 0, 0, R(index)),
    FIELD(BASE_SHAPE, "baseShape", TEXT, 0),
    FIELD(TAG, "tagStereo", TEXT, 0),
    FIELD(DISTANCE, "distance", PLAIN, 0),
    FIELD(SHAPES_IN_ROW, "c4ShapeInRow", PLAIN, 0),
    FIELD(BOUNDARIES_IN_ROW, "c4BoundaryInRow", PLAIN, 0),
    FIELD(HIDE, "hideStereotype", PLAIN, 0),
    FIELD(DETAILS, "details", TEXT, 0),
    FIELD(TITLE, "title", TEXT, 0),
    FIELD(COLUMN1, "col1", TEXT, 0),
    FIELD(COLUMN2, "col2", TEXT, 0),
    FIELD(COLUMN3, "col3", TEXT, 0),
    FIELD(COLUMN4, "col4", TEXT, 0),
};

#undef E
#undef B
#undef R
#undef T

const nc_c4_field_info *nc_c4_field_lookup(nc_c4_field field)
{
    return &fields[field];
}

nc_c4_field nc_c4_field_named(nc_sv name)
{
    for (size_t i = NC_C4_F_NONE + 1; i < NC_C4_F_COUNT; i++)
        if (nc_sv_eq(fields[i].name, name))
            return (nc_c4_field)i;
    return NC_C4_F_NONE;
}

size_t nc_c4_field_names(nc_sv out[static NC_C4_F_COUNT])
{
    size_t n = 0;
    for (size_t i = NC_C4_F_NONE + 1; i < NC_C4_F_COUNT; i++)
        out[n++] = fields[i].name;
    return n;
}

#define F(field) NC_C4_F_##field

static const uint8_t none_slots[] = {F(NONE)};
static const uint8_t system_slots[] = {F(ALIAS), F(LABEL), F(DESCR),      F(SPRITE), F(TAGS),
                                       F(LINK),  F(TYPE),  F(BASE_SHAPE), F(NONE)};
static const uint8_t container_slots[] = {F(ALIAS), F(LABEL), F(TECHN),      F(DESCR), F(SPRITE),
                                          F(TAGS),  F(LINK),  F(BASE_SHAPE), F(NONE)};
static const uint8_t boundary_slots[] = {F(ALIAS), F(LABEL), F(TYPE), F(TAGS),
                                         F(LINK),  F(DESCR), F(NONE)};
static const uint8_t named_boundary_slots[] = {F(ALIAS), F(LABEL), F(TAGS),
                                               F(LINK),  F(DESCR), F(NONE)};
static const uint8_t node_slots[] = {F(ALIAS),  F(LABEL), F(TYPE), F(DESCR),
                                     F(SPRITE), F(TAGS),  F(LINK), F(NONE)};
static const uint8_t relation_slots[] = {F(FROM),   F(TO),   F(LABEL), F(TECHN), F(DESCR),
                                         F(SPRITE), F(TAGS), F(LINK),  F(NONE)};
static const uint8_t indexed_relation_slots[] = {F(INDEX), F(FROM),   F(TO),   F(LABEL), F(TECHN),
                                                 F(DESCR), F(SPRITE), F(TAGS), F(LINK),  F(NONE)};
static const uint8_t lay_slots[] = {F(FROM), F(TO), F(DISTANCE), F(NONE)};
static const uint8_t element_style_slots[] = {
    F(ALIAS),        F(BG_COLOR),         F(FONT_COLOR), F(BORDER_COLOR), F(SHADOWING),
    F(SHAPE),        F(SPRITE),           F(TECHN),      F(LEGEND_TEXT),  F(LEGEND_SPRITE),
    F(BORDER_STYLE), F(BORDER_THICKNESS), F(NONE)};
static const uint8_t kind_style_slots[] = {
    F(BG_COLOR),    F(FONT_COLOR),   F(BORDER_COLOR),     F(SHADOWING), F(SHAPE),         F(TYPE),
    F(LEGEND_TEXT), F(BORDER_STYLE), F(BORDER_THICKNESS), F(SPRITE),    F(LEGEND_SPRITE), F(NONE)};
static const uint8_t relation_style_slots[] = {
    F(FROM), F(TO), F(TEXT_COLOR), F(LINE_COLOR), F(OFFSET_X), F(OFFSET_Y), F(NONE)};
static const uint8_t layout_config_slots[] = {F(SHAPES_IN_ROW), F(BOUNDARIES_IN_ROW), F(NONE)};
static const uint8_t element_tag_slots[] = {
    F(TAG),          F(BG_COLOR),         F(FONT_COLOR), F(BORDER_COLOR), F(SHADOWING),
    F(SHAPE),        F(SPRITE),           F(TECHN),      F(LEGEND_TEXT),  F(LEGEND_SPRITE),
    F(BORDER_STYLE), F(BORDER_THICKNESS), F(NONE)};
static const uint8_t relation_tag_slots[] = {
    F(TAG),   F(TEXT_COLOR),  F(LINE_COLOR),    F(LINE_STYLE),     F(SPRITE),
    F(TECHN), F(LEGEND_TEXT), F(LEGEND_SPRITE), F(LINE_THICKNESS), F(NONE)};
static const uint8_t boundary_tag_slots[] = {
    F(TAG),    F(BG_COLOR),      F(FONT_COLOR),  F(BORDER_COLOR), F(SHADOWING),
    F(SHAPE),  F(TYPE),          F(LEGEND_TEXT), F(BORDER_STYLE), F(BORDER_THICKNESS),
    F(SPRITE), F(LEGEND_SPRITE), F(NONE)};
static const uint8_t legend_slots[] = {F(HIDE), F(DETAILS), F(NONE)};
static const uint8_t floating_legend_slots[] = {F(ALIAS), F(HIDE), F(DETAILS), F(NONE)};
static const uint8_t legend_title_slots[] = {F(TITLE), F(NONE)};
static const uint8_t columns_slots[] = {F(COLUMN1), F(COLUMN2), F(COLUMN3), F(COLUMN4), F(NONE)};
static const uint8_t sprite_slots[] = {F(SPRITE), F(NONE)};
static const uint8_t index_slots[] = {F(INDEX), F(NONE)};

#undef F

#define COMMON(text, what, list, theirs, fewest)                                                   \
    .name = NC_SV_INIT(text), .action = NC_C4_DO_##what, .slots = list##_slots,                    \
    .mermaid_slots = (theirs), .least = (fewest)
#define ELEMENT(text, t, f, ext, list)                                                             \
    {COMMON(text, ELEMENT, list, NC_COUNT(list##_slots) - (NC_C4_##t <= NC_C4_SYSTEM ? 3 : 2), 2), \
     .is.element = {NC_C4_##t, NC_C4_##f, ext}},
#define BOUNDARY(text, k, t, list, theirs)                                                         \
    {COMMON(text, BOUNDARY, list, theirs, 2), .is.boundary = {NC_C4_##k, t}},
#define RELATION(text, k, dir, list, theirs)                                                       \
    {COMMON(text, RELATION, list, (theirs) ? 8 : 0, 3),                                            \
     .is.relation = {NC_C4_##k, NC_C4_##dir, false}},
#define INDEXED(text, k, dir, theirs)                                                              \
    {COMMON(text, RELATION, indexed_relation, (theirs) ? 9 : 0, 4),                                \
     .is.relation = {NC_C4_##k, NC_C4_##dir, true}},
#define LAY(text, dir)                          {COMMON(text, LAY, lay, 0, 2), .is.relation.direction = NC_C4_##dir},
#define OTHER(text, what, list, theirs, fewest) {COMMON(text, what, list, theirs, fewest)},
#define TAG(text, to, list)                     {COMMON(text, TAG, list, 0, 1), .is.applies_to = to},
#define KIND_STYLE(text, to)                    {COMMON(text, STYLE_KIND, kind_style, 0, 1), .is.applies_to = to},
#define FLOW(text, what, f)                     {COMMON(text, what, none, 0, 0), .is.flow = NC_C4_##f},
#define LEGEND(text, list, fl)                  {COMMON(text, LEGEND, list, 0, 0), .is.floating = fl},

static const nc_c4_macro macros[] = {
#include "parse/c4_macros.def"
};

#undef COMMON
#undef ELEMENT
#undef BOUNDARY
#undef RELATION
#undef INDEXED
#undef LAY
#undef OTHER
#undef TAG
#undef KIND_STYLE
#undef FLOW
#undef LEGEND

#define ELEMENT(text, t, f, ext, list)          NC_SV_INIT(text),
#define BOUNDARY(text, k, t, list, theirs)      NC_SV_INIT(text),
#define RELATION(text, k, dir, list, theirs)    NC_SV_INIT(text),
#define INDEXED(text, k, dir, theirs)           NC_SV_INIT(text),
#define LAY(text, dir)                          NC_SV_INIT(text),
#define OTHER(text, what, list, theirs, fewest) NC_SV_INIT(text),
#define TAG(text, to, list)                     NC_SV_INIT(text),
#define KIND_STYLE(text, to)                    NC_SV_INIT(text),
#define FLOW(text, what, f)                     NC_SV_INIT(text),
#define LEGEND(text, list, fl)                  NC_SV_INIT(text),

static const nc_sv macro_names[] = {
#include "parse/c4_macros.def"
};

const nc_c4_macro *nc_c4_macro_lookup(nc_sv name)
{
    size_t low = 0;
    size_t high = NC_COUNT(macros);
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = nc_sv_cmp(macros[mid].name, name);
        if (order == 0)
            return &macros[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

const nc_sv *nc_c4_macro_names(size_t *len)
{
    *len = NC_COUNT(macro_names);
    return macro_names;
}
