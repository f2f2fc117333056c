#include "cli/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/file.h"
#include "cli/glob.h"
#include "cli/path.h"

typedef struct walker {
    nc_findings *failures;
    nc_glob **excludes;
    size_t exclude_len;
    nc_paths folders; /* still to be read */
    nc_paths found;   /* of the operand at hand */
    size_t root;      /* length of what that operand is in front of the paths found */
    size_t excluded;  /* files and folders of that operand */
    char *outputs;    /* absolute: a folder that is left out; NULL: none */
} walker;

static void push(nc_paths *paths, char *path)
{
    if (paths->len == paths->cap) {
        paths->cap = paths->cap ? paths->cap * 2 : 64;
        paths->list = nc_realloc_must(paths->list, paths->cap * sizeof(*paths->list));
    }
    paths->list[paths->len++] = path;
}

void nc_paths_release(nc_paths *paths)
{
    for (size_t i = 0; i < paths->len; i++)
        free(paths->list[i]);
    free(paths->list);
    *paths = (nc_paths){0};
}

static bool is_excluded(const walker *w, const char *path)
{
    for (size_t i = 0; i < w->exclude_len; i++) {
        const nc_glob *const glob = w->excludes[i];
        const bool matches =
            nc_glob_is_name(glob)
                ? nc_glob_matches(glob, nc_path_name(path))
                : nc_glob_matches(glob, path) || (w->root && nc_glob_matches(glob, path + w->root));
        if (matches)
            return true;
    }
    return false;
}

static bool is_checked(const char *name)
{
    static const char *const suffixes[] = {".mmd", ".mermaid", ".md", ".markdown"};

    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        if (nc_path_has_suffix(name, suffixes[i]))
            return true;
    }
    return false;
}

static bool is_skipped_folder(const char *name)
{
    return name[0] == '.' || strcmp(name, "node_modules") == 0;
}

static bool is_outputs(const walker *w, const char *path)
{
    char *const whole = w->outputs ? nc_path_absolute(path) : NULL;
    const bool same = whole && strcmp(whole, w->outputs) == 0;

    free(whole);
    return same;
}

/* path is taken. */
static void visit(walker *w, char *path)
{
    const char *const name = nc_path_name(path);
    struct stat st;
    nc_paths *to = NULL;

    if (lstat(path, &st) == 0) {
        if (S_ISDIR(st.st_mode) && !is_skipped_folder(name) && !is_outputs(w, path))
            to = &w->folders;
        else if (S_ISREG(st.st_mode) && is_checked(name))
            to = &w->found;
    }
    if (to && is_excluded(w, path)) {
        w->excluded++;
        to = NULL;
    }
    if (to)
        push(to, path);
    else
        free(path);
}

static void fail(walker *w, nc_code code, const char *path, const char *message, const char *hint)
{
    nc_findings_fail(w->failures, code, path, message, hint);
}

static void read_folder(walker *w, const char *path)
{
    DIR *const folder = opendir(path[0] ? path : ".");
    nc_str message = {0};
    struct dirent *entry = NULL;

    errno = folder ? 0 : errno;
    while (folder && (errno = 0, entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            visit(w, nc_path_join(path, entry->d_name));
    }
    if (errno) {
        nc_str_fmt(&message, "the folder cannot be read: %s", strerror(errno));
        fail(w, NC_CODE_READ, path[0] ? path : ".", message.ptr, NULL);
    }
    if (folder)
        closedir(folder);
    nc_str_release(&message);
}

/* By bytes, a folder's name before those that go on behind it: '/' is the least of them. */
static int by_path(const void *left, const void *right)
{
    const char *a = *(char *const *)left;
    const char *b = *(char *const *)right;

    for (; *a && *a == *b; a++)
        b++;
    if (*a == *b)
        return 0;
    if (*a == '\0' || *b == '\0')
        return *a == '\0' ? -1 : 1;
    if (*a == '/' || *b == '/')
        return *a == '/' ? -1 : 1;
    return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
}

/* "./docs/" is "docs", "." is "": what stands in front of the names found. */
static char *folder_of(const char *operand)
{
    char *const path = nc_strdup_must(operand);
    size_t len = strlen(path);
    char *from = path;

    while (len > 1 && path[len - 1] == '/')
        path[--len] = '\0';
    while (from[0] == '.' && (from[1] == '/' || from[1] == '\0')) {
        from += from[1] ? 2 : 1;
        while (*from == '/')
            from++;
    }
    memmove(path, from, strlen(from) + 1);
    return path;
}

static void tell_nothing(walker *w, const char *operand)
{
    if (w->excluded)
        fail(w, NC_CODE_NOTHING, operand, "everything in this folder is excluded", NULL);
    else
        fail(w, NC_CODE_NOTHING, operand, "there is no diagram and no document in this folder",
             "diagrams end in .mmd or .mermaid, documents in .md or .markdown; hidden folders, "
             "node_modules and symbolic links are skipped");
}

static void walk_folder(walker *w, nc_paths *out, const char *operand)
{
    const size_t failures = w->failures->len;

    w->excluded = 0;
    push(&w->folders, folder_of(operand));
    w->root = strlen(w->folders.list[0]);
    if (w->root && w->folders.list[0][w->root - 1] != '/')
        w->root++;
    for (size_t i = 0; i < w->folders.len; i++)
        read_folder(w, w->folders.list[i]);
    if (w->found.len)
        qsort(w->found.list, w->found.len, sizeof(*w->found.list), by_path);
    else if (w->failures->len == failures)
        tell_nothing(w, operand);
    for (size_t i = 0; i < w->found.len; i++)
        push(out, w->found.list[i]);
    w->found.len = 0;
    nc_paths_release(&w->folders);
}

typedef struct place {
    char *whole; /* absolute */
    size_t index;
} place;

static int by_place(const void *left, const void *right)
{
    const place *a = left;
    const place *b = right;
    const int order = strcmp(a->whole, b->whole);

    return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* The first of each file stays. */
static void drop_repeats(nc_paths *paths)
{
    place *const places = nc_alloc_must(paths->len * sizeof(*places));
    size_t len = 0;

    for (size_t i = 0; i < paths->len; i++) {
        const bool is_stdin = strcmp(paths->list[i], "-") == 0;
        places[i] = (place){is_stdin ? nc_strdup_must("-") : nc_path_absolute(paths->list[i]), i};
    }
    if (paths->len)
        qsort(places, paths->len, sizeof(*places), by_place);
    for (size_t i = 1; i < paths->len; i++) {
        if (strcmp(places[i].whole, places[i - 1].whole) == 0) {
            free(paths->list[places[i].index]);
            paths->list[places[i].index] = NULL;
        }
    }
    for (size_t i = 0; i < paths->len; i++) {
        free(places[i].whole);
        if (paths->list[i])
            paths->list[len++] = paths->list[i];
    }
    paths->len = len;
    free(places);
}

void nc_walk(nc_paths *out, nc_findings *failures, const nc_operands *operands,
             const nc_operands *excludes, const char *outputs)
{
    walker w = {.failures = failures, .exclude_len = excludes->len};

    w.outputs = outputs ? nc_path_absolute(outputs) : NULL;

    *out = (nc_paths){0};
    w.excludes = nc_alloc_must(excludes->len * sizeof(*w.excludes));
    for (size_t i = 0; i < excludes->len; i++)
        w.excludes[i] = nc_glob_new(excludes->list[i]);
    for (size_t i = 0; i < operands->len; i++) {
        const char *const operand = operands->list[i];

        w.root = 0;
        if (strcmp(operand, "-") != 0 && nc_is_directory(operand))
            walk_folder(&w, out, operand);
        else if (strcmp(operand, "-") == 0 || !is_excluded(&w, operand))
            push(out, nc_strdup_must(operand));
    }
    if (operands->len > 1)
        drop_repeats(out);
    for (size_t i = 0; i < excludes->len; i++)
        nc_glob_drop(w.excludes[i]);
    free(w.excludes);
    free(w.outputs);
    free(w.found.list);
}
