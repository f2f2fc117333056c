/* nacre render: diagrams and documents become pictures. */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/drawing.h"
#include "cli/file.h"
#include "cli/format.h"
#include "cli/image.h"
#include "cli/limits.h"
#include "cli/output.h"
#include "cli/path.h"
#include "cli/plan.h"
#include "cli/settings.h"

#define CSS_MAX ((size_t)1 << 20)

typedef struct render_options {
    const char *output;
    const char *formats;
    const char *theme;
    const char *background;
    const char *config;
    const char *css;       /* a file */
    const char *id_prefix; /* NULL: each picture's own */
    bool csp;
    bool embed_source;
    bool no_config;
    int font_embed; /* index of embed_words */
    int fonts;      /* index of nc_font_words */
    int links;      /* index of link_words */
    int svg;        /* index of svg_words */
    double scale;
    size_t width, height; /* 0: any */
    size_t max_pixels;
    double aspect;        /* 0: the document's */
    size_t repeat_actors; /* 0: the document's */
    size_t columns;       /* 0: any */
    bool keep_going;
    bool in_place;
    bool force;
    nc_limit_options limits;
} render_options;

static const char *const embed_words[] = {"subset", "none", NULL};
static const nacre_font_embed embeds[] = {NACRE_EMBED_SUBSET, NACRE_EMBED_NONE};

enum { SVG_FULL, SVG_PLAIN };
static const char *const svg_words[] = {"full", "plain", NULL};

enum { LINKS_REBASE, LINKS_KEEP };
static const char *const link_words[] = {"rebase", "keep", NULL};

static const nc_option render_table[] = {
    {'o', "output", NC_TAKES_TEXT, "FILE|DIR|-", NULL,
     "where to write: a file, a folder (one that exists, or a\n"
     "name that ends in /), or - for standard output",
     offsetof(render_options, output)},
    {'f', "format", NC_TAKES_TEXT, "FORMAT[,...]", NULL,
     "svg, png, pdf, txt (characters for a terminal), ascii or\n"
     "several; otherwise the suffix of -o says it",
     offsetof(render_options, formats)},
    {'s', "scale", NC_TAKES_FACTOR, "NUMBER", NULL, "pixels of a PNG for a px of the drawing (2)",
     offsetof(render_options, scale)},
    {'w', "width", NC_TAKES_NUMBER, "PIXELS", NULL, "the scale at which a PNG is so wide",
     offsetof(render_options, width)},
    {'H', "height", NC_TAKES_NUMBER, "PIXELS", NULL,
     "the scale at which a PNG is so high; with -w: the smaller", offsetof(render_options, height)},
    {0, "aspect", NC_TAKES_RATIO, "W:H", NULL,
     "wanted shape of flowcharts and C4 diagrams, as far as\n"
     "their parts can be placed freely",
     offsetof(render_options, aspect)},
    {0, "repeat-actors", NC_TAKES_NUMBER, "ROWS", NULL,
     "in long sequences, show the participants again every\n"
     "so many rows",
     offsetof(render_options, repeat_actors)},
    {0, "columns", NC_TAKES_NUMBER, "N", NULL, "cells that txt and ascii shall fit into",
     offsetof(render_options, columns)},
    {'t', "theme", NC_TAKES_TEXT, "THEME", NULL,
     "colours by name; stronger than the document's own. auto: an\n"
     "SVG that is light or dark as its reader prefers",
     offsetof(render_options, theme)},
    {'b', "background", NC_TAKES_TEXT, "COLOR", NULL,
     "a CSS colour or transparent, instead of the theme's", offsetof(render_options, background)},
    {'c', "config", NC_TAKES_TEXT, "FILE", NULL,
     "configuration under the document's own, YAML or JSON", offsetof(render_options, config)},
    {0, "no-config", NC_TAKES_NOTHING, NULL, NULL, "do not look for nacre.yaml",
     offsetof(render_options, no_config)},
    {'C', "css", NC_TAKES_TEXT, "FILE", NULL, "a style sheet that the SVG carries",
     offsetof(render_options, css)},
    {0, "id-prefix", NC_TAKES_TEXT, "PREFIX", NULL,
     "what ids in the SVG begin with, in place of a hash of the\n"
     "picture; in a document with the diagram's number",
     offsetof(render_options, id_prefix)},
    {0, "csp", NC_TAKES_NOTHING, NULL, NULL,
     "no style element or attribute in the SVG, for pages that\n"
     "forbid them; no embedded font",
     offsetof(render_options, csp)},
    {0, "embed-source", NC_TAKES_NOTHING, NULL, NULL,
     "SVG and PNG carry the text: 'nacre extract' gives it back",
     offsetof(render_options, embed_source)},
    {0, "svg", NC_TAKES_WORD, "KIND", svg_words,
     "full: text that can be searched, with its fonts (the\n"
     "default); plain: outlines only, the same in every viewer",
     offsetof(render_options, svg)},
    {0, "font-embed", NC_TAKES_WORD, "HOW", embed_words,
     "subset: the picture carries the glyphs it uses (the\n"
     "default); none: it names the font only",
     offsetof(render_options, font_embed)},
    {0, "fonts", NC_TAKES_WORD, "WHICH", nc_font_words, NC_FONTS_HELP,
     offsetof(render_options, fonts)},
    {0, "links", NC_TAKES_WORD, "HOW", link_words,
     "rebase: relative links of a document written elsewhere\n"
     "still reach their targets (the default); keep: as they are",
     offsetof(render_options, links)},
    {0, "in-place", NC_TAKES_NOTHING, NULL, NULL, "rewrite documents where they stand",
     offsetof(render_options, in_place)},
    {0, "keep-going", NC_TAKES_NOTHING, NULL, NULL,
     "in a document with bad diagrams, draw the good ones", offsetof(render_options, keep_going)},
    {0, "max-pixels", NC_TAKES_NUMBER, "N", NULL, "most pixels of a PNG (268435456)",
     offsetof(render_options, max_pixels)},
    {0, "force", NC_TAKES_NOTHING, NULL, NULL, "overwrite files that nacre did not make",
     offsetof(render_options, force)},
    NC_LIMIT_ROWS(render_options),
};

typedef struct renderer {
    const render_options *options;
    nc_formats formats;
    nacre_context *context;
    nacre_options drawing; /* of the input at hand */
    nc_settings settings;
    nc_str css;
} renderer;

/* A drawn diagram: the picture in each format, and what a document says about it. */
typedef struct picture {
    nc_str files[NC_FORMAT_COUNT];
    char *alt;
    char *title;
    double width, height; /* px */
} picture;

static void picture_release(picture *p)
{
    for (size_t i = 0; i < NC_FORMAT_COUNT; i++)
        nc_str_release(&p->files[i]);
    free(p->alt);
    free(p->title);
}

/* Read once, drawn in every format; what all of them say is told once. */
static nc_exit draw(const renderer *r, nc_input *input, size_t index, picture *out)
{
    nacre_diagram *diagram;
    nacre_options options = r->drawing;
    nc_findings told = {0};
    nc_str prefix = {0};
    size_t len;
    const char *const source = nc_input_diagram(input, index, &len);
    nacre_status status = nacre_parse(&diagram, r->context, source, len, &options);

    *out = (picture){0};
    if (options.id_prefix && input->document) {
        nc_str_fmt(&prefix, "%s-%zu", options.id_prefix, index + 1);
        options.id_prefix = prefix.ptr;
    }
    for (size_t i = 0; status == NACRE_OK && i < r->formats.len; i++) {
        options.format = r->formats.list[i]->id;
        if (options.format == NACRE_SVG && r->options->svg == SVG_PLAIN)
            options.format = NACRE_SVG_PLAIN;
        status = nacre_render(diagram, &options, nc_str_sink, &out->files[i]);
        nc_drawing_report(&told, input, index, diagram);
    }
    if (diagram)
        nc_drawing_report(&told, input, index, diagram);
    if (status == NACRE_OK && input->document) {
        out->alt = nc_strdup_must(nacre_diagram_description(diagram));
        out->title = nc_strdup_must(nacre_diagram_title(diagram));
        nacre_diagram_size(diagram, &out->width, &out->height);
    }
    nacre_diagram_drop(diagram);
    nc_findings_release(&told);
    nc_str_release(&prefix);
    return nc_drawing_exit(input, status);
}

/* Folders below -o DIR come into being with the first file they hold. */
static bool make_folder(const nc_input *input, const char *target)
{
    char *const folder = nc_path_folder(target);
    const bool ok = !input->in_folder || nc_directory_make(folder);

    free(folder);
    return ok;
}

/* The files of diagram index, in all formats. */
static bool add_files(nc_batch *batch, const renderer *r, const nc_input *input, size_t index,
                      const picture *drawn)
{
    const size_t len = r->formats.len;
    bool ok = true;

    for (size_t i = 0; ok && i < len; i++)
        ok = nc_batch_add(batch, input->pictures[index * len + i], drawn->files[i].ptr,
                          drawn->files[i].len, r->options->in_place);
    return ok;
}

static nc_exit render_diagram(const renderer *r, nc_input *input)
{
    picture drawn;
    nc_exit outcome = draw(r, input, 0, &drawn);

    if (outcome == NC_EXIT_DONE && input->pictures) {
        nc_batch batch = {0};
        if (!make_folder(input, input->pictures[0]) || !add_files(&batch, r, input, 0, &drawn) ||
            !nc_batch_commit(&batch))
            outcome = NC_EXIT_USAGE;
        nc_batch_drop(&batch);
    } else if (outcome == NC_EXIT_DONE &&
               !nc_write_stdout(drawn.files[0].ptr, drawn.files[0].len)) {
        outcome = NC_EXIT_USAGE;
    }
    picture_release(&drawn);
    return outcome;
}

/* What stands in the document for diagram index: the first format that people asked for. */
static void put_image(nc_str *out, const renderer *r, const nc_input *input, size_t index,
                      const picture *drawn)
{
    const nc_image image = {
        .file = nc_path_name(input->pictures[index * r->formats.len]),
        .alt = drawn->alt,
        .title = drawn->title,
        .width = drawn->width,
        .height = drawn->height,
    };

    if (r->formats.list[0]->id == NACRE_PNG)
        nc_image_html(out, &image);
    else
        nc_image_markdown(out, &image);
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
    char *const rebase = rebase_of(r, input);
    nc_batch batch = {0};
    nc_str text = {0};
    const nacre_status status = nacre_document_rewrite(
        input->document, (const char *const *)replacements, rebase, nc_str_sink, &text);
    bool ok = nc_drawing_exit(input, status) == NC_EXIT_DONE && make_folder(input, input->target);

    for (size_t i = 0; ok && i < input->diagram_len; i++) {
        if (replacements[i])
            ok = add_files(&batch, r, input, i, &pictures[i]);
    }
    /* The document last: it never names a picture that is not there. */
    ok = ok && nc_batch_add(&batch, input->target, text.ptr, text.len, r->options->in_place) &&
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
            put_image(&image, r, input, i, &pictures[i]);
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

static bool choose_size(nacre_options *drawing, const render_options *options)
{
    if (options->scale > 0 && (options->width || options->height)) {
        nc_report_error(NC_CODE_USAGE, NULL, "'--scale' and '--%s' exclude each other",
                        options->width ? "width" : "height");
        return false;
    }
    drawing->scale = options->scale;
    drawing->fit_width = options->width < UINT32_MAX ? (uint32_t)options->width : UINT32_MAX;
    drawing->fit_height = options->height < UINT32_MAX ? (uint32_t)options->height : UINT32_MAX;
    drawing->max_pixels = options->max_pixels;
    drawing->columns = options->columns < UINT32_MAX ? (uint32_t)options->columns : UINT32_MAX;
    return true;
}

/* Ids are XML names and CSS identifiers; a diagram's number must find room behind. */
static bool is_prefix(const char *prefix)
{
    enum { MOST = 20 };
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
    static const char others[] = "0123456789-";
    size_t len = 0;

    for (; prefix[len]; len++) {
        if (!strchr(letters, prefix[len]) && (len == 0 || !strchr(others, prefix[len])))
            return false;
    }
    return len > 0 && len <= MOST;
}

/* What of the options has nothing to do with each other, or with any picture. */
static bool choose_svg(renderer *r, const render_options *options)
{
    if (options->id_prefix && !is_prefix(options->id_prefix)) {
        nc_report_error(NC_CODE_USAGE, NULL, "'%s' is no value for '--id-prefix'",
                        options->id_prefix);
        nc_report_hint("at most 20 letters, digits, - and _, the first a letter or _");
        return false;
    }
    if (options->csp && options->theme && strcmp(options->theme, "auto") == 0) {
        nc_report_error(NC_CODE_USAGE, NULL, "'--csp' and '--theme auto' exclude each other");
        nc_report_hint("light or dark is chosen by a style element, which '--csp' forbids");
        return false;
    }
    if (options->css && !nc_file_read(&r->css, options->css, CSS_MAX))
        return false;
    if (options->css && r->css.len != strlen(r->css.ptr)) {
        nc_report_error(NC_CODE_READ, options->css, "is no text: it holds a NUL byte");
        return false;
    }
    r->drawing.css = options->css ? r->css.ptr : NULL;
    r->drawing.id_prefix = options->id_prefix;
    r->drawing.csp = options->csp;
    r->drawing.embed_source = options->embed_source;
    return true;
}

static nc_exit render_all(const render_options *options, const nc_operands *operands)
{
    const nc_plan_options plan = {.output = options->output,
                                  .formats = options->formats,
                                  .in_place = options->in_place,
                                  .force = options->force};
    renderer r = {.options = options, .drawing = NACRE_OPTIONS_INIT};
    nc_inputs inputs;
    nc_exit outcome;

    r.drawing.theme = options->theme;
    r.drawing.aspect = options->aspect;
    r.drawing.repeat_actors =
        options->repeat_actors < UINT32_MAX ? (uint32_t)options->repeat_actors : UINT32_MAX;
    r.drawing.background = options->background;
    r.drawing.font_embed = embeds[options->font_embed];
    r.drawing.fonts = nc_font_choice(options->fonts);
    nc_limits_give(&r.drawing, &options->limits);
    if (!choose_size(&r.drawing, options) || !choose_svg(&r, options)) {
        nc_str_release(&r.css);
        return NC_EXIT_USAGE;
    }
    r.context = nc_context_must();
    r.settings.context = r.context;
    if (options->config &&
        !nc_settings_read(&r.settings, &r.drawing.config_file, options->config)) {
        nc_settings_release(&r.settings);
        nc_str_release(&r.css);
        nacre_context_drop(r.context);
        return NC_EXIT_USAGE;
    }
    nc_inputs_read(&inputs, r.context, operands, nc_limits_input(&options->limits));
    outcome = inputs.outcome;
    if (!nc_plan_make(&r.formats, &inputs, &plan))
        outcome = NC_EXIT_USAGE;
    else
        for (size_t i = 0; i < inputs.len; i++) {
            if (!inputs.list[i].failed)
                outcome = nc_exit_worse(outcome, render_input(&r, &inputs.list[i]));
        }
    nc_settings_release(&r.settings);
    nc_str_release(&r.css);
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
        "it, and with '-f svg,png' X.png as well. Diagram n of D.md becomes D-n.svg and an image\n"
        "in the document, which needs -o or --in-place. Several inputs keep their paths below\n"
        "-o DIR.\n"
        "Exit status: 0 done, 1 a diagram has errors, 2 usage or input and output.\n",
    .options = render_table,
    .option_len = sizeof(render_table) / sizeof(render_table[0]),
    .run = run,
};
