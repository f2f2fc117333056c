#include "theme/mix.h"

#include <math.h>

static double clamp(double v, double low, double high)
{
    return v < low ? low : v > high ? high : v;
}

nc_mix nc_mix_from(nc_rgba c)
{
    return (nc_mix){c.r, c.g, c.b, c.a / 255.0};
}

static uint8_t round_channel(double v)
{
    return (uint8_t)floor(clamp(v, 0, 255) + 0.5 + 1e-9);
}

nc_rgba nc_mix_round(nc_mix m)
{
    return (nc_rgba){round_channel(m.r), round_channel(m.g), round_channel(m.b),
                     round_channel(m.a * 255)};
}

/* Hue in degrees, the others from 0 to 1. Source: CSS Color 4, section 7.2. */
typedef struct hsl {
    double h, s, l;
} hsl;

static hsl to_hsl(nc_mix m)
{
    double r = m.r / 255;
    double g = m.g / 255;
    double b = m.b / 255;
    double high = fmax(r, fmax(g, b));
    double low = fmin(r, fmin(g, b));
    double span = high - low;
    hsl c = {0, 0, (high + low) / 2};
    if (span <= 0)
        return c;
    c.s = c.l > 0.5 ? span / (2 - high - low) : span / (high + low);
    if (r >= g && r >= b)
        c.h = (g - b) / span + (g < b ? 6 : 0);
    else if (g >= b)
        c.h = (b - r) / span + 2;
    else
        c.h = (r - g) / span + 4;
    c.h *= 60;
    return c;
}

/* Source: CSS Color 4, section 7.1. */
static double channel(double n, hsl c)
{
    double k = fmod(n + c.h / 30, 12);
    double a = c.s * fmin(c.l, 1 - c.l);
    return 255 * (c.l - a * clamp(fmin(k - 3, 9 - k), -1, 1));
}

nc_mix nc_mix_adjust(nc_mix m, double hue, double saturation, double lightness)
{
    hsl c = to_hsl(m);
    c.h = fmod(c.h + hue, 360);
    c.h = c.h < 0 ? c.h + 360 : c.h;
    c.s = clamp(c.s + saturation / 100, 0, 1);
    c.l = clamp(c.l + lightness / 100, 0, 1);
    return (nc_mix){channel(0, c), channel(8, c), channel(4, c), m.a};
}

nc_mix nc_mix_invert(nc_mix m)
{
    return (nc_mix){255 - m.r, 255 - m.g, 255 - m.b, m.a};
}

nc_rgba nc_color_over(nc_rgba c, nc_rgba ground)
{
    double a = c.a / 255.0;
    return nc_mix_round((nc_mix){c.r * a + ground.r * (1 - a), c.g * a + ground.g * (1 - a),
                                 c.b * a + ground.b * (1 - a), 1});
}
