/* One run of `nacre mmdc`: an input of Mermaid CLI's becomes what Mermaid CLI would have written. */
#ifndef NC_MMDC_RUN_H
#define NC_MMDC_RUN_H

#include <nacre/nacre.h>

#include "cli/command.h"
#include "cli/format.h"

typedef struct nc_mmdc_order {
    const char *input;  /* NULL: standard input */
    const char *output; /* NULL: standard output */
    bool is_document;   /* the input is Markdown */
    const char
        *artifacts; /* a folder that is there for the pictures of a document; NULL: beside output */
    const nc_format *format;
    nacre_options drawing;
    size_t threads; /* 0: the program chooses */
    bool quiet;
} nc_mmdc_order;

/* In these letters, and a name may be nothing else: Mermaid CLI looks at no more. */
bool nc_mmdc_ends_in(const char *path, const char *suffix);
/* What `-o` may end in for a document to be written, in these letters. */
bool nc_mmdc_is_document(const char *path);

nc_exit nc_mmdc_run(const nc_mmdc_order *order);

#endif
