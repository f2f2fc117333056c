#include "cli/format.h"

#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "cli/path.h"
#include "cli/report.h"
#include "cli/str.h"

static const nc_format formats[NC_FORMAT_COUNT] = {
    {"svg", ".svg", NACRE_SVG, false},       {"png", ".png", NACRE_PNG, true},
    {"pdf", ".pdf", NACRE_PDF, true},        {"txt", ".txt", NACRE_TXT, false},
    {"ascii", ".ascii", NACRE_ASCII, false},
};

static const nc_format *format_named(const char *name)
{
    for (size_t i = 0; i < NC_FORMAT_COUNT; i++) {
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    }
    return NULL;
}

static bool add_named(nc_formats *out, const char *name)
{
    static const char *const names[] = {"svg", "png", "pdf", "txt", "ascii", NULL};
    const nc_format *const format = format_named(name);
    const char *near;

    if (!format) {
        near = nc_word_nearest(name, names);
        nc_report_error(NC_CODE_USAGE, NULL, "'%s' is no format that can be written", name);
        if (near)
            nc_report_hint("did you mean '%s'? There are: svg, png, pdf, txt, ascii", near);
        else
            nc_report_hint("there are: svg, png, pdf, txt, ascii");
        return false;
    }
    for (size_t i = 0; i < out->len; i++) {
        if (out->list[i] == format) {
            nc_report_error(NC_CODE_USAGE, NULL, "'-f' names '%s' twice", name);
            return false;
        }
    }
    out->list[out->len++] = format;
    return true;
}

bool nc_formats_parse(nc_formats *out, const char *names)
{
    char *const copy = nc_strdup_must(names);
    char *rest = copy;
    bool ok = true;

    out->len = 0;
    while (ok && rest) {
        char *const name = rest;
        rest = strchr(name, ',');
        if (rest)
            *rest++ = '\0';
        ok = add_named(out, name);
    }
    free(copy);
    return ok;
}

const nc_format *nc_format_of_path(const char *path)
{
    for (size_t i = 0; i < NC_FORMAT_COUNT; i++) {
        if (nc_path_has_suffix(path, formats[i].suffix))
            return &formats[i];
    }
    return NULL;
}

const nc_format *nc_format_default(void)
{
    return &formats[0];
}
