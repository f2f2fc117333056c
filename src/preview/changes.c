#include "preview/changes.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/path.h"
#include "cli/str.h"

enum {
    MASK = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ONLYDIR,
    MOST_FOLDERS = 8192,
    DEEPEST = 64
};

static void keep(nc_changes *c, int watch, const char *folder)
{
    const size_t index = (size_t)watch - 1;

    if (index >= c->len) {
        c->folders = nc_realloc_must(c->folders, (index + 1) * sizeof(*c->folders));
        while (c->len <= index)
            c->folders[c->len++] = NULL;
    }
    free(c->folders[index]);
    c->folders[index] = nc_strdup_must(folder);
}

static bool is_left_out(const char *name)
{
    return name[0] == '.' || strcmp(name, "node_modules") == 0;
}

static bool is_real_folder(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* One folder; with those below it when `deep`. Folders that vanish meanwhile are no matter. */
static bool add_folder(nc_changes *c, const char *first, bool deep)
{
    char **todo = nc_alloc_must(sizeof(*todo));
    size_t len = 1;
    bool ok = true;

    todo[0] = nc_strdup_must(first);
    while (len > 0) {
        char *const folder = todo[--len];
        const int watch =
            c->len < MOST_FOLDERS ? inotify_add_watch(c->fd, folder[0] ? folder : ".", MASK) : -1;
        DIR *const dir = watch > 0 && deep ? opendir(folder) : NULL;

        if (watch > 0)
            keep(c, watch, folder);
        else if (strcmp(folder, first) == 0)
            ok = false;
        for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
            char *const below = nc_path_join(folder, entry->d_name);
            if (!is_left_out(entry->d_name) && is_real_folder(below)) {
                todo = nc_realloc_must(todo, (len + 2) * sizeof(*todo));
                todo[len++] = nc_strdup_must(below);
            }
            free(below);
        }
        if (dir)
            closedir(dir);
        free(folder);
    }
    free(todo);
    return ok;
}

bool nc_changes_open(nc_changes *c, const char *path)
{
    struct stat info;

    *c = (nc_changes){.fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
    if (c->fd < 0)
        return false;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return add_folder(c, path, true);
    c->file = nc_strdup_must(nc_path_name(path));
    char *const folder = nc_path_folder(path);
    bool ok = add_folder(c, folder, false);
    char *const target = realpath(path, NULL); /* of a link: what it leads to changes elsewhere */
    if (target) {
        char *const real = nc_path_folder(target);
        ok = add_folder(c, real, false) && ok;
        free(real);
        free(target);
    }
    free(folder);
    return ok;
}

void nc_changes_release(nc_changes *c)
{
    if (c->fd >= 0)
        close(c->fd);
    for (size_t i = 0; i < c->len; i++)
        free(c->folders[i]);
    free(c->folders);
    free(c->file);
    *c = (nc_changes){.fd = -1};
}

/* Whether this one is about something that is shown. */
static bool take_one(nc_changes *c, const struct inotify_event *event)
{
    const size_t index = event->wd > 0 ? (size_t)event->wd - 1 : c->len;

    if (event->mask & IN_Q_OVERFLOW)
        return true;
    if (index >= c->len || !c->folders[index])
        return false;
    if (event->mask & IN_IGNORED) {
        free(c->folders[index]);
        c->folders[index] = NULL;
        return false;
    }
    if (!event->len ||
        (is_left_out(event->name) && !(c->file && strcmp(event->name, c->file) == 0)))
        return false;
    if (c->file)
        return strcmp(event->name, c->file) == 0 || strcmp(event->name, "nacre.yaml") == 0;
    if ((event->mask & IN_ISDIR) && (event->mask & (IN_CREATE | IN_MOVED_TO))) {
        char *const below = nc_path_join(c->folders[index], event->name);
        (void)add_folder(c, below, true);
        free(below);
    }
    return true;
}

bool nc_changes_take(nc_changes *c)
{
    union {
        struct inotify_event align;
        char bytes[16384];
    } buffer;
    bool counts = false;
    ssize_t len;

    while ((len = read(c->fd, buffer.bytes, sizeof(buffer.bytes))) > 0) {
        for (ssize_t at = 0; at < len;) {
            const struct inotify_event *const event = (const void *)(buffer.bytes + at);
            counts = take_one(c, event) || counts;
            at += (ssize_t)(sizeof(*event) + event->len);
        }
    }
    return counts;
}
