#include "cli/check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/drawing.h"

enum {
    THREADS_MAX = 64,
    THREADS_CHOSEN = 8, /* at most, unless the user asks for more */
    JOBS_EACH = 16      /* fewer are not worth a thread */
};

/* What the threads share; only next changes, and each job belongs to who took its number. */
typedef struct crew {
    nc_check_job *jobs;
    size_t len;
    const nacre_options *options;
    atomic_size_t next;
} crew;

static void check_diagram(nc_check_job *job, nc_input *input, size_t index, nacre_context *context,
                          const nacre_options *options)
{
    nacre_diagram *diagram;
    size_t len;
    const char *const text = nc_input_diagram(input, index, &len);
    nacre_status status = nacre_parse(&diagram, context, text, len, options);

    if (status == NACRE_OK)
        status = nacre_check(diagram, options);
    if (diagram)
        nc_drawing_collect(&job->findings, input, index, diagram);
    nacre_diagram_drop(diagram);
    nc_drawing_status(&job->findings, input, status);
}

static void check_file(nc_check_job *job, nacre_context *context, const nacre_options *common)
{
    nacre_options options = *common;
    nc_input input;

    options.config_project = job->config_project;
    job->was_read = nc_input_open(&input, &job->findings, context, job->path, options.max_bytes);
    for (size_t i = 0; job->was_read && i < input.diagram_len; i++)
        check_diagram(job, &input, i, context, &options);
    if (job->was_read)
        job->diagrams = input.diagram_len;
    nc_input_release(&input);
    nc_findings_sort(&job->findings);
}

static void *work(void *payload)
{
    crew *const c = payload;
    nacre_context *const context = nc_context_must();

    for (;;) {
        const size_t i = atomic_fetch_add(&c->next, 1);
        if (i >= c->len)
            break;
        check_file(&c->jobs[i], context, c->options);
    }
    nacre_context_drop(context);
    return NULL;
}

static size_t choose_threads(size_t len)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    const size_t most = len / JOBS_EACH;
    size_t threads = processors > 1 ? (size_t)processors : 1;

    if (threads > THREADS_CHOSEN)
        threads = THREADS_CHOSEN;
    return threads < most ? threads : most;
}

void nc_check_run(nc_check_job *jobs, size_t len, const nacre_options *options, size_t threads)
{
    crew c = {.jobs = jobs, .len = len, .options = options};
    pthread_t others[THREADS_MAX];
    size_t started = 0;

    if (threads == 0)
        threads = choose_threads(len);
    if (threads > THREADS_MAX)
        threads = THREADS_MAX;
    /* This thread works too; where no other can be started it works alone. */
    while (started + 1 < threads && pthread_create(&others[started], NULL, work, &c) == 0)
        started++;
    work(&c);
    for (size_t i = 0; i < started; i++)
        pthread_join(others[i], NULL);
}
