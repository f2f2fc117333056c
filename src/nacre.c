/* The library's door: contexts, diagrams, and the one way from text to picture. */
#include "nacre_dress.h"
#include "nacre_internal.h"

#include "family.h"
#include "fonts/faces.h"
#include "icon/icon.h"
#include "icon/image.h"
#include "paint/cairo.h"
#include "paint/paint.h"
#include "paint/text.h"
#include "portable.h"
#include "scene/dress.h"
#include "text/fonts.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

enum {
    DEFAULT_MAX_BYTES = 16 * 1024 * 1024,
    DEFAULT_MAX_PIXELS = 1 << 28,
    ARENA_BUDGET = 768 * 1024 * 1024, /* what hostile input can make nacre hold */
};

struct nacre_context {
    nc_alloc alloc;
    nc_fonts *fonts; /* opened by the first diagram that is measured */
    nacre_log log;   /* NULL: nobody listens */
    void *log_payload;
    bool told_system, told_module; /* that they were opened */
};

struct nacre_diagram {
    nacre_context *context;
    nc_arena arena;   /* source, model, diagnostics */
    nc_arena drawing; /* placement and scene of the last rendering */
    nc_sv text;
    nc_source source;
    nc_diags diags;
    uint32_t parse_diags, parse_errors; /* how many are parsing's */
    uint32_t model_errors;              /* those of them that leave no sound model */
    const nc_family *family;
    void *model;
    nc_config config;
    nc_value_error config_error;
    bool bad_config; /* a text of the options cannot be read */
    bool parsed;
    nacre_fonts fonts; /* of the options it was last read or drawn with */
    const char *module_folder;
    double aspect; /* and these */
    uint32_t repeat_actors;
    const nacre_icons *icons; /* of those options: borrowed during the call */
    uint64_t icons_hash;
    nacre_read_image read_image;
    const void *image_payload;
    uint64_t images_hash; /* of the files that the scene shows */
    void *placed;         /* of the drawing arena; NULL: not placed */
    nc_scene scene;
    bool composed;                         /* scene is that of the model in these fonts */
    uint32_t scene_diags;                  /* how many are not painting's */
    nc_text_place places[2 * NC_DIAG_MAX]; /* of the diagnostics; notes may have joined them */
};

static nacre_options effective(const nacre_options *given)
{
    nacre_options options = NACRE_OPTIONS_INIT;
    if (given) {
        size_t size = given->struct_size;
        if (size == 0 || size > sizeof options)
            size = sizeof options;
        memcpy(&options, given, size);
        options.struct_size = sizeof options;
        if (!(options.aspect > 0))
            options.aspect = 0;
    }
    return options;
}

const char *nacre_version(void)
{
    return NACRE_VERSION;
}

const char *nacre_version_font(size_t index)
{
    return index < NC_FACE_FILES ? nc_face_files[index].summary : NULL;
}

const char *nacre_theme_name(size_t index)
{
    /* "auto" is no theme but two of them */
    return index == 0 ? "auto" : nc_theme_name(index - 1).ptr;
}

nc_alloc nc_alloc_given(const nacre_allocator *allocator)
{
    nc_arena defaults; /* knows malloc and free */
    nc_alloc from = {0};
    if (allocator)
        from = (nc_alloc){allocator->alloc, allocator->free, allocator->payload};
    nc_arena_init(&defaults, &from, 0);
    return defaults.from;
}

nacre_context *nacre_context_new(const nacre_allocator *allocator)
{
    const nc_alloc from = nc_alloc_given(allocator);
    nacre_context *context = from.alloc(from.payload, sizeof *context);
    if (context)
        *context = (nacre_context){.alloc = from};
    return context;
}

void nacre_context_drop(nacre_context *context)
{
    if (!context)
        return;
    nc_alloc alloc = context->alloc;
    nc_fonts_drop(context->fonts);
    alloc.free(alloc.payload, context);
}

void nacre_context_log(nacre_context *context, nacre_log log, void *payload)
{
    context->log = log;
    context->log_payload = payload;
}

NC_PRINTF(3, 4)
static void say(const nacre_context *context, nacre_log_level level, const char *fmt, ...)
{
    char message[256];
    va_list args;
    if (!context->log)
        return;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    context->log(level, message, context->log_payload);
}

/* The same status, said when it is one that no diagnostic tells of. */
static nacre_status said(const nacre_context *context, const char *doing, nacre_status status)
{
    if (status == NACRE_ERR_NOMEM)
        say(context, NACRE_LOG_WARNING, "out of memory, or of its budget, while %s", doing);
    return status;
}

nc_alloc nc_context_alloc(const nacre_context *context)
{
    return context->alloc;
}

/* Stable by place: people read their text from the top. */
static void sort_diags(nc_diags *d, uint32_t from)
{
    for (uint32_t i = from + 1; i < d->list.len; i++) {
        nc_diag moving = d->list.ptr[i];
        uint32_t at = i;
        for (; at > from && d->list.ptr[at - 1].at.start > moving.at.start; at--)
            d->list.ptr[at] = d->list.ptr[at - 1];
        d->list.ptr[at] = moving;
    }
}

/* In the order of the text from the nth on, and where each is. */
static void settle_diags(nacre_diagram *dg, uint32_t from)
{
    nc_text_walk walk = {0};
    sort_diags(&dg->diags, from);
    for (uint32_t i = from; i < dg->diags.list.len && i < NC_COUNT(dg->places); i++)
        dg->places[i] = nc_text_walk_to(&walk, dg->text, dg->diags.list.ptr[i].at.start);
}

/*
 * A configuration file's text (YAML, of which JSON is a part) as a layer. What is wrong inside has
 * no place in the diagram: nacre_config_check tells it.
 */
static bool add_config(nacre_diagram *dg, const char *text)
{
    const nc_value *layer = NULL;
    if (!text)
        return true;
    nc_sv copy;
    nc_diags quiet;
    nc_diags_init(&quiet, &dg->arena);
    if (!nc_arena_copy(&copy, &dg->arena, nc_sv_cstr(text)))
        return false;
    if (!nc_yaml_read(&layer, &dg->arena, copy, 0, &dg->config_error)) {
        if (nc_arena_failed(&dg->arena))
            return false;
        nc_diag_add(&dg->diags, NC_RULE_CONFIG_FILE, (nc_span){0, 0},
                    "the configuration is no YAML: %.*s", NC_SV_ARG(dg->config_error.message));
        dg->bad_config = true;
        return true;
    }
    return nc_config_add(&dg->config, &dg->arena, layer, false, &quiet);
}

static uint32_t limit_of(size_t given, uint32_t fallback)
{
    return given == 0 ? fallback : given < INT32_MAX ? (uint32_t)given : INT32_MAX;
}

/* Everything that does not depend on how the picture will be painted. */
static bool parse(nacre_diagram *dg, const nacre_options *options)
{
    size_t max_bytes = options->max_bytes ? options->max_bytes : DEFAULT_MAX_BYTES;
    if (!nc_source_read(&dg->source, &dg->arena, dg->text, max_bytes, &dg->diags))
        return !nc_arena_failed(&dg->arena);
    dg->config.family = dg->source.family;
    const nc_offset_map *map = dg->diags.map;
    dg->diags.map = NULL; /* values of configuration know their own places */
    bool ok = add_config(dg, options->config_project) && add_config(dg, options->config_file) &&
              nc_config_add(&dg->config, &dg->arena, dg->source.config, true, &dg->diags);
    dg->diags.map = map;
    if (!ok)
        return false;
    dg->source.limits = (nc_limits){
        .nodes = limit_of(options->max_nodes, nc_limits_default.nodes),
        .edges = limit_of(options->max_edges, nc_limits_default.edges),
        .nesting = limit_of(options->max_nesting, nc_limits_default.nesting),
        .label = limit_of(options->max_label, nc_limits_default.label),
    };
    dg->family = nc_family_lookup(dg->source.family);
    dg->model = nc_arena_alloc(&dg->arena, 1, dg->family->model_size, _Alignof(max_align_t));
    if (!dg->model || !dg->family->parse(dg->model, &dg->arena, &dg->source, &dg->diags))
        return false;
    dg->parsed = true;
    return !nc_arena_failed(&dg->arena);
}

/* Only who asks for portability hears of sizes. */
static bool note_sizes(nacre_diagram *dg)
{
    const bool is_flowchart = dg->parsed && dg->source.family == NC_FAMILY_FLOWCHART;
    return !dg->parsed || nc_portable_sizes(&dg->diags, &dg->arena, &dg->source, &dg->config,
                                            is_flowchart ? dg->model : NULL);
}

/* What Mermaid itself refuses becomes an error, of those that leave the model sound. */
static bool refuse_notes(nacre_diagram *dg)
{
    for (uint32_t i = 0; i < dg->diags.notes.len; i++) {
        nc_diag error = dg->diags.notes.ptr[i];
        error.severity = NC_ERROR;
        error.drawing = true;
        if (!NC_PUSH(&dg->arena, &dg->diags.list, error))
            return false;
        dg->diags.errors++;
        dg->diags.draw_errors++;
    }
    dg->diags.notes.len = 0;
    return true;
}

/* The icons and images of the options, for what is composed next. */
static void keep_pictures(nacre_diagram *dg, const nacre_options *options)
{
    const uint64_t icons = options->icons ? nc_icon_packs_hash(options->icons->packs) : 0;
    if (icons != dg->icons_hash || options->read_image != dg->read_image ||
        options->image_payload != dg->image_payload)
        dg->composed = false;
    dg->icons = options->icons;
    dg->icons_hash = icons;
    dg->read_image = options->read_image;
    dg->image_payload = options->image_payload;
}

/* Kept for what is asked of the diagram afterwards. */
static bool keep_choices(nacre_diagram *dg, const nacre_options *options)
{
    const char *folder = options->module_folder;
    const char *kept = dg->module_folder;
    keep_pictures(dg, options);
    bool same = folder && kept ? strcmp(folder, kept) == 0 : folder == kept;
    nc_sv copy = {0};
    const bool shaped = options->aspect > dg->aspect || options->aspect < dg->aspect ||
                        options->repeat_actors != dg->repeat_actors;
    if (same && dg->fonts == options->fonts && !shaped)
        return true;
    dg->composed = false;
    dg->fonts = options->fonts;
    dg->aspect = options->aspect;
    dg->repeat_actors = options->repeat_actors;
    if (folder && !nc_arena_copy(&copy, &dg->arena, nc_sv_cstr(folder)))
        return false;
    dg->module_folder = copy.ptr;
    return true;
}

nacre_status nacre_parse(nacre_diagram **out, nacre_context *context, const char *text, size_t len,
                         const nacre_options *given)
{
    nacre_options options = effective(given);
    *out = NULL;
    nacre_diagram *dg = context->alloc.alloc(context->alloc.payload, sizeof *dg);
    if (!dg)
        return said(context, "reading", NACRE_ERR_NOMEM);
    *dg = (nacre_diagram){.context = context};
    nc_arena_init(&dg->arena, &context->alloc, ARENA_BUDGET);
    nc_arena_init(&dg->drawing, &context->alloc, ARENA_BUDGET);
    nc_diags_init(&dg->diags, &dg->arena);
    if (!nc_arena_copy(&dg->text, &dg->arena, nc_sv_from(text, len)) ||
        !keep_choices(dg, &options) || !parse(dg, &options) ||
        (options.portable && !(note_sizes(dg) && refuse_notes(dg)))) {
        nacre_diagram_drop(dg);
        return said(context, "reading", NACRE_ERR_NOMEM);
    }
    sort_diags(&dg->diags, 0);
    if (!nc_diag_close(&dg->diags)) {
        nacre_diagram_drop(dg);
        return said(context, "reading", NACRE_ERR_NOMEM);
    }
    settle_diags(dg, 0);
    dg->parse_diags = dg->diags.list.len;
    dg->parse_errors = dg->diags.errors;
    dg->model_errors = dg->diags.errors - dg->diags.draw_errors;
    *out = dg;
    say(context, NACRE_LOG_DEBUG, "read %zu bytes: %s, %u errors, %u warnings", len,
        dg->family ? dg->family->name : "no diagram", (unsigned)dg->parse_errors,
        (unsigned)(dg->parse_diags - dg->parse_errors));
    return dg->bad_config ? NACRE_ERR_USAGE : dg->diags.errors ? NACRE_ERR_DIAGRAM : NACRE_OK;
}

void nacre_diagram_drop(nacre_diagram *dg)
{
    if (!dg)
        return;
    nc_alloc alloc = dg->context->alloc;
    nc_arena_release(&dg->drawing);
    nc_arena_release(&dg->arena);
    alloc.free(alloc.payload, dg);
}

size_t nacre_diagnostic_count(const nacre_diagram *dg)
{
    return dg->diags.list.len;
}

void nacre_diagnostic_at(nacre_diagnostic *out, const nacre_diagram *dg, size_t index)
{
    *out = (nacre_diagnostic){.code = "", .message = "", .hint = ""};
    if (index < dg->diags.list.len)
        *out = nc_told(&dg->diags.list.ptr[index], dg->places[index]);
}

static bool open_fonts(nacre_context *context)
{
    if (!context->fonts)
        context->fonts = nc_fonts_new(&context->alloc);
    return context->fonts != NULL;
}

/* A theme variable, else the root's key. */
static const nc_value *family_in(const nc_value *variables, const nc_value *root)
{
    const nc_value *family = nc_value_member(variables, NC_SV("fontFamily"));
    if (!family || family->kind != NC_VALUE_STRING || family->text.len == 0)
        family = root;
    return family && family->kind == NC_VALUE_STRING && family->text.len ? family : NULL;
}

/* The family that the document or its configuration wants texts in. */
static bool choose_family(nc_measure *measure, nacre_diagram *dg)
{
    const nc_value *family = family_in(nc_config_root(&dg->config, "themeVariables"),
                                       nc_config_root(&dg->config, "fontFamily"));
    if (!family)
        return true;
    /* places are known of what the document says, not of configuration files */
    const nc_value *own = family_in(nc_value_path(dg->source.config, "themeVariables"),
                                    nc_value_path(dg->source.config, "fontFamily"));
    const nc_offset_map *map = dg->diags.map;
    dg->diags.map = NULL;
    bool ok = nc_measure_family(measure, family->text, own ? own->at : (nc_span){0, 0});
    dg->diags.map = map;
    return ok;
}

/* What placing and composing warn of stays with the scene. */
static void settle_drawing(nacre_diagram *dg)
{
    settle_diags(dg, dg->parse_diags);
    dg->scene_diags = dg->diags.list.len;
}

static int take_image(const char *bytes, size_t len, void *payload)
{
    nc_buf *const out = payload;
    nc_buf_put(out, nc_sv_from(bytes, len));
    return out->failed;
}

/* The caller's reader as the images know it. */
static bool read_image(nc_buf *out, const char **reason, nc_sv name, void *payload)
{
    const nacre_diagram *dg = payload;
    nc_buf path; /* with its NUL */
    nc_buf_init(&path, NULL, 0);
    nc_buf_put(&path, name);
    const bool ok = !path.failed && name.len && !memchr(name.ptr, '\0', name.len);
    *reason =
        ok ? dg->read_image(path.ptr, take_image, out, dg->image_payload) : "its name is no path";
    nc_buf_release(&path);
    return !*reason;
}

static void tell_system_fonts(nacre_context *context)
{
    if (context->told_system || !nc_fonts_system_is_open(context->fonts))
        return;
    context->told_system = true;
    say(context, NACRE_LOG_INFO, "the fonts of this system are open");
}

/*
 * Model to scene; only_check: no further than to what there is to warn of. The drawing arena is
 * started afresh; warnings of an earlier drawing go.
 */
static bool compose(nacre_diagram *dg, bool only_check)
{
    dg->composed = false;
    dg->placed = NULL;
    nc_arena_release(&dg->drawing);
    dg->diags.list.len = dg->parse_diags;
    if (!only_check && !open_fonts(dg->context))
        return false;
    nc_draw draw = {
        .arena = &dg->drawing,
        .diags = &dg->diags,
        .config = &dg->config,
        .alloc = &dg->context->alloc,
        .title = dg->source.title,
        .text = dg->text,
        .aspect = dg->aspect,
        .repeat = dg->repeat_actors,
    };
    nc_images images = {.arena = &dg->drawing,
                        .diags = &dg->diags,
                        .read = dg->read_image ? read_image : NULL,
                        .payload = dg,
                        .module_folder = dg->module_folder,
                        .check_only = only_check};
    draw.images = &images;
    draw.icons = nc_icon_book_new(&dg->drawing, dg->icons ? dg->icons->packs : NULL, &dg->diags);
    if (!draw.icons)
        return false;
    if (only_check) {
        bool ok =
            dg->family->place(&dg->placed, &draw, dg->model) && !nc_arena_failed(&dg->drawing);
        settle_drawing(dg);
        return ok;
    }
    nc_fonts_allow_system(dg->context->fonts, dg->fonts == NACRE_FONTS_SYSTEM, dg->module_folder);
    draw.measure = nc_measure_new(&dg->drawing, dg->context->fonts, &dg->diags);
    nc_scene_init(&dg->scene, &dg->drawing);
    dg->scene.family = nc_sv_cstr(dg->family->name);
    if (draw.measure) {
        nc_measure_language(draw.measure, dg->text);
        nc_measure_icons(draw.measure, draw.icons);
    }
    dg->composed = draw.measure && choose_family(draw.measure, dg) &&
                   dg->family->place(&dg->placed, &draw, dg->model) &&
                   dg->family->draw(&dg->scene, &draw, dg->model, dg->placed) &&
                   !nc_arena_failed(&dg->drawing);
    dg->images_hash = images.hash;
    settle_drawing(dg);
    tell_system_fonts(dg->context);
    return dg->composed;
}

/* The scene in the fonts in force: one serves every format. */
static bool have_scene(nacre_diagram *dg)
{
    return dg->composed || compose(dg, false);
}

/* Troubles of the whole picture, which no place of the text is to blame for. */
NC_PRINTF(3, 4)
static void report(nacre_diagram *dg, nc_rule rule, const char *fmt, ...)
{
    char message[256];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    const nc_offset_map *map = dg->diags.map;
    dg->diags.map = NULL;
    nc_diag_add(&dg->diags, rule, (nc_span){0, 0}, "%s", message);
    dg->diags.map = map;
}

/* What the picture wears, in the options' format. */
static void choose_dress(nc_dress *out, nacre_diagram *dg, const nacre_options *options)
{
    const nc_dress_wish wish = {.config = &dg->config,
                                .own = dg->source.config && dg->config.len,
                                .options = options,
                                .diags = &dg->diags};
    nc_dress_choose(out, &wish);
}

/* An id prefix is part of XML names and CSS identifiers. */
static bool is_prefix(const char *prefix)
{
    if (!nc_is_alpha(*prefix) && *prefix != '_')
        return false;
    size_t len = 0;
    for (const char *p = prefix; *p; p++, len++)
        if (!nc_is_word(*p) && *p != '-')
            return false;
    return len <= 32;
}

static uint64_t mix(uint64_t hash, const char *text)
{
    for (const char *p = text ? text : ""; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 1099511628211u; /* FNV-1a */
    return (hash ^ 0xff) * 1099511628211u;                  /* ends the field */
}

static const char *const format_names[] = {
    [NACRE_SVG] = "svg", [NACRE_SVG_PLAIN] = "svg plain", [NACRE_PNG] = "png", [NACRE_PDF] = "pdf",
    [NACRE_TXT] = "txt", [NACRE_ASCII] = "ascii"};

/* Whether packs of icons may change the picture. */
static bool has_icons(const nacre_diagram *dg)
{
    return nc_sv_find(dg->text, NC_SV("icon"), 0) != SIZE_MAX ||
           nc_sv_find(dg->text, NC_SV(":fa-"), 0) != SIZE_MAX;
}

/* Of source and every option that changes the picture. */
static uint64_t source_hash(const nacre_diagram *dg, const nacre_options *options)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < dg->text.len; i++)
        hash = (hash ^ (unsigned char)dg->text.ptr[i]) * 1099511628211u;
    hash = mix(hash, options->theme);
    hash = mix(hash, options->background);
    hash = mix(hash, options->font_embed == NACRE_EMBED_NONE ? "none" : "subset");
    if (options->fonts == NACRE_FONTS_EMBEDDED)
        hash = mix(hash, "embedded fonts");
    hash = mix(hash, options->id_prefix);
    if (options->icons && has_icons(dg))
        hash = (hash ^ nc_icon_packs_hash(options->icons->packs)) * 1099511628211u;
    if (dg->images_hash)
        hash = (hash ^ dg->images_hash) * 1099511628211u;
    hash = mix(hash, options->config_project);
    hash = mix(hash, options->config_file);
    char numbers[96];
    if (options->aspect > 0 || options->repeat_actors) {
        snprintf(numbers, sizeof numbers, "shape %.0f %u", options->aspect * 1e6,
                 options->repeat_actors);
        hash = mix(hash, numbers);
    }
    if (options->css)
        hash = mix(mix(hash, "css"), options->css);
    if (options->csp)
        hash = mix(hash, "csp");
    if (options->embed_source)
        hash = mix(hash, "source");
    if (options->format == NACRE_SVG)
        return hash;
    hash = mix(hash, format_names[options->format]);
    if (options->format != NACRE_PNG)
        return hash;
    snprintf(numbers, sizeof numbers, "%.0f %u %u", options->scale * 1e6, options->fit_width,
             options->fit_height);
    return mix(hash, numbers);
}

nacre_status nc_give(nc_buf *buf, nacre_status status, nacre_sink sink, void *payload)
{
    if (status == NACRE_OK && buf->failed)
        status = NACRE_ERR_NOMEM;
    if (status == NACRE_OK && buf->len && sink(buf->ptr, buf->len, payload) != 0)
        status = NACRE_ERR_SINK;
    nc_buf_release(buf);
    return status;
}

nacre_status nacre_check(nacre_diagram *dg, const nacre_options *given)
{
    nacre_options options = effective(given);
    nc_dress dress;
    nc_sv css;
    if (dg->parse_errors)
        return NACRE_ERR_DIAGRAM;
    keep_pictures(dg, &options);
    if (!compose(dg, true))
        return NACRE_ERR_NOMEM;
    choose_dress(&dress, dg, &options);
    const bool ok = nc_dress_css(&css, &dg->drawing, &dress, "nacre", &dg->diags);
    settle_diags(dg, dg->scene_diags);
    return ok ? NACRE_OK : NACRE_ERR_NOMEM;
}

static double scale_of(const nacre_diagram *dg, const nacre_options *options)
{
    double by_width = options->fit_width ? options->fit_width / dg->scene.w : 0;
    double by_height = options->fit_height ? options->fit_height / dg->scene.h : 0;
    if (by_width > 0 && by_height > 0)
        return by_width < by_height ? by_width : by_height;
    if (by_width > 0 || by_height > 0)
        return by_width > 0 ? by_width : by_height;
    return options->scale > 0 ? options->scale : 2;
}

/* In hundredths; rounding up to whole pixels costs a little more than the quotient says. */
static double largest_scale(const nc_cairo_job *job)
{
    double side = fmax(job->scene->w, job->scene->h);
    double area = job->scene->w * job->scene->h;
    double scale = floor(fmin(NC_CAIRO_SIDE_MAX / side, sqrt(job->max_pixels / area)) * 100);
    while (scale > 1 && !nc_cairo_fits(job, scale / 100))
        scale--;
    return scale / 100;
}

static nacre_status paint_with_cairo(nc_buf *buf, nacre_diagram *dg, const nc_scene *scene,
                                     const nacre_options *options, const nc_paint_options *paint)
{
    static const nc_cairo_format formats[] = {
        [NACRE_SVG_PLAIN] = NC_CAIRO_SVG, [NACRE_PNG] = NC_CAIRO_PNG, [NACRE_PDF] = NC_CAIRO_PDF};
    nc_sv error;
    const nc_module *module = nc_module_open(&error, &dg->drawing, options->module_folder);
    if (!module) {
        say(dg->context, NACRE_LOG_WARNING, "libnacre-cairo.so cannot be opened: %.*s",
            NC_SV_ARG(error));
        report(dg, NC_RULE_MODULE, "PNG, PDF and plain SVG need a part that cannot be opened: %.*s",
               NC_SV_ARG(error));
        return NACRE_ERR_MODULE;
    }
    if (!dg->context->told_module)
        say(dg->context, NACRE_LOG_INFO, "libnacre-cairo.so is open");
    dg->context->told_module = true;
    nc_sv faces[NC_FACE_COUNT];
    for (nc_face face = 0; face < NC_FACE_COUNT; face++)
        faces[face] = nc_face_bytes(face);
    nc_cairo_job job = {
        .format = formats[options->format],
        .scene = scene,
        .options = paint,
        .scale = scale_of(dg, options),
        .max_pixels = options->max_pixels ? (double)options->max_pixels : DEFAULT_MAX_PIXELS,
        .faces = faces,
        .face_len = NC_FACE_COUNT,
    };
    switch (module->paint(buf, &job)) {
    case NC_CAIRO_OK:
        return NACRE_OK;
    case NC_CAIRO_NOMEM:
        break;
    case NC_CAIRO_TOO_LARGE:
        report(dg, NC_RULE_CANVAS, "the picture would have %.0f by %.0f pixels",
               nc_cairo_side(dg->scene.w, job.scale), nc_cairo_side(dg->scene.h, job.scale));
        nc_diag_hint(&dg->diags, "the largest scale is %.2f", largest_scale(&job));
        return NACRE_ERR_DIAGRAM;
    case NC_CAIRO_FAILED:
        report(dg, NC_RULE_PAINTER, "%s", job.error);
        return NACRE_ERR_MODULE;
    }
    return NACRE_ERR_NOMEM;
}

/* Places and draws in cells in the drawing arena, which is started afresh. */
static bool compose_cells(nc_cells *out, nacre_diagram *dg, const nc_cell_style *style)
{
    dg->composed = false;
    nc_arena_release(&dg->drawing);
    dg->diags.list.len = dg->parse_diags;
    nc_draw draw = {
        .arena = &dg->drawing,
        .measure = nc_measure_new(&dg->drawing, NULL, &dg->diags),
        .diags = &dg->diags,
        .config = &dg->config,
        .alloc = &dg->context->alloc,
        .title = dg->source.title,
        .aspect = dg->aspect,
        .repeat = dg->repeat_actors,
        .text = dg->text,
        .cells = style,
    };
    *out = (nc_cells){.arena = &dg->drawing};
    dg->placed = NULL;
    bool ok = draw.measure && dg->family->place(&dg->placed, &draw, dg->model) &&
              dg->family->cells(out, &draw, dg->model, dg->placed) &&
              !nc_arena_failed(&dg->drawing);
    dg->placed = NULL;
    settle_drawing(dg);
    return ok;
}

/* Tried with ever narrower labels and distances until the lines fit; the narrowest is drawn. */
static nacre_status paint_text(nc_buf *buf, nacre_diagram *dg, const nacre_options *options)
{
    static const double px[] = {8, 10, 13, 18, 26};
    enum { HOPELESS = 4 };
    nc_cells cells;
    for (uint32_t i = 0; i < NC_COUNT(px); i++) {
        const nc_cell_style style = {.px = px[i], .tight = i, .columns = options->columns};
        if (!compose_cells(&cells, dg, &style))
            return NACRE_ERR_NOMEM;
        if (!options->columns || (uint32_t)cells.w <= options->columns)
            break;
        if (i == 0 && (uint32_t)cells.w / HOPELESS > options->columns)
            i = NC_COUNT(px) - 2; /* it will not fit: the narrowest at once */
    }
    if (!nc_paint_text_fits(&cells)) {
        report(dg, NC_RULE_CANVAS, "the drawing would have %d by %d cells", (int)cells.w,
               (int)cells.h);
        return NACRE_ERR_DIAGRAM;
    }
    if (options->columns && (uint32_t)cells.w > options->columns)
        report(dg, NC_RULE_COLUMNS, "the drawing needs %d columns, there are %u", (int)cells.w,
               (unsigned)options->columns);
    return nc_paint_text(buf, &cells, options->format == NACRE_ASCII) ? NACRE_OK : NACRE_ERR_NOMEM;
}

/* A finished picture. */
static nacre_status give(nacre_diagram *dg, nc_buf *buf, const nacre_options *options,
                         nacre_status status, nacre_sink sink, void *payload)
{
    const size_t len = buf->len;
    status = said(dg->context, "drawing", nc_give(buf, status, sink, payload));
    if (status == NACRE_OK)
        say(dg->context, NACRE_LOG_DEBUG, "drew %zu bytes: %s", len, format_names[options->format]);
    return status;
}

/* Terminal text knows neither themes nor fonts; the scene of pictures is composed anew after it. */
static nacre_status render_text(nacre_diagram *dg, const nacre_options *options, nacre_sink sink,
                                void *payload)
{
    nc_buf buf;
    nc_buf_init(&buf, &dg->context->alloc, 0);
    nacre_status status = paint_text(&buf, dg, options);
    settle_diags(dg, dg->scene_diags);
    return give(dg, &buf, options, status, sink, payload);
}

static bool are_sound(const nacre_options *options)
{
    if ((unsigned)options->format >= NC_COUNT(format_names) ||
        (options->id_prefix && !is_prefix(options->id_prefix)))
        return false;
    return !(options->csp && options->theme && strcmp(options->theme, "auto") == 0);
}

static nacre_status paint(nc_buf *buf, nacre_diagram *dg, const nacre_options *options)
{
    nc_dress dress;
    char id[NC_PREFIX_MAX];
    nc_scene neo;
    const nc_scene *scene = &dg->scene;
    choose_dress(&dress, dg, options);
    nc_paint_options paint = {
        .theme = &dress.light,
        .dark = dress.two_sided ? &dress.dark : NULL,
        .has_background = dress.has_background,
        .background = dress.background,
        .embed_fonts = options->font_embed == NACRE_EMBED_SUBSET && !options->csp,
        .id_prefix = nc_sv_cstr(options->id_prefix),
        .source_hash = source_hash(dg, options),
        .source = options->embed_source ? dg->text : (nc_sv){0},
        .csp = options->csp != 0,
    };
    nc_svg_prefix(id, scene, &paint);
    if (!nc_dress_css(&paint.css, &dg->drawing, &dress, id, &dg->diags) ||
        (dress.neo && !nc_scene_dress(&neo, scene, &dress.light)))
        return NACRE_ERR_NOMEM;
    if (dress.neo)
        scene = &neo;
    if (options->format != NACRE_SVG)
        return paint_with_cairo(buf, dg, scene, options, &paint);
    return nc_paint_svg(buf, scene, dg->context->fonts, &paint) ? NACRE_OK : NACRE_ERR_NOMEM;
}

nacre_status nacre_render(nacre_diagram *dg, const nacre_options *given, nacre_sink sink,
                          void *payload)
{
    nacre_options options = effective(given);
    if (dg->parse_errors)
        return NACRE_ERR_DIAGRAM;
    if (!are_sound(&options))
        return NACRE_ERR_USAGE;
    if (options.format == NACRE_TXT || options.format == NACRE_ASCII)
        return keep_choices(dg, &options) ? render_text(dg, &options, sink, payload)
                                          : said(dg->context, "drawing", NACRE_ERR_NOMEM);
    if (!keep_choices(dg, &options) || !have_scene(dg))
        return said(dg->context, "drawing", NACRE_ERR_NOMEM);
    dg->diags.list.len = dg->scene_diags; /* what an earlier painting warned of goes */
    nc_buf buf;
    nc_buf_init(&buf, &dg->context->alloc, 0);
    const nacre_status status = paint(&buf, dg, &options);
    settle_diags(dg, dg->scene_diags);
    return give(dg, &buf, &options, status, sink, payload);
}

void nacre_diagram_mark(char *out, size_t size, const nacre_diagram *dg, const nacre_options *given)
{
    nacre_options options = effective(given);
    char mark[NC_MARK_MAX] = "";
    if ((unsigned)options.format < NC_COUNT(format_names)) {
        const nc_paint_options paint = {.source_hash = source_hash(dg, &options)};
        nc_paint_mark(mark, &paint);
    }
    if (size)
        snprintf(out, size, "%s", mark);
}

/* Whether the text allows a dump of this stage. */
static nacre_status dumpable(nacre_diagram *dg, nacre_stage stage)
{
    bool drawn = stage == NACRE_STAGE_LAYOUT || stage == NACRE_STAGE_SCENE;
    if (!dg->parsed || dg->model_errors || (drawn && dg->parse_errors))
        return NACRE_ERR_DIAGRAM;
    if (stage != NACRE_STAGE_MERMAID || !dg->diags.notes.len)
        return NACRE_OK;
    /* Mermaid has no reading of a text that it refuses */
    if (!refuse_notes(dg))
        return NACRE_ERR_NOMEM;
    settle_diags(dg, 0);
    return NACRE_ERR_DIAGRAM;
}

nacre_status nacre_dump(nacre_diagram *dg, nacre_stage stage, const nacre_options *given,
                        nacre_sink sink, void *payload)
{
    nacre_options options = effective(given);
    bool ok = true;
    nacre_status allowed = dumpable(dg, stage);
    if (allowed != NACRE_OK)
        return allowed;
    nc_buf buf;
    nc_buf_init(&buf, &dg->context->alloc, 0);
    switch (stage) {
    case NACRE_STAGE_MODEL:
    case NACRE_STAGE_MERMAID:
        dg->family->dump(&buf, dg->model, stage == NACRE_STAGE_MERMAID);
        break;
    case NACRE_STAGE_LAYOUT:
        ok = keep_choices(dg, &options) && have_scene(dg);
        if (ok)
            dg->family->dump_placed(&buf, dg->placed);
        break;
    case NACRE_STAGE_SCENE:
        ok = keep_choices(dg, &options) && have_scene(dg);
        if (ok)
            nc_scene_dump(&buf, &dg->scene);
        break;
    }
    return nc_give(&buf, ok ? NACRE_OK : NACRE_ERR_NOMEM, sink, payload);
}

static const char *scene_text(nacre_diagram *dg, bool title)
{
    if (dg->parse_errors || !have_scene(dg))
        return "";
    if (title && dg->scene.generic_title)
        return "";
    nc_sv text = title ? dg->scene.title : dg->scene.descr;
    nc_sv copy; /* for the NUL */
    return nc_arena_copy(&copy, &dg->drawing, text) ? copy.ptr : "";
}

void nacre_diagram_size(nacre_diagram *dg, double *width, double *height)
{
    bool drawn = !dg->parse_errors && have_scene(dg);
    *width = drawn ? dg->scene.w : 0;
    *height = drawn ? dg->scene.h : 0;
}

const char *nacre_diagram_title(nacre_diagram *dg)
{
    return scene_text(dg, true);
}

const char *nacre_diagram_description(nacre_diagram *dg)
{
    return scene_text(dg, false);
}

static const char *told_text(nacre_diagram *dg, bool title)
{
    if (dg->parse_errors)
        return "";
    nc_sv texts[2];
    nc_sv clean;
    nc_sv copy; /* for the NUL */
    dg->family->told(&texts[0], &texts[1], dg->model);
    return nc_text_clean(&clean, &dg->arena, texts[!title]) &&
                   nc_arena_copy(&copy, &dg->arena, clean)
               ? copy.ptr
               : "";
}

const char *nacre_diagram_acc_title(nacre_diagram *dg)
{
    return told_text(dg, true);
}

const char *nacre_diagram_acc_description(nacre_diagram *dg)
{
    return told_text(dg, false);
}
