#include "cli/plan.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/file.h"
#include "cli/path.h"

typedef enum place { PLACE_BESIDE, PLACE_STDOUT, PLACE_FOLDER, PLACE_FILE, PLACE_SELF } place;

typedef struct plan {
    nc_inputs *inputs;
    const nc_plan_options *options;
    nc_formats *formats;
    place place;
    size_t common; /* of the inputs' absolute folders, with PLACE_FOLDER */
} plan;

/* One file that will be written. */
typedef struct target {
    char *real;       /* as the file system knows it: two spellings of one place are equal */
    const char *path; /* as people know it */
    const char *from;
    size_t order;
    bool named;    /* by the user: overwritten without asking */
    bool own_text; /* --in-place: the input itself */
} target;

/* A name that is no suffix of ours is fine where -f says what to write. */
static bool choose_formats(plan *p)
{
    const char *const output = p->options->output;

    *p->formats = (nc_formats){.list = {nc_format_default()}, .len = 1};
    if (p->options->formats)
        return nc_formats_parse(p->formats, p->options->formats);
    if (p->place == PLACE_FILE && p->inputs->len == 1 &&
        p->inputs->list[0].kind == NC_INPUT_DIAGRAM && !nc_is_device(output)) {
        p->formats->list[0] = nc_format_of_path(output);
        if (!p->formats->list[0]) {
            nc_report_error(NC_CODE_USAGE, NULL, "the suffix of '%s' names no format", output);
            nc_report_hint("write '-o NAME.svg', or '-o %s/' for a folder, or add '-f svg'",
                           output);
            return false;
        }
    }
    return true;
}

static bool choose_place(plan *p)
{
    const char *const output = p->options->output;

    if (output && p->options->in_place) {
        nc_report_error(NC_CODE_USAGE, NULL, "'--in-place' and '-o' exclude each other");
        return false;
    }
    if (!output) {
        p->place = p->options->in_place ? PLACE_SELF : PLACE_BESIDE;
        return true;
    }
    if (output[0] == '\0') {
        nc_report_error(NC_CODE_USAGE, NULL, "'-o' is empty");
        return false;
    }
    if (strcmp(output, "-") == 0)
        p->place = PLACE_STDOUT;
    else if (output[strlen(output) - 1] == '/' || nc_is_directory(output))
        p->place = PLACE_FOLDER;
    else
        p->place = PLACE_FILE;
    if ((p->place == PLACE_STDOUT || p->place == PLACE_FILE) && p->inputs->len > 1) {
        nc_report_error(NC_CODE_USAGE, NULL, "%zu inputs cannot become the one file '%s'",
                        p->inputs->len, output);
        nc_report_hint("a folder holds them all: '-o %s/'",
                       p->place == PLACE_FILE ? output : "DIR");
        return false;
    }
    return true;
}

/* What an input's kind and the place have against each other. */
static bool suits(const plan *p, const nc_input *input)
{
    const char *const name = nc_input_name(input);

    if (input->kind == NC_INPUT_DOCUMENT && p->place == PLACE_BESIDE) {
        nc_report_error(NC_CODE_USAGE, name, "a document needs '-o' or '--in-place'");
        nc_report_hint("'-o DIR/' writes the document and its pictures into a folder");
    } else if (input->kind == NC_INPUT_DOCUMENT && p->place == PLACE_STDOUT) {
        nc_report_error(NC_CODE_USAGE, name,
                        "a document's pictures are files: it cannot go to standard output");
        nc_report_hint("'-o DIR/' writes the document and its pictures into a folder");
    } else if (input->kind == NC_INPUT_DOCUMENT && p->place == PLACE_FILE &&
               nc_format_of_path(p->options->output)) {
        nc_report_error(NC_CODE_USAGE, name, "a document does not become the one picture '%s'",
                        p->options->output);
        nc_report_hint("'-o DIR/' writes the document and its pictures into a folder");
    } else if (!input->path && p->place == PLACE_FOLDER) {
        nc_report_error(NC_CODE_USAGE, name, "standard input has no name to be written under");
        nc_report_hint("name the file: '-o %s%sNAME%s'", p->options->output,
                       p->options->output[strlen(p->options->output) - 1] == '/' ? "" : "/",
                       p->formats->list[0]->suffix);
    } else {
        return true;
    }
    return false;
}

/* The folder above all inputs, as a length into each one's absolute path. */
static void find_common(plan *p)
{
    char *first = NULL;

    for (size_t i = 0; i < p->inputs->len; i++) {
        char *const path = nc_path_absolute(p->inputs->list[i].path);
        char *const slash = strrchr(path, '/');

        *slash = '\0';
        if (first) {
            const size_t same = nc_path_common(first, path);
            if (same < p->common)
                p->common = same;
            free(path);
        } else {
            first = path;
            p->common = strlen(path);
        }
    }
    free(first);
}

/* The length of a path without a suffix that the picture's own takes the place of. */
static size_t stem_len(const char *path)
{
    static const char *const suffixes[] = {".mmd", ".mermaid"};

    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        if (nc_path_has_suffix(path, suffixes[i]))
            return strlen(path) - strlen(suffixes[i]);
    }
    return strlen(path);
}

static char *with_suffix(const char *path, size_t len, const nc_format *format)
{
    nc_str out = {0};

    nc_str_put(&out, path, len);
    nc_str_puts(&out, format->suffix);
    return nc_str_take(&out);
}

/* Where an input comes to lie below -o DIR, or where it stands. */
static char *mirrored(const plan *p, const nc_input *input)
{
    char *whole;
    char *out;

    if (p->place != PLACE_FOLDER)
        return nc_strdup_must(input->path);
    whole = nc_path_absolute(input->path);
    out = nc_path_join(p->options->output, whole + p->common + 1);
    free(whole);
    return out;
}

/* X.mmd becomes X with each format's suffix; any other name keeps its own suffix before it. */
static void place_diagram(const plan *p, nc_input *input)
{
    const size_t len = p->formats->len;
    const char *const output = p->options->output;
    char *path;
    size_t stem;

    if (p->place == PLACE_STDOUT || (!input->path && p->place != PLACE_FILE))
        return;
    path = p->place == PLACE_FILE ? nc_strdup_must(output) : mirrored(p, input);
    stem = stem_len(path);
    if (p->place == PLACE_FILE && nc_format_of_path(output))
        stem = strlen(output) - strlen(nc_format_of_path(output)->suffix);
    input->pictures = nc_alloc_must(len * sizeof(*input->pictures));
    input->picture_len = len;
    for (size_t i = 0; i < len; i++)
        input->pictures[i] = p->place == PLACE_FILE && len == 1
                                 ? nc_strdup_must(output)
                                 : with_suffix(path, stem, p->formats->list[i]);
    free(path);
}

/* Whether a picture of that name is part of the document already. */
static bool document_mentions(const nc_input *input, const char *name)
{
    const size_t len = strlen(name);
    const char *at = input->text.ptr;
    const char *const end = at + input->text.len;

    while ((size_t)(end - at) >= len) {
        at = memchr(at, name[0], (size_t)(end - at) - len + 1);
        if (!at)
            return false;
        if (memcmp(at, name, len) == 0)
            return true;
        at++;
    }
    return false;
}

/* Whether the document has a picture of an earlier run under that name without suffix. */
static bool is_taken(const plan *p, const nc_input *input, const char *stem)
{
    bool taken = false;

    for (size_t i = 0; p->place == PLACE_SELF && !taken && i < p->formats->len; i++) {
        char *const path = with_suffix(stem, strlen(stem), p->formats->list[i]);
        taken = document_mentions(input, nc_path_name(path));
        free(path);
    }
    return taken;
}

/*
 * Diagram n of D.md is D-n.svg. A document rewritten in place may have pictures of an earlier run:
 * their numbers are skipped, or a new diagram would replace an old one's picture.
 */
static void place_pictures(const plan *p, nc_input *input)
{
    const char *const name = nc_path_name(input->target);
    const char *const dot = strrchr(name, '.');
    const size_t len = strlen(input->target) - (dot && dot != name ? strlen(dot) : 0);
    size_t number = 0;
    nc_str stem = {0};

    input->pictures =
        nc_alloc_must(input->diagram_len * p->formats->len * sizeof(*input->pictures));
    for (size_t i = 0; i < input->diagram_len; i++) {
        do {
            nc_str_clear(&stem);
            nc_str_put(&stem, input->target, len);
            nc_str_fmt(&stem, "-%zu", ++number);
        } while (is_taken(p, input, stem.ptr));
        for (size_t f = 0; f < p->formats->len; f++)
            input->pictures[input->picture_len++] =
                with_suffix(stem.ptr, stem.len, p->formats->list[f]);
    }
    nc_str_release(&stem);
}

static void place_input(const plan *p, nc_input *input)
{
    input->in_folder = p->place == PLACE_FOLDER;
    if (input->kind == NC_INPUT_DIAGRAM) {
        place_diagram(p, input);
        return;
    }
    input->target =
        p->place == PLACE_FILE ? nc_strdup_must(p->options->output) : mirrored(p, input);
    if (!input->failed)
        place_pictures(p, input);
}

/* Folders that exist are resolved, what comes below them is spelt out. */
static char *real_path(const char *path)
{
    char *const whole = nc_path_absolute(path);
    char *const slash = strrchr(whole, '/');
    char *folder;
    char *out;

    *slash = '\0';
    folder = realpath(slash == whole ? "/" : whole, NULL);
    out = nc_path_join(folder ? folder : whole, slash + 1);
    free(folder);
    free(whole);
    return out;
}

static int compare_targets(const void *a, const void *b)
{
    const target *const ta = a;
    const target *const tb = b;
    const int by_path = strcmp(ta->real, tb->real);

    return by_path != 0 ? by_path : ta->order < tb->order ? -1 : 1;
}

/* With several formats, only one of them may be what -o names. */
static bool is_output(const plan *p, const char *path)
{
    return strcmp(path, p->options->output) == 0;
}

static target *list_targets(const plan *p, size_t *len)
{
    size_t count = 0;
    target *list;

    *len = 0;
    for (size_t i = 0; i < p->inputs->len; i++)
        count += 1 + p->inputs->list[i].picture_len;
    list = nc_alloc_must(count * sizeof(*list));
    for (size_t i = 0; i < p->inputs->len; i++) {
        const nc_input *const input = &p->inputs->list[i];
        const char *const from = nc_input_name(input);
        const bool named = p->place == PLACE_FILE && input->kind == NC_INPUT_DIAGRAM;

        if (input->target) {
            list[*len] = (target){.real = real_path(input->target),
                                  .path = input->target,
                                  .from = from,
                                  .order = *len,
                                  .named = true,
                                  .own_text = p->place == PLACE_SELF};
            (*len)++;
        }
        for (size_t k = 0; k < input->picture_len; k++) {
            list[*len] = (target){.real = real_path(input->pictures[k]),
                                  .path = input->pictures[k],
                                  .from = from,
                                  .order = *len,
                                  .named = named && is_output(p, input->pictures[k])};
            (*len)++;
        }
    }
    return list;
}

/* An output on top of an input would destroy what the author wrote. */
static bool spares_inputs(const plan *p, const target *t)
{
    for (size_t i = 0; i < p->inputs->len; i++) {
        const nc_input *const input = &p->inputs->list[i];

        if (!input->path || t->own_text || !nc_is_same_file(input->path, t->path))
            continue;
        nc_report_error(NC_CODE_COLLISION, t->from, "would be written onto the input '%s'",
                        input->path);
        if (input->kind == NC_INPUT_DOCUMENT)
            nc_report_hint("'--in-place' rewrites a document where it stands");
        return false;
    }
    return true;
}

static bool spares_others(const plan *p, const target *t)
{
    struct stat st;

    if (p->options->force || t->named || lstat(t->path, &st) != 0)
        return true;
    if (S_ISREG(st.st_mode) && nc_has_mark(t->path))
        return true;
    nc_report_error(NC_CODE_FOREIGN, t->from, "'%s' exists and is not nacre's work", t->path);
    nc_report_hint("name it with '-o', move it away, or add '--force'");
    return false;
}

static bool check_targets(const plan *p)
{
    size_t len;
    target *const list = list_targets(p, &len);
    bool ok = true;

    qsort(list, len, sizeof(*list), compare_targets);
    for (size_t i = 1; i < len; i++) {
        if (strcmp(list[i - 1].real, list[i].real) == 0) {
            nc_report_error(NC_CODE_COLLISION, list[i].from,
                            "'%s' would be written from '%s' already", list[i].path,
                            list[i - 1].from);
            ok = false;
        }
    }
    for (size_t i = 0; i < len; i++)
        ok = spares_inputs(p, &list[i]) && spares_others(p, &list[i]) && ok;
    for (size_t i = 0; i < len; i++)
        free(list[i].real);
    free(list);
    return ok;
}

/* Standard output takes one picture. */
static bool suits_stdout(const plan *p)
{
    if (p->formats->len == 1)
        return true;
    nc_report_error(NC_CODE_USAGE, NULL, "standard output takes one format");
    return false;
}

/* No binary picture where people look at it. */
static bool spares_terminal(const plan *p, const nc_input *input)
{
    for (size_t i = 0; i < p->formats->len; i++) {
        const nc_format *const format = p->formats->list[i];

        if (!format->binary || input->kind != NC_INPUT_DIAGRAM ||
            !(input->pictures ? nc_is_terminal(input->pictures[i]) : isatty(STDOUT_FILENO)))
            continue;
        nc_report_error(NC_CODE_TERMINAL, NULL, "'%s' is binary and '%s' a terminal", format->name,
                        input->pictures ? input->pictures[i] : "standard output");
        nc_report_hint("name a file with '-o', or pipe the output");
        return false;
    }
    return true;
}

bool nc_plan_make(nc_formats *formats, nc_inputs *inputs, const nc_plan_options *options)
{
    plan p = {.inputs = inputs, .options = options, .formats = formats};
    bool ok = choose_place(&p) && choose_formats(&p);

    for (size_t i = 0; ok && i < inputs->len; i++)
        ok = suits(&p, &inputs->list[i]);
    if (!ok)
        return false;
    if (p.place == PLACE_FOLDER)
        find_common(&p);
    for (size_t i = 0; i < inputs->len; i++) {
        place_input(&p, &inputs->list[i]);
        if (!inputs->list[i].target && !inputs->list[i].pictures && !suits_stdout(&p))
            return false;
        if (!spares_terminal(&p, &inputs->list[i]))
            return false;
    }
    return check_targets(&p);
}
