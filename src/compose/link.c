#include "compose/link.h"

/* The scheme before the first `:` that stands before any `/`, `?` or `#`; *has says whether. */
static nc_sv scheme_of(nc_sv href, bool *has)
{
    *has = false;
    for (size_t i = 0; i < href.len; i++) {
        const char c = href.ptr[i];
        if (c == '/' || c == '?' || c == '#' || c == '\\')
            break;
        if (c == ':') {
            *has = true;
            return nc_sv_slice(href, 0, i);
        }
    }
    return (nc_sv){0};
}

bool nc_link_is_safe(nc_sv href)
{
    static const nc_sv schemes[] = {NC_SV_INIT("http"), NC_SV_INIT("https"), NC_SV_INIT("mailto")};
    href = nc_sv_trim(href);
    for (size_t i = 0; i < href.len; i++)
        if ((unsigned char)href.ptr[i] < 0x20 || href.ptr[i] == 0x7f)
            return false; /* browsers skip some of them inside a scheme */
    bool has;
    const nc_sv scheme = scheme_of(href, &has);
    if (!has)
        return true;
    for (size_t i = 0; i < NC_COUNT(schemes); i++)
        if (nc_sv_eq_nocase(scheme, schemes[i]))
            return true;
    return false;
}

nc_sv nc_link_check(nc_diags *d, nc_span at, nc_sv href)
{
    href = nc_sv_trim(href);
    if (href.len == 0 || nc_link_is_safe(href))
        return href;
    nc_diag_add(d, NC_RULE_BAD_LINK, at, "the link '%.*s' is left out", NC_SV_ARG(href));
    nc_diag_hint(d, "use http, https, mailto, a relative address or #");
    return (nc_sv){0};
}

nc_sv nc_link_target(nc_sv target)
{
    static const nc_sv targets[] = {NC_SV_INIT("_self"), NC_SV_INIT("_blank"),
                                    NC_SV_INIT("_parent"), NC_SV_INIT("_top")};
    for (size_t i = 0; i < NC_COUNT(targets); i++)
        if (nc_sv_eq(target, targets[i]))
            return targets[i];
    return (nc_sv){0};
}
