#include "model/flowchart.h"

#include "base/diag.h"

#define NC_FLOW_SHAPE(name, text) NC_SV_INIT(text),
static const nc_sv names[] = {
#include "model/shapes.def"
};
#undef NC_FLOW_SHAPE
static_assert(NC_COUNT(names) == NC_FLOW_SHAPE_COUNT, "a shape has no name");

/* What `shape:` accepts besides the canonical names. */
static const struct {
    nc_sv name;
    nc_flow_shape shape;
} aliases[] = {
#define ALIAS(text, shape)                                                                         \
    {                                                                                              \
        NC_SV_INIT(text), NC_FLOW_SHAPE_##shape                                                    \
    }
    ALIAS("proc", RECT),
    ALIAS("process", RECT),
    ALIAS("rectangle", RECT),
    ALIAS("event", ROUNDED),
    ALIAS("terminal", STADIUM),
    ALIAS("pill", STADIUM),
    ALIAS("subprocess", FR_RECT),
    ALIAS("subproc", FR_RECT),
    ALIAS("framed-rectangle", FR_RECT),
    ALIAS("subroutine", FR_RECT),
    ALIAS("db", CYL),
    ALIAS("database", CYL),
    ALIAS("cylinder", CYL),
    ALIAS("data-store", DATASTORE),
    ALIAS("directory", FOLDER),
    ALIAS("circ", CIRCLE),
    ALIAS("decision", DIAM),
    ALIAS("diamond", DIAM),
    ALIAS("question", DIAM),
    ALIAS("hexagon", HEX),
    ALIAS("prepare", HEX),
    ALIAS("lean-right", LEAN_R),
    ALIAS("in-out", LEAN_R),
    ALIAS("lean-left", LEAN_L),
    ALIAS("out-in", LEAN_L),
    ALIAS("priority", TRAP_B),
    ALIAS("trapezoid-bottom", TRAP_B),
    ALIAS("trapezoid", TRAP_B),
    ALIAS("manual", TRAP_T),
    ALIAS("trapezoid-top", TRAP_T),
    ALIAS("inv-trapezoid", TRAP_T),
    ALIAS("double-circle", DBL_CIRC),
    ALIAS("doublecircle", DBL_CIRC),
    ALIAS("card", NOTCH_RECT),
    ALIAS("notched-rectangle", NOTCH_RECT),
    ALIAS("lined-rectangle", LIN_RECT),
    ALIAS("lined-process", LIN_RECT),
    ALIAS("lin-proc", LIN_RECT),
    ALIAS("shaded-process", LIN_RECT),
    ALIAS("start", SM_CIRC),
    ALIAS("small-circle", SM_CIRC),
    ALIAS("stop", FR_CIRC),
    ALIAS("framed-circle", FR_CIRC),
    ALIAS("join", FORK),
    ALIAS("collate", HOURGLASS),
    ALIAS("comment", BRACE),
    ALIAS("brace-l", BRACE),
    ALIAS("com-link", BOLT),
    ALIAS("lightning-bolt", BOLT),
    ALIAS("document", DOC),
    ALIAS("half-rounded-rectangle", DELAY),
    ALIAS("das", H_CYL),
    ALIAS("horizontal-cylinder", H_CYL),
    ALIAS("disk", LIN_CYL),
    ALIAS("lined-cylinder", LIN_CYL),
    ALIAS("curved-trapezoid", CURV_TRAP),
    ALIAS("display", CURV_TRAP),
    ALIAS("div-proc", DIV_RECT),
    ALIAS("divided-rectangle", DIV_RECT),
    ALIAS("divided-process", DIV_RECT),
    ALIAS("extract", TRI),
    ALIAS("triangle", TRI),
    ALIAS("internal-storage", WIN_PANE),
    ALIAS("window-pane", WIN_PANE),
    ALIAS("junction", F_CIRC),
    ALIAS("filled-circle", F_CIRC),
    ALIAS("loop-limit", NOTCH_PENT),
    ALIAS("notched-pentagon", NOTCH_PENT),
    ALIAS("manual-file", FLIP_TRI),
    ALIAS("flipped-triangle", FLIP_TRI),
    ALIAS("manual-input", SL_RECT),
    ALIAS("sloped-rectangle", SL_RECT),
    ALIAS("documents", DOCS),
    ALIAS("st-doc", DOCS),
    ALIAS("stacked-document", DOCS),
    ALIAS("procs", ST_RECT),
    ALIAS("processes", ST_RECT),
    ALIAS("stacked-rectangle", ST_RECT),
    ALIAS("stored-data", BOW_RECT),
    ALIAS("bow-tie-rectangle", BOW_RECT),
    ALIAS("summary", CROSS_CIRC),
    ALIAS("crossed-circle", CROSS_CIRC),
    ALIAS("tagged-document", TAG_DOC),
    ALIAS("tagged-rectangle", TAG_RECT),
    ALIAS("tag-proc", TAG_RECT),
    ALIAS("tagged-process", TAG_RECT),
    ALIAS("paper-tape", FLAG),
    ALIAS("lined-document", LIN_DOC),
#undef ALIAS
};

const char *nc_flow_shape_name(nc_flow_shape shape)
{
    return names[shape].ptr;
}

/* Drawn only by brackets or by other keys: refused as a `shape:` value. */
static bool is_refused(nc_flow_shape shape)
{
    return shape == NC_FLOW_SHAPE_ELLIPSE || shape == NC_FLOW_SHAPE_IMAGE;
}

nc_flow_shape nc_flow_shape_lookup(nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(names); i++)
        if (nc_sv_eq(names[i], name))
            return is_refused((nc_flow_shape)i) ? NC_FLOW_SHAPE_COUNT : (nc_flow_shape)i;
    for (size_t i = 0; i < NC_COUNT(aliases); i++)
        if (nc_sv_eq(aliases[i].name, name))
            return aliases[i].shape;
    return NC_FLOW_SHAPE_COUNT;
}

nc_sv nc_flow_shape_nearest(nc_sv name)
{
    nc_sv list[NC_COUNT(names) + NC_COUNT(aliases)];
    size_t len = 0;
    char spelt[64]; /* `Lean_R` means lean-r */
    if (name.len == 0 || name.len > sizeof spelt)
        return (nc_sv){0};
    for (size_t i = 0; i < name.len; i++)
        spelt[i] = name.ptr[i] == '_' || name.ptr[i] == ' ' ? '-' : name.ptr[i];
    for (size_t i = 0; i < NC_COUNT(names); i++)
        if (!is_refused((nc_flow_shape)i))
            list[len++] = names[i];
    for (size_t i = 0; i < NC_COUNT(aliases); i++)
        list[len++] = aliases[i].name;
    return nc_nearest(nc_sv_from(spelt, name.len), list, len);
}
