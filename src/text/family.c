#include "text/family.h"

/* What means the embedded faces. */
static const char *const embedded[] = {
    "inter",   "serif",     "sans-serif",    "monospace",     "cursive",
    "fantasy", "system-ui", "ui-sans-serif", "ui-serif",      "inherit",
    "initial", "unset",     "ui-monospace",  "ui-rounded",    "emoji",
    "math",    "fangsong",  "-apple-system", "inter variable"};

/* Mermaid's default, which documents repeat without meaning it. */
static const char *const defaults[] = {"trebuchet ms", "verdana", "arial"};

static bool is_word(nc_sv name, const char *word)
{
    return nc_sv_eq_nocase(name, nc_sv_cstr(word));
}

static bool is_embedded(nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(embedded); i++) {
        if (is_word(name, embedded[i]))
            return true;
    }
    return false;
}

static bool is_default(const nc_sv_vec *names)
{
    for (size_t i = 0; i < NC_COUNT(defaults); i++) {
        if (i >= names->len || !is_word(names->ptr[i], defaults[i]))
            return false;
    }
    return names->len == NC_COUNT(defaults);
}

static nc_sv unquote(nc_sv name)
{
    char first = name.len >= 2 ? name.ptr[0] : '\0';
    if ((first == '"' || first == '\'') && name.ptr[name.len - 1] == first)
        return nc_sv_trim(nc_sv_slice(name, 1, name.len - 1));
    return name;
}

/* The end of the list's entry that begins at `at`: a comma outside quotes. */
static size_t entry_end(nc_sv css, size_t at)
{
    char quote = '\0';
    for (; at < css.len; at++) {
        char c = css.ptr[at];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == ',' || c == ';')
            break;
    }
    return at;
}

bool nc_family_names(nc_sv_vec *out, nc_arena *a, nc_sv css)
{
    out->len = 0;
    for (size_t at = 0; at < css.len;) {
        size_t end = entry_end(css, at);
        nc_sv name = unquote(nc_sv_trim(nc_sv_slice(css, at, end)));
        if (is_embedded(name) || out->len == NC_FAMILIES_MAX)
            break;
        if (name.len && !NC_PUSH(a, out, name))
            return false;
        at = end + 1;
    }
    if (is_default(out))
        out->len = 0;
    return true;
}
