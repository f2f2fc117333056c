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

bool nc_is_there(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
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

/* What mkdir said, unless something else stands there. */
static bool tell_no_folder(nc_findings *failures, const char *path)
{
    nc_str message = {0};

    nc_str_fmt(&message, "the folder cannot be made: %s",
               strerror(errno == EEXIST ? ENOTDIR : errno));
    nc_findings_fail(failures, NC_CODE_WRITE, path, message.ptr, NULL);
    nc_str_release(&message);
    return false;
}

bool nc_directory_make(nc_findings *failures, const char *path)
{
    char *const whole = nc_strdup_must(path);
    bool ok = true;

    for (char *p = whole + (whole[0] == '/'); ok; p++) {
        const char end = *p;

        if (end != '/' && end != '\0')
            continue;
        *p = '\0';
        if (whole[0] && mkdir(whole, 0777) != 0 && !nc_is_directory(whole))
            ok = tell_no_folder(failures, whole);
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

static const char *find(const nc_str *file, const char *what, size_t len)
{
    const char *at = file->ptr;
    const char *const end = file->ptr + file->len;

    while (at && (size_t)(end - at) >= len) {
        if (memcmp(at, what, len) == 0)
            return at + len;
        at = memchr(at + 1, what[0], (size_t)(end - at) - 1);
    }
    return NULL;
}

/* The mark of an SVG is an attribute of its root (docs/svg.md). */
static const char *find_in_svg(nc_str *file)
{
    static const char attribute[] = " data-nacre=\"";
    char *const root = strstr(file->ptr, "<svg");
    char *const end = root ? strchr(root, '>') : NULL;
    const char *at;

    if (end)
        *end = '\0';
    at = root ? strstr(root, attribute) : NULL;
    return at ? at + sizeof(attribute) - 1 : NULL;
}

static const char *find_mark(nc_str *file)
{
    static const char png[] = "tEXtnacre"; /* followed by the keyword's NUL */
    static const char pdf[] = "/Keywords (nacre:";

    if (file->len >= 4 && memcmp(file->ptr, "%PDF", 4) == 0)
        return find(file, pdf, sizeof(pdf) - 1);
    if ((unsigned char)file->ptr[0] == 0x89)
        return find(file, png, sizeof(png));
    return find_in_svg(file);
}

/* A number, a colon and 16 digits: what follows in a PNG may look like more of them. */
static void read_mark(nc_str *mark, const char *at, size_t len)
{
    size_t digits = 0;

    nc_str_clear(mark);
    for (; len > 0 && *at >= '0' && *at <= '9'; at++, len--)
        nc_str_char(mark, *at);
    for (; len > 0 && *at && digits < 17 && strchr("0123456789abcdef:", *at); at++, len--) {
        nc_str_char(mark, *at);
        digits++;
    }
}

bool nc_file_mark(nc_str *mark, const char *path)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    nc_str file = {0};
    const char *found = NULL;

    if (fd >= 0 && read_all(&file, fd, MARKED_MAX) && file.len > 0)
        found = find_mark(&file);
    if (fd >= 0)
        close(fd);
    if (found && mark)
        read_mark(mark, found, (size_t)(file.ptr + file.len - found));
    nc_str_release(&file);
    return found != NULL;
}
