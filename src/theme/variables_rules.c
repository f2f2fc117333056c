#include "theme/variables_rules.h"

#define FIRST(target, hex)                                                                         \
    {                                                                                              \
        NC_VAR_##target, NC_OP_CONSTANT, NC_VAR_BACKGROUND, 0, 0, (uint32_t)(hex) << 8 | 0xFFu, 0, \
            true                                                                                   \
    }
#define FIRST_RGBA(target, rgba)                                                                   \
    {                                                                                              \
        NC_VAR_##target, NC_OP_CONSTANT, NC_VAR_BACKGROUND, 0, 0, rgba, 0, true                    \
    }
#define FIXED(target, hex)                                                                         \
    {                                                                                              \
        NC_VAR_##target, NC_OP_CONSTANT, NC_VAR_BACKGROUND, 0, 0, (uint32_t)(hex) << 8 | 0xFFu, 0, \
            false                                                                                  \
    }
#define RULE(target, op, source)                                                                   \
    {                                                                                              \
        NC_VAR_##target, NC_OP_##op, NC_VAR_##source, 0, 0, 0, 0, false                            \
    }
#define FIRST_RULE(target, op, source)                                                             \
    {                                                                                              \
        NC_VAR_##target, NC_OP_##op, NC_VAR_##source, 0, 0, 0, 0, true                             \
    }
#define COPY(target, source) RULE(target, COPY, source)
#define ADJUST(target, source, h, l)                                                               \
    {                                                                                              \
        NC_VAR_##target, NC_OP_ADJUST, NC_VAR_##source, h, l, 0, 0, false                          \
    }
#define FIRST_ADJUST(target, source, h, l)                                                         \
    {                                                                                              \
        NC_VAR_##target, NC_OP_ADJUST, NC_VAR_##source, h, l, 0, 0, true                           \
    }
#define BY_MODE(target, dark, light)                                                               \
    {                                                                                              \
        NC_VAR_##target, NC_OP_BY_MODE, NC_VAR_BACKGROUND, 0, 0, (uint32_t)(dark) << 8 | 0xFFu,    \
            (uint32_t)(light) << 8 | 0xFFu, false                                                  \
    }
#define DARKEN_IN_DARK(target, source, by)                                                         \
    {                                                                                              \
        NC_VAR_##target, NC_OP_DARKEN_IN_DARK, NC_VAR_##source, 0, -(by), 0, 0, false              \
    }
#define END                                                                                        \
    {                                                                                              \
        NC_VAR_COUNT, NC_OP_COPY, NC_VAR_BACKGROUND, 0, 0, 0, 0, false                             \
    }

/* ---- the four old themes: rules win over what is given, until that is laid over the result -- */

#define BORDERS                                                                                    \
    FIRST_RULE(PRIMARY_BORDER_COLOR, BORDER, PRIMARY_COLOR),                                       \
        FIRST_RULE(SECONDARY_BORDER_COLOR, BORDER, SECONDARY_COLOR),                               \
        FIRST_RULE(TERTIARY_BORDER_COLOR, BORDER, TERTIARY_COLOR)
#define INVERTED_TEXTS                                                                             \
    FIRST_RULE(PRIMARY_TEXT_COLOR, INVERT, PRIMARY_COLOR),                                         \
        FIRST_RULE(SECONDARY_TEXT_COLOR, INVERT, SECONDARY_COLOR),                                 \
        FIRST_RULE(TERTIARY_TEXT_COLOR, INVERT, TERTIARY_COLOR)
#define ACTOR_TEXTS                                                                                \
    COPY(LABEL_TEXT_COLOR, ACTOR_TEXT_COLOR), COPY(LOOP_TEXT_COLOR, ACTOR_TEXT_COLOR)
#define PERSONS                                                                                    \
    FIRST_RULE(PERSON_BORDER, COPY, PRIMARY_BORDER_COLOR), FIRST_RULE(PERSON_BKG, COPY, MAIN_BKG)
#define FILLED_PERSONS COPY(PERSON_BORDER, PRIMARY_BORDER_COLOR), COPY(PERSON_BKG, MAIN_BKG)

static const nc_derive default_rules[] = {
    FIRST(BACKGROUND, 0xFFFFFF),
    FIRST(PRIMARY_COLOR, 0xECECFF),
    FIRST(SECONDARY_COLOR, 0xFFFFDE),
    FIRST(MAIN_BKG, 0xECECFF),
    FIRST(SECOND_BKG, 0xFFFFDE),
    FIRST(LINE_COLOR, 0x333333),
    FIRST(ARROWHEAD_COLOR, 0x333333),
    FIRST(BORDER1, 0x9370DB),
    FIRST(BORDER2, 0xAAAA33),
    FIRST(TEXT_COLOR, 0x333333),
    FIRST_RGBA(LABEL_BACKGROUND, 0xE8E8E8CCu),
    FIRST(ACTOR_TEXT_COLOR, 0x000000),
    FIRST(ACTIVATION_BKG_COLOR, 0xF4F4F4),
    FIRST(ACTIVATION_BORDER_COLOR, 0x666666),
    FIRST(SEQUENCE_NUMBER_COLOR, 0xFFFFFF),
    FIRST(NOTE_BKG_COLOR, 0xFFF5AD),
    FIRST_ADJUST(TERTIARY_COLOR, PRIMARY_COLOR, -160, 0),
    BORDERS,
    INVERTED_TEXTS,
    COPY(NODE_BKG, MAIN_BKG),
    COPY(NODE_BORDER, BORDER1),
    COPY(CLUSTER_BKG, SECOND_BKG),
    COPY(CLUSTER_BORDER, BORDER2),
    COPY(DEFAULT_LINK_COLOR, LINE_COLOR),
    COPY(TITLE_COLOR, TEXT_COLOR),
    COPY(EDGE_LABEL_BACKGROUND, LABEL_BACKGROUND),
    COPY(ACTOR_BORDER, BORDER1),
    COPY(ACTOR_BKG, MAIN_BKG),
    COPY(LABEL_BOX_BKG_COLOR, ACTOR_BKG),
    COPY(SIGNAL_COLOR, TEXT_COLOR),
    COPY(SIGNAL_TEXT_COLOR, TEXT_COLOR),
    COPY(LABEL_BOX_BORDER_COLOR, ACTOR_BORDER),
    ACTOR_TEXTS,
    COPY(NOTE_BORDER_COLOR, BORDER2),
    COPY(NOTE_TEXT_COLOR, ACTOR_TEXT_COLOR),
    COPY(ACTOR_LINE_COLOR, ACTOR_BORDER),
    FIRST_RULE(RECT_BKG_COLOR, COPY, TERTIARY_COLOR),
    PERSONS,
    END,
};

static const nc_derive dark_rules[] = {
    FIRST(BACKGROUND, 0x333333),
    FIRST(PRIMARY_COLOR, 0x1F2020),
    FIRST_ADJUST(SECONDARY_COLOR, PRIMARY_COLOR, 0, 16),
    FIRST_ADJUST(TERTIARY_COLOR, PRIMARY_COLOR, -160, 0),
    FIRST(MAIN_CONTRAST_COLOR, 0xD3D3D3),
    FIRST(TEXT_COLOR, 0xCCCCCC),
    FIRST(BORDER1, 0xCCCCCC),
    FIRST_RGBA(BORDER2, 0xFFFFFF40u),
    FIRST(LABEL_BACKGROUND, 0x181818),
    FIRST(TITLE_COLOR, 0xF9FFFE),
    FIRST(SEQUENCE_NUMBER_COLOR, 0x000000),
    FIRST(MAIN_BKG, 0x1F2020),
    ADJUST(SECOND_BKG, MAIN_BKG, 0, 16),
    FIRST(PRIMARY_BORDER_COLOR, 0xCCCCCC),
    FIRST_RULE(SECONDARY_BORDER_COLOR, BORDER, SECONDARY_COLOR),
    FIRST_RULE(TERTIARY_BORDER_COLOR, BORDER, TERTIARY_COLOR),
    INVERTED_TEXTS,
    COPY(LINE_COLOR, MAIN_CONTRAST_COLOR),
    COPY(ARROWHEAD_COLOR, MAIN_CONTRAST_COLOR),
    COPY(NODE_BKG, MAIN_BKG),
    COPY(NODE_BORDER, BORDER1),
    COPY(CLUSTER_BKG, SECOND_BKG),
    COPY(CLUSTER_BORDER, BORDER2),
    COPY(DEFAULT_LINK_COLOR, LINE_COLOR),
    ADJUST(EDGE_LABEL_BACKGROUND, LABEL_BACKGROUND, 0, 25),
    COPY(ACTOR_BORDER, BORDER1),
    COPY(ACTOR_BKG, MAIN_BKG),
    COPY(ACTOR_TEXT_COLOR, MAIN_CONTRAST_COLOR),
    COPY(ACTOR_LINE_COLOR, ACTOR_BORDER),
    COPY(SIGNAL_COLOR, MAIN_CONTRAST_COLOR),
    COPY(SIGNAL_TEXT_COLOR, MAIN_CONTRAST_COLOR),
    COPY(LABEL_BOX_BKG_COLOR, ACTOR_BKG),
    COPY(LABEL_BOX_BORDER_COLOR, ACTOR_BORDER),
    COPY(LABEL_TEXT_COLOR, MAIN_CONTRAST_COLOR),
    COPY(LOOP_TEXT_COLOR, MAIN_CONTRAST_COLOR),
    COPY(NOTE_BORDER_COLOR, SECONDARY_BORDER_COLOR),
    COPY(NOTE_BKG_COLOR, SECOND_BKG),
    COPY(NOTE_TEXT_COLOR, SECONDARY_TEXT_COLOR),
    COPY(ACTIVATION_BORDER_COLOR, BORDER1),
    COPY(ACTIVATION_BKG_COLOR, SECOND_BKG),
    COPY(RECT_BKG_COLOR, TERTIARY_COLOR),
    PERSONS,
    END,
};

static const nc_derive forest_rules[] = {
    FIRST(BACKGROUND, 0xFFFFFF),
    FIRST(PRIMARY_COLOR, 0xCDE498),
    FIRST(SECONDARY_COLOR, 0xCDFFB2),
    FIRST(MAIN_BKG, 0xCDE498),
    FIRST(SECOND_BKG, 0xCDFFB2),
    FIRST(BORDER1, 0x13540C),
    FIRST(BORDER2, 0x6EAA49),
    FIRST(ARROWHEAD_COLOR, 0x008000),
    FIRST(TEXT_COLOR, 0x000000),
    FIRST_ADJUST(TERTIARY_COLOR, PRIMARY_COLOR, 0, 10),
    BORDERS,
    FIRST_RULE(PRIMARY_TEXT_COLOR, INVERT, PRIMARY_COLOR),
    FIRST_RULE(SECONDARY_TEXT_COLOR, INVERT, SECONDARY_COLOR),
    FIRST_RULE(TERTIARY_TEXT_COLOR, INVERT, PRIMARY_COLOR),
    FIRST_RULE(LINE_COLOR, INVERT, BACKGROUND),
    FIRST(EDGE_LABEL_BACKGROUND, 0xE8E8E8),
    FIRST(TITLE_COLOR, 0x333333),
    FIRST(SIGNAL_COLOR, 0x333333),
    FIRST(SIGNAL_TEXT_COLOR, 0x333333),
    FIRST(LABEL_BOX_BORDER_COLOR, 0x326932),
    FIRST(ACTOR_TEXT_COLOR, 0x000000),
    FIRST(ACTIVATION_BKG_COLOR, 0xF4F4F4),
    FIRST(ACTIVATION_BORDER_COLOR, 0x666666),
    FIRST(SEQUENCE_NUMBER_COLOR, 0xFFFFFF),
    FIRST(NOTE_BKG_COLOR, 0xFFF5AD),
    COPY(NODE_BKG, MAIN_BKG),
    COPY(NODE_BORDER, BORDER1),
    COPY(CLUSTER_BKG, SECOND_BKG),
    COPY(CLUSTER_BORDER, BORDER2),
    COPY(DEFAULT_LINK_COLOR, LINE_COLOR),
    ADJUST(ACTOR_BORDER, MAIN_BKG, 0, -20),
    COPY(ACTOR_BKG, MAIN_BKG),
    COPY(LABEL_BOX_BKG_COLOR, ACTOR_BKG),
    ACTOR_TEXTS,
    COPY(NOTE_BORDER_COLOR, BORDER2),
    COPY(NOTE_TEXT_COLOR, ACTOR_TEXT_COLOR),
    COPY(ACTOR_LINE_COLOR, ACTOR_BORDER),
    COPY(RECT_BKG_COLOR, TERTIARY_COLOR),
    PERSONS,
    END,
};

static const nc_derive neutral_rules[] = {
    FIRST(BACKGROUND, 0xFFFFFF),
    FIRST(PRIMARY_COLOR, 0xEEEEEE),
    FIRST(CONTRAST, 0x707070),
    FIRST(MAIN_BKG, 0xEEEEEE),
    FIRST(BORDER1, 0x999999),
    FIRST(TEXT, 0x333333),
    FIRST(LINE_COLOR, 0x666666),
    FIRST(ARROWHEAD_COLOR, 0x333333),
    FIRST(TEXT_COLOR, 0x000000),
    FIRST(EDGE_LABEL_BACKGROUND, 0xFFFFFF),
    FIRST(NOTE_TEXT_COLOR, 0xFFFFFF),
    FIRST(NOTE_BORDER_COLOR, 0x999999),
    FIRST(NOTE_BKG_COLOR, 0x666666),
    FIRST(ACTIVATION_BKG_COLOR, 0xF4F4F4),
    FIRST(ACTIVATION_BORDER_COLOR, 0x666666),
    FIRST(SEQUENCE_NUMBER_COLOR, 0xFFFFFF),
    FIRST_ADJUST(SECONDARY_COLOR, CONTRAST, 0, 55),
    FIRST_ADJUST(TERTIARY_COLOR, PRIMARY_COLOR, -160, 0),
    BORDERS,
    INVERTED_TEXTS,
    ADJUST(SECOND_BKG, CONTRAST, 0, 55),
    COPY(BORDER2, CONTRAST),
    COPY(NODE_BKG, MAIN_BKG),
    COPY(NODE_BORDER, BORDER1),
    COPY(CLUSTER_BKG, SECOND_BKG),
    COPY(CLUSTER_BORDER, BORDER2),
    COPY(DEFAULT_LINK_COLOR, LINE_COLOR),
    COPY(TITLE_COLOR, TEXT),
    ADJUST(ACTOR_BORDER, BORDER1, 0, 23),
    COPY(ACTOR_BKG, MAIN_BKG),
    COPY(ACTOR_TEXT_COLOR, TEXT),
    COPY(ACTOR_LINE_COLOR, ACTOR_BORDER),
    COPY(SIGNAL_COLOR, TEXT),
    COPY(SIGNAL_TEXT_COLOR, TEXT),
    COPY(LABEL_BOX_BKG_COLOR, ACTOR_BKG),
    COPY(LABEL_BOX_BORDER_COLOR, ACTOR_BORDER),
    COPY(LABEL_TEXT_COLOR, TEXT),
    COPY(LOOP_TEXT_COLOR, TEXT),
    COPY(RECT_BKG_COLOR, TERTIARY_COLOR),
    PERSONS,
    END,
};

/* ---- base and the new themes: rules fill what is not set ------------------------------------ */

#define FILLED_BORDERS                                                                             \
    RULE(SECONDARY_BORDER_COLOR, BORDER, SECONDARY_COLOR),                                         \
        RULE(TERTIARY_BORDER_COLOR, BORDER, TERTIARY_COLOR)
#define FILLED                                                                                     \
    RULE(SECONDARY_TEXT_COLOR, INVERT, SECONDARY_COLOR),                                           \
        RULE(TERTIARY_TEXT_COLOR, INVERT, TERTIARY_COLOR), RULE(LINE_COLOR, INVERT, BACKGROUND),   \
        RULE(ARROWHEAD_COLOR, INVERT, BACKGROUND), COPY(TEXT_COLOR, PRIMARY_TEXT_COLOR),           \
        COPY(NODE_BKG, PRIMARY_COLOR), COPY(MAIN_BKG, PRIMARY_COLOR),                              \
        COPY(NODE_BORDER, PRIMARY_BORDER_COLOR), COPY(CLUSTER_BKG, TERTIARY_COLOR),                \
        COPY(CLUSTER_BORDER, TERTIARY_BORDER_COLOR), COPY(BORDER2, TERTIARY_BORDER_COLOR),         \
        COPY(DEFAULT_LINK_COLOR, LINE_COLOR), COPY(TITLE_COLOR, TERTIARY_TEXT_COLOR),              \
        DARKEN_IN_DARK(EDGE_LABEL_BACKGROUND, SECONDARY_COLOR, 30),                                \
        COPY(NODE_TEXT_COLOR, PRIMARY_TEXT_COLOR), COPY(ACTOR_BKG, MAIN_BKG),                      \
        COPY(ACTOR_BORDER, PRIMARY_BORDER_COLOR), COPY(ACTOR_TEXT_COLOR, PRIMARY_TEXT_COLOR),      \
        COPY(ACTOR_LINE_COLOR, ACTOR_BORDER), COPY(SIGNAL_COLOR, TEXT_COLOR),                      \
        COPY(SIGNAL_TEXT_COLOR, TEXT_COLOR), COPY(LABEL_BOX_BKG_COLOR, ACTOR_BKG),                 \
        COPY(LABEL_BOX_BORDER_COLOR, ACTOR_BORDER), ACTOR_TEXTS,                                   \
        COPY(ACTIVATION_BKG_COLOR, SECONDARY_COLOR),                                               \
        ADJUST(ACTIVATION_BORDER_COLOR, SECONDARY_COLOR, 0, -10),                                  \
        RULE(SEQUENCE_NUMBER_COLOR, INVERT, LINE_COLOR), FILLED_PERSONS

static const nc_derive base_rules[] = {
    FIRST(BACKGROUND, 0xF4F4F4),
    FIRST(PRIMARY_COLOR, 0xFFF4DD),
    FIRST(NOTE_BKG_COLOR, 0xFFF5AD),
    FIRST(NOTE_TEXT_COLOR, 0x333333),
    BY_MODE(PRIMARY_TEXT_COLOR, 0xEEEEEE, 0x333333),
    ADJUST(SECONDARY_COLOR, PRIMARY_COLOR, -120, 0),
    ADJUST(TERTIARY_COLOR, PRIMARY_COLOR, 180, 5),
    RULE(PRIMARY_BORDER_COLOR, BORDER, PRIMARY_COLOR),
    FILLED_BORDERS,
    RULE(NOTE_BORDER_COLOR, BORDER, NOTE_BKG_COLOR),
    COPY(RECT_BKG_COLOR, TERTIARY_COLOR),
    FILLED,
    END,
};

static const nc_derive neo_rules[] = {
    FIRST(BACKGROUND, 0xFFFFFF),
    FIRST(PRIMARY_COLOR, 0xCCCCCC),
    FIRST(MAIN_BKG, 0xFFFFFF),
    FIRST(NOTE_BKG_COLOR, 0xFFF5AD),
    FIRST(NOTE_TEXT_COLOR, 0x333333),
    FIRST(NODE_BORDER, 0x000000),
    FIRST(TERTIARY_COLOR, 0xFFFFFF),
    BY_MODE(PRIMARY_TEXT_COLOR, 0xEEEEEE, 0x333333),
    ADJUST(SECONDARY_COLOR, PRIMARY_COLOR, -120, 0),
    FIRST_RULE(PRIMARY_BORDER_COLOR, BORDER, PRIMARY_COLOR),
    FILLED_BORDERS,
    RULE(NOTE_BORDER_COLOR, BORDER, NOTE_BKG_COLOR),
    RULE(RECT_BKG_COLOR, AWAY, BACKGROUND),
    FILLED,
    END,
};

static const nc_derive neo_dark_rules[] = {
    FIRST(BACKGROUND, 0x333333),
    FIRST(PRIMARY_COLOR, 0x1F2020),
    FIRST(MAIN_BKG, 0x2A2020),
    FIRST(NOTE_BKG_COLOR, 0xFFF5AD),
    FIRST(NOTE_TEXT_COLOR, 0x333333),
    FIRST_ADJUST(SECONDARY_COLOR, PRIMARY_COLOR, 0, 16),
    FIRST_ADJUST(TERTIARY_COLOR, PRIMARY_COLOR, -160, 0),
    FIRST_RULE(PRIMARY_TEXT_COLOR, INVERT, PRIMARY_COLOR),
    FIRST_RGBA(BORDER2, 0xFFFFFF40u),
    FIRST(PRIMARY_BORDER_COLOR, 0xCCCCCC),
    FIRST_RULE(SECONDARY_BORDER_COLOR, BORDER, SECONDARY_COLOR),
    FIRST_RULE(TERTIARY_BORDER_COLOR, BORDER, TERTIARY_COLOR),
    FIRST_RULE(SECONDARY_TEXT_COLOR, INVERT, SECONDARY_COLOR),
    FIRST_RULE(TERTIARY_TEXT_COLOR, INVERT, TERTIARY_COLOR),
    FIRST(TEXT_COLOR, 0xCCCCCC),
    FIRST_RULE(ARROWHEAD_COLOR, INVERT, BACKGROUND),
    FIRST(BORDER1, 0xCCCCCC),
    ADJUST(SECOND_BKG, MAIN_BKG, 0, 16),
    FIRST(LABEL_BACKGROUND, 0x181818),
    FIRST(MAIN_CONTRAST_COLOR, 0xD3D3D3),
    RULE(NOTE_BORDER_COLOR, BORDER, NOTE_BKG_COLOR),
    COPY(RECT_BKG_COLOR, TERTIARY_COLOR),
    COPY(NODE_BORDER, BORDER1),
    FILLED,
    END,
};

static const nc_derive redux_rules[] = {
    FIRST(BACKGROUND, 0xFFFFFF),
    FIRST(PRIMARY_COLOR, 0xCCCCCC),
    FIRST(MAIN_BKG, 0xFFFFFF),
    FIRST(NOTE_BKG_COLOR, 0xFFF5AD),
    FIRST(NOTE_TEXT_COLOR, 0x28253D),
    FIRST(NOTE_BORDER_COLOR, 0xFACC15),
    FIRST(NODE_BORDER, 0x28253D),
    FIRST(CLUSTER_BKG, 0xF9F9FB),
    FIRST(CLUSTER_BORDER, 0xBDBCCC),
    FIRST(TERTIARY_COLOR, 0xFFFFFF),
    FIRST(ACTOR_BORDER, 0x28253D),
    BY_MODE(PRIMARY_TEXT_COLOR, 0xEEEEEE, 0x28253D),
    ADJUST(SECONDARY_COLOR, PRIMARY_COLOR, -120, 0),
    FIRST_RULE(PRIMARY_BORDER_COLOR, BORDER, NODE_BORDER),
    FILLED_BORDERS,
    RULE(RECT_BKG_COLOR, AWAY, BACKGROUND),
    FILLED,
    END,
};

static const nc_derive redux_dark_rules[] = {
    FIRST(BACKGROUND, 0x333333),
    FIRST(PRIMARY_COLOR, 0x1F2020),
    FIRST(MAIN_BKG, 0x111113),
    FIRST(NOTE_BKG_COLOR, 0xFEF9C3),
    FIRST(NOTE_TEXT_COLOR, 0x28253D),
    FIRST(NOTE_BORDER_COLOR, 0xFACC15),
    FIRST(NODE_BORDER, 0xFFFFFF),
    FIRST(CLUSTER_BKG, 0x1E1A2E),
    FIRST(CLUSTER_BORDER, 0xBDBCCC),
    FIRST(ACTOR_BORDER, 0xFFFFFF),
    FIRST(ACTOR_LINE_COLOR, 0xFFFFFF),
    FIRST(SIGNAL_COLOR, 0xFFFFFF),
    FIRST(LABEL_BOX_BORDER_COLOR, 0xBDBCCC),
    FIRST_RGBA(BORDER2, 0xFFFFFF40u),
    FIRST_ADJUST(SECONDARY_COLOR, PRIMARY_COLOR, 0, 16),
    FIRST_ADJUST(TERTIARY_COLOR, PRIMARY_COLOR, -160, 0),
    FIRST_RULE(PRIMARY_TEXT_COLOR, INVERT, PRIMARY_COLOR),
    FIRST(PRIMARY_BORDER_COLOR, 0xCCCCCC),
    FIRST_RULE(SECONDARY_BORDER_COLOR, BORDER, SECONDARY_COLOR),
    FIRST_RULE(TERTIARY_BORDER_COLOR, BORDER, TERTIARY_COLOR),
    FIRST_RULE(SECONDARY_TEXT_COLOR, INVERT, SECONDARY_COLOR),
    FIRST_RULE(TERTIARY_TEXT_COLOR, INVERT, TERTIARY_COLOR),
    FIRST(TEXT_COLOR, 0xCCCCCC),
    FIRST_RULE(ARROWHEAD_COLOR, INVERT, BACKGROUND),
    FIRST(BORDER1, 0xCCCCCC),
    ADJUST(SECOND_BKG, MAIN_BKG, 0, 16),
    FIRST(LABEL_BACKGROUND, 0x111113),
    FIRST(MAIN_CONTRAST_COLOR, 0xD3D3D3),
    COPY(RECT_BKG_COLOR, TERTIARY_COLOR),
    FILLED,
    END,
};

/* ---- nacre's own: what an author changes takes along what belongs to it --------------------- */

static const nc_derive own_rules[] = {
    RULE(TEXT_COLOR, READABLE, BACKGROUND),
    RULE(LINE_COLOR, READABLE, BACKGROUND),
    COPY(MAIN_BKG, PRIMARY_COLOR),
    COPY(MAIN_BKG, NODE_BKG),
    RULE(NODE_BORDER, OUTLINE, BACKGROUND),
    RULE(NODE_BORDER, OUTLINE, MAIN_BKG),
    COPY(NODE_BORDER, BORDER1),
    COPY(NODE_BORDER, PRIMARY_BORDER_COLOR),
    RULE(NODE_TEXT_COLOR, READABLE, MAIN_BKG),
    COPY(NODE_TEXT_COLOR, PRIMARY_TEXT_COLOR),
    COPY(SIGNAL_TEXT_COLOR, TEXT_COLOR),
    RULE(LABEL_BOX_BKG_COLOR, AWAY, BACKGROUND),
    COPY(LOOP_TEXT_COLOR, TEXT_COLOR),
    COPY(LOOP_TEXT_COLOR, LABEL_TEXT_COLOR),
    COPY(SIGNAL_COLOR, LINE_COLOR),
    RULE(CLUSTER_BKG, AWAY, BACKGROUND),
    COPY(CLUSTER_BKG, SECOND_BKG),
    COPY(CLUSTER_BKG, TERTIARY_COLOR),
    RULE(CLUSTER_BORDER, BORDER, CLUSTER_BKG),
    COPY(CLUSTER_BORDER, BORDER2),
    COPY(CLUSTER_BORDER, TERTIARY_BORDER_COLOR),
    COPY(TITLE_COLOR, TEXT_COLOR),
    RULE(TITLE_COLOR, READABLE, CLUSTER_BKG),
    COPY(TITLE_COLOR, TERTIARY_TEXT_COLOR),
    COPY(EDGE_LABEL_BACKGROUND, BACKGROUND),
    COPY(ACTOR_BKG, MAIN_BKG),
    COPY(ACTOR_BORDER, NODE_BORDER),
    COPY(ACTOR_TEXT_COLOR, NODE_TEXT_COLOR),
    RULE(ACTOR_TEXT_COLOR, READABLE, ACTOR_BKG),
    COPY(ACTOR_LINE_COLOR, LINE_COLOR),
    COPY(ACTIVATION_BKG_COLOR, SECONDARY_COLOR),
    RULE(ACTIVATION_BORDER_COLOR, OUTLINE, ACTIVATION_BKG_COLOR),
    RULE(SEQUENCE_NUMBER_COLOR, READABLE, SIGNAL_COLOR),
    RULE(NOTE_BORDER_COLOR, BORDER, NOTE_BKG_COLOR),
    RULE(NOTE_TEXT_COLOR, READABLE, NOTE_BKG_COLOR),
    RULE(RECT_BKG_COLOR, AWAY, BACKGROUND),
    END,
};

/* ---- the themes ----------------------------------------------------------------------------- */

static const nc_theme_class classes[] = {
    {NC_SV_INIT("nacre"), false, NC_DERIVE_TOUCHED, own_rules, 1.75, 10, 0x1A223024u, false, false},
    {NC_SV_INIT("nacre-dark"), true, NC_DERIVE_TOUCHED, own_rules, 1.75, 10, 0x00000066u, false,
     false},
    {NC_SV_INIT("default"), false, NC_DERIVE_ALWAYS, default_rules, 1, 5, 0x00000029u, false,
     false},
    {NC_SV_INIT("neutral"), false, NC_DERIVE_ALWAYS, neutral_rules, 1, 5, 0x00000029u, false,
     false},
    {NC_SV_INIT("dark"), true, NC_DERIVE_ALWAYS, dark_rules, 1, 5, 0x00000066u, false, false},
    {NC_SV_INIT("forest"), false, NC_DERIVE_ALWAYS, forest_rules, 1, 5, 0x00000029u, false, false},
    {NC_SV_INIT("base"), false, NC_DERIVE_UNSET, base_rules, 1, 5, 0x00000029u, false, false},
    {NC_SV_INIT("neo"), false, NC_DERIVE_UNSET, neo_rules, 2, 3, 0x00000029u, false, false},
    {NC_SV_INIT("neo-dark"), true, NC_DERIVE_UNSET, neo_dark_rules, 1, 3, 0x00000066u, false,
     false},
    {NC_SV_INIT("redux"), false, NC_DERIVE_UNSET, redux_rules, 2, 12, 0x0000000Fu, false, false},
    {NC_SV_INIT("redux-dark"), true, NC_DERIVE_UNSET, redux_dark_rules, 2, 12, 0xFFFFFF0Fu, false,
     false},
    {NC_SV_INIT("redux-color"), false, NC_DERIVE_UNSET, redux_rules, 2, 12, 0x0000000Fu, true,
     true},
    {NC_SV_INIT("redux-dark-color"), true, NC_DERIVE_UNSET, redux_dark_rules, 2, 12, 0xFFFFFF0Fu,
     true, false},
};

const nc_theme_class *nc_theme_classes(size_t *len)
{
    *len = NC_COUNT(classes);
    return classes;
}
