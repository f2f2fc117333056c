#include "theme/theme.h"

/* A constant opaque colour; the compound literal of a macro would be none. */
#define RGB(hex)                                                                                   \
    {                                                                                              \
        (uint8_t)((hex) >> 16 & 0xFF), (uint8_t)((hex) >> 8 & 0xFF), (uint8_t)((hex)&0xFF), 255    \
    }
#define SET(token, hex) [NC_TOKEN_##token] = RGB(hex)

/*
 * nacre's own themes. Every text reaches 4.5:1 on its ground, outlines and edges 3:1 (WCAG 2.2 AA;
 * test_theme holds them to it); frames and quiet tints are decoration.
 */
static const nc_theme nacre_light = {
    .name = "nacre",
    .dark = false,
    .colors =
        {
            SET(GROUND, 0xFFFFFF),          SET(INK, 0x1A2230),
            SET(MUTED, 0x566173),           SET(EDGE, 0x455063),
            SET(NODE_FILL, 0xEEF3FB),       SET(NODE_LINE, 0x6D86B0),
            SET(NODE_TEXT, 0x1A2230),       SET(CLUSTER_FILL, 0xF7F8FA),
            SET(CLUSTER_FILL_2, 0xF4FAF6),  SET(CLUSTER_FILL_3, 0xFCF8F1),
            SET(CLUSTER_FILL_4, 0xF9F6FC),  SET(CLUSTER_LINE, 0xC3CAD6),
            SET(CLUSTER_TEXT, 0x566173),    SET(LABEL_GROUND, 0xFFFFFF),
            SET(LABEL_TEXT, 0x1A2230),      SET(TITLE, 0x1A2230),
            SET(ACCENT, 0x2563C9),          SET(ACTOR_FILL, 0xEEF3FB),
            SET(ACTOR_LINE, 0x6D86B0),      SET(ACTOR_TEXT, 0x1A2230),
            SET(LIFELINE, 0x8390A6),        SET(SIGNAL, 0x455063),
            SET(SIGNAL_TEXT, 0x1A2230),     SET(NOTE_FILL, 0xFFF6D6),
            SET(NOTE_LINE, 0xCDA73A),       SET(NOTE_TEXT, 0x1A2230),
            SET(FRAGMENT_LINE, 0x8390A6),   SET(FRAGMENT_TAB, 0xE9EDF4),
            SET(FRAGMENT_TEXT, 0x333F52),   SET(ACTIVATION_FILL, 0xD9E6FB),
            SET(ACTIVATION_LINE, 0x2563C9), SET(NUMBER_FILL, 0x455063),
            SET(NUMBER_TEXT, 0xFFFFFF),     SET(RECT_FILL, 0xF1F5FB),
            SET(BOX_FILL, 0xF7F8FA),        SET(BOX_LINE, 0xC3CAD6),
            SET(PERSON_FILL, 0x0B4477),     SET(PERSON_LINE, 0x08345C),
            SET(PERSON_TEXT, 0xFFFFFF),     SET(SYSTEM_FILL, 0x1760A8),
            SET(SYSTEM_LINE, 0x114A84),     SET(SYSTEM_TEXT, 0xFFFFFF),
            SET(CONTAINER_FILL, 0x2A73BA),  SET(CONTAINER_LINE, 0x1F5B96),
            SET(CONTAINER_TEXT, 0xFFFFFF),  SET(COMPONENT_FILL, 0xCFE3F8),
            SET(COMPONENT_LINE, 0x5B8CC2),  SET(COMPONENT_TEXT, 0x0D2B47),
            SET(EXTERNAL_FILL, 0x66707D),   SET(EXTERNAL_LINE, 0x505A66),
            SET(EXTERNAL_TEXT, 0xFFFFFF),   SET(BOUNDARY_LINE, 0x6B7684),
            SET(BOUNDARY_TEXT, 0x566173),
        },
};

static const nc_theme nacre_dark = {
    .name = "nacre-dark",
    .dark = true,
    .colors =
        {
            SET(GROUND, 0x0F141B),          SET(INK, 0xE6EBF2),
            SET(MUTED, 0x9AA7B8),           SET(EDGE, 0x9FB0C6),
            SET(NODE_FILL, 0x1B2738),       SET(NODE_LINE, 0x6F8DB8),
            SET(NODE_TEXT, 0xE6EBF2),       SET(CLUSTER_FILL, 0x141B25),
            SET(CLUSTER_FILL_2, 0x131F1C),  SET(CLUSTER_FILL_3, 0x211B14),
            SET(CLUSTER_FILL_4, 0x1C1927),  SET(CLUSTER_LINE, 0x364457),
            SET(CLUSTER_TEXT, 0x9AA7B8),    SET(LABEL_GROUND, 0x0F141B),
            SET(LABEL_TEXT, 0xE6EBF2),      SET(TITLE, 0xE6EBF2),
            SET(ACCENT, 0x7FB0FF),          SET(ACTOR_FILL, 0x1B2738),
            SET(ACTOR_LINE, 0x6F8DB8),      SET(ACTOR_TEXT, 0xE6EBF2),
            SET(LIFELINE, 0x63738A),        SET(SIGNAL, 0x9FB0C6),
            SET(SIGNAL_TEXT, 0xE6EBF2),     SET(NOTE_FILL, 0x3A3117),
            SET(NOTE_LINE, 0xB8963A),       SET(NOTE_TEXT, 0xE6EBF2),
            SET(FRAGMENT_LINE, 0x63738A),   SET(FRAGMENT_TAB, 0x222E3F),
            SET(FRAGMENT_TEXT, 0xC6D0DD),   SET(ACTIVATION_FILL, 0x21395F),
            SET(ACTIVATION_LINE, 0x7FB0FF), SET(NUMBER_FILL, 0x9FB0C6),
            SET(NUMBER_TEXT, 0x0F141B),     SET(RECT_FILL, 0x18212E),
            SET(BOX_FILL, 0x141B25),        SET(BOX_LINE, 0x364457),
            SET(PERSON_FILL, 0x2F6CA8),     SET(PERSON_LINE, 0x6FA5DA),
            SET(PERSON_TEXT, 0xFFFFFF),     SET(SYSTEM_FILL, 0x1F67AE),
            SET(SYSTEM_LINE, 0x5B98D6),     SET(SYSTEM_TEXT, 0xFFFFFF),
            SET(CONTAINER_FILL, 0x2B6FB0),  SET(CONTAINER_LINE, 0x69A2DA),
            SET(CONTAINER_TEXT, 0xFFFFFF),  SET(COMPONENT_FILL, 0xBCD7F2),
            SET(COMPONENT_LINE, 0x8FB8E2),  SET(COMPONENT_TEXT, 0x0D2B47),
            SET(EXTERNAL_FILL, 0x5D6774),   SET(EXTERNAL_LINE, 0x8E99A8),
            SET(EXTERNAL_TEXT, 0xFFFFFF),   SET(BOUNDARY_LINE, 0x8A97A8),
            SET(BOUNDARY_TEXT, 0x9AA7B8),
        },
};

/*
 * Mermaid's C4 colours come from its configuration, not from its themes, and are the same in all of
 * them. Mermaid writes white on everything; on its light component blue nobody can read that, so
 * components take C4-PlantUML's black. All external elements take the grey of external people,
 * the one that carries white text.
 */
#define MERMAID_C4                                                                                 \
    SET(PERSON_FILL, 0x08427B), SET(PERSON_LINE, 0x073B6F), SET(PERSON_TEXT, 0xFFFFFF),            \
        SET(SYSTEM_FILL, 0x1168BD), SET(SYSTEM_LINE, 0x3C7FC0), SET(SYSTEM_TEXT, 0xFFFFFF),        \
        SET(CONTAINER_FILL, 0x438DD5), SET(CONTAINER_LINE, 0x3C7FC0),                              \
        SET(CONTAINER_TEXT, 0xFFFFFF), SET(COMPONENT_FILL, 0x85BBF0),                              \
        SET(COMPONENT_LINE, 0x78A8D8), SET(COMPONENT_TEXT, 0x000000),                              \
        SET(EXTERNAL_FILL, 0x686868), SET(EXTERNAL_LINE, 0x8A8A8A), SET(EXTERNAL_TEXT, 0xFFFFFF)

/* Mermaid's theme variables, by their names there, onto the tokens. */
#define GENERAL(background, text, title, line)                                                     \
    SET(GROUND, background), SET(INK, text), SET(MUTED, text), SET(EDGE, line), SET(TITLE, title), \
        SET(ACCENT, line), SET(BOUNDARY_LINE, line), SET(BOUNDARY_TEXT, text)
#define NODES(main_bkg, border, text)                                                              \
    SET(NODE_FILL, main_bkg), SET(NODE_LINE, border), SET(NODE_TEXT, text)
#define CLUSTERS(bkg, border, title)                                                               \
    CLUSTER_TINTS(bkg, bkg, bkg, bkg), SET(CLUSTER_LINE, border), SET(CLUSTER_TEXT, title)
#define CLUSTER_TINTS(one, two, three, four)                                                       \
    SET(CLUSTER_FILL, one), SET(CLUSTER_FILL_2, two), SET(CLUSTER_FILL_3, three),                  \
        SET(CLUSTER_FILL_4, four)
#define LABELS(ground, text) SET(LABEL_GROUND, ground), SET(LABEL_TEXT, text)
#define ACTORS(bkg, border, text, line)                                                            \
    SET(ACTOR_FILL, bkg), SET(ACTOR_LINE, border), SET(ACTOR_TEXT, text), SET(LIFELINE, line)
#define SIGNALS(color, text, number)                                                               \
    SET(SIGNAL, color), SET(SIGNAL_TEXT, text), SET(NUMBER_FILL, color), SET(NUMBER_TEXT, number)
#define FRAGMENTS(tab, border, text)                                                               \
    SET(FRAGMENT_TAB, tab), SET(FRAGMENT_LINE, border), SET(FRAGMENT_TEXT, text)
#define ACTIVATIONS(bkg, border) SET(ACTIVATION_FILL, bkg), SET(ACTIVATION_LINE, border)
#define NOTES(bkg, border, text) SET(NOTE_FILL, bkg), SET(NOTE_LINE, border), SET(NOTE_TEXT, text)
#define BLOCKS(rect, box, box_line)                                                                \
    SET(RECT_FILL, rect), SET(BOX_FILL, box), SET(BOX_LINE, box_line)

/* Colours that are half transparent in Mermaid are the mixture with what they lie on there. */
static const nc_theme mermaid_default = {
    .name = "default",
    .dark = false,
    .colors = {GENERAL(0xFFFFFF, 0x333333, 0x333333, 0x333333), NODES(0xECECFF, 0x9370DB, 0x333333),
               CLUSTERS(0xFFFFDE, 0xAAAA33, 0x333333), LABELS(0xEDEDED, 0x333333),
               ACTORS(0xECECFF, 0x9370DB, 0x000000, 0x9370DB),
               SIGNALS(0x333333, 0x333333, 0xFFFFFF), FRAGMENTS(0xECECFF, 0x9370DB, 0x000000),
               ACTIVATIONS(0xF4F4F4, 0x666666), NOTES(0xFFF5AD, 0xAAAA33, 0x000000),
               BLOCKS(0xF9FFEC, 0xFFFFDE, 0xAAAA33), MERMAID_C4},
};

static const nc_theme mermaid_neutral = {
    .name = "neutral",
    .dark = false,
    .colors = {GENERAL(0xFFFFFF, 0x000000, 0x333333, 0x666666), NODES(0xEEEEEE, 0x999999, 0x000000),
               CLUSTERS(0xFCFCFC, 0x707070, 0x333333), LABELS(0xFFFFFF, 0x000000),
               ACTORS(0xEEEEEE, 0xD4D4D4, 0x333333, 0xD4D4D4),
               SIGNALS(0x333333, 0x333333, 0xFFFFFF), FRAGMENTS(0xEEEEEE, 0xD4D4D4, 0x333333),
               ACTIVATIONS(0xF4F4F4, 0x666666), NOTES(0x666666, 0x999999, 0xFFFFFF),
               BLOCKS(0xEEEEEE, 0xFCFCFC, 0x707070), MERMAID_C4},
};

static const nc_theme mermaid_dark = {
    .name = "dark",
    .dark = true,
    .colors = {GENERAL(0x333333, 0xCCCCCC, 0xF9FFFE, 0xD3D3D3), NODES(0x1F2020, 0xCCCCCC, 0xCCCCCC),
               CLUSTERS(0x474949, 0x666666, 0xF9FFFE), LABELS(0x585858, 0xCCCCCC),
               ACTORS(0x1F2020, 0xCCCCCC, 0xD3D3D3, 0xCCCCCC),
               SIGNALS(0xD3D3D3, 0xD3D3D3, 0x000000), FRAGMENTS(0x1F2020, 0xCCCCCC, 0xD3D3D3),
               ACTIVATIONS(0x474949, 0xCCCCCC), NOTES(0x474949, 0x2F2F2F, 0xB8B6B6),
               BLOCKS(0x201F1F, 0x474949, 0x666666), MERMAID_C4},
};

static const nc_theme mermaid_forest = {
    .name = "forest",
    .dark = false,
    .colors = {GENERAL(0xFFFFFF, 0x000000, 0x333333, 0x000000), NODES(0xCDE498, 0x13540C, 0x000000),
               CLUSTERS(0xCDFFB2, 0x6EAA49, 0x333333), LABELS(0xE8E8E8, 0x000000),
               ACTORS(0xCDE498, 0xA6CF47, 0x000000, 0xA6CF47),
               SIGNALS(0x333333, 0x333333, 0xFFFFFF), FRAGMENTS(0xCDE498, 0x326932, 0x000000),
               ACTIVATIONS(0xF4F4F4, 0x666666), NOTES(0xFFF5AD, 0x6EAA49, 0x000000),
               BLOCKS(0xE1EFC0, 0xCDFFB2, 0x6EAA49), MERMAID_C4},
};

static const nc_theme mermaid_base = {
    .name = "base",
    .dark = false,
    .colors = {GENERAL(0xF4F4F4, 0x333333, 0x090600, 0x0B0B0B), NODES(0xFFF4DD, 0xEEDDBB, 0x333333),
               CLUSTERS(0xF6F9FF, 0xCFDBF3, 0x090600), LABELS(0xF4DDFF, 0x333333),
               ACTORS(0xFFF4DD, 0xEEDDBB, 0x333333, 0xEEDDBB),
               SIGNALS(0x333333, 0x333333, 0xF4F4F4), FRAGMENTS(0xFFF4DD, 0xEEDDBB, 0x333333),
               ACTIVATIONS(0xF4DDFF, 0xE3AAFF), NOTES(0xFFF5AD, 0xE4DB95, 0x333333),
               BLOCKS(0xF6F9FF, 0xF6F9FF, 0xCFDBF3), MERMAID_C4},
};

static const nc_theme mermaid_neo = {
    .name = "neo",
    .dark = false,
    .colors = {GENERAL(0xFFFFFF, 0x333333, 0x000000, 0x000000), NODES(0xFFFFFF, 0x000000, 0x333333),
               CLUSTERS(0xFFFFFF, 0xE6E6E6, 0x000000), LABELS(0xCCCCCC, 0x333333),
               ACTORS(0xFFFFFF, 0xB3B3B3, 0x333333, 0xB3B3B3),
               SIGNALS(0x333333, 0x333333, 0xFFFFFF), FRAGMENTS(0xFFFFFF, 0xB3B3B3, 0x333333),
               ACTIVATIONS(0xCCCCCC, 0xB3B3B3), NOTES(0xFFF5AD, 0xE4DB95, 0x333333),
               BLOCKS(0xF5F5F5, 0xFFFFFF, 0xE6E6E6), MERMAID_C4},
};

static const nc_theme mermaid_neo_dark = {
    .name = "neo-dark",
    .dark = true,
    .colors = {GENERAL(0x333333, 0xCCCCCC, 0xDFE0E0, 0xCCCCCC), NODES(0x2A2020, 0xCCCCCC, 0xE0DFDF),
               CLUSTERS(0x201F1F, 0x060606, 0xDFE0E0), LABELS(0x474949, 0xCCCCCC),
               ACTORS(0x2A2020, 0xCCCCCC, 0xE0DFDF, 0xCCCCCC),
               SIGNALS(0xCCCCCC, 0xCCCCCC, 0x333333), FRAGMENTS(0x2A2020, 0xCCCCCC, 0xE0DFDF),
               ACTIVATIONS(0x474949, 0x2E3030), NOTES(0xFFF5AD, 0xE4DB95, 0x333333),
               BLOCKS(0x201F1F, 0x201F1F, 0x060606), MERMAID_C4},
};

#define REDUX(theme_name, tints)                                                                   \
    {                                                                                              \
        .name = theme_name, .dark = false, .colors = {                                             \
            GENERAL(0xFFFFFF, 0x28253D, 0x000000, 0x000000),                                       \
            NODES(0xFFFFFF, 0x28253D, 0x28253D),                                                   \
            tints,                                                                                 \
            SET(CLUSTER_LINE, 0xBDBCCC),                                                           \
            SET(CLUSTER_TEXT, 0x000000),                                                           \
            LABELS(0xCCCCCC, 0x28253D),                                                            \
            ACTORS(0xFFFFFF, 0x28253D, 0x28253D, 0x28253D),                                        \
            SIGNALS(0x28253D, 0x28253D, 0xFFFFFF),                                                 \
            FRAGMENTS(0xFFFFFF, 0x28253D, 0x28253D),                                               \
            ACTIVATIONS(0xCCCCCC, 0xB3B3B3),                                                       \
            NOTES(0xFFF5AD, 0xFACC15, 0x28253D),                                                   \
            BLOCKS(0xF5F5F5, 0xF9F9FB, 0xBDBCCC),                                                  \
            MERMAID_C4                                                                             \
        }                                                                                          \
    }
static const nc_theme mermaid_redux =
    REDUX("redux", CLUSTER_TINTS(0xF9F9FB, 0xF9F9FB, 0xF9F9FB, 0xF9F9FB));
/* Its palette of twelve, cut to the tints a theme has. */
static const nc_theme mermaid_redux_color =
    REDUX("redux-color", CLUSTER_TINTS(0xFDF4FF, 0xF0FDFA, 0xFFF7ED, 0xECFEFF));

#define REDUX_DARK(theme_name)                                                                     \
    {                                                                                              \
        .name = theme_name, .dark = true, .colors = {                                              \
            GENERAL(0x333333, 0xCCCCCC, 0xDFE0E0, 0xCCCCCC),                                       \
            NODES(0x111113, 0xFFFFFF, 0xE0DFDF),                                                   \
            CLUSTERS(0x1E1A2E, 0xBDBCCC, 0xDFE0E0),                                                \
            LABELS(0x474949, 0xCCCCCC),                                                            \
            ACTORS(0x111113, 0xFFFFFF, 0xE0DFDF, 0xFFFFFF),                                        \
            SIGNALS(0xFFFFFF, 0xCCCCCC, 0x333333),                                                 \
            FRAGMENTS(0x111113, 0xBDBCCC, 0xE0DFDF),                                               \
            ACTIVATIONS(0x474949, 0x2E3030),                                                       \
            NOTES(0xFEF9C3, 0xFACC15, 0x28253D),                                                   \
            BLOCKS(0x201F1F, 0x1E1A2E, 0xBDBCCC),                                                  \
            MERMAID_C4                                                                             \
        }                                                                                          \
    }
static const nc_theme mermaid_redux_dark = REDUX_DARK("redux-dark");
static const nc_theme mermaid_redux_dark_color = REDUX_DARK("redux-dark-color");

static const nc_theme *const themes[] = {
    &nacre_light,
    &nacre_dark,
    &mermaid_default,
    &mermaid_neutral,
    &mermaid_dark,
    &mermaid_forest,
    &mermaid_base,
    &mermaid_neo,
    &mermaid_neo_dark,
    &mermaid_redux,
    &mermaid_redux_dark,
    &mermaid_redux_color,
    &mermaid_redux_dark_color,
};

/* The names of `themes`, in their order. */
static const nc_sv names[] = {
    NC_SV_INIT("nacre"),
    NC_SV_INIT("nacre-dark"),
    NC_SV_INIT("default"),
    NC_SV_INIT("neutral"),
    NC_SV_INIT("dark"),
    NC_SV_INIT("forest"),
    NC_SV_INIT("base"),
    NC_SV_INIT("neo"),
    NC_SV_INIT("neo-dark"),
    NC_SV_INIT("redux"),
    NC_SV_INIT("redux-dark"),
    NC_SV_INIT("redux-color"),
    NC_SV_INIT("redux-dark-color"),
};
static_assert(NC_COUNT(names) == NC_COUNT(themes), "a theme has no name");

const nc_theme *nc_theme_lookup(nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(themes); i++) {
        if (nc_sv_eq(name, names[i]))
            return themes[i];
    }
    return NULL;
}

const nc_sv *nc_theme_names(size_t *len)
{
    *len = NC_COUNT(names);
    return names;
}
