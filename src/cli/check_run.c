#include "cli/check.h"

#include "cli/crew.h"
#include "cli/drawing.h"

enum { JOBS_EACH = 16 }; /* fewer are not worth a thread */

typedef struct checking {
    nc_check_job *jobs;
    const nacre_options *options;
} checking;

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

static void work(void *payload, size_t index, nacre_context *context)
{
    const checking *const c = payload;

    check_file(&c->jobs[index], context, c->options);
}

void nc_check_run(nc_check_job *jobs, size_t len, const nacre_options *options, size_t threads)
{
    checking c = {.jobs = jobs, .options = options};

    nc_crew_run(len, threads, JOBS_EACH, work, &c);
}
