/*
 * nacre mmdc: the command line of Mermaid CLI (11 and 12), so that a script made for it goes on
 * working. Every failure is exit status 1, as there.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/drawing.h"
#include "cli/file.h"
#include "cli/mmdc_run.h"
#include "cli/path.h"
#include "cli/settings.h"

#define MMDC_FAILED NC_EXIT_DIAGRAM
#define CSS_MAX     ((size_t)1 << 20)

static const char *const theme_words[] = {
    "base",  "dark",       "default",     "forest",           "neutral", "neo", "neo-dark",
    "redux", "redux-dark", "redux-color", "redux-dark-color", "null",    NULL};
static const char *const format_words[] = {"svg", "png", "pdf", NULL};
static const char *const paper_words[] = {"Letter", "Legal", "Tabloid", "Ledger", "A0", "A1",
                                          "A2",     "A3",    "A4",      "A5",     "A6", NULL};

typedef struct mmdc_options {
    const char *input, *output, *artefacts, *background, *config, *css, *svg_id, *puppeteer;
    int theme, format, paper; /* index of the words; -1: none */
    size_t width, height, size, jobs;
    double scale;
    nc_operands icon_packs, icon_urls;
    bool quiet, pdf_fit, no_font_embed, version;
} mmdc_options;

static const nc_option mmdc_table[] = {
    {'i', "input", NC_TAKES_TEXT, "FILE", NULL,
     "a diagram, or Markdown when it ends in .md or .markdown;\n"
     "- is standard input",
     offsetof(mmdc_options, input)},
    {'o', "output", NC_TAKES_TEXT, "FILE", NULL,
     ".svg, .png, .pdf, .md or .markdown, or - for standard output;\n"
     "without it, the input's name with .svg behind",
     offsetof(mmdc_options, output)},
    {'a', "artefacts", NC_TAKES_TEXT, "DIR", NULL, "where the pictures of Markdown go",
     offsetof(mmdc_options, artefacts)},
    {'e', "outputFormat", NC_TAKES_WORD, "FORMAT", format_words,
     "svg, png or pdf, whatever -o ends in", offsetof(mmdc_options, format)},
    {'t', "theme", NC_TAKES_WORD, "THEME", theme_words,
     "colours, weaker than those of -c and of the diagram", offsetof(mmdc_options, theme)},
    {'b', "backgroundColor", NC_TAKES_TEXT, "COLOR", NULL, "a CSS colour or transparent (white)",
     offsetof(mmdc_options, background)},
    {'c', "configFile", NC_TAKES_TEXT, "FILE", NULL, "configuration, as JSON",
     offsetof(mmdc_options, config)},
    {'C', "cssFile", NC_TAKES_TEXT, "FILE", NULL, "a style sheet that the SVG carries",
     offsetof(mmdc_options, css)},
    {'I', "svgId", NC_TAKES_TEXT, "ID", NULL, "the id of the SVG", offsetof(mmdc_options, svg_id)},
    {'s', "scale", NC_TAKES_FACTOR, "NUMBER", NULL, "pixels of a PNG for a px (1)",
     offsetof(mmdc_options, scale)},
    {0, "size", NC_TAKES_NUMBER, "PX", NULL, "the longer side of a PNG, before -s",
     offsetof(mmdc_options, size)},
    {0, "no-font-embed", NC_TAKES_NOTHING, NULL, NULL, "the SVG names its font only",
     offsetof(mmdc_options, no_font_embed)},
    {'j', "jobs", NC_TAKES_NUMBER, "N", NULL, "diagrams at a time", offsetof(mmdc_options, jobs)},
    {'q', "quiet", NC_TAKES_NOTHING, NULL, NULL, "errors only", offsetof(mmdc_options, quiet)},
    {'f', "pdfFit", NC_TAKES_NOTHING, NULL, NULL, "as it is: a PDF is as large as its diagram",
     offsetof(mmdc_options, pdf_fit)},
    {'V', "version", NC_TAKES_NOTHING, NULL, NULL, "nacre's", offsetof(mmdc_options, version)},
    {'w', "width", NC_TAKES_NUMBER, "PX", NULL, "no effect", offsetof(mmdc_options, width)},
    {'H', "height", NC_TAKES_NUMBER, "PX", NULL, "no effect", offsetof(mmdc_options, height)},
    {0, "pdf-paper-format", NC_TAKES_WORD, "PAPER", paper_words, "no effect",
     offsetof(mmdc_options, paper)},
    {'p', "puppeteerConfigFile", NC_TAKES_TEXT, "FILE", NULL, "no effect",
     offsetof(mmdc_options, puppeteer)},
    {0, "iconPacks", NC_TAKES_REST, "NAME...", NULL, "no effect",
     offsetof(mmdc_options, icon_packs)},
    {0, "iconPacksNamesAndUrls", NC_TAKES_REST, "NAME#URL...", NULL, "no effect",
     offsetof(mmdc_options, icon_urls)},
};

static void note(const mmdc_options *o, const char *fmt, ...) NC_REPORT_PRINTF(2, 3);

/* What is good to know and no mistake. */
static void note(const mmdc_options *o, const char *fmt, ...)
{
    va_list args;

    if (o->quiet)
        return;
    va_start(args, fmt);
    fputs("nacre: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
}

/* Options of a browser's page, and what nacre does otherwise. */
static void tell_ignored(const mmdc_options *o, const nc_format *format)
{
    const struct {
        bool given;
        const char *name;
        const char *why;
    } ignored[] = {
        {o->width, "width", "a picture is as large as its diagram, not as a page"},
        {o->height, "height", "a picture is as large as its diagram, not as a page"},
        {o->paper >= 0, "pdf-paper-format", "a PDF is as large as its diagram"},
        {o->puppeteer, "puppeteerConfigFile", "there is no browser"},
        {o->icon_packs.len, "iconPacks", "icons of packs are not drawn"},
        {o->icon_urls.len, "iconPacksNamesAndUrls", "icons of packs are not drawn"},
        {o->size && format->id != NACRE_PNG, "size", "it is for PNG"},
        {o->css && format->id != NACRE_SVG, "cssFile", "it is for SVG"},
    };

    for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++) {
        if (ignored[i].given)
            note(o, "'--%s' has no effect: %s", ignored[i].name, ignored[i].why);
    }
}

static bool complain(const char *path, const char *what)
{
    nc_report_error(NC_CODE_READ, path, "%s", what);
    return false;
}

/* -- where everything goes -- */

static bool choose_input(nc_mmdc_order *order, const mmdc_options *o)
{
    if (!o->input || !o->input[0]) {
        note(o, "no input is named: reading standard input; '-i -' says so");
        return true;
    }
    if (strcmp(o->input, "-") == 0)
        return true;
    if (access(o->input, F_OK) != 0) {
        nc_report_error(NC_CODE_READ, o->input, "cannot be read: %s", strerror(errno));
        return false;
    }
    order->input = o->input;
    order->is_document = nc_mmdc_is_document(o->input);
    return true;
}

static const nc_format *format_named(const char *name)
{
    nc_formats formats = {0};

    return nc_formats_parse(&formats, name) ? formats.list[0] : NULL;
}

/* By what the output ends in, in these letters; NULL: nothing that is known. */
static const nc_format *format_of(const char *output)
{
    for (size_t i = 0; format_words[i]; i++) {
        const nc_format *const format = format_named(format_words[i]);

        if (format && nc_mmdc_ends_in(output, format->suffix))
            return format;
    }
    return nc_mmdc_is_document(output) ? nc_format_default() : NULL;
}

/* *made: a name that is made here; the caller frees. */
static bool choose_output(nc_mmdc_order *order, char **made, const mmdc_options *o)
{
    const nc_format *const wanted = o->format < 0 ? NULL : format_named(format_words[o->format]);
    const nc_format *by_name = nc_format_default();
    nc_str name = {0};

    if (!o->output) {
        nc_str_puts(&name, order->input ? order->input : "out");
        nc_str_puts(&name, wanted ? wanted->suffix : by_name->suffix);
        order->output = *made = nc_str_take(&name);
    } else if (strcmp(o->output, "-") != 0) {
        order->output = o->output;
        by_name = format_of(o->output);
    } else if (!wanted) {
        note(o, "no format is named: writing svg; '-e svg' says so");
    }
    order->format = wanted ? wanted : by_name;
    if (by_name)
        return true;
    nc_report_error(NC_CODE_USAGE, NULL, "'%s' does not end in .svg, .png, .pdf, .md or .markdown",
                    o->output);
    return false;
}

static bool choose_artifacts(nc_mmdc_order *order, const mmdc_options *o)
{
    nc_findings failures = {0};
    bool ok;

    if (!o->artefacts || !o->artefacts[0])
        return true;
    if (!order->is_document) {
        nc_report_error(NC_CODE_USAGE, NULL, "'--artefacts' is for Markdown input");
        return false;
    }
    ok = nc_is_there(o->artefacts) || nc_directory_make(&failures, o->artefacts);
    nc_report_findings(&failures);
    nc_findings_release(&failures);
    order->artifacts = o->artefacts;
    return ok;
}

static bool has_folder(const nc_mmdc_order *order)
{
    char *const folder = order->output ? nc_path_folder(order->output) : NULL;
    const bool ok = !folder || !folder[0] || access(folder, F_OK) == 0;

    if (!ok)
        nc_report_error(NC_CODE_WRITE, folder, "there is no such folder");
    free(folder);
    return ok;
}

/* -- how it looks -- */

/* Texts that the options borrow. */
typedef struct looks {
    nc_str theme;
    nc_str css;
    nc_settings settings;
} looks;

/* Any text is an id for Mermaid CLI; what is none for nacre is told and not taken. */
static bool is_id(const char *id)
{
    enum { MOST = 20 };
    const size_t len =
        strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789-");

    return len > 0 && len <= MOST && !id[len] && !strchr("0123456789-", id[0]);
}

static bool choose_sheet(looks *l, nacre_options *drawing, const mmdc_options *o)
{
    if (!o->css)
        return true;
    if (!nc_file_read(&l->css, o->css, CSS_MAX))
        return false;
    if (l->css.len != strlen(l->css.ptr))
        return complain(o->css, "is no text: it holds a NUL byte");
    drawing->css = l->css.ptr;
    return true;
}

static void choose_size(nacre_options *drawing, const mmdc_options *o)
{
    const double scale = o->scale > 0 ? o->scale : 1;
    const double most = (double)o->size * scale;

    if (o->size)
        drawing->fit_width = drawing->fit_height = most < 1            ? 1
                                                   : most < UINT32_MAX ? (uint32_t)most
                                                                       : UINT32_MAX;
    else
        drawing->scale = scale;
}

/* -t is the weakest of all that speaks of colours; then -c, then the diagram. */
static bool choose_looks(looks *l, nacre_options *drawing, const mmdc_options *o)
{
    if (o->theme >= 0) {
        nc_str_fmt(&l->theme, "{\"theme\": \"%s\"}", theme_words[o->theme]);
        drawing->config_project = l->theme.ptr;
    }
    if (o->config && !nc_settings_read(&l->settings, &drawing->config_file, o->config))
        return false;
    if (o->puppeteer && access(o->puppeteer, F_OK) != 0)
        return complain(o->puppeteer, "there is no such file");
    if (!choose_sheet(l, drawing, o))
        return false;
    if (o->svg_id && o->svg_id[0]) {
        if (is_id(o->svg_id))
            drawing->id_prefix = o->svg_id;
        else
            note(o, "'--svgId' has no effect: '%s' is not of up to 20 letters, digits, - and _",
                 o->svg_id);
    }
    drawing->background = o->background ? o->background : "white";
    drawing->font_embed = o->no_font_embed ? NACRE_EMBED_NONE : NACRE_EMBED_SUBSET;
    choose_size(drawing, o);
    return true;
}

static void looks_release(looks *l)
{
    nc_str_release(&l->theme);
    nc_str_release(&l->css);
    nc_settings_release(&l->settings);
    nacre_context_drop(l->settings.context);
}

static nc_exit mmdc(const mmdc_options *o)
{
    nc_mmdc_order order = {.drawing = NACRE_OPTIONS_INIT, .threads = o->jobs, .quiet = o->quiet};
    looks l = {.settings = {.context = nc_context_must()}};
    char *made = NULL;
    nc_exit outcome = MMDC_FAILED;

    if (choose_input(&order, o) && choose_output(&order, &made, o) && choose_artifacts(&order, o) &&
        has_folder(&order) && choose_looks(&l, &order.drawing, o)) {
        order.drawing.format = order.format->id;
        tell_ignored(o, order.format);
        if (order.is_document && !order.output)
            nc_report_error(NC_CODE_USAGE, order.input,
                            "a document's pictures are files: it cannot go to standard output");
        else if (!order.output && order.format->binary && isatty(STDOUT_FILENO))
            nc_report_error(NC_CODE_TERMINAL, NULL, "'%s' is binary and standard output a terminal",
                            order.format->name);
        else if (nc_mmdc_run(&order) == NC_EXIT_DONE)
            outcome = NC_EXIT_DONE;
    }
    looks_release(&l);
    free(made);
    return outcome;
}

static nc_exit run(const nc_command *command, int argc, char **argv)
{
    mmdc_options options = {.theme = -1, .format = -1, .paper = -1};
    nc_operands operands;
    const nc_parsed parsed = nc_options_parse(command, argc, argv, &options, &operands);
    nc_exit outcome = parsed == NC_PARSED_HELP ? NC_EXIT_DONE : MMDC_FAILED;

    if (parsed == NC_PARSED && options.version) {
        printf("nacre %s\n", nacre_version());
        outcome = NC_EXIT_DONE;
    } else if (parsed == NC_PARSED && operands.len) {
        nc_report_error(NC_CODE_USAGE, NULL, "'mmdc' takes no '%s' without an option",
                        operands.list[0]);
        nc_report_hint("'-i %s' reads it", operands.list[0]);
    } else if (parsed == NC_PARSED) {
        outcome = mmdc(&options);
    }
    free(operands.list);
    free(options.icon_packs.list);
    free(options.icon_urls.list);
    return outcome;
}

const nc_command nc_mmdc_command = {
    .name = "mmdc",
    .operands = "-i INPUT",
    .summary = "Do what Mermaid CLI does, by its own options.",
    .details =
        "A script that calls mmdc goes on working when nacre is called instead, also by a link\n"
        "to it with the name mmdc: same names of files, same Markdown, same exit status (0, or 1\n"
        "for every failure). What has no effect is accepted, and said once unless -q is given.\n",
    .options = mmdc_table,
    .option_len = sizeof(mmdc_table) / sizeof(mmdc_table[0]),
    .run = run,
};
