#include "cli/depfile.h"

#include <stdlib.h>
#include <string.h>

#include "cli/output.h"

/*
 * A name as make reads it (GNU make, "What Makefiles Contain") and ninja understands the same way
 * (its depfile parser): backslashes in front of blanks and `#` are doubled.
 */
static void put_name(nc_str *out, const char *name)
{
    size_t slashes = 0;

    for (; *name; name++) {
        if (*name == ' ' || *name == '\t' || *name == '#') {
            for (; slashes > 0; slashes--)
                nc_str_char(out, '\\');
            nc_str_char(out, '\\');
        } else if (*name == '$') {
            nc_str_char(out, '$');
        } else if (*name == ':') {
            nc_str_char(out, '\\');
        }
        slashes = *name == '\\' ? slashes + 1 : 0;
        nc_str_char(out, *name);
    }
}

/* A line feed in a name cannot be written so that both understand it. */
static bool can_be_named(const char *name)
{
    return name && strchr(name, '\n') == NULL;
}

static void put_rule(nc_str *out, const char *target, const nc_job *job, char *const *more,
                     size_t more_len)
{
    if (!can_be_named(target) || !can_be_named(job->input->path))
        return;
    put_name(out, target);
    nc_str_puts(out, ": ");
    put_name(out, job->input->path);
    for (size_t i = 0; i < more_len; i++) {
        if (!can_be_named(more[i]))
            continue;
        nc_str_puts(out, " \\\n  ");
        put_name(out, more[i]);
    }
    nc_str_char(out, '\n');
}

static void put_job(nc_str *out, const nc_job *job, char *const *more, size_t more_len)
{
    const nc_input *const input = job->input;

    if (input->target)
        put_rule(out, input->target, job, more, more_len);
    for (size_t i = 0; !input->target && i < input->picture_len; i++)
        put_rule(out, input->pictures[i], job, more, more_len);
}

/* A target for each source, so that make goes on when one of them is gone. */
static void put_phony(nc_str *out, const char *name)
{
    if (!can_be_named(name))
        return;
    put_name(out, name);
    nc_str_puts(out, ":\n");
}

bool nc_depfile_write(nc_findings *failures, const char *path, const nc_job *jobs, size_t len,
                      char *const *more, size_t more_len)
{
    nc_batch batch = {.failures = failures};
    nc_str text = {0};
    bool ok;

    nc_str_clear(&text);
    for (size_t i = 0; i < len; i++)
        put_job(&text, &jobs[i], more, more_len);
    for (size_t i = 0; i < len; i++)
        put_phony(&text, jobs[i].input->path);
    for (size_t i = 0; i < more_len; i++)
        put_phony(&text, more[i]);
    ok = nc_batch_add(&batch, path, text.ptr, text.len, false) && nc_batch_commit(&batch);
    nc_batch_drop(&batch);
    nc_str_release(&text);
    return ok;
}
