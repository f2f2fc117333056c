#include "text/outline.h"

#include <hb.h>
#include <math.h>

/* Operators of Type 2 charstrings. */
enum {
    OP_NONE = 0,
    OP_VMOVETO = 4,
    OP_RLINETO = 5,
    OP_HLINETO = 6,
    OP_VLINETO = 7,
    OP_RRCURVETO = 8,
    OP_ENDCHAR = 14,
    OP_RMOVETO = 21,
    OP_HMOVETO = 22,
    OP_VVCURVETO = 26,
    OP_HHCURVETO = 27,
    OP_VHCURVETO = 30,
    OP_HVCURVETO = 31
};

enum { STACK_MAX = 48 };

typedef enum piece_kind { PIECE_MOVE, PIECE_LINE, PIECE_CURVE } piece_kind;

/* Absolute points; a move and a line use the last one only. */
typedef struct piece {
    piece_kind kind;
    int x[3], y[3];
} piece;

/* What HarfBuzz draws into. */
typedef struct pen {
    nc_outlines *o;
    NC_VEC(piece) pieces;
} pen;

static int round_unit(float v)
{
    return (int)floorf(v + 0.5f);
}

static void widen(nc_outlines *o, int x, int y)
{
    o->left = x < o->left ? x : o->left;
    o->right = x > o->right ? x : o->right;
    o->bottom = y < o->bottom ? y : o->bottom;
    o->top = y > o->top ? y : o->top;
}

static void push_piece(pen *p, const piece *next)
{
    for (int i = next->kind == PIECE_CURVE ? 0 : 2; i < 3; i++)
        widen(p->o, next->x[i], next->y[i]);
    if (!NC_PUSH(p->o->arena, &p->pieces, *next))
        p->o->failed = true;
}

static void on_move(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y,
                    void *user)
{
    (void)funcs, (void)state, (void)user;
    push_piece(data, &(piece){PIECE_MOVE, {0, 0, round_unit(x)}, {0, 0, round_unit(y)}});
}

static void on_line(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y,
                    void *user)
{
    (void)funcs, (void)state, (void)user;
    push_piece(data, &(piece){PIECE_LINE, {0, 0, round_unit(x)}, {0, 0, round_unit(y)}});
}

static void on_cubic(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1,
                     float x2, float y2, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    push_piece(data, &(piece){PIECE_CURVE,
                              {round_unit(x1), round_unit(x2), round_unit(x)},
                              {round_unit(y1), round_unit(y2), round_unit(y)}});
}

/* A contour is closed by itself: a last line back to its start is not written. */
static void on_close(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user)
{
    (void)funcs, (void)state, (void)user;
    pen *p = data;
    uint32_t start = p->pieces.len;
    while (start > 0 && p->pieces.ptr[start - 1].kind != PIECE_MOVE)
        start--;
    if (start == 0 || start == p->pieces.len)
        return;
    const piece *first = &p->pieces.ptr[start - 1];
    const piece *last = &p->pieces.ptr[p->pieces.len - 1];
    if (last->kind == PIECE_LINE && last->x[2] == first->x[2] && last->y[2] == first->y[2])
        p->pieces.len--;
}

/* Writes operators, joining neighbours that may share one. */
typedef struct encoder {
    nc_buf *out;
    int args[STACK_MAX];
    uint32_t len;
    int op;      /* that args wait for */
    bool next_h; /* of alternating operators: the next piece starts horizontally */
    int x, y;
} encoder;

static void put_number(nc_buf *out, int v)
{
    if (v >= -107 && v <= 107) {
        nc_buf_char(out, (char)(v + 139));
    } else if (v >= 108 && v <= 1131) {
        nc_buf_char(out, (char)(247 + (v - 108) / 256));
        nc_buf_char(out, (char)((v - 108) % 256));
    } else if (v >= -1131 && v <= -108) {
        nc_buf_char(out, (char)(251 + (-v - 108) / 256));
        nc_buf_char(out, (char)((-v - 108) % 256));
    } else {
        nc_buf_char(out, 28);
        nc_buf_char(out, (char)((unsigned)v >> 8 & 0xFF));
        nc_buf_char(out, (char)((unsigned)v & 0xFF));
    }
}

static void flush(encoder *e)
{
    for (uint32_t i = 0; i < e->len; i++)
        put_number(e->out, e->args[i]);
    if (e->op != OP_NONE)
        nc_buf_char(e->out, (char)e->op);
    e->len = 0;
    e->op = OP_NONE;
}

static void put_args(encoder *e, const int *args, uint32_t len)
{
    memcpy(e->args + e->len, args, len * sizeof *args);
    e->len += len;
}

/* One more of the same operator, or a new one. */
static void append(encoder *e, int op, const int *args, uint32_t len)
{
    if (e->op != op || e->len + len > STACK_MAX) {
        flush(e);
        e->op = op;
    }
    put_args(e, args, len);
}

/* The same for operators that alternate between horizontal and vertical starts. */
static void append_alternating(encoder *e, int op_h, int op_v, bool starts_h, const int *args,
                               uint32_t len)
{
    bool goes_on = (e->op == op_h || e->op == op_v) && e->next_h == starts_h;
    if (!goes_on || e->len + len > STACK_MAX) {
        flush(e);
        e->op = starts_h ? op_h : op_v;
    }
    put_args(e, args, len);
    e->next_h = !starts_h;
}

static void encode_move(encoder *e, int dx, int dy)
{
    flush(e);
    if (dy == 0)
        append(e, OP_HMOVETO, (int[]){dx}, 1);
    else if (dx == 0)
        append(e, OP_VMOVETO, (int[]){dy}, 1);
    else
        append(e, OP_RMOVETO, (int[]){dx, dy}, 2);
    flush(e);
}

static void encode_line(encoder *e, int dx, int dy)
{
    if (dx != 0 && dy != 0)
        append(e, OP_RLINETO, (int[]){dx, dy}, 2);
    else if (dx != 0)
        append_alternating(e, OP_HLINETO, OP_VLINETO, true, &dx, 1);
    else if (dy != 0)
        append_alternating(e, OP_HLINETO, OP_VLINETO, false, &dy, 1);
}

/* Tangents along an axis save an argument each; the operators differ in which they save. */
static void encode_curve(encoder *e, const int dx[3], const int dy[3])
{
    bool start_h = dy[0] == 0;
    bool start_v = dx[0] == 0;
    bool end_h = dy[2] == 0;
    bool end_v = dx[2] == 0;
    if (start_h && end_v) {
        append_alternating(e, OP_HVCURVETO, OP_VHCURVETO, true, (int[]){dx[0], dx[1], dy[1], dy[2]},
                           4);
    } else if (start_v && end_h) {
        append_alternating(e, OP_HVCURVETO, OP_VHCURVETO, false,
                           (int[]){dy[0], dx[1], dy[1], dx[2]}, 4);
    } else if (start_h && end_h) {
        append(e, OP_HHCURVETO, (int[]){dx[0], dx[1], dy[1], dx[2]}, 4);
    } else if (start_v && end_v) {
        append(e, OP_VVCURVETO, (int[]){dy[0], dx[1], dy[1], dy[2]}, 4);
    } else if (start_h) { /* the last of its chain may end anywhere */
        append_alternating(e, OP_HVCURVETO, OP_VHCURVETO, true,
                           (int[]){dx[0], dx[1], dy[1], dy[2], dx[2]}, 5);
        flush(e);
    } else if (start_v) {
        append_alternating(e, OP_HVCURVETO, OP_VHCURVETO, false,
                           (int[]){dy[0], dx[1], dy[1], dx[2], dy[2]}, 5);
        flush(e);
    } else if (end_h) { /* the first of its chain may start anywhere */
        flush(e);
        append(e, OP_HHCURVETO, (int[]){dy[0], dx[0], dx[1], dy[1], dx[2]}, 5);
    } else if (end_v) {
        flush(e);
        append(e, OP_VVCURVETO, (int[]){dx[0], dy[0], dx[1], dy[1], dy[2]}, 5);
    } else {
        append(e, OP_RRCURVETO, (int[]){dx[0], dy[0], dx[1], dy[1], dx[2], dy[2]}, 6);
    }
}

static void encode(nc_outlines *o, const piece *pieces, uint32_t len)
{
    encoder e = {.out = &o->code};
    for (uint32_t i = 0; i < len; i++) {
        const piece *p = &pieces[i];
        switch (p->kind) {
        case PIECE_MOVE:
            encode_move(&e, p->x[2] - e.x, p->y[2] - e.y);
            break;
        case PIECE_LINE:
            encode_line(&e, p->x[2] - e.x, p->y[2] - e.y);
            break;
        case PIECE_CURVE:
            encode_curve(&e, (int[]){p->x[0] - e.x, p->x[1] - p->x[0], p->x[2] - p->x[1]},
                         (int[]){p->y[0] - e.y, p->y[1] - p->y[0], p->y[2] - p->y[1]});
            break;
        }
        e.x = p->x[2];
        e.y = p->y[2];
    }
    flush(&e);
}

void nc_outlines_init(nc_outlines *o, nc_arena *scratch, const nc_alloc *from)
{
    *o = (nc_outlines){.arena = scratch};
    nc_buf_init(&o->code, from, 0);
}

void nc_outlines_release(nc_outlines *o)
{
    nc_buf_release(&o->code);
}

static void end_glyph(nc_outlines *o)
{
    nc_buf_char(&o->code, OP_ENDCHAR);
    if (!NC_PUSH(o->arena, &o->ends, (uint32_t)o->code.len) || o->code.failed)
        o->failed = true;
}

void nc_outlines_blank(nc_outlines *o)
{
    end_glyph(o);
}

void nc_outlines_glyph(nc_outlines *o, const nc_open_face *face, uint32_t glyph)
{
    pen p = {.o = o};
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, on_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, on_line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, on_cubic, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, on_close, NULL, NULL);
    /* Quadratic curves arrive as cubic ones: HarfBuzz raises them when there is no callback. */
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(face->font, glyph, funcs, &p);
#else
    hb_font_get_glyph_shape(face->font, glyph, funcs, &p);
#endif
    hb_draw_funcs_destroy(funcs);
    encode(o, p.pieces.ptr, p.pieces.len);
    end_glyph(o);
}

static void put_bytes(nc_buf *out, uint32_t v, int size)
{
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        nc_buf_char(out, (char)(v >> shift & 0xFF));
}

/* A number in a DICT, always 5 bytes, so that offsets do not move what they point to. */
static void put_dict_offset(nc_buf *out, uint32_t v)
{
    nc_buf_char(out, 29);
    put_bytes(out, v, 4);
}

/* The glyph names of ISOAdobe are there without being written; beyond them any will do. */
enum { ISO_ADOBE_GLYPHS = 229, STANDARD_NAMES = 390 };

static void put_charset(nc_buf *out, uint32_t glyphs)
{
    nc_buf_char(out, 2);
    for (uint32_t left = glyphs - 1; left > 0;) {
        uint32_t range = left < STANDARD_NAMES ? left : STANDARD_NAMES;
        put_bytes(out, 1, 2);
        put_bytes(out, range - 1, 2);
        left -= range;
    }
}

void nc_cff_write(nc_buf *out, const nc_outlines *o)
{
    enum { HEAD = 4, NAME_INDEX = 5 + 5, PRIVATE = 2 };
    uint32_t glyphs = o->ends.len;
    bool named = glyphs > ISO_ADOBE_GLYPHS;
    uint32_t top_dict = 6u + 11u + (named ? 6u : 0u);
    uint32_t charset_at = HEAD + NAME_INDEX + (2 + 1 + 2 + top_dict) + 2 + 2;
    uint32_t charset_size = named ? 1 + (glyphs + STANDARD_NAMES - 2) / STANDARD_NAMES * 4 : 0;
    uint32_t private_at = charset_at + charset_size;
    uint32_t strings_at = private_at + PRIVATE;

    nc_buf_put(out, (nc_sv){"\1\0\4\2", HEAD});              /* version 1.0, offsets of 2 bytes */
    nc_buf_put(out, (nc_sv){"\0\1\1\1\6nacre", NAME_INDEX}); /* one name of 5 bytes */
    nc_buf_put(out, (nc_sv){"\0\1\1\1", 4});                 /* one Top DICT */
    nc_buf_char(out, (char)(1 + top_dict));
    if (named) {
        put_dict_offset(out, charset_at);
        nc_buf_char(out, 15);
    }
    put_dict_offset(out, strings_at);
    nc_buf_char(out, 17);
    put_dict_offset(out, PRIVATE);
    put_dict_offset(out, private_at);
    nc_buf_char(out, 18);
    put_bytes(out, 0, 2); /* no strings */
    put_bytes(out, 0, 2); /* no global subroutines */
    if (named)
        put_charset(out, glyphs);
    nc_buf_put(out, (nc_sv){"\x8b\x15", PRIVATE}); /* nominalWidthX 0 */

    int offset_size = o->code.len + 1 > 0xFFFF ? 4 : o->code.len + 1 > 0xFF ? 2 : 1;
    put_bytes(out, glyphs, 2);
    nc_buf_char(out, (char)offset_size);
    put_bytes(out, 1, offset_size);
    for (uint32_t i = 0; i < glyphs; i++)
        put_bytes(out, o->ends.ptr[i] + 1, offset_size);
    nc_buf_put(out, nc_buf_sv(&o->code));
}
