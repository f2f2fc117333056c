#include "source/preprocess.h"

#include "base/utf8.h"

static const nc_sv byte_order_mark = NC_SV_INIT("\xef\xbb\xbf");

size_t nc_blank_at(nc_sv text, size_t at)
{
    if (at >= text.len)
        return 0;
    if ((unsigned char)text.ptr[at] < 0x80)
        return nc_is_space(text.ptr[at]) ? 1 : 0;
    size_t next = at;
    uint32_t code = nc_utf8_next(text, &next);
    bool blank = code == 0xa0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200a) ||
                 code == 0x2028 || code == 0x2029 || code == 0x202f || code == 0x205f ||
                 code == 0x3000 || code == 0xfeff;
    return blank ? next - at : 0;
}

static size_t skip_blanks(nc_sv text, size_t at)
{
    for (size_t size = nc_blank_at(text, at); size; size = nc_blank_at(text, at))
        at += size;
    return at;
}

static size_t skip_word(nc_sv text, size_t at)
{
    while (at < text.len && nc_is_word(text.ptr[at]))
        at++;
    return at;
}

/* Offset of the line feed that ends the line of at, or the end of the text. */
static size_t line_end(nc_sv text, size_t at)
{
    size_t end = nc_sv_find(text, NC_SV("\n"), at);
    return end == SIZE_MAX ? text.len : end;
}

bool nc_normalize_lines(nc_mapped *t, nc_arena *a)
{
    nc_sv text = t->text;
    size_t from = nc_sv_starts(text, byte_order_mark) ? byte_order_mark.len : 0;
    size_t cr = nc_sv_find(text, NC_SV("\r"), from);
    if (!from && cr == SIZE_MAX)
        return true;
    nc_rewrite r;
    nc_rewrite_init(&r, a, t);
    for (; cr != SIZE_MAX; cr = nc_sv_find(text, NC_SV("\r"), cr + 1)) {
        nc_rewrite_keep(&r, from, cr);
        from = cr + 1;
        if (from == text.len || text.ptr[from] != '\n')
            nc_rewrite_put(&r, NC_SV("\n"), cr);
    }
    nc_rewrite_keep(&r, from, text.len);
    nc_mapped out;
    if (!nc_rewrite_end(&out, &r))
        return false;
    *t = out;
    return true;
}

/* The quotes of every ="…" in [at, end) of text, in place. */
static void respell_attributes(char *text, size_t len, size_t at, size_t end)
{
    nc_sv view = {text, len};
    while (at < end) {
        size_t open = nc_sv_find(view, NC_SV("=\""), at);
        if (open == SIZE_MAX || open + 2 >= end)
            return;
        size_t close = nc_sv_find(view, NC_SV("\""), open + 2);
        if (close == SIZE_MAX || close >= end)
            return;
        text[open + 1] = '\'';
        text[close] = '\'';
        at = close + 1;
    }
}

bool nc_normalize_tags(nc_mapped *t, nc_arena *a)
{
    nc_sv text = t->text;
    if (nc_sv_find(text, NC_SV("=\""), 0) == SIZE_MAX)
        return true;
    char *copy = NULL;
    for (size_t at = nc_sv_find(text, NC_SV("<"), 0); at != SIZE_MAX;
         at = nc_sv_find(text, NC_SV("<"), at)) {
        size_t word = skip_word(text, at + 1);
        if (word == at + 1) {
            at++;
            continue;
        }
        size_t end = nc_sv_find(text, NC_SV(">"), word);
        if (end == SIZE_MAX)
            break;
        at = end + 1;
        size_t quote = nc_sv_find(nc_sv_slice(text, 0, end), NC_SV("=\""), word);
        if (quote == SIZE_MAX)
            continue;
        if (!copy) {
            copy = NC_NEW(a, char, text.len);
            if (!copy)
                return false;
            memcpy(copy, text.ptr, text.len);
            t->text.ptr = copy;
        }
        respell_attributes(copy, text.len, quote, end);
    }
    return true;
}

/*
 * When the line feed at text[at] is followed by a closing fence: the offset behind the blanks and
 * line ends that follow it. 0 otherwise; a fence with no line end after it closes nothing.
 */
static size_t closing_end(nc_sv text, size_t at, nc_sv fence)
{
    if (text.ptr[at] != '\n' || !nc_sv_starts(nc_sv_slice(text, at + 1, text.len), fence))
        return 0;
    size_t last = 0;
    for (size_t i = at + 1 + fence.len; i < text.len && nc_is_space(text.ptr[i]); i++)
        if (text.ptr[i] == '\n')
            last = i + 1;
    return last;
}

nc_fence nc_find_front_matter(nc_sv text)
{
    nc_fence f = {0};
    while (f.indent < text.len && nc_is_space(text.ptr[f.indent]) && text.ptr[f.indent] != '\n')
        f.indent++;
    nc_sv fence = nc_sv_slice(text, 0, f.indent + 3);
    if (!nc_sv_ends(fence, NC_SV("---")) || fence.len != f.indent + 3)
        return f;
    f.opened = true;
    size_t first = SIZE_MAX; /* first and last line feed of the blanks behind the opening fence */
    size_t last = 0;
    for (size_t i = fence.len; i < text.len && nc_is_space(text.ptr[i]); i++) {
        if (text.ptr[i] != '\n')
            continue;
        first = first == SIZE_MAX ? i : first;
        last = i;
    }
    if (first == SIZE_MAX)
        return f;
    /* a fence right behind the blanks is the closing one only when no other comes */
    for (size_t i = nc_sv_find(text, NC_SV("\n"), last + 1); i != SIZE_MAX && !f.closed;
         i = nc_sv_find(text, NC_SV("\n"), i + 1)) {
        f.end = closing_end(text, i, fence);
        f.closed = f.end != 0;
        f.body = (nc_span){(uint32_t)last + 1, (uint32_t)i};
    }
    if (!f.closed && last > first) {
        f.end = closing_end(text, last, fence);
        f.closed = f.end != 0;
        f.body = (nc_span){(uint32_t)last, (uint32_t)last};
    }
    return f;
}

bool nc_next_directive(nc_directive *out, nc_sv text, size_t from)
{
    for (size_t at = nc_sv_find(text, NC_SV("%%{"), from); at != SIZE_MAX;
         at = nc_sv_find(text, NC_SV("%%{"), at + 1)) {
        size_t name = skip_blanks(text, at + 3);
        size_t name_end = skip_word(text, name);
        if (name == name_end)
            continue;
        size_t colon = skip_blanks(text, name_end);
        bool has_colon = colon < text.len && text.ptr[colon] == ':';
        size_t arg = skip_blanks(text, has_colon ? colon + 1 : name_end);
        size_t arg_end = skip_word(text, arg);
        if (arg == arg_end) {
            size_t close = nc_sv_find(text, NC_SV("}%%"), arg);
            arg_end = close == SIZE_MAX ? text.len : close;
        }
        size_t end = skip_blanks(text, arg_end);
        bool closed = nc_sv_starts(nc_sv_slice(text, end, text.len), NC_SV("}%%"));
        if (closed)
            end += 3;
        *out = (nc_directive){.at = {(uint32_t)at, (uint32_t)end},
                              .name = {(uint32_t)name, (uint32_t)name_end},
                              .argument = {(uint32_t)arg, (uint32_t)arg_end},
                              .closed = closed};
        return true;
    }
    return false;
}

static bool is_comment(nc_sv text, size_t at)
{
    nc_sv rest = nc_sv_slice(text, at, text.len);
    return rest.len > 2 && nc_sv_starts(rest, NC_SV("%%")) && rest.ptr[2] != '{' &&
           rest.ptr[2] != '\n';
}

bool nc_strip_comments(nc_mapped *out, nc_arena *a, const nc_mapped *in, size_t from)
{
    nc_sv text = in->text;
    nc_rewrite r;
    nc_rewrite_init(&r, a, in);
    bool started = false; /* the blanks before the text are gone already */
    size_t line = from;
    while (line < text.len) {
        /* blank lines before a comment go with it; before anything else they stay */
        size_t word = skip_blanks(text, line);
        size_t end = line_end(text, word);
        size_t next = end < text.len ? end + 1 : end;
        if (!is_comment(text, word)) {
            nc_rewrite_keep(&r, started ? line : word, next);
            started = started || word < text.len;
        }
        line = next;
    }
    nc_rewrite_put(&r, NC_SV("\n"), text.len);
    return nc_rewrite_end(out, &r);
}

/*
 * True when `keyword … :` is followed, without a blank, by `#`, and both come before `end`
 * (Mermaid's `keyword.*:\S*#.*;`).
 */
static bool has_colour(nc_sv line, nc_sv keyword, size_t end)
{
    size_t at = nc_sv_find(line, keyword, 0);
    bool in_value = false;
    if (at == SIZE_MAX)
        return false;
    for (at += keyword.len; at < end; at++) {
        char c = line.ptr[at];
        if (c == '#' && in_value)
            return true;
        if (c == ':')
            in_value = true;
        else if (nc_is_space(c))
            in_value = false;
    }
    return false;
}

static size_t last_semicolon(nc_sv line, size_t before)
{
    while (before > 0)
        if (line.ptr[--before] == ';')
            return before;
    return SIZE_MAX;
}

/* Offsets in the line of the semicolons to leave out, the later first; SIZE_MAX for none. */
static void find_dropped(nc_sv line, size_t dropped[static 2])
{
    static const nc_sv keywords[] = {NC_SV_INIT("style"), NC_SV_INIT("classDef")};
    size_t n = 0;
    size_t last = last_semicolon(line, line.len);
    dropped[0] = dropped[1] = SIZE_MAX;
    for (size_t i = 0; i < NC_COUNT(keywords) && last != SIZE_MAX; i++) {
        if (!has_colour(line, keywords[i], last))
            continue;
        dropped[n++] = last;
        last = last_semicolon(line, last);
    }
}

/* The `;` of the entity code whose `#` is at text[at], or SIZE_MAX. */
static size_t code_end(nc_sv text, size_t at)
{
    size_t end = skip_word(text, at + 1);
    return end > at + 1 && end < text.len && text.ptr[end] == ';' ? end : SIZE_MAX;
}

static bool all_digits(nc_sv text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!nc_is_digit(text.ptr[i]))
            return false;
    return true;
}

static void protect_code(nc_rewrite *r, nc_sv text, size_t at, size_t end)
{
    bool number = all_digits(nc_sv_slice(text, at + 1, end));
    nc_rewrite_put(
        r, number ? NC_SV("\xef\xac\x82\xc2\xb0\xc2\xb0") : NC_SV("\xef\xac\x82\xc2\xb0"), at);
    nc_rewrite_keep(r, at + 1, end);
    /* two pieces, so that the last byte, where a span ends, stands for the `;` itself */
    nc_rewrite_put(r, NC_SV("\xc2\xb6\xc3"), end);
    nc_rewrite_put(r, NC_SV("\x9f"), end);
}

bool nc_protect_entities(nc_mapped *t, nc_arena *a)
{
    nc_sv text = t->text;
    size_t hash = nc_sv_find(text, NC_SV("#"), 0);
    if (hash == SIZE_MAX)
        return true;
    nc_rewrite r;
    nc_rewrite_init(&r, a, t);
    size_t kept = 0;
    while (hash != SIZE_MAX) {
        size_t start = hash;
        while (start > kept && text.ptr[start - 1] != '\n')
            start--;
        size_t end = line_end(text, hash);
        size_t dropped[2];
        find_dropped(nc_sv_slice(text, start, end), dropped);
        for (size_t i = 0; i < 2; i++)
            dropped[i] = dropped[i] == SIZE_MAX ? SIZE_MAX : dropped[i] + start;
        for (size_t at = hash; at < end; at++) {
            size_t close = text.ptr[at] == '#' ? code_end(text, at) : SIZE_MAX;
            bool gone = at == dropped[0] || at == dropped[1];
            if (gone) {
                nc_rewrite_keep(&r, kept, at);
                kept = at + 1;
            } else if (close != SIZE_MAX && close != dropped[0] && close != dropped[1]) {
                nc_rewrite_keep(&r, kept, at);
                protect_code(&r, text, at, close);
                kept = close + 1;
                at = close;
            }
        }
        hash = nc_sv_find(text, NC_SV("#"), end);
    }
    nc_rewrite_keep(&r, kept, text.len);
    nc_mapped out;
    if (!nc_rewrite_end(&out, &r))
        return false;
    *t = out;
    return true;
}
