/* The documents half of nacre.h. */
#include "document/document.h"

#include "nacre_internal.h"

/* libcmark gives up the process when memory is out, so a document has a limit of its own. */
enum { DOCUMENT_MAX = 64 * 1024 * 1024 };

struct nacre_document {
    nc_alloc alloc;
    nc_arena arena;
    nc_document scanned;
};

nacre_status nacre_document_scan(nacre_document **out, nacre_context *context, const char *text,
                                 size_t len)
{
    nc_alloc alloc = nc_context_alloc(context);
    nc_sv bytes;
    *out = NULL;
    if (len > DOCUMENT_MAX)
        return NACRE_ERR_NOMEM;
    nacre_document *document = alloc.alloc(alloc.payload, sizeof *document);
    if (!document)
        return NACRE_ERR_NOMEM;
    *document = (nacre_document){.alloc = alloc};
    nc_arena_init(&document->arena, &alloc, 0);
    if (!nc_arena_copy(&bytes, &document->arena, nc_sv_from(text, len)) ||
        !nc_document_scan(&document->scanned, &document->arena, bytes)) {
        nacre_document_drop(document);
        return NACRE_ERR_NOMEM;
    }
    *out = document;
    return NACRE_OK;
}

void nacre_document_drop(nacre_document *document)
{
    if (!document)
        return;
    nc_alloc alloc = document->alloc;
    nc_arena_release(&document->arena);
    alloc.free(alloc.payload, document);
}

size_t nacre_document_count(const nacre_document *document)
{
    return document->scanned.blocks.len;
}

const char *nacre_document_text(const nacre_document *document, size_t index, size_t *len)
{
    *len = 0;
    if (index >= document->scanned.blocks.len)
        return "";
    nc_sv text = document->scanned.blocks.ptr[index].text;
    *len = text.len;
    return text.ptr ? text.ptr : "";
}

void nacre_document_block_at(nacre_document_block *out, const nacre_document *document,
                             size_t index)
{
    *out = (nacre_document_block){.opening = ""};
    if (index >= document->scanned.blocks.len)
        return;
    const nc_document_block *block = &document->scanned.blocks.ptr[index];
    *out = (nacre_document_block){.start = block->fence.start,
                                  .end = block->fence.end,
                                  .opening = block->opening.ptr,
                                  .opening_len = block->opening.len,
                                  .kept = block->kept};
}

size_t nacre_document_offset(const nacre_document *document, size_t index, size_t offset)
{
    if (index >= document->scanned.blocks.len)
        return 0;
    const nc_document_block *block = &document->scanned.blocks.ptr[index];
    return nc_offset_origin(&block->map, offset < UINT32_MAX ? (uint32_t)offset : UINT32_MAX);
}

nacre_status nacre_document_rewrite(const nacre_document *document, const char *const *replacements,
                                    const char *rebase, nacre_sink sink, void *payload)
{
    uint32_t count = document->scanned.blocks.len;
    nc_arena scratch;
    nc_arena_init(&scratch, &document->alloc, 0);
    nc_sv *texts = NC_NEW(&scratch, nc_sv, count);
    if (!texts)
        return NACRE_ERR_NOMEM;
    for (uint32_t i = 0; i < count; i++)
        texts[i] = nc_sv_cstr(replacements[i]);
    nc_buf out;
    nc_buf_init(&out, &document->alloc, 0);
    nc_document_rewrite(&out, &document->scanned, texts, nc_sv_cstr(rebase));
    nc_arena_release(&scratch);
    return nc_give(&out, NACRE_OK, sink, payload);
}
