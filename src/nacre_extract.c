/* The source that a picture carries: out of SVG metadata, or out of a PNG's text. */
#include "nacre_internal.h"

/* What is wrong with a picture, in a line. */
static const char *const no_picture = "is neither an SVG nor a PNG";
static const char *const not_ours = "is no picture of nacre's";
static const char *const without_source = "carries no source: '--embed-source' was not given";
static const char *const damaged = "carries a source that is damaged";

/* ---- SVG ------------------------------------------------------------------------------------ */

/* A character reference at text[*at], which is `&`; moves behind it. False for others than nacre's. */
static bool put_reference(nc_buf *out, nc_sv text, size_t *at)
{
    static const struct {
        nc_sv reference;
        char character;
    } rows[] = {{NC_SV_INIT("&lt;"), '<'},    {NC_SV_INIT("&gt;"), '>'},
                {NC_SV_INIT("&amp;"), '&'},   {NC_SV_INIT("&quot;"), '"'},
                {NC_SV_INIT("&apos;"), '\''}, {NC_SV_INIT("&#13;"), '\r'},
                {NC_SV_INIT("&#xd;"), '\r'},  {NC_SV_INIT("&#10;"), '\n'}};
    const nc_sv rest = nc_sv_slice(text, *at, text.len);
    for (size_t i = 0; i < NC_COUNT(rows); i++) {
        if (!nc_sv_starts(rest, rows[i].reference))
            continue;
        nc_buf_char(out, rows[i].character);
        *at += rows[i].reference.len;
        return true;
    }
    return false;
}

static bool put_text(nc_buf *out, nc_sv text)
{
    for (size_t i = 0; i < text.len;) {
        if (text.ptr[i] == '&') {
            if (!put_reference(out, text, &i))
                return false;
        } else {
            nc_buf_char(out, text.ptr[i++]);
        }
    }
    return true;
}

/* 0 to 63, or -1 for what is no digit of base64. */
static int digit_of(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *const at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

static bool put_base64(nc_buf *out, nc_sv text)
{
    uint32_t bits = 0;
    uint32_t len = 0; /* digits so far */
    uint32_t padding = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];
        const int digit = digit_of(c);
        padding += c == '=';
        if (c == '=' || nc_is_space(c))
            continue;
        if (digit < 0 || padding)
            return false;
        bits = bits << 6 | (uint32_t)digit;
        len++;
        if (len % 4 != 1)
            nc_buf_char(out, (char)(bits >> (6 - 2 * ((len + 3) % 4)) & 0xff));
    }
    return padding < 3 && (len + padding) % 4 == 0;
}

static const char *from_svg(nc_buf *out, nc_sv svg)
{
    const nc_sv opener = NC_SV("<metadata class=\"nacre-source\"");
    const size_t root = nc_sv_find(svg, NC_SV("<svg"), 0);
    if (root == SIZE_MAX)
        return no_picture;
    const size_t root_end = nc_sv_find(svg, NC_SV(">"), root);
    if (root_end == SIZE_MAX || nc_sv_find(svg, NC_SV("data-nacre=\""), root) > root_end)
        return not_ours;
    const size_t open = nc_sv_find(svg, opener, root_end);
    if (open == SIZE_MAX)
        return without_source;
    const size_t from = nc_sv_find(svg, NC_SV(">"), open);
    const size_t end = nc_sv_find(svg, NC_SV("</metadata>"), open);
    if (from == SIZE_MAX || end == SIZE_MAX || from > end)
        return damaged;
    const nc_sv attributes = nc_sv_slice(svg, open + opener.len, from);
    const nc_sv text = nc_sv_slice(svg, from + 1, end);
    const bool base64 = nc_sv_find(attributes, NC_SV("\"base64\""), 0) != SIZE_MAX;
    return (base64 ? put_base64(out, text) : put_text(out, text)) ? NULL : damaged;
}

/* ---- PNG ------------------------------------------------------------------------------------ */

static const nc_sv png_start = NC_SV_INIT("\x89PNG\r\n\x1a\n");

static uint32_t read_number(nc_sv bytes, size_t at)
{
    const unsigned char *const p = (const unsigned char *)bytes.ptr + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Source: PNG specification, third edition, annex D. */
static uint32_t crc_of(nc_sv bytes)
{
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < bytes.len; i++) {
        crc ^= (unsigned char)bytes.ptr[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return ~crc;
}

/* The text of an iTXt chunk behind its keyword: flags, language and its word, then what is meant. */
static const char *put_international(nc_buf *out, nc_sv rest)
{
    if (rest.len < 4 || rest.ptr[0] != '\0')
        return damaged; /* compressed: nacre's are not */
    size_t at = 2;
    for (int words = 0; words < 2; words++) {
        while (at < rest.len && rest.ptr[at])
            at++;
        at++;
    }
    if (at > rest.len)
        return damaged;
    nc_buf_put(out, nc_sv_slice(rest, at, rest.len));
    return NULL;
}

static const char *from_png(nc_buf *out, nc_sv png)
{
    const nc_sv mark = NC_SV("nacre\0");
    const nc_sv keyword = NC_SV("nacre-source\0");
    bool ours = false;
    for (size_t at = png_start.len; at < png.len;) {
        if (png.len - at < 12 || read_number(png, at) > png.len - at - 12)
            return damaged;
        const size_t len = read_number(png, at);
        const nc_sv type = nc_sv_slice(png, at + 4, at + 8);
        const nc_sv data = nc_sv_slice(png, at + 8, at + 8 + len);
        ours = ours || (nc_sv_eq(type, NC_SV("tEXt")) && nc_sv_starts(data, mark));
        if (nc_sv_eq(type, NC_SV("iTXt")) && nc_sv_starts(data, keyword)) {
            if (crc_of(nc_sv_slice(png, at + 4, at + 8 + len)) != read_number(png, at + 8 + len))
                return damaged;
            return put_international(out, nc_sv_slice(data, keyword.len, data.len));
        }
        at += 12 + len;
    }
    return ours ? without_source : not_ours;
}

nacre_status nacre_extract_source(nacre_context *context, const char *picture, size_t len,
                                  nacre_sink sink, void *payload, const char **why)
{
    const nc_alloc alloc = nc_context_alloc(context);
    const nc_sv bytes = nc_sv_from(picture, len);
    nc_buf source;
    nc_buf_init(&source, &alloc, 0);
    const char *const fault =
        nc_sv_starts(bytes, png_start) ? from_png(&source, bytes) : from_svg(&source, bytes);
    if (why)
        *why = fault;
    return nc_give(&source, fault ? NACRE_ERR_USAGE : NACRE_OK, sink, payload);
}
