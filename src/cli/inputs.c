#include "cli/inputs.h"

#include <stdlib.h>
#include <string.h>

#include "cli/file.h"
#include "cli/path.h"

static bool is_document(const char *path)
{
    return nc_path_has_suffix(path, ".md") || nc_path_has_suffix(path, ".markdown");
}

const char *nc_input_name(const nc_input *input)
{
    return input->path ? input->path : "<stdin>";
}

static nc_exit scan(nc_input *input, nacre_context *context)
{
    switch (nacre_document_scan(&input->document, context, input->text.ptr, input->text.len)) {
    case NACRE_OK:
        input->diagram_len = nacre_document_count(input->document);
        return NC_EXIT_DONE;
    case NACRE_ERR_NOMEM:
        nc_report_error(NC_CODE_MEMORY, nc_input_name(input), "out of memory");
        return NC_EXIT_USAGE;
    case NACRE_ERR_DIAGRAM:
    case NACRE_ERR_USAGE:
    case NACRE_ERR_MODULE:
    case NACRE_ERR_SINK:
        break;
    }
    nc_report_error(NC_CODE_READ, nc_input_name(input), "cannot be read as a document");
    return NC_EXIT_USAGE;
}

static nc_exit read_input(nc_input *input, nacre_context *context, const char *operand,
                          size_t max_bytes)
{
    *input = (nc_input){.diagram_len = 1};
    if (strcmp(operand, "-") != 0) {
        input->path = operand;
        input->kind = is_document(operand) ? NC_INPUT_DOCUMENT : NC_INPUT_DIAGRAM;
    }
    if (!nc_file_read(&input->text, input->path, max_bytes))
        return NC_EXIT_USAGE;
    input->host =
        (nc_host){.path = nc_input_name(input), .text = input->text.ptr, .len = input->text.len};
    return input->kind == NC_INPUT_DOCUMENT ? scan(input, context) : NC_EXIT_DONE;
}

static void input_release(nc_input *input)
{
    for (size_t i = 0; i < input->picture_len; i++)
        free(input->pictures[i]);
    free(input->pictures);
    free(input->target);
    nc_host_release(&input->host);
    nacre_document_drop(input->document);
    nc_str_release(&input->text);
}

void nc_inputs_read(nc_inputs *inputs, nacre_context *context, const nc_operands *operands,
                    size_t max_bytes)
{
    *inputs = (nc_inputs){.list = nc_alloc_must(operands->len * sizeof(*inputs->list))};
    for (size_t i = 0; i < operands->len; i++) {
        nc_input *const input = &inputs->list[inputs->len++];
        const nc_exit outcome = read_input(input, context, operands->list[i], max_bytes);

        inputs->outcome = nc_exit_worse(inputs->outcome, outcome);
        input->failed = outcome != NC_EXIT_DONE;
        if (input->failed)
            input->diagram_len = 0;
    }
}

void nc_inputs_release(nc_inputs *inputs)
{
    for (size_t i = 0; i < inputs->len; i++)
        input_release(&inputs->list[i]);
    free(inputs->list);
    *inputs = (nc_inputs){0};
}
