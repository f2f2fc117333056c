/* Variables and constraints of the x coordinates: place.c (ports, springs), straighten.c,
 * spread.c (large graphs). */
#ifndef NC_LAYOUT_PLACE_H
#define NC_LAYOUT_PLACE_H

#include "layout/graph.h"
#include "layout/simplex.h"

typedef struct nc_port {
    uint32_t cell; /* the vertex's cell */
    uint32_t side; /* 0: top, 1: bottom */
    uint32_t link;
    int64_t key;  /* order along the side */
    uint32_t seg; /* NONE: an arm's */
    uint32_t arm, arm_end;
    nc_len wish;          /* offset from the anchor where it would like to be */
    bool fixed;           /* and must be */
    nc_len lo, hi, least; /* room on its side, distance to its neighbours */
    uint32_t var;         /* NONE when it does not move against its vertex */
    uint32_t arc;         /* keeps it from the port before it, or from the vertex's anchor */
} nc_port;

typedef struct nc_placing {
    nc_layered *g;
    nc_lp lp;
    uint32_t *var;  /* per cell */
    nc_port *ports; /* sorted by cell, side, key */
    uint32_t port_len;
    int64_t *x;       /* per variable */
    uint32_t *spring; /* per segment: its arc, or NONE */
    uint32_t rigid; /* arcs before this one are between cells and frames only: they do not circle */
} nc_placing;

enum { NC_VAR_LEFT, NC_VAR_RIGHT, NC_VAR_FIRST };

/* The ports of the side that port i begins: up to before this one. */
uint32_t nc_side_end(const nc_placing *p, uint32_t i);

/* Solves again, so that fewer lines step aside: straighten.c. x[] in and out: an optimum. */
LAY_MUST_USE bool nc_straighten(nc_placing *p);

/* Places without the simplex, for large graphs: x[] out for cells and frames. */
LAY_MUST_USE bool nc_spread(nc_placing *p);

#endif
