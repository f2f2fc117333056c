/*
 * What is wrong with a statement that does not follow the grammar, and what to type instead.
 *
 * The grammar only says that a token does not fit. Here the line is looked at again for the slips
 * people make: misspelt arrows and keywords, a missing colon, `;` and `#` in a text, `end` as a name.
 */
#ifndef NC_SEQUENCE_TROUBLE_H
#define NC_SEQUENCE_TROUBLE_H

#include "parse/sequence_cast.h"

typedef struct nc_seq_trouble {
    nc_seq_cast *cast;
    nc_seq_token first;   /* of the statement */
    nc_seq_token before;  /* the last token that fitted; of the kind EOF when none did */
    nc_seq_token got;     /* the one that did not */
    bool after_semicolon; /* the statement does not start its line: a `;` stands before it */
} nc_seq_trouble;

/*
 * A line that starts like a message but has no arrow. The token of the keyword that was meant, when
 * the first word is a misspelt one; NC_SEQ_TOK_NAME otherwise.
 */
nc_seq_tok nc_seq_blame_statement(const nc_seq_trouble *trouble);
/* The arrow of a message is there, its target is not. */
void nc_seq_blame_target(const nc_seq_trouble *trouble);
/* The target of a message or the participant of a note, link… is there, its text is not. */
void nc_seq_blame_text(const nc_seq_trouble *trouble);
void nc_seq_blame_note(const nc_seq_trouble *trouble);
/* The end of a line `end note` soon after text[at]; SIZE_MAX when there is none. */
size_t nc_seq_end_note(nc_sv text, size_t at);
/* The name, data or alias of a participant line, `activate`, `deactivate`, `destroy`. */
void nc_seq_blame_participant(const nc_seq_trouble *trouble);
/* A statement that should be over is not, or a token that starts none. */
void nc_seq_blame_rest(const nc_seq_trouble *trouble);

/* The sender of a new message whose name ends like a foreign arrow (`A -.-> B`): a warning. */
void nc_seq_warn_name(nc_seq_cast *cast, nc_seq_token name, nc_seq_token arrow);
/* A comment mark right in a text: Mermaid cuts it there. Reported as a warning. */
void nc_seq_warn_hash(nc_seq_cast *cast, nc_seq_token token);

#endif
