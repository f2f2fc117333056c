#include "cli/drawing.h"

#include <stdlib.h>
#include <string.h>

nacre_context *nc_context_must(void)
{
    nacre_context *const context = nacre_context_new(NULL);
    if (!context)
        nc_out_of_memory();
    return context;
}

const char *nc_input_diagram(const nc_input *input, size_t index, size_t *len)
{
    if (input->document)
        return nacre_document_text(input->document, index, len);
    *len = input->text.len;
    return input->text.ptr;
}

static size_t host_offset(const nc_input *input, size_t index, size_t offset)
{
    return input->document ? nacre_document_offset(input->document, index, offset) : offset;
}

void nc_told_release(nc_told *told)
{
    for (size_t i = 0; i < told->len; i++)
        free(told->list[i]);
    free(told->list);
    *told = (nc_told){0};
}

/* Whether it is news; it is none afterwards. */
static bool tell(nc_told *told, const nacre_diagnostic *d)
{
    nc_str key = {0};

    nc_str_fmt(&key, "%zu %s %s", d->start, d->code, d->message);
    for (size_t i = 0; i < told->len; i++) {
        if (strcmp(told->list[i], key.ptr) == 0) {
            nc_str_release(&key);
            return false;
        }
    }
    if (told->len == told->cap) {
        told->cap = told->cap ? told->cap * 2 : 8;
        told->list = nc_realloc_must(told->list, told->cap * sizeof(*told->list));
    }
    told->list[told->len++] = nc_str_take(&key);
    return true;
}

void nc_drawing_report(nc_told *told, nc_input *input, size_t index, const nacre_diagram *diagram)
{
    const size_t len = nacre_diagnostic_count(diagram);

    for (size_t i = 0; i < len; i++) {
        nacre_diagnostic d;
        nacre_diagnostic_at(&d, diagram, i);
        if (tell(told, &d))
            nc_report_diagnostic(&input->host, &d, host_offset(input, index, d.start),
                                 host_offset(input, index, d.end));
    }
}

nc_exit nc_drawing_exit(const nc_input *input, nacre_status status)
{
    switch (status) {
    case NACRE_OK:
        return NC_EXIT_DONE;
    case NACRE_ERR_DIAGRAM:
        return NC_EXIT_DIAGRAM;
    case NACRE_ERR_NOMEM:
        nc_report_error(NC_CODE_MEMORY, nc_input_name(input), "out of memory, or of its budget");
        return NC_EXIT_USAGE;
    case NACRE_ERR_USAGE:
        nc_report_error(NC_CODE_USAGE, nc_input_name(input), "the options contradict each other");
        return NC_EXIT_USAGE;
    case NACRE_ERR_MODULE: /* the diagnostics say what is missing */
    case NACRE_ERR_SINK:   /* the program's sinks take everything */
        break;
    }
    return NC_EXIT_USAGE;
}
