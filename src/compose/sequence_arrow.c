/* The ends of messages: filled, open, cross, half and stick heads. */
#include "compose/sequence_parts.h"

/* Filled heads are 9 long and 7.5 wide with a slightly hollow back, like those of edges. */
static const double head_length = 9;
static const double head_half = 3.75;
static const double head_hollow = 1.5;
static const double stroke_width = 1.4;

/* Where a line stops and how its head is drawn; d is the direction, s -1 above the line, 1 below. */
typedef struct head_class {
    double inset;
    bool filled;
    double side; /* of half and stick heads */
    void (*draw)(nc_path_builder *b, double x, double y, double d, double s);
} head_class;

static void draw_arrow(nc_path_builder *b, double x, double y, double d, double s)
{
    (void)s;
    nc_path_move(b, x, y);
    nc_path_line(b, x - d * head_length, y - head_half);
    nc_path_line(b, x - d * (head_length - head_hollow), y);
    nc_path_line(b, x - d * head_length, y + head_half);
    nc_path_close(b);
}

/* The cross stands a little before the lifeline: the message did not arrive. */
static void draw_cross(nc_path_builder *b, double x, double y, double d, double s)
{
    double centre = x - d * 7;
    (void)s;
    nc_path_move(b, centre - 4, y - 4);
    nc_path_line(b, centre + 4, y + 4);
    nc_path_move(b, centre - 4, y + 4);
    nc_path_line(b, centre + 4, y - 4);
}

static void draw_open(nc_path_builder *b, double x, double y, double d, double s)
{
    (void)s;
    nc_path_move(b, x - d * (head_length - 1), y - head_half - 0.75);
    nc_path_line(b, x - d * 0.7, y);
    nc_path_line(b, x - d * (head_length - 1), y + head_half + 0.75);
}

static void draw_half(nc_path_builder *b, double x, double y, double d, double s)
{
    double base = y - s * stroke_width / 2; /* the line's own edge belongs to the head */
    nc_path_move(b, x, base);
    nc_path_line(b, x - d * head_length, y + s * (head_half + 1.25));
    nc_path_line(b, x - d * head_length, base);
    nc_path_close(b);
}

static void draw_stick(nc_path_builder *b, double x, double y, double d, double s)
{
    nc_path_move(b, x - d * (head_length - 0.5), y + s * (head_half + 1.75));
    nc_path_line(b, x - d * 0.7, y);
}

static const head_class heads[] = {
    [NC_SEQ_HEAD_NONE] = {0},
    [NC_SEQ_HEAD_ARROW] = {.inset = 7, .filled = true, .draw = draw_arrow},
    [NC_SEQ_HEAD_CROSS] = {.inset = 7, .draw = draw_cross},
    [NC_SEQ_HEAD_OPEN] = {.inset = 1, .draw = draw_open},
    [NC_SEQ_HEAD_HALF_TOP] = {.inset = 5, .filled = true, .side = -1, .draw = draw_half},
    [NC_SEQ_HEAD_HALF_BOTTOM] = {.inset = 5, .filled = true, .side = 1, .draw = draw_half},
    [NC_SEQ_HEAD_STICK_TOP] = {.inset = 0.7, .side = -1, .draw = draw_stick},
    [NC_SEQ_HEAD_STICK_BOTTOM] = {.inset = 0.7, .side = 1, .draw = draw_stick},
};
static_assert(NC_COUNT(heads) == NC_SEQ_HEAD_COUNT, "a head has no row");

double nc_seq_head_inset(nc_seq_head head)
{
    return heads[head].inset;
}

bool nc_seq_draw_head(nc_scene *scene, nc_seq_head head, double x, double y, double direction,
                      nc_paint paint)
{
    const head_class *h = &heads[head];
    nc_shape shape = {.kind = NC_SHAPE_PATH, .part = NC_PART_EDGE_HEAD};
    nc_path_builder b;
    if (!h->draw)
        return true;
    nc_path_init(&b, scene->arena);
    h->draw(&b, x, y, direction, h->side);
    if (h->filled)
        shape.fill = paint;
    else
        shape.stroke = (nc_stroke){.paint = paint, .width = stroke_width, .cap = NC_CAP_ROUND};
    return nc_path_take(&shape.path, &b) && nc_scene_shape(scene, &shape);
}
