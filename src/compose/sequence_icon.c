/* The symbols that `properties` put beside a participant: computer, database, clock. */
#include "compose/sequence_icon.h"

enum { CLOCK_R = 6 };

typedef struct icon_class {
    nc_sv name; /* as Mermaid's authors write it */
    nc_sv words;
    void (*trace)(nc_path_builder *b, double x, double y);
} icon_class;

/* Symbols are NC_SEQ_ICON px wide and high; x, y is their top left corner. */
static void trace_computer(nc_path_builder *b, double x, double y)
{
    nc_path_move(b, x + 1, y + 2);
    nc_path_line(b, x + 13, y + 2);
    nc_path_line(b, x + 13, y + 10);
    nc_path_line(b, x + 1, y + 10);
    nc_path_close(b);
    nc_path_move(b, x + 7, y + 10);
    nc_path_line(b, x + 7, y + 13);
    nc_path_move(b, x + 4, y + 13);
    nc_path_line(b, x + 10, y + 13);
}

static void trace_database(nc_path_builder *b, double x, double y)
{
    nc_path_move(b, x + 2, y + 3);
    nc_path_quarter(b, x + 7, y + 1, false);
    nc_path_quarter(b, x + 12, y + 3, true);
    nc_path_line(b, x + 12, y + 11);
    nc_path_quarter(b, x + 7, y + 13, false);
    nc_path_quarter(b, x + 2, y + 11, true);
    nc_path_close(b);
    nc_path_move(b, x + 2, y + 3);
    nc_path_quarter(b, x + 7, y + 5, false);
    nc_path_quarter(b, x + 12, y + 3, true);
}

static void trace_clock(nc_path_builder *b, double x, double y)
{
    const double cx = x + NC_SEQ_ICON / 2.0;
    const double cy = y + NC_SEQ_ICON / 2.0;
    nc_path_move(b, cx - CLOCK_R, cy);
    nc_path_quarter(b, cx, cy - CLOCK_R, false);
    nc_path_quarter(b, cx + CLOCK_R, cy, true);
    nc_path_quarter(b, cx, cy + CLOCK_R, false);
    nc_path_quarter(b, cx - CLOCK_R, cy, true);
    nc_path_close(b);
    nc_path_move(b, cx, cy - 3.5);
    nc_path_line(b, cx, cy);
    nc_path_line(b, cx + 2.5, cy + 1.5);
}

static const icon_class icons[] = {
    [NC_SEQ_NO_ICON] = {NC_SV_INIT(""), NC_SV_INIT(""), NULL},
    [NC_SEQ_COMPUTER] = {NC_SV_INIT("@computer"), NC_SV_INIT("computer"), trace_computer},
    [NC_SEQ_STORE] = {NC_SV_INIT("@database"), NC_SV_INIT("database"), trace_database},
    [NC_SEQ_CLOCK] = {NC_SV_INIT("@clock"), NC_SV_INIT("clock"), trace_clock},
};
static_assert(NC_COUNT(icons) == NC_SEQ_ICON_COUNT, "an icon has no row");

/* Values of properties are JSON text. */
static nc_sv unquoted(nc_sv json)
{
    if (json.len >= 2 && json.ptr[0] == '"')
        return nc_sv_trim(nc_sv_slice(json, 1, json.len - 1));
    return json;
}

static void report(nc_diags *d, nc_span at, nc_sv name)
{
    nc_sv names[NC_COUNT(icons)];
    for (size_t i = 0; i < NC_COUNT(icons); i++)
        names[i] = icons[i].name;
    if (name.len == 0 || name.ptr[0] != '@') {
        nc_diag_add(d, NC_RULE_SEQ_BAD_JSON, at, "the icon '%.*s' is an address and is not fetched",
                    NC_SV_ARG(name));
        nc_diag_hint(d, "use @computer, @database or @clock");
        return;
    }
    nc_diag_add(d, NC_RULE_SEQ_BAD_JSON, at, "there is no icon '%.*s'", NC_SV_ARG(name));
    const nc_sv near = nc_nearest(name, names, NC_COUNT(names));
    if (near.len)
        nc_diag_hint(d, "did you mean '%.*s'?", NC_SV_ARG(near));
    else
        nc_diag_hint(d, "there are @computer, @database and @clock");
}

nc_seq_icon nc_seq_icon_of(const nc_seq_actor *actor, nc_diags *d)
{
    for (uint32_t i = actor->properties.len; i-- > 0;) { /* the last one counts, as in Mermaid */
        const nc_seq_pair *pair = &actor->properties.ptr[i];
        if (!nc_sv_eq(pair->key, NC_SV("icon")))
            continue;
        const nc_sv name = unquoted(pair->value);
        for (size_t k = NC_SEQ_NO_ICON + 1; k < NC_COUNT(icons); k++)
            if (nc_sv_eq_nocase(name, icons[k].name))
                return (nc_seq_icon)k;
        report(d, actor->at, name);
        break;
    }
    return NC_SEQ_NO_ICON;
}

nc_sv nc_seq_icon_words(nc_seq_icon icon)
{
    return icons[icon].words;
}

bool nc_seq_draw_icon(nc_scene *scene, nc_seq_icon icon, double x, double y, nc_paint ink)
{
    nc_shape shape = {.kind = NC_SHAPE_PATH,
                      .stroke = {.paint = ink, .width = 1.25, .cap = NC_CAP_ROUND}};
    nc_path_builder b;
    if (!icons[icon].trace)
        return true;
    nc_path_init(&b, scene->arena);
    icons[icon].trace(&b, x, y);
    return nc_path_take(&shape.path, &b) && nc_scene_shape(scene, &shape);
}
