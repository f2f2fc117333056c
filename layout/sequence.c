#include "layout/sequence.h"

#include "layout/sequence_work.h"

#include <stdlib.h>
#include <string.h>

void *nc_lay_seq_take(nc_lay_seq_pool *pool, size_t count, size_t size)
{
    size_t at = (pool->used + 15) & ~(size_t)15;
    if (count > (SIZE_MAX / 2 - at) / size) {
        pool->overflow = true;
        return NULL;
    }
    pool->used = at + count * size;
    return pool->base ? pool->base + at : NULL;
}

void *nc_lay_seq_alloc(const nc_lay_alloc *from, size_t size)
{
    void *p = from->alloc ? from->alloc(from->payload, size) : malloc(size);
    if (p)
        memset(p, 0, size);
    return p;
}

void nc_lay_seq_free(const nc_lay_alloc *from, void *ptr)
{
    if (!ptr)
        return;
    if (from->free)
        from->free(from->payload, ptr);
    else
        free(ptr);
}

uint32_t nc_lay_seq_opened(const nc_lay_seq *seq, uint32_t event, uint32_t participant)
{
    uint32_t opened = 0;
    for (uint32_t i = event + 1; i < seq->event_len; i++) {
        const nc_lay_seq_event *e = &seq->events[i];
        if (e->type == NC_LAY_SEQ_ACTIVATE)
            opened += e->from == participant;
        else if (e->type != NC_LAY_SEQ_DEACTIVATE || e->from == participant)
            break;
    }
    return opened;
}

static bool sizes_are_sound(const double *v, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!isfinite(v[i]) || v[i] < 0 || v[i] > 1e9)
            return false;
    return true;
}

static bool participants_are_sound(const nc_lay_seq *seq)
{
    for (uint32_t i = 0; i < seq->participant_len; i++) {
        const nc_lay_seq_participant *p = &seq->participants[i];
        if (!sizes_are_sound((double[]){p->w, p->h, p->port_w, p->port_y}, 4) || p->port_w > p->w ||
            p->port_y > p->h || (p->box != NC_LAY_NONE && p->box >= seq->box_len))
            return false;
    }
    for (uint32_t i = 0; i < seq->box_len; i++)
        if (!sizes_are_sound((double[]){seq->boxes[i].title_w, seq->boxes[i].title_h}, 2))
            return false;
    return true;
}

static bool event_is_sound(const nc_lay_seq *seq, const nc_lay_seq_event *e)
{
    bool one =
        e->type != NC_LAY_SEQ_START && e->type != NC_LAY_SEQ_SECTION && e->type != NC_LAY_SEQ_END;
    bool two = e->type == NC_LAY_SEQ_MESSAGE || e->type == NC_LAY_SEQ_NOTE;
    const double sizes[] = {e->w,        e->h,          e->tab_w,     e->tab_h,   e->number_w,
                            e->number_h, e->number_off, e->from_stop, e->to_stop, e->line};
    return e->type <= NC_LAY_SEQ_DESTROY && e->side <= NC_LAY_SEQ_OVER &&
           sizes_are_sound(sizes, sizeof sizes / sizeof sizes[0]) &&
           (!one || e->from < seq->participant_len) && (!two || e->to < seq->participant_len);
}

bool nc_lay_seq_check(nc_lay_seq_counts *counts, const nc_lay_seq *seq)
{
    const nc_lay_seq_spacing *s = &seq->spacing;
    const double sizes[] = {
        s->margin_x,  s->margin_y, s->title,   s->column,  s->lane,  s->text,      s->text_line,
        s->text_loop, s->row,      s->step,    s->ends,    s->bar,   s->bar_shift, s->bar_over,
        s->bar_min,   s->loop_w,   s->loop_h,  s->number,  s->note,  s->note_over, s->fragment,
        s->label,     s->section,  s->box_pad, s->box_gap, s->cross, seq->title_w, seq->title_h};
    *counts = (nc_lay_seq_counts){0};
    if (!sizes_are_sound(sizes, sizeof sizes / sizeof sizes[0]) || !participants_are_sound(seq) ||
        seq->align > NC_LAY_SEQ_AT_RIGHT)
        return false;
    uint32_t depth = 0;
    for (uint32_t i = 0; i < seq->event_len; i++) {
        const nc_lay_seq_event *e = &seq->events[i];
        if (!event_is_sound(seq, e))
            return false;
        if (e->type == NC_LAY_SEQ_START) {
            depth++;
            counts->fragments++;
        } else if (e->type == NC_LAY_SEQ_SECTION || e->type == NC_LAY_SEQ_END) {
            if (depth == 0)
                return false;
            depth -= e->type == NC_LAY_SEQ_END;
        }
        counts->bars += e->type == NC_LAY_SEQ_ACTIVATE;
        counts->created += e->type == NC_LAY_SEQ_CREATE;
        counts->rows += e->type == NC_LAY_SEQ_MESSAGE || e->type == NC_LAY_SEQ_NOTE ||
                        e->type == NC_LAY_SEQ_START;
    }
    return depth == 0;
}

nc_lay_status nc_lay_seq_run(nc_lay_seq_result *out, const nc_lay_seq *seq,
                             const nc_lay_alloc *alloc)
{
    nc_lay_status status = nc_lay_seq_columns(out, seq, alloc);
    if (status == NC_LAY_OK)
        status = nc_lay_seq_rows(out, seq);
    if (status != NC_LAY_OK)
        nc_lay_seq_release(out);
    return status;
}

void nc_lay_seq_release(nc_lay_seq_result *result)
{
    nc_lay_alloc from = result->from;
    nc_lay_seq_free(&from, result->memory);
    *result = (nc_lay_seq_result){0};
}
