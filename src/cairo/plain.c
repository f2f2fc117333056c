/*
 * Plain SVG: cairo's own surface. Glyph outlines, no fonts, no CSS, the same in every viewer.
 *
 * cairo numbers its ids by counters of the process ("surface7", "glyph0-3"); here they are named
 * again in order of appearance behind the picture's prefix, so that bytes depend on the drawing alone
 * and several pictures can share a page.
 */
#include "cairo/draw.h"
#include "cairo/stream.h"
#include "paint/xml.h"

#include "base/map.h"

#include <cairo-svg.h>

typedef struct renamer {
    nc_buf *out;
    nc_arena arena; /* of the map */
    nc_map ids;
    nc_sv prefix;
} renamer;

/* What stands before an id in cairo's output, longest first where one begins another. */
static const nc_sv openers[] = {NC_SV_INIT(" id=\""), NC_SV_INIT("=\"#"), NC_SV_INIT("url(#")};

static bool put_id(renamer *r, nc_sv old)
{
    uint32_t n = nc_map_lookup(&r->ids, old);
    if (n == NC_NONE) {
        n = r->ids.len;
        if (!nc_map_set(&r->ids, &r->arena, old, n))
            return false;
    }
    nc_buf_put(r->out, r->prefix);
    nc_buf_fmt(r->out, "-%u", n);
    return true;
}

/* cairo puts glyphs into <symbol>, of which some viewers show nothing without a size; a group does. */
typedef struct exchange {
    nc_sv from, to;
} exchange;

static const exchange exchanges[] = {
    {NC_SV_INIT("<symbol overflow=\"visible\""), NC_SV_INIT("<g")},
    {NC_SV_INIT("</symbol>"), NC_SV_INIT("</g>")},
};

static const exchange *exchange_at(nc_sv svg, size_t at)
{
    for (size_t i = 0; i < NC_COUNT(exchanges); i++)
        if (nc_sv_starts(nc_sv_slice(svg, at, svg.len), exchanges[i].from))
            return &exchanges[i];
    return NULL;
}

static size_t opener_at(nc_sv svg, size_t at)
{
    for (size_t i = 0; i < NC_COUNT(openers); i++)
        if (nc_sv_starts(nc_sv_slice(svg, at, svg.len), openers[i]))
            return openers[i].len;
    return 0;
}

static bool rewrite(renamer *r, nc_sv svg)
{
    size_t from = 0; /* of what is not copied yet */
    for (size_t at = 0; at < svg.len;) {
        const exchange *other = svg.ptr[at] == '<' ? exchange_at(svg, at) : NULL;
        size_t len = strchr(" =u", svg.ptr[at]) ? opener_at(svg, at) : 0;
        if (other) {
            nc_buf_put(r->out, nc_sv_slice(svg, from, at));
            nc_buf_put(r->out, other->to);
            at += other->from.len;
        } else if (len) {
            at += len;
            nc_buf_put(r->out, nc_sv_slice(svg, from, at));
            from = at;
            while (at < svg.len && (nc_is_word(svg.ptr[at]) || svg.ptr[at] == '-'))
                at++;
            if (at > from && !put_id(r, nc_sv_slice(svg, from, at)))
                return false;
        } else {
            at++;
            continue;
        }
        from = at;
    }
    nc_buf_put(r->out, nc_sv_slice(svg, from, svg.len));
    return !r->out->failed;
}

/* cairo's root element gets the mark of nacre and a title, for readers who do not see it. */
static nc_sv put_root(nc_buf *out, nc_sv svg, const nc_cairo_job *job)
{
    size_t root = nc_sv_find(svg, NC_SV("<svg "), 0);
    size_t end = root == SIZE_MAX ? SIZE_MAX : nc_sv_find(svg, NC_SV(">"), root);
    if (end == SIZE_MAX)
        return svg;
    nc_buf_put(out, nc_sv_slice(svg, root, end));
    char mark[NC_MARK_MAX];
    nc_paint_mark(mark, job->options);
    nc_buf_fmt(out, " role=\"img\" data-nacre=\"%s\">\n<title>", mark);
    nc_xml_text(out, job->scene->title);
    NC_BUF_LIT(out, "</title>\n<desc>");
    nc_xml_text(out, job->scene->descr);
    NC_BUF_LIT(out, "</desc>\n");
    nc_xml_source(out, job->options->source);
    return nc_sv_slice(svg, end + 1, svg.len);
}

static nc_cairo_status finish(nc_buf *out, const nc_buf *raw, const nc_cairo_job *job)
{
    char prefix[NC_PREFIX_MAX];
    nc_svg_prefix(prefix, job->scene, job->options);
    renamer r = {.out = out, .prefix = nc_sv_cstr(prefix)};
    nc_arena_init(&r.arena, NULL, 0);
    nc_sv rest = put_root(out, nc_buf_sv(raw), job);
    bool ok = rewrite(&r, rest);
    nc_arena_release(&r.arena);
    return ok ? NC_CAIRO_OK : NC_CAIRO_NOMEM;
}

nc_cairo_status nc_cairo_svg(nc_buf *out, nc_cairo_job *job)
{
    nc_buf raw;
    nc_buf_init(&raw, NULL, 0);
    cairo_surface_t *surface =
        cairo_svg_surface_create_for_stream(nc_cairo_write, &raw, job->scene->w, job->scene->h);
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
    cairo_t *cr = cairo_create(surface);
    nc_cairo_ground(cr, job);
    bool drawn = nc_cairo_draw(cr, job, NC_CAIRO_TEXT_GLYPHS);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    nc_cairo_status result = nc_cairo_result(job, drawn, status);
    if (result == NC_CAIRO_OK)
        result = finish(out, &raw, job);
    nc_buf_release(&raw);
    return result;
}
