/*
 * What Mermaid does to a text before its grammars see it, one step a function, in this order
 * (reference: config, section 1). The steps that need not change anything do not copy.
 */
#ifndef NC_PREPROCESS_H
#define NC_PREPROCESS_H

#include "source/rewrite.h"

/* Byte order mark off; CRLF and lone CR become LF. */
NC_MUST_USE bool nc_normalize_lines(nc_mapped *t, nc_arena *a);
/* In `<word …>`, `="…"` becomes `='…'`. */
NC_MUST_USE bool nc_normalize_tags(nc_mapped *t, nc_arena *a);

typedef struct nc_fence {
    bool opened;   /* the text starts with `---` */
    bool closed;   /* and there is front matter */
    size_t indent; /* blanks before the fences */
    nc_span body;
    size_t end; /* where the text goes on */
} nc_fence;

nc_fence nc_find_front_matter(nc_sv text);

/* `%%{ name: argument }%%`, wherever it stands. */
typedef struct nc_directive {
    nc_span at; /* what is taken out */
    nc_span name, argument;
    bool closed; /* false: it runs to the end of the text */
} nc_directive;

/* The first one at or after from; false when there is none. */
bool nc_next_directive(nc_directive *out, nc_sv text, size_t from);

/*
 * Takes out comment lines (`%%` and at least one more character, no `{`) and the blanks before the
 * text, and puts a line feed at the end. Reads from offset `from`.
 */
NC_MUST_USE bool nc_strip_comments(nc_mapped *out, nc_arena *a, const nc_mapped *in, size_t from);

/*
 * Entity codes become letters that no grammar minds (source.h says which); before that, the `;` at
 * the end of a style or classDef line with a colour goes, which would make `#fff;` such a code.
 */
NC_MUST_USE bool nc_protect_entities(nc_mapped *t, nc_arena *a);

/* Bytes of the white space (as JavaScript counts it) at text[at]; 0 when there is none. */
size_t nc_blank_at(nc_sv text, size_t at);

#endif
