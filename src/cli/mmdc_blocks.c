#include "cli/mmdc_blocks.h"

#include <string.h>

enum { MARKS = 3 };

/* Length of the character at `at` when it is a blank of ECMAScript other than LF; else 0. */
static size_t blank_at(const char *text, size_t len, size_t at)
{
    /* U+00A0, U+1680, U+2028, U+2029, U+202F, U+205F, U+3000, U+FEFF; U+2000 to U+200A below */
    static const char *const wide[] = {"\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\xA8",
                                       "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F",
                                       "\xE3\x80\x80", "\xEF\xBB\xBF"};

    if (at >= len)
        return 0;
    if (strchr(" \t\v\f\r", text[at]) && text[at])
        return 1;
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
        const size_t size = strlen(wide[i]);
        if (len - at >= size && memcmp(text + at, wide[i], size) == 0)
            return size;
    }
    return len - at >= 3 && memcmp(text + at, "\xE2\x80", 2) == 0 &&
                   (unsigned char)text[at + 2] >= 0x80 && (unsigned char)text[at + 2] <= 0x8A
               ? 3
               : 0;
}

static size_t skip_blanks(const char *text, size_t len, size_t at)
{
    size_t blank;

    while ((blank = blank_at(text, len, at)) > 0)
        at += blank;
    return at;
}

/* LF, CR, U+2028, U+2029: its length, or 0. */
static size_t line_end_at(const char *text, size_t len, size_t at)
{
    if (at >= len)
        return 0;
    if (text[at] == '\n' || text[at] == '\r')
        return 1;
    return len - at >= 3 && memcmp(text + at, "\xE2\x80", 2) == 0 &&
                   (text[at + 2] == '\xA8' || text[at + 2] == '\xA9')
               ? 3
               : 0;
}

static bool has_marks(const char *text, size_t len, size_t at)
{
    for (size_t i = 0; i < MARKS; i++) {
        if (at + i >= len || (text[at + i] != '`' && text[at + i] != ':'))
            return false;
    }
    return true;
}

/* Where the text of a block begins whose line starts at `at`; 0: there is none. */
static size_t opening_at(const char *text, size_t len, size_t at)
{
    static const char word[] = "mermaid";
    const size_t word_len = sizeof(word) - 1;

    at = skip_blanks(text, len, at);
    if (!has_marks(text, len, at) || len - at < MARKS + word_len ||
        memcmp(text + at + MARKS, word, word_len) != 0)
        return 0;
    at = skip_blanks(text, len, at + MARKS + word_len);
    return at < len && text[at] == '\n' ? at + 1 : 0;
}

/* The last place behind blanks at which a line ends; `at` - 1 when there is none. */
static size_t line_end_behind(const char *text, size_t len, size_t at)
{
    size_t end = at - 1;

    for (;;) {
        const size_t blank = blank_at(text, len, at);
        if (at == len || line_end_at(text, len, at) > 0)
            end = at;
        if (blank == 0)
            return end;
        at += blank;
    }
}

static bool find_closing(nc_mmdc_block *out, const char *text, size_t len)
{
    for (size_t at = out->text_start; at + MARKS <= len; at++) {
        if (!has_marks(text, len, at))
            continue;
        out->end = line_end_behind(text, len, at + MARKS);
        if (out->end >= at + MARKS) {
            out->text_end = at;
            return true;
        }
    }
    return false;
}

/* The start of the line behind the one that `at` is in. */
static size_t next_line(const char *text, size_t len, size_t at)
{
    while (at < len && line_end_at(text, len, at) == 0)
        at++;
    return at + line_end_at(text, len, at);
}

static bool begins_line(const char *text, size_t len, size_t at)
{
    return at == 0 || line_end_at(text, len, at - 1) == 1 ||
           (at >= 3 && line_end_at(text, len, at - 3) == 3);
}

bool nc_mmdc_block_next(nc_mmdc_block *out, const char *text, size_t len, size_t from)
{
    size_t at = begins_line(text, len, from) ? from : next_line(text, len, from);

    while (at < len) {
        out->start = at;
        out->text_start = opening_at(text, len, at);
        if (out->text_start > 0) /* what nothing closes, nothing closes further down either */
            return find_closing(out, text, len);
        /* lines that begin among the blanks begin like this one */
        at = next_line(text, len, skip_blanks(text, len, at));
    }
    return false;
}
