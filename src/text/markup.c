#include "text/markup.h"

#include "base/utf8.h"
#include "text/emphasis.h"

enum { EMPHASIS_BITS = 8 };

/* The reader copies characters to `out` and keeps count of what is switched on. */
typedef struct reader {
    nc_arena *arena;
    nc_sv in;
    nc_markup markup;
    char *out; /* room for twice the input: nothing grows more */
    uint32_t len;
    NC_VEC(nc_styled_span) spans;
    uint32_t depth[EMPHASIS_BITS]; /* open tags of each kind */
    unsigned emphasis;
    bool blank;              /* blanks were read; one is written when a character follows */
    unsigned blank_emphasis; /* of the first of them */
    bool block_break;        /* a block ended: what follows starts a line */
    bool no_comment;         /* no `-->` is left in the text */
    bool failed;
} reader;

static void put_styled(reader *r, const char *bytes, size_t len, unsigned emphasis)
{
    memcpy(r->out + r->len, bytes, len);
    uint32_t start = r->len;
    r->len += (uint32_t)len;
    nc_styled_span *last = r->spans.len ? &r->spans.ptr[r->spans.len - 1] : NULL;
    if (last && last->emphasis == emphasis && !(emphasis & NC_EMPH_ICON)) { /* an icon is alone */
        last->end = r->len;
        return;
    }
    const nc_styled_span span = {start, r->len, emphasis};
    if (!NC_PUSH(r->arena, &r->spans, span))
        r->failed = true;
}

static void put_bytes(reader *r, const char *bytes, size_t len)
{
    put_styled(r, bytes, len, r->emphasis);
}

/* A line break; none at the start of the text. */
static void put_break(reader *r)
{
    r->blank = false;
    r->block_break = false;
    if (r->len > 0)
        put_bytes(r, "\n", 1);
}

/* Blanks and breaks that waited for a character. */
static void put_waiting(reader *r)
{
    bool starts_line = r->len == 0 || r->out[r->len - 1] == '\n';
    if (r->block_break && !starts_line)
        put_break(r);
    else if (r->blank && !starts_line)
        put_styled(r, " ", 1, r->blank_emphasis);
    r->blank = false;
    r->block_break = false;
}

static void put_code(reader *r, uint32_t code)
{
    if (code == ' ' || (code >= '\t' && code <= '\r')) {
        if (!r->blank)
            r->blank_emphasis = r->emphasis;
        r->blank = true;
        return;
    }
    if (code < ' ' || (code >= 0x7F && code <= 0x9F))
        return;                   /* control characters have no look */
    if (nc_is_noncharacter(code)) /* NC_UTF8_BAD is one by its value; cairo refuses them */
        code = 0xFFFD;
    char bytes[4];
    size_t len = nc_utf8_write(bytes, code);
    put_waiting(r);
    put_bytes(r, bytes, len);
}

static void switch_emphasis(reader *r, unsigned which, bool on)
{
    for (unsigned bit = 0; bit < EMPHASIS_BITS; bit++) {
        if (!(which & 1u << bit))
            continue;
        if (on)
            r->depth[bit]++;
        else if (r->depth[bit] > 0)
            r->depth[bit]--;
        if (r->depth[bit] > 0)
            r->emphasis |= 1u << bit;
        else
            r->emphasis &= ~(1u << bit);
    }
}

typedef enum tag_action { TAG_NOTHING, TAG_EMPHASIS, TAG_BREAK, TAG_BLOCK, TAG_VANISH } tag_action;

typedef struct tag_row {
    char name[12];
    tag_action action;
    unsigned emphasis;
} tag_row;

static const tag_row tags[] = {
    {"br", TAG_BREAK, 0},
    {"b", TAG_EMPHASIS, NC_EMPH_BOLD},
    {"strong", TAG_EMPHASIS, NC_EMPH_BOLD},
    {"i", TAG_EMPHASIS, NC_EMPH_ITALIC},
    {"em", TAG_EMPHASIS, NC_EMPH_ITALIC},
    {"cite", TAG_EMPHASIS, NC_EMPH_ITALIC},
    {"var", TAG_EMPHASIS, NC_EMPH_ITALIC},
    {"dfn", TAG_EMPHASIS, NC_EMPH_ITALIC},
    {"code", TAG_EMPHASIS, NC_EMPH_CODE},
    {"kbd", TAG_EMPHASIS, NC_EMPH_CODE},
    {"samp", TAG_EMPHASIS, NC_EMPH_CODE},
    {"tt", TAG_EMPHASIS, NC_EMPH_CODE},
    {"sub", TAG_EMPHASIS, NC_EMPH_SUB},
    {"sup", TAG_EMPHASIS, NC_EMPH_SUP},
    {"u", TAG_EMPHASIS, NC_EMPH_UNDERLINE},
    {"ins", TAG_EMPHASIS, NC_EMPH_UNDERLINE},
    {"s", TAG_EMPHASIS, NC_EMPH_STRIKE},
    {"del", TAG_EMPHASIS, NC_EMPH_STRIKE},
    {"strike", TAG_EMPHASIS, NC_EMPH_STRIKE},
    {"p", TAG_BLOCK, 0},
    {"div", TAG_BLOCK, 0},
    {"ul", TAG_BLOCK, 0},
    {"ol", TAG_BLOCK, 0},
    {"li", TAG_BLOCK, 0},
    {"tr", TAG_BLOCK, 0},
    {"table", TAG_BLOCK, 0},
    {"blockquote", TAG_BLOCK, 0},
    {"pre", TAG_BLOCK, 0},
    {"hr", TAG_BLOCK, 0},
    {"h1", TAG_BLOCK, 0},
    {"h2", TAG_BLOCK, 0},
    {"h3", TAG_BLOCK, 0},
    {"h4", TAG_BLOCK, 0},
    {"h5", TAG_BLOCK, 0},
    {"h6", TAG_BLOCK, 0},
    {"script", TAG_VANISH, 0},
    {"style", TAG_VANISH, 0},
};

typedef struct tag {
    nc_sv name;
    bool closing;
    size_t end; /* behind its `>` */
} tag;

/* Offset behind the `>` that ends a tag, or 0. Another `<` outside quotes ends the attempt. */
static size_t tag_end(nc_sv text, size_t at, bool quotes_count)
{
    char quote = 0;
    for (; at < text.len; at++) {
        char c = text.ptr[at];
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '>') {
            return at + 1;
        } else if (c == '<') {
            return 0;
        } else if (quotes_count && (c == '"' || c == '\'')) {
            quote = c;
        }
    }
    return 0;
}

/* `<name ...>` or `</name ...>`; `a < b` and `<-` are none. */
static bool read_tag(tag *out, nc_sv text, size_t at)
{
    size_t name = at + 1;
    out->closing = name < text.len && text.ptr[name] == '/';
    name += out->closing;
    if (name >= text.len || !nc_is_alpha(text.ptr[name]))
        return false;
    size_t stop = name;
    while (stop < text.len && (nc_is_word(text.ptr[stop]) || text.ptr[stop] == '-'))
        stop++;
    out->name = nc_sv_slice(text, name, stop);
    out->end = tag_end(text, stop, true);
    if (out->end == 0)
        out->end = tag_end(text, stop, false);
    return out->end != 0;
}

static const tag_row *find_tag(nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(tags); i++) {
        if (nc_sv_eq_nocase(name, nc_sv_cstr(tags[i].name)))
            return &tags[i];
    }
    return NULL;
}

/* Behind the end tag of a script or style element; the end of the text when it has none. */
static size_t skip_element(nc_sv text, nc_sv name, size_t at)
{
    for (at = nc_sv_find(text, NC_SV("</"), at); at != SIZE_MAX;
         at = nc_sv_find(text, NC_SV("</"), at + 2)) {
        if (!nc_sv_eq_nocase(nc_sv_slice(text, at + 2, at + 2 + name.len), name))
            continue;
        size_t end = nc_sv_find(text, NC_SV(">"), at);
        return end == SIZE_MAX ? text.len : end + 1;
    }
    return text.len;
}

/* Behind a tag or comment that starts at `at`, its meaning applied; `at` itself when none does. */
static size_t take_tag(reader *r, size_t at)
{
    if (nc_sv_starts(nc_sv_slice(r->in, at, r->in.len), NC_SV("<!--")) &&
        r->markup != NC_MARKUP_PLAIN && !r->no_comment) {
        size_t end = nc_sv_find(r->in, NC_SV("-->"), at + 4);
        if (end != SIZE_MAX)
            return end + 3;
        r->no_comment = true;
    }
    tag t;
    if (!read_tag(&t, r->in, at))
        return at;
    const tag_row *row = find_tag(t.name);
    tag_action action = row ? row->action : TAG_NOTHING;
    if (r->markup == NC_MARKUP_PLAIN && action != TAG_BREAK)
        return at;
    switch (action) {
    case TAG_NOTHING:
        break;
    case TAG_EMPHASIS:
        switch_emphasis(r, row->emphasis, !t.closing);
        break;
    case TAG_BREAK:
        put_break(r);
        break;
    case TAG_BLOCK:
        r->block_break = true;
        break;
    case TAG_VANISH:
        return t.closing ? t.end : skip_element(r->in, t.name, t.end);
    }
    return t.end;
}

/* The length of a Font Awesome code at `at`: `fa:fa-name`, `fab:fa-name`..., or 0. */
static size_t icon_length(nc_sv text, size_t at)
{
    nc_sv rest = nc_sv_slice(text, at, text.len);
    if (!nc_sv_starts(rest, NC_SV("fa")))
        return 0;
    size_t i = 2;
    if (i < rest.len && rest.ptr[i] && strchr("bklrs", rest.ptr[i]))
        i++;
    if (!nc_sv_starts(nc_sv_slice(rest, i, rest.len), NC_SV(":fa-")))
        return 0;
    size_t name = i + 4;
    size_t end = name;
    while (end < rest.len && (nc_is_word(rest.ptr[end]) || rest.ptr[end] == '-'))
        end++;
    return end > name ? end : 0;
}

static void put_icon(reader *r, size_t at, size_t len)
{
    put_waiting(r);
    switch_emphasis(r, NC_EMPH_ICON, true);
    put_bytes(r, r->in.ptr + at, len);
    switch_emphasis(r, NC_EMPH_ICON, false);
}

static bool is_ascii_punct(char c)
{
    return c > ' ' && c < 0x7F && !nc_is_alpha(c) && !nc_is_digit(c);
}

/* What a backslash and the byte after it mean; the offset behind them, or `at`. */
static size_t take_escape(reader *r, size_t at)
{
    if (at + 1 >= r->in.len)
        return at;
    char next = r->in.ptr[at + 1];
    if (r->markup == NC_MARKUP_HTML && next == 'n') {
        put_break(r);
        return at + 2;
    }
    if (r->markup == NC_MARKUP_MARKDOWN && is_ascii_punct(next)) {
        put_code(r, (unsigned char)next);
        return at + 2;
    }
    return at;
}

static size_t take_reference(reader *r, size_t at)
{
    uint32_t codes[2];
    size_t len = nc_reference_read(codes, nc_sv_slice(r->in, at, r->in.len));
    if (len == 0)
        return at;
    put_code(r, codes[0]);
    if (codes[1])
        put_code(r, codes[1]);
    return at + len;
}

/* One piece of the text; the offset behind it. */
static size_t take(reader *r, size_t at)
{
    size_t next = at;
    size_t icon = 0;
    switch (r->in.ptr[at]) {
    case '\n':
        put_break(r);
        return at + 1;
    case '<':
        next = take_tag(r, at);
        break;
    case '&':
        next = take_reference(r, at);
        break;
    case '\\':
        next = take_escape(r, at);
        break;
    case 'f':
        icon = r->markup == NC_MARKUP_PLAIN ? 0 : icon_length(r->in, at);
        if (icon > 0)
            put_icon(r, at, icon);
        next = at + icon;
        break;
    default:
        break;
    }
    if (next != at)
        return next;
    uint32_t code = nc_utf8_next(r->in, &at);
    put_code(r, code);
    return at;
}

/* Bytes of tags, escapes and icons are no Markdown delimiters. */
static const bool *mark_skipped(nc_arena *a, nc_sv text)
{
    bool *skip = NC_NEW(a, bool, text.len + 1);
    if (!skip)
        return NULL;
    for (size_t at = 0; at < text.len;) {
        tag t;
        size_t len = 1;
        if (text.ptr[at] == '<' && read_tag(&t, text, at))
            len = t.end - at;
        else if (text.ptr[at] == '\\' && at + 1 < text.len)
            len = 2;
        else if (text.ptr[at] == 'f' && icon_length(text, at) > 0)
            len = icon_length(text, at);
        if (len > 1)
            memset(skip + at, 1, len);
        at += len;
    }
    return skip;
}

static bool find_marks(nc_emph_marks *marks, nc_arena *a, const nc_label *label)
{
    if (label->markup != NC_MARKUP_MARKDOWN)
        return true;
    const bool *skip = mark_skipped(a, label->text);
    return skip && nc_emphasis_find(marks, a, label->text, skip);
}

static void finish(nc_styled *out, reader *r)
{
    while (r->len > 0 && r->out[r->len - 1] == '\n')
        r->len--;
    while (r->spans.len > 0 && r->spans.ptr[r->spans.len - 1].start >= r->len)
        r->spans.len--;
    if (r->spans.len > 0)
        r->spans.ptr[r->spans.len - 1].end = r->len;
    *out = (nc_styled){{r->out, r->len}, r->spans.ptr, r->spans.len};
}

bool nc_markup_read(nc_styled *out, nc_arena *a, const nc_label *label)
{
    *out = (nc_styled){0};
    nc_emph_marks marks = {0};
    reader r = {.arena = a, .in = label->text, .markup = label->markup};
    r.out = NC_NEW(a, char, 2 * label->text.len + 16);
    if (!r.out || !find_marks(&marks, a, label))
        return false;
    uint32_t next_mark = 0;
    for (size_t at = 0; at < r.in.len && !r.failed;) {
        /* A mark inside something that vanished is behind us. */
        while (next_mark < marks.len && marks.ptr[next_mark].at < at)
            next_mark++;
        if (next_mark < marks.len && marks.ptr[next_mark].at == at) {
            const nc_emph_mark *mark = &marks.ptr[next_mark++];
            switch_emphasis(&r, mark->len == 2 ? NC_EMPH_BOLD : NC_EMPH_ITALIC, mark->opens);
            at += mark->len;
            continue;
        }
        at = take(&r, at);
    }
    finish(out, &r);
    return !r.failed;
}
