/*
 * What nacre wrote into a folder of outputs, kept there as `.nacre-manifest`: which file, of
 * which bytes, from which source. With it files that nothing makes any more are found and removed;
 * one whose bytes are others by now is somebody's work and stays.
 */
#ifndef NC_MANIFEST_H
#define NC_MANIFEST_H

#include "cli/job.h"

#define NC_MANIFEST_NAME ".nacre-manifest"

/* Paths that were removed, or would be, in the order of the manifest. */
typedef struct nc_orphans {
    char **list;
    size_t len;
} nc_orphans;

/*
 * What the manifest of a folder lists and these jobs do not make: of their sources, or of sources
 * that are gone. Files that are not there any more, or changed, are left out.
 */
void nc_manifest_orphans(nc_orphans *out, const char *folder, const nc_job *jobs, size_t len);
void nc_orphans_release(nc_orphans *orphans);

/*
 * Removes orphans (unless prune is false: then they stay listed) and lists what the jobs made. A job
 * that failed keeps what was listed of its source. Two programs do this one after the other. What is
 * wrong is added to failures; without anything to list no manifest is made.
 */
bool nc_manifest_update(nc_orphans *removed, nc_findings *failures, const char *folder,
                        const nc_job *jobs, size_t len, bool prune);

#endif
