#include "scene/dress.h"

static const double shadow_x = 0;
static const double shadow_y = 2.5;

static bool is_thing(nc_role role)
{
    return role == NC_ROLE_NODE || role == NC_ROLE_PARTICIPANT;
}

/* The first filled shape of a thing is its outline; a token says that its author left it alone. */
static bool is_outline(const nc_shape *shape)
{
    return !nc_paint_is_none(shape->fill) && shape->part == NC_PART_NONE;
}

static void widen(nc_shape *shape, const nc_theme *theme)
{
    if (shape->stroke.paint.token != NC_TOKEN_NONE && shape->stroke.width > 0 &&
        shape->stroke.width < theme->line_width)
        shape->stroke.width = theme->line_width;
    /* what is half a circle at its ends, or has square corners on purpose, stays that */
    if (shape->kind == NC_SHAPE_RECT && shape->radius > 0 && shape->radius < shape->h / 2 - 0.5)
        shape->radius = theme->radius < shape->h / 2 ? theme->radius : shape->h / 2;
}

static bool move_path(nc_path *path, nc_arena *a)
{
    nc_point *points = NC_NEW(a, nc_point, (size_t)path->point_len + 1);
    if (!points)
        return false;
    for (uint32_t i = 0; i < path->point_len; i++)
        points[i] = (nc_point){path->points[i].x + shadow_x, path->points[i].y + shadow_y};
    path->points = points;
    return true;
}

static bool add_shadow(nc_scene *out, nc_shape shape, const nc_theme *theme)
{
    if (theme->shadow.a == 0)
        return true;
    shape.part = NC_PART_SHADOW;
    shape.fill = (nc_paint){.color = theme->shadow};
    shape.stroke = (nc_stroke){0};
    shape.css_class = shape.id = (nc_sv){0};
    shape.x += shadow_x;
    shape.y += shadow_y;
    return (shape.kind != NC_SHAPE_PATH || move_path(&shape.path, out->arena)) &&
           nc_scene_shape(out, &shape);
}

/* A thing in the scene: where its group opens, and its outline. */
static uint32_t outline_of(const nc_scene *scene, uint32_t open)
{
    for (uint32_t i = open + 1; i < scene->items.len; i++) {
        const nc_item *item = &scene->items.ptr[i];
        if (item->kind == NC_ITEM_CLOSE)
            break;
        if (item->kind == NC_ITEM_SHAPE && is_outline(&item->as.shape))
            return i;
    }
    return NC_NONE;
}

static bool add_shadows(nc_scene *out, const nc_scene *scene, const nc_theme *theme)
{
    for (uint32_t i = 0; i < scene->items.len; i++) {
        const nc_item *item = &scene->items.ptr[i];
        if (item->kind != NC_ITEM_OPEN || !is_thing(item->as.group.role))
            continue;
        const uint32_t at = outline_of(scene, i);
        if (at == NC_NONE)
            continue;
        nc_shape shape = scene->items.ptr[at].as.shape;
        widen(&shape, theme);
        if (!add_shadow(out, shape, theme))
            return false;
    }
    return true;
}

/* Where the things and lines begin: behind frames and grounds. */
static uint32_t first_thing(const nc_scene *scene)
{
    uint32_t depth = 0;
    for (uint32_t i = 0; i < scene->items.len; i++) {
        const nc_item *item = &scene->items.ptr[i];
        if (item->kind == NC_ITEM_OPEN && depth == 0 &&
            (is_thing(item->as.group.role) || item->as.group.role == NC_ROLE_EDGE ||
             item->as.group.role == NC_ROLE_MESSAGE))
            return i;
        if (item->kind == NC_ITEM_SHAPE && depth == 0 && item->as.shape.part == NC_PART_LIFELINE)
            return i;
        depth += item->kind == NC_ITEM_OPEN;
        depth -= item->kind == NC_ITEM_CLOSE;
    }
    return scene->items.len;
}

bool nc_scene_dress(nc_scene *out, const nc_scene *scene, const nc_theme *theme)
{
    const uint32_t first = first_thing(scene);
    uint32_t inside = 0; /* of open groups, from a thing's own on */
    *out = *scene;
    out->items.ptr = NULL;
    out->items.len = out->items.cap = 0;
    if (!NC_FIT(out->arena, &out->items, scene->items.len))
        return false;
    for (uint32_t i = 0; i < scene->items.len; i++) {
        nc_item item = scene->items.ptr[i];
        if (i == first && !add_shadows(out, scene, theme))
            return false;
        if (item.kind == NC_ITEM_OPEN && (inside || is_thing(item.as.group.role)))
            inside++;
        else if (item.kind == NC_ITEM_CLOSE && inside)
            inside--;
        else if (item.kind == NC_ITEM_SHAPE && inside)
            widen(&item.as.shape, theme);
        if (!NC_PUSH(out->arena, &out->items, item))
            return false;
    }
    return true;
}
