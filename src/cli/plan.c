#include "cli/plan.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/file.h"
#include "cli/path.h"

typedef struct format {
    const char *name;
    const char *suffix;
    bool binary;
} format;

static const format formats[] = {{"svg", ".svg", false}};
enum { FORMAT_COUNT = sizeof(formats) / sizeof(formats[0]) };

typedef enum place { PLACE_BESIDE, PLACE_STDOUT, PLACE_FOLDER, PLACE_FILE, PLACE_SELF } place;

typedef struct plan {
    nc_inputs *inputs;
    const nc_plan_options *options;
    const format *format;
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

static const format *format_named(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    }
    return NULL;
}

static const format *format_of_path(const char *path)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (nc_path_has_suffix(path, formats[i].suffix))
            return &formats[i];
    }
    return NULL;
}

static bool choose_format(plan *p)
{
    const char *const output = p->options->output;

    p->format = &formats[0];
    if (p->options->format) {
        p->format = format_named(p->options->format);
        if (!p->format) {
            nc_report_error(NC_CODE_USAGE, NULL, "'%s' is no format that can be written",
                            p->options->format);
            nc_report_hint("there are: svg");
        }
    } else if (p->place == PLACE_FILE && p->inputs->len == 1 &&
               p->inputs->list[0].kind == NC_INPUT_DIAGRAM && !nc_is_device(output)) {
        p->format = format_of_path(output);
        if (!p->format) {
            nc_report_error(NC_CODE_USAGE, NULL, "the suffix of '%s' names no format", output);
            nc_report_hint("write '-o NAME.svg', or '-o %s/' for a folder, or add '-f svg'",
                           output);
        }
    }
    return p->format != NULL;
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
               format_of_path(p->options->output)) {
        nc_report_error(NC_CODE_USAGE, name, "a document does not become the one picture '%s'",
                        p->options->output);
        nc_report_hint("'-o DIR/' writes the document and its pictures into a folder");
    } else if (!input->path && p->place == PLACE_FOLDER) {
        nc_report_error(NC_CODE_USAGE, name, "standard input has no name to be written under");
        nc_report_hint("name the file: '-o %s%sNAME%s'", p->options->output,
                       p->options->output[strlen(p->options->output) - 1] == '/' ? "" : "/",
                       p->format->suffix);
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

/* X.mmd becomes X and the format's suffix; any other name keeps its own suffix before it. */
static char *picture_name(const char *path, const format *as)
{
    static const char *const suffixes[] = {".mmd", ".mermaid"};
    size_t len = strlen(path);
    nc_str out = {0};

    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        if (nc_path_has_suffix(path, suffixes[i])) {
            len -= strlen(suffixes[i]);
            break;
        }
    }
    nc_str_put(&out, path, len);
    nc_str_puts(&out, as->suffix);
    return nc_str_take(&out);
}

static char *place_input(const plan *p, const nc_input *input)
{
    const bool is_picture = input->kind == NC_INPUT_DIAGRAM;
    char *whole;
    char *inside;
    char *out;

    if (p->place == PLACE_STDOUT || (!input->path && p->place != PLACE_FILE))
        return NULL;
    if (p->place == PLACE_FILE)
        return nc_strdup_must(p->options->output);
    if (p->place != PLACE_FOLDER)
        return is_picture ? picture_name(input->path, p->format) : nc_strdup_must(input->path);
    whole = nc_path_absolute(input->path);
    inside = is_picture ? picture_name(whole + p->common + 1, p->format)
                        : nc_strdup_must(whole + p->common + 1);
    out = nc_path_join(p->options->output, inside);
    free(inside);
    free(whole);
    return out;
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

    input->pictures = nc_alloc_must(input->diagram_len * sizeof(*input->pictures));
    for (size_t i = 0; i < input->diagram_len; i++) {
        nc_str path = {0};
        do {
            nc_str_clear(&path);
            nc_str_put(&path, input->target, len);
            nc_str_fmt(&path, "-%zu%s", ++number, p->format->suffix);
        } while (p->place == PLACE_SELF && document_mentions(input, nc_path_name(path.ptr)));
        input->pictures[i] = nc_str_take(&path);
    }
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

static target *list_targets(const plan *p, size_t *len)
{
    size_t count = 0;
    target *list;

    *len = 0;
    for (size_t i = 0; i < p->inputs->len; i++)
        count += 1 + p->inputs->list[i].diagram_len;
    list = nc_alloc_must(count * sizeof(*list));
    for (size_t i = 0; i < p->inputs->len; i++) {
        const nc_input *const input = &p->inputs->list[i];
        const char *const from = nc_input_name(input);
        const bool is_document = input->kind == NC_INPUT_DOCUMENT;

        if (input->target) {
            list[*len] = (target){.real = real_path(input->target),
                                  .path = input->target,
                                  .from = from,
                                  .order = *len,
                                  .named = p->place == PLACE_FILE || is_document,
                                  .own_text = p->place == PLACE_SELF && is_document};
            (*len)++;
        }
        for (size_t k = 0; input->pictures && k < input->diagram_len; k++) {
            list[*len] = (target){.real = real_path(input->pictures[k]),
                                  .path = input->pictures[k],
                                  .from = from,
                                  .order = *len};
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

bool nc_plan_make(nc_inputs *inputs, const nc_plan_options *options)
{
    plan p = {.inputs = inputs, .options = options};
    bool ok = choose_place(&p) && choose_format(&p);

    for (size_t i = 0; ok && i < inputs->len; i++)
        ok = suits(&p, &inputs->list[i]);
    if (!ok)
        return false;
    if (p.format->binary && p.place == PLACE_STDOUT && isatty(STDOUT_FILENO)) {
        nc_report_error(NC_CODE_TERMINAL, NULL, "'%s' is binary and standard output a terminal",
                        p.format->name);
        nc_report_hint("name a file with '-o', or pipe the output");
        return false;
    }
    if (p.place == PLACE_FOLDER)
        find_common(&p);
    for (size_t i = 0; i < inputs->len; i++) {
        inputs->list[i].target = place_input(&p, &inputs->list[i]);
        inputs->list[i].in_folder = p.place == PLACE_FOLDER;
        if (inputs->list[i].kind == NC_INPUT_DOCUMENT && !inputs->list[i].failed)
            place_pictures(&p, &inputs->list[i]);
    }
    return check_targets(&p);
}
