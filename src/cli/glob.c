#include "cli/glob.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/visible.h"

typedef enum part_kind {
    PART_CHARACTER,
    PART_ONE,    /* ? */
    PART_SET,    /* [a-z] */
    PART_MANY,   /* * */
    PART_ALL,    /* ** */
    PART_FOLDERS /* ** and a slash: nothing, or all up to a slash */
} part_kind;

typedef struct part {
    part_kind kind;
    uint32_t code;   /* of a character */
    const char *set; /* between the brackets */
    size_t set_len;
    bool negated;
} part;

/* A pattern is walked as an automaton: state i means that the parts before i have matched. */
struct nc_glob {
    char *pattern;
    part *parts;
    size_t len;
    bool is_name;
    bool *now, *next; /* states, len + 1 of each */
};

/* Bytes that are no UTF-8 are characters of their own, above all others. */
static uint32_t code_at(const char *text, size_t len, size_t *size)
{
    const nc_character c = nc_character_at(text, len);

    *size = c.len;
    return c.code == UINT32_MAX ? 0x110000u + (unsigned char)*text : c.code;
}

/* The set that begins behind a `[`: its length up to the `]`, 0 when it is none. */
static size_t set_len(const char *p, size_t len)
{
    size_t i = len > 0 && (p[0] == '!' || p[0] == '^') ? 1 : 0;

    for (i++; i < len; i++) { /* a `]` that comes first is a member */
        if (p[i] == ']')
            return i;
    }
    return 0;
}

static size_t read_stars(nc_glob *g, const char *p, size_t i, size_t len)
{
    const bool begins = i == 0 || p[i - 1] == '/';
    part *const out = &g->parts[g->len++];
    size_t stars = 0;

    while (i + stars < len && p[i + stars] == '*')
        stars++;
    i += stars;
    out->kind = stars == 1 ? PART_MANY : PART_ALL;
    if (out->kind == PART_ALL && begins && i < len && p[i] == '/') {
        out->kind = PART_FOLDERS;
        i++;
    }
    return i;
}

static void compile(nc_glob *g, size_t len)
{
    const char *const p = g->pattern;

    for (size_t i = 0; i < len;) {
        part *const out = &g->parts[g->len];
        const size_t set = p[i] == '[' ? set_len(p + i + 1, len - i - 1) : 0;
        size_t size;

        if (p[i] == '*') {
            i = read_stars(g, p, i, len);
            continue;
        }
        g->len++;
        if (set) {
            out->kind = PART_SET;
            out->negated = p[i + 1] == '!' || p[i + 1] == '^';
            out->set = p + i + 1 + out->negated;
            out->set_len = set - out->negated;
            i += set + 2;
        } else if (p[i] == '?') {
            out->kind = PART_ONE;
            i++;
        } else {
            i += p[i] == '\\' && i + 1 < len;
            out->code = code_at(p + i, len - i, &size);
            i += size;
        }
    }
}

nc_glob *nc_glob_new(const char *pattern)
{
    nc_glob *const g = nc_alloc_must(sizeof(*g));
    size_t len = strlen(pattern);

    while (len > 1 && pattern[len - 1] == '/')
        len--;
    *g = (nc_glob){.pattern = nc_strdup_must(pattern)};
    g->parts = nc_alloc_must((len + 1) * sizeof(*g->parts));
    memset(g->parts, 0, (len + 1) * sizeof(*g->parts));
    g->is_name = !memchr(pattern, '/', len);
    compile(g, len);
    g->now = nc_alloc_must((g->len + 1) * sizeof(*g->now));
    g->next = nc_alloc_must((g->len + 1) * sizeof(*g->next));
    return g;
}

void nc_glob_drop(nc_glob *g)
{
    if (!g)
        return;
    free(g->pattern);
    free(g->parts);
    free(g->now);
    free(g->next);
    free(g);
}

bool nc_glob_is_name(const nc_glob *g)
{
    return g->is_name;
}

static bool is_in_set(const part *p, uint32_t code)
{
    bool in = false;

    for (size_t i = 0; i < p->set_len;) {
        size_t size;
        const uint32_t first = code_at(p->set + i, p->set_len - i, &size);
        uint32_t last = first;

        i += size;
        if (i + 1 < p->set_len && p->set[i] == '-') {
            last = code_at(p->set + i + 1, p->set_len - i - 1, &size);
            i += size + 1;
        }
        in = in || (code >= first && code <= last);
    }
    return in != p->negated;
}

/* The parts before i have matched; what a star stands for may be nothing. */
static void arrive(const nc_glob *g, bool *states, size_t i)
{
    states[i] = true;
    for (; i < g->len && g->parts[i].kind >= PART_MANY; i++)
        states[i + 1] = true;
}

/* Whether the part, which is no star, stands for this character. */
static bool is_for(const part *p, uint32_t code)
{
    if (p->kind == PART_CHARACTER)
        return code == p->code;
    return code != '/' && (p->kind == PART_ONE || is_in_set(p, code));
}

/* From the states g->now with one more character to g->next. */
static void step(const nc_glob *g, uint32_t code)
{
    const bool slash = code == '/';

    memset(g->next, 0, (g->len + 1) * sizeof(*g->next));
    for (size_t i = 0; i < g->len; i++) {
        const part *const p = &g->parts[i];

        if (!g->now[i])
            continue;
        if (p->kind < PART_MANY) {
            if (is_for(p, code))
                arrive(g, g->next, i + 1);
        } else if (p->kind == PART_FOLDERS) {
            g->next[i] = true; /* and nothing behind it before a slash */
            if (slash)
                arrive(g, g->next, i + 1);
        } else if (p->kind == PART_ALL || !slash) {
            arrive(g, g->next, i);
        }
    }
}

bool nc_glob_matches(const nc_glob *g, const char *text)
{
    const size_t len = strlen(text);

    memset(g->now, 0, (g->len + 1) * sizeof(*g->now));
    arrive(g, g->now, 0);
    for (size_t i = 0; i < len;) {
        size_t size;

        step(g, code_at(text + i, len - i, &size));
        memcpy(g->now, g->next, (g->len + 1) * sizeof(*g->now));
        i += size;
    }
    return g->now[g->len];
}
