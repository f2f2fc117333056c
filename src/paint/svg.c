/*
 * nacre's own SVG. Real text, groups with meaning, colours as attributes: what viewers without CSS,
 * scripts or web fonts still show. docs/svg.md promises the dialect.
 *
 * Two walks over the scene: the first collects the characters each face must carry and a hash that
 * makes names unique on a page; the second writes.
 */
#include "icon/image.h"
#include "paint/paint.h"
#include "paint/svg_style.h"
#include "paint/svg_text.h"
#include "paint/xml.h"

#include <stdio.h>

typedef struct open_group {
    bool linked; /* was an <a> opened around it? */
    bool spread; /* each thing in it has a line of its own */
} open_group;

typedef struct painter {
    nc_buf *out;
    nc_svg_paints paints;
    nc_arena *arena;
    char prefix[NC_PREFIX_MAX]; /* of ids and of the font family; the root's own id */
    nc_svg_faces faces;
    NC_VEC(open_group) open;
} painter;

static void put_paint(painter *p, const char *name, nc_paint paint)
{
    if (!nc_paint_is_none(paint))
        nc_xml_color(p->out, name, nc_theme_color(p->paints.theme, paint));
}

static void put_stroke(painter *p, const nc_stroke *stroke)
{
    if (nc_paint_is_none(stroke->paint) || stroke->width <= 0)
        return;
    put_paint(p, "stroke", stroke->paint);
    if (stroke->width < 1 || stroke->width > 1) /* 1 is SVG's own */
        nc_xml_number(p->out, "stroke-width", stroke->width);
    if (stroke->dash > 0 || stroke->gap > 0) {
        NC_BUF_LIT(p->out, " stroke-dasharray=\"");
        nc_buf_num(p->out, stroke->dash);
        nc_buf_char(p->out, ' ');
        nc_buf_num(p->out, stroke->gap);
        nc_buf_char(p->out, '"');
    }
    if (stroke->cap != NC_CAP_BUTT)
        nc_buf_fmt(p->out, " stroke-linecap=\"%s\"",
                   stroke->cap == NC_CAP_ROUND ? "round" : "square");
}

static void put_xy(nc_buf *out, double x, double y)
{
    nc_buf_num(out, x);
    nc_buf_char(out, ' ');
    nc_buf_num(out, y);
}

static bool same(double a, double b)
{
    return a - b < 0.005 && b - a < 0.005;
}

static void put_path(nc_buf *out, const nc_path *path)
{
    const nc_point *p = path->points;
    nc_point at = {0};
    NC_BUF_LIT(out, " d=\"");
    for (uint32_t i = 0; i < path->verb_len; i++) {
        switch (path->verbs[i]) {
        case NC_MOVE:
            nc_buf_char(out, 'M');
            put_xy(out, p->x, p->y);
            at = *p++;
            break;
        case NC_LINE:
            if (same(p->y, at.y)) {
                nc_buf_char(out, 'H');
                nc_buf_num(out, p->x);
            } else if (same(p->x, at.x)) {
                nc_buf_char(out, 'V');
                nc_buf_num(out, p->y);
            } else {
                nc_buf_char(out, 'L');
                put_xy(out, p->x, p->y);
            }
            at = *p++;
            break;
        case NC_CUBIC:
            nc_buf_char(out, 'C');
            for (int k = 0; k < 3; k++) {
                if (k)
                    nc_buf_char(out, ' ');
                put_xy(out, p[k].x, p[k].y);
            }
            at = p[2];
            p += 3;
            break;
        case NC_CLOSE:
            nc_buf_char(out, 'Z');
            break;
        }
    }
    nc_buf_char(out, '"');
}

static void put_box(nc_buf *out, const nc_shape *shape)
{
    nc_xml_number(out, "x", shape->x);
    nc_xml_number(out, "y", shape->y);
    nc_xml_number(out, "width", shape->w);
    nc_xml_number(out, "height", shape->h);
    if (shape->radius > 0)
        nc_xml_number(out, "rx", shape->radius);
}

static void paint_shape(painter *p, const nc_shape *shape)
{
    static const char *const elements[] = {"rect", "ellipse", "line", "path"};
    bool circle = shape->kind == NC_SHAPE_ELLIPSE && same(shape->w, shape->h);
    nc_buf_fmt(p->out, "<%s", circle ? "circle" : elements[shape->kind]);
    nc_svg_class(p->out, &p->paints, nc_part_name(shape->part), shape->css_class, shape->fill,
                 shape->stroke.paint);
    nc_xml_attr(p->out, "data-id", shape->id);
    switch (shape->kind) {
    case NC_SHAPE_RECT:
        put_box(p->out, shape);
        break;
    case NC_SHAPE_ELLIPSE:
        nc_xml_number(p->out, "cx", shape->x + shape->w / 2);
        nc_xml_number(p->out, "cy", shape->y + shape->h / 2);
        nc_xml_number(p->out, circle ? "r" : "rx", shape->w / 2);
        if (!circle)
            nc_xml_number(p->out, "ry", shape->h / 2);
        break;
    case NC_SHAPE_LINE:
        nc_xml_number(p->out, "x1", shape->x);
        nc_xml_number(p->out, "y1", shape->y);
        nc_xml_number(p->out, "x2", shape->x + shape->w);
        nc_xml_number(p->out, "y2", shape->y + shape->h);
        break;
    case NC_SHAPE_PATH:
        put_path(p->out, &shape->path);
        break;
    }
    put_paint(p, "fill", shape->fill);
    if (shape->even_odd)
        NC_BUF_LIT(p->out, " fill-rule=\"evenodd\"");
    put_stroke(p, &shape->stroke);
    if (shape->join != NC_JOIN_MITER)
        nc_buf_fmt(p->out, " stroke-linejoin=\"%s\"",
                   shape->join == NC_JOIN_ROUND ? "round" : "bevel");
    if (shape->opacity > 0)
        nc_xml_number(p->out, "opacity", shape->opacity);
    NC_BUF_LIT(p->out, "/>");
}

/* What assistive technology is told a group is; NULL: nothing of its own. */
static const char *aria_role(nc_role role)
{
    switch (role) {
    case NC_ROLE_NODE:
    case NC_ROLE_EDGE:
    case NC_ROLE_PARTICIPANT:
    case NC_ROLE_MESSAGE:
    case NC_ROLE_NOTE:
    case NC_ROLE_SECTION:
    case NC_ROLE_EDGE_LABEL:
        return "graphics-symbol";
    case NC_ROLE_CLUSTER:
    case NC_ROLE_FRAGMENT:
    case NC_ROLE_BOX:
    case NC_ROLE_LEGEND:
        return "graphics-object";
    case NC_ROLE_CLUSTER_TITLE:
    case NC_ROLE_FRAME_TITLE:
    case NC_ROLE_LAYER:
    case NC_ROLE_COUNT:
        break;
    }
    return NULL;
}

/*
 * Texts whose words another group's label says already: they are not to be heard twice. A link must
 * keep its name.
 */
static bool is_said_elsewhere(const nc_group *group)
{
    switch (group->role) {
    case NC_ROLE_CLUSTER_TITLE:
    case NC_ROLE_FRAME_TITLE:
        return true;
    case NC_ROLE_EDGE_LABEL:
        return group->label.len == 0 && group->href.len == 0;
    case NC_ROLE_CLUSTER:
    case NC_ROLE_NODE:
    case NC_ROLE_EDGE:
    case NC_ROLE_PARTICIPANT:
    case NC_ROLE_MESSAGE:
    case NC_ROLE_NOTE:
    case NC_ROLE_FRAGMENT:
    case NC_ROLE_SECTION:
    case NC_ROLE_BOX:
    case NC_ROLE_LEGEND:
    case NC_ROLE_LAYER:
    case NC_ROLE_COUNT:
        break;
    }
    return false;
}

static bool paint_open(painter *p, const nc_group *group)
{
    const bool linked = group->href.len > 0;
    const open_group open = {linked, group->role == NC_ROLE_FRAGMENT};
    if (!NC_PUSH(p->arena, &p->open, open))
        return false;
    if (linked) {
        NC_BUF_LIT(p->out, "<a");
        nc_xml_attr(p->out, "href", group->href);
        nc_xml_attr(p->out, "target", group->target);
        if (group->target.len)
            NC_BUF_LIT(p->out, " rel=\"noopener\"");
        nc_buf_char(p->out, '>');
    }
    NC_BUF_LIT(p->out, "<g");
    nc_svg_class(p->out, &p->paints, nc_role_name(group->role), group->classes, NC_NO_PAINT,
                 NC_NO_PAINT);
    nc_xml_attr(p->out, "data-id", group->id);
    nc_xml_attr(p->out, "data-parent", group->parent);
    nc_xml_attr(p->out, "data-from", group->from);
    nc_xml_attr(p->out, "data-to", group->to);
    nc_xml_attr(p->out, "data-kind", group->kind);
    const char *role = aria_role(group->role);
    if (role && group->label.len) {
        nc_xml_attr(p->out, "role", nc_sv_cstr(role));
        nc_xml_attr(p->out, "aria-label", group->label);
    } else if (is_said_elsewhere(group)) {
        NC_BUF_LIT(p->out, " aria-hidden=\"true\"");
    }
    nc_buf_char(p->out, '>');
    if (group->tooltip.len) {
        NC_BUF_LIT(p->out, "<title>");
        nc_xml_text(p->out, group->tooltip);
        NC_BUF_LIT(p->out, "</title>");
    }
    return true;
}

static void paint_close(painter *p)
{
    NC_BUF_LIT(p->out, "</g>");
    assert(p->open.len > 0);
    if (p->open.ptr[--p->open.len].linked)
        NC_BUF_LIT(p->out, "</a>");
}

static void paint_image(painter *p, const nc_image_item *item)
{
    NC_BUF_LIT(p->out, "<image");
    nc_xml_number(p->out, "x", item->x);
    nc_xml_number(p->out, "y", item->y);
    nc_xml_number(p->out, "width", item->w);
    nc_xml_number(p->out, "height", item->h);
    NC_BUF_LIT(p->out, " preserveAspectRatio=\"none\" href=\"data:image/png;base64,");
    nc_base64(p->out, item->image->bytes);
    NC_BUF_LIT(p->out, "\"/>");
}

static bool paint_items(painter *p, const nc_scene *scene)
{
    for (uint32_t i = 0; i < scene->items.len; i++) {
        const nc_item *item = &scene->items.ptr[i];
        switch (item->kind) {
        case NC_ITEM_OPEN:
            if (!paint_open(p, &item->as.group))
                return false;
            break;
        case NC_ITEM_CLOSE:
            paint_close(p);
            break;
        case NC_ITEM_SHAPE:
            paint_shape(p, &item->as.shape);
            break;
        case NC_ITEM_TEXT:
            nc_svg_text(p->out, &item->as.text, &p->paints, &p->faces);
            break;
        case NC_ITEM_IMAGE:
            paint_image(p, &item->as.image);
            break;
        }
        /* a line end after each thing: a picture in a repository has readable diffs */
        if (p->open.len == 0 || p->open.ptr[p->open.len - 1].spread)
            nc_buf_char(p->out, '\n');
    }
    return true;
}

static void put_named(painter *p, const char *element, nc_sv text)
{
    nc_buf_fmt(p->out, "<%s id=\"%s-%s\">", element, p->prefix, element);
    nc_xml_text(p->out, text);
    nc_buf_fmt(p->out, "</%s>\n", element);
}

static void put_head(painter *p, const nc_scene *scene, const nc_paint_options *options)
{
    nc_buf_fmt(p->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"%s\"", p->prefix);
    nc_xml_number(p->out, "width", scene->w);
    nc_xml_number(p->out, "height", scene->h);
    NC_BUF_LIT(p->out, " viewBox=\"0 0 ");
    put_xy(p->out, scene->w, scene->h);
    NC_BUF_LIT(p->out, "\" role=\"graphics-document document\"");
    nc_xml_attr(p->out, "aria-roledescription", scene->family);
    nc_buf_fmt(p->out, " aria-labelledby=\"%s-title\" aria-describedby=\"%s-desc\"", p->prefix,
               p->prefix);
    char mark[NC_MARK_MAX];
    nc_paint_mark(mark, options);
    nc_buf_fmt(p->out, " data-nacre=\"%s\"", mark);
    NC_BUF_LIT(p->out, " fill=\"none\"");
    if (options->csp) /* what the style element says otherwise, for viewers that take it here */
        NC_BUF_LIT(p->out, " font-variant=\"none\"");
    nc_svg_family(p->out, p->prefix, NC_FACE_REGULAR);
    NC_BUF_LIT(p->out, ">\n");
    put_named(p, "title", scene->title);
    put_named(p, "desc", scene->descr);
}

static void put_ground(painter *p, const nc_scene *scene, const nc_paint_options *options)
{
    nc_rgba ground = nc_paint_ground(options);
    if (ground.a == 0)
        return;
    NC_BUF_LIT(p->out, "<rect class=\"background\"");
    nc_xml_number(p->out, "width", scene->w);
    nc_xml_number(p->out, "height", scene->h);
    nc_xml_color(p->out, "fill", ground);
    NC_BUF_LIT(p->out, "/>\n");
}

static bool put_style(painter *p, nc_fonts *fonts, const nc_paint_options *options)
{
    if (options->csp)
        return true;
    nc_svg_style_begin(p->out);
    if (options->embed_fonts && !nc_svg_faces_put(p->out, &p->faces, fonts))
        return false;
    nc_svg_style_end(p->out, &p->paints, p->prefix, options->css);
    return true;
}

bool nc_paint_svg(nc_buf *out, const nc_scene *scene, nc_fonts *fonts,
                  const nc_paint_options *options)
{
    painter p = {.out = out, .arena = scene->arena};
    assert(scene->depth == 0);
    nc_svg_prefix(p.prefix, scene, options);
    nc_svg_paints_find(&p.paints, scene, options);
    put_head(&p, scene, options);
    nc_xml_source(out, options->source);
    if (!nc_svg_faces_find(&p.faces, p.prefix, scene, fonts) || !put_style(&p, fonts, options))
        return false;
    put_ground(&p, scene, options);
    if (!paint_items(&p, scene))
        return false;
    NC_BUF_LIT(out, "</svg>\n");
    return !out->failed;
}
