#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parse/parse.h"
#include "parse/sequence_color.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_TEXT = 16 << 20 };

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
    if (!nc_source_read(&r->source, &r->arena, text, MAX_TEXT, &r->diags))
        return;
    assert_true(nc_parse_sequence(&r->sequence, &r->arena, &r->source, &r->diags));
    if (r->diags.errors == r->diags.draw_errors)
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

/* -- what is wrong, where, and what to type instead -- */

static void errors_say_what_to_type(void **state)
{
    static const struct {
        const char *text, *code;
        unsigned line, column;
        const char *hint;
    } rows[] = {
        {"A->>B hello", "sequence-missing-colon", 2, 11, "did you mean 'A->>B: hello'?"},
        {"A->>B: a;b", "sequence-semicolon", 2, 9, "write '#59;' for a semicolon in a text"},
        {"A->>B: Tom &amp; Jerry", "sequence-semicolon", 2, 12, "write '#amp;'"},
        {"A->>B: fixes #42 today", "sequence-hash", 2, 14, "write '#35;' for the character"},
        {"A=>B: x", "sequence-arrow", 2, 2, "did you mean '->>'?"},
        {"A ==> B: x", "sequence-arrow", 2, 3, "did you mean '->>'?"},
        {"A ->>> B: x", "sequence-arrow", 2, 3, "did you mean '->>'?"},
        {"A <- B: x", "sequence-arrow", 2, 3,
         "arrows point to the right: swap the two ends and write '->>'"},
        {"A <-- B: x", "sequence-arrow", 2, 3,
         "arrows point to the right: swap the two ends and write '-->>'"},
        {"A <-> B: x", "sequence-arrow", 2, 3, "did you mean '<<->>'?"},
        {"A → B: x", "sequence-arrow", 2, 3, "did you mean '->>'?"},
        {"A -.-> B: x", "sequence-odd-name", 2, 1, "'-.->' is no arrow: did you mean '-->>'?"},
        {"A — > B: x", "sequence-arrow", 2, 7, "did you mean '->>'?"},
        {"A - B: x", "sequence-arrow", 2, 3, "did you mean '->'?"},
        {"A > B: x", "sequence-arrow", 2, 3, "did you mean '->>'?"},
        {"A--->>B: x", "sequence-arrow", 2, 2, "did you mean '-->>'?"},
        {"A->>end: x", "sequence-keyword-as-name", 2, 5,
         "use another id and show the name: 'participant x as end'"},
        {"end user->>B: x", "unexpected-end", 2, 1,
         "'end' cannot be or begin the name of a participant in a message: write 'participant e as "
         "end' and use 'e'"},
        {"A->>Note taker: x", "sequence-keyword-as-name", 2, 5,
         "use another id and show the name: 'participant x as Note'"},
        {"A->>: x", "syntax", 2, 4, "write the participant's name here"},
        {"A->>", "syntax", 2, 4, "write the participant's name here"},
        {"->>B: x", "syntax", 2, 1, "a message is written 'A->>B: text'"},
        {"A->> 1 : x", "sequence-bad-name", 2, 6, "leave out the blank behind '1'"},
        {"A->>B+C: x", "sequence-bad-name", 2, 6,
         "': text' must follow the name; or use a plain id and show the name: 'participant x as "
         "Name'"},
        {"A,B->>C: x", "sequence-bad-name", 2, 2,
         "use a plain id and show the name: 'participant x as Name'"},
        {"A->>B,C: x", "sequence-bad-name", 2, 6,
         "': text' must follow the name; or use a plain id and show the name: 'participant x as "
         "Name'"},
        {"A->>B->>C: x", "syntax", 2, 6, "write one message a line"},
        {"lopo every minute\nA->>B: x\nend", "unknown-statement", 2, 1, "did you mean 'loop'?"},
        {"loop a\nA->>B: x\nedn", "unknown-statement", 4, 1, "did you mean 'end'?"},
        {"loop a\nA->>B: x", "unclosed", 2, 1, "write 'end' after its last message"},
        {"alt a\nA->>B: x\nesle b\nB->>A: y\nend", "unknown-statement", 4, 1,
         "did you mean 'else'?"},
        {"end", "unexpected-end", 2, 1, "delete it, or open a fragment such as 'loop' before it"},
        {"else x", "sequence-stray-section", 2, 1, "open 'alt' before it"},
        {"loop a\nelse b\nend", "sequence-stray-section", 3, 1,
         "'loop' has no sections; 'alt' has"},
        {"alt a\nloop b\nA->>B: x\nelse c\nB->>A: y\nend", "unclosed", 3, 1,
         "write 'end' after its last message"},
        {"alt a\nloop b\nA->>B: x\nelse c\nB->>A: y\nend\nend", "unclosed", 3, 1,
         "write 'end' after its last message"},
        {"par a\noption b\nend", "sequence-stray-section", 3, 1,
         "'par' has no sections; 'critical' has"},
        {"paticipant A", "unknown-statement", 2, 1, "did you mean 'participant'?"},
        {"participant", "syntax", 2, 1, "write a name after it, on the same line"},
        {"participant A B as C, D", "sequence-bad-name", 2, 21, "declare one participant a line"},
        {"participant Foo: Bar", "sequence-bad-name", 2, 16,
         "a label follows 'as': 'participant A as Label'"},
        {"participant A<B>", "sequence-bad-name", 2, 14,
         "use a plain id and show the name: 'participant x as A<B>'"},
        {"participant A, B", "sequence-bad-name", 2, 14, "declare one participant a line"},
        {"participant A@{ \"type\": \"databse\" }", "sequence-participant-type", 2, 25,
         "did you mean 'database'?"},
        {"participant A@{ \"type\": \"queue\"", "unclosed", 2, 14, "write '}' after the data"},
        {"participant A@{ type: [a }", "bad-data", 2, 26, ""},
        {"participant A@{\n \"type\": \"queue\",\n \"alias\": \"x\"\n}", "bad-data", 3, 17,
         "over several lines, write one 'key: value' a line, without commas; or all of it on one "
         "line"},
        {"participant A@{ \"type\": \"queue\" } \nA->>B: x", "syntax", 2, 34, "delete the blanks"},
        {"autonumber \nA->>B: x", "syntax", 2, 11, "delete the blanks"},
        {"autonumber -5", "syntax", 2, 12,
         "write 'autonumber', 'autonumber 10', 'autonumber 10 5' (at most two decimals) or "
         "'autonumber off'"},
        {"autonumber 1.234", "syntax", 2, 12,
         "write 'autonumber', 'autonumber 10', 'autonumber 10 5' (at most two decimals) or "
         "'autonumber off'"},
        {"A->>B: x\nB-->>-A: y", "sequence-not-active", 3, 1,
         "activate it first, with '+' before it in a message to it or with 'activate B'"},
        {"deactivate A", "sequence-not-active", 2, 12,
         "activate it first, with '+' before it in a message to it or with 'activate A'"},
        {"activate A\nA->>B: x\ndeactivate A\ndeactivate A", "sequence-not-active", 5, 12,
         "activate it first, with '+' before it in a message to it or with 'activate A'"},
        {"A->>+B x\nB-->>-A: y", "sequence-missing-colon", 2, 8, "did you mean 'A->>+B: x'?"},
        {"create participant C\nA->>B: x", "sequence-create", 3, 5,
         "put the 'create' line right before the message that creates 'C'"},
        {"A->>C: x\ncreate participant C\nA->>C: y", "sequence-created-twice", 3, 20,
         "give the new participant another id: 'create participant C2 as C'"},
        {"A->>B: x\ndestroy B\nA->>C: y", "sequence-destroy", 4, 1,
         "put the 'destroy' line right before the last message of 'B'"},
        {"create C", "syntax", 2, 1, "write 'create participant X' or 'create actor X'"},
        {"box a\nparticipant A\nend\nbox b\nparticipant A\nend", "sequence-two-boxes", 6, 13,
         "declare a participant in one box only"},
        {"box a\nparticipant A\nA->>B: x\nend", "sequence-in-box", 4, 1,
         "close the box with 'end' before this line"},
        {"box a\nparticipant A\nA->>B: x", "unclosed", 2, 1, "write 'end' after its participants"},
        {"box #f00 T\nparticipant A\nend", "sequence-hash-color", 2, 5,
         "write the colour as 'rgb(…)' or by name"},
        {"Note A: x", "sequence-note", 2, 6,
         "write 'Note over A: text', 'Note left of A: text' or 'Note right of A: text'"},
        {"Note over A x", "sequence-missing-colon", 2, 13, "did you mean 'Note over A: x'?"},
        {"Note over A,B,C: x", "sequence-note", 2, 14,
         "'Note over A,B: text' reaches from the first to the last; 'left of' and 'right of' take "
         "one"},
        {"Note left A: x", "sequence-note", 2, 6,
         "write 'left of' with one blank between the words"},
        {"Note leftof A: x", "sequence-note", 2, 6,
         "write 'left of' with one blank between the words"},
        {"Note left of A,B: x", "sequence-note", 2, 15,
         "'Note over A,B: text' reaches from the first to the last; 'left of' and 'right of' take "
         "one"},
        {"note over end: x", "sequence-keyword-as-name", 2, 11,
         "use another id and show the name: 'participant x as end'"},
        {"title", "syntax", 2, 1, "write 'title: Text'"},
        {"title:x", "syntax", 2, 1, "write 'title: Text'"},
        {"accTitle foo", "syntax", 2, 1, "write 'accTitle: Text'"},
        {"// comment", "syntax", 2, 1, "comments start with '%%'"},
        {"-- comment", "syntax", 2, 1, "comments start with '%%'"},
        {"links A {\"a\":\"b\"}", "sequence-ignored-links", 2, 17,
         "write {\"name\": \"https://…\"} with double quotes"},
        {"links A: {a: b}", "sequence-ignored-links", 2, 11,
         "write {\"name\": \"https://…\"} with double quotes"},
        {"link A: Foo", "sequence-ignored-links", 2, 9, "write 'link A: Name @ https://…'"},
        {"activate", "syntax", 2, 1, "write a name after it, on the same line"},
        {"destroy A,B", "sequence-bad-name", 2, 10, "declare one participant a line"},
        {"foo bar", "unknown-statement", 2, 1,
         "a message is written 'A->>B: text', a comment '%% text'"},
        {"sequenceDiagram", "syntax", 2, 1, "write one diagram a block"},
        {"))", "sequence-ignored-characters", 2, 1, ""},
        {"accDescr { foo\nA->>B: x", "sequence-open-description", 2, 1,
         "write '}' after the description"},
        {"A()->>+B: x", "syntax", 2, 7,
         "one '+' or '-' may stand before the target, and none beside '()'"},
        {"A->>B: x\nrect #eee\nend", "sequence-hash-color", 3, 6,
         "write the colour as 'rgb(…)' or by name"},
        {"participant end as E\nend->>A: x", "unexpected-end", 3, 1,
         "'end' cannot be or begin the name of a participant in a message: write 'participant e as "
         "end' and use 'e'"},
        {"state A", "unknown-statement", 2, 1,
         "a message is written 'A->>B: text', a comment '%% text'"},
        {"graph TD", "unknown-statement", 2, 1,
         "a message is written 'A->>B: text', a comment '%% text'"},
        {"A-->|x|B", "sequence-missing-colon", 2, 8,
         "the text of a message follows its target: 'A->>B: text'"},
        {"Alice said hi", "unknown-statement", 2, 1,
         "a message is written 'A->>B: text', a comment '%% text'"},
        {"if x\nA->>B: x\nend", "unknown-statement", 2, 1, "did you mean 'alt'?"},
        {"opt: x", "unclosed", 2, 1, "write 'end' after its last message"},
        {"activate A B: x", "sequence-bad-name", 2, 13,
         "a label follows 'as': 'participant A as Label'"},
    };
    (void)state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        reading r;
        char text[256];
        snprintf(text, sizeof text, HEAD "%s\n", rows[i].text);
        read_text(&r, nc_sv_cstr(text), true);
        if (r.diags.list.len != 1)
            fail_msg("%s: %u diagnostics", text, r.diags.list.len);
        const nc_diag *d = &r.diags.list.ptr[0];
        unsigned line = 1;
        unsigned column = 1;
        for (uint32_t k = 0; k < d->at.start; k++) {
            column = text[k] == '\n' ? 1 : column + 1;
            line += text[k] == '\n';
        }
        nc_sv hint = nc_sv_cstr(rows[i].hint);
        if (strcmp(nc_rule_lookup(d->rule)->code, rows[i].code) != 0 || line != rows[i].line ||
            column != rows[i].column || !nc_sv_eq(d->hint, hint))
            fail_msg("%s\n%s:%u:%u %.*s", text, nc_rule_lookup(d->rule)->code, line, column,
                     NC_SV_ARG(d->hint));
        forget(&r);
    }
}

/* Every slip of a text is reported once, none because of another. */
static void errors_do_not_spread(void **state)
{
    static const char text[] = HEAD "paticipant A\n"
                                    "loop a\n"
                                    "  A->>+B hello\n"
                                    "  B-->>-A: x\n"
                                    "  alt b\n"
                                    "    A=>B: x; y\n"
                                    "  esle\n"
                                    "    Note A: x\n"
                                    "  edn\n"
                                    "end\n"
                                    "while c\n"
                                    "  A->>end: x\n"
                                    "end\n"
                                    "box d\n"
                                    "  participant C, D\n"
                                    "end\n"
                                    "deactivate A\n"
                                    "opt e\n";
    static const unsigned lines[] = {2, 4, 7, 8, 9, 10, 12, 13, 16, 19};
    (void)state;
    reading r;
    read_text(&r, nc_sv_cstr(text), true);
    assert_int_equal(r.diags.list.len, NC_COUNT(lines));
    for (size_t i = 0; i < NC_COUNT(lines); i++) {
        unsigned line = 1;
        for (uint32_t k = 0; k < r.diags.list.ptr[i].at.start; k++)
            line += text[k] == '\n';
        assert_int_equal(line, lines[i]);
    }
    forget(&r);
}

/* -- what Mermaid loses -- */

static void both_readings_are_kept(void **state)
{
    static const struct {
        const char *text, *mermaid, *author;
    } rows[] = {
        {HEAD "box #f00 T\nparticipant A\nend", "\"boxes\":[{\"members\":[\"A\"]}]",
         "{\"members\":[\"A\"],\"label\":\"T\",\"color\":\"#f00\"}"},
        {HEAD "rect #eee\nend", "\"kind\":\"rect\"}", "\"kind\":\"rect\",\"text\":\"#eee\""},
        {HEAD "A->>A: x\nactor A", "\"kind\":\"participant\"", "\"kind\":\"actor\""},
        {HEAD "participant A\nbox T\nparticipant A\nend", "\"members\":[]", "\"members\":[\"A\"]"},
        {HEAD "box T\nparticipant A as X\nparticipant A as Y\nend", "\"members\":[\"A\",\"A\"]",
         "\"members\":[\"A\"]"},
        {HEAD "link A: Name@u", "\"links\":{\"Nam\":\"u\"}", "\"links\":{\"Name\":\"u\"}"},
        {HEAD "link A: N @ u\nparticipant A as X", "\"label\":\"X\",\"kind\":\"participant\"}",
         "\"links\":{\"N\":\"u\"}"},
        {HEAD "participant A@{ type: disk }", "\"kind\":\"disk\"", "\"kind\":\"participant\""},
        {HEAD "activate B\nA->>A: x",
         "\"actors\":[{\"id\":\"A\",\"label\":\"A\",\"kind\":\"participant\"}]",
         "\"kind\":\"participant\"},{\"id\":\"B\""},
        {HEAD "activate B\nA->>B: x", "\"actors\":[{\"id\":\"A\"", "\"actors\":[{\"id\":\"A\""},
    };
    (void)state;
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        expect(rows[i].text, true, rows[i].mermaid);
        expect(rows[i].text, false, rows[i].author);
    }
}

static void box_colors_are_those_of_browsers(void **state)
{
    static const char *const yes[] = {"red",
                                      "RebeccaPurple",
                                      "Menu",
                                      "rgb(1,2,3)",
                                      "rgb(1 2 3)",
                                      "rgb(1 2 3 / 0.5)",
                                      "rgb(1,2,3,0.5)",
                                      "rgb(1%,2%,3%)",
                                      "rgb(300,-5,3)",
                                      "rgb(1e2,2,3)",
                                      "rgb(none 2 3)",
                                      "rgb(calc(1 + 2),2,3)",
                                      "hsl(120,50%,50%)",
                                      "hsl(0.5turn 50% 50%)",
                                      "hsl(120 50 50)",
                                      "hsla(120deg,50%,50%,30%)"};
    static const char *const no[] = {"",
                                     "Group",
                                     "info",
                                     "none",
                                     "rgb(1%,2,3)",
                                     "rgb(a,b,c)",
                                     "rgb()",
                                     "rgb(1,2)",
                                     "rgb (1,2,3)",
                                     "rgb(1,2,3,4,5)",
                                     "rgb(1 2,3)",
                                     "rgb(1,2,3 / 0.5)",
                                     "hsl(120,50,50)",
                                     "rgb(none,2,3)",
                                     "rgb(1.,2,3)",
                                     "hsl(50%,5%,5%)",
                                     "rgb(1,,2,3)",
                                     "rgb(1 2 3 0.5)"};
    (void)state;
    for (size_t i = 0; i < NC_COUNT(yes); i++)
        assert_true(nc_seq_is_color(nc_sv_cstr(yes[i])));
    for (size_t i = 0; i < NC_COUNT(no); i++)
        assert_false(nc_seq_is_color(nc_sv_cstr(no[i])));
}

/* -- texts that want to hurt -- */

/* head, then piece until there are `bytes`, then tail. Reads it within the budgets. */
static void endure(const char *head, const char *piece, size_t bytes, const char *tail, bool valid)
{
    size_t size = strlen(head) + bytes + strlen(tail) + strlen(piece) + 1;
    char *text = malloc(size);
    assert_non_null(text);
    size_t len = (size_t)snprintf(text, size, "%s", head);
    size_t step = strlen(piece);
    for (size_t done = 0; step > 0 && done < bytes; done += step, len += step)
        memcpy(text + len, piece, step);
    memcpy(text + len, tail, strlen(tail));
    len += strlen(tail);
    reading r;
    clock_t start = clock();
    read_text(&r, nc_sv_from(text, len), true);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    assert_false(nc_arena_failed(&r.arena));
    assert_true(r.diags.list.len <= NC_DIAG_MAX);
    if ((r.diags.errors == 0) != valid)
        fail_msg("%s%s…: %u errors", head, piece, r.diags.errors);
    /* The sanitizers cost a factor of five to ten. */
    if (seconds > 10)
        fail_msg("%s%s…: %.1f s", head, piece, seconds);
    forget(&r);
    free(text);
}

static void hostile_texts_are_endured(void **state)
{
    enum { MIB = 1 << 20 };
    (void)state;
    endure(HEAD, "loop x\n", MIB, "", false);
    endure(HEAD, "loop;", MIB, "", false);
    endure(HEAD, "alt\nloop\nelse\n", MIB, "", false);
    endure(HEAD, "end\n", MIB, "", false);
    endure(HEAD, "box\n", MIB, "", false);
    endure(HEAD, "(", MIB, "", true);
    endure(HEAD, "<", MIB, "", true);
    endure(HEAD, "A->>", MIB, "", false);
    endure(HEAD, "A->>B\n", MIB, "", false);
    endure(HEAD, "foo bar\n", MIB, "", false);
    endure(HEAD, "A-", MIB, ">>B: x", false);
    endure(HEAD, ";", MIB, "", true);
    endure(HEAD, "A->>B:x;", MIB, "", true);
    endure(HEAD, "participant A@{\n", MIB, "", false);
    endure(HEAD "participant A@{ ", "a: {", MIB, "", false);
    endure(HEAD "participant A@{ a: ", "[", MIB, " }", false);
    endure(HEAD "links A: ", "{\"a\":", MIB / 32, "", true);
    endure(HEAD, "link A: k @ u\nparticipant A as x\n", MIB, "", true);
    endure(HEAD, "activate A\n", MIB, "A->>A: x", true);
    endure(HEAD, "destroy A\n", MIB, "A->>A: x", true);
    endure(HEAD "A->>B: ", "x", MIB, "", false);
    endure(HEAD "A->>B: ", "&amp;", MIB, "", false);
    endure(HEAD "participant A", " #", MIB, ",", false);
    endure(HEAD "Note over ", "A,", MIB, "", false);
    endure(HEAD, "accDescr {", MIB, "", false);
    endure(HEAD, "\xc2\xa0", MIB, "", true);
}

static void a_million_participants_meet_the_limit(void **state)
{
    (void)state;
    char *text = malloc((size_t)16 << 20);
    assert_non_null(text);
    size_t len = (size_t)sprintf(text, HEAD);
    for (unsigned i = 0; i < 1000000; i++)
        len += (size_t)sprintf(text + len, "actor %x\n", i);
    reading r;
    read_text(&r, nc_sv_from(text, len), true);
    assert_false(nc_arena_failed(&r.arena));
    assert_int_equal(r.diags.errors, 1);
    assert_int_equal(r.diags.list.ptr[0].rule, NC_RULE_TOO_LARGE);
    forget(&r);
    free(text);
}

static void every_allocation_may_fail(void **state)
{
    static const char text[] = HEAD "box red T\nparticipant A@{ type: queue } as x\nend\n"
                                    "create actor B\nA->>+B: x#quot;\nlinks A: {\"a\": \"b\"}\n"
                                    "destroy B\nB--xA: y\nalt z\nelse w\nend\nfoo\n";
    (void)state;
    bool complete = false;
    for (size_t budget = 4096; !complete; budget += 512) {
        reading r;
        nc_arena_init(&r.arena, NULL, budget);
        nc_diags_init(&r.diags, &r.arena);
        complete = nc_source_read(&r.source, &r.arena, nc_sv_cstr(text), MAX_TEXT, &r.diags) &&
                   nc_parse_sequence(&r.sequence, &r.arena, &r.source, &r.diags) &&
                   !nc_arena_failed(&r.arena);
        nc_arena_release(&r.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_become_the_model),
        cmocka_unit_test(errors_say_what_to_type),
        cmocka_unit_test(errors_do_not_spread),
        cmocka_unit_test(both_readings_are_kept),
        cmocka_unit_test(box_colors_are_those_of_browsers),
        cmocka_unit_test(hostile_texts_are_endured),
        cmocka_unit_test(a_million_participants_meet_the_limit),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
