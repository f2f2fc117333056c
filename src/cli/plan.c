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
    size_t common; /* of the operands' absolute folders */
} plan;

/* One file that will be written. */
typedef struct target {
    char *real;       /* as the file system knows it: two spellings of one place are equal */
    const char *path; /* as people know it */
    const char *from;
    size_t order;
    bool named;         /* by the user: overwritten without asking */
    bool own_text;      /* --in-place: the input itself */
    const char *folder; /* that it must not leave; NULL: none */
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

static bool names_folder(const plan *p)
{
    for (size_t i = 0; i < p->options->operands->len; i++) {
        if (nc_is_directory(p->options->operands->list[i]))
            return true;
    }
    return false;
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
    if ((p->place == PLACE_STDOUT || p->place == PLACE_FILE) &&
        (p->inputs->len > 1 || names_folder(p))) {
        if (p->inputs->len > 1)
            nc_report_error(NC_CODE_USAGE, NULL, "%zu inputs cannot become the one file '%s'",
                            p->inputs->len, output);
        else
            nc_report_error(NC_CODE_USAGE, NULL, "a folder cannot become the one file '%s'",
                            output);
        nc_report_hint("a folder holds them all: '-o %s/'",
                       p->place == PLACE_FILE ? output : "DIR");
        return false;
    }
    return true;
}

const char *nc_plan_folder(const nc_plan_options *options)
{
    const char *const output = options->output;

    if (options->artifacts)
        return options->artifacts;
    return output && output[0] && (output[strlen(output) - 1] == '/' || nc_is_directory(output))
               ? output
               : NULL;
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

/*
 * The folder above all that people named, as a length into each input's absolute path. Of a folder
 * it is that folder itself, whatever files there are in it.
 */
static void find_common(plan *p)
{
    char *first = NULL;

    for (size_t i = 0; i < p->options->operands->len; i++) {
        const char *const operand = p->options->operands->list[i];
        char *path;

        if (strcmp(operand, "-") == 0)
            continue;
        path = nc_path_absolute(operand);
        if (!nc_is_directory(operand))
            *strrchr(path, '/') = '\0';
        else if (strcmp(path, "/") == 0)
            path[0] = '\0';
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

/* An input's path below that folder. */
static char *below_common(const plan *p, const nc_input *input)
{
    char *const whole = nc_path_absolute(input->path);
    char *const out = nc_strdup_must(whole + p->common + 1);

    free(whole);
    return out;
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
    char *below;
    char *out;

    if (p->place != PLACE_FOLDER)
        return nc_strdup_must(input->path);
    below = below_common(p, input);
    out = nc_path_join(p->options->output, below);
    free(below);
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

/* Whether a picture of that name is part of the document already, other than by a kept source. */
static bool document_mentions(const nc_input *input, const char *name)
{
    const nc_str *const text = input->unkept.ptr ? &input->unkept : &input->text;
    const size_t len = strlen(name);
    const char *at = text->ptr;
    const char *const end = at + text->len;

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

/* What a document's pictures are called after: the document without suffix, where they will lie. */
static char *picture_base(const plan *p, const nc_input *input)
{
    const char *name = nc_path_name(input->target);
    char *base;
    char *dot;

    if (!p->options->artifacts) {
        base = nc_strdup_must(input->target);
    } else if (p->place == PLACE_FILE) {
        base = nc_path_join(p->options->artifacts, name);
    } else {
        char *const below = below_common(p, input);
        base = nc_path_join(p->options->artifacts, below);
        free(below);
    }
    name = nc_path_name(base);
    dot = strrchr(base, '.');
    if (dot && dot > name)
        *dot = '\0';
    return base;
}

/*
 * Diagram n of D.md is D-n.svg. A document rewritten in place may have pictures of an earlier run:
 * their numbers are skipped, or a new diagram would replace an old one's picture.
 */
static void place_pictures(const plan *p, nc_input *input)
{
    char *const base = picture_base(p, input);
    size_t number = 0;
    nc_str stem = {0};

    input->pictures =
        nc_alloc_must(input->diagram_len * p->formats->len * sizeof(*input->pictures));
    for (size_t i = 0; i < input->diagram_len; i++) {
        const char *const name = input->names ? input->names[i] : NULL;

        /* Among names a number is the diagram's own, behind a name it counts from 2. */
        number = name ? 0 : input->names ? i : number;
        do {
            nc_str_clear(&stem);
            nc_str_fmt(&stem, "%s-", base);
            number++;
            if (name)
                nc_str_puts(&stem, name);
            if (!name || number > 1)
                nc_str_fmt(&stem, name ? "-%zu" : "%zu", number);
        } while (is_taken(p, input, stem.ptr));
        for (size_t f = 0; f < p->formats->len; f++)
            input->pictures[input->picture_len++] =
                with_suffix(stem.ptr, stem.len, p->formats->list[f]);
    }
    nc_str_release(&stem);
    free(base);
}

static void place_input(const plan *p, nc_input *input)
{
    input->in_folder = p->place == PLACE_FOLDER || p->options->artifacts;
    if (input->kind == NC_INPUT_DIAGRAM) {
        place_diagram(p, input);
        return;
    }
    input->target =
        p->place == PLACE_FILE ? nc_strdup_must(p->options->output) : mirrored(p, input);
    if (!input->failed && !p->options->embed)
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

/* Whether diagram i of a document has the picture of an equal one before it (--names hash). */
static bool is_shared(const plan *p, const nc_input *input, size_t picture)
{
    const size_t step = p->formats->len;

    for (size_t i = picture % step; input->names && i < picture; i += step) {
        if (strcmp(input->pictures[i], input->pictures[picture]) == 0)
            return true;
    }
    return false;
}

static target *list_targets(const plan *p, size_t *len)
{
    const char *const folder = p->place == PLACE_FOLDER ? p->options->output : NULL;
    const char *const artifacts = p->options->artifacts;
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
                                  .own_text = p->place == PLACE_SELF,
                                  .folder = folder};
            (*len)++;
        }
        for (size_t k = 0; k < input->picture_len; k++) {
            if (is_shared(p, input, k))
                continue;
            list[*len] = (target){.real = real_path(input->pictures[k]),
                                  .path = input->pictures[k],
                                  .from = from,
                                  .order = *len,
                                  .named = named && is_output(p, input->pictures[k]),
                                  .folder = input->target && artifacts ? artifacts : folder};
            (*len)++;
        }
    }
    return list;
}

/* A file as the file system knows it, and the input it is. */
typedef struct known {
    dev_t device;
    ino_t inode;
    const nc_input *input;
} known;

typedef struct known_list {
    known *list;
    size_t len;
} known_list;

static int compare_known(const void *a, const void *b)
{
    const known *const ka = a;
    const known *const kb = b;

    if (ka->device != kb->device)
        return ka->device < kb->device ? -1 : 1;
    return ka->inode < kb->inode ? -1 : ka->inode > kb->inode;
}

static known_list know_inputs(const plan *p)
{
    known_list out = {.list = nc_alloc_must(p->inputs->len * sizeof(*out.list))};
    struct stat st;

    for (size_t i = 0; i < p->inputs->len; i++) {
        const nc_input *const input = &p->inputs->list[i];
        if (input->path && stat(input->path, &st) == 0)
            out.list[out.len++] = (known){st.st_dev, st.st_ino, input};
    }
    if (out.len)
        qsort(out.list, out.len, sizeof(*out.list), compare_known);
    return out;
}

/* An output on top of an input would destroy what the author wrote. */
static bool spares_inputs(const known_list *inputs, const target *t)
{
    struct stat st;
    known key;
    const known *hit;

    if (t->own_text || inputs->len == 0 || stat(t->path, &st) != 0)
        return true;
    key = (known){st.st_dev, st.st_ino, NULL};
    hit = bsearch(&key, inputs->list, inputs->len, sizeof(key), compare_known);
    if (!hit)
        return true;
    nc_report_error(NC_CODE_COLLISION, t->from, "would be written onto the input '%s'",
                    hit->input->path);
    if (hit->input->kind == NC_INPUT_DOCUMENT)
        nc_report_hint("'--in-place' rewrites a document where it stands");
    return false;
}

/* A link inside the folder of outputs must not lead what is written out of it. */
static bool stays_inside(const plan *p, const target *t)
{
    char *folder;
    char *whole;
    bool inside;

    if (!t->folder || p->options->force || !nc_is_directory(t->folder))
        return true;
    folder = realpath(t->folder, NULL);
    whole = nc_is_there(t->path) ? realpath(t->path, NULL) : nc_strdup_must(t->real);
    inside = folder && whole && nc_path_common(folder, whole) == strlen(folder);
    inside = inside || (folder && strcmp(folder, "/") == 0);
    free(folder);
    free(whole);
    if (inside)
        return true;
    nc_report_error(NC_CODE_FOREIGN, t->from, "'%s' leads out of '%s' through a link", t->path,
                    t->folder);
    nc_report_hint("remove the link, or add '--force'");
    return false;
}

static bool spares_others(const plan *p, const target *t)
{
    struct stat st;

    if (p->options->force || t->named || lstat(t->path, &st) != 0)
        return true;
    if (S_ISREG(st.st_mode) && nc_file_mark(NULL, t->path))
        return true;
    nc_report_error(NC_CODE_FOREIGN, t->from, "'%s' exists and is not nacre's work", t->path);
    nc_report_hint("name it with '-o', move it away, or add '--force'");
    return false;
}

static bool check_targets(const plan *p)
{
    size_t len;
    target *const list = list_targets(p, &len);
    const known_list inputs = know_inputs(p);
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
        ok = spares_inputs(&inputs, &list[i]) && stays_inside(p, &list[i]) &&
             spares_others(p, &list[i]) && ok;
    free(inputs.list);
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
    if (p.place == PLACE_FOLDER || options->artifacts)
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
