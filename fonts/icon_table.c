/*
 * Build tool: the outlines of Font Awesome as a table of C.
 *
 *     nacre-icon-table FONT VARIABLES.less OUTPUT.inc
 *
 * VARIABLES.less is the font's own list of names (`@fa-var-car: "\f1b9";`). OUTPUT.inc holds
 * GLYPH(width, path) for each outline, in units of the em, then NAME(name, index of its glyph),
 * rising bytewise by name, and VERSION. Paths are SVG's, relative, y down from the em's top, in
 * whole units. The same input gives the same bytes.
 */
#include <hb-ot.h>
#include <hb.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 64, MOST = 2000, EM = 1792 };

typedef struct name {
    char text[NAME_SIZE];
    hb_codepoint_t code;
    unsigned glyph; /* index of the outline */
} name;

typedef struct table {
    name names[MOST];
    size_t name_len;
    hb_codepoint_t codes[MOST]; /* of each outline */
    size_t code_len;
    char version[NAME_SIZE];
} table;

/* What HarfBuzz draws into. */
typedef struct pen {
    FILE *out;
    long x, y;  /* where the pen is */
    double top; /* of the em, above the baseline */
} pen;

static void put_delta(pen *p, double x, double y, long from_x, long from_y, bool first)
{
    long dx = lround(x) - from_x;
    long dy = lround(p->top - y) - from_y;
    fprintf(p->out, first || dx < 0 ? "%ld" : " %ld", dx);
    fprintf(p->out, dy < 0 ? "%ld" : " %ld", dy);
}

static void go_to(pen *p, float x, float y)
{
    p->x = lround((double)x);
    p->y = lround(p->top - (double)y);
}

static void on_move(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x, float y, void *u)
{
    (void)f, (void)s, (void)u;
    pen *p = data;
    fputc('m', p->out);
    put_delta(p, (double)x, (double)y, p->x, p->y, true);
    go_to(p, x, y);
}

static void on_line(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x, float y, void *u)
{
    (void)f, (void)s, (void)u;
    pen *p = data;
    fputc('l', p->out);
    put_delta(p, (double)x, (double)y, p->x, p->y, true);
    go_to(p, x, y);
}

static void on_cubic(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x1, float y1,
                     float x2, float y2, float x, float y, void *u)
{
    (void)f, (void)s, (void)u;
    pen *p = data;
    fputc('c', p->out);
    put_delta(p, (double)x1, (double)y1, p->x, p->y, true);
    put_delta(p, (double)x2, (double)y2, p->x, p->y, false);
    put_delta(p, (double)x, (double)y, p->x, p->y, false);
    go_to(p, x, y);
}

/* After z the pen is where the contour began: the next move is relative to that, as ours is not. */
static void on_close(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, void *u)
{
    (void)f, (void)u;
    pen *p = data;
    fputc('z', p->out);
    p->x = lround((double)s->path_start_x);
    p->y = lround(p->top - (double)s->path_start_y);
}

static bool read_names(table *t, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[256];
    unsigned code;
    if (!file)
        return false;
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "@fa-version: \"%63[^\"]\"", t->version) == 1 || t->name_len == MOST)
            continue;
        name *n = &t->names[t->name_len];
        if (sscanf(line, "@fa-var-%63[a-z0-9-]: \"\\%x\"", n->text, &code) == 2) {
            n->code = code;
            t->name_len++;
        }
    }
    fclose(file);
    return t->name_len > 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const name *)a)->text, ((const name *)b)->text);
}

/* Names of one picture share its outline; names whose character the font lacks are dropped. */
static void settle_names(table *t, hb_font_t *font)
{
    size_t kept = 0;
    qsort(t->names, t->name_len, sizeof *t->names, by_name);
    for (size_t i = 0; i < t->name_len; i++) {
        hb_codepoint_t glyph;
        size_t at = 0;
        if (!hb_font_get_nominal_glyph(font, t->names[i].code, &glyph))
            continue;
        while (at < t->code_len && t->codes[at] != t->names[i].code)
            at++;
        if (at == t->code_len)
            t->codes[t->code_len++] = t->names[i].code;
        t->names[i].glyph = (unsigned)at;
        t->names[kept++] = t->names[i];
    }
    t->name_len = kept;
}

static void draw(hb_font_t *font, hb_codepoint_t glyph, hb_draw_funcs_t *funcs, pen *p)
{
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(font, glyph, funcs, p);
#else
    hb_font_get_glyph_shape(font, glyph, funcs, p);
#endif
}

static void write_table(FILE *out, const table *t, hb_font_t *font)
{
    hb_font_extents_t extents;
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, on_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, on_line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, on_cubic, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, on_close, NULL, NULL);
    hb_font_get_h_extents(font, &extents);
    /* the em stands on the font's own descent, whatever line gap it asks for */
    double top = EM + (double)extents.descender;
    for (size_t i = 0; i < t->code_len; i++) {
        hb_codepoint_t glyph = 0;
        pen p = {.out = out, .top = top};
        hb_font_get_nominal_glyph(font, t->codes[i], &glyph);
        fprintf(out, "GLYPH(%d, \"", (int)hb_font_get_glyph_h_advance(font, glyph));
        draw(font, glyph, funcs, &p);
        fprintf(out, "\")\n");
    }
    for (size_t i = 0; i < t->name_len; i++)
        fprintf(out, "NAME(\"%s\", %u)\n", t->names[i].text, t->names[i].glyph);
    fprintf(out, "VERSION(\"%s\")\n", t->version);
    hb_draw_funcs_destroy(funcs);
}

int main(int argc, char **argv)
{
    static table t;
    if (argc != 4) {
        fprintf(stderr, "usage: nacre-icon-table FONT VARIABLES.less OUTPUT.inc\n");
        return 2;
    }
    hb_blob_t *blob = hb_blob_create_from_file(argv[1]);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_font_set_scale(font, EM, EM);
    bool ok = read_names(&t, argv[2]);
    if (ok)
        settle_names(&t, font);
    ok = ok && t.name_len > 0;
    if (!ok)
        fprintf(stderr, "nacre-icon-table: '%s' and '%s' are no font and its names\n", argv[1],
                argv[2]);
    FILE *out = ok ? fopen(argv[3], "w") : NULL;
    if (out) {
        write_table(out, &t, font);
        ok = !ferror(out);
        ok = fclose(out) == 0 && ok;
    }
    hb_font_destroy(font);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return ok && out ? 0 : 1;
}
