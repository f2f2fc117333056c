/*
 * The configuration in force: layers from weakest to strongest, read by key. What a document may
 * not set (secure keys, unsafe values) is dropped when its layer is added.
 */
#ifndef NC_CONFIG_H
#define NC_CONFIG_H

#include "source/source.h"

enum { NC_CONFIG_LAYERS = 8 };

typedef struct nc_config {
    nc_family_id family;
    const nc_value *layers[NC_CONFIG_LAYERS]; /* maps, weakest first */
    uint32_t len;
} nc_config;

/*
 * Values of the family's own section: nc_config_number(c, "nodeSpacing", 50) reads
 * `flowchart.nodeSpacing`. The strongest layer that has the key with the right type wins.
 */
double nc_config_number(const nc_config *c, const char *key, double fallback);
bool nc_config_bool(const nc_config *c, const char *key, bool fallback);
nc_sv nc_config_text(const nc_config *c, const char *key, nc_sv fallback);
/* The same for keys of the root: "fontSize", "themeVariables". */
const nc_value *nc_config_root(const nc_config *c, const char *key);
/* theme, look, layout: within one layer the section beats the root (reference: config, section 3). */
nc_sv nc_config_appearance(const nc_config *c, const char *key, nc_sv fallback);

/* A layer on top of the others; untrusted: it comes from a document. Reports what is dropped. */
NC_MUST_USE bool nc_config_add(nc_config *c, nc_arena *a, const nc_value *layer, bool untrusted,
                               nc_diags *d);

#endif
