/* nacre-preview: diagrams in a terminal. `nacre preview` runs it. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/drawing.h"
#include "cli/output.h"
#include "cli/report.h"
#include "preview/picture.h"
#include "preview/watch.h"

static const nc_option preview_table[] = {
    {0, "as", NC_TAKES_WORD, "HOW", nc_show_words,
     "auto: the terminal's graphics, else txt (the default);\n"
     "kitty, iterm, sixel: pictures by that protocol; symbols:\n"
     "a picture of characters; txt, ascii: drawn with lines",
     offsetof(nc_preview_options, as)},
    {0, "columns", NC_TAKES_NUMBER, "N", NULL, "how wide it may be, in cells (the terminal)",
     offsetof(nc_preview_options, columns)},
    {'d', "diagram", NC_TAKES_NUMBER, "N", NULL, "the one of a document's that is shown (all)",
     offsetof(nc_preview_options, diagram)},
    {'w', "watch", NC_TAKES_NOTHING, NULL, NULL,
     "show it on the whole screen and again when it changes;\n"
     "q ends, arrows and blank move",
     offsetof(nc_preview_options, watch)},
    {'t', "theme", NC_TAKES_TEXT, "THEME", NULL, "colours of pictures, by name",
     offsetof(nc_preview_options, theme)},
    {'c', "config", NC_TAKES_TEXT, "FILE", NULL,
     "configuration under the document's own, YAML or JSON", offsetof(nc_preview_options, config)},
    {0, "no-config", NC_TAKES_NOTHING, NULL, NULL, "do not look for nacre.yaml",
     offsetof(nc_preview_options, no_config)},
    {0, "fonts", NC_TAKES_WORD, "WHICH", nc_font_words, NC_FONTS_HELP,
     offsetof(nc_preview_options, fonts)},
    NC_LIMIT_ROWS(nc_preview_options),
};

static nc_exit show(const nc_preview_options *options, const char *path)
{
    nc_terminal terminal;
    nc_show how = (nc_show)options->as;

    nc_terminal_look(&terminal, STDOUT_FILENO);
    if (how == NC_SHOW_AUTO)
        how = terminal.is_terminal ? nc_picture_detect() : NC_SHOW_TXT;
    if (how != NC_SHOW_TXT && how != NC_SHOW_ASCII && !nc_picture_is_there()) {
        nc_report_error(NC_CODE_USAGE, NULL,
                        "this build of nacre has no chafa, which shows pictures");
        nc_report_hint("--as txt draws with lines");
        return NC_EXIT_USAGE;
    }
    if (!options->watch)
        return nc_preview_show(options, path, how, &terminal, false);
    if (!terminal.is_terminal || strcmp(path, "-") == 0) {
        nc_report_error(NC_CODE_USAGE, NULL, "'--watch' needs a file and a terminal");
        return NC_EXIT_USAGE;
    }
    return nc_preview_watch(options, path, how);
}

static nc_exit run(const nc_command *command, int argc, char **argv)
{
    nc_preview_options options = {0};
    nc_operands operands;
    const nc_parsed parsed = nc_options_parse(command, argc, argv, &options, &operands);
    nc_exit outcome = parsed == NC_PARSED_HELP ? NC_EXIT_DONE : NC_EXIT_USAGE;

    if (parsed == NC_PARSED && operands.len != 1) {
        nc_report_error(NC_CODE_USAGE, NULL, "'preview' shows one input");
        nc_report_hint("name a file, or - for standard input");
    } else if (parsed == NC_PARSED) {
        outcome = show(&options, operands.list[0]);
    }
    free(operands.list);
    return outcome;
}

static const nc_command preview = {
    .name = "preview",
    .operands = "INPUT",
    .summary = "Show diagrams in the terminal.",
    .details =
        "INPUT is a diagram (.mmd, .mermaid), a Markdown document (.md, .markdown), of which all\n"
        "diagrams are shown, or - for a diagram on standard input.\n"
        "Exit status: 0 done, 1 a diagram has errors, 2 usage or input and output.\n",
    .options = preview_table,
    .option_len = sizeof(preview_table) / sizeof(preview_table[0]),
    .run = run,
};

int main(int argc, char **argv)
{
    nc_output_prepare();
    return (int)preview.run(&preview, argc, argv);
}
