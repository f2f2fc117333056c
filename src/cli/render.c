/* nacre render: diagrams and documents become pictures. The command line; session.c does the work. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/drawing.h"
#include "cli/file.h"
#include "cli/limits.h"
#include "cli/report.h"
#include "cli/session.h"

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
    nc_operands exclude;
    size_t jobs;
    const char *artifacts;
    int names; /* index of name_words */
    bool embed, keep_source;
    bool check, dry_run;
    int report; /* index of report_words */
    const char *depfile;
    bool no_prune, watch, quiet, verbose;
    nc_picture_options pictures;
    nc_limit_options limits;
} render_options;

static const char *const name_words[] = {"index", "title", "hash", NULL};
static const nc_naming namings[] = {NC_NAMES_INDEX, NC_NAMES_TITLE, NC_NAMES_HASH};

static const char *const report_words[] = {"text", "json", "github", "sarif", NULL};
static const nc_report_kind reports[] = {NC_REPORT_TEXT, NC_REPORT_JSON, NC_REPORT_GITHUB,
                                         NC_REPORT_SARIF};

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
    {0, "embed", NC_TAKES_NOTHING, NULL, NULL,
     "put SVG into the documents themselves, not beside them", offsetof(render_options, embed)},
    {0, "keep-source", NC_TAKES_NOTHING, NULL, NULL,
     "leave each diagram's text below its picture, folded up",
     offsetof(render_options, keep_source)},
    {0, "names", NC_TAKES_WORD, "WHAT", name_words,
     "what pictures of documents are called: index (the\n"
     "default), title or hash",
     offsetof(render_options, names)},
    {0, "artifacts", NC_TAKES_TEXT, "DIR", NULL, "a folder for the pictures of documents",
     offsetof(render_options, artifacts)},
    {0, "exclude", NC_TAKES_LIST, "GLOB", NULL,
     "leave out files and folders of a folder; without a / GLOB\n"
     "is about names, else about paths; may be given again",
     offsetof(render_options, exclude)},
    {'j', "jobs", NC_TAKES_NUMBER, "N", NULL, "files at a time; without it, one for each processor",
     offsetof(render_options, jobs)},
    {0, "no-prune", NC_TAKES_NOTHING, NULL, NULL, "leave files that nothing makes any more",
     offsetof(render_options, no_prune)},
    {0, "watch", NC_TAKES_NOTHING, NULL, NULL, "stay, and draw anew what changes",
     offsetof(render_options, watch)},
    {0, "check", NC_TAKES_NOTHING, NULL, NULL,
     "write nothing; say which files are stale or missing", offsetof(render_options, check)},
    {0, "report", NC_TAKES_WORD, "FORM", report_words,
     "how --check says it: text (the default), json, github\n"
     "or sarif",
     offsetof(render_options, report)},
    {0, "dry-run", NC_TAKES_NOTHING, NULL, NULL, "write nothing; say what would be written",
     offsetof(render_options, dry_run)},
    {0, "depfile", NC_TAKES_TEXT, "FILE", NULL, "write what depends on what, for make and ninja",
     offsetof(render_options, depfile)},
    {'q', "quiet", NC_TAKES_NOTHING, NULL, NULL, "no warnings, no progress",
     offsetof(render_options, quiet)},
    {'v', "verbose", NC_TAKES_NOTHING, NULL, NULL, "say every file that is written or removed",
     offsetof(render_options, verbose)},
    {0, "keep-going", NC_TAKES_NOTHING, NULL, NULL,
     "in a document with bad diagrams, draw the good ones", offsetof(render_options, keep_going)},
    {0, "max-pixels", NC_TAKES_NUMBER, "N", NULL, "most pixels of a PNG (268435456)",
     offsetof(render_options, max_pixels)},
    {0, "force", NC_TAKES_NOTHING, NULL, NULL, "overwrite files that nacre did not make",
     offsetof(render_options, force)},
    NC_PICTURE_ROWS(render_options),
    NC_LIMIT_ROWS(render_options),
};

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
static bool choose_svg(nacre_options *drawing, nc_str *css, const render_options *options)
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
    if (options->css && !nc_file_read(css, options->css, CSS_MAX))
        return false;
    if (options->css && css->len != strlen(css->ptr)) {
        nc_report_error(NC_CODE_READ, options->css, "is no text: it holds a NUL byte");
        return false;
    }
    drawing->css = options->css ? css->ptr : NULL;
    drawing->id_prefix = options->id_prefix;
    drawing->csp = options->csp;
    drawing->embed_source = options->embed_source;
    return true;
}

/* Two options that cannot both be meant; NULL ends a table of them. */
typedef struct conflict {
    bool both;
    const char *one, *other;
} conflict;

static bool options_agree(const render_options *o)
{
    const bool to_stdout = o->output && strcmp(o->output, "-") == 0;
    const conflict conflicts[] = {
        {o->check && o->dry_run, "--check", "--dry-run"},
        {o->check && o->watch, "--check", "--watch"},
        {o->dry_run && o->watch, "--dry-run", "--watch"},
        {o->check && o->depfile, "--check", "--depfile"},
        {o->dry_run && o->depfile, "--dry-run", "--depfile"},
        {o->in_place && o->depfile, "--in-place", "--depfile"},
        {o->quiet && o->verbose, "--quiet", "--verbose"},
        {o->embed && o->artifacts, "--embed", "--artifacts"},
        {o->embed && o->svg == SVG_PLAIN, "--embed", "--svg plain"},
        {to_stdout && o->check, "-o -", "--check"},
        {to_stdout && o->depfile, "-o -", "--depfile"},
        {to_stdout && o->artifacts, "-o -", "--artifacts"},
    };

    for (size_t i = 0; i < sizeof(conflicts) / sizeof(conflicts[0]); i++) {
        if (conflicts[i].both) {
            nc_report_error(NC_CODE_USAGE, NULL, "'%s' and '%s' exclude each other",
                            conflicts[i].one, conflicts[i].other);
            return false;
        }
    }
    if (o->embed && o->formats && strcmp(o->formats, "svg") != 0) {
        nc_report_error(NC_CODE_USAGE, NULL, "'--embed' takes SVG, not '-f %s'", o->formats);
        return false;
    }
    if (o->artifacts && !o->artifacts[0]) {
        nc_report_error(NC_CODE_USAGE, NULL, "'--artifacts' is empty");
        return false;
    }
    if (o->report != 0 && !o->check) {
        nc_report_error(NC_CODE_USAGE, NULL, "'--report' says how '--check' reports");
        nc_report_hint("add '--check'");
        return false;
    }
    return true;
}

/* Draws once, and again whenever something changes, until a signal ends it. */
static nc_exit watch(nc_session *session)
{
    session->watch = nc_watch_new();
    while (session->watch) {
        nc_session_run(session);
        if (!session->quiet)
            fputs("nacre: waiting for changes\n", stderr);
        if (!nc_watch_wait(session->watch))
            break;
    }
    nc_report_error(NC_CODE_READ, NULL, "changes cannot be waited for: %s", strerror(errno));
    nc_watch_drop(session->watch);
    return NC_EXIT_USAGE;
}

static nc_exit render(const render_options *options, const nc_operands *operands)
{
    nc_session session = {
        .operands = *operands,
        .excludes = options->exclude,
        .plan = {.output = options->output,
                 .formats = options->formats,
                 .artifacts = options->artifacts,
                 .in_place = options->in_place,
                 .embed = options->embed,
                 .force = options->force},
        .order = {.errand =
                      options->check || options->dry_run ? NC_ERRAND_COMPARE : NC_ERRAND_WRITE,
                  .drawing = NACRE_OPTIONS_INIT,
                  .plain = options->svg == SVG_PLAIN,
                  .in_place = options->in_place,
                  .keep_going = options->keep_going,
                  .keep_source = options->keep_source,
                  .embed = options->embed,
                  .keep_links = options->links == LINKS_KEEP},
        .naming = namings[options->names],
        .config = options->config,
        .pictures = options->pictures,
        .no_config = options->no_config,
        .max_input = nc_limits_input(&options->limits),
        .threads = options->jobs,
        .check = options->check,
        .dry_run = options->dry_run,
        .report = reports[options->report],
        .no_prune = options->no_prune,
        .quiet = options->quiet,
        .verbose = options->verbose,
        .depfile = options->depfile,
    };
    nacre_options *const drawing = &session.order.drawing;
    nc_exit outcome = NC_EXIT_USAGE;
    nc_str css = {0};

    drawing->theme = options->theme;
    drawing->aspect = options->aspect;
    drawing->repeat_actors =
        options->repeat_actors < UINT32_MAX ? (uint32_t)options->repeat_actors : UINT32_MAX;
    drawing->background = options->background;
    drawing->font_embed = embeds[options->font_embed];
    drawing->fonts = nc_font_choice(options->fonts);
    nc_limits_give(drawing, &options->limits);
    if (options_agree(options) && choose_size(drawing, options) &&
        choose_svg(drawing, &css, options))
        outcome = options->watch ? watch(&session) : nc_session_run(&session);
    nc_str_release(&css);
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
        outcome = render(&options, &operands);
    }
    free(operands.list);
    free(options.exclude.list);
    free(options.pictures.icons.list);
    return outcome;
}

const nc_command nc_render_command = {
    .name = "render",
    .operands = "INPUT...",
    .summary = "Draw diagrams, and the diagrams of Markdown documents.",
    .details =
        "INPUT is a diagram (.mmd, .mermaid), a Markdown document (.md, .markdown), a folder with\n"
        "such files, or - for a diagram on standard input, which goes to standard output. X.mmd\n"
        "becomes X.svg beside\n"
        "it, and with '-f svg,png' X.png as well. Diagram n of D.md becomes D-n.svg and an image\n"
        "in the document, which needs -o or --in-place. Several inputs keep their paths below\n"
        "-o DIR.\n"
        "Exit status: 0 done, 1 a diagram has errors, 2 usage or input and output.\n",
    .options = render_table,
    .option_len = sizeof(render_table) / sizeof(render_table[0]),
    .run = run,
};
