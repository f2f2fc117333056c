/*
 * Draws files twice each and checks every graph that is laid out on the way: the linker puts the
 * check around nc_lay_run. Prints the files with something wrong; 1 when there are any.
 *
 *     drawn EVERY FILE...        EVERY: take each n-th file only
 */
#include "layout_check.h"

#include <nacre/nacre.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the linker calls the function itself and its wrapper. */
nc_lay_status __real_nc_lay_run(nc_lay_result *out, const nc_lay_graph *graph,
                                const nc_lay_alloc *alloc);
nc_lay_status __wrap_nc_lay_run(nc_lay_result *out, const nc_lay_graph *graph,
                                const nc_lay_alloc *alloc);

static char defect[256]; /* of the file that is being drawn */
static unsigned long graphs;

nc_lay_status __wrap_nc_lay_run(nc_lay_result *out, const nc_lay_graph *graph,
                                const nc_lay_alloc *alloc)
{
    enum { MOST = 2000 }; /* edges: the check compares all pairs */
    nc_lay_status status = __real_nc_lay_run(out, graph, alloc);
    if (status == NC_LAY_OK && graph->edge_len <= MOST && !defect[0]) {
        const char *bad = layout_defect(graph, out);
        if (bad)
            snprintf(defect, sizeof defect, "%s", bad);
        graphs++;
    }
    return status;
}

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
    while (f && (got = fread(piece, 1, sizeof piece, f)) > 0)
        append(piece, got, &out);
    if (f)
        fclose(f);
    return out;
}

static bool draw(bytes *out, nacre_context *context, bytes text)
{
    nacre_diagram *diagram = NULL;
    nacre_options options = NACRE_OPTIONS_INIT;
    bool good = nacre_parse(&diagram, context, text.ptr, text.len, NULL) == NACRE_OK &&
                nacre_render(diagram, &options, append, out) == NACRE_OK;
    nacre_diagram_drop(diagram);
    return good;
}

static void check_file(nacre_context *context, const char *path)
{
    bytes text = read_file(path), first = {0}, second = {0};
    defect[0] = '\0';
    bool good = draw(&first, context, text) && draw(&second, context, text);
    bool same =
        first.len == second.len && (!first.len || !memcmp(first.ptr, second.ptr, first.len));
    if (!defect[0] && !good)
        snprintf(defect, sizeof defect, "is not drawn");
    if (!defect[0] && !same)
        snprintf(defect, sizeof defect, "is drawn differently the second time");
    free(text.ptr);
    free(first.ptr);
    free(second.ptr);
}

int main(int argc, char **argv)
{
    nacre_context *context = nacre_context_new(NULL);
    int every = argc > 2 ? atoi(argv[1]) : 0, failed = 0;
    if (every < 1 || !context)
        return 2;
    for (int i = 2; i < argc; i += every) {
        check_file(context, argv[i]);
        if (!defect[0])
            continue;
        printf("%s: %s\n", argv[i], defect);
        failed++;
    }
    nacre_context_drop(context);
    printf("%lu graphs laid out, %d files with defects\n", graphs, failed);
    return failed ? 1 : 0;
}
