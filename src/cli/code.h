/* The codes of what goes wrong outside the diagrams. */
#ifndef NC_CODE_H
#define NC_CODE_H

typedef enum nc_code {
#define NC_CODE(name, code, summary) NC_CODE_##name,
#include "cli/codes.def"
#undef NC_CODE
    NC_CODE_COUNT
} nc_code;

const char *nc_code_name(nc_code code);
const char *nc_code_summary(nc_code code);

#endif
