#include "icon/matrix.h"

#include "icon/numbers.h"

#include <math.h>

static const double DEGREE = 3.14159265358979323846 / 180;

nc_matrix nc_matrix_mul(const nc_matrix *outer, const nc_matrix *inner)
{
    return (nc_matrix){
        outer->a * inner->a + outer->c * inner->b,
        outer->b * inner->a + outer->d * inner->b,
        outer->a * inner->c + outer->c * inner->d,
        outer->b * inner->c + outer->d * inner->d,
        outer->a * inner->e + outer->c * inner->f + outer->e,
        outer->b * inner->e + outer->d * inner->f + outer->f,
    };
}

nc_point nc_matrix_apply(const nc_matrix *m, double x, double y)
{
    return (nc_point){m->a * x + m->c * y + m->e, m->b * x + m->d * y + m->f};
}

double nc_matrix_scale(const nc_matrix *m)
{
    return sqrt(fabs(m->a * m->d - m->b * m->c));
}

/* Of v[0..len): the arguments that were there. */
typedef bool make_fn(nc_matrix *out, const double *v, uint32_t len);

static bool make_matrix(nc_matrix *out, const double *v, uint32_t len)
{
    *out = (nc_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
    return len == 6;
}

static bool make_translate(nc_matrix *out, const double *v, uint32_t len)
{
    *out = (nc_matrix){1, 0, 0, 1, v[0], v[1]};
    return len == 1 || len == 2;
}

static bool make_scale(nc_matrix *out, const double *v, uint32_t len)
{
    *out = (nc_matrix){v[0], 0, 0, len == 1 ? v[0] : v[1], 0, 0};
    return len == 1 || len == 2;
}

static bool make_rotate(nc_matrix *out, const double *v, uint32_t len)
{
    const double c = cos(v[0] * DEGREE);
    const double s = sin(v[0] * DEGREE);
    *out = (nc_matrix){c, s, -s, c, v[1] - c * v[1] + s * v[2], v[2] - s * v[1] - c * v[2]};
    return len == 1 || len == 3;
}

static bool make_skew_x(nc_matrix *out, const double *v, uint32_t len)
{
    *out = (nc_matrix){1, 0, tan(v[0] * DEGREE), 1, 0, 0};
    return len == 1;
}

static bool make_skew_y(nc_matrix *out, const double *v, uint32_t len)
{
    *out = (nc_matrix){1, tan(v[0] * DEGREE), 0, 1, 0, 0};
    return len == 1;
}

static const struct {
    nc_sv name;
    make_fn *make;
} functions[] = {
    {NC_SV_INIT("matrix"), make_matrix}, {NC_SV_INIT("translate"), make_translate},
    {NC_SV_INIT("scale"), make_scale},   {NC_SV_INIT("rotate"), make_rotate},
    {NC_SV_INIT("skewX"), make_skew_x},  {NC_SV_INIT("skewY"), make_skew_y},
};

static make_fn *find_function(nc_sv name)
{
    for (size_t i = 0; i < NC_COUNT(functions); i++)
        if (nc_sv_eq(functions[i].name, name))
            return functions[i].make;
    return NULL;
}

/* One `name(numbers)` at *at. */
static bool read_function(nc_matrix *out, nc_sv text, size_t *at)
{
    enum { MOST = 6 };
    double v[MOST] = {0};
    uint32_t len = 0;
    const size_t name = *at;
    while (*at < text.len && nc_is_alpha(text.ptr[*at]))
        ++*at;
    make_fn *const make = find_function(nc_sv_slice(text, name, *at));
    nc_skip_blanks(text, at);
    if (!make || *at == text.len || text.ptr[*at] != '(')
        return false;
    ++*at;
    while (len < MOST && nc_next_number(&v[len], text, at))
        len++;
    nc_skip_blanks(text, at);
    if (*at == text.len || text.ptr[*at] != ')')
        return false;
    ++*at;
    return make(out, v, len);
}

bool nc_matrix_read(nc_matrix *m, nc_sv text)
{
    for (size_t at = 0;;) {
        nc_matrix one;
        nc_skip_commas(text, &at);
        if (at == text.len)
            return true;
        if (!read_function(&one, text, &at))
            return false;
        *m = nc_matrix_mul(m, &one);
    }
}
