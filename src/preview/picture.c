#include "preview/picture.h"

#include <stdlib.h>
#include <string.h>

#ifdef NACRE_CHAFA

#include <chafa.h>
#include <png.h>

bool nc_picture_is_there(void)
{
    return true;
}

static ChafaTermInfo *info_of_terminal(void)
{
    char **const env = g_get_environ();
    ChafaTermInfo *const info = chafa_term_db_detect(chafa_term_db_get_default(), env);

    g_strfreev(env);
    return info;
}

static bool is_multiplexed(void)
{
    const char *const term = getenv("TERM");

    return getenv("TMUX") || getenv("STY") ||
           (term && (strncmp(term, "screen", 6) == 0 || strncmp(term, "tmux", 4) == 0));
}

nc_show nc_picture_detect(void)
{
    const char *const program = getenv("TERM_PROGRAM");
    ChafaTermInfo *info;
    nc_show best = NC_SHOW_TXT;

    if (is_multiplexed())
        return best;
    if (program && (strcmp(program, "WezTerm") == 0 || strcmp(program, "iTerm.app") == 0))
        return NC_SHOW_ITERM;
    info = info_of_terminal();
    if (chafa_term_info_have_seq(info, CHAFA_TERM_SEQ_BEGIN_KITTY_IMMEDIATE_IMAGE_V1))
        best = NC_SHOW_KITTY;
    else if (chafa_term_info_have_seq(info, CHAFA_TERM_SEQ_BEGIN_ITERM2_IMAGE))
        best = NC_SHOW_ITERM;
    else if (chafa_term_info_have_seq(info, CHAFA_TERM_SEQ_BEGIN_SIXELS))
        best = NC_SHOW_SIXEL;
    chafa_term_info_unref(info);
    return best;
}

static bool read_png(png_image *image, char **pixels, const char *png, size_t len)
{
    *pixels = NULL;
    *image = (png_image){.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(image, png, len))
        return false;
    image->format = PNG_FORMAT_RGBA;
    *pixels = nc_alloc_must(PNG_IMAGE_SIZE(*image));
    return png_image_finish_read(image, NULL, *pixels, 0, NULL) != 0;
}

static ChafaCanvasMode colors_of(ChafaTermInfo *info)
{
    const char *const color = getenv("COLORTERM");

    if (getenv("NO_COLOR"))
        return CHAFA_CANVAS_MODE_FGBG;
    if ((color && strcmp(color, "truecolor") == 0) ||
        chafa_term_info_have_seq(info, CHAFA_TERM_SEQ_SET_COLOR_FGBG_DIRECT))
        return CHAFA_CANVAS_MODE_TRUECOLOR;
    if (chafa_term_info_have_seq(info, CHAFA_TERM_SEQ_SET_COLOR_FGBG_256))
        return CHAFA_CANVAS_MODE_INDEXED_240;
    return CHAFA_CANVAS_MODE_INDEXED_16;
}

/* Cells that a picture takes: in its own pixels, less where it would not fit. */
static void choose_cells(int *w, int *h, const png_image *image, nc_show how,
                         const nc_terminal *terminal)
{
    *w = ((int)image->width + terminal->cell_w - 1) / terminal->cell_w;
    *h = ((int)image->height + terminal->cell_h - 1) / terminal->cell_h;
    if (how != NC_SHOW_SYMBOLS && *w <= terminal->columns && *h <= terminal->rows)
        return;
    *w = terminal->columns;
    *h = terminal->rows;
    chafa_calc_canvas_geometry((int)image->width, (int)image->height, w, h,
                               (float)terminal->cell_w / (float)terminal->cell_h, TRUE, FALSE);
}

static void print_canvas(nc_str *out, const png_image *image, const char *pixels, nc_show how,
                         const nc_terminal *terminal)
{
    ChafaTermInfo *const own = info_of_terminal();
    ChafaTermInfo *info = own;
    const bool sixel = how == NC_SHOW_SIXEL;
    ChafaCanvasConfig *const config = chafa_canvas_config_new();
    ChafaSymbolMap *const symbols = chafa_symbol_map_new();
    int w;
    int h;

    /* What was asked for by name is sent, whatever the environment says of the terminal. */
    if (sixel)
        info = chafa_term_db_get_fallback_info(chafa_term_db_get_default());
    choose_cells(&w, &h, image, how, terminal);
    chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_BLOCK | CHAFA_SYMBOL_TAG_BORDER |
                                              CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_QUAD);
    chafa_canvas_config_set_symbol_map(config, symbols);
    chafa_canvas_config_set_geometry(config, w, h);
    chafa_canvas_config_set_cell_geometry(config, terminal->cell_w, terminal->cell_h);
    chafa_canvas_config_set_pixel_mode(config,
                                       sixel ? CHAFA_PIXEL_MODE_SIXELS : CHAFA_PIXEL_MODE_SYMBOLS);
    chafa_canvas_config_set_canvas_mode(config,
                                        !sixel ? colors_of(own) : CHAFA_CANVAS_MODE_TRUECOLOR);
    ChafaCanvas *const canvas = chafa_canvas_new(config);
    chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, (const guint8 *)pixels,
                                 (int)image->width, (int)image->height, (int)image->width * 4);
    GString *const text = chafa_canvas_print(canvas, info);
    nc_str_put(out, text->str, text->len);
    nc_str_char(out, '\n');
    g_string_free(text, TRUE);
    chafa_canvas_unref(canvas);
    chafa_symbol_map_unref(symbols);
    chafa_canvas_config_unref(config);
    chafa_term_info_unref(own);
    if (info != own)
        chafa_term_info_unref(info);
}

/*
 * Kitty and iTerm2 take PNG as it is, which is a hundredth of the pixels: that counts over ssh. Only
 * the width is given, so that the terminal, which knows its cells, keeps the proportions.
 */
static void put_kitty(nc_str *out, const char *png, size_t len, int columns)
{
    enum { CHUNK = 4096 };
    gchar *const text = g_base64_encode((const guchar *)png, len);
    const size_t end = strlen(text);

    for (size_t at = 0; at < end; at += CHUNK) {
        const size_t part = end - at < CHUNK ? end - at : CHUNK;
        const int more = at + part < end;
        if (at == 0)
            nc_str_fmt(out, "\033_Ga=T,f=100,q=2,c=%d,m=%d;", columns, more);
        else
            nc_str_fmt(out, "\033_Gm=%d;", more);
        nc_str_put(out, text + at, part);
        nc_str_puts(out, "\033\\");
    }
    g_free(text);
    nc_str_char(out, '\n');
}

static void put_iterm(nc_str *out, const char *png, size_t len, int columns)
{
    gchar *const text = g_base64_encode((const guchar *)png, len);

    nc_str_fmt(out,
               "\033]1337;File=inline=1;size=%zu;width=%d;height=auto;preserveAspectRatio=1:", len,
               columns);
    nc_str_puts(out, text);
    nc_str_puts(out, "\a\n");
    g_free(text);
}

bool nc_picture_show(nc_str *out, const char **why, const char *png, size_t len, nc_show how,
                     const nc_terminal *terminal)
{
    png_image image;
    char *pixels;
    int w;
    int h;
    const bool ok = read_png(&image, &pixels, png, len);

    if (!ok)
        *why = "the picture cannot be read back";
    else
        choose_cells(&w, &h, &image, how, terminal);
    if (ok && how == NC_SHOW_KITTY)
        put_kitty(out, png, len, w);
    else if (ok && how == NC_SHOW_ITERM)
        put_iterm(out, png, len, w);
    else if (ok)
        print_canvas(out, &image, pixels, how, terminal);
    free(pixels);
    png_image_free(&image);
    return ok;
}

#else

bool nc_picture_is_there(void)
{
    return false;
}

nc_show nc_picture_detect(void)
{
    return NC_SHOW_TXT;
}

bool nc_picture_show(nc_str *out, const char **why, const char *png, size_t len, nc_show how,
                     const nc_terminal *terminal)
{
    (void)out;
    (void)png;
    (void)len;
    (void)how;
    (void)terminal;
    *why = "this build of nacre has no chafa";
    return false;
}

#endif
