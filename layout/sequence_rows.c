/* The second half of the sequence engine: rows from top to bottom, bars, grounds. */
#include "layout/sequence_work.h"

#include <string.h>

typedef struct life {
    uint32_t bar;  /* innermost open bar or NC_LAY_NONE */
    uint32_t open; /* how many are open */
    double ended;  /* where the last bar ended */
    bool waiting;  /* for the message that brings its header */
    bool leaving;  /* with the next message that touches it */
    bool gone, there;
} life;

typedef struct row_pass {
    const nc_lay_seq *seq;
    nc_lay_seq_result *out;
    uint32_t len;         /* columns */
    double y;             /* bottom of what is placed */
    double line;          /* where a bar would begin or end now */
    bool on_line;         /* that is a message's line */
    double header_h;      /* highest of the headers at the top */
    uint32_t depth;       /* of open fragments */
    uint32_t since, left; /* rows since headers were shown; rows to come */
    life *lives;
    uint32_t *under; /* parallel to bars: the one it was opened on, or NC_LAY_NONE */
} row_pass;

static double column_x(const row_pass *r, uint32_t column)
{
    return r->out->columns[column].x;
}

/* The first column whose lifeline is at or right of x; len when there is none. */
static uint32_t column_at(const row_pass *r, double x)
{
    uint32_t low = 0;
    uint32_t high = r->len;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (column_x(r, mid) < x)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static uint32_t box_of(const row_pass *r, uint32_t column)
{
    return column < r->seq->participant_len ? r->seq->participants[column].box : NC_LAY_NONE;
}

/* True when an edge of a box between columns k - 1 and k is in [x, end). */
static bool crosses_box(const row_pass *r, uint32_t k, double x, double end)
{
    uint32_t before = k > 0 ? box_of(r, k - 1) : NC_LAY_NONE;
    uint32_t after = k < r->len ? box_of(r, k) : NC_LAY_NONE;
    if (before == after)
        return false;
    if (before != NC_LAY_NONE) {
        const nc_lay_rect *f = &r->out->boxes[before].frame;
        if (f->x + f->w >= x && f->x + f->w < end)
            return true;
    }
    if (after != NC_LAY_NONE) {
        const nc_lay_rect *f = &r->out->boxes[after].frame;
        return f->x >= x && f->x < end;
    }
    return false;
}

/* Does [x, x + w) with some air lie over something that runs from top to bottom? */
static bool needs_ground(const row_pass *r, double x, double w)
{
    double air = r->seq->spacing.number;
    double end = x + w + air;
    uint32_t k = column_at(r, x - air);
    /* Bars of the column before may reach in. */
    if (k > 0 &&
        column_x(r, k - 1) + nc_lay_seq_bar_right(&r->seq->spacing, r->lives[k - 1].open) > x - air)
        return true;
    for (; k < r->len; k++) {
        const life *l = &r->lives[k];
        if (crosses_box(r, k, x - air, end))
            return true;
        double left = column_x(r, k) - nc_lay_seq_bar_left(&r->seq->spacing, l->open);
        if (left >= end)
            return false;
        if (l->open || (l->there && !l->gone))
            return true;
    }
    return crosses_box(r, k, x - air, end);
}

/* Is a bar of the lifelines from `from` to before `to` under [x, x + w)? */
static bool covers_bar(const row_pass *r, uint32_t from, uint32_t to, double x, double w)
{
    const nc_lay_seq_spacing *s = &r->seq->spacing;
    uint32_t k = column_at(r, x);
    k = k > from ? k - 1 : from;
    for (; k < to; k++) {
        uint32_t open = r->lives[k].open;
        double at = column_x(r, k);
        if (at - nc_lay_seq_bar_left(s, open) >= x + w)
            return false;
        if (open && at + nc_lay_seq_bar_right(s, open) > x)
            return true;
    }
    return false;
}

/*
 * A text that would hide a piece of a bar moves into the free gap nearest to where it is, if one
 * between first and first + room holds it. Only gaps that are near are looked at, so that the work
 * stays bounded.
 */
static double beside_bars(const row_pass *r, uint32_t from, uint32_t to, double x, double w,
                          double first, double room)
{
    enum { NEAR = 16 };
    const nc_lay_seq_spacing *s = &r->seq->spacing;
    double best = x;
    double moved = -1;
    if (!covers_bar(r, from, to, x, w))
        return x;
    uint32_t mid = column_at(r, x + w / 2);
    uint32_t near = mid > from + NEAR ? mid - NEAR : from;
    for (uint32_t k = near; k <= to && k <= near + 2 * NEAR; k++) {
        /* Between lifelines k - 1 and k, inside the room at its ends. */
        double left = first;
        double right = first + room;
        if (k > from)
            left = nc_lay_seq_max(left, column_x(r, k - 1) + s->text +
                                            nc_lay_seq_bar_right(s, r->lives[k - 1].open));
        if (k < to)
            right =
                fmin(right, column_x(r, k) - s->text - nc_lay_seq_bar_left(s, r->lives[k].open));
        if (right - left < w)
            continue;
        double at = x < left ? left : x + w > right ? right - w : x;
        double distance = fabs(at - x);
        if (moved < 0 || distance < moved) {
            best = at;
            moved = distance;
        }
    }
    return best;
}

/* The same of a fragment's label: no message's ends bound it, but its frame. */
static void place_label(row_pass *r, const nc_lay_seq_event *e, nc_lay_seq_place *p, double first)
{
    double end = p->x2 - r->seq->spacing.label;
    uint32_t from = column_at(r, first);
    if (from > 0) /* a bar may reach in from there */
        from--;
    if (e->w > 0)
        p->box.x = beside_bars(r, from, column_at(r, end), p->box.x, e->w, first, end - first);
    p->ground = e->w > 0 && needs_ground(r, p->box.x, e->w);
}

static void open_bar(row_pass *r, uint32_t event)
{
    const nc_lay_seq_spacing *s = &r->seq->spacing;
    uint32_t who = r->seq->events[event].from;
    life *l = &r->lives[who];
    uint32_t index = r->out->bar_len++;
    nc_lay_seq_bar *bar = &r->out->bars[index];
    double top = r->on_line ? r->line - s->bar_over : r->line;
    if (l->open == 0)
        top = nc_lay_seq_max(top, l->ended);
    if (top < r->out->columns[who].top)
        top = r->out->columns[who].top;
    r->out->places[event].index = index;
    *bar = (nc_lay_seq_bar){.participant = who, .level = l->open};
    bar->rect.x = column_x(r, who) - nc_lay_seq_half(s->bar) + l->open * s->bar_shift;
    bar->rect.y = top;
    bar->rect.w = s->bar;
    r->under[index] = l->bar;
    l->bar = index;
    l->open++;
}

/* Close the innermost bar at `bottom`, or lower when it would be too small. */
static void close_bar(row_pass *r, uint32_t who, double bottom)
{
    life *l = &r->lives[who];
    if (l->bar == NC_LAY_NONE)
        return;
    nc_lay_seq_bar *bar = &r->out->bars[l->bar];
    bottom = nc_lay_seq_max(bottom, bar->rect.y + r->seq->spacing.bar_min);
    bar->rect.h = bottom - bar->rect.y;
    l->bar = r->under[l->bar];
    l->open--;
    l->ended = bottom;
    /* Bars that reach a little beyond their line do not push the next row down. */
    if (bottom > r->line + r->seq->spacing.bar_over)
        r->y = nc_lay_seq_max(r->y, bottom);
}

static void close_bars(row_pass *r, uint32_t who, double bottom)
{
    while (r->lives[who].bar != NC_LAY_NONE)
        close_bar(r, who, bottom);
}

/* After a row whose bottom is y. */
static void advance(row_pass *r, double y, double line, bool on_line)
{
    r->y = y;
    r->line = line;
    r->on_line = on_line;
}

/* The lifeline ends in a cross below the line of the message that destroys it. */
static void leave(row_pass *r, uint32_t who)
{
    const nc_lay_seq_spacing *s = &r->seq->spacing;
    life *l = &r->lives[who];
    if (!l->leaving || !l->there)
        return;
    double centre = r->line + s->row + nc_lay_seq_half(s->cross);
    centre = nc_lay_seq_max(centre, r->out->columns[who].top + s->cross);
    close_bars(r, who, centre);
    l->leaving = false;
    l->gone = true;
    r->out->columns[who].bottom = centre;
    r->out->columns[who].destroyed = true;
    r->y = nc_lay_seq_max(r->y, centre + nc_lay_seq_half(s->cross));
}

static void place_header(row_pass *r, uint32_t who, double top)
{
    nc_lay_seq_column *column = &r->out->columns[who];
    column->head.y = top;
    column->head.h = who < r->seq->participant_len ? r->seq->participants[who].h : 0;
    column->top = top + column->head.h;
    r->lives[who].there = true;
    r->lives[who].waiting = false;
}

static void place_loop(row_pass *r, const nc_lay_seq_event *e, nc_lay_seq_place *p)
{
    const nc_lay_seq_spacing *s = &r->seq->spacing;
    double block = nc_lay_seq_max(s->loop_h, e->h);
    double top = r->y + s->row + nc_lay_seq_half(e->number_h); /* badges keep apart too */
    p->y1 = top + nc_lay_seq_half(block - s->loop_h);
    p->y2 = p->y1 + s->loop_h;
    p->box = (nc_lay_rect){p->box.x, top + nc_lay_seq_half(block - e->h), e->w, e->h};
    p->ground = e->w > 0 && needs_ground(r, p->box.x, e->w);
    advance(r, top + block, p->y2, true);
}

static void place_text(row_pass *r, const nc_lay_seq_event *e, nc_lay_seq_place *p)
{
    const nc_lay_seq_spacing *s = &r->seq->spacing;
    double first = p->box.x; /* left end of the text's room */
    double last = first + p->room - e->w;
    double x = first;
    p->box = (nc_lay_rect){first, p->y1 - s->text_line - e->h, e->w, e->h};
    if (e->w <= 0)
        return;
    if (r->seq->align == NC_LAY_SEQ_AT_RIGHT) {
        x = last;
    } else if (r->seq->align == NC_LAY_SEQ_CENTER) {
        x = nc_lay_seq_half(p->x1 + p->x2 - e->w);
        x = x > last ? last : x;
        x = x < first ? first : x;
    }
    uint32_t low = e->from < e->to ? e->from : e->to;
    uint32_t high = e->from < e->to ? e->to : e->from;
    p->box.x = beside_bars(r, low + 1, high, x, e->w, first, p->room);
    p->ground = needs_ground(r, p->box.x, e->w);
}

static void place_message(row_pass *r, uint32_t index)
{
    const nc_lay_seq_spacing *s = &r->seq->spacing;
    const nc_lay_seq_event *e = &r->seq->events[index];
    nc_lay_seq_place *p = &r->out->places[index];
    if (e->from == e->to) {
        place_loop(r, e, p);
    } else {
        double above = e->h > 0 ? s->row + e->h + s->text_line : 0;
        double y = r->y + nc_lay_seq_max(s->step, above);
        double bottom = 0;
        if (r->lives[e->to].waiting) {
            const nc_lay_seq_participant *to = &r->seq->participants[e->to];
            double port = to->port_y > 0 ? to->port_y : nc_lay_seq_half(to->h);
            y = nc_lay_seq_max(y, r->y + s->row + port);
            place_header(r, e->to, y - port);
            bottom = r->out->columns[e->to].top;
        }
        p->y1 = p->y2 = y;
        place_text(r, e, p);
        advance(r, nc_lay_seq_max(y, bottom), y, true);
    }
    p->number.y = p->y1 - nc_lay_seq_half(e->number_h);
    leave(r, e->from);
    leave(r, e->to);
}

static void place_note(row_pass *r, uint32_t index)
{
    const nc_lay_seq_event *e = &r->seq->events[index];
    nc_lay_rect *box = &r->out->places[index].box;
    box->y = r->y + r->seq->spacing.row;
    box->h = e->h;
    advance(r, box->y + e->h, box->y + e->h, false);
}

static void place_start(row_pass *r, uint32_t index)
{
    const nc_lay_seq_event *e = &r->seq->events[index];
    nc_lay_seq_place *p = &r->out->places[index];
    nc_lay_seq_fragment *f = &r->out->fragments[p->index];
    double top = r->y + r->seq->spacing.row;
    double h = nc_lay_seq_max(e->tab_h, e->h);
    f->frame.y = f->tab.y = p->y1 = p->y2 = top;
    p->box = (nc_lay_rect){p->box.x, top + nc_lay_seq_half(h - e->h), e->w, e->h};
    place_label(r, e, p, p->box.x);
    r->depth++;
    advance(r, top + h, top + h, false);
}

static void place_section(row_pass *r, uint32_t index)
{
    const nc_lay_seq_spacing *s = &r->seq->spacing;
    const nc_lay_seq_event *e = &r->seq->events[index];
    nc_lay_seq_place *p = &r->out->places[index];
    double y = r->y + s->fragment;
    p->y1 = p->y2 = y;
    p->box = (nc_lay_rect){p->box.x, y + s->section, e->w, e->h};
    place_label(r, e, p, p->x1 + s->label);
    y = e->h > 0 ? p->box.y + e->h : y;
    advance(r, y, y, false);
}

static void place_end(row_pass *r, uint32_t index)
{
    nc_lay_seq_fragment *f = &r->out->fragments[r->out->places[index].index];
    double bottom = r->y + r->seq->spacing.fragment;
    f->frame.h = bottom - f->frame.y;
    r->depth--;
    advance(r, bottom, bottom, false);
}

/* Headers once more, when enough rows have passed and more than a few are to come. */
static void repeat_headers(row_pass *r)
{
    const nc_lay_seq *seq = r->seq;
    if (seq->repeat == 0 || r->depth > 0 || r->since < seq->repeat || r->left * 2 < seq->repeat)
        return;
    double top = r->y + seq->spacing.row + seq->spacing.ends;
    r->out->repeats[r->out->repeat_len++] = top;
    top += r->out->repeat_h + seq->spacing.ends;
    r->since = 0;
    advance(r, top, top, false);
}

static void place(row_pass *r, uint32_t index)
{
    const nc_lay_seq_event *e = &r->seq->events[index];
    switch (e->type) {
    case NC_LAY_SEQ_MESSAGE:
        place_message(r, index);
        break;
    case NC_LAY_SEQ_NOTE:
        place_note(r, index);
        break;
    case NC_LAY_SEQ_ACTIVATE:
        open_bar(r, index);
        break;
    case NC_LAY_SEQ_DEACTIVATE:
        close_bar(r, e->from, r->line + r->seq->spacing.bar_over);
        break;
    case NC_LAY_SEQ_START:
        place_start(r, index);
        break;
    case NC_LAY_SEQ_SECTION:
        place_section(r, index);
        break;
    case NC_LAY_SEQ_END:
        place_end(r, index);
        break;
    case NC_LAY_SEQ_CREATE:
        r->lives[e->from].waiting = r->out->columns[e->from].created && !r->lives[e->from].there;
        break;
    case NC_LAY_SEQ_DESTROY:
        r->lives[e->from].leaving = !r->lives[e->from].gone;
        break;
    }
}

static void place_events(row_pass *r)
{
    for (uint32_t i = 0; i < r->seq->event_len; i++) {
        nc_lay_seq_type type = r->seq->events[i].type;
        bool row =
            type == NC_LAY_SEQ_MESSAGE || type == NC_LAY_SEQ_NOTE || type == NC_LAY_SEQ_START;
        if (row) {
            repeat_headers(r);
            r->since++;
            r->left--;
        }
        place(r, i);
    }
}

/* Title, boxes and the headers that stand at the top, all with their bottoms on one line. */
static void place_top(row_pass *r)
{
    const nc_lay_seq *seq = r->seq;
    const nc_lay_seq_spacing *s = &seq->spacing;
    double y = s->margin_y;
    double title_h = 0;
    double header_h = 0;
    bool boxes = false;
    r->out->title = (nc_lay_rect){s->margin_x, y, seq->title_w, seq->title_h};
    if (seq->title_h > 0)
        y += seq->title_h + s->title;
    for (uint32_t b = 0; b < seq->box_len; b++) {
        nc_lay_seq_frame *frame = &r->out->boxes[b];
        if (frame->frame.w <= 0)
            continue;
        boxes = true;
        frame->frame.y = y;
        frame->title.y = y + s->section;
        frame->title.h = seq->boxes[b].title_h;
        title_h = nc_lay_seq_max(title_h, frame->title.h);
    }
    if (boxes)
        y += title_h > 0 ? title_h + 2 * s->section : s->box_pad;
    r->out->repeat_h = 0;
    for (uint32_t i = 0; i < seq->participant_len; i++) {
        double h = seq->participants[i].h;
        r->out->repeat_h = nc_lay_seq_max(r->out->repeat_h, h);
        if (!r->out->columns[i].created)
            header_h = nc_lay_seq_max(header_h, h);
    }
    for (uint32_t i = 0; i < r->len; i++) {
        r->lives[i].bar = NC_LAY_NONE;
        if (!r->out->columns[i].created && i < seq->participant_len)
            place_header(r, i, y + header_h - seq->participants[i].h);
    }
    y += header_h;
    advance(r, y + s->ends, y, false);
}

/* What is left open ends here; the mirrored headers hang from one line. */
static void place_bottom(row_pass *r)
{
    const nc_lay_seq *seq = r->seq;
    const nc_lay_seq_spacing *s = &seq->spacing;
    double foot_h = 0;
    for (uint32_t i = 0; i < seq->participant_len; i++)
        leave(r, i);
    double y = r->y + s->row + s->ends;
    for (uint32_t i = 0; i < seq->participant_len; i++)
        if (r->lives[i].bar != NC_LAY_NONE)
            y = nc_lay_seq_max(y, r->out->bars[r->lives[i].bar].rect.y + s->bar_min);
    for (uint32_t i = 0; i < seq->participant_len; i++) {
        nc_lay_seq_column *column = &r->out->columns[i];
        close_bars(r, i, y);
        if (r->lives[i].gone)
            continue;
        column->destroyed = false;
        column->bottom = y;
        if (!seq->mirror)
            continue;
        column->foot = (nc_lay_rect){column->head.x, y, column->head.w, seq->participants[i].h};
        foot_h = nc_lay_seq_max(foot_h, column->foot.h);
    }
    y += foot_h;
    bool boxes = false;
    for (uint32_t b = 0; b < seq->box_len; b++) {
        nc_lay_rect *frame = &r->out->boxes[b].frame;
        if (frame->w <= 0)
            continue;
        boxes = true;
        frame->h = y + s->box_pad - frame->y;
    }
    r->out->h = y + (boxes ? s->box_pad : 0) + s->margin_y;
}

nc_lay_status nc_lay_seq_rows(nc_lay_seq_result *out, const nc_lay_seq *seq)
{
    nc_lay_seq_counts counts;
    row_pass r = {.seq = seq, .out = out, .len = nc_lay_seq_width(seq)};
    if (!nc_lay_seq_check(&counts, seq) || counts.fragments != out->fragment_len ||
        counts.bars != out->bar_len)
        return NC_LAY_INVALID;
    nc_lay_seq_pool pool = {0};
    for (int pass = 0; pass < 2; pass++) {
        r.lives = nc_lay_seq_take(&pool, r.len, sizeof *r.lives);
        r.under = nc_lay_seq_take(&pool, counts.bars, sizeof *r.under);
        if (pass == 0 && pool.overflow)
            return NC_LAY_NOMEM;
        if (pass == 0) {
            pool.base = nc_lay_seq_alloc(&out->from, pool.used);
            pool.used = 0;
            if (!pool.base)
                return NC_LAY_NOMEM;
        }
    }
    r.left = counts.rows;
    out->bar_len = out->repeat_len = 0;
    place_top(&r);
    place_events(&r);
    place_bottom(&r);
    nc_lay_seq_free(&out->from, pool.base);
    return NC_LAY_OK;
}
