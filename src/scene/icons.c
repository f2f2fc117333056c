#include "icon/icon.h"
#include "scene/scene.h"

static nc_paint paint_of(const nc_icon_paint *paint, nc_paint current)
{
    switch (paint->ink) {
    case NC_ICON_NO_INK:
        break;
    case NC_ICON_CURRENT:
        return current;
    case NC_ICON_OWN:
        return (nc_paint){.color = paint->color};
    }
    return NC_NO_PAINT;
}

/* The icon's box scaled and moved into its place. */
typedef struct frame {
    double x, y, scale_x, scale_y;
} frame;

static bool place_path(nc_path *out, nc_arena *arena, const nc_path *path, const frame *f)
{
    nc_point *points = NC_NEW(arena, nc_point, (size_t)path->point_len + 1);
    if (!points)
        return false;
    for (uint32_t i = 0; i < path->point_len; i++)
        points[i] = (nc_point){f->x + path->points[i].x * f->scale_x,
                               f->y + path->points[i].y * f->scale_y};
    *out = *path; /* verbs are shared */
    out->points = points;
    return true;
}

bool nc_scene_icon(nc_scene *scene, const nc_icon *icon, double x, double y, double w, double h,
                   nc_paint current)
{
    const frame f = {x, y, w / icon->w, h / icon->h};
    for (uint32_t i = 0; i < icon->len; i++) {
        const nc_icon_shape *s = &icon->shapes[i];
        nc_shape shape = {.kind = NC_SHAPE_PATH,
                          .part = NC_PART_ICON,
                          .even_odd = s->even_odd,
                          .fill = paint_of(&s->fill, current),
                          .opacity = s->opacity < 1 ? s->opacity : 0,
                          .stroke = {.paint = paint_of(&s->stroke, current),
                                     .width = s->width * f.scale_y,
                                     .cap = s->cap}};
        if (nc_paint_is_none(shape.stroke.paint))
            shape.stroke = (nc_stroke){0};
        else
            shape.join = s->join;
        if (!place_path(&shape.path, scene->arena, &s->path, &f) || !nc_scene_shape(scene, &shape))
            return false;
    }
    return true;
}

/* The icons among the words of a text that stands in the scene. */
bool nc_scene_text_icons(nc_scene *scene, const nc_text_item *item)
{
    static const double shares[] = {
        [NC_ANCHOR_START] = 0, [NC_ANCHOR_MIDDLE] = 0.5, [NC_ANCHOR_END] = 1};
    for (uint32_t i = 0; i < item->text->len; i++) {
        const nc_text_line *line = &item->text->lines[i];
        const double left = item->x - line->width * shares[item->anchor];
        for (uint32_t k = 0; k < line->len; k++) {
            const nc_glyph_run *run = &line->runs[k];
            const double foot = item->y + line->baseline + run->dy + run->size * NC_ICON_DROP;
            if (run->icon && !nc_scene_icon(scene, run->icon, left + run->x, foot - run->size,
                                            run->width, run->size, item->fill))
                return false;
        }
    }
    return true;
}
