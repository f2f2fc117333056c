#include "cli/job.h"

#include <stdlib.h>
#include <string.h>

#include "cli/drawing.h"
#include "cli/embed.h"
#include "cli/file.h"
#include "cli/image.h"
#include "cli/output.h"
#include "cli/path.h"

#define DOCUMENT_MAX ((size_t)256 << 20) /* of one that is compared: pictures may be in it */

const char *nc_state_name(nc_state state)
{
    static const char *const names[] = {"current", "stale", "missing", "error", "orphaned"};
    _Static_assert(sizeof(names) / sizeof(names[0]) == NC_STATE_COUNT, "a state has no name");
    return names[state];
}

uint64_t nc_bytes_hash(const char *bytes, size_t len)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    return hash;
}

/* A diagram as far as the errand needs it, and what a document says about it. */
typedef struct picture {
    nc_exit outcome;
    nc_str files[NC_FORMAT_COUNT]; /* drawn; empty when only marks are wanted */
    nc_str marks[NC_FORMAT_COUNT];
    char *alt;
    char *title;
    double width, height; /* px */
} picture;

typedef struct worker {
    nc_job *job;
    nc_input *input;
    const nc_order *order;
    nacre_context *context;
    nacre_options drawing;
} worker;

static void picture_release(picture *p)
{
    for (size_t i = 0; i < NC_FORMAT_COUNT; i++) {
        nc_str_release(&p->files[i]);
        nc_str_release(&p->marks[i]);
    }
    free(p->alt);
    free(p->title);
}

static bool has_told(const nc_findings *told, size_t from, const nc_finding *f)
{
    for (size_t i = from; i < told->len; i++) {
        if (told->list[i].start == f->start && strcmp(told->list[i].code, f->code) == 0 &&
            strcmp(told->list[i].message, f->message) == 0)
            return true;
    }
    return false;
}

/* Adds what a diagram has to say to the job's findings from index `from` on, each thing once. */
static void collect(const worker *w, size_t from, size_t index, const nacre_diagram *diagram)
{
    nc_findings *const all = &w->job->findings;
    nc_findings more = {0};

    nc_drawing_collect(&more, w->input, index, diagram);
    nc_findings_sort(&more);
    for (size_t i = 0; i < more.len; i++) {
        nc_findings one = {.list = &more.list[i], .len = 1, .cap = 1};
        nc_findings kept = {0};

        if (has_told(all, from, &more.list[i]))
            continue;
        kept.list = nc_alloc_must(sizeof(*kept.list));
        kept.list[0] = one.list[0];
        kept.len = kept.cap = 1;
        nc_findings_move(all, &kept);
        more.list[i] = (nc_finding){0};
    }
    nc_findings_release(&more);
}

/* Has no place for a mark: its bytes are what is compared. */
static bool is_text(nacre_format format)
{
    return format == NACRE_TXT || format == NACRE_ASCII;
}

static nacre_format format_of(const worker *w, size_t i)
{
    const nacre_format format = w->order->formats.list[i]->id;

    return format == NACRE_SVG && w->order->plain ? NACRE_SVG_PLAIN : format;
}

/* Pictures of one document have ids of their own; inlined, on whatever page they come to stand. */
static void choose_prefix(const worker *w, nacre_options *options, char *prefix, size_t size,
                          size_t index)
{
    nc_str text = {0};
    const char *const name = w->input->path ? nc_path_name(w->input->path) : "";

    if (!w->input->document || (!w->order->embed && !options->id_prefix))
        return;
    if (options->id_prefix)
        nc_str_fmt(&text, "%s-%zu", options->id_prefix, index + 1);
    else
        nc_str_fmt(&text, "nacre-%08x-%zu", (unsigned)nc_bytes_hash(name, strlen(name)), index + 1);
    memcpy(prefix, text.ptr, text.len < size ? text.len + 1 : size);
    prefix[size - 1] = '\0';
    options->id_prefix = prefix;
    nc_str_release(&text);
}

/* Read once, drawn in every format; what all of them say is told once. */
static void draw(const worker *w, size_t index, picture *out)
{
    const size_t from = w->job->findings.len;
    const bool only_marks = w->order->errand == NC_ERRAND_COMPARE && !w->order->embed;
    nacre_diagram *diagram;
    nacre_options options = w->drawing;
    char prefix[32];
    size_t len;
    const char *const source = nc_input_diagram(w->input, index, &len);
    nacre_status status;

    choose_prefix(w, &options, prefix, sizeof(prefix), index);
    status = nacre_parse(&diagram, w->context, source, len, &options);
    *out = (picture){0};
    for (size_t i = 0; status == NACRE_OK && i < w->order->formats.len; i++) {
        char mark[64];

        options.format = format_of(w, i);
        nacre_diagram_mark(mark, sizeof(mark), diagram, &options);
        nc_str_puts(&out->marks[i], mark);
        if (only_marks && !is_text(options.format))
            continue;
        status = nacre_render(diagram, &options, nc_str_sink, &out->files[i]);
        collect(w, from, index, diagram);
    }
    if (status == NACRE_OK && w->input->document) {
        out->alt = nc_strdup_must(nacre_diagram_description(diagram));
        out->title = nc_strdup_must(nacre_diagram_title(diagram));
        nacre_diagram_size(diagram, &out->width, &out->height);
    }
    if (diagram)
        collect(w, from, index, diagram);
    nacre_diagram_drop(diagram);
    out->outcome = nc_drawing_status(&w->job->findings, w->input, status);
    w->job->outcome = nc_exit_worse(w->job->outcome, out->outcome);
}

static nc_artifact *add_artifact(const worker *w, const char *path, size_t diagram)
{
    nc_job *const job = w->job;

    if (job->len == job->cap) {
        job->cap = job->cap ? job->cap * 2 : 8;
        job->list = nc_realloc_must(job->list, job->cap * sizeof(*job->list));
    }
    job->list[job->len] = (nc_artifact){.path = nc_strdup_must(path), .diagram = diagram};
    if (diagram) {
        nacre_document_block block;

        nacre_document_block_at(&block, w->input->document, diagram - 1);
        job->list[job->len].start = block.start;
        job->list[job->len].end = block.start + (block.kept ? 0 : block.opening_len);
    }
    job->list[job->len].line = nc_host_find(&w->input->host, job->list[job->len].start).line;
    return &job->list[job->len++];
}

/* -- the files of a diagram -- */

static const char *path_of(const worker *w, size_t index, size_t format)
{
    return w->input->pictures[index * w->order->formats.len + format];
}

/* Equal pictures have one name with --names hash: the first of them is written. */
static bool is_repeated(const worker *w, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(path_of(w, i, 0), path_of(w, index, 0)) == 0)
            return true;
    }
    return false;
}

static nc_state state_of(const char *path, const char *mark)
{
    nc_str found = {0};
    nc_state state = NC_STATE_MISSING;

    if (nc_is_there(path))
        state = nc_file_mark(&found, path) && strcmp(found.ptr, mark) == 0 ? NC_STATE_CURRENT
                                                                           : NC_STATE_STALE;
    nc_str_release(&found);
    return state;
}

static nc_state state_of_bytes(const char *path, const nc_str *text)
{
    nc_findings ignored = {0};
    nc_str there = {0};
    nc_state state = NC_STATE_MISSING;

    if (nc_is_there(path))
        state = nc_file_load(&there, &ignored, path, DOCUMENT_MAX) && there.len == text->len &&
                        memcmp(there.ptr, text->ptr ? text->ptr : "", there.len) == 0
                    ? NC_STATE_CURRENT
                    : NC_STATE_STALE;
    nc_findings_release(&ignored);
    nc_str_release(&there);
    return state;
}

/* Folders below -o DIR come into being with the first file they hold. */
static bool make_folder(const worker *w, const char *target)
{
    char *const folder = nc_path_folder(target);
    const bool ok = !w->input->in_folder || nc_directory_make(&w->job->findings, folder);

    free(folder);
    return ok;
}

/* Into the batch, or compared with what is there. */
static bool add_file(const worker *w, nc_batch *batch, const char *path, size_t diagram,
                     const nc_str *bytes, const char *mark)
{
    nc_artifact *const artifact = add_artifact(w, path, diagram);

    if (w->order->errand == NC_ERRAND_COMPARE) {
        artifact->state = bytes->len ? state_of_bytes(path, bytes) : state_of(path, mark);
        return true;
    }
    artifact->hash = nc_bytes_hash(bytes->ptr, bytes->len);
    artifact->size = bytes->len;
    return make_folder(w, path) &&
           nc_batch_add(batch, path, bytes->ptr, bytes->len, w->order->in_place);
}

static bool add_files(const worker *w, nc_batch *batch, size_t index, const picture *drawn)
{
    const size_t diagram = w->input->document ? index + 1 : 0;
    bool ok = true;

    if (!w->input->pictures || is_repeated(w, index))
        return true;
    for (size_t i = 0; ok && i < w->order->formats.len; i++)
        ok = add_file(w, batch, path_of(w, index, i), diagram, &drawn->files[i],
                      drawn->marks[i].ptr);
    return ok;
}

/* What would have become of a diagram with errors. */
static void add_bad(const worker *w, size_t index)
{
    const size_t diagram = w->input->document ? index + 1 : 0;

    for (size_t i = 0; w->input->pictures && i < w->order->formats.len; i++)
        add_artifact(w, path_of(w, index, i), diagram)->state = NC_STATE_ERROR;
}

static void fail_all(nc_job *job)
{
    job->outcome = NC_EXIT_USAGE;
    for (size_t i = 0; i < job->len; i++)
        job->list[i].state = NC_STATE_ERROR;
}

static void render_diagram(const worker *w)
{
    nc_batch batch = {.failures = &w->job->findings};
    picture drawn;

    draw(w, 0, &drawn);
    if (drawn.outcome != NC_EXIT_DONE) {
        add_bad(w, 0);
    } else if (w->input->pictures) {
        if (!add_files(w, &batch, 0, &drawn) || !nc_batch_commit(&batch))
            fail_all(w->job);
    } else if (w->order->errand == NC_ERRAND_WRITE &&
               !nc_write_stdout(drawn.files[0].ptr, drawn.files[0].len)) {
        w->job->outcome = NC_EXIT_USAGE;
    }
    nc_batch_drop(&batch);
    picture_release(&drawn);
}

/* -- documents -- */

/* From one file's folder to another file, as a path. */
static char *way_to(const char *from, const char *file)
{
    char *const here = nc_path_folder(from);
    char *const there = nc_path_folder(file);
    char *const whole_here = nc_path_absolute(here);
    char *const whole_there = nc_path_absolute(there);
    char *const way = nc_path_relative(whole_here, whole_there);
    char *const out = nc_path_join(way, nc_path_name(file));

    free(here);
    free(there);
    free(whole_here);
    free(whole_there);
    free(way);
    return out;
}

/* What stands in the document for a diagram: the first format that people asked for. */
static void put_image(nc_str *out, const worker *w, size_t index, const picture *drawn)
{
    char *const file = way_to(w->input->target, path_of(w, index, 0));
    const nc_image image = {
        .file = file,
        .alt = drawn->alt,
        .title = drawn->title,
        .width = drawn->width,
        .height = drawn->height,
    };

    if (w->order->formats.list[0]->id == NACRE_PNG)
        nc_image_html(out, &image);
    else
        nc_image_markdown(out, &image);
    free(file);
}

static void put_replacement(nc_str *out, const worker *w, size_t index, const picture *drawn)
{
    nacre_document_block block;
    size_t len;
    const char *const text = nc_input_diagram(w->input, index, &len);

    nacre_document_block_at(&block, w->input->document, index);
    if (w->order->embed)
        nc_embed_svg(out, drawn->files[0].ptr, drawn->files[0].len);
    else
        put_image(out, w, index, drawn);
    if (w->order->keep_source || (w->order->in_place && block.kept))
        nc_embed_source(out, &block, text, len);
}

/* The way from the document's new folder to its old one as a URL; NULL when they are the same. */
static char *rebase_of(const worker *w)
{
    char *const way = way_to(w->input->target, w->input->path);
    nc_str url = {0};

    way[nc_path_name(way) - way] = '\0';
    if (way[0] && !w->order->keep_links)
        nc_url_put(&url, way);
    free(way);
    return url.ptr;
}

/* The document comes last: it never names a picture that is not there. */
static bool add_document(const worker *w, nc_batch *batch, const nc_str *text)
{
    const nc_input *const input = w->input;
    nc_artifact *artifact;

    /* nothing was drawn in place, or all of it is as it was: the author's file stays as it is */
    if (w->order->in_place && text->len == input->text.len &&
        memcmp(text->ptr ? text->ptr : "", input->text.ptr, text->len) == 0) {
        if (input->diagram_len && w->order->errand == NC_ERRAND_COMPARE)
            add_artifact(w, input->target, 0);
        return true;
    }
    if (w->order->errand == NC_ERRAND_WRITE && text->len == 0)
        return add_file(w, batch, input->target, 0, &(nc_str){.ptr = (char[]){'\0'}}, "");
    if (w->order->errand == NC_ERRAND_WRITE)
        return add_file(w, batch, input->target, 0, text, "");
    artifact = add_artifact(w, input->target, 0);
    artifact->state = state_of_bytes(input->target, text);
    return true;
}

static bool write_document(const worker *w, const picture *pictures, char **replacements)
{
    char *const rebase = rebase_of(w);
    nc_batch batch = {.failures = &w->job->findings};
    nc_str text = {0};
    const nacre_status status = nacre_document_rewrite(
        w->input->document, (const char *const *)replacements, rebase, nc_str_sink, &text);
    bool ok = nc_drawing_status(&w->job->findings, w->input, status) == NC_EXIT_DONE;

    for (size_t i = 0; ok && i < w->input->diagram_len; i++) {
        if (replacements[i])
            ok = add_files(w, &batch, i, &pictures[i]);
        else
            add_bad(w, i);
    }
    ok = ok && add_document(w, &batch, &text) && nc_batch_commit(&batch);
    nc_batch_drop(&batch);
    nc_str_release(&text);
    free(rebase);
    return ok;
}

/* All diagrams are drawn before anything is written: a document is whole or it is not touched. */
static void render_document(const worker *w)
{
    const size_t len = w->input->diagram_len;
    picture *const pictures = nc_alloc_must(len * sizeof(*pictures));
    char **const replacements = nc_alloc_must(len * sizeof(*replacements));

    for (size_t i = 0; i < len; i++) {
        nc_str text = {0};

        draw(w, i, &pictures[i]);
        if (pictures[i].outcome == NC_EXIT_DONE)
            put_replacement(&text, w, i, &pictures[i]);
        replacements[i] = text.ptr;
    }
    if (w->job->outcome == NC_EXIT_DONE ||
        (w->job->outcome == NC_EXIT_DIAGRAM &&
         (w->order->keep_going || w->order->errand == NC_ERRAND_COMPARE))) {
        if (!write_document(w, pictures, replacements))
            fail_all(w->job);
    } else {
        for (size_t i = 0; i < len; i++)
            add_bad(w, i);
    }
    for (size_t i = 0; i < len; i++) {
        picture_release(&pictures[i]);
        free(replacements[i]);
    }
    free(pictures);
    free(replacements);
}

/* What a comparison found out about a file, told at the place of what it is made of. */
static void tell_state(const worker *w, const nc_artifact *artifact)
{
    static const struct {
        nc_code code;
        const char *message;
    } states[NC_STATE_COUNT] = {
        [NC_STATE_STALE] = {NC_CODE_STALE, "stale"},
        [NC_STATE_MISSING] = {NC_CODE_MISSING, "missing"},
    };
    nc_str message = {0};
    nacre_diagnostic d = {.severity = NACRE_ERROR, .hint = ""};

    if (!states[artifact->state].message)
        return;
    nc_str_fmt(&message, "'%s' is %s", artifact->path, states[artifact->state].message);
    d.code = nc_code_name(states[artifact->state].code);
    d.message = message.ptr;
    nc_findings_add(&w->job->states, &w->input->host, &d, artifact->start, artifact->end)->diagram =
        artifact->diagram;
    nc_str_release(&message);
}

void nc_job_run(nc_job *job, const nc_order *order, nacre_context *context)
{
    worker w = {.job = job,
                .input = job->input,
                .order = order,
                .context = context,
                .drawing = order->drawing};

    w.drawing.config_project = job->config_project;
    nc_allowed_give(&w.drawing, job->allowed);
    if (!nc_input_reopen(job->input, &job->findings, context))
        job->outcome = NC_EXIT_USAGE;
    else if (job->input->document)
        render_document(&w);
    else
        render_diagram(&w);
    for (size_t i = 0; order->errand == NC_ERRAND_COMPARE && i < job->len; i++)
        tell_state(&w, &job->list[i]);
    nc_input_close(job->input);
    nc_str_release(&job->input->text);
}

void nc_job_release(nc_job *job)
{
    for (size_t i = 0; i < job->len; i++)
        free(job->list[i].path);
    free(job->list);
    nc_findings_release(&job->findings);
    nc_findings_release(&job->states);
}
