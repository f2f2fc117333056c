/* Theme variables of a document: are they any, and are their values colours? */
#include "theme/variables.h"

/* Variables that colour nothing nacre draws, or are no colours. */
static const nc_sv others[] = {
    NC_SV_INIT("darkMode"),
    NC_SV_INIT("fontFamily"),
    NC_SV_INIT("fontSize"),
    NC_SV_INIT("fontWeight"),
    NC_SV_INIT("noteFontWeight"),
    NC_SV_INIT("strokeWidth"),
    NC_SV_INIT("radius"),
    NC_SV_INIT("useGradient"),
    NC_SV_INIT("gradientStart"),
    NC_SV_INIT("gradientStop"),
    NC_SV_INIT("dropShadow"),
    NC_SV_INIT("nodeShadow"),
    NC_SV_INIT("filterColor"),
    NC_SV_INIT("errorBkgColor"),
    NC_SV_INIT("errorTextColor"),
    NC_SV_INIT("THEME_COLOR_LIMIT"),
    NC_SV_INIT("bkgColorArray"),
    NC_SV_INIT("borderColorArray"),
    NC_SV_INIT("labelColor"),
    NC_SV_INIT("labelBackgroundColor"),
    NC_SV_INIT("darkTextColor"),
    NC_SV_INIT("note"),
    NC_SV_INIT("rootLabelColor"),
    NC_SV_INIT("scaleLabelColor"),
    NC_SV_INIT("vertLineColor"),
    NC_SV_INIT("flowContainerStroke"),
    NC_SV_INIT("excludeBkgColor"),
    NC_SV_INIT("innerEndBackground"),
    NC_SV_INIT("specialStateColor"),
};

/* How variables of other diagram types begin. */
static const nc_sv foreign[] = {
    NC_SV_INIT("activeTask"), NC_SV_INIT("alt"),         NC_SV_INIT("arch"),
    NC_SV_INIT("attribute"),  NC_SV_INIT("branch"),      NC_SV_INIT("cScale"),
    NC_SV_INIT("class"),      NC_SV_INIT("commit"),      NC_SV_INIT("composite"),
    NC_SV_INIT("crit"),       NC_SV_INIT("cynefin"),     NC_SV_INIT("done"),
    NC_SV_INIT("em"),         NC_SV_INIT("er"),          NC_SV_INIT("fillType"),
    NC_SV_INIT("git"),        NC_SV_INIT("grid"),        NC_SV_INIT("packet"),
    NC_SV_INIT("pie"),        NC_SV_INIT("quadrant"),    NC_SV_INIT("radar"),
    NC_SV_INIT("relation"),   NC_SV_INIT("requirement"), NC_SV_INIT("row"),
    NC_SV_INIT("section"),    NC_SV_INIT("state"),       NC_SV_INIT("surface"),
    NC_SV_INIT("tag"),        NC_SV_INIT("task"),        NC_SV_INIT("todayLine"),
    NC_SV_INIT("transition"), NC_SV_INIT("usecase"),     NC_SV_INIT("venn"),
    NC_SV_INIT("wardley"),    NC_SV_INIT("xyChart"),
};

static bool is_other(nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(others); i++)
        if (nc_sv_eq(name, others[i]))
            return true;
    for (size_t i = 0; i < NC_COUNT(foreign); i++)
        if (nc_sv_starts(name, foreign[i]))
            return true;
    return false;
}

static void report_unknown(const nc_member *m, nc_diags *d)
{
    nc_sv names[NC_VAR_COUNT + NC_COUNT(others)];
    for (size_t i = 0; i < NC_VAR_COUNT; i++)
        names[i] = nc_variable_name((nc_variable)i);
    memcpy(names + NC_VAR_COUNT, others, sizeof others);
    nc_sv nearest = nc_nearest(m->key, names, NC_COUNT(names));
    nc_diag_add(d, NC_RULE_THEME_VARIABLE, m->key_at, "no theme variable is called '%.*s'",
                NC_SV_ARG(m->key));
    if (nearest.len)
        nc_diag_hint(d, "did you mean '%.*s'?", NC_SV_ARG(nearest));
}

static void check_color(const nc_member *m, nc_diags *d)
{
    nc_rgba ignored;
    if (m->value->kind == NC_VALUE_STRING && nc_color_parse(&ignored, m->value->text))
        return;
    nc_diag_add(d, NC_RULE_BAD_COLOR, m->value->at, "'%.*s' is no colour for %.*s",
                NC_SV_ARG(m->value->text), NC_SV_ARG(m->key));
    nc_sv nearest = nc_color_nearest(m->value->text);
    if (nearest.len)
        nc_diag_hint(d, "did you mean '%.*s'?", NC_SV_ARG(nearest));
}

void nc_theme_check(const nc_value *variables, nc_diags *d)
{
    const nc_offset_map *map = d->map;
    d->map = NULL; /* values of configuration know their own places */
    for (uint32_t i = 0; variables && variables->kind == NC_VALUE_MAP && i < variables->len; i++) {
        const nc_member *m = &variables->members[i];
        if (nc_variable_lookup(m->key) != NC_VAR_COUNT)
            check_color(m, d);
        else if (!is_other(m->key))
            report_unknown(m, d);
    }
    d->map = map;
}
