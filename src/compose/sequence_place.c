/* A sequence diagram is measured and given to the layout engine. */
#include "compose/sequence_placer.h"
#include "compose/type.h"

static const nc_text_style title_style = {.face = NC_FACE_SEMIBOLD, .size = 18};

enum { WRAP = 160 }; /* width of wrapped texts before the columns are known */

/* Whole distances from the configuration: what is no sensible length counts as not given. */
double nc_seq_distance(const nc_seq_placer *p, const char *key, double fallback)
{
    double v = nc_config_number(p->draw->config, key, fallback);
    return v >= 0 && v <= 2000 ? floor(v) : fallback;
}

bool nc_seq_measure(const nc_seq_placer *p, const nc_text **out, const nc_label *label,
                    nc_text_style style)
{
    return nc_text_measure(out, p->draw->measure, label, &style);
}

/* As it is when it has line breaks of its own or is narrow, else broken. */
bool nc_seq_measure_broken(const nc_seq_placer *p, const nc_text **out, const nc_label *label,
                           nc_text_style style, nc_seq_breaking how)
{
    const nc_text *whole;
    if (!nc_seq_measure(p, &whole, label, style))
        return false;
    *out = whole;
    if (how.width <= 0 || whole->len != 1 || whole->w <= how.width)
        return true;
    style.max_width = how.width;
    style.break_words = !how.soft;
    if (!nc_text_measure(out, p->draw->measure, label, &style))
        return false;
    if (how.soft && (*out)->w > how.width)
        *out = whole; /* an address or the like: better whole than half */
    return true;
}

static void set_distances(nc_seq_placer *p)
{
    const nc_config *config = p->draw->config;
    nc_lay_seq_spacing *s = &p->lay.spacing;
    *s = (nc_lay_seq_spacing){
        .margin_x = nc_seq_distance(p, "diagramMarginX", 16),
        .margin_y = nc_seq_distance(p, "diagramMarginY", 16),
        .title = 14,
        .column = nc_seq_distance(p, "actorMargin", 40),
        .lane = 10,
        .text = nc_seq_distance(p, "wrapPadding", 10),
        .text_line = 4,
        .text_loop = 8,
        .row = 11,
        .step = nc_seq_distance(p, "messageMargin", 34),
        .ends = 4,
        .bar = nc_seq_distance(p, "activationWidth", 10),
        .bar_over = 4,
        .bar_min = 16,
        .loop_w = 28,
        .loop_h = 22,
        .number = 3,
        .note = 8,
        .note_over = 24,
        .fragment = nc_seq_distance(p, "boxMargin", 10),
        .label = 8,
        .section = 5,
        .box_pad = 12,
        .box_gap = 16,
        .cross = 14,
    };
    s->bar_shift = floor(s->bar / 2);
    p->sizes = (nc_seq_sizes){
        .label_wrap = 180,
        .message_wrap = 280,
        .note_wrap = 240,
        .number_w = 16,
        .number_h = 16,
        .number_pad = 9,
        .head = 12,
        .central = 6,
        .tab_pad = 18,
        .tab_h = 20,
        .label_off = 3,
        .note_w = 48,
        .note_fold = 4,
    };
    p->lay.mirror = nc_config_bool(config, "mirrorActors", true);
    const double repeat =
        p->draw->repeat ? p->draw->repeat : nc_config_number(config, "repeatActors", 0);
    p->lay.repeat = repeat >= 1 && repeat <= 1e6 ? (uint32_t)repeat : 0;
    p->least_w = nc_seq_even(nc_seq_distance(p, "width", 64));
    p->least_h = nc_seq_even(nc_seq_distance(p, "height", 40));
    p->wrap = fmax(nc_seq_distance(p, "width", WRAP), 60);
    p->keep_whole = !nc_config_bool(config, "wrap", true);
    p->placed->note_pad = nc_seq_distance(p, "noteMargin", 10);
    p->sizes.note_pad_y = floor(p->placed->note_pad * 0.75);
    p->placed->right_angles = nc_config_bool(config, "rightAngles", false);
    if (p->draw->cells)
        nc_seq_set_cells(p);
}

/* Labels of fragments follow the messages' type, as they do in Mermaid. */
static void set_types(nc_seq_placer *p)
{
    static const nc_text_style usual = {.face = NC_FACE_REGULAR, .size = 14};
    static const nc_text_style small = {.face = NC_FACE_REGULAR, .size = 12.5};
    p->actor = p->message = usual;
    p->note = p->label = small;
    nc_type_read(&p->actor, p->draw->config, "actor");
    nc_type_read(&p->message, p->draw->config, "message");
    nc_type_read(&p->note, p->draw->config, "note");
    nc_type_follow(&p->label, &usual, &p->message);
}

static nc_anchor read_align(const nc_seq_placer *p, const char *key)
{
    nc_sv word = nc_config_text(p->draw->config, key, NC_SV("center"));
    if (nc_sv_eq(word, NC_SV("left")))
        return NC_ANCHOR_START;
    return nc_sv_eq(word, NC_SV("right")) ? NC_ANCHOR_END : NC_ANCHOR_MIDDLE;
}

static void set_aligns(nc_seq_placer *p)
{
    static const nc_lay_seq_align aligns[] = {
        [NC_ANCHOR_START] = NC_LAY_SEQ_AT_LEFT,
        [NC_ANCHOR_MIDDLE] = NC_LAY_SEQ_CENTER,
        [NC_ANCHOR_END] = NC_LAY_SEQ_AT_RIGHT,
    };
    p->placed->message_align = read_align(p, "messageAlign");
    p->placed->note_align = read_align(p, "noteAlign");
    p->lay.align = aligns[p->placed->message_align];
}

static bool measure_title(nc_seq_placer *p)
{
    const nc_label title = {.text = p->seq->title.len ? p->seq->title : p->draw->title,
                            .markup = NC_MARKUP_PLAIN};
    if (!nc_seq_measure(p, &p->placed->title, &title, title_style))
        return false;
    p->lay.title_w = nc_seq_text_w(p->placed->title);
    p->lay.title_h = nc_seq_text_h(p->placed->title);
    return true;
}

static void *from_arena(void *payload, size_t size)
{
    return nc_arena_alloc(payload, 1, size, _Alignof(max_align_t));
}

static void to_arena(void *payload, void *ptr)
{
    (void)payload;
    (void)ptr;
}

/* The engine's memory is the arena's, so that what is placed lives and goes with the diagram. */
static bool run_engine(nc_seq_placer *p)
{
    nc_lay_alloc alloc = {from_arena, to_arena, p->draw->arena};
    nc_lay_status status = nc_lay_seq_columns(&p->placed->lay, &p->lay, &alloc);
    assert(status != NC_LAY_INVALID);
    if (status != NC_LAY_OK || !nc_seq_use_room(p))
        return false;
    status = nc_lay_seq_rows(&p->placed->lay, &p->lay);
    assert(status != NC_LAY_INVALID);
    return status == NC_LAY_OK;
}

bool nc_place_sequence(nc_placed_sequence **out, nc_draw *draw, const nc_sequence *seq)
{
    nc_seq_placer p = {.draw = draw, .seq = seq};
    p.placed = *out = NC_NEW(draw->arena, nc_placed_sequence, 1);
    if (!p.placed)
        return false;
    set_distances(&p);
    set_types(&p);
    set_aligns(&p);
    return measure_title(&p) && nc_seq_assign_columns(&p) && nc_seq_measure_headers(&p) &&
           nc_seq_measure_boxes(&p) && nc_seq_add_events(&p) && (!draw->measure || run_engine(&p));
}
