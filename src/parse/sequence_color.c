#include "parse/sequence_color.h"

/* Sorted, for the search by halves. */
/* clang-format off */
static const char *const names[] = {
    "accentcolor", "accentcolortext", "activeborder", "activecaption", "activetext", "aliceblue",
    "antiquewhite", "appworkspace", "aqua", "aquamarine", "azure", "background", "beige", "bisque",
    "black", "blanchedalmond", "blue", "blueviolet", "brown", "burlywood", "buttonborder",
    "buttonface", "buttonhighlight", "buttonshadow", "buttontext", "cadetblue", "canvas",
    "canvastext", "captiontext", "chartreuse", "chocolate", "coral", "cornflowerblue", "cornsilk",
    "crimson", "currentcolor", "cyan", "darkblue", "darkcyan", "darkgoldenrod", "darkgray",
    "darkgreen", "darkgrey", "darkkhaki", "darkmagenta", "darkolivegreen", "darkorange",
    "darkorchid", "darkred", "darksalmon", "darkseagreen", "darkslateblue", "darkslategray",
    "darkslategrey", "darkturquoise", "darkviolet", "deeppink", "deepskyblue", "dimgray", "dimgrey",
    "dodgerblue", "field", "fieldtext", "firebrick", "floralwhite", "forestgreen", "fuchsia",
    "gainsboro", "ghostwhite", "gold", "goldenrod", "gray", "graytext", "green", "greenyellow",
    "grey", "highlight", "highlighttext", "honeydew", "hotpink", "inactiveborder",
    "inactivecaption", "inactivecaptiontext", "indianred", "indigo", "infobackground", "infotext",
    "inherit", "initial", "ivory", "khaki", "lavender", "lavenderblush", "lawngreen",
    "lemonchiffon", "lightblue", "lightcoral", "lightcyan", "lightgoldenrodyellow", "lightgray",
    "lightgreen", "lightgrey", "lightpink", "lightsalmon", "lightseagreen", "lightskyblue",
    "lightslategray", "lightslategrey", "lightsteelblue", "lightyellow", "lime", "limegreen",
    "linen", "linktext", "magenta", "mark", "marktext", "maroon", "mediumaquamarine", "mediumblue",
    "mediumorchid", "mediumpurple", "mediumseagreen", "mediumslateblue", "mediumspringgreen",
    "mediumturquoise", "mediumvioletred", "menu", "menutext", "midnightblue", "mintcream",
    "mistyrose", "moccasin", "navajowhite", "navy", "oldlace", "olive", "olivedrab", "orange",
    "orangered", "orchid", "palegoldenrod", "palegreen", "paleturquoise", "palevioletred",
    "papayawhip", "peachpuff", "peru", "pink", "plum", "powderblue", "purple", "rebeccapurple",
    "red", "revert", "rosybrown", "royalblue", "saddlebrown", "salmon", "sandybrown", "scrollbar",
    "seagreen", "seashell", "selecteditem", "selecteditemtext", "sienna", "silver", "skyblue",
    "slateblue", "slategray", "slategrey", "snow", "springgreen", "steelblue", "tan", "teal",
    "thistle", "threeddarkshadow", "threedface", "threedhighlight", "threedlightshadow",
    "threedshadow", "tomato", "transparent", "turquoise", "unset", "violet", "visitedtext", "wheat",
    "white", "whitesmoke", "window", "windowframe", "windowtext", "yellow", "yellowgreen"
};
/* clang-format on */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Like strcmp, of a text in any case and a name. */
static int compare_name(nc_sv text, const char *name)
{
    for (size_t i = 0; i < text.len; i++)
        if (lower(text.ptr[i]) != name[i] || name[i] == '\0')
            return (unsigned char)lower(text.ptr[i]) < (unsigned char)name[i] ? -1 : 1;
    return name[text.len] == '\0' ? 0 : -1;
}

static bool is_name(nc_sv text)
{
    size_t from = 0;
    size_t to = NC_COUNT(names);
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = compare_name(text, names[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return false;
}

typedef enum part_kind { PART_NONE, PART_NUMBER, PART_PERCENT, PART_ANGLE, PART_KEYWORD } part_kind;

typedef struct reader {
    nc_sv text;
    size_t at;
} reader;

static char peek(const reader *r)
{
    return r->at < r->text.len ? r->text.ptr[r->at] : '\0';
}

static void skip_blanks(reader *r)
{
    while (nc_is_space(peek(r)))
        r->at++;
}

static bool skip_digits(reader *r)
{
    size_t from = r->at;
    while (nc_is_digit(peek(r)))
        r->at++;
    return r->at > from;
}

/* [+-]? digits, a fraction with digits on its right, an exponent. */
static bool read_number(reader *r)
{
    size_t from = r->at;
    if (peek(r) == '+' || peek(r) == '-')
        r->at++;
    bool any = skip_digits(r);
    if (peek(r) == '.') {
        r->at++;
        if (!skip_digits(r)) {
            r->at = from;
            return false;
        }
        any = true;
    }
    size_t mark = r->at;
    if (any && lower(peek(r)) == 'e') {
        r->at++;
        if (peek(r) == '+' || peek(r) == '-')
            r->at++;
        if (!skip_digits(r))
            r->at = mark;
    }
    if (!any)
        r->at = from;
    return any;
}

/* `calc(…)` and its like stand for a number: taken on trust up to their closing bracket. */
static part_kind read_word(reader *r)
{
    size_t from = r->at;
    while (nc_is_word(peek(r)) || peek(r) == '-')
        r->at++;
    nc_sv word = nc_sv_slice(r->text, from, r->at);
    if (peek(r) != '(')
        return nc_sv_eq_nocase(word, NC_SV("none")) ? PART_KEYWORD : PART_NONE;
    size_t depth = 0;
    do {
        depth += peek(r) == '(';
        depth -= peek(r) == ')';
        r->at++;
    } while (depth > 0 && r->at < r->text.len);
    return depth == 0 && word.len > 0 ? PART_NUMBER : PART_NONE;
}

static part_kind read_part(reader *r)
{
    static const nc_sv units[] = {NC_SV_INIT("deg"), NC_SV_INIT("grad"), NC_SV_INIT("rad"),
                                  NC_SV_INIT("turn")};
    skip_blanks(r);
    if (!read_number(r))
        return read_word(r);
    if (peek(r) == '%') {
        r->at++;
        return PART_PERCENT;
    }
    size_t from = r->at;
    while (nc_is_alpha(peek(r)))
        r->at++;
    nc_sv unit = nc_sv_slice(r->text, from, r->at);
    if (unit.len == 0)
        return PART_NUMBER;
    for (size_t i = 0; i < NC_COUNT(units); i++)
        if (nc_sv_eq_nocase(unit, units[i]))
            return PART_ANGLE;
    return PART_NONE;
}

/* The three components, of one kind with commas between them. */
static bool fits(const part_kind parts[3], bool is_hsl, bool commas)
{
    for (size_t i = 0; i < 3; i++) {
        bool angle_place = is_hsl && i == 0;
        if (parts[i] == PART_NONE || (parts[i] == PART_ANGLE && !angle_place) ||
            (parts[i] == PART_PERCENT && angle_place) || (parts[i] == PART_KEYWORD && commas))
            return false;
    }
    if (!commas)
        return true;
    return is_hsl ? parts[1] == PART_PERCENT && parts[2] == PART_PERCENT
                  : parts[0] == parts[1] && parts[1] == parts[2];
}

static bool read_alpha(reader *r, bool commas)
{
    skip_blanks(r);
    if (peek(r) == ')')
        return true;
    if (peek(r) != (commas ? ',' : '/'))
        return false;
    r->at++;
    part_kind alpha = read_part(r);
    return alpha == PART_NUMBER || alpha == PART_PERCENT || (alpha == PART_KEYWORD && !commas);
}

static bool is_function(nc_sv text)
{
    static const nc_sv functions[] = {NC_SV_INIT("rgb("), NC_SV_INIT("rgba("), NC_SV_INIT("hsl("),
                                      NC_SV_INIT("hsla(")};
    size_t f = 0;
    while (f < NC_COUNT(functions) &&
           !nc_sv_eq_nocase(nc_sv_slice(text, 0, functions[f].len), functions[f]))
        f++;
    if (f == NC_COUNT(functions))
        return false;
    reader r = {text, functions[f].len};
    part_kind parts[3];
    bool commas = false;
    for (size_t i = 0; i < 3; i++) {
        parts[i] = read_part(&r);
        skip_blanks(&r);
        bool comma = peek(&r) == ',';
        if (i == 0)
            commas = comma;
        else if (i == 1 && comma != commas)
            return false;
        if (i < 2 && comma)
            r.at++;
    }
    if (!fits(parts, f >= 2, commas) || !read_alpha(&r, commas))
        return false;
    skip_blanks(&r);
    return peek(&r) == ')' && r.at + 1 == text.len;
}

bool nc_seq_is_color(nc_sv text)
{
    return is_name(text) || is_function(text);
}

size_t nc_seq_hex_color(nc_sv text)
{
    size_t len = 1;
    while (len < text.len && nc_is_word(text.ptr[len]))
        len++;
    if (text.len == 0 || text.ptr[0] != '#' || (len != 4 && len != 5 && len != 7 && len != 9))
        return 0;
    for (size_t i = 1; i < len; i++) {
        char c = lower(text.ptr[i]);
        if (!nc_is_digit(c) && (c < 'a' || c > 'f'))
            return 0;
    }
    return len;
}
