/*
 * nacre: Mermaid text in, pictures out. The one public header.
 *
 * Handles are opaque. `new` and `out` parameters give ownership, `drop` takes it and accepts NULL;
 * every other pointer is borrowed. Texts are UTF-8 with a length; those handed out are also
 * NUL-terminated. Lengths are px at scale 1. A context and what was made with it belong to one
 * thread at a time; contexts are independent of each other.
 */
#ifndef NACRE_H
#define NACRE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define NACRE_API __attribute__((visibility("default")))
#else
#define NACRE_API
#endif

typedef enum nacre_status {
    NACRE_OK = 0,
    NACRE_ERR_DIAGRAM, /* the text has errors: see the diagnostics */
    NACRE_ERR_NOMEM,   /* out of memory, or a budget of the options is spent */
    NACRE_ERR_USAGE,   /* options that contradict each other, name what does not exist or cannot be
                          read */
    NACRE_ERR_SINK,    /* the sink said no */
    NACRE_ERR_MODULE   /* libnacre-cairo.so is missing or failed: see the diagnostics */
} nacre_status;

typedef struct nacre_context nacre_context;
typedef struct nacre_diagram nacre_diagram;
typedef struct nacre_document nacre_document;

/*
 * Memory from the caller; NULL functions mean malloc and free. They get what nacre itself holds (the
 * libraries below use malloc) and are called on the thread that uses the context. alloc gives bytes
 * aligned as malloc's, or NULL, which becomes NACRE_ERR_NOMEM; free never gets NULL.
 */
typedef struct nacre_allocator {
    void *(*alloc)(void *payload, size_t size);
    void (*free)(void *payload, void *ptr);
    void *payload;
} nacre_allocator;

typedef enum nacre_format {
    NACRE_SVG = 0,
    NACRE_SVG_PLAIN, /* outlines only: no fonts, no CSS, the same in every viewer */
    NACRE_PNG,
    NACRE_PDF,
    NACRE_TXT,  /* box-drawing characters of Unicode for a terminal */
    NACRE_ASCII /* the same with ASCII lines; labels stay as they are */
} nacre_format;
typedef enum nacre_font_embed { NACRE_EMBED_SUBSET = 0, NACRE_EMBED_NONE } nacre_font_embed;
/* Fonts of the system show what the embedded ones lack, and the family that a document asks for. */
typedef enum nacre_fonts { NACRE_FONTS_SYSTEM = 0, NACRE_FONTS_EMBEDDED } nacre_fonts;
typedef enum nacre_stage {
    NACRE_STAGE_MODEL = 0,
    NACRE_STAGE_MERMAID, /* the model as Mermaid itself understands the text, its defects included */
    NACRE_STAGE_LAYOUT,
    NACRE_STAGE_SCENE
} nacre_stage;

/* Packs of icons that diagrams may use beside Font Awesome, which is built in. */
typedef struct nacre_icons nacre_icons;

/*
 * Gives the bytes of an image (PNG) that a diagram names to sink, which takes sink_payload; `name` is
 * what the author wrote, never a data URI or an address of the network. Returns NULL, or in a few
 * words (static) why it is not shown. Whoever reads files here must keep names below a folder.
 */
typedef const char *(*nacre_read_image)(const char *name,
                                        int (*sink)(const char *bytes, size_t len, void *payload),
                                        void *sink_payload, const void *payload);

/* Zero means default everywhere. Pointers are borrowed during the call they are given to. */
typedef struct nacre_options {
    size_t struct_size; /* set by NACRE_OPTIONS_INIT: new fields go at the end */
    nacre_format format;
    /* "auto" is "nacre" and "nacre-dark" in one SVG, as its reader prefers. NULL: the document's, else
     * "nacre" */
    const char *theme;
    /* A CSS colour or "transparent"; NULL: the theme's ground ("auto": transparent). */
    const char *background;
    nacre_font_embed font_embed;
    /* Configuration under the document's own, weakest first: texts of YAML or JSON. */
    const char *config_project; /* of the project's nacre.yaml */
    const char *config_file;    /* of a file named by the user */
    size_t max_bytes;           /* of input; 0: 16 MiB */
    const char *id_prefix;      /* of ids in the SVG; NULL: made from the picture's hash */
    size_t max_nodes;           /* participants, elements with boundaries; 0: 100,000 */
    size_t max_edges;           /* events of a sequence, relations; 0: 200,000 */
    size_t max_nesting;         /* groups in each other; 0: 200 */
    size_t max_label;           /* bytes of one text; 0: 64 KiB */
    int portable;               /* not 0: what Mermaid itself would refuse is an error too */
    double scale;               /* PNG pixels per px; 0: 2 */
    uint32_t fit_width;         /* PNG: pixels that the picture must fit into, instead of scale; */
    uint32_t fit_height;        /* 0: any */
    uint64_t max_pixels;        /* of a PNG; 0: 2^28 */
    const char *module_folder;  /* absolute: where libnacre-cairo.so lies; NULL: beside libnacre */
    nacre_fonts fonts;
    /* Wanted width / height of flowcharts and C4 diagrams, where parts of them can be placed freely;
     * 0: the document's, else 1.6. */
    double aspect;
    uint32_t repeat_actors; /* sequences: headers again after so many rows; 0: as the text says */
    uint32_t columns;       /* TXT, ASCII: cells that lines should fit into; 0: any */
    const char *css; /* a style sheet for the SVG; unsafe parts are left out with a warning */
    /* Not 0: no style element or attribute in the SVG. No font is embedded, "auto" is refused. */
    int csp;
    int embed_source; /* not 0: SVG and PNG carry the text for nacre_extract_source */
    /* These three are kept: they must outlive the diagram, or its next call with other options. */
    const nacre_icons *icons;    /* NULL: what is built in */
    nacre_read_image read_image; /* NULL: images are shown from data URIs only */
    const void *image_payload;   /* given to read_image */
} nacre_options;
#ifdef __cplusplus
#define NACRE_OPTIONS_INIT                                                                         \
    {                                                                                              \
        sizeof(nacre_options), NACRE_SVG, NULL, NULL, NACRE_EMBED_SUBSET, NULL, NULL, 0, NULL, 0,  \
            0, 0, 0, 0, 0, 0, 0, 0, NULL, NACRE_FONTS_SYSTEM, 0, 0, 0, NULL, 0, 0, NULL, NULL,     \
            NULL                                                                                   \
    }
#else
#define NACRE_OPTIONS_INIT                                                                         \
    {                                                                                              \
        .struct_size = sizeof(nacre_options)                                                       \
    }
#endif

typedef enum nacre_severity { NACRE_ERROR = 0, NACRE_WARNING } nacre_severity;

/* One thing that is wrong. Places are of the text that was given to nacre_parse. */
typedef struct nacre_diagnostic {
    nacre_severity severity;
    const char *code;    /* stable, as in docs/diagnostics.md */
    const char *message; /* one line, no control characters */
    const char *hint;    /* what to type instead, or "" */
    size_t start, end;   /* bytes [start, end) */
    size_t line, column; /* of start, from 1; columns count characters */
} nacre_diagnostic;

/* Takes bytes of the output; returns 0 to go on, anything else to stop. */
typedef int (*nacre_sink)(const char *bytes, size_t len, void *payload);

/* "0.1.0" */
NACRE_API const char *nacre_version(void);
/* Name, version and hash of an embedded font in a line; NULL when there are no more of them. */
NACRE_API const char *nacre_version_font(size_t index);
/* Names for options.theme, "auto" among them; NULL when there are no more. */
NACRE_API const char *nacre_theme_name(size_t index);

/* NULL without memory. allocator is copied; NULL means malloc and free. */
NACRE_API nacre_context *nacre_context_new(const nacre_allocator *allocator);
/* After all that was made with it. */
NACRE_API void nacre_context_drop(nacre_context *context);

typedef enum nacre_log_level {
    NACRE_LOG_DEBUG = 0, /* each diagram that is read or drawn */
    NACRE_LOG_INFO,      /* what was opened: a part of the library, the fonts of the system */
    NACRE_LOG_WARNING    /* what is missing: memory, a part of the library */
} nacre_log_level;
/* One line, borrowed during the call, which must not use the context. */
typedef void (*nacre_log)(nacre_log_level level, const char *message, void *payload);
/*
 * Tell log what the library does; NULL ends it. What is wrong with a diagram is told by its
 * diagnostics, not here.
 */
NACRE_API void nacre_context_log(nacre_context *context, nacre_log log, void *payload);

/*
 * Read one diagram. Unless it returns NACRE_ERR_NOMEM, *out is set and carries the diagnostics:
 * drop it either way. The text is copied. options may be NULL.
 */
NACRE_API nacre_status nacre_parse(nacre_diagram **out, nacre_context *context, const char *text,
                                   size_t len, const nacre_options *options);
NACRE_API void nacre_diagram_drop(nacre_diagram *diagram);

/* Checking and rendering may add warnings to those of parsing. */
NACRE_API size_t nacre_diagnostic_count(const nacre_diagram *diagram);
/* Borrowed until the diagram is rendered again or dropped; *out is zeroed when index is too large. */
NACRE_API void nacre_diagnostic_at(nacre_diagnostic *out, const nacre_diagram *diagram,
                                   size_t index);

/*
 * Warn of all that rendering would warn of, without drawing: colours, styles, links, directions that
 * contradict each other, names of options. Only what depends on fonts remains to nacre_render.
 */
NACRE_API nacre_status nacre_check(nacre_diagram *diagram, const nacre_options *options);
/* Draw a diagram without errors. options may be NULL. */
NACRE_API nacre_status nacre_render(nacre_diagram *diagram, const nacre_options *options,
                                    nacre_sink sink, void *payload);
/*
 * What the mark of such a picture says (docs/svg.md): it changes with the text, the options and the
 * way nacre draws. Written to out, cut to size bytes with its NUL; "" when the options are none.
 */
NACRE_API void nacre_diagram_mark(char *out, size_t size, const nacre_diagram *diagram,
                                  const nacre_options *options);
/* What nacre knows at a stage, as JSON (model) or stable text. */
NACRE_API nacre_status nacre_dump(nacre_diagram *diagram, nacre_stage stage,
                                  const nacre_options *options, nacre_sink sink, void *payload);

/*
 * The source that a picture (SVG or PNG) of nacre's carries, byte for byte. Else NACRE_ERR_USAGE, and
 * *why (which may be NULL) says in a line what the bytes are instead; it is constant.
 */
NACRE_API nacre_status nacre_extract_source(nacre_context *context, const char *picture, size_t len,
                                            nacre_sink sink, void *payload, const char **why);

/* The diagram's title in plain words: title, accessible title or "". */
NACRE_API const char *nacre_diagram_title(nacre_diagram *diagram);
/* Width and height of the picture in px; zeros when it has errors. */
NACRE_API void nacre_diagram_size(nacre_diagram *diagram, double *width, double *height);
/* A sentence for readers who do not see the picture. */
NACRE_API const char *nacre_diagram_description(nacre_diagram *diagram);
/*
 * What the author wrote for such readers (accTitle, accDescr); "" where there is nothing. Borrowed
 * until the drop.
 */
NACRE_API const char *nacre_diagram_acc_title(nacre_diagram *diagram);
NACRE_API const char *nacre_diagram_acc_description(nacre_diagram *diagram);

/* Called with each of them in the order of the text; the diagnostic is borrowed during the call. */
typedef void (*nacre_report)(const nacre_diagnostic *diagnostic, void *payload);

/*
 * Whether a text can be options.config_project or config_file: NACRE_ERR_USAGE, with an error told
 * to report, when it is no YAML. Values that would be ignored are told as warnings. Rendering and
 * parsing tell neither: places of a configuration file are none of the diagram.
 */
NACRE_API nacre_status nacre_config_check(nacre_context *context, const char *text, size_t len,
                                          nacre_report report, void *payload);

/* key "icons": a pack's name and its file; key "images": a folder, name is "". */
typedef void (*nacre_take_path)(const char *key, const char *name, const char *path, void *payload);
/*
 * The files that a configuration file names, in its order. They lie below that file's folder: whoever
 * opens them must see to it, since the file may come from strangers.
 */
NACRE_API nacre_status nacre_config_paths(nacre_context *context, const char *text, size_t len,
                                          nacre_take_path take, void *payload);

/* NULL without memory; allocator as that of a context. */
NACRE_API nacre_icons *nacre_icons_new(const nacre_allocator *allocator);
NACRE_API void nacre_icons_drop(nacre_icons *icons);
/*
 * Adds the icons of a JSON file of Iconify (`icons` with bodies of SVG, `aliases`), which diagrams call
 * `name:icon`. The text is copied; an earlier pack of that name goes. NACRE_ERR_USAGE when it is none:
 * *error, borrowed until the next call, then says why; else it is "".
 */
NACRE_API nacre_status nacre_icons_add(nacre_icons *icons, const char *name, const char *json,
                                       size_t len, const char **error);

/* A rule by which diagrams are judged: a code of diagnostics. */
typedef struct nacre_rule {
    const char *code;
    const char *summary;     /* one line */
    nacre_severity severity; /* of its diagnostics */
    int portability;         /* not 0: only with options.portable */
} nacre_rule;
/* In a stable order; *out is zeroed when index is too large. */
NACRE_API size_t nacre_rule_count(void);
NACRE_API void nacre_rule_at(nacre_rule *out, size_t index);

/* Find the diagrams of a Markdown document (CommonMark). The text is copied. */
NACRE_API nacre_status nacre_document_scan(nacre_document **out, nacre_context *context,
                                           const char *text, size_t len);
NACRE_API void nacre_document_drop(nacre_document *document);
NACRE_API size_t nacre_document_count(const nacre_document *document);
/* The text of diagram `index`, container prefixes removed; borrowed until the drop. */
NACRE_API const char *nacre_document_text(const nacre_document *document, size_t index,
                                          size_t *len);
/* What a replacement takes the place of. Texts are borrowed until the drop. */
typedef struct nacre_document_block {
    size_t start, end;   /* bytes of the document, container prefixes in front left out */
    const char *opening; /* the fence's first line: "```mermaid" with all that follows */
    size_t opening_len;
    int kept; /* not 0: the text stands in a `<details class="nacre-source">` behind its picture,
                 and a replacement takes the place of both */
} nacre_document_block;
/* *out is zeroed when index is too large. */
NACRE_API void nacre_document_block_at(nacre_document_block *out, const nacre_document *document,
                                       size_t index);
/* Byte of the document that byte `offset` of diagram `index` stands at. */
NACRE_API size_t nacre_document_offset(const nacre_document *document, size_t index, size_t offset);
/*
 * The document with fence i replaced by replacements[i] (Markdown; NULL keeps the fence). Relative
 * links are rebased by `rebase`, a path from the new place to the old ("../docs/"; NULL: kept).
 */
NACRE_API nacre_status nacre_document_rewrite(const nacre_document *document,
                                              const char *const *replacements, const char *rebase,
                                              nacre_sink sink, void *payload);

#ifdef __cplusplus
}
#endif

#endif
