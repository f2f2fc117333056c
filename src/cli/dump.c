/* nacre dump: what nacre knows of a diagram at one of its stages. */
#include "cli/command.h"
#include "cli/drawing.h"
#include "cli/limits.h"
#include "cli/output.h"
#include "cli/pictures.h"

#include <stdlib.h>

typedef struct dump_options {
    int stage; /* index of stage_words */
    bool mermaid;
    int fonts; /* index of nc_font_words */
    nc_picture_options pictures;
    nc_limit_options limits;
} dump_options;

static const char *const stage_words[] = {"model", "layout", "scene", NULL};
static const nacre_stage stages[] = {NACRE_STAGE_MODEL, NACRE_STAGE_LAYOUT, NACRE_STAGE_SCENE};

static const nc_option dump_table[] = {
    {0, "stage", NC_TAKES_WORD, "STAGE", stage_words,
     "model: what the text says, as JSON (the default)\n"
     "layout: positions and routes\n"
     "scene: the display list that painters read",
     offsetof(dump_options, stage)},
    {0, "mermaid", NC_TAKES_NOTHING, NULL, NULL,
     "the model exactly as Mermaid understands the text,\n"
     "what it loses by defects left out",
     offsetof(dump_options, mermaid)},
    {0, "fonts", NC_TAKES_WORD, "WHICH", nc_font_words, NC_FONTS_HELP,
     offsetof(dump_options, fonts)},
    NC_PICTURE_ROWS(dump_options),
    NC_LIMIT_ROWS(dump_options),
};

static nc_exit dump_diagram(nc_input *input, nacre_context *context, nacre_stage stage,
                            const nacre_options *options)
{
    nacre_diagram *diagram;
    nc_findings told = {0};
    nc_str text = {0};
    size_t len;
    const char *const source = nc_input_diagram(input, 0, &len);
    nacre_status status = nacre_parse(&diagram, context, source, len, options);
    nc_exit outcome;

    /* some errors are the drawing's only: the library knows which stages a text allows */
    if (status == NACRE_OK || status == NACRE_ERR_DIAGRAM)
        status = nacre_dump(diagram, stage, options, nc_str_sink, &text);
    if (diagram)
        nc_drawing_report(&told, input, 0, diagram);
    outcome = nc_drawing_exit(input, status);
    if (outcome == NC_EXIT_DONE && !nc_write_stdout(text.ptr, text.len))
        outcome = NC_EXIT_USAGE;
    nc_str_release(&text);
    nc_findings_release(&told);
    nacre_diagram_drop(diagram);
    return outcome;
}

static nc_exit dump_input(nc_inputs *inputs, nacre_context *context, nacre_stage stage,
                          const nacre_options *options)
{
    nc_input *const input = &inputs->list[0];

    if (input->failed)
        return inputs->outcome;
    if (input->diagram_len != 1) {
        nc_report_error(NC_CODE_USAGE, nc_input_name(input),
                        "holds %zu diagrams, and one can be dumped", input->diagram_len);
        nc_report_hint("give the diagram alone, as a file or on standard input");
        return NC_EXIT_USAGE;
    }
    return dump_diagram(input, context, stage, options);
}

static nc_exit run(const nc_command *command, int argc, char **argv)
{
    dump_options options = {0};
    nc_operands operands;
    const nc_parsed parsed = nc_options_parse(command, argc, argv, &options, &operands);
    nc_exit outcome = parsed == NC_PARSED_HELP ? NC_EXIT_DONE : NC_EXIT_USAGE;

    if (parsed == NC_PARSED && operands.len > 1) {
        nc_report_error(NC_CODE_USAGE, NULL, "'dump' takes one input, not %zu", operands.len);
    } else if (parsed == NC_PARSED && options.mermaid && options.stage != 0) {
        nc_report_error(NC_CODE_USAGE, NULL, "'--mermaid' is about the model, not the %s",
                        stage_words[options.stage]);
    } else if (parsed == NC_PARSED) {
        nacre_context *const context = nc_context_must();
        nacre_options reading = NACRE_OPTIONS_INIT;
        const nc_settings none = {.context = context};
        const nc_allowed *allowed;
        nc_pictures pictures = {.given = &options.pictures, .settings = &none};
        nc_inputs inputs;

        reading.fonts = nc_font_choice(options.fonts);
        nc_limits_give(&reading, &options.limits);
        if (operands.len == 0)
            operands.list[operands.len++] = "-";
        nc_inputs_read(&inputs, context, &operands, nc_limits_input(&options.limits));
        if (nc_pictures_find(&pictures, &allowed, NULL)) {
            nc_allowed_give(&reading, allowed);
            outcome =
                dump_input(&inputs, context,
                           options.mermaid ? NACRE_STAGE_MERMAID : stages[options.stage], &reading);
        }
        nc_pictures_release(&pictures);
        nc_inputs_release(&inputs);
        nacre_context_drop(context);
    }
    free(operands.list);
    free(options.pictures.icons.list);
    return outcome;
}

const nc_command nc_dump_command = {
    .name = "dump",
    .operands = "[INPUT]",
    .summary = "Print what nacre understands of a diagram.",
    .details = "INPUT is a file, or - (or nothing) for standard input. Nothing is printed for a\n"
               "diagram with errors. Exit status: 0 done, 1 the diagram has errors, 2 usage or\n"
               "input and output.\n",
    .options = dump_table,
    .option_len = sizeof(dump_table) / sizeof(dump_table[0]),
    .run = run,
};
