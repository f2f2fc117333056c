/* What the files of the sequence engine share. Nothing else includes this. */
#ifndef NC_LAYOUT_SEQUENCE_WORK_H
#define NC_LAYOUT_SEQUENCE_WORK_H

#include "layout/sequence.h"

#include <math.h>

/* How many arrays of which sizes are needed is counted once, while checking. */
typedef struct nc_lay_seq_counts {
    uint32_t fragments, bars, rows, created;
} nc_lay_seq_counts;

/* False for input that nc_lay_seq_run refuses. */
bool nc_lay_seq_check(nc_lay_seq_counts *counts, const nc_lay_seq *seq);

/* Hands out pieces of one block. With base NULL it only adds up what will be asked for. */
typedef struct nc_lay_seq_pool {
    char *base;
    size_t used;
    bool overflow;
} nc_lay_seq_pool;

void *nc_lay_seq_take(nc_lay_seq_pool *pool, size_t count, size_t size);
void *nc_lay_seq_alloc(const nc_lay_alloc *from, size_t size);
void nc_lay_seq_free(const nc_lay_alloc *from, void *ptr);

/* Columns that are laid out: one without a header stands in when there are no participants. */
static inline uint32_t nc_lay_seq_width(const nc_lay_seq *seq)
{
    return seq->participant_len ? seq->participant_len : 1;
}

static inline double nc_lay_seq_max(double a, double b)
{
    return a > b ? a : b;
}

/* The left part of a width that is centred on a lifeline; the right part is what remains. */
static inline double nc_lay_seq_half(double w)
{
    return floor(w / 2);
}

/* How far `open` bars on a lifeline reach to its left and right. */
static inline double nc_lay_seq_bar_left(const nc_lay_seq_spacing *s, uint32_t open)
{
    return open ? nc_lay_seq_half(s->bar) : 0;
}

static inline double nc_lay_seq_bar_right(const nc_lay_seq_spacing *s, uint32_t open)
{
    return open ? s->bar - nc_lay_seq_half(s->bar) + (open - 1) * s->bar_shift : 0;
}

/* How many bars of `participant` the events right after message `event` open on its line. */
uint32_t nc_lay_seq_opened(const nc_lay_seq *seq, uint32_t event, uint32_t participant);

#endif
