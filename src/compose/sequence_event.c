/* What happens in a sequence diagram: texts are measured, events become the engine's. */
#include "compose/sequence_placer.h"

static const nc_text_style tab_style = {.face = NC_FACE_SEMIBOLD, .size = 12};
static const nc_text_style number_style = {.face = NC_FACE_SEMIBOLD, .size = 10.5};

/* Fragment labels stand in brackets, as UML's guards do. */
static bool guard_label(nc_seq_placer *p, nc_label *out, const nc_label *label)
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

static nc_text_style style_of(const nc_seq_placer *p, const nc_seq_event *e)
{
    return e->type == NC_SEQ_MESSAGE ? p->message : e->type == NC_SEQ_NOTE ? p->note : p->label;
}

/*
 * How this event's text is broken before its room is known. Long lines are broken softly even where
 * nobody asked: a picture that fits its page is easier to read. `wrap: false` keeps them whole.
 */
static nc_seq_breaking first_breaking(const nc_seq_placer *p, const nc_seq_event *e)
{
    double pads = e->type == NC_SEQ_NOTE ? 2 * p->placed->note_pad : 0;
    if (e->type == NC_SEQ_START || e->type == NC_SEQ_SECTION)
        return (nc_seq_breaking){p->sizes.label_wrap, false};
    if (e->wrap)
        return (nc_seq_breaking){p->wrap - pads, false};
    return (nc_seq_breaking){p->keep_whole || e->whole ? 0
                             : e->type == NC_SEQ_NOTE  ? p->sizes.note_wrap
                                                       : p->sizes.message_wrap,
                             true};
}

static bool measure_event_text(nc_seq_placer *p, uint32_t i, nc_seq_breaking how)
{
    const nc_seq_event *e = &p->seq->events.ptr[i];
    nc_label label = e->text;
    if ((e->type == NC_SEQ_START || e->type == NC_SEQ_SECTION) && !guard_label(p, &label, &e->text))
        return false;
    return nc_seq_measure_broken(p, &p->placed->events[i].text, &label, style_of(p, e), how);
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

static bool number_message(nc_seq_placer *p, counter *c, nc_seq_placed_event *out,
                           nc_lay_seq_event *in)
{
    char digits[NC_NUM_MAX];
    nc_label label = {.markup = NC_MARKUP_PLAIN};
    nc_sv text = {digits, nc_fmt_num(digits, c->value)};
    c->value = two_decimals(c->value + c->step);
    if (!c->shown)
        return true;
    if (!nc_arena_copy(&label.text, p->draw->arena, text) ||
        !nc_seq_measure(p, &out->number, &label, number_style))
        return false;
    in->number_h = p->sizes.number_h;
    in->number_w =
        fmax(p->sizes.number_w, nc_seq_whole(p, nc_seq_text_w(out->number) + p->sizes.number_pad));
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
static void set_label(const nc_seq_placer *p, nc_lay_seq_event *in, const nc_text *text)
{
    in->w = nc_seq_text_w(text) + (text && text->len ? p->sizes.text_w : 0);
    in->h = nc_seq_text_h(text);
    if (in->type == NC_LAY_SEQ_START && in->h > 0)
        in->h += p->sizes.label_off;
}

static bool add_start(nc_seq_placer *p, uint32_t i, nc_lay_seq_event *in)
{
    const nc_seq_event *e = &p->seq->events.ptr[i];
    nc_seq_placed_event *out = &p->placed->events[i];
    const nc_label word = {.text = nc_seq_fragment_word(e->fragment), .markup = NC_MARKUP_PLAIN};
    in->type = NC_LAY_SEQ_START;
    if (e->fragment == NC_SEQ_RECT) {
        out->text = NULL;
        out->tint = nc_seq_read_tint(p, e->text.text, e->author_color, e->at);
        return true;
    }
    if (!nc_seq_measure(p, &out->kind, &word, tab_style))
        return false;
    set_label(p, in, out->text);
    in->tab_w = nc_seq_whole(p, nc_seq_text_w(out->kind) + p->sizes.tab_pad);
    in->tab_h = p->sizes.tab_h;
    return true;
}

static void add_message(nc_seq_placer *p, uint32_t i, nc_lay_seq_event *in)
{
    const nc_seq_event *e = &p->seq->events.ptr[i];
    bool to = e->central == NC_SEQ_CENTRAL_TO || e->central == NC_SEQ_CENTRAL_BOTH;
    bool from = e->central == NC_SEQ_CENTRAL_FROM || e->central == NC_SEQ_CENTRAL_BOTH;
    in->type = NC_LAY_SEQ_MESSAGE;
    set_label(p, in, p->placed->events[i].text);
    in->from_stop = from ? p->sizes.central : 0;
    in->to_stop = to ? p->sizes.central : 0;
    in->number_off = e->tail ? p->sizes.head - 1
                     : from  ? 1
                             : 0; /* what is drawn there stays in sight */
    in->line = p->sizes.head * (1 + (e->head ? 1 : 0) + (e->tail ? 1 : 0));
}

static void add_note(nc_seq_placer *p, uint32_t i, nc_lay_seq_event *in)
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
    in->w =
        nc_seq_whole(p, fmax(p->sizes.note_w, nc_seq_text_w(text) + 2 * pad + p->sizes.note_fold));
    in->h = nc_seq_text_h(text) + 2 * p->sizes.note_pad_y;
    if (!p->draw->cells)
        in->h = nc_seq_even(in->h);
}

/* One event of the model becomes at most one of the engine's. */
static bool add_event(nc_seq_placer *p, uint32_t i, counter *numbers, uint32_t *depth)
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
    if (nc_seq_is_event_of(e, &second)) {
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
            set_label(p, in, out->text);
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

bool nc_seq_add_events(nc_seq_placer *p)
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
bool nc_seq_use_room(nc_seq_placer *p)
{
    for (uint32_t i = 0; i < p->seq->events.len; i++) {
        const nc_seq_event *e = &p->seq->events.ptr[i];
        nc_seq_placed_event *out = &p->placed->events[i];
        nc_seq_breaking how = first_breaking(p, e);
        if (out->index == NC_NONE || !out->text || out->text->len < 2 || how.width <= 0)
            continue;
        nc_lay_seq_event *in = &p->inputs[out->index];
        double pads =
            e->type == NC_SEQ_NOTE ? 2 * p->placed->note_pad + p->sizes.note_fold : p->sizes.text_w;
        double room = p->placed->lay.places[out->index].room - pads;
        const nc_text *before = out->text;
        if (room <= how.width)
            continue;
        how.width = room;
        if (!measure_event_text(p, i, how))
            return false;
        if (nc_seq_text_w(out->text) > room) {
            out->text = before;
            continue;
        }
        if (e->type == NC_SEQ_NOTE) {
            add_note(p, i, in);
        } else {
            set_label(p, in, out->text);
        }
    }
    return true;
}
