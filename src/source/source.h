/*
 * The first stage: bytes in, the text that a family's grammar reads out.
 *
 * Checks UTF-8 and size, takes out front matter, `%%{ }%%` directives and comment lines, turns line
 * ends into LF, protects entity codes as Mermaid does (reference: config, section 1), detects the
 * family and merges the document's own configuration. Every byte of the result maps back.
 */
#ifndef NC_SOURCE_H
#define NC_SOURCE_H

#include "base/diag.h"
#include "base/limits.h"
#include "source/value.h"

typedef enum nc_family_id {
    NC_FAMILY_FLOWCHART,
    NC_FAMILY_SEQUENCE,
    NC_FAMILY_C4,
    NC_FAMILY_COUNT
} nc_family_id;

typedef struct nc_source {
    nc_sv origin; /* the author's bytes, borrowed */
    nc_sv text;   /* ends with a line feed; entity codes are protected, see nc_source_decode */
    nc_offset_map map;
    nc_family_id family;
    nc_sv title;            /* front matter `title`, decoded as given; empty when there is none */
    const nc_value *config; /* front matter `config` under directives; NULL when neither; its spans
                               are bytes of origin (source/config.h reads and checks it) */
    bool wrap;              /* `%%{wrap}%%` */
    nc_limits limits;       /* for the grammar: the default ones, unless the caller sets others */
} nc_source;

/*
 * False when there is nothing to parse; at least one error is reported then. On success d->map is
 * set to &out->map for the stages that follow, so *out must stay where it is.
 */
NC_MUST_USE bool nc_source_read(nc_source *out, nc_arena *a, nc_sv bytes, size_t max_bytes,
                                nc_diags *d);

/*
 * Turns protected entity codes of a piece of source text back: `#quot;` to `"`, `#35;` to `#`; what
 * would become <, > or & is written &lt; &gt; &amp; (a bare `<b>` is a tag); an unknown name is
 * written `&name;`. Text without codes is returned as it is.
 */
NC_MUST_USE bool nc_source_decode(nc_sv *out, nc_arena *a, nc_sv text);
/* The codes as the author wrote them, for what is no label: `#fff;` in a style is a colour. */
NC_MUST_USE bool nc_source_undo(nc_sv *out, nc_arena *a, nc_sv text);

#endif
