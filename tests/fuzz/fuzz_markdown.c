/* Any bytes as a document: its diagrams, its places, and the document with pictures in it. */
#include "document/document.h"
#include "fuzz.h"

static void check_blocks(const nc_document *document)
{
    uint32_t before = 0;
    for (uint32_t i = 0; i < document->blocks.len; i++) {
        const nc_document_block *b = &document->blocks.ptr[i];
        FUZZ_REQUIRE(b->fence.start >= before && b->fence.start < b->fence.end);
        FUZZ_REQUIRE(b->fence.end <= document->bytes.len);
        FUZZ_REQUIRE(b->line >= 1);
        uint32_t at = 0;
        for (uint32_t k = 0; k <= b->text.len; k++) {
            uint32_t origin = nc_offset_origin(&b->map, k);
            FUZZ_REQUIRE(origin >= at && origin <= document->bytes.len);
            FUZZ_REQUIRE(k == b->text.len || b->text.ptr[k] == '\t' || b->text.ptr[k] == ' ' ||
                         b->text.ptr[k] == document->bytes.ptr[origin]);
            at = origin;
        }
        before = b->fence.end;
    }
    before = 0;
    for (uint32_t i = 0; i < document->links.len; i++) {
        nc_span link = document->links.ptr[i];
        FUZZ_REQUIRE(link.start >= before && link.start <= link.end);
        FUZZ_REQUIRE(link.end <= document->bytes.len);
        before = link.end;
    }
}

/* Kept blocks keep every byte. */
static void check_identity(const nc_document *document, const nc_sv *nothing)
{
    nc_buf out;
    nc_buf_init(&out, NULL, 0);
    nc_document_rewrite(&out, document, nothing, (nc_sv){0});
    FUZZ_REQUIRE(!out.failed && nc_sv_eq(nc_buf_sv(&out), document->bytes));
    nc_buf_release(&out);
}

/* Replaced blocks are no diagrams any more, and what is left of the document can be read again. */
static void check_pictures(const nc_document *document, nc_arena *a, nc_sv *pictures)
{
    nc_buf out;
    nc_document again;
    for (uint32_t i = 0; i < document->blocks.len; i++)
        pictures[i] = NC_SV("![a diagram](a.svg)\n");
    nc_buf_init(&out, NULL, 0);
    nc_document_rewrite(&out, document, pictures, NC_SV("../"));
    FUZZ_REQUIRE(!out.failed);
    FUZZ_REQUIRE(nc_document_scan(&again, a, nc_buf_sv(&out)));
    check_blocks(&again);
    nc_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nc_arena arena;
    nc_document document;
    if (size > FUZZ_MAX_BYTES)
        return 0;
    nc_arena_init(&arena, NULL, FUZZ_BUDGET);
    FUZZ_REQUIRE(nc_document_scan(&document, &arena, nc_sv_from((const char *)data, size)));
    check_blocks(&document);
    nc_sv *replacements = NC_NEW(&arena, nc_sv, document.blocks.len + 1);
    FUZZ_REQUIRE(replacements);
    check_identity(&document, replacements);
    check_pictures(&document, &arena, replacements);
    nc_arena_release(&arena);
    return 0;
}
