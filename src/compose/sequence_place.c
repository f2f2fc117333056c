/* A sequence diagram is measured and given to the layout engine. */
#include "compose/sequence_place.h"

#include "compose/link.h"

#include <math.h>

/* Sizes of LOOK: participants and messages 14, notes and fragment labels 12.5. */
static const nc_text_style name_style = {.face = NC_FACE_REGULAR, .size = 14};
static const nc_text_style note_style = {.face = NC_FACE_REGULAR, .size = 12.5};
static const nc_text_style tab_style = {.face = NC_FACE_SEMIBOLD, .size = 12};
static const nc_text_style box_style = {.face = NC_FACE_SEMIBOLD, .size = 12.5};
static const nc_text_style link_style = {.face = NC_FACE_REGULAR, .size = 11.5};
static const nc_text_style number_style = {.face = NC_FACE_SEMIBOLD, .size = 10.5};
static const nc_text_style title_style = {.face = NC_FACE_SEMIBOLD, .size = 18};

enum {
    WRAP = 160,         /* width of wrapped texts before the columns are known */
    LABEL_WRAP = 180,   /* the same for the labels of fragments, which always wrap */
    MESSAGE_WRAP = 280, /* where long lines are broken that nobody asked to wrap */
    NOTE_WRAP = 240,
    NUMBER_H = 16, /* height of a number's badge, and its least width */
    HEAD = 12,     /* room for an arrow head on a line */
    CENTRAL = 6,   /* from a lifeline to a line that begins or ends at a disc */
    LINK_H = 16    /* height of one link in a header */
};

typedef struct placer {
    nc_draw *draw;
    const nc_sequence *seq;
    nc_placed_sequence *placed;
    nc_lay_seq lay;
    nc_lay_seq_participant *participants;
    nc_lay_seq_box *boxes;
    nc_lay_seq_event *inputs;
    double least_w, least_h; /* of headers */
    double wrap;             /* WRAP or what the configuration says */
    bool keep_whole;         /* `wrap: false`: no line is broken that has no `wrap` of its own */
} placer;

/* Whole distances from the configuration: what is no sensible length counts as not given. */
static double distance(const placer *p, const char *key, double fallback)
{
    double v = nc_config_number(p->draw->config, key, fallback);
    return v >= 0 && v <= 2000 ? floor(v) : fallback;
}

static bool measure(const placer *p, const nc_text **out, const nc_label *label,
                    nc_text_style style)
{
    return nc_text_measure(out, p->draw->measure, label, &style);
}

/* How a text is broken: at `width` (0: never); a soft break only where words fit. */
typedef struct breaking {
    double width;
    bool soft;
} breaking;

/* As it is when it has line breaks of its own or is narrow, else broken. */
static bool measure_broken(const placer *p, const nc_text **out, const nc_label *label,
                           nc_text_style style, breaking how)
{
    const nc_text *whole;
    if (!measure(p, &whole, label, style))
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

static double text_w(const nc_text *text)
{
    return text && text->len ? ceil(text->w) : 0;
}

static double text_h(const nc_text *text)
{
    return text && text->len ? ceil(text->h) : 0;
}

static double even(double v)
{
    return 2 * ceil(v / 2);
}

static bool is_event_of(const nc_seq_event *e, bool *second)
{
    *second = e->type == NC_SEQ_MESSAGE || e->type == NC_SEQ_NOTE;
    switch (e->type) {
    case NC_SEQ_MESSAGE:
    case NC_SEQ_NOTE:
    case NC_SEQ_ACTIVATE:
    case NC_SEQ_DEACTIVATE:
    case NC_SEQ_CREATE:
    case NC_SEQ_DESTROY:
        return true;
    case NC_SEQ_START:
    case NC_SEQ_SECTION:
    case NC_SEQ_END:
    case NC_SEQ_AUTONUMBER:
        return false;
    }
    return false;
}

/* Which column each actor gets: in their order, members of a box together; NC_NONE for hidden. */
static bool assign_columns(placer *p)
{
    nc_placed_sequence *out = p->placed;
    uint32_t len = p->seq->actors.len;
    bool hide = nc_config_bool(p->draw->config, "hideUnusedParticipants", false);
    bool *used = NC_NEW(p->draw->arena, bool, len);
    out->columns = NC_NEW(p->draw->arena, uint32_t, len);
    out->actors = NC_NEW(p->draw->arena, uint32_t, len);
    out->boxes = NC_NEW(p->draw->arena, uint32_t, len);
    if (len && (!used || !out->columns || !out->actors || !out->boxes))
        return false;
    for (uint32_t i = 0; i < len; i++) {
        used[i] = !hide;
        out->columns[i] = NC_NONE;
    }
    for (uint32_t i = 0; i < p->seq->events.len; i++) {
        const nc_seq_event *e = &p->seq->events.ptr[i];
        bool second;
        if (is_event_of(e, &second)) {
            used[e->from] = true;
            if (second)
                used[e->to] = true;
        }
    }
    for (uint32_t i = 0; i < len; i++) {
        uint32_t box = p->seq->actors.ptr[i].box;
        const nc_u32_vec alone = {.ptr = &i, .len = 1};
        const nc_u32_vec *group = box == NC_NONE ? &alone : &p->seq->boxes.ptr[box].members;
        if (out->columns[i] != NC_NONE)
            continue;
        for (uint32_t k = 0; k < group->len; k++) {
            uint32_t actor = group->ptr[k];
            if (!used[actor] || out->columns[actor] != NC_NONE)
                continue;
            out->columns[actor] = out->column_len;
            out->boxes[out->column_len] = box;
            out->actors[out->column_len++] = actor;
        }
    }
    return true;
}

/* Links that are addresses; what stands in `links X: {...}` may be anything. */
static bool measure_links(placer *p, nc_seq_header *header, const nc_seq_actor *actor,
                          double *widest)
{
    header->links = NC_NEW(p->draw->arena, nc_seq_link, actor->links.len);
    if (actor->links.len && !header->links)
        return false;
    for (uint32_t i = 0; i < actor->links.len; i++) {
        const nc_seq_pair *pair = &actor->links.ptr[i];
        const nc_label name = {.text = pair->key, .markup = NC_MARKUP_PLAIN};
        nc_seq_link *link = &header->links[header->link_len];
        if (pair->json || nc_sv_trim(pair->key).len == 0)
            continue;
        link->href = nc_link_check(p->draw->diags, actor->at, pair->value);
        if (!measure(p, &link->name, &name, link_style))
            return false;
        header->link_len++;
    }
    if (header->link_len < 2)
        return true; /* one link is the header itself */
    for (uint32_t i = 0; i < header->link_len; i++)
        *widest = fmax(*widest, text_w(header->links[i].name));
    header->links_h = header->link_len * LINK_H;
    return true;
}

static bool measure_headers(placer *p)
{
    nc_placed_sequence *out = p->placed;
    uint32_t len = p->seq->actors.len;
    double width = distance(p, "width", 150) - 2 * distance(p, "wrapPadding", 10);
    out->headers = NC_NEW(p->draw->arena, nc_seq_header, len);
    p->participants = NC_NEW(p->draw->arena, nc_lay_seq_participant, len);
    if (len && (!out->headers || !p->participants))
        return false;
    for (uint32_t i = 0; i < len; i++) {
        const nc_seq_actor *actor = &p->seq->actors.ptr[i];
        nc_seq_header *header = &out->headers[i];
        double widest = 0;
        if (!measure_broken(p, &header->label, &actor->label, name_style,
                            (breaking){actor->wrap ? width : 0, false}))
            return false;
        if (!measure_links(p, header, actor, &widest))
            return false;
        widest = fmax(widest, text_w(header->label));
        if (out->columns[i] == NC_NONE)
            continue;
        nc_lay_seq_participant *in = &p->participants[out->columns[i]];
        in->box = out->boxes[out->columns[i]];
        nc_seq_header_size(in, actor->kind, widest, text_h(header->label) + header->links_h,
                           p->least_w, p->least_h);
    }
    p->lay.participants = p->participants;
    p->lay.participant_len = out->column_len;
    return true;
}

/* The author's colour: the one Mermaid reads, else the one it loses after `#`. */
static nc_seq_tint read_tint(placer *p, nc_sv color, nc_sv author, nc_span at)
{
    nc_seq_tint tint = {0};
    nc_sv text = nc_sv_trim(author.len ? author : color);
    if (text.len == 0)
        return tint;
    tint.given = nc_color_parse(&tint.color, text);
    if (!tint.given)
        nc_diag_add(p->draw->diags, NC_RULE_BAD_COLOR, at, "'%.*s' is no colour", NC_SV_ARG(text));
    return tint;
}

static bool measure_boxes(placer *p)
{
    nc_placed_sequence *out = p->placed;
    uint32_t len = p->seq->boxes.len;
    out->box_titles = NC_NEW(p->draw->arena, const nc_text *, len);
    out->box_tints = NC_NEW(p->draw->arena, nc_seq_tint, len);
    p->boxes = NC_NEW(p->draw->arena, nc_lay_seq_box, len);
    if (len && (!out->box_titles || !out->box_tints || !p->boxes))
        return false;
    for (uint32_t i = 0; i < len; i++) {
        const nc_seq_box *box = &p->seq->boxes.ptr[i];
        out->box_tints[i] = read_tint(p, box->color, box->author_color, box->at);
        if (!measure_broken(p, &out->box_titles[i], &box->label, box_style,
                            (breaking){box->wrap ? p->wrap : 0, false}))
            return false;
        p->boxes[i] = (nc_lay_seq_box){text_w(out->box_titles[i]), text_h(out->box_titles[i])};
    }
    p->lay.boxes = p->boxes;
    p->lay.box_len = len;
    return true;
}

/* Fragment labels stand in brackets, as UML's guards do. */
static bool guard_label(placer *p, nc_label *out, const nc_label *label)
{
    nc_sv text = nc_sv_trim(label->text);
    *out = *label;
    out->text = text;
    if (text.len == 0 || (text.ptr[0] == '[' && text.ptr[text.len - 1] == ']'))
        return true;
    char *copy = NC_NEW(p->draw->arena, char, text.len + 3);
    if (!copy)
        return false;
    copy[0] = '[';
    memcpy(copy + 1, text.ptr, text.len);
    copy[text.len + 1] = ']';
    out->text = (nc_sv){copy, text.len + 2};
    return true;
}

static nc_text_style style_of(const nc_seq_event *e)
{
    return e->type == NC_SEQ_MESSAGE ? name_style : note_style;
}

/*
 * How this event's text is broken before its room is known. Long lines are broken softly even where
 * nobody asked: a picture that fits its page is easier to read. `wrap: false` keeps them whole.
 */
static breaking first_breaking(const placer *p, const nc_seq_event *e)
{
    double pads = e->type == NC_SEQ_NOTE ? 2 * p->placed->note_pad : 0;
    if (e->type == NC_SEQ_START || e->type == NC_SEQ_SECTION)
        return (breaking){LABEL_WRAP, false};
    if (e->wrap)
        return (breaking){p->wrap - pads, false};
    return (breaking){p->keep_whole ? 0 : pads > 0 ? NOTE_WRAP : MESSAGE_WRAP, true};
}

static bool measure_event_text(placer *p, uint32_t i, breaking how)
{
    const nc_seq_event *e = &p->seq->events.ptr[i];
    nc_label label = e->text;
    if ((e->type == NC_SEQ_START || e->type == NC_SEQ_SECTION) && !guard_label(p, &label, &e->text))
        return false;
    return measure_broken(p, &p->placed->events[i].text, &label, style_of(e), how);
}

/* Mermaid's counter: it runs whether numbers are shown or not. */
typedef struct counter {
    double value, step;
    bool shown;
} counter;

static double two_decimals(double v)
{
    return floor(v * 100 + 0.5) / 100;
}

static void set_counter(counter *c, const nc_seq_event *e)
{
    c->shown = !e->off;
    if (e->has_start)
        c->value = two_decimals(e->start);
    if (e->has_step)
        c->step = e->step;
}

static bool number_message(placer *p, counter *c, nc_seq_placed_event *out, nc_lay_seq_event *in)
{
    char digits[NC_NUM_MAX];
    nc_label label = {.markup = NC_MARKUP_PLAIN};
    nc_sv text = {digits, nc_fmt_num(digits, c->value)};
    c->value = two_decimals(c->value + c->step);
    if (!c->shown)
        return true;
    if (!nc_arena_copy(&label.text, p->draw->arena, text) ||
        !measure(p, &out->number, &label, number_style))
        return false;
    in->number_h = NUMBER_H;
    in->number_w = fmax(NUMBER_H, even(text_w(out->number) + 9));
    return true;
}

nc_sv nc_seq_fragment_word(nc_seq_fragment kind)
{
    static const nc_sv words[] = {
        [NC_SEQ_LOOP] = NC_SV_INIT("loop"),    [NC_SEQ_ALT] = NC_SV_INIT("alt"),
        [NC_SEQ_OPT] = NC_SV_INIT("opt"),      [NC_SEQ_PAR] = NC_SV_INIT("par"),
        [NC_SEQ_PAR_OVER] = NC_SV_INIT("par"), [NC_SEQ_CRITICAL] = NC_SV_INIT("critical"),
        [NC_SEQ_BREAK] = NC_SV_INIT("break"),  [NC_SEQ_RECT] = NC_SV_INIT(""),
    };
    static_assert(NC_COUNT(words) == NC_SEQ_FRAGMENT_COUNT, "a fragment kind has no word");
    return words[kind];
}

/* The label of a start keeps off the frame's line above it. */
static void set_label(nc_lay_seq_event *in, const nc_text *text)
{
    in->w = text_w(text);
    in->h = text_h(text);
    if (in->type == NC_LAY_SEQ_START && in->h > 0)
        in->h += 3;
}

static bool add_start(placer *p, uint32_t i, nc_lay_seq_event *in)
{
    const nc_seq_event *e = &p->seq->events.ptr[i];
    nc_seq_placed_event *out = &p->placed->events[i];
    const nc_label word = {.text = nc_seq_fragment_word(e->fragment), .markup = NC_MARKUP_PLAIN};
    in->type = NC_LAY_SEQ_START;
    if (e->fragment == NC_SEQ_RECT) {
        out->text = NULL;
        out->tint = read_tint(p, e->text.text, e->author_color, e->at);
        return true;
    }
    if (!measure(p, &out->kind, &word, tab_style))
        return false;
    set_label(in, out->text);
    in->tab_w = even(text_w(out->kind) + 18);
    in->tab_h = 20;
    return true;
}

static void add_message(placer *p, uint32_t i, nc_lay_seq_event *in)
{
    const nc_seq_event *e = &p->seq->events.ptr[i];
    bool to = e->central == NC_SEQ_CENTRAL_TO || e->central == NC_SEQ_CENTRAL_BOTH;
    bool from = e->central == NC_SEQ_CENTRAL_FROM || e->central == NC_SEQ_CENTRAL_BOTH;
    in->type = NC_LAY_SEQ_MESSAGE;
    in->w = text_w(p->placed->events[i].text);
    in->h = text_h(p->placed->events[i].text);
    in->from_stop = from ? CENTRAL : 0;
    in->to_stop = to ? CENTRAL : 0;
    in->line = HEAD + (e->head ? HEAD : 0) + (e->tail ? HEAD : 0);
}

static void add_note(placer *p, uint32_t i, nc_lay_seq_event *in)
{
    static const nc_lay_seq_side sides[] = {
        [NC_SEQ_LEFT] = NC_LAY_SEQ_LEFT,
        [NC_SEQ_RIGHT] = NC_LAY_SEQ_RIGHT,
        [NC_SEQ_OVER] = NC_LAY_SEQ_OVER,
    };
    const nc_seq_event *e = &p->seq->events.ptr[i];
    const nc_text *text = p->placed->events[i].text;
    double pad = p->placed->note_pad;
    in->type = NC_LAY_SEQ_NOTE;
    in->side = sides[e->placement];
    /* The folded corner takes a little of the right side. */
    in->w = even(fmax(48, text_w(text) + 2 * pad + 4));
    in->h = even(text_h(text) + 2 * floor(pad * 0.75));
}

/* One event of the model becomes at most one of the engine's. */
static bool add_event(placer *p, uint32_t i, counter *numbers, uint32_t *depth)
{
    static const nc_lay_seq_type plain[] = {
        [NC_SEQ_ACTIVATE] = NC_LAY_SEQ_ACTIVATE, [NC_SEQ_DEACTIVATE] = NC_LAY_SEQ_DEACTIVATE,
        [NC_SEQ_SECTION] = NC_LAY_SEQ_SECTION,   [NC_SEQ_END] = NC_LAY_SEQ_END,
        [NC_SEQ_CREATE] = NC_LAY_SEQ_CREATE,     [NC_SEQ_DESTROY] = NC_LAY_SEQ_DESTROY,
    };
    const nc_seq_event *e = &p->seq->events.ptr[i];
    nc_seq_placed_event *out = &p->placed->events[i];
    nc_lay_seq_event *in = &p->inputs[p->lay.event_len];
    bool second;
    if (is_event_of(e, &second)) {
        in->from = p->placed->columns[e->from];
        in->to = second ? p->placed->columns[e->to] : in->from;
    }
    switch (e->type) {
    case NC_SEQ_MESSAGE:
        if (!measure_event_text(p, i, first_breaking(p, e)) || !number_message(p, numbers, out, in))
            return false;
        add_message(p, i, in);
        break;
    case NC_SEQ_NOTE:
        if (!measure_event_text(p, i, first_breaking(p, e)))
            return false;
        add_note(p, i, in);
        break;
    case NC_SEQ_START:
        if (!measure_event_text(p, i, first_breaking(p, e)) || !add_start(p, i, in))
            return false;
        ++*depth;
        break;
    case NC_SEQ_SECTION:
    case NC_SEQ_END:
        if (*depth == 0)
            return true; /* an error that was reported */
        *depth -= e->type == NC_SEQ_END;
        in->type = plain[e->type];
        if (e->type == NC_SEQ_SECTION) {
            if (!measure_event_text(p, i, first_breaking(p, e)))
                return false;
            set_label(in, out->text);
        }
        break;
    case NC_SEQ_ACTIVATE:
    case NC_SEQ_DEACTIVATE:
    case NC_SEQ_CREATE:
    case NC_SEQ_DESTROY:
        in->type = plain[e->type];
        break;
    case NC_SEQ_AUTONUMBER:
        set_counter(numbers, e);
        return true;
    }
    out->index = p->lay.event_len++;
    return true;
}

static bool add_events(placer *p)
{
    uint32_t len = p->seq->events.len;
    uint32_t depth = 0;
    counter numbers = {1, 1, nc_config_bool(p->draw->config, "showSequenceNumbers", false)};
    p->placed->events = NC_NEW(p->draw->arena, nc_seq_placed_event, len);
    /* Fragments that were left open are closed at the end. */
    p->inputs = NC_NEW(p->draw->arena, nc_lay_seq_event, 2 * (size_t)len);
    if (len && (!p->placed->events || !p->inputs))
        return false;
    for (uint32_t i = 0; i < len; i++) {
        p->placed->events[i].index = NC_NONE;
        if (!add_event(p, i, &numbers, &depth))
            return false;
    }
    while (depth-- > 0)
        p->inputs[p->lay.event_len++].type = NC_LAY_SEQ_END;
    p->lay.events = p->inputs;
    p->placed->inputs = p->inputs;
    p->placed->input_len = p->lay.event_len;
    return true;
}

/* Texts that wrap are broken again at the room that the columns left for them. */
static bool use_room(placer *p)
{
    for (uint32_t i = 0; i < p->seq->events.len; i++) {
        const nc_seq_event *e = &p->seq->events.ptr[i];
        nc_seq_placed_event *out = &p->placed->events[i];
        breaking how = first_breaking(p, e);
        if (out->index == NC_NONE || !out->text || out->text->len < 2 || how.width <= 0)
            continue;
        nc_lay_seq_event *in = &p->inputs[out->index];
        double pads = e->type == NC_SEQ_NOTE ? 2 * p->placed->note_pad + 4 : 0;
        double room = p->placed->lay.places[out->index].room - pads;
        const nc_text *before = out->text;
        if (room <= how.width)
            continue;
        how.width = room;
        if (!measure_event_text(p, i, how))
            return false;
        if (text_w(out->text) > room) {
            out->text = before;
            continue;
        }
        if (e->type == NC_SEQ_NOTE) {
            add_note(p, i, in);
        } else {
            set_label(in, out->text);
        }
    }
    return true;
}

static void set_distances(placer *p)
{
    const nc_config *config = p->draw->config;
    nc_lay_seq_spacing *s = &p->lay.spacing;
    *s = (nc_lay_seq_spacing){
        .margin_x = distance(p, "diagramMarginX", 16),
        .margin_y = distance(p, "diagramMarginY", 16),
        .title = 14,
        .column = distance(p, "actorMargin", 40),
        .lane = 10,
        .text = distance(p, "wrapPadding", 10),
        .text_line = 4,
        .text_loop = 8,
        .row = 11,
        .step = 34,
        .ends = 4,
        .bar = distance(p, "activationWidth", 10),
        .bar_over = 4,
        .bar_min = 16,
        .loop_w = 28,
        .loop_h = 22,
        .number = 3,
        .note = 8,
        .note_over = 24,
        .fragment = distance(p, "boxMargin", 10),
        .label = 8,
        .section = 5,
        .box_pad = 12,
        .box_gap = 16,
        .cross = 14,
    };
    s->bar_shift = floor(s->bar / 2);
    p->lay.mirror = nc_config_bool(config, "mirrorActors", true);
    double repeat = nc_config_number(config, "repeatActors", 0);
    p->lay.repeat = repeat >= 1 && repeat <= 1e6 ? (uint32_t)repeat : 0;
    p->least_w = even(distance(p, "width", 64));
    p->least_h = even(distance(p, "height", 40));
    p->wrap = fmax(distance(p, "width", WRAP), 60);
    p->keep_whole = !nc_config_bool(config, "wrap", true);
    p->placed->note_pad = distance(p, "noteMargin", 10);
    p->placed->right_angles = nc_config_bool(config, "rightAngles", false);
}

static nc_anchor read_align(const placer *p, const char *key)
{
    nc_sv word = nc_config_text(p->draw->config, key, NC_SV("center"));
    if (nc_sv_eq(word, NC_SV("left")))
        return NC_ANCHOR_START;
    return nc_sv_eq(word, NC_SV("right")) ? NC_ANCHOR_END : NC_ANCHOR_MIDDLE;
}

static void set_aligns(placer *p)
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

static bool measure_title(placer *p)
{
    const nc_label title = {.text = p->seq->title.len ? p->seq->title : p->draw->title,
                            .markup = NC_MARKUP_PLAIN};
    if (!measure(p, &p->placed->title, &title, title_style))
        return false;
    p->lay.title_w = text_w(p->placed->title);
    p->lay.title_h = text_h(p->placed->title);
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
static bool run_engine(placer *p)
{
    nc_lay_alloc alloc = {from_arena, to_arena, p->draw->arena};
    nc_lay_status status = nc_lay_seq_columns(&p->placed->lay, &p->lay, &alloc);
    assert(status != NC_LAY_INVALID);
    if (status != NC_LAY_OK || !use_room(p))
        return false;
    status = nc_lay_seq_rows(&p->placed->lay, &p->lay);
    assert(status != NC_LAY_INVALID);
    return status == NC_LAY_OK;
}

bool nc_place_sequence(nc_placed_sequence **out, nc_draw *draw, const nc_sequence *seq)
{
    placer p = {.draw = draw, .seq = seq};
    p.placed = *out = NC_NEW(draw->arena, nc_placed_sequence, 1);
    if (!p.placed)
        return false;
    set_distances(&p);
    set_aligns(&p);
    return measure_title(&p) && assign_columns(&p) && measure_headers(&p) && measure_boxes(&p) &&
           add_events(&p) && run_engine(&p);
}

static void dump_rect(nc_buf *out, const char *name, nc_lay_rect r)
{
    const double v[] = {r.x, r.y, r.w, r.h};
    nc_buf_fmt(out, " %s=", name);
    for (int i = 0; i < 4; i++) {
        if (i)
            nc_buf_char(out, ',');
        nc_buf_num(out, v[i]);
    }
}

static void dump_number(nc_buf *out, const char *name, double v)
{
    nc_buf_fmt(out, " %s=", name);
    nc_buf_num(out, v);
}

static void dump_event(nc_buf *out, const nc_lay_seq_event *e, const nc_lay_seq_place *p)
{
    static const char *const names[] = {"message", "note", "activate", "deactivate", "start",
                                        "section", "end",  "create",   "destroy"};
    nc_buf_fmt(out, "%s", names[e->type]);
    if (e->type == NC_LAY_SEQ_MESSAGE || e->type == NC_LAY_SEQ_SECTION) {
        dump_number(out, "x1", p->x1);
        dump_number(out, "y1", p->y1);
        dump_number(out, "x2", p->x2);
        dump_number(out, "y2", p->y2);
    }
    if (e->type == NC_LAY_SEQ_MESSAGE && e->from == e->to)
        dump_number(out, "far", p->far);
    if (p->box.w > 0)
        dump_rect(out, e->type == NC_LAY_SEQ_NOTE ? "note" : "text", p->box);
    if (p->ground)
        NC_BUF_LIT(out, " ground");
    if (p->number.w > 0)
        dump_rect(out, "number", p->number);
    if (e->type == NC_LAY_SEQ_START || e->type == NC_LAY_SEQ_SECTION || e->type == NC_LAY_SEQ_END)
        nc_buf_fmt(out, " fragment=%u", (unsigned)p->index);
    nc_buf_char(out, '\n');
}

void nc_placed_sequence_dump(nc_buf *out, const nc_placed_sequence *placed)
{
    const nc_lay_seq_result *lay = &placed->lay;
    NC_BUF_LIT(out, "sequence");
    dump_number(out, "w", lay->w);
    dump_number(out, "h", lay->h);
    if (lay->title.w > 0)
        dump_rect(out, "title", lay->title);
    nc_buf_char(out, '\n');
    for (uint32_t i = 0; i < placed->column_len; i++) {
        const nc_lay_seq_column *c = &lay->columns[i];
        NC_BUF_LIT(out, "participant");
        dump_number(out, "x", c->x);
        dump_number(out, "top", c->top);
        dump_number(out, "bottom", c->bottom);
        dump_rect(out, "head", c->head);
        if (c->foot.w > 0)
            dump_rect(out, "foot", c->foot);
        nc_buf_fmt(out, "%s%s\n", c->created ? " created" : "", c->destroyed ? " destroyed" : "");
    }
    for (uint32_t i = 0; i < placed->input_len; i++)
        dump_event(out, &placed->inputs[i], &lay->places[i]);
    for (uint32_t i = 0; i < lay->fragment_len; i++) {
        NC_BUF_LIT(out, "fragment");
        dump_rect(out, "frame", lay->fragments[i].frame);
        nc_buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < lay->bar_len; i++) {
        nc_buf_fmt(out, "bar participant=%u", (unsigned)lay->bars[i].participant);
        dump_rect(out, "rect", lay->bars[i].rect);
        nc_buf_char(out, '\n');
    }
}
