#include "theme/style.h"

#include "theme/number.h"

/* A px of CSS is ours; em and % are of a label's usual size. */
static const double label_size = 14;
static const double width_max = 100;
static const double size_min = 4;
static const double size_max = 200;

/* `4px`, `4`, `3pt`, `1.5em`, `120%`; nothing may follow. */
static bool read_length(double *out, nc_sv text, double percent_of)
{
    static const struct {
        char unit[4];
        double px;
    } units[] = {{"", 1},      {"px", 1},     {"pt", 4.0 / 3}, {"pc", 16},
                 {"em", 14.0}, {"rem", 14.0}, {"in", 96},      {"cm", 96 / 2.54}};
    size_t at = 0;
    if (!nc_number_read(out, text, &at))
        return false;
    nc_sv unit = nc_sv_trim(nc_sv_slice(text, at, text.len));
    if (nc_sv_eq(unit, NC_SV("%"))) {
        *out *= percent_of / 100;
        return percent_of > 0;
    }
    for (size_t i = 0; i < NC_COUNT(units); i++) {
        if (nc_sv_eq_nocase(unit, nc_sv_cstr(units[i].unit))) {
            *out *= units[i].px;
            return true;
        }
    }
    return false;
}

static bool is_word(nc_sv value, const char *word)
{
    return nc_sv_eq_nocase(value, nc_sv_cstr(word));
}

static bool read_paint(nc_rgba *out, nc_sv value)
{
    if (is_word(value, "none")) {
        *out = (nc_rgba){0};
        return true;
    }
    return nc_color_parse(out, value);
}

static bool read_share(double *out, nc_sv value)
{
    if (!read_length(out, value, 1))
        return false;
    *out = *out < 0 ? 0 : *out > 1 ? 1 : *out;
    return true;
}

static bool set_fill(nc_style *s, nc_sv value)
{
    return read_paint(&s->fill, value);
}

static bool set_fill_opacity(nc_style *s, nc_sv value)
{
    return read_share(&s->fill_opacity, value);
}

static bool set_stroke(nc_style *s, nc_sv value)
{
    return read_paint(&s->stroke, value);
}

static bool set_stroke_opacity(nc_style *s, nc_sv value)
{
    return read_share(&s->stroke_opacity, value);
}

static bool set_stroke_width(nc_style *s, nc_sv value)
{
    double width;
    if (!read_length(&width, value, 0) || width < 0)
        return false;
    s->stroke_width = width < width_max ? width : width_max;
    return true;
}

/* Pictures have one dash and one gap: of longer patterns the first two count. */
static bool set_dash(nc_style *s, nc_sv value)
{
    double parts[2] = {0, 0};
    size_t len = 0;
    size_t at = 0;
    if (is_word(value, "none")) {
        s->dash = s->gap = 0;
        return true;
    }
    while (len < 2 && at < value.len) {
        if (!nc_number_read(&parts[len], value, &at) || parts[len] < 0)
            return false;
        len++;
        if (nc_sv_starts(nc_sv_slice(value, at, value.len), NC_SV("px")))
            at += 2;
        while (at < value.len && (nc_is_space(value.ptr[at]) || value.ptr[at] == ','))
            at++;
    }
    if (len == 0)
        return false;
    s->dash = parts[0];
    s->gap = len == 1 ? parts[0] : parts[1];
    if (s->dash <= 0 || s->gap <= 0)
        s->dash = s->gap = 0;
    return true;
}

static bool set_color(nc_style *s, nc_sv value)
{
    return nc_color_parse(&s->color, value);
}

static bool set_weight(nc_style *s, nc_sv value)
{
    double weight;
    size_t at = 0;
    if (is_word(value, "bold") || is_word(value, "bolder")) {
        s->bold = true;
        return true;
    }
    if (is_word(value, "normal") || is_word(value, "lighter")) {
        s->bold = false;
        return true;
    }
    if (!nc_number_read(&weight, value, &at) || at != value.len || weight < 1 || weight > 1000)
        return false;
    s->bold = weight >= 550;
    return true;
}

static bool set_slant(nc_style *s, nc_sv value)
{
    s->italic = is_word(value, "italic") || is_word(value, "oblique");
    return s->italic || is_word(value, "normal");
}

/* The family is ours whatever is asked for; only its monospace member can be chosen. */
static bool set_family(nc_style *s, nc_sv value)
{
    static const char *const words[] = {"mono", "Mono", "MONO", "Courier", "courier", "Consolas"};
    s->monospace = false;
    for (size_t i = 0; i < NC_COUNT(words) && !s->monospace; i++)
        s->monospace = nc_sv_find(value, nc_sv_cstr(words[i]), 0) != SIZE_MAX;
    return true;
}

static bool set_size(nc_style *s, nc_sv value)
{
    double size;
    if (!read_length(&size, value, label_size) || size <= 0)
        return false;
    s->size = size < size_min ? size_min : size > size_max ? size_max : size;
    return true;
}

static bool set_decoration(nc_style *s, nc_sv value)
{
    s->underline = nc_sv_find(value, NC_SV("underline"), 0) != SIZE_MAX;
    s->strike = nc_sv_find(value, NC_SV("line-through"), 0) != SIZE_MAX;
    return s->underline || s->strike || is_word(value, "none") || is_word(value, "overline");
}

static bool set_opacity(nc_style *s, nc_sv value)
{
    return read_share(&s->opacity, value);
}

static bool set_radius(nc_style *s, nc_sv value)
{
    double radius;
    if (!read_length(&radius, value, 0) || radius < 0)
        return false;
    s->radius = radius < width_max ? radius : width_max;
    return true;
}

typedef struct property {
    nc_sv name;
    bool (*set)(nc_style *s, nc_sv value);
    nc_style_field field;
    bool is_color;
} property;

static const property properties[] = {
    {NC_SV_INIT("fill"), set_fill, NC_STYLE_FILL, true},
    {NC_SV_INIT("background"), set_fill, NC_STYLE_FILL, true},
    {NC_SV_INIT("background-color"), set_fill, NC_STYLE_FILL, true},
    {NC_SV_INIT("fill-opacity"), set_fill_opacity, NC_STYLE_FILL_OPACITY, false},
    {NC_SV_INIT("stroke"), set_stroke, NC_STYLE_STROKE, true},
    {NC_SV_INIT("stroke-opacity"), set_stroke_opacity, NC_STYLE_STROKE_OPACITY, false},
    {NC_SV_INIT("stroke-width"), set_stroke_width, NC_STYLE_STROKE_WIDTH, false},
    {NC_SV_INIT("stroke-dasharray"), set_dash, NC_STYLE_DASH, false},
    {NC_SV_INIT("color"), set_color, NC_STYLE_COLOR, true},
    {NC_SV_INIT("font-weight"), set_weight, NC_STYLE_WEIGHT, false},
    {NC_SV_INIT("font-style"), set_slant, NC_STYLE_SLANT, false},
    {NC_SV_INIT("font-family"), set_family, NC_STYLE_FAMILY, false},
    {NC_SV_INIT("font-size"), set_size, NC_STYLE_SIZE, false},
    {NC_SV_INIT("text-decoration"), set_decoration, NC_STYLE_DECORATION, false},
    {NC_SV_INIT("opacity"), set_opacity, NC_STYLE_OPACITY, false},
    {NC_SV_INIT("rx"), set_radius, NC_STYLE_RADIUS, false},
    {NC_SV_INIT("ry"), set_radius, NC_STYLE_RADIUS, false},
    {NC_SV_INIT("border-radius"), set_radius, NC_STYLE_RADIUS, false},
};

/* Words of CSS that documents use and that mean nothing here: no complaint. */
static const nc_sv ignored[] = {
    NC_SV_INIT("animation"),      NC_SV_INIT("cursor"),          NC_SV_INIT("display"),
    NC_SV_INIT("filter"),         NC_SV_INIT("height"),          NC_SV_INIT("hyphens"),
    NC_SV_INIT("letter-spacing"), NC_SV_INIT("line-height"),     NC_SV_INIT("margin"),
    NC_SV_INIT("overflow-wrap"),  NC_SV_INIT("padding"),         NC_SV_INIT("stroke-dashoffset"),
    NC_SV_INIT("stroke-linecap"), NC_SV_INIT("stroke-linejoin"), NC_SV_INIT("text-align"),
    NC_SV_INIT("text-overflow"),  NC_SV_INIT("text-shadow"),     NC_SV_INIT("text-transform"),
    NC_SV_INIT("transform"),      NC_SV_INIT("visibility"),      NC_SV_INIT("white-space"),
    NC_SV_INIT("width"),          NC_SV_INIT("word-break"),      NC_SV_INIT("word-spacing"),
    NC_SV_INIT("word-wrap"),
};

static const property *find_property(nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(properties); i++) {
        if (nc_sv_eq_nocase(name, properties[i].name))
            return &properties[i];
    }
    return NULL;
}

static void report_unknown(nc_sv name, nc_span at, nc_diags *d)
{
    nc_sv names[NC_COUNT(properties)];
    for (size_t i = 0; i < NC_COUNT(ignored); i++) {
        if (nc_sv_eq_nocase(name, ignored[i]))
            return;
    }
    for (size_t i = 0; i < NC_COUNT(properties); i++)
        names[i] = properties[i].name;
    nc_sv nearest = nc_nearest(name, names, NC_COUNT(names));
    nc_diag_add(d, NC_RULE_BAD_STYLE, at, "'%.*s' is no property of a drawing", NC_SV_ARG(name));
    if (nearest.len)
        nc_diag_hint(d, "did you mean '%.*s'?", NC_SV_ARG(nearest));
}

static nc_sv without_important(nc_sv value)
{
    const nc_sv important = NC_SV("important");
    size_t mark = nc_sv_find(value, NC_SV("!"), 0);
    if (mark == SIZE_MAX)
        return value;
    nc_sv word = nc_sv_trim(nc_sv_slice(value, mark + 1, value.len));
    return nc_sv_eq_nocase(word, important) ? nc_sv_trim(nc_sv_slice(value, 0, mark)) : value;
}

void nc_style_apply(nc_style *style, nc_sv declaration, nc_span at, nc_diags *d)
{
    declaration = nc_sv_trim(declaration);
    while (nc_sv_ends(declaration, NC_SV(";")))
        declaration = nc_sv_trim(nc_sv_slice(declaration, 0, declaration.len - 1));
    if (declaration.len == 0)
        return;
    size_t colon = nc_sv_find(declaration, NC_SV(":"), 0);
    if (colon == SIZE_MAX) {
        nc_diag_add(d, NC_RULE_BAD_STYLE, at, "'%.*s' is no style: it has no ':'",
                    NC_SV_ARG(declaration));
        return;
    }
    nc_sv name = nc_sv_trim(nc_sv_slice(declaration, 0, colon));
    nc_sv value = without_important(nc_sv_trim(nc_sv_slice(declaration, colon + 1, SIZE_MAX)));
    const property *found = find_property(name);
    if (!found) {
        report_unknown(name, at, d);
        return;
    }
    nc_style next = *style;
    if (!found->set(&next, value)) {
        nc_diag_add(d, found->is_color ? NC_RULE_BAD_COLOR : NC_RULE_BAD_STYLE, at,
                    found->is_color ? "'%.*s' is no colour for %.*s"
                                    : "'%.*s' is no value for %.*s",
                    NC_SV_ARG(value), NC_SV_ARG(found->name));
        nc_sv nearest = found->is_color ? nc_color_nearest(value) : (nc_sv){0};
        if (nearest.len)
            nc_diag_hint(d, "did you mean '%.*s'?", NC_SV_ARG(nearest));
        return;
    }
    *style = next;
    style->given |= (unsigned)found->field;
}

static nc_paint with_opacity(nc_rgba color, bool has_opacity, double opacity)
{
    if (has_opacity)
        color.a = (uint8_t)(color.a * opacity + 0.5);
    return (nc_paint){.color = color};
}

nc_paint nc_style_fill(const nc_style *style, nc_paint otherwise)
{
    if (!nc_style_has(style, NC_STYLE_FILL))
        return otherwise;
    return with_opacity(style->fill, nc_style_has(style, NC_STYLE_FILL_OPACITY),
                        style->fill_opacity);
}

nc_paint nc_style_stroke(const nc_style *style, nc_paint otherwise)
{
    if (!nc_style_has(style, NC_STYLE_STROKE))
        return otherwise;
    return with_opacity(style->stroke, nc_style_has(style, NC_STYLE_STROKE_OPACITY),
                        style->stroke_opacity);
}

nc_rgba nc_color_readable(nc_rgba ground)
{
    const nc_rgba dark = {0x1A, 0x22, 0x30, 255};
    const nc_rgba light = {255, 255, 255, 255};
    double clear = 1 - ground.a / 255.0;
    const nc_rgba on = {(uint8_t)(ground.r + (255 - ground.r) * clear),
                        (uint8_t)(ground.g + (255 - ground.g) * clear),
                        (uint8_t)(ground.b + (255 - ground.b) * clear), 255};
    return nc_color_contrast(dark, on) >= nc_color_contrast(light, on) ? dark : light;
}
