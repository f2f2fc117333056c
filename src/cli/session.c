#include "cli/session.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/crew.h"
#include "cli/depfile.h"
#include "cli/drawing.h"
#include "cli/file.h"
#include "cli/form.h"
#include "cli/manifest.h"
#include "cli/output.h"
#include "cli/path.h"
#include "cli/progress.h"
#include "cli/settings.h"
#include "cli/visible.h"

enum { EACH = 2 }; /* inputs that a thread is worth starting for */

/* All that a run knows. */
typedef struct run {
    const nc_session *session;
    nc_order order;
    nc_plan_options plan;
    nc_settings settings;
    nc_pictures pictures;
    nc_paths paths;   /* that were named or found */
    nc_inputs inputs; /* one for each path */
    nc_job *jobs;     /* of those that can be read */
    size_t len;
    nc_findings *troubles; /* of opening inputs, one list each */
    nc_orphans orphans;
    nc_exit outcome;
    /* Jobs are told of in their order, whoever does them when. */
    pthread_mutex_t mutex;
    bool *done;
    size_t told, finished;
    nc_progress progress;
} run;

static void worsen(run *r, nc_exit outcome)
{
    r->outcome = nc_exit_worse(r->outcome, outcome);
}

static void report_failures(run *r, nc_findings *failures)
{
    if (failures->len)
        worsen(r, NC_EXIT_USAGE);
    nc_report_findings(failures);
    nc_findings_release(failures);
}

/* -- inputs -- */

static void find_inputs(run *r)
{
    const nc_session *const s = r->session;
    nc_findings failures = {0};

    nc_walk(&r->paths, &failures, &s->operands, &s->excludes, s->plan.output);
    report_failures(r, &failures);
    r->inputs.list = nc_alloc_must(r->paths.len * sizeof(*r->inputs.list));
    r->inputs.len = r->paths.len;
}

/* NULL: standard input. */
static const char *path_at(const run *r, size_t index)
{
    const char *const path = r->paths.list[index];

    return strcmp(path, "-") == 0 ? NULL : path;
}

static void open_input(void *payload, size_t index, nacre_context *context)
{
    run *const r = payload;
    nc_input *const input = &r->inputs.list[index];
    nacre_options drawing = r->order.drawing;

    input->failed = !nc_input_open(input, &r->troubles[index], context, path_at(r, index),
                                   r->session->max_input);
    drawing.config_project = r->jobs[index].config_project;
    nc_allowed_give(&drawing, r->jobs[index].allowed);
    if (!input->failed)
        nc_names_choose(input, context, r->session->naming, &drawing);
    nc_input_close(input);
}

/* What is wrong with the configuration of an input fails it; told once for all it is for. */
static bool find_config(run *r, size_t index)
{
    nc_job *const job = &r->jobs[index];

    return (r->session->no_config ||
            nc_settings_find(&r->settings, &job->config_project, path_at(r, index))) &&
           nc_pictures_find(&r->pictures, &job->allowed, job->config_project);
}

/* Reads everything that can be read; jobs of the rest are left out. */
static void open_inputs(run *r)
{
    const size_t len = r->inputs.len;
    size_t kept = 0;

    r->jobs = nc_alloc_must(len * sizeof(*r->jobs));
    r->troubles = nc_alloc_must(len * sizeof(*r->troubles));
    for (size_t i = 0; i < len; i++) {
        r->jobs[i] = (nc_job){.input = &r->inputs.list[i]};
        r->troubles[i] = (nc_findings){0};
        if (!find_config(r, i)) {
            r->jobs[i].outcome = NC_EXIT_USAGE;
            worsen(r, NC_EXIT_USAGE);
        }
    }
    nc_crew_run(len, r->session->threads, 16, open_input, r);
    for (size_t i = 0; i < len; i++) {
        report_failures(r, &r->troubles[i]);
        if (!r->inputs.list[i].failed && r->jobs[i].outcome == NC_EXIT_DONE)
            r->jobs[kept++] = r->jobs[i];
        r->inputs.list[i].failed = r->inputs.list[i].failed || r->jobs[i].outcome != NC_EXIT_DONE;
    }
    r->len = kept;
}

/* -- jobs -- */

static void report_unless_quiet(const run *r, const nc_findings *findings)
{
    if (r->session->quiet)
        nc_report_errors(findings);
    else
        nc_report_findings(findings);
}

static void tell(run *r, const nc_job *job)
{
    const nc_session *const s = r->session;

    worsen(r, job->outcome);
    if (s->check || job->skipped)
        return; /* a report says it all */
    report_unless_quiet(r, &job->findings);
    for (size_t i = 0; s->verbose && !s->dry_run && i < job->len; i++) {
        if (job->list[i].state == NC_STATE_CURRENT)
            nc_report_done("wrote", job->list[i].path);
    }
}

/* Tells of all jobs up to the first that is not done. */
static void finish(run *r, size_t index)
{
    pthread_mutex_lock(&r->mutex);
    r->done[index] = true;
    r->finished++;
    while (r->told < r->len && r->done[r->told]) {
        if (r->jobs[r->told].findings.len || r->session->verbose)
            nc_progress_clear(&r->progress);
        tell(r, &r->jobs[r->told++]);
    }
    nc_progress_tell(&r->progress, r->finished);
    pthread_mutex_unlock(&r->mutex);
}

static void do_job(void *payload, size_t index, nacre_context *context)
{
    run *const r = payload;

    if (!r->jobs[index].skipped)
        nc_job_run(&r->jobs[index], &r->order, context);
    finish(r, index);
}

static void skip_unchanged(run *r)
{
    for (size_t i = 0; i < r->len; i++) {
        const char *const path = r->jobs[i].input->path;
        r->jobs[i].skipped =
            path && !nc_watch_has_changed(r->session->watch, path, r->jobs[i].config_project);
    }
}

static void do_jobs(run *r)
{
    if (r->session->watch)
        skip_unchanged(r);
    r->done = nc_alloc_must(r->len * sizeof(*r->done));
    memset(r->done, 0, r->len * sizeof(*r->done));
    pthread_mutex_init(&r->mutex, NULL);
    nc_progress_begin(&r->progress, r->len, r->session->quiet);
    nc_crew_run(r->len, r->session->threads, EACH, do_job, r);
    nc_progress_clear(&r->progress);
    pthread_mutex_destroy(&r->mutex);
    for (size_t i = 0; r->session->watch && i < r->len; i++) {
        if (r->jobs[i].input->path && !r->jobs[i].skipped)
            nc_watch_done(r->session->watch, r->jobs[i].input->path, r->jobs[i].config_project);
    }
}

/* -- what comes behind -- */

/* A folder of single pictures gets no list of its own; one with documents does, and keeps it. */
static const char *listed_folder(const run *r)
{
    const char *const folder = nc_plan_folder(&r->plan);
    char *file;
    bool listed;

    if (!folder)
        return NULL;
    file = nc_path_join(folder, NC_MANIFEST_NAME);
    listed = nc_is_there(file);
    free(file);
    for (size_t i = 0; !listed && i < r->len; i++)
        listed = r->jobs[i].input->kind == NC_INPUT_DOCUMENT;
    for (size_t i = 0; !listed && i < r->session->operands.len; i++)
        listed = nc_is_directory(r->session->operands.list[i]);
    return listed ? folder : NULL;
}

static void update_manifest(run *r)
{
    const char *const folder = listed_folder(r);
    nc_findings failures = {0};

    if (folder)
        nc_manifest_update(&r->orphans, &failures, folder, r->jobs, r->len, !r->session->no_prune);
    report_failures(r, &failures);
    for (size_t i = 0; r->session->verbose && i < r->orphans.len; i++)
        nc_report_done("removed", r->orphans.list[i]);
}

static void write_depfile(run *r)
{
    nc_findings failures = {0};
    char **more;
    size_t len = 0;

    if (!r->session->depfile)
        return;
    more = nc_alloc_must(r->settings.len * sizeof(*more));
    for (size_t i = 0; i < r->settings.len; i++)
        more[len++] = r->settings.list[i].path;
    nc_depfile_write(&failures, r->session->depfile, r->jobs, r->len, more, len);
    report_failures(r, &failures);
    free(more);
}

/* A line for everything that a run would write or remove. */
static void print_plan(run *r)
{
    nc_str out = {0};

    for (size_t i = 0; i < r->len; i++) {
        for (size_t k = 0; k < r->jobs[i].len; k++) {
            const nc_artifact *const a = &r->jobs[i].list[k];

            if (a->state == NC_STATE_ERROR)
                continue;
            nc_str_puts(&out, a->state == NC_STATE_MISSING ? "create "
                              : a->state == NC_STATE_STALE ? "change "
                                                           : "repeat ");
            nc_visible_puts(&out, a->path);
            nc_str_char(&out, '\n');
        }
    }
    for (size_t i = 0; i < r->orphans.len; i++) {
        nc_str_puts(&out, "remove ");
        nc_visible_puts(&out, r->orphans.list[i]);
        nc_str_char(&out, '\n');
    }
    if (out.len && !nc_write_stdout(out.ptr, out.len))
        worsen(r, NC_EXIT_USAGE);
    nc_str_release(&out);
}

static void add_orphans(run *r, nc_report *report)
{
    for (size_t i = 0; i < r->orphans.len; i++) {
        nc_findings_note(&report->findings, NC_CODE_ORPHANED, r->orphans.list[i],
                         "no diagram makes this file any more");
        report->rows[report->row_len++] =
            (nc_form_row){.path = r->orphans.list[i], .state = nc_state_name(NC_STATE_ORPHANED)};
        worsen(r, NC_EXIT_DIAGRAM);
    }
}

static void add_job(run *r, nc_report *report, nc_job *job)
{
    for (size_t k = 0; k < job->len; k++) {
        const nc_artifact *const a = &job->list[k];

        report->rows[report->row_len++] = (nc_form_row){.path = a->path,
                                                        .source = nc_input_name(job->input),
                                                        .diagram = a->diagram,
                                                        .line = a->line,
                                                        .state = nc_state_name(a->state)};
        if (a->state != NC_STATE_CURRENT)
            worsen(r, NC_EXIT_DIAGRAM);
    }
    report->files++;
    report->diagrams += job->input->diagram_len;
    nc_findings_move(&report->findings, &job->findings);
    nc_findings_move(&report->findings, &job->states);
}

/* How many files there are of each state, for people. */
static void print_tally(const run *r, const nc_report *report)
{
    size_t counts[NC_STATE_COUNT] = {0};
    nc_str line = {0};

    for (size_t i = 0; i < report->row_len; i++) {
        for (int s = 0; s < NC_STATE_COUNT; s++)
            counts[s] += strcmp(report->rows[i].state, nc_state_name((nc_state)s)) == 0;
    }
    nc_str_puts(&line, "nacre: ");
    for (int s = 0; s < NC_STATE_COUNT; s++) {
        if (counts[s] || s == NC_STATE_CURRENT)
            nc_str_fmt(&line, s == 0 ? "%zu %s" : ", %zu %s", counts[s],
                       nc_state_name((nc_state)s));
    }
    if (counts[NC_STATE_CURRENT] < report->row_len && r->session->report == NC_REPORT_TEXT)
        nc_str_puts(&line, "; run the same command without --check");
    if (!r->session->quiet)
        fprintf(stderr, "%s\n", line.ptr);
    nc_str_release(&line);
}

/* Failures go to standard error in every form, as those of `check` do. */
static void print_failures(run *r, const nc_report *report)
{
    for (size_t i = 0; i < report->findings.len; i++) {
        const nc_findings one = {.list = &report->findings.list[i], .len = 1};

        if (!report->findings.list[i].failure)
            continue;
        nc_report_findings(&one);
        worsen(r, NC_EXIT_USAGE);
    }
}

static void print_report(run *r)
{
    static void (*const forms[])(nc_str *, const nc_report *) = {nc_form_text, nc_form_json,
                                                                 nc_form_github, nc_form_sarif};
    const char *states[NC_STATE_COUNT + 1] = {NULL};
    nc_report report = {.states = states};
    nc_str out = {0};
    size_t rows = r->orphans.len;

    for (int s = 0; s < NC_STATE_COUNT; s++)
        states[s] = nc_state_name((nc_state)s);
    for (size_t i = 0; i < r->len; i++)
        rows += r->jobs[i].len;
    report.rows = nc_alloc_must(rows * sizeof(*report.rows));
    for (size_t i = 0; i < r->len; i++)
        add_job(r, &report, &r->jobs[i]);
    add_orphans(r, &report);
    print_failures(r, &report);
    forms[r->session->report](&out, &report);
    if (out.len && !nc_write_stdout(out.ptr, out.len))
        worsen(r, NC_EXIT_USAGE);
    print_tally(r, &report);
    free(report.rows);
    nc_findings_release(&report.findings);
    nc_str_release(&out);
}

static void conclude(run *r)
{
    const nc_session *const s = r->session;
    const char *const folder = listed_folder(r);

    if (!s->check && !s->dry_run) {
        update_manifest(r);
        write_depfile(r);
        return;
    }
    if (folder && !s->no_prune)
        nc_manifest_orphans(&r->orphans, folder, r->jobs, r->len);
    if (s->check)
        print_report(r);
    else
        print_plan(r);
}

/* What a later change must wake the watcher for. */
static void add_watches(const run *r)
{
    const nc_session *const s = r->session;

    for (size_t i = 0; i < s->operands.len; i++)
        nc_watch_add(s->watch, s->operands.list[i]);
    for (size_t i = 0; i < r->settings.len; i++)
        nc_watch_add(s->watch, r->settings.list[i].path);
}

static void release(run *r)
{
    nc_orphans_release(&r->orphans);
    for (size_t i = 0; i < r->len; i++)
        nc_job_release(&r->jobs[i]);
    nc_inputs_release(&r->inputs);
    nc_paths_release(&r->paths);
    free(r->jobs);
    free(r->troubles);
    free(r->done);
    nc_pictures_release(&r->pictures);
    nc_settings_release(&r->settings);
}

nc_exit nc_session_run(const nc_session *session)
{
    run r = {.session = session, .order = session->order, .plan = session->plan};

    r.plan.operands = &session->operands;
    r.settings.context = nc_context_must();
    if (session->config &&
        !nc_settings_read(&r.settings, &r.order.drawing.config_file, session->config)) {
        r.outcome = NC_EXIT_USAGE;
    } else {
        r.pictures = (nc_pictures){.given = &session->pictures,
                                   .settings = &r.settings,
                                   .config_file = r.order.drawing.config_file};
        find_inputs(&r);
        open_inputs(&r);
        if (session->watch)
            add_watches(&r);
        if (nc_plan_make(&r.order.formats, &r.inputs, &r.plan)) {
            do_jobs(&r);
            conclude(&r);
        } else {
            worsen(&r, NC_EXIT_USAGE);
        }
    }
    nacre_context_drop(r.settings.context);
    release(&r);
    return r.outcome;
}
