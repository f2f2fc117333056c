#include "scene/scene.h"

void nc_scene_init(nc_scene *scene, nc_arena *arena)
{
    *scene = (nc_scene){.arena = arena};
}

bool nc_scene_open(nc_scene *scene, const nc_group *group)
{
    scene->depth++;
    return NC_PUSH(scene->arena, &scene->items,
                   ((nc_item){.kind = NC_ITEM_OPEN, .as.group = *group}));
}

bool nc_scene_close(nc_scene *scene)
{
    assert(scene->depth > 0);
    scene->depth--;
    return NC_PUSH(scene->arena, &scene->items, ((nc_item){.kind = NC_ITEM_CLOSE}));
}

bool nc_scene_shape(nc_scene *scene, const nc_shape *shape)
{
    return NC_PUSH(scene->arena, &scene->items,
                   ((nc_item){.kind = NC_ITEM_SHAPE, .as.shape = *shape}));
}

bool nc_scene_text(nc_scene *scene, const nc_text_item *text)
{
    if (!text->text || text->text->len == 0)
        return true;
    return NC_PUSH(scene->arena, &scene->items,
                   ((nc_item){.kind = NC_ITEM_TEXT, .as.text = *text})) &&
           nc_scene_text_icons(scene, text);
}

bool nc_scene_image(nc_scene *scene, const struct nc_image *image, double x, double y, double w,
                    double h)
{
    return NC_PUSH(scene->arena, &scene->items,
                   ((nc_item){.kind = NC_ITEM_IMAGE, .as.image = {image, x, y, w, h}}));
}

const char *nc_role_name(nc_role role)
{
    static const char *const names[] = {
        [NC_ROLE_CLUSTER] = "cluster",
        [NC_ROLE_CLUSTER_TITLE] = "cluster-title",
        [NC_ROLE_NODE] = "node",
        [NC_ROLE_EDGE] = "edge",
        [NC_ROLE_EDGE_LABEL] = "edge-label",
        [NC_ROLE_PARTICIPANT] = "participant",
        [NC_ROLE_MESSAGE] = "message",
        [NC_ROLE_NOTE] = "note",
        [NC_ROLE_FRAGMENT] = "fragment",
        [NC_ROLE_SECTION] = "section",
        [NC_ROLE_FRAME_TITLE] = "frame-title",
        [NC_ROLE_BOX] = "box",
        [NC_ROLE_LEGEND] = "legend",
        [NC_ROLE_LAYER] = "layer",
    };
    static_assert(NC_COUNT(names) == NC_ROLE_COUNT, "a role has no name");
    return names[role];
}

const char *nc_part_name(nc_part part)
{
    static const char *const names[] = {
        [NC_PART_NONE] = "",
        [NC_PART_GROUND] = "ground",
        [NC_PART_EDGE_PATH] = "edge-path",
        [NC_PART_EDGE_HEAD] = "edge-head",
        [NC_PART_TITLE] = "title",
        [NC_PART_LIFELINE] = "lifeline",
        [NC_PART_ACTIVATION] = "activation",
        [NC_PART_MESSAGE_LINE] = "message-line",
        [NC_PART_MESSAGE_TEXT] = "message-text",
        [NC_PART_SEQUENCE_NUMBER] = "sequence-number",
        [NC_PART_SHADOW] = "shadow",
        [NC_PART_ICON] = "label-icon",
    };
    static_assert(NC_COUNT(names) == NC_PART_COUNT, "a part has no name");
    return names[part];
}
