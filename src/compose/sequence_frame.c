/* Boxes of participants, grounds and fragments. */
#include "compose/sequence_sketch.h"

/* Starts and sections of each fragment, so that drawing one does not search for them. */
bool nc_seq_list_fragments(nc_seq_sketch *s)
{
    uint32_t fragments = s->placed->lay.fragment_len;
    uint32_t events = s->seq->events.len;
    s->starts = NC_NEW(s->scene->arena, uint32_t, (size_t)fragments + 1);
    s->first_section = NC_NEW(s->scene->arena, uint32_t, (size_t)fragments + 1);
    s->next_section = NC_NEW(s->scene->arena, uint32_t, (size_t)events + 1);
    if (!s->starts || !s->first_section || !s->next_section)
        return false;
    for (uint32_t f = 0; f < fragments; f++)
        s->first_section[f] = NC_NONE;
    for (uint32_t i = events; i-- > 0;) {
        nc_seq_event_type type = s->seq->events.ptr[i].type;
        if (s->placed->events[i].index == NC_NONE)
            continue;
        uint32_t f = nc_seq_place_of(s, i)->index;
        if (type == NC_SEQ_START) {
            s->starts[f] = i;
        } else if (type == NC_SEQ_SECTION) {
            s->next_section[i] = s->first_section[f];
            s->first_section[f] = i;
        }
    }
    return true;
}

bool nc_seq_draw_boxes(nc_seq_sketch *s)
{
    for (uint32_t b = 0; b < s->seq->boxes.len; b++) {
        const nc_lay_seq_frame *frame = &s->placed->lay.boxes[b];
        nc_group group = {.role = NC_ROLE_BOX};
        if (frame->frame.w <= 0)
            continue;
        nc_shape shape = nc_seq_rect_shape(frame->frame, nc_seq_box_paint(s, b));
        shape.radius = 8;
        shape.stroke = (nc_stroke){.paint = NC_PAINT(BOX_LINE), .width = 1};
        nc_paint ink = nc_seq_ink_for(nc_seq_author_ground(s, b), NC_PAINT(CLUSTER_TEXT));
        if (!nc_text_plain(&group.label, s->scene->arena, &s->seq->boxes.ptr[b].label) ||
            !nc_scene_open(s->scene, &group) || !nc_scene_shape(s->scene, &shape) ||
            !nc_seq_draw_text(s, s->placed->box_titles[b], frame->title, NC_ANCHOR_MIDDLE, ink,
                              NC_PART_NONE) ||
            !nc_scene_close(s->scene))
            return false;
    }
    return true;
}

/* Grounds lie below everything that happens, those inside others later. */
bool nc_seq_draw_rects(nc_seq_sketch *s)
{
    for (uint32_t f = 0; f < s->placed->lay.fragment_len; f++) {
        const nc_lay_seq_fragment *fragment = &s->placed->lay.fragments[f];
        uint32_t event = s->starts[f];
        const nc_group group = {.role = NC_ROLE_FRAGMENT, .kind = NC_SV("rect")};
        if (s->seq->events.ptr[event].fragment != NC_SEQ_RECT)
            continue;
        nc_shape shape = nc_seq_rect_shape(fragment->frame, nc_seq_ground_paint(s, event));
        shape.radius = 4;
        if (!nc_scene_open(s->scene, &group) || !nc_scene_shape(s->scene, &shape) ||
            !nc_scene_close(s->scene))
            return false;
    }
    return true;
}

static bool draw_label(nc_seq_sketch *s, uint32_t event)
{
    return nc_seq_draw_text_on(s, s->placed->events[event].text, nc_seq_place_of(s, event),
                               NC_ANCHOR_START, NC_PAINT(FRAGMENT_TEXT), NC_PART_NONE);
}

/* The tab in the frame's corner, one of its own corners cut. */
static bool draw_tab(nc_seq_sketch *s, const nc_text *word, nc_lay_rect r)
{
    const double cut = 6;
    double right = r.x + r.w;
    double bottom = r.y + r.h;
    nc_shape shape = {.kind = NC_SHAPE_PATH,
                      .fill = NC_PAINT(FRAGMENT_TAB),
                      .stroke = {.paint = NC_PAINT(FRAGMENT_LINE), .width = 1}};
    nc_path_builder b;
    nc_path_init(&b, s->scene->arena);
    nc_path_move(&b, r.x, r.y);
    nc_path_line(&b, right, r.y);
    nc_path_line(&b, right, bottom - cut);
    nc_path_line(&b, right - cut, bottom);
    nc_path_line(&b, r.x, bottom);
    nc_path_close(&b);
    r.w -= cut / 2;
    return nc_path_take(&shape.path, &b) && nc_scene_shape(s->scene, &shape) &&
           nc_seq_draw_text(s, word, r, NC_ANCHOR_MIDDLE, NC_PAINT(FRAGMENT_TEXT), NC_PART_NONE);
}

static bool draw_sections(nc_seq_sketch *s, uint32_t fragment)
{
    for (uint32_t i = s->first_section[fragment]; i != NC_NONE; i = s->next_section[i]) {
        const nc_lay_seq_place *p = nc_seq_place_of(s, i);
        nc_shape line = {.kind = NC_SHAPE_LINE,
                         .x = p->x1,
                         .y = p->y1,
                         .w = p->x2 - p->x1,
                         .stroke = {NC_PAINT(FRAGMENT_LINE), 1, 4, 3, NC_CAP_BUTT}};
        if (!nc_scene_shape(s->scene, &line) || !draw_label(s, i))
            return false;
    }
    return true;
}

bool nc_seq_draw_fragment(nc_seq_sketch *s, uint32_t event)
{
    const nc_seq_event *e = &s->seq->events.ptr[event];
    const nc_seq_placed_event *placed = &s->placed->events[event];
    uint32_t index = nc_seq_place_of(s, event)->index;
    const nc_lay_seq_fragment *f = &s->placed->lay.fragments[index];
    nc_group group = {.role = NC_ROLE_FRAGMENT};
    nc_shape frame = nc_seq_rect_shape(f->frame, NC_NO_PAINT);
    nc_sv text;
    frame.stroke = (nc_stroke){.paint = NC_PAINT(FRAGMENT_LINE), .width = 1};
    if (!nc_text_plain(&text, s->scene->arena, &e->text))
        return false;
    group.kind = nc_seq_fragment_word(e->fragment);
    if (!nc_arena_printf(&group.label, s->scene->arena, "%.*s%s%.*s", (int)group.kind.len,
                         group.kind.ptr, text.len ? ": " : "", (int)text.len,
                         text.len ? text.ptr : ""))
        return false;
    return nc_scene_open(s->scene, &group) && nc_scene_shape(s->scene, &frame) &&
           draw_tab(s, placed->kind, f->tab) && draw_label(s, event) && draw_sections(s, index) &&
           nc_scene_close(s->scene);
}
