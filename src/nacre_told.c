/* Diagnostics and rules as the public header tells of them. */
#include "nacre_internal.h"

nc_text_place nc_text_walk_to(nc_text_walk *walk, nc_sv text, size_t offset)
{
    if (walk->offset == 0 && nc_sv_starts(text, NC_SV("\xef\xbb\xbf")))
        walk->offset = 3;
    while (walk->offset < offset && walk->offset < text.len) {
        const char c = text.ptr[walk->offset++];
        const bool crlf = c == '\r' && walk->offset < text.len && text.ptr[walk->offset] == '\n';
        if ((c == '\n' || c == '\r') && !crlf) {
            walk->line_breaks++;
            walk->columns = 0;
        } else if (((unsigned char)c & 0xc0) != 0x80 && !crlf) {
            walk->columns++;
        }
    }
    return (nc_text_place){walk->line_breaks + 1, walk->columns + 1};
}

nacre_diagnostic nc_told(const nc_diag *diag, nc_text_place at)
{
    return (nacre_diagnostic){
        .severity = diag->severity == NC_ERROR ? NACRE_ERROR : NACRE_WARNING,
        .code = nc_rule_lookup(diag->rule)->code,
        .message = diag->message.ptr ? diag->message.ptr : "",
        .hint = diag->hint.ptr ? diag->hint.ptr : "",
        .start = diag->at.start,
        .end = diag->at.end,
        .line = at.line,
        .column = at.column,
    };
}

size_t nacre_rule_count(void)
{
    return NC_RULE_COUNT;
}

void nacre_rule_at(nacre_rule *out, size_t index)
{
    *out = (nacre_rule){.code = "", .summary = ""};
    if (index >= NC_RULE_COUNT)
        return;
    const nc_rule_info *rule = nc_rule_lookup((nc_rule)index);
    *out = (nacre_rule){
        .code = rule->code,
        .summary = rule->summary,
        .severity = rule->severity == NC_WARNING ? NACRE_WARNING : NACRE_ERROR,
        .portability = rule->severity == NC_PORTABILITY,
    };
}
