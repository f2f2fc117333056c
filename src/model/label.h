/* A text of a diagram as the author wrote it, and the markup it is written in. */
#ifndef NC_LABEL_H
#define NC_LABEL_H

#include "base/base.h"

typedef enum nc_markup {
    NC_MARKUP_PLAIN,   /* sequence, C4: only <br> and character references mean something */
    NC_MARKUP_HTML,    /* flowchart: the HTML subset, `\n` written out, Font Awesome codes */
    NC_MARKUP_MARKDOWN /* flowchart markdown strings: bold, italic, line breaks, and HTML */
} nc_markup;

/* Entity codes are decoded (nc_source_decode), quotes and outer blanks are gone. */
typedef struct nc_label {
    nc_sv text;
    nc_markup markup;
    nc_span at;
} nc_label;

#endif
