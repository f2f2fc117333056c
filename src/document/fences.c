#include "document/fences.h"

/* `mermaid` as the first word in any case, `{mermaid}`, or the class `{.mermaid …}`. */
static bool is_mermaid(nc_sv info)
{
    nc_sv class_name = NC_SV("{.mermaid");
    size_t end = 0;
    while (end < info.len && !nc_is_space(info.ptr[end]))
        end++;
    nc_sv word = nc_sv_slice(info, 0, end);
    if (nc_sv_eq_nocase(word, NC_SV("mermaid")) || nc_sv_eq(info, NC_SV("{mermaid}")))
        return true;
    bool longer = info.len > class_name.len &&
                  (nc_is_word(info.ptr[class_name.len]) || info.ptr[class_name.len] == '-');
    return nc_sv_starts(info, class_name) && !longer;
}

/* Nothing but blank lines and comments. */
static bool is_empty(nc_sv text)
{
    for (size_t at = 0; at < text.len;) {
        nc_sv line = nc_sv_trim(nc_line_take(text, &at));
        if (line.len > 0 && !nc_sv_starts(line, NC_SV("%%")))
            return false;
    }
    return true;
}

/*
 * Where a content line of libcmark's stands in its raw line: it is the raw line's end, behind the
 * blanks that a tab was split into. Returns the offset, *blanks counts those.
 */
static size_t content_offset(nc_sv raw, nc_sv content, size_t *blanks)
{
    *blanks = 0;
    while (!nc_sv_ends(raw, content) && content.len > 0 && content.ptr[0] == ' ') {
        content = nc_sv_slice(content, 1, content.len);
        ++*blanks;
    }
    return nc_sv_ends(raw, content) ? raw.len - content.len : raw.len;
}

typedef struct content_builder {
    nc_arena *arena;
    nc_buf text;
    NC_VEC(nc_offset_piece) pieces;
} content_builder;

static bool add_piece(content_builder *b, uint32_t origin)
{
    nc_offset_piece piece = {(uint32_t)b->text.len, origin};
    return NC_PUSH(b->arena, &b->pieces, piece);
}

/* Line n of the content: blanks for a split tab, then the document's own bytes with their line end. */
static bool add_line(content_builder *b, const nc_document *doc, const nc_tree *tree, uint32_t n,
                     nc_sv content)
{
    const nc_line *line = &tree->lines.list.ptr[n - 1];
    size_t blanks;
    size_t at = content_offset(nc_lines_at(&tree->lines, n), content, &blanks);
    for (size_t i = 0; i < blanks; i++) {
        if (!add_piece(b, line->start + (uint32_t)(at > 0 ? at - 1 : 0)))
            return false;
        nc_buf_char(&b->text, ' ');
    }
    if (!add_piece(b, line->start + (uint32_t)at))
        return false;
    nc_buf_put(&b->text, nc_sv_slice(doc->bytes, line->start + at, line->next));
    return !b->text.failed;
}

static bool read_content(nc_document_block *out, const nc_document *doc, nc_arena *a,
                         const nc_tree *tree, const nc_code_block *code, nc_sv literal)
{
    content_builder b = {.arena = a};
    nc_buf_init(&b.text, &a->from, 0);
    bool ok = true;
    size_t at = 0;
    for (uint32_t i = 0; ok && i < code->count; i++)
        ok = add_line(&b, doc, tree, code->content + i, nc_line_take(literal, &at));
    ok = ok && nc_arena_copy(&out->text, a, nc_buf_sv(&b.text));
    nc_buf_release(&b.text);
    out->map = (nc_offset_map){b.pieces.ptr, b.pieces.len, (uint32_t)doc->bytes.len};
    return ok;
}

/* The container prefix of further lines: that of the closing fence, else of the content. */
static nc_sv prefix_of(const nc_tree *tree, const nc_code_block *code, nc_sv literal)
{
    if (code->closed) {
        nc_sv line = nc_lines_at(&tree->lines, code->last);
        return nc_sv_slice(line, 0, nc_line_prefix(line));
    }
    size_t at = 0;
    for (uint32_t i = 0; i < code->count; i++) {
        size_t blanks;
        nc_sv content = nc_line_take(literal, &at);
        nc_sv raw = nc_lines_at(&tree->lines, code->content + i);
        if (!nc_line_is_blank(content))
            return nc_sv_slice(raw, 0, content_offset(raw, content, &blanks));
    }
    return (nc_sv){0};
}

/* The same bytes in the document itself. */
static nc_sv in_document(const nc_document *doc, const nc_tree *tree, nc_sv piece)
{
    if (piece.len == 0)
        return (nc_sv){0};
    size_t start = (size_t)(piece.ptr - tree->lines.text.ptr);
    return nc_sv_slice(doc->bytes, start, start + piece.len);
}

/* -- kept sources -- */

/* Line n without its container prefix. */
static nc_sv inner_line(const nc_tree *tree, uint32_t n)
{
    nc_sv line = nc_lines_at(&tree->lines, n);
    return nc_sv_slice(line, nc_line_prefix(line), line.len);
}

static nc_sv trimmed_line(const nc_tree *tree, uint32_t n)
{
    return nc_sv_trim(inner_line(tree, n));
}

/* Whether a block of HTML begins with the line n, and with these words. */
static bool is_html(const nc_tree *tree, cmark_node *node, uint32_t n, nc_sv words)
{
    return node && cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK &&
           cmark_node_get_start_line(node) == (int)n && nc_sv_starts(inner_line(tree, n), words);
}

/* The line that a picture ending with line n begins with; 0: there is none. */
static uint32_t picture_line(const nc_tree *tree, uint32_t n)
{
    nc_sv line = trimmed_line(tree, n);
    if (nc_sv_starts(line, NC_SV("![")) && nc_sv_ends(line, NC_SV(")")))
        return n;
    if (nc_sv_starts(line, NC_SV("<img ")) && nc_sv_ends(line, NC_SV(">")))
        return n;
    if (!nc_sv_eq(line, NC_SV("</div>")))
        return 0;
    while (n > 1 && trimmed_line(tree, n).len > 0 &&
           !nc_sv_starts(trimmed_line(tree, n), NC_SV("<div class=\"nacre-diagram\"")))
        n--;
    return nc_sv_starts(trimmed_line(tree, n), NC_SV("<div class=\"nacre-diagram\"")) ? n : 0;
}

/* Widens the block of a kept source to all that was written for it. */
static void widen_kept(nc_document_block *block, const nc_tree *tree, const nc_code_block *code,
                       cmark_node *node)
{
    nc_sv head = NC_SV("<details class=\"nacre-source\">");
    if (code->first < 6 || !code->closed || trimmed_line(tree, code->first - 1).len > 0 ||
        !is_html(tree, cmark_node_previous(node), code->first - 3, head) ||
        !nc_sv_starts(inner_line(tree, code->first - 2), NC_SV("<summary>")) ||
        trimmed_line(tree, code->first - 4).len > 0)
        return;
    uint32_t last = code->last + 2;
    if (trimmed_line(tree, code->last + 1).len > 0 ||
        !is_html(tree, cmark_node_next(node), last, NC_SV("</details>")) ||
        !nc_sv_eq(trimmed_line(tree, last), NC_SV("</details>")) ||
        trimmed_line(tree, last + 1).len > 0)
        return;
    uint32_t first = picture_line(tree, code->first - 5);
    if (first == 0)
        return;
    const nc_line *lines = tree->lines.list.ptr;
    block->kept = true;
    block->fence.start =
        lines[first - 1].start + (uint32_t)nc_line_prefix(nc_lines_at(&tree->lines, first));
    block->fence.end = lines[last - 1].end;
}

static bool add_block(nc_document *out, nc_arena *a, const nc_tree *tree, cmark_node *node)
{
    nc_code_block code = nc_tree_code_block(tree, node);
    nc_sv literal = nc_sv_cstr(cmark_node_get_literal(node));
    if (!code.fenced || code.count == 0 || is_empty(literal))
        return true;
    nc_document_block block = {.line = code.first, .closed = code.closed};
    const nc_line *lines = tree->lines.list.ptr;
    uint32_t last = code.last;
    while (last > code.first && !code.closed && nc_line_is_blank(nc_lines_at(&tree->lines, last)))
        last--;
    block.fence.start = lines[code.first - 1].start + (uint32_t)code.fence;
    block.fence.end = lines[last - 1].end;
    block.opening = nc_sv_slice(out->bytes, block.fence.start, lines[code.first - 1].end);
    block.prefix = in_document(out, tree, prefix_of(tree, &code, literal));
    widen_kept(&block, tree, &code, node);
    return read_content(&block, out, a, tree, &code, literal) && NC_PUSH(a, &out->blocks, block);
}

/* -- what follows a block -- */

/* Whether a block that starts at a line ends a paragraph before it, whatever that is. */
static bool interrupts(const nc_tree *tree, cmark_node *node, uint32_t line)
{
    nc_sv raw = nc_lines_at(&tree->lines, line);
    size_t at = nc_line_prefix(raw);
    char first = at < raw.len ? raw.ptr[at] : '\0';
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
    case CMARK_NODE_ITEM:
        return true;
    case CMARK_NODE_LIST:
        return at < raw.len && (cmark_node_get_list_type(node) == CMARK_BULLET_LIST ||
                                cmark_node_get_list_start(node) == 1);
    case CMARK_NODE_HEADING:
        return first == '#';
    case CMARK_NODE_CODE_BLOCK:
        return nc_tree_code_block(tree, node).fenced;
    case CMARK_NODE_THEMATIC_BREAK:
        return first == '*' || first == '_';
    default:
        return false;
    }
}

/*
 * Two paragraphs side by side may become one; that is all that may happen to a text. One that starts
 * with `===` would make a heading, a definition in front of it would be none any more.
 */
static bool is_plain_neighbour(const nc_tree *tree, cmark_node *node, uint32_t line)
{
    nc_sv raw = nc_lines_at(&tree->lines, line);
    size_t at = nc_line_prefix(raw);
    cmark_node *before = cmark_node_previous(node);
    return cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH && before &&
           cmark_node_get_type(before) == CMARK_NODE_CODE_BLOCK &&
           (at >= raw.len || (raw.ptr[at] != '=' && raw.ptr[at] != '['));
}

typedef struct follower {
    uint32_t line; /* behind the block */
    uint32_t block;
} follower;

/* An HTML block takes in all that follows it in its own container. */
static bool ends_html(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_ITEM || !cmark_node_previous(node);
}

/* The empty line stands in the block quotes that the line behind the block stands in. */
static void set_guard_prefix(nc_document *out, const nc_tree *tree, const follower *f,
                             cmark_node *node)
{
    nc_sv raw = nc_lines_at(&tree->lines, f->line);
    uint32_t quotes = node ? 0 : UINT32_MAX; /* without a node: a definition, as deep as marked */
    for (cmark_node *up = node; up; up = cmark_node_parent(up))
        quotes += cmark_node_get_type(up) == CMARK_NODE_BLOCK_QUOTE;
    size_t len = 0;
    for (size_t i = 0; quotes > 0 && i < raw.len && strchr(" \t>", raw.ptr[i]) != NULL; i++)
        if (raw.ptr[i] == '>') {
            len = i + 1;
            quotes--;
        }
    out->blocks.ptr[f->block].guard_prefix = in_document(out, tree, nc_sv_slice(raw, 0, len));
}

static uint32_t line_behind(const nc_document *out, const nc_tree *tree, uint32_t block,
                            uint32_t line)
{
    while (line <= tree->lines.list.len &&
           tree->lines.list.ptr[line - 1].start < out->blocks.ptr[block].fence.end)
        line++;
    return line;
}

/* Blocks and nodes both come in document order, so one walk is enough. */
static void find_guards(nc_document *out, const nc_tree *tree)
{
    if (out->blocks.len == 0)
        return;
    follower f = {.line = line_behind(out, tree, 0, out->blocks.ptr[0].line)};
    cmark_iter *iter = cmark_iter_new(tree->root);
    cmark_event_type event;
    while (f.block < out->blocks.len && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        int start = cmark_node_get_start_line(node);
        if (event != CMARK_EVENT_ENTER || cmark_node_get_type(node) >= CMARK_NODE_FIRST_INLINE)
            continue;
        while (f.block < out->blocks.len && start > 0 && (uint32_t)start >= f.line) {
            bool here = (uint32_t)start == f.line;
            nc_sv raw = nc_lines_at(&tree->lines, f.line);
            bool blank = nc_line_is_blank(nc_sv_slice(raw, nc_line_prefix(raw), raw.len));
            nc_document_block *block = &out->blocks.ptr[f.block];
            block->needs_guard =
                here ? !interrupts(tree, node, f.line) && !is_plain_neighbour(tree, node, f.line)
                     : !blank;
            block->needs_html_guard = here ? !ends_html(node) : !blank;
            if (block->needs_guard || block->needs_html_guard)
                set_guard_prefix(out, tree, &f, here ? node : NULL);
            f.block++;
            if (f.block < out->blocks.len)
                f.line = line_behind(out, tree, f.block, out->blocks.ptr[f.block].line);
        }
    }
    cmark_iter_free(iter);
    for (; f.block < out->blocks.len; f.block++) {
        f.line = line_behind(out, tree, f.block, out->blocks.ptr[f.block].line);
        nc_sv raw = nc_lines_at(&tree->lines, f.line);
        if (nc_line_is_blank(nc_sv_slice(raw, nc_line_prefix(raw), raw.len)))
            continue;
        out->blocks.ptr[f.block].needs_guard = true;
        out->blocks.ptr[f.block].needs_html_guard = true;
        set_guard_prefix(out, tree, &f, NULL);
    }
}

bool nc_fences_find(nc_document *out, nc_arena *a, const nc_tree *tree)
{
    cmark_iter *iter = cmark_iter_new(tree->root);
    bool ok = true;
    cmark_event_type event;
    while (ok && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK &&
            is_mermaid(nc_sv_cstr(cmark_node_get_fence_info(node))))
            ok = add_block(out, a, tree, node);
    }
    cmark_iter_free(iter);
    if (ok)
        find_guards(out, tree);
    return ok;
}
