#include "compose/shapes.h"

#include "compose/shape_parts.h"

#include <math.h>

enum figure_flags {
    NO_FILL = 1u << 0,  /* unless the author gives one */
    NO_LINE = 1u << 1,  /* the outline is not stroked; inner lines are */
    SOLID = 1u << 2,    /* filled with the line's paint */
    NO_LABEL = 1u << 3, /* points and bars */
    FIXED = 1u << 4,    /* never made larger than its label asks */
    ROUND = 1u << 5,    /* the outline is the box's inscribed ellipse */
    TURNS = 1u << 6,    /* stands upright when the flow runs across */
    DASHED = 1u << 7,
    THICK = 1u << 8,
    PAPER = 1u << 9 /* note colours */
};

struct nc_figure {
    const char *name;
    nc_fit_fn *fit;
    nc_path_fn *outline; /* NULL: the box, corners rounded by radius; or an ellipse */
    nc_path_fn *lines, *ink, *back;
    nc_path_fn *clip;           /* when outline is not the whole silhouette */
    double (*corner)(double h); /* how much of each end of its top and bottom is not flat */
    double radius;
    unsigned wrap; /* per cent of the usual wrap width; 0 means 100 */
    unsigned flags;
};

static double half(double h)
{
    return h / 2;
}

static const nc_figure flow_figures[] = {
    [NC_FLOW_SHAPE_RECT] = {"rect", nc_fit_rect, .radius = 6},
    [NC_FLOW_SHAPE_ROUNDED] = {"rounded", nc_fit_rounded, .radius = 12},
    [NC_FLOW_SHAPE_STADIUM] = {"stadium", nc_fit_stadium, nc_path_stadium, .corner = half},
    [NC_FLOW_SHAPE_FR_RECT] = {"fr-rect", nc_fit_framed, .lines = nc_line_framed, .radius = 3},
    [NC_FLOW_SHAPE_CYL] = {"cyl", nc_fit_cyl, nc_path_cyl, nc_line_cyl},
    [NC_FLOW_SHAPE_DATASTORE] = {"datastore", nc_fit_rect, .lines = nc_line_datastore,
                                 .flags = NO_LINE},
    [NC_FLOW_SHAPE_FOLDER] = {"folder", nc_fit_folder, nc_path_folder},
    [NC_FLOW_SHAPE_BUCKET] = {"bucket", nc_fit_bucket, nc_path_bucket, nc_line_bucket},
    [NC_FLOW_SHAPE_CONSOLE] = {"console", nc_fit_console, .lines = nc_line_console, .radius = 8},
    [NC_FLOW_SHAPE_BROWSER] = {"browser", nc_fit_browser, .lines = nc_line_browser,
                               .ink = nc_ink_dots, .radius = 8},
    [NC_FLOW_SHAPE_PERSON] = {"person", nc_fit_person, nc_path_body, .back = nc_back_head,
                              .clip = nc_path_person},
    [NC_FLOW_SHAPE_CIRCLE] = {"circle", nc_fit_circle, nc_path_circle, .wrap = 60,
                              .flags = ROUND | FIXED},
    [NC_FLOW_SHAPE_BANG] = {"bang", nc_fit_burst, nc_path_bang, .wrap = 70, .flags = FIXED},
    [NC_FLOW_SHAPE_CLOUD] = {"cloud", nc_fit_burst, nc_path_cloud, .wrap = 70, .flags = FIXED},
    [NC_FLOW_SHAPE_DIAM] = {"diam", nc_fit_diam, nc_path_diam, .wrap = 70, .flags = FIXED},
    [NC_FLOW_SHAPE_HEX] = {"hex", nc_fit_hex, nc_path_hex, .corner = nc_hex_side},
    [NC_FLOW_SHAPE_LEAN_R] = {"lean-r", nc_fit_lean, nc_path_lean_r, .corner = nc_lean},
    [NC_FLOW_SHAPE_LEAN_L] = {"lean-l", nc_fit_lean, nc_path_lean_l, .corner = nc_lean},
    [NC_FLOW_SHAPE_TRAP_B] = {"trap-b", nc_fit_trap, nc_path_trap_b, .corner = nc_lean},
    [NC_FLOW_SHAPE_TRAP_T] = {"trap-t", nc_fit_trap, nc_path_trap_t, .corner = nc_lean},
    [NC_FLOW_SHAPE_DBL_CIRC] = {"dbl-circ", nc_fit_ring, nc_path_circle, nc_line_ring, .wrap = 60,
                                .flags = ROUND | FIXED},
    [NC_FLOW_SHAPE_TEXT] = {"text", nc_fit_text, .flags = NO_FILL | NO_LINE},
    [NC_FLOW_SHAPE_NOTCH_RECT] = {"notch-rect", nc_fit_rect, nc_path_notch_rect},
    [NC_FLOW_SHAPE_LIN_RECT] = {"lin-rect", nc_fit_lined, .lines = nc_line_lined, .radius = 3},
    [NC_FLOW_SHAPE_SM_CIRC] = {"sm-circ", nc_fit_point, nc_path_circle,
                               .flags = ROUND | FIXED | NO_LABEL},
    [NC_FLOW_SHAPE_FR_CIRC] = {"fr-circ", nc_fit_point, nc_path_circle, .ink = nc_ink_core,
                               .flags = ROUND | FIXED | NO_LABEL},
    [NC_FLOW_SHAPE_FORK] = {"fork", nc_fit_bar, .radius = 2, .flags = SOLID | NO_LABEL | TURNS},
    [NC_FLOW_SHAPE_HOURGLASS] = {"hourglass", nc_fit_hourglass, nc_path_hourglass,
                                 .flags = FIXED | NO_LABEL},
    [NC_FLOW_SHAPE_BRACE] = {"brace", nc_fit_brace, .lines = nc_line_brace, .radius = 3,
                             .flags = NO_LINE},
    [NC_FLOW_SHAPE_BRACE_R] = {"brace-r", nc_fit_brace_right, .lines = nc_line_brace_right,
                               .radius = 3, .flags = NO_LINE},
    [NC_FLOW_SHAPE_BRACES] = {"braces", nc_fit_braces, .lines = nc_line_braces, .radius = 3,
                              .flags = NO_LINE},
    [NC_FLOW_SHAPE_BOLT] = {"bolt", nc_fit_bolt, nc_path_bolt, .flags = FIXED | NO_LABEL},
    [NC_FLOW_SHAPE_DOC] = {"doc", nc_fit_doc, nc_path_doc},
    [NC_FLOW_SHAPE_DELAY] = {"delay", nc_fit_delay, nc_path_delay},
    [NC_FLOW_SHAPE_H_CYL] = {"h-cyl", nc_fit_h_cyl, nc_path_h_cyl, nc_line_h_cyl},
    [NC_FLOW_SHAPE_LIN_CYL] = {"lin-cyl", nc_fit_lin_cyl, nc_path_cyl, nc_line_lin_cyl},
    [NC_FLOW_SHAPE_CURV_TRAP] = {"curv-trap", nc_fit_display, nc_path_display},
    [NC_FLOW_SHAPE_DIV_RECT] = {"div-rect", nc_fit_divided, .lines = nc_line_divided, .radius = 3},
    [NC_FLOW_SHAPE_TRI] = {"tri", nc_fit_tri, nc_path_tri, .wrap = 60, .flags = FIXED},
    [NC_FLOW_SHAPE_WIN_PANE] = {"win-pane", nc_fit_pane, .lines = nc_line_pane, .radius = 3},
    [NC_FLOW_SHAPE_F_CIRC] = {"f-circ", nc_fit_point, nc_path_circle,
                              .flags = ROUND | FIXED | NO_LABEL | SOLID},
    [NC_FLOW_SHAPE_NOTCH_PENT] = {"notch-pent", nc_fit_rect, nc_path_notch_pent},
    [NC_FLOW_SHAPE_FLIP_TRI] = {"flip-tri", nc_fit_flip_tri, nc_path_flip_tri, .wrap = 60,
                                .flags = FIXED},
    [NC_FLOW_SHAPE_SL_RECT] = {"sl-rect", nc_fit_slope, nc_path_slope},
    [NC_FLOW_SHAPE_DOCS] = {"docs", nc_fit_docs, nc_path_docs, nc_line_docs},
    [NC_FLOW_SHAPE_ST_RECT] = {"st-rect", nc_fit_stack, nc_path_stack, nc_line_stack},
    [NC_FLOW_SHAPE_BOW_RECT] = {"bow-rect", nc_fit_bow, nc_path_bow},
    [NC_FLOW_SHAPE_CROSS_CIRC] = {"cross-circ", nc_fit_cross_circle, nc_path_circle, nc_line_cross,
                                  .flags = ROUND | FIXED | NO_LABEL},
    [NC_FLOW_SHAPE_TAG_DOC] = {"tag-doc", nc_fit_tag_doc, nc_path_doc, nc_line_tag_doc},
    [NC_FLOW_SHAPE_TAG_RECT] = {"tag-rect", nc_fit_tag_rect, .lines = nc_line_tag_rect},
    [NC_FLOW_SHAPE_FLAG] = {"flag", nc_fit_flag, nc_path_flag},
    [NC_FLOW_SHAPE_ODD] = {"odd", nc_fit_odd, nc_path_odd},
    [NC_FLOW_SHAPE_LIN_DOC] = {"lin-doc", nc_fit_lin_doc, nc_path_doc, nc_line_lin_doc},
    [NC_FLOW_SHAPE_ELLIPSE] = {"ellipse", nc_fit_ellipse, nc_path_circle, .wrap = 80,
                               .flags = ROUND},
    [NC_FLOW_SHAPE_ICON] = {"icon", nc_fit_bare, .flags = NO_FILL | NO_LINE},
    [NC_FLOW_SHAPE_IMAGE] = {"image", nc_fit_rect, .radius = 1},
    [NC_FLOW_SHAPE_STATE] = {"state", nc_fit_rounded, .radius = 9},
    [NC_FLOW_SHAPE_CHOICE] = {"choice", nc_fit_choice, nc_path_diam, .flags = FIXED | NO_LABEL},
    [NC_FLOW_SHAPE_NOTE] = {"note", nc_fit_page, nc_path_page, nc_line_page, .flags = PAPER},
    [NC_FLOW_SHAPE_COMPOSITE] = {"composite", nc_fit_double_frame, .lines = nc_line_double},
    [NC_FLOW_SHAPE_ANCHOR] = {"anchor", nc_fit_anchor, nc_path_circle,
                              .flags = ROUND | FIXED | NO_LABEL | SOLID},
    [NC_FLOW_SHAPE_BPMN_START] = {"bpmn-start", nc_fit_event, nc_path_circle, .wrap = 60,
                                  .flags = ROUND | FIXED},
    [NC_FLOW_SHAPE_BPMN_INTERMEDIATE] = {"bpmn-intermediate", nc_fit_ring, nc_path_circle,
                                         nc_line_event, .wrap = 60, .flags = ROUND | FIXED},
    [NC_FLOW_SHAPE_BPMN_BOUNDARY] = {"bpmn-boundary", nc_fit_ring, nc_path_circle, nc_line_event,
                                     .wrap = 60, .flags = ROUND | FIXED | DASHED},
    [NC_FLOW_SHAPE_BPMN_END] = {"bpmn-end", nc_fit_event, nc_path_circle, .wrap = 60,
                                .flags = ROUND | FIXED | THICK},
    [NC_FLOW_SHAPE_BPMN_GATEWAY] = {"bpmn-gateway", nc_fit_diam, nc_path_diam, nc_line_gateway,
                                    .wrap = 70, .flags = FIXED},
    [NC_FLOW_SHAPE_BPMN_ACTIVITY] = {"bpmn-activity", nc_fit_rounded, .radius = 10},
    [NC_FLOW_SHAPE_BPMN_DATA] = {"bpmn-data", nc_fit_page, nc_path_page, nc_line_page},
    [NC_FLOW_SHAPE_BPMN_DATA_STORE] = {"bpmn-data-store", nc_fit_data_store, nc_path_cyl,
                                       nc_line_data_store},
    [NC_FLOW_SHAPE_BPMN_ANNOTATION] = {"bpmn-annotation", nc_fit_bare, .lines = nc_line_bracket,
                                       .radius = 3, .flags = NO_LINE},
};
static_assert(NC_COUNT(flow_figures) == NC_FLOW_SHAPE_COUNT, "a shape has no row");

static const nc_figure c4_figures[] = {
    [NC_C4_FIGURE_BOX] = {"box", nc_fit_c4_box, .radius = 6},
    [NC_C4_FIGURE_PERSON] = {"person", nc_fit_c4_person, nc_path_body, .back = nc_back_head,
                             .clip = nc_path_person},
    [NC_C4_FIGURE_DB] = {"db", nc_fit_cyl, nc_path_cyl, nc_line_cyl},
    [NC_C4_FIGURE_QUEUE] = {"queue", nc_fit_h_cyl, nc_path_h_cyl, nc_line_h_cyl},
    [NC_C4_FIGURE_FRAMED] = {"framed", nc_fit_framed, .lines = nc_line_framed, .radius = 3},
    [NC_C4_FIGURE_SHARP] = {"sharp", nc_fit_c4_box},
    [NC_C4_FIGURE_ROUNDED] = {"rounded", nc_fit_c4_box, .radius = 14},
    [NC_C4_FIGURE_EIGHT_SIDED] = {"eight-sided", nc_fit_c4_box, nc_path_eight},
};
static_assert(NC_COUNT(c4_figures) == NC_C4_FIGURE_COUNT, "a C4 figure has no row");

static const nc_figure collapsed = {"collapsed", nc_fit_collapsed, .lines = nc_line_collapsed,
                                    .ink = nc_ink_collapsed, .radius = 8};

/* Frames of icons: the picture itself is drawn by whoever knows the packs, inside the label's room. */
static const nc_figure frames[] = {
    {"circle", nc_fit_circle, nc_path_circle, .wrap = 60, .flags = ROUND | FIXED},
    {"square", nc_fit_rect, .radius = 1},
    {"rounded", nc_fit_rect, .radius = 5},
};

const nc_figure *nc_figure_flow(nc_flow_shape shape)
{
    assert(shape < NC_FLOW_SHAPE_COUNT);
    return &flow_figures[shape];
}

const nc_figure *nc_figure_c4(nc_c4_figure figure)
{
    assert(figure < NC_C4_FIGURE_COUNT);
    return &c4_figures[figure];
}

const nc_figure *nc_figure_collapsed(void)
{
    return &collapsed;
}

const nc_figure *nc_figure_frame(nc_sv form)
{
    for (size_t i = 0; i < NC_COUNT(frames); i++)
        if (nc_sv_eq(form, nc_sv_cstr(frames[i].name)))
            return &frames[i];
    return &flow_figures[NC_FLOW_SHAPE_ICON];
}

const char *nc_figure_name(const nc_figure *figure)
{
    return figure->name;
}

bool nc_figure_has_label(const nc_figure *figure)
{
    return !(figure->flags & NO_LABEL);
}

bool nc_figure_grows(const nc_figure *figure)
{
    return !(figure->flags & FIXED);
}

bool nc_figure_is_round(const nc_figure *figure)
{
    return (figure->flags & ROUND) != 0;
}

double nc_figure_corner(const nc_figure *figure, double h)
{
    return figure->corner ? figure->corner(h) : 0;
}

double nc_figure_wrap(const nc_figure *figure, double width)
{
    return figure->wrap ? floor(width * figure->wrap / 100) : width;
}

void nc_figure_look(nc_look *look, const nc_figure *figure)
{
    if (figure->flags & PAPER) {
        look->fill = NC_PAINT(NOTE_FILL);
        look->line = NC_PAINT(NOTE_LINE);
        look->text = NC_PAINT(NOTE_TEXT);
    }
    if (figure->flags & NO_FILL)
        look->fill = NC_NO_PAINT;
    if (figure->flags & SOLID)
        look->fill = look->line;
    if (figure->flags & THICK)
        look->width *= 2;
    if (figure->flags & DASHED) {
        look->dash = 4;
        look->gap = 3;
    }
}

static double even(double v)
{
    return v > 0 ? 2 * ceil(v / 2 - 1e-9) : 0;
}

void nc_figure_fit(nc_fit *fit, const nc_figure *figure, const nc_want *want)
{
    *fit = (nc_fit){.label_w = even(want->label_w), .label_h = even(want->label_h)};
    if (figure->flags & NO_LABEL)
        fit->label_w = fit->label_h = 0;
    figure->fit(fit);
    if ((figure->flags & TURNS) && want->across) {
        const double w = fit->w;
        fit->w = fit->h;
        fit->h = w;
    }
    if (figure->flags & FIXED)
        return;
    const double more_w = even(want->min_w) - fit->w;
    const double more_h = even(want->min_h) - fit->h;
    if (more_w > 0) {
        fit->w += more_w;
        fit->label_x += more_w / 2;
    }
    if (more_h > 0) {
        fit->h += more_h;
        fit->label_y += more_h / 2;
    }
}

/* A cubic is cut into this many straight pieces; the error stays below a quarter px at 400 px. */
enum { FLAT_PIECES = 10 };

static nc_lay_point on_cubic(nc_point from, const nc_point *c, double t)
{
    const double u = 1 - t;
    const double a = u * u * u;
    const double b = 3 * u * u * t;
    const double d = 3 * u * t * t;
    const double e = t * t * t;
    return (nc_lay_point){a * from.x + b * c[0].x + d * c[1].x + e * c[2].x,
                          a * from.y + b * c[0].y + d * c[1].y + e * c[2].y};
}

/* The path's only subpath as a polygon; rounding noise is cut off so that equal ends are equal. */
static uint32_t flatten(nc_lay_point *out, const nc_path *path)
{
    uint32_t len = 0;
    uint32_t at = 0;
    nc_point last = {0, 0};
    for (uint32_t i = 0; i < path->verb_len; i++) {
        const nc_point *p = path->points + at;
        switch (path->verbs[i]) {
        case NC_MOVE:
        case NC_LINE:
            out[len++] = (nc_lay_point){p->x, p->y};
            last = *p;
            at += 1;
            break;
        case NC_CUBIC:
            for (int k = 1; k <= FLAT_PIECES; k++)
                out[len++] = on_cubic(last, p, (double)k / FLAT_PIECES);
            last = p[2];
            at += 3;
            break;
        case NC_CLOSE:
            break;
        }
    }
    return len;
}

bool nc_figure_clip(const nc_lay_point **out, uint32_t *len, nc_arena *arena,
                    const nc_figure *figure, double w, double h)
{
    nc_path_fn *const outline = figure->clip ? figure->clip : figure->outline;
    *out = NULL;
    *len = 0;
    if (!outline)
        return true;
    nc_path_builder builder;
    nc_path_init(&builder, arena);
    outline(&builder, (nc_lay_rect){0, 0, w, h});
    nc_path path;
    if (!nc_path_take(&path, &builder))
        return false;
    nc_lay_point *points = NC_NEW(arena, nc_lay_point, (size_t)path.verb_len * FLAT_PIECES);
    if (!points)
        return false;
    *len = flatten(points, &path);
    *out = points;
    return true;
}

static bool draw_path(nc_scene *scene, nc_path_fn *build, nc_lay_rect box, nc_shape shape)
{
    nc_path_builder builder;
    nc_path_init(&builder, scene->arena);
    build(&builder, box);
    shape.kind = NC_SHAPE_PATH;
    return nc_path_take(&shape.path, &builder) && nc_scene_shape(scene, &shape);
}

bool nc_figure_draw(nc_scene *scene, const nc_figure *figure, nc_lay_rect box, const nc_look *look)
{
    const nc_stroke line = nc_look_stroke(look);
    nc_shape body = {.fill = look->fill, .opacity = look->opacity};
    if (!(figure->flags & NO_LINE))
        body.stroke = line;
    body.x = box.x;
    body.y = box.y;
    body.w = box.w;
    body.h = box.h;
    if (figure->back && !draw_path(scene, figure->back, box, body))
        return false;
    if (figure->outline && !(figure->flags & ROUND)) {
        if (!draw_path(scene, figure->outline, box, body))
            return false;
    } else {
        body.kind = figure->flags & ROUND ? NC_SHAPE_ELLIPSE : NC_SHAPE_RECT;
        body.radius = look->radius >= 0 ? look->radius : figure->radius;
        if (!nc_scene_shape(scene, &body))
            return false;
    }
    if (figure->lines) {
        const nc_shape lines = {.stroke = line, .opacity = look->opacity};
        if (!draw_path(scene, figure->lines, box, lines))
            return false;
    }
    if (figure->ink) {
        const nc_shape ink = {.fill = look->line, .opacity = look->opacity};
        return draw_path(scene, figure->ink, box, ink);
    }
    return true;
}
