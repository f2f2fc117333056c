/* Numbered pieces of work on several threads, each of which has a context of its own. */
#ifndef NC_CREW_H
#define NC_CREW_H

#include <nacre/nacre.h>
#include <stddef.h>

/* Piece index, from 0, done with a context that no other thread uses. */
typedef void (*nc_crew_work)(void *payload, size_t index, nacre_context *context);

/*
 * Does all pieces and returns when they are done. Who takes which piece, and when, is not known: the
 * outcome must not depend on it. threads 0: as many as there are processors, 8 at most, and one for
 * `each` pieces. Signals that end the program are handled by the calling thread alone.
 */
void nc_crew_run(size_t len, size_t threads, size_t each, nc_crew_work work, void *payload);

#endif
