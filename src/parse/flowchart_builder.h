/*
 * A flowchart while it is being read: ids as symbols, what each of them has become, and the rules
 * by which Mermaid turns statements into nodes, edges and subgraphs.
 *
 * Two readings of a text exist. Mermaid's own loses some of what is written (a class given before
 * its node, a style for an edge's id, a thick line whose ends differ); the author's keeps it. The
 * builder follows one of them and counts in `defects` how often the other would differ.
 */
#ifndef NC_FLOWCHART_BUILDER_H
#define NC_FLOWCHART_BUILDER_H

#include "base/diag.h"
#include "base/limits.h"
#include "base/map.h"
#include "model/flowchart.h"
#include "source/value.h"

/* A name of the diagram; several things may bear it. Indices are NC_NONE when none does. */
typedef struct nc_flow_symbol {
    nc_sv id;
    uint32_t node, edge, subgraph;
    uint32_t owner; /* subgraph whose member it is */
    uint32_t mark;  /* number of the list it was last counted in */
    nc_sv tooltip;
} nc_flow_symbol;

/* What the model does not keep of a node. */
typedef struct nc_flow_node_note {
    uint32_t symbol;
    const nc_value *data; /* the last `@{ }` */
    nc_span data_at;
    uint32_t mentions;
    uint32_t edge_data; /* mentions whose data can only mean an edge */
    bool labelled;      /* by a bracket */
    bool used;          /* an edge ends here, or it has a bracket of its own */
} nc_flow_node_note;

typedef struct nc_flow_edge_note {
    uint32_t from, to; /* symbols */
    bool own_id;       /* the author gave the id */
} nc_flow_edge_note;

typedef struct nc_flow_subgraph_note {
    uint32_t symbol;
    uint32_t opened; /* how many were opened before it */
} nc_flow_subgraph_note;

/* `class` and `click` on an id that nothing bears yet. */
typedef struct nc_flow_late {
    nc_sv id, class_name;
    uint32_t link; /* index of nc_flow_builder.links; NC_NONE: it is about a class */
    nc_span at;
} nc_flow_late;

typedef struct nc_flow_builder {
    nc_arena *arena;
    nc_diags *diags;
    nc_flowchart *chart;
    nc_limits limits;
    bool author;
    bool inherit_dir;
    bool names_edges; /* the text may refer to ids that Mermaid makes up: `L_` is in it */
    uint32_t defects;
    uint32_t opens, closed; /* subgraphs opened and closed so far */
    uint32_t lists;         /* member lists so far, see nc_flow_symbol.mark */
    bool nodes_full, edges_full;
    nc_map ids;   /* id to symbol */
    nc_map pairs; /* edges between two symbols so far */
    nc_map given; /* classes given so far */
    NC_VEC(nc_flow_symbol) symbols;
    NC_VEC(nc_flow_node_note) nodes;
    NC_VEC(nc_flow_edge_note) edges;
    NC_VEC(nc_flow_subgraph_note) subgraphs;
    NC_VEC(nc_flow_late) late;
    NC_VEC(nc_flow_link) links; /* of the late ones */
} nc_flow_builder;

/* An edge as written, before it is multiplied by `&`. */
typedef struct nc_flow_arrow {
    nc_span at;
    nc_sv id;
    nc_label label;
    nc_flow_stroke stroke;
    nc_flow_head tail, head, author_tail;
    uint32_t length;
} nc_flow_arrow;

/* A subgraph at its `end`. */
typedef struct nc_flow_frame {
    nc_span at;
    nc_sv id; /* unused when auto_id */
    bool auto_id;
    nc_label title;
    bool has_dir;
    nc_flow_dir dir;
    uint32_t opened;
    nc_u32_vec members; /* symbols, repeats included */
} nc_flow_frame;

/* All of these are false without memory only; what is wrong with the text is reported. */

NC_MUST_USE bool nc_flow_symbol_of(nc_flow_builder *b, nc_sv id, uint32_t *out);
/* A mention of a node; label NULL and shape NC_FLOW_SHAPE_COUNT keep what it has. */
NC_MUST_USE bool nc_flow_add_node(nc_flow_builder *b, uint32_t symbol, nc_span at,
                                  const nc_label *label, nc_flow_shape shape);
/* `@{ }` after a mention. data may be NULL (nothing in it). */
NC_MUST_USE bool nc_flow_add_data(nc_flow_builder *b, uint32_t symbol, const nc_value *data,
                                  nc_span at);
NC_MUST_USE bool nc_flow_add_edges(nc_flow_builder *b, const nc_u32_vec *from, const nc_u32_vec *to,
                                   const nc_flow_arrow *arrow);
NC_MUST_USE bool nc_flow_add_styles(nc_flow_builder *b, nc_sv id, nc_span at,
                                    const nc_sv_vec *styles);
/* ids: a list with commas, as for the next two. */
NC_MUST_USE bool nc_flow_add_class(nc_flow_builder *b, nc_sv ids, nc_sv name, nc_span at);
NC_MUST_USE bool nc_flow_add_link(nc_flow_builder *b, nc_sv ids, const nc_flow_link *link,
                                  nc_span at);
NC_MUST_USE bool nc_flow_define_class(nc_flow_builder *b, nc_sv names, nc_span at,
                                      const nc_sv_vec *styles);
/* The styles and curve of edge `index` (as written), or of all edges when it is `default`. */
NC_MUST_USE bool nc_flow_style_edge(nc_flow_builder *b, nc_sv index, nc_span at, nc_sv curve,
                                    const nc_sv_vec *styles);
/* Returns the symbol of the closed subgraph in *out. */
NC_MUST_USE bool nc_flow_close(nc_flow_builder *b, const nc_flow_frame *frame, uint32_t *out);
/* The parts that the functions above share. */
NC_MUST_USE bool nc_flow_make_node(nc_flow_builder *b, uint32_t symbol, nc_span at);
/* What bears the id; NULL when nothing does. */
const nc_flow_symbol *nc_flow_known(const nc_flow_builder *b, nc_sv id);
void nc_flow_set_edge_data(nc_flow_edge *edge, const nc_value *data);
void nc_flow_set_subgraph_data(nc_flow_subgraph *subgraph, const nc_value *data);
/* A class for everything that bears the symbol; and for one thing, once (kind: n, e, s). */
NC_MUST_USE bool nc_flow_give_class(nc_flow_builder *b, const nc_flow_symbol *s, nc_sv name);
NC_MUST_USE bool nc_flow_put_class(nc_flow_builder *b, char kind, uint32_t index, nc_sv_vec *to,
                                   nc_sv name);
/* The later link wins where it says something. */
void nc_flow_merge_link(nc_flow_link *to, const nc_flow_link *link);

/* Ends resolved, parents set, members sorted out: the chart is complete. */
NC_MUST_USE bool nc_flow_finish(nc_flow_builder *b);

#endif
