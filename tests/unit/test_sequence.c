#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parse/parse.h"

#include <stdlib.h>
#include <time.h>

typedef struct reading {
    nc_arena arena;
    nc_diags diags;
    nc_source source;
    nc_sequence sequence;
    nc_buf dump; /* of the model, as asked for; empty when there are errors */
} reading;

static void read_text(reading *r, nc_sv text, bool mermaid)
{
    nc_arena_init(&r->arena, NULL, (size_t)200 << 20);
    nc_diags_init(&r->diags, &r->arena);
    nc_buf_init(&r->dump, NULL, 0);
    if (!nc_source_read(&r->source, &r->arena, text, (size_t)16 << 20, &r->diags))
        return;
    assert_true(nc_parse_sequence(&r->sequence, &r->arena, &r->source, &r->diags));
    if (r->diags.errors == 0)
        nc_sequence_dump(&r->dump, &r->sequence, mermaid);
}

static void forget(reading *r)
{
    nc_buf_release(&r->dump);
    nc_arena_release(&r->arena);
}

/* Fails unless `part` stands in the dump of `text`. */
static void expect(const char *text, bool mermaid, const char *part)
{
    reading r;
    read_text(&r, nc_sv_cstr(text), mermaid);
    if (!r.dump.ptr || !strstr(r.dump.ptr, part))
        fail_msg("%s\nwant %s\ngot  %s\n%s", text, part, r.dump.ptr ? r.dump.ptr : "nothing",
                 r.diags.list.len ? r.diags.list.ptr[0].message.ptr : "");
    forget(&r);
}

#define HEAD "sequenceDiagram\n"

static void statements_become_the_model(void **state)
{
    static const struct {
        const char *text, *part;
    } rows[] = {
        {"sequenceDiagram", "\"actors\":[]"},
        {HEAD "title The  way", "\"title\":\"The  way\""},
        {HEAD "title: x", "\"title\":\"x\""},
        {HEAD "title\nfoo", "\"title\":\"foo\""},
        {HEAD "accTitle: t; u # v", "\"accTitle\":\"t; u # v\""},
        {HEAD "accDescr {\n a\n b }", "\"accDescr\":\"a\\n b\""},
        {HEAD "participant A as Ann<br/>Lee",
         "{\"id\":\"A\",\"label\":\"Ann<br/>Lee\",\"kind\":\"participant\"}"},
        {HEAD "actor A@{ \"type\": \"queue\", \"alias\": \"Q\" }",
         "\"label\":\"Q\",\"kind\":\"queue\""},
        {HEAD "participant A@{ \"alias\": \"Q\" } as R", "\"label\":\"R\""},
        {HEAD "participant A@{\ntype: control\nalias: C\n}",
         "\"label\":\"C\",\"kind\":\"control\""},
        {HEAD "participant Ann Lee", "\"id\":\"Ann Lee\""},
        {HEAD "box Aqua Group\nparticipant A\nend",
         "{\"members\":[\"A\"],\"label\":\"Group\",\"color\":\"Aqua\"}"},
        {HEAD "box rgb(1, 2, 3)\nend", "\"color\":\"rgb(1, 2, 3)\""},
        {HEAD "box My Group\nend", "{\"members\":[],\"label\":\"My Group\"}"},
        {HEAD "box transparent Aqua\nend", "{\"members\":[],\"label\":\"Aqua\"}"},
        {HEAD "A->>+B: hi",
         "\"head\":\"arrow\",\"activate\":true},{\"type\":\"activate\",\"actor\":\"B\"}"},
        {HEAD "A->>+B: x\nB-->>-A: y", "{\"type\":\"deactivate\",\"actor\":\"B\"}"},
        {HEAD "A()->>()B: x", "\"central\":\"both\""},
        {HEAD "A<<-->>B: x", "\"line\":\"dotted\",\"tail\":\"arrow\",\"head\":\"arrow\""},
        {HEAD "A//--B: x", "\"line\":\"dotted\",\"tail\":\"stick-top\""},
        {HEAD "a-b->>c-d: x", "\"from\":\"a-b\",\"to\":\"c-d\""},
        {HEAD "A/x->>B(y): x", "\"from\":\"A/x\",\"to\":\"B(y)\""},
        {HEAD "A->>B: a#quot;b#35;", "\"text\":\"a\\\"b#\""},
        {HEAD "A->>B:wrap: x",
         "\"text\":\"x\",\"line\":\"solid\",\"head\":\"arrow\",\"wrap\":true"},
        {HEAD "A->>B: x # y", "\"text\":\"x\""},
        {HEAD "A->>B: x; B->>A: y", "\"text\":\"y\""},
        {HEAD "Note over A,B : n",
         "\"placement\":\"over\",\"actors\":[\"A\",\"B\"],\"text\":\"n\""},
        {HEAD "Note over A, A: n", "\"actors\":[\"A\"]"},
        {HEAD "note left of A: n", "\"placement\":\"left\""},
        {HEAD "par_over p\nand q\nend",
         "{\"type\":\"start\",\"kind\":\"par_over\",\"text\":\"p\"},{\"type\":\"section\",\"kind\":"
         "\"and\",\"text\":\"q\"},{\"type\":\"end\",\"kind\":\"par_over\"}"},
        {HEAD "autonumber 10.5 .5", "\"start\":10.5,\"step\":0.5"},
        {HEAD "autonumber off", "\"off\":true"},
        {HEAD "create participant B\nNote over A: n\nA->>B: x",
         "{\"type\":\"create\",\"actor\":\"B\"},{\"type\":\"note\""},
        {HEAD "A->>B: x\ndestroy A\ncreate actor C\nA->>C: y\nA-xC: z",
         "{\"type\":\"create\",\"actor\":\"C\"},{\"type\":\"destroy\",\"actor\":\"A\"}"},
        {HEAD "link A: N @ http://x", "\"links\":{\"N\":\"http://x\"}"},
        {HEAD "links A: {\"a\": \"b\", \"c\": 1}", "\"links\":{\"a\":\"b\",\"c\":1}"},
        {HEAD "properties A: {\"c\": [1, {\"d\": null}]}",
         "\"properties\":{\"c\":[1,{\"d\":null}]}"},
        {HEAD "details A: x", "\"id\":\"A\""},
        {HEAD "links A: {broken", "\"id\":\"A\",\"label\":\"A\",\"kind\":\"participant\"}"},
        {HEAD ")) A->>B: x", "\"from\":\"A\""},
        {HEAD "A->>B: x %% y", "\"text\":\"x %% y\""},
        {"%%{init: {\"sequence\": {\"wrap\": true}}}%%\n" HEAD "A->>B: nowrap:x", "\"wrap\":true"},
    };
    (void)state;
    for (size_t i = 0; i < NC_COUNT(rows); i++)
        expect(rows[i].text, true, rows[i].part);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_become_the_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
