#include "text/emphasis.h"

#include "base/utf8.h"

#include <stdlib.h>

/* A row of equal delimiters; prev and next link those that may still match something. */
typedef struct run {
    uint32_t at, count; /* what is left of it: [at, at + count) */
    uint32_t original;
    uint32_t prev, next;
    char c;
    bool opens, closes;
} run;

typedef NC_VEC(run) run_vec;

/* What a character means to the delimiters beside it. */
typedef enum side { SIDE_BLANK, SIDE_PUNCT, SIDE_OTHER } side;

static side side_of(uint32_t code)
{
    if (code <= ' ' || code == 0xA0)
        return SIDE_BLANK;
    bool ascii_punct = (code >= '!' && code <= '/') || (code >= ':' && code <= '@') ||
                       (code >= '[' && code <= '`') || (code >= '{' && code <= '~');
    bool other_punct = (code >= 0x2010 && code <= 0x205E) || (code >= 0x3001 && code <= 0x301F) ||
                       code == 0xA1 || code == 0xA7 || code == 0xAB || code == 0xB6 ||
                       code == 0xB7 || code == 0xBB || code == 0xBF;
    return ascii_punct || other_punct ? SIDE_PUNCT : SIDE_OTHER;
}

static side side_before(nc_sv text, size_t at)
{
    if (at == 0)
        return SIDE_BLANK;
    size_t start = at - 1;
    while (start > 0 && ((unsigned char)text.ptr[start] & 0xC0) == 0x80)
        start--;
    return side_of(nc_utf8_next(text, &start));
}

static side side_after(nc_sv text, size_t at)
{
    return at < text.len ? side_of(nc_utf8_next(text, &at)) : SIDE_BLANK;
}

static run read_run(nc_sv text, uint32_t at, uint32_t end)
{
    side before = side_before(text, at);
    side after = side_after(text, end);
    bool left = after != SIDE_BLANK && (after == SIDE_OTHER || before != SIDE_OTHER);
    bool right = before != SIDE_BLANK && (before == SIDE_OTHER || after != SIDE_OTHER);
    run r = {.at = at, .count = end - at, .original = end - at, .c = text.ptr[at]};
    r.opens = left && (r.c == '*' || !right || before == SIDE_PUNCT);
    r.closes = right && (r.c == '*' || !left || after == SIDE_PUNCT);
    return r;
}

static bool find_runs(run_vec *runs, nc_arena *a, nc_sv text, const bool *skip)
{
    for (uint32_t at = 0; at < text.len;) {
        char c = text.ptr[at];
        if (skip[at] || (c != '*' && c != '_')) {
            at++;
            continue;
        }
        uint32_t end = at;
        while (end < text.len && text.ptr[end] == c && !skip[end])
            end++;
        run r = read_run(text, at, end);
        r.prev = runs->len ? runs->len - 1 : NC_NONE;
        r.next = runs->len + 1;
        if (!NC_PUSH(a, runs, r))
            return false;
        at = end;
    }
    if (runs->len)
        runs->ptr[runs->len - 1].next = NC_NONE;
    return true;
}

static void unlink_run(run_vec *runs, uint32_t i)
{
    run *r = &runs->ptr[i];
    if (r->prev != NC_NONE)
        runs->ptr[r->prev].next = r->next;
    if (r->next != NC_NONE)
        runs->ptr[r->next].prev = r->prev;
}

/* The rule of three: a run that could both open and close does not pair with every other. */
static bool may_pair(const run *open, const run *close)
{
    if (!open->opens || open->c != close->c)
        return false;
    if (!open->closes && !close->opens)
        return true;
    return (open->original + close->original) % 3 != 0 ||
           (open->original % 3 == 0 && close->original % 3 == 0);
}

static size_t bottom_slot(const run *r)
{
    return (r->c == '*' ? 0u : 6u) + (r->opens ? 3u : 0u) + r->original % 3;
}

static bool pair(nc_emph_marks *out, nc_arena *a, run_vec *runs, uint32_t open, uint32_t close)
{
    run *from = &runs->ptr[open];
    run *to = &runs->ptr[close];
    uint32_t len = from->count >= 2 && to->count >= 2 ? 2 : 1;
    from->count -= len;
    const nc_emph_mark begin = {from->at + from->count, len, true};
    const nc_emph_mark end = {to->at, len, false};
    to->at += len;
    to->count -= len;
    from->next = close; /* what stood between is literal now */
    to->prev = open;
    if (from->count == 0)
        unlink_run(runs, open);
    return NC_PUSH(a, out, begin) && NC_PUSH(a, out, end);
}

static int by_place(const void *left, const void *right)
{
    uint32_t a = ((const nc_emph_mark *)left)->at;
    uint32_t b = ((const nc_emph_mark *)right)->at;
    return (a > b) - (a < b);
}

bool nc_emphasis_find(nc_emph_marks *out, nc_arena *a, nc_sv text, const bool *skip)
{
    run_vec runs = {0};
    if (!find_runs(&runs, a, text, skip))
        return false;
    uint32_t bottom[12]; /* below it no run can open for closers of that kind: keeps this linear */
    for (size_t i = 0; i < NC_COUNT(bottom); i++)
        bottom[i] = NC_NONE;

    for (uint32_t i = runs.len ? 0 : NC_NONE; i != NC_NONE;) {
        run *close = &runs.ptr[i];
        if (!close->closes) {
            i = close->next;
            continue;
        }
        uint32_t *stop = &bottom[bottom_slot(close)];
        uint32_t open = close->prev;
        while (open != NC_NONE && (*stop == NC_NONE || open > *stop) &&
               !may_pair(&runs.ptr[open], close))
            open = runs.ptr[open].prev;
        if (open != NC_NONE && (*stop == NC_NONE || open > *stop)) {
            if (!pair(out, a, &runs, open, i))
                return false;
            if (close->count == 0) {
                uint32_t next = close->next;
                unlink_run(&runs, i);
                i = next;
            }
            continue;
        }
        *stop = close->prev;
        uint32_t next = close->next;
        if (!close->opens)
            unlink_run(&runs, i);
        i = next;
    }
    if (out->len)
        qsort(out->ptr, out->len, sizeof *out->ptr, by_place);
    return true;
}
