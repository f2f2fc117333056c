#include "theme/number.h"

/* Digits from *at on, as a value and their count; beyond 18 they only scale. */
static double read_digits(nc_sv text, size_t *at, uint32_t *count)
{
    double value = 0;
    for (*count = 0; *at < text.len && nc_is_digit(text.ptr[*at]); ++*at, ++*count)
        value = value * 10 + (text.ptr[*at] - '0');
    return value;
}

static double power_of_ten(uint32_t n)
{
    double p = 1;
    for (uint32_t i = 0; i < n && i < 308; i++)
        p *= 10;
    return p;
}

/* `e5`, `E-5` at *at; an `e` without digits (`1em`) is none and stays. */
static double read_exponent(nc_sv text, size_t *at)
{
    size_t i = *at;
    if (i >= text.len || (text.ptr[i] | 0x20) != 'e')
        return 1;
    i++;
    bool negative = i < text.len && text.ptr[i] == '-';
    if (i < text.len && (text.ptr[i] == '-' || text.ptr[i] == '+'))
        i++;
    uint32_t digits;
    double n = read_digits(text, &i, &digits);
    if (digits == 0)
        return 1;
    *at = i;
    double scale = power_of_ten(n > 308 ? 308 : (uint32_t)n);
    return negative ? 1 / scale : scale;
}

bool nc_number_read(double *out, nc_sv text, size_t *at)
{
    size_t i = *at;
    bool negative = i < text.len && text.ptr[i] == '-';
    if (i < text.len && (text.ptr[i] == '-' || text.ptr[i] == '+'))
        i++;
    uint32_t whole;
    uint32_t behind = 0;
    double value = read_digits(text, &i, &whole);
    if (i + 1 < text.len && text.ptr[i] == '.' && nc_is_digit(text.ptr[i + 1])) {
        i++;
        double part = read_digits(text, &i, &behind);
        value += behind > 300 ? 0 : part / power_of_ten(behind);
    }
    if (whole + behind == 0 || whole > 300)
        return false;
    value *= read_exponent(text, &i);
    if (!(value <= 1e300))
        return false;
    *at = i;
    *out = negative ? -value : value;
    return true;
}
