#include "source/detect.h"

#include "source/preprocess.h"

typedef struct diagram_type {
    nc_sv word;
    int family; /* -1: Mermaid draws it, nacre does not */
} diagram_type;

enum { FOREIGN = -1 };

/* A longer word stands before the one it begins with. */
static const diagram_type types[] = {
    {NC_SV_INIT("flowchart-elk"), NC_FAMILY_FLOWCHART},
    {NC_SV_INIT("flowchart"), NC_FAMILY_FLOWCHART},
    {NC_SV_INIT("graph"), NC_FAMILY_FLOWCHART},
    {NC_SV_INIT("sequenceDiagram"), NC_FAMILY_SEQUENCE},
    {NC_SV_INIT("C4Context"), NC_FAMILY_C4},
    {NC_SV_INIT("C4Container"), NC_FAMILY_C4},
    {NC_SV_INIT("C4Component"), NC_FAMILY_C4},
    {NC_SV_INIT("C4Dynamic"), NC_FAMILY_C4},
    {NC_SV_INIT("C4Deployment"), NC_FAMILY_C4},
    {NC_SV_INIT("agentflow-beta"), FOREIGN},
    {NC_SV_INIT("architecture-beta"), FOREIGN},
    {NC_SV_INIT("architecture"), FOREIGN},
    {NC_SV_INIT("block-beta"), FOREIGN},
    {NC_SV_INIT("block"), FOREIGN},
    {NC_SV_INIT("classDiagram-v2"), FOREIGN},
    {NC_SV_INIT("classDiagram"), FOREIGN},
    {NC_SV_INIT("cynefin-beta"), FOREIGN},
    {NC_SV_INIT("erDiagram"), FOREIGN},
    {NC_SV_INIT("eventmodeling"), FOREIGN},
    {NC_SV_INIT("gantt"), FOREIGN},
    {NC_SV_INIT("gitGraph"), FOREIGN},
    {NC_SV_INIT("info"), FOREIGN},
    {NC_SV_INIT("ishikawa-beta"), FOREIGN},
    {NC_SV_INIT("ishikawa"), FOREIGN},
    {NC_SV_INIT("journey"), FOREIGN},
    {NC_SV_INIT("kanban"), FOREIGN},
    {NC_SV_INIT("mindmap"), FOREIGN},
    {NC_SV_INIT("packet-beta"), FOREIGN},
    {NC_SV_INIT("packet"), FOREIGN},
    {NC_SV_INIT("pie"), FOREIGN},
    {NC_SV_INIT("quadrantChart"), FOREIGN},
    {NC_SV_INIT("radar-beta"), FOREIGN},
    {NC_SV_INIT("railroad-abnf-beta"), FOREIGN},
    {NC_SV_INIT("railroad-beta"), FOREIGN},
    {NC_SV_INIT("railroad-ebnf-beta"), FOREIGN},
    {NC_SV_INIT("railroad-peg-beta"), FOREIGN},
    {NC_SV_INIT("requirementDiagram"), FOREIGN},
    {NC_SV_INIT("requirement"), FOREIGN},
    {NC_SV_INIT("sankey-beta"), FOREIGN},
    {NC_SV_INIT("sankey"), FOREIGN},
    {NC_SV_INIT("stateDiagram-v2"), FOREIGN},
    {NC_SV_INIT("stateDiagram"), FOREIGN},
    {NC_SV_INIT("swimlane-beta"), FOREIGN},
    {NC_SV_INIT("timeline"), FOREIGN},
    {NC_SV_INIT("treeView-beta"), FOREIGN},
    {NC_SV_INIT("treemap-beta"), FOREIGN},
    {NC_SV_INIT("treemap"), FOREIGN},
    {NC_SV_INIT("usecase-beta"), FOREIGN},
    {NC_SV_INIT("venn-beta"), FOREIGN},
    {NC_SV_INIT("wardley-beta"), FOREIGN},
    {NC_SV_INIT("xychart-beta"), FOREIGN},
    {NC_SV_INIT("xychart"), FOREIGN},
    {NC_SV_INIT("zenuml"), FOREIGN},
};

/* What people paste that never was Mermaid: the start of the text and what to do about it. */
static const struct {
    nc_sv start;
    const char *hint;
} strangers[] = {
    {NC_SV_INIT("```"), "take out the line of the code fence"},
    {NC_SV_INIT("~~~"), "take out the line of the code fence"},
    {NC_SV_INIT("@start"), "this is PlantUML; start the text with a Mermaid diagram type"},
    {NC_SV_INIT("!include"), "this is PlantUML; start the text with a Mermaid diagram type"},
    {NC_SV_INIT("digraph"), "this is Graphviz; start the text with a Mermaid diagram type"},
    {NC_SV_INIT("<svg"), "this is a picture already"},
};

/* Offset of the first word that is no comment (of those that Mermaid's grammars skip themselves). */
static size_t first_word(nc_sv text)
{
    size_t at = 0;
    for (;;) {
        for (size_t size = nc_blank_at(text, at); size; size = nc_blank_at(text, at))
            at += size;
        if (!nc_sv_starts(nc_sv_slice(text, at, text.len), NC_SV("%%")))
            return at;
        size_t end = nc_sv_find(text, NC_SV("\n"), at);
        if (end == SIZE_MAX)
            return at;
        at = end;
    }
}

static bool is_word_at(nc_sv text, nc_sv word)
{
    return nc_sv_starts(text, word) && (text.len == word.len || !nc_is_word(text.ptr[word.len]));
}

/* `sequence diagram`: the first two words of a line as one; empty when they do not fit. */
static nc_sv join_words(char *out, size_t size, nc_sv text, size_t first)
{
    size_t second = first;
    while (second < text.len && (text.ptr[second] == ' ' || text.ptr[second] == '\t'))
        second++;
    size_t end = second;
    while (end < text.len && nc_is_word(text.ptr[end]))
        end++;
    size_t len = first + (end - second);
    if (second == first || end == second || len > size)
        return (nc_sv){0};
    memcpy(out, text.ptr, first);
    memcpy(out + first, text.ptr + second, end - second);
    return (nc_sv){out, len};
}

static bool unknown(nc_sv rest, nc_span at, nc_sv word, nc_diags *d)
{
    nc_sv known[NC_COUNT(types)];
    for (size_t i = 0; i < NC_COUNT(types); i++)
        known[i] = types[i].word;
    nc_diag_add(d, NC_RULE_UNKNOWN_DIAGRAM, at, "'%.*s' is no diagram type", NC_SV_ARG(word));
    for (size_t i = 0; i < NC_COUNT(strangers); i++) {
        if (nc_sv_starts(rest, strangers[i].start)) {
            nc_diag_hint(d, "%s", strangers[i].hint);
            return false;
        }
    }
    nc_sv near = nc_nearest(word, known, NC_COUNT(known));
    char both[40];
    nc_sv joined = join_words(both, sizeof both, rest, word.len);
    if (joined.len && !near.len)
        near = nc_nearest(joined, known, NC_COUNT(known));
    if (near.len)
        nc_diag_hint(d, "did you mean '%.*s'?", NC_SV_ARG(near));
    else
        nc_diag_hint(d, "a diagram begins with 'flowchart', 'sequenceDiagram' or 'C4Context'");
    return false;
}

bool nc_detect_family(nc_family_id *out, const nc_mapped *text, nc_diags *d)
{
    size_t start = first_word(text->text);
    nc_sv rest = nc_sv_slice(text->text, start, text->text.len);
    size_t len = 0;
    while (len < rest.len && !nc_blank_at(rest, len) && rest.ptr[len] != ';')
        len++;
    nc_span at = nc_offset_span(&text->map, (nc_span){(uint32_t)start, (uint32_t)(start + len)});
    nc_sv word = nc_sv_slice(rest, 0, len);
    if (nc_sv_starts(rest, NC_SV("---"))) {
        nc_diag_add(d, NC_RULE_FRONT_MATTER, at, "'---' here begins no front matter");
        nc_diag_hint(d, "front matter must be the very first thing in the text");
        return false;
    }
    for (size_t i = 0; i < NC_COUNT(types); i++) {
        if (!is_word_at(rest, types[i].word))
            continue;
        if (types[i].family == FOREIGN) {
            nc_diag_add(d, NC_RULE_UNSUPPORTED_DIAGRAM,
                        (nc_span){at.start, at.start + (uint32_t)types[i].word.len},
                        "'%.*s' is a diagram type of Mermaid that nacre does not draw",
                        NC_SV_ARG(types[i].word));
            return false;
        }
        *out = (nc_family_id)types[i].family;
        return true;
    }
    return unknown(rest, at, word, d);
}
