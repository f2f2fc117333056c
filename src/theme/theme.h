/*
 * Themes: what colour each part of a drawing has. Composers ask for tokens, never for colours, so
 * that one scene can be painted for light and dark at once (`--theme auto`).
 */
#ifndef NC_THEME_H
#define NC_THEME_H

#include "base/diag.h"

/* 8 bits each; a 0 is nothing at all, 255 opaque. */
typedef struct nc_rgba {
    uint8_t r, g, b, a;
} nc_rgba;

typedef enum nc_token {
    NC_TOKEN_NONE, /* a colour the author wrote */
    NC_TOKEN_GROUND,
    NC_TOKEN_INK,
    NC_TOKEN_MUTED,
    NC_TOKEN_EDGE,
    NC_TOKEN_NODE_FILL,
    NC_TOKEN_NODE_LINE,
    NC_TOKEN_NODE_TEXT,
    NC_TOKEN_CLUSTER_FILL,
    NC_TOKEN_CLUSTER_FILL_2, /* quiet tints of clusters that follow each other */
    NC_TOKEN_CLUSTER_FILL_3,
    NC_TOKEN_CLUSTER_FILL_4,
    NC_TOKEN_CLUSTER_LINE,
    NC_TOKEN_CLUSTER_TEXT,
    NC_TOKEN_LABEL_GROUND,
    NC_TOKEN_LABEL_TEXT,
    NC_TOKEN_TITLE,
    NC_TOKEN_ACCENT,
    NC_TOKEN_ACTOR_FILL, /* sequence */
    NC_TOKEN_ACTOR_LINE,
    NC_TOKEN_ACTOR_TEXT,
    NC_TOKEN_LIFELINE,
    NC_TOKEN_SIGNAL,
    NC_TOKEN_SIGNAL_TEXT,
    NC_TOKEN_NOTE_FILL,
    NC_TOKEN_NOTE_LINE,
    NC_TOKEN_NOTE_TEXT,
    NC_TOKEN_FRAGMENT_LINE,
    NC_TOKEN_FRAGMENT_TAB,
    NC_TOKEN_FRAGMENT_TEXT,
    NC_TOKEN_ACTIVATION_FILL,
    NC_TOKEN_ACTIVATION_LINE,
    NC_TOKEN_NUMBER_FILL,
    NC_TOKEN_NUMBER_TEXT,
    NC_TOKEN_RECT_FILL,
    NC_TOKEN_BOX_FILL,
    NC_TOKEN_BOX_LINE,
    NC_TOKEN_PERSON_FILL, /* C4 */
    NC_TOKEN_PERSON_LINE,
    NC_TOKEN_PERSON_TEXT,
    NC_TOKEN_SYSTEM_FILL,
    NC_TOKEN_SYSTEM_LINE,
    NC_TOKEN_SYSTEM_TEXT,
    NC_TOKEN_CONTAINER_FILL,
    NC_TOKEN_CONTAINER_LINE,
    NC_TOKEN_CONTAINER_TEXT,
    NC_TOKEN_COMPONENT_FILL,
    NC_TOKEN_COMPONENT_LINE,
    NC_TOKEN_COMPONENT_TEXT,
    NC_TOKEN_EXTERNAL_FILL,
    NC_TOKEN_EXTERNAL_LINE,
    NC_TOKEN_EXTERNAL_TEXT,
    NC_TOKEN_BOUNDARY_LINE,
    NC_TOKEN_BOUNDARY_TEXT,
    NC_TOKEN_COUNT
} nc_token;

/* What a path or text is painted with. Neither token nor alpha: not painted. */
typedef struct nc_paint {
    nc_token token;
    nc_rgba color; /* when token is NC_TOKEN_NONE */
    uint8_t slot; /* 1 to NC_PALETTE_LEN: one of several like things, where themes have a palette */
} nc_paint;

enum { NC_PALETTE_LEN = 12 };

/* The same paint for the nth of several like things, from 0. */
static inline nc_paint nc_paint_nth(nc_paint paint, uint32_t n)
{
    paint.slot = (uint8_t)(n % NC_PALETTE_LEN + 1);
    return paint;
}

#define NC_PAINT(name) ((nc_paint){.token = NC_TOKEN_##name})
#define NC_NO_PAINT    ((nc_paint){0})

static inline bool nc_paint_is_none(nc_paint p)
{
    return p.token == NC_TOKEN_NONE && p.color.a == 0;
}

/* "node-fill" of NC_TOKEN_NODE_FILL: in dumps and in the CSS of two-sided pictures. */
const char *nc_token_name(nc_token token);

typedef struct nc_theme {
    nc_sv name;
    bool dark;
    bool palette, palette_fills; /* lines, and fills too, of the nth thing come from the palette */
    nc_rgba colors[NC_TOKEN_COUNT];
    /* of the look `neo`: px, and the colour of what lies under a thing */
    double line_width, radius;
    nc_rgba shadow;
} nc_theme;

struct nc_value; /* source/value.h */

/* What an author changes of a theme: maps of Mermaid's themeVariables. */
typedef struct nc_theme_change {
    const struct nc_value *const *sources; /* colours that others follow from, weakest first */
    uint32_t source_len;
    const struct nc_value *overlay; /* laid over the result; NULL: nothing */
} nc_theme_change;

/* The theme of that name with changes (NULL: none). False, and *out as it was, for an unknown one. */
NC_MUST_USE bool nc_theme_make(nc_theme *out, nc_sv name, const nc_theme_change *change);
/* The nth name, in a stable order; empty behind the last. */
nc_sv nc_theme_name(size_t n);
/* The name that a misspelt one may mean; empty when none is near. */
nc_sv nc_theme_nearest(nc_sv name);
/* Warn of variables that there are none of, and of values that are no colours. */
void nc_theme_check(const struct nc_value *variables, nc_diags *d);

nc_rgba nc_theme_color(const nc_theme *theme, nc_paint paint);

/* A CSS colour: #rgb(a), #rrggbb(aa), rgb(), rgba(), hsl(), hsla(), a name, transparent. */
NC_MUST_USE bool nc_color_parse(nc_rgba *out, nc_sv text);
/* The colour name that a misspelt one may mean; empty when none is near. */
nc_sv nc_color_nearest(nc_sv text);
/* WCAG 2 contrast ratio of two opaque colours, 1 to 21. */
double nc_color_contrast(nc_rgba a, nc_rgba b);
/* Of a relative luminance below a half. */
bool nc_color_is_dark(nc_rgba color);

#endif
