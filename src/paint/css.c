#include "paint/css.h"

#include "base/vec.h"

enum { DEPTH = 4, NAMES = 64 };

typedef enum block { BLOCK_SHEET, BLOCK_MEDIA, BLOCK_FRAMES } block;

typedef struct cleaner {
    nc_buf *out; /* NULL in the first pass, which only looks for names of animations */
    nc_sv css;   /* without comments */
    size_t at;
    nc_sv id;
    nc_span place;
    nc_diags *diags;
    nc_sv names[NAMES]; /* of animations */
    size_t name_len;
    block open[DEPTH];
    size_t depth;
} cleaner;

static char peek(const cleaner *c)
{
    return c->at < c->css.len ? c->css.ptr[c->at] : '\0';
}

static void leave_out(cleaner *c, const char *what, nc_sv text)
{
    if (c->out)
        nc_diag_add(c->diags, NC_RULE_CSS, c->place, "'%.*s' is left out of the style sheet: %s",
                    NC_SV_ARG(text), what);
}

/* ---- scanning ------------------------------------------------------------------------------- */

/* Comments become blanks; an open one swallows the rest, as CSS says. */
static bool strip_comments(nc_sv *out, nc_arena *a, nc_sv css)
{
    char *bytes = NC_NEW(a, char, css.len + 1);
    size_t len = 0;
    char quote = '\0';
    if (!bytes)
        return false;
    for (size_t i = 0; i < css.len; i++) {
        const char ch = css.ptr[i];
        if (quote == '\0' && ch == '/' && i + 1 < css.len && css.ptr[i + 1] == '*') {
            const size_t end = nc_sv_find(css, NC_SV("*/"), i + 2);
            i = end == SIZE_MAX ? css.len : end + 1;
            bytes[len++] = ' ';
            continue;
        }
        if (quote != '\0' && (ch == quote || ch == '\n'))
            quote = '\0';
        else if (quote == '\0' && (ch == '"' || ch == '\''))
            quote = ch;
        bytes[len++] = ch;
    }
    *out = (nc_sv){bytes, len};
    return true;
}

static void skip_blanks(cleaner *c)
{
    while (nc_is_space(peek(c)))
        c->at++;
}

/* Behind the string that begins here; at the line's end when it is never closed. */
static size_t string_end(nc_sv text, size_t at)
{
    const char quote = text.ptr[at++];
    while (at < text.len && text.ptr[at] != quote && text.ptr[at] != '\n')
        at++;
    return at < text.len && text.ptr[at] == quote ? at + 1 : at;
}

/* Up to one of `ends` outside of strings and brackets, or the end. */
static nc_sv read_until(cleaner *c, const char *ends)
{
    const size_t from = c->at;
    size_t brackets = 0;
    while (c->at < c->css.len) {
        const char ch = peek(c);
        if (ch == '"' || ch == '\'') {
            c->at = string_end(c->css, c->at);
            continue;
        }
        if (brackets == 0 && ch != '\0' && strchr(ends, ch))
            break;
        if (ch == '(' || ch == '[')
            brackets++;
        else if ((ch == ')' || ch == ']') && brackets > 0)
            brackets--;
        else if (ch == '{' || ch == '}' || ch == ';')
            brackets = 0; /* never closed: as far as a statement goes */
        if (brackets == 0 && ch != '\0' && strchr(ends, ch))
            break;
        c->at++;
    }
    return nc_sv_trim(nc_sv_slice(c->css, from, c->at));
}

/* Over a block whose brace is next, blocks in it included. */
static void skip_block(cleaner *c)
{
    size_t depth = 0;
    while (c->at < c->css.len) {
        const char ch = peek(c);
        if (ch == '"' || ch == '\'') {
            c->at = string_end(c->css, c->at);
            continue;
        }
        c->at++;
        depth += ch == '{';
        if (ch == '}' && --depth == 0)
            return;
    }
}

/* No backslash, no markup, no control character. */
static bool is_plain(nc_sv text)
{
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char ch = (unsigned char)text.ptr[i];
        if (ch == '\\' || ch == '<' || ch == '&' || ch == 0x7f ||
            (ch < 0x20 && !nc_is_space((char)ch)))
            return false;
    }
    return true;
}

static bool is_name_char(char c)
{
    return nc_is_word(c) || c == '-' || (unsigned char)c >= 0x80;
}

static bool is_name(nc_sv text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_name_char(text.ptr[i]))
            return false;
    return text.len > 0 && !nc_is_digit(text.ptr[0]);
}

/* ---- values --------------------------------------------------------------------------------- */

static bool is_function(nc_sv name)
{
    static const nc_sv functions[] = {
        NC_SV_INIT("rgb"),         NC_SV_INIT("rgba"),       NC_SV_INIT("hsl"),
        NC_SV_INIT("hsla"),        NC_SV_INIT("hwb"),        NC_SV_INIT("lab"),
        NC_SV_INIT("lch"),         NC_SV_INIT("oklab"),      NC_SV_INIT("oklch"),
        NC_SV_INIT("color"),       NC_SV_INIT("color-mix"),  NC_SV_INIT("light-dark"),
        NC_SV_INIT("calc"),        NC_SV_INIT("min"),        NC_SV_INIT("max"),
        NC_SV_INIT("clamp"),       NC_SV_INIT("var"),        NC_SV_INIT("translate"),
        NC_SV_INIT("translatex"),  NC_SV_INIT("translatey"), NC_SV_INIT("scale"),
        NC_SV_INIT("scalex"),      NC_SV_INIT("scaley"),     NC_SV_INIT("rotate"),
        NC_SV_INIT("skew"),        NC_SV_INIT("skewx"),      NC_SV_INIT("skewy"),
        NC_SV_INIT("matrix"),      NC_SV_INIT("steps"),      NC_SV_INIT("cubic-bezier"),
        NC_SV_INIT("linear"),      NC_SV_INIT("blur"),       NC_SV_INIT("brightness"),
        NC_SV_INIT("contrast"),    NC_SV_INIT("grayscale"),  NC_SV_INIT("hue-rotate"),
        NC_SV_INIT("invert"),      NC_SV_INIT("opacity"),    NC_SV_INIT("saturate"),
        NC_SV_INIT("drop-shadow"), NC_SV_INIT("sepia"),      NC_SV_INIT("repeat"),
    };
    for (size_t i = 0; i < NC_COUNT(functions); i++)
        if (nc_sv_eq_nocase(name, functions[i]))
            return true;
    return false;
}

/* `#name)` behind `url(`, in quotes or not. */
static bool is_fragment(nc_sv text, size_t at)
{
    while (at < text.len && nc_is_space(text.ptr[at]))
        at++;
    const char quote =
        at < text.len && (text.ptr[at] == '"' || text.ptr[at] == '\'') ? text.ptr[at++] : '\0';
    if (at >= text.len || text.ptr[at++] != '#')
        return false;
    while (at < text.len && is_name_char(text.ptr[at]))
        at++;
    if (quote != '\0' && (at >= text.len || text.ptr[at++] != quote))
        return false;
    while (at < text.len && nc_is_space(text.ptr[at]))
        at++;
    return at < text.len && text.ptr[at] == ')';
}

/* NULL when the value may stay. */
static const char *value_fault(nc_sv value)
{
    size_t open = 0;
    if (!is_plain(value))
        return "it has a backslash or another character that could hide something";
    for (size_t i = 0; i < value.len; i++) {
        const char ch = value.ptr[i];
        if (ch == '"' || ch == '\'') {
            const size_t end = string_end(value, i);
            if (value.ptr[end - 1] != ch || end == i + 1)
                return "a string is not closed";
            i = end - 1;
            continue;
        }
        if (strchr(":@{};", ch))
            return "its value is none of a declaration";
        if (ch == ')' && open-- == 0)
            return "its brackets do not match";
        if (ch != '(')
            continue;
        open++;
        size_t from = i;
        while (from > 0 && is_name_char(value.ptr[from - 1]))
            from--;
        const nc_sv name = nc_sv_slice(value, from, i);
        const bool local = nc_sv_eq_nocase(name, NC_SV("url")) && is_fragment(value, i + 1);
        if (name.len && !local && !is_function(name))
            return "it could load something from outside, or run";
    }
    return open ? "its brackets do not match" : value.len ? NULL : "it has no value";
}

/* `>` stands escaped, since three characters with it end something in XML. */
static void put_escaped(nc_buf *out, nc_sv text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '>')
            NC_BUF_LIT(out, "&gt;");
        else
            nc_buf_char(out, nc_is_space(text.ptr[i]) ? ' ' : text.ptr[i]);
    }
}

static bool is_animation(const cleaner *c, nc_sv word)
{
    for (size_t i = 0; i < c->name_len; i++)
        if (nc_sv_eq(c->names[i], word))
            return true;
    return false;
}

static void put_animation_name(cleaner *c, nc_sv name)
{
    nc_buf_put(c->out, c->id);
    nc_buf_char(c->out, '-');
    nc_buf_put(c->out, name);
}

/* Names of the sheet's own animations carry the picture's id. */
static void put_animation(cleaner *c, nc_sv value)
{
    for (size_t i = 0; i < value.len;) {
        size_t end = i;
        while (end < value.len && is_name_char(value.ptr[end]))
            end++;
        const nc_sv word = nc_sv_slice(value, i, end > i ? end : i + 1);
        if (is_animation(c, word))
            put_animation_name(c, word);
        else
            put_escaped(c->out, word);
        i += word.len;
    }
}

static void put_declaration(cleaner *c, nc_sv text)
{
    const size_t colon = nc_sv_find(text, NC_SV(":"), 0);
    const nc_sv name = nc_sv_trim(nc_sv_slice(text, 0, colon == SIZE_MAX ? 0 : colon));
    const nc_sv value =
        nc_sv_trim(nc_sv_slice(text, colon == SIZE_MAX ? text.len : colon + 1, text.len));
    const char *fault = is_name(name) ? value_fault(value) : "it is no declaration";
    if (!fault &&
        (nc_sv_eq_nocase(name, NC_SV("behavior")) || nc_sv_eq_nocase(name, NC_SV("-moz-binding"))))
        fault = "it could run something";
    if (fault) {
        leave_out(c, fault, text);
        return;
    }
    nc_buf_put(c->out, name);
    nc_buf_char(c->out, ':');
    if (nc_sv_eq_nocase(name, NC_SV("animation")) || nc_sv_eq_nocase(name, NC_SV("animation-name")))
        put_animation(c, value);
    else
        put_escaped(c->out, value);
    nc_buf_char(c->out, ';');
}

/* From behind the opening brace to behind the closing one. */
static void put_declarations(cleaner *c)
{
    nc_buf_char(c->out, '{');
    for (;;) {
        const nc_sv text = read_until(c, ";{}");
        const char end = peek(c);
        if (end == '{') {
            leave_out(c, "rules inside rules are not understood", text);
            skip_block(c);
            continue;
        }
        if (text.len)
            put_declaration(c, text);
        if (c->at < c->css.len)
            c->at++;
        if (end != ';')
            break;
    }
    NC_BUF_LIT(c->out, "}\n");
}

/* ---- rules ---------------------------------------------------------------------------------- */

/* The next of a list's members, its commas in brackets and strings left alone. */
static nc_sv next_selector(nc_sv *rest)
{
    size_t depth = 0;
    size_t at = 0;
    for (; at < rest->len; at++) {
        const char ch = rest->ptr[at];
        if (ch == '"' || ch == '\'') {
            at = string_end(*rest, at) - 1;
            continue;
        }
        if (ch == ',' && depth == 0)
            break;
        depth += ch == '(' || ch == '[';
        depth -= (ch == ')' || ch == ']') && depth > 0;
    }
    const nc_sv member = nc_sv_trim(nc_sv_slice(*rest, 0, at));
    *rest = nc_sv_slice(*rest, at + 1, rest->len);
    return member;
}

/* NULL when each member selects things inside of what it is put behind. */
static const char *selector_fault(nc_sv list)
{
    size_t open = 0;
    if (!is_plain(list))
        return "it has a backslash or another character that could hide something";
    for (size_t i = 0; i < list.len; i++) {
        const char ch = list.ptr[i];
        if (ch == '"' || ch == '\'') {
            const size_t end = string_end(list, i);
            if (end == i + 1 || list.ptr[end - 1] != ch)
                return "a string is not closed";
            i = end - 1;
        } else if (ch == '(' || ch == '[') {
            open++;
        } else if ((ch == ')' || ch == ']') && open-- == 0) {
            return "its brackets do not match";
        } else if (strchr("@;{}!|", ch)) {
            return "it is no selector";
        }
    }
    if (open || list.len == 0 || list.ptr[list.len - 1] == ',')
        return "it is no selector";
    while (list.len) {
        const nc_sv member = next_selector(&list);
        if (member.len == 0)
            return "it is no selector";
        if (member.ptr[0] == '+' || member.ptr[0] == '~')
            return "it could reach outside of the picture";
    }
    return NULL;
}

static void put_selectors(cleaner *c, nc_sv list)
{
    for (bool first = true; list.len; first = false) {
        const nc_sv member = next_selector(&list);
        nc_buf_char(c->out, first ? '#' : ',');
        if (!first)
            nc_buf_char(c->out, '#');
        nc_buf_put(c->out, c->id);
        nc_buf_char(c->out, ' ');
        put_escaped(c->out, member);
    }
}

/* `from`, `to` and percentages, commas between. */
static bool is_frame(nc_sv text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!nc_is_word(text.ptr[i]) && !strchr("%., \t\n", text.ptr[i]))
            return false;
    return text.len > 0;
}

static void on_rule(cleaner *c)
{
    const nc_sv prelude = read_until(c, "{};");
    const bool in_frames = c->open[c->depth - 1] == BLOCK_FRAMES;
    if (peek(c) != '{') {
        c->at += peek(c) == ';';
        if (prelude.len)
            leave_out(c, "it is no rule", prelude);
        return;
    }
    const char *fault = !in_frames          ? selector_fault(prelude)
                        : is_frame(prelude) ? NULL
                                            : "it is no place of an animation";
    if (fault)
        leave_out(c, fault, prelude);
    if (fault || !c->out) {
        skip_block(c);
        return;
    }
    c->at++;
    if (in_frames)
        nc_buf_put(c->out, prelude);
    else
        put_selectors(c, prelude);
    put_declarations(c);
}

static bool is_media(nc_sv prelude)
{
    for (size_t i = 0; i < prelude.len; i++)
        if (!is_name_char(prelude.ptr[i]) && !nc_is_space(prelude.ptr[i]) &&
            !strchr("():,./%", prelude.ptr[i]))
            return false;
    return prelude.len > 0;
}

static void on_at_rule(cleaner *c)
{
    size_t end = c->at + 1;
    while (end < c->css.len && is_name_char(c->css.ptr[end]))
        end++;
    const nc_sv keyword = nc_sv_slice(c->css, c->at, end);
    const size_t from = c->at;
    c->at = end;
    const nc_sv prelude = read_until(c, "{};");
    const bool opens = peek(c) == '{' && c->depth < DEPTH && c->open[c->depth - 1] != BLOCK_FRAMES;
    const bool media = nc_sv_eq_nocase(keyword, NC_SV("@media")) && is_media(prelude);
    const bool frames = nc_sv_eq_nocase(keyword, NC_SV("@keyframes")) && is_name(prelude);
    if (!opens || !(media || frames)) {
        leave_out(c, "only @media and @keyframes are understood",
                  nc_sv_trim(nc_sv_slice(c->css, from, c->at)));
        if (peek(c) == '{')
            skip_block(c);
        else
            c->at += peek(c) == ';';
        return;
    }
    c->at++;
    c->open[c->depth++] = media ? BLOCK_MEDIA : BLOCK_FRAMES;
    if (!c->out) {
        if (frames && c->name_len < NAMES)
            c->names[c->name_len++] = prelude;
        return;
    }
    nc_buf_put(c->out, media ? NC_SV("@media ") : NC_SV("@keyframes "));
    if (media)
        nc_buf_put(c->out, prelude);
    else
        put_animation_name(c, prelude);
    NC_BUF_LIT(c->out, "{\n");
}

static void on_close(cleaner *c)
{
    c->at++;
    if (c->depth == 1)
        return; /* one too many */
    c->depth--;
    if (c->out)
        NC_BUF_LIT(c->out, "}\n");
}

static void pass(cleaner *c, nc_buf *out)
{
    c->out = out;
    c->at = 0;
    c->depth = 1;
    c->open[0] = BLOCK_SHEET;
    for (skip_blanks(c); c->at < c->css.len; skip_blanks(c)) {
        if (peek(c) == '@')
            on_at_rule(c);
        else if (peek(c) == '}')
            on_close(c);
        else
            on_rule(c);
    }
    while (c->depth > 1)
        on_close(c);
}

bool nc_css_clean(nc_buf *out, nc_arena *a, nc_sv css, nc_sv id, nc_span at, nc_diags *d)
{
    cleaner c = {.id = id, .place = at, .diags = d};
    if (css.len > NC_CSS_MAX) {
        nc_diag_add(d, NC_RULE_CSS, at, "a style sheet of more than %d bytes is left out",
                    NC_CSS_MAX);
        return true;
    }
    if (!strip_comments(&c.css, a, css))
        return false;
    pass(&c, NULL);
    pass(&c, out);
    return !out->failed;
}
