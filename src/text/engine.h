/*
 * The second road of text: what the embedded faces cannot set alone. libnacre-cairo.so carries it,
 * since pango and fontconfig cost more to load than a picture to draw.
 *
 * The engine answers what Unicode and the machine's fonts say about a paragraph: which font has each
 * character, directions, scripts, places to break, the order of pieces in a line. Shaping and
 * filling lines is the same code for both roads, so that they agree on every width. The embedded
 * faces are never made known to fontconfig: whether they have a character is asked first.
 */
#ifndef NC_TEXT_ENGINE_H
#define NC_TEXT_ENGINE_H

#include "base/buf.h"
#include "text/text.h"

typedef struct nc_text_engine nc_text_engine;

/* Bytes [start, end) that are set in the manner of a face. */
typedef struct nc_engine_span {
    uint32_t start, end;
    nc_face face;
} nc_engine_span;

/* What is known of a character; it stands at the character's first byte. */
typedef struct nc_engine_char {
    const nc_fallback_font *font; /* NULL: the machine has none for it */
    uint32_t script;              /* ISO 15924, as a HarfBuzz tag */
    uint8_t level;                /* of embedding: odd is right to left */
    bool wanted;                  /* font is of the family that was asked for */
    bool breaks;                  /* a line may end before it */
    bool starts;                  /* a cluster that readers take for one character begins here */
} nc_engine_char;

typedef struct nc_engine_paragraph {
    nc_sv text; /* no line ends */
    const nc_engine_span *spans;
    uint32_t span_len;
    const char *family;   /* asked for, as find_family gave it; NULL: any */
    const char *language; /* of ideographs, BCP 47; NULL: unknown */
} nc_engine_paragraph;

/* The engine belongs to one thread at a time, as do its fonts. */
typedef struct nc_text_calls {
    /* NULL: the machine has no fonts at all, or memory is out. */
    nc_text_engine *(*open)(void);
    void (*drop)(nc_text_engine *engine);
    /*
     * The first family of a list that the machine has: its own spelling, kept with the engine.
     * NULL: none of them.
     */
    const char *(*find_family)(nc_text_engine *engine, const nc_sv *names, uint32_t len);
    /* Fills out, an entry a byte of the text. False without memory. */
    bool (*analyse)(nc_engine_char *out, nc_text_engine *engine, const nc_engine_paragraph *p);
    /* The order, left to right, of pieces of a line with these levels. False without memory. */
    bool (*reorder)(uint32_t *order, const uint8_t *levels, uint32_t len);
    /*
     * Appends a font file that sets texts of just these characters (rising) as the whole font does.
     * False when it cannot be made; out->failed tells want of memory.
     */
    bool (*subset)(nc_buf *out, const nc_fallback_font *font, const uint32_t *codes, uint32_t len);
} nc_text_calls;

#endif
