#include "model/flowchart.h"

static const char *const directions[] = {
    [NC_FLOW_TB] = "TB", [NC_FLOW_BT] = "BT", [NC_FLOW_LR] = "LR",
    [NC_FLOW_RL] = "RL", [NC_FLOW_BR] = "BR",
};
static_assert(NC_COUNT(directions) == NC_FLOW_DIR_COUNT, "a direction has no name");

static const char *const strokes[] = {
    [NC_FLOW_NORMAL] = "normal",
    [NC_FLOW_THICK] = "thick",
    [NC_FLOW_DOTTED] = "dotted",
    [NC_FLOW_INVISIBLE] = "invisible",
};

static const char *const heads[] = {
    [NC_FLOW_NONE] = "none",
    [NC_FLOW_POINT] = "point",
    [NC_FLOW_CIRCLE] = "circle",
    [NC_FLOW_CROSS] = "cross",
};

/* Writes a comma before every item of an object or list but the first. */
typedef struct writer {
    nc_buf *out;
    bool first;
} writer;

static void item(writer *w)
{
    if (!w->first)
        nc_buf_char(w->out, ',');
    w->first = false;
}

static void key(writer *w, const char *name)
{
    item(w);
    nc_buf_json(w->out, nc_sv_cstr(name));
    nc_buf_char(w->out, ':');
}

static writer open(nc_buf *out, char bracket)
{
    nc_buf_char(out, bracket);
    return (writer){out, true};
}

/* Empty texts, false and empty lists are left out: the schema takes them for the same. */
static void put_text(writer *w, const char *name, nc_sv text)
{
    if (text.len == 0)
        return;
    key(w, name);
    nc_buf_json(w->out, text);
}

static void put_flag(writer *w, const char *name, bool value)
{
    if (!value)
        return;
    key(w, name);
    NC_BUF_LIT(w->out, "true");
}

static void put_number(writer *w, const char *name, double value)
{
    if (!(value < 0 || value > 0))
        return;
    key(w, name);
    nc_buf_num(w->out, value);
}

static void put_texts(writer *w, const char *name, const nc_sv_vec *texts)
{
    if (texts->len == 0)
        return;
    key(w, name);
    writer list = open(w->out, '[');
    for (uint32_t i = 0; i < texts->len; i++) {
        item(&list);
        nc_buf_json(w->out, texts->ptr[i]);
    }
    nc_buf_char(w->out, ']');
}

static void put_label(writer *w, const char *name, const nc_label *label)
{
    put_text(w, name, label->text);
    put_flag(w, "markdown", label->markup == NC_MARKUP_MARKDOWN);
}

static void put_link(writer *w, const nc_flow_link *link)
{
    if (link->href.len) {
        key(w, "link");
        writer object = open(w->out, '{');
        put_text(&object, "href", link->href);
        put_text(&object, "target", link->target);
        nc_buf_char(w->out, '}');
    }
    put_text(w, "tooltip", link->tooltip);
    put_flag(w, "callback", link->callback);
}

static void put_node(nc_buf *out, const nc_flow_node *node)
{
    writer w = open(out, '{');
    put_text(&w, "id", node->id);
    put_label(&w, "label", &node->label);
    put_text(&w, "shape", nc_sv_cstr(nc_flow_shape_name(node->shape)));
    put_texts(&w, "classes", &node->classes);
    put_texts(&w, "styles", &node->styles);
    put_link(&w, &node->link);
    put_text(&w, "icon", node->icon);
    put_text(&w, "form", node->form);
    put_text(&w, "pos", node->pos);
    put_text(&w, "img", node->img);
    put_number(&w, "w", node->w);
    put_number(&w, "h", node->h);
    put_text(&w, "constraint", node->constraint);
    nc_buf_char(out, '}');
}

static nc_sv end_id(const nc_flowchart *chart, nc_flow_end end)
{
    return end.is_subgraph ? chart->subgraphs.ptr[end.index].id : chart->nodes.ptr[end.index].id;
}

static void put_edge(nc_buf *out, const nc_flowchart *chart, const nc_flow_edge *edge, bool mermaid)
{
    writer w = open(out, '{');
    nc_flow_head tail = mermaid ? edge->tail : edge->author_tail;
    put_text(&w, "id", edge->id);
    put_text(&w, "from", end_id(chart, edge->from));
    put_text(&w, "to", end_id(chart, edge->to));
    put_label(&w, "label", &edge->label);
    put_text(&w, "stroke", nc_sv_cstr(strokes[edge->stroke]));
    put_text(&w, "tail", nc_sv_cstr(heads[tail]));
    put_text(&w, "head", nc_sv_cstr(heads[edge->head]));
    put_number(&w, "length", edge->length);
    put_texts(&w, "classes", &edge->classes);
    put_texts(&w, "styles", &edge->styles);
    put_text(&w, "curve", edge->curve);
    put_flag(&w, "animate", edge->animate);
    put_text(&w, "animation", edge->animation);
    put_number(&w, "step", edge->step);
    nc_buf_char(out, '}');
}

static void put_subgraph(nc_buf *out, const nc_flow_subgraph *subgraph)
{
    writer w = open(out, '{');
    put_text(&w, "id", subgraph->id);
    put_label(&w, "title", &subgraph->title);
    if (subgraph->has_dir)
        put_text(&w, "direction", nc_sv_cstr(directions[subgraph->dir]));
    put_texts(&w, "members", &subgraph->members);
    put_texts(&w, "classes", &subgraph->classes);
    put_texts(&w, "styles", &subgraph->styles);
    if (subgraph->collapsed)
        put_text(&w, "view", NC_SV("collapsed"));
    put_link(&w, &subgraph->link);
    nc_buf_char(out, '}');
}

static void put_classes(writer *w, const nc_flowchart *chart)
{
    if (chart->classes.len == 0)
        return;
    key(w, "classDefs");
    writer object = open(w->out, '{');
    for (uint32_t i = 0; i < chart->classes.len; i++) {
        const nc_flow_class *class = &chart->classes.ptr[i];
        item(&object);
        nc_buf_json(w->out, class->name);
        nc_buf_char(w->out, ':');
        writer list = open(w->out, '[');
        for (uint32_t k = 0; k < class->styles.len; k++) {
            item(&list);
            nc_buf_json(w->out, class->styles.ptr[k]);
        }
        nc_buf_char(w->out, ']');
    }
    nc_buf_char(w->out, '}');
}

static void put_link_default(writer *w, const nc_flowchart *chart)
{
    if (chart->link_default_styles.len == 0 && chart->link_default_curve.len == 0)
        return;
    key(w, "linkDefault");
    writer object = open(w->out, '{');
    put_texts(&object, "styles", &chart->link_default_styles);
    put_text(&object, "curve", chart->link_default_curve);
    nc_buf_char(w->out, '}');
}

void nc_flowchart_dump(nc_buf *out, const nc_flowchart *chart, bool mermaid)
{
    if (mermaid && chart->mermaid)
        chart = chart->mermaid;
    writer w = open(out, '{');
    put_text(&w, "diagram", NC_SV("flowchart"));
    put_text(&w, "title", chart->title);
    put_text(&w, "accTitle", chart->acc_title);
    put_text(&w, "accDescr", chart->acc_descr);
    put_text(&w, "direction", nc_sv_cstr(directions[chart->dir]));
    key(&w, "nodes");
    writer list = open(out, '[');
    for (uint32_t i = 0; i < chart->nodes.len; i++) {
        if (chart->nodes.ptr[i].implied && mermaid)
            continue;
        item(&list);
        put_node(out, &chart->nodes.ptr[i]);
    }
    NC_BUF_LIT(out, "]");
    key(&w, "edges");
    list = open(out, '[');
    for (uint32_t i = 0; i < chart->edges.len; i++) {
        item(&list);
        put_edge(out, chart, &chart->edges.ptr[i], mermaid);
    }
    NC_BUF_LIT(out, "]");
    key(&w, "subgraphs");
    list = open(out, '[');
    for (uint32_t i = 0; i < chart->subgraphs.len; i++) {
        item(&list);
        put_subgraph(out, &chart->subgraphs.ptr[i]);
    }
    NC_BUF_LIT(out, "]");
    put_classes(&w, chart);
    put_link_default(&w, chart);
    NC_BUF_LIT(out, "}\n");
}
