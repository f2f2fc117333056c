/*
 * The arguments of a C4 macro: `(a, "b", $name="c")`. Read twice: exactly as Mermaid's lexer does,
 * which swallows whatever follows a bare last argument, and as people mean it, with a diagnostic
 * where the two part.
 */
#ifndef NC_C4_CALL_H
#define NC_C4_CALL_H

#include "base/diag.h"

typedef struct nc_c4_arg {
    nc_sv key; /* of `$key=`; meaningful when named */
    nc_sv value;
    nc_span at, key_at;
    bool named;
} nc_c4_arg;

typedef struct nc_c4_call {
    NC_VEC(nc_c4_arg) args;
    size_t end; /* behind the `)`, or where reading goes on after an error */
    bool closed;
} nc_c4_call;

/* What the second reading needs to know and to report to. */
typedef struct nc_c4_reader {
    nc_arena *arena;
    nc_sv text;
    nc_diags *diags;
    bool accepted; /* Mermaid's parser lets the whole text through */
    bool foreign;  /* the macro at hand is none of Mermaid's: how it is written is its own affair */
} nc_c4_reader;

/* text[at] is the `(`. False when Mermaid refuses; out may be used again and again. */
NC_MUST_USE bool nc_c4_call_mermaid(nc_c4_call *out, nc_arena *a, nc_sv text, size_t at);

/* text[at] is behind the macro's name. False only without memory; errors are reported. */
NC_MUST_USE bool nc_c4_call_read(nc_c4_call *out, const nc_c4_reader *r, nc_sv name, size_t at);

/* An error; when Mermaid's parser accepts the text, one of the drawing. */
void nc_c4_error(const nc_c4_reader *r, nc_rule rule, nc_span at, const char *fmt, ...)
    NC_PRINTF(4, 5);
/*
 * Something nacre understands and Mermaid does not: a warning when its parser lets the text through
 * with another meaning, a note on portability when it refuses.
 */
void nc_c4_slip(const nc_c4_reader *r, nc_span at, const char *what, const char *remedy);
/* Something that Mermaid accepts with another meaning wherever it stands. */
void nc_c4_lost(const nc_c4_reader *r, nc_span at, const char *how, const char *remedy);

/* White space as JavaScript trims it. */
nc_sv nc_c4_trim(nc_sv text);
/* True when a statement may begin at text[at] (blanks of its line are skipped). */
bool nc_c4_is_statement(nc_sv text, size_t at);

#endif
