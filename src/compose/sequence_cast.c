/* Who takes part in a sequence diagram: columns, headers and boxes are measured. */
#include "compose/link.h"
#include "compose/sequence_placer.h"

static const nc_text_style box_style = {.face = NC_FACE_SEMIBOLD, .size = 12.5};
static const nc_text_style link_style = {.face = NC_FACE_REGULAR, .size = 11.5};

bool nc_seq_is_event_of(const nc_seq_event *e, bool *second)
{
    *second = e->type == NC_SEQ_MESSAGE || e->type == NC_SEQ_NOTE;
    switch (e->type) {
    case NC_SEQ_MESSAGE:
    case NC_SEQ_NOTE:
    case NC_SEQ_ACTIVATE:
    case NC_SEQ_DEACTIVATE:
    case NC_SEQ_CREATE:
    case NC_SEQ_DESTROY:
        return true;
    case NC_SEQ_START:
    case NC_SEQ_SECTION:
    case NC_SEQ_END:
    case NC_SEQ_AUTONUMBER:
        return false;
    }
    return false;
}

/* Which column each actor gets: in their order, members of a box together; NC_NONE for hidden. */
bool nc_seq_assign_columns(nc_seq_placer *p)
{
    nc_placed_sequence *out = p->placed;
    uint32_t len = p->seq->actors.len;
    bool hide = nc_config_bool(p->draw->config, "hideUnusedParticipants", false);
    bool *used = NC_NEW(p->draw->arena, bool, len);
    out->columns = NC_NEW(p->draw->arena, uint32_t, len);
    out->actors = NC_NEW(p->draw->arena, uint32_t, len);
    out->boxes = NC_NEW(p->draw->arena, uint32_t, len);
    if (len && (!used || !out->columns || !out->actors || !out->boxes))
        return false;
    for (uint32_t i = 0; i < len; i++) {
        used[i] = !hide;
        out->columns[i] = NC_NONE;
    }
    for (uint32_t i = 0; i < p->seq->events.len; i++) {
        const nc_seq_event *e = &p->seq->events.ptr[i];
        bool second;
        if (nc_seq_is_event_of(e, &second)) {
            used[e->from] = true;
            if (second)
                used[e->to] = true;
        }
    }
    for (uint32_t i = 0; i < len; i++) {
        uint32_t box = p->seq->actors.ptr[i].box;
        const nc_u32_vec alone = {.ptr = &i, .len = 1};
        const nc_u32_vec *group = box == NC_NONE ? &alone : &p->seq->boxes.ptr[box].members;
        if (out->columns[i] != NC_NONE)
            continue;
        for (uint32_t k = 0; k < group->len; k++) {
            uint32_t actor = group->ptr[k];
            if (!used[actor] || out->columns[actor] != NC_NONE)
                continue;
            out->columns[actor] = out->column_len;
            out->boxes[out->column_len] = box;
            out->actors[out->column_len++] = actor;
        }
    }
    return true;
}

/* Links that are addresses; what stands in `links X: {...}` may be anything. */
static bool measure_links(nc_seq_placer *p, nc_seq_header *header, const nc_seq_actor *actor,
                          double *widest)
{
    header->links = NC_NEW(p->draw->arena, nc_seq_link, actor->links.len);
    if (actor->links.len && !header->links)
        return false;
    for (uint32_t i = 0; i < actor->links.len; i++) {
        const nc_seq_pair *pair = &actor->links.ptr[i];
        const nc_label name = {.text = pair->key, .markup = NC_MARKUP_PLAIN};
        nc_seq_link *link = &header->links[header->link_len];
        if (pair->json || nc_sv_trim(pair->key).len == 0)
            continue;
        link->href = nc_link_check(p->draw->diags, actor->at, pair->value);
        if (!nc_seq_measure(p, &link->name, &name, link_style))
            return false;
        header->link_len++;
    }
    if (header->link_len < 2)
        return true; /* one link is the header itself */
    for (uint32_t i = 0; i < header->link_len; i++)
        *widest = fmax(*widest, nc_seq_text_w(header->links[i].name));
    header->links_h = header->link_len * NC_SEQ_LINK_H;
    return true;
}

bool nc_seq_measure_headers(nc_seq_placer *p)
{
    nc_placed_sequence *out = p->placed;
    uint32_t len = p->seq->actors.len;
    double width = nc_seq_distance(p, "width", 150) - 2 * nc_seq_distance(p, "wrapPadding", 10);
    const nc_cell_style *cells = p->draw->cells;
    if (cells)
        width = floor(width / cells->px) + 2;
    out->headers = NC_NEW(p->draw->arena, nc_seq_header, len);
    p->participants = NC_NEW(p->draw->arena, nc_lay_seq_participant, len);
    if (len && (!out->headers || !p->participants))
        return false;
    for (uint32_t i = 0; i < len; i++) {
        const nc_seq_actor *actor = &p->seq->actors.ptr[i];
        nc_seq_header *header = &out->headers[i];
        double widest = 0;
        if (!nc_seq_measure_broken(
                p, &header->label, &actor->label, p->actor,
                (nc_seq_breaking){actor->wrap || (cells && cells->tight) ? width : 0,
                                  !actor->wrap}))
            return false;
        if (!measure_links(p, header, actor, &widest))
            return false;
        widest = fmax(widest, nc_seq_text_w(header->label));
        header->icon = nc_seq_icon_of(actor, p->draw->diags);
        if (out->columns[i] == NC_NONE)
            continue;
        nc_lay_seq_participant *in = &p->participants[out->columns[i]];
        in->box = out->boxes[out->columns[i]];
        if (p->draw->cells)
            nc_seq_header_cells(in, p, actor->kind, widest, nc_seq_text_h(header->label));
        else
            nc_seq_header_size(in, actor->kind, widest,
                               nc_seq_text_h(header->label) + header->links_h, p->least_w,
                               p->least_h, header->icon != NC_SEQ_NO_ICON);
    }
    p->lay.participants = p->participants;
    p->lay.participant_len = out->column_len;
    return true;
}

/* The author's colour: the one Mermaid reads, else the one it loses after `#`. */
nc_seq_tint nc_seq_read_tint(nc_seq_placer *p, nc_sv color, nc_sv author, nc_span at)
{
    nc_seq_tint tint = {0};
    nc_sv text = nc_sv_trim(author.len ? author : color);
    if (text.len == 0)
        return tint;
    tint.given = nc_color_parse(&tint.color, text);
    if (!tint.given)
        nc_diag_add(p->draw->diags, NC_RULE_BAD_COLOR, at, "'%.*s' is no colour", NC_SV_ARG(text));
    return tint;
}

bool nc_seq_measure_boxes(nc_seq_placer *p)
{
    nc_placed_sequence *out = p->placed;
    uint32_t len = p->seq->boxes.len;
    out->box_titles = NC_NEW(p->draw->arena, const nc_text *, len);
    out->box_tints = NC_NEW(p->draw->arena, nc_seq_tint, len);
    p->boxes = NC_NEW(p->draw->arena, nc_lay_seq_box, len);
    if (len && (!out->box_titles || !out->box_tints || !p->boxes))
        return false;
    for (uint32_t i = 0; i < len; i++) {
        const nc_seq_box *box = &p->seq->boxes.ptr[i];
        out->box_tints[i] = nc_seq_read_tint(p, box->color, box->author_color, box->at);
        if (!nc_seq_measure_broken(p, &out->box_titles[i], &box->label, box_style,
                                   (nc_seq_breaking){box->wrap ? p->wrap : 0, false}))
            return false;
        p->boxes[i] =
            (nc_lay_seq_box){nc_seq_text_w(out->box_titles[i]), nc_seq_text_h(out->box_titles[i])};
        if (p->draw->cells && p->boxes[i].title_h > 0)
            p->boxes[i].title_h += 1; /* the row of the frame's own line */
    }
    p->lay.boxes = p->boxes;
    p->lay.box_len = len;
    return true;
}
