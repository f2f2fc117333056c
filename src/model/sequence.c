#include "model/sequence.h"

/* Names by enumerator; an empty one is the value that equals absence. */
static const nc_sv kinds[NC_SEQ_KIND_COUNT] = {
    [NC_SEQ_PARTICIPANT] = NC_SV_INIT("participant"), [NC_SEQ_ACTOR] = NC_SV_INIT("actor"),
    [NC_SEQ_BOUNDARY] = NC_SV_INIT("boundary"),       [NC_SEQ_CONTROL] = NC_SV_INIT("control"),
    [NC_SEQ_ENTITY] = NC_SV_INIT("entity"),           [NC_SEQ_DATABASE] = NC_SV_INIT("database"),
    [NC_SEQ_COLLECTIONS] = NC_SV_INIT("collections"), [NC_SEQ_QUEUE] = NC_SV_INIT("queue"),
};
static const nc_sv heads[NC_SEQ_HEAD_COUNT] = {
    [NC_SEQ_HEAD_NONE] = NC_SV_INIT(""),
    [NC_SEQ_HEAD_ARROW] = NC_SV_INIT("arrow"),
    [NC_SEQ_HEAD_CROSS] = NC_SV_INIT("cross"),
    [NC_SEQ_HEAD_OPEN] = NC_SV_INIT("open"),
    [NC_SEQ_HEAD_HALF_TOP] = NC_SV_INIT("half-top"),
    [NC_SEQ_HEAD_HALF_BOTTOM] = NC_SV_INIT("half-bottom"),
    [NC_SEQ_HEAD_STICK_TOP] = NC_SV_INIT("stick-top"),
    [NC_SEQ_HEAD_STICK_BOTTOM] = NC_SV_INIT("stick-bottom"),
};
static const nc_sv centrals[] = {
    [NC_SEQ_CENTRAL_NONE] = NC_SV_INIT(""),
    [NC_SEQ_CENTRAL_TO] = NC_SV_INIT("to"),
    [NC_SEQ_CENTRAL_FROM] = NC_SV_INIT("from"),
    [NC_SEQ_CENTRAL_BOTH] = NC_SV_INIT("both"),
};
static const nc_sv placements[] = {
    [NC_SEQ_LEFT] = NC_SV_INIT("left"),
    [NC_SEQ_RIGHT] = NC_SV_INIT("right"),
    [NC_SEQ_OVER] = NC_SV_INIT("over"),
};
static const nc_sv fragments[NC_SEQ_FRAGMENT_COUNT] = {
    [NC_SEQ_LOOP] = NC_SV_INIT("loop"),         [NC_SEQ_ALT] = NC_SV_INIT("alt"),
    [NC_SEQ_OPT] = NC_SV_INIT("opt"),           [NC_SEQ_PAR] = NC_SV_INIT("par"),
    [NC_SEQ_PAR_OVER] = NC_SV_INIT("par_over"), [NC_SEQ_CRITICAL] = NC_SV_INIT("critical"),
    [NC_SEQ_BREAK] = NC_SV_INIT("break"),       [NC_SEQ_RECT] = NC_SV_INIT("rect"),
};
static const nc_sv sections[] = {
    [NC_SEQ_ELSE] = NC_SV_INIT("else"),
    [NC_SEQ_AND] = NC_SV_INIT("and"),
    [NC_SEQ_OPTION] = NC_SV_INIT("option"),
};

typedef struct dump {
    nc_buf *out;
    const nc_sequence *sequence;
    bool mermaid;
} dump;

/* -- members of an object; the first one ends its object's opening, so each starts with a comma -- */

static void put_key(nc_buf *out, const char *key)
{
    nc_buf_char(out, ',');
    nc_buf_json(out, nc_sv_cstr(key));
    nc_buf_char(out, ':');
}

static void put_text(nc_buf *out, const char *key, nc_sv text)
{
    if (text.len == 0)
        return;
    put_key(out, key);
    nc_buf_json(out, text);
}

static void put_true(nc_buf *out, const char *key, bool value)
{
    if (!value)
        return;
    put_key(out, key);
    NC_BUF_LIT(out, "true");
}

static void put_number(nc_buf *out, const char *key, double value)
{
    put_key(out, key);
    nc_buf_num(out, value);
}

/* -- participants and boxes -- */

static void put_pairs(const dump *d, const char *key, const nc_seq_pairs *pairs, bool addresses)
{
    bool first = true;
    for (uint32_t i = 0; i < pairs->len; i++) {
        const nc_seq_pair *pair = &pairs->ptr[i];
        if (d->mermaid && pair->lost)
            continue;
        if (first)
            put_key(d->out, key);
        nc_buf_char(d->out, first ? '{' : ',');
        nc_buf_json(d->out, d->mermaid ? pair->mermaid_key : pair->key);
        nc_buf_char(d->out, ':');
        if (addresses && !pair->json)
            nc_buf_json(d->out, pair->value);
        else
            nc_buf_put(d->out, pair->value);
        first = false;
    }
    if (!first)
        nc_buf_char(d->out, '}');
}

static nc_sv kind_name(const dump *d, const nc_seq_actor *actor)
{
    if (!d->mermaid)
        return kinds[actor->kind];
    return actor->unknown_kind.len > 0 ? actor->unknown_kind : kinds[actor->mermaid_kind];
}

static void put_actor(const dump *d, const nc_seq_actor *actor)
{
    NC_BUF_LIT(d->out, "{\"id\":");
    nc_buf_json(d->out, actor->id);
    put_text(d->out, "label", actor->label.text);
    put_text(d->out, "kind", kind_name(d, actor));
    put_true(d->out, "wrap", actor->wrap);
    put_pairs(d, "links", &actor->links, true);
    put_pairs(d, "properties", &actor->properties, false);
    nc_buf_char(d->out, '}');
}

static void put_actors(const dump *d)
{
    bool first = true;
    put_key(d->out, "actors");
    nc_buf_char(d->out, '[');
    for (uint32_t i = 0; i < d->sequence->actors.len; i++) {
        if (d->mermaid && d->sequence->actors.ptr[i].unlisted)
            continue;
        if (!first)
            nc_buf_char(d->out, ',');
        put_actor(d, &d->sequence->actors.ptr[i]);
        first = false;
    }
    nc_buf_char(d->out, ']');
}

static void put_box(const dump *d, const nc_seq_box *box)
{
    const nc_u32_vec *members = d->mermaid ? &box->mermaid_members : &box->members;
    bool lost = d->mermaid && box->author_color.len > 0;
    NC_BUF_LIT(d->out, "{\"members\":[");
    for (uint32_t i = 0; i < members->len; i++) {
        if (i > 0)
            nc_buf_char(d->out, ',');
        nc_buf_json(d->out, d->sequence->actors.ptr[members->ptr[i]].id);
    }
    nc_buf_char(d->out, ']');
    put_text(d->out, "label", lost ? (nc_sv){0} : box->label.text);
    put_text(d->out, "color", d->mermaid || box->color.len > 0 ? box->color : box->author_color);
    put_true(d->out, "wrap", box->wrap);
    nc_buf_char(d->out, '}');
}

static void put_boxes(const dump *d)
{
    put_key(d->out, "boxes");
    nc_buf_char(d->out, '[');
    for (uint32_t i = 0; i < d->sequence->boxes.len; i++) {
        if (i > 0)
            nc_buf_char(d->out, ',');
        put_box(d, &d->sequence->boxes.ptr[i]);
    }
    nc_buf_char(d->out, ']');
}

/* -- events -- */

static nc_sv actor_id(const dump *d, uint32_t index)
{
    return d->sequence->actors.ptr[index].id;
}

static void put_message(const dump *d, const nc_seq_event *e)
{
    put_text(d->out, "from", actor_id(d, e->from));
    put_text(d->out, "to", actor_id(d, e->to));
    put_text(d->out, "text", e->text.text);
    put_text(d->out, "line", e->dotted ? NC_SV("dotted") : NC_SV("solid"));
    put_text(d->out, "tail", heads[e->tail]);
    put_text(d->out, "head", heads[e->head]);
    put_true(d->out, "activate", e->activate);
    put_text(d->out, "central", centrals[e->central]);
    put_true(d->out, "wrap", e->wrap);
}

static void put_note(const dump *d, const nc_seq_event *e)
{
    put_text(d->out, "placement", placements[e->placement]);
    put_key(d->out, "actors");
    nc_buf_char(d->out, '[');
    nc_buf_json(d->out, actor_id(d, e->from));
    if (e->to != e->from) {
        nc_buf_char(d->out, ',');
        nc_buf_json(d->out, actor_id(d, e->to));
    }
    nc_buf_char(d->out, ']');
    put_text(d->out, "text", e->text.text);
    put_true(d->out, "wrap", e->wrap);
}

static void put_actor_ref(const dump *d, const nc_seq_event *e)
{
    put_text(d->out, "actor", actor_id(d, e->from));
}

static void put_start(const dump *d, const nc_seq_event *e)
{
    bool author = !d->mermaid && e->text.text.len == 0;
    put_text(d->out, "kind", fragments[e->fragment]);
    put_text(d->out, "text", author ? e->author_color : e->text.text);
    put_true(d->out, "wrap", e->wrap);
}

static void put_section(const dump *d, const nc_seq_event *e)
{
    put_text(d->out, "kind", sections[e->section]);
    put_text(d->out, "text", e->text.text);
    put_true(d->out, "wrap", e->wrap);
}

static void put_end(const dump *d, const nc_seq_event *e)
{
    put_text(d->out, "kind", fragments[e->fragment]);
}

static void put_autonumber(const dump *d, const nc_seq_event *e)
{
    put_true(d->out, "off", e->off);
    if (e->has_start)
        put_number(d->out, "start", e->start);
    if (e->has_step)
        put_number(d->out, "step", e->step);
}

static const struct {
    const char *name;
    void (*put)(const dump *d, const nc_seq_event *e);
} events[] = {
    [NC_SEQ_MESSAGE] = {"message", put_message},
    [NC_SEQ_NOTE] = {"note", put_note},
    [NC_SEQ_ACTIVATE] = {"activate", put_actor_ref},
    [NC_SEQ_DEACTIVATE] = {"deactivate", put_actor_ref},
    [NC_SEQ_START] = {"start", put_start},
    [NC_SEQ_SECTION] = {"section", put_section},
    [NC_SEQ_END] = {"end", put_end},
    [NC_SEQ_AUTONUMBER] = {"autonumber", put_autonumber},
    [NC_SEQ_CREATE] = {"create", put_actor_ref},
    [NC_SEQ_DESTROY] = {"destroy", put_actor_ref},
};

static void put_events(const dump *d)
{
    put_key(d->out, "events");
    nc_buf_char(d->out, '[');
    for (uint32_t i = 0; i < d->sequence->events.len; i++) {
        const nc_seq_event *event = &d->sequence->events.ptr[i];
        if (i > 0)
            nc_buf_char(d->out, ',');
        nc_buf_fmt(d->out, "{\"type\":\"%s\"", events[event->type].name);
        events[event->type].put(d, event);
        nc_buf_char(d->out, '}');
    }
    nc_buf_char(d->out, ']');
}

void nc_sequence_dump(nc_buf *out, const nc_sequence *sequence, bool mermaid)
{
    const dump d = {out, sequence, mermaid};
    NC_BUF_LIT(out, "{\"diagram\":\"sequence\"");
    put_text(out, "title", sequence->title);
    put_text(out, "accTitle", sequence->acc_title);
    put_text(out, "accDescr", sequence->acc_descr);
    put_actors(&d);
    put_boxes(&d);
    put_events(&d);
    NC_BUF_LIT(out, "}\n");
}
