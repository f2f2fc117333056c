#include "parse/c4_call.h"

#include "parse/c4_macros.h"
#include "source/preprocess.h"

#include <stdarg.h>
#include <stdio.h>

static char at(nc_sv text, size_t i)
{
    return i < text.len ? text.ptr[i] : '\0';
}

static nc_span span(size_t start, size_t end)
{
    return (nc_span){(uint32_t)start, (uint32_t)end};
}

static size_t skip_char(nc_sv text, size_t i, char c)
{
    while (i < text.len && text.ptr[i] == c)
        i++;
    return i;
}

static size_t skip_blanks(nc_sv text, size_t i)
{
    while (i < text.len && text.ptr[i] != '\n' && nc_blank_at(text, i))
        i += nc_blank_at(text, i);
    return i;
}

static size_t skip_word(nc_sv text, size_t i)
{
    while (i < text.len && nc_is_word(text.ptr[i]))
        i++;
    return i;
}

static size_t find_char(nc_sv text, char c, size_t from)
{
    return nc_sv_find(text, nc_sv_from(&c, 1), from);
}

static size_t line_end(nc_sv text, size_t i)
{
    size_t end = find_char(text, '\n', i);
    return end == SIZE_MAX ? text.len : end;
}

nc_sv nc_c4_trim(nc_sv text)
{
    size_t start = 0;
    size_t end = 0;
    while (nc_blank_at(text, start))
        start += nc_blank_at(text, start);
    for (size_t i = start; i < text.len;) {
        size_t size = nc_blank_at(text, i);
        i += size ? size : 1;
        if (!size)
            end = i;
    }
    return nc_sv_slice(text, start, end > start ? end : start);
}

static nc_span trimmed_span(nc_sv text, nc_sv piece)
{
    size_t start = (size_t)(piece.ptr - text.ptr);
    return span(start, start + piece.len);
}

static bool push(nc_c4_call *call, nc_arena *a, nc_sv text, size_t start, size_t end)
{
    nc_sv value = nc_c4_trim(nc_sv_slice(text, start, end));
    nc_c4_arg arg = {.value = value, .at = trimmed_span(text, value)};
    return NC_PUSH(a, &call->args, arg);
}

/* `$key = "value"`, text[i] behind the dollar: the offset behind it, SIZE_MAX when refused. */
static size_t mermaid_named(nc_c4_call *call, nc_arena *a, nc_sv text, size_t i)
{
    size_t equals = find_char(text, '=', i);
    if (equals == SIZE_MAX)
        return SIZE_MAX;
    size_t quote = skip_char(text, equals + 1, ' ');
    if (at(text, quote) != '"')
        return SIZE_MAX;
    size_t close = find_char(text, '"', quote + 1);
    if (close == SIZE_MAX || close == quote + 1)
        return SIZE_MAX;
    if (!push(call, a, text, quote + 1, close))
        return SIZE_MAX;
    nc_c4_arg *arg = &call->args.ptr[call->args.len - 1];
    arg->named = true;
    arg->key = nc_c4_trim(nc_sv_slice(text, i, equals));
    return close + 1;
}

/*
 * The rules of Mermaid's lexer in their order: `)` ends; `,,` is an empty argument; `,` is skipped;
 * `""`, a quoted text and `$` may have blanks before them; anything else reaches to the next comma.
 */
static size_t mermaid_argument(nc_c4_call *call, nc_arena *a, nc_sv text, size_t i)
{
    if (at(text, i) == ',') {
        if (at(text, i + 1) != ',')
            return i + 1;
        return push(call, a, text, i, i) ? i + 2 : SIZE_MAX;
    }
    size_t next = skip_char(text, i, ' ');
    if (at(text, next) == '"') {
        size_t close = find_char(text, '"', next + 1);
        if (close == SIZE_MAX || !push(call, a, text, next + 1, close))
            return SIZE_MAX;
        return close + 1;
    }
    if (at(text, next) == '$')
        return mermaid_named(call, a, text, next + 1);
    size_t comma = find_char(text, ',', i);
    return comma != SIZE_MAX && push(call, a, text, i, comma) ? comma : SIZE_MAX;
}

bool nc_c4_call_mermaid(nc_c4_call *out, nc_arena *a, nc_sv text, size_t i)
{
    out->args.len = 0;
    out->closed = false;
    if (at(text, i) != '(')
        return false;
    size_t comma = skip_char(text, ++i, ' ');
    if (at(text, comma) == ',') {
        if (!push(out, a, text, i, i))
            return false;
        i = comma + 1;
    }
    while (i < text.len) {
        if (text.ptr[i] == ')') {
            out->end = i + 1;
            out->closed = true;
            return out->args.len > 0;
        }
        i = mermaid_argument(out, a, text, i);
        if (i == SIZE_MAX)
            return false;
    }
    return false;
}

void nc_c4_error(const nc_c4_reader *r, nc_rule rule, nc_span where, const char *fmt, ...)
{
    char message[512];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    nc_diag_add(r->diags, rule, where, "%s", message);
    if (r->accepted)
        nc_diag_drawing(r->diags);
}

void nc_c4_slip(const nc_c4_reader *r, nc_span where, const char *what, const char *remedy)
{
    if (r->foreign)
        return;
    if (r->accepted)
        nc_diag_add(r->diags, NC_RULE_C4_LOST, where, "Mermaid misreads %s", what);
    else
        nc_diag_add(r->diags, NC_RULE_NOT_PORTABLE, where, "Mermaid refuses %s", what);
    nc_diag_hint(r->diags, "%s", remedy);
}

void nc_c4_lost(const nc_c4_reader *r, nc_span where, const char *how, const char *remedy)
{
    if (r->foreign)
        return;
    nc_diag_add(r->diags, NC_RULE_C4_LOST, where, "%s", how);
    nc_diag_hint(r->diags, "%s", remedy);
}

bool nc_c4_is_statement(nc_sv text, size_t i)
{
    static const nc_sv words[] = {NC_SV_INIT("title"), NC_SV_INIT("accTitle"),
                                  NC_SV_INIT("accDescr"), NC_SV_INIT("accDescription")};
    i = skip_blanks(text, i);
    if (i >= text.len || text.ptr[i] == '}')
        return true;
    size_t end = skip_word(text, i);
    nc_sv word = nc_sv_slice(text, i, end);
    for (size_t n = 0; n < NC_COUNT(words); n++)
        if (nc_sv_eq(word, words[n]))
            return true;
    return at(text, end) == '(' &&
           (nc_c4_macro_lookup(word) || (at(word, 0) >= 'A' && at(word, 0) <= 'Z'));
}

/* One call under the second reading. */
typedef struct reading {
    const nc_c4_reader *r;
    nc_c4_call *call;
    nc_sv text, name;
    size_t open; /* the `(` */
    size_t at;
    bool broken; /* the lines were named already */
} reading;

/* Typographic quotes that people and word processors put for `"`. */
static size_t smart_quote(nc_sv text, size_t i)
{
    static const nc_sv quotes[] = {NC_SV_INIT("\xe2\x80\x9c"), NC_SV_INIT("\xe2\x80\x9d"),
                                   NC_SV_INIT("\xe2\x80\x9e"), NC_SV_INIT("\xe2\x80\x9f"),
                                   NC_SV_INIT("\xc2\xab"),     NC_SV_INIT("\xc2\xbb")};
    nc_sv rest = nc_sv_slice(text, i, text.len);
    for (size_t n = 0; n < NC_COUNT(quotes); n++)
        if (nc_sv_starts(rest, quotes[n]))
            return quotes[n].len;
    return 0;
}

/* The call ends here, whatever is missing. */
static bool give_up(reading *c, size_t end)
{
    c->call->end = end;
    c->at = end;
    return false;
}

static bool unclosed_call(reading *c, size_t end)
{
    nc_c4_error(c->r, NC_RULE_UNCLOSED, span(c->open, c->open + 1),
                "the '(' of '%.*s' is never closed", NC_SV_ARG(c->name));
    nc_diag_hint(c->r->diags, "put ')' at the end of the line");
    return give_up(c, end);
}

static void broken_lines(reading *c, size_t newline)
{
    if (c->broken)
        return;
    c->broken = true;
    nc_c4_error(c->r, NC_RULE_C4_CALL, span(newline, newline + 1),
                "the call of '%.*s' goes over several lines", NC_SV_ARG(c->name));
    nc_diag_hint(c->r->diags, "write all arguments on one line; '<br/>' breaks a label");
}

/*
 * Blanks and line ends between arguments. A line end is harmless to Mermaid only before a bare text
 * that a comma follows; elsewhere it swallows what comes. False when a new statement begins.
 */
static bool skip_between(reading *c, bool before_argument)
{
    size_t i = skip_blanks(c->text, c->at);
    size_t newline = i;
    if (i >= c->text.len)
        return unclosed_call(c, i);
    if (c->text.ptr[i] != '\n') {
        c->at = i;
        return true;
    }
    while (i < c->text.len && nc_blank_at(c->text, i))
        i += nc_blank_at(c->text, i);
    if (nc_c4_is_statement(c->text, i))
        return unclosed_call(c, newline);
    char next = at(c->text, i);
    if (!before_argument || next == '"' || next == '$' || next == ')' || next == ',' ||
        smart_quote(c->text, i))
        broken_lines(c, newline);
    c->at = i;
    return true;
}

static bool no_memory(reading *c)
{
    c->r->arena->failed = true;
    return give_up(c, c->text.len);
}

static bool take(reading *c, size_t start, size_t end)
{
    return push(c->call, c->r->arena, c->text, start, end) || no_memory(c);
}

/* The line feed after which a text in quotes has run into the next statement, or SIZE_MAX. */
static size_t ran_on(nc_sv text, size_t from, size_t to)
{
    for (size_t i = find_char(nc_sv_slice(text, 0, to), '\n', from); i != SIZE_MAX;
         i = find_char(nc_sv_slice(text, 0, to), '\n', i + 1))
        if (nc_c4_is_statement(text, i + 1))
            return i;
    return SIZE_MAX;
}

/* text[c->at] is the quote. */
static bool quoted(reading *c)
{
    size_t open = c->at;
    size_t close = find_char(c->text, '"', open + 1);
    size_t stop = ran_on(c->text, open + 1, close == SIZE_MAX ? c->text.len : close);
    if (stop == SIZE_MAX && close == SIZE_MAX)
        stop = line_end(c->text, open);
    if (stop != SIZE_MAX) {
        size_t end = stop;
        nc_c4_error(c->r, NC_RULE_UNCLOSED, span(open, open + 1), "the quote is never closed");
        nc_diag_hint(c->r->diags, "put '\"' behind the text");
        if (end > open + 1 && c->text.ptr[end - 1] == ')')
            end--;
        return take(c, open + 1, end) && give_up(c, stop);
    }
    c->at = close + 1;
    return take(c, open + 1, close);
}

static bool smart_quoted(reading *c, size_t size)
{
    size_t open = c->at;
    size_t end = line_end(c->text, open);
    size_t i = open + size;
    nc_c4_error(c->r, NC_RULE_C4_SMART_QUOTES, span(open, open + size),
                "a typographic quote does not quote");
    nc_diag_hint(c->r->diags, "use the straight quote '\"'");
    while (i < end && !smart_quote(c->text, i) && c->text.ptr[i] != '"')
        i++;
    size_t close = i < end ? (c->text.ptr[i] == '"' ? 1 : smart_quote(c->text, i)) : 0;
    if (!close)
        return take(c, open + size, end) && give_up(c, end);
    c->at = i + close;
    return take(c, open + size, i);
}

/*
 * A quote in a bare argument: `a "Ann"` lacks a comma and is cut before the text, `Ann"` lacks its
 * first quote.
 */
static void blame_quote(reading *c, nc_c4_arg *arg, size_t quote)
{
    nc_sv value = arg->value;
    size_t where = arg->at.start + quote;
    nc_sv before = nc_c4_trim(nc_sv_slice(value, 0, quote));
    bool blank = quote > 0 && nc_is_space(value.ptr[quote - 1]);
    bool pair = quote + 1 < value.len && value.ptr[value.len - 1] == '"';
    if (c->r->accepted) {
        nc_c4_lost(c->r, span(where, where + 1), "Mermaid takes this quote for a part of the text",
                   "quote the whole argument, or write ',' before it");
        return;
    }
    if (blank && pair && before.len) {
        nc_c4_error(c->r, NC_RULE_C4_CALL, span(where, where + 1),
                    "a comma is missing before this text");
        nc_diag_hint(c->r->diags, "write %.*s, %.*s", NC_SV_ARG(before),
                     NC_SV_ARG(nc_sv_slice(value, quote, value.len)));
        arg->value = before;
        return;
    }
    nc_c4_error(c->r, NC_RULE_C4_CALL, span(where, where + 1), "a quote inside a bare text");
    if (quote + 1 == value.len)
        nc_diag_hint(c->r->diags, "write another '\"' before the text");
    else
        nc_diag_hint(c->r->diags, "quote the whole argument, or write #quot;");
}

/*
 * A text without quotes, as far as the comma or the `)` that is not its own. Line ends inside belong
 * to it, as for Mermaid, unless a statement follows.
 */
static bool bare(reading *c)
{
    size_t start = c->at;
    size_t i = start;
    uint32_t depth = 0;
    for (; i < c->text.len; i++) {
        char b = c->text.ptr[i];
        if (b == ',' && depth == 0)
            break;
        if (b == ')' && depth == 0)
            break;
        if (b == '\n' && nc_c4_is_statement(c->text, i + 1))
            break;
        if (b == '(')
            depth++;
        else if (b == ')')
            depth--;
    }
    c->at = i;
    if (!take(c, start, i))
        return false;
    nc_sv value = c->call->args.ptr[c->call->args.len - 1].value;
    size_t quote = find_char(value, '"', 0);
    nc_c4_arg *arg = &c->call->args.ptr[c->call->args.len - 1];
    if (quote != SIZE_MAX) {
        blame_quote(c, arg, quote);
    } else if (at(c->text, i) == ')' && value.len) {
        nc_c4_slip(c->r, arg->at, "a last argument without quotes", "put it in quotes");
    }
    return true;
}

/* `$name = value`; text[c->at] is the dollar. */
static bool named(reading *c)
{
    size_t dollar = c->at;
    size_t end = skip_word(c->text, dollar + 1);
    size_t equals = skip_blanks(c->text, end);
    nc_sv key = nc_sv_slice(c->text, dollar + 1, end);
    if (at(c->text, equals) != '=') {
        nc_c4_error(c->r, NC_RULE_C4_CALL, span(dollar, end), "'=' is missing after '$%.*s'",
                    NC_SV_ARG(key));
        nc_diag_hint(c->r->diags, "write $%.*s=\"value\"", NC_SV_ARG(key));
        return bare(c);
    }
    c->at = skip_blanks(c->text, equals + 1);
    size_t value = c->at;
    size_t smart = smart_quote(c->text, value);
    char first = at(c->text, value);
    size_t notes = c->r->diags->list.len + c->r->diags->notes.len;
    bool done = first == '"' ? quoted(c) : smart ? smart_quoted(c, smart) : bare(c);
    if (c->call->args.len) {
        nc_c4_arg *arg = &c->call->args.ptr[c->call->args.len - 1];
        arg->named = true;
        arg->key = key;
        arg->key_at = span(dollar, end);
        bool fresh = notes == c->r->diags->list.len + c->r->diags->notes.len;
        bool empty = first == '"' && at(c->text, value + 1) == '"';
        if (fresh && empty)
            nc_c4_slip(c->r, span(dollar, c->at), "a named argument that is empty", "leave it out");
        else if (fresh && first != '"')
            nc_c4_slip(c->r, span(dollar, c->at), "a named argument without quotes",
                       "put its value in quotes");
    }
    return done;
}

static bool argument(reading *c)
{
    size_t smart = smart_quote(c->text, c->at);
    char first = at(c->text, c->at);
    if (first == '"')
        return quoted(c);
    if (first == '$')
        return named(c);
    return smart ? smart_quoted(c, smart) : bare(c);
}

/* The commas that are more or fewer arguments to Mermaid than they look. */
static void check_comma(reading *c, size_t before)
{
    bool blank = c->at > before;
    char last = before > c->open ? c->text.ptr[before - 1] : '\0';
    if (blank && last == '"')
        nc_c4_lost(c->r, span(before, c->at),
                   "Mermaid takes the blank before the comma for an argument of its own",
                   "delete the blank");
    else if (at(c->text, c->at + 1) == ',' && at(c->text, c->at + 2) == ',')
        nc_c4_lost(c->r, span(c->at, c->at + 3),
                   "Mermaid sees one empty argument in ',,,', not two",
                   "write \"\" for an empty argument");
}

static bool ends_line(nc_sv text, size_t i)
{
    i = skip_blanks(text, i);
    return i >= text.len || text.ptr[i] == '\n';
}

/*
 * `"Ann "the boss" Lee"`: text goes on right behind a quote, which was meant to belong to it. The
 * argument ends with the last quote of the line that a comma or `)` follows. Where Mermaid accepts the
 * text, the rest is an argument of its own.
 */
static bool skip_inner_quotes(reading *c)
{
    size_t quote = c->at - 1;
    char next = at(c->text, c->at);
    if (c->r->accepted || at(c->text, quote) != '"' || !next || nc_blank_at(c->text, c->at) ||
        strchr(",){\"$", next))
        return true;
    nc_c4_error(c->r, NC_RULE_C4_CALL, span(quote, quote + 1), "a quote inside a text in quotes");
    nc_diag_hint(c->r->diags, "write #quot; for a quote inside a text");
    size_t end = line_end(c->text, quote);
    for (size_t i = find_char(c->text, '"', c->at); i < end; i = find_char(c->text, '"', i + 1)) {
        size_t behind = skip_blanks(c->text, i + 1);
        if (at(c->text, behind) != ',' && at(c->text, behind) != ')')
            continue;
        c->at = i + 1;
        return true;
    }
    return give_up(c, end);
}

/* What follows an argument: true when another one comes. */
static bool go_on(reading *c)
{
    if (!skip_inner_quotes(c))
        return false;
    size_t before = c->at;
    if (!skip_between(c, false))
        return false;
    char next = at(c->text, c->at);
    if (next == ')') {
        if (c->at > before && !c->broken && at(c->text, before - 1) == '"')
            nc_c4_slip(c->r, span(before, c->at), "a blank before the ')'", "delete the blank");
        c->call->closed = true;
        return give_up(c, c->at + 1);
    }
    if (next == ',') {
        check_comma(c, before);
        c->at++;
        return true;
    }
    if (next == '{' && ends_line(c->text, c->at + 1))
        return unclosed_call(c, c->at); /* the body of a boundary follows */
    nc_diag_add(c->r->diags, NC_RULE_C4_ARGUMENT, span(before, before + 1),
                "a comma is missing between two arguments");
    nc_diag_hint(c->r->diags, "write ',' between them");
    return true;
}

static void read_arguments(reading *c)
{
    c->at = c->open + 1;
    for (;;) {
        size_t before = c->at;
        if (!skip_between(c, true))
            return;
        char next = at(c->text, c->at);
        if (next == ')') {
            if (c->call->args.len && c->at > before && !c->broken)
                nc_c4_slip(c->r, span(before, c->at), "a blank between ',' and ')'",
                           "delete the comma and the blank");
            c->call->closed = true;
            (void)give_up(c, c->at + 1);
            return;
        }
        bool plain = skip_char(c->text, before, ' ') == c->at;
        if (!plain && !c->broken && (next == '"' || next == '$'))
            nc_c4_slip(c->r, span(before, c->at),
                       "white space other than blanks before an argument", "use plain blanks");
        bool more = next == ',' ? take(c, c->at, c->at) : argument(c);
        if (!more || !go_on(c))
            return;
    }
}

bool nc_c4_call_read(nc_c4_call *out, const nc_c4_reader *r, nc_sv name, size_t i)
{
    reading c = {.r = r, .call = out, .text = r->text, .name = name};
    size_t open = skip_blanks(r->text, i);
    out->args.len = 0;
    out->closed = false;
    if (at(r->text, open) != '(') {
        out->end = line_end(r->text, i);
        nc_c4_error(r, NC_RULE_C4_CALL, span(i - name.len, i), "'(' is missing after '%.*s'",
                    NC_SV_ARG(name));
        nc_diag_hint(r->diags, "write %.*s(…)", NC_SV_ARG(name));
        return true;
    }
    if (open > i) {
        nc_c4_error(r, NC_RULE_C4_CALL, span(i, open), "no blank may stand between '%.*s' and '('",
                    NC_SV_ARG(name));
        nc_diag_hint(r->diags, "write %.*s(", NC_SV_ARG(name));
    }
    c.open = open;
    read_arguments(&c);
    return !nc_arena_failed(r->arena);
}
