#include "cli/settings.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/file.h"
#include "cli/path.h"
#include "cli/report.h"

#define SETTINGS_NAME "nacre.yaml"
#define SETTINGS_MAX  ((size_t)1 << 20)

char *nc_settings_read(const char *path)
{
    nc_str text = {0};

    if (!nc_file_read(&text, path, SETTINGS_MAX)) {
        nc_str_release(&text);
        return NULL;
    }
    if (strlen(text.ptr) != text.len) {
        nc_report_error(NC_CODE_READ, path, "is no text: it holds a NUL byte");
        nc_str_release(&text);
        return NULL;
    }
    return nc_str_take(&text);
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

static bool search(char **text, const char *from)
{
    const char *const home = getenv("HOME");
    char *const at = nc_strdup_must(from);
    bool ok = true;

    *text = NULL;
    do {
        if (has_entry(at, SETTINGS_NAME)) {
            char *const path = nc_path_join(at, SETTINGS_NAME);
            *text = nc_settings_read(path);
            ok = *text != NULL;
            free(path);
            break;
        }
    } while (!has_entry(at, ".git") && !(home && strcmp(home, at) == 0) && go_up(at));
    free(at);
    return ok;
}

bool nc_settings_find(nc_settings *settings, const char **text, const char *input)
{
    char *const folder = input ? nc_path_folder(input) : nc_strdup_must("");
    char *const from = nc_path_absolute(folder);
    bool ok = true;

    free(folder);
    if (settings->folder && strcmp(settings->folder, from) == 0) {
        free(from);
    } else {
        nc_settings_release(settings);
        ok = search(&settings->text, from);
        if (ok)
            settings->folder = from;
        else
            free(from);
    }
    *text = settings->text;
    return ok;
}

void nc_settings_release(nc_settings *settings)
{
    free(settings->folder);
    free(settings->text);
    *settings = (nc_settings){0};
}
