/* The first half of the sequence engine: what each column must hold, where it stands. */
#include "layout/sequence_spread.h"

#include <string.h>

/* An open fragment and what it holds so far: columns first..last, reaching left and right of them. */
typedef struct hold {
    uint32_t parent;
    uint32_t first, last;
    double left, right;
    double text_w; /* widest of its labels */
    double label;  /* where labels begin, from the frame's left side */
} hold;

typedef struct column_pass {
    const nc_lay_seq *seq;
    nc_lay_seq_result *out;
    nc_lay_seq_spread spread;
    double *left, *right;  /* how far anything but headers reaches from each lifeline */
    uint32_t *open, *most; /* bars open now, and ever */
    bool *waiting;         /* a header that the next message brings */
    hold *holds;           /* parallel to fragments */
    uint32_t inner;        /* innermost open fragment or NC_LAY_NONE */
    uint32_t *box_first, *box_last;
} column_pass;

static double header_w(const nc_lay_seq *seq, uint32_t column)
{
    return column < seq->participant_len ? seq->participants[column].w : 0;
}

static uint32_t box_of(const nc_lay_seq *seq, uint32_t column)
{
    return column < seq->participant_len ? seq->participants[column].box : NC_LAY_NONE;
}

static void need(column_pass *c, uint32_t low, uint32_t high, double distance)
{
    nc_lay_seq_spread *s = &c->spread;
    if (high == low + 1)
        s->base[low] = nc_lay_seq_max(s->base[low], distance);
    else if (distance > 0)
        s->needs[s->need_len++] = (nc_lay_seq_need){.low = low, .high = high, .need = distance};
}

/* Something reaches `left` and `right` of a lifeline: its neighbours and open frames make room. */
static void touch(column_pass *c, uint32_t column, double left, double right)
{
    c->left[column] = nc_lay_seq_max(c->left[column], left);
    c->right[column] = nc_lay_seq_max(c->right[column], right);
    if (c->inner == NC_LAY_NONE)
        return;
    hold *h = &c->holds[c->inner];
    if (h->first == NC_LAY_NONE || column < h->first) {
        h->left = left;
        h->first = column;
    } else if (column == h->first) {
        h->left = nc_lay_seq_max(h->left, left);
    }
    if (h->last == NC_LAY_NONE || column > h->last) {
        h->right = right;
        h->last = column;
    } else if (column == h->last) {
        h->right = nc_lay_seq_max(h->right, right);
    }
}

/* How far the badge reaches along its line, and back over where the line begins. */
static double badge_along(const nc_lay_seq_event *e)
{
    return e->number_w <= 0    ? 0
           : e->number_off > 0 ? e->number_off + e->number_w
                               : e->number_w - nc_lay_seq_half(e->number_h);
}

static double badge_back(const nc_lay_seq_event *e)
{
    return e->number_off > 0 ? 0 : nc_lay_seq_half(e->number_h);
}

/* Room between the end of a line and its text: the badge at its beginning counts. */
static double text_pad(const nc_lay_seq *seq, const nc_lay_seq_event *e, bool begins)
{
    const nc_lay_seq_spacing *s = &seq->spacing;
    if (!begins || e->number_w <= 0)
        return s->text;
    return nc_lay_seq_max(s->text, badge_along(e) + s->number);
}

static void visit_loop(column_pass *c, uint32_t index)
{
    const nc_lay_seq_spacing *s = &c->seq->spacing;
    const nc_lay_seq_event *e = &c->seq->events[index];
    nc_lay_seq_place *p = &c->out->places[index];
    uint32_t opened = nc_lay_seq_opened(c->seq, index, e->from);
    double back = badge_back(e);
    double loop = nc_lay_seq_max(s->loop_w, badge_along(e) + e->line);
    p->x1 = nc_lay_seq_max(nc_lay_seq_bar_right(s, c->open[e->from]), e->from_stop);
    p->x2 = nc_lay_seq_max(nc_lay_seq_bar_right(s, c->open[e->from] + opened), e->to_stop);
    p->far = nc_lay_seq_max(p->x1, p->x2) + loop;
    double left = nc_lay_seq_bar_left(s, c->open[e->from] + opened);
    left = nc_lay_seq_max(left, nc_lay_seq_max(e->from_stop, e->to_stop));
    touch(c, e->from, nc_lay_seq_max(left, back - p->x1),
          p->far + (e->w > 0 ? s->text_loop + e->w : 0));
}

static void visit_message(column_pass *c, uint32_t index)
{
    const nc_lay_seq *seq = c->seq;
    const nc_lay_seq_spacing *s = &seq->spacing;
    const nc_lay_seq_event *e = &seq->events[index];
    nc_lay_seq_place *p = &c->out->places[index];
    if (e->from == e->to) {
        visit_loop(c, index);
        return;
    }
    bool rightward = e->from < e->to;
    uint32_t from_open = c->open[e->from];
    uint32_t to_open = c->open[e->to] + nc_lay_seq_opened(seq, index, e->to);
    double to_w = header_w(seq, e->to);
    double from_edge =
        rightward ? nc_lay_seq_bar_right(s, from_open) : nc_lay_seq_bar_left(s, from_open);
    double to_edge = rightward ? nc_lay_seq_bar_left(s, to_open) : nc_lay_seq_bar_right(s, to_open);
    from_edge = nc_lay_seq_max(from_edge, e->from_stop);
    to_edge = nc_lay_seq_max(to_edge, e->to_stop);
    if (c->waiting[e->to]) {
        c->waiting[e->to] = false;
        c->out->columns[e->to].created = true;
        double port = seq->participants[e->to].port_w;
        port = port > 0 ? port : to_w;
        to_edge = rightward ? nc_lay_seq_half(port) : port - nc_lay_seq_half(port);
        touch(c, e->to, nc_lay_seq_half(to_w), to_w - nc_lay_seq_half(to_w));
    }
    p->x1 = rightward ? from_edge : -from_edge;
    p->x2 = rightward ? -to_edge : to_edge;
    double inside = e->w > 0 ? text_pad(seq, e, true) + e->w + text_pad(seq, e, false) : 0;
    double line = e->line + badge_along(e);
    need(c, rightward ? e->from : e->to, rightward ? e->to : e->from,
         from_edge + to_edge + nc_lay_seq_max(inside, line));
    double back = badge_back(e) - from_edge;
    double from_left = nc_lay_seq_max(nc_lay_seq_bar_left(s, from_open), e->from_stop);
    double from_right = nc_lay_seq_max(nc_lay_seq_bar_right(s, from_open), e->from_stop);
    touch(c, e->from, rightward ? nc_lay_seq_max(from_left, back) : from_left,
          rightward ? from_right : nc_lay_seq_max(from_right, back));
    touch(c, e->to, nc_lay_seq_max(nc_lay_seq_bar_left(s, to_open), e->to_stop),
          nc_lay_seq_max(nc_lay_seq_bar_right(s, to_open), e->to_stop));
}

static void visit_note(column_pass *c, uint32_t index)
{
    const nc_lay_seq_spacing *s = &c->seq->spacing;
    const nc_lay_seq_event *e = &c->seq->events[index];
    nc_lay_seq_place *p = &c->out->places[index];
    uint32_t low = e->from < e->to ? e->from : e->to;
    uint32_t high = e->from < e->to ? e->to : e->from;
    double bar_left = nc_lay_seq_bar_left(s, c->open[e->from]);
    double bar_right = nc_lay_seq_bar_right(s, c->open[e->from]);
    switch (e->side) {
    case NC_LAY_SEQ_LEFT:
        p->x1 = -(bar_left + s->note + e->w);
        touch(c, e->from, -p->x1, bar_right);
        break;
    case NC_LAY_SEQ_RIGHT:
        p->x1 = bar_right + s->note;
        touch(c, e->from, bar_left, p->x1 + e->w);
        break;
    case NC_LAY_SEQ_OVER:
        if (low == high) {
            p->x1 = -nc_lay_seq_half(e->w);
            touch(c, low, nc_lay_seq_max(bar_left, -p->x1),
                  nc_lay_seq_max(bar_right, e->w + p->x1));
        } else {
            double over = nc_lay_seq_max(s->note_over, nc_lay_seq_bar_left(s, c->open[low]));
            double beyond = nc_lay_seq_max(s->note_over, nc_lay_seq_bar_right(s, c->open[high]));
            p->x1 = -over;
            p->x2 = beyond;
            need(c, low, high, e->w - over - beyond);
            touch(c, low, over, 0);
            touch(c, high, 0, beyond);
        }
        break;
    }
}

static void visit_start(column_pass *c, uint32_t index)
{
    uint32_t f = c->out->fragment_len++;
    c->holds[f] = (hold){.parent = c->inner,
                         .first = NC_LAY_NONE,
                         .last = NC_LAY_NONE,
                         .text_w = c->seq->events[index].w};
    c->out->fragments[f].start = index;
    c->out->fragments[f].parent = c->inner;
    c->out->places[index].index = f;
    c->inner = f;
}

/* A fragment is complete: it becomes something that its parent holds. */
static void visit_end(column_pass *c, uint32_t index)
{
    const nc_lay_seq_spacing *s = &c->seq->spacing;
    hold *h = &c->holds[c->inner];
    const nc_lay_seq_event *start = &c->seq->events[c->out->fragments[c->inner].start];
    c->out->places[index].index = c->inner;
    if (h->first == NC_LAY_NONE) { /* nothing in it: it spans everybody */
        h->first = 0;
        h->last = nc_lay_seq_width(c->seq) - 1;
    }
    h->left += s->fragment;
    h->right += s->fragment;
    double least = start->tab_w + s->label;
    h->label = least;
    if (h->text_w > 0) {
        /* Beside the tab, and beside the first lifeline where that can be had. */
        double beside = h->left + s->label + nc_lay_seq_bar_right(s, c->most[h->first]);
        h->label = nc_lay_seq_max(least, beside);
        least = h->label + h->text_w + s->label;
    }
    if (h->first == h->last)
        h->right = nc_lay_seq_max(h->right, least - h->left);
    else
        need(c, h->first, h->last, least - h->left - h->right);
    c->inner = h->parent;
    touch(c, h->first, h->left, 0);
    touch(c, h->last, 0, h->right);
}

static void visit(column_pass *c, uint32_t index)
{
    const nc_lay_seq_event *e = &c->seq->events[index];
    const nc_lay_seq_spacing *s = &c->seq->spacing;
    switch (e->type) {
    case NC_LAY_SEQ_MESSAGE:
        visit_message(c, index);
        break;
    case NC_LAY_SEQ_NOTE:
        visit_note(c, index);
        break;
    case NC_LAY_SEQ_ACTIVATE:
        c->open[e->from]++;
        if (c->open[e->from] > c->most[e->from])
            c->most[e->from] = c->open[e->from];
        touch(c, e->from, nc_lay_seq_bar_left(s, c->open[e->from]),
              nc_lay_seq_bar_right(s, c->open[e->from]));
        break;
    case NC_LAY_SEQ_DEACTIVATE:
        c->open[e->from] -= c->open[e->from] > 0;
        break;
    case NC_LAY_SEQ_START:
        visit_start(c, index);
        break;
    case NC_LAY_SEQ_SECTION:
        c->out->places[index].index = c->inner;
        c->holds[c->inner].text_w = nc_lay_seq_max(c->holds[c->inner].text_w, e->w);
        break;
    case NC_LAY_SEQ_END:
        visit_end(c, index);
        break;
    case NC_LAY_SEQ_CREATE:
        c->waiting[e->from] = !c->out->columns[e->from].created;
        break;
    case NC_LAY_SEQ_DESTROY:
        touch(c, e->from, nc_lay_seq_half(s->cross), s->cross - nc_lay_seq_half(s->cross));
        break;
    }
}

/* First and last member of each box. False when they are no neighbours. */
static bool find_members(column_pass *c)
{
    const nc_lay_seq *seq = c->seq;
    for (uint32_t b = 0; b < seq->box_len; b++)
        c->box_first[b] = c->box_last[b] = NC_LAY_NONE;
    for (uint32_t i = 0; i < seq->participant_len; i++) {
        uint32_t b = seq->participants[i].box;
        if (b == NC_LAY_NONE)
            continue;
        if (c->box_first[b] == NC_LAY_NONE)
            c->box_first[b] = i;
        else if (c->box_last[b] + 1 != i)
            return false;
        c->box_last[b] = i;
    }
    return true;
}

/* What a box adds beside its only header when its title is wider. */
static double title_excess(const column_pass *c, uint32_t b)
{
    double excess = c->seq->boxes[b].title_w - header_w(c->seq, c->box_first[b]);
    return c->box_first[b] == c->box_last[b] && excess > 0 ? excess : 0;
}

/* How far a column's header reaches, with the box that begins or ends there. */
static double header_left(const column_pass *c, uint32_t i)
{
    uint32_t b = box_of(c->seq, i);
    double left = nc_lay_seq_half(header_w(c->seq, i));
    if (b == NC_LAY_NONE || c->box_first[b] != i)
        return left;
    return left + c->seq->spacing.box_pad + nc_lay_seq_half(title_excess(c, b));
}

static double header_right(const column_pass *c, uint32_t i)
{
    uint32_t b = box_of(c->seq, i);
    double w = header_w(c->seq, i);
    double right = w - nc_lay_seq_half(w);
    if (b == NC_LAY_NONE || c->box_last[b] != i)
        return right;
    double excess = title_excess(c, b);
    return right + c->seq->spacing.box_pad + excess - nc_lay_seq_half(excess);
}

/* Neighbours keep apart: headers, boxes, and what reaches towards each other's lifelines. */
static void need_neighbours(column_pass *c)
{
    const nc_lay_seq_spacing *s = &c->seq->spacing;
    for (uint32_t k = 0; k + 1 < c->spread.len; k++) {
        bool same_box = box_of(c->seq, k) == box_of(c->seq, k + 1);
        double gap = same_box ? s->column : s->box_gap;
        need(c, k, k + 1, header_right(c, k) + gap + header_left(c, k + 1));
        need(c, k, k + 1, c->right[k] + s->lane + nc_lay_seq_bar_left(s, c->most[k + 1]));
        need(c, k, k + 1, nc_lay_seq_bar_right(s, c->most[k]) + s->lane + c->left[k + 1]);
    }
    for (uint32_t b = 0; b < c->seq->box_len; b++) {
        uint32_t first = c->box_first[b];
        uint32_t last = c->box_last[b];
        if (first == NC_LAY_NONE)
            continue;
        if (first != last)
            need(c, first, last,
                 c->seq->boxes[b].title_w + 2 * s->box_pad - header_left(c, first) -
                     header_right(c, last));
    }
}

/* Everything that was kept relative to lifelines gets its x. */
static void set_fragments(column_pass *c)
{
    const nc_lay_seq_spacing *s = &c->seq->spacing;
    const nc_lay_seq_column *columns = c->out->columns;
    for (uint32_t f = 0; f < c->out->fragment_len; f++) {
        nc_lay_seq_fragment *fragment = &c->out->fragments[f];
        const hold *h = &c->holds[f];
        const nc_lay_seq_event *start = &c->seq->events[fragment->start];
        bool none = c->seq->participant_len == 0;
        fragment->first = none ? NC_LAY_NONE : h->first;
        fragment->last = none ? NC_LAY_NONE : h->last;
        fragment->frame.x = columns[h->first].x - h->left;
        fragment->frame.w = columns[h->last].x + h->right - fragment->frame.x;
        fragment->tab = (nc_lay_rect){fragment->frame.x, 0, start->tab_w, start->tab_h};
    }
    for (uint32_t i = 0; i < c->seq->event_len; i++) {
        const nc_lay_seq_event *e = &c->seq->events[i];
        nc_lay_seq_place *p = &c->out->places[i];
        if (e->type != NC_LAY_SEQ_START && e->type != NC_LAY_SEQ_SECTION)
            continue;
        const nc_lay_rect *frame = &c->out->fragments[p->index].frame;
        p->x1 = frame->x;
        p->x2 = frame->x + frame->w;
        p->box.x = frame->x + c->holds[p->index].label;
        p->room = p->x2 - s->label - p->box.x;
    }
}

static void set_message(column_pass *c, const nc_lay_seq_event *e, nc_lay_seq_place *p)
{
    const nc_lay_seq_spacing *s = &c->seq->spacing;
    const nc_lay_seq_column *columns = c->out->columns;
    double back = badge_back(e) - e->number_off;
    p->x1 += columns[e->from].x;
    p->x2 += columns[e->to].x;
    p->number = (nc_lay_rect){p->x1 - back, 0, e->number_w, e->number_h};
    if (e->from == e->to) {
        p->far += columns[e->from].x;
        p->box.x = p->far + s->text_loop;
        p->room = e->w; /* frames were made for it */
        return;
    }
    if (e->to < e->from)
        p->number.x = p->x1 + back - e->number_w;
    p->room = fabs(p->x2 - p->x1) - text_pad(c->seq, e, true) - text_pad(c->seq, e, false);
    p->box.x =
        e->from < e->to ? p->x1 + text_pad(c->seq, e, true) : p->x2 + text_pad(c->seq, e, false);
}

static void set_events(column_pass *c)
{
    const nc_lay_seq_column *columns = c->out->columns;
    for (uint32_t i = 0; i < c->seq->event_len; i++) {
        const nc_lay_seq_event *e = &c->seq->events[i];
        nc_lay_seq_place *p = &c->out->places[i];
        if (e->type == NC_LAY_SEQ_MESSAGE) {
            set_message(c, e, p);
        } else if (e->type == NC_LAY_SEQ_NOTE) {
            uint32_t low = e->from < e->to ? e->from : e->to;
            uint32_t high = e->from < e->to ? e->to : e->from;
            p->box.x = columns[e->side == NC_LAY_SEQ_OVER ? low : e->from].x + p->x1;
            p->box.w = e->w;
            if (e->side == NC_LAY_SEQ_OVER && low != high)
                p->box.w = columns[high].x + p->x2 - p->box.x;
            p->room = p->box.w;
            p->x1 = p->x2 = 0;
        }
    }
}

static void set_boxes(column_pass *c)
{
    for (uint32_t b = 0; b < c->seq->box_len; b++) {
        if (c->box_first[b] == NC_LAY_NONE)
            continue;
        uint32_t first = c->box_first[b];
        uint32_t last = c->box_last[b];
        nc_lay_seq_frame *frame = &c->out->boxes[b];
        frame->frame.x = c->out->columns[first].x - header_left(c, first);
        frame->frame.w = c->out->columns[last].x + header_right(c, last) - frame->frame.x;
        frame->title.w = c->seq->boxes[b].title_w;
        frame->title.x = frame->frame.x + nc_lay_seq_half(frame->frame.w - frame->title.w);
    }
}

static void set_columns(column_pass *c)
{
    const nc_lay_seq_spacing *s = &c->seq->spacing;
    uint32_t last = c->spread.len - 1;
    double left = nc_lay_seq_max(c->left[0], header_left(c, 0));
    double right = nc_lay_seq_max(c->right[last], header_right(c, last));
    for (uint32_t k = 0; k <= last; k++) {
        nc_lay_seq_column *column = &c->out->columns[k];
        double w = header_w(c->seq, k);
        column->x = s->margin_x + left + c->spread.x[k];
        column->head = (nc_lay_rect){column->x - nc_lay_seq_half(w), 0, w, 0};
    }
    c->out->w = c->out->columns[last].x + right + s->margin_x;
    c->out->w = nc_lay_seq_max(c->out->w, c->seq->title_w + 2 * s->margin_x);
}

/* Lay the arrays of the result, or those of the work, out in a pool. */
static void take_result(nc_lay_seq_pool *pool, nc_lay_seq_result *out, const nc_lay_seq *seq,
                        const nc_lay_seq_counts *counts)
{
    uint32_t repeats = seq->repeat ? counts->rows / seq->repeat : 0;
    out->columns = nc_lay_seq_take(pool, nc_lay_seq_width(seq), sizeof *out->columns);
    out->boxes = nc_lay_seq_take(pool, seq->box_len, sizeof *out->boxes);
    out->places = nc_lay_seq_take(pool, seq->event_len, sizeof *out->places);
    out->fragments = nc_lay_seq_take(pool, counts->fragments, sizeof *out->fragments);
    out->bars = nc_lay_seq_take(pool, counts->bars, sizeof *out->bars);
    out->repeats = nc_lay_seq_take(pool, repeats, sizeof *out->repeats);
}

static void take_work(nc_lay_seq_pool *pool, column_pass *c, const nc_lay_seq_counts *counts)
{
    uint32_t n = nc_lay_seq_width(c->seq);
    nc_lay_seq_spread *s = &c->spread;
    /* A message, a note and an end add at most one need each, a box one. */
    size_t needs = (size_t)c->seq->event_len + c->seq->box_len;
    double **numbers[] = {&s->x,    &s->base,   &s->wish, &s->early,
                          &s->late, &s->sorted, &c->left, &c->right};
    uint32_t **indices[] = {&s->by_low, &s->by_high, &s->by_span, &c->open, &c->most};
    s->len = n;
    s->needs = nc_lay_seq_take(pool, needs, sizeof *s->needs);
    c->holds = nc_lay_seq_take(pool, counts->fragments, sizeof *c->holds);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        *numbers[i] = nc_lay_seq_take(pool, n, sizeof(double));
    for (size_t i = 0; i < sizeof indices / sizeof indices[0]; i++)
        *indices[i] = nc_lay_seq_take(pool, n, sizeof(uint32_t));
    c->box_first = nc_lay_seq_take(pool, c->seq->box_len, sizeof(uint32_t));
    c->box_last = nc_lay_seq_take(pool, c->seq->box_len, sizeof(uint32_t));
    c->waiting = nc_lay_seq_take(pool, n, sizeof(bool));
}

static bool find_columns(column_pass *c, const nc_lay_seq_counts *counts)
{
    if (!find_members(c))
        return false;
    c->out->bar_len = counts->bars;
    c->inner = NC_LAY_NONE;
    for (uint32_t i = 0; i < c->seq->event_len; i++)
        visit(c, i);
    need_neighbours(c);
    nc_lay_seq_solve(&c->spread);
    set_columns(c);
    set_fragments(c);
    set_events(c);
    set_boxes(c);
    return true;
}

nc_lay_status nc_lay_seq_columns(nc_lay_seq_result *out, const nc_lay_seq *seq,
                                 const nc_lay_alloc *alloc)
{
    nc_lay_seq_counts counts;
    column_pass c = {.seq = seq, .out = out};
    nc_lay_seq_pool result_pool = {0};
    nc_lay_seq_pool work_pool = {0};
    *out = (nc_lay_seq_result){0};
    if (alloc)
        out->from = *alloc;
    nc_lay_status status = NC_LAY_INVALID;
    void *work = NULL;
    if (!nc_lay_seq_check(&counts, seq))
        goto done;
    status = NC_LAY_NOMEM;
    take_result(&result_pool, out, seq, &counts);
    take_work(&work_pool, &c, &counts);
    if (result_pool.overflow || work_pool.overflow)
        goto done;
    out->memory = nc_lay_seq_alloc(&out->from, result_pool.used);
    work = out->memory ? nc_lay_seq_alloc(&out->from, work_pool.used) : NULL;
    if (!work)
        goto done;
    result_pool = (nc_lay_seq_pool){.base = out->memory};
    work_pool = (nc_lay_seq_pool){.base = work};
    take_result(&result_pool, out, seq, &counts);
    take_work(&work_pool, &c, &counts);
    status = find_columns(&c, &counts) ? NC_LAY_OK : NC_LAY_INVALID;
done:
    nc_lay_seq_free(&out->from, work);
    if (status != NC_LAY_OK)
        nc_lay_seq_release(out);
    return status;
}
