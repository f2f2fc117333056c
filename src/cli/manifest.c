#include "cli/manifest.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/file.h"
#include "cli/output.h"
#include "cli/path.h"

/*
 * One line an entry, in the order of the paths: hash, size, path, source. Paths are seen from the
 * manifest's folder; blanks, control characters, `%` and what is not ASCII are percent-encoded.
 */
#define FIRST_LINE   "nacre manifest 1\n"
#define MANIFEST_MAX ((size_t)256 << 20)

typedef struct entry {
    uint64_t hash;
    size_t size;
    char *path;
    char *source;
} entry;

typedef struct manifest {
    char *file;  /* its path */
    char *whole; /* its folder, absolute */
    const char *folder;
    entry *list;
    size_t len, cap;
} manifest;

static void add(manifest *m, entry e)
{
    if (m->len == m->cap) {
        m->cap = m->cap ? m->cap * 2 : 64;
        m->list = nc_realloc_must(m->list, m->cap * sizeof(*m->list));
    }
    m->list[m->len++] = e;
}

static void release(manifest *m)
{
    for (size_t i = 0; i < m->len; i++) {
        free(m->list[i].path);
        free(m->list[i].source);
    }
    free(m->list);
    free(m->file);
    free(m->whole);
}

static void put_word(nc_str *out, const char *text)
{
    nc_str_char(out, ' ');
    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;
        if (c <= ' ' || c == '%' || c >= 0x7f)
            nc_str_fmt(out, "%%%02X", (unsigned)c);
        else
            nc_str_char(out, *text);
    }
}

static int digit_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The next word of a line, decoded; NULL when there is none or it is broken. */
static char *take_word(const char **at)
{
    nc_str out = {0};
    const char *p = *at;
    bool ok;

    nc_str_clear(&out);
    for (; *p && *p != ' ' && *p != '\n'; p++) {
        if (*p != '%') {
            nc_str_char(&out, *p);
        } else if (digit_of(p[1]) >= 0 && digit_of(p[2]) >= 0) {
            nc_str_char(&out, (char)(digit_of(p[1]) * 16 + digit_of(p[2])));
            p += 2;
        } else {
            break;
        }
    }
    ok = out.len > 0 && strlen(out.ptr) == out.len && (*p == ' ' || *p == '\n' || *p == '\0');
    *at = p + (*p == ' ');
    if (ok)
        return nc_str_take(&out);
    nc_str_release(&out);
    return NULL;
}

/* Below the folder, by a plain path: a manifest may come from a stranger. */
static bool is_below(const char *path)
{
    if (path[0] == '/')
        return false;
    for (const char *p = path; *p;) {
        const size_t len = strcspn(p, "/");
        if (len == 0 || (p[0] == '.' && (len == 1 || (len == 2 && p[1] == '.'))))
            return false;
        p += len + (p[len] == '/');
    }
    return true;
}

static void read_line(manifest *m, const char *line)
{
    char *end;
    entry e = {.hash = strtoull(line, &end, 16)};

    if (*end != ' ')
        return;
    e.size = (size_t)strtoull(end + 1, &end, 10);
    if (*end != ' ')
        return;
    line = end + 1;
    e.path = take_word(&line);
    e.source = e.path ? take_word(&line) : NULL;
    if (e.source && is_below(e.path)) {
        add(m, e);
    } else {
        free(e.path);
        free(e.source);
    }
}

/* What is no manifest of this kind lists nothing. */
static void load(manifest *m, const char *folder)
{
    nc_findings ignored = {0};
    nc_str text = {0};

    *m = (manifest){.file = nc_path_join(folder, NC_MANIFEST_NAME),
                    .whole = nc_path_absolute(folder),
                    .folder = folder};
    if (nc_is_there(m->file) && nc_file_load(&text, &ignored, m->file, MANIFEST_MAX) &&
        strncmp(text.ptr, FIRST_LINE, strlen(FIRST_LINE)) == 0) {
        for (const char *line = text.ptr + strlen(FIRST_LINE); line && *line;) {
            read_line(m, line);
            line = strchr(line, '\n');
            line = line ? line + 1 : NULL;
        }
    }
    nc_findings_release(&ignored);
    nc_str_release(&text);
}

/* -- the sources and files of this run, by their paths as the manifest has them -- */

typedef struct run {
    char **made; /* sorted */
    size_t made_len;
    char **sources; /* of jobs that went well, sorted */
    size_t source_len;
    char **failed; /* of the others and of those that were skipped, sorted */
    size_t failed_len;
} run;

static char *seen_from(const manifest *m, const char *path)
{
    char *const whole = nc_path_absolute(path);
    char *const folder = nc_path_folder(whole);
    char *const plain = nc_path_absolute(folder);
    char *const way = nc_path_relative(m->whole, plain);
    char *const out = nc_path_join(way, nc_path_name(path));

    free(whole);
    free(folder);
    free(plain);
    free(way);
    return out;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_among(char *const *list, size_t len, const char *text)
{
    return len > 0 && bsearch(&text, list, len, sizeof(*list), compare) != NULL;
}

static void sort(char **list, size_t len)
{
    if (len)
        qsort(list, len, sizeof(*list), compare);
}

static run run_of(const manifest *m, const nc_job *jobs, size_t len)
{
    size_t count = 0;
    run r = {0};

    for (size_t i = 0; i < len; i++)
        count += jobs[i].len;
    r.made = nc_alloc_must(count * sizeof(*r.made));
    r.sources = nc_alloc_must(len * sizeof(*r.sources));
    r.failed = nc_alloc_must(len * sizeof(*r.failed));
    for (size_t i = 0; i < len; i++) {
        if (!jobs[i].input->path)
            continue;
        if (jobs[i].outcome == NC_EXIT_DONE && !jobs[i].skipped)
            r.sources[r.source_len++] = seen_from(m, jobs[i].input->path);
        else
            r.failed[r.failed_len++] = seen_from(m, jobs[i].input->path);
        for (size_t k = 0; k < jobs[i].len; k++)
            r.made[r.made_len++] = seen_from(m, jobs[i].list[k].path);
    }
    sort(r.made, r.made_len);
    sort(r.sources, r.source_len);
    sort(r.failed, r.failed_len);
    return r;
}

static void free_list(char **list, size_t len)
{
    for (size_t i = 0; i < len; i++)
        free(list[i]);
    free(list);
}

static void run_release(run *r)
{
    free_list(r->made, r->made_len);
    free_list(r->sources, r->source_len);
    free_list(r->failed, r->failed_len);
}

/* The bytes that were written, in a file of its own below the folder. */
static bool is_unchanged(const manifest *m, const entry *e, const char *path)
{
    nc_findings ignored = {0};
    nc_str text = {0};
    struct stat st;
    char *const folder = nc_path_folder(path);
    char *const real = realpath(folder[0] ? folder : ".", NULL);
    char *const top = realpath(m->whole, NULL);
    bool same = real && top && nc_path_common(top, real) == strlen(top) && lstat(path, &st) == 0 &&
                S_ISREG(st.st_mode) && (size_t)st.st_size == e->size;

    same = same && nc_file_load(&text, &ignored, path, e->size) && text.len == e->size &&
           nc_bytes_hash(text.ptr, text.len) == e->hash;
    free(folder);
    free(real);
    free(top);
    nc_findings_release(&ignored);
    nc_str_release(&text);
    return same;
}

static bool is_source_gone(const manifest *m, const char *source)
{
    char *const path = source[0] == '/' ? nc_strdup_must(source) : nc_path_join(m->whole, source);
    const bool gone = !nc_is_there(path);

    free(path);
    return gone;
}

/* Whether nothing makes a file any more, as far as this run can tell. */
static bool is_left(const manifest *m, const run *r, const entry *e)
{
    return !is_among(r->made, r->made_len, e->path) &&
           !is_among(r->failed, r->failed_len, e->source) &&
           (is_among(r->sources, r->source_len, e->source) || is_source_gone(m, e->source));
}

static void push(nc_orphans *out, char *path)
{
    out->list = nc_realloc_must(out->list, (out->len + 1) * sizeof(*out->list));
    out->list[out->len++] = path;
}

void nc_manifest_orphans(nc_orphans *out, const char *folder, const nc_job *jobs, size_t len)
{
    manifest m;
    run r;

    *out = (nc_orphans){0};
    load(&m, folder);
    r = run_of(&m, jobs, len);
    for (size_t i = 0; i < m.len; i++) {
        char *const path = nc_path_join(folder, m.list[i].path);

        if (is_left(&m, &r, &m.list[i]) && is_unchanged(&m, &m.list[i], path))
            push(out, path);
        else
            free(path);
    }
    run_release(&r);
    release(&m);
}

void nc_orphans_release(nc_orphans *orphans)
{
    free_list(orphans->list, orphans->len);
    *orphans = (nc_orphans){0};
}

/* Whether the entry stays in the list; an orphan is removed. */
static bool keep_entry(const manifest *m, const run *r, const entry *e, nc_orphans *removed,
                       bool prune)
{
    char *const path = nc_path_join(m->folder, e->path);
    const bool left = is_left(m, r, e);
    bool keep = true;

    if (is_among(r->made, r->made_len, e->path) && !is_among(r->failed, r->failed_len, e->source))
        keep = false; /* listed anew */
    else if (left && !is_unchanged(m, e, path))
        keep = false; /* gone, or somebody else's by now */
    else if (left && prune && unlink(path) == 0)
        keep = false;
    if (left && !keep && !nc_is_there(path))
        push(removed, path);
    else
        free(path);
    return keep;
}

static void list_made(manifest *m, const nc_job *jobs, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        for (size_t k = 0; k < jobs[i].len && jobs[i].input->path; k++) {
            const nc_artifact *const artifact = &jobs[i].list[k];
            char *const path = seen_from(m, artifact->path);

            if (artifact->state == NC_STATE_CURRENT && is_below(path))
                add(m, (entry){artifact->hash, artifact->size, path,
                               seen_from(m, jobs[i].input->path)});
            else
                free(path);
        }
    }
}

static int compare_entries(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->path, ((const entry *)b)->path);
}

static bool save(manifest *m, nc_findings *failures)
{
    nc_batch batch = {.failures = failures};
    nc_str text = {0};
    bool ok = true;

    nc_str_puts(&text, FIRST_LINE);
    if (m->len)
        qsort(m->list, m->len, sizeof(*m->list), compare_entries);
    for (size_t i = 0; i < m->len; i++) {
        if (i > 0 && strcmp(m->list[i].path, m->list[i - 1].path) == 0)
            continue;
        nc_str_fmt(&text, "%016llx %zu", (unsigned long long)m->list[i].hash, m->list[i].size);
        put_word(&text, m->list[i].path);
        put_word(&text, m->list[i].source);
        nc_str_char(&text, '\n');
    }
    if (m->len || nc_is_there(m->file))
        ok = nc_batch_add(&batch, m->file, text.ptr, text.len, false) && nc_batch_commit(&batch);
    nc_batch_drop(&batch);
    nc_str_release(&text);
    return ok;
}

bool nc_manifest_update(nc_orphans *removed, nc_findings *failures, const char *folder,
                        const nc_job *jobs, size_t len, bool prune)
{
    const int lock = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    manifest m;
    run r;
    size_t kept = 0;
    bool ok;

    *removed = (nc_orphans){0};
    if (lock < 0) /* nothing was written there, or the folder is gone: reported by then */
        return true;
    (void)flock(lock, LOCK_EX);
    load(&m, folder);
    r = run_of(&m, jobs, len);
    for (size_t i = 0; i < m.len; i++) {
        if (keep_entry(&m, &r, &m.list[i], removed, prune)) {
            m.list[kept++] = m.list[i];
        } else {
            free(m.list[i].path);
            free(m.list[i].source);
        }
    }
    m.len = kept;
    list_made(&m, jobs, len);
    ok = save(&m, failures);
    run_release(&r);
    release(&m);
    close(lock);
    return ok;
}
