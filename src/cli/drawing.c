#include "cli/drawing.h"

#include <string.h>
const char *const nc_font_words[] = {"system", "embedded", NULL};

nacre_fonts nc_font_choice(int word)
{
    static const nacre_fonts choices[] = {NACRE_FONTS_SYSTEM, NACRE_FONTS_EMBEDDED};
    return choices[word];
}

nacre_context *nc_context_must(void)
{
    nacre_context *const context = nacre_context_new(NULL);
    if (!context)
        nc_out_of_memory();
    return context;
}

const char *nc_input_diagram(const nc_input *input, size_t index, size_t *len)
{
    if (input->document)
        return nacre_document_text(input->document, index, len);
    *len = input->text.len;
    return input->text.ptr;
}

/* Where a piece of a diagram stands in the input; its last byte says where it ends. */
static size_t host_offset(const nc_input *input, size_t index, size_t offset)
{
    return input->document ? nacre_document_offset(input->document, index, offset) : offset;
}

void nc_drawing_collect(nc_findings *findings, nc_input *input, size_t index,
                        const nacre_diagram *diagram)
{
    const size_t len = nacre_diagnostic_count(diagram);

    for (size_t i = 0; i < len; i++) {
        nacre_diagnostic d;
        nc_finding *finding;
        size_t start;
        size_t end;

        nacre_diagnostic_at(&d, diagram, i);
        start = host_offset(input, index, d.start);
        end = d.end > d.start ? host_offset(input, index, d.end - 1) + 1 : start;
        finding = nc_findings_add(findings, &input->host, &d, start, end);
        finding->diagram = input->document ? index + 1 : 0;
    }
}

static bool has_told(const nc_findings *told, const nc_finding *f)
{
    for (size_t i = 0; i < told->len; i++) {
        if (told->list[i].start == f->start && strcmp(told->list[i].code, f->code) == 0 &&
            strcmp(told->list[i].message, f->message) == 0)
            return true;
    }
    return false;
}

void nc_drawing_report(nc_findings *told, nc_input *input, size_t index,
                       const nacre_diagram *diagram)
{
    nc_findings findings = {0};

    nc_drawing_collect(&findings, input, index, diagram);
    nc_findings_sort(&findings);
    for (size_t i = 0; i < findings.len; i++) {
        const nc_findings one = {.list = &findings.list[i], .len = 1};

        if (!has_told(told, &findings.list[i]))
            nc_report_findings(&one);
    }
    nc_findings_move(told, &findings);
}

nc_exit nc_drawing_status(nc_findings *failures, const nc_input *input, nacre_status status)
{
    const char *const name = nc_input_name(input);

    switch (status) {
    case NACRE_OK:
        return NC_EXIT_DONE;
    case NACRE_ERR_DIAGRAM:
        return NC_EXIT_DIAGRAM;
    case NACRE_ERR_NOMEM:
        nc_findings_fail(failures, NC_CODE_MEMORY, name, "out of memory, or of its budget", NULL);
        return NC_EXIT_USAGE;
    case NACRE_ERR_USAGE:
        nc_findings_fail(failures, NC_CODE_USAGE, name, "the options contradict each other", NULL);
        return NC_EXIT_USAGE;
    case NACRE_ERR_MODULE: /* the diagnostics say what is missing */
    case NACRE_ERR_SINK:   /* the program's sinks take everything */
        break;
    }
    return NC_EXIT_USAGE;
}

nc_exit nc_drawing_exit(const nc_input *input, nacre_status status)
{
    nc_findings failures = {0};
    const nc_exit outcome = nc_drawing_status(&failures, input, status);

    nc_report_findings(&failures);
    nc_findings_release(&failures);
    return outcome;
}
