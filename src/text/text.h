/*
 * Text: labels become lines of glyph runs with sizes. Units: px at scale 1, y down.
 *
 * The short road: the embedded faces, left to right, simple scripts, broken at spaces, hyphens and
 * soft hyphens. No ligatures, no contextual alternates: one glyph a character. Paragraphs that need
 * more take the road of engine.h, whose fonts and rules come from pango; what no font has, or what
 * may not be looked for, is shaped as the embedded missing-glyph box. Both are reported once a
 * diagram (NC_RULE_FALLBACK_FONT, NC_RULE_MISSING_GLYPHS).
 */
#ifndef NC_TEXT_H
#define NC_TEXT_H

#include "base/buf.h"
#include "base/diag.h"
#include "model/label.h"

struct nc_icon;      /* icon/icon.h */
struct nc_icon_book; /* likewise */

typedef enum nc_face {
    NC_FACE_REGULAR,
    NC_FACE_SEMIBOLD,
    NC_FACE_ITALIC,
    NC_FACE_MONO,
    NC_FACE_COUNT
} nc_face;

typedef struct nc_font_info {
    const char *family;  /* "Inter" */
    const char *version; /* of the source font */
    uint32_t hash;       /* of the embedded bytes */
    int weight;          /* CSS */
    bool italic;
} nc_font_info;

nc_font_info nc_face_info(nc_face face);
/* The embedded font file; it stays for the whole process. */
nc_sv nc_face_bytes(nc_face face);

/* The faces of one context: opened on first use, kept; not for two threads at once. */
typedef struct nc_fonts nc_fonts;
nc_fonts *nc_fonts_new(const nc_alloc *from);
void nc_fonts_drop(nc_fonts *fonts);
/*
 * Whether fonts of the system may be used, and where libnacre-cairo.so lies that knows them
 * (module/module.h; borrowed until the next call). At first they may not.
 */
void nc_fonts_allow_system(nc_fonts *fonts, bool allowed, const char *module_folder);

/* A font of the system, for what the embedded faces lack. It lives as long as the fonts. */
typedef struct nc_fallback_font {
    const char *family; /* "Noto Sans Arabic" */
    int weight;         /* CSS */
    bool italic;
    bool color;              /* glyphs have colours of their own */
    struct hb_font_t *shape; /* scaled to its own units */
    double em;               /* px of such a unit at size 1 */
} nc_fallback_font;

typedef enum nc_decoration { NC_UNDERLINE = 1u << 0, NC_STRIKE = 1u << 1 } nc_decoration;

/* Glyphs of one font and size that stand in a row; or one icon. */
typedef struct nc_glyph_run {
    nc_sv text; /* the UTF-8 they stand for, without trailing blanks at a line's end */
    /* Instead of glyphs (len is 0): width by size px, NC_ICON_DROP em of it below the baseline. */
    const struct nc_icon *icon;
    const nc_fallback_font *font; /* NULL: the embedded face */
    nc_face face;
    bool rtl; /* the text reads from right to left; glyphs still go from left to right */
    double size;
    double x, dy; /* origin: from the line's left end; dy down from its baseline (sub, sup) */
    double width;
    unsigned decoration;
    const uint32_t *glyphs; /* glyph ids of the font or face */
    const double *xs;       /* of each glyph, from the run's origin */
    const double *ys;       /* down from it; NULL: all 0 */
    const uint32_t *bytes;  /* of text: where the cluster of each glyph begins; NULL: one a char */
    uint32_t len;
} nc_glyph_run;

/* So that the middle of an icon is that of the capitals beside it. */
static const double NC_ICON_DROP = 0.14;

typedef struct nc_text_line {
    double width;
    double baseline; /* from the block's top */
    nc_glyph_run *runs;
    uint32_t len;
} nc_text_line;

/* A measured label. w is the widest line's; h the sum of the line heights. */
typedef struct nc_text {
    double w, h;
    nc_text_line *lines;
    uint32_t len; /* 0 when there is nothing to show */
} nc_text;

typedef struct nc_text_style {
    nc_face face;
    double size;
    double line_height; /* in em; 0 means 1.35 */
    double max_width;   /* lines are wrapped at it and balanced; 0: never; a longer word is kept */
    bool break_words;   /* a word wider than max_width is broken */
} nc_text_style;

/*
 * Measuring for one diagram: the same (text, markup, style) is measured once. Without fonts texts
 * are measured in cells of a terminal, max_width too; size and line height are not read.
 */
typedef struct nc_measure nc_measure;
nc_measure *nc_measure_new(nc_arena *a, nc_fonts *fonts, nc_diags *d);
/*
 * Before anything is measured: the family (a CSS list) that texts are to be set in where the machine
 * has it, else NC_RULE_FONT_FAMILY is reported at `at`. Generic names and the embedded family's
 * own mean the embedded faces. False without memory.
 */
NC_MUST_USE bool nc_measure_family(nc_measure *m, nc_sv css, nc_span at);
/* Where the icons in labels (`fa:fa-car`) come from; without it they are words. */
void nc_measure_icons(nc_measure *m, struct nc_icon_book *icons);
/* The text whose letters tell in which language ideographs are to be read. */
void nc_measure_language(nc_measure *m, nc_sv text);

/*
 * *out is shared and lives as long as the arena. m NULL: *out is empty, nothing is measured. False
 * without memory.
 */
NC_MUST_USE bool nc_text_measure(const nc_text **out, nc_measure *m, const nc_label *label,
                                 const nc_text_style *style);

/* Report the icons of a label that there are not, without measuring it. False without memory. */
NC_MUST_USE bool nc_text_check_icons(struct nc_icon_book *icons, nc_arena *a,
                                     const nc_label *label);

/* The label as one line of plain words, for titles, alt texts and ids: markup gone. */
NC_MUST_USE bool nc_text_plain(nc_sv *out, nc_arena *a, const nc_label *label);

/* The text as it is, with U+FFFD for what is no character (utf8.h); text itself when all are. */
NC_MUST_USE bool nc_text_clean(nc_sv *out, nc_arena *a, nc_sv text);

/* What a picture shows of each face: its characters and the neighbours that are kerned. */
typedef struct nc_font_use nc_font_use;
nc_font_use *nc_font_use_new(nc_arena *a, nc_fonts *fonts);
NC_MUST_USE bool nc_font_use_add(nc_font_use *use, const nc_text *text);
bool nc_font_use_has(const nc_font_use *use, nc_face face);
/* The system's fonts in order of first use, NULL behind the last. */
const nc_fallback_font *nc_font_use_fallback(const nc_font_use *use, uint32_t index);
/* The place of a font that is among them. */
uint32_t nc_font_use_index(const nc_font_use *use, const nc_fallback_font *font);

/*
 * An OpenType file (CFF outlines) with just that of a face: no GSUB, kerning of those neighbours
 * only. The same use gives the same bytes; they are cached in fonts by it. *out is borrowed until
 * the fonts are dropped. False without memory.
 */
NC_MUST_USE bool nc_font_subset(nc_sv *out, nc_fonts *fonts, nc_face face, nc_font_use *use);
/*
 * The same for fallback font `index`, whole glyphs with the rules that join and replace them. Empty
 * when the font does not let itself be cut.
 */
NC_MUST_USE bool nc_fallback_subset(nc_sv *out, nc_fonts *fonts, nc_font_use *use, uint32_t index);

#endif
