/* Outlines and inner lines of figures, all inside the box that sizing gave them. */
#include "compose/shape_parts.h"

#include <math.h>

static double right(nc_lay_rect b)
{
    return b.x + b.w;
}

static double bottom(nc_lay_rect b)
{
    return b.y + b.h;
}

static double middle_x(nc_lay_rect b)
{
    return b.x + b.w / 2;
}

static double middle_y(nc_lay_rect b)
{
    return b.y + b.h / 2;
}

static nc_lay_rect inset(nc_lay_rect b, double by)
{
    return (nc_lay_rect){b.x + by, b.y + by, b.w - 2 * by, b.h - 2 * by};
}

static void polygon(nc_path_builder *p, const nc_point *points, size_t len)
{
    nc_path_move(p, points[0].x, points[0].y);
    for (size_t i = 1; i < len; i++)
        nc_path_line(p, points[i].x, points[i].y);
    nc_path_close(p);
}

#define POLYGON(p, ...)                                                                            \
    do {                                                                                           \
        const nc_point corners[] = {__VA_ARGS__};                                                  \
        polygon((p), corners, NC_COUNT(corners));                                                  \
    } while (0)

static void stroke(nc_path_builder *p, double x1, double y1, double x2, double y2)
{
    nc_path_move(p, x1, y1);
    nc_path_line(p, x2, y2);
}

static void ellipse(nc_path_builder *p, nc_lay_rect b)
{
    nc_path_move(p, middle_x(b), b.y);
    nc_path_quarter(p, right(b), middle_y(b), true);
    nc_path_quarter(p, middle_x(b), bottom(b), false);
    nc_path_quarter(p, b.x, middle_y(b), true);
    nc_path_quarter(p, middle_x(b), b.y, false);
    nc_path_close(p);
}

static void disc(nc_path_builder *p, double cx, double cy, double r)
{
    ellipse(p, (nc_lay_rect){cx - r, cy - r, 2 * r, 2 * r});
}

/* One period between x1 and x2 at height y: first half bulging by a downwards, then upwards. */
static void wave(nc_path_builder *p, double x1, double x2, double y, double a)
{
    const double sixth = (x2 - x1) / 6;
    const double pull = a * 4 / 3; /* a cubic reaches 3/4 of its control points */
    nc_path_cubic(p, x1 + sixth, y + pull, x1 + 2 * sixth, y + pull, (x1 + x2) / 2, y);
    nc_path_cubic(p, x2 - 2 * sixth, y - pull, x2 - sixth, y - pull, x2, y);
}

void nc_path_circle(nc_path_builder *p, nc_lay_rect b)
{
    ellipse(p, b);
}

void nc_path_stadium(nc_path_builder *p, nc_lay_rect b)
{
    const double r = b.h / 2;
    nc_path_move(p, b.x + r, b.y);
    nc_path_line(p, right(b) - r, b.y);
    nc_path_quarter(p, right(b), b.y + r, true);
    nc_path_quarter(p, right(b) - r, bottom(b), false);
    nc_path_line(p, b.x + r, bottom(b));
    nc_path_quarter(p, b.x, b.y + r, true);
    nc_path_quarter(p, b.x + r, b.y, false);
    nc_path_close(p);
}

void nc_path_cyl(nc_path_builder *p, nc_lay_rect b)
{
    nc_path_move(p, b.x, b.y + NC_CAP);
    nc_path_quarter(p, middle_x(b), b.y, false);
    nc_path_quarter(p, right(b), b.y + NC_CAP, true);
    nc_path_line(p, right(b), bottom(b) - NC_CAP);
    nc_path_quarter(p, middle_x(b), bottom(b), false);
    nc_path_quarter(p, b.x, bottom(b) - NC_CAP, true);
    nc_path_close(p);
}

/* The front half of a rim, as seen from above. */
static void lip(nc_path_builder *p, nc_lay_rect b, double y)
{
    nc_path_move(p, b.x, y);
    nc_path_quarter(p, middle_x(b), y + NC_CAP, false);
    nc_path_quarter(p, right(b), y, true);
}

void nc_line_cyl(nc_path_builder *p, nc_lay_rect b)
{
    lip(p, b, b.y + NC_CAP);
}

void nc_line_lin_cyl(nc_path_builder *p, nc_lay_rect b)
{
    lip(p, b, b.y + NC_CAP);
    lip(p, b, b.y + NC_CAP + NC_LEDGE);
}

void nc_line_data_store(nc_path_builder *p, nc_lay_rect b)
{
    nc_line_lin_cyl(p, b);
    lip(p, b, b.y + NC_CAP + 2 * NC_LEDGE);
}

void nc_path_h_cyl(nc_path_builder *p, nc_lay_rect b)
{
    nc_path_move(p, b.x + NC_CAP, b.y);
    nc_path_line(p, right(b) - NC_CAP, b.y);
    nc_path_quarter(p, right(b), middle_y(b), true);
    nc_path_quarter(p, right(b) - NC_CAP, bottom(b), false);
    nc_path_line(p, b.x + NC_CAP, bottom(b));
    nc_path_quarter(p, b.x, middle_y(b), true);
    nc_path_quarter(p, b.x + NC_CAP, b.y, false);
    nc_path_close(p);
}

void nc_line_h_cyl(nc_path_builder *p, nc_lay_rect b)
{
    nc_path_move(p, right(b) - NC_CAP, b.y);
    nc_path_quarter(p, right(b) - 2 * NC_CAP, middle_y(b), true);
    nc_path_quarter(p, right(b) - NC_CAP, bottom(b), false);
}

void nc_line_framed(nc_path_builder *p, nc_lay_rect b)
{
    stroke(p, b.x + NC_STRIP, b.y, b.x + NC_STRIP, bottom(b));
    stroke(p, right(b) - NC_STRIP, b.y, right(b) - NC_STRIP, bottom(b));
}

void nc_line_lined(nc_path_builder *p, nc_lay_rect b)
{
    stroke(p, b.x + NC_STRIP, b.y, b.x + NC_STRIP, bottom(b));
}

void nc_line_datastore(nc_path_builder *p, nc_lay_rect b)
{
    stroke(p, b.x, b.y, right(b), b.y);
    stroke(p, b.x, bottom(b), right(b), bottom(b));
}

void nc_path_folder(nc_path_builder *p, nc_lay_rect b)
{
    const double r = 4;
    const double tab = fmax(28, floor(0.38 * b.w));
    const double y = b.y + NC_TAB;
    nc_path_move(p, b.x, b.y + r);
    nc_path_quarter(p, b.x + r, b.y, false);
    nc_path_line(p, b.x + tab - NC_TAB, b.y);
    nc_path_line(p, b.x + tab, y);
    nc_path_line(p, right(b) - r, y);
    nc_path_quarter(p, right(b), y + r, true);
    nc_path_line(p, right(b), bottom(b) - r);
    nc_path_quarter(p, right(b) - r, bottom(b), false);
    nc_path_line(p, b.x + r, bottom(b));
    nc_path_quarter(p, b.x, bottom(b) - r, true);
    nc_path_close(p);
}

void nc_path_bucket(nc_path_builder *p, nc_lay_rect b)
{
    const double foot = NC_CAP - 2;
    nc_path_move(p, b.x, b.y + NC_CAP);
    nc_path_quarter(p, middle_x(b), b.y, false);
    nc_path_quarter(p, right(b), b.y + NC_CAP, true);
    nc_path_line(p, right(b) - NC_TAPER, bottom(b) - foot);
    nc_path_quarter(p, middle_x(b), bottom(b), false);
    nc_path_quarter(p, b.x + NC_TAPER, bottom(b) - foot, true);
    nc_path_close(p);
}

void nc_line_bucket(nc_path_builder *p, nc_lay_rect b)
{
    lip(p, b, b.y + NC_CAP);
}

void nc_line_console(nc_path_builder *p, nc_lay_rect b)
{
    const double x = b.x + 12;
    const double y = b.y + 9;
    nc_path_move(p, x, y);
    nc_path_line(p, x + 5, y + 4);
    nc_path_line(p, x, y + 8);
    stroke(p, x + 8, y + 9, x + 15, y + 9);
}

void nc_line_browser(nc_path_builder *p, nc_lay_rect b)
{
    const double y = b.y + NC_BROWSER_BAR;
    const double x = b.x + 46;
    const double end = right(b) - 14;
    stroke(p, b.x, y, right(b), y);
    nc_path_move(p, x, y - 4);
    nc_path_quarter(p, x - 5, y - 9, true);
    nc_path_quarter(p, x, y - 14, false);
    nc_path_line(p, end, y - 14);
    nc_path_quarter(p, end + 5, y - 9, true);
    nc_path_quarter(p, end, y - 4, false);
    nc_path_close(p);
}

void nc_ink_dots(nc_path_builder *p, nc_lay_rect b)
{
    for (int i = 0; i < 3; i++)
        disc(p, b.x + 12 + 9 * i, b.y + NC_BROWSER_BAR / 2, 2);
}

/* Where a person's body begins: the head is sunk into it by a quarter of its radius. */
static double shoulders(nc_lay_rect b)
{
    return b.y + 2 * ceil(1.75 * nc_head_radius(b.w) / 2);
}

void nc_back_head(nc_path_builder *p, nc_lay_rect b)
{
    const double r = nc_head_radius(b.w);
    disc(p, middle_x(b), b.y + r, r);
}

/* Sloping shoulders: the upper corners are rounded wider than the lower ones. */
static double shoulder_radius(nc_lay_rect b)
{
    return fmin(22, 0.45 * (bottom(b) - shoulders(b)));
}

void nc_path_body(nc_path_builder *p, nc_lay_rect b)
{
    const double y = shoulders(b);
    const double r = shoulder_radius(b);
    const double foot = 6;
    nc_path_move(p, b.x, y + r);
    nc_path_quarter(p, b.x + r, y, false);
    nc_path_line(p, right(b) - r, y);
    nc_path_quarter(p, right(b), y + r, true);
    nc_path_line(p, right(b), bottom(b) - foot);
    nc_path_quarter(p, right(b) - foot, bottom(b), false);
    nc_path_line(p, b.x + foot, bottom(b));
    nc_path_quarter(p, b.x, bottom(b) - foot, true);
    nc_path_close(p);
}

/* Head and body in one line, for clipping: the cheeks are straight below the head's middle. */
void nc_path_person(nc_path_builder *p, nc_lay_rect b)
{
    const double y = shoulders(b);
    const double r = shoulder_radius(b);
    const double head = nc_head_radius(b.w);
    const double rise = y - (b.y + head);
    const double neck = sqrt(fmax(0, head * head - rise * rise));
    const double x = middle_x(b);
    nc_path_move(p, b.x, y + r);
    nc_path_quarter(p, b.x + r, y, false);
    nc_path_line(p, x - neck, y);
    nc_path_line(p, x - head, b.y + head);
    nc_path_quarter(p, x, b.y, false);
    nc_path_quarter(p, x + head, b.y + head, true);
    nc_path_line(p, x + neck, y);
    nc_path_line(p, right(b) - r, y);
    nc_path_quarter(p, right(b), y + r, true);
    nc_path_line(p, right(b), bottom(b));
    nc_path_line(p, b.x, bottom(b));
    nc_path_close(p);
}

/* The point of the ellipse inscribed in b, shrunk by `scale`, at `turn` of a full turn from the
 * right, clockwise. */
static nc_point on_ellipse(nc_lay_rect b, double scale, double turn)
{
    const double angle = 2 * 3.14159265358979323846 * turn;
    return (nc_point){middle_x(b) + b.w / 2 * scale * cos(angle),
                      middle_y(b) + b.h / 2 * scale * sin(angle)};
}

enum { BANG_SPIKES = 16, CLOUD_BUMPS = 8 };

void nc_path_bang(nc_path_builder *p, nc_lay_rect b)
{
    const double inner = 1 / 1.25;
    for (int i = 0; i < 2 * BANG_SPIKES; i++) {
        const nc_point q = on_ellipse(b, i % 2 ? inner : 1, (double)i / (2 * BANG_SPIKES));
        if (i == 0)
            nc_path_move(p, q.x, q.y);
        else
            nc_path_line(p, q.x, q.y);
    }
    nc_path_close(p);
}

/*
 * Valleys on an inner ellipse, bumps between them whose tops touch the box: the controls of a bump
 * are its ends pushed outwards by the factor that puts the middle of the cubic on the outer ellipse.
 */
void nc_path_cloud(nc_path_builder *p, nc_lay_rect b)
{
    const double inner = 1 / 1.28;
    const double chord = cos(3.14159265358979323846 / CLOUD_BUMPS);
    const double push = (4 / (inner * chord) - 1) / 3 * inner;
    for (int i = 0; i < CLOUD_BUMPS; i++) {
        const double from = (i - 0.5) / CLOUD_BUMPS;
        const double to = (i + 0.5) / CLOUD_BUMPS;
        const nc_point start = on_ellipse(b, inner, from);
        const nc_point end = on_ellipse(b, inner, to);
        const nc_point c1 = on_ellipse(b, push, from);
        const nc_point c2 = on_ellipse(b, push, to);
        if (i == 0)
            nc_path_move(p, start.x, start.y);
        nc_path_cubic(p, c1.x, c1.y, c2.x, c2.y, end.x, end.y);
    }
    nc_path_close(p);
}

void nc_path_diam(nc_path_builder *p, nc_lay_rect b)
{
    POLYGON(p, {middle_x(b), b.y}, {right(b), middle_y(b)}, {middle_x(b), bottom(b)},
            {b.x, middle_y(b)});
}

void nc_path_hex(nc_path_builder *p, nc_lay_rect b)
{
    const double side = nc_hex_side(b.h);
    POLYGON(p, {b.x + side, b.y}, {right(b) - side, b.y}, {right(b), middle_y(b)},
            {right(b) - side, bottom(b)}, {b.x + side, bottom(b)}, {b.x, middle_y(b)});
}

void nc_path_lean_r(nc_path_builder *p, nc_lay_rect b)
{
    const double s = nc_lean(b.h);
    POLYGON(p, {b.x + s, b.y}, {right(b), b.y}, {right(b) - s, bottom(b)}, {b.x, bottom(b)});
}

void nc_path_lean_l(nc_path_builder *p, nc_lay_rect b)
{
    const double s = nc_lean(b.h);
    POLYGON(p, {b.x, b.y}, {right(b) - s, b.y}, {right(b), bottom(b)}, {b.x + s, bottom(b)});
}

void nc_path_trap_b(nc_path_builder *p, nc_lay_rect b)
{
    const double s = nc_lean(b.h);
    POLYGON(p, {b.x + s, b.y}, {right(b) - s, b.y}, {right(b), bottom(b)}, {b.x, bottom(b)});
}

void nc_path_trap_t(nc_path_builder *p, nc_lay_rect b)
{
    const double s = nc_lean(b.h);
    POLYGON(p, {b.x, b.y}, {right(b), b.y}, {right(b) - s, bottom(b)}, {b.x + s, bottom(b)});
}

void nc_path_notch_rect(nc_path_builder *p, nc_lay_rect b)
{
    POLYGON(p, {b.x + NC_CUT, b.y}, {right(b), b.y}, {right(b), bottom(b)}, {b.x, bottom(b)},
            {b.x, b.y + NC_CUT});
}

void nc_path_notch_pent(nc_path_builder *p, nc_lay_rect b)
{
    POLYGON(p, {b.x + NC_CUT, b.y}, {right(b) - NC_CUT, b.y}, {right(b), b.y + NC_CUT},
            {right(b), bottom(b)}, {b.x, bottom(b)}, {b.x, b.y + NC_CUT});
}

void nc_path_eight(nc_path_builder *p, nc_lay_rect b)
{
    const double c = NC_CUT;
    POLYGON(p, {b.x + c, b.y}, {right(b) - c, b.y}, {right(b), b.y + c}, {right(b), bottom(b) - c},
            {right(b) - c, bottom(b)}, {b.x + c, bottom(b)}, {b.x, bottom(b) - c}, {b.x, b.y + c});
}

/* The waist has a width of one, so that the outline is a plain polygon. */
void nc_path_hourglass(nc_path_builder *p, nc_lay_rect b)
{
    POLYGON(p, {b.x, b.y}, {right(b), b.y}, {middle_x(b) + 0.5, middle_y(b)}, {right(b), bottom(b)},
            {b.x, bottom(b)}, {middle_x(b) - 0.5, middle_y(b)});
}

void nc_path_bolt(nc_path_builder *p, nc_lay_rect b)
{
    POLYGON(p, {right(b), b.y}, {b.x + 0.58 * b.w, b.y + 0.44 * b.h}, {right(b), b.y + 0.44 * b.h},
            {b.x, bottom(b)}, {b.x + 0.42 * b.w, b.y + 0.56 * b.h}, {b.x, b.y + 0.56 * b.h});
}

/* Closes an outline whose lower edge is a document's wave, from the right side to the left. */
static void wavy_bottom(nc_path_builder *p, double left_x, double right_x, double y)
{
    nc_path_line(p, right_x, y - NC_WAVE);
    wave(p, right_x, left_x, y - NC_WAVE, -NC_WAVE);
    nc_path_close(p);
}

void nc_path_doc(nc_path_builder *p, nc_lay_rect b)
{
    nc_path_move(p, b.x, b.y);
    nc_path_line(p, right(b), b.y);
    wavy_bottom(p, b.x, right(b), bottom(b));
}

void nc_line_lin_doc(nc_path_builder *p, nc_lay_rect b)
{
    /* the wave's height a strip from the left, by its first cubic */
    const double t = NC_STRIP / (b.w / 2);
    const double dip = 4 * t * (1 - t) * NC_WAVE;
    stroke(p, b.x + NC_STRIP, b.y, b.x + NC_STRIP, bottom(b) - NC_WAVE + fmin(dip, NC_WAVE));
}

void nc_line_tag_doc(nc_path_builder *p, nc_lay_rect b)
{
    const double t = 18 / (b.w / 2);
    const double rise = 4 * t * (1 - t) * NC_WAVE;
    stroke(p, right(b) - 18, bottom(b) - NC_WAVE - fmin(rise, NC_WAVE), right(b),
           bottom(b) - NC_WAVE - 16);
}

void nc_line_tag_rect(nc_path_builder *p, nc_lay_rect b)
{
    stroke(p, right(b) - 14, bottom(b), right(b), bottom(b) - 14);
}

void nc_path_delay(nc_path_builder *p, nc_lay_rect b)
{
    const double r = fmin(b.h / 2, b.w);
    nc_path_move(p, b.x, b.y);
    nc_path_line(p, right(b) - r, b.y);
    nc_path_quarter(p, right(b), middle_y(b), true);
    nc_path_quarter(p, right(b) - r, bottom(b), false);
    nc_path_line(p, b.x, bottom(b));
    nc_path_close(p);
}

void nc_path_display(nc_path_builder *p, nc_lay_rect b)
{
    const double r = b.h / 2;
    const double side = nc_hex_side(b.h);
    nc_path_move(p, b.x + side, b.y);
    nc_path_line(p, right(b) - r, b.y);
    nc_path_quarter(p, right(b), middle_y(b), true);
    nc_path_quarter(p, right(b) - r, bottom(b), false);
    nc_path_line(p, b.x + side, bottom(b));
    nc_path_line(p, b.x, middle_y(b));
    nc_path_close(p);
}

void nc_line_divided(nc_path_builder *p, nc_lay_rect b)
{
    const double y = b.y + nc_divider(b.h);
    stroke(p, b.x, y, right(b), y);
}

void nc_path_tri(nc_path_builder *p, nc_lay_rect b)
{
    POLYGON(p, {middle_x(b), b.y}, {right(b), bottom(b)}, {b.x, bottom(b)});
}

void nc_path_flip_tri(nc_path_builder *p, nc_lay_rect b)
{
    POLYGON(p, {b.x, b.y}, {right(b), b.y}, {middle_x(b), bottom(b)});
}

void nc_line_pane(nc_path_builder *p, nc_lay_rect b)
{
    stroke(p, b.x + NC_PANE, b.y, b.x + NC_PANE, bottom(b));
    stroke(p, b.x, b.y + NC_PANE, right(b), b.y + NC_PANE);
}

void nc_path_slope(nc_path_builder *p, nc_lay_rect b)
{
    POLYGON(p, {b.x, b.y + NC_SLOPE}, {right(b), b.y}, {right(b), bottom(b)}, {b.x, bottom(b)});
}

/* The upper left staircase of three sheets, the front one at the lower left. */
static void stairs(nc_path_builder *p, nc_lay_rect b)
{
    const double d = NC_STACK;
    nc_path_move(p, b.x, b.y + 2 * d);
    nc_path_line(p, b.x + d, b.y + 2 * d);
    nc_path_line(p, b.x + d, b.y + d);
    nc_path_line(p, b.x + 2 * d, b.y + d);
    nc_path_line(p, b.x + 2 * d, b.y);
    nc_path_line(p, right(b), b.y);
}

/* The lower right staircase; y is the bottom of the front sheet's right side. */
static void stairs_down(nc_path_builder *p, nc_lay_rect b, double y)
{
    const double d = NC_STACK;
    nc_path_line(p, right(b), y - 2 * d);
    nc_path_line(p, right(b) - d, y - 2 * d);
    nc_path_line(p, right(b) - d, y - d);
    nc_path_line(p, right(b) - 2 * d, y - d);
}

/* The edges of the two front sheets inside the common outline. */
static void sheets(nc_path_builder *p, nc_lay_rect b, double y)
{
    const double d = NC_STACK;
    nc_path_move(p, b.x + d, b.y + 2 * d);
    nc_path_line(p, right(b) - 2 * d, b.y + 2 * d);
    nc_path_line(p, right(b) - 2 * d, y - d);
    nc_path_move(p, b.x + 2 * d, b.y + d);
    nc_path_line(p, right(b) - d, b.y + d);
    nc_path_line(p, right(b) - d, y - 2 * d);
}

void nc_path_docs(nc_path_builder *p, nc_lay_rect b)
{
    stairs(p, b);
    stairs_down(p, b, bottom(b) - NC_WAVE);
    wavy_bottom(p, b.x, right(b) - 2 * NC_STACK, bottom(b));
}

void nc_line_docs(nc_path_builder *p, nc_lay_rect b)
{
    sheets(p, b, bottom(b) - NC_WAVE);
}

void nc_path_stack(nc_path_builder *p, nc_lay_rect b)
{
    stairs(p, b);
    stairs_down(p, b, bottom(b));
    nc_path_line(p, right(b) - 2 * NC_STACK, bottom(b));
    nc_path_line(p, b.x, bottom(b));
    nc_path_close(p);
}

void nc_line_stack(nc_path_builder *p, nc_lay_rect b)
{
    sheets(p, b, bottom(b));
}

void nc_path_bow(nc_path_builder *p, nc_lay_rect b)
{
    nc_path_move(p, b.x + NC_BOW, b.y);
    nc_path_line(p, right(b), b.y);
    nc_path_quarter(p, right(b) - NC_BOW, middle_y(b), true);
    nc_path_quarter(p, right(b), bottom(b), false);
    nc_path_line(p, b.x + NC_BOW, bottom(b));
    nc_path_quarter(p, b.x, middle_y(b), true);
    nc_path_quarter(p, b.x + NC_BOW, b.y, false);
    nc_path_close(p);
}

void nc_path_flag(nc_path_builder *p, nc_lay_rect b)
{
    nc_path_move(p, b.x, b.y + NC_WAVE);
    wave(p, b.x, right(b), b.y + NC_WAVE, NC_WAVE);
    wavy_bottom(p, b.x, right(b), bottom(b));
}

void nc_path_odd(nc_path_builder *p, nc_lay_rect b)
{
    POLYGON(p, {b.x, b.y}, {right(b), b.y}, {right(b), bottom(b)}, {b.x, bottom(b)},
            {b.x + floor(b.h / 4), middle_y(b)});
}

/* A sheet whose upper right corner is folded. */
void nc_path_page(nc_path_builder *p, nc_lay_rect b)
{
    POLYGON(p, {b.x, b.y}, {right(b) - NC_FOLD, b.y}, {right(b), b.y + NC_FOLD},
            {right(b), bottom(b)}, {b.x, bottom(b)});
}

void nc_line_page(nc_path_builder *p, nc_lay_rect b)
{
    nc_path_move(p, right(b) - NC_FOLD, b.y);
    nc_path_line(p, right(b) - NC_FOLD, b.y + NC_FOLD);
    nc_path_line(p, right(b), b.y + NC_FOLD);
}

/* A curly brace between x (its ends) and tip (its point). */
static void brace(nc_path_builder *p, nc_lay_rect b, double x, double tip)
{
    const double spine = (x + tip) / 2;
    const double r = fmin(NC_BRACE / 2, b.h / 4);
    nc_path_move(p, x, b.y);
    nc_path_quarter(p, spine, b.y + r, true);
    nc_path_line(p, spine, middle_y(b) - r);
    nc_path_quarter(p, tip, middle_y(b), false);
    nc_path_quarter(p, spine, middle_y(b) + r, true);
    nc_path_line(p, spine, bottom(b) - r);
    nc_path_quarter(p, x, bottom(b), false);
}

void nc_line_brace(nc_path_builder *p, nc_lay_rect b)
{
    brace(p, b, b.x + NC_BRACE, b.x);
}

void nc_line_brace_right(nc_path_builder *p, nc_lay_rect b)
{
    brace(p, b, right(b) - NC_BRACE, right(b));
}

void nc_line_braces(nc_path_builder *p, nc_lay_rect b)
{
    nc_line_brace(p, b);
    nc_line_brace_right(p, b);
}

void nc_line_bracket(nc_path_builder *p, nc_lay_rect b)
{
    nc_path_move(p, b.x + 8, b.y);
    nc_path_line(p, b.x, b.y);
    nc_path_line(p, b.x, bottom(b));
    nc_path_line(p, b.x + 8, bottom(b));
}

void nc_line_ring(nc_path_builder *p, nc_lay_rect b)
{
    ellipse(p, inset(b, 4));
}

void nc_line_event(nc_path_builder *p, nc_lay_rect b)
{
    ellipse(p, inset(b, 3));
}

/* A second diamond whose sides run 4 px inside the first: its corners lie further in. */
void nc_line_gateway(nc_path_builder *p, nc_lay_rect b)
{
    const double k = 4 * hypot(b.w, b.h) / (b.w * b.h); /* of the whole axis, at each end */
    const nc_lay_rect in = {b.x + k * b.w, b.y + k * b.h, b.w * (1 - 2 * k), b.h * (1 - 2 * k)};
    nc_path_diam(p, in);
}

void nc_ink_core(nc_path_builder *p, nc_lay_rect b)
{
    ellipse(p, inset(b, 3.5));
}

void nc_line_cross(nc_path_builder *p, nc_lay_rect b)
{
    const double d = b.w / 2 * (1 - 0.70710678118654752);
    stroke(p, b.x + d, b.y + d, right(b) - d, bottom(b) - d);
    stroke(p, right(b) - d, b.y + d, b.x + d, bottom(b) - d);
}

void nc_line_double(nc_path_builder *p, nc_lay_rect b)
{
    const nc_lay_rect in = inset(b, 4);
    POLYGON(p, {in.x, in.y}, {right(in), in.y}, {right(in), bottom(in)}, {in.x, bottom(in)});
}

void nc_line_collapsed(nc_path_builder *p, nc_lay_rect b)
{
    const double y = bottom(b) - 16;
    for (double x = b.x + 8; x + 4 <= right(b) - 8; x += 8)
        stroke(p, x, y, x + 4, y);
}

void nc_ink_collapsed(nc_path_builder *p, nc_lay_rect b)
{
    for (int i = -1; i <= 1; i++)
        disc(p, middle_x(b) + 8 * i, bottom(b) - 8, 1.75);
}
