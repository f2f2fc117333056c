#include "theme/style.h"
#include "theme/variables.h"

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
static const nc_rgba light[NC_TOKEN_COUNT] = {
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
    SET(EXTERNAL_FILL, 0x66707D),   SET(EXTERNAL_LINE, 0x1F262E),
    SET(EXTERNAL_TEXT, 0xFFFFFF),   SET(BOUNDARY_LINE, 0x6B7684),
    SET(BOUNDARY_TEXT, 0x566173),
};

static const nc_rgba dark[NC_TOKEN_COUNT] = {
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
    SET(EXTERNAL_FILL, 0x5D6774),   SET(EXTERNAL_LINE, 0xC3CCD8),
    SET(EXTERNAL_TEXT, 0xFFFFFF),   SET(BOUNDARY_LINE, 0x8A97A8),
    SET(BOUNDARY_TEXT, 0x9AA7B8),
};

/*
 * Mermaid's C4 colours come from its configuration, not from its themes, and are the same in all of
 * them. Mermaid writes white on everything; on its light component blue nobody can read that, so
 * components take C4-PlantUML's black. All external elements take the grey of external people,
 * the one that carries white text.
 */
static const nc_rgba mermaid_c4[NC_TOKEN_COUNT] = {
    SET(PERSON_FILL, 0x08427B),    SET(PERSON_LINE, 0x073B6F),    SET(PERSON_TEXT, 0xFFFFFF),
    SET(SYSTEM_FILL, 0x1168BD),    SET(SYSTEM_LINE, 0x3C7FC0),    SET(SYSTEM_TEXT, 0xFFFFFF),
    SET(CONTAINER_FILL, 0x438DD5), SET(CONTAINER_LINE, 0x3C7FC0), SET(CONTAINER_TEXT, 0xFFFFFF),
    SET(COMPONENT_FILL, 0x85BBF0), SET(COMPONENT_LINE, 0x78A8D8), SET(COMPONENT_TEXT, 0x000000),
    SET(EXTERNAL_FILL, 0x686868),  SET(EXTERNAL_LINE, 0x8A8A8A),  SET(EXTERNAL_TEXT, 0xFFFFFF),
};

/* The variable a token takes its colour from; a second one where the first may have none. */
typedef struct source {
    nc_token token;
    nc_variable variable, otherwise;
} source;

#define FROM(token, variable)                                                                      \
    {                                                                                              \
        NC_TOKEN_##token, NC_VAR_##variable, NC_VAR_##variable                                     \
    }
static const source from[] = {
    FROM(GROUND, BACKGROUND),
    FROM(INK, TEXT_COLOR),
    FROM(MUTED, TEXT_COLOR),
    FROM(EDGE, LINE_COLOR),
    FROM(TITLE, TEXT_COLOR),
    FROM(ACCENT, LINE_COLOR),
    FROM(NODE_FILL, MAIN_BKG),
    FROM(NODE_LINE, NODE_BORDER),
    {NC_TOKEN_NODE_TEXT, NC_VAR_NODE_TEXT_COLOR, NC_VAR_TEXT_COLOR},
    FROM(CLUSTER_FILL, CLUSTER_BKG),
    FROM(CLUSTER_FILL_2, CLUSTER_BKG),
    FROM(CLUSTER_FILL_3, CLUSTER_BKG),
    FROM(CLUSTER_FILL_4, CLUSTER_BKG),
    FROM(CLUSTER_LINE, CLUSTER_BORDER),
    FROM(CLUSTER_TEXT, TITLE_COLOR),
    FROM(LABEL_GROUND, EDGE_LABEL_BACKGROUND),
    FROM(LABEL_TEXT, TEXT_COLOR),
    FROM(ACTOR_FILL, ACTOR_BKG),
    FROM(ACTOR_LINE, ACTOR_BORDER),
    FROM(ACTOR_TEXT, ACTOR_TEXT_COLOR),
    FROM(LIFELINE, ACTOR_LINE_COLOR),
    FROM(SIGNAL, SIGNAL_COLOR),
    FROM(SIGNAL_TEXT, SIGNAL_TEXT_COLOR),
    FROM(NOTE_FILL, NOTE_BKG_COLOR),
    FROM(NOTE_LINE, NOTE_BORDER_COLOR),
    FROM(NOTE_TEXT, NOTE_TEXT_COLOR),
    FROM(FRAGMENT_LINE, LABEL_BOX_BORDER_COLOR),
    FROM(FRAGMENT_TAB, LABEL_BOX_BKG_COLOR),
    FROM(FRAGMENT_TEXT, LOOP_TEXT_COLOR),
    FROM(ACTIVATION_FILL, ACTIVATION_BKG_COLOR),
    FROM(ACTIVATION_LINE, ACTIVATION_BORDER_COLOR),
    FROM(NUMBER_FILL, SIGNAL_COLOR),
    FROM(NUMBER_TEXT, SEQUENCE_NUMBER_COLOR),
    FROM(RECT_FILL, RECT_BKG_COLOR),
    FROM(BOX_FILL, CLUSTER_BKG),
    FROM(BOX_LINE, CLUSTER_BORDER),
    FROM(BOUNDARY_LINE, LINE_COLOR),
    FROM(BOUNDARY_TEXT, TEXT_COLOR),
};

/* The palette of Mermaid's redux-color and redux-dark-color. */
static const nc_rgba palette_lines[] = {
    RGB(0xE879F9), RGB(0x2DD4BF), RGB(0xFB923C), RGB(0x22D3EE), RGB(0x4ADE80), RGB(0xA78BFA),
    RGB(0xF87171), RGB(0xFACC15), RGB(0x818CF8), RGB(0xA3E635), RGB(0x38BDF8), RGB(0xFB7185),
};
static const nc_rgba palette_fills[] = {
    RGB(0xFDF4FF), RGB(0xF0FDFA), RGB(0xFFF7ED), RGB(0xECFEFF), RGB(0xF0FDF4), RGB(0xF5F3FF),
    RGB(0xFEF2F2), RGB(0xFEFCE8), RGB(0xEEF2FF), RGB(0xF7FEE7), RGB(0xF0F9FF), RGB(0xFFF1F2),
};
static_assert(NC_COUNT(palette_lines) == NC_PALETTE_LEN, "a slot has no line");
static_assert(NC_COUNT(palette_fills) == NC_PALETTE_LEN, "a slot has no fill");

static bool is_line(nc_token token)
{
    return token == NC_TOKEN_CLUSTER_LINE || token == NC_TOKEN_ACTOR_LINE ||
           token == NC_TOKEN_ACTIVATION_LINE;
}

nc_rgba nc_theme_color(const nc_theme *theme, nc_paint paint)
{
    if (paint.token == NC_TOKEN_NONE)
        return paint.color;
    if (paint.slot && theme->palette && is_line(paint.token))
        return palette_lines[paint.slot - 1];
    if (paint.slot && theme->palette_fills && !is_line(paint.token))
        return palette_fills[paint.slot - 1];
    return theme->colors[paint.token];
}

static const nc_theme_class *class_named(nc_sv name)
{
    size_t len;
    const nc_theme_class *classes = nc_theme_classes(&len);
    for (size_t i = 0; i < len; i++)
        if (nc_sv_eq(classes[i].name, name))
            return &classes[i];
    return NULL;
}

nc_sv nc_theme_name(size_t n)
{
    size_t len;
    const nc_theme_class *classes = nc_theme_classes(&len);
    return n < len ? classes[n].name : (nc_sv){0};
}

nc_sv nc_theme_nearest(nc_sv name)
{
    enum { MOST = 32 };
    nc_sv names[MOST];
    size_t len = 0;
    while (len < MOST && nc_theme_name(len).len) {
        names[len] = nc_theme_name(len);
        len++;
    }
    if (len < MOST)
        names[len++] = NC_SV("auto");
    return nc_nearest(name, names, len);
}

static nc_rgba color_from(const nc_variables *v, const source *s)
{
    return nc_mix_round(v->value[v->set[s->variable] ? s->variable : s->otherwise]);
}

/* Colours that let something through are the mixture with what they lie on: labels cover lines. */
static nc_rgba opaque(nc_rgba color, nc_rgba ground)
{
    const nc_rgba white = {255, 255, 255, 255};
    return nc_color_over(color, nc_color_over(ground, white));
}

static void take_person(nc_theme *theme, const nc_variables *v)
{
    if (v->given[NC_VAR_PERSON_BKG]) {
        theme->colors[NC_TOKEN_PERSON_FILL] = nc_mix_round(v->value[NC_VAR_PERSON_BKG]);
        theme->colors[NC_TOKEN_PERSON_LINE] = theme->colors[NC_TOKEN_PERSON_FILL];
        theme->colors[NC_TOKEN_PERSON_TEXT] =
            nc_color_readable(theme->colors[NC_TOKEN_PERSON_FILL]);
    }
    if (v->given[NC_VAR_PERSON_BORDER])
        theme->colors[NC_TOKEN_PERSON_LINE] = nc_mix_round(v->value[NC_VAR_PERSON_BORDER]);
}

/* nacre's own themes have their colours already; only what an author touched is taken over. */
static void take(nc_theme *theme, const nc_variables *v, bool only_touched)
{
    for (size_t i = 0; i < NC_COUNT(from); i++) {
        const source *s = &from[i];
        if (only_touched && !v->touched[s->variable])
            continue;
        nc_rgba color = color_from(v, s);
        if (s->token != NC_TOKEN_GROUND)
            color = opaque(color, nc_mix_round(v->value[NC_VAR_BACKGROUND]));
        theme->colors[s->token] = color;
    }
    if (v->given[NC_VAR_TEXT_COLOR] && !v->touched[NC_VAR_NODE_TEXT_COLOR])
        theme->colors[NC_TOKEN_NODE_TEXT] = nc_mix_round(v->value[NC_VAR_TEXT_COLOR]);
    take_person(theme, v);
}

/* What each variable is before an author speaks, in a theme that has its own colours. */
static void seed(nc_variables *v, const nc_rgba *colors)
{
    for (size_t i = NC_COUNT(from); i-- > 0;) {
        v->value[from[i].variable] = nc_mix_from(colors[from[i].token]);
        v->set[from[i].variable] = true;
    }
    v->value[NC_VAR_PRIMARY_COLOR] = v->value[NC_VAR_MAIN_BKG];
    v->value[NC_VAR_LINE_COLOR] = nc_mix_from(colors[NC_TOKEN_EDGE]);
}

bool nc_theme_make(nc_theme *out, nc_sv name, const nc_theme_change *change)
{
    static const nc_theme_change none = {0};
    const nc_theme_class *class = class_named(name);
    nc_variables v = {0};
    if (!class)
        return false;
    const bool own = class->deriving == NC_DERIVE_TOUCHED;
    *out = (nc_theme){
        .name = class->name,
        .dark = class->dark,
        .palette = class->palette,
        .palette_fills = class->palette_fills,
        .line_width = class->line_width,
        .radius = class->radius,
        .shadow = {(uint8_t)(class->shadow >> 24), (uint8_t)(class->shadow >> 16),
                   (uint8_t)(class->shadow >> 8), (uint8_t) class->shadow},
    };
    memcpy(out->colors, own ? class->dark ? dark : light : mermaid_c4, sizeof out->colors);
    if (own)
        seed(&v, out->colors);
    change = change ? change : &none;
    nc_variables_derive(&v, class, change->sources, change->source_len, change->overlay);
    take(out, &v, own);
    return true;
}
