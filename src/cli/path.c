#include "cli/path.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli/str.h"

const char *nc_path_name(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *nc_path_folder(const char *path)
{
    nc_str out = {0};
    nc_str_put(&out, path, (size_t)(nc_path_name(path) - path));
    return nc_str_take(&out);
}

bool nc_path_has_suffix(const char *path, const char *suffix)
{
    const char *const name = nc_path_name(path);
    const size_t len = strlen(name);
    const size_t suffix_len = strlen(suffix);

    return len > suffix_len && strcasecmp(name + len - suffix_len, suffix) == 0;
}

char *nc_path_join(const char *folder, const char *name)
{
    nc_str out = {0};

    nc_str_puts(&out, folder);
    if (out.len > 0 && out.ptr[out.len - 1] != '/')
        nc_str_char(&out, '/');
    nc_str_puts(&out, name);
    return nc_str_take(&out);
}

static char *working_folder(void)
{
    size_t size = 256;

    for (;;) {
        char *const out = nc_alloc_must(size);
        if (getcwd(out, size))
            return out;
        free(out);
        size *= 2;
        if (size > (size_t)1 << 20) /* it was removed, or is nobody's to see */
            return nc_strdup_must("/");
    }
}

static void append_components(nc_str *out, const char *path)
{
    while (*path) {
        const size_t len = strcspn(path, "/");

        if (len == 2 && memcmp(path, "..", 2) == 0) {
            while (out->len > 0 && out->ptr[--out->len] != '/')
                ;
            out->ptr[out->len] = '\0';
        } else if (len > 0 && !(len == 1 && path[0] == '.')) {
            nc_str_char(out, '/');
            nc_str_put(out, path, len);
        }
        path += len + (path[len] == '/');
    }
}

char *nc_path_absolute(const char *path)
{
    nc_str out = {0};

    nc_str_clear(&out);
    if (path[0] != '/') {
        char *const here = working_folder();
        append_components(&out, here);
        free(here);
    }
    append_components(&out, path);
    if (out.len == 0)
        nc_str_char(&out, '/');
    return nc_str_take(&out);
}

size_t nc_path_common(const char *a, const char *b)
{
    size_t same = 0;
    size_t i = 0;

    for (;; i++) {
        const bool end_a = a[i] == '/' || a[i] == '\0';
        const bool end_b = b[i] == '/' || b[i] == '\0';

        if (end_a && end_b)
            same = i;
        if (a[i] != b[i] || a[i] == '\0')
            return same;
    }
}

char *nc_path_relative(const char *from, const char *to)
{
    nc_str out = {0};
    size_t common;

    /* The root's own slash is a component's end like any other. */
    from = strcmp(from, "/") == 0 ? "" : from;
    to = strcmp(to, "/") == 0 ? "" : to;
    common = nc_path_common(from, to);
    nc_str_clear(&out);
    for (const char *p = from + common; *p; p++) {
        if (*p == '/')
            nc_str_puts(&out, "../");
    }
    if (to[common]) {
        nc_str_puts(&out, to + common + 1);
        nc_str_char(&out, '/');
    }
    return nc_str_take(&out);
}
