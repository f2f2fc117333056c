/*
 * Text: labels become lines of glyph runs with sizes. Units: px at scale 1, y down.
 *
 * The HarfBuzz road: the embedded faces, left to right, simple scripts, broken at spaces, hyphens
 * and soft hyphens. No ligatures, no contextual alternates: one glyph a character. What the faces
 * lack is shaped as their missing-glyph box and reported once (NC_RULE_MISSING_GLYPHS).
 */
#ifndef NC_TEXT_H
#define NC_TEXT_H

#include "base/buf.h"
#include "base/diag.h"
#include "model/label.h"

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

typedef enum nc_decoration { NC_UNDERLINE = 1u << 0, NC_STRIKE = 1u << 1 } nc_decoration;

/* Glyphs of one face and size that stand in a row. */
typedef struct nc_glyph_run {
    nc_sv text; /* the UTF-8 they stand for, without trailing blanks at a line's end */
    nc_face face;
    double size;
    double x, dy; /* origin: from the line's left end; dy down from its baseline (sub, sup) */
    double width;
    unsigned decoration;
    const uint32_t *glyphs; /* glyph ids of the embedded face */
    const double *xs;       /* of each glyph, from the run's origin */
    uint32_t len;
} nc_glyph_run;

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

/* Measuring for one diagram: the same (text, markup, style) is measured once. */
typedef struct nc_measure nc_measure;
nc_measure *nc_measure_new(nc_arena *a, nc_fonts *fonts, nc_diags *d);

/*
 * *out is shared and lives as long as the arena. m NULL: *out is empty, nothing is measured. False
 * without memory.
 */
NC_MUST_USE bool nc_text_measure(const nc_text **out, nc_measure *m, const nc_label *label,
                                 const nc_text_style *style);

/* The label as one line of plain words, for titles, alt texts and ids: markup gone. */
NC_MUST_USE bool nc_text_plain(nc_sv *out, nc_arena *a, const nc_label *label);

/* What a picture shows of each face: its characters and the neighbours that are kerned. */
typedef struct nc_font_use nc_font_use;
nc_font_use *nc_font_use_new(nc_arena *a, nc_fonts *fonts);
NC_MUST_USE bool nc_font_use_add(nc_font_use *use, const nc_text *text);
bool nc_font_use_has(const nc_font_use *use, nc_face face);

/*
 * An OpenType file (CFF outlines) with just that of a face: no GSUB, kerning of those neighbours
 * only. The same use gives the same bytes; they are cached in fonts by it. *out is borrowed until
 * the fonts are dropped. False without memory.
 */
NC_MUST_USE bool nc_font_subset(nc_sv *out, nc_fonts *fonts, nc_face face, nc_font_use *use);

#endif
