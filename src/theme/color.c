#include "theme/number.h"
#include "theme/theme.h"

#include <math.h>

/* Names inline rather than pointed to: pointers would be relocated at every start. */
typedef struct color_name {
    char name[24];
    uint32_t rgb;
} color_name;

#define NC_COLOR_NAME(name, rgb) {#name, rgb},
static const color_name names[] = {
#include "theme/colors.def"
};
#undef NC_COLOR_NAME

static nc_rgba from_rgb(uint32_t rgb)
{
    return (nc_rgba){(uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb, 255};
}

static bool parse_name(nc_rgba *out, nc_sv text)
{
    char lower[sizeof names[0].name];
    if (text.len >= sizeof lower)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    const nc_sv word = {lower, text.len};
    if (nc_sv_eq(word, NC_SV("transparent"))) {
        *out = (nc_rgba){0};
        return true;
    }
    size_t low = 0;
    size_t high = NC_COUNT(names);
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = nc_sv_cmp(word, nc_sv_cstr(names[mid].name));
        if (order == 0) {
            *out = from_rgb(names[mid].rgb);
            return true;
        }
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return false;
}

static int hex_digit(char c)
{
    if (nc_is_digit(c))
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The digits of #rgb, #rgba, #rrggbb or #rrggbbaa. */
static bool parse_hex(nc_rgba *out, nc_sv digits)
{
    bool is_short = digits.len == 3 || digits.len == 4;
    if (!is_short && digits.len != 6 && digits.len != 8)
        return false;
    uint8_t channel[4] = {0, 0, 0, 255};
    size_t step = is_short ? 1 : 2;
    for (size_t i = 0; i < digits.len / step; i++) {
        int high = hex_digit(digits.ptr[i * step]);
        int low = hex_digit(digits.ptr[i * step + step - 1]);
        if (high < 0 || low < 0)
            return false;
        channel[i] = (uint8_t)(high * 16 + low);
    }
    *out = (nc_rgba){channel[0], channel[1], channel[2], channel[3]};
    return true;
}

/* The arguments of a colour function, in both CSS spellings: `1, 2, 3, .5` and `1 2 3 / 50%`. */
typedef struct argument {
    double value;
    bool percent;
} argument;

static bool read_arguments(argument args[4], uint32_t *len, nc_sv text)
{
    size_t at = 0;
    for (*len = 0;;) {
        while (at < text.len && nc_is_space(text.ptr[at]))
            at++;
        if (at == text.len)
            return *len >= 3;
        char c = text.ptr[at];
        if (*len > 0 && (c == ',' || c == '/')) {
            at++;
            while (at < text.len && nc_is_space(text.ptr[at]))
                at++;
        }
        if (*len == 4 || !nc_number_read(&args[*len].value, text, &at))
            return false;
        args[*len].percent = at < text.len && text.ptr[at] == '%';
        at += args[*len].percent;
        if (nc_sv_starts(nc_sv_slice(text, at, text.len), NC_SV("deg")))
            at += 3;
        ++*len;
    }
}

static double clamp(double v, double low, double high)
{
    return v < low ? low : v > high ? high : v;
}

static uint8_t to_byte(double v)
{
    return (uint8_t)floor(clamp(v, 0, 255) + 0.5);
}

static double fraction(argument a)
{
    return clamp(a.percent ? a.value / 100 : a.value, 0, 1);
}

/* A channel of an HSL colour, 0 to 1. Source: CSS Color 4, section 7.1. */
static double hsl_channel(double n, double hue, double s, double l)
{
    double k = fmod(n + hue / 30, 12);
    double a = s * (l < 1 - l ? l : 1 - l);
    double reach = k - 3 < 9 - k ? k - 3 : 9 - k;
    return l - a * clamp(reach, -1, 1);
}

static bool parse_function(nc_rgba *out, nc_sv name, nc_sv inside)
{
    argument args[4] = {{0}};
    uint32_t len;
    bool is_rgb = nc_sv_eq_nocase(name, NC_SV("rgb")) || nc_sv_eq_nocase(name, NC_SV("rgba"));
    bool is_hsl = nc_sv_eq_nocase(name, NC_SV("hsl")) || nc_sv_eq_nocase(name, NC_SV("hsla"));
    if (!(is_rgb || is_hsl) || !read_arguments(args, &len, inside))
        return false;
    uint8_t alpha = len == 4 ? to_byte(fraction(args[3]) * 255) : 255;
    if (is_rgb) {
        uint8_t channel[3];
        for (int i = 0; i < 3; i++)
            channel[i] = to_byte(args[i].percent ? args[i].value * 2.55 : args[i].value);
        *out = (nc_rgba){channel[0], channel[1], channel[2], alpha};
        return true;
    }
    double hue = fmod(args[0].value, 360);
    hue = hue < 0 ? hue + 360 : hue;
    double s = clamp(args[1].value / 100, 0, 1);
    double l = clamp(args[2].value / 100, 0, 1);
    *out = (nc_rgba){to_byte(hsl_channel(0, hue, s, l) * 255),
                     to_byte(hsl_channel(8, hue, s, l) * 255),
                     to_byte(hsl_channel(4, hue, s, l) * 255), alpha};
    return true;
}

bool nc_color_parse(nc_rgba *out, nc_sv text)
{
    text = nc_sv_trim(text);
    if (text.len == 0)
        return false;
    if (text.ptr[0] == '#')
        return parse_hex(out, nc_sv_slice(text, 1, text.len));
    size_t open = nc_sv_find(text, NC_SV("("), 0);
    if (open == SIZE_MAX)
        return parse_name(out, text);
    if (!nc_sv_ends(text, NC_SV(")")))
        return false;
    return parse_function(out, nc_sv_trim(nc_sv_slice(text, 0, open)),
                          nc_sv_slice(text, open + 1, text.len - 1));
}

nc_sv nc_color_nearest(nc_sv text)
{
    nc_sv list[NC_COUNT(names)];
    for (size_t i = 0; i < NC_COUNT(names); i++)
        list[i] = nc_sv_cstr(names[i].name);
    return nc_nearest(nc_sv_trim(text), list, NC_COUNT(list));
}

/* Source: WCAG 2.2, definitions of relative luminance and contrast ratio. */
static double linear(uint8_t channel)
{
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(nc_rgba c)
{
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

double nc_color_contrast(nc_rgba a, nc_rgba b)
{
    double one = luminance(a) + 0.05;
    double other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

bool nc_color_is_dark(nc_rgba color)
{
    return luminance(color) < 0.5;
}
