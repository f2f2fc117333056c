/* Boxes of participants, grounds and fragments. */
#include "compose/sequence_sketch.h"

/* The start of each fragment, so that drawing its end does not search for it. */
bool nc_seq_list_fragments(nc_seq_sketch *s)
{
    s->starts = NC_NEW(s->scene->arena, uint32_t, (size_t)s->placed->lay.fragment_len + 1);
    if (!s->starts)
        return false;
    for (uint32_t i = 0; i < s->seq->events.len; i++)
        if (s->seq->events.ptr[i].type == NC_SEQ_START && s->placed->events[i].index != NC_NONE)
            s->starts[nc_seq_place_of(s, i)->index] = i;
    return true;
}

bool nc_seq_draw_boxes(nc_seq_sketch *s)
{
    for (uint32_t b = 0; b < s->seq->boxes.len; b++) {
        const nc_lay_seq_frame *frame = &s->placed->lay.boxes[b];
        nc_group group = {.role = NC_ROLE_BOX};
        const nc_group title = {.role = NC_ROLE_FRAME_TITLE};
        if (frame->frame.w <= 0)
            continue;
        nc_shape shape = nc_seq_rect_shape(frame->frame, nc_seq_box_paint(s, b));
        shape.radius = 8;
        shape.stroke = (nc_stroke){.paint = NC_PAINT(BOX_LINE), .width = 1};
        nc_paint ink = nc_seq_ink_for(nc_seq_author_ground(s, b), NC_PAINT(CLUSTER_TEXT));
        if (!nc_text_plain(&group.label, s->scene->arena, &s->seq->boxes.ptr[b].label) ||
            !nc_scene_open(s->scene, &group) || !nc_scene_shape(s->scene, &shape) ||
            !nc_scene_open(s->scene, &title) ||
            !nc_seq_draw_text(s, s->placed->box_titles[b], frame->title, NC_ANCHOR_MIDDLE, ink,
                              NC_PART_NONE) ||
            !nc_scene_close(s->scene) || !nc_scene_close(s->scene))
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

/* "alt: it is time", what a screen reader says of a fragment or section. */
static bool condition_words(nc_seq_sketch *s, nc_sv *out, nc_sv word, const nc_label *label)
{
    nc_sv text;
    return nc_text_plain(&text, s->scene->arena, label) &&
           nc_arena_printf(out, s->scene->arena, "%.*s%s%.*s", (int)word.len, word.ptr,
                           text.len ? ": " : "", (int)text.len, text.len ? text.ptr : "");
}

bool nc_seq_draw_section(nc_seq_sketch *s, uint32_t event)
{
    static const nc_sv words[] = {[NC_SEQ_ELSE] = NC_SV_INIT("else"),
                                  [NC_SEQ_AND] = NC_SV_INIT("and"),
                                  [NC_SEQ_OPTION] = NC_SV_INIT("option")};
    const nc_seq_event *e = &s->seq->events.ptr[event];
    const nc_lay_seq_place *p = nc_seq_place_of(s, event);
    nc_group group = {.role = NC_ROLE_SECTION, .kind = words[e->section]};
    const nc_shape line = {.kind = NC_SHAPE_LINE,
                           .x = p->x1,
                           .y = p->y1,
                           .w = p->x2 - p->x1,
                           .stroke = {NC_PAINT(FRAGMENT_LINE), 1, 4, 3, NC_CAP_BUTT}};
    return condition_words(s, &group.label, group.kind, &e->text) &&
           nc_scene_open(s->scene, &group) && nc_scene_shape(s->scene, &line) &&
           draw_label(s, event) && nc_scene_close(s->scene);
}

bool nc_seq_begin_fragment(nc_seq_sketch *s, uint32_t event)
{
    const nc_seq_event *e = &s->seq->events.ptr[event];
    const nc_seq_placed_event *placed = &s->placed->events[event];
    const nc_lay_seq_fragment *f = &s->placed->lay.fragments[nc_seq_place_of(s, event)->index];
    nc_group group = {.role = NC_ROLE_FRAGMENT, .kind = nc_seq_fragment_word(e->fragment)};
    const nc_group title = {.role = NC_ROLE_FRAME_TITLE};
    nc_shape frame = nc_seq_rect_shape(f->frame, NC_NO_PAINT);
    frame.stroke = (nc_stroke){.paint = NC_PAINT(FRAGMENT_LINE), .width = 1};
    s->open_fragments++;
    return condition_words(s, &group.label, group.kind, &e->text) &&
           nc_scene_open(s->scene, &group) && nc_scene_shape(s->scene, &frame) &&
           nc_scene_open(s->scene, &title) && draw_tab(s, placed->kind, f->tab) &&
           draw_label(s, event) && nc_scene_close(s->scene);
}

bool nc_seq_end_fragment(nc_seq_sketch *s)
{
    s->open_fragments--;
    return nc_scene_close(s->scene);
}
