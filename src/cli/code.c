#include "cli/code.h"

const char *nc_code_name(nc_code code)
{
    static const char *const names[] = {
#define NC_CODE(name, code, summary) [NC_CODE_##name] = (code),
#include "cli/codes.def"
#undef NC_CODE
    };
    _Static_assert(sizeof(names) / sizeof(names[0]) == NC_CODE_COUNT, "a code has no name");
    return names[code];
}

const char *nc_code_summary(nc_code code)
{
    static const char *const summaries[] = {
#define NC_CODE(name, code, summary) [NC_CODE_##name] = (summary),
#include "cli/codes.def"
#undef NC_CODE
    };
    _Static_assert(sizeof(summaries) / sizeof(summaries[0]) == NC_CODE_COUNT, "a code is unclear");
    return summaries[code];
}
