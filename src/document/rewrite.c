#include "document/document.h"
#include "document/links.h"

/* Line feeds become the document's line ends with the prefix of the block behind them. */
static void put_replacement(nc_buf *out, const nc_document *document,
                            const nc_document_block *block, nc_sv text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\n')
            continue;
        nc_buf_put(out, nc_sv_slice(text, from, i));
        nc_buf_put(out, document->line_end);
        nc_buf_put(out, block->prefix);
        from = i + 1;
    }
    nc_buf_put(out, nc_sv_slice(text, from, text.len));
    bool is_html = nc_sv_starts(nc_sv_slice(text, from, text.len), NC_SV("<"));
    if (is_html ? block->needs_html_guard : block->needs_guard) {
        nc_buf_put(out, document->line_end);
        nc_buf_put(out, block->guard_prefix);
    }
}

/* Copies document[*at, to), its links rebased. */
static void copy_up_to(nc_buf *out, const nc_document *document, nc_sv rebase, uint32_t *at,
                       uint32_t *link, uint32_t to)
{
    for (; *link < document->links.len && document->links.ptr[*link].start < to; ++*link) {
        nc_span span = document->links.ptr[*link];
        if (rebase.len == 0 || span.start < *at || span.end > to)
            continue;
        nc_buf_put(out, nc_sv_slice(document->bytes, *at, span.start));
        nc_link_put_rebased(out, nc_sv_slice(document->bytes, span.start, span.end), rebase);
        *at = span.end;
    }
    nc_buf_put(out, nc_sv_slice(document->bytes, *at, to));
    *at = to;
}

void nc_document_rewrite(nc_buf *out, const nc_document *document, const nc_sv *replacements,
                         nc_sv rebase)
{
    uint32_t at = 0;
    uint32_t link = 0;
    for (uint32_t i = 0; i < document->blocks.len; i++) {
        const nc_document_block *block = &document->blocks.ptr[i];
        nc_sv text = replacements[i];
        nc_sv old = nc_sv_slice(document->bytes, block->fence.start, block->fence.end);
        if (!text.ptr || nc_sv_eq(text, old))
            continue;
        copy_up_to(out, document, rebase, &at, &link, block->fence.start);
        put_replacement(out, document, block, text);
        at = block->fence.end;
    }
    copy_up_to(out, document, rebase, &at, &link, (uint32_t)document->bytes.len);
}
