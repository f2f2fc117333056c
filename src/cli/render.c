/* nacre render: diagrams and documents become pictures. */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/drawing.h"
#include "cli/file.h"
#include "cli/image.h"
#include "cli/limits.h"
#include "cli/output.h"
#include "cli/path.h"
#include "cli/plan.h"
#include "cli/settings.h"

typedef struct render_options {
    const char *output;
    const char *format;
    const char *theme;
    const char *background;
    const char *config;
    bool no_config;
    int font_embed; /* index of embed_words */
    int links;      /* index of link_words */
    bool keep_going;
    bool in_place;
    bool force;
    nc_limit_options limits;
} render_options;

static const char *const embed_words[] = {"subset", "none", NULL};
static const nacre_font_embed embeds[] = {NACRE_EMBED_SUBSET, NACRE_EMBED_NONE};

enum { LINKS_REBASE, LINKS_KEEP };
static const char *const link_words[] = {"rebase", "keep", NULL};

static const nc_option render_table[] = {
    {'o', "output", NC_TAKES_TEXT, "FILE|DIR|-", NULL,
     "where to write: a file, a folder (one that exists, or a\n"
     "name that ends in /), or - for standard output",
     offsetof(render_options, output)},
    {'f', "format", NC_TAKES_TEXT, "FORMAT", NULL, "svg; otherwise the suffix of -o says it",
     offsetof(render_options, format)},
    {'t', "theme", NC_TAKES_TEXT, "THEME", NULL,
     "colours by name; stronger than the document's own", offsetof(render_options, theme)},
    {'b', "background", NC_TAKES_TEXT, "COLOR", NULL,
     "a CSS colour or transparent, instead of the theme's", offsetof(render_options, background)},
    {'c', "config", NC_TAKES_TEXT, "FILE", NULL,
     "configuration under the document's own, YAML or JSON", offsetof(render_options, config)},
    {0, "no-config", NC_TAKES_NOTHING, NULL, NULL, "do not look for nacre.yaml",
     offsetof(render_options, no_config)},
    {0, "font-embed", NC_TAKES_WORD, "HOW", embed_words,
     "subset: the picture carries the glyphs it uses (the\n"
     "default); none: it names the font only",
     offsetof(render_options, font_embed)},
    {0, "links", NC_TAKES_WORD, "HOW", link_words,
     "rebase: relative links of a document written elsewhere\n"
     "still reach their targets (the default); keep: as they are",
     offsetof(render_options, links)},
    {0, "in-place", NC_TAKES_NOTHING, NULL, NULL, "rewrite documents where they stand",
     offsetof(render_options, in_place)},
    {0, "keep-going", NC_TAKES_NOTHING, NULL, NULL,
     "in a document with bad diagrams, draw the good ones", offsetof(render_options, keep_going)},
    {0, "force", NC_TAKES_NOTHING, NULL, NULL, "overwrite files that nacre did not make",
     offsetof(render_options, force)},
    NC_LIMIT_ROWS(render_options),
};

typedef struct renderer {
    const render_options *options;
    nacre_context *context;
    nacre_options drawing; /* of the input at hand */
    nc_settings settings;
} renderer;

/* A drawn diagram: the picture, and what a document says about it. */
typedef struct picture {
    nc_str bytes;
    char *alt;
    char *title;
} picture;

static void picture_release(picture *p)
{
    nc_str_release(&p->bytes);
    free(p->alt);
    free(p->title);
}

static nc_exit draw(const renderer *r, nc_input *input, size_t index, picture *out)
{
    nacre_diagram *diagram;
    size_t len;
    const char *const source = nc_input_diagram(input, index, &len);
    nacre_status status = nacre_parse(&diagram, r->context, source, len, &r->drawing);

    *out = (picture){0};
    if (status == NACRE_OK)
        status = nacre_render(diagram, &r->drawing, nc_str_sink, &out->bytes);
    if (diagram)
        nc_drawing_report(input, index, diagram);
    if (status == NACRE_OK && input->document) {
        out->alt = nc_strdup_must(nacre_diagram_description(diagram));
        out->title = nc_strdup_must(nacre_diagram_title(diagram));
    }
    nacre_diagram_drop(diagram);
    return nc_drawing_exit(input, status);
}

/* Folders below -o DIR come into being with the first file they hold. */
static bool make_folder(const nc_input *input)
{
    char *const folder = nc_path_folder(input->target);
    const bool ok = !input->in_folder || nc_directory_make(folder);

    free(folder);
    return ok;
}

static nc_exit render_diagram(const renderer *r, nc_input *input)
{
    picture drawn;
    nc_exit outcome = draw(r, input, 0, &drawn);

    if (outcome == NC_EXIT_DONE && input->target) {
        nc_batch batch = {0};
        if (!make_folder(input) ||
            !nc_batch_add(&batch, input->target, drawn.bytes.ptr, drawn.bytes.len, false) ||
            !nc_batch_commit(&batch))
            outcome = NC_EXIT_USAGE;
        nc_batch_drop(&batch);
    } else if (outcome == NC_EXIT_DONE && !nc_write_stdout(drawn.bytes.ptr, drawn.bytes.len)) {
        outcome = NC_EXIT_USAGE;
    }
    picture_release(&drawn);
    return outcome;
}

/* The way from the document's new folder to its old one as a URL; NULL when they are the same. */
static char *rebase_of(const renderer *r, const nc_input *input)
{
    char *const new_folder = nc_path_folder(input->target);
    char *const old_folder = nc_path_folder(input->path);
    char *const new_whole = nc_path_absolute(new_folder);
    char *const old_whole = nc_path_absolute(old_folder);
    char *const way = nc_path_relative(new_whole, old_whole);
    nc_str url = {0};

    if (way[0] && r->options->links == LINKS_REBASE)
        nc_url_put(&url, way);
    free(new_folder);
    free(old_folder);
    free(new_whole);
    free(old_whole);
    free(way);
    return url.ptr;
}

static bool write_document(const renderer *r, const nc_input *input, const picture *pictures,
                           char **replacements)
{
    const bool durable = r->options->in_place;
    char *const rebase = rebase_of(r, input);
    nc_batch batch = {0};
    nc_str text = {0};
    const nacre_status status = nacre_document_rewrite(
        input->document, (const char *const *)replacements, rebase, nc_str_sink, &text);
    bool ok = nc_drawing_exit(input, status) == NC_EXIT_DONE && make_folder(input);

    for (size_t i = 0; ok && i < input->diagram_len; i++) {
        if (replacements[i])
            ok = nc_batch_add(&batch, input->pictures[i], pictures[i].bytes.ptr,
                              pictures[i].bytes.len, durable);
    }
    /* The document last: it never names a picture that is not there. */
    ok = ok && nc_batch_add(&batch, input->target, text.ptr, text.len, durable) &&
         nc_batch_commit(&batch);
    nc_batch_drop(&batch);
    nc_str_release(&text);
    free(rebase);
    return ok;
}

/* All diagrams are drawn before anything is written: a document is whole or it is not touched. */
static nc_exit render_document(const renderer *r, nc_input *input)
{
    picture *const pictures = nc_alloc_must(input->diagram_len * sizeof(*pictures));
    char **const replacements = nc_alloc_must(input->diagram_len * sizeof(*replacements));
    nc_exit outcome = NC_EXIT_DONE;

    for (size_t i = 0; i < input->diagram_len; i++) {
        const nc_exit drawn = draw(r, input, i, &pictures[i]);
        nc_str image = {0};

        outcome = nc_exit_worse(outcome, drawn);
        if (drawn == NC_EXIT_DONE)
            nc_image_markdown(&image, pictures[i].alt, nc_path_name(input->pictures[i]),
                              pictures[i].title);
        replacements[i] = image.ptr;
    }
    if (outcome == NC_EXIT_DONE || (outcome == NC_EXIT_DIAGRAM && r->options->keep_going)) {
        if (!write_document(r, input, pictures, replacements))
            outcome = NC_EXIT_USAGE;
    }
    for (size_t i = 0; i < input->diagram_len; i++) {
        picture_release(&pictures[i]);
        free(replacements[i]);
    }
    free(pictures);
    free(replacements);
    return outcome;
}

static nc_exit render_input(renderer *r, nc_input *input)
{
    if (!r->options->no_config &&
        !nc_settings_find(&r->settings, &r->drawing.config_project, input->path))
        return NC_EXIT_USAGE;
    return input->document ? render_document(r, input) : render_diagram(r, input);
}

static nc_exit render_all(const render_options *options, const nc_operands *operands)
{
    const nc_plan_options plan = {.output = options->output,
                                  .format = options->format,
                                  .in_place = options->in_place,
                                  .force = options->force};
    renderer r = {.options = options, .drawing = NACRE_OPTIONS_INIT};
    nc_inputs inputs;
    nc_exit outcome;

    r.drawing.theme = options->theme;
    r.drawing.background = options->background;
    r.drawing.font_embed = embeds[options->font_embed];
    nc_limits_give(&r.drawing, &options->limits);
    r.context = nc_context_must();
    r.settings.context = r.context;
    if (options->config &&
        !nc_settings_read(&r.settings, &r.drawing.config_file, options->config)) {
        nc_settings_release(&r.settings);
        nacre_context_drop(r.context);
        return NC_EXIT_USAGE;
    }
    nc_inputs_read(&inputs, r.context, operands, nc_limits_input(&options->limits));
    outcome = inputs.outcome;
    if (!nc_plan_make(&inputs, &plan))
        outcome = NC_EXIT_USAGE;
    else
        for (size_t i = 0; i < inputs.len; i++) {
            if (!inputs.list[i].failed)
                outcome = nc_exit_worse(outcome, render_input(&r, &inputs.list[i]));
        }
    nc_settings_release(&r.settings);
    nc_inputs_release(&inputs);
    nacre_context_drop(r.context);
    return outcome;
}

static nc_exit run(const nc_command *command, int argc, char **argv)
{
    render_options options = {0};
    nc_operands operands;
    const nc_parsed parsed = nc_options_parse(command, argc, argv, &options, &operands);
    nc_exit outcome = parsed == NC_PARSED_HELP ? NC_EXIT_DONE : NC_EXIT_USAGE;

    if (parsed == NC_PARSED && operands.len == 0) {
        nc_report_error(NC_CODE_USAGE, NULL, "'render' needs an input");
        nc_report_hint("name a file, or - for standard input");
    } else if (parsed == NC_PARSED) {
        outcome = render_all(&options, &operands);
    }
    free(operands.list);
    return outcome;
}

const nc_command nc_render_command = {
    .name = "render",
    .operands = "INPUT...",
    .summary = "Draw diagrams, and the diagrams of Markdown documents.",
    .details =
        "INPUT is a diagram (.mmd, .mermaid), a Markdown document (.md, .markdown) or - for a\n"
        "diagram on standard input, which goes to standard output. X.mmd becomes X.svg beside\n"
        "it. Diagram n of D.md becomes D-n.svg and an image in the document, which needs -o or\n"
        "--in-place. Several inputs keep their paths below -o DIR.\n"
        "Exit status: 0 done, 1 a diagram has errors, 2 usage or input and output.\n",
    .options = render_table,
    .option_len = sizeof(render_table) / sizeof(render_table[0]),
    .run = run,
};
