#include "compose/edges.h"

#include <math.h>

enum { CORNER_RADIUS = 6 };

/* Heads at a line of usual width; they grow with thicker lines, more slowly than the line. */
static const struct {
    double length; /* from the tip backwards, all of it */
    double cover;  /* the line ends this far before the tip */
} heads[] = {
    [NC_HEAD_NONE] = {0, 0},  [NC_HEAD_POINT] = {9, 7}, [NC_HEAD_CIRCLE] = {7, 3.5},
    [NC_HEAD_CROSS] = {8, 0}, [NC_HEAD_OPEN] = {9, 1},
};
static_assert(NC_COUNT(heads) == NC_HEAD_COUNT, "a head has no row");

static double head_scale(double width)
{
    return width > 1.4 ? 1 + (width - 1.4) / 4 : 1;
}

double nc_head_length(nc_head head, double width)
{
    return heads[head].length * head_scale(width);
}

nc_lay_curve nc_curve_lookup(nc_sv name)
{
    static const struct {
        nc_sv name;
        nc_lay_curve curve;
    } rows[] = {
        {NC_SV_INIT("linear"), NC_LAY_CURVE_STRAIGHT},
        {NC_SV_INIT("step"), NC_LAY_CURVE_STRAIGHT},
        {NC_SV_INIT("stepBefore"), NC_LAY_CURVE_STRAIGHT},
        {NC_SV_INIT("stepAfter"), NC_LAY_CURVE_STRAIGHT},
        {NC_SV_INIT("basis"), NC_LAY_CURVE_SPLINE},
        {NC_SV_INIT("bumpX"), NC_LAY_CURVE_SPLINE},
        {NC_SV_INIT("bumpY"), NC_LAY_CURVE_SPLINE},
        {NC_SV_INIT("cardinal"), NC_LAY_CURVE_SPLINE},
        {NC_SV_INIT("catmullRom"), NC_LAY_CURVE_SPLINE},
        {NC_SV_INIT("monotoneX"), NC_LAY_CURVE_SPLINE},
        {NC_SV_INIT("monotoneY"), NC_LAY_CURVE_SPLINE},
        {NC_SV_INIT("natural"), NC_LAY_CURVE_SPLINE},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++)
        if (nc_sv_eq(name, rows[i].name))
            return rows[i].curve;
    return NC_LAY_CURVE_ROUNDED;
}

/* A frame at an end of a line: `tip` on the outline, (x, y) the unit vector that points at it. */
typedef struct end_frame {
    nc_lay_point tip;
    double x, y;
    double length; /* of the straight piece that leads to the tip */
} end_frame;

static end_frame frame_at(nc_lay_point before, nc_lay_point tip)
{
    const double dx = tip.x - before.x;
    const double dy = tip.y - before.y;
    const double length = hypot(dx, dy);
    if (length <= 0)
        return (end_frame){tip, 0, 1, 0};
    return (end_frame){tip, dx / length, dy / length, length};
}

/* The point `back` behind the tip and `aside` to the line's left. */
static nc_point at(const end_frame *f, double back, double aside)
{
    return (nc_point){f->tip.x - back * f->x + aside * f->y, f->tip.y - back * f->y - aside * f->x};
}

static void move(nc_path_builder *p, nc_point q)
{
    nc_path_move(p, q.x, q.y);
}

static void line(nc_path_builder *p, nc_point q)
{
    nc_path_line(p, q.x, q.y);
}

static void triangle(nc_path_builder *p, const end_frame *f, double k)
{
    const nc_point left = at(f, 9 * k, 3.75 * k);
    const nc_point c1 = at(f, 7.8 * k, 1.5 * k);
    const nc_point c2 = at(f, 7.8 * k, -1.5 * k);
    const nc_point right = at(f, 9 * k, -3.75 * k);
    nc_path_move(p, f->tip.x, f->tip.y);
    line(p, left);
    nc_path_cubic(p, c1.x, c1.y, c2.x, c2.y, right.x, right.y);
    nc_path_close(p);
}

static void cross(nc_path_builder *p, const end_frame *f, double k)
{
    const double arm = 4 * 0.70710678118654752 * k;
    const double mid = 8 * k - arm; /* its far arms end where the head's length does */
    move(p, at(f, mid + arm, arm));
    line(p, at(f, mid - arm, -arm));
    move(p, at(f, mid + arm, -arm));
    line(p, at(f, mid - arm, arm));
}

static void chevron(nc_path_builder *p, const end_frame *f, double k, double width)
{
    move(p, at(f, 9 * k, 4.5 * k));
    line(p, at(f, width / 2, 0));
    line(p, at(f, 9 * k, -4.5 * k));
}

static bool draw_head(nc_scene *scene, nc_head head, const end_frame *f, const nc_look *look)
{
    if (head == NC_HEAD_NONE)
        return true;
    const double k = head_scale(look->width);
    nc_shape shape = {.kind = NC_SHAPE_PATH, .part = NC_PART_EDGE_HEAD, .opacity = look->opacity};
    nc_path_builder p;
    nc_path_init(&p, scene->arena);
    switch (head) {
    case NC_HEAD_POINT:
        triangle(&p, f, k);
        shape.fill = look->line;
        break;
    case NC_HEAD_CIRCLE: {
        const nc_point c = at(f, 3.5 * k, 0);
        shape.kind = NC_SHAPE_ELLIPSE;
        shape.x = c.x - 3.5 * k;
        shape.y = c.y - 3.5 * k;
        shape.w = shape.h = 7 * k;
        shape.fill = look->line;
        return nc_scene_shape(scene, &shape);
    }
    case NC_HEAD_CROSS:
        cross(&p, f, k);
        shape.stroke = (nc_stroke){look->line, look->width, 0, 0, NC_CAP_ROUND};
        break;
    case NC_HEAD_OPEN:
        chevron(&p, f, k, look->width);
        shape.stroke = (nc_stroke){look->line, look->width, 0, 0, NC_CAP_ROUND};
        break;
    case NC_HEAD_NONE:
    case NC_HEAD_COUNT:
        break;
    }
    return nc_path_take(&shape.path, &p) && nc_scene_shape(scene, &shape);
}

/* How far the line is cut: never more than half of its straight piece. */
static double cut(nc_head head, const end_frame *f, double width)
{
    const double cover = heads[head].cover * head_scale(width);
    return cover < f->length / 2 ? cover : f->length / 2;
}

static bool draw_line(nc_scene *scene, const nc_wire *wire, const nc_lay_point *points,
                      uint32_t len)
{
    nc_lay_segment *segments = NC_NEW(scene->arena, nc_lay_segment, nc_lay_segment_max(len));
    if (!segments)
        return false;
    const size_t count = nc_lay_draw(segments, points, len, wire->curve, CORNER_RADIUS);
    nc_path_builder p;
    nc_path_init(&p, scene->arena);
    if (!NC_FIT(scene->arena, &p.verbs, (uint32_t)count) ||
        !NC_FIT(scene->arena, &p.points, 3 * (uint32_t)count))
        return false;
    for (size_t i = 0; i < count; i++) {
        const nc_lay_point *q = segments[i].p;
        switch (segments[i].verb) {
        case NC_LAY_MOVE:
            nc_path_move(&p, q[0].x, q[0].y);
            break;
        case NC_LAY_LINE:
            nc_path_line(&p, q[0].x, q[0].y);
            break;
        case NC_LAY_CUBIC:
            nc_path_cubic(&p, q[0].x, q[0].y, q[1].x, q[1].y, q[2].x, q[2].y);
            break;
        }
    }
    nc_shape shape = {.kind = NC_SHAPE_PATH,
                      .part = NC_PART_EDGE_PATH,
                      .stroke = nc_look_stroke(&wire->look),
                      .opacity = wire->look.opacity,
                      .css_class = wire->css_class};
    return nc_path_take(&shape.path, &p) && nc_scene_shape(scene, &shape);
}

bool nc_wire_draw(nc_scene *scene, const nc_wire *wire, const nc_lay_point *points, uint32_t len)
{
    if (len < 2)
        return true;
    nc_lay_point *cut_points = NC_NEW(scene->arena, nc_lay_point, len);
    if (!cut_points)
        return false;
    memcpy(cut_points, points, len * sizeof *points);
    const end_frame tail = frame_at(points[1], points[0]);
    const end_frame head = frame_at(points[len - 2], points[len - 1]);
    const double tail_cut = cut(wire->tail, &tail, wire->look.width);
    const double head_cut = cut(wire->head, &head, wire->look.width);
    const nc_point first = at(&tail, tail_cut, 0);
    const nc_point last = at(&head, head_cut, 0);
    cut_points[0] = (nc_lay_point){first.x, first.y};
    cut_points[len - 1] = (nc_lay_point){last.x, last.y};
    return draw_line(scene, wire, cut_points, len) &&
           draw_head(scene, wire->tail, &tail, &wire->look) &&
           draw_head(scene, wire->head, &head, &wire->look);
}
