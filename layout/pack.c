/*
 * Pack components.
 *
 * Input:   boxes in the author's order.      Output: their corners; the size of all.
 * Method:  a skyline, lowest and then leftmost place first, for several widths; the one that comes
 *          nearest to the wanted aspect with the least area is kept.
 * Fails:   without memory.
 * Source:  Burke, Kendall, Whitwell 2004 and Jylanki 2010 (skylines); ours in the choice of width.
 */
#include "layout/levels.h"

#include <math.h>

typedef struct skyline {
    nc_len *x, *y; /* steps from left to right; each ends where the next begins */
    uint32_t len;
    nc_len width;
} skyline;

/* How high a box of width w would stand when it begins at step i; -1: it does not fit. */
static nc_len rest_on(const skyline *s, uint32_t i, nc_len w)
{
    nc_len top = 0, right = s->x[i] + w;
    if (right > s->width)
        return -1;
    for (; i < s->len && s->x[i] < right; i++)
        top = s->y[i] > top ? s->y[i] : top;
    return top;
}

static void put(skyline *s, uint32_t i, nc_len w, nc_len top)
{
    nc_len left = s->x[i], right = left + w, last = s->y[i];
    uint32_t end = i;
    while (end < s->len && s->x[end] < right)
        last = s->y[end++];
    bool rest = (end < s->len ? s->x[end] : s->width) > right;
    uint32_t add = rest ? 2 : 1, old = end - i;
    if (add > old) {
        for (uint32_t k = s->len; k-- > end;) {
            s->x[k + add - old] = s->x[k];
            s->y[k + add - old] = s->y[k];
        }
    } else {
        for (uint32_t k = end; k < s->len; k++) {
            s->x[k + add - old] = s->x[k];
            s->y[k + add - old] = s->y[k];
        }
    }
    s->len = s->len + add - old;
    s->x[i] = left;
    s->y[i] = top;
    if (rest) {
        s->x[i + 1] = right;
        s->y[i + 1] = last;
    }
}

static void fill(skyline *s, nc_comp *comps, uint32_t len, nc_len gap, nc_len *w, nc_len *h)
{
    s->len = 1;
    s->x[0] = s->y[0] = 0;
    *w = *h = 0;
    for (uint32_t c = 0; c < len; c++) {
        uint32_t best = 0;
        nc_len best_y = -1;
        for (uint32_t i = 0; i < s->len; i++) {
            nc_len y = rest_on(s, i, comps[c].w + gap);
            if (y >= 0 && (best_y < 0 || y < best_y)) {
                best_y = y;
                best = i;
            }
        }
        comps[c].x = s->x[best];
        comps[c].y = best_y;
        put(s, best, comps[c].w + gap, best_y + comps[c].h + gap);
        *w = comps[c].x + comps[c].w > *w ? comps[c].x + comps[c].w : *w;
        *h = comps[c].y + comps[c].h > *h ? comps[c].y + comps[c].h : *h;
    }
}

enum { TRIES = 12, MANY = 400 };

bool nc_pack(nc_lay_mem *m, nc_comp *comps, uint32_t len, nc_len gap, double aspect, nc_len *w,
             nc_len *h)
{
    nc_lay_mark mark = nc_lay_mem_mark(m);
    skyline s = {.x = LAY_NEW(m, nc_len, 2 * (size_t)len + 2),
                 .y = LAY_NEW(m, nc_len, 2 * (size_t)len + 2)};
    if (!s.x || !s.y)
        return false;
    double area = 0, best = HUGE_VAL;
    nc_len widest = 0, sum = 0, chosen = 0;
    for (uint32_t c = 0; c < len; c++) {
        nc_len cw = comps[c].w + gap;
        area += (double)cw * (double)(comps[c].h + gap);
        widest = cw > widest ? cw : widest;
        sum += cw;
    }
    int tries = len > MANY ? 2 : TRIES;
    for (int t = 0; t < tries; t++) {
        double ideal = sqrt(area * aspect) * (0.8 + 0.1 * t);
        nc_len width = t + 1 == tries ? sum : (nc_len)ideal;
        width = width < widest ? widest : width;
        s.width = width;
        fill(&s, comps, len, gap, w, h);
        double fw = (double)*w, fh = (double)*h * aspect;
        double cost = fw > fh ? fw : fh;
        if (cost < best) {
            best = cost;
            chosen = width;
        }
    }
    s.width = chosen;
    fill(&s, comps, len, gap, w, h);
    nc_lay_mem_rewind(m, mark);
    return true;
}
