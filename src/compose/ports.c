#include "compose/ports.h"

#include "compose/shape_parts.h"

#include <math.h>

/* How far from the ends of its sides a figure is curved or cut; all 0: not at all. */
typedef struct rims {
    const char *name;
    double left[2], right[2]; /* at the upper and the lower end */
    double top[2], bottom[2]; /* at the left and the right end */
} rims;

enum { NEAR = 4 }; /* beside a rim */
enum {
    RIM = NC_CAP + NEAR,      /* of a cylinder */
    LOW = 2 * NC_WAVE + NEAR, /* a wavy edge */
    EDGE = 8                  /* a plain corner */
};

static const rims rows[] = {
    {"cyl", {RIM, RIM}, {RIM, RIM}, {0}, {0}},
    {"db", {RIM, RIM}, {RIM, RIM}, {0}, {0}},
    {"bpmn-data-store", {RIM, RIM}, {RIM, RIM}, {0}, {0}},
    {"lin-cyl", {RIM + NC_LEDGE, RIM}, {RIM + NC_LEDGE, RIM}, {0}, {0}},
    {"bucket", {RIM, RIM}, {RIM, RIM}, {0}, {0}},
    {"h-cyl", {0}, {0}, {RIM, RIM}, {RIM, RIM}},
    {"queue", {0}, {0}, {RIM, RIM}, {RIM, RIM}},
    {"doc", {EDGE, LOW}, {EDGE, LOW}, {0}, {0}},
    {"lin-doc", {EDGE, LOW}, {EDGE, LOW}, {0}, {0}},
    {"tag-doc", {EDGE, LOW}, {EDGE, LOW}, {0}, {0}},
    {"flag", {LOW, LOW}, {LOW, LOW}, {0}, {0}},
    {"folder", {EDGE, EDGE}, {NC_TAB + EDGE, EDGE}, {0}, {0}},
    {"notch-rect", {NC_CUT + NEAR, EDGE}, {EDGE, EDGE}, {NC_CUT + NEAR, EDGE}, {0}},
    {"notch-pent",
     {NC_CUT + NEAR, EDGE},
     {NC_CUT + NEAR, EDGE},
     {NC_CUT + NEAR, NC_CUT + NEAR},
     {0}},
    {"note", {EDGE, EDGE}, {NC_FOLD + NEAR, EDGE}, {EDGE, NC_FOLD + NEAR}, {0}},
    {"bpmn-data", {EDGE, EDGE}, {NC_FOLD + NEAR, EDGE}, {EDGE, NC_FOLD + NEAR}, {0}},
};

/* Below the shoulders a person's sides are straight. */
static rims person_rims(double w, double h)
{
    const double shoulders = 2 * ceil(1.75 * nc_head_radius(w) / 2);
    const double upper = shoulders + fmin(22, 0.45 * (h - shoulders));
    return (rims){.left = {upper, EDGE}, .right = {upper, EDGE}};
}

static void set_range(nc_lay_range *range, const double rim[2], double length)
{
    if ((rim[0] > 0 || rim[1] > 0) && rim[0] < length - rim[1])
        *range = (nc_lay_range){rim[0], length - rim[1]};
}

void nc_figure_ports(nc_lay_range ports[NC_LAY_SIDES], const nc_figure *figure, double w, double h)
{
    const nc_sv name = nc_sv_cstr(nc_figure_name(figure));
    rims found = {0};
    for (size_t i = 0; i < NC_COUNT(rows); i++)
        if (nc_sv_eq(name, nc_sv_cstr(rows[i].name)))
            found = rows[i];
    if (nc_sv_eq(name, NC_SV("person")))
        found = person_rims(w, h);
    for (int i = 0; i < NC_LAY_SIDES; i++)
        ports[i] = (nc_lay_range){0};
    set_range(&ports[NC_LAY_TOP], found.top, w);
    set_range(&ports[NC_LAY_BOTTOM], found.bottom, w);
    set_range(&ports[NC_LAY_LEFT], found.left, h);
    set_range(&ports[NC_LAY_RIGHT], found.right, h);
}
