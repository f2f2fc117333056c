#include "paint/text.h"

#include "base/utf8.h"
#include "text/cells.h"

enum { MOST_CELLS = 1 << 24 };

/* Directions of a line's arms in a cell. */
enum { UP, RIGHT, DOWN, LEFT };

/*
 * One cell: a piece of text, a sign, or arms of lines that a character is found for at the end.
 * Two bits an arm: 0 none, 1 light, 2 heavy.
 */
typedef struct cell {
    uint8_t arms;
    bool dotted;       /* by dotted lines alone */
    bool taken;        /* by text: nothing is drawn over it */
    bool behind;       /* the second cell of a wide character */
    uint32_t code;     /* of a sign or a border's own character */
    const char *bytes; /* of text: a character and the marks on it */
    uint32_t len;
} cell;

typedef struct grid {
    cell *cells;
    int32_t w, h;
    bool ascii;
} grid;

static cell *at(const grid *g, int32_t x, int32_t y)
{
    if (x < 0 || y < 0 || x >= g->w || y >= g->h)
        return NULL;
    return &g->cells[(size_t)y * (size_t)g->w + (size_t)x];
}

/* ---- characters ---------------------------------------------------------------------------- */

/* Unicode's box drawing (U+2500): up + 3 right + 9 down + 27 left of the arms' weights. */
static const uint16_t joints[81] = {
    0x0020, 0x2575, 0x2579, 0x2576, 0x2514, 0x2516, 0x257A, 0x2515, 0x2517, /* nothing down, left */
    0x2577, 0x2502, 0x257F, 0x250C, 0x251C, 0x251E, 0x250D, 0x251D, 0x2521, /* light down */
    0x257B, 0x257D, 0x2503, 0x250E, 0x251F, 0x2520, 0x250F, 0x2522, 0x2523, /* heavy down */
    0x2574, 0x2518, 0x251A, 0x2500, 0x2534, 0x2538, 0x257C, 0x2536, 0x253A, /* light left */
    0x2510, 0x2524, 0x2526, 0x252C, 0x253C, 0x2540, 0x252E, 0x253E, 0x2544,
    0x2512, 0x2527, 0x2528, 0x2530, 0x2541, 0x2542, 0x2532, 0x2546, 0x254A,
    0x2578, 0x2519, 0x251B, 0x257E, 0x2535, 0x2539, 0x2501, 0x2537, 0x253B, /* heavy left */
    0x2511, 0x2525, 0x2529, 0x252D, 0x253D, 0x2543, 0x252F, 0x253F, 0x2547,
    0x2513, 0x252A, 0x252B, 0x2531, 0x2545, 0x2549, 0x2533, 0x2548, 0x254B,
};

static unsigned arm(const cell *c, int direction)
{
    return (unsigned)c->arms >> (2 * direction) & 3u;
}

static uint32_t joint(const cell *c, bool ascii)
{
    const unsigned up = arm(c, UP);
    const unsigned right = arm(c, RIGHT);
    const unsigned down = arm(c, DOWN);
    const unsigned left = arm(c, LEFT);
    const bool level = !up && !down;
    const bool upright = !left && !right;
    if (level && upright)
        return ' ';
    if (!ascii && c->dotted && (level || upright))
        return level ? 0x2504 : 0x2506;
    if (!ascii)
        return joints[up + 3 * right + 9 * down + 27 * left];
    if (level)
        return c->dotted ? '.' : left == 2 || right == 2 ? '=' : '-';
    if (upright)
        return c->dotted ? ':' : up == 2 || down == 2 ? '#' : '|';
    return '+';
}

/* A border: its corners and sides; 0: the joint of its lines. First Unicode, then ASCII. */
typedef struct border_look {
    uint16_t top_left, top, top_right, left, right, bottom_left, bottom, bottom_right;
    uint16_t middle_left, middle_right; /* at half height; 0: as the side */
} border_look;

static const border_look borders[NC_BORDER_COUNT][2] = {
    [NC_BORDER_SHARP] = {{0}, {0}},
    [NC_BORDER_DASHED] = {{0}, {0}},
    [NC_BORDER_ROUND] =
        {{.top_left = 0x256D, .top_right = 0x256E, .bottom_left = 0x2570, .bottom_right = 0x256F},
         {'.', 0, '.', 0, 0, '\'', 0, '\'', 0, 0}},
    [NC_BORDER_STADIUM] = {{0x256D, 0, 0x256E, '(', ')', 0x2570, 0, 0x256F, 0, 0},
                           {'.', 0, '.', '(', ')', '\'', 0, '\'', 0, 0}},
    [NC_BORDER_DOUBLE] = {{0x2554, 0x2550, 0x2557, 0x2551, 0x2551, 0x255A, 0x2550, 0x255D, 0, 0},
                          {'#', '=', '#', '#', '#', '#', '=', '#', 0, 0}},
    [NC_BORDER_FRAMED] = {{0x2553, 0, 0x2556, 0x2551, 0x2551, 0x2559, 0, 0x255C, 0, 0},
                          {'#', 0, '#', '#', '#', '#', 0, '#', 0, 0}},
    [NC_BORDER_DIAMOND] = {{0x2571, 0, 0x2572, 0, 0, 0x2572, 0, 0x2571, '<', '>'},
                           {'/', 0, '\\', 0, 0, '\\', 0, '/', '<', '>'}},
    [NC_BORDER_HEX] = {{0x2571, 0, 0x2572, 0, 0, 0x2572, 0, 0x2571, 0, 0},
                       {'/', 0, '\\', 0, 0, '\\', 0, '/', 0, 0}},
    [NC_BORDER_LEAN_R] = {{0x2571, 0, 0x2571, 0x2571, 0x2571, 0x2571, 0, 0x2571, 0, 0},
                          {'/', 0, '/', '/', '/', '/', 0, '/', 0, 0}},
    [NC_BORDER_LEAN_L] = {{0x2572, 0, 0x2572, 0x2572, 0x2572, 0x2572, 0, 0x2572, 0, 0},
                          {'\\', 0, '\\', '\\', '\\', '\\', 0, '\\', 0, 0}},
    [NC_BORDER_NARROW_TOP] = {{0x2571, 0, 0x2572, 0, 0, 0, 0, 0, 0, 0},
                              {'/', 0, '\\', 0, 0, 0, 0, 0, 0, 0}},
    [NC_BORDER_NARROW_BOTTOM] = {{0, 0, 0, 0, 0, 0x2572, 0, 0x2571, 0, 0},
                                 {0, 0, 0, 0, 0, '\\', 0, '/', 0, 0}},
    [NC_BORDER_CYLINDER] =
        {{.top_left = 0x256D, .top_right = 0x256E, .bottom_left = 0x2570, .bottom_right = 0x256F},
         {'.', 0, '.', 0, 0, '\'', 0, '\'', 0, 0}},
    [NC_BORDER_QUEUE] = {{0x256D, 0, 0x256E, '(', '(', 0x2570, 0, 0x256F, 0, 0},
                         {'.', 0, '.', '(', '(', '\'', 0, '\'', 0, 0}},
    [NC_BORDER_WAVY] = {{.bottom_left = '~', .bottom = '~', .bottom_right = '~'},
                        {.bottom_left = '~', .bottom = '~', .bottom_right = '~'}},
    [NC_BORDER_NOTE] = {{.top_right = 0x2572}, {.top_right = '\\'}},
    [NC_BORDER_FLAG] = {{.left = '>'}, {.left = '>'}},
    [NC_BORDER_BRACE_L] = {{' ', ' ', ' ', '{', ' ', ' ', ' ', ' ', 0, 0},
                           {' ', ' ', ' ', '{', ' ', ' ', ' ', ' ', 0, 0}},
    [NC_BORDER_BRACE_R] = {{' ', ' ', ' ', ' ', '}', ' ', ' ', ' ', 0, 0},
                           {' ', ' ', ' ', ' ', '}', ' ', ' ', ' ', 0, 0}},
    [NC_BORDER_BRACES] = {{' ', ' ', ' ', '{', '}', ' ', ' ', ' ', 0, 0},
                          {' ', ' ', ' ', '{', '}', ' ', ' ', ' ', 0, 0}},
    [NC_BORDER_BRACKET] = {{0, ' ', ' ', 0, ' ', 0, ' ', ' ', 0, 0},
                           {0, ' ', ' ', 0, ' ', 0, ' ', ' ', 0, 0}},
    [NC_BORDER_NONE] = {{' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', 0, 0},
                        {' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', 0, 0}},
};

/* Heads by the direction they point in: UP, RIGHT, DOWN, LEFT; first Unicode, then ASCII. */
static const uint16_t heads[NC_CELL_HEAD_COUNT][2][4] = {
    [NC_CELL_NO_HEAD] = {{0}},
    [NC_CELL_POINT] = {{0x25B2, 0x25B6, 0x25BC, 0x25C0}, {'^', '>', 'v', '<'}},
    [NC_CELL_OPEN] = {{0x2227, '>', 0x2228, '<'}, {'^', '>', 'v', '<'}},
    [NC_CELL_DISC] = {{0x25CF, 0x25CF, 0x25CF, 0x25CF}, {'o', 'o', 'o', 'o'}},
    [NC_CELL_RING] = {{0x25CB, 0x25CB, 0x25CB, 0x25CB}, {'o', 'o', 'o', 'o'}},
    [NC_CELL_CROSS] = {{0x2573, 0x2573, 0x2573, 0x2573}, {'x', 'x', 'x', 'x'}},
    [NC_CELL_HALF_TOP] = {{0x21BE, 0x21C0, 0x21C2, 0x21BC}, {'^', '`', 'v', '\''}},
    [NC_CELL_HALF_BOTTOM] = {{0x21BF, 0x21C1, 0x21C3, 0x21BD}, {'^', ',', 'v', ','}},
};

static const uint16_t marks[NC_MARK_COUNT][2] = {
    [NC_MARK_RING] = {0x25CB, 'o'},       [NC_MARK_RING_CORE] = {0x25C9, '@'},
    [NC_MARK_DISC] = {0x25CF, '*'},       [NC_MARK_CROSS] = {0x2573, 'X'},
    [NC_MARK_CROSS_RING] = {0x2297, 'X'}, [NC_MARK_CHOICE] = {0x25C7, '?'},
    [NC_MARK_HOURGLASS] = {0x29D7, 'X'},  [NC_MARK_BOLT] = {0x21AF, 'z'},
};

/* ---- drawing ------------------------------------------------------------------------------- */

static void put_arms(cell *c, unsigned arms, bool dotted)
{
    if (!c || c->taken)
        return;
    c->dotted = dotted && (c->arms == 0 || c->dotted);
    for (int d = 0; d < 4; d++) {
        const unsigned shift = 2 * (unsigned)d;
        const unsigned mine = arms >> shift & 3u;
        if (mine > ((unsigned)c->arms >> shift & 3u))
            c->arms = (uint8_t)((c->arms & ~(3u << shift)) | mine << shift);
    }
}

static void put_sign(cell *c, uint32_t code)
{
    if (c && !c->taken)
        c->code = code;
}

static unsigned weight_of(nc_cell_stroke stroke)
{
    return stroke == NC_CELL_HEAVY ? 2 : 1;
}

static int32_t sign_of(int32_t v)
{
    return (v > 0) - (v < 0);
}

/* The direction from a to b, which lie on one axis. */
static int direction_of(nc_cell_point a, nc_cell_point b)
{
    if (a.x != b.x)
        return b.x > a.x ? RIGHT : LEFT;
    return b.y > a.y ? DOWN : UP;
}

/* Half a line in each of two neighbouring cells; `from` and `to` say which of them get theirs. */
static void put_step(const grid *g, nc_cell_point a, nc_cell_point b, const nc_cell_item *wire,
                     bool from, bool to)
{
    const int way = direction_of(a, b);
    const unsigned weight = weight_of(wire->stroke);
    const bool dotted = wire->stroke == NC_CELL_DOTTED;
    if (from)
        put_arms(at(g, a.x, a.y), weight << (2 * way), dotted);
    if (to)
        put_arms(at(g, b.x, b.y), weight << (2 * ((way + 2) % 4)), dotted);
}

static void put_head(const grid *g, const nc_cell_item *wire, nc_cell_head head, bool at_start)
{
    if (head == NC_CELL_NO_HEAD || wire->len < 2)
        return;
    const nc_cell_point tip = wire->points[at_start ? 0 : wire->len - 1];
    const nc_cell_point before = wire->points[at_start ? 1 : wire->len - 2];
    const int way = direction_of(before, tip);
    const int32_t x = tip.x - sign_of(tip.x - before.x);
    const int32_t y = tip.y - sign_of(tip.y - before.y);
    put_sign(at(g, x, y), heads[head][g->ascii][way]);
}

/* An end without a head joins the border it stands on, one with a head does not. */
static void put_wire(const grid *g, const nc_cell_item *wire)
{
    for (uint32_t i = 0; i + 1 < wire->len; i++) {
        nc_cell_point from = wire->points[i];
        const nc_cell_point to = wire->points[i + 1];
        while (from.x != to.x || from.y != to.y) {
            const nc_cell_point next = {from.x + sign_of(to.x - from.x),
                                        from.x != to.x ? from.y : from.y + sign_of(to.y - from.y)};
            const bool start = i == 0 && from.x == wire->points[0].x && from.y == wire->points[0].y;
            const bool end = i + 2 == wire->len && next.x == to.x && next.y == to.y;
            put_step(g, from, next, wire, !start || wire->tail == NC_CELL_NO_HEAD,
                     !end || wire->head == NC_CELL_NO_HEAD);
            from = next;
        }
    }
    put_head(g, wire, wire->tail, true);
    put_head(g, wire, wire->head, false);
}

static void clear(const grid *g, const nc_cell_item *box)
{
    for (int32_t y = box->y; y < box->y + box->h; y++)
        for (int32_t x = box->x; x < box->x + box->w; x++) {
            cell *c = at(g, x, y);
            if (c && !c->taken)
                *c = (cell){0};
        }
}

/* A piece of border: its own character, or arms that join what meets them. */
static void put_border(cell *c, uint16_t own, unsigned arms, bool dotted)
{
    put_arms(c, arms, dotted);
    if (own)
        put_sign(c, own);
}

static void put_level(const grid *g, const nc_cell_item *box, int32_t y, uint16_t own)
{
    const unsigned w = weight_of(box->stroke);
    for (int32_t x = box->x + 1; x < box->x + box->w - 1; x++)
        put_border(at(g, x, y), own, w << (2 * RIGHT) | w << (2 * LEFT),
                   box->border == NC_BORDER_DASHED);
}

static void put_side(const grid *g, const nc_cell_item *box, int32_t x, uint16_t own,
                     uint16_t middle)
{
    const unsigned w = weight_of(box->stroke);
    for (int32_t y = box->y + 1; y < box->y + box->h - 1; y++) {
        const bool half = y == box->y + (box->h - 1) / 2;
        put_border(at(g, x, y), half && middle ? middle : own, w << (2 * UP) | w << (2 * DOWN),
                   box->border == NC_BORDER_DASHED);
    }
}

/* The line under a cylinder's top. */
static void put_rim(const grid *g, const nc_cell_item *box)
{
    const int32_t right = box->x + box->w - 1;
    const int32_t y = box->y + 1;
    put_arms(at(g, box->x, y), 1u << (2 * RIGHT), false);
    put_arms(at(g, right, y), 1u << (2 * LEFT), false);
    put_level(g, box, y, 0);
}

static void put_box(const grid *g, const nc_cell_item *box)
{
    const border_look *look = &borders[box->border][g->ascii];
    const unsigned w = weight_of(box->stroke);
    const int32_t right = box->x + box->w - 1;
    const int32_t bottom = box->y + box->h - 1;
    const bool dashed = box->border == NC_BORDER_DASHED;
    if (box->opaque)
        clear(g, box);
    put_level(g, box, box->y, look->top);
    if (box->h < 2)
        return;
    put_level(g, box, bottom, look->bottom);
    put_side(g, box, box->x, look->left, look->middle_left);
    put_side(g, box, right, look->right, look->middle_right);
    put_border(at(g, box->x, box->y), look->top_left, w << (2 * RIGHT) | w << (2 * DOWN), dashed);
    put_border(at(g, right, box->y), look->top_right, w << (2 * LEFT) | w << (2 * DOWN), dashed);
    put_border(at(g, box->x, bottom), look->bottom_left, w << (2 * RIGHT) | w << (2 * UP), dashed);
    put_border(at(g, right, bottom), look->bottom_right, w << (2 * LEFT) | w << (2 * UP), dashed);
    if (box->border == NC_BORDER_CYLINDER && box->h > 3)
        put_rim(g, box);
}

/* One character with its marks; a wide one takes two cells. */
static void put_character(const grid *g, int32_t x, int32_t y, nc_sv bytes, unsigned width,
                          bool ground)
{
    const bool blank = bytes.len == 1 && bytes.ptr[0] == ' ';
    cell *c = at(g, x, y);
    if (!c || c->taken || (blank && !ground))
        return;
    *c = (cell){.taken = !blank, .bytes = bytes.ptr, .len = (uint32_t)bytes.len};
    cell *next = width == 2 ? at(g, x + 1, y) : NULL;
    if (next)
        *next = (cell){.taken = true, .behind = true};
}

static void put_line(const grid *g, int32_t x, int32_t y, nc_sv text, bool ground)
{
    for (size_t at_byte = 0; at_byte < text.len;) {
        const size_t start = at_byte;
        const unsigned width = nc_cell_width(nc_utf8_next(text, &at_byte));
        for (size_t next = at_byte; next < text.len; at_byte = next)
            if (nc_cell_width(nc_utf8_next(text, &next)) > 0)
                break;
        put_character(g, x, y, nc_sv_slice(text, start, at_byte), width, ground);
        x += (int32_t)width;
    }
}

static void put_text(const grid *g, const nc_cell_item *item)
{
    for (uint32_t i = 0; i < item->text->len; i++) {
        const nc_text_line *line = &item->text->lines[i];
        const int32_t room = item->w - (int32_t)line->width;
        const int32_t x = item->x + (item->anchor < 0 ? 0 : item->anchor > 0 ? room : room / 2);
        for (uint32_t k = 0; k < line->len; k++)
            put_line(g, x, item->y + (int32_t)i, line->runs[k].text, item->opaque);
    }
}

static void put_item(const grid *g, const nc_cell_item *item)
{
    switch (item->kind) {
    case NC_CELL_BOX:
        put_box(g, item);
        break;
    case NC_CELL_WIRE:
        put_wire(g, item);
        break;
    case NC_CELL_TEXT:
        put_text(g, item);
        break;
    case NC_CELL_SIGN:
        put_sign(at(g, item->x, item->y), marks[item->mark][g->ascii]);
        break;
    }
}

/* ---- writing ------------------------------------------------------------------------------- */

static bool is_blank(const cell *c, bool ascii)
{
    if (c->len)
        return c->len == 1 && c->bytes[0] == ' ';
    return !c->behind && (c->code ? c->code == ' ' : joint(c, ascii) == ' ');
}

static void write_cell(nc_buf *out, const cell *c, bool ascii)
{
    char bytes[4];
    if (c->behind)
        return;
    if (c->len) {
        nc_buf_put(out, nc_sv_from(c->bytes, c->len));
        return;
    }
    const uint32_t code = c->code ? c->code : joint(c, ascii);
    nc_buf_put(out, nc_sv_from(bytes, nc_utf8_write(bytes, code)));
}

bool nc_paint_text_fits(const nc_cells *cells)
{
    return (int64_t)cells->w * cells->h <= MOST_CELLS;
}

bool nc_paint_text(nc_buf *out, const nc_cells *cells, bool ascii)
{
    grid g = {.w = cells->w, .h = cells->h, .ascii = ascii};
    assert(nc_paint_text_fits(cells));
    if (g.w < 1 || g.h < 1)
        return true;
    g.cells = NC_NEW(cells->arena, cell, (size_t)g.w * (size_t)g.h);
    if (!g.cells)
        return false;
    for (uint32_t i = 0; i < cells->items.len; i++)
        put_item(&g, &cells->items.ptr[i]);
    size_t written = 0; /* up to here nothing ends in empty lines */
    for (int32_t y = 0; y < g.h; y++) {
        const cell *row = &g.cells[(size_t)y * (size_t)g.w];
        int32_t end = g.w;
        while (end > 0 && is_blank(&row[end - 1], ascii))
            end--;
        for (int32_t x = 0; x < end; x++)
            write_cell(out, &row[x], ascii);
        nc_buf_char(out, '\n');
        written = end > 0 ? out->len : written;
    }
    if (!out->failed)
        out->len = written;
    return !out->failed;
}
