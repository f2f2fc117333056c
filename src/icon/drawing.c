/* Bodies of icons: the part of SVG that small drawings use, read without an XML library. */
#include "icon/numbers.h"
#include "icon/parts.h"
#include "icon/path_data.h"

enum { DEPTH_MOST = 32, ATTRS_MOST = 32, SHAPES_MOST = 4096 };

/* What an element hands down to its children. */
typedef struct look {
    nc_icon_paint fill, stroke;
    double fill_opacity, stroke_opacity, opacity;
    double width;
    bool even_odd;
    nc_cap cap;
    nc_join join;
    nc_matrix m;
} look;

typedef struct attr {
    nc_sv name, value;
} attr;

typedef struct element {
    nc_sv name;
    attr attrs[ATTRS_MOST];
    uint32_t len;
    bool closing; /* </g> */
    bool empty;   /* <path/> */
} element;

typedef struct reader {
    nc_arena *arena;
    nc_sv body;
    size_t at;
    look stack[DEPTH_MOST];
    uint32_t depth;
    uint32_t skipped; /* depth of elements below one that is left out; 0: none is */
    nc_sv *refused;
    NC_VEC(nc_icon_shape) shapes;
    bool failed;
} reader;

/* Keeps the first thing that is not drawn. */
static void refuse(reader *r, nc_sv what)
{
    if (r->refused->len == 0)
        *r->refused = what;
}

/* ---- words --------------------------------------------------------------------------------- */

static bool is_name_char(char c)
{
    return nc_is_word(c) || c == '-' || c == ':' || c == '.';
}

static nc_sv read_name(nc_sv text, size_t *at)
{
    const size_t start = *at;
    while (*at < text.len && is_name_char(text.ptr[*at]))
        ++*at;
    return nc_sv_slice(text, start, *at);
}

/* ` name="value"`; false at anything else. */
static bool read_attr(attr *out, nc_sv text, size_t *at)
{
    nc_skip_blanks(text, at);
    out->name = read_name(text, at);
    nc_skip_blanks(text, at);
    if (out->name.len == 0 || *at >= text.len || text.ptr[*at] != '=')
        return false;
    ++*at;
    nc_skip_blanks(text, at);
    const char quote = *at < text.len ? text.ptr[*at] : 0;
    if (quote != '"' && quote != '\'')
        return false;
    const size_t start = ++*at;
    while (*at < text.len && text.ptr[*at] != quote)
        ++*at;
    out->value = nc_sv_slice(text, start, *at);
    if (*at == text.len)
        return false;
    ++*at;
    return true;
}

/* Behind a comment, processing instruction or CDATA section at r->at, or false. */
static bool skip_markup(reader *r)
{
    static const struct {
        nc_sv open, close;
    } rows[] = {
        {NC_SV_INIT("<!--"), NC_SV_INIT("-->")},
        {NC_SV_INIT("<![CDATA["), NC_SV_INIT("]]>")},
        {NC_SV_INIT("<?"), NC_SV_INIT("?>")},
        {NC_SV_INIT("<!"), NC_SV_INIT(">")},
    };
    const nc_sv rest = nc_sv_slice(r->body, r->at, r->body.len);
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        if (!nc_sv_starts(rest, rows[i].open))
            continue;
        const size_t end = nc_sv_find(r->body, rows[i].close, r->at + rows[i].open.len);
        r->at = end == SIZE_MAX ? r->body.len : end + rows[i].close.len;
        return true;
    }
    return false;
}

/* The next tag; false at the end, and where the text is no XML any more. */
static bool next_element(element *out, reader *r)
{
    const nc_sv text = r->body;
    do {
        while (r->at < text.len && text.ptr[r->at] != '<')
            r->at++;
        if (r->at == text.len)
            return false;
    } while (skip_markup(r));
    *out = (element){0};
    r->at++;
    out->closing = r->at < text.len && text.ptr[r->at] == '/';
    r->at += out->closing;
    out->name = read_name(text, &r->at);
    for (;;) {
        attr a;
        nc_skip_blanks(text, &r->at);
        const char c = r->at < text.len ? text.ptr[r->at] : 0;
        if (c == '/' || c == '>') {
            out->empty = c == '/';
            r->at += out->empty;
            break;
        }
        if (!read_attr(&a, text, &r->at)) {
            refuse(r, NC_SV("a part that is no XML"));
            r->at = text.len;
            return false;
        }
        if (out->len < ATTRS_MOST)
            out->attrs[out->len++] = a;
    }
    if (r->at < text.len && text.ptr[r->at] == '>')
        r->at++;
    return out->name.len > 0;
}

static nc_sv value_of(const element *e, nc_sv name)
{
    for (uint32_t i = 0; i < e->len; i++)
        if (nc_sv_eq(e->attrs[i].name, name))
            return e->attrs[i].value;
    return (nc_sv){0};
}

/* `12`, `12px`; 0 for anything else. */
static double number_of(const element *e, nc_sv name)
{
    const nc_sv value = value_of(e, name);
    double v;
    size_t at = 0;
    return nc_next_number(&v, value, &at) ? v : 0;
}

static double share_of(nc_sv value)
{
    double v;
    size_t at = 0;
    if (!nc_next_number(&v, value, &at))
        return 1;
    if (at < value.len && value.ptr[at] == '%')
        v /= 100;
    return fmin(fmax(v, 0), 1);
}

/* ---- looks --------------------------------------------------------------------------------- */

static void set_paint(nc_icon_paint *out, reader *r, nc_sv value)
{
    if (nc_sv_eq_nocase(value, NC_SV("inherit")))
        return;
    *out = (nc_icon_paint){.ink = NC_ICON_CURRENT};
    if (nc_sv_eq_nocase(value, NC_SV("none")) || nc_sv_eq_nocase(value, NC_SV("transparent")))
        out->ink = NC_ICON_NO_INK;
    else if (nc_color_parse(&out->color, value))
        out->ink = NC_ICON_OWN;
    else if (!nc_sv_eq_nocase(value, NC_SV("currentcolor")))
        refuse(r, value); /* url(#gradient), and what is no colour */
}

static void set_fill(look *l, reader *r, nc_sv value)
{
    set_paint(&l->fill, r, value);
}

static void set_stroke(look *l, reader *r, nc_sv value)
{
    set_paint(&l->stroke, r, value);
}

static void set_fill_opacity(look *l, reader *r, nc_sv value)
{
    (void)r;
    l->fill_opacity = share_of(value);
}

static void set_stroke_opacity(look *l, reader *r, nc_sv value)
{
    (void)r;
    l->stroke_opacity = share_of(value);
}

/* Of a group it would be that of all its shapes together; where they do not overlap it is the same. */
static void set_opacity(look *l, reader *r, nc_sv value)
{
    (void)r;
    l->opacity *= share_of(value);
}

static void set_width(look *l, reader *r, nc_sv value)
{
    double v;
    size_t at = 0;
    (void)r;
    if (nc_next_number(&v, value, &at) && v >= 0)
        l->width = v;
}

static void set_rule(look *l, reader *r, nc_sv value)
{
    (void)r;
    l->even_odd = nc_sv_eq(value, NC_SV("evenodd"));
}

static void set_cap(look *l, reader *r, nc_sv value)
{
    (void)r;
    l->cap = nc_sv_eq(value, NC_SV("round"))    ? NC_CAP_ROUND
             : nc_sv_eq(value, NC_SV("square")) ? NC_CAP_SQUARE
                                                : NC_CAP_BUTT;
}

static void set_join(look *l, reader *r, nc_sv value)
{
    (void)r;
    l->join = nc_sv_eq(value, NC_SV("round"))   ? NC_JOIN_ROUND
              : nc_sv_eq(value, NC_SV("bevel")) ? NC_JOIN_BEVEL
                                                : NC_JOIN_MITER;
}

static void set_transform(look *l, reader *r, nc_sv value)
{
    if (!nc_matrix_read(&l->m, value))
        refuse(r, value);
}

static const struct {
    nc_sv name;
    void (*set)(look *l, reader *r, nc_sv value);
} properties[] = {
    {NC_SV_INIT("fill"), set_fill},
    {NC_SV_INIT("stroke"), set_stroke},
    {NC_SV_INIT("fill-opacity"), set_fill_opacity},
    {NC_SV_INIT("stroke-opacity"), set_stroke_opacity},
    {NC_SV_INIT("opacity"), set_opacity},
    {NC_SV_INIT("stroke-width"), set_width},
    {NC_SV_INIT("fill-rule"), set_rule},
    {NC_SV_INIT("stroke-linecap"), set_cap},
    {NC_SV_INIT("stroke-linejoin"), set_join},
    {NC_SV_INIT("transform"), set_transform},
};

/* What would change the drawing and is not understood. */
static const nc_sv refused_properties[] = {
    NC_SV_INIT("clip-path"),
    NC_SV_INIT("mask"),
    NC_SV_INIT("filter"),
    NC_SV_INIT("stroke-dasharray"),
};

static void set_property(look *l, reader *r, nc_sv name, nc_sv value)
{
    for (size_t i = 0; i < NC_COUNT(properties); i++)
        if (nc_sv_eq(properties[i].name, name))
            properties[i].set(l, r, nc_sv_trim(value));
    for (size_t i = 0; i < NC_COUNT(refused_properties); i++)
        if (nc_sv_eq(refused_properties[i], name) && !nc_sv_eq(nc_sv_trim(value), NC_SV("none")))
            refuse(r, name);
}

/* `fill:none;stroke:red` */
static void set_style(look *l, reader *r, nc_sv style)
{
    for (size_t at = 0; at < style.len;) {
        size_t end = nc_sv_find(style, NC_SV(";"), at);
        if (end == SIZE_MAX)
            end = style.len;
        const nc_sv one = nc_sv_slice(style, at, end);
        const size_t colon = nc_sv_find(one, NC_SV(":"), 0);
        if (colon != SIZE_MAX)
            set_property(l, r, nc_sv_trim(nc_sv_slice(one, 0, colon)),
                         nc_sv_slice(one, colon + 1, one.len));
        at = end + 1;
    }
}

static look look_of(reader *r, const element *e)
{
    look l = r->stack[r->depth - 1];
    for (uint32_t i = 0; i < e->len; i++)
        set_property(&l, r, e->attrs[i].name, e->attrs[i].value);
    set_style(&l, r, value_of(e, NC_SV("style")));
    return l;
}

/* ---- shapes -------------------------------------------------------------------------------- */

typedef void draw_fn(nc_path_builder *b, reader *r, const element *e, const nc_matrix *m);

static void draw_path(nc_path_builder *b, reader *r, const element *e, const nc_matrix *m)
{
    if (!nc_path_data_read(b, value_of(e, NC_SV("d")), m))
        refuse(r, NC_SV("a path that breaks off"));
}

static void corner(nc_path_builder *b, const nc_matrix *m, bool first, double x, double y)
{
    const nc_point p = nc_matrix_apply(m, x, y);
    if (first)
        nc_path_move(b, p.x, p.y);
    else
        nc_path_line(b, p.x, p.y);
}

/* A rounded corner from one side to the next: cubics as those of nc_path_quarter. */
static void round_corner(nc_path_builder *b, const nc_matrix *m, nc_point from, nc_point over,
                         nc_point to)
{
    static const double k = 0.5522847498;
    const nc_point c1 =
        nc_matrix_apply(m, from.x + (over.x - from.x) * k, from.y + (over.y - from.y) * k);
    const nc_point c2 = nc_matrix_apply(m, to.x + (over.x - to.x) * k, to.y + (over.y - to.y) * k);
    const nc_point p = nc_matrix_apply(m, to.x, to.y);
    nc_path_cubic(b, c1.x, c1.y, c2.x, c2.y, p.x, p.y);
}

static void draw_rect(nc_path_builder *b, reader *r, const element *e, const nc_matrix *m)
{
    const double x = number_of(e, NC_SV("x"));
    const double y = number_of(e, NC_SV("y"));
    const double right = x + number_of(e, NC_SV("width"));
    const double bottom = y + number_of(e, NC_SV("height"));
    double rx = number_of(e, NC_SV("rx"));
    double ry = number_of(e, NC_SV("ry"));
    (void)r;
    if (right <= x || bottom <= y)
        return;
    rx = fmin(rx > 0 ? rx : ry, (right - x) / 2);
    ry = fmin(ry > 0 ? ry : rx, (bottom - y) / 2);
    corner(b, m, true, x + rx, y);
    corner(b, m, false, right - rx, y);
    if (rx > 0)
        round_corner(b, m, (nc_point){right - rx, y}, (nc_point){right, y},
                     (nc_point){right, y + ry});
    corner(b, m, false, right, bottom - ry);
    if (rx > 0)
        round_corner(b, m, (nc_point){right, bottom - ry}, (nc_point){right, bottom},
                     (nc_point){right - rx, bottom});
    corner(b, m, false, x + rx, bottom);
    if (rx > 0)
        round_corner(b, m, (nc_point){x + rx, bottom}, (nc_point){x, bottom},
                     (nc_point){x, bottom - ry});
    corner(b, m, false, x, y + ry);
    if (rx > 0)
        round_corner(b, m, (nc_point){x, y + ry}, (nc_point){x, y}, (nc_point){x + rx, y});
    nc_path_close(b);
}

static void draw_round(nc_path_builder *b, reader *r, const element *e, const nc_matrix *m)
{
    const double radius = number_of(e, NC_SV("r"));
    const double rx = radius > 0 ? radius : number_of(e, NC_SV("rx"));
    const double ry = radius > 0 ? radius : number_of(e, NC_SV("ry"));
    (void)r;
    if (rx > 0 && ry > 0)
        nc_path_add_ellipse(b, m, number_of(e, NC_SV("cx")), number_of(e, NC_SV("cy")), rx, ry);
}

static void draw_line(nc_path_builder *b, reader *r, const element *e, const nc_matrix *m)
{
    (void)r;
    corner(b, m, true, number_of(e, NC_SV("x1")), number_of(e, NC_SV("y1")));
    corner(b, m, false, number_of(e, NC_SV("x2")), number_of(e, NC_SV("y2")));
}

static void draw_polyline(nc_path_builder *b, reader *r, const element *e, const nc_matrix *m)
{
    const nc_sv points = value_of(e, NC_SV("points"));
    double x;
    double y;
    (void)r;
    for (size_t at = 0; nc_next_number(&x, points, &at) && nc_next_number(&y, points, &at);)
        corner(b, m, b->verbs.len == 0, x, y);
}

static void draw_polygon(nc_path_builder *b, reader *r, const element *e, const nc_matrix *m)
{
    draw_polyline(b, r, e, m);
    if (b->verbs.len)
        nc_path_close(b);
}

static const struct {
    nc_sv name;
    draw_fn *draw;
} shapes[] = {
    {NC_SV_INIT("path"), draw_path},       {NC_SV_INIT("rect"), draw_rect},
    {NC_SV_INIT("circle"), draw_round},    {NC_SV_INIT("ellipse"), draw_round},
    {NC_SV_INIT("line"), draw_line},       {NC_SV_INIT("polyline"), draw_polyline},
    {NC_SV_INIT("polygon"), draw_polygon},
};

/* Words for people and programs: nothing to draw. */
static bool is_silent(nc_sv name)
{
    return nc_sv_eq(name, NC_SV("title")) || nc_sv_eq(name, NC_SV("desc")) ||
           nc_sv_eq(name, NC_SV("metadata"));
}

static draw_fn *find_shape(nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(shapes); i++)
        if (nc_sv_eq(shapes[i].name, name))
            return shapes[i].draw;
    return NULL;
}

static void fade(nc_icon_paint *paint, double by)
{
    if (paint->ink == NC_ICON_OWN)
        paint->color.a = (uint8_t)(paint->color.a * by + 0.5);
}

/* A share of the current colour can only be said of the whole shape. */
static double opacity_of(const look *l)
{
    double share = l->opacity;
    if (l->fill.ink == NC_ICON_CURRENT)
        share *= l->fill_opacity;
    else if (l->fill.ink == NC_ICON_NO_INK && l->stroke.ink == NC_ICON_CURRENT)
        share *= l->stroke_opacity;
    return share;
}

static void add_shape(reader *r, const look *l, const element *e, draw_fn *draw)
{
    nc_path_builder b;
    nc_icon_shape shape = {.fill = l->fill,
                           .stroke = l->stroke,
                           .width = l->width * nc_matrix_scale(&l->m),
                           .opacity = opacity_of(l),
                           .even_odd = l->even_odd,
                           .cap = l->cap,
                           .join = l->join};
    fade(&shape.fill, l->fill_opacity);
    fade(&shape.stroke, l->stroke_opacity);
    if (shape.width <= 0)
        shape.stroke.ink = NC_ICON_NO_INK;
    if (shape.opacity <= 0 ||
        (shape.fill.ink == NC_ICON_NO_INK && shape.stroke.ink == NC_ICON_NO_INK))
        return;
    nc_path_init(&b, r->arena);
    draw(&b, r, e, &l->m);
    if (!nc_path_take(&shape.path, &b) ||
        (shape.path.verb_len && !NC_PUSH(r->arena, &r->shapes, shape)))
        r->failed = true;
}

/* An opening tag of a group, of a shape, or of something that is left out. */
static void take_open(reader *r, const element *e)
{
    draw_fn *const draw = find_shape(e->name);
    const bool group = nc_sv_eq(e->name, NC_SV("g"));
    if (r->skipped) {
        r->skipped += !e->empty;
        return;
    }
    if (draw && r->shapes.len < SHAPES_MOST) {
        const look l = look_of(r, e);
        add_shape(r, &l, e, draw);
    } else if (!group && !is_silent(e->name)) {
        refuse(r, e->name);
    }
    if (e->empty)
        return;
    if (group && r->depth < DEPTH_MOST) {
        r->stack[r->depth] = look_of(r, e);
        r->depth++;
    } else {
        r->skipped = 1; /* children of a shape are animations and titles */
    }
}

static void take_close(reader *r)
{
    if (r->skipped)
        r->skipped--;
    else if (r->depth > 1)
        r->depth--;
}

bool nc_drawing_read(nc_icon *out, nc_sv *refused, nc_arena *a, nc_sv body, const nc_matrix *m)
{
    reader *const r = NC_NEW(a, reader, 1); /* large: not on the stack */
    element e;
    *refused = (nc_sv){0};
    if (!r)
        return false;
    r->arena = a;
    r->body = body;
    r->refused = refused;
    r->depth = 1;
    r->stack[0] = (look){.fill = {.ink = NC_ICON_CURRENT},
                         .fill_opacity = 1,
                         .stroke_opacity = 1,
                         .opacity = 1,
                         .width = 1,
                         .m = *m};
    while (!r->failed && next_element(&e, r)) {
        if (e.closing)
            take_close(r);
        else
            take_open(r, &e);
    }
    out->shapes = r->shapes.ptr;
    out->len = r->shapes.len;
    return !r->failed;
}
