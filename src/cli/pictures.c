#include "cli/pictures.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/file.h"
#include "cli/path.h"
#include "cli/report.h"

#define PACK_MAX  ((size_t)64 << 20)
#define IMAGE_MAX ((size_t)8 << 20)

/*
 * Opens a path below a folder, component by component: no `..`, no symbolic link, so that nothing
 * outside is reached whatever lies in the folder. Below 0, and why, when it is none.
 */
static int open_below(int folder, const char *path, const char **reason)
{
    int at = dup(folder);
    const char *from = path;

    *reason = path[0] == '/' ? "it lies outside the folder" : NULL;
    while (at >= 0 && !*reason) {
        const size_t len = strcspn(from, "/");
        const bool last = from[len] == '\0';
        char name[256];
        int next;

        if (len == 0 || (len == 1 && from[0] == '.')) { /* a//b, ./a, a/ */
            if (last)
                break;
            from += len + 1;
            continue;
        }
        if ((len == 2 && memcmp(from, "..", 2) == 0) || len >= sizeof(name)) {
            *reason = "it lies outside the folder";
            break;
        }
        memcpy(name, from, len);
        name[len] = '\0';
        next = openat(at, name,
                      O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK |
                          (last ? 0 : O_DIRECTORY));
        if (next < 0)
            *reason = errno == ELOOP || errno == EMLINK ? "it is a symbolic link"
                      : errno == ENOTDIR ? "one of its folders is none, or a symbolic link"
                      : errno == ENOENT  ? "there is no such file"
                                         : "it cannot be read";
        close(at);
        at = next;
        if (last)
            break;
        from += len + 1;
    }
    if (*reason && at >= 0) {
        close(at);
        at = -1;
    }
    return at;
}

/* The bytes of a regular file; false with a reason. */
static bool read_regular(nc_str *out, int fd, size_t max, const char **reason)
{
    struct stat st;
    char piece[65536];
    ssize_t got = 0;

    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        *reason = "it is no file";
        return false;
    }
    while (out->len <= max && (got = read(fd, piece, sizeof(piece))) > 0)
        nc_str_put(out, piece, (size_t)got);
    if (got < 0)
        *reason = "it cannot be read";
    else if (out->len > max)
        *reason = "it is too large";
    return !*reason;
}

static bool read_below(nc_str *out, int folder, const char *path, size_t max, const char **reason)
{
    const int fd = open_below(folder, path, reason);
    const bool ok = fd >= 0 && read_regular(out, fd, max, reason);

    if (fd >= 0)
        close(fd);
    else if (!*reason)
        *reason = "it cannot be read";
    return ok;
}

/* nacre_read_image of an nc_allowed. */
static const char *read_image(const char *name,
                              int (*sink)(const char *bytes, size_t len, void *payload),
                              void *sink_payload, const void *payload)
{
    const nc_allowed *const allowed = payload;
    nc_str bytes = {0};
    const char *reason;

    if (read_below(&bytes, allowed->folder, name, IMAGE_MAX, &reason))
        (void)sink(bytes.ptr ? bytes.ptr : "", bytes.len, sink_payload); /* it tells its reader */
    nc_str_release(&bytes);
    return reason;
}

/* ---- what is named ------------------------------------------------------------------------- */

/* Where names are being read from. */
typedef struct reading {
    nc_allowed *allowed;
    nc_findings *problems;
    const char *file; /* the configuration's path, for messages; NULL: the command line */
    int folder;       /* of that file */
} reading;

static void complain(reading *r, const char *what, const char *path, const char *reason)
{
    nc_str message = {0};

    nc_str_fmt(&message, "the %s '%s' cannot be used: %s", what, path, reason);
    nc_findings_fail(r->problems, NC_CODE_READ, r->file, message.ptr, NULL);
    nc_str_release(&message);
    r->allowed->ok = false;
}

static void add_pack(reading *r, const char *name, const char *path, const nc_str *json)
{
    const char *error = "";
    nacre_status status;

    if (!r->allowed->icons && !(r->allowed->icons = nacre_icons_new(NULL)))
        nc_out_of_memory();
    status =
        nacre_icons_add(r->allowed->icons, name, json->ptr ? json->ptr : "", json->len, &error);
    if (status == NACRE_ERR_NOMEM)
        nc_out_of_memory();
    if (status != NACRE_OK)
        complain(r, "pack of icons", path, error);
}

static void replace_folder(nc_allowed *allowed, int folder)
{
    if (allowed->folder >= 0)
        close(allowed->folder);
    allowed->folder = folder;
}

/* nacre_take_path of a reading: what a configuration file names. */
static void take_path(const char *key, const char *name, const char *path, void *payload)
{
    reading *const r = payload;
    const char *reason = NULL;
    nc_str json = {0};

    if (strcmp(key, "icons") == 0) {
        if (read_below(&json, r->folder, path, PACK_MAX, &reason))
            add_pack(r, name, path, &json);
        else
            complain(r, "pack of icons", path, reason);
    } else {
        const int fd = open_below(r->folder, path, &reason);
        struct stat st;

        if (fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
            replace_folder(r->allowed, fd);
        } else {
            complain(r, "folder of images", path, reason ? reason : "it is no folder");
            if (fd >= 0)
                close(fd);
        }
    }
    nc_str_release(&json);
}

static void read_config(reading *r, const nc_settings *settings, const char *text)
{
    char *folder;

    if (!text)
        return;
    r->file = nc_settings_path(settings, text);
    folder = nc_path_folder(r->file);
    r->folder = open(folder[0] ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (r->folder >= 0) {
        (void)nacre_config_paths(settings->context, text, strlen(text), take_path, r);
        close(r->folder);
    }
    free(folder);
}

static void read_given_pack(reading *r, const char *word)
{
    const char *const equals = strchr(word, '=');
    nc_str json = {0};

    if (!equals || equals == word || !equals[1]) {
        nc_str message = {0};

        nc_str_fmt(&message, "'%s' is no value for '--icons'", word);
        nc_findings_fail(r->problems, NC_CODE_USAGE, NULL, message.ptr,
                         "a name and a file: '--icons logos=logos.json'");
        nc_str_release(&message);
        r->allowed->ok = false;
    } else if (nc_file_load(&json, r->problems, equals + 1, PACK_MAX)) {
        char *const name = nc_strdup_must(word);

        name[equals - word] = '\0';
        add_pack(r, name, equals + 1, &json);
        free(name);
    } else {
        r->allowed->ok = false;
    }
    nc_str_release(&json);
}

static void read_given(reading *r, const nc_picture_options *given)
{
    r->file = NULL;
    for (size_t i = 0; i < given->icons.len; i++)
        read_given_pack(r, given->icons.list[i]);
    if (given->images) {
        const int fd = open(given->images, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        if (fd < 0)
            complain(r, "folder of images", given->images, strerror(errno));
        else
            replace_folder(r->allowed, fd);
    }
}

/* The weakest first: later packs of a name and later folders win. */
static nc_allowed *allow(nc_pictures *pictures, const char *project)
{
    nc_findings told = {0};
    nc_allowed *const allowed = nc_alloc_must(sizeof(*allowed));
    reading r = {.allowed = allowed, .problems = pictures->problems ? pictures->problems : &told};

    *allowed = (nc_allowed){.project = project, .folder = -1, .ok = true};
    read_config(&r, pictures->settings, project);
    read_config(&r, pictures->settings, pictures->config_file);
    read_given(&r, pictures->given);
    nc_report_findings(&told);
    nc_findings_release(&told);
    return allowed;
}

bool nc_pictures_find(nc_pictures *pictures, const nc_allowed **out, const char *project)
{
    nc_allowed *allowed = NULL;

    for (size_t i = 0; i < pictures->len && !allowed; i++) {
        if (pictures->list[i]->project == project)
            allowed = pictures->list[i];
    }
    if (!allowed) {
        allowed = allow(pictures, project);
        pictures->list =
            nc_realloc_must(pictures->list, (pictures->len + 1) * sizeof(*pictures->list));
        pictures->list[pictures->len++] = allowed;
    }
    *out = allowed;
    return allowed->ok;
}

void nc_allowed_give(nacre_options *options, const nc_allowed *allowed)
{
    options->icons = allowed ? allowed->icons : NULL;
    options->read_image = allowed && allowed->folder >= 0 ? read_image : NULL;
    options->image_payload = allowed;
}

void nc_pictures_release(nc_pictures *pictures)
{
    for (size_t i = 0; i < pictures->len; i++) {
        nacre_icons_drop(pictures->list[i]->icons);
        replace_folder(pictures->list[i], -1);
        free(pictures->list[i]);
    }
    free(pictures->list);
    pictures->list = NULL;
    pictures->len = 0;
}
