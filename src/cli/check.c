/* nacre check: what is wrong with diagrams, without drawing them. */
#include "cli/check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/drawing.h"
#include "cli/limits.h"
#include "cli/output.h"
#include "cli/pictures.h"
#include "cli/report.h"
#include "cli/settings.h"

typedef struct check_options {
    int format;  /* index of format_words */
    int fail_on; /* index of severity_words */
    bool portable;
    nc_operands exclude;
    const char *config;
    bool no_config;
    size_t jobs;
    bool list_rules;
    nc_limit_options limits;
    nc_picture_options pictures;
} check_options;

static const char *const format_words[] = {"text", "json", "sarif", "github", NULL};
static const struct {
    void (*report)(nc_str *out, const nc_report *report);
    void (*rules)(nc_str *out); /* NULL: this format has no list of rules */
} formats[] = {
    {nc_form_text, nc_rules_text},
    {nc_form_json, nc_rules_json},
    {nc_form_sarif, NULL},
    {nc_form_github, NULL},
};

enum { FAIL_ON_ERROR, FAIL_ON_WARNING };
static const char *const severity_words[] = {"error", "warning", NULL};

static const nc_option check_table[] = {
    {0, "format", NC_TAKES_WORD, "FORMAT", format_words,
     "text: for people (the default); json; sarif: SARIF 2.1.0;\n"
     "github: annotations of GitHub Actions",
     offsetof(check_options, format)},
    {0, "fail-on", NC_TAKES_WORD, "SEVERITY", severity_words,
     "error (the default) or warning: what makes the exit\n"
     "status 1",
     offsetof(check_options, fail_on)},
    {0, "portable", NC_TAKES_NOTHING, NULL, NULL,
     "what Mermaid itself would refuse is an error, its limits\n"
     "on size included",
     offsetof(check_options, portable)},
    {0, "exclude", NC_TAKES_LIST, "GLOB", NULL,
     "leave out files and folders; without a / GLOB is about\n"
     "names, else about paths; may be given again",
     offsetof(check_options, exclude)},
    {'c', "config", NC_TAKES_TEXT, "FILE", NULL,
     "configuration under the document's own, YAML or JSON", offsetof(check_options, config)},
    {0, "no-config", NC_TAKES_NOTHING, NULL, NULL, "do not look for nacre.yaml",
     offsetof(check_options, no_config)},
    {'j', "jobs", NC_TAKES_NUMBER, "N", NULL, "files at a time; without it, one for each processor",
     offsetof(check_options, jobs)},
    {0, "list-rules", NC_TAKES_NOTHING, NULL, NULL, "print the rules and check nothing",
     offsetof(check_options, list_rules)},
    NC_PICTURE_ROWS(check_options),
    NC_LIMIT_ROWS(check_options),
};

/* The files with the configuration that is in force for each. One that is broken drops its files. */
static size_t make_jobs(nc_check_job *jobs, const nc_paths *paths, const nacre_options *common,
                        nc_settings *settings, nc_pictures *pictures, bool no_config)
{
    size_t len = 0;

    for (size_t i = 0; i < paths->len; i++) {
        nc_check_job job = {.path = strcmp(paths->list[i], "-") == 0 ? NULL : paths->list[i],
                            .options = *common};
        const nc_allowed *allowed;

        if ((no_config || nc_settings_find(settings, &job.options.config_project, job.path)) &&
            nc_pictures_find(pictures, &allowed, job.options.config_project)) {
            nc_allowed_give(&job.options, allowed);
            jobs[len++] = job;
        }
    }
    return len;
}

static void take_results(nc_report *report, nc_check_job *jobs, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        report->files += jobs[i].was_read;
        report->diagrams += jobs[i].diagrams;
        nc_findings_move(&report->findings, &jobs[i].findings);
    }
}

/* Everything that is to be found. */
static void check_all(nc_report *report, const check_options *options, const nc_operands *operands)
{
    nacre_options common = NACRE_OPTIONS_INIT;
    nc_settings settings = {.context = nc_context_must(), .problems = &report->findings};
    nc_pictures pictures = {
        .given = &options->pictures, .settings = &settings, .problems = &report->findings};
    nc_paths paths;
    nc_check_job *jobs;
    size_t len = 0;

    nc_limits_give(&common, &options->limits);
    common.portable = options->portable;
    nc_walk(&paths, &report->findings, operands, &options->exclude, NULL);
    jobs = nc_alloc_must(paths.len * sizeof(*jobs));
    if (!options->config || nc_settings_read(&settings, &common.config_file, options->config)) {
        pictures.config_file = common.config_file;
        len = make_jobs(jobs, &paths, &common, &settings, &pictures, options->no_config);
    }
    nc_check_run(jobs, len, options->jobs);
    take_results(report, jobs, len);
    free(jobs);
    nc_paths_release(&paths);
    nc_pictures_release(&pictures);
    nc_settings_release(&settings);
    nacre_context_drop(settings.context);
}

/* Failures go to standard error in every format: whoever reads a log sees them. */
static bool report_failures(const nc_report *report)
{
    bool any = false;

    for (size_t i = 0; i < report->findings.len; i++) {
        const nc_finding *const f = &report->findings.list[i];
        const nc_findings one = {.list = &report->findings.list[i], .len = 1};

        if (f->failure)
            nc_report_findings(&one);
        any = any || f->failure;
    }
    return any;
}

static nc_exit judge(const nc_report *report, const check_options *options)
{
    const bool failed = report_failures(report);
    const size_t errors = nc_report_count(report, NACRE_ERROR);
    const size_t warnings = nc_report_count(report, NACRE_WARNING);

    if (failed)
        return NC_EXIT_USAGE;
    return errors || (options->fail_on == FAIL_ON_WARNING && warnings) ? NC_EXIT_DIAGRAM
                                                                       : NC_EXIT_DONE;
}

static nc_exit check(const check_options *options, const nc_operands *operands)
{
    nc_report report = {0};
    nc_str text = {0};
    nc_exit outcome;

    check_all(&report, options, operands);
    formats[options->format].report(&text, &report);
    outcome = judge(&report, options);
    if (text.len && !nc_write_stdout(text.ptr, text.len))
        outcome = NC_EXIT_USAGE;
    nc_str_release(&text);
    nc_findings_release(&report.findings);
    return outcome;
}

static nc_exit list_rules(const check_options *options)
{
    nc_str text = {0};
    nc_exit outcome;

    if (!formats[options->format].rules) {
        nc_report_error(NC_CODE_USAGE, NULL, "the list of rules is no %s",
                        format_words[options->format]);
        nc_report_hint("there are: text, json");
        return NC_EXIT_USAGE;
    }
    formats[options->format].rules(&text);
    outcome = nc_write_stdout(text.ptr, text.len) ? NC_EXIT_DONE : NC_EXIT_USAGE;
    nc_str_release(&text);
    return outcome;
}

static nc_exit run(const nc_command *command, int argc, char **argv)
{
    check_options options = {0};
    nc_operands operands;
    const nc_parsed parsed = nc_options_parse(command, argc, argv, &options, &operands);
    nc_exit outcome = parsed == NC_PARSED_HELP ? NC_EXIT_DONE : NC_EXIT_USAGE;

    if (parsed == NC_PARSED && options.list_rules) {
        outcome = list_rules(&options);
    } else if (parsed == NC_PARSED && operands.len == 0 && isatty(STDIN_FILENO)) {
        nc_report_error(NC_CODE_USAGE, NULL, "'check' waits for a diagram on standard input");
        nc_report_hint("name files or folders: 'nacre check .'; or - to type one");
    } else if (parsed == NC_PARSED) {
        if (operands.len == 0)
            operands.list[operands.len++] = "-";
        outcome = check(&options, &operands);
    }
    free(operands.list);
    free(options.exclude.list);
    free(options.pictures.icons.list);
    return outcome;
}

const nc_command nc_check_command = {
    .name = "check",
    .operands = "[PATH]...",
    .summary = "Say what is wrong with diagrams, without drawing them.",
    .details =
        "PATH is a diagram (.mmd, .mermaid), a Markdown document (.md, .markdown), a folder, or -\n"
        "(or nothing) for a diagram on standard input. Of a folder every diagram and document\n"
        "below it is checked; hidden folders, node_modules and symbolic links are skipped.\n"
        "Findings go to standard output. Exit status: 0 nothing found, 1 errors (or warnings,\n"
        "with --fail-on warning), 2 usage or input and output.\n",
    .options = check_table,
    .option_len = sizeof(check_table) / sizeof(check_table[0]),
    .run = run,
};
