#include "cli/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/report.h"

enum { MARKED_MAX = 64 * 1024 * 1024 }; /* the mark of a PDF is at its end */

static bool read_all(nc_str *out, int fd, size_t max)
{
    char piece[65536];

    nc_str_clear(out);
    while (out->len <= max) {
        const ssize_t got = read(fd, piece, sizeof(piece));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        nc_str_put(out, piece, (size_t)got);
    }
    return true;
}

bool nc_file_load(nc_str *out, nc_findings *failures, const char *path, size_t max)
{
    const char *const name = path ? path : "standard input";
    const int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : STDIN_FILENO;
    bool ok = fd >= 0 && read_all(out, fd, max);
    nc_str message = {0};

    if (!ok) {
        nc_str_fmt(&message, "cannot be read: %s", strerror(errno));
        nc_findings_fail(failures, NC_CODE_READ, name, message.ptr, NULL);
    } else if (out->len > max) {
        nc_str_fmt(&message, "more than %zu bytes", max);
        nc_findings_fail(failures, NC_CODE_INPUT_TOO_LARGE, name, message.ptr,
                         "divide it, or raise the limit with '--max-input'");
        ok = false;
    }
    if (path && fd >= 0)
        close(fd);
    nc_str_release(&message);
    return ok;
}

bool nc_file_read(nc_str *out, const char *path, size_t max)
{
    nc_findings failures = {0};
    const bool ok = nc_file_load(out, &failures, path, max);

    nc_report_findings(&failures);
    nc_findings_release(&failures);
    return ok;
}

bool nc_is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool nc_is_device(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

bool nc_is_terminal(const char *path)
{
    struct stat st;
    const int fd = stat(path, &st) == 0 && S_ISCHR(st.st_mode)
                       ? open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
                       : -1;
    const bool is_terminal = fd >= 0 && isatty(fd);

    if (fd >= 0)
        close(fd);
    return is_terminal;
}

bool nc_directory_make(const char *path)
{
    char *const whole = nc_strdup_must(path);
    bool ok = true;

    for (char *p = whole + (whole[0] == '/'); ok; p++) {
        const char end = *p;

        if (end != '/' && end != '\0')
            continue;
        *p = '\0';
        if (whole[0] && mkdir(whole, 0777) != 0 && !nc_is_directory(whole)) {
            /* What mkdir said, unless something else stands there. */
            nc_report_error(NC_CODE_WRITE, whole, "the folder cannot be made: %s",
                            strerror(errno == EEXIST ? ENOTDIR : errno));
            ok = false;
        }
        *p = end;
        if (end == '\0')
            break;
    }
    free(whole);
    return ok;
}

bool nc_is_same_file(const char *a, const char *b)
{
    struct stat sa;
    struct stat sb;

    return stat(a, &sa) == 0 && stat(b, &sb) == 0 && sa.st_dev == sb.st_dev &&
           sa.st_ino == sb.st_ino;
}

/* The mark of an SVG is an attribute of its root (docs/svg.md). */
static bool svg_has_mark(char *text)
{
    char *const root = strstr(text, "<svg");
    char *const end = root ? strchr(root, '>') : NULL;

    if (end)
        *end = '\0';
    return root && strstr(root, " data-nacre=\"") != NULL;
}

static bool contains(const nc_str *file, const char *what)
{
    const size_t len = strlen(what);
    const char *at = file->ptr;
    const char *const end = file->ptr + file->len;

    while (at && (size_t)(end - at) >= len) {
        if (memcmp(at, what, len) == 0)
            return true;
        at = memchr(at + 1, what[0], (size_t)(end - at) - 1);
    }
    return false;
}

bool nc_has_mark(const char *path)
{
    static const char png_mark[] = "tEXtnacre"; /* followed by the keyword's NUL */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    nc_str file = {0};
    bool marked = false;

    if (fd >= 0 && read_all(&file, fd, MARKED_MAX) && file.len > 0) {
        if (memcmp(file.ptr, "%PDF", file.len < 4 ? file.len : 4) == 0)
            marked = contains(&file, "/Keywords (nacre:");
        else if ((unsigned char)file.ptr[0] == 0x89)
            marked = contains(&file, png_mark);
        else
            marked = svg_has_mark(file.ptr);
    }
    if (fd >= 0)
        close(fd);
    nc_str_release(&file);
    return marked;
}
