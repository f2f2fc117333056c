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

static bool scan(nc_input *input, nc_findings *failures, nacre_context *context)
{
    const char *const name = nc_input_name(input);

    switch (nacre_document_scan(&input->document, context, input->text.ptr, input->text.len)) {
    case NACRE_OK:
        input->diagram_len = nacre_document_count(input->document);
        return true;
    case NACRE_ERR_NOMEM:
        nc_findings_fail(failures, NC_CODE_MEMORY, name, "out of memory", NULL);
        return false;
    case NACRE_ERR_DIAGRAM:
    case NACRE_ERR_USAGE:
    case NACRE_ERR_MODULE:
    case NACRE_ERR_SINK:
        break;
    }
    nc_findings_fail(failures, NC_CODE_READ, name, "cannot be read as a document", NULL);
    return false;
}

static void find_unkept(nc_input *input)
{
    size_t at = 0;

    for (size_t i = 0; i < input->diagram_len; i++) {
        nacre_document_block block;

        nacre_document_block_at(&block, input->document, i);
        if (!block.kept)
            continue;
        nc_str_put(&input->unkept, input->text.ptr + at, block.start - at);
        at = block.end;
    }
    if (at > 0)
        nc_str_put(&input->unkept, input->text.ptr + at, input->text.len - at);
}

bool nc_input_open(nc_input *input, nc_findings *failures, nacre_context *context, const char *path,
                   size_t max_bytes)
{
    *input = (nc_input){.path = path};
    input->kind = path && is_document(path) ? NC_INPUT_DOCUMENT : NC_INPUT_DIAGRAM;
    if (!nc_file_load(&input->text, failures, path, max_bytes))
        return false;
    input->host =
        (nc_host){.path = nc_input_name(input), .text = input->text.ptr, .len = input->text.len};
    if (input->kind == NC_INPUT_DOCUMENT) {
        const bool ok = scan(input, failures, context);
        if (ok)
            find_unkept(input);
        return ok;
    }
    input->diagram_len = 1;
    return true;
}

void nc_input_close(nc_input *input)
{
    nacre_document_drop(input->document);
    input->document = NULL;
    nc_host_release(&input->host);
}

bool nc_input_reopen(nc_input *input, nc_findings *failures, nacre_context *context)
{
    return input->kind == NC_INPUT_DIAGRAM || input->document || scan(input, failures, context);
}

void nc_input_release(nc_input *input)
{
    for (size_t i = 0; input->names && i < input->diagram_len; i++)
        free(input->names[i]);
    free(input->names);
    for (size_t i = 0; i < input->picture_len; i++)
        free(input->pictures[i]);
    free(input->pictures);
    free(input->target);
    nc_host_release(&input->host);
    nacre_document_drop(input->document);
    nc_str_release(&input->unkept);
    nc_str_release(&input->text);
}

void nc_inputs_read(nc_inputs *inputs, nacre_context *context, const nc_operands *operands,
                    size_t max_bytes)
{
    nc_findings failures = {0};

    *inputs = (nc_inputs){.list = nc_alloc_must(operands->len * sizeof(*inputs->list))};
    for (size_t i = 0; i < operands->len; i++) {
        const char *const path = strcmp(operands->list[i], "-") == 0 ? NULL : operands->list[i];
        nc_input *const input = &inputs->list[inputs->len++];
        const bool ok = nc_input_open(input, &failures, context, path, max_bytes);

        input->failed = !ok;
        if (!ok)
            inputs->outcome = NC_EXIT_USAGE;
    }
    nc_report_findings(&failures);
    nc_findings_release(&failures);
}

void nc_inputs_release(nc_inputs *inputs)
{
    for (size_t i = 0; i < inputs->len; i++)
        nc_input_release(&inputs->list[i]);
    free(inputs->list);
    *inputs = (nc_inputs){0};
}
