#include "fonts/faces.h"

/* From faces.S. */
extern const char nc_face_regular[], nc_face_regular_end[];
extern const char nc_face_semibold[], nc_face_semibold_end[];
extern const char nc_face_italic[], nc_face_italic_end[];
extern const char nc_face_mono[], nc_face_mono_end[];

const nc_face_file nc_face_files[NC_FACE_FILES] = {
    {
        nc_face_regular,
        nc_face_regular_end,
#include "regular.inc"
    },
    {
        nc_face_semibold,
        nc_face_semibold_end,
#include "semibold.inc"
    },
    {
        nc_face_italic,
        nc_face_italic_end,
#include "italic.inc"
    },
    {
        nc_face_mono,
        nc_face_mono_end,
#include "mono.inc"
    },
};
