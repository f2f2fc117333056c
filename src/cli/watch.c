#include "cli/watch.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/file.h"
#include "cli/path.h"

enum { SETTLE_MS = 80 }; /* an editor writes, renames and touches in one go */

typedef struct signature {
    char *path;
    struct timespec modified;
    off_t size;
    ino_t inode;
    uint64_t config;
} signature;

struct nc_watch {
    int fd;
    signature *list;
    size_t len;
};

nc_watch *nc_watch_new(void)
{
    const int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    nc_watch *watch;

    if (fd < 0)
        return NULL;
    watch = nc_alloc_must(sizeof(*watch));
    *watch = (nc_watch){.fd = fd};
    return watch;
}

void nc_watch_drop(nc_watch *watch)
{
    if (!watch)
        return;
    for (size_t i = 0; i < watch->len; i++)
        free(watch->list[i].path);
    free(watch->list);
    close(watch->fd);
    free(watch);
}

static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u;

    for (; text && *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return text ? hash : 0;
}

static signature signature_of(const char *path, const char *config)
{
    signature s = {.config = hash_of(config)};
    struct stat st;

    if (stat(path, &st) == 0) {
        s.modified = st.st_mtim;
        s.size = st.st_size;
        s.inode = st.st_ino;
    }
    return s;
}

/* By bisection: the list is in the order of the paths. */
static size_t place_of(const nc_watch *watch, const char *path)
{
    size_t low = 0;
    size_t high = watch->len;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(watch->list[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool nc_watch_has_changed(nc_watch *watch, const char *path, const char *config)
{
    const size_t at = place_of(watch, path);
    const signature now = signature_of(path, config);
    const signature *before;

    if (at == watch->len || strcmp(watch->list[at].path, path) != 0)
        return true;
    before = &watch->list[at];
    return before->modified.tv_sec != now.modified.tv_sec ||
           before->modified.tv_nsec != now.modified.tv_nsec || before->size != now.size ||
           before->inode != now.inode || before->config != now.config;
}

void nc_watch_done(nc_watch *watch, const char *path, const char *config)
{
    const size_t at = place_of(watch, path);
    signature now = signature_of(path, config);

    if (at < watch->len && strcmp(watch->list[at].path, path) == 0) {
        now.path = watch->list[at].path;
    } else {
        watch->list = nc_realloc_must(watch->list, (watch->len + 1) * sizeof(*watch->list));
        memmove(&watch->list[at + 1], &watch->list[at], (watch->len - at) * sizeof(*watch->list));
        watch->len++;
        now.path = nc_strdup_must(path);
    }
    watch->list[at] = now;
}

static bool watch_folder(nc_watch *watch, const char *path)
{
    return inotify_add_watch(watch->fd, path[0] ? path : ".",
                             IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE |
                                 IN_ONLYDIR | IN_EXCL_UNLINK) >= 0;
}

/* The folders in a folder that inputs are looked for in. */
static void add_inner(char ***list, size_t *len, const char *path)
{
    DIR *const folder = opendir(path[0] ? path : ".");
    struct dirent *entry;

    while (folder && (entry = readdir(folder)) != NULL) {
        struct stat st;
        char *inner;

        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "node_modules") == 0)
            continue;
        inner = nc_path_join(path, entry->d_name);
        if (lstat(inner, &st) == 0 && S_ISDIR(st.st_mode)) {
            *list = nc_realloc_must(*list, (*len + 1) * sizeof(**list));
            (*list)[(*len)++] = inner;
        } else {
            free(inner);
        }
    }
    if (folder)
        closedir(folder);
}

void nc_watch_add(nc_watch *watch, const char *path)
{
    char **list = nc_alloc_must(sizeof(*list));
    size_t len = 1;
    const bool deep = nc_is_directory(path);

    list[0] = deep ? nc_strdup_must(path) : nc_path_folder(path);
    for (size_t i = 0; i < len; i++) {
        if (watch_folder(watch, list[i]) && deep)
            add_inner(&list, &len, list[i]);
        free(list[i]);
    }
    free(list);
}

/* Files of nacre's own come and go with every run. */
static bool is_ours(const char *name)
{
    return strncmp(name, ".nacre-", 7) == 0;
}

/* Takes what has come; whether something of it counts. */
static bool drain(nc_watch *watch)
{
    union {
        char bytes[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)];
        struct inotify_event align;
    } piece;
    bool counts = false;
    ssize_t got;

    while ((got = read(watch->fd, piece.bytes, sizeof(piece.bytes))) > 0) {
        for (size_t at = 0; at + sizeof(struct inotify_event) <= (size_t)got;) {
            struct inotify_event event;

            memcpy(&event, piece.bytes + at, sizeof(event));
            counts = counts || event.len == 0 || !is_ours(piece.bytes + at + sizeof(event));
            at += sizeof(event) + event.len;
        }
    }
    return counts;
}

bool nc_watch_wait(nc_watch *watch)
{
    struct pollfd ready = {.fd = watch->fd, .events = POLLIN};
    bool changed = false;

    for (;;) {
        const int got = poll(&ready, 1, changed ? SETTLE_MS : -1);

        if (got < 0 && errno != EINTR)
            return false;
        if (got == 0)
            return true;
        if (got > 0)
            changed = drain(watch) || changed;
    }
}
