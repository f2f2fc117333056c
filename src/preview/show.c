#include "preview/show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/drawing.h"
#include "cli/output.h"
#include "cli/settings.h"
#include "cli/visible.h"
#include "preview/picture.h"

typedef struct shower {
    const nc_preview_options *options;
    nc_show how;
    const nc_terminal *terminal;
    bool fit;
    nacre_options drawing;
    nacre_context *context;
} shower;

enum { TEXT_LINE = 19 }; /* px of a line of a label: as high as a cell, at the natural size */

/* Pixels that a PNG shall have: letters as large as the terminal's, less where it would not fit. */
static void choose_size(nacre_options *drawing, const shower *s, nacre_diagram *diagram)
{
    const nc_terminal *const t = s->terminal;
    const double columns = s->options->columns ? (double)s->options->columns : t->columns;
    const double most_w = columns * t->cell_w;
    const double most_h = s->fit ? (double)(t->rows - 1) * t->cell_h : 1e6;
    double scale = (double)t->cell_h / TEXT_LINE;
    double w;
    double h;

    nacre_diagram_size(diagram, &w, &h);
    if (w <= 0 || h <= 0)
        return;
    scale = scale * w > most_w ? most_w / w : scale;
    scale = scale * h > most_h ? most_h / h : scale;
    drawing->scale = scale < 0.05 ? 0.05 : scale;
}

static nacre_status show_text(const shower *s, nacre_diagram *diagram, nc_str *out)
{
    nacre_options drawing = s->drawing;

    drawing.format = s->how == NC_SHOW_ASCII ? NACRE_ASCII : NACRE_TXT;
    if (s->options->columns)
        drawing.columns =
            s->options->columns < UINT32_MAX ? (uint32_t)s->options->columns : UINT32_MAX;
    else if (s->terminal->is_terminal)
        drawing.columns = (uint32_t)s->terminal->columns;
    return nacre_render(diagram, &drawing, nc_str_sink, out);
}

static nacre_status show_picture(const shower *s, nacre_diagram *diagram, nc_str *out,
                                 const char **why)
{
    nacre_options drawing = s->drawing;
    nc_terminal terminal = *s->terminal;
    nc_str png = {0};

    drawing.format = NACRE_PNG;
    choose_size(&drawing, s, diagram);
    if (s->options->columns && s->options->columns < 10000)
        terminal.columns = (int)s->options->columns;
    if (!s->fit)
        terminal.rows = 10000;
    else
        terminal.rows = terminal.rows > 1 ? terminal.rows - 1 : 1;
    const nacre_status status = nacre_render(diagram, &drawing, nc_str_sink, &png);
    if (status == NACRE_OK)
        (void)nc_picture_show(out, why, png.ptr, png.len, s->how, &terminal);
    nc_str_release(&png);
    return status;
}

/* Which one of several it is. */
static void put_heading(nc_str *out, const nc_input *input, size_t index, nacre_diagram *diagram)
{
    const char *const title = nacre_diagram_title(diagram);

    nc_visible_puts(out, nc_input_name(input));
    nc_str_fmt(out, ", diagram %zu%s", index + 1, title[0] ? ": " : "");
    nc_visible_puts(out, title);
    nc_str_puts(out, "\n\n");
}

static nc_exit show_diagram(const shower *s, nc_input *input, size_t index, bool headed)
{
    nacre_diagram *diagram;
    nc_findings told = {0};
    nc_str out = {0};
    const char *why = NULL;
    size_t len;
    const char *const source = nc_input_diagram(input, index, &len);
    nacre_status status = nacre_parse(&diagram, s->context, source, len, &s->drawing);

    if (diagram && headed)
        put_heading(&out, input, index, diagram);
    if (status == NACRE_OK)
        status = s->how == NC_SHOW_TXT || s->how == NC_SHOW_ASCII
                     ? show_text(s, diagram, &out)
                     : show_picture(s, diagram, &out, &why);
    if (headed)
        nc_str_char(&out, '\n');
    if (diagram)
        nc_drawing_report(&told, input, index, diagram);
    if (why)
        nc_report_error(NC_CODE_USAGE, NULL, "%s", why);
    nacre_diagram_drop(diagram);
    nc_findings_release(&told);
    nc_exit outcome = nc_drawing_exit(input, status);
    if (status == NACRE_OK && !nc_write_stdout(out.ptr ? out.ptr : "", out.len))
        outcome = NC_EXIT_USAGE;
    nc_str_release(&out);
    return why ? NC_EXIT_USAGE : outcome;
}

static nc_exit show_input(const shower *s, nc_input *input)
{
    nc_exit outcome = NC_EXIT_DONE;

    if (s->options->diagram > input->diagram_len) {
        nc_report_error(NC_CODE_USAGE, nc_input_name(input), "has no diagram %zu, but %zu",
                        s->options->diagram, input->diagram_len);
        return NC_EXIT_USAGE;
    }
    if (s->options->diagram)
        return show_diagram(s, input, s->options->diagram - 1, false);
    if (input->diagram_len == 0)
        nc_report_error(NC_CODE_USAGE, nc_input_name(input), "has no diagrams");
    for (size_t i = 0; i < input->diagram_len; i++)
        outcome = nc_exit_worse(outcome, show_diagram(s, input, i, input->diagram_len > 1));
    return input->diagram_len ? outcome : NC_EXIT_USAGE;
}

nc_exit nc_preview_show(const nc_preview_options *options, const char *path, nc_show how,
                        const nc_terminal *terminal, bool fit)
{
    shower s = {.options = options,
                .how = how,
                .terminal = terminal,
                .fit = fit,
                .drawing = NACRE_OPTIONS_INIT,
                .context = nc_context_must()};
    nc_settings settings = {.context = s.context};
    nc_operands operands = {.list = &path, .len = 1};
    nc_inputs inputs = {0};
    nc_exit outcome = NC_EXIT_USAGE;
    const char *const file = strcmp(path, "-") == 0 ? NULL : path;

    s.drawing.theme = options->theme;
    s.drawing.fonts = nc_font_choice(options->fonts);
    nc_limits_give(&s.drawing, &options->limits);
    if ((!options->config ||
         nc_settings_read(&settings, &s.drawing.config_file, options->config)) &&
        (options->no_config || nc_settings_find(&settings, &s.drawing.config_project, file))) {
        nc_inputs_read(&inputs, s.context, &operands, nc_limits_input(&options->limits));
        outcome = inputs.outcome;
        for (size_t i = 0; i < inputs.len; i++)
            if (!inputs.list[i].failed)
                outcome = nc_exit_worse(outcome, show_input(&s, &inputs.list[i]));
        nc_inputs_release(&inputs);
    }
    nc_settings_release(&settings);
    nacre_context_drop(s.context);
    return outcome;
}
