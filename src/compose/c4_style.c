#include "compose/c4_style.h"

#include "theme/style.h"

/* Kinds an element answers to: its own, and its type's without form. */
static bool is_kind(const nc_c4_element *e, nc_sv name)
{
    static const nc_sv types[] = {
        [NC_C4_PERSON] = NC_SV_INIT("person"),
        [NC_C4_SYSTEM] = NC_SV_INIT("system"),
        [NC_C4_CONTAINER_TYPE] = NC_SV_INIT("container"),
        [NC_C4_COMPONENT_TYPE] = NC_SV_INIT("component"),
    };
    static const nc_sv forms[] = {[NC_C4_BOX] = NC_SV_INIT(""),
                                  [NC_C4_DB] = NC_SV_INIT("_db"),
                                  [NC_C4_QUEUE] = NC_SV_INIT("_queue")};
    const nc_sv outside = NC_SV("external_");
    const bool says_outside = nc_sv_starts(name, outside);
    if (says_outside != e->external)
        return false;
    if (says_outside)
        name = nc_sv_slice(name, outside.len, name.len);
    if (!nc_sv_starts(name, types[e->type]))
        return false;
    name = nc_sv_slice(name, types[e->type].len, name.len);
    return name.len == 0 || nc_sv_eq(name, forms[e->form]);
}

bool nc_c4_kind(nc_sv *out, nc_arena *arena, const nc_c4_element *e)
{
    static const char *const types[] = {
        [NC_C4_PERSON] = "person",
        [NC_C4_SYSTEM] = "system",
        [NC_C4_CONTAINER_TYPE] = "container",
        [NC_C4_COMPONENT_TYPE] = "component",
    };
    static const char *const forms[] = {
        [NC_C4_BOX] = "", [NC_C4_DB] = "_db", [NC_C4_QUEUE] = "_queue"};
    return nc_arena_printf(out, arena, "%s%s%s", e->external ? "external_" : "", types[e->type],
                           forms[e->form]);
}

nc_sv nc_c4_type_words(nc_c4_type type, bool external)
{
    static const nc_sv words[] = {[NC_C4_PERSON] = NC_SV_INIT("External Person"),
                                  [NC_C4_SYSTEM] = NC_SV_INIT("External Software System"),
                                  [NC_C4_CONTAINER_TYPE] = NC_SV_INIT("External Container"),
                                  [NC_C4_COMPONENT_TYPE] = NC_SV_INIT("External Component")};
    const size_t outside = strlen("External ");
    return nc_sv_slice(words[type], external ? 0 : outside, words[type].len);
}

/* ---- tags ---------------------------------------------------------------------------------- */

/* Takes the next name off a list of tags: `a+b`, or Mermaid's `a,b`. False at its end. */
static bool next_tag(nc_sv *tag, nc_sv *rest)
{
    while (rest->len) {
        size_t end = 0;
        while (end < rest->len && rest->ptr[end] != '+' && rest->ptr[end] != ',')
            end++;
        *tag = nc_sv_trim(nc_sv_slice(*rest, 0, end));
        *rest = nc_sv_slice(*rest, end + 1, rest->len);
        if (tag->len)
            return true;
    }
    return false;
}

bool nc_c4_has_tag(nc_sv tags, nc_sv name)
{
    nc_sv tag;
    while (next_tag(&tag, &tags))
        if (nc_sv_eq(tag, name))
            return true;
    return false;
}

static void fill(nc_sv *field, nc_sv value)
{
    if (field->len == 0)
        *field = value;
}

static void fill_style(nc_c4_style *style, const nc_c4_style *weaker)
{
    fill(&style->bg_color, weaker->bg_color);
    fill(&style->font_color, weaker->font_color);
    fill(&style->border_color, weaker->border_color);
    fill(&style->shape, weaker->shape);
    fill(&style->legend_text, weaker->legend_text);
    fill(&style->border_style, weaker->border_style);
    fill(&style->border_thickness, weaker->border_thickness);
}

static bool tag_is_for_element(const nc_c4_tag *tag, const nc_c4_element *e)
{
    return nc_sv_eq(tag->applies_to, NC_SV("element")) || is_kind(e, tag->applies_to);
}

static nc_c4_style element_style(const nc_c4 *c4, const nc_c4_element *e)
{
    nc_c4_style style = e->style;
    nc_sv rest = e->tags;
    nc_sv name;
    while (next_tag(&name, &rest))
        for (uint32_t i = 0; i < c4->tags.len; i++)
            if (nc_sv_eq(c4->tags.ptr[i].name, name) && tag_is_for_element(&c4->tags.ptr[i], e))
                fill_style(&style, &c4->tags.ptr[i].style);
    for (uint32_t i = c4->kind_styles.len; i-- > 0;) /* the latest wins */
        if (is_kind(e, c4->kind_styles.ptr[i].applies_to))
            fill_style(&style, &c4->kind_styles.ptr[i].style);
    return style;
}

nc_sv nc_c4_tag_technology(const nc_c4 *c4, const nc_c4_element *e)
{
    nc_sv rest = e->tags;
    nc_sv name;
    while (next_tag(&name, &rest))
        for (uint32_t i = 0; i < c4->tags.len; i++)
            if (nc_sv_eq(c4->tags.ptr[i].name, name) && c4->tags.ptr[i].technology.len &&
                tag_is_for_element(&c4->tags.ptr[i], e))
                return c4->tags.ptr[i].technology;
    for (uint32_t i = c4->kind_styles.len; i-- > 0;)
        if (c4->kind_styles.ptr[i].technology.len && is_kind(e, c4->kind_styles.ptr[i].applies_to))
            return c4->kind_styles.ptr[i].technology;
    return (nc_sv){0};
}

nc_sv nc_c4_relation_technology(const nc_c4 *c4, const nc_c4_relation *r)
{
    nc_sv rest = r->tags;
    nc_sv name;
    while (r->technology.text.len == 0 && next_tag(&name, &rest))
        for (uint32_t i = 0; i < c4->tags.len; i++)
            if (nc_sv_eq(c4->tags.ptr[i].name, name) && c4->tags.ptr[i].technology.len &&
                nc_sv_eq(c4->tags.ptr[i].applies_to, NC_SV("relation")))
                return c4->tags.ptr[i].technology;
    return r->technology.text;
}

nc_sv nc_c4_legend_text(const nc_c4 *c4, const nc_c4_element *e)
{
    return element_style(c4, e).legend_text;
}

/* ---- values -------------------------------------------------------------------------------- */

static bool paint_of(nc_paint *out, nc_sv text, nc_span at, nc_diags *d)
{
    nc_rgba color;
    if (text.len == 0)
        return false;
    if (!nc_color_parse(&color, text)) {
        nc_diag_add(d, NC_RULE_BAD_COLOR, at, "'%.*s' is no colour", NC_SV_ARG(text));
        return false;
    }
    *out = (nc_paint){.color = color};
    return true;
}

static bool has_word(nc_sv text, nc_sv word)
{
    return text.len >= word.len && nc_sv_eq_nocase(nc_sv_slice(text, 0, word.len), word);
}

/* DashedLine(), DottedLine(), BoldLine(), SolidLine(), or their first words. */
static void set_line_style(nc_look *look, nc_sv text)
{
    if (has_word(text, NC_SV("dash"))) {
        look->dash = 6;
        look->gap = 4;
    } else if (has_word(text, NC_SV("dot"))) {
        look->dash = 1.5;
        look->gap = 4;
        look->cap = NC_CAP_ROUND;
    } else if (has_word(text, NC_SV("bold"))) {
        look->width = 2.6;
    } else if (has_word(text, NC_SV("solid"))) {
        look->dash = look->gap = 0;
    }
}

/* A thickness in px, whole digits and a fraction; nothing else counts. */
static void set_thickness(nc_look *look, nc_sv text)
{
    double v = 0;
    double unit = 0; /* of the next digit after the point; 0 before it */
    text = nc_sv_trim(text);
    if (text.len == 0)
        return;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];
        if (c == '.' && unit == 0) {
            unit = 0.1;
        } else if (!nc_is_digit(c)) {
            break;
        } else if (unit > 0) {
            v += (c - '0') * unit;
            unit /= 10;
        } else {
            v = v * 10 + (c - '0');
        }
    }
    if (v > 0)
        look->width = v < 12 ? v : 12;
}

static void apply(nc_look *look, const nc_c4_style *style, nc_span at, nc_diags *d)
{
    const bool painted = paint_of(&look->fill, style->bg_color, at, d);
    if (!paint_of(&look->line, style->border_color, at, d) && painted && look->line.token)
        look->line = look->fill;
    if (!paint_of(&look->text, style->font_color, at, d) && painted && look->fill.color.a == 255)
        look->text = (nc_paint){.color = nc_color_readable(look->fill.color)};
    set_line_style(look, style->border_style);
    set_thickness(look, style->border_thickness);
}

/* ---- elements ------------------------------------------------------------------------------ */

#define KIND_LOOK(kind)                                                                            \
    {                                                                                              \
        .fill = {.token = NC_TOKEN_##kind##_FILL}, .line = {.token = NC_TOKEN_##kind##_LINE},      \
        .text = {.token = NC_TOKEN_##kind##_TEXT}, .width = 1.25, .radius = -1                     \
    }

static const nc_look type_looks[] = {
    [NC_C4_PERSON] = KIND_LOOK(PERSON),
    [NC_C4_SYSTEM] = KIND_LOOK(SYSTEM),
    [NC_C4_CONTAINER_TYPE] = KIND_LOOK(CONTAINER),
    [NC_C4_COMPONENT_TYPE] = KIND_LOOK(COMPONENT),
};
/* What lies outside is told apart by its line too, not by its colour alone (WCAG 1.4.1). */
static const nc_look external_look = {.fill = {.token = NC_TOKEN_EXTERNAL_FILL},
                                      .line = {.token = NC_TOKEN_EXTERNAL_LINE},
                                      .text = {.token = NC_TOKEN_EXTERNAL_TEXT},
                                      .width = 1.6,
                                      .dash = 5,
                                      .gap = 3,
                                      .radius = -1};

/* The figure a keyword names: Mermaid's words, and C4-PlantUML's shape functions. */
static nc_c4_figure figure_of_word(nc_sv word)
{
    static const struct {
        nc_sv word;
        nc_c4_figure figure;
    } rows[] = {
        {NC_SV_INIT("person"), NC_C4_FIGURE_PERSON},
        {NC_SV_INIT("box"), NC_C4_FIGURE_BOX},
        {NC_SV_INIT("rounded"), NC_C4_FIGURE_ROUNDED},
        {NC_SV_INIT("cylinder"), NC_C4_FIGURE_DB},
        {NC_SV_INIT("database"), NC_C4_FIGURE_DB},
        {NC_SV_INIT("db"), NC_C4_FIGURE_DB},
        {NC_SV_INIT("queue"), NC_C4_FIGURE_QUEUE},
        {NC_SV_INIT("pipe"), NC_C4_FIGURE_QUEUE},
        {NC_SV_INIT("component"), NC_C4_FIGURE_FRAMED},
        {NC_SV_INIT("RoundedBoxShape()"), NC_C4_FIGURE_ROUNDED},
        {NC_SV_INIT("EightSidedShape()"), NC_C4_FIGURE_EIGHT_SIDED},
        {NC_SV_INIT("SharpCornerShape()"), NC_C4_FIGURE_SHARP},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++)
        if (nc_sv_eq(word, rows[i].word))
            return rows[i].figure;
    return NC_C4_FIGURE_COUNT;
}

/* What a style makes of a box's corners: databases and queues have none. */
static bool is_of_corners(nc_c4_figure figure)
{
    return figure == NC_C4_FIGURE_ROUNDED || figure == NC_C4_FIGURE_EIGHT_SIDED ||
           figure == NC_C4_FIGURE_SHARP;
}

/* A shape style first, then a sprite or a tag that is a shape's name, then the macro's own form. */
static nc_c4_figure figure_of(const nc_c4 *c4, const nc_c4_element *e, const nc_c4_style *style)
{
    static const nc_c4_figure forms[] = {[NC_C4_BOX] = NC_C4_FIGURE_BOX,
                                         [NC_C4_DB] = NC_C4_FIGURE_DB,
                                         [NC_C4_QUEUE] = NC_C4_FIGURE_QUEUE};
    nc_c4_figure figure = figure_of_word(style->shape);
    if (figure == NC_C4_FIGURE_COUNT)
        figure = figure_of_word(e->sprite);
    nc_sv rest = e->tags;
    nc_sv tag;
    while (figure == NC_C4_FIGURE_COUNT && next_tag(&tag, &rest))
        figure = figure_of_word(tag);
    const bool drawn_person = e->type == NC_C4_PERSON && !c4->plain_persons;
    const bool has_corners = e->form == NC_C4_BOX && !drawn_person;
    if (figure != NC_C4_FIGURE_COUNT && (has_corners || !is_of_corners(figure)))
        return figure;
    return drawn_person ? NC_C4_FIGURE_PERSON : forms[e->form];
}

nc_c4_figure nc_c4_element_look(nc_look *look, const nc_c4 *c4, const nc_c4_element *e, nc_diags *d)
{
    const nc_c4_style style = element_style(c4, e);
    *look = e->external ? external_look : type_looks[e->type];
    apply(look, &style, e->at, d);
    return figure_of(c4, e, &style);
}

/* ---- boundaries and relations -------------------------------------------------------------- */

/* Kinds a boundary answers to: "node"; else "boundary", and the one that its macro names. */
static bool is_boundary_kind(const nc_c4_boundary *b, nc_sv name)
{
    static const struct {
        nc_sv type, kind;
    } rows[] = {
        {NC_SV_INIT("ENTERPRISE"), NC_SV_INIT("enterprise_boundary")},
        {NC_SV_INIT("SYSTEM"), NC_SV_INIT("system_boundary")},
        {NC_SV_INIT("CONTAINER"), NC_SV_INIT("container_boundary")},
    };
    if (b->kind != NC_C4_BOUNDARY)
        return nc_sv_eq(name, NC_SV("node"));
    for (size_t i = 0; i < NC_COUNT(rows); i++)
        if (nc_sv_eq(b->type.text, rows[i].type) && nc_sv_eq(name, rows[i].kind))
            return true;
    return nc_sv_eq(name, NC_SV("boundary"));
}

/* A tag for boundaries may stand on a node too. */
static bool tag_is_for_boundary(const nc_c4_tag *tag, const nc_c4_boundary *b)
{
    return nc_sv_eq(tag->applies_to, NC_SV("boundary")) || is_boundary_kind(b, tag->applies_to);
}

static nc_c4_style boundary_style(const nc_c4 *c4, const nc_c4_boundary *b)
{
    nc_c4_style style = b->style;
    nc_sv rest = b->tags;
    nc_sv name;
    while (next_tag(&name, &rest))
        for (uint32_t i = 0; i < c4->tags.len; i++)
            if (nc_sv_eq(c4->tags.ptr[i].name, name) && tag_is_for_boundary(&c4->tags.ptr[i], b))
                fill_style(&style, &c4->tags.ptr[i].style);
    for (uint32_t i = c4->kind_styles.len; i-- > 0;) /* the latest wins */
        if (is_boundary_kind(b, c4->kind_styles.ptr[i].applies_to))
            fill_style(&style, &c4->kind_styles.ptr[i].style);
    return style;
}

bool nc_c4_boundary_is_eight_sided(const nc_c4 *c4, const nc_c4_boundary *b)
{
    const nc_c4_style style = boundary_style(c4, b);
    return figure_of_word(style.shape) == NC_C4_FIGURE_EIGHT_SIDED;
}

void nc_c4_boundary_look(nc_look *look, const nc_c4 *c4, const nc_c4_boundary *b, nc_diags *d)
{
    const nc_c4_style style = boundary_style(c4, b);
    const nc_paint line = look->line;
    apply(look, &style, b->at, d);
    if (style.border_color.len == 0) /* a frame is seen by its line */
        look->line = line;
    if (figure_of_word(style.shape) == NC_C4_FIGURE_SHARP)
        look->radius = 0;
}

nc_sv nc_c4_boundary_type(const nc_c4 *c4, const nc_c4_boundary *b)
{
    nc_sv rest = b->tags;
    nc_sv name;
    while (next_tag(&name, &rest))
        for (uint32_t i = 0; i < c4->tags.len; i++)
            if (nc_sv_eq(c4->tags.ptr[i].name, name) && c4->tags.ptr[i].type.len &&
                tag_is_for_boundary(&c4->tags.ptr[i], b))
                return c4->tags.ptr[i].type;
    for (uint32_t i = c4->kind_styles.len; i-- > 0;)
        if (c4->kind_styles.ptr[i].type.len &&
            is_boundary_kind(b, c4->kind_styles.ptr[i].applies_to))
            return c4->kind_styles.ptr[i].type;
    return b->type.text;
}

void nc_c4_relation_look(nc_look *look, const nc_c4 *c4, const nc_c4_relation *r, nc_diags *d)
{
    nc_sv text = r->text_color;
    nc_sv line = r->line_color;
    nc_sv style = r->line_style;
    nc_sv thickness = r->line_thickness;
    nc_sv rest = r->tags;
    nc_sv name;
    while (next_tag(&name, &rest))
        for (uint32_t i = 0; i < c4->tags.len; i++) {
            const nc_c4_tag *tag = &c4->tags.ptr[i];
            if (!nc_sv_eq(tag->name, name) || !nc_sv_eq(tag->applies_to, NC_SV("relation")))
                continue;
            fill(&text, tag->text_color);
            fill(&line, tag->line_color);
            fill(&style, tag->line_style);
            fill(&thickness, tag->line_thickness);
        }
    for (uint32_t i = c4->kind_styles.len; i-- > 0;) {
        const nc_c4_tag *all = &c4->kind_styles.ptr[i];
        if (!nc_sv_eq(all->applies_to, NC_SV("relation")))
            continue;
        fill(&text, all->text_color);
        fill(&line, all->line_color);
    }
    *look = (nc_look){.line = NC_PAINT(EDGE), .text = NC_PAINT(LABEL_TEXT), .width = 1.4};
    (void)paint_of(&look->line, line, r->at, d);
    (void)paint_of(&look->text, text, r->at, d);
    set_line_style(look, style);
    set_thickness(look, thickness);
}
