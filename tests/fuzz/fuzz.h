/*
 * What the fuzz targets share. A target reads arbitrary bytes and holds nacre to what must be true
 * of every input; whatever breaks ends the process, so that the fuzzer keeps the input.
 */
#ifndef NC_FUZZ_H
#define NC_FUZZ_H

#include "base/buf.h"
#include "parse/parse.h"

#include <stdio.h>
#include <stdlib.h>

#define FUZZ_REQUIRE(truth)                                                                        \
    do {                                                                                           \
        if (!(truth)) {                                                                            \
            fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #truth);                  \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

enum {
    FUZZ_BUDGET = 256 << 20, /* bytes an arena may hold */
    FUZZ_MAX_BYTES = 1 << 20 /* of a text */
};

/* The entry point that libFuzzer knows. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One family's way from text to JSON. */
typedef struct fuzz_family {
    nc_family_id id;
    const char *header; /* put before a text that names no kind of diagram or another one */
    size_t model_size;
    bool (*parse)(void *model, nc_arena *a, const nc_source *source, nc_diags *d);
    void (*dump)(nc_buf *out, const void *model, bool mermaid);
} fuzz_family;

/* Reads data with the family's grammar: places, messages and dumps are checked. */
void fuzz_read(const fuzz_family *family, const uint8_t *data, size_t size);

/* Every diagnostic is within the text, and can be shown on a terminal. */
void fuzz_check_diags(const nc_diags *d, size_t text_len);
/* The map of a source rises, and stays within the author's bytes. */
void fuzz_check_map(const nc_source *source);

#endif
