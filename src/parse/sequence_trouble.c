#include "parse/sequence_trouble.h"

/* How other languages and tired fingers write arrows. */
static const struct {
    nc_sv wrong;
    nc_sv right;
} foreign_arrows[] = {
    {NC_SV_INIT("=>"), NC_SV_INIT("->>")},
    {NC_SV_INIT("=>>"), NC_SV_INIT("->>")},
    {NC_SV_INIT("==>"), NC_SV_INIT("->>")},
    {NC_SV_INIT("==>>"), NC_SV_INIT("->>")},
    {NC_SV_INIT("--->"), NC_SV_INIT("-->")},
    {NC_SV_INIT("--->>"), NC_SV_INIT("-->>")},
    {NC_SV_INIT("->>>"), NC_SV_INIT("->>")},
    {NC_SV_INIT("-->>>"), NC_SV_INIT("-->>")},
    {NC_SV_INIT("-.->"), NC_SV_INIT("-->>")},
    {NC_SV_INIT("-.->>"), NC_SV_INIT("-->>")},
    {NC_SV_INIT("..>"), NC_SV_INIT("-->>")},
    {NC_SV_INIT("~>"), NC_SV_INIT("-)")},
    {NC_SV_INIT("~>>"), NC_SV_INIT("-)")},
    {NC_SV_INIT("<->"), NC_SV_INIT("<<->>")},
    {NC_SV_INIT("<-->"), NC_SV_INIT("<<-->>")},
    {NC_SV_INIT("<=>"), NC_SV_INIT("<<->>")},
    {NC_SV_INIT(">"), NC_SV_INIT("->>")},
    {NC_SV_INIT(">>"), NC_SV_INIT("->>")},
    {NC_SV_INIT("-"), NC_SV_INIT("->")},
    {NC_SV_INIT("--"), NC_SV_INIT("-->")},
    {NC_SV_INIT("---"), NC_SV_INIT("-->")},
    {NC_SV_INIT("|>"), NC_SV_INIT("->>")},
    {NC_SV_INIT("-|>"), NC_SV_INIT("->>")},
    {NC_SV_INIT("--|>"), NC_SV_INIT("-->>")},
    {NC_SV_INIT("- >"), NC_SV_INIT("->")},
    {NC_SV_INIT("- >>"), NC_SV_INIT("->>")},
    {NC_SV_INIT("-> >"), NC_SV_INIT("->>")},
    {NC_SV_INIT("-- >>"), NC_SV_INIT("-->>")},
    {NC_SV_INIT("\xe2\x86\x92"), NC_SV_INIT("->>")},  /* → */
    {NC_SV_INIT("\xe2\x87\x92"), NC_SV_INIT("->>")},  /* ⇒ */
    {NC_SV_INIT("\xe2\x80\x94>"), NC_SV_INIT("->>")}, /* em dash, as word processors make it */
    {NC_SV_INIT("\xe2\x80\x93>"), NC_SV_INIT("->>")}, /* en dash */
    {NC_SV_INIT("\xe2\x80\x94>>"), NC_SV_INIT("-->>")},
    {NC_SV_INIT("\xe2\x80\x93>>"), NC_SV_INIT("->>")},
};

enum { MAX_SHOWN = 60 };

/* Beyond the diagnostics that are kept only the count matters. */
static bool is_only_counted(const nc_seq_trouble *t)
{
    if (t->cast->diags->list.len < NC_DIAG_MAX)
        return false;
    nc_diag_add(t->cast->diags, NC_RULE_SYNTAX, t->first.at, "broken");
    return true;
}

static nc_sv text_of(const nc_seq_trouble *t)
{
    return t->cast->source->text;
}

static nc_sv line_from(nc_sv text, size_t at)
{
    size_t end = nc_sv_find(text, NC_SV("\n"), at);
    return nc_sv_slice(text, at, end);
}

static nc_span span_at(size_t start, size_t len)
{
    return (nc_span){(uint32_t)start, (uint32_t)(start + len)};
}

/* The last byte of what fitted: where a missing thing is missing. */
static nc_span behind(nc_seq_token token)
{
    return (nc_span){token.at.end > token.at.start ? token.at.end - 1 : token.at.start,
                     token.at.end};
}

static bool is_on_line(const nc_seq_trouble *t, nc_seq_token token)
{
    nc_sv text = text_of(t);
    return token.at.start < t->before.at.end ||
           memchr(text.ptr + t->before.at.end, '\n', token.at.start - t->before.at.end) == NULL;
}

static nc_sv leading_word(nc_sv text)
{
    size_t end = 0;
    while (end < text.len && nc_is_word(text.ptr[end]))
        end++;
    return nc_sv_slice(text, 0, end);
}

/* -- arrows -- */

static bool is_arrow_char(char c)
{
    return c != '\0' && strchr("-=<>~|\\/", c) != NULL;
}

/* Length of a foreign arrow that is written without any of these, at text[at]. */
static size_t unicode_arrow(nc_sv text, size_t at)
{
    nc_sv rest = nc_sv_slice(text, at, text.len);
    size_t longest = 0;
    for (size_t i = 0; i < NC_COUNT(foreign_arrows); i++) {
        nc_sv wrong = foreign_arrows[i].wrong;
        if ((unsigned char)wrong.ptr[0] >= 0x80 && wrong.len > longest && nc_sv_starts(rest, wrong))
            longest = wrong.len;
    }
    return longest;
}

/*
 * The first run of arrow characters of a line before its colon, dots inside and blanks before a last
 * `>` included. Empty when there is none that looks like an arrow.
 */
static nc_sv find_arrow(nc_sv line)
{
    for (size_t at = 0; at < line.len && line.ptr[at] != ':'; at++) {
        size_t wide = unicode_arrow(line, at);
        if (wide > 0)
            return nc_sv_slice(line, at, at + wide);
        bool dots = nc_sv_starts(nc_sv_slice(line, at, line.len), NC_SV("..>"));
        if (!dots && !is_arrow_char(line.ptr[at]))
            continue;
        size_t end = at;
        while (end < line.len && (is_arrow_char(line.ptr[end]) || line.ptr[end] == '.'))
            end++;
        while (end + 1 < line.len && line.ptr[end] == ' ' && line.ptr[end + 1] == '>')
            for (end += 2; end < line.len && line.ptr[end] == '>';)
                end++;
        nc_sv run = nc_sv_slice(line, at, end);
        bool hyphen = run.len == 1 && run.ptr[0] != '>';
        bool spaced = at > 0 && line.ptr[at - 1] == ' ' && end < line.len && line.ptr[end] == ' ';
        if (!hyphen || (spaced && run.ptr[0] != '/'))
            return run;
        at = end - 1;
    }
    return (nc_sv){0};
}

static nc_sv right_arrow(nc_sv wrong)
{
    for (size_t i = 0; i < NC_COUNT(foreign_arrows); i++)
        if (nc_sv_eq(wrong, foreign_arrows[i].wrong))
            return foreign_arrows[i].right;
    size_t len;
    const nc_seq_arrow *arrows = nc_seq_arrows(&len);
    nc_sv best = NC_SV("->>");
    for (size_t i = 0; i < len; i++) {
        nc_sv near = nc_nearest(wrong, &arrows[i].text, 1);
        if (near.len > 0) {
            best = near;
            break;
        }
    }
    return best;
}

static bool is_arrow(nc_sv text)
{
    size_t len;
    const nc_seq_arrow *arrows = nc_seq_arrows(&len);
    while (len > 0 && !nc_sv_eq_nocase(arrows[len - 1].text, text))
        len--;
    return len > 0;
}

/* A character that ended a name although no arrow or colon follows. */
static void blame_character(const nc_seq_trouble *t, size_t at)
{
    nc_diags *d = t->cast->diags;
    nc_sv bad = nc_sv_slice(text_of(t), at, at + 1);
    bool sign = bad.len == 1 && (bad.ptr[0] == '+' || bad.ptr[0] == '-');
    nc_sv rest = nc_sv_slice(text_of(t), at + 1, at + 5);
    if (sign && t->before.kind == NC_SEQ_TOK_NAME && find_arrow(rest).ptr == rest.ptr) {
        nc_diag_add(d, NC_RULE_SYNTAX, span_at(at, 1), "'%.*s' stands before the arrow",
                    NC_SV_ARG(bad));
        nc_diag_hint(d, "write it behind the arrow: 'A->>%.*sB: text'", NC_SV_ARG(bad));
        return;
    }
    bool before_target = t->before.kind == NC_SEQ_TOK_ARROW || t->before.kind == NC_SEQ_TOK_PLUS ||
                         t->before.kind == NC_SEQ_TOK_MINUS || t->before.kind == NC_SEQ_TOK_CENTRAL;
    if (sign && before_target) {
        nc_diag_add(d, NC_RULE_SYNTAX, span_at(at, 1), "'%.*s' cannot stand here", NC_SV_ARG(bad));
        nc_diag_hint(d, "one '+' or '-' may stand before the target, and none beside '()'");
        return;
    }
    nc_diag_add(d, NC_RULE_SEQ_NAME, span_at(at, 1), "no participant's name may hold '%.*s'",
                NC_SV_ARG(bad));
    nc_diag_hint(d, "use a plain id and show the name: 'participant x as Name'");
}

static void blame_arrow(const nc_seq_trouble *t, nc_sv wrong)
{
    nc_diags *d = t->cast->diags;
    nc_diag_add(d, NC_RULE_SEQ_ARROW, nc_seq_cast_span(t->cast, wrong),
                "'%.*s' is no arrow of a sequence diagram", NC_SV_ARG(wrong));
    bool left = wrong.ptr[0] == '<' && nc_sv_find(wrong, NC_SV(">"), 0) == SIZE_MAX;
    if (left)
        nc_diag_hint(d, "arrows point to the right: swap the two ends and write '%s'",
                     nc_sv_find(wrong, NC_SV("--"), 0) != SIZE_MAX ? "-->>" : "->>");
    else
        nc_diag_hint(d, "did you mean '%.*s'?", NC_SV_ARG(right_arrow(wrong)));
}

/* -- `;` and `#` -- */

/* The end of an entity such as `&amp;`, whose `;` ended the statement. */
static bool blame_entity(const nc_seq_trouble *t, size_t semicolon)
{
    nc_sv text = text_of(t);
    size_t start = semicolon;
    while (start > 0 && (nc_is_word(text.ptr[start - 1]) || text.ptr[start - 1] == '#'))
        start--;
    if (start == semicolon || start == 0 || text.ptr[start - 1] != '&')
        return false;
    nc_sv name = nc_sv_slice(text, start, semicolon);
    nc_diag_add(t->cast->diags, NC_RULE_SEQ_SEMICOLON, span_at(start - 1, name.len + 2),
                "the ';' of '&%.*s;' ends the statement", NC_SV_ARG(name));
    nc_diag_hint(t->cast->diags, "write '#%.*s;'", NC_SV_ARG(name));
    return true;
}

static bool blame_semicolon(const nc_seq_trouble *t)
{
    if (!t->after_semicolon)
        return false;
    nc_sv text = text_of(t);
    size_t semicolon = t->first.at.start;
    while (semicolon > 0 && text.ptr[semicolon] != ';')
        semicolon--;
    if (blame_entity(t, semicolon))
        return true;
    nc_diag_add(t->cast->diags, NC_RULE_SEQ_SEMICOLON, span_at(semicolon, 1),
                "this ';' ends the statement, and what follows is none");
    nc_diag_hint(t->cast->diags, "write '#59;' for a semicolon in a text");
    return true;
}

void nc_seq_warn_name(nc_seq_cast *cast, nc_seq_token name, nc_seq_token arrow)
{
    char last = name.text.len > 0 ? name.text.ptr[name.text.len - 1] : '\0';
    if ((last != '.' && last != '=' && last != '~') || name.text.ptr[0] == last)
        return;
    nc_sv text = cast->source->text;
    size_t start = name.at.end;
    while (start > name.at.start && strchr(".=~-", text.ptr[start - 1]) != NULL)
        start--;
    nc_sv wrong = nc_sv_slice(text, start, arrow.at.end);
    nc_diag_add(cast->diags, NC_RULE_SEQ_ODD_NAME, name.at,
                "this message comes from a participant named '%.*s'", NC_SV_ARG(name.text));
    nc_diag_hint(cast->diags, "'%.*s' is no arrow: did you mean '%.*s'?", NC_SV_ARG(wrong),
                 NC_SV_ARG(right_arrow(wrong)));
}

void nc_seq_warn_hash(nc_seq_cast *cast, nc_seq_token token)
{
    nc_sv text = cast->source->text;
    size_t at = token.at.end;
    if (at + 1 >= text.len || text.ptr[at] != '#' || nc_seq_space(text, at + 1) > 0 ||
        text.ptr[at + 1] == '#' || token.text.len == 0)
        return;
    nc_sv lost = line_from(text, at);
    nc_diag_add(cast->diags, NC_RULE_SEQ_HASH, nc_seq_cast_span(cast, lost),
                "'#' starts a comment: '%.*s' is lost", NC_SV_ARG(lost));
    nc_diag_hint(cast->diags, "write '#35;' for the character");
}

/* -- statements -- */

size_t nc_seq_end_note(nc_sv text, size_t at)
{
    enum { LINES = 12 };
    for (int n = 0; n < LINES; n++) {
        size_t line = nc_sv_find(text, NC_SV("\n"), at);
        if (line == SIZE_MAX)
            return SIZE_MAX;
        at = line + 1;
        nc_sv words = nc_seq_trim(line_from(text, at));
        if (nc_sv_eq_nocase(words, NC_SV("end note")) || nc_sv_eq_nocase(words, NC_SV("endnote")))
            return at + line_from(text, at).len;
    }
    return SIZE_MAX;
}

static nc_seq_tok keyword_kind(nc_sv keyword)
{
    nc_seq_lexer lexer;
    nc_seq_lexer_init(&lexer, keyword);
    return nc_seq_lex(&lexer).kind;
}

/* A keyword that is spelt right but lacks what must follow it. */
static bool blame_bare_keyword(const nc_seq_trouble *t, nc_sv word)
{
    static const struct {
        nc_sv word;
        const char *form;
    } forms[] = {
        {NC_SV_INIT("title"), "title: Text"},
        {NC_SV_INIT("accTitle"), "accTitle: Text"},
        {NC_SV_INIT("accDescr"), "accDescr: Text"},
        {NC_SV_INIT("links"), "links A: {\"Name\": \"https://…\"}"},
        {NC_SV_INIT("link"), "link A: Name @ https://…"},
        {NC_SV_INIT("properties"), "properties A: {\"class\": \"name\"}"},
        {NC_SV_INIT("details"), "details A: id"},
    };
    for (size_t i = 0; i < NC_COUNT(forms); i++) {
        if (!nc_sv_eq_nocase(word, forms[i].word))
            continue;
        nc_diag_add(t->cast->diags, NC_RULE_SYNTAX, nc_seq_cast_span(t->cast, word),
                    "'%.*s' is not complete", NC_SV_ARG(word));
        nc_diag_hint(t->cast->diags, "write '%s'", forms[i].form);
        return true;
    }
    return false;
}

/* Words of other languages for fragments, with the keyword meant. */
static nc_sv foreign_keyword(nc_sv word)
{
    static const struct {
        nc_sv word, keyword;
    } rows[] = {
        {NC_SV_INIT("if"), NC_SV_INIT("alt")},       {NC_SV_INIT("switch"), NC_SV_INIT("alt")},
        {NC_SV_INIT("elseif"), NC_SV_INIT("else")},  {NC_SV_INIT("elif"), NC_SV_INIT("else")},
        {NC_SV_INIT("case"), NC_SV_INIT("else")},    {NC_SV_INIT("while"), NC_SV_INIT("loop")},
        {NC_SV_INIT("for"), NC_SV_INIT("loop")},     {NC_SV_INIT("repeat"), NC_SV_INIT("loop")},
        {NC_SV_INIT("parallel"), NC_SV_INIT("par")}, {NC_SV_INIT("group"), NC_SV_INIT("rect")},
        {NC_SV_INIT("optional"), NC_SV_INIT("opt")}, {NC_SV_INIT("try"), NC_SV_INIT("critical")},
        {NC_SV_INIT("endif"), NC_SV_INIT("end")},    {NC_SV_INIT("endloop"), NC_SV_INIT("end")},
        {NC_SV_INIT("endalt"), NC_SV_INIT("end")},   {NC_SV_INIT("fi"), NC_SV_INIT("end")},
        {NC_SV_INIT("done"), NC_SV_INIT("end")},     {NC_SV_INIT("}"), NC_SV_INIT("end")},
        {NC_SV_INIT("person"), NC_SV_INIT("actor")}, {NC_SV_INIT("user"), NC_SV_INIT("actor")},
        {NC_SV_INIT("hnote"), NC_SV_INIT("note")},   {NC_SV_INIT("rnote"), NC_SV_INIT("note")},
    };
    for (size_t i = 0; i < NC_COUNT(rows); i++)
        if (nc_sv_eq_nocase(word, rows[i].word))
            return rows[i].keyword;
    return (nc_sv){0};
}

nc_seq_tok nc_seq_blame_statement(const nc_seq_trouble *t)
{
    if (is_only_counted(t))
        return NC_SEQ_TOK_NAME;
    nc_diags *d = t->cast->diags;
    nc_sv line = line_from(text_of(t), t->first.at.start);
    nc_sv shown = nc_seq_trim(nc_sv_slice(line, 0, nc_sv_find(line, NC_SV(";"), 0)));
    nc_sv word = leading_word(line);
    nc_sv arrow = find_arrow(line);
    size_t len;
    const nc_sv *keywords = nc_seq_keywords(&len);

    if (arrow.len > 0 && !t->after_semicolon) {
        if (is_arrow(arrow))
            blame_character(t, t->got.at.start);
        else
            blame_arrow(t, arrow);
        return NC_SEQ_TOK_NAME;
    }
    if (blame_semicolon(t) || blame_bare_keyword(t, word))
        return NC_SEQ_TOK_NAME;
    if (word.len == 0 && line.ptr[0] == '}')
        word = nc_sv_slice(line, 0, 1);
    if (nc_seq_kind_lookup(word) != NC_SEQ_KIND_COUNT && word.len < shown.len) {
        nc_diag_add(d, NC_RULE_UNKNOWN_STATEMENT, nc_seq_cast_span(t->cast, word),
                    "'%.*s' starts no statement", NC_SV_ARG(word));
        nc_diag_hint(d, "write 'participant %.*s@{ \"type\": \"%.*s\" }'",
                     NC_SV_ARG(leading_word(nc_seq_trim(nc_sv_slice(shown, word.len, shown.len)))),
                     NC_SV_ARG(word));
        return NC_SEQ_TOK_NAME;
    }
    nc_sv near = foreign_keyword(word);
    if (near.len == 0)
        near = nc_nearest(word, keywords, len);
    if (near.len > 0) {
        nc_diag_add(d, NC_RULE_UNKNOWN_STATEMENT, nc_seq_cast_span(t->cast, word),
                    "'%.*s' starts no statement", NC_SV_ARG(word));
        nc_diag_hint(d, "did you mean '%.*s'?", NC_SV_ARG(near));
        return keyword_kind(near);
    }
    nc_diag_add(d, NC_RULE_UNKNOWN_STATEMENT, nc_seq_cast_span(t->cast, shown),
                "'%.*s' is no statement", NC_SV_ARG(nc_sv_slice(shown, 0, MAX_SHOWN)));
    nc_diag_hint(d, "a message is written 'A->>B: text', a comment '%%%% text'");
    return NC_SEQ_TOK_NAME;
}

static bool is_keyword_token(nc_seq_tok kind)
{
    return (kind >= NC_SEQ_TOK_HEADER && kind <= NC_SEQ_TOK_OFF && kind != NC_SEQ_TOK_NUMBER) ||
           (kind >= NC_SEQ_TOK_LINKS && kind <= NC_SEQ_TOK_TITLE);
}

/* A token where a participant should stand. */
static void blame_actor(const nc_seq_trouble *t, const char *of)
{
    nc_diags *d = t->cast->diags;
    nc_sv word = leading_word(nc_sv_slice(text_of(t), t->got.at.start, t->got.at.end));
    if (t->got.kind == NC_SEQ_TOK_EOF || t->got.kind == NC_SEQ_TOK_NEWLINE ||
        t->got.kind == NC_SEQ_TOK_TEXT || !is_on_line(t, t->got)) {
        nc_diag_add(d, NC_RULE_SYNTAX, behind(t->before), "%s names no participant", of);
        nc_diag_hint(d, "write the participant's name here");
    } else if (is_keyword_token(t->got.kind)) {
        nc_diag_add(d, NC_RULE_SEQ_KEYWORD, t->got.at,
                    "'%.*s' is a keyword and cannot begin a participant's name here",
                    NC_SV_ARG(word));
        nc_diag_hint(d, "use another id and show the name: 'participant x as %.*s'",
                     NC_SV_ARG(word));
    } else if (t->got.kind == NC_SEQ_TOK_NUMBER) {
        nc_diag_add(d, NC_RULE_SEQ_NAME, t->got.at,
                    "a number before a blank is no participant's name");
        nc_diag_hint(d, "leave out the blank behind '%.*s'", NC_SV_ARG(t->got.text));
    } else {
        blame_character(t, t->got.at.start);
    }
}

void nc_seq_blame_target(const nc_seq_trouble *t)
{
    if (is_only_counted(t))
        return;
    /* `A->>>B`, `A-> >B`: the arrow goes on behind the one that was read. */
    nc_sv text = text_of(t);
    size_t start = t->before.at.start;
    bool arrow = t->before.kind == NC_SEQ_TOK_ARROW && is_on_line(t, t->got) &&
                 t->got.at.start < text.len && is_arrow_char(text.ptr[t->got.at.start]);
    if (arrow) {
        nc_sv run = find_arrow(line_from(text, start));
        if (run.ptr == text.ptr + start && run.len > t->before.text.len) {
            blame_arrow(t, run);
            return;
        }
    }
    blame_actor(t, "the message");
}

void nc_seq_blame_text(const nc_seq_trouble *t)
{
    if (is_only_counted(t))
        return;
    nc_diags *d = t->cast->diags;
    nc_sv to = t->before.text;
    nc_sv text = text_of(t);
    bool message = t->first.kind == NC_SEQ_TOK_NAME;
    if (is_on_line(t, t->got) && t->got.kind != NC_SEQ_TOK_NEWLINE &&
        t->got.kind != NC_SEQ_TOK_EOF) {
        nc_sv mark = nc_sv_slice(text, t->got.at.start, t->got.at.start + 1);
        nc_sv run = find_arrow(line_from(text, t->got.at.start));
        if (message && run.len > 1 && run.ptr == mark.ptr) {
            nc_diag_add(d, NC_RULE_SYNTAX, t->got.at, "a message goes from one participant to one");
            nc_diag_hint(d, "write one message a line");
            return;
        }
        nc_diag_add(d, NC_RULE_SEQ_NAME, span_at(t->got.at.start, mark.len),
                    "no participant's name may hold '%.*s'", NC_SV_ARG(mark));
        nc_diag_hint(d, "': text' must follow the name; or use a plain id and show the name: "
                        "'participant x as Name'");
        return;
    }
    nc_sv word = nc_sv_slice(to, 0, nc_sv_find(to, NC_SV(" "), 0));
    nc_diag_add(d, NC_RULE_SEQ_NO_COLON, behind(t->before), "': text' is missing after '%.*s'",
                NC_SV_ARG(to));
    nc_sv words = nc_seq_trim(nc_sv_slice(to, word.len, to.len));
    nc_sv start = nc_sv_slice(text, t->first.at.start, t->before.at.start);
    size_t brace = nc_sv_find(to, NC_SV("{"), 0);
    if (message && to.ptr[0] == '|')
        nc_diag_hint(d, "the text of a message follows its target: 'A->>B: text'");
    else if (brace != SIZE_MAX)
        nc_diag_hint(d, "did you mean '%.*s%.*s: {'?", NC_SV_ARG(start),
                     NC_SV_ARG(nc_seq_trim(nc_sv_slice(to, 0, brace))));
    else if (words.len > 0)
        nc_diag_hint(d, "did you mean '%.*s%.*s: %.*s'?", NC_SV_ARG(start), NC_SV_ARG(word),
                     NC_SV_ARG(words));
    else
        nc_diag_hint(d, "write '%.*s%.*s:' for %s without text", NC_SV_ARG(start), NC_SV_ARG(word),
                     message ? "a message" : "one");
}

/* PlantUML's notes of several lines end with `end note`. */
static bool has_end_note(const nc_seq_trouble *t)
{
    return nc_seq_end_note(text_of(t), t->first.at.start) != SIZE_MAX;
}

void nc_seq_blame_note(const nc_seq_trouble *t)
{
    if (is_only_counted(t))
        return;
    nc_diags *d = t->cast->diags;
    nc_sv text = text_of(t);
    nc_sv rest = nc_sv_slice(text, t->got.at.start, t->got.at.end);
    bool placed = t->before.kind != NC_SEQ_TOK_NOTE;
    if (!placed) {
        nc_sv word = leading_word(rest);
        bool side = nc_sv_eq_nocase(nc_sv_slice(word, 0, 4), NC_SV("left")) ||
                    nc_sv_eq_nocase(nc_sv_slice(word, 0, 5), NC_SV("right"));
        bool left = side && (word.ptr[0] == 'l' || word.ptr[0] == 'L');
        nc_diag_add(d, NC_RULE_SEQ_NOTE, is_on_line(t, t->got) ? t->got.at : behind(t->before),
                    "a note must say where it stands");
        if (has_end_note(t))
            nc_diag_hint(d, "a note is one line, '<br/>' breaks it: 'Note over A: text'");
        else if (side)
            nc_diag_hint(d, "write '%s of' with one blank between the words",
                         left ? "left" : "right");
        else
            nc_diag_hint(d, "write 'Note over A: text', 'Note left of A: text' or 'Note right of "
                            "A: text'");
        return;
    }
    if (t->before.kind != NC_SEQ_TOK_NAME && t->before.kind != NC_SEQ_TOK_LINK) {
        blame_actor(t, "the note");
        return;
    }
    if (t->got.kind == NC_SEQ_TOK_COMMA) {
        nc_sv place = nc_seq_trim(nc_sv_slice(text, t->first.at.end, t->got.at.start));
        bool over = nc_sv_eq_nocase(nc_sv_slice(place, 0, 4), NC_SV("over"));
        nc_diag_add(d, NC_RULE_SEQ_NOTE, t->got.at, "a note stands %s",
                    over ? "over two participants at most" : "beside one participant");
        nc_diag_hint(d, "'Note over A,B: text' reaches from the first to the last; 'left of' and "
                        "'right of' take one");
        return;
    }
    nc_seq_blame_text(t);
}

/* -- participant lines -- */

static void blame_data(const nc_seq_trouble *t)
{
    nc_diags *d = t->cast->diags;
    if (t->got.kind == NC_SEQ_TOK_EOF) {
        nc_sv text = text_of(t);
        size_t open = t->before.at.start;
        while (open > 0 && !nc_sv_starts(nc_sv_slice(text, open, text.len), NC_SV("@{")))
            open--;
        nc_diag_add(d, NC_RULE_UNCLOSED, span_at(open, 2), "'@{' is never closed");
        nc_diag_hint(d, "write '}' after the data");
    } else {
        nc_diag_add(d, NC_RULE_SYNTAX, t->before.at, "'@{ }' is empty");
        nc_diag_hint(d, "write '@{ \"type\": \"database\" }', or leave it out");
    }
}

void nc_seq_blame_participant(const nc_seq_trouble *t)
{
    if (is_only_counted(t))
        return;
    nc_diags *d = t->cast->diags;
    nc_sv text = text_of(t);
    if (t->before.kind == NC_SEQ_TOK_DATA_OPEN || t->before.kind == NC_SEQ_TOK_DATA) {
        blame_data(t);
        return;
    }
    if (t->before.kind == NC_SEQ_TOK_CREATE) {
        nc_diag_add(d, NC_RULE_SYNTAX, t->before.at, "'create' must stand before a participant");
        nc_diag_hint(d, "write 'create participant X' or 'create actor X'");
        return;
    }
    bool missing = t->got.kind == NC_SEQ_TOK_BROKEN || t->got.kind == NC_SEQ_TOK_EOF ||
                   t->got.kind == NC_SEQ_TOK_NEWLINE;
    if (missing) {
        nc_diag_add(d, NC_RULE_SYNTAX, t->before.at, "'%.*s' names no participant",
                    NC_SV_ARG(t->before.text));
        nc_diag_hint(d, "write a name after it, on the same line");
        return;
    }
    bool is_name = t->before.kind == NC_SEQ_TOK_NAME || t->before.kind == NC_SEQ_TOK_DATA_CLOSE;
    if (is_name) {
        nc_seq_blame_rest(t);
        return;
    }
    nc_sv line = line_from(text, t->got.at.start);
    size_t bad = 0;
    while (bad < line.len && strchr("<>:,;@", line.ptr[bad]) == NULL)
        bad++;
    if (bad == line.len)
        bad = 0;
    nc_diag_add(d, NC_RULE_SEQ_NAME, span_at(t->got.at.start + bad, 1),
                "no participant's name may hold '%c'", line.ptr[bad]);
    if (line.ptr[bad] == ',')
        nc_diag_hint(d, "declare one participant a line");
    else if (line.ptr[bad] == ':')
        nc_diag_hint(d, "a label follows 'as': 'participant A as Label'");
    else
        nc_diag_hint(d, "use a plain id and show the name: 'participant x as %.*s'",
                     NC_SV_ARG(nc_seq_trim(line)));
}

void nc_seq_blame_rest(const nc_seq_trouble *t)
{
    if (is_only_counted(t))
        return;
    nc_diags *d = t->cast->diags;
    nc_sv text = text_of(t);
    nc_sv got = nc_sv_slice(text, t->got.at.start, t->got.at.end);
    bool starts = t->got.at.start == t->first.at.start;
    if (!starts && !is_on_line(t, t->got)) {
        nc_sv gap = line_from(text, t->before.at.end);
        nc_diag_add(d, NC_RULE_SYNTAX, span_at(t->before.at.end, gap.len > 0 ? gap.len : 1),
                    "blanks at the end of this line hide the line end from Mermaid");
        nc_diag_hint(d, "delete the blanks");
        return;
    }
    if (starts && blame_semicolon(t))
        return;
    if (starts && (nc_sv_starts(line_from(text, t->got.at.start), NC_SV("-- ")))) {
        nc_diag_add(d, NC_RULE_SYNTAX, span_at(t->got.at.start, 2), "'--' starts no comment");
        nc_diag_hint(d, "comments start with '%%%%'");
        return;
    }
    if (t->got.kind == NC_SEQ_TOK_HEADER) {
        nc_diag_add(d, NC_RULE_SYNTAX, t->got.at, "a second '%.*s'", NC_SV_ARG(got));
        nc_diag_hint(d, "write one diagram a block");
        return;
    }
    if (t->first.kind == NC_SEQ_TOK_AUTONUMBER) {
        nc_diag_add(d, NC_RULE_SYNTAX, t->got.at, "'autonumber' takes no '%.*s'", NC_SV_ARG(got));
        nc_diag_hint(d, "write 'autonumber', 'autonumber 10', 'autonumber 10 5' (at most two "
                        "decimals) or 'autonumber off'");
        return;
    }
    nc_sv line_start = nc_sv_slice(text, 0, t->got.at.start);
    if (starts && t->got.kind == NC_SEQ_TOK_TEXT &&
        nc_sv_ends(line_start, NC_SV("sequenceDiagram"))) {
        nc_diag_add(d, NC_RULE_SYNTAX, t->got.at,
                    "nothing may follow 'sequenceDiagram' on its line");
        nc_diag_hint(d, "write a title on a line of its own: 'title: Text'");
        return;
    }
    if (starts && (t->got.kind == NC_SEQ_TOK_ARROW || t->got.kind == NC_SEQ_TOK_TEXT)) {
        nc_diag_add(d, NC_RULE_SYNTAX, t->got.at, "the message has no sender");
        nc_diag_hint(d, "a message is written 'A->>B: text'");
        return;
    }
    bool keyword = starts && is_keyword_token(t->got.kind);
    nc_diag_add(d, NC_RULE_SYNTAX, t->got.at,
                starts ? "'%.*s' cannot start a statement" : "'%.*s' does not belong here",
                NC_SV_ARG(nc_sv_slice(got, 0, MAX_SHOWN)));
    if (keyword)
        nc_diag_hint(d, "as a participant's name, show it: 'participant x as %.*s'",
                     NC_SV_ARG(leading_word(got)));
    else if (!starts)
        nc_diag_hint(d, "start a new line for the next statement");
}
