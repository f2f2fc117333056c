#include "base/diag.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

const nc_rule_info *nc_rule_lookup(nc_rule rule)
{
#define NC_RULE_ENUM(name, code, severity, summary) {code, severity, summary},
    static const nc_rule_info rules[] = {
#include "base/rules.def"
    };
#undef NC_RULE_ENUM
    static_assert(NC_COUNT(rules) == NC_RULE_COUNT, "a rule has no row");
    return &rules[rule];
}

uint32_t nc_offset_origin(const nc_offset_map *map, uint32_t text_offset)
{
    if (!map || map->len == 0)
        return text_offset;
    uint32_t low = 0;
    uint32_t high = map->len; /* the piece is in [low, high) */
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;
        if (map->pieces[mid].text <= text_offset)
            low = mid;
        else
            high = mid;
    }
    const nc_offset_piece *piece = &map->pieces[low];
    uint32_t ahead = text_offset > piece->text ? text_offset - piece->text : 0;
    uint32_t origin = piece->origin + ahead;
    /* what stands for a shorter text ends where that text ends */
    if (low + 1 < map->len && origin > map->pieces[low + 1].origin)
        origin = map->pieces[low + 1].origin;
    return map->origin_len && origin > map->origin_len ? map->origin_len : origin;
}

nc_span nc_offset_span(const nc_offset_map *map, nc_span text_span)
{
    uint32_t start = nc_offset_origin(map, text_span.start);
    if (text_span.end <= text_span.start)
        return (nc_span){start, start};
    /* the last byte is mapped, not the one behind it, which may belong to another piece */
    uint32_t end = nc_offset_origin(map, text_span.end - 1) + 1;
    if (map && map->origin_len && end > map->origin_len)
        end = map->origin_len; /* a line feed that the source stage has added */
    return (nc_span){start, end > start ? end : start};
}

void nc_diags_init(nc_diags *d, nc_arena *arena)
{
    *d = (nc_diags){.arena = arena};
}

/* Text that goes to terminals: anything that could steer one is shown as U+FFFD. */
static nc_sv printable(nc_arena *a, const char *text, size_t len)
{
    static const char replacement[] = "\xef\xbf\xbd";
    char *out = nc_arena_alloc(a, len + 1, 3, 1);
    size_t n = 0;
    nc_sv sv = {text, len};
    if (!out)
        return (nc_sv){0};
    for (size_t i = 0; i < len;) {
        size_t from = i;
        uint32_t code = nc_utf8_next(sv, &i);
        bool control = code == NC_UTF8_BAD || code < 0x20 || (code >= 0x7f && code < 0xa0) ||
                       (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
        const char *piece = control ? replacement : text + from;
        size_t size = control ? sizeof replacement - 1 : i - from;
        memcpy(out + n, piece, size);
        n += size;
    }
    return (nc_sv){out, n};
}

NC_PRINTF(2, 0) static nc_sv format(nc_arena *a, const char *fmt, va_list args)
{
    char text[1024];
    int len = vsnprintf(text, sizeof text, fmt, args);
    if (len < 0)
        return (nc_sv){0};
    return printable(a, text, (size_t)len < sizeof text ? (size_t)len : sizeof text - 1);
}

static void count(nc_diags *d, nc_severity severity)
{
    d->last = NULL;
    d->last_severity = severity;
    if (severity == NC_ERROR)
        d->errors++;
    else if (severity == NC_WARNING)
        d->warnings++;
}

/* Appends and remembers it for the functions that add to it. */
static bool keep(nc_diags *d, const nc_diag *diag)
{
    if (diag->severity == NC_PORTABILITY) {
        if (!NC_PUSH(d->arena, &d->notes, *diag))
            return false;
        d->last = &d->notes.ptr[d->notes.len - 1];
        return true;
    }
    if (!NC_PUSH(d->arena, &d->list, *diag))
        return false;
    d->last = &d->list.ptr[d->list.len - 1];
    return true;
}

void nc_diag_add(nc_diags *d, nc_rule rule, nc_span at, const char *fmt, ...)
{
    nc_diag diag = {.rule = rule, .severity = nc_rule_lookup(rule)->severity};
    bool note = diag.severity == NC_PORTABILITY;
    count(d, diag.severity);
    if ((note ? d->notes.len : d->list.len) >= NC_DIAG_MAX) {
        d->suppressed += note ? 0 : 1;
        return;
    }
    diag.at = nc_offset_span(d->map, at);
    va_list args;
    va_start(args, fmt);
    diag.message = format(d->arena, fmt, args);
    va_end(args);
    if (!keep(d, &diag))
        d->suppressed++;
}

bool nc_diag_close(nc_diags *d)
{
    if (d->list.len < NC_DIAG_MAX)
        return true;
    nc_diag diag = {.rule = NC_RULE_TOO_MANY, .severity = NC_WARNING};
    diag.at = d->list.ptr[d->list.len - 1].at;
    count(d, diag.severity);
    return nc_arena_printf(&diag.message, d->arena, "only the first %d findings are told",
                           NC_DIAG_MAX) &&
           keep(d, &diag);
}

void nc_diag_hint(nc_diags *d, const char *fmt, ...)
{
    if (!d->last)
        return;
    va_list args;
    va_start(args, fmt);
    d->last->hint = format(d->arena, fmt, args);
    va_end(args);
}

void nc_diag_drawing(nc_diags *d)
{
    if (d->last_severity != NC_ERROR || (d->last && d->last->drawing))
        return;
    d->draw_errors++;
    if (d->last)
        d->last->drawing = true;
}

size_t nc_sv_shown(nc_sv text)
{
    enum { MOST = 80 };
    if (text.len <= MOST)
        return text.len;
    size_t len = MOST;
    while (len && ((unsigned char)text.ptr[len] & 0xc0) == 0x80)
        len--;
    return len;
}

enum { WORD_MAX = 40 };

/* Optimal string alignment distance (Damerau 1964, restricted transpositions), case folded. */
static size_t distance(nc_sv a, nc_sv b)
{
    size_t rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3];
        const size_t *last = rows[(i - 1) % 3];
        const size_t *before = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            bool same = nc_sv_eq_nocase(nc_sv_slice(a, i - 1, i), nc_sv_slice(b, j - 1, j));
            size_t best = last[j - 1] + (same ? 0 : 1);
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[a.len % 3][b.len];
}

nc_sv nc_nearest(nc_sv word, const nc_sv *list, size_t len)
{
    nc_sv best = {0};
    size_t best_distance = SIZE_MAX;
    if (word.len == 0 || word.len > WORD_MAX)
        return best;
    for (size_t i = 0; i < len; i++) {
        if (list[i].len > WORD_MAX)
            continue;
        size_t d = distance(word, list[i]);
        size_t longest = word.len > list[i].len ? word.len : list[i].len;
        if (d < best_distance && d * 3 <= longest) {
            best = list[i];
            best_distance = d;
        }
    }
    return best;
}
