#include "cli/check.h"

#include "cli/crew.h"
#include "cli/drawing.h"

enum { JOBS_EACH = 16 }; /* fewer are not worth a thread */

typedef struct checking {
    nc_check_job *jobs;
} checking;

static void check_diagram(nc_check_job *job, nc_input *input, size_t index, nacre_context *context)
{
    nacre_diagram *diagram;
    size_t len;
    const char *const text = nc_input_diagram(input, index, &len);
    nacre_status status = nacre_parse(&diagram, context, text, len, &job->options);

    if (status == NACRE_OK)
        status = nacre_check(diagram, &job->options);
    if (diagram)
        nc_drawing_collect(&job->findings, input, index, diagram);
    nacre_diagram_drop(diagram);
    nc_drawing_status(&job->findings, input, status);
}

static void check_file(nc_check_job *job, nacre_context *context)
{
    nc_input input;

    job->was_read =
        nc_input_open(&input, &job->findings, context, job->path, job->options.max_bytes);
    for (size_t i = 0; job->was_read && i < input.diagram_len; i++)
        check_diagram(job, &input, i, context);
    if (job->was_read)
        job->diagrams = input.diagram_len;
    nc_input_release(&input);
    nc_findings_sort(&job->findings);
}

static void work(void *payload, size_t index, nacre_context *context)
{
    const checking *const c = payload;

    check_file(&c->jobs[index], context);
}

void nc_check_run(nc_check_job *jobs, size_t len, size_t threads)
{
    checking c = {.jobs = jobs};

    nc_crew_run(len, threads, JOBS_EACH, work, &c);
}
