#include "document/tree.h"

static uint32_t start_line(cmark_node *node)
{
    int line = cmark_node_get_start_line(node);
    return line > 0 ? (uint32_t)line : 1;
}

static nc_sv literal_of(cmark_node *node)
{
    return nc_sv_cstr(cmark_node_get_literal(node));
}

static uint32_t count_lines(nc_sv text)
{
    uint32_t count = 0;
    for (size_t at = 0; at < text.len; count++)
        nc_line_take(text, &at);
    return count;
}

/* A run of at least three fence characters at `at`; its length. */
static size_t fence_run(nc_sv line, size_t at)
{
    size_t end = at;
    if (at >= line.len || (line.ptr[at] != '`' && line.ptr[at] != '~'))
        return 0;
    while (end < line.len && line.ptr[end] == line.ptr[at])
        end++;
    return end - at >= 3 ? end - at : 0;
}

/* The next code block in the order of the document. */
static cmark_node *next_code_block(cmark_node *node)
{
    while (node && !cmark_node_next(node))
        node = cmark_node_parent(node);
    node = node ? cmark_node_next(node) : NULL;
    while (node && cmark_node_get_type(node) != CMARK_NODE_CODE_BLOCK &&
           cmark_node_first_child(node))
        node = cmark_node_first_child(node);
    return node && cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK ? node : NULL;
}

/*
 * A line that looks like the closing fence is one unless it opens a block of its own: a fence that
 * was left open ended with its container then.
 */
static bool is_closing(const nc_tree *tree, cmark_node *node, const nc_code_block *block)
{
    uint32_t n = block->content + block->count;
    nc_sv opening = nc_lines_at(&tree->lines, block->first);
    nc_sv line = nc_lines_at(&tree->lines, n);
    size_t at = nc_line_prefix(line);
    size_t run = fence_run(line, at);
    if (n > tree->lines.list.len || run == 0 || line.ptr[at] != opening.ptr[block->fence] ||
        run < fence_run(opening, block->fence) ||
        !nc_line_is_blank(nc_sv_slice(line, at + run, line.len)))
        return false;
    cmark_node *next = next_code_block(node);
    return !next || start_line(next) != n;
}

nc_code_block nc_tree_code_block(const nc_tree *tree, cmark_node *node)
{
    nc_code_block block = {.first = start_line(node)};
    nc_sv line = nc_lines_at(&tree->lines, block.first);
    nc_sv literal = literal_of(node);
    int column = cmark_node_get_start_column(node);
    size_t at = 0;
    nc_sv head = nc_line_take(literal, &at);
    size_t start = column > 0 ? (size_t)column - 1 : 0;
    block.count = count_lines(literal);
    /* An indented block has its first line where it starts; a fence is no part of its content. */
    bool indented = literal.len > 0 && nc_sv_ends(line, head) &&
                    nc_sv_eq(nc_sv_slice(line, start, line.len), head);
    if (fence_run(line, start) == 0 && !indented)
        start = nc_line_prefix(line);
    block.fenced = !indented && fence_run(line, start) > 0;
    block.fence = start;
    block.content = block.first + (block.fenced ? 1 : 0);
    if (block.content + block.count > tree->lines.list.len + 1)
        block.count = tree->lines.list.len + 1 - block.content;
    block.closed = block.fenced && is_closing(tree, node, &block);
    block.last = block.content + block.count - (block.closed ? 0 : 1);
    return block;
}

void nc_tree_leaf_lines(const nc_tree *tree, cmark_node *node, uint32_t *first, uint32_t *last)
{
    int end = cmark_node_get_end_line(node);
    *first = start_line(node);
    *last = end > 0 ? (uint32_t)end : *first;
    if (cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK)
        *last = nc_tree_code_block(tree, node).last;
    if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK)
        *last = *first + count_lines(literal_of(node)) - 1;
    /* libcmark lets an underlined heading reach into the block behind it */
    cmark_node *next = cmark_node_next(node);
    if (next && *last >= start_line(next))
        *last = start_line(next) - 1;
    if (*last < *first)
        *last = *first;
}

/* -- `:::mermaid` -- */

/* Colons at the start of a line, behind its container prefix: at least three. */
static size_t colon_run(nc_sv line, size_t *at)
{
    *at = nc_line_prefix(line);
    size_t end = *at;
    while (end < line.len && line.ptr[end] == ':')
        end++;
    return end - *at >= 3 ? end - *at : 0;
}

static bool opens_colons(nc_sv line, size_t *at, size_t *run)
{
    *run = colon_run(line, at);
    if (*run == 0)
        return false;
    nc_sv rest = nc_sv_trim(nc_sv_slice(line, *at + *run, line.len));
    nc_sv word = nc_sv_slice(rest, 0, 7);
    return nc_sv_eq_nocase(word, NC_SV("mermaid")) &&
           (rest.len == 7 || nc_is_space(rest.ptr[7]) || rest.ptr[7] == '{');
}

static bool closes_colons(nc_sv line, size_t least, size_t *at, size_t *run)
{
    *run = colon_run(line, at);
    return *run >= least && nc_line_is_blank(nc_sv_slice(line, *at + *run, line.len));
}

/* Marks the lines of code and HTML blocks. */
static void mark_opaque(const nc_tree *tree, bool *opaque)
{
    cmark_iter *iter = cmark_iter_new(tree->root);
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (type != CMARK_NODE_CODE_BLOCK && type != CMARK_NODE_HTML_BLOCK)
            continue;
        uint32_t first;
        uint32_t last;
        nc_tree_leaf_lines(tree, node, &first, &last);
        for (uint32_t n = first; n <= last && n <= tree->lines.list.len; n++)
            opaque[n - 1] = true;
    }
    cmark_iter_free(iter);
}

/* Writes tildes over the colons of blocks that are closed. True when there were any. */
static bool colons_to_tildes(const nc_lines *lines, char *copy, const bool *opaque)
{
    bool any = false;
    for (uint32_t n = 1; n <= lines->list.len; n++) {
        size_t at;
        size_t run;
        if (opaque[n - 1] || !opens_colons(nc_lines_at(lines, n), &at, &run))
            continue;
        uint32_t close = n + 1;
        size_t close_at = 0;
        size_t close_run = 0;
        size_t other;
        while (close <= lines->list.len &&
               !closes_colons(nc_lines_at(lines, close), run, &close_at, &close_run) &&
               !opens_colons(nc_lines_at(lines, close), &other, &close_run))
            close++;
        if (close > lines->list.len)
            break;
        if (!closes_colons(nc_lines_at(lines, close), run, &close_at, &close_run)) {
            n = close - 1;
            continue;
        }
        memset(copy + lines->list.ptr[n - 1].start + at, '~', run);
        memset(copy + lines->list.ptr[close - 1].start + close_at, '~', close_run);
        n = close;
        any = true;
    }
    return any;
}

bool nc_tree_read(nc_tree *out, nc_arena *a, nc_sv bytes)
{
    *out = (nc_tree){0};
    char *copy = NC_NEW(a, char, bytes.len + 1);
    if (!copy || bytes.len > INT32_MAX)
        return false;
    for (size_t i = 0; i < bytes.len; i++)
        copy[i] = bytes.ptr[i] == '\0' ? ' ' : bytes.ptr[i];
    if (!nc_lines_split(&out->lines, a, nc_sv_from(copy, bytes.len)))
        return false;
    out->root = cmark_parse_document(copy, bytes.len, CMARK_OPT_DEFAULT);
    if (!out->root)
        return false;
    if (nc_sv_find(bytes, NC_SV(":::"), 0) == SIZE_MAX)
        return true;
    bool *opaque = NC_NEW(a, bool, out->lines.list.len + 1);
    if (!opaque)
        return false;
    mark_opaque(out, opaque);
    if (!colons_to_tildes(&out->lines, copy, opaque))
        return true;
    cmark_node_free(out->root);
    out->root = cmark_parse_document(copy, bytes.len, CMARK_OPT_DEFAULT);
    return out->root != NULL;
}

void nc_tree_release(nc_tree *tree)
{
    if (tree->root)
        cmark_node_free(tree->root);
    tree->root = NULL;
}
