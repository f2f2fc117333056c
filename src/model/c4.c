#include "model/c4.h"

/* Writes `"name": ` with the comma that the place needs. */
typedef struct object {
    nc_buf *out;
    bool any;
} object;

static object begin(nc_buf *out)
{
    nc_buf_char(out, '{');
    return (object){out, false};
}

static void key(object *o, const char *name)
{
    nc_buf_fmt(o->out, "%s\"%s\": ", o->any ? ", " : "", name);
    o->any = true;
}

static void end(object *o)
{
    nc_buf_char(o->out, '}');
}

static void text(object *o, const char *name, nc_sv value)
{
    if (!value.len)
        return;
    key(o, name);
    nc_buf_json(o->out, value);
}

static void number(object *o, const char *name, double value)
{
    key(o, name);
    nc_buf_num(o->out, value);
}

static void flag(object *o, const char *name, bool value)
{
    if (!value)
        return;
    key(o, name);
    NC_BUF_LIT(o->out, "true");
}

static void style(object *o, const nc_c4_style *s)
{
    text(o, "bgColor", s->bg_color);
    text(o, "fontColor", s->font_color);
    text(o, "borderColor", s->border_color);
    text(o, "shadowing", s->shadowing);
    text(o, "shape", s->shape);
    text(o, "legendText", s->legend_text);
    text(o, "legendSprite", s->legend_sprite);
    text(o, "borderStyle", s->border_style);
    text(o, "borderThickness", s->border_thickness);
}

static void properties(object *o, const nc_c4_properties *p)
{
    if (!p->cells.len)
        return;
    key(o, "properties");
    object table = begin(o->out);
    flag(&table, "header", p->header);
    number(&table, "columns", p->columns);
    key(&table, "cells");
    nc_buf_char(o->out, '[');
    for (uint32_t i = 0; i < p->cells.len; i++) {
        if (i)
            NC_BUF_LIT(o->out, ", ");
        nc_buf_json(o->out, p->cells.ptr[i]);
    }
    nc_buf_char(o->out, ']');
    end(&table);
}

static void parent(object *o, const nc_c4 *c4, uint32_t index)
{
    if (index != NC_NONE)
        text(o, "parent", c4->boundaries.ptr[index].id);
}

static void element(nc_buf *out, const nc_c4 *c4, uint32_t i)
{
    static const char *const types[] = {"person", "system", "container", "component"};
    static const char *const forms[] = {"", "_db", "_queue"};
    const nc_c4_element *e = &c4->elements.ptr[i];
    object o = begin(out);
    text(&o, "id", e->id);
    key(&o, "kind");
    nc_buf_fmt(out, "\"%s%s%s\"", e->external ? "external_" : "", types[e->type], forms[e->form]);
    text(&o, "label", e->label.text);
    text(&o, "technology", e->technology.text);
    text(&o, "description", e->description.text);
    text(&o, "tags", e->tags);
    text(&o, "sprite", e->sprite);
    text(&o, "link", e->link);
    parent(&o, c4, e->parent);
    style(&o, &e->style);
    properties(&o, &e->properties);
    end(&o);
}

static void boundary(nc_buf *out, const nc_c4 *c4, uint32_t i)
{
    static const char *const kinds[] = {"boundary", "node", "node_l", "node_r"};
    const nc_c4_boundary *b = &c4->boundaries.ptr[i];
    object o = begin(out);
    text(&o, "id", b->id);
    text(&o, "kind", nc_sv_cstr(kinds[b->kind]));
    text(&o, "type", b->type.text);
    text(&o, "label", b->label.text);
    text(&o, "technology", b->technology.text);
    text(&o, "description", b->description.text);
    text(&o, "tags", b->tags);
    text(&o, "sprite", b->sprite);
    text(&o, "link", b->link);
    parent(&o, c4, b->parent);
    style(&o, &b->style);
    properties(&o, &b->properties);
    end(&o);
}

static const char *direction_name(nc_c4_direction direction)
{
    static const char *const names[] = {"", "_u", "_d", "_l", "_r", "_neighbor"};
    return names[direction];
}

static void relation(nc_buf *out, const nc_c4 *c4, uint32_t i)
{
    static const char *const kinds[] = {"rel", "birel", "rel_b"};
    static_assert(NC_COUNT(kinds) == NC_C4_RELATION_KIND_COUNT, "a relation has no name");
    const nc_c4_relation *r = &c4->relations.ptr[i];
    object o = begin(out);
    key(&o, "kind");
    nc_buf_fmt(out, "\"%s%s\"", kinds[r->kind], direction_name(r->direction));
    text(&o, "from", r->from.id);
    text(&o, "to", r->to.id);
    text(&o, "label", r->label.text);
    text(&o, "technology", r->technology.text);
    text(&o, "description", r->description.text);
    text(&o, "tags", r->tags);
    text(&o, "sprite", r->sprite);
    text(&o, "link", r->link);
    text(&o, "textColor", r->text_color);
    text(&o, "lineColor", r->line_color);
    text(&o, "lineStyle", r->line_style);
    text(&o, "lineThickness", r->line_thickness);
    if (r->has_offset_x)
        number(&o, "offsetX", r->offset_x);
    if (r->has_offset_y)
        number(&o, "offsetY", r->offset_y);
    text(&o, "index", r->index);
    end(&o);
}

static void rule(nc_buf *out, const nc_c4 *c4, uint32_t i)
{
    const nc_c4_layout_rule *r = &c4->rules.ptr[i];
    object o = begin(out);
    key(&o, "kind");
    nc_buf_fmt(out, "\"lay%s\"", direction_name(r->direction));
    text(&o, "from", r->from.id);
    text(&o, "to", r->to.id);
    if (r->distance)
        number(&o, "distance", r->distance);
    end(&o);
}

static void tag(nc_buf *out, const nc_c4_tag *t)
{
    object o = begin(out);
    text(&o, "name", t->name);
    text(&o, "appliesTo", t->applies_to);
    style(&o, &t->style);
    text(&o, "textColor", t->text_color);
    text(&o, "lineColor", t->line_color);
    text(&o, "lineStyle", t->line_style);
    text(&o, "lineThickness", t->line_thickness);
    text(&o, "technology", t->technology);
    text(&o, "sprite", t->sprite);
    text(&o, "type", t->type);
    end(&o);
}

static void one_tag(nc_buf *out, const nc_c4 *c4, uint32_t i)
{
    tag(out, &c4->tags.ptr[i]);
}

static void one_kind_style(nc_buf *out, const nc_c4 *c4, uint32_t i)
{
    tag(out, &c4->kind_styles.ptr[i]);
}

static void list(object *o, const char *name, const nc_c4 *c4, uint32_t len,
                 void (*write)(nc_buf *, const nc_c4 *, uint32_t))
{
    if (!len)
        return;
    nc_buf_fmt(o->out, ",\n  \"%s\": [", name);
    for (uint32_t i = 0; i < len; i++) {
        nc_buf_fmt(o->out, "%s\n    ", i ? "," : "");
        write(o->out, c4, i);
    }
    NC_BUF_LIT(o->out, "\n  ]");
}

static void legend(object *o, const nc_c4_legend *l)
{
    if (!l->shown && !l->hide_stereotype && !l->title.len)
        return;
    key(o, "legend");
    object inner = begin(o->out);
    flag(&inner, "shown", l->shown);
    flag(&inner, "floating", l->floating);
    flag(&inner, "hideStereotype", l->hide_stereotype);
    text(&inner, "title", l->title);
    text(&inner, "details", l->details);
    end(&inner);
}

/* The model as it is: what Mermaid never reads is empty in its reading. */
static void dump(nc_buf *out, const nc_c4 *c4)
{
    static const char *const variants[] = {"C4Context", "C4Container", "C4Component", "C4Dynamic",
                                           "C4Deployment"};
    static const char *const flows[] = {"", "LEFT_RIGHT", "LANDSCAPE"};
    static_assert(NC_COUNT(variants) == NC_C4_VARIANT_COUNT, "a variant has no name");
    object o = begin(out);
    text(&o, "diagram", NC_SV("c4"));
    text(&o, "variant", nc_sv_cstr(variants[c4->variant]));
    text(&o, "title", c4->title);
    text(&o, "accTitle", c4->acc_title);
    text(&o, "accDescr", c4->acc_descr);
    text(&o, "flow", nc_sv_cstr(flows[c4->flow]));
    legend(&o, &c4->legend);
    list(&o, "elements", c4, c4->elements.len, element);
    list(&o, "boundaries", c4, c4->boundaries.len, boundary);
    list(&o, "relations", c4, c4->relations.len, relation);
    list(&o, "rules", c4, c4->rules.len, rule);
    list(&o, "tags", c4, c4->tags.len, one_tag);
    list(&o, "kindStyles", c4, c4->kind_styles.len, one_kind_style);
    key(&o, "layout");
    object layout = begin(out);
    number(&layout, "shapesInRow", c4->shapes_in_row);
    number(&layout, "boundariesInRow", c4->boundaries_in_row);
    end(&layout);
    end(&o);
}

void nc_c4_dump(nc_buf *out, const nc_c4 *c4, bool mermaid)
{
    dump(out, mermaid && c4->mermaid ? c4->mermaid : c4);
}
