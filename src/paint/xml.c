#include "paint/xml.h"

void nc_xml_text(nc_buf *out, nc_sv text)
{
    size_t from = 0; /* of the piece that needs no escape */
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        nc_sv escape = {0};
        if (c == '<')
            escape = NC_SV("&lt;");
        else if (c == '>')
            escape = NC_SV("&gt;");
        else if (c == '&')
            escape = NC_SV("&amp;");
        else if (c == '"')
            escape = NC_SV("&quot;");
        else if (c == '\n')
            escape = NC_SV("&#10;"); /* a bare one would be read as a blank in an attribute */
        else if (c < 0x20 && c != '\t')
            escape = NC_SV("\xef\xbf\xbd");
        else if (c == 0xef && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0xbf &&
                 (unsigned char)text.ptr[i + 2] >= 0xbe)
            escape = NC_SV("\xef\xbf\xbd"); /* U+FFFE and U+FFFF are no XML characters */
        else
            continue;
        nc_buf_put(out, nc_sv_slice(text, from, i));
        nc_buf_put(out, escape);
        if (c == 0xef)
            i += 2;
        from = i + 1;
    }
    nc_buf_put(out, nc_sv_slice(text, from, text.len));
}

void nc_xml_attr(nc_buf *out, const char *name, nc_sv value)
{
    if (value.len == 0)
        return;
    nc_buf_char(out, ' ');
    nc_buf_put(out, nc_sv_cstr(name));
    NC_BUF_LIT(out, "=\"");
    nc_xml_text(out, value);
    nc_buf_char(out, '"');
}

void nc_xml_number(nc_buf *out, const char *name, double value)
{
    nc_buf_char(out, ' ');
    nc_buf_put(out, nc_sv_cstr(name));
    NC_BUF_LIT(out, "=\"");
    nc_buf_num(out, value);
    nc_buf_char(out, '"');
}

static size_t put_hex(char *out, size_t len, unsigned char byte, bool shortened)
{
    static const char digits[] = "0123456789abcdef";
    out[len++] = digits[byte >> 4]; /* both digits are the same when shortened */
    if (!shortened)
        out[len++] = digits[byte & 15];
    return len;
}

void nc_xml_color(nc_buf *out, const char *name, nc_rgba c)
{
    bool shortened = c.r % 17 == 0 && c.g % 17 == 0 && c.b % 17 == 0;
    char text[8] = "#";
    size_t len = put_hex(text, 1, c.r, shortened);
    len = put_hex(text, len, c.g, shortened);
    len = put_hex(text, len, c.b, shortened);
    nc_xml_attr(out, name, (nc_sv){text, len});
    if (c.a == 255)
        return;
    nc_buf_fmt(out, " %s-opacity=\"", name);
    nc_buf_num(out, c.a / 255.0);
    nc_buf_char(out, '"');
}

void nc_base64(nc_buf *out, nc_sv bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.len; i += 3) {
        uint32_t group = 0;
        size_t left = bytes.len - i;
        for (size_t k = 0; k < 3; k++)
            group = group << 8 | (k < left ? (unsigned char)bytes.ptr[i + k] : 0u);
        char quad[4];
        for (size_t k = 0; k < 4; k++)
            quad[k] = k > left ? '=' : digits[group >> (18 - 6 * k) & 63];
        nc_buf_put(out, (nc_sv){quad, 4});
    }
}

/* Whether XML can hold every character, a carriage return (as a reference) among them. */
static bool is_xml(nc_sv text)
{
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            return false;
        if (c == 0xef && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0xbf &&
            (unsigned char)text.ptr[i + 2] >= 0xbe)
            return false;
    }
    return true;
}

static void put_readable(nc_buf *out, nc_sv text)
{
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];
        if (c == '\r')
            NC_BUF_LIT(out, "&#13;");
        else if (c == '\n' || c == '"') /* as they are: people read this */
            nc_buf_char(out, c);
        else
            nc_xml_text(out, nc_sv_from(&text.ptr[i], 1));
    }
}

void nc_xml_source(nc_buf *out, nc_sv source)
{
    if (source.len == 0)
        return;
    const bool readable = is_xml(source);
    nc_buf_fmt(out, "<metadata class=\"nacre-source\"%s>",
               readable ? "" : " data-encoding=\"base64\"");
    if (readable)
        put_readable(out, source);
    else
        nc_base64(out, source);
    NC_BUF_LIT(out, "</metadata>\n");
}
