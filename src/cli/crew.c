#include "cli/crew.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "cli/drawing.h"

enum {
    THREADS_MAX = 64,
    THREADS_CHOSEN = 8 /* at most, unless the user asks for more */
};

/* What the threads share; only next changes, and each piece belongs to who took its number. */
typedef struct crew {
    size_t len;
    nc_crew_work work;
    void *payload;
    atomic_size_t next;
} crew;

static void *labour(void *payload)
{
    crew *const c = payload;
    nacre_context *const context = nc_context_must();

    for (;;) {
        const size_t i = atomic_fetch_add(&c->next, 1);
        if (i >= c->len)
            break;
        c->work(c->payload, i, context);
    }
    nacre_context_drop(context);
    return NULL;
}

static size_t choose_threads(size_t len, size_t each)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    const size_t most = len / each;
    size_t threads = processors > 1 ? (size_t)processors : 1;

    if (threads > THREADS_CHOSEN)
        threads = THREADS_CHOSEN;
    return threads < most ? threads : most;
}

void nc_crew_run(size_t len, size_t threads, size_t each, nc_crew_work work, void *payload)
{
    crew c = {.len = len, .work = work, .payload = payload};
    pthread_t others[THREADS_MAX];
    size_t started = 0;
    sigset_t all;
    sigset_t before;

    if (threads == 0)
        threads = choose_threads(len, each);
    if (threads > len)
        threads = len;
    if (threads > THREADS_MAX)
        threads = THREADS_MAX;
    /* This thread works too; where no other can be started it works alone. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (started + 1 < threads && pthread_create(&others[started], NULL, labour, &c) == 0)
        started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (len > 0)
        labour(&c);
    for (size_t i = 0; i < started; i++)
        pthread_join(others[i], NULL);
}
