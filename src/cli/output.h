/*
 * Files out. What belongs together is written beside its targets under temporary names and renamed
 * when all of it is there; an interrupted program leaves neither half a file nor a temporary one
 * (unless it is killed outright: then a hidden `.nacre-*.tmp` may stay).
 */
#ifndef NC_OUTPUT_H
#define NC_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/finding.h"

typedef struct nc_staged {
    char *target;    /* links resolved */
    char *temporary; /* NULL once it is renamed */
    bool durable;    /* the folder, too, is brought to the disk after the renaming */
} nc_staged;

/* Zero-initialised, but for what is borrowed, is empty. Several threads may each have their own. */
typedef struct nc_batch {
    nc_findings *failures; /* borrowed: where what is wrong goes; NULL: it is reported at once */
    nc_staged *list;
    size_t len, cap;
} nc_batch;

/* Removes temporary files when a signal or exit() ends the program. Call once, first of all. */
void nc_output_prepare(void);

/* durable: on the disk before it is renamed. */
bool nc_batch_add(nc_batch *batch, const char *path, const char *bytes, size_t len, bool durable);
/* Renames everything, up to the first that cannot be. Empties the batch. */
bool nc_batch_commit(nc_batch *batch);
/* Forgets and removes what was not committed. */
void nc_batch_drop(nc_batch *batch);

bool nc_write_stdout(const char *bytes, size_t len);

#endif
