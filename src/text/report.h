/* What a diagram is told about characters that are not in the embedded faces: once each. */
#ifndef NC_TEXT_REPORT_H
#define NC_TEXT_REPORT_H

#include "text/fallback.h"

/* A warning that grows as labels are measured. */
typedef struct nc_growing {
    nc_u32_vec codes;
    uint32_t at; /* in the diagnostics; NC_NONE before the first label */
} nc_growing;

typedef struct nc_text_report {
    nc_arena *arena;
    nc_diags *diags; /* NULL: nothing is told */
    nc_growing missing, borrowed;
    NC_VEC(const char *) families;
} nc_text_report;

void nc_text_report_init(nc_text_report *r, nc_arena *a, nc_diags *d);
/* The label at that place has these characters. False without memory. */
NC_MUST_USE bool nc_report_missing(nc_text_report *r, const nc_fonts *fonts,
                                   const nc_u32_vec *missing, nc_span at);
NC_MUST_USE bool nc_report_borrowed(nc_text_report *r, const nc_borrowed_vec *borrowed, nc_span at);

#endif
