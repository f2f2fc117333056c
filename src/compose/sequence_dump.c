/* Where everything of a sequence diagram stands, as stable text. */
#include "compose/sequence_place.h"

static void dump_rect(nc_buf *out, const char *name, nc_lay_rect r)
{
    const double v[] = {r.x, r.y, r.w, r.h};
    nc_buf_fmt(out, " %s=", name);
    for (int i = 0; i < 4; i++) {
        if (i)
            nc_buf_char(out, ',');
        nc_buf_num(out, v[i]);
    }
}

static void dump_number(nc_buf *out, const char *name, double v)
{
    nc_buf_fmt(out, " %s=", name);
    nc_buf_num(out, v);
}

static void dump_event(nc_buf *out, const nc_lay_seq_event *e, const nc_lay_seq_place *p)
{
    static const char *const names[] = {"message", "note", "activate", "deactivate", "start",
                                        "section", "end",  "create",   "destroy"};
    nc_buf_fmt(out, "%s", names[e->type]);
    if (e->type == NC_LAY_SEQ_MESSAGE || e->type == NC_LAY_SEQ_SECTION) {
        dump_number(out, "x1", p->x1);
        dump_number(out, "y1", p->y1);
        dump_number(out, "x2", p->x2);
        dump_number(out, "y2", p->y2);
    }
    if (e->type == NC_LAY_SEQ_MESSAGE && e->from == e->to)
        dump_number(out, "far", p->far);
    if (p->box.w > 0)
        dump_rect(out, e->type == NC_LAY_SEQ_NOTE ? "note" : "text", p->box);
    if (p->ground)
        NC_BUF_LIT(out, " ground");
    if (p->number.w > 0)
        dump_rect(out, "number", p->number);
    if (e->type == NC_LAY_SEQ_START || e->type == NC_LAY_SEQ_SECTION || e->type == NC_LAY_SEQ_END)
        nc_buf_fmt(out, " fragment=%u", (unsigned)p->index);
    nc_buf_char(out, '\n');
}

void nc_placed_sequence_dump(nc_buf *out, const nc_placed_sequence *placed)
{
    const nc_lay_seq_result *lay = &placed->lay;
    NC_BUF_LIT(out, "sequence");
    dump_number(out, "w", lay->w);
    dump_number(out, "h", lay->h);
    if (lay->title.w > 0)
        dump_rect(out, "title", lay->title);
    nc_buf_char(out, '\n');
    for (uint32_t i = 0; i < placed->column_len; i++) {
        const nc_lay_seq_column *c = &lay->columns[i];
        NC_BUF_LIT(out, "participant");
        dump_number(out, "x", c->x);
        dump_number(out, "top", c->top);
        dump_number(out, "bottom", c->bottom);
        dump_rect(out, "head", c->head);
        if (c->foot.w > 0)
            dump_rect(out, "foot", c->foot);
        nc_buf_fmt(out, "%s%s\n", c->created ? " created" : "", c->destroyed ? " destroyed" : "");
    }
    for (uint32_t i = 0; i < placed->input_len; i++)
        dump_event(out, &placed->inputs[i], &lay->places[i]);
    for (uint32_t i = 0; i < lay->fragment_len; i++) {
        NC_BUF_LIT(out, "fragment");
        dump_rect(out, "frame", lay->fragments[i].frame);
        nc_buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < lay->bar_len; i++) {
        nc_buf_fmt(out, "bar participant=%u", (unsigned)lay->bars[i].participant);
        dump_rect(out, "rect", lay->bars[i].rect);
        nc_buf_char(out, '\n');
    }
}
