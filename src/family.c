#include "family.h"

/* The functions of one family with their model and placement as void. */
#define FAMILY_FUNCTIONS(family, model_type, placed_type, placed_dump)                             \
    static bool parse_##family(void *model, nc_arena *a, const nc_source *source, nc_diags *d)     \
    {                                                                                              \
        return nc_parse_##family((model_type *)model, a, source, d);                               \
    }                                                                                              \
    static void dump_##family(nc_buf *out, const void *model, bool mermaid)                        \
    {                                                                                              \
        nc_##family##_dump(out, (const model_type *)model, mermaid);                               \
    }                                                                                              \
    static void told_##family(nc_sv *title, nc_sv *descr, const void *model)                       \
    {                                                                                              \
        *title = ((const model_type *)model)->acc_title;                                           \
        *descr = ((const model_type *)model)->acc_descr;                                           \
    }                                                                                              \
    static bool place_##family(void **placed, nc_draw *draw, const void *model)                    \
    {                                                                                              \
        placed_type *typed = NULL;                                                                 \
        bool ok = nc_place_##family(&typed, draw, (const model_type *)model);                      \
        *placed = typed;                                                                           \
        return ok;                                                                                 \
    }                                                                                              \
    static void dump_placed_##family(nc_buf *out, const void *placed)                              \
    {                                                                                              \
        placed_dump(out, (const placed_type *)placed);                                             \
    }                                                                                              \
    static bool draw_##family(nc_scene *out, nc_draw *draw, const void *model, const void *placed) \
    {                                                                                              \
        return nc_draw_##family(out, draw, (const model_type *)model,                              \
                                (const placed_type *)placed);                                      \
    }                                                                                              \
    static bool cells_##family(nc_cells *out, nc_draw *draw, const void *model,                    \
                               const void *placed)                                                 \
    {                                                                                              \
        return nc_cells_##family(out, draw, (const model_type *)model,                             \
                                 (const placed_type *)placed);                                     \
    }

FAMILY_FUNCTIONS(flowchart, nc_flowchart, nc_placed_graph, nc_placed_graph_dump)
FAMILY_FUNCTIONS(sequence, nc_sequence, nc_placed_sequence, nc_placed_sequence_dump)
FAMILY_FUNCTIONS(c4, nc_c4, nc_placed_graph, nc_placed_graph_dump)

#define FAMILY_ROW(family, model_type)                                                             \
    {                                                                                              \
#family, sizeof(model_type), parse_##family, dump_##family, told_##family, place_##family, \
            dump_placed_##family, draw_##family, cells_##family                                    \
    }

const nc_family *nc_family_lookup(nc_family_id id)
{
    static const nc_family families[] = {
        [NC_FAMILY_FLOWCHART] = FAMILY_ROW(flowchart, nc_flowchart),
        [NC_FAMILY_SEQUENCE] = FAMILY_ROW(sequence, nc_sequence),
        [NC_FAMILY_C4] = FAMILY_ROW(c4, nc_c4),
    };
    static_assert(NC_COUNT(families) == NC_FAMILY_COUNT, "a family has no row");
    return &families[id];
}
