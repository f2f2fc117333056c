/* The embedded font files: cut and described when nacre is built (fonts/README.md). */
#ifndef NC_FACES_H
#define NC_FACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct nc_face_file {
    const char *begin, *end; /* an OpenType file */
    const char *family;
    const char *version; /* of the font it was cut from */
    uint32_t hash;       /* FNV-1a of the bytes */
    int weight;          /* CSS */
    bool italic;
    const char *summary; /* all of that in a line */
} nc_face_file;

/* In the order of nc_face: regular, semibold, italic, monospace. */
enum { NC_FACE_FILES = 4 };
extern const nc_face_file nc_face_files[NC_FACE_FILES];

#endif
