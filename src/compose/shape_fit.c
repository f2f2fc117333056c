/*
 * Sizes of figures. Each function knows where the label's rectangle just touches the slanted or
 * round parts of its outline and leaves some air there; lengths are solved, not guessed.
 */
#include "compose/shape_parts.h"

#include <math.h>

static double up(double v)
{
    return 2 * ceil(v / 2 - 1e-9);
}

static double clamp(double v, double low, double high)
{
    return v < low ? low : v > high ? high : v;
}

/* The label stands left and top away from the box's edges, right and bottom likewise. */
static void pad(nc_fit *f, double left, double top, double right, double bottom)
{
    f->label_x = ceil(left);
    f->label_y = ceil(top);
    f->w = up(f->label_x + f->label_w + right);
    f->h = up(f->label_y + f->label_h + bottom);
}

/* Makes the box at least w wide, the label staying in its middle. */
static void widen(nc_fit *f, double w)
{
    const double grow = up(w) - f->w;
    if (grow <= 0)
        return;
    f->w += grow;
    f->label_x += grow / 2;
}

/* The label in the middle of a box of that size. */
static void centre(nc_fit *f, double w, double h)
{
    f->w = up(w);
    f->h = up(h);
    f->label_x = floor((f->w - f->label_w) / 2);
    f->label_y = floor((f->h - f->label_h) / 2);
}

double nc_head_radius(double w)
{
    return floor(clamp(0.16 * w, 12, 20));
}

double nc_lean(double h)
{
    return floor(clamp(0.4 * h, 10, 28));
}

double nc_hex_side(double h)
{
    return floor(clamp(0.36 * h, 10, 28));
}

double nc_divider(double h)
{
    return floor(clamp(0.22 * h, 10, 16));
}

/* How far a half circle of radius r has left its straight side at a height h around its middle. */
static double round_inset(double r, double h)
{
    const double half = h / 2 < r ? h / 2 : r;
    return r - sqrt(r * r - half * half);
}

void nc_fit_rect(nc_fit *f)
{
    pad(f, NC_PAD_X, NC_PAD_Y, NC_PAD_X, NC_PAD_Y);
    widen(f, 48);
}

void nc_fit_rounded(nc_fit *f)
{
    nc_fit_rect(f);
}

void nc_fit_c4_box(nc_fit *f)
{
    pad(f, NC_PAD_X, 14, NC_PAD_X, 14);
}

void nc_fit_stadium(nc_fit *f)
{
    const double h = up(f->label_h + 2 * NC_PAD_Y);
    const double side = fmax(NC_PAD_X, round_inset(h / 2, f->label_h) + 10);
    pad(f, side, NC_PAD_Y, side, NC_PAD_Y);
    widen(f, 1.5 * h);
}

void nc_fit_framed(nc_fit *f)
{
    pad(f, NC_STRIP + 12, NC_PAD_Y, NC_STRIP + 12, NC_PAD_Y);
}

void nc_fit_cyl(nc_fit *f)
{
    pad(f, NC_PAD_X, 2 * NC_CAP + 5, NC_PAD_X, NC_CAP + 4);
    widen(f, 64);
}

void nc_fit_lin_cyl(nc_fit *f)
{
    pad(f, NC_PAD_X, 2 * NC_CAP + NC_LEDGE + 5, NC_PAD_X, NC_CAP + 4);
    widen(f, 64);
}

void nc_fit_data_store(nc_fit *f)
{
    pad(f, NC_PAD_X, 2 * NC_CAP + 2 * NC_LEDGE + 5, NC_PAD_X, NC_CAP + 4);
    widen(f, 64);
}

void nc_fit_folder(nc_fit *f)
{
    pad(f, NC_PAD_X, NC_TAB + NC_PAD_Y, NC_PAD_X, NC_PAD_Y);
    widen(f, 80);
}

void nc_fit_bucket(nc_fit *f)
{
    pad(f, NC_TAPER + 8, 2 * NC_CAP + 5, NC_TAPER + 8, NC_CAP + 6);
    widen(f, 72);
}

void nc_fit_console(nc_fit *f)
{
    pad(f, NC_PAD_X, NC_CONSOLE_BAR + 5, NC_PAD_X, NC_PAD_Y);
    widen(f, 90);
}

void nc_fit_browser(nc_fit *f)
{
    pad(f, NC_PAD_X, NC_BROWSER_BAR + NC_PAD_Y, NC_PAD_X, NC_PAD_Y);
    widen(f, 90);
}

/* The body holds the label; the head stands on it, sunk in by a quarter of its radius. */
static void person(nc_fit *f, double least_w, double pad_y)
{
    pad(f, NC_PAD_X, pad_y, NC_PAD_X, pad_y);
    widen(f, least_w);
    const double above = up(1.75 * nc_head_radius(f->w));
    f->h += above;
    f->label_y += above;
}

void nc_fit_person(nc_fit *f)
{
    person(f, 72, NC_PAD_Y + 1);
}

void nc_fit_c4_person(nc_fit *f)
{
    person(f, 180, 12);
}

void nc_fit_circle(nc_fit *f)
{
    const double d = up(hypot(f->label_w, f->label_h) + 14);
    centre(f, fmax(d, 44), fmax(d, 44));
}

void nc_fit_ring(nc_fit *f)
{
    const double d = up(hypot(f->label_w, f->label_h) + 22);
    centre(f, fmax(d, 52), fmax(d, 52));
}

void nc_fit_event(nc_fit *f)
{
    const double d = up(hypot(f->label_w, f->label_h) + 18);
    centre(f, fmax(d, 40), fmax(d, 40));
}

/* An ellipse around the label's rectangle, of the rectangle's own proportions: axes times root 2. */
void nc_fit_ellipse(nc_fit *f)
{
    const double root = 1.4142135623730951;
    centre(f, fmax(root * f->label_w + 10, 64), fmax(root * f->label_h + 10, 40));
}

/* Bumps and spikes stand on an ellipse that holds the label: nc_path_cloud, nc_path_bang. */
void nc_fit_burst(nc_fit *f)
{
    const double ring = 1.4142135623730951 * 1.32;
    centre(f, fmax(ring * f->label_w + 16, 84), fmax(ring * f->label_h + 16, 60));
}

/*
 * w and h with label_w / w + label_h / h = 1, so that the label's corners touch the slants. Of all
 * such diamonds the least has the label's own slope; flat ones read better than needles, so the
 * slope is kept between one half and one.
 */
void nc_fit_diam(nc_fit *f)
{
    const double w = f->label_w + 8;
    const double h = f->label_h + 6;
    const double slope = clamp(h / w, 0.5, 1);
    centre(f, fmax(w + h / slope, 56), fmax(slope * w + h, 48));
}

void nc_fit_hex(nc_fit *f)
{
    const double h = up(f->label_h + 2 * NC_PAD_Y);
    const double side = nc_hex_side(h) * f->label_h / h + 10;
    pad(f, fmax(side, NC_PAD_X), NC_PAD_Y, fmax(side, NC_PAD_X), NC_PAD_Y);
    widen(f, 64);
}

void nc_fit_lean(nc_fit *f)
{
    const double h = up(f->label_h + 2 * NC_PAD_Y);
    const double side = nc_lean(h) * (1 - NC_PAD_Y / h) + 8;
    pad(f, side, NC_PAD_Y, side, NC_PAD_Y);
    widen(f, 72);
}

void nc_fit_trap(nc_fit *f)
{
    nc_fit_lean(f);
}

void nc_fit_text(nc_fit *f)
{
    pad(f, 6, 4, 6, 4);
}

void nc_fit_bare(nc_fit *f)
{
    pad(f, 8, 6, 8, 6);
}

void nc_fit_lined(nc_fit *f)
{
    pad(f, NC_STRIP + 12, NC_PAD_Y, NC_PAD_X, NC_PAD_Y);
    widen(f, 56);
}

void nc_fit_point(nc_fit *f)
{
    f->w = f->h = 14;
}

void nc_fit_anchor(nc_fit *f)
{
    f->w = f->h = 6;
}

void nc_fit_bar(nc_fit *f)
{
    f->w = 70;
    f->h = 8;
}

void nc_fit_hourglass(nc_fit *f)
{
    f->w = f->h = 30;
}

void nc_fit_bolt(nc_fit *f)
{
    f->w = 34;
    f->h = 64;
}

void nc_fit_choice(nc_fit *f)
{
    f->w = f->h = 28;
}

void nc_fit_cross_circle(nc_fit *f)
{
    f->w = f->h = 40;
}

void nc_fit_brace(nc_fit *f)
{
    pad(f, NC_BRACE + 8, 8, 8, 8);
}

void nc_fit_brace_right(nc_fit *f)
{
    pad(f, 8, 8, NC_BRACE + 8, 8);
}

void nc_fit_braces(nc_fit *f)
{
    pad(f, NC_BRACE + 8, 8, NC_BRACE + 8, 8);
}

void nc_fit_doc(nc_fit *f)
{
    pad(f, NC_PAD_X, NC_PAD_Y, NC_PAD_X, NC_PAD_Y + 2 * NC_WAVE);
}

void nc_fit_lin_doc(nc_fit *f)
{
    pad(f, NC_STRIP + 12, NC_PAD_Y, NC_PAD_X, NC_PAD_Y + 2 * NC_WAVE);
}

void nc_fit_tag_doc(nc_fit *f)
{
    pad(f, NC_PAD_X + 2, NC_PAD_Y, NC_PAD_X + 2, NC_PAD_Y + 4 + 2 * NC_WAVE);
}

void nc_fit_docs(nc_fit *f)
{
    pad(f, NC_PAD_X, NC_PAD_Y + 2 * NC_STACK, NC_PAD_X + 2 * NC_STACK, NC_PAD_Y + 2 * NC_WAVE);
}

void nc_fit_stack(nc_fit *f)
{
    pad(f, NC_PAD_X, NC_PAD_Y + 2 * NC_STACK, NC_PAD_X + 2 * NC_STACK, NC_PAD_Y);
}

void nc_fit_tag_rect(nc_fit *f)
{
    pad(f, NC_PAD_X + 2, NC_PAD_Y, NC_PAD_X + 2, NC_PAD_Y + 2);
}

void nc_fit_page(nc_fit *f)
{
    pad(f, NC_PAD_X, NC_PAD_Y, NC_PAD_X, NC_PAD_Y);
    widen(f, 56);
}

void nc_fit_double_frame(nc_fit *f)
{
    pad(f, NC_PAD_X + 4, NC_PAD_Y + 4, NC_PAD_X + 4, NC_PAD_Y + 4);
}

/* Straight on the left, half a circle on the right. */
void nc_fit_delay(nc_fit *f)
{
    const double h = up(f->label_h + 2 * NC_PAD_Y);
    pad(f, NC_PAD_X, NC_PAD_Y, fmax(NC_PAD_X, round_inset(h / 2, f->label_h) + 10), NC_PAD_Y);
    widen(f, h);
}

/* A point on the left, half a circle on the right. */
void nc_fit_display(nc_fit *f)
{
    const double h = up(f->label_h + 2 * NC_PAD_Y);
    const double left = nc_hex_side(h) * f->label_h / h + 10;
    pad(f, left, NC_PAD_Y, fmax(NC_PAD_X, round_inset(h / 2, f->label_h) + 10), NC_PAD_Y);
    widen(f, 1.5 * h);
}

void nc_fit_h_cyl(nc_fit *f)
{
    pad(f, NC_CAP + 10, NC_PAD_Y, 2 * NC_CAP + 10, NC_PAD_Y);
}

void nc_fit_divided(nc_fit *f)
{
    const double line = nc_divider(f->label_h + 30);
    pad(f, NC_PAD_X, line + 7, NC_PAD_X, 8);
}

/* A triangle of slope 1.3 (width by height) whose label stands 8 above its base. */
void nc_fit_tri(nc_fit *f)
{
    const double slope = 1.3;
    const double h = fmax(8 + f->label_h + (f->label_w + 10) / slope, 44);
    centre(f, slope * h, h);
    f->label_y = f->h - 8 - f->label_h;
}

void nc_fit_flip_tri(nc_fit *f)
{
    nc_fit_tri(f);
    f->label_y = 8;
}

void nc_fit_pane(nc_fit *f)
{
    pad(f, NC_PANE + 12, NC_PANE + 8, 12, 8);
    widen(f, 56);
}

void nc_fit_slope(nc_fit *f)
{
    pad(f, NC_PAD_X, NC_SLOPE + 6, NC_PAD_X, NC_PAD_Y);
    widen(f, 56);
}

void nc_fit_bow(nc_fit *f)
{
    pad(f, NC_BOW + 10, NC_PAD_Y, NC_BOW + 10, NC_PAD_Y);
}

void nc_fit_flag(nc_fit *f)
{
    pad(f, NC_PAD_X, 2 * NC_WAVE + 7, NC_PAD_X, 2 * NC_WAVE + 7);
}

void nc_fit_odd(nc_fit *f)
{
    const double h = up(f->label_h + 2 * NC_PAD_Y);
    pad(f, floor(h / 4) + 10, NC_PAD_Y, NC_PAD_X, NC_PAD_Y);
    widen(f, 64);
}

void nc_fit_collapsed(nc_fit *f)
{
    pad(f, NC_PAD_X, NC_PAD_Y - 2, NC_PAD_X, 22);
    widen(f, 72);
}
