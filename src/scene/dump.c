/* The scene as text: what a golden test compares, and what a person reads to see why it differs. */
#include "icon/image.h"
#include "scene/scene.h"

static void put_field(nc_buf *out, const char *name, nc_sv value)
{
    if (value.len == 0)
        return;
    nc_buf_fmt(out, " %s=", name);
    nc_buf_json(out, value);
}

static void put_paint(nc_buf *out, const char *name, nc_paint paint)
{
    if (nc_paint_is_none(paint))
        return;
    if (paint.token != NC_TOKEN_NONE)
        nc_buf_fmt(out, " %s=@%s", name, nc_token_name(paint.token));
    else
        nc_buf_fmt(out, " %s=#%02x%02x%02x%02x", name, paint.color.r, paint.color.g, paint.color.b,
                   paint.color.a);
}

static void put_number(nc_buf *out, const char *name, double value)
{
    nc_buf_fmt(out, " %s=", name);
    nc_buf_num(out, value);
}

static void put_part(nc_buf *out, nc_part part)
{
    if (part != NC_PART_NONE)
        nc_buf_fmt(out, " .%s", nc_part_name(part));
}

static void put_path(nc_buf *out, const nc_path *path)
{
    const nc_point *p = path->points;
    NC_BUF_LIT(out, " d=");
    for (uint32_t i = 0; i < path->verb_len; i++) {
        static const char letters[] = {'M', 'L', 'C', 'Z'};
        static const uint32_t counts[] = {1, 1, 3, 0};
        nc_buf_char(out, letters[path->verbs[i]]);
        for (uint32_t k = 0; k < counts[path->verbs[i]]; k++, p++) {
            if (k)
                nc_buf_char(out, ' ');
            nc_buf_num(out, p->x);
            nc_buf_char(out, ',');
            nc_buf_num(out, p->y);
        }
    }
}

static void dump_group(nc_buf *out, const nc_group *group)
{
    nc_buf_fmt(out, "%s", nc_role_name(group->role));
    put_field(out, "id", group->id);
    put_field(out, "parent", group->parent);
    put_field(out, "from", group->from);
    put_field(out, "to", group->to);
    put_field(out, "kind", group->kind);
    put_field(out, "classes", group->classes);
    put_field(out, "label", group->label);
    put_field(out, "tooltip", group->tooltip);
    put_field(out, "href", group->href);
    put_field(out, "target", group->target);
}

static void dump_shape(nc_buf *out, const nc_shape *shape)
{
    static const char *const kinds[] = {"rect", "ellipse", "line", "path"};
    nc_buf_fmt(out, "%s", kinds[shape->kind]);
    put_part(out, shape->part);
    put_field(out, "class", shape->css_class);
    put_field(out, "id", shape->id);
    if (shape->kind == NC_SHAPE_PATH) {
        put_path(out, &shape->path);
    } else {
        put_number(out, "x", shape->x);
        put_number(out, "y", shape->y);
        put_number(out, "w", shape->w);
        put_number(out, "h", shape->h);
    }
    if (shape->radius > 0)
        put_number(out, "r", shape->radius);
    put_paint(out, "fill", shape->fill);
    put_paint(out, "stroke", shape->stroke.paint);
    if (!nc_paint_is_none(shape->stroke.paint)) {
        put_number(out, "width", shape->stroke.width);
        if (shape->stroke.dash > 0 || shape->stroke.gap > 0) {
            put_number(out, "dash", shape->stroke.dash);
            put_number(out, "gap", shape->stroke.gap);
        }
        if (shape->stroke.cap != NC_CAP_BUTT)
            nc_buf_fmt(out, " %s", shape->stroke.cap == NC_CAP_ROUND ? "round" : "square");
        if (shape->join != NC_JOIN_MITER)
            nc_buf_fmt(out, " join=%s", shape->join == NC_JOIN_ROUND ? "round" : "bevel");
    }
    if (shape->even_odd)
        NC_BUF_LIT(out, " evenodd");
    if (shape->opacity > 0)
        put_number(out, "opacity", shape->opacity);
}

static void dump_text(nc_buf *out, const nc_text_item *item)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    static const char *const faces[] = {"regular", "semibold", "italic", "mono"};
    static_assert(NC_COUNT(faces) == NC_FACE_COUNT, "a face has no name");
    NC_BUF_LIT(out, "text");
    put_part(out, item->part);
    put_number(out, "x", item->x);
    put_number(out, "y", item->y);
    nc_buf_fmt(out, " %s", anchors[item->anchor]);
    put_paint(out, "fill", item->fill);
    for (uint32_t i = 0; i < item->text->len; i++) {
        const nc_text_line *line = &item->text->lines[i];
        NC_BUF_LIT(out, " |");
        for (uint32_t k = 0; k < line->len; k++) {
            const nc_glyph_run *run = &line->runs[k];
            nc_buf_char(out, ' ');
            if (run->icon)
                NC_BUF_LIT(out, "icon");
            else if (run->font)
                nc_buf_json(out, nc_sv_cstr(run->font->family));
            else
                nc_buf_put(out, nc_sv_cstr(faces[run->face]));
            nc_buf_char(out, ' ');
            nc_buf_num(out, run->size);
            if (run->icon)
                continue;
            nc_buf_char(out, ' ');
            nc_buf_json(out, run->text);
        }
    }
}

static void dump_image(nc_buf *out, const nc_image_item *item)
{
    NC_BUF_LIT(out, "image");
    put_number(out, "x", item->x);
    put_number(out, "y", item->y);
    put_number(out, "w", item->w);
    put_number(out, "h", item->h);
    nc_buf_fmt(out, " png=%ux%u", (unsigned)item->image->w, (unsigned)item->image->h);
}

void nc_scene_dump(nc_buf *out, const nc_scene *scene)
{
    NC_BUF_LIT(out, "scene");
    put_number(out, "w", scene->w);
    put_number(out, "h", scene->h);
    put_field(out, "family", scene->family);
    put_field(out, "title", scene->title);
    put_field(out, "descr", scene->descr);
    nc_buf_char(out, '\n');
    unsigned depth = 1;
    for (uint32_t i = 0; i < scene->items.len; i++) {
        const nc_item *item = &scene->items.ptr[i];
        if (item->kind == NC_ITEM_CLOSE) {
            depth--;
            continue;
        }
        nc_buf_fmt(out, "%*s", (int)(depth < 40 ? depth : 40) * 2, "");
        switch (item->kind) {
        case NC_ITEM_OPEN:
            dump_group(out, &item->as.group);
            depth++;
            break;
        case NC_ITEM_SHAPE:
            dump_shape(out, &item->as.shape);
            break;
        case NC_ITEM_TEXT:
            dump_text(out, &item->as.text);
            break;
        case NC_ITEM_IMAGE:
            dump_image(out, &item->as.image);
            break;
        case NC_ITEM_CLOSE:
            break;
        }
        nc_buf_char(out, '\n');
    }
}
