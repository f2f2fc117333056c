#include "compose/emblem.h"

#include "icon/icon.h"

#include <math.h>

enum { CAPTION_GAP = 6, CAPTION_PAD = 4, FRAME_PAD = 12 };

static double even(double v)
{
    return 2 * ceil(v / 2 - 1e-9);
}

/* Frame of a picture: round ones go about its corners. */
static void fit_frame(nc_emblem *e, const nc_figure *figure)
{
    double w = e->w;
    double h = e->h;
    if (e->framed && nc_figure_is_round(figure)) {
        w = h = hypot(w, h) + FRAME_PAD;
    } else if (e->framed) {
        w += 2 * FRAME_PAD;
        h += 2 * FRAME_PAD;
    }
    e->frame = (nc_lay_rect){0, 0, even(w), even(h)};
}

void nc_emblem_fit(nc_fit *fit, nc_emblem *e, const nc_figure *figure, double label_w,
                   double label_h)
{
    const bool captioned = label_h > 0;
    fit_frame(e, figure);
    *fit = (nc_fit){.w = e->frame.w, .h = e->frame.h};
    if (captioned) {
        fit->label_w = even(label_w);
        fit->label_h = even(label_h);
        fit->w = fmax(fit->w, fit->label_w + 2 * CAPTION_PAD);
        fit->h += CAPTION_GAP + fit->label_h;
        fit->label_x = (fit->w - fit->label_w) / 2;
        fit->label_y = e->above ? 0 : e->frame.h + CAPTION_GAP;
        if (e->above)
            e->frame.y = fit->label_h + CAPTION_GAP;
    }
    e->frame.x = (fit->w - e->frame.w) / 2;
    e->picture = (nc_lay_rect){e->frame.x + (e->frame.w - e->w) / 2,
                               e->frame.y + (e->frame.h - e->h) / 2, e->w, e->h};
}

/* ---- the polygon that edges end on --------------------------------------------------------- */

enum { ARC_PIECES = 24 };

/* The frame from its lower left to its lower right, over its top. */
static uint32_t put_frame(nc_lay_point *out, const nc_lay_rect *f, bool round)
{
    static const double TURN = 2 * 3.14159265358979323846;
    const nc_lay_point corners[] = {
        {f->x, f->y + f->h}, {f->x, f->y}, {f->x + f->w, f->y}, {f->x + f->w, f->y + f->h}};
    if (!round) {
        memcpy(out, corners, sizeof corners);
        return NC_COUNT(corners);
    }
    /* three quarters of the circle: its foot is the caption's */
    for (uint32_t i = 0; i <= ARC_PIECES; i++) {
        const double angle = TURN * (0.375 + 0.75 * i / ARC_PIECES);
        out[i] =
            (nc_lay_point){f->x + f->w / 2 * (1 + cos(angle)), f->y + f->h / 2 * (1 + sin(angle))};
    }
    return ARC_PIECES + 1;
}

/* Turned upside down within the box: what stood below stands above. */
static void turn(nc_lay_point *points, uint32_t len, double w, double h)
{
    for (uint32_t i = 0; i < len; i++)
        points[i] = (nc_lay_point){w - points[i].x, h - points[i].y};
}

bool nc_emblem_clip(const nc_lay_point **out, uint32_t *len, nc_arena *arena, const nc_emblem *e,
                    const nc_figure *figure, const nc_fit *fit)
{
    const bool round = e->framed && nc_figure_is_round(figure);
    nc_lay_rect frame = e->frame;
    *out = NULL;
    *len = 0;
    if (fit->label_h <= 0 && round)
        return nc_figure_clip(out, len, arena, figure, fit->w, fit->h);
    if (fit->label_h <= 0)
        return true;
    nc_lay_point *points = NC_NEW(arena, nc_lay_point, ARC_PIECES + 8);
    if (!points)
        return false;
    frame.y = 0;
    uint32_t n = put_frame(points, &frame, round);
    const double top = frame.h + CAPTION_GAP;
    const double left = fmin(fit->label_x - CAPTION_PAD, points[0].x);
    const double right = fmax(fit->label_x + fit->label_w + CAPTION_PAD, points[n - 1].x);
    const double neck_left = points[0].x;
    const double neck_right = points[n - 1].x;
    points[n++] = (nc_lay_point){neck_right, top};
    points[n++] = (nc_lay_point){right, top};
    points[n++] = (nc_lay_point){right, fit->h};
    points[n++] = (nc_lay_point){left, fit->h};
    points[n++] = (nc_lay_point){left, top};
    points[n++] = (nc_lay_point){neck_left, top};
    if (e->above)
        turn(points, n, fit->w, fit->h);
    *out = points;
    *len = n;
    return true;
}

void nc_emblem_ports(nc_lay_range ports[NC_LAY_SIDES], const nc_emblem *e)
{
    const nc_lay_rect *f = &e->frame;
    const nc_lay_range down = {f->y + f->h / 4, f->y + 3 * f->h / 4};
    const nc_lay_range across = {f->x + f->w / 4, f->x + 3 * f->w / 4};

    ports[NC_LAY_TOP] = ports[NC_LAY_BOTTOM] = across;
    ports[NC_LAY_LEFT] = ports[NC_LAY_RIGHT] = down;
}

/* ---- drawing ------------------------------------------------------------------------------- */

bool nc_emblem_draw(nc_scene *scene, const nc_emblem *e, const nc_figure *figure, nc_lay_rect box,
                    const nc_look *look)
{
    const nc_lay_rect frame = {box.x + e->frame.x, box.y + e->frame.y, e->frame.w, e->frame.h};
    const nc_lay_rect p = {box.x + e->picture.x, box.y + e->picture.y, e->picture.w, e->picture.h};
    if (e->framed && !nc_figure_draw(scene, figure, frame, look))
        return false;
    if (e->image)
        return nc_scene_image(scene, e->image, p.x, p.y, p.w, p.h);
    return nc_scene_icon(scene, e->icon, p.x, p.y, p.w, p.h, look->line);
}
