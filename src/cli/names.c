#include "cli/names.h"

#include <stdlib.h>
#include <string.h>

#include "cli/drawing.h"

enum { SLUG_MAX = 60 }; /* bytes: what comes before and behind it has to fit into a file name too */

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/*
 * Lower-case letters, digits and characters beyond ASCII; whatever else becomes one '-'. NULL when
 * nothing is left, or digits alone: they would be taken for the number of a diagram.
 */
static char *slug_of(const char *title)
{
    nc_str out = {0};
    bool gap = false;

    nc_str_clear(&out);
    for (const char *p = title; *p; p++) {
        unsigned char c = (unsigned char)*p;

        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c - 'A' + 'a');
        if (!is_plain(c)) {
            gap = out.len > 0;
            continue;
        }
        if (out.len + gap >= SLUG_MAX)
            break;
        if (gap)
            nc_str_char(&out, '-');
        gap = false;
        nc_str_char(&out, (char)c);
    }
    /* No half character at the end. */
    if (out.len >= SLUG_MAX) {
        size_t len = out.len;
        while (len > 0 && ((unsigned char)out.ptr[len - 1] & 0xc0) == 0x80)
            len--;
        if (len > 0 && (unsigned char)out.ptr[len - 1] >= 0xc0)
            out.ptr[out.len = len - 1] = '\0';
    }
    if (strspn(out.ptr, "0123456789") < out.len)
        return nc_str_take(&out);
    nc_str_release(&out);
    return NULL;
}

/* The part of the mark behind the colon, shortened: the drawing revision renames nothing. */
static char *hash_of(const nacre_diagram *diagram, const nacre_options *options)
{
    char mark[64];
    const char *hash;

    nacre_diagram_mark(mark, sizeof(mark), diagram, options);
    hash = strchr(mark, ':');
    if (hash && strlen(hash) > 9)
        mark[hash + 9 - mark] = '\0';
    return hash ? nc_strdup_must(hash + 1) : NULL;
}

static bool is_taken(const nc_input *input, size_t before, const char *name)
{
    for (size_t i = 0; i < before; i++) {
        if (input->names[i] && strcmp(input->names[i], name) == 0)
            return true;
    }
    return false;
}

/* The nth of equal titles has n behind it, and so on until nobody has that name. */
static char *only_one(const nc_input *input, size_t index, char *name)
{
    nc_str out = {0};

    if (!is_taken(input, index, name))
        return name;
    for (size_t n = 2;; n++) {
        nc_str_clear(&out);
        nc_str_fmt(&out, "%s-%zu", name, n);
        if (!is_taken(input, index, out.ptr))
            break;
    }
    free(name);
    return nc_str_take(&out);
}

void nc_names_choose(nc_input *input, nacre_context *context, nc_naming naming,
                     const nacre_options *options)
{
    if (naming == NC_NAMES_INDEX || !input->document)
        return;
    input->names = nc_alloc_must(input->diagram_len * sizeof(*input->names));
    for (size_t i = 0; i < input->diagram_len; i++) {
        nacre_diagram *diagram;
        size_t len;
        const char *const text = nc_input_diagram(input, i, &len);

        input->names[i] = NULL;
        if (nacre_parse(&diagram, context, text, len, options) == NACRE_OK)
            input->names[i] = naming == NC_NAMES_TITLE ? slug_of(nacre_diagram_title(diagram))
                                                       : hash_of(diagram, options);
        nacre_diagram_drop(diagram);
        if (naming == NC_NAMES_TITLE && input->names[i])
            input->names[i] = only_one(input, i, input->names[i]);
    }
}
