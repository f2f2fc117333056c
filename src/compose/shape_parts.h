/* The pieces that shapes.c puts together in its table: how boxes are sized and paths are drawn. */
#ifndef NC_SHAPE_PARTS_H
#define NC_SHAPE_PARTS_H

#include "compose/shapes.h"

/* Padding of a label in a plain box. */
enum { NC_PAD_X = 16, NC_PAD_Y = 10 };
/* Measures that sizing and drawing share. */
enum {
    NC_CAP = 7,   /* half of a cylinder's flat ellipse */
    NC_LEDGE = 6, /* second rim of a lined cylinder */
    NC_TAB = 10,  /* a folder's */
    NC_STRIP = 8, /* side strips of framed and lined boxes */
    NC_CUT = 12,  /* cut corners */
    NC_WAVE = 4,  /* amplitude of a document's lower edge */
    NC_STACK = 5, /* offset of stacked sheets */
    NC_CONSOLE_BAR = 20,
    NC_BROWSER_BAR = 18,
    NC_PANE = 10,  /* lines of a window pane */
    NC_BRACE = 10, /* width of a curly brace */
    NC_BOW = 8,    /* bulge of stored data */
    NC_TAPER = 12, /* a bucket's, each side */
    NC_FOLD = 12,  /* folded corner */
    NC_SLOPE = 14  /* rise of a manual input's top */
};
double nc_head_radius(double w); /* a person's head */
double nc_lean(double h);        /* overhang of leaning and trapezoid boxes */
double nc_hex_side(double h);    /* slanted part of a hexagon */
double nc_divider(double h);     /* the line of a divided box, from its top */

typedef void nc_fit_fn(nc_fit *fit); /* fit->label_w and label_h are set: set all else */
nc_fit_fn nc_fit_rect, nc_fit_rounded, nc_fit_stadium, nc_fit_framed, nc_fit_cyl, nc_fit_folder,
    nc_fit_bucket, nc_fit_console, nc_fit_browser, nc_fit_person, nc_fit_circle, nc_fit_burst,
    nc_fit_diam, nc_fit_hex, nc_fit_lean, nc_fit_trap, nc_fit_ring, nc_fit_text, nc_fit_lined,
    nc_fit_point, nc_fit_bar, nc_fit_hourglass, nc_fit_brace, nc_fit_brace_right, nc_fit_braces,
    nc_fit_bolt, nc_fit_doc, nc_fit_delay, nc_fit_h_cyl, nc_fit_lin_cyl, nc_fit_data_store,
    nc_fit_display, nc_fit_divided, nc_fit_tri, nc_fit_flip_tri, nc_fit_pane, nc_fit_slope,
    nc_fit_docs, nc_fit_stack, nc_fit_bow, nc_fit_cross_circle, nc_fit_tag_doc, nc_fit_tag_rect,
    nc_fit_flag, nc_fit_odd, nc_fit_lin_doc, nc_fit_ellipse, nc_fit_choice, nc_fit_anchor,
    nc_fit_collapsed, nc_fit_bare, nc_fit_event, nc_fit_double_frame, nc_fit_page, nc_fit_c4_person,
    nc_fit_c4_box;

/* Appends subpaths for a figure whose box is b; outlines are closed and run clockwise. */
typedef void nc_path_fn(nc_path_builder *p, nc_lay_rect b);
nc_path_fn nc_path_stadium, nc_path_cyl, nc_path_folder, nc_path_bucket, nc_path_body,
    nc_path_person, nc_path_circle, nc_path_bang, nc_path_cloud, nc_path_diam, nc_path_hex,
    nc_path_lean_r, nc_path_lean_l, nc_path_trap_b, nc_path_trap_t, nc_path_notch_rect,
    nc_path_hourglass, nc_path_bolt, nc_path_doc, nc_path_delay, nc_path_h_cyl, nc_path_display,
    nc_path_tri, nc_path_flip_tri, nc_path_notch_pent, nc_path_slope, nc_path_docs, nc_path_stack,
    nc_path_bow, nc_path_flag, nc_path_odd, nc_path_page, nc_path_eight;
/* What is drawn behind the outline, over it as lines, and over it as solid ink. */
nc_path_fn nc_back_head, nc_line_framed, nc_line_cyl, nc_line_datastore, nc_line_bucket,
    nc_line_console, nc_line_browser, nc_line_ring, nc_line_event, nc_line_data_store,
    nc_line_gateway, nc_line_lined, nc_line_brace, nc_line_brace_right, nc_line_braces,
    nc_line_h_cyl, nc_line_lin_cyl, nc_line_divided, nc_line_pane, nc_line_docs, nc_line_stack,
    nc_line_cross, nc_line_tag_doc, nc_line_tag_rect, nc_line_lin_doc, nc_line_page, nc_line_double,
    nc_line_bracket, nc_line_collapsed, nc_ink_dots, nc_ink_core, nc_ink_collapsed;

#endif
