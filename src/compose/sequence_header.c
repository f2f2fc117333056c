/* The eight kinds of participants as UML draws them. */
#include "compose/sequence_placer.h"
#include "compose/sequence_sketch.h"

enum {
    PAD_X = 16,
    PAD_Y = 10,
    CAP = 14,    /* height of a cylinder's ellipse, width of a queue's */
    BEHIND = 6,  /* how far the second box of a collection stands out */
    ICON_H = 40, /* symbols that stand above their label */
    ICON_W = 44,
    ICON_GAP = 4,
    CIRCLE = 34,
    ICON_AIR = 4, /* between an icon of `properties` and what stands beside it */
    ICON_EDGE = 6 /* and the outline around it */
};

/* What a symbol is drawn with. */
typedef struct pen {
    nc_scene *scene;
    nc_paint fill, line, text, link;
} pen;

typedef struct kind_class {
    bool icon;               /* stands above its label, else holds it */
    double more_w, more_h;   /* what the outline takes beside padding and label */
    double shift_x, shift_y; /* from the middle of the outline to that of the label */
    double port_w, port_y;   /* of a symbol: where the message that creates it arrives */
    double icon_x, icon_y;   /* of an icon of `properties`: from the right and top of an outline */
    bool (*draw)(const pen *p, nc_lay_rect at);
} kind_class;

static nc_shape actor_shape(const pen *p, nc_shape_kind kind, double width)
{
    return (nc_shape){.kind = kind, .fill = p->fill, .stroke = {.paint = p->line, .width = width}};
}

static bool draw_rect(const pen *p, double x, double y, double w, double h)
{
    nc_shape shape = actor_shape(p, NC_SHAPE_RECT, 1.25);
    shape.x = x;
    shape.y = y;
    shape.w = w;
    shape.h = h;
    shape.radius = 6;
    return nc_scene_shape(p->scene, &shape);
}

static bool draw_line(const pen *p, double x1, double y1, double x2, double y2)
{
    nc_shape shape = actor_shape(p, NC_SHAPE_LINE, 1.6);
    shape.fill = NC_NO_PAINT;
    shape.x = x1;
    shape.y = y1;
    shape.w = x2 - x1;
    shape.h = y2 - y1;
    shape.stroke.cap = NC_CAP_ROUND;
    return nc_scene_shape(p->scene, &shape);
}

static bool draw_circle(const pen *p, double cx, double top, double size)
{
    nc_shape shape = actor_shape(p, NC_SHAPE_ELLIPSE, 1.6);
    shape.x = cx - size / 2;
    shape.y = top;
    shape.w = shape.h = size;
    return nc_scene_shape(p->scene, &shape);
}

static bool draw_path(const pen *p, nc_path_builder *b, double width, bool filled)
{
    nc_shape shape = actor_shape(p, NC_SHAPE_PATH, width);
    if (!filled) {
        shape.fill = NC_NO_PAINT;
        shape.stroke.cap = NC_CAP_ROUND;
    }
    return nc_path_take(&shape.path, b) && nc_scene_shape(p->scene, &shape);
}

static bool draw_participant(const pen *p, nc_lay_rect at)
{
    return draw_rect(p, at.x, at.y, at.w, at.h);
}

static bool draw_collections(const pen *p, nc_lay_rect at)
{
    double w = at.w - BEHIND;
    double h = at.h - BEHIND;
    return draw_rect(p, at.x + BEHIND, at.y, w, h) && draw_rect(p, at.x, at.y + BEHIND, w, h);
}

/* A stick figure, its middle above the lifeline. */
static bool draw_actor(const pen *p, nc_lay_rect at)
{
    double x = at.x + at.w / 2;
    double y = at.y;
    nc_path_builder b;
    nc_path_init(&b, p->scene->arena);
    nc_path_move(&b, x, y + 14);
    nc_path_line(&b, x, y + 27);
    nc_path_move(&b, x - 11, y + 19);
    nc_path_line(&b, x + 11, y + 19);
    nc_path_move(&b, x - 9, y + ICON_H - 1);
    nc_path_line(&b, x, y + 27);
    nc_path_line(&b, x + 9, y + ICON_H - 1);
    return draw_circle(p, x, y + 1, 13) && draw_path(p, &b, 1.6, false);
}

static bool draw_boundary(const pen *p, nc_lay_rect at)
{
    double x = at.x + at.w / 2;
    double top = at.y + ICON_H - CIRCLE - 1;
    double y = top + CIRCLE / 2.0;
    double bar = x - CIRCLE / 2.0 - 9;
    return draw_circle(p, x, top, CIRCLE) && draw_line(p, bar, y, bar + 9, y) &&
           draw_line(p, bar, y - 12, bar, y + 12);
}

static bool draw_control(const pen *p, nc_lay_rect at)
{
    double x = at.x + at.w / 2;
    double top = at.y + ICON_H - CIRCLE - 1;
    nc_path_builder b;
    nc_path_init(&b, p->scene->arena);
    nc_path_move(&b, x + 5, top - 5);
    nc_path_line(&b, x - 2, top);
    nc_path_line(&b, x + 5, top + 5);
    return draw_circle(p, x, top, CIRCLE) && draw_path(p, &b, 1.6, false);
}

static bool draw_entity(const pen *p, nc_lay_rect at)
{
    double x = at.x + at.w / 2;
    double top = at.y + ICON_H - CIRCLE - 1;
    double y = top + CIRCLE;
    return draw_circle(p, x, top, CIRCLE) && draw_line(p, x - 17, y, x + 17, y);
}

/* A cylinder with a flat ellipse on top. */
static bool draw_database(const pen *p, nc_lay_rect at)
{
    double half = CAP / 2.0;
    double mid = at.x + at.w / 2;
    double right = at.x + at.w;
    double bottom = at.y + at.h;
    nc_path_builder b;
    nc_path_init(&b, p->scene->arena);
    nc_path_move(&b, at.x, at.y + half);
    nc_path_quarter(&b, mid, at.y, false);
    nc_path_quarter(&b, right, at.y + half, true);
    nc_path_line(&b, right, bottom - half);
    nc_path_quarter(&b, mid, bottom, false);
    nc_path_quarter(&b, at.x, bottom - half, true);
    nc_path_close(&b);
    if (!draw_path(p, &b, 1.25, true))
        return false;
    /* The rim: the front half of the ellipse. */
    nc_path_init(&b, p->scene->arena);
    nc_path_move(&b, at.x, at.y + half);
    nc_path_quarter(&b, mid, at.y + CAP, false);
    nc_path_quarter(&b, right, at.y + half, true);
    return draw_path(p, &b, 1.25, false);
}

/* A cylinder on its side, its opening at the right. */
static bool draw_queue(const pen *p, nc_lay_rect at)
{
    double half = CAP / 2.0;
    double mid = at.y + at.h / 2;
    double right = at.x + at.w;
    double bottom = at.y + at.h;
    nc_path_builder b;
    nc_path_init(&b, p->scene->arena);
    nc_path_move(&b, at.x + half, at.y);
    nc_path_line(&b, right - half, at.y);
    nc_path_quarter(&b, right, mid, true);
    nc_path_quarter(&b, right - half, bottom, false);
    nc_path_line(&b, at.x + half, bottom);
    nc_path_quarter(&b, at.x, mid, true);
    nc_path_quarter(&b, at.x + half, at.y, false);
    nc_path_close(&b);
    if (!draw_path(p, &b, 1.25, true))
        return false;
    nc_path_init(&b, p->scene->arena);
    nc_path_move(&b, right - half, at.y);
    nc_path_quarter(&b, right - CAP, mid, true);
    nc_path_quarter(&b, right - half, bottom, false);
    return draw_path(p, &b, 1.25, false);
}

static const kind_class kinds[] = {
    [NC_SEQ_PARTICIPANT] = {.icon_x = ICON_EDGE, .icon_y = ICON_EDGE, .draw = draw_participant},
    [NC_SEQ_ACTOR] = {.icon = true, .port_w = 28, .port_y = 19, .draw = draw_actor},
    [NC_SEQ_BOUNDARY] = {.icon = true,
                         .port_w = 54,
                         .port_y = ICON_H - 1 - CIRCLE / 2,
                         .draw = draw_boundary},
    [NC_SEQ_CONTROL] = {.icon = true,
                        .port_w = CIRCLE + 4,
                        .port_y = ICON_H - 1 - CIRCLE / 2,
                        .draw = draw_control},
    [NC_SEQ_ENTITY] = {.icon = true,
                       .port_w = CIRCLE + 4,
                       .port_y = ICON_H - 1 - CIRCLE / 2,
                       .draw = draw_entity},
    [NC_SEQ_DATABASE] = {.more_h = CAP + CAP / 2 - 4,
                         .shift_y = CAP / 4.0,
                         .icon_x = ICON_EDGE,
                         .icon_y = CAP + 1,
                         .draw = draw_database},
    [NC_SEQ_COLLECTIONS] = {.more_w = BEHIND,
                            .more_h = BEHIND,
                            .shift_x = -BEHIND / 2.0,
                            .shift_y = BEHIND / 2.0,
                            .icon_x = BEHIND + ICON_EDGE,
                            .icon_y = BEHIND + ICON_EDGE,
                            .draw = draw_collections},
    [NC_SEQ_QUEUE] = {.more_w = CAP,
                      .shift_x = -CAP / 4.0,
                      .icon_x = CAP + 2,
                      .icon_y = ICON_EDGE,
                      .draw = draw_queue},
};
static_assert(NC_COUNT(kinds) == NC_SEQ_KIND_COUNT, "a kind has no row");

void nc_seq_header_size(nc_lay_seq_participant *out, nc_seq_kind kind, double label_w,
                        double label_h, double least_w, double least_h, bool has_icon)
{
    const kind_class *k = &kinds[kind];
    const double icon_w = has_icon ? NC_SEQ_ICON + ICON_AIR : 0;
    if (k->icon) {
        out->w = nc_seq_even(fmax(fmax(ICON_W, k->port_w + 2 * icon_w), label_w + 8));
        out->h = nc_seq_even(ICON_H + ICON_GAP + label_h);
        out->port_w = k->port_w;
        out->port_y = k->port_y;
        return;
    }
    /* What stands right of the label, and as much on its left: it stays in the middle. */
    const double beside = (k->more_w / 2) - k->shift_x + PAD_X;
    const double more = has_icon ? fmax(0, k->icon_x + icon_w - beside) : 0;
    out->w = nc_seq_even(fmax(least_w, label_w + 2 * (PAD_X + more) + k->more_w));
    out->h = nc_seq_even(fmax(least_h, label_h + 2 * PAD_Y) + k->more_h);
}

nc_sv nc_seq_header_link(const nc_seq_header *header)
{
    return header->link_len == 1 ? header->links[0].href : (nc_sv){0};
}

/* In the outline's upper right corner, or beside a symbol. */
static bool draw_icon(const pen *p, const kind_class *k, nc_seq_icon icon, nc_lay_rect at)
{
    double x = at.x + at.w - k->icon_x - NC_SEQ_ICON;
    double y = at.y + k->icon_y;
    if (k->icon) {
        x = at.x + at.w / 2 + k->port_w / 2 + ICON_AIR;
        y = at.y;
    }
    return nc_seq_draw_icon(p->scene, icon, x, y, p->text);
}

static bool draw_links(const pen *p, const nc_seq_header *header, double x, double y)
{
    for (uint32_t i = 0; header->link_len > 1 && i < header->link_len; i++) {
        const nc_seq_link *link = &header->links[i];
        const nc_group group = {.role = NC_ROLE_LAYER, .href = link->href};
        const nc_text_item text = {.text = link->name,
                                   .x = x,
                                   .y = y + i * NC_SEQ_LINK_H,
                                   .anchor = NC_ANCHOR_MIDDLE,
                                   .fill = link->href.len ? p->link : p->text};
        if (!nc_scene_open(p->scene, &group) || !nc_scene_text(p->scene, &text) ||
            !nc_scene_close(p->scene))
            return false;
    }
    return true;
}

bool nc_seq_draw_header(nc_scene *scene, const nc_seq_actor *actor, const nc_seq_header *header,
                        nc_lay_rect at, uint32_t column, nc_rgba ground)
{
    const kind_class *k = &kinds[actor->kind];
    pen p = {scene, nc_paint_nth(NC_PAINT(ACTOR_FILL), column),
             nc_paint_nth(NC_PAINT(ACTOR_LINE), column), NC_PAINT(ACTOR_TEXT), NC_PAINT(ACCENT)};
    double label_h = header->label->h + header->links_h;
    double x = at.x + at.w / 2 + k->shift_x;
    double y = at.y + (at.h - label_h) / 2 + k->shift_y;
    if (k->icon) { /* its label and strokes stand on whatever is behind */
        y = at.y + ICON_H + ICON_GAP;
        p.line = nc_seq_ink_for(ground, p.line);
        p.text = nc_seq_ink_for(ground, p.text);
        p.link = nc_seq_ink_for(ground, p.link);
        if (ground.a > 0) /* the theme's fill may be as dark as that ink */
            p.fill = NC_NO_PAINT;
    }
    const nc_text_item text = {.text = header->label,
                               .x = x,
                               .y = y,
                               .anchor = NC_ANCHOR_MIDDLE,
                               .fill = nc_seq_header_link(header).len ? p.link : p.text};
    return k->draw(&p, at) && draw_icon(&p, k, header->icon, at) && nc_scene_text(scene, &text) &&
           draw_links(&p, header, x, y + header->label->h);
}
