#include "document/links.h"

#include "base/map.h"

#include <stdlib.h>

/* -- which destinations move -- */

static bool has_scheme(nc_sv url)
{
    size_t at = 0;
    while (at < url.len && (nc_is_alpha(url.ptr[at]) ||
                            (at > 0 && (nc_is_digit(url.ptr[at]) || url.ptr[at] == '+' ||
                                        url.ptr[at] == '-' || url.ptr[at] == '.'))))
        at++;
    return at > 0 && at < url.len && url.ptr[at] == ':';
}

/* `{{ url }}` and `{% link %}` are filled in by a site generator, which knows its own way. */
static bool is_relative(nc_sv url)
{
    return url.len > 0 && strchr("/#?\\", url.ptr[0]) == NULL && !has_scheme(url) &&
           !nc_sv_starts(url, NC_SV("{{")) && !nc_sv_starts(url, NC_SV("{%"));
}

void nc_link_put_rebased(nc_buf *out, nc_sv destination, nc_sv way)
{
    while (way.len > 0 && way.ptr[way.len - 1] == '/' && way.len > 1)
        way.len--;
    for (;;) {
        if (nc_sv_starts(destination, NC_SV("./"))) {
            destination = nc_sv_slice(destination, 2, destination.len);
            continue;
        }
        size_t last = way.len;
        while (last > 0 && way.ptr[last - 1] != '/')
            last--;
        nc_sv folder = nc_sv_slice(way, last, way.len);
        bool up = nc_sv_starts(destination, NC_SV("../"));
        if (!up || folder.len == 0 || nc_sv_eq(folder, NC_SV("..")) || nc_sv_eq(folder, NC_SV(".")))
            break;
        destination = nc_sv_slice(destination, 3, destination.len);
        way = nc_sv_slice(way, 0, last > 0 ? last - 1 : 0);
    }
    nc_buf_put(out, way);
    if (way.len > 0 && way.ptr[way.len - 1] != '/')
        nc_buf_char(out, '/');
    nc_buf_put(out, destination);
    if (way.len == 0 && destination.len == 0)
        NC_BUF_LIT(out, "./");
}

/* -- reading inlines -- */

typedef struct link_finder {
    nc_document *out;
    nc_arena *arena;
    const nc_tree *tree;
    nc_map urls; /* of the links that libcmark found in the leaf at hand: how many of each */
    uint32_t front_matter; /* lines of it */
    bool *covered;         /* lines of leaf blocks; the others hold definitions or nothing */
} link_finder;

/* Runs of none[n] backticks do not come again in this leaf. */
enum { MAX_TICKS = 80 };
typedef struct tick_memory {
    bool none[MAX_TICKS + 1];
} tick_memory;

static bool is_punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

static size_t run_of(nc_sv text, size_t at)
{
    size_t end = at;
    while (end < text.len && text.ptr[end] == text.ptr[at])
        end++;
    return end - at;
}

/* Behind the code span that the backticks at `at` open, or behind the backticks. */
static size_t skip_code(nc_sv text, size_t at, tick_memory *memory)
{
    size_t ticks = run_of(text, at);
    size_t behind = at + ticks;
    if (ticks > MAX_TICKS || memory->none[ticks])
        return behind;
    for (size_t i = behind; i < text.len; i++) {
        if (text.ptr[i] != '`')
            continue;
        size_t closing = run_of(text, i);
        if (closing == ticks)
            return i + closing;
        i += closing - 1;
    }
    memory->none[ticks] = true;
    return behind;
}

/* Behind an autolink or a tag, or behind the `<`. */
static size_t skip_angle(nc_sv text, size_t at, bool *unclosed)
{
    char next = at + 1 < text.len ? text.ptr[at + 1] : '\0';
    if (*unclosed || !(nc_is_alpha(next) || next == '/' || next == '!' || next == '?'))
        return at + 1;
    size_t end = nc_sv_find(text, NC_SV(">"), at);
    *unclosed = end == SIZE_MAX;
    return *unclosed ? at + 1 : end + 1;
}

/* Blanks, and at most one line end with the container prefix behind it. */
static size_t skip_space(nc_sv text, size_t at)
{
    bool line_end = false;
    for (; at < text.len; at++) {
        char c = text.ptr[at];
        if (c == '\n' || c == '\r')
            line_end = true;
        else if (c != ' ' && c != '\t' && !(c == '>' && line_end))
            break;
    }
    return at;
}

/* A link destination at `at`: its span in text, without angle brackets. False when there is none. */
static bool read_destination(nc_sv text, size_t at, nc_span *span, size_t *behind)
{
    bool angle = at < text.len && text.ptr[at] == '<';
    size_t end = angle ? at + 1 : at;
    int depth = 0;
    for (; end < text.len; end++) {
        char c = text.ptr[end];
        if (c == '\n' || c == '\r' || (angle ? c == '<' || c == '>' : nc_is_space(c)))
            break;
        if (c == '\\' && end + 1 < text.len && is_punctuation(text.ptr[end + 1]))
            end++;
        else if (c == '(' && !angle)
            depth++;
        else if (c == ')' && !angle && depth-- == 0)
            break;
    }
    if (angle && (end >= text.len || text.ptr[end] != '>'))
        return false;
    *span = (nc_span){(uint32_t)(angle ? at + 1 : at), (uint32_t)end};
    *behind = angle ? end + 1 : end;
    return span->end > span->start;
}

/* A title at `at`: the offset behind it, or `at`. */
static size_t skip_title(nc_sv text, size_t at)
{
    char open = at < text.len ? text.ptr[at] : '\0';
    char close = open == '(' ? ')' : open;
    if (open != '"' && open != '\'' && open != '(')
        return at;
    for (size_t i = at + 1; i < text.len; i++) {
        if (text.ptr[i] == '\\')
            i++;
        else if (text.ptr[i] == close)
            return i + 1;
    }
    return at;
}

/*
 * Counts a destination off those that libcmark found, which has undone escapes and entities; one
 * with an entity is taken on trust. *claimed tells; false without memory.
 */
static bool claim_url(link_finder *f, nc_sv written, bool *claimed)
{
    *claimed = nc_sv_find(written, NC_SV("&"), 0) != SIZE_MAX;
    if (*claimed)
        return true;
    nc_sv url = written;
    if (nc_sv_find(written, NC_SV("\\"), 0) != SIZE_MAX) {
        char *plain = NC_NEW(f->arena, char, written.len);
        size_t len = 0;
        if (!plain)
            return false;
        for (size_t i = 0; i < written.len; i++) {
            bool escape =
                written.ptr[i] == '\\' && i + 1 < written.len && is_punctuation(written.ptr[i + 1]);
            plain[len++] = written.ptr[escape ? ++i : i];
        }
        url = nc_sv_from(plain, len);
    }
    uint32_t left = nc_map_lookup(&f->urls, url);
    *claimed = left != NC_NONE && left > 0;
    return !*claimed || nc_map_set(&f->urls, f->arena, url, left - 1);
}

static bool add_link(link_finder *f, uint32_t base, nc_sv text, nc_span span)
{
    if (!is_relative(nc_sv_slice(text, span.start, span.end)))
        return true;
    nc_span at = {base + span.start, base + span.end};
    return NC_PUSH(f->arena, &f->out->links, at);
}

/* `](destination "title")` anywhere in the inlines of a leaf. */
static bool scan_inlines(link_finder *f, uint32_t base, nc_sv text, size_t at)
{
    tick_memory memory = {{false}};
    bool unclosed = false;
    while (at < text.len) {
        char c = text.ptr[at];
        nc_span span;
        size_t behind;
        if (c == '\\') {
            at += 2;
        } else if (c == '`') {
            at = skip_code(text, at, &memory);
        } else if (c == '<') {
            at = skip_angle(text, at, &unclosed);
        } else if (c == ']' && at + 1 < text.len && text.ptr[at + 1] == '(' &&
                   read_destination(text, skip_space(text, at + 2), &span, &behind)) {
            at += 2;
            size_t end = skip_space(text, skip_title(text, skip_space(text, behind)));
            bool claimed = end < text.len && text.ptr[end] == ')';
            if (claimed && !claim_url(f, nc_sv_slice(text, span.start, span.end), &claimed))
                return false;
            if (claimed && !add_link(f, base, text, span))
                return false;
            at = claimed ? end + 1 : at;
        } else {
            at++;
        }
    }
    return true;
}

/* -- reference definitions -- */

static bool ends_line(nc_sv text, size_t at)
{
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
        at++;
    return at >= text.len || text.ptr[at] == '\n' || text.ptr[at] == '\r';
}

/* `[label]: destination "title"` at `at`; the offset behind it, or `at` when there is none. */
static bool read_definition(link_finder *f, uint32_t base, nc_sv text, size_t at, size_t *behind)
{
    *behind = at;
    if (at >= text.len || text.ptr[at] != '[')
        return true;
    size_t label = at + 1;
    while (label < text.len && text.ptr[label] != ']' && text.ptr[label] != '[')
        label += text.ptr[label] == '\\' ? 2 : 1;
    nc_sv name = nc_sv_trim(nc_sv_slice(text, at + 1, label));
    if (label + 1 >= text.len || text.ptr[label] != ']' || text.ptr[label + 1] != ':' ||
        name.len == 0 || name.ptr[0] == '^') /* a footnote */
        return true;
    nc_span span;
    size_t end;
    if (!read_destination(text, skip_space(text, label + 2), &span, &end))
        return true;
    size_t title = skip_space(text, end);
    size_t title_end = title > end ? skip_title(text, title) : title;
    if (title_end > title && ends_line(text, title_end))
        end = title_end;
    else if (!ends_line(text, end))
        return true;
    *behind = end;
    return add_link(f, base, text, span);
}

/* Definitions one behind the other from `at`, each on a line of its own. */
static bool scan_definitions(link_finder *f, uint32_t base, nc_sv text, size_t *at)
{
    for (;;) {
        size_t behind;
        if (!read_definition(f, base, text, *at, &behind))
            return false;
        if (behind == *at)
            return true;
        size_t next = behind;
        nc_line_take(text, &next);
        *at = next + nc_line_prefix(nc_sv_slice(text, next, text.len));
    }
}

/* -- leaves -- */

static bool scan_leaf(link_finder *f, cmark_node *node)
{
    uint32_t first;
    uint32_t last;
    nc_tree_leaf_lines(f->tree, node, &first, &last);
    if (first > f->tree->lines.list.len)
        return true;
    if (last > f->tree->lines.list.len)
        last = f->tree->lines.list.len;
    for (uint32_t n = first; n <= last; n++)
        f->covered[n - 1] = true;
    cmark_node_type type = cmark_node_get_type(node);
    if ((type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING) || first <= f->front_matter)
        return true;
    const nc_line *lines = f->tree->lines.list.ptr;
    uint32_t base = lines[first - 1].start;
    nc_sv text = nc_sv_slice(f->tree->lines.text, base, lines[last - 1].end);
    size_t at = nc_line_prefix(nc_lines_at(&f->tree->lines, first));
    if (type == CMARK_NODE_PARAGRAPH && !scan_definitions(f, base, text, &at))
        return false;
    return f->urls.len == 0 || scan_inlines(f, base, text, at);
}

/* Lines of no leaf that are not blank: paragraphs of definitions only leave no node. */
static bool scan_uncovered(link_finder *f)
{
    const nc_lines *lines = &f->tree->lines;
    for (uint32_t n = f->front_matter + 1; n <= lines->list.len; n++) {
        if (f->covered[n - 1])
            continue;
        uint32_t last = n;
        while (last < lines->list.len && !f->covered[last])
            last++;
        uint32_t base = lines->list.ptr[n - 1].start;
        nc_sv text = nc_sv_slice(lines->text, base, lines->list.ptr[last - 1].end);
        for (size_t at = 0; at < text.len;) {
            size_t start = at + nc_line_prefix(nc_sv_slice(text, at, text.len));
            size_t behind = start;
            if (!scan_definitions(f, base, text, &behind))
                return false;
            if (behind > start)
                at = behind > text.len ? text.len : behind;
            else
                nc_line_take(text, &at);
        }
        n = last;
    }
    return true;
}

/* `---` on the first line up to the next `---` or `...`: not CommonMark, but no text either. */
static uint32_t front_matter_lines(const nc_lines *lines)
{
    nc_sv first = nc_lines_at(lines, 1);
    if (nc_sv_starts(first, NC_SV("\xef\xbb\xbf")))
        first = nc_sv_slice(first, 3, first.len);
    if (!nc_sv_eq(nc_sv_trim(first), NC_SV("---")))
        return 0;
    for (uint32_t n = 2; n <= lines->list.len; n++) {
        nc_sv line = nc_sv_trim(nc_lines_at(lines, n));
        if (nc_sv_eq(line, NC_SV("---")) || nc_sv_eq(line, NC_SV("...")))
            return n;
    }
    return 0;
}

static int compare_spans(const void *a, const void *b)
{
    const nc_span *x = a;
    const nc_span *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

static bool count_url(link_finder *f, nc_sv url)
{
    uint32_t before = nc_map_lookup(&f->urls, url);
    return nc_map_set(&f->urls, f->arena, url, before == NC_NONE ? 1 : before + 1);
}

static bool scan_tree(link_finder *f)
{
    cmark_iter *iter = cmark_iter_new(f->tree->root);
    bool ok = true;
    cmark_event_type event;
    while (ok && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        bool leaf = type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING;
        bool flat = type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK ||
                    type == CMARK_NODE_THEMATIC_BREAK;
        bool enter = event == CMARK_EVENT_ENTER;
        if (leaf && enter)
            f->urls = (nc_map){0};
        else if (enter && (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE))
            ok = count_url(f, nc_sv_cstr(cmark_node_get_url(node)));
        if ((leaf && !enter) || (flat && enter))
            ok = scan_leaf(f, node);
    }
    cmark_iter_free(iter);
    return ok;
}

bool nc_links_find(nc_document *out, nc_arena *a, const nc_tree *tree)
{
    link_finder f = {.out = out,
                     .arena = a,
                     .tree = tree,
                     .front_matter = front_matter_lines(&tree->lines),
                     .covered = NC_NEW(a, bool, tree->lines.list.len + 1)};
    if (!f.covered || !scan_tree(&f) || !scan_uncovered(&f))
        return false;
    if (out->links.len > 1)
        qsort(out->links.ptr, out->links.len, sizeof *out->links.ptr, compare_spans);
    return true;
}
