#include "cairo/clusters.h"

#include "base/utf8.h"

/* One cluster a character: what the embedded faces make of a line. */
static uint32_t by_character(cairo_text_cluster_t *out, const nc_glyph_run *run)
{
    uint32_t n = 0;
    size_t at = 0;
    while (at < run->text.len && n < run->len) {
        size_t from = at;
        nc_utf8_next(run->text, &at);
        out[n++] = (cairo_text_cluster_t){(int)(at - from), 1};
    }
    return n == run->len && at == run->text.len ? n : 0;
}

/* In the order of the text, which from right to left is that of the glyphs backwards. */
static uint32_t by_bytes(cairo_text_cluster_t *out, const nc_glyph_run *run)
{
    uint32_t n = 0;
    uint32_t start = 0; /* of the text */
    for (uint32_t i = 0; i < run->len;) {
        uint32_t step = 1;
        const uint32_t first = run->bytes[run->rtl ? run->len - 1 - i : i];
        while (i + step < run->len &&
               run->bytes[run->rtl ? run->len - 1 - i - step : i + step] == first)
            step++;
        i += step;
        uint32_t end =
            i < run->len ? run->bytes[run->rtl ? run->len - 1 - i : i] : (uint32_t)run->text.len;
        if (end < start || end > run->text.len)
            return 0;
        out[n++] = (cairo_text_cluster_t){(int)(end - start), (int)step};
        start = end;
    }
    return n;
}

static uint32_t find_clusters(cairo_text_cluster_t *out, const nc_glyph_run *run)
{
    return run->bytes ? by_bytes(out, run) : by_character(out, run);
}

void nc_cairo_show_text(cairo_t *cr, const nc_glyph_run *run, const cairo_glyph_t *glyphs)
{
    cairo_text_cluster_t *clusters = cairo_text_cluster_allocate((int)run->len);
    uint32_t n = clusters ? find_clusters(clusters, run) : 0;
    if (n)
        cairo_show_text_glyphs(cr, run->text.ptr, (int)run->text.len, glyphs, (int)run->len,
                               clusters, (int)n, run->rtl ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
    else
        cairo_show_glyphs(cr, glyphs, (int)run->len);
    cairo_text_cluster_free(clusters);
}

void nc_cairo_show_unseen(cairo_t *cr, const nc_glyph_run *run, uint32_t blank, double x, double y)
{
    cairo_text_cluster_t *clusters = cairo_text_cluster_allocate((int)run->len);
    cairo_glyph_t *glyphs = cairo_glyph_allocate((int)run->len);
    uint32_t n = clusters && glyphs ? find_clusters(clusters, run) : 0;
    for (uint32_t i = 0, first = 0; i < n; i++) {
        glyphs[i] = (cairo_glyph_t){blank, x + run->xs[first], y};
        first += (uint32_t)clusters[i].num_glyphs;
        clusters[i].num_glyphs = 1;
    }
    if (n)
        cairo_show_text_glyphs(cr, run->text.ptr, (int)run->text.len, glyphs, (int)n, clusters,
                               (int)n, 0);
    cairo_glyph_free(glyphs);
    cairo_text_cluster_free(clusters);
}
