/* Any bytes as a C4 text. */
#include "fuzz.h"

static bool parse(void *model, nc_arena *a, const nc_source *source, nc_diags *d)
{
    return nc_parse_c4(model, a, source, d);
}

static void dump(nc_buf *out, const void *model, bool mermaid)
{
    nc_c4_dump(out, model, mermaid);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const fuzz_family family = {NC_FAMILY_C4, "C4Context\n", sizeof(nc_c4), parse, dump};
    fuzz_read(&family, data, size);
    return 0;
}
