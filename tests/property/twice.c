/*
 * Draws a file as a program of its own locale would: setlocale first, then the same diagram twice in
 * one context and once in another. Prints the picture; 1 when they differ, 3 when the locale does
 * not write commas where it should (so that the test cannot pass by accident).
 *
 *     twice FILE FORMAT [,]        FORMAT: a number of nacre_format
 */
#include <locale.h>
#include <nacre/nacre.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct bytes {
    char *ptr;
    size_t len;
} bytes;

static int append(const char *ptr, size_t len, void *payload)
{
    bytes *b = payload;
    char *grown = realloc(b->ptr, b->len + len + 1);
    if (!grown)
        return 1;
    memcpy(grown + b->len, ptr, len);
    b->ptr = grown;
    b->len += len;
    return 0;
}

static bytes read_file(const char *path)
{
    bytes out = {0};
    char piece[4096];
    size_t got;
    FILE *f = fopen(path, "rb");

    while (f && (got = fread(piece, 1, sizeof(piece), f)) > 0)
        append(piece, got, &out);
    if (f)
        fclose(f);
    return out;
}

static int draw(bytes *out, nacre_context *context, bytes text, nacre_format format)
{
    nacre_diagram *diagram = NULL;
    nacre_options options = NACRE_OPTIONS_INIT;
    int bad = nacre_parse(&diagram, context, text.ptr, text.len, NULL) != NACRE_OK;

    options.format = format;
    bad = bad || nacre_render(diagram, &options, append, out) != NACRE_OK;
    nacre_diagram_drop(diagram);
    return bad;
}

static int same(bytes a, bytes b)
{
    return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

int main(int argc, char **argv)
{
    bytes text = read_file(argc > 1 ? argv[1] : "");
    bytes pictures[3] = {{0}};
    const nacre_format format = argc > 2 ? (nacre_format)atoi(argv[2]) : NACRE_SVG;
    nacre_context *first;
    nacre_context *second;
    int status = 0;

    setlocale(LC_ALL, "");
    if (argc > 3 && strcmp(localeconv()->decimal_point, argv[3]) != 0)
        return 3;
    first = nacre_context_new(NULL);
    second = nacre_context_new(NULL);
    status |= draw(&pictures[0], first, text, format);
    status |= draw(&pictures[1], first, text, format);
    status |= draw(&pictures[2], second, text, format);
    nacre_context_drop(first);
    nacre_context_drop(second);
    if (status == 0 && (!same(pictures[0], pictures[1]) || !same(pictures[0], pictures[2])))
        status = 1;
    fwrite(pictures[0].ptr, 1, pictures[0].len, stdout);
    for (int i = 0; i < 3; i++)
        free(pictures[i].ptr);
    free(text.ptr);
    return status;
}
