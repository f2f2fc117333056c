#include "icon/path_data.h"

#include "icon/numbers.h"

static const double PI = 3.14159265358979323846;
enum { POINTS_MOST = 1 << 18 }; /* of all paths of a drawing */

/* Points are those of the text, before the transformation. */
typedef struct pen {
    nc_path_builder *b;
    const nc_matrix *m;
    nc_point at, start;
    nc_point control; /* last one of the command before, for S and T */
    char last;        /* that command, upper case */
    bool open;        /* a subpath has begun */
} pen;

static void move_to(pen *p, nc_point to)
{
    const nc_point q = nc_matrix_apply(p->m, to.x, to.y);
    nc_path_move(p->b, q.x, q.y);
    p->at = p->start = to;
    p->open = true;
}

/* What follows a Z begins where the closed subpath began. */
static void begin(pen *p)
{
    if (!p->open)
        move_to(p, p->at);
}

static void line_to(pen *p, nc_point to)
{
    begin(p);
    const nc_point q = nc_matrix_apply(p->m, to.x, to.y);
    nc_path_line(p->b, q.x, q.y);
    p->at = to;
}

static void cubic_to(pen *p, nc_point c1, nc_point c2, nc_point to)
{
    begin(p);
    const nc_point a = nc_matrix_apply(p->m, c1.x, c1.y);
    const nc_point b = nc_matrix_apply(p->m, c2.x, c2.y);
    const nc_point q = nc_matrix_apply(p->m, to.x, to.y);
    nc_path_cubic(p->b, a.x, a.y, b.x, b.y, q.x, q.y);
    p->control = c2;
    p->at = to;
}

static nc_point between(nc_point a, nc_point b, double t)
{
    return (nc_point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

static void quadratic_to(pen *p, nc_point c, nc_point to)
{
    begin(p);
    cubic_to(p, between(p->at, c, 2.0 / 3), between(to, c, 2.0 / 3), to);
    p->control = c;
}

/* The control point of the command before, seen from the other side; else where the pen is. */
static nc_point mirrored(const pen *p, const char *kin)
{
    if (!p->last || !strchr(kin, p->last))
        return p->at;
    return (nc_point){2 * p->at.x - p->control.x, 2 * p->at.y - p->control.y};
}

/* Of an ellipse about `centre`, turned by cos, sin. */
typedef struct ring {
    nc_point centre;
    double rx, ry, cos, sin;
} ring;

static nc_point on_ring(const ring *r, double x, double y)
{
    return (nc_point){r->centre.x + r->cos * r->rx * x - r->sin * r->ry * y,
                      r->centre.y + r->sin * r->rx * x + r->cos * r->ry * y};
}

/* An arc of at most a quarter a cubic. */
static void sweep(pen *p, const ring *r, double from, double by, nc_point to)
{
    const int pieces = (int)fmax(1, ceil(fabs(by) / (PI / 2) - 1e-9));
    const double step = by / pieces;
    const double pull = 4.0 / 3 * tan(step / 4);
    for (int i = 0; i < pieces; i++) {
        const double a = from + i * step;
        const double b = a + step;
        const nc_point c1 = on_ring(r, cos(a) - pull * sin(a), sin(a) + pull * cos(a));
        const nc_point c2 = on_ring(r, cos(b) + pull * sin(b), sin(b) - pull * cos(b));
        cubic_to(p, c1, c2, i + 1 == pieces ? to : on_ring(r, cos(b), sin(b)));
    }
}

/* From end points to centre: SVG 1.1, appendix F.6.5 and F.6.6. */
static void arc_to(pen *p, const double *v, nc_point to)
{
    const nc_point from = p->at;
    const bool large = v[3] > 0.5;
    const bool clockwise = v[4] > 0.5;
    ring r = {.rx = fabs(v[0]),
              .ry = fabs(v[1]),
              .cos = cos(v[2] * PI / 180),
              .sin = sin(v[2] * PI / 180)};
    const double hx = (from.x - to.x) / 2;
    const double hy = (from.y - to.y) / 2;
    if (r.rx < 1e-9 || r.ry < 1e-9 || hypot(hx, hy) < 1e-9) {
        line_to(p, to);
        return;
    }
    const double x = r.cos * hx + r.sin * hy;
    const double y = -r.sin * hx + r.cos * hy;
    const double over = x * x / (r.rx * r.rx) + y * y / (r.ry * r.ry);
    if (over > 1) {
        r.rx *= sqrt(over);
        r.ry *= sqrt(over);
    }
    const double u = x / r.rx;
    const double w = y / r.ry;
    const double norm = u * u + w * w;
    const double k = (large == clockwise ? -1 : 1) * sqrt(fmax(0, 1 / norm - 1));
    const double cx = k * w;
    const double cy = -k * u;
    const nc_point middle = between(from, to, 0.5);
    r.centre = (nc_point){middle.x + r.cos * r.rx * cx - r.sin * r.ry * cy,
                          middle.y + r.sin * r.rx * cx + r.cos * r.ry * cy};
    const double a = atan2(w - cy, u - cx);
    double by = atan2(-w - cy, -u - cx) - a;
    if (clockwise && by < 0)
        by += 2 * PI;
    if (!clockwise && by > 0)
        by -= 2 * PI;
    begin(p);
    sweep(p, &r, a, by, to);
}

static uint32_t count_of(char command)
{
    static const char letters[] = "MLHVCSQTAZ";
    static const uint32_t counts[] = {2, 2, 1, 1, 6, 4, 4, 2, 7, 0};
    const char *at = command ? strchr(letters, command) : NULL;
    return at ? counts[at - letters] : UINT32_MAX;
}

/* A command with its numbers; `base`: what relative ones count from. */
static void draw(pen *p, char command, const double *v, nc_point base)
{
    const nc_point one = {base.x + v[0], base.y + v[1]};
    const nc_point two = {base.x + v[2], base.y + v[3]};
    switch (command) {
    case 'M':
        move_to(p, one);
        break;
    case 'L':
        line_to(p, one);
        break;
    case 'H':
        line_to(p, (nc_point){base.x + v[0], p->at.y});
        break;
    case 'V':
        line_to(p, (nc_point){p->at.x, base.y + v[0]});
        break;
    case 'C':
        cubic_to(p, one, two, (nc_point){base.x + v[4], base.y + v[5]});
        break;
    case 'S':
        cubic_to(p, mirrored(p, "CS"), one, two);
        break;
    case 'Q':
        quadratic_to(p, one, two);
        break;
    case 'T':
        quadratic_to(p, mirrored(p, "QT"), one);
        break;
    case 'A':
        arc_to(p, v, (nc_point){base.x + v[5], base.y + v[6]});
        break;
    default: /* Z */
        if (p->open)
            nc_path_close(p->b);
        p->open = false;
        p->at = p->start;
        break;
    }
    p->last = command;
}

/* A flag of an arc is one digit, whatever follows it. */
static bool next_flag(double *out, nc_sv d, size_t *at)
{
    nc_skip_commas(d, at);
    if (*at == d.len || (d.ptr[*at] != '0' && d.ptr[*at] != '1'))
        return false;
    *out = d.ptr[(*at)++] - '0';
    return true;
}

static bool read_numbers(double *v, uint32_t len, char command, nc_sv d, size_t *at)
{
    for (uint32_t i = 0; i < len; i++) {
        const bool flag = command == 'A' && (i == 3 || i == 4);
        if (!(flag ? next_flag(&v[i], d, at) : nc_next_number(&v[i], d, at)))
            return false;
    }
    return true;
}

bool nc_path_data_read(nc_path_builder *b, nc_sv d, const nc_matrix *m)
{
    pen p = {.b = b, .m = m};
    char letter = 0;
    for (size_t at = 0; !b->failed;) {
        double v[7] = {0};
        nc_skip_commas(d, &at);
        if (at == d.len)
            return true;
        if (nc_is_alpha(d.ptr[at]))
            letter = d.ptr[at++];
        else if (letter == 'Z' || letter == 'z')
            return false;
        const bool relative = letter >= 'a';
        const char command = (char)(relative ? letter - 'a' + 'A' : letter);
        const uint32_t len = count_of(command);
        if (len == UINT32_MAX || (!p.last && command != 'M') || b->points.len > POINTS_MOST ||
            !read_numbers(v, len, command, d, &at))
            return false;
        draw(&p, command, v, relative ? p.at : (nc_point){0, 0});
        if (command == 'M') /* more pairs are lines */
            letter = relative ? 'l' : 'L';
    }
    return false;
}

void nc_path_add_ellipse(nc_path_builder *b, const nc_matrix *m, double cx, double cy, double rx,
                         double ry)
{
    pen p = {.b = b, .m = m};
    const ring r = {.centre = {cx, cy}, .rx = rx, .ry = ry, .cos = 1};
    move_to(&p, (nc_point){cx + rx, cy});
    sweep(&p, &r, 0, 2 * PI, (nc_point){cx + rx, cy});
    nc_path_close(b);
}
