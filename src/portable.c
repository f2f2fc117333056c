#include "portable.h"

#include "base/utf8.h"

/* Mermaid's defaults (reference: config, section 5). */
enum { TEXT_SIZE = 50000, EDGES = 500 };

static uint32_t number_of(const nc_config *config, const char *key, uint32_t fallback)
{
    const nc_value *v = nc_config_root(config, key);
    const bool sound = v && v->kind == NC_VALUE_NUMBER && v->number >= 0 && v->number <= INT32_MAX;
    return sound ? (uint32_t)v->number : fallback;
}

/* As JavaScript counts: a character outside the basic plane is two. */
static size_t utf16_len(nc_sv text)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len;)
        len += nc_utf8_next(text, &i) > 0xffff ? 2 : 1;
    return len;
}

static bool check_text(nc_diags *d, nc_arena *a, const nc_source *source, uint32_t most)
{
    nc_sv text;
    if (source->text.len <= most) /* bytes are never fewer than characters */
        return true;
    if (!nc_source_undo(&text, a, source->text))
        return false;
    const size_t len = utf16_len(text) - 1; /* Mermaid counts before it adds the last line feed */
    if (len <= most)
        return true;
    nc_diag_add(d, NC_RULE_NOT_PORTABLE, (nc_span){0, 0},
                "the text has %zu characters, Mermaid draws %u at most (maxTextSize)", len, most);
    nc_diag_hint(d, "divide the diagram, or raise 'maxTextSize' where Mermaid is configured");
    return true;
}

bool nc_portable_sizes(nc_diags *d, nc_arena *a, const nc_source *source, const nc_config *config,
                       const nc_flowchart *chart)
{
    const uint32_t edges = number_of(config, "maxEdges", EDGES);
    if (!check_text(d, a, source, number_of(config, "maxTextSize", TEXT_SIZE)))
        return false;
    if (!chart || chart->edges.len <= edges)
        return true;
    nc_diag_add(d, NC_RULE_NOT_PORTABLE, chart->edges.ptr[edges].at,
                "the diagram has %u edges, Mermaid draws %u at most (maxEdges)", chart->edges.len,
                edges);
    nc_diag_hint(d, "divide the diagram, or raise 'maxEdges' where Mermaid is configured");
    return true;
}
