#include "cairo/draw.h"

#include "cairo/clusters.h"
#include "cairo/faces.h"
#include "cairo/image.h"
#include "cairo/pictures.h"
#include "cairo/system_font.h"

#include <stdio.h>
#include <stdlib.h>

enum { EM_SPACE = 0x2003 };

typedef struct drawer {
    cairo_t *cr;
    const nc_cairo_job *job;
    nc_cairo_text text;
    cairo_font_face_t *faces[NC_FACE_COUNT]; /* opened by the first run that needs them */
    bool
        failed; /* something could not be drawn for want of memory, or a font could not be opened */
    nc_pictures pictures;
} drawer;

static nc_rgba color_of(const drawer *d, nc_paint paint)
{
    return nc_theme_color(d->job->options->theme, paint);
}

static void set_source(drawer *d, nc_paint paint)
{
    nc_rgba c = color_of(d, paint);
    cairo_set_source_rgba(d->cr, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0);
}

static void add_path(cairo_t *cr, const nc_path *path)
{
    const nc_point *p = path->points;
    for (uint32_t i = 0; i < path->verb_len; i++) {
        switch (path->verbs[i]) {
        case NC_MOVE:
            cairo_move_to(cr, p->x, p->y);
            p++;
            break;
        case NC_LINE:
            cairo_line_to(cr, p->x, p->y);
            p++;
            break;
        case NC_CUBIC:
            cairo_curve_to(cr, p[0].x, p[0].y, p[1].x, p[1].y, p[2].x, p[2].y);
            p += 3;
            break;
        case NC_CLOSE:
            cairo_close_path(cr);
            break;
        }
    }
}

static void add_rounded(cairo_t *cr, const nc_shape *s)
{
    static const double QUARTER = 1.57079632679489661923;
    double most = (s->w < s->h ? s->w : s->h) / 2;
    double r = s->radius < most ? s->radius : most;
    if (r <= 0) {
        cairo_rectangle(cr, s->x, s->y, s->w, s->h);
        return;
    }
    /* from where SVG starts it, so that dashes fall alike */
    cairo_move_to(cr, s->x + r, s->y);
    cairo_arc(cr, s->x + s->w - r, s->y + r, r, -QUARTER, 0);
    cairo_arc(cr, s->x + s->w - r, s->y + s->h - r, r, 0, QUARTER);
    cairo_arc(cr, s->x + r, s->y + s->h - r, r, QUARTER, 2 * QUARTER);
    cairo_arc(cr, s->x + r, s->y + r, r, 2 * QUARTER, 3 * QUARTER);
    cairo_close_path(cr);
}

static void add_ellipse(cairo_t *cr, const nc_shape *s)
{
    static const double FULL = 6.28318530717958647692;
    if (s->w <= 0 || s->h <= 0)
        return; /* a scale of 0 would put cr into an error */
    cairo_save(cr);
    cairo_translate(cr, s->x + s->w / 2, s->y + s->h / 2);
    cairo_scale(cr, s->w / 2, s->h / 2);
    cairo_new_sub_path(cr);
    cairo_arc(cr, 0, 0, 1, 0, FULL);
    cairo_close_path(cr);
    cairo_restore(cr);
}

static void add_outline(cairo_t *cr, const nc_shape *s)
{
    switch (s->kind) {
    case NC_SHAPE_RECT:
        add_rounded(cr, s);
        break;
    case NC_SHAPE_ELLIPSE:
        add_ellipse(cr, s);
        break;
    case NC_SHAPE_LINE:
        cairo_move_to(cr, s->x, s->y);
        cairo_line_to(cr, s->x + s->w, s->y + s->h);
        break;
    case NC_SHAPE_PATH:
        add_path(cr, &s->path);
        break;
    }
}

static void stroke(drawer *d, const nc_stroke *s, nc_join join)
{
    cairo_set_line_width(d->cr, s->width);
    static const cairo_line_cap_t caps[] = {[NC_CAP_BUTT] = CAIRO_LINE_CAP_BUTT,
                                            [NC_CAP_ROUND] = CAIRO_LINE_CAP_ROUND,
                                            [NC_CAP_SQUARE] = CAIRO_LINE_CAP_SQUARE};
    static const cairo_line_join_t joins[] = {[NC_JOIN_MITER] = CAIRO_LINE_JOIN_MITER,
                                              [NC_JOIN_ROUND] = CAIRO_LINE_JOIN_ROUND,
                                              [NC_JOIN_BEVEL] = CAIRO_LINE_JOIN_BEVEL};
    cairo_set_line_cap(d->cr, caps[s->cap]);
    cairo_set_line_join(d->cr, joins[join]);
    double dashes[] = {s->dash, s->gap};
    cairo_set_dash(d->cr, dashes, s->dash > 0 || s->gap > 0 ? 2 : 0, 0);
    set_source(d, s->paint);
    cairo_stroke(d->cr);
}

static void draw_shape(drawer *d, const nc_shape *s)
{
    bool faded = s->opacity > 0 && s->opacity < 1;
    if (faded)
        cairo_push_group(d->cr);
    cairo_new_path(d->cr);
    add_outline(d->cr, s);
    if (!nc_paint_is_none(s->fill)) {
        set_source(d, s->fill);
        cairo_set_fill_rule(d->cr,
                            s->even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
        cairo_fill_preserve(d->cr);
    }
    if (!nc_paint_is_none(s->stroke.paint) && s->stroke.width > 0)
        stroke(d, &s->stroke, s->join);
    cairo_new_path(d->cr);
    cairo_set_fill_rule(d->cr, CAIRO_FILL_RULE_WINDING);
    if (faded) {
        cairo_pop_group_to_source(d->cr);
        cairo_paint_with_alpha(d->cr, s->opacity);
    }
}

static bool select_face(drawer *d, nc_face face)
{
    if (!d->faces[face] && (uint32_t)face < d->job->face_len)
        d->faces[face] = nc_cairo_face_new(d->job->faces[face]);
    if (!d->faces[face])
        return false;
    cairo_set_font_face(d->cr, d->faces[face]);
    return true;
}

static bool select_font(drawer *d, const nc_glyph_run *run)
{
    if (!run->font)
        return select_face(d, run->face);
    cairo_font_face_t *face = nc_system_font_face(run->font);
    if (face)
        cairo_set_font_face(d->cr, face);
    return face != NULL;
}

static cairo_glyph_t *place_glyphs(const nc_glyph_run *run, double x, double y)
{
    cairo_glyph_t *glyphs = cairo_glyph_allocate((int)run->len);
    for (uint32_t i = 0; glyphs && i < run->len; i++)
        glyphs[i] = (cairo_glyph_t){run->glyphs[i], x + run->xs[i], y + (run->ys ? run->ys[i] : 0)};
    return glyphs;
}

/* Pictures instead of glyphs; where texts can be searched, a blank of an embedded face says which. */
static void draw_pictures(drawer *d, const nc_glyph_run *run, double x, double y)
{
    if (!nc_pictures_paint(&d->pictures, d->cr, run, x, y))
        d->failed = true;
    if (d->text != NC_CAIRO_TEXT_FULL || !select_face(d, NC_FACE_REGULAR))
        return;
    cairo_set_font_size(d->cr, run->size);
    /* no plain blank: cairo 1.16 takes it to be mapped to its own character for good */
    nc_cairo_show_unseen(d->cr, run, nc_cairo_glyph_of(d->cr, EM_SPACE), x, y);
}

static void draw_decoration(drawer *d, const nc_glyph_run *run, double x, double y)
{
    double thickness = run->size / 14;
    if (run->decoration & NC_UNDERLINE)
        cairo_rectangle(d->cr, x, y + run->size * 0.12, run->width, thickness);
    if (run->decoration & NC_STRIKE)
        cairo_rectangle(d->cr, x, y - run->size * 0.27, run->width, thickness);
    cairo_fill(d->cr);
}

static void draw_glyphs(drawer *d, const nc_glyph_run *run, double x, double y)
{
    cairo_glyph_t *glyphs = select_font(d, run) ? place_glyphs(run, x, y) : NULL;
    if (!glyphs) {
        d->failed = true;
        return;
    }
    cairo_set_font_size(d->cr, run->size);
    switch (d->text) {
    case NC_CAIRO_TEXT_PATHS:
        cairo_new_path(d->cr);
        cairo_glyph_path(d->cr, glyphs, (int)run->len);
        cairo_fill(d->cr);
        break;
    case NC_CAIRO_TEXT_GLYPHS:
        cairo_show_glyphs(d->cr, glyphs, (int)run->len);
        break;
    case NC_CAIRO_TEXT_FULL:
        nc_cairo_show_text(d->cr, run, glyphs);
        break;
    }
    cairo_glyph_free(glyphs);
}

static void draw_run(drawer *d, const nc_glyph_run *run, double x, double y)
{
    if (run->len == 0 || run->len > INT32_MAX)
        return;
    if (run->font && run->font->color)
        draw_pictures(d, run, x, y);
    else
        draw_glyphs(d, run, x, y);
    if (run->decoration)
        draw_decoration(d, run, x, y);
}

static void draw_text(drawer *d, const nc_text_item *item)
{
    set_source(d, item->fill);
    for (uint32_t i = 0; i < item->text->len; i++) {
        const nc_text_line *line = &item->text->lines[i];
        double x = item->x;
        if (item->anchor == NC_ANCHOR_MIDDLE)
            x -= line->width / 2;
        else if (item->anchor == NC_ANCHOR_END)
            x -= line->width;
        for (uint32_t k = 0; k < line->len; k++)
            draw_run(d, &line->runs[k], x + line->runs[k].x,
                     item->y + line->baseline + line->runs[k].dy);
    }
}

/*
 * cairo 1.16 writes the address into the PDF as it stands, between parentheses: what would end it or
 * begin something else there is percent-encoded, as any byte that is no printable ASCII.
 */
static void open_link(drawer *d, nc_sv href)
{
    nc_buf attrs;
    nc_buf_init(&attrs, NULL, 0);
    NC_BUF_LIT(&attrs, "uri='");
    for (size_t i = 0; i < href.len; i++) {
        unsigned char c = (unsigned char)href.ptr[i];
        if (c <= ' ' || c >= 0x7f || strchr("()\\'\"<>", c))
            nc_buf_fmt(&attrs, "%%%02X", c);
        else
            nc_buf_char(&attrs, (char)c);
    }
    nc_buf_char(&attrs, '\'');
    d->failed = d->failed || attrs.failed;
    cairo_tag_begin(d->cr, CAIRO_TAG_LINK, attrs.failed ? "uri=''" : attrs.ptr);
    nc_buf_release(&attrs);
}

/* Links that only make sense beside the page they were written for are no links of a file. */
static bool is_absolute(nc_sv href)
{
    static const nc_sv schemes[] = {NC_SV_INIT("http://"), NC_SV_INIT("https://"),
                                    NC_SV_INIT("mailto:")};
    for (size_t i = 0; i < NC_COUNT(schemes); i++)
        if (nc_sv_eq_nocase(nc_sv_slice(href, 0, schemes[i].len), schemes[i]))
            return true;
    return false;
}

bool nc_cairo_draw(cairo_t *cr, const nc_cairo_job *job, nc_cairo_text text)
{
    drawer d = {.cr = cr, .job = job, .text = text};
    bool *linked = NULL; /* of each open group */
    uint32_t depth = 0;
    uint32_t cap = 0;
    cairo_font_options_t *options = nc_cairo_font_options();
    cairo_set_font_options(cr, options);
    cairo_font_options_destroy(options);
    for (uint32_t i = 0; i < job->scene->items.len; i++)
        cap += job->scene->items.ptr[i].kind == NC_ITEM_OPEN;
    if (cap && text == NC_CAIRO_TEXT_FULL)
        linked = calloc(cap, sizeof *linked);
    d.failed = text == NC_CAIRO_TEXT_FULL && cap && !linked;
    for (uint32_t i = 0; i < job->scene->items.len; i++) {
        const nc_item *item = &job->scene->items.ptr[i];
        switch (item->kind) {
        case NC_ITEM_OPEN:
            if (linked) {
                linked[depth] = item->as.group.href.len && is_absolute(item->as.group.href);
                if (linked[depth])
                    open_link(&d, item->as.group.href);
            }
            depth++;
            break;
        case NC_ITEM_CLOSE:
            depth--;
            if (linked && linked[depth])
                cairo_tag_end(cr, CAIRO_TAG_LINK);
            break;
        case NC_ITEM_SHAPE:
            draw_shape(&d, &item->as.shape);
            break;
        case NC_ITEM_TEXT:
            draw_text(&d, &item->as.text);
            break;
        case NC_ITEM_IMAGE:
            d.failed = !nc_cairo_image(cr, &item->as.image) || d.failed;
            break;
        }
    }
    free(linked);
    nc_pictures_release(&d.pictures);
    for (size_t i = 0; i < NC_COUNT(d.faces); i++)
        if (d.faces[i])
            cairo_font_face_destroy(d.faces[i]);
    return !d.failed;
}

static nc_cairo_status failure(nc_cairo_job *job, cairo_status_t status)
{
    if (status == CAIRO_STATUS_NO_MEMORY)
        return NC_CAIRO_NOMEM;
    if (status == CAIRO_STATUS_INVALID_SIZE)
        return NC_CAIRO_TOO_LARGE;
    snprintf(job->error, sizeof job->error, "cairo: %s", cairo_status_to_string(status));
    return NC_CAIRO_FAILED;
}

nc_cairo_status nc_cairo_result(nc_cairo_job *job, bool drawn, cairo_status_t status)
{
    if (status != CAIRO_STATUS_SUCCESS)
        return failure(job, status);
    if (drawn)
        return NC_CAIRO_OK;
    snprintf(job->error, sizeof job->error,
             "a text could not be drawn: no memory, or a broken font");
    return NC_CAIRO_FAILED;
}

void nc_cairo_ground(cairo_t *cr, const nc_cairo_job *job)
{
    nc_rgba ground = nc_paint_ground(job->options);
    if (ground.a == 0)
        return;
    cairo_set_source_rgba(cr, ground.r / 255.0, ground.g / 255.0, ground.b / 255.0,
                          ground.a / 255.0);
    cairo_paint(cr);
}
