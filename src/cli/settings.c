#include "cli/settings.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/file.h"
#include "cli/path.h"
#include "cli/report.h"

#define SETTINGS_NAME "nacre.yaml"
#define SETTINGS_MAX  ((size_t)1 << 20)

/* What a configuration file is checked with. */
typedef struct reading {
    nc_findings *problems;
    nc_host host;
} reading;

static void take(const nacre_diagnostic *d, void *payload)
{
    reading *const r = payload;
    nc_finding *const f = nc_findings_add(r->problems, &r->host, d, d->start, d->end);

    f->failure = d->severity == NACRE_ERROR;
}

/* The text of a sound configuration file, or NULL. */
static char *read_sound(nc_findings *problems, nacre_context *context, const char *path)
{
    nc_str text = {0};
    bool ok = nc_file_load(&text, problems, path, SETTINGS_MAX);

    if (ok && strlen(text.ptr) != text.len) {
        nc_findings_fail(problems, NC_CODE_READ, path, "is no text: it holds a NUL byte", NULL);
        ok = false;
    }
    if (ok) {
        reading r = {problems, {.path = path, .text = text.ptr, .len = text.len}};
        const nacre_status status = nacre_config_check(context, text.ptr, text.len, take, &r);

        nc_host_release(&r.host);
        if (status == NACRE_ERR_NOMEM)
            nc_findings_fail(problems, NC_CODE_MEMORY, path, "out of memory, or of its budget",
                             NULL);
        ok = status == NACRE_OK;
    }
    if (ok)
        return nc_str_take(&text);
    nc_str_release(&text);
    return NULL;
}

/* Index of the file, read the first time it is asked for. */
static size_t file_of(nc_settings *settings, const char *path)
{
    const size_t size = (settings->len + 1) * sizeof(*settings->list);
    nc_findings told = {0};
    nc_settings_file file = {0};

    for (size_t i = 0; i < settings->len; i++) {
        if (strcmp(settings->list[i].path, path) == 0)
            return i;
    }
    settings->list = nc_realloc_must(settings->list, size);
    file.path = nc_strdup_must(path);
    file.text =
        read_sound(settings->problems ? settings->problems : &told, settings->context, file.path);
    settings->list[settings->len] = file;
    nc_report_findings(&told);
    nc_findings_release(&told);
    return settings->len++;
}

bool nc_settings_read(nc_settings *settings, const char **text, const char *path)
{
    const size_t index = file_of(settings, path);

    *text = settings->list[index].text;
    return *text != NULL;
}

static bool has_entry(const char *folder, const char *name)
{
    char *const path = nc_path_join(folder, name);
    const bool found = access(path, F_OK) == 0;

    free(path);
    return found;
}

/* Cuts the last component off; false at the root. */
static bool go_up(char *folder)
{
    char *const slash = strrchr(folder, '/');

    if (folder[1] == '\0')
        return false;
    slash[slash == folder] = '\0';
    return true;
}

/* The file's path as people name it: from the working folder when one of the two is in the other. */
static char *shown_path(const char *folder)
{
    char *const here = nc_path_absolute("");
    const size_t common = nc_path_common(here, folder);
    char *const way = nc_path_relative(here, folder);
    const bool near = common > 1 && (!here[common] || !folder[common]);
    char *const path = nc_path_join(near ? way : folder, SETTINGS_NAME);

    free(here);
    free(way);
    return path;
}

/* What nc_settings.found says of a folder. */
static size_t search(nc_settings *settings, const char *from)
{
    const char *const home = getenv("HOME");
    char *const at = nc_strdup_must(from);
    size_t found = 0;

    do {
        if (has_entry(at, SETTINGS_NAME)) {
            char *const path = shown_path(at);
            found = file_of(settings, path) + 1;
            free(path);
            break;
        }
    } while (!has_entry(at, ".git") && !(home && strcmp(home, at) == 0) && go_up(at));
    free(at);
    return found;
}

bool nc_settings_find(nc_settings *settings, const char **text, const char *input)
{
    char *const folder = input ? nc_path_folder(input) : nc_strdup_must("");
    char *const from = nc_path_absolute(folder);

    free(folder);
    if (settings->folder && strcmp(settings->folder, from) == 0) {
        free(from);
    } else {
        free(settings->folder);
        settings->folder = from;
        settings->found = search(settings, from);
    }
    *text = settings->found ? settings->list[settings->found - 1].text : NULL;
    return *text || !settings->found;
}

const char *nc_settings_path(const nc_settings *settings, const char *text)
{
    for (size_t i = 0; i < settings->len; i++) {
        if (settings->list[i].text == text)
            return settings->list[i].path;
    }
    return NULL;
}

void nc_settings_release(nc_settings *settings)
{
    for (size_t i = 0; i < settings->len; i++) {
        free(settings->list[i].path);
        free(settings->list[i].text);
    }
    free(settings->list);
    free(settings->folder);
    *settings = (nc_settings){.context = settings->context, .problems = settings->problems};
}
