/* JSON, written: strings as they must stand in it. */
#ifndef NC_CLI_JSON_H
#define NC_CLI_JSON_H

#include "cli/str.h"

/* In quotes; bytes that are no UTF-8 become U+FFFD. */
void nc_json_put(nc_str *out, const char *text);
/* `"name": "text"` */
void nc_json_member(nc_str *out, const char *name, const char *text);

#endif
