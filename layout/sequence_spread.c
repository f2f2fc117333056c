#include "layout/sequence_spread.h"

#include <stdlib.h>

/* Units of work that spreading may use: about 20 ms. What is left over is solved unevenly. */
static const uint64_t spread_budget = 4000000;

static void list_needs(nc_lay_seq_spread *s)
{
    for (uint32_t k = 0; k < s->len; k++)
        s->by_low[k] = s->by_high[k] = s->by_span[k] = NC_LAY_NONE;
    for (uint32_t i = s->need_len; i-- > 0;) {
        nc_lay_seq_need *n = &s->needs[i];
        n->next_low = s->by_low[n->low];
        n->next_high = s->by_high[n->high];
        n->next_span = s->by_span[n->high - n->low];
        s->by_low[n->low] = s->by_high[n->high] = s->by_span[n->high - n->low] = i;
    }
}

static int compare_doubles(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;
    return (*x > *y) - (*x < *y);
}

/* Raise the smallest of the distances d until they add up to `missing` more. */
static void fill(double *d, uint32_t len, double missing, double *sorted)
{
    for (uint32_t i = 0; i < len; i++)
        sorted[i] = d[i];
    qsort(sorted, len, sizeof *sorted, compare_doubles);
    double below = 0; /* sum of those that are raised */
    uint32_t raised = 0;
    do {
        below += sorted[raised];
        raised++;
    } while (raised < len && sorted[raised] * raised - below < missing);
    double level = floor((missing + below) / raised);
    for (uint32_t i = 0; i < len; i++) {
        if (d[i] < level) {
            missing -= level - d[i];
            d[i] = level;
        }
    }
    for (uint32_t i = 0; i < len && missing > 0; i++) { /* less than a unit each is left */
        if (d[i] > level)
            continue;
        double more = missing < 1 ? missing : 1;
        d[i] += more;
        missing -= more;
    }
}

/* Distances as they should be if width did not matter, narrow needs first. */
static void wish_distances(nc_lay_seq_spread *s)
{
    uint64_t spent = 0;
    for (uint32_t k = 0; k + 1 < s->len; k++)
        s->wish[k] = s->base[k];
    for (uint32_t span = 2; span < s->len; span++) {
        for (uint32_t i = s->by_span[span]; i != NC_LAY_NONE; i = s->needs[i].next_span) {
            const nc_lay_seq_need *n = &s->needs[i];
            double sum = 0;
            for (uint32_t k = n->low; k < n->high; k++)
                sum += s->wish[k];
            spent += span;
            if (sum < n->need) {
                fill(s->wish + n->low, span, n->need - sum, s->sorted);
                spent += (uint64_t)span * 8;
            }
            if (spent > spread_budget)
                return;
        }
    }
}

/* The least x of column k that the columns before it allow. */
static double lower_bound(const nc_lay_seq_spread *s, const double *x, uint32_t k)
{
    double low = x[k - 1] + s->base[k - 1];
    for (uint32_t i = s->by_high[k]; i != NC_LAY_NONE; i = s->needs[i].next_high)
        low = nc_lay_seq_max(low, x[s->needs[i].low] + s->needs[i].need);
    return low;
}

static double upper_bound(const nc_lay_seq_spread *s, const double *x, uint32_t k)
{
    double high = x[k + 1] - s->base[k];
    for (uint32_t i = s->by_low[k]; i != NC_LAY_NONE; i = s->needs[i].next_low) {
        double v = x[s->needs[i].high] - s->needs[i].need;
        high = v < high ? v : high;
    }
    return high;
}

/* Half of a + b; floored when everything is whole, which keeps whole constraints fulfilled. */
static double mean(double a, double b, bool whole)
{
    return whole ? floor((a + b) / 2) : (a + b) / 2;
}

void nc_lay_seq_solve(nc_lay_seq_spread *s)
{
    uint32_t last = s->len - 1;
    double *early = s->early; /* leftmost solution, then the one clamped from the left */
    double *late = s->late;
    bool whole = true;
    list_needs(s);
    wish_distances(s);
    early[0] = 0;
    for (uint32_t k = 1; k < s->len; k++)
        early[k] = lower_bound(s, early, k);
    late[last] = early[last];
    for (uint32_t k = last; k-- > 0;)
        late[k] = upper_bound(s, late, k);
    /* From the right: between leftmost and what the columns after it allow, as wished. */
    s->x[last] = early[last];
    for (uint32_t k = last; k-- > 0;) {
        double high = upper_bound(s, s->x, k);
        double wish = s->x[k + 1] - s->wish[k];
        wish = wish < high ? wish : high;
        s->x[k] = nc_lay_seq_max(wish, early[k]);
    }
    /* From the left: likewise, against the rightmost. */
    for (uint32_t k = 1; k < s->len; k++) {
        double low = lower_bound(s, early, k);
        double wish = nc_lay_seq_max(early[k - 1] + s->wish[k - 1], low);
        early[k] = wish < late[k] ? wish : late[k];
    }
    for (uint32_t k = 0; k < s->len; k++)
        whole = whole && floor(early[k]) == early[k] && floor(s->x[k]) == s->x[k];
    for (uint32_t k = 0; k < s->len; k++)
        s->x[k] = mean(early[k], s->x[k], whole);
}
