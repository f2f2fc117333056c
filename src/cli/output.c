#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/path.h"
#include "cli/report.h"
#include "cli/str.h"

/*
 * The temporary files there are. A signal handler must find them, so this is the program's one
 * global state. Whoever holds the lock keeps the signals blocked; the handler takes it for good, so
 * that no file comes into being after those that there are have been removed. Files are created,
 * renamed and removed with the lock held: each is either in the list or none of our business.
 */
static struct {
    atomic_flag lock;
    char **paths;
    size_t len, cap;
} pending = {.lock = ATOMIC_FLAG_INIT};

static const int fatal_signals[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGQUIT};

static void take_lock(void)
{
    while (atomic_flag_test_and_set_explicit(&pending.lock, memory_order_acquire))
        sched_yield();
}

/* The end of the program is near: whoever calls this keeps the lock. */
static void remove_pending(void)
{
    for (size_t i = 0; i < pending.len; i++)
        unlink(pending.paths[i]);
}

static void on_signal(int number)
{
    take_lock();
    remove_pending();
    signal(number, SIG_DFL);
    raise(number);
}

static void all_fatal(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < sizeof(fatal_signals) / sizeof(fatal_signals[0]); i++)
        sigaddset(set, fatal_signals[i]);
}

static void lock(sigset_t *before)
{
    sigset_t all;

    all_fatal(&all);
    pthread_sigmask(SIG_BLOCK, &all, before);
    take_lock();
}

static void unlock(const sigset_t *before)
{
    atomic_flag_clear_explicit(&pending.lock, memory_order_release);
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

/* The lock is taken for good here, too: a signal from now on must not wait for it. */
static void on_exit_remove(void)
{
    sigset_t before;

    lock(&before);
    remove_pending();
    for (size_t i = 0; i < sizeof(fatal_signals) / sizeof(fatal_signals[0]); i++) {
        struct sigaction now;
        if (sigaction(fatal_signals[i], NULL, &now) == 0 && now.sa_handler == on_signal)
            signal(fatal_signals[i], SIG_DFL);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void nc_output_prepare(void)
{
    struct sigaction action = {.sa_handler = on_signal};

    all_fatal(&action.sa_mask);
    for (size_t i = 0; i < sizeof(fatal_signals) / sizeof(fatal_signals[0]); i++) {
        struct sigaction before;
        /* What the caller ignores (nohup) stays ignored. */
        if (sigaction(fatal_signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(fatal_signals[i], &action, NULL);
    }
    signal(SIGXFSZ, SIG_IGN); /* a file size limit is an error of write(), reported like others */
    atexit(on_exit_remove);
}

/* Room for one more, before there is a file to lose: without memory the program ends here. */
static void pending_reserve(void)
{
    char **paths;
    size_t cap;

    if (pending.len < pending.cap)
        return;
    cap = pending.cap > 0 ? 2 * pending.cap : 64;
    paths = realloc(pending.paths, cap * sizeof(*paths));
    if (!paths) {
        atomic_flag_clear_explicit(&pending.lock, memory_order_release);
        nc_out_of_memory();
    }
    pending.paths = paths;
    pending.cap = cap;
}

static void pending_forget(const char *path)
{
    for (size_t i = 0; i < pending.len; i++) {
        if (strcmp(pending.paths[i], path) == 0) {
            free(pending.paths[i]);
            pending.paths[i] = pending.paths[--pending.len];
            return;
        }
    }
}

static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        const ssize_t done = write(fd, bytes, len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        len -= (size_t)done;
    }
    return true;
}

bool nc_write_stdout(const char *bytes, size_t len)
{
    if (fflush(stdout) == 0 && write_all(STDOUT_FILENO, bytes, len))
        return true;
    nc_report_error(NC_CODE_WRITE, "standard output", "cannot be written: %s", strerror(errno));
    return false;
}

/* errno says what is wrong. */
static bool complain(const nc_batch *batch, const char *path)
{
    nc_findings told = {0};
    nc_findings *const failures = batch->failures ? batch->failures : &told;
    nc_str message = {0};

    nc_str_fmt(&message, "cannot be written: %s", strerror(errno));
    nc_findings_fail(failures, NC_CODE_WRITE, path, message.ptr, NULL);
    nc_report_findings(&told);
    nc_findings_release(&told);
    nc_str_release(&message);
    return false;
}

/* Devices and pipes: there is nothing to rename. */
static bool write_through(const nc_batch *batch, const char *path, const char *bytes, size_t len)
{
    const int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    bool ok = fd >= 0 && write_all(fd, bytes, len);

    if (!ok)
        complain(batch, path);
    if (fd >= 0 && close(fd) != 0 && ok)
        ok = complain(batch, path);
    return ok;
}

/* Creates a file beside target that nobody else has; *path is its name. -1 with errno set. */
static int create_beside(char **path, const char *target)
{
    static atomic_uint serial;
    char *const folder = nc_path_folder(target);
    int fd = -1;

    for (unsigned n = 0; n < 10000; n++) {
        nc_str name = {0};
        char *kept;
        int error;
        sigset_t before;

        nc_str_fmt(&name, "%s.nacre-%ld-%u.tmp", folder, (long)getpid(),
                   atomic_fetch_add(&serial, 1));
        kept = nc_strdup_must(name.ptr);
        lock(&before);
        pending_reserve();
        fd = open(name.ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        error = errno;
        if (fd >= 0)
            pending.paths[pending.len++] = kept;
        unlock(&before);
        if (fd >= 0) {
            *path = nc_str_take(&name);
            break;
        }
        free(kept);
        nc_str_release(&name);
        errno = error;
        if (error != EEXIST)
            break;
    }
    free(folder);
    return fd;
}

static void discard(char *temporary)
{
    sigset_t before;

    lock(&before);
    unlink(temporary);
    pending_forget(temporary);
    unlock(&before);
    free(temporary);
}

/* The file a path leads to, through symbolic links, also when it is not there yet. */
static char *follow_links(const char *path)
{
    char *const whole = realpath(path, NULL);
    return whole ? whole : nc_strdup_must(path);
}

bool nc_batch_add(nc_batch *batch, const char *path, const char *bytes, size_t len, bool durable)
{
    struct stat st;
    const bool exists = stat(path, &st) == 0;
    char *target;
    char *temporary = NULL;
    int fd;
    bool ok;

    if (exists && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return complain(batch, path);
    }
    if (exists && !S_ISREG(st.st_mode))
        return write_through(batch, path, bytes, len);
    if (exists && access(path, W_OK) != 0)
        return complain(batch, path);
    target = follow_links(path);
    fd = create_beside(&temporary, target);
    ok = fd >= 0 && (!exists || fchmod(fd, st.st_mode & 07777) == 0) && write_all(fd, bytes, len) &&
         (!durable || fsync(fd) == 0);
    if (!ok)
        complain(batch, path);
    if (fd >= 0 && close(fd) != 0 && ok)
        ok = complain(batch, path);
    if (!ok) {
        if (temporary)
            discard(temporary);
        free(target);
        return false;
    }
    if (batch->len == batch->cap) {
        batch->cap = batch->cap > 0 ? 2 * batch->cap : 16;
        batch->list = nc_realloc_must(batch->list, batch->cap * sizeof(*batch->list));
    }
    batch->list[batch->len++] = (nc_staged){target, temporary, durable};
    return true;
}

/* Some file systems cannot; the file itself is safe by then. */
static void sync_folder(const char *target)
{
    char *const folder = nc_path_folder(target);
    const int fd = open(folder[0] ? folder : ".", O_RDONLY | O_CLOEXEC);

    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

bool nc_batch_commit(nc_batch *batch)
{
    bool ok = true;

    for (size_t i = 0; i < batch->len && ok; i++) {
        nc_staged *const staged = &batch->list[i];
        int error;
        sigset_t before;

        lock(&before);
        ok = rename(staged->temporary, staged->target) == 0;
        error = errno;
        if (ok)
            pending_forget(staged->temporary);
        unlock(&before);
        if (ok) {
            free(staged->temporary);
            staged->temporary = NULL;
            if (staged->durable)
                sync_folder(staged->target);
        } else {
            errno = error;
            complain(batch, staged->target);
        }
    }
    nc_batch_drop(batch);
    return ok;
}

void nc_batch_drop(nc_batch *batch)
{
    for (size_t i = 0; i < batch->len; i++) {
        if (batch->list[i].temporary)
            discard(batch->list[i].temporary);
        free(batch->list[i].target);
    }
    free(batch->list);
    *batch = (nc_batch){.failures = batch->failures};
}
