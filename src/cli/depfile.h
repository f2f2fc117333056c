/* What make and ninja read to know when a file has to be made again. */
#ifndef NC_DEPFILE_H
#define NC_DEPFILE_H

#include "cli/job.h"

/*
 * Writes rules without recipes: of a diagram each picture, of a document the document itself (its
 * pictures come with it), with what they are made from: the input and the files of configuration.
 * What is wrong is added to failures.
 */
bool nc_depfile_write(nc_findings *failures, const char *path, const nc_job *jobs, size_t len,
                      char *const *more, size_t more_len);

#endif
