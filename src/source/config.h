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
    const nc_value *merged; /* all layers in one map; NULL while there is none */
} nc_config;

/*
 * Values of the family's own section: nc_config_number(c, "nodeSpacing", 50) reads
 * `flowchart.nodeSpacing`. The strongest layer that has the key with the right type wins. A key may
 * be a path ("subGraphTitleMargin.top"), a number may be written as a text ("50", "14px").
 */
double nc_config_number(const nc_config *c, const char *key, double fallback);
bool nc_config_bool(const nc_config *c, const char *key, bool fallback);
nc_sv nc_config_text(const nc_config *c, const char *key, nc_sv fallback);
/* The same for keys of the root: "fontSize"; maps ("themeVariables") are those of all layers merged. */
const nc_value *nc_config_root(const nc_config *c, const char *key);
/* theme, look, layout: within one layer the section beats the root (reference: config, section 3). */
nc_sv nc_config_appearance(const nc_config *c, const char *key, nc_sv fallback);
/*
 * The nth value that counts for such a key, strongest first; NULL when there are fewer. For lists of
 * names where an unknown one falls through to the next (theme, look).
 */
const nc_value *nc_config_candidate(const nc_config *c, const char *key, uint32_t n);

/*
 * A layer on top of the others; untrusted: it comes from a document. Values of a wrong type are
 * dropped and reported; of a document's also keys that only the site may set, keys that nobody has
 * and texts that could carry markup or code (section 4). Spans are reported as they are (bytes of
 * the origin), whatever d->map says. layer may be NULL.
 */
NC_MUST_USE bool nc_config_add(nc_config *c, nc_arena *a, const nc_value *layer, bool untrusted,
                               nc_diags *d);

#endif
