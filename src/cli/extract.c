/* nacre extract: the source that a picture carries. */
#include "cli/command.h"
#include "cli/drawing.h"
#include "cli/file.h"
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>

#define PICTURE_MAX ((size_t)256 << 20)

typedef struct extract_options {
    const char *output;
} extract_options;

static const nc_option extract_table[] = {
    {'o', "output", NC_TAKES_TEXT, "FILE|-", NULL, "where to write; standard output otherwise",
     offsetof(extract_options, output)},
};

static bool write_source(const nc_str *source, const char *path)
{
    nc_batch batch = {0};
    bool ok;

    if (!path || strcmp(path, "-") == 0)
        return nc_write_stdout(source->ptr ? source->ptr : "", source->len);
    ok = nc_batch_add(&batch, path, source->ptr, source->len, false) && nc_batch_commit(&batch);
    nc_batch_drop(&batch);
    return ok;
}

/* path NULL: standard input. */
static nc_exit extract(const char *path, const char *output)
{
    nacre_context *const context = nc_context_must();
    const char *const name = path ? path : "<stdin>";
    const char *why = NULL;
    nc_str picture = {0};
    nc_str source = {0};
    nc_exit outcome = NC_EXIT_USAGE;

    if (nc_file_read(&picture, path, PICTURE_MAX)) {
        switch (
            nacre_extract_source(context, picture.ptr, picture.len, nc_str_sink, &source, &why)) {
        case NACRE_OK:
            outcome = write_source(&source, output) ? NC_EXIT_DONE : NC_EXIT_USAGE;
            break;
        case NACRE_ERR_NOMEM:
            nc_report_error(NC_CODE_MEMORY, name, "out of memory, or of its budget");
            break;
        case NACRE_ERR_USAGE:
        case NACRE_ERR_DIAGRAM:
        case NACRE_ERR_SINK:
        case NACRE_ERR_MODULE:
            nc_report_error(NC_CODE_NO_SOURCE, name, "%s", why ? why : "carries no source");
            outcome = NC_EXIT_DIAGRAM;
            break;
        }
    }
    nc_str_release(&picture);
    nc_str_release(&source);
    nacre_context_drop(context);
    return outcome;
}

static nc_exit run(const nc_command *command, int argc, char **argv)
{
    extract_options options = {0};
    nc_operands operands;
    const nc_parsed parsed = nc_options_parse(command, argc, argv, &options, &operands);
    nc_exit outcome = parsed == NC_PARSED_HELP ? NC_EXIT_DONE : NC_EXIT_USAGE;

    if (parsed == NC_PARSED && operands.len != 1) {
        nc_report_error(NC_CODE_USAGE, NULL, "'extract' takes one picture, not %zu", operands.len);
        nc_report_hint("name an SVG or a PNG, or - for standard input");
    } else if (parsed == NC_PARSED) {
        const char *const path = operands.list[0];
        outcome = extract(strcmp(path, "-") == 0 ? NULL : path, options.output);
    }
    free(operands.list);
    return outcome;
}

const nc_command nc_extract_command = {
    .name = "extract",
    .operands = "PICTURE",
    .summary = "Give back the text that a picture was made from.",
    .details =
        "PICTURE is an SVG or a PNG that was made with 'nacre render --embed-source', or - for\n"
        "standard input. Exit status: 0 done, 1 the picture carries no source, 2 usage or\n"
        "input and output.\n",
    .options = extract_table,
    .option_len = sizeof(extract_table) / sizeof(extract_table[0]),
    .run = run,
};
