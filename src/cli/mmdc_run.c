#include "cli/mmdc_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/crew.h"
#include "cli/drawing.h"
#include "cli/file.h"
#include "cli/mmdc_blocks.h"
#include "cli/output.h"
#include "cli/path.h"

/* A diagram and what became of it. */
typedef struct picture {
    nc_mmdc_block block;
    nc_exit outcome;
    nc_findings findings;
    nc_str bytes;
    char *title;
    char *alt;
} picture;

typedef struct run {
    const nc_mmdc_order *order;
    nc_str text;
    nc_input input; /* text as the messages know it */
    picture *list;
    size_t len;
} run;

bool nc_mmdc_ends_in(const char *path, const char *suffix)
{
    const size_t len = strlen(path);
    const size_t suffix_len = strlen(suffix);

    return len >= suffix_len && strcmp(path + len - suffix_len, suffix) == 0;
}

bool nc_mmdc_is_document(const char *path)
{
    return nc_mmdc_ends_in(path, ".md") || nc_mmdc_ends_in(path, ".markdown");
}

/* -- what there is to draw -- */

static void find_pictures(run *r)
{
    nc_mmdc_block block;
    size_t cap = 0;
    size_t from = 0;

    while (nc_mmdc_block_next(&block, r->text.ptr, r->text.len, from)) {
        if (r->len == cap) {
            cap = cap ? 2 * cap : 8;
            r->list = nc_realloc_must(r->list, cap * sizeof(*r->list));
        }
        r->list[r->len++] = (picture){.block = block};
        from = block.end;
    }
}

static void take_whole(run *r)
{
    r->list = nc_alloc_must(sizeof(*r->list));
    r->list[0] = (picture){.block = {.end = r->text.len, .text_end = r->text.len}};
    r->len = 1;
}

/* -- drawing -- */

static void collect(const run *r, picture *p, const nacre_diagram *diagram)
{
    /* a thread's own: places are found step by step */
    nc_host host = r->input.host;

    for (size_t i = 0; i < nacre_diagnostic_count(diagram); i++) {
        nacre_diagnostic d;
        nc_finding *finding;

        nacre_diagnostic_at(&d, diagram, i);
        finding = nc_findings_add(&p->findings, &host, &d, p->block.text_start + d.start,
                                  p->block.text_start + d.end);
        finding->diagram = r->order->is_document ? (size_t)(p - r->list) + 1 : 0;
    }
    nc_findings_sort(&p->findings);
    nc_host_release(&host);
}

static void draw(void *payload, size_t index, nacre_context *context)
{
    run *const r = payload;
    picture *const p = &r->list[index];
    nacre_diagram *diagram;
    nacre_status status = nacre_parse(&diagram, context, r->text.ptr + p->block.text_start,
                                      p->block.text_end - p->block.text_start, &r->order->drawing);

    if (status == NACRE_OK)
        status = nacre_render(diagram, &r->order->drawing, nc_str_sink, &p->bytes);
    if (diagram) {
        collect(r, p, diagram);
        p->title = nc_strdup_must(nacre_diagram_acc_title(diagram));
        p->alt = nc_strdup_must(nacre_diagram_acc_description(diagram));
    }
    p->outcome = nc_drawing_status(&p->findings, &r->input, status);
    nacre_diagram_drop(diagram);
}

static nc_exit draw_all(run *r)
{
    nc_exit outcome = NC_EXIT_DONE;

    nc_crew_run(r->len, r->order->threads, 4, draw, r);
    for (size_t i = 0; i < r->len; i++) {
        outcome = nc_exit_worse(outcome, r->list[i].outcome);
        if (r->order->quiet)
            nc_report_errors(&r->list[i].findings);
        else
            nc_report_findings(&r->list[i].findings);
    }
    return outcome;
}

/* -- names -- */

/* NAME.SUFFIX becomes NAME-n.SUFFIX, with the format's own suffix where that of a document stood. */
static char *picture_path(const run *r, size_t index)
{
    const nc_mmdc_order *const o = r->order;
    const char *const dot = strrchr(o->output, '.');
    nc_str out = {0};
    char *path;

    nc_str_put(&out, o->output, (size_t)(dot - o->output));
    nc_str_fmt(&out, "-%zu", index + 1);
    nc_str_puts(&out, nc_mmdc_is_document(o->output) ? o->format->suffix : dot);
    if (!o->artifacts)
        return nc_str_take(&out);
    path = nc_path_join(o->artifacts, nc_path_name(out.ptr));
    nc_str_release(&out);
    return path;
}

/* A folder's path without links, made absolute. */
static char *folder_of(const char *path)
{
    char *const folder = nc_path_folder(path);
    char *const whole = nc_path_absolute(folder);

    free(folder);
    return whole;
}

/* The way from the document to a picture, as a URL that begins with "./". */
static char *link_to(const run *r, const char *path)
{
    char *const here = folder_of(r->order->output);
    char *const there = folder_of(path);
    char *const way = nc_path_relative(here, there);
    char *const file = nc_path_join(way, nc_path_name(path));
    nc_str out = {0};

    nc_str_puts(&out, "./");
    for (const char *p = file; *p; p++) {
        /* Mermaid CLI writes these as they are, and Markdown then finds no image */
        if ((unsigned char)*p <= ' ' || strchr("()<>\\%", *p))
            nc_str_fmt(&out, "%%%02X", (unsigned)(unsigned char)*p);
        else
            nc_str_char(&out, *p);
    }
    free(here);
    free(there);
    free(way);
    free(file);
    return nc_str_take(&out);
}

/* -- writing -- */

static void put_escaped(nc_str *out, const char *text, const char *special)
{
    for (; *text; text++) {
        if (strchr(special, *text))
            nc_str_char(out, '\\');
        /* a blank line would end the paragraph, and the image with it */
        nc_str_char(out, (unsigned char)*text < ' ' ? ' ' : *text);
    }
}

static void put_image(nc_str *out, const picture *p, const char *url)
{
    nc_str_puts(out, "![");
    put_escaped(out, p->alt[0] ? p->alt : "diagram", "[]\\");
    nc_str_puts(out, "](");
    nc_str_puts(out, url);
    if (p->title[0]) {
        nc_str_puts(out, " \"");
        put_escaped(out, p->title, "\"\\");
        nc_str_char(out, '"');
    }
    nc_str_char(out, ')');
}

static void say_written(const run *r, const char *path)
{
    if (!r->order->quiet)
        nc_report_done("wrote", path);
}

/* The document's text with images in it, and its pictures into the batch. */
static bool add_pictures(const run *r, nc_batch *batch, nc_str *document)
{
    size_t at = 0;
    bool ok = true;

    for (size_t i = 0; ok && i < r->len; i++) {
        const picture *const p = &r->list[i];
        char *const path = picture_path(r, i);
        char *const url = link_to(r, path);

        nc_str_put(document, r->text.ptr + at, p->block.start - at);
        put_image(document, p, url);
        at = p->block.end;
        ok = nc_batch_add(batch, path, p->bytes.ptr, p->bytes.len, false);
        free(path);
        free(url);
    }
    nc_str_put(document, r->text.ptr + at, r->text.len - at);
    return ok;
}

static bool write_document(const run *r)
{
    const nc_mmdc_order *const o = r->order;
    const bool own_text = nc_is_same_file(o->input, o->output);
    nc_batch batch = {0};
    nc_str document = {0};
    bool ok = add_pictures(r, &batch, &document);

    if (ok && nc_mmdc_is_document(o->output))
        ok = nc_batch_add(&batch, o->output, document.ptr ? document.ptr : "", document.len,
                          own_text);
    ok = ok && nc_batch_commit(&batch);
    for (size_t i = 0; ok && i < r->len; i++) {
        char *const path = picture_path(r, i);
        say_written(r, path);
        free(path);
    }
    if (ok && nc_mmdc_is_document(o->output))
        say_written(r, o->output);
    nc_batch_drop(&batch);
    nc_str_release(&document);
    return ok;
}

static bool write_picture(const run *r)
{
    const nc_str *const bytes = &r->list[0].bytes;
    nc_batch batch = {0};
    bool ok;

    if (!r->order->output)
        return nc_write_stdout(bytes->ptr, bytes->len);
    ok = nc_batch_add(&batch, r->order->output, bytes->ptr, bytes->len, false) &&
         nc_batch_commit(&batch);
    nc_batch_drop(&batch);
    if (ok)
        say_written(r, r->order->output);
    return ok;
}

static void release(run *r)
{
    for (size_t i = 0; i < r->len; i++) {
        nc_findings_release(&r->list[i].findings);
        nc_str_release(&r->list[i].bytes);
        free(r->list[i].title);
        free(r->list[i].alt);
    }
    free(r->list);
    nc_host_release(&r->input.host);
    nc_str_release(&r->text);
}

nc_exit nc_mmdc_run(const nc_mmdc_order *order)
{
    run r = {.order = order, .input = {.path = order->input}};
    nc_exit outcome = NC_EXIT_USAGE;

    if (nc_file_read(&r.text, order->input, NC_INPUT_MAX)) {
        r.input.host =
            (nc_host){.path = nc_input_name(&r.input), .text = r.text.ptr, .len = r.text.len};
        if (order->is_document)
            find_pictures(&r);
        else
            take_whole(&r);
        outcome = draw_all(&r);
    }
    if (outcome == NC_EXIT_DONE && !(order->is_document ? write_document(&r) : write_picture(&r)))
        outcome = NC_EXIT_USAGE;
    release(&r);
    return outcome;
}
