/*
 * A growing byte buffer with a ceiling: what painters and dumps write into.
 *
 * Errors stick: after a failed append every later one does nothing and `failed` stays set, so a
 * writer checks once, at the end.
 */
#ifndef NC_BUF_H
#define NC_BUF_H

#include "base/arena.h"

typedef struct nc_buf {
    nc_alloc from;
    char *ptr; /* NUL after len bytes once anything was written */
    size_t len, cap;
    size_t ceiling; /* most bytes; 0: none */
    bool failed;
} nc_buf;

void nc_buf_init(nc_buf *b, const nc_alloc *from, size_t ceiling);
void nc_buf_release(nc_buf *b);
/* Keeps the memory. */
void nc_buf_clear(nc_buf *b);

void nc_buf_put(nc_buf *b, nc_sv text);
void nc_buf_char(nc_buf *b, char c);
void nc_buf_fmt(nc_buf *b, const char *fmt, ...) NC_PRINTF(2, 3);
/* A number as nc_fmt_num writes it. */
void nc_buf_num(nc_buf *b, double v);
#define NC_BUF_LIT(b, literal) nc_buf_put((b), NC_SV(literal))

static inline nc_sv nc_buf_sv(const nc_buf *b)
{
    return (nc_sv){b->ptr, b->len};
}

enum { NC_NUM_MAX = 32 };
/*
 * At most 2 decimals, '.' in every locale, no "-0", no trailing zeros, NUL after it. Returns the
 * length. What is not finite or beyond 1e15 is written as 0.
 */
size_t nc_fmt_num(char out[static NC_NUM_MAX], double v);

/* text as a JSON string, quotes included; bytes that are no UTF-8 become U+FFFD. */
void nc_buf_json(nc_buf *b, nc_sv text);

#endif
