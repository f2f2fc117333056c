/*
 * Memory of the program: a growing text, and allocation that does not return without memory (it
 * says so, removes half-written files and ends the program with status 2).
 */
#ifndef NC_STR_H
#define NC_STR_H

#include <stdbool.h>
#include <stddef.h>

void nc_out_of_memory(void); /* the end of the program; does not return */
void *nc_alloc_must(size_t size);
void *nc_realloc_must(void *ptr, size_t size);
char *nc_strdup_must(const char *text);

/* Zero-initialised is empty. After any put, ptr[len] is NUL; an empty text may have ptr NULL. */
typedef struct nc_str {
    char *ptr;
    size_t len, cap;
} nc_str;

void nc_str_release(nc_str *s);
void nc_str_clear(nc_str *s); /* keeps the memory; ptr is never NULL afterwards */
void nc_str_put(nc_str *s, const char *text, size_t len);
void nc_str_puts(nc_str *s, const char *text);
void nc_str_char(nc_str *s, char c);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void nc_str_fmt(nc_str *s, const char *fmt, ...);
/* The text itself, NUL-terminated; *s is empty afterwards and the caller frees. */
char *nc_str_take(nc_str *s);

/* A nacre_sink whose payload is a nc_str. */
int nc_str_sink(const char *bytes, size_t len, void *payload);

#endif
