#include "model/flowchart.h"
#include "parse/parse.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

typedef struct fixture {
    nc_arena arena;
    nc_diags diags;
    nc_source source;
    nc_flowchart chart;
} fixture;

static fixture *read_bytes(nc_sv bytes)
{
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nc_arena_init(&f->arena, NULL, 0);
    nc_diags_init(&f->diags, &f->arena);
    assert_true(nc_source_read(&f->source, &f->arena, bytes, (size_t)16 << 20, &f->diags));
    assert_true(nc_parse_flowchart(&f->chart, &f->arena, &f->source, &f->diags));
    return f;
}

static fixture *read_text(const char *text)
{
    return read_bytes(nc_sv_cstr(text));
}

static void drop(fixture *f)
{
    nc_arena_release(&f->arena);
    free(f);
}

static json_t *dump(const fixture *f, bool mermaid)
{
    nc_buf buf;
    nc_buf_init(&buf, NULL, 0);
    nc_flowchart_dump(&buf, &f->chart, mermaid);
    assert_false(buf.failed);
    json_error_t error;
    json_t *json = json_loadb(buf.ptr, buf.len, 0, &error);
    assert_non_null(json);
    nc_buf_release(&buf);
    return json;
}

/* Whether every member of want is in got, lists item by item. */
static bool holds(const json_t *got, const json_t *want)
{
    if (json_is_object(want)) {
        const char *key;
        json_t *value;
        json_object_foreach((json_t *)(uintptr_t)want, key, value)
        {
            if (!holds(json_object_get(got, key), value))
                return false;
        }
        return true;
    }
    if (!json_is_array(want))
        return json_equal((json_t *)(uintptr_t)got, (json_t *)(uintptr_t)want) == 1;
    if (json_array_size(got) != json_array_size(want))
        return false;
    for (size_t i = 0; i < json_array_size(want); i++)
        if (!holds(json_array_get(got, i), json_array_get(want, i)))
            return false;
    return true;
}

/* text is a flowchart whose dump holds want (JSON with ' for "). */
static void check_reading(const char *text, bool mermaid, const char *want)
{
    fixture *f = read_text(text);
    if (f->diags.errors > 0)
        print_message("%s\n%.*s\n", text, (int)f->diags.list.ptr[0].message.len,
                      f->diags.list.ptr[0].message.ptr);
    assert_int_equal(f->diags.errors, 0);
    char *quoted = strdup(want);
    assert_non_null(quoted);
    for (char *c = quoted; *c; c++)
        if (*c == '\'')
            *c = '"';
    json_error_t error;
    json_t *wanted = json_loads(quoted, 0, &error);
    if (!wanted)
        print_message("%s\n%s\n", want, error.text);
    assert_non_null(wanted);
    json_t *got = dump(f, mermaid);
    if (!holds(got, wanted)) {
        char *shown = json_dumps(got, JSON_COMPACT);
        print_message("%s\nhas not %s\nbut is %s\n", text, want, shown);
        free(shown);
        fail();
    }
    json_decref(got);
    json_decref(wanted);
    free(quoted);
    drop(f);
}

static void check(const char *text, const char *want)
{
    check_reading(text, true, want);
}

static void test_shapes(void **state)
{
    (void)state;
    check("graph LR\nA[a]\nB(b)\nC([c])\nD[[d]]\nE[(e)]\nF((f))\nG(((g)))\nH>h]\nI{i}\nJ{{j}}\n"
          "K[/k/]\nL[\\l\\]\nM[/m\\]\nN[\\n/]\nO[|a:b|o]\nP(-p-)\nQ\n",
          "{'direction':'LR','nodes':[{'id':'A','label':'a','shape':'rect'},{'shape':'rounded'},"
          "{'shape':'stadium'},{'shape':'fr-rect'},{'shape':'cyl'},{'shape':'circle'},"
          "{'shape':'dbl-circ'},{'shape':'odd'},{'shape':'diam'},{'shape':'hex'},"
          "{'shape':'lean-r'},{'shape':'lean-l'},{'shape':'trap-b'},{'shape':'trap-t'},"
          "{'label':'o','shape':'rect'},{'label':'p','shape':'ellipse'},"
          "{'id':'Q','label':'Q','shape':'rect'}]}");
}

static void test_header(void **state)
{
    (void)state;
    check("flowchart\nA\n", "{'direction':'TB','nodes':[{'id':'A'}]}");
    check("graph TD;A;;B\n", "{'direction':'TB','nodes':[{'id':'A'},{'id':'B'}]}");
    check("graph <\n", "{'direction':'RL','nodes':[]}");
    check("graph >\n", "{'direction':'LR'}");
    check("graph ^\n", "{'direction':'BT'}");
    check("graph v\n", "{'direction':'TB'}");
    check("flowchart-elk BR\n", "{'direction':'BR'}");
}

static void test_ids(void **state)
{
    (void)state;
    check("graph TD\na.b & my-end & \xe4\xb8\xad\xe6\x96\x87 & a,b & v & default & a#b & End\n",
          "{'nodes':[{'id':'a.b'},{'id':'my-end'},{'id':'\xe4\xb8\xad\xe6\x96\x87'},{'id':'a,b'},"
          "{'id':'v'},{'id':'default'},{'id':'a#b'},{'id':'End'}]}");
    check("graph TD\nA[one]\nB\nA(two)\n",
          "{'nodes':[{'id':'A','label':'two','shape':'rounded'},{'id':'B'}]}");
}

static void test_labels(void **state)
{
    (void)state;
    check(
        "graph TD\nA[\"`**b**`\"] --> B[ x;y: #35; #quot;q#quot; #lt; ]\nC[\"a\nb\"]\nD[\"q\"r]\n",
        "{'nodes':[{'label':'**b**','markdown':true},{'label':'x;y: # \\\"q\\\" &lt;'},"
        "{'label':'a\\nb'},{'label':'qr'}]}");
}

static void test_edges(void **state)
{
    (void)state;
    check("graph TD\nA-->B---C==>D-.->E~~~F--oG x--x H<-->I\n",
          "{'edges':[{'from':'A','to':'B','head':'point'},{'head':'none'},"
          "{'stroke':'thick','head':'point'},{'stroke':'dotted','head':'point'},"
          "{'stroke':'invisible','head':'none'},{'head':'circle'},"
          "{'from':'G','tail':'cross','head':'cross'},{'tail':'point','head':'point'}]}");
    check("graph TD\nA---->B\nA ====> B\nA -...-> B\nA ~~~~ B\nA ------------------> B\n",
          "{'edges':[{'length':3},{'length':3},{'length':3},{'length':2},{'length':10}]}");
    check("graph TD\nA -- one --> B\nA == \"two\" ==> B\nA -. three .-> B\nA -->|four| B\n"
          "A <-- five --> B\n",
          "{'edges':[{'label':'one','head':'point'},{'label':'two','stroke':'thick'},"
          "{'label':'three','stroke':'dotted'},{'label':'four'},{'tail':'point','head':'point'}]}");
    check("graph TD\nA & B e1@--> C & D\n",
          "{'edges':[{'from':'A','to':'C'},{'from':'A','to':'D'},"
          "{'id':'e1','from':'B','to':'C'},{'from':'B','to':'D'}]}");
    check("graph TD\nA--oB\nA --only--> B\n",
          "{'edges':[{'to':'B','head':'circle'},{'to':'nly','head':'circle'},{'from':'nly'}]}");
    check("graph TD\nA -->\nB\n--> C\n", "{'edges':[{'to':'B'},{'from':'B','to':'C'}]}");
}

static void test_subgraphs(void **state)
{
    (void)state;
    check("graph TD\nsubgraph one [First one]\ndirection LR\nA\nsubgraph two words\nB\nend\nend\n"
          "subgraph \"t\"\nA\nC\nend\none --> C\n",
          "{'nodes':[{'id':'A'},{'id':'B'},{'id':'C'}],'edges':[{'from':'one','to':'C'}],"
          "'subgraphs':[{'id':'one','title':'First one','direction':'LR',"
          "'members':['A','subGraph0']},"
          "{'id':'subGraph0','title':'two words','members':['B']},{'id':'t','members':['C']}]}");
    check("---\nconfig:\n  flowchart:\n    inheritDir: true\n---\ngraph RL\nsubgraph a\nx\nend\n",
          "{'subgraphs':[{'direction':'RL'}]}");
    check("graph TD\nsubgraph a\nx\nend\na@{ view: collapsed }\nstyle a fill:#f00\nclass a c\n",
          "{'nodes':[{'id':'x'}],"
          "'subgraphs':[{'view':'collapsed','styles':['fill:#f00'],'classes':['c']}]}");
}

/* Indices of the model, which the dump does not show. */
static void test_resolution(void **state)
{
    (void)state;
    fixture *f = read_text("graph TD\nouter --> d\nsubgraph outer\nsubgraph inner\na --> b\nend\n"
                           "c --> inner\nend\ny --> d\n");
    const nc_flowchart *c = &f->chart;
    assert_int_equal(f->diags.errors, 0);
    assert_int_equal(c->subgraphs.len, 2);
    assert_true(nc_sv_eq(c->subgraphs.ptr[0].id, NC_SV("outer")));
    assert_int_equal(c->subgraphs.ptr[0].parent, NC_NONE);
    assert_int_equal(c->subgraphs.ptr[1].parent, 0);
    assert_true(nc_sv_eq(c->nodes.ptr[0].id, NC_SV("d")));
    assert_int_equal(c->nodes.ptr[0].parent, NC_NONE);
    assert_int_equal(c->nodes.ptr[1].parent, 1); /* a */
    assert_int_equal(c->nodes.ptr[3].parent, 0); /* c */
    assert_true(c->edges.ptr[0].from.is_subgraph);
    assert_int_equal(c->edges.ptr[0].from.index, 0);
    assert_true(c->edges.ptr[2].to.is_subgraph);
    assert_int_equal(c->edges.ptr[2].to.index, 1);
    assert_int_equal(c->edges.ptr[1].at.start, f->chart.nodes.ptr[1].at.end);
    drop(f);
}

static void test_styles(void **state)
{
    (void)state;
    check("graph TD\nA:::x --> B\nclassDef x,y fill:#f96,stroke : red;\n"
          "classDef z font-family:a\\,b\nclass A,B y\nstyle A color:#000,stroke-width:2px\n"
          "linkStyle 0 stroke:red\nlinkStyle default interpolate basis stroke:blue\n",
          "{'nodes':[{'classes':['x','y'],'styles':['color:#000','stroke-width:2px']},"
          "{'classes':['y']}],'edges':[{'styles':['stroke:red'],'curve':'basis'}],"
          "'classDefs':{'x':['fill:#f96','stroke:red'],'z':['font-family:a,b']},"
          "'linkDefault':{'styles':['stroke:blue'],'curve':'basis'}}");
}

static void test_clicks(void **state)
{
    (void)state;
    check("graph TD\nA\nB\nC\nclick A \"u\" \"tip\" _blank\nclick B href \"v\"\n"
          "click C call f(1, 2) \"t\"\naccTitle: T\naccDescr {\n one\n  two }\n",
          "{'nodes':[{'link':{'href':'u','target':'_blank'},'tooltip':'tip'},"
          "{'link':{'href':'v'}},{'callback':true,'tooltip':'t'}],"
          "'accTitle':'T','accDescr':'one\\ntwo'}");
}

static void test_data(void **state)
{
    (void)state;
    check(
        "graph TD\nA@{ shape: cyl, label: \"x\n  y\" } --> B[b]@{ shape: docs }\n"
        "C@{\n  icon: \"fa:x\"\n  form: circle\n  h: 60\n}\nD@{ img: \"u\", label: d, labelType: "
        "text }\n",
        "{'nodes':[{'label':'x<br/>y','markdown':true,'shape':'cyl'},{'label':'b','shape':'docs'},"
        "{'shape':'icon','icon':'fa:x','form':'circle','h':60},"
        "{'shape':'image','label':'d','img':'u'}]}");
    check("graph TD\nA e1@--> B\ne1@{ animation: fast, curve: linear, step: 2 }\n",
          "{'nodes':[{'id':'A'},{'id':'B'}],"
          "'edges':[{'id':'e1','animation':'fast','curve':'linear','step':2}]}");
}

/* What Mermaid loses and the author meant. */
static void test_two_readings(void **state)
{
    (void)state;
    static const struct {
        const char *text, *mermaid, *author;
    } rows[] = {
        {"graph TD\nA[the direction TB thing] --> B\n", "{'nodes':[]}",
         "{'nodes':[{'label':'the direction TB thing'},{'id':'B'}]}"},
        {"graph TD\nx <--x y\nA x--> B\n",
         "{'edges':[{'head':'cross'},{'head':'point','length':2}]}",
         "{'edges':[{'tail':'point','head':'cross'},{'tail':'cross','head':'point'}]}"},
        {"graph TD\nA x==> B\n", "{'edges':[{'stroke':'normal'}]}",
         "{'edges':[{'stroke':'thick','tail':'cross'}]}"},
        {"graph TD\nclass A c\nA\n", "{'nodes':[{'id':'A','label':'A','shape':'rect'}]}",
         "{'nodes':[{'classes':['c']}]}"},
        {"graph TD\nclick A \"u\"\nA\n", "{'nodes':[{'id':'A'}]}",
         "{'nodes':[{'link':{'href':'u'}}]}"},
        {"graph TD\nA\nB\nstyle A,B fill:red\n", "{'nodes':[{'id':'A'},{'id':'B'},{'id':'A,B'}]}",
         "{'nodes':[{'styles':['fill:red']},{'styles':['fill:red']}]}"},
        {"graph TD\nA e1@--> B\nstyle e1 stroke:red\n", "{'edges':[{'id':'e1'}]}",
         "{'edges':[{'styles':['stroke:red']}]}"},
        {"graph TD\ne1@{ animate: true }\nA e1@--> B\n", "{'nodes':[{'id':'e1'},{},{}]}",
         "{'nodes':[{'id':'A'},{'id':'B'}],'edges':[{'animate':true}]}"},
        {"graph TD\n%%\nA\n", "{'nodes':[{'id':'%%'},{'id':'A'}]}", "{'nodes':[{'id':'A'}]}"},
        {"graph TD\nA x-- t --> B\n", "{'edges':[{'head':'point'}]}",
         "{'edges':[{'tail':'cross','head':'point','label':'t'}]}"},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        check_reading(rows[i].text, true, rows[i].mermaid);
        check_reading(rows[i].text, false, rows[i].author);
    }
}

/* ---- errors --------------------------------------------------------------------------------- */

static void place_of(nc_sv text, uint32_t at, uint32_t *line, uint32_t *column)
{
    *line = *column = 1;
    for (uint32_t i = 0; i < at; i++) {
        *column = text.ptr[i] == '\n' ? 1 : *column + 1;
        *line += text.ptr[i] == '\n' ? 1 : 0;
    }
}

/* Every diagnostic of a text as `line:column code`, in the order reported, and the first hint. */
static const struct {
    const char *text, *want, *hint;
} errors[] = {
    /* words */
    {"graph TD\nsytle A fill:red\n", "2:1 unknown-statement", "'style'"},
    {"graph TD\nclassdef a fill:red\nsubgrph b\n", "2:1 unknown-statement 3:1 unknown-statement",
     "'classDef'"},
    {"graph TD\ntitle Foo\n", "2:1 unknown-statement", "'---'"},
    {"graph TD\nA --> end\nend --> B\n", "2:7 reserved-word 3:1 reserved-word", "'End'"},
    {"graph TD\nclass --> x\nB --> graph\nC --> click\n",
     "2:1 reserved-word 3:7 reserved-word 4:7 reserved-word", "n1[class]"},
    /* header */
    {"graph XY\nA->B\n", "1:7 syntax 2:2 bad-arrow", "TB, TD"},
    {"graph lr\nA\n", "1:7 syntax", "'LR'"},
    {"graph LR A-->B\n", "1:10 syntax", NULL},
    /* labels */
    {"graph TD\nA[text --> B\nC --> D[x]\n", "2:2 unclosed", "']'"},
    {"graph TD\nA[\"text] --> B\nC[\"x\"] --> D\n", "2:3 unclosed", "'\"'"},
    {"graph TD\nA[\"one\ntwo] --> B\nC->D\n", "2:3 unclosed 4:2 bad-arrow", NULL},
    {"graph TD\nA[f(x)] --> B[ok]\n", "2:4 unquoted-label", "[\"\xe2\x80\xa6\"]"},
    {"graph TD\nD(a) b)\n", "2:4 unquoted-label", "quote"},
    {"graph TD\nF[say \"hi\" now]\n", "2:7 unquoted-label", "#quot;"},
    {"graph TD\nA{{x}\nB((x)\nC[[x]\n", "2:2 unclosed 3:2 unclosed 4:2 unclosed", "'}'"},
    {"graph TD\nC -->|Three F[Car]\n", "2:6 unclosed", "'|'"},
    {"graph TD\nA[] --> B\nB -->|| C\n", "2:2 syntax 3:6 syntax", "blank"},
    {"graph TD\nA[\xe2\x80\x9cx (y)\xe2\x80\x9d]\n", "2:3 typographic-quote", "\""},
    {"graph TD\nA [x]\n", "2:2 syntax", "A["},
    /* arrows */
    {"graph TD\nA->B\nB ->> C\nC -->> D\nD - -> E\nE => F\n",
     "2:2 bad-arrow 3:3 bad-arrow 4:3 bad-arrow 5:3 bad-arrow 6:3 bad-arrow", "'-->'"},
    {"graph TD\nA <- B\nH \xe2\x86\x92 I\nI ..> J\n", "2:3 bad-arrow 3:3 bad-arrow 4:3 bad-arrow",
     "right"},
    {"graph TD\nA -- B\n", "2:3 bad-arrow", "'---'"},
    {"graph TD\nA == x=y ==> B\nA -. v1.2 .-> B\n", "2:7 bad-arrow 3:8 bad-arrow", "\"text\""},
    {"graph TD\nsubgraph a\nA -->\nend\nB -->\n", "3:3 bad-arrow 5:3 bad-arrow", "points to"},
    {"graph TD\n--> B\nC->D\n", "2:1 bad-arrow 3:2 bad-arrow", NULL},
    {"graph TD\nA\n;--x\n", "3:2 bad-arrow", NULL},
    {"graph TD\nA --oB\n", "2:5 arrow-mark", "blank before 'oB'"},
    /* nodes */
    {"graph TD\nA B\n", "2:3 syntax", "arrow"},
    {"graph TD\nA[x]&B\nA & \nB\n", "2:5 syntax 3:4 syntax", "A & B"},
    {"graph TD\nC:::x:::y\nD@{shape: rect}:::x\nB:::x[y]\n", "2:6 syntax 3:16 syntax 4:6 syntax",
     "class ID"},
    {"graph TD\nA-->B %% c\n", "2:7 syntax", "%%"},
    {"graph TD\n\xf0\x9f\x98\x80 --> B\nA ) B\nA@b --> C\n", "2:1 syntax 3:3 syntax 4:1 syntax",
     "quoted label"},
    /* data */
    {"graph TD\nA@{ shape: cylindr }\nB@{ shape: Rect }\nC@{ shape: lean_right }\n",
     "2:12 unknown-shape 3:12 unknown-shape 4:12 unknown-shape", "'cylinder'"},
    {"graph TD\nA@{ shape: [ }\nB@{ label: \"x }\n", "2:14 bad-data 3:12 unclosed", "@{ key"},
    {"graph TD\nA@{ shape: rect \nB --> C\n", "2:2 unclosed", "'}'"},
    /* subgraphs */
    {"graph TD\nsubgraph one\nA\nsubgraph two\n", "2:1 unclosed 4:1 unclosed", "'end'"},
    {"graph TD\nA\nend\n", "3:1 unexpected-end", "remove"},
    {"graph TD\nsubgraph\nA\nend\nsubgraph a (b)\nend\n", "2:1 syntax 5:12 syntax", "subgraph ID"},
    {"graph TD\nsubgraph a\nb\nend\nsubgraph b\na\nend\n", "5:1 nested-in-itself", NULL},
    /* styles and links */
    {"graph TD\nA --> B\nlinkStyle 1 stroke:red\nlinkStyle 0-1 stroke:red\n",
     "3:11 link-index 4:12 syntax", "0 to 0"},
    {"graph TD\nA\nstyle A fill:rgb(1,2,3)\nstyle A\nclass A, B c\n",
     "3:17 syntax 4:1 syntax 5:11 syntax", "#rrggbb"},
    {"graph TD\nclass Z foo\nclick Z \"u\"\nA\n", "2:7 unknown-node 3:7 unknown-node", "no effect"},
    /* several on a line, comments and blank lines above */
    {"graph TD;A->B;C-->D;E->F\n", "1:11 bad-arrow 1:22 bad-arrow", NULL},
    {"%% note\ngraph TD\n\nA{x}   \n\n\nB->C\n", "7:2 bad-arrow", NULL},
    {"graph TD\nA[x direction TB\ny] --> B\n", "2:5 direction-in-line", "own"},
};

static void test_errors(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < NC_COUNT(errors); i++) {
        fixture *f = read_text(errors[i].text);
        nc_buf got;
        nc_buf_init(&got, NULL, 0);
        for (uint32_t k = 0; k < f->diags.list.len; k++) {
            const nc_diag *diag = &f->diags.list.ptr[k];
            uint32_t line;
            uint32_t column;
            place_of(nc_sv_cstr(errors[i].text), diag->at.start, &line, &column);
            nc_buf_fmt(&got, "%s%u:%u %s", k ? " " : "", line, column,
                       nc_rule_lookup(diag->rule)->code);
        }
        bool same = nc_sv_eq(nc_buf_sv(&got), nc_sv_cstr(errors[i].want));
        nc_sv hint = f->diags.list.len ? f->diags.list.ptr[0].hint : (nc_sv){0};
        bool hinted =
            !errors[i].hint || nc_sv_find(hint, nc_sv_cstr(errors[i].hint), 0) != SIZE_MAX;
        if (!same || !hinted)
            print_message("%swants %s (%s)\ngives %.*s (%.*s)\n", errors[i].text, errors[i].want,
                          errors[i].hint ? errors[i].hint : "", (int)got.len,
                          got.ptr ? got.ptr : "", (int)hint.len, hint.ptr ? hint.ptr : "");
        wrong += same && hinted ? 0 : 1;
        nc_buf_release(&got);
        drop(f);
    }
    assert_int_equal(wrong, 0);
}

/* ---- hostile texts -------------------------------------------------------------------------- */

/* Sanitizers make everything ten times slower: an eighth of the size shows the same growth. */
#ifdef __SANITIZE_ADDRESS__
#define HOSTILE_SIZE ((size_t)1 << 17)
#else
#define HOSTILE_SIZE ((size_t)1 << 20)
#endif
enum { HOSTILE_BYTES = 200 << 20, HOSTILE_SECONDS = 10 };

/* A megabyte of `piece`, before and after it a little sense. */
static const struct {
    const char *head, *piece, *tail;
} hostile[] = {
    {"", "(", ""},
    {"A", "(", ""},
    {"", "A-->", ""},
    {"", "subgraph x\n", ""},
    {"", "&", ""},
    {"A", " & A", ""},
    {"", "A@{", ""},
    {"A@{ x: ", "{", ""},
    {"A@{ x: ", "[", "]}"},
    {"A[\"", "x", "\"]"},
    {"A[", "x", "]"},
    {"A -- ", "x ", "--> B"},
    {"A", " ", "B"},
    {"A -- ", " ", ""},
    {"", "A[x\n", ""},
    {"", "A[\"x\n", ""},
    {"", "A[x(;", ""},
    {"", "A->B;", ""},
    {"", "click A call foo\n", ""},
    {"", "a@", ""},
    {"", "A@b ", ""},
    {"", "direction ", ""},
    {"x direction", " ", ""},
    {"", "x direction LR\n", ""},
    {"A[a", "\"\"b", "]"},
    {"class ", "a,", "a x"},
    {"classDef a ", "a\\,", "b"},
    {"A-->B\nlinkStyle ", "0,", "0 a:b"},
    {"", "A{x}  \n\n", ""},
    {"", "accDescr {\n", ""},
    {"A[/", "/", "/]"},
    {"A(-", "- ", "-)"},
    {"", "\xf0\x9f\x98\x80", ""},
    {"", "end\n", ""},
};

static void test_hostile(void **state)
{
    (void)state;
    char *text = malloc(HOSTILE_SIZE + 256);
    assert_non_null(text);
    for (size_t i = 0; i < NC_COUNT(hostile); i++) {
        size_t len = (size_t)sprintf(text, "graph TD\n%s", hostile[i].head);
        size_t piece = strlen(hostile[i].piece);
        for (; len + piece <= HOSTILE_SIZE; len += piece)
            memcpy(text + len, hostile[i].piece, piece);
        len += (size_t)sprintf(text + len, "%s\n", hostile[i].tail);
        clock_t start = clock();
        fixture *f = read_bytes(nc_sv_from(text, len));
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (f->arena.total > HOSTILE_BYTES || seconds > HOSTILE_SECONDS)
            print_message("%s%s\u2026: %zu bytes, %.1f s\n", hostile[i].head, hostile[i].piece,
                          f->arena.total, seconds);
        assert_true(f->arena.total <= HOSTILE_BYTES);
        assert_true(seconds <= HOSTILE_SECONDS);
        drop(f);
    }
    free(text);
}

static void test_limits(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        int count;
        const char *message;
    } rows[] = {
        {"n%d\n", 100001, "nodes"},
        {"a-->b\n", 200001, "edges"},
        {"subgraph s%d\n", 201, "nested"},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        nc_buf buf;
        nc_buf_init(&buf, NULL, 0);
        NC_BUF_LIT(&buf, "graph TD\n");
        for (int k = 0; k < rows[i].count; k++) {
            const char *number = strstr(rows[i].piece, "%d");
            size_t before = number ? (size_t)(number - rows[i].piece) : strlen(rows[i].piece);
            nc_buf_put(&buf, nc_sv_from(rows[i].piece, before));
            if (number)
                nc_buf_fmt(&buf, "%d\n", k);
        }
        fixture *f = read_bytes(nc_buf_sv(&buf));
        assert_int_equal(f->diags.list.ptr[0].rule, NC_RULE_TOO_LARGE);
        assert_true(nc_sv_find(f->diags.list.ptr[0].message, nc_sv_cstr(rows[i].message), 0) !=
                    SIZE_MAX);
        assert_int_equal(f->diags.errors, 1);
        drop(f);
        nc_buf_release(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),       cmocka_unit_test(test_header),
        cmocka_unit_test(test_ids),          cmocka_unit_test(test_labels),
        cmocka_unit_test(test_edges),        cmocka_unit_test(test_subgraphs),
        cmocka_unit_test(test_resolution),   cmocka_unit_test(test_styles),
        cmocka_unit_test(test_clicks),       cmocka_unit_test(test_data),
        cmocka_unit_test(test_two_readings), cmocka_unit_test(test_errors),
        cmocka_unit_test(test_hostile),      cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
