#include "serve/site.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/drawing.h"
#include "cli/file.h"
#include "cli/json.h"
#include "cli/path.h"
#include "cli/report.h"
#include "cli/settings.h"

enum {
    MOST_FILES = 20000,
    DEEPEST = 32,
    LABEL_MAX = 80 /* bytes of a diagram's first line */
};

static const char *const suffixes[] = {".mmd", ".mermaid", ".md", ".markdown"};

static bool is_document(const char *name)
{
    return nc_path_has_suffix(name, ".md") || nc_path_has_suffix(name, ".markdown");
}

static bool is_shown(const char *name)
{
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
        if (nc_path_has_suffix(name, suffixes[i]))
            return true;
    return false;
}

static bool is_left_out(const char *name)
{
    return name[0] == '.' || strcmp(name, "node_modules") == 0;
}

bool nc_site_open(nc_site *site, const char *path)
{
    char *const real = realpath(path, NULL);
    struct stat info;

    site->path = path;
    if (!real || stat(real, &info) != 0) {
        nc_report_error(NC_CODE_READ, path, "cannot be read: %s", strerror(errno));
        free(real);
        return false;
    }
    if (S_ISDIR(info.st_mode)) {
        site->root = real;
        return true;
    }
    site->root = nc_path_folder(real);
    site->only = nc_strdup_must(nc_path_name(real));
    free(real);
    return true;
}

void nc_site_release(nc_site *site)
{
    free(site->root);
    free(site->only);
}

/* ---- files --------------------------------------------------------------------------------- */

/*
 * A file below the root, opened name by name without following a link anywhere: what a name was a
 * moment ago does not matter. Below 0 for what is not to be shown.
 */
static int open_below(const nc_site *site, const char *path)
{
    const char *at = path;
    int folder = open(site->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int file = -1;

    if (site->only && strcmp(path, site->only) != 0)
        at = "";
    for (int depth = 0; folder >= 0 && *at && depth < DEEPEST; depth++) {
        const char *const slash = strchr(at, '/');
        char name[256];
        const size_t len = slash ? (size_t)(slash - at) : strlen(at);

        if (len == 0 || len >= sizeof(name))
            break;
        memcpy(name, at, len);
        name[len] = '\0';
        if ((!site->only && is_left_out(name)) || (!slash && !site->only && !is_shown(name)))
            break;
        if (!slash) {
            file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
            break;
        }
        const int next = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        close(folder);
        folder = next;
        at = slash + 1;
    }
    if (folder >= 0)
        close(folder);
    return file;
}

static bool read_below(nc_str *out, const nc_site *site, const char *path)
{
    enum { PIECE = 65536 };
    const size_t most = nc_limits_input(&site->limits);
    const int file = open_below(site, path);
    struct stat info;
    char *piece;
    ssize_t len = -1;

    if (file < 0)
        return false;
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(file);
        return false;
    }
    piece = nc_alloc_must(PIECE);
    while ((len = read(file, piece, PIECE)) > 0 && out->len + (size_t)len <= most)
        nc_str_put(out, piece, (size_t)len);
    free(piece);
    close(file);
    nc_str_puts(out, ""); /* an empty text has its NUL, too */
    return len == 0;
}

/* An input as the commands know it, of a text that was read here. */
static bool open_input(nc_input *input, nacre_context *context, const nc_site *site,
                       const char *path)
{
    *input = (nc_input){.path = path, .kind = NC_INPUT_DIAGRAM, .diagram_len = 1};
    if (!read_below(&input->text, site, path))
        return false;
    input->host = (nc_host){.path = path, .text = input->text.ptr, .len = input->text.len};
    if (!is_document(path))
        return true;
    input->kind = NC_INPUT_DOCUMENT;
    if (nacre_document_scan(&input->document, context, input->text.ptr, input->text.len) !=
        NACRE_OK)
        return false;
    input->diagram_len = nacre_document_count(input->document);
    return true;
}

/* ---- the list ------------------------------------------------------------------------------ */

/* Names of one folder, sorted by bytes. */
typedef struct names {
    char **list;
    size_t len;
} names;

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void push(names *n, char *name)
{
    n->list = nc_realloc_must(n->list, (n->len + 1) * sizeof(*n->list));
    n->list[n->len++] = name;
}

static void release(names *n)
{
    for (size_t i = 0; i < n->len; i++)
        free(n->list[i]);
    free(n->list);
    *n = (names){0};
}

/* Files and folders of a folder ("" or ending in '/'), as paths below the root. */
static void look_into(names *files, names *folders, const nc_site *site, const char *folder)
{
    char *const whole = nc_path_join(site->root, folder);
    DIR *const dir = opendir(whole);
    struct stat info;

    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        nc_str path = {0};
        if (is_left_out(entry->d_name) ||
            fstatat(dirfd(dir), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        nc_str_puts(&path, folder);
        nc_str_puts(&path, entry->d_name);
        if (S_ISDIR(info.st_mode)) {
            nc_str_char(&path, '/');
            push(folders, nc_str_take(&path));
        } else if (S_ISREG(info.st_mode) && is_shown(entry->d_name) && files->len < MOST_FILES) {
            push(files, nc_str_take(&path));
        } else {
            nc_str_release(&path);
        }
    }
    if (dir)
        closedir(dir);
    free(whole);
}

static size_t depth_of(const char *folder)
{
    size_t depth = 0;
    for (const char *at = folder; *at; at++)
        depth += *at == '/';
    return depth;
}

static void find_files(names *files, const nc_site *site)
{
    names todo = {0};

    if (site->only) {
        push(files, nc_strdup_must(site->only));
        return;
    }
    push(&todo, nc_strdup_must(""));
    for (size_t i = 0; i < todo.len && files->len < MOST_FILES; i++)
        if (depth_of(todo.list[i]) < DEEPEST - 1)
            look_into(files, &todo, site, todo.list[i]);
    release(&todo);
    if (files->len)
        qsort(files->list, files->len, sizeof(*files->list), by_bytes);
}

/* Line by line through a text; blanks around each are gone. */
static bool next_line(const char **line, size_t *line_len, const char *text, size_t len, size_t *at)
{
    size_t start = *at;
    size_t end = start;

    if (start >= len)
        return false;
    while (end < len && text[end] != '\n')
        end++;
    *at = end + 1;
    while (start < end && (text[start] == ' ' || text[start] == '\t'))
        start++;
    while (end > start && (text[end - 1] == '\r' || text[end - 1] == ' '))
        end--;
    *line = text + start;
    *line_len = end - start;
    return true;
}

static bool starts(const char *line, size_t len, const char *word)
{
    const size_t word_len = strlen(word);
    return len > word_len && strncmp(line, word, word_len) == 0;
}

/* What a reader knows the diagram by: its title, else the line that says what kind it is. */
static void put_label(nc_str *out, const char *text, size_t len)
{
    static const char *const titles[] = {"title ", "title: ", "accTitle: "};
    enum { LINES = 60 };
    nc_str label = {0};
    const char *line;
    size_t line_len;
    size_t at = 0;

    for (int i = 0; i < LINES && next_line(&line, &line_len, text, len, &at); i++) {
        size_t skip = 0;
        for (size_t k = 0; k < sizeof(titles) / sizeof(titles[0]); k++)
            if (starts(line, line_len, titles[k]))
                skip = strlen(titles[k]);
        if (!skip && (label.len || line_len == 0 || starts(line, line_len, "--") ||
                      starts(line, line_len, "%%") || memchr(line, ':', line_len)))
            continue;
        nc_str_clear(&label);
        nc_str_put(&label, line + skip, line_len - skip < LABEL_MAX ? line_len - skip : LABEL_MAX);
        if (skip)
            break;
    }
    nc_json_member(out, "label", label.ptr ? label.ptr : "");
    nc_str_release(&label);
}

static void put_diagram(nc_str *out, nacre_context *context, nc_input *input, size_t index,
                        const nacre_options *options)
{
    nacre_diagram *diagram;
    size_t len;
    const char *const text = nc_input_diagram(input, index, &len);
    const nacre_status status = nacre_parse(&diagram, context, text, len, options);
    const size_t offset = input->document ? nacre_document_offset(input->document, index, 0) : 0;

    nc_str_puts(out, index ? ", {" : "{");
    put_label(out, text, len);
    nc_str_fmt(out, ", \"line\": %zu, \"ok\": %s}", nc_host_find(&input->host, offset).line,
               status == NACRE_OK ? "true" : "false");
    nacre_diagram_drop(diagram);
}

void nc_site_list(nc_str *out, const nc_site *site)
{
    nacre_context *const context = nc_context_must();
    nacre_options options = NACRE_OPTIONS_INIT;
    names files = {0};
    bool first = true;

    nc_limits_give(&options, &site->limits);
    find_files(&files, site);
    nc_str_puts(out, "{");
    nc_json_member(out, "root", site->path);
    nc_str_puts(out, ", \"documents\": [");
    for (size_t i = 0; i < files.len; i++) {
        nc_input input;
        const bool ok = open_input(&input, context, site, files.list[i]);

        if (ok && input.diagram_len) {
            nc_str_puts(out, first ? "\n{" : ",\n{");
            nc_json_member(out, "path", files.list[i]);
            nc_str_fmt(out, ", \"document\": %s, \"diagrams\": [",
                       input.document ? "true" : "false");
            for (size_t k = 0; k < input.diagram_len; k++)
                put_diagram(out, context, &input, k, &options);
            nc_str_puts(out, "]}");
            first = false;
        }
        nc_input_release(&input);
    }
    nc_str_puts(out, "]}\n");
    release(&files);
    nacre_context_drop(context);
}

/* ---- one diagram --------------------------------------------------------------------------- */

/* A diagram being looked at, with all that has to go afterwards. */
typedef struct view {
    nacre_context *context;
    nc_input input;
    char *disk; /* the input's path as the system knows it */
    nc_settings settings;
    nc_findings problems; /* of configuration files */
    nacre_options options;
    nacre_diagram *diagram;
    nacre_status status;
} view;

static bool open_view(view *v, const nc_site *site, const nc_site_wish *wish)
{
    *v = (view){.context = nc_context_must(), .options = NACRE_OPTIONS_INIT};
    v->settings.context = v->context;
    v->settings.problems = &v->problems;
    if (!open_input(&v->input, v->context, site, wish->path) || wish->diagram < 1 ||
        wish->diagram > v->input.diagram_len)
        return false;
    v->options.theme = wish->theme;
    v->options.format = wish->format;
    v->options.fonts = site->fonts;
    nc_limits_give(&v->options, &site->limits);
    v->disk = nc_path_join(site->root, wish->path);
    const bool settled =
        site->no_config || nc_settings_find(&v->settings, &v->options.config_project, v->disk);
    size_t len;
    const char *const text = nc_input_diagram(&v->input, wish->diagram - 1, &len);
    v->status = nacre_parse(&v->diagram, v->context, text, len, &v->options);
    if (!settled && v->status == NACRE_OK)
        v->status = NACRE_ERR_USAGE;
    return v->diagram != NULL;
}

static void release_view(view *v)
{
    nacre_diagram_drop(v->diagram);
    nc_settings_release(&v->settings);
    nc_findings_release(&v->problems);
    nc_input_release(&v->input);
    nacre_context_drop(v->context);
    free(v->disk);
}

static void put_finding(nc_str *out, const nc_finding *f, bool first)
{
    nc_str_puts(out, first ? "\n{" : ",\n{");
    nc_json_member(out, "severity", f->severity == NACRE_ERROR ? "error" : "warning");
    nc_str_puts(out, ", ");
    nc_json_member(out, "code", f->code);
    nc_str_puts(out, ", ");
    nc_json_member(out, "message", f->message);
    if (f->hint) {
        nc_str_puts(out, ", ");
        nc_json_member(out, "hint", f->hint);
    }
    if (f->excerpt) {
        nc_str_fmt(out, ", \"line\": %zu, \"column\": %zu, ", f->from.line, f->from.column);
        nc_json_member(out, "excerpt", f->excerpt);
    }
    nc_str_char(out, '}');
}

static void put_findings(nc_str *out, view *v, const nc_site_wish *wish)
{
    nc_findings findings = {0};

    nc_findings_move(&findings, &v->problems);
    nc_drawing_collect(&findings, &v->input, wish->diagram - 1, v->diagram);
    nc_findings_sort(&findings);
    nc_str_puts(out, ", \"findings\": [");
    for (size_t i = 0; i < findings.len; i++)
        put_finding(out, &findings.list[i], i == 0);
    nc_str_char(out, ']');
    nc_findings_release(&findings);
}

/* FNV-1a over the picture: a page loads it anew only when it is another one. */
static int hash_bytes(const char *bytes, size_t len, void *payload)
{
    uint64_t *const hash = payload;

    for (size_t i = 0; i < len; i++)
        *hash = (*hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    return 0;
}

nc_site_answer nc_site_describe(nc_str *out, const nc_site *site, const nc_site_wish *wish)
{
    view v;
    double w = 0;
    double h = 0;
    uint64_t hash = 14695981039346656037u;
    const bool there = open_view(&v, site, wish);

    if (there) {
        if (v.status == NACRE_OK) /* drawn, so that all there is to warn of is told */
            v.status = nacre_render(v.diagram, &v.options, hash_bytes, &hash);
        const bool ok = v.status == NACRE_OK;
        if (ok)
            nacre_diagram_size(v.diagram, &w, &h);
        nc_str_fmt(out, "{\"ok\": %s, \"width\": %.0f, \"height\": %.0f, \"hash\": \"%08x%08x\", ",
                   ok ? "true" : "false", w, h, (unsigned)(hash >> 32),
                   (unsigned)(hash & UINT32_MAX));
        nc_json_member(out, "title", ok ? nacre_diagram_title(v.diagram) : "");
        nc_str_puts(out, ", ");
        nc_json_member(out, "description", ok ? nacre_diagram_description(v.diagram) : "");
        put_findings(out, &v, wish);
        nc_str_puts(out, "}\n");
    }
    release_view(&v);
    return there ? NC_SITE_OK : NC_SITE_NONE;
}

nc_site_answer nc_site_draw(nc_str *out, const nc_site *site, const nc_site_wish *wish)
{
    view v;
    const bool there = open_view(&v, site, wish);

    if (there && v.status == NACRE_OK)
        v.status = nacre_render(v.diagram, &v.options, nc_str_sink, out);
    const nc_site_answer answer = !there                 ? NC_SITE_NONE
                                  : v.status == NACRE_OK ? NC_SITE_OK
                                                         : NC_SITE_BAD;
    release_view(&v);
    return answer;
}
