/* Any bytes as a sequence text. */
#include "fuzz.h"

static bool parse(void *model, nc_arena *a, const nc_source *source, nc_diags *d)
{
    return nc_parse_sequence(model, a, source, d);
}

static void dump(nc_buf *out, const void *model, bool mermaid)
{
    nc_sequence_dump(out, model, mermaid);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const fuzz_family family = {NC_FAMILY_SEQUENCE, "sequenceDiagram\n", sizeof(nc_sequence),
                                       parse, dump};
    fuzz_read(&family, data, size);
    return 0;
}
